import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openFork } from '@nexus/localchain/fork'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'
import { expect } from 'chai'

const TO = '0x00000000000000000000000000000000000000aa'
/** Deeper than what a fork takes for final. */
const BLOCKS = 140

describe('a fork of a chain', function () {
  this.timeout(120_000)
  let folder: string
  const chains: LocalChain[] = []

  async function ask(url: string, method: string, ...params: unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return ((await answer.json()) as { result: unknown }).result
  }
  /** A chain on which the account holds so much at block 1 and one wei more at its head. */
  async function chainWith(wei: number): Promise<{ url: string; number: number }> {
    const chain = await spawnLocalChain({ journal: path.join(folder, `${wei}.jsonl`) })
    chains.push(chain)
    const [from] = (await ask(chain.url, 'eth_accounts')) as string[]
    const give = (value: number) =>
      ask(chain.url, 'eth_sendTransaction', { from, to: TO, value: `0x${value.toString(16)}` })
    await give(wei)
    for (let n = 0; n < BLOCKS; n += 1) await ask(chain.url, 'evm_mine')
    await give(1)
    return { url: chain.url, number: Number(await ask(chain.url, 'eth_blockNumber')) }
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-forks-'))
  })
  after(async () => {
    for (const chain of chains) await chain.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('has the state of the block it is told, of that chain and no other with the same id, and changes nothing there', async () => {
    for (const wei of [5, 7]) {
      const { url, number } = await chainWith(wei)
      const fork = await openFork({ url, chainId: 31337, blockNumber: number })
      expect(Number(await fork.request('eth_getBalance', TO, 'latest'))).to.equal(wei + 1)
      await fork.request('hardhat_setBalance', TO, '0x64')
      expect(Number(await fork.request('eth_getBalance', TO, 'latest'))).to.equal(100)
      expect(Number(await ask(url, 'eth_getBalance', TO, 'latest'))).to.equal(wei + 1)
      expect(Number(await ask(url, 'eth_blockNumber'))).to.equal(number)
      await fork.close()
      const past = await openFork({ url, chainId: 31337, blockNumber: 1 })
      expect(Number(await past.request('eth_getBalance', TO, 'latest'))).to.equal(wei)
      await past.close()
    }
  })
})
