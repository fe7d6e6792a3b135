import { type Hex, sha256Hex } from '@nexus/kit/canonical'
import { type FeedSpec, feedIdOf } from '@nexus/kit/feed'
import type { Dataset, IndexResult, Window } from '@nexus/kit/observation'
import type { Catalogue } from '@nexus/packs/catalogue'
import type { NamedInput } from '@nexus/packs/compute'
import { accessOf, type ObtainedInput, obtainSource } from '@nexus/packs/fetch'
import type { Sources } from '@nexus/packs/sources-config'
import type { Clock } from '@nexus/runtime/clock'

/** Bytes that this operator got by itself. */
export type OwnSource = ObtainedInput & { obtained: 'own-fetch' | 'own-copy' }

/** What this operator got from the source itself, and what it makes of it. */
export interface OwnReading {
  inputs: readonly (OwnSource & { sha256: Hex })[]
  dataset: Dataset
  result: IndexResult
}

export type Obtain = (feed: FeedSpec, window: Window) => Promise<readonly OwnSource[]>
export type Compute = (
  feed: FeedSpec,
  window: Window,
  inputs: readonly NamedInput[],
) => Promise<{ dataset: Dataset; result: IndexResult }>

/** Asks the sources that the operator has configured, else those that the catalogue knows. */
export const obtainFrom =
  (catalogue: Catalogue, sources: Sources, clock: Clock): Obtain =>
  async (feed, window) => {
    const { dataset } = feed.source
    const access = sources[dataset] ?? accessOf(catalogue.dataset(dataset))
    const now = { nowSeconds: () => Math.floor(clock.nowMs() / 1000) }
    const { inputs } = await obtainSource({ catalogue, feed, window, access, clock: now })
    const obtained = access.kind === 'http' ? 'own-fetch' : 'own-copy'
    return inputs.map(input => ({ ...input, obtained }))
  }

export interface OwnReadingDeps {
  clock: Clock
  obtain: Obtain
  compute: Compute
}

/** The operator's own readings. Several packs about one window cost one fetch. */
export interface OwnReadings {
  /** @param notOlderThanMs an earlier reading may be used unless it is older than this */
  of(feed: FeedSpec, window: Window, notOlderThanMs: number): Promise<OwnReading>
}

const MOST_KEPT = 4

export function createOwnReadings({ clock, obtain, compute }: OwnReadingDeps): OwnReadings {
  const kept = new Map<string, { atMs: number; reading: OwnReading }>()
  return {
    async of(feed, window, notOlderThanMs) {
      const key = `${feedIdOf(feed)} ${window.from} ${window.to}`
      const known = kept.get(key)
      if (known && clock.nowMs() - known.atMs <= notOlderThanMs) return known.reading
      const atMs = clock.nowMs()
      const inputs = (await obtain(feed, window)).map(input => ({ ...input, sha256: sha256Hex(input.bytes) }))
      const reading = { inputs, ...(await compute(feed, window, inputs)) }
      kept.delete(key)
      kept.set(key, { atMs, reading })
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
      return reading
    },
  }
}
