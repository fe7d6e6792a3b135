import { receiptName, receiptsRoot, verifyReceipt } from '@nexus/aep/receipt'
import { NexusError } from '@nexus/kit/errors'
import type { Report } from '@nexus/kit/report'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type Address, getAddress, type Hex } from 'viem'
import type { Configuration } from './committee.ts'

export interface HeldReceipt {
  operator: Address
  bytes: Uint8Array
}

export interface HeldReceipts {
  /** Of operators of the configuration, in its order: signed by both registered keys, and saying what was anchored. */
  valid: readonly HeldReceipt[]
  /** Why others that are there do not count. */
  broken: readonly { operator: Address; reason: string }[]
}

/** Receipts for a report among a pack's files. */
export function receiptsFor(
  report: Report,
  { operators, pqKeyHashes }: Configuration,
  files: ReadonlyMap<string, Uint8Array>,
): HeldReceipts {
  const valid: HeldReceipt[] = []
  const broken: { operator: Address; reason: string }[] = []
  for (const [n, operator] of operators.entries()) {
    const bytes = files.get(receiptName(operator))
    if (!bytes) continue
    const reason = objectionTo(bytes, operator, pqKeyHashes[n], report)
    if (reason) broken.push({ operator, reason })
    else valid.push({ operator, bytes })
  }
  return { valid, broken }
}

function objectionTo(bytes: Uint8Array, operator: Address, pqKeyHash: Hex | undefined, report: Report): string | null {
  try {
    const held = verifyReceipt(bytes)
    if (getAddress(held.operator) !== getAddress(operator)) return `the receipt of ${operator} is another's`
    if (held.pqKeyHash !== pqKeyHash) return `the receipt of ${operator} is signed by a key the committee does not know`
    const said = {
      ...{ aepRoot: report.aepRoot, feedId: report.feedId, sequence: report.sequence, eql: report.eql },
      ...{ from: formatUtcSeconds(report.from), to: formatUtcSeconds(report.to) },
      ...{ value: report.value.toString(), configVersion: report.configVersion },
    }
    for (const [field, anchored] of Object.entries(said))
      if (held.receipt[field as keyof typeof said] !== anchored)
        return `the receipt of ${operator} has another ${field}`
    return null
  } catch (error) {
    if (!(error instanceof NexusError)) throw error
    return `the receipt of ${operator} does not hold`
  }
}

/** More would be tried only for a large committee whose store holds far more receipts than a quorum. */
const MOST_SETS = 10_000

/**
 * Those receipts that a report commits to: the root says which they are. They are a quorum's, but not always the signers', for
 * whoever carries a report may choose among more signatures than it needs.
 */
export function committedSet(
  { valid }: HeldReceipts,
  quorum: number,
  root: Hex,
  signers: readonly Address[],
): readonly HeldReceipt[] | null {
  let tried = 0
  for (const set of candidates(valid, quorum, signers)) {
    if (tried++ >= MOST_SETS) return null
    if (set.length >= quorum && receiptsRoot(set) === root) return set
  }
  return null
}

function* candidates(valid: readonly HeldReceipt[], quorum: number, signers: readonly Address[]) {
  yield valid.filter(({ operator }) => signers.includes(operator))
  yield valid
  yield* subsets(valid, quorum)
}

function* subsets<T>(list: readonly T[], count: number): Generator<readonly T[]> {
  if (count === 0) yield []
  else
    for (const [n, first] of list.slice(0, list.length - count + 1).entries())
      for (const rest of subsets(list.slice(n + 1), count - 1)) yield [first, ...rest]
}
