import { codeOfFeed } from '@nexus/aep/catalogued'
import type { Claims } from '@nexus/aep/documents'
import { eqlOf } from '@nexus/aep/eql'
import { openPack } from '@nexus/aep/pack'
import { canonicalJson } from '@nexus/kit/canonical'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { IndexResult, Observation, Window } from '@nexus/kit/observation'
import type { Catalogue } from '@nexus/packs/catalogue'
import { isProvisional } from '@nexus/packs/provisional'
import type { Registry } from '@nexus/runtime/registry'
import type { Compute, OwnReading, OwnReadings } from './own-reading.ts'
import type { Difference, OwnInput, PackRecord } from './state.ts'

export interface EvaluateDeps {
  catalogue: Catalogue
  registry: Pick<Registry, 'head' | 'sync' | 'latestSequence' | 'anchorsOfWindow' | 'stateOf'>
  readings: OwnReadings
  compute: Compute
  /** How old an own copy may be when a pack disagrees with it. */
  freshMs: number
}

/** What an operator finds when it does the work again. Only `agrees` may be signed. */
export type Verdict =
  | { kind: 'agrees'; own: OwnInput[] }
  | { kind: 'differs'; differences: Difference[] }
  /** Nothing is known against the pack, and nothing can be said for it now. */
  | { kind: 'not-now'; error: NexusError }

/** Sequences this far above the latest are refused: one pack with the highest of all would end its feed. */
export const MOST_SEQUENCES_AHEAD = 64
/** An own copy younger than this is used without asking the source again. */
const REUSE_MS = 600_000

/**
 * Does an operator's work on one pack: obtains the source itself, compares the observations that the index uses, recomputes the
 * index from its own bytes and from the pack's, derives level and flags, and looks at the chain for sequence and revision.
 * @throws NexusError `chain-unavailable`, retryable
 */
