import { type Address, type Hex, keccak256, stringToBytes } from 'viem'
import { clusterRaw } from './cluster.ts'
import { pairwiseRaw } from './pairwise.ts'
import { giftOf, type IndexedRound } from './round.ts'
import { type MatchTotals, matchedOf, noTotals, totalsAfter, totalsOf } from './scale.ts'
import { buildTree, leafHash, type Tree } from './tree.ts'

/** As in `IMatchResult`. */
export interface MatchLeaf {
  project: bigint
  raw: bigint
  matched: bigint
  before: MatchTotals
}

/** As in `IMatchPosts`. */
export interface ContributionLeaf {
  project: bigint
  contributor: Address
  amount: bigint
}

export interface Posting {
  resultRoot: Hex
  contributionRoot: Hex
  contributionCount: bigint
  totals: MatchTotals
  dataHash: Hex
}

/** What a call takes where no line is wanted. */
export const noLeaf: MatchLeaf = { project: 0n, raw: 0n, matched: 0n, before: noTotals }

/** Everything that is said of a round, or that a poster said of it: the leaves and their trees. */
export interface PostedResult {
  posting: Posting
  results: readonly MatchLeaf[]
  contributions: readonly ContributionLeaf[]
  resultTree: Tree
  contributionTree: Tree
}

export const resultLeafHash = ({ project, raw, matched, before }: MatchLeaf): Hex =>
  leafHash([project, raw, matched, before.raw, before.matched, before.capped, before.cappedRaw])

export const contributionLeafHash = ({ project, contributor, amount }: ContributionLeaf): Hex =>
  leafHash([project, BigInt(contributor), amount])

export const rawOf = (round: IndexedRound): bigint[] =>
  round.terms.variant === 'pairwise' ? pairwiseRaw(round) : clusterRaw(round)

/** One line per project, with running totals; `totals` are the right ones, or what a poster said that they are. */
export function resultLeaves(raws: readonly bigint[], terms: IndexedRound['terms'], totals: MatchTotals): MatchLeaf[] {
  let before = noTotals
  return raws.map((raw, project) => {
    const { assets, capped } = matchedOf(raw, totals, terms)
    const leaf = { project: BigInt(project), raw, matched: assets, before }
    before = totalsAfter(before, raw, assets, capped)
    return leaf
  })
}

/** Ascending by project, then by contributor. */
export const contributionLeaves = (round: IndexedRound): ContributionLeaf[] =>
  round.givers.flatMap((givers, project) =>
    givers.map(i => ({
      project: BigInt(project),
      contributor: round.contributors[i] as Address,
      amount: giftOf(round, project, i)?.amount ?? 0n,
    })),
  )

/** The trees over given lines: what an honest poster posts, if they are a round's own. */
export function assemble(
  results: readonly MatchLeaf[],
  contributions: readonly ContributionLeaf[],
  totals: MatchTotals,
): PostedResult {
  const resultTree = buildTree(results.map(resultLeafHash))
  const contributionTree = buildTree(contributions.map(contributionLeafHash))
  return {
    posting: {
      resultRoot: resultTree.root,
      contributionRoot: contributionTree.root,
      contributionCount: BigInt(contributions.length),
      totals,
      dataHash: keccak256(stringToBytes(resultFile(results))),
    },
    results,
    contributions,
    resultTree,
    contributionTree,
  }
}

/** The only right post of a round. */
export function computePost(round: IndexedRound): PostedResult {
  const raws = rawOf(round)
  const totals = totalsOf(raws, round.terms)
  return assemble(resultLeaves(raws, round.terms, totals), contributionLeaves(round), totals)
}

/** What is published for convenience: the lines, as `project raw matched` in decimals, one a line. */
export const resultFile = (results: readonly MatchLeaf[]): string =>
  results.map(({ project, raw, matched }) => `${project} ${raw} ${matched}\n`).join('')
