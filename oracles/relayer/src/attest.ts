import { receiptsRoot } from '@nexus/aep/receipt'
import type { Hex } from '@nexus/kit/canonical'
import { NexusError, verificationError } from '@nexus/kit/errors'
import type { Report } from '@nexus/kit/report'
import type { Clock } from '@nexus/runtime/clock'
import type { Configuration, Registry } from '@nexus/runtime/registry'
import { aboveCap } from './cap.ts'
import { requireReceipt } from './receipts.ts'
import { type ReportDomain, signReport } from './signatures.ts'
import type { PackRecord, State, StoredReceipt } from './state.ts'

export interface AttestDeps {
  clock: Clock
  state: State
  registry: Pick<Registry, 'configuration' | 'sync' | 'anchor' | 'capOf' | 'modelOf'>
  domain: ReportDomain
  /** Our address, lower case. */
  operator: Hex
  privateKey: Hex
}

export interface AttestationRequest {
  report: Report
  /** Bytes of the receipts that the report's receiptsRoot is of. */
  receipts: readonly Uint8Array[]
}

export type AttestationOutcome =
  | { kind: 'signed'; operator: Hex; signature: Hex }
  /** `mine` and `theirs` where two values disagree. */
  | { kind: 'refused'; code: string; message: string; details: Record<string, unknown> }

/**
 * Answers a peer that gathers a quorum. Signs only a report that follows from a pack this operator accepted, over receipts that it
 * has verified, one of each of a quorum, its own among them. So exactly those whose receipts a report commits to can sign it.
 * Not above the cap of its feed: what is signed can be kept and sent once the cap is lifted, whoever asked for it.
 */
export async function attest(deps: AttestDeps, request: AttestationRequest): Promise<AttestationOutcome> {
  try {
    const { pack, configuration } = await requireAgreement(deps, request.report)
    const receipts = requireReceipts(deps, request, pack, configuration)
    const { report } = request
    await requireUnderCap(deps, report)
    deps.state.addSet(report.receiptsRoot, report.aepRoot, report.configVersion, receipts, deps.clock.nowMs())
    return {
      kind: 'signed',
      operator: deps.operator,
      signature: await signReport(deps.domain, report, deps.privateKey),
    }
  } catch (error) {
    if (!(error instanceof NexusError)) throw error
    return { kind: 'refused', code: error.code, message: error.message, details: error.details }
  }
}

const refuse = (code: string, message: string, mine: unknown, theirs: unknown) =>
  verificationError(code, message, { mine, theirs })

async function requireAgreement(
  { state, registry, operator }: AttestDeps,
  report: Report,
): Promise<{ pack: PackRecord; configuration: Configuration }> {
  const pack = state.pack(report.aepRoot)
  if (!pack) throw verificationError('unknown-pack', `we do not have pack ${report.aepRoot}`, { aepId: report.aepRoot })
  if (pack.state === 'refused')
    throw verificationError('refused-pack', `we refused pack ${report.aepRoot}`, { differences: pack.differences })
  if (pack.state === 'received') throw verificationError('not-checked-yet', 'we are still checking this pack')
  const bound = state.commitment(report.feedId, report.sequence)
  if (bound !== report.aepRoot)
    throw refuse('other-root', 'we are bound to another root for this feed and sequence', bound, report.aepRoot)
  for (const [field, mine] of Object.entries(pack.report)) {
    const theirs = report[field as keyof typeof pack.report] // a key of the object it came from
    if (theirs !== mine) throw refuse('report-differs', `the report has another ${field}`, String(mine), String(theirs))
  }
  if (registry.configuration()?.version !== report.configVersion) await registry.sync()
  const configuration = registry.configuration()
  if (configuration?.version !== report.configVersion)
    throw refuse(
      'other-configuration',
      'another configuration is in force',
      configuration?.version ?? 0,
      report.configVersion,
    )
  if (!configuration.operators.includes(operator))
    throw verificationError('not-in-committee', 'we are not in this configuration', { operator })
  const anchor = registry.anchor(report.aepRoot)
  if (anchor) throw verificationError('already-anchored', 'this pack is anchored', { txHash: anchor.txHash })
  return { pack, configuration }
}

function requireReceipts(
  { state, operator }: AttestDeps,
  { report, receipts }: AttestationRequest,
  pack: PackRecord,
  configuration: Configuration,
): StoredReceipt[] {
  if (receipts.length !== configuration.quorum)
    throw refuse('receipt-count', 'the receipts are not as many as the quorum', configuration.quorum, receipts.length)
  const root = rootOf(receipts, pack, configuration)
  if (root.operators.size !== receipts.length)
    throw verificationError('receipt-twice', 'an operator has two receipts in this set')
  if (root.hash !== report.receiptsRoot)
    throw refuse('other-receipts-root', 'the receipts have another root', root.hash, report.receiptsRoot)
  const own = state.receiptOf(pack.aepId, configuration.version, operator)
  const theirs = root.operators.get(operator)
  if (!own || !theirs || Buffer.compare(own.bytes, theirs.bytes) !== 0)
    throw verificationError('own-receipt-missing', 'our own receipt is not in this set')
  return [...root.operators.values()]
}

async function requireUnderCap({ registry }: AttestDeps, report: Report): Promise<void> {
  const above = await aboveCap(registry, report)
  if (!above) return
  const { feedId, componentId, eql, mostEql } = above
  const standing = componentId ? `component ${componentId}` : 'a component that is not known here'
  throw verificationError(
    'above-cap',
    `feed ${feedId} is capped at level ${mostEql} by the standing of ${standing}: level ${eql} is not signed`,
    { ...above },
  )
}

function rootOf(receipts: readonly Uint8Array[], { report }: PackRecord, configuration: Configuration) {
  const operators = new Map<Hex, StoredReceipt>()
  for (const bytes of receipts) {
    const receipt = requireReceipt(bytes, report, configuration)
    operators.set(receipt.operator, receipt)
  }
  return { operators, hash: receiptsRoot([...operators.values()]) }
}
