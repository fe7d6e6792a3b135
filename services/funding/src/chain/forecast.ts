import { NexusError } from '@nexus/kit/errors'
import { matchRound } from '../match.ts'
import { computePost, type PostedResult } from '../posted/post.ts'
import { type IndexedRound, indexRound } from '../posted/round.ts'
import { talliesOf } from './ledger.ts'
import type { RoundOnChain } from './round.ts'
import { isPosted } from './terms.ts'

/** What a round's gifts and pool give at this moment, computed from its events alone. */
export interface Forecast {
  /** By project, base units of the asset; `clr-fund`: contributions included. */
  matched: readonly bigint[]
  /** What would go to the commons. */
  leftoverAssets: bigint
  /** Of rounds whose result is posted: the one right post. */
  posted: PostedResult | null
}

const BPS = 10_000n

/** @throws NexusError for a round whose result is not posted */
export function indexedOf({ terms, poolAssets, projects, given }: RoundOnChain): IndexedRound {
  const { variant, capBps, postedParameter } = terms
  if (!isPosted(variant)) throw new Error(`the result of a ${variant} round is not posted`)
  const posted = {
    ...{ variant, parameter: postedParameter, budgetAssets: poolAssets, projectCount: projects.length },
    capAssets: (poolAssets * BigInt(capBps)) / BPS,
  }
  const contributions = given.flatMap(({ projectId, contributor, units }) =>
    projects[projectId]?.status === 'accepted' ? [{ project: projectId, contributor, amount: units }] : [],
  )
  return indexRound(posted, contributions)
}

export function forecast(round: RoundOnChain): Forecast {
  const { terms, poolAssets, projects, given } = round
  if (isPosted(terms.variant)) {
    const posted = computePost(indexedOf(round))
    return {
      matched: posted.results.map(leaf => leaf.matched),
      leftoverAssets: poolAssets - posted.posting.totals.matched,
      posted,
    }
  }
  const tallies = talliesOf(given, projects.length).map(({ sqrtSum, contributed }, projectId) =>
    projects[projectId]?.status === 'accepted'
      ? { project: `${projectId}`, sqrtSum, contributed }
      : { project: `${projectId}`, sqrtSum: 0n, contributed: 0n },
  )
  const contributed = tallies.reduce((sum, tally) => sum + tally.contributed, 0n)
  const isClr = terms.variant === 'clr-fund'
  const settings = {
    budget: isClr ? poolAssets + contributed : poolAssets,
    capBps: terms.capBps === Number(BPS) ? null : terms.capBps,
    params: {},
  }
  try {
    const matching = matchRound(terms.variant, { tallies, contributions: null }, settings)
    return { matched: matching.projects.map(one => one.matched), leftoverAssets: matching.leftover, posted: null }
  } catch (error) {
    // a round does not stop there: everybody keeps what was given
    if (!(error instanceof NexusError) || error.code !== 'nothing-to-match') throw error
    return { matched: tallies.map(tally => tally.contributed), leftoverAssets: poolAssets, posted: null }
  }
}

/** Where the contract's count differs from what the events say; nothing, if all is well. */
export interface Difference {
  projectId: number
  what: 'sqrtSum' | 'contributed' | 'contributors' | 'matched'
  computed: bigint
  onChain: bigint
}

/** INV-ROUND-1 from outside: S, C and the number of contributors follow from the events. */
export function tallyDifferences({ given, projects }: RoundOnChain): Difference[] {
  const tallies = talliesOf(given, projects.length)
  return projects.flatMap((project, n) => {
    const tally = tallies[n]
    return (['sqrtSum', 'contributed', 'contributors'] as const).flatMap(what => {
      const [computed, onChain] = [BigInt(tally?.[what] ?? 0), BigInt(project[what])]
      return computed === onChain ? [] : [{ projectId: project.projectId, what, computed, onChain }]
    })
  })
}
