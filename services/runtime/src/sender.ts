import { type Abi, decodeErrorResult, type Hex, keccak256 } from 'viem'
import type { Attempt, Call, CallRecord, Calls } from './calls.ts'
import { type Chain, type Head, headOf, readChain, revertDataOf } from './chain.ts'
import type { Clock } from './clock.ts'
import type { TransactionsConfig } from './config.ts'
import type { Account } from './keystore.ts'
import { errorFields, type Log } from './log.ts'

/** The moments after which a killed process must go on as if nothing had happened; tests kill there. */
export type SenderStep =
  | 'call-stored'
  | 'transaction-stored'
  | 'transaction-sent'
  | 'transaction-mined'
  | 'call-confirmed'

export interface SenderDeps {
  chain: Chain
  account: Account
  calls: Calls
  clock: Clock
  log: Log
  config: TransactionsConfig
  /** Names what contracts refuse with. */
  errors: Abi
  onStep?: ((step: SenderStep, key: string) => void) | undefined
}

/**
 * Makes calls happen once each, through kills, lost connections, reorganisations and fee spikes. A signed transaction is stored
 * before it leaves; a nonce is used for at most one mined transaction, so sending again is always safe. Nothing is sent that
 * would revert now. Only one process may use an account.
 */
export interface Sender {
  /** Durable when it returns; safe to repeat. */
  submit(call: Call): void
  get(key: string): CallRecord | undefined
  /** One pass; resolves to the milliseconds after which the next one is useful. @throws NexusError retryable */
  step(): Promise<number | undefined>
}

const GWEI = 1_000_000_000n
const toWei = (gwei: number) => (BigInt(Math.round(gwei * 1e6)) * GWEI) / 1_000_000n
/** Nodes want an eighth more to replace a transaction; a quarter leaves room for their rounding. */
const raised = (wei: bigint) => wei + wei / 4n + 1n
const max = (a: bigint, b: bigint) => (a > b ? a : b)

/** `Evidence_AlreadyAnchored(0x…)` from what a contract gave back. */
export function describeRevert(data: Hex, errors: Abi): string {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: errors, data })
    return `${errorName}(${args.map(String).join(', ')})`
  } catch {
    return data === '0x' ? 'reverted without a reason' : `reverted with ${data}`
  }
}

