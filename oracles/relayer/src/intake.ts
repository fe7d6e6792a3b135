import type { PackReport } from '@nexus/aep/build'
import type { Claims } from '@nexus/aep/documents'
import { openPack } from '@nexus/aep/pack'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import { inputError, NexusError, tryAgainError, verificationError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import { parseUtcSeconds } from '@nexus/kit/time'
import type { Catalogue } from '@nexus/packs/catalogue'
import type { Clock } from '@nexus/runtime/clock'
import type { Log } from '@nexus/runtime/log'
import type { Registry } from '@nexus/runtime/registry'
import type { PackRecord, State } from './state.ts'
import type { PackStore } from './store.ts'

export interface IntakeDeps {
  clock: Clock
  log: Log
  state: State
  store: PackStore
  registry: Pick<Registry, 'head' | 'sync'>
  catalogue: Catalogue
  /** Datasets the operator has its own access to beside the catalogue's. */
  datasets: ReadonlySet<string>
  /** Undefined: every feed that can be recomputed here. */
  feeds: ReadonlySet<Hex> | undefined
  mostPending: number
  onReceived(aepId: Hex): void
}

/**
 * Takes a pack from anybody: checks its form and root, and whether this operator could ever sign it, and puts it on the disk to be
 * evaluated. Sending it again changes nothing.
 * @throws NexusError, exit 3 `bad-pack`, `zip-…`; exit 2 `foreign-feed`, `unknown-model`, `code-differs`, `no-access`, `eql-too-low`;
 * exit 75 `window-not-over`, `busy`, `chain-unavailable`
 */
export async function receivePack(deps: IntakeDeps, zip: Uint8Array): Promise<PackRecord> {
  const { clock, log, state, store, mostPending } = deps
  const files = new Map([...unzipPack(zip)].filter(([name]) => !name.startsWith('signatures/')))
  const report = requireSound(files)
  const { aepRoot: aepId } = report
  const known = state.pack(aepId)
  if (known) return known
  const { feed } = openPack(files).documents['claims.json']
  requireOurs(deps, report, feed)
  await requireOver(deps, report)
  if (state.received().length >= mostPending)
    throw tryAgainError('busy', `${mostPending} packs are waiting to be checked`, { mostPending })
  await store.receive(aepId, files)
  state.addReceived(report, clock.nowMs())
  log.info({ aepId, feedId: report.feedId, sequence: report.sequence, value: report.value.toString() }, 'pack received')
  deps.onReceived(aepId)
  const added = state.pack(aepId)
  if (!added) throw new Error(`pack ${aepId} vanished while it was stored`)
  return added
}

/** Form, hashes, claims and root. */
function requireSound(files: ReadonlyMap<string, Uint8Array>): PackReport {
  const { aepId, ok, checks } = verifyPack(files)
  if (!ok || aepId === null)
    throw verificationError('bad-pack', 'the pack does not verify', {
      checks: checks.filter(check => !check.ok).slice(0, 5),
    })
  return reportOf(aepId, openPack(files).documents['claims.json'])
}

const reportOf = (aepRoot: Hex, claims: Claims): PackReport => ({
  feedId: claims.feedId,
  aepRoot,
  value: BigInt(claims.index.scaled),
  from: parseUtcSeconds(claims.window.from),
  to: parseUtcSeconds(claims.window.to),
  sequence: claims.sequence,
  eql: claims.eql,
  flags: claims.flags,
})

/** What no operator with this configuration will ever sign is not worth a place on its disk. */
function requireOurs({ catalogue, datasets, feeds }: IntakeDeps, report: PackReport, feed: FeedSpec): void {
  const { feedId, eql } = report
  if (feeds && !feeds.has(feedId))
    throw inputError('foreign-feed', 'this operator does not attest this feed', { feedId })
  if (eql < 1) throw inputError('eql-too-low', 'evidence of unknown provenance is not anchored', { eql })
  const model = catalogue.model(feed.model, feed.modelVersion)
  const source = catalogue.source(feed.source.adapter)
  for (const [what, theirs, mine] of [
    ['model', feed.modelCodeHash, model.codeHash],
    ['source', feed.source.codeHash, source.codeHash],
  ] as const)
    if (mine !== theirs)
      throw inputError('code-differs', `the feed was made for other ${what} code`, { what, mine, theirs })
  const { dataset } = feed.source
  if (!datasets.has(dataset) && !catalogue.datasets().some(({ id }) => id === dataset))
    throw inputError('no-access', `this operator has no access to dataset ${dataset}`, { dataset })
}

/** By the chain's clock, which is the one that anchoring goes by. */
async function requireOver({ registry }: IntakeDeps, { to }: PackReport): Promise<void> {
  const isOver = () => (registry.head()?.timestamp ?? 0) >= to
  if (!isOver()) await registry.sync()
  if (!isOver())
    throw tryAgainError('window-not-over', 'the window of this pack is not over', {
      to,
      now: registry.head()?.timestamp,
    })
}

/** For packs that come from a peer unasked: a refusal is an answer there. */
export async function tryReceivePack(deps: IntakeDeps, zip: Uint8Array): Promise<PackRecord | NexusError> {
  try {
    return await receivePack(deps, zip)
  } catch (error) {
    if (error instanceof NexusError) return error
    throw error
  }
}
