import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { NexusError } from '@nexus/kit/errors'
import { type Calls, callsMigration, openCalls } from '@nexus/runtime/calls'
import { transactionsSchema } from '@nexus/runtime/config'
import { silentLog } from '@nexus/runtime/log'
import { createSender, type Sender, type SenderStep } from '@nexus/runtime/sender'
import { openStore, type Store } from '@nexus/runtime/sqlite'
import { expect } from 'chai'
import { type Hex, parseAbi, toFunctionSelector } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { ACCEPTING, manualClock, refusingWith, type SimulatedChain, simulatedChain } from './support.ts'

const TARGET: Hex = `0x${'c0'.repeat(20)}`
const errors = parseAbi(['error Done_Already()'])
const DONE = refusingWith(toFunctionSelector('Done_Already()'))
class Killed extends Error {}

describe('the durable sender of transactions', function () {
  this.timeout(60_000)
  let network: SimulatedChain
  let folder: string
  let store: Store
  let calls: Calls
  let time: ReturnType<typeof manualClock>
  const account = privateKeyToAccount(generatePrivateKey())
  const config = transactionsSchema.parse({ stuckMs: 60_000, rebroadcastMs: 10_000, mostGweiPerGas: 100 })

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-sender-'))
    network = await simulatedChain(2)
    await network.rpc('hardhat_setBalance', account.address, '0x8ac7230489e80000')
    await network.rpc('hardhat_setCode', TARGET, ACCEPTING)
    store = openStore(path.join(folder, 'calls.db'), [callsMigration])
    calls = openCalls(store)
    time = manualClock()
  })
  afterEach(async () => {
    store.close()
    await network.close()
    rmSync(folder, { recursive: true })
  })

  /** A sender over the same database, as after a restart. `dieAfter` stops it where a kill would. */
  const sender = (dieAfter?: SenderStep, other: Partial<typeof config> = {}): Sender =>
    createSender({
      chain: network.chain,
      account,
      calls,
      clock: time.clock,
      log: silentLog,
      config: { ...config, ...other },
      errors,
      onStep(step) {
        if (step === dieAfter) throw new Killed(step)
      },
    })
  const call = (key: string, to = TARGET) => ({ key, to, data: '0x1234' as Hex })
  const untilKilled = async (work: () => unknown) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      return
    }
    throw new Error('it was not killed')
  }
  const minedOf = async (address = account.address) =>
    network.chain.client.getTransactionCount({ address, blockTag: 'latest' })
  const step = async (one: Sender, times = 1) => {
    for (let n = 0; n < times; n++) await one.step()
  }

  it('sends a call once, and takes it for permanent after its confirmations', async () => {
    const one = sender()
    one.submit(call('a'))
    one.submit(call('a'))
    await step(one, 2)
    expect(one.get('a')?.state).to.equal('sent')
    await network.mine()
    await step(one)
    expect(one.get('a')).to.include({ state: 'mined', success: true, nonce: 0 })
    await network.mine()
    await step(one)
    expect(one.get('a')?.state).to.equal('confirmed')
    expect(await one.step(), 'nothing is left to do').to.equal(undefined)
    expect(await minedOf()).to.equal(1)
  })

  it('does not send what the contract would refuse, and names the reason', async () => {
    await network.rpc('hardhat_setCode', TARGET, DONE)
    const one = sender()
    one.submit(call('a'))
    await step(one)
    expect(one.get('a')).to.include({ state: 'dropped', reason: 'Done_Already()' })
    await network.mine()
    expect(await minedOf()).to.equal(0)
  })

  for (const at of [
    'call-stored',
    'transaction-stored',
    'transaction-sent',
    'transaction-mined',
    'call-confirmed',
  ] as const)
    it(`killed right after ${at}, sends it once all the same`, async () => {
      await untilKilled(async () => {
        const first = sender(at)
        first.submit(call('a'))
        await step(first)
        await network.mine()
        await step(first)
        await network.mine()
        await step(first)
      })
      const second = sender()
      expect(second.get('a'), 'what was submitted is remembered').to.include({ key: 'a' })
      for (let n = 0; n < 4; n++) {
        await step(second)
        await network.mine()
      }
      await step(second)
      expect(second.get('a')?.state).to.equal('confirmed')
      expect(await minedOf()).to.equal(1)
    })

  it('offers the very same transaction again after a restart, not another one', async () => {
    await untilKilled(async () => {
      const first = sender('transaction-stored')
      first.submit(call('a'))
      await step(first)
    })
    const [stored] = calls.openAttempts()
    await step(sender())
    const pending = (await network.rpc('eth_getBlockByNumber', 'pending', false)) as { transactions: Hex[] }
    expect(pending.transactions).to.deep.equal([stored?.hash])
  })

  it('replaces a transaction that is stuck by one that pays more, and only one of them is mined', async () => {
    const one = sender()
    one.submit(call('a'))
    await step(one)
    time.pass(config.stuckMs)
    await step(one)
    const [cheap, dear] = calls.openAttempts()
    expect(dear?.nonce).to.equal(cheap?.nonce)
    expect(Number(dear?.feePerGas)).to.be.greaterThan(Number(cheap?.feePerGas) * 1.125)
    await network.mine(2)
    await step(one)
    expect(one.get('a')).to.include({ state: 'confirmed', txHash: dear?.hash })
    expect(await minedOf()).to.equal(1)
  })

  it('sends again what a reorganisation took back', async () => {
    const one = sender()
    const before = await network.rpc('evm_snapshot')
    one.submit(call('a'))
    await step(one)
    await network.mine()
    await step(one)
    expect(one.get('a')?.state).to.equal('mined')
    await network.rpc('evm_revert', before)
    await step(one)
    expect(one.get('a')?.state).to.equal('sent')
    time.pass(config.rebroadcastMs)
    await step(one)
    await network.mine(2)
    await step(one)
    expect(one.get('a')?.state).to.equal('confirmed')
    expect(await minedOf()).to.equal(1)
  })

  it('does not send again what a reorganisation took back and somebody else has done meanwhile', async () => {
    const one = sender()
    const before = await network.rpc('evm_snapshot')
    one.submit(call('a'))
    await step(one)
    await network.mine()
    await step(one)
    await network.rpc('evm_revert', before)
    await network.rpc('hardhat_setCode', TARGET, DONE)
    time.pass(config.rebroadcastMs)
    await step(one, 2)
    expect(one.get('a')).to.include({ state: 'dropped', reason: 'Done_Already()' })
    expect(await minedOf()).to.equal(0)
  })

  it('fills the gap that a call nobody wants any more leaves below another', async () => {
    const other: Hex = `0x${'c1'.repeat(20)}`
    await network.rpc('hardhat_setCode', other, ACCEPTING)
    await untilKilled(async () => {
      const first = sender('transaction-stored') // nonce 0 is taken, and never reaches a node
      first.submit(call('gone'))
      await step(first)
    })
    const second = sender()
    network.cut(true)
    await second.step().catch(() => {})
    network.cut(false)
    second.submit(call('wanted', other))
    // The first is offered, the second is sent behind it; then the node forgets the first and the contract refuses it.
    await step(second)
    await network.rpc('hardhat_dropTransaction', calls.attemptsOf('gone')[0]?.hash)
    await network.rpc('hardhat_setCode', TARGET, DONE)
    time.pass(config.rebroadcastMs)
    await step(second, 2)
    expect(second.get('gone')?.state).to.equal('dropped')
    await network.mine()
    await step(second, 2)
    await network.mine(3)
    await step(second)
    expect(second.get('wanted')?.state).to.equal('confirmed')
    expect(await minedOf()).to.equal(2)
  })

  it('takes another nonce when its own went to a transaction that is not ours', async () => {
    const one = sender()
    await untilKilled(async () => {
      const first = sender('transaction-stored')
      first.submit(call('a'))
      await step(first)
    })
    const elsewhere = await account.signTransaction({
      type: 'eip1559',
      chainId: 31337,
      nonce: 0,
      to: account.address,
      gas: 21_000n,
      maxFeePerGas: 50_000_000_000n,
      maxPriorityFeePerGas: 2_000_000_000n,
    })
    await network.rpc('eth_sendRawTransaction', elsewhere)
    await network.mine(2)
    await step(one)
    await network.mine(2)
    await step(one)
    expect(one.get('a')).to.include({ state: 'confirmed', nonce: 1 })
  })

  it('waits while gas costs more than it pays, and goes on when it does not', async () => {
    const poor = sender(undefined, { mostGweiPerGas: 0.000001 })
    poor.submit(call('a'))
    await step(poor, 2)
    expect(poor.get('a')?.state).to.equal('queued')
    await step(sender())
    await network.mine(2)
    const one = sender()
    await step(one)
    expect(one.get('a')?.state).to.equal('confirmed')
  })

  it('loses nothing while no endpoint answers, and says that trying again may help', async () => {
    const one = sender()
    one.submit(call('a'))
    network.cut(true)
    const error = await one.step().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).to.be.instanceOf(NexusError)
    expect((error as NexusError).exitCode).to.equal(75)
    network.cut(false)
    await step(one)
    await network.mine(2)
    await step(one)
    expect(one.get('a')?.state).to.equal('confirmed')
  })

  it('has no more transactions under way than it may', async () => {
    const one = sender(undefined, { mostInFlight: 2 })
    for (const key of ['a', 'b', 'c']) one.submit(call(key))
    await step(one, 2)
    expect(calls.inState('sent').map(sent => sent.key)).to.deep.equal(['a', 'b'])
    await network.mine(2)
    await step(one)
    expect(calls.inState('sent').map(sent => sent.key)).to.deep.equal(['c'])
  })
})
