import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

export interface RpcAdapter {
  url: string
  stop(): void
}

interface Call {
  method: string
  params: [{ input?: string; data?: string }, ...unknown[]]
}

/** graph-node sends a call's data under both of its names, and Hardhat refuses that as a duplicate field. */
function withoutSecondName(body: string): string {
  if (!body.includes('"eth_call"')) return body
  const request = JSON.parse(body) as Call | Call[]
  for (const { method, params } of [request].flat())
    if (method === 'eth_call' && params[0].data === params[0].input) delete params[0].input
  return JSON.stringify(request)
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Stands between graph-node and the chain's endpoint, on the loopback interface. */
export async function startRpcAdapter(rpcUrl: string): Promise<RpcAdapter> {
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    try {
      const body = withoutSecondName(await read(request))
      const answer = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      response.statusCode = answer.status
      response.end(await answer.text())
    } catch {
      response.statusCode = 502 // graph-node asks again
      response.end()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number } // of a TCP server, once it listens
  return { url: `http://127.0.0.1:${port}`, stop: () => void server.close().closeAllConnections() }
}
