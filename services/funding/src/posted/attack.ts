import { type Hex, zeroAddress } from 'viem'
import { partsOf } from './defend.ts'
import type { Move } from './moves.ts'
import {
  type ContributionLeaf,
  contributionLeafHash,
  type MatchLeaf,
  type PostedResult,
  type Posting,
  resultLeafHash,
  resultLeaves,
} from './post.ts'
import type { PostedTerms } from './round.ts'
import { type MatchTotals, matchedOf, noTotals, sameTotals, totalsAfter } from './scale.ts'
import type { DisputedSum, Sums } from './sums.ts'
import { buildTree, type Tree } from './tree.ts'
import { addressOf, type ChallengeView, type ShownNodes } from './view.ts'

const MOST_PARTS = 64
const PROJECTS_COMPUTED = 64n
const NO_CONTRIBUTION: ContributionLeaf = { project: 0n, contributor: zeroAddress, amount: 0n }

/**
 * What the trees of a post would be if everything below its totals were right. Where they differ from those posted, the first leaf that differs
 * can be shown wrong; where they do not, the totals can. (Compared with the only right trees, a wrong total would make every line differ, and
 * the first one would be wrong in nothing by itself.)
 */
export interface Expected {
  terms: PostedTerms
  results: readonly MatchLeaf[]
  contributions: readonly ContributionLeaf[]
  resultTree: Tree
  contributionTree: Tree
}

export function expectedUnder(right: PostedResult, posting: Posting, terms: PostedTerms): Expected {
  const raw = right.results.map(leaf => leaf.raw)
  const results = resultLeaves(raw, terms, posting.totals)
  const count = Number(posting.contributionCount)
  return {
    terms,
    results,
    contributions: right.contributions,
    resultTree: buildTree(results.map(resultLeafHash)),
    contributionTree: buildTree(right.contributions.slice(0, count).map(contributionLeafHash), count),
  }
}

/** The first move against a post; nothing if the post is right. */
export function openAgainst(postId: bigint, posting: Posting, expected: Expected): Move | undefined {
  if (posting.resultRoot !== expected.resultTree.root) return { functionName: 'demand', args: [postId, false] }
  if (posting.contributionRoot !== expected.contributionTree.root) {
    return { functionName: 'demand', args: [postId, true] }
  }
  const last = expected.results.length - 1
  const leaf = expected.results[last]
  if (leaf && !sameTotals(behind(leaf, posting, expected.terms), posting.totals)) {
    return proofOfResult(postId, last, leaf, expected.resultTree.path(last))
  }
  const count = Number(posting.contributionCount)
  return count < expected.contributions.length
    ? proofOfMissing(postId, count, undefined, expected, (height, index) =>
        expected.contributionTree.node(height, index),
      )
    : undefined
}

/** The same where the leaves of the post are known, as they were posted: one transaction, or the dispute of an amount. */
export function proveAgainst(postId: bigint, posted: PostedResult, expected: Expected, sums: Sums): Move | undefined {
  const result = posted.results.findIndex(
    (leaf, k) => resultLeafHash(leaf) !== resultLeafHash(expected.results[k] as MatchLeaf),
  )
  if (result >= 0) {
    const leaf = posted.results[result] as MatchLeaf
    const move = againstResult(postId, result, leaf, expected, posted.posting, posted.resultTree.node)
    if (move) return move
    const sum = sumOf(expected.terms, leaf)
    return {
      functionName: 'dispute',
      args: [postId, leaf, posted.resultTree.path(result), boundsFor(sum, sums)],
    }
  }
  const contribution = posted.contributions.findIndex(
    (leaf, k) => contributionLeafHash(leaf) !== contributionLeafHash(expected.contributions[k] ?? NO_CONTRIBUTION),
  )
  if (contribution >= 0) {
    const leaf = posted.contributions[contribution] as ContributionLeaf
    return againstContribution(postId, contribution, leaf, expected, posted.contributionTree.node)
  }
  return openAgainst(postId, posted.posting, expected)
}

/** What a challenger does next when it is its turn; nothing if it is not, or if there is nothing wrong. */
export function attack(view: ChallengeView, posting: Posting, expected: Expected, sums: Sums): Move | undefined {
  const { challengeId } = view
  switch (view.turn) {
    case 'challenger-node':
      return chooseNode(view, view.contributions ? expected.contributionTree : expected.resultTree)
    case 'challenger-leaf':
      return againstShown(view, posting, expected, sums)
  }
  const { sum } = view
  if (!sum) return undefined
  switch (view.turn) {
    case 'challenger-range': {
      const link = view.unlinked && sum.sum === 'memberships' ? sums.linkOf(sum.first, Number(sum.second)) : undefined
      return link
        ? {
            functionName: 'proveLinked',
            args: [challengeId, BigInt(link.through), addressOf(link.common)],
          }
        : { functionName: 'divide', args: [challengeId, boundsFor(sum, sums)] }
    }
    case 'challenger-side': {
      const [side, otherSide] = view.sides ?? [0n, 0n]
      const other = side === sums.side(sum.project, sum.first, sum.second)
      const range: DisputedSum = {
        ...sum,
        sum: 'group-side',
        first: other ? sum.second : sum.first,
        second: other ? sum.first : sum.second,
        from: 0n,
        to: 1n << 160n,
        value: other ? otherSide : side,
      }
      return { functionName: 'chooseSide', args: [challengeId, side, otherSide, other, boundsFor(range, sums)] }
    }
    case 'challenger-part':
      return choosePart(view, sum, expected.terms, sums)
    default:
      return undefined
  }
}

