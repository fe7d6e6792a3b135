import { buildPack, type Pack } from '@nexus/aep/build'
import { codeOfFeed } from '@nexus/aep/catalogued'
import { zipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Dataset, IndexResult, Window } from '@nexus/kit/observation'
import type { Catalogue } from '@nexus/packs/catalogue'
import { computeIndex, type NamedInput } from '@nexus/packs/compute'
import { type ObtainedInput, obtainSource, type SourceAccess } from '@nexus/packs/fetch'
import { isProvisional } from '@nexus/packs/provisional'

export type Obtain = (feed: FeedSpec, window: Window) => Promise<readonly ObtainedInput[]>
export type Compute = (
  feed: FeedSpec,
  window: Window,
  inputs: readonly NamedInput[],
) => Promise<{ dataset: Dataset; result: IndexResult }>

export interface ProduceInput {
  catalogue: Catalogue
  feed: FeedSpec
  window: Window
  /** Where the dataset is obtained; without it, where the catalogue says. */
  access?: SourceAccess | undefined
  /** Above that of the feed's latest anchor. */
  sequence: number
  /** Says when the source was asked; nothing else depends on it. */
  clock: { nowSeconds(): number }
  /** The pack of the same feed and window that this one corrects. */
  revises?: Hex | null
  /** Instead of asking the source. */
  obtain?: Obtain | undefined
  /** Instead of the catalogue's model. */
  compute?: Compute | undefined
}

export type Produced =
  | { kind: 'aep'; pack: Pack; zip: Uint8Array; result: IndexResult }
  /** The data do not give an index: nothing is sealed, and nothing is sent. */
  | { kind: 'no-index'; result: IndexResult }

/**
 * The way of a reading up to its seal: source → observations → index → evidence pack.
 * @throws NexusError what the source, the parser or the model refuses; exit 75 where asking again may help
 */
export async function produceAep(input: ProduceInput): Promise<Produced> {
  const { catalogue, feed, window, sequence, clock, access } = input
  const obtain: Obtain =
    input.obtain ??
    (async () => (await obtainSource({ catalogue, feed, window, clock, ...(access ? { access } : {}) })).inputs)
  const compute: Compute = input.compute ?? ((_, __, inputs) => computeIndex({ catalogue, feed, window, inputs }))
  const inputs = await obtain(feed, window)
  const { dataset, result } = await compute(feed, window, inputs)
  if (result.index.scaled === null) return { kind: 'no-index', result }
  const pack = buildPack({
    feed,
    window,
    sequence,
    inputs,
    dataset,
    result,
    ...codeOfFeed(catalogue, feed),
    provisional: isProvisional(dataset, result),
    revises: input.revises ?? null,
  })
  return { kind: 'aep', pack, zip: zipPack(pack.files), result }
}
