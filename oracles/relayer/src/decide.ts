import type { ReceiptSigner } from '@nexus/aep/receipt'
import type { Hex } from '@nexus/kit/canonical'
import type { Clock } from '@nexus/runtime/clock'
import { errorFields, type Log } from '@nexus/runtime/log'
import type { Registry } from '@nexus/runtime/registry'
import { type EvaluateDeps, evaluate } from './evaluate.ts'
import { makeReceipt } from './receipts.ts'
import type { Difference, OwnInput, PackRecord, State } from './state.ts'
import type { PackStore } from './store.ts'

/** The moments after which a killed relayer must go on as if nothing had happened; tests kill there. */
export type DecideStep = 'pack-kept' | 'pack-accepted' | 'pack-refused' | 'pack-archived'

export interface DecideDeps {
  clock: Clock
  log: Log
  state: State
  store: PackStore
  registry: Registry
  signer: ReceiptSigner
  operator: Hex
  evaluation: EvaluateDeps
  /** Shortest time between two looks at a pack that cannot be judged yet. */
  retryMs: number
  onStep: (step: DecideStep, aepId: Hex) => void
}

const LONGEST_RETRY_MS = 600_000

/** Judges one received pack, for good where it can. @throws NexusError `chain-unavailable`, retryable: nothing was decided */
export async function decide(deps: DecideDeps, pack: PackRecord): Promise<void> {
  const { state, store, registry } = deps
  const { aepId } = pack
  const files = store.files(aepId)
  if (!files) {
    state.forget(aepId) // lost before it was on the disk: whoever has it will send it again
    return
  }
  await registry.sync()
  if (registry.anchor(aepId)) {
    await archive(deps, aepId)
    return
  }
  const verdict = await evaluate(deps.evaluation, pack, files)
  if (verdict.kind === 'agrees') await accept(deps, pack, verdict.own)
  else if (verdict.kind === 'differs') refuse(deps, pack, verdict.differences)
  else postpone(deps, pack, errorFields(verdict.error))
}

/** Others have anchored it without us: kept and served, not signed. */
async function archive({ state, store, clock, log, onStep }: DecideDeps, aepId: Hex): Promise<void> {
  await store.keep(aepId, [])
  state.archive(aepId, clock.nowMs())
  log.info({ aepId }, 'pack archived: it was anchored without us')
  onStep('pack-archived', aepId)
}

async function accept(deps: DecideDeps, pack: PackRecord, own: readonly OwnInput[]): Promise<void> {
  const { state, store, registry, signer, operator, clock, log, onStep } = deps
  const { aepId, report } = pack
  const configuration = registry.configuration()
  if (!configuration?.operators.includes(operator)) {
    postpone(deps, pack, { error: 'this operator is not in the committee' })
    return
  }
  const receipt = makeReceipt(signer, report, configuration.version, own)
  await store.keep(aepId, [receipt])
  onStep('pack-kept', aepId)
  const bound = state.accept(aepId, own, { ...receipt, configVersion: configuration.version }, clock.nowMs())
  if (bound !== undefined) {
    refuse(deps, pack, [{ check: 'root for this sequence', mine: bound, theirs: aepId }])
    return
  }
  const { feedId, sequence, value } = report
  log.info({ aepId, feedId, sequence, value: value.toString() }, 'pack accepted: own source gives the same')
  onStep('pack-accepted', aepId)
}

function refuse(
  { state, store, clock, log, onStep }: DecideDeps,
  pack: PackRecord,
  differences: readonly Difference[],
): void {
  const { aepId, report } = pack
  state.refuse(aepId, differences, clock.nowMs())
  store.discard(aepId)
  log.warn({ aepId, feedId: report.feedId, sequence: report.sequence, differences }, 'pack refused')
  onStep('pack-refused', aepId)
}

/** Looks again later, ever more rarely as the pack grows old. */
function postpone({ state, clock, log, retryMs }: DecideDeps, { aepId, receivedAtMs }: PackRecord, why: object): void {
  const now = clock.nowMs()
  const waitMs = Math.min(LONGEST_RETRY_MS, Math.max(retryMs, (now - receivedAtMs) / 2))
  state.postpone(aepId, Math.round(now + waitMs))
  log.warn({ aepId, retryMs: Math.round(waitMs), ...why }, 'pack cannot be judged yet')
}
