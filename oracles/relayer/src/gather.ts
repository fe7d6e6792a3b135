import { receiptsRoot } from '@nexus/aep/receipt'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import type { Hex } from '@nexus/kit/canonical'
import { packAttestation, packHeader, type Report } from '@nexus/kit/report'
import type { Clock } from '@nexus/runtime/clock'
import { errorFields, type Log } from '@nexus/runtime/log'
import type { Configuration } from '@nexus/runtime/registry'
import type { Sender } from '@nexus/runtime/sender'
import { encodeFunctionData } from 'viem'
import { type Peer, type PeerRefusal, untilEnough } from './peers.ts'
import { requireReceipt } from './receipts.ts'
import { isReportSignature, type ReportDomain, signReport } from './signatures.ts'
import type { PackRecord, State, StoredReceipt } from './state.ts'

export interface GatherDeps {
  clock: Clock
  log: Log
  state: State
  sender: Pick<Sender, 'submit'>
  domain: ReportDomain
  operator: Hex
  privateKey: Hex
  peers: ReadonlyMap<Hex, Peer>
  /** With a quorum's receipts in hand, how long to wait for the others'. */
  graceMs: number
  /** Our own receipt under a configuration. */
  ownReceipt(pack: PackRecord, configuration: Configuration): StoredReceipt
  /** Told of a peer that does not know a pack. */
  onUnknown(peer: Peer, aepId: Hex): void
}

export type GatherOutcome =
  | { kind: 'submitted'; signers: number }
  /** Too few answered; nothing was sent. */
  | { kind: 'waiting'; for: 'receipts' | 'signatures'; have: number; need: number }

export const anchorKey = (aepId: Hex) => `anchor:${aepId}`

/**
 * One attempt to bring a quorum together for an accepted pack and to have it anchored. A report commits to the receipts of
 * exactly those who sign it; when one of them does not sign after all, it is tried again with another in its place.
 * Safe to repeat and to run beside others'.
 */
export async function gather(deps: GatherDeps, pack: PackRecord, configuration: Configuration): Promise<GatherOutcome> {
  const need = configuration.quorum
  const receipts = await gatherReceipts(deps, pack, configuration)
  if (receipts.length < need) return { kind: 'waiting', for: 'receipts', have: receipts.length, need }
  const own = receipts.filter(({ operator }) => operator === deps.operator)
  let others = receipts.filter(({ operator }) => operator !== deps.operator)
  let have = 0
  while (own.length + others.length >= need) {
    const chosen = [...own, ...others].slice(0, need)
    const { report, signed } = await gatherSignatures(deps, pack, chosen, configuration)
    if (signed.size === need) {
      submit(deps, report, configuration, signed)
      return { kind: 'submitted', signers: need }
    }
    have = Math.max(have, signed.size)
    const asked = new Set(chosen.map(({ operator }) => operator))
    others = others.filter(({ operator }) => signed.has(operator) || !asked.has(operator))
  }
  return { kind: 'waiting', for: 'signatures', have, need }
}

function submit(
  { sender, domain }: GatherDeps,
  report: Report,
  configuration: Configuration,
  signed: ReadonlyMap<Hex, Hex>,
) {
  const { feedId, aepRoot } = report
  const { signers, signatures } = packAttestation(configuration.operators, signed)
  const data = encodeFunctionData({
    abi: evidenceRegistryAbi,
    functionName: 'anchor',
    args: [feedId, aepRoot, report.receiptsRoot, packHeader(report, signers), signatures],
  })
  sender.submit({ key: anchorKey(aepRoot), to: domain.registry, data })
}

/** Ours, those we know, and those of peers that answer; in order of operator. */
async function gatherReceipts(
  deps: GatherDeps,
  pack: PackRecord,
  configuration: Configuration,
): Promise<StoredReceipt[]> {
  const { state, clock, graceMs } = deps
  const { aepId, report } = pack
  const known = () => state.receiptsOf(aepId, configuration.version)
  deps.ownReceipt(pack, configuration)
  const have = new Set(known().map(({ operator }) => operator))
  const tasks = configuration.operators
    .filter(operator => !have.has(operator))
    .map(operator =>
      asking(deps, operator, aepId, async peer => {
        const answer = await peer.receipt(aepId)
        if (answer.kind === 'refused') return answer
        const receipt = requireReceipt(answer.bytes, report, configuration, peer.pqPublicKeyHash)
        // A peer hands out its own receipt; one of somebody else's would count for that one, and it may have another.
        if (receipt.operator === operator) state.addReceipts(aepId, configuration.version, [receipt])
        return undefined
      }),
    )
  await untilEnough(tasks, () => known().length >= configuration.quorum, graceMs, clock.sleep)
  return known()
}

async function gatherSignatures(
  deps: GatherDeps,
  pack: PackRecord,
  receipts: readonly StoredReceipt[],
  { version }: Configuration,
): Promise<{ report: Report; signed: ReadonlyMap<Hex, Hex> }> {
  const { domain, operator: own, privateKey, state, clock } = deps
  const report: Report = { ...pack.report, receiptsRoot: receiptsRoot(receipts), configVersion: version }
  state.addSet(report.receiptsRoot, pack.aepId, version, receipts, clock.nowMs())
  const signed = new Map([[own, await signReport(domain, report, privateKey)]])
  const bytes = receipts.map(receipt => receipt.bytes)
  const tasks = receipts
    .filter(({ operator }) => operator !== own)
    .map(({ operator }) =>
      asking(deps, operator, pack.aepId, async peer => {
        const answer = await peer.attest(report, bytes)
        if (answer.kind === 'refused') return answer
        if (await isReportSignature(domain, report, operator, answer.signature)) signed.set(operator, answer.signature)
        else deps.log.warn({ peer: operator, aepId: pack.aepId }, 'peer sent a wrong signature')
        return undefined
      }),
    )
  await Promise.all(tasks)
  return { report, signed }
}

/** Asks one peer. Whatever goes wrong with it is logged and stays its own problem. */
async function asking(
  { peers, log, onUnknown }: GatherDeps,
  operator: Hex,
  aepId: Hex,
  ask: (peer: Peer) => Promise<PeerRefusal | undefined>,
): Promise<void> {
  const peer = peers.get(operator)
  if (!peer) return
  try {
    const refusal = await ask(peer)
    if (!refusal) return
    log.info({ peer: operator, aepId, code: refusal.code, error: refusal.message }, 'peer refused')
    if (refusal.code === 'unknown-pack') onUnknown(peer, aepId)
  } catch (error) {
    log.info({ peer: operator, aepId, ...errorFields(error) }, 'peer did not help')
  }
}
