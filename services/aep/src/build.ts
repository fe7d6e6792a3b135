import { type Hex, sha256Hex, toHex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'
import { type FeedSpec, feedIdOf } from '@nexus/kit/feed'
import type { Dataset, IndexResult, Observation, Window } from '@nexus/kit/observation'
import { type Report, ReportFlag } from '@nexus/kit/report'
import { compareNames, equalBytes } from './bytes.ts'
import { type CodeBundle, codeRecord } from './code.ts'
import {
  type Assumption,
  type Claims,
  documentBytes,
  type InputRecord,
  type ModelDocument,
  type SaltsDocument,
} from './documents.ts'
import { eqlOf } from './eql.ts'
import { type Leaf, leafContents, publicPackSecret, sealLeaves } from './leaves.ts'
import { lineageOf } from './lineage.ts'
import { merkleRoot } from './merkle.ts'
import { checkName, clashOf } from './names.ts'
import { roCrate } from './rocrate.ts'
import { formatSeconds } from './time.ts'

export interface PackInput {
  /** File name under `inputs/`. */
  name: string
  /** As fetched, unchanged. */
  bytes: Uint8Array
  url: string | null
  licence: string | null
  /** RFC 3339 UTC. Recorded, never taken from a clock here. */
  retrievedAt: string | null
}

export interface BuildInput {
  feed: FeedSpec
  window: Window
  sequence: number
  inputs: readonly PackInput[]
  /** What the adapter read from the inputs, and what the model made of it. */
  dataset: Dataset
  result: IndexResult
  model: CodeBundle
  source: CodeBundle
  /** The pack of models that lists this model version as validated. */
  catalogue: { pack: string; version: string } | null
  assumptions?: readonly Assumption[]
  /** Early data that the source may still correct. */
  provisional?: boolean
  /** The pack this one corrects: same feed and window. */
  revises?: Hex | null
  /** Only for a pack that is not public; else derived, so that the same inputs give the same root. */
  packSecret?: Uint8Array
}

/** Report fields that follow from the pack; receipts and configuration come from the committee. */
export type PackReport = Omit<Report, 'receiptsRoot' | 'configVersion'>

export interface Pack {
  aepId: Hex
  /** In order of name. */
  files: Map<string, Uint8Array>
  claims: Claims
  leaves: Leaf[]
  report: PackReport
}

function usedObservations(dataset: Dataset, result: IndexResult): Observation[] {
  const byId = new Map(dataset.observations.map(observation => [observation.id, observation]))
  return result.used.map(id => {
    const observation = byId.get(id)
    if (observation === undefined)
      throw inputError('unknown-observation', `the index uses observation ${id}, which the dataset does not have`, {
        id,
      })
    return observation
  })
}

/** The code must be what the feed names: a stranger will run what is in the pack. */
function modelDocument({ feed, model, source, catalogue }: BuildInput): ModelDocument {
  const modelCode = codeRecord(model)
  const sourceCode = codeRecord(source)
  const pairs = [
    ['model', modelCode.codeHash, feed.modelCodeHash],
    ['source', sourceCode.codeHash, feed.source.codeHash],
  ] as const
  for (const [what, actual, expected] of pairs)
    if (actual !== expected)
      throw inputError('code-differs', `the ${what} code is ${actual}, the feed names ${expected}`, {
        what,
        actual,
        expected,
      })
  return {
    version: 1,
    model: {
      id: feed.model,
      version: feed.modelVersion,
      decimals: feed.decimals,
      params: feed.params,
      ...modelCode,
    },
    source: { adapter: feed.source.adapter, options: feed.source.options, ...sourceCode },
    catalogue,
  }
}

const inputRecord =
  (adapter: string) =>
  ({ name, bytes, url, licence, retrievedAt }: PackInput): InputRecord => ({
    name,
    adapter,
    url,
    licence,
    retrievedAt,
    sha256: sha256Hex(bytes),
    bytes: bytes.length,
  })

/** What is taken for granted and can be read off the feed itself. */
function defaultAssumptions({ feed }: BuildInput): Assumption[] {
  const uncertainty =
    feed.uncertainty === null
      ? 'No uncertainty is stated for this index.'
      : `The uncertainty of ±${feed.uncertainty.value} is taken from: ${feed.uncertainty.source}`
  return [
    { subject: 'source', statement: `${feed.source.dataset}, edition ${feed.datasetVersion}, is what it says it is.` },
    { subject: 'uncertainty', statement: uncertainty },
  ]
}

function addFile(files: Map<string, Uint8Array>, name: string, bytes: Uint8Array): void {
  checkName(name)
  const present = files.get(name)
  // Model and source may share a file; it must then be the same one.
  if (present !== undefined && !(name.startsWith('code/') && equalBytes(present, bytes)))
    throw inputError('duplicate-name', `two files of the pack are called ${name}`, { name })
  files.set(name, bytes)
}

export const sortFiles = (files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> =>
  new Map([...files].sort(([a], [b]) => compareNames(a, b)))

/**
 * Seals a pack. Pure: no clock, no randomness, no disk; the same input gives the same bytes on every machine.
 * @throws NexusError `index-missing` (null is never anchored), `code-differs`, `unknown-observation`, `value-out-of-range`, …
 */
export function buildPack(input: BuildInput): Pack {
  const { feed, window, sequence, result } = input
  if (window.from >= window.to) throw inputError('empty-window', `nothing is between ${window.from} and ${window.to}`)
  if (result.index.scaled === null || result.index.value === null)
    throw inputError('index-missing', 'the index is missing, and missing is never sealed', {
      flags: result.quality.flags,
      excluded: result.quality.excluded,
    })
  if (result.index.decimals !== feed.decimals)
    throw inputError('decimals-differ', `the index has ${result.index.decimals} decimals, the feed ${feed.decimals}`)
  if (input.inputs.length === 0) throw inputError('no-inputs', 'a pack needs the bytes it was made from')

  const model = modelDocument(input)
  const inputs = [...input.inputs].sort((a, b) => compareNames(a.name, b.name)).map(inputRecord(feed.source.adapter))
  const uncertainty = feed.uncertainty
  const revises = input.revises ?? null
  const provisional = input.provisional ?? false
  const eql = eqlOf({ inputs, model, claims: { uncertainty, quality: result.quality } })
  const claims: Claims = {
    version: 1,
    feedId: feedIdOf(feed),
    feed,
    window: { from: formatSeconds(window.from), to: formatSeconds(window.to) },
    sequence,
    provisional,
    revises,
    index: { ...result.index, value: result.index.value, scaled: result.index.scaled },
    quality: result.quality,
    uncertainty,
    eql,
    flags: (provisional ? ReportFlag.provisional : 0) | (revises === null ? 0 : ReportFlag.revision),
    observations: usedObservations(input.dataset, result),
  }
  const lineage = lineageOf(inputs, model)

  const files = new Map<string, Uint8Array>()
  addFile(files, 'claims.json', documentBytes('aep-claims', claims))
  addFile(files, 'inputs.json', documentBytes('aep-inputs', { version: 1, inputs }))
  addFile(files, 'model.json', documentBytes('aep-model', model))
  addFile(
    files,
    'assumptions.json',
    documentBytes('aep-assumptions', {
      version: 1,
      assumptions: [...defaultAssumptions(input), ...(input.assumptions ?? [])],
    }),
  )
  addFile(files, 'lineage.json', documentBytes('aep-lineage', lineage))
  for (const { name, bytes } of input.inputs) addFile(files, `inputs/${name}`, bytes)
  for (const { path, bytes } of [...input.model.files, ...input.source.files]) addFile(files, `code/${path}`, bytes)
  addFile(files, 'ro-crate-metadata.json', roCrate({ claims, inputs, model, lineage, files }))

  const packSecret = input.packSecret ?? publicPackSecret(claims.feedId, window, sequence)
  const leaves = sealLeaves(leafContents(claims, files), packSecret)
  const aepId = toHex(merkleRoot(leaves.map(({ hash }) => hash)))
  const salts: SaltsDocument = {
    version: 1,
    aepId,
    packSecret: toHex(packSecret),
    public: input.packSecret === undefined,
  }
  addFile(files, 'salts.json', documentBytes('aep-salts', salts))
  const clash = clashOf(files.keys())
  if (clash !== null) throw inputError('name-clash', `${clash} cannot stand beside another name`, { name: clash })
  return { aepId, files: sortFiles(files), claims, leaves, report: reportOf(aepId, claims, window) }
}

function reportOf(aepRoot: Hex, claims: Claims, window: Window): PackReport {
  const { feedId, sequence, eql, flags } = claims
  return { feedId, aepRoot, value: BigInt(claims.index.scaled), from: window.from, to: window.to, sequence, eql, flags }
}
