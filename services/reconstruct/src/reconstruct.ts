import { canonicalJson } from '@nexus/kit/canonical'
import { ExitCode, inputError, NexusError } from '@nexus/kit/errors'
import { type Address, BaseError, type Hex } from 'viem'
import { openChain } from './chain.ts'
import { factsOf } from './facts.ts'
import { settlementsOf } from './settlement.ts'
import { type StepName, steps } from './steps.ts'
import type { PackSource } from './store.ts'

export interface ReconstructOptions {
  /** Hash of a transaction that settled a policy, or several. */
  tx: string
  rpcUrl: string
  /** Where packs come from: `packSource` of a folder or an operator's URL. */
  packs: PackSource
  /** The policy book that is trusted; without it, the one that settled. */
  book?: Address
  /** Nothing of the suite happened before. */
  firstBlock?: bigint
}

export interface StepResult {
  policyId: string
  step: StepName
  ok: boolean
  /** What the chain says; null when the step could not be made. */
  expected: Record<string, unknown> | null
  /** What was derived. */
  actual: Record<string, unknown> | null
  /** How it came about, or what is wrong. */
  note: string
}

export interface Reconstruction {
  payoutTx: Hex
  ok: boolean
  steps: readonly StepResult[]
}

/**
 * Re-derives what a transaction settled, from the chain and one store of packs alone. A step that fails does not stop the others.
 * @throws NexusError exit 2 for what is no settlement, exit 75 when chain or store cannot be reached
 */
export async function reconstruct({
  tx,
  rpcUrl,
  packs,
  book,
  firstBlock,
}: ReconstructOptions): Promise<Reconstruction> {
  if (!/^0x[0-9a-fA-F]{64}$/.test(tx)) throw inputError('bad-transaction', `"${tx}" is no transaction hash`, { tx })
  const payoutTx = tx.toLowerCase() as Hex
  const chain = await openChain(rpcUrl, firstBlock)
  const transaction = await settlementsOf(chain, payoutTx)
  const results: StepResult[] = []
  for (const settlement of transaction.settlements) {
    const facts = factsOf({ chain, packs, ...(book ? { book } : {}) }, settlement)
    const policyId = settlement.policyId.toString()
    for (const [step, compare] of Object.entries(steps) as [StepName, (typeof steps)[StepName]][]) {
      try {
        const { expected, actual, note = '', problems = [] } = await compare(facts, transaction)
        const ok = canonicalJson(expected) === canonicalJson(actual) && problems.length === 0
        results.push({ policyId, step, ok, expected, actual, note: problems.length ? problems.join('; ') : note })
      } catch (error) {
        const reason = failureOf(error)
        if (!reason) throw error
        results.push({ policyId, step, ok: false, expected: null, actual: null, note: reason })
      }
    }
  }
  return { payoutTx, ok: results.every(({ ok }) => ok), steps: results }
}

/** Why a step cannot be made, or null for what must stop everything: nothing can be reached, or a bug. */
function failureOf(error: unknown): string | null {
  // Data of another shape than the contracts give cannot be decoded: somebody else's words, not a bug here.
  if (error instanceof BaseError) return `malformed: ${error.shortMessage}`
  if (!(error instanceof NexusError) || error.exitCode === ExitCode.tryAgain || error.code === 'no-such-store')
    return null
  return `${error.code}: ${error.message}`
}
