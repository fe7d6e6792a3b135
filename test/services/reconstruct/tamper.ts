import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Exchange {
  method: string
  params: readonly unknown[]
  result: unknown
}

/** A node that lies: passes requests on and changes what comes back. A lie that throws is the node's refusal to answer. */
export async function lyingNode(url: string, lie: (exchange: Exchange) => unknown) {
  const server = createServer(async (request, response) => {
    const body = await new Response(request as unknown as ReadableStream).text()
    const { method, params = [] } = JSON.parse(body) as { method: string; params?: unknown[] }
    const headers = { 'content-type': 'application/json' }
    const answer = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { result?: unknown }
    response.writeHead(200, headers).end(JSON.stringify('result' in answer ? changed(answer) : answer))

    function changed(honest: { result?: unknown }) {
      try {
        return { ...honest, result: lie({ method, params, result: honest.result }) }
      } catch (error) {
        return { jsonrpc: '2.0', id: 1, error: { code: -32602, message: (error as Error).message } }
      }
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise(resolve => server.close(resolve).closeAllConnections()),
  }
}

/** Replaces a text wherever it stands in an answer; says in `times` whether it stood there at all. */
export function replacing(before: string, after: string) {
  const replaced = { times: 0 }
  const lie = ({ result }: Exchange) => {
    const text = JSON.stringify(result)
    const parts = text.split(before)
    replaced.times += parts.length - 1
    return JSON.parse(parts.join(after))
  }
  return { lie, replaced }
}
