import { once } from 'node:events'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'

interface Block {
  number: string
  hash: string
  timestamp: string
}

const FROM = '0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266' // the first account of the well-known test mnemonic

async function rpc<T>(chain: LocalChain, method: string, ...params: unknown[]): Promise<T> {
  const response = await fetch(chain.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result: T; error?: { message: string } }
  if (error) throw new Error(error.message)
  return result
}

const pay = (chain: LocalChain) =>
  rpc<string>(chain, 'eth_sendTransaction', { from: FROM, to: `0x${'11'.repeat(20)}`, value: '0x1' })
const latest = (chain: LocalChain) => rpc<Block>(chain, 'eth_getBlockByNumber', 'latest', false)

async function killed(chain: LocalChain): Promise<void> {
  const gone = once(chain.process, 'exit')
  chain.process.kill('SIGKILL')
  await gone
}

describe('the local chain', () => {
  let folder: string
  let chain: LocalChain
  const journal = () => path.join(folder, 'chain.jsonl')
  const start = async () => {
    chain = await spawnLocalChain({ journal: journal(), start: '2011-12-01T00:00:00Z' })
  }

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-chain-'))
    await start()
  })
  afterEach(async () => {
    await chain.stop()
    rmSync(folder, { recursive: true })
  })

  it('starts its clock where it is told', async () => {
    expect(Number((await latest(chain)).timestamp)).to.equal(Date.UTC(2011, 11, 1) / 1000)
  })

  it('is the same chain, to the hash, after kill -9', async () => {
    await pay(chain)
    await rpc(chain, 'evm_setNextBlockTimestamp', Date.UTC(2018, 1, 7) / 1000)
    await rpc(chain, 'evm_mine')
    await Promise.all(Array.from({ length: 10 }, () => pay(chain)))
    const before = await latest(chain)
    await killed(chain)
    await start()
    expect(await latest(chain)).to.deep.equal(before)
    await pay(chain)
    expect(Number((await latest(chain)).number)).to.equal(Number(before.number) + 1)
  })

  it('forgets a request that was torn in the writing, since nobody was told it had succeeded', async () => {
    await pay(chain)
    const before = await latest(chain)
    await killed(chain)
    appendFileSync(journal(), '{"method":"eth_sendTransac')
    await start()
    expect(await latest(chain)).to.deep.equal(before)
    await pay(chain)
    expect(readFileSync(journal(), 'utf8').split('\n')).to.have.length(3)
  })

  it('shows nobody a block before it would survive', async () => {
    const writing = pay(chain)
    const seen = Number((await latest(chain)).number)
    await killed(chain)
    await writing.catch(() => {}) // nobody answers any more, or it was in time
    await start()
    expect(Number((await latest(chain)).number)).to.be.at.least(seen)
  })

  it('stops at once, though a client has connected and says nothing', async () => {
    const silent = connect(Number(new URL(chain.url).port), '127.0.0.1').on('error', () => {})
    await once(silent, 'connect')
    await latest(chain) // so that it has taken the connections made before
    const began = performance.now()
    await chain.stop()
    expect(chain.process.exitCode).to.equal(0)
    expect(performance.now() - began).to.be.below(5_000)
  })

  it('refuses changes of state that a restart would lose', async () => {
    const refused = await rpc(chain, 'hardhat_setBalance', FROM, '0x1').catch((error: Error) => error.message)
    expect(refused).to.equal('hardhat_setBalance would not survive a restart of this chain')
  })
})
