import { once } from 'node:events'
import { createServer } from 'node:http'

export interface IpfsStub {
  url: string
  stop(): void
}

/** graph-node does not start without an IPFS server, and asks ours only for its version: its files come from the disk. */
export async function startIpfsStub(): Promise<IpfsStub> {
  const server = createServer((request, response) => {
    response.statusCode = request.url?.startsWith('/api/v0/version') ? 200 : 404
    response.setHeader('content-type', 'application/json').end('{"Version":"0"}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number } // of a TCP server, once it listens
  return { url: `http://127.0.0.1:${port}`, stop: () => void server.close().closeAllConnections() }
}