export function createSender({ chain, account, calls, clock, log, config, errors, onStep }: SenderDeps): Sender {
  const { client } = chain
  const { confirmations, chainId, pollMs } = chain.config
  const most = toWei(config.mostGweiPerGas)
  const tip = toWei(config.tipGweiPerGas)
  /** When this process last offered a transaction to a node; empty after a start, so everything open is offered at once. */
  const offeredAtMs = new Map<Hex, number>()

  const transactionCount = (blockNumber: bigint) =>
    readChain(() => client.getTransactionCount({ address: account.address, blockNumber }))

  const receiptOf = async (hash: Hex) => {
    try {
      return await readChain(() => client.getTransactionReceipt({ hash }))
    } catch (error) {
      const cause = (error as Error).cause
      if (cause instanceof Error && cause.name === 'TransactionReceiptNotFoundError') return undefined
      throw error
    }
  }

  /** Whether any of these transactions is in a block now; their calls learn it. */
  async function settleAttempts(attempts: readonly Attempt[], head: Head): Promise<boolean> {
    for (const { hash, key, nonce } of attempts) {
      const receipt = await receiptOf(hash)
      if (!receipt) continue
      const before = calls.get(key)
      const mined = {
        txHash: hash,
        blockNumber: Number(receipt.blockNumber),
        blockHash: receipt.blockHash,
        success: receipt.status === 'success',
        nonce,
      }
      if (before?.state !== 'mined' || before.blockHash !== mined.blockHash) {
        calls.markMined(key, mined)
        log.info({ call: key, ...mined, gasUsed: receipt.gasUsed.toString() }, 'transaction mined')
        onStep?.('transaction-mined', key)
      }
      // The nonce is gone: whoever else wanted it takes another one.
      for (const other of attempts) if (other.key !== key && isSentWith(other)) calls.requeue(other.key)
      if (head.number - receipt.blockNumber + 1n >= BigInt(confirmations)) {
        calls.markConfirmed(key)
        onStep?.('call-confirmed', key)
      }
      return true
    }
    return false
  }

  const isSentWith = ({ key, nonce }: Attempt) => {
    const call = calls.get(key)
    return call?.state === 'sent' && call.nonce === nonce
  }

  /** Learns what happened to every transaction that could have been mined. */
  async function settle(head: Head): Promise<void> {
    const attempts = calls.openAttempts()
    if (attempts.length === 0) return
    const used = await transactionCount(head.number)
    const deep = head.number - BigInt(confirmations) + 1n
    const usedForGood = deep < 0n ? 0 : await transactionCount(deep)
    for (const [nonce, group] of Map.groupBy(attempts, attempt => attempt.nonce)) {
      if (nonce < used && (await settleAttempts(group, head))) continue
      for (const { key } of group) {
        const call = calls.get(key)
        if (call?.state === 'mined' && call.nonce === nonce) {
          calls.markUnmined(key)
          log.warn({ call: key, nonce, blockHash: call.blockHash }, 'the block with this transaction is gone')
        }
      }
      if (nonce >= usedForGood) continue
      log.warn({ nonce, calls: group.map(attempt => attempt.key) }, 'nonce went to a transaction that is not ours')
      for (const attempt of group) if (isSentWith(attempt)) calls.requeue(attempt.key)
      calls.settleNonce(nonce)
    }
  }

  /** Gas of a call as things stand, or undefined after dropping one that would revert. */
  async function simulate({ key, to, data }: Call): Promise<bigint | undefined> {
    try {
      const gas = await readChain(() => client.estimateGas({ account: account.address, to, data }))
      return gas + gas / 4n
    } catch (error) {
      const revert = revertDataOf(error)
      if (revert === undefined) throw error
      const reason = describeRevert(revert, errors)
      calls.drop(key, reason)
      log.info({ call: key, reason }, 'not sent: the contract would refuse it')
      return undefined
    }
  }

  /** What to offer per gas, above all earlier offers of the same nonce; undefined while that is more than we pay. */
  function fees(head: Head, nonce: number): { feePerGas: bigint; tipPerGas: bigint } | undefined {
    let tipPerGas = tip
    let feePerGas = head.baseFeePerGas * 2n + tip
    if (feePerGas > most) feePerGas = max(most, tip)
    for (const earlier of calls.openAttempts().filter(attempt => attempt.nonce === nonce)) {
      tipPerGas = max(tipPerGas, raised(earlier.tipPerGas))
      feePerGas = max(feePerGas, raised(earlier.feePerGas))
    }
    feePerGas = max(feePerGas, tipPerGas)
    if (feePerGas <= most && head.baseFeePerGas <= most) return { feePerGas, tipPerGas }
    log.warn({ nonce, feePerGas: feePerGas.toString(), most: most.toString() }, 'waiting: gas costs more than we pay')
    return undefined
  }

  async function sign(call: Call, nonce: number, gas: bigint, head: Head): Promise<Attempt | undefined> {
    const offer = fees(head, nonce)
    if (!offer) return undefined
    const raw = await account.signTransaction({
      type: 'eip1559',
      chainId,
      nonce,
      to: call.to,
      data: call.data,
      gas,
      maxFeePerGas: offer.feePerGas,
      maxPriorityFeePerGas: offer.tipPerGas,
    })
    const attempt = {
      hash: keccak256(raw),
      key: call.key,
      nonce,
      raw,
      ...offer,
      storedAtMs: clock.nowMs(),
      sentAtMs: null,
    }
    calls.recordAttempt(attempt)
    onStep?.('transaction-stored', call.key)
    return attempt
  }

  /** A node may refuse (it has it, it is full, we are too cheap) or never answer: the next passes find out. */
  async function offer(attempt: Attempt): Promise<void> {
    offeredAtMs.set(attempt.hash, clock.nowMs())
    try {
      await client.sendRawTransaction({ serializedTransaction: attempt.raw })
      calls.markSent(attempt.hash, clock.nowMs())
      log.info({ call: attempt.key, txHash: attempt.hash, nonce: attempt.nonce }, 'transaction sent')
    } catch (error) {
      log.warn(
        { call: attempt.key, txHash: attempt.hash, ...errorFields(error) },
        'transaction not taken, will offer again',
      )
    }
    onStep?.('transaction-sent', attempt.key)
  }

  async function nurse(call: CallRecord, head: Head): Promise<void> {
    const attempts = calls.attemptsOf(call.key).filter(attempt => attempt.nonce === call.nonce)
    const latest = attempts.at(-1)
    if (!latest) return
    const now = clock.nowMs()
    const offered = offeredAtMs.get(latest.hash)
    const isStuck = now - latest.storedAtMs >= config.stuckMs && offered !== undefined
    if (offered !== undefined && now - offered < config.rebroadcastMs && !isStuck) return
    const gas = await simulate(call)
    if (gas === undefined) return
    const replacement = isStuck ? await sign(call, latest.nonce, gas, head) : undefined
    if (replacement)
      log.info({ call: call.key, nonce: latest.nonce }, 'transaction stuck: replaced by one that pays more')
    await offer(replacement ?? latest)
  }

  /** The lowest nonce that no transaction of ours is using: gaps that dropped calls left are filled first. */
  function freeNonce(used: number): number {
    const taken = new Set(calls.inState('sent').map(call => call.nonce))
    let nonce = used
    while (taken.has(nonce)) nonce++
    return nonce
  }

  async function sendQueued(head: Head): Promise<void> {
    const used = await transactionCount(head.number)
    for (const call of calls.inState('queued')) {
      if (calls.inState('sent').length >= config.mostInFlight) return
      const gas = await simulate(call)
      if (gas === undefined) continue
      const attempt = await sign(call, freeNonce(used), gas, head)
      if (!attempt) return
      await offer(attempt)
    }
    // A transaction behind an unused nonce would wait for ever.
    const gap = freeNonce(used)
    if (calls.inState('sent').some(call => (call.nonce ?? 0) > gap))
      calls.submit({ key: `fill:${gap}`, to: account.address, data: '0x' })
  }

  return {
    get: key => calls.get(key),
    submit(call) {
      if (!calls.submit(call)) return
      log.info({ call: call.key }, 'call queued')
      onStep?.('call-stored', call.key)
    },
    async step() {
      const isIdle = calls.inState('queued').length === 0 && calls.openAttempts().length === 0
      if (isIdle) return undefined
      const head = await headOf(chain)
      await settle(head)
      for (const call of calls.inState('sent')) await nurse(call, head)
      await sendQueued(head)
      // What is left may be a transaction that nobody wants any more and that its node forgot: look now and then.
      const isBusy = (['queued', 'sent', 'mined'] as const).some(state => calls.inState(state).length > 0)
      return isBusy ? pollMs : pollMs * 10
    },
  }
}