export async function evaluate(
  deps: EvaluateDeps,
  { report }: Pick<PackRecord, 'report'>,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Verdict> {
  const { documents } = openPack(files)
  const claims = documents['claims.json']
  const { feed } = claims
  const window: Window = { from: report.from, to: report.to }

  const ofChain = [...(await sequenceDifferences(deps, claims)), ...(await revisionDifferences(deps, claims, window))]
  let own: OwnReading
  let ofSource: Difference[]
  try {
    own = await deps.readings.of(feed, window, REUSE_MS)
    ofSource = sourceDifferences(deps.catalogue, feed, claims, own)
    if (ofSource.length > 0) {
      own = await deps.readings.of(feed, window, deps.freshMs)
      ofSource = sourceDifferences(deps.catalogue, feed, claims, own)
    }
  } catch (error) {
    if (!(error instanceof NexusError) || error.exitCode === ExitCode.bug) throw error
    // Our own source failed us: that says nothing about the pack, unless the chain has settled the matter.
    return ofChain.length > 0 ? { kind: 'differs', differences: ofChain } : { kind: 'not-now', error }
  }
  const ofPack = await packDifferences(deps.compute, feed, window, claims, files)
  const differences = [...ofSource, ...ofPack, ...ofChain]
  if (differences.length > 0) return { kind: 'differs', differences }
  return {
    kind: 'agrees',
    own: own.inputs.map(({ name, sha256, obtained, retrievedAt }) => ({ name, sha256, obtained, retrievedAt })),
  }
}

const differ = (check: string, mine: string, theirs: string): Difference[] =>
  mine === theirs ? [] : [{ check, mine, theirs }]

async function sequenceDifferences({ registry }: EvaluateDeps, claims: Claims): Promise<Difference[]> {
  const latest = await registry.latestSequence(claims.feedId)
  const { sequence } = claims
  return sequence > latest && sequence <= latest + MOST_SEQUENCES_AHEAD
    ? []
    : [{ check: 'sequence', mine: `${latest + 1} to ${latest + MOST_SEQUENCES_AHEAD}`, theirs: String(sequence) }]
}

/** A second pack of a window must name the one it corrects, and say something new. */
async function revisionDifferences({ registry }: EvaluateDeps, claims: Claims, window: Window): Promise<Difference[]> {
  const latest = registry.anchorsOfWindow(claims.feedId, window.from, window.to).at(-1)
  const differences = differ('revises', latest?.aepId ?? 'nothing', claims.revises ?? 'nothing')
  if (!latest || differences.length > 0) return differences
  const says = (value: bigint, eql: number, provisional: boolean) =>
    `${value} at EQL${eql}${provisional ? ', provisional' : ''}`
  const before = says(latest.value, latest.eql, latest.provisional)
  const now = says(BigInt(claims.index.scaled), claims.eql, claims.provisional)
  if (before !== now || (await registry.stateOf(latest.aepId)) === 'void') return []
  return [{ check: 'revision', mine: `${before} is anchored already`, theirs: now }]
}

/** Where the pack says something else than the source that we obtained ourselves. */
function sourceDifferences(catalogue: Catalogue, feed: FeedSpec, claims: Claims, own: OwnReading): Difference[] {
  const { dataset, result, inputs } = own
  const byId = new Map(dataset.observations.map(observation => [observation.id, observation]))
  const used = result.used.flatMap(id => byId.get(id) ?? [])
  const eql = eqlOf({
    inputs: inputs.map(({ name, url, licence, retrievedAt, sha256, bytes }) => ({
      name,
      adapter: feed.source.adapter,
      url,
      licence,
      retrievedAt,
      sha256,
      bytes: bytes.length,
    })),
    claims: { uncertainty: feed.uncertainty, quality: result.quality },
    model: {
      catalogue: codeOfFeed(catalogue, feed).catalogue,
      model: { version: feed.modelVersion },
    },
  })
  return [
    ...indexDifferences('value', result, claims),
    ...observationDifferences(used, claims.observations),
    ...differ('eql', String(eql), String(claims.eql)),
    ...differ('provisional', String(isProvisional(dataset, result)), String(claims.provisional)),
  ]
}

const indexDifferences = (check: string, { index }: IndexResult, claims: Claims): Difference[] => [
  ...differ(check, index.scaled ?? 'missing', claims.index.scaled),
  ...differ(`${check} time`, index.time ?? 'none', claims.index.time ?? 'none'),
]

const brief = (observation: Observation | undefined) =>
  observation
    ? `${observation.id}: ${observation.value ?? 'missing'} ${observation.unit} at ${observation.time}`
    : 'none'

/** The first few observations that are not the same, so that a log line stays one. */
function observationDifferences(mine: readonly Observation[], theirs: readonly Observation[]): Difference[] {
  const differences: Difference[] = []
  for (let n = 0; n < Math.max(mine.length, theirs.length) && differences.length < 3; n++) {
    const [own, other] = [mine[n], theirs[n]]
    if (canonicalJson(own ?? null) === canonicalJson(other ?? null)) continue
    const same = brief(own) === brief(other)
    differences.push({
      check: `observation ${n}`,
      mine: same ? canonicalJson(own) : brief(own),
      theirs: same ? canonicalJson(other) : brief(other),
    })
  }
  return differences
}

/** A stranger will recompute the index from the pack's own bytes: they must give exactly what it claims. */
async function packDifferences(
  compute: Compute,
  feed: FeedSpec,
  window: Window,
  claims: Claims,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Difference[]> {
  const inputs = [...files]
    .filter(([name]) => name.startsWith('inputs/'))
    .map(([name, bytes]) => ({ name: name.slice('inputs/'.length), bytes }))
  try {
    const { dataset, result } = await compute(feed, window, inputs)
    const byId = new Map(dataset.observations.map(observation => [observation.id, observation]))
    const used = result.used.flatMap(id => byId.get(id) ?? [])
    return [
      ...indexDifferences('value from its own inputs', result, claims),
      ...differ('observations from its own inputs', canonicalJson(used), canonicalJson(claims.observations)),
      ...differ('quality from its own inputs', canonicalJson(result.quality), canonicalJson(claims.quality)),
    ].map(shortened)
  } catch (error) {
    if (!(error instanceof NexusError) || error.exitCode === ExitCode.bug) throw error
    return [{ check: 'its own inputs', mine: `${error.code}: ${error.message}`, theirs: claims.index.scaled }]
  }
}

const shortened = ({ check, mine, theirs }: Difference): Difference => ({
  check,
  mine: mine.slice(0, 500),
  theirs: theirs.slice(0, 500),
})
