const ANSWER_WITHIN_MS = 10_000

/** POSTs JSON and reads JSON. */
export async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  })
  return (await response.json()) as T
}

/** One JSON-RPC call. @throws Error with what the other side answered */
export async function call<T>(url: string, method: string, params: unknown): Promise<T> {
  const answer = await post<{ result?: T; error?: { message: string } }>(url, { jsonrpc: '2.0', id: 1, method, params })
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
  return answer.result as T
}