function choosePart(view: ChallengeView, sum: DisputedSum, terms: PostedTerms, sums: Sums): Move | undefined {
  const { challengeId, bounds, values } = view
  const parts = partsOf(sum.from, sum.to, bounds).map((part, k) => ({ ...sum, ...part, value: values[k] ?? 0n }))
  const chosen = parts.findIndex(part => part.value !== sums.amountOf(part))
  const part = parts[chosen]
  if (!part) return undefined
  const ranged = part.sum === 'pair-rows' || part.sum === 'pair-row' || part.sum === 'group-side'
  if (ranged && sums.placesOf(part).length === 0) {
    return { functionName: 'claimEmpty', args: [challengeId, bounds, values, BigInt(chosen)] }
  }
  const next = boundsFor(descend(part, terms), sums)
  return { functionName: 'narrow', args: [challengeId, bounds, values, BigInt(chosen), next] }
}

/** From a range of one place to what is there, as the contract does it. */
export function descend(sum: DisputedSum, terms: PostedTerms): DisputedSum {
  if (sum.to - sum.from !== 1n) return sum
  const place = sum.from
  switch (sum.sum) {
    case 'pair-rows':
      return descend({ ...sum, sum: 'pair-row', first: place, from: place + 1n, to: 1n << 160n }, terms)
    case 'group-rows':
      return descend(
        { ...sum, sum: 'group-row', first: place, from: place + 1n, to: BigInt(terms.projectCount) },
        terms,
      )
    case 'pair-row':
      return { ...sum, sum: 'pair', second: place }
    case 'group-row':
      return { ...sum, sum: 'groups', second: place }
    case 'group-side':
      return { ...sum, sum: 'share' }
    default:
      return sum
  }
}

/** Where to divide: into as many parts as may be, so that as many places that count are in each; when they are few, each of them alone. */
export function boundsFor(sum: DisputedSum, sums: Sums): bigint[] {
  const { from, to } = sum
  if (sum.sum === 'pair' || sum.sum === 'groups' || sum.sum === 'share' || from === to) return []
  if ((sum.sum === 'pair-overlap' || sum.sum === 'memberships') && to - from <= PROJECTS_COMPUTED) return []
  const places = sums.placesOf(sum)
  const alone = places.length <= (MOST_PARTS - 2) / 2 || to - from <= MOST_PARTS
  const wanted = alone
    ? places.flatMap(place => [place, place + 1n])
    : Array.from(
        { length: MOST_PARTS - 1 },
        (_, k) => places[Math.floor(((k + 1) * places.length) / MOST_PARTS)] as bigint,
      )
  const bounds = [...new Set(wanted)].filter(bound => bound > from && bound < to)
  // a range in which nobody counts is divided anywhere: one half will be said to be more than nothing
  return bounds.length > 0 ? bounds : [from + (to - from) / 2n]
}

function chooseNode({ challengeId, shown }: ChallengeView, tree: Tree): Move | undefined {
  const last = shown.at(-1)
  if (!last) return undefined
  const right = tree.below(last.height, last.index, Math.log2(last.nodes.length))
  const chosen = last.nodes.findIndex((node, k) => node !== right[k])
  return chosen < 0 ? undefined : { functionName: 'choose', args: [challengeId, last.nodes, BigInt(chosen)] }
}

type NodeOf = (height: number, index: number) => Hex

/** The nodes of a posted tree as far as they were shown; all others left of where it differs are those of the right tree. */
function nodesShown(shown: readonly ShownNodes[], right: Tree): NodeOf {
  const known = new Map<string, Hex>()
  for (const { height, index, nodes } of shown) {
    const subtree = buildTree(nodes)
    for (let above = 0; above < subtree.depth; above++) {
      const level = height - subtree.depth + above
      const width = 2 ** (subtree.depth - above)
      for (let k = 0; k < width; k++) known.set(`${level} ${index * width + k}`, subtree.node(above, k))
    }
  }
  return (height, index) => known.get(`${height} ${index}`) ?? right.node(height, index)
}

const pathIn = (node: NodeOf, depth: number, index: number): Hex[] =>
  Array.from({ length: depth }, (_, height) => node(height, Math.floor(index / 2 ** height) ^ 1))

