import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectChain, headOf, requireChainId, revertDataOf } from '@nexus/runtime/chain'
import { chainSchema } from '@nexus/runtime/config'
import { expect } from 'chai'

describe('reading the chain', function () {
  this.timeout(10_000)
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close()
      server.closeAllConnections()
    }
  })
  /** An endpoint that answers each method with one result, or with an HTTP error. */
  async function endpoint(results: Record<string, unknown> | number): Promise<string> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { id, method } = JSON.parse(Buffer.concat(chunks).toString())
      if (typeof results === 'number') {
        response.writeHead(results).end('no')
        return
      }
      const found = results[method]
      const body =
        found instanceof Error ? { error: { code: 3, message: found.message, data: '0x12345678' } } : { result: found }
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id, ...body }))
    })
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const chainOf = (...rpcUrls: string[]) => connectChain(chainSchema.parse({ chainId: 5, rpcUrls, timeoutMs: 500 }))
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: { code?: string; exitCode?: number }) => `${error.code} ${error.exitCode}`,
    )
  const good = {
    eth_chainId: '0x5',
    eth_getBlockByNumber: {
      number: '0x7',
      hash: `0x${'11'.repeat(32)}`,
      timestamp: '0x9',
      baseFeePerGas: '0x3',
      transactions: [],
    },
  }

  it('goes to the next endpoint when one is gone or broken', async () => {
    const chain = chainOf('http://127.0.0.1:1', await endpoint(502), await endpoint(good))
    await requireChainId(chain)
    expect(await headOf(chain)).to.deep.include({ number: 7n, timestamp: 9, baseFeePerGas: 3n })
  })

  it('says that trying again may help when none answers', async () => {
    expect(await codeOf(headOf(chainOf('http://127.0.0.1:1', await endpoint(503))))).to.equal('chain-unavailable 75')
  })

  it('refuses an endpoint of another chain, and does not try again', async () => {
    expect(await codeOf(requireChainId(chainOf(await endpoint({ ...good, eth_chainId: '0x6' }))))).to.equal(
      'wrong-chain 2',
    )
  })

  it('takes a revert for an answer, and finds what the contract gave back with it', async () => {
    const { client } = chainOf(await endpoint({ ...good, eth_call: new Error('execution reverted') }))
    const error = await client.call({ to: `0x${'22'.repeat(20)}` }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(revertDataOf(error)).to.equal('0x12345678')
    expect(revertDataOf(new Error('connection refused'))).to.equal(undefined)
  })
})
