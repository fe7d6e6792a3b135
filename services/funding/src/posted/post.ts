import { type Address, type Hex, keccak256, stringToBytes } from 'viem'
import { clusterRaw } from './cluster.ts'
import { pairwiseRaw } from './pairwise.ts'
import { giftOf, type IndexedRound } from './round.ts'
import { matchedOf } from './scale.ts'
import { buildTree, leafHash, type Tree } from './tree.ts'

/** As in `IMatchResult`. */
export interface MatchLeaf {
  project: bigint
  raw: bigint
  matched: bigint
  rawBefore: bigint
  matchedBefore: bigint
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
  rawTotal: bigint
  totalMatched: bigint
  dataHash: Hex
}

/** Everything that is said of a round, or that a poster said of it: the leaves and their trees. */
export interface PostedResult {
  posting: Posting
  results: readonly MatchLeaf[]
  contributions: readonly ContributionLeaf[]
  resultTree: Tree
  contributionTree: Tree
}

export const resultLeafHash = (leaf: MatchLeaf): Hex =>
  leafHash([leaf.project, leaf.raw, leaf.matched, leaf.rawBefore, leaf.matchedBefore])

export const contributionLeafHash = ({ project, contributor, amount }: ContributionLeaf): Hex =>
  leafHash([project, BigInt(contributor), amount])

export const rawOf = (round: IndexedRound): bigint[] =>
  round.terms.variant === 'pairwise' ? pairwiseRaw(round) : clusterRaw(round)

/** One line per project, with running totals; `rawTotal` is the sum, or what a poster said that it is. */
export function resultLeaves(
  raw: readonly bigint[],
  terms: IndexedRound['terms'],
  rawTotal: bigint = raw.reduce((sum, one) => sum + one, 0n),
): MatchLeaf[] {
  let [rawBefore, matchedBefore] = [0n, 0n]
  return raw.map((one, project) => {
    const leaf = {
      project: BigInt(project),
      raw: one,
      matched: matchedOf(one, rawTotal, terms),
      rawBefore,
      matchedBefore,
    }
    rawBefore += leaf.raw
    matchedBefore += leaf.matched
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

/** The trees and totals over given lines: what an honest poster posts, if they are a round's own. */
export function assemble(
  results: readonly MatchLeaf[],
  contributions: readonly ContributionLeaf[],
  dataHash: Hex = dataHashOf(results),
): PostedResult {
  const resultTree = buildTree(results.map(resultLeafHash))
  const contributionTree = buildTree(contributions.map(contributionLeafHash))
  return {
    posting: {
      resultRoot: resultTree.root,
      contributionRoot: contributionTree.root,
      contributionCount: BigInt(contributions.length),
      rawTotal: results.reduce((sum, { raw }) => sum + raw, 0n),
      totalMatched: results.reduce((sum, { matched }) => sum + matched, 0n),
      dataHash,
    },
    results,
    contributions,
    resultTree,
    contributionTree,
  }
}

/** The only right post of a round. */
export const computePost = (round: IndexedRound): PostedResult =>
  assemble(resultLeaves(rawOf(round), round.terms), contributionLeaves(round))

/** What is published for convenience: the lines, as `project raw matched` in decimals, one a line. */
export const resultFile = (results: readonly MatchLeaf[]): string =>
  results.map(({ project, raw, matched }) => `${project} ${raw} ${matched}\n`).join('')

const dataHashOf = (results: readonly MatchLeaf[]): Hex => keccak256(stringToBytes(resultFile(results)))
