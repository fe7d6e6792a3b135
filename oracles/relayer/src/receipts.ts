import type { PackReport } from '@nexus/aep/build'
import type { ReceiptSigner } from '@nexus/aep/receipt'
import { operatorOf, signReceipt, verifyReceipt } from '@nexus/aep/receipt'
import type { Hex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import type { Configuration } from '@nexus/runtime/registry'
import type { OwnInput, StoredReceipt } from './state.ts'

/** What a receipt says of its pack, whoever gave it. */
const statement = (report: PackReport, configVersion: number) => ({
  version: 1 as const,
  aepRoot: report.aepRoot,
  feedId: report.feedId,
  from: formatUtcSeconds(report.from),
  to: formatUtcSeconds(report.to),
  sequence: report.sequence,
  configVersion,
  value: report.value.toString(),
  eql: report.eql,
})

/** Our word, under both keys, that we did the work for this pack. */
export function makeReceipt(
  signer: ReceiptSigner,
  report: PackReport,
  configVersion: number,
  inputs: readonly OwnInput[],
): StoredReceipt {
  const operator = operatorOf(signer.ecPublicKey)
  const bytes = signReceipt({ ...statement(report, configVersion), operator, inputs }, signer)
  return { operator: operator.toLowerCase() as Hex, bytes }
}

/**
 * An operator's receipt for exactly this pack, signed by the two keys that the committee registered.
 * @param pinned what our own configuration says of its post-quantum key; the chain must say the same
 * @throws NexusError, exit 3: `receipt-differs`, `receipt-foreign`, `receipt-pq-key`, or what verifyReceipt throws
 */
export function requireReceipt(
  bytes: Uint8Array,
  report: PackReport,
  configuration: Configuration,
  pinned?: Hex,
): StoredReceipt {
  const { receipt, operator: checksummed, pqKeyHash } = verifyReceipt(bytes)
  const operator = checksummed.toLowerCase() as Hex
  const index = configuration.operators.indexOf(operator)
  if (index < 0)
    throw verificationError('receipt-foreign', `${operator} is not in configuration ${configuration.version}`, {
      operator,
    })
  const registered = configuration.pqKeyHashes[index]
  if (registered !== pqKeyHash || (pinned ?? registered) !== registered)
    throw verificationError('receipt-pq-key', `${operator} signed with another post-quantum key than it registered`, {
      operator,
      expected: pinned ?? registered,
      actual: pqKeyHash,
    })
  const expected = statement(report, configuration.version)
  for (const [field, mine] of Object.entries(expected)) {
    const theirs = receipt[field as keyof typeof expected] // a key of the object it came from
    if (theirs !== mine)
      throw verificationError('receipt-differs', `${operator}'s receipt has another ${field}`, {
        operator,
        field,
        mine,
        theirs,
      })
  }
  return { operator, bytes }
}