function againstShown(view: ChallengeView, posting: Posting, expected: Expected, sums: Sums): Move | undefined {
  const { challengeId, postId, demanded, shown } = view
  const index = demanded?.index ?? 0
  if (view.contributions) {
    const leaf = view.shownContribution
    const node = nodesShown(shown, expected.contributionTree)
    return leaf && againstContribution(postId, index, leaf, expected, node)
  }
  const leaf = view.shownResult
  if (!leaf) return undefined
  const move = againstResult(postId, index, leaf, expected, posting, nodesShown(shown, expected.resultTree))
  if (move || leaf.raw === expected.results[index]?.raw) return move
  return { functionName: 'disputeShown', args: [challengeId, leaf, boundsFor(sumOf(expected.terms, leaf), sums)] }
}

/** A line that differs: wrong by itself, or in going on from the one before, which is right. If neither, its `raw` is wrong. */
function againstResult(
  postId: bigint,
  index: number,
  leaf: MatchLeaf,
  { terms, results, resultTree }: Expected,
  posting: Posting,
  node: NodeOf,
): Move | undefined {
  const path = pathIn(node, resultTree.depth, index)
  const before = results[index - 1]
  const wrong =
    leaf.project !== BigInt(index) ||
    leaf.matched !== matchedOf(leaf.raw, posting.totals, terms).assets ||
    (index === 0 && !sameTotals(leaf.before, noTotals)) ||
    (index === results.length - 1 && !sameTotals(behind(leaf, posting, terms), posting.totals))
  if (wrong) return proofOfResult(postId, index, leaf, path)
  if (!before || sameTotals(behind(before, posting, terms), leaf.before)) return undefined
  const beforePath = pathIn(node, resultTree.depth, index - 1)
  return {
    functionName: 'proveBrokenTotals',
    args: [postId, BigInt(index - 1), before, beforePath, leaf, path],
  }
}

/** A contribution that differs from the right one at its place: not the round's, not behind the one before it, or one is missing before it. */
function againstContribution(
  postId: bigint,
  index: number,
  leaf: ContributionLeaf,
  expected: Expected,
  node: NodeOf,
): Move | undefined {
  const { contributions, contributionTree } = expected
  const path = pathIn(node, contributionTree.depth, index)
  const same = (a: ContributionLeaf) => a.project === leaf.project && BigInt(a.contributor) === BigInt(leaf.contributor)
  if (contributions.find(same)?.amount !== leaf.amount) {
    return { functionName: 'proveWrongContribution', args: [postId, BigInt(index), leaf, path] }
  }
  const before = contributions[index - 1]
  if (before && !isBefore(before, leaf)) {
    const beforePath = pathIn(node, contributionTree.depth, index - 1)
    return {
      functionName: 'proveDisorder',
      args: [postId, BigInt(index - 1), before, beforePath, leaf, path],
    }
  }
  return proofOfMissing(postId, index, leaf, expected, node)
}

/** The right contribution at `index` is missing before `next`, or at the end. */
function proofOfMissing(
  postId: bigint,
  index: number,
  next: ContributionLeaf | undefined,
  { contributions, contributionTree }: Expected,
  node: NodeOf,
): Move | undefined {
  const missing = contributions[index]
  if (!missing) return undefined
  const before = contributions[index - 1]
  const pathOf = (leaf: unknown, at: number) => (leaf ? pathIn(node, contributionTree.depth, at) : [])
  return {
    functionName: 'proveMissing',
    args: [
      postId,
      missing.project,
      missing.contributor,
      BigInt(index),
      before ?? NO_CONTRIBUTION,
      pathOf(before, index - 1),
      next ?? NO_CONTRIBUTION,
      pathOf(next, index),
    ],
  }
}

const proofOfResult = (postId: bigint, index: number, leaf: MatchLeaf, path: readonly Hex[]): Move => ({
  functionName: 'proveWrongResult',
  args: [postId, BigInt(index), leaf, path],
})

const sumOf = (terms: PostedTerms, { project, raw }: MatchLeaf): DisputedSum => {
  const whole = { project: Number(project), first: 0n, second: 0n, from: 0n, value: raw }
  return terms.variant === 'pairwise'
    ? { ...whole, sum: 'pair-rows', to: 1n << 160n }
    : descend({ ...whole, sum: 'group-rows', to: BigInt(terms.projectCount) }, terms)
}

/** The running totals behind a line: it counts as capped if it is over the cap under the totals of the post. */
const behind = ({ raw, matched, before }: MatchLeaf, { totals }: Posting, terms: PostedTerms): MatchTotals =>
  totalsAfter(before, raw, matched, matchedOf(raw, totals, terms).capped)

const isBefore = (a: ContributionLeaf, b: ContributionLeaf): boolean =>
  a.project < b.project || (a.project === b.project && BigInt(a.contributor) < BigInt(b.contributor))
