import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeFileDurably } from '@nexus/aep/durable'
import type { Hex } from '@nexus/kit/canonical'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import type { Clock } from '@nexus/runtime/clock'
import { errorFields, type Log } from '@nexus/runtime/log'
import type { AnchorRecord, Registry } from '@nexus/runtime/registry'
import { jsonOf, type Transport } from '@nexus/runtime/transport'
import type { Job, ObservatoryConfig } from './config.ts'
import type { Produced } from './produce.ts'
import type { Delivery, JobRecord, State } from './state.ts'

/** The moments after which a killed observatory must go on as if nothing had happened; tests kill there. */
export type ObservatoryStep = 'pack-stored' | 'pack-sealed' | 'pack-delivered' | 'job-anchored'

export interface WorkDeps {
  clock: Clock
  log: Log
  state: State
  registry: Pick<Registry, 'head' | 'anchorsOfWindow' | 'latestSequence' | 'stateOf' | 'capOf'>
  transport: Transport
  config: Pick<ObservatoryConfig, 'relayers' | 'delivery' | 'sourceRetryMs' | 'storeDir'>
  /** @param revises the anchored pack of the same window that this one corrects */
  produce(job: Job, sequence: number, revises: Hex | null): Promise<Produced>
  onStep: (step: ObservatoryStep, subject: string) => void
}

/** Where a job stands after a pass. */
export type JobOutcome =
  | { kind: 'window-open' }
  /** Another window of the same feed comes first. */
  | { kind: 'queued' }
  | { kind: 'no-index' }
  | { kind: 'source-failed'; error: NexusError }
  /** The registry would refuse the report: its level is above what the feed is capped at. */
  | { kind: 'capped'; eql: number; mostEql: number }
  | { kind: 'postponed' }
  | { kind: 'sealed'; aepId: Hex; deliveries: Delivery[] }
  | { kind: 'anchored'; aepId: Hex }

/** Moves one job as far as it goes now. Safe to repeat; a pack is sealed once and then delivered until it is anchored. */
export async function work(deps: WorkDeps, job: Job): Promise<JobOutcome> {
  const { state, registry, clock } = deps
  const record = state.job(job)
  if (record.state === 'final' && record.aepId) return { kind: 'anchored', aepId: record.aepId }
  const latest = registry.anchorsOfWindow(job.feedId, job.window.from, job.window.to).at(-1)
  if (latest && (await stands(deps, job, record, latest))) return { kind: 'anchored', aepId: latest.aepId }
  if ((registry.head()?.timestamp ?? 0) < job.window.to) return { kind: 'window-open' }
  const revises = latest?.aepId ?? null
  const good = await isStillGood(deps, job, record)
  const sealed = good ? record.aepId : await seal(deps, job, record, revises, clock.nowMs())
  if (typeof sealed !== 'string') return sealed ?? { kind: 'postponed' }
  await deliver(deps, sealed)
  return { kind: 'sealed', aepId: sealed, deliveries: state.deliveries(sealed) }
}

/** Whether a window's anchor is there to stay, or may be; one that a dispute has voided is to be corrected. */
async function stands({ state, registry, log, onStep }: WorkDeps, job: Job, record: JobRecord, anchor: AnchorRecord) {
  const { aepId, txHash } = anchor
  const now = await registry.stateOf(aepId)
  if (now === 'void') return false
  const reached = now === 'final' || now === 'upheld' ? 'final' : 'anchored'
  if (record.state === reached && record.aepId === aepId) return true
  state.settle(job, reached, aepId)
  log.info({ job: job.name, aepId, txHash, state: now }, 'window anchored')
  onStep('job-anchored', aepId)
  return true
}

/** Whether the pack that was sealed for a job can still be anchored. */
async function isStillGood({ registry, config, clock, log }: WorkDeps, job: Job, record: JobRecord): Promise<boolean> {
  const { state, aepId, sequence, sealedAtMs } = record
  if (state !== 'sealed' || aepId === null || sequence === null || sealedAtMs === null) return false
  const latest = await registry.latestSequence(job.feedId)
  const isOvertaken = latest >= sequence
  const isLate = clock.nowMs() - sealedAtMs >= config.delivery.abandonMs
  if (!isOvertaken && !isLate) return true
  log.warn(
    { job: job.name, aepId, sequence, latest },
    isOvertaken ? 'sequence went to another pack' : 'pack was not anchored',
  )
  return false
}

