import { inputError, verificationError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Dataset, IndexResult, Window } from '@nexus/kit/observation'
import type { Catalogue } from './catalogue.ts'
import { tooLarge } from './input-file.ts'
import { MAX_INPUT_BYTES } from './limits.ts'
import { refusalAsInputError } from './refusal.ts'

export interface NamedInput {
  name: string
  bytes: Uint8Array
}

export interface ComputeInput {
  catalogue: Catalogue
  feed: FeedSpec
  window: Window
  inputs: readonly NamedInput[]
}

/**
 * The index of a feed over a window, from raw bytes. Inputs are taken in the order of their names.
 * @throws NexusError `code-differs` (exit 3) if the code here is not the feed's; what the parser or the model refuses, with exit 2.
 */
export async function computeIndex({
  catalogue,
  feed,
  window,
  inputs,
}: ComputeInput): Promise<{ dataset: Dataset; result: IndexResult }> {
  const model = catalogue.model(feed.model, feed.modelVersion)
  const source = catalogue.source(feed.source.adapter)
  sameCode(`model ${model.id} ${model.version}`, feed.modelCodeHash, model.codeHash)
  sameCode(`source ${source.adapter}`, feed.source.codeHash, source.codeHash)

  const [parser, runner] = await Promise.all([source.load(), model.load()])
  const ordered = [...inputs].sort((a, b) => (a.name < b.name ? -1 : 1))
  const datasets = ordered.map(({ name, bytes }) => {
    if (bytes.length > MAX_INPUT_BYTES) throw tooLarge(name, bytes.length, MAX_INPUT_BYTES)
    return refusing({ input: name }, () => parser.parse(bytes, feed.source.options))
  })
  const dataset = refusing({}, () => parser.merge(datasets))
  const result = refusing({}, () => runner.run(dataset, feed.params, window))
  if (result.index.decimals !== feed.decimals)
    throw inputError(
      'decimals-differ',
      `the feed says ${feed.decimals} decimals, its parameters make the model print ${result.index.decimals}`,
      { feed: feed.decimals, model: result.index.decimals },
    )
  return { dataset, result }
}

function sameCode(what: string, expected: string, actual: string): void {
  if (expected !== actual)
    throw verificationError('code-differs', `the feed was made for other code of ${what}`, { expected, actual })
}

function refusing<T>(context: Record<string, unknown>, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw refusalAsInputError(error, context)
  }
}
