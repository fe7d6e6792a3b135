import { type FeedSpec, feedSpecSchema } from '@nexus/kit/feed'
import type { Catalogue } from './catalogue.ts'

export interface FeedSpecInput {
  catalogue: Catalogue
  model: string
  modelVersion?: string
  params: Readonly<Record<string, unknown>>
  adapter: string
  dataset: string
  datasetVersion: string
  options?: Readonly<Record<string, unknown>>
  /** Default: the model's. */
  decimals?: number
  uncertainty: FeedSpec['uncertainty']
}

/** The feed specification of a model and a source as the catalogue has them: defaults and code hashes filled in. */
export function feedSpecFor(input: FeedSpecInput): FeedSpec {
  const { catalogue, dataset, datasetVersion, uncertainty } = input
  const model = catalogue.model(input.model, input.modelVersion)
  const source = catalogue.source(input.adapter)
  const decimals = input.decimals ?? model.decimals
  // Models print with their own number of decimals unless a parameter says otherwise; so it appears only then.
  const rounding = decimals === model.decimals ? {} : { decimals }
  return feedSpecSchema.parse({
    model: model.id,
    modelVersion: model.version,
    modelCodeHash: model.codeHash,
    params: model.normaliseParams({ ...input.params, ...rounding }),
    source: {
      adapter: source.adapter,
      codeHash: source.codeHash,
      dataset,
      options: source.normaliseOptions(input.options ?? {}),
    },
    datasetVersion,
    decimals,
    uncertainty,
  })
}

/** As above, for a dataset that the catalogue describes. */
export function feedSpecOfDataset(
  catalogue: Catalogue,
  datasetId: string,
  model: string,
  params: Readonly<Record<string, unknown>>,
): FeedSpec {
  const { id, adapter, datasetVersion, options, uncertainty } = catalogue.dataset(datasetId)
  return feedSpecFor({ catalogue, model, params, adapter, dataset: id, datasetVersion, options, uncertainty })
}