async function seal(
  deps: WorkDeps,
  job: Job,
  record: JobRecord,
  revises: Hex | null,
  nowMs: number,
): Promise<Hex | JobOutcome> {
  const { state, registry, config, log, onStep } = deps
  if (record.nextAttemptAtMs > nowMs) return record.state === 'no-index' ? { kind: 'no-index' } : { kind: 'postponed' }
  if (state.isFeedBusy(job)) return { kind: 'queued' }
  const sequence = Math.max(await registry.latestSequence(job.feedId), state.lastSequence(job.feedId)) + 1
  let produced: Produced
  try {
    produced = await deps.produce(job, sequence, revises)
  } catch (error) {
    if (!(error instanceof NexusError) || error.exitCode === ExitCode.bug) throw error
    state.postpone(job, 'waiting', nowMs + config.sourceRetryMs)
    log.warn({ job: job.name, retryMs: config.sourceRetryMs, ...errorFields(error) }, 'no reading yet')
    return { kind: 'source-failed', error }
  }
  if (produced.kind === 'no-index') {
    state.postpone(job, 'no-index', nowMs + config.sourceRetryMs)
    log.warn({ job: job.name, flags: produced.result.quality.flags }, 'the data give no index: nothing is sent')
    return { kind: 'no-index' }
  }
  const { aepId, claims } = produced.pack
  const mostEql = await registry.capOf(job.feedId) // INV-REL-14
  if (claims.eql > mostEql) {
    state.postpone(job, 'waiting', nowMs + config.sourceRetryMs)
    log.warn(
      { job: job.name, eql: claims.eql, mostEql, retryMs: config.sourceRetryMs },
      'the feed is capped below: nothing is sent',
    )
    return { kind: 'capped', eql: claims.eql, mostEql }
  }
  await writeFileDurably(zipFile(config, aepId), produced.zip)
  onStep('pack-stored', aepId)
  state.seal(job, { aepId, sequence }, config.relayers, nowMs)
  log.info({ job: job.name, aepId, sequence, value: claims.index.value, eql: claims.eql }, 'pack sealed')
  onStep('pack-sealed', aepId)
  return aepId
}

const zipFile = ({ storeDir }: WorkDeps['config'], aepId: Hex) => path.join(storeDir, `${aepId}.zip`)

/** Offers a pack to every relayer that has not answered for good. */
async function deliver(deps: WorkDeps, aepId: Hex): Promise<void> {
  const { state, config } = deps
  const pending = state.deliveries(aepId).filter(delivery => delivery.state === 'pending')
  if (pending.length === 0) return
  const zip = new Uint8Array(await readFile(zipFile(config, aepId)))
  await Promise.all(pending.map(({ relayer }) => deliverTo(deps, aepId, zip, relayer)))
}

async function deliverTo(deps: WorkDeps, aepId: Hex, zip: Uint8Array, relayer: string): Promise<void> {
  const { state, onStep } = deps
  const delivery = await offer(deps, aepId, zip, relayer)
  if (!delivery) return
  state.setDelivery(aepId, delivery)
  onStep('pack-delivered', aepId)
}

/** What a relayer said for good; undefined when it is to be asked again. */
async function offer(
  { transport, config, log }: WorkDeps,
  aepId: Hex,
  zip: Uint8Array,
  relayer: string,
): Promise<Delivery | undefined> {
  try {
    const answer = await transport.request({
      method: 'POST',
      url: `${relayer}/packs`,
      body: zip,
      contentType: 'application/zip',
      timeoutMs: config.delivery.timeoutMs,
      mostBytes: 256_000,
    })
    // looked at as text only, whatever it is
    const { outcome, code, message } = (jsonOf(answer) ?? {}) as {
      outcome?: unknown
      code?: unknown
      message?: unknown
    }
    if (answer.status === 202) return { relayer, state: 'taken', detail: String(outcome ?? 'pending') }
    if (FINAL.has(answer.status)) {
      log.warn({ relayer, aepId, code, error: message }, 'relayer refused the pack')
      return { relayer, state: 'refused', detail: `${code}: ${message}`.slice(0, 500) }
    }
    log.info({ relayer, aepId, status: answer.status, code }, 'relayer did not take the pack, will offer again')
  } catch (error) {
    log.info({ relayer, aepId, ...errorFields(error) }, 'relayer not reached, will offer again')
  }
  return undefined
}

/** Answers that another attempt will not change. */
const FINAL: ReadonlySet<number> = new Set([400, 413, 422])
