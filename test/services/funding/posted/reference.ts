import { encodePacked, type Hex, keccak256 } from 'viem'

/**
 * The definitions once more, as slowly and plainly as they can be read off the page and the papers: every pair of contributors, every pair of
 * groups, nothing kept, nothing shared with the services.
 */
export interface Gift {
  project: number
  contributor: Hex
  amount: bigint
}
export interface Case {
  variant: 'pairwise' | 'cluster'
  parameter: bigint
  budget: bigint
  cap: bigint
  projectCount: number
  contributions: Gift[]
}

/** The largest integer whose square is not above n, by halving. */
export function root(n: bigint): bigint {
  let [low, high] = [0n, 1n << BigInt(Math.ceil(n.toString(2).length / 2) + 1)]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= n) low = middle
    else high = middle
  }
  return low
}

export function raw({ variant, parameter, projectCount, contributions }: Case): bigint[] {
  const people = [...new Set(contributions.map(({ contributor }) => contributor.toLowerCase()))].sort()
  const projects = Array.from({ length: projectCount }, (_, p) => p)
  const amount = (p: number, i: string) =>
    contributions.find(gift => gift.project === p && gift.contributor.toLowerCase() === i)?.amount ?? 0n
  if (variant === 'pairwise') {
    return projects.map(p =>
      pairs(people).reduce((sum, [i, j]) => {
        const x = projects.reduce((all, q) => all + root(amount(q, i)) * root(amount(q, j)), 0n)
        return sum + (2n * parameter * root(amount(p, i)) * root(amount(p, j))) / (parameter + x)
      }, 0n),
    )
  }
  const groups = projects.map(q => people.filter(i => amount(q, i) > 0n))
  return projects.map(p => {
    const side = (g: number, h: number) =>
      (groups[g] ?? []).reduce((sum, i) => {
        const mine = groups.filter(group => group.includes(i))
        const linked = (groups[h] ?? []).some(j => mine.some(group => group.includes(j)))
        const c = amount(p, i)
        // a gift below the unit is not made more
        const counted = linked && c > parameter ? root(c * parameter) : c
        return sum + counted / BigInt(mine.length)
      }, 0n)
    return pairs(projects).reduce((sum, [g, h]) => sum + root(4n * side(g, h) * side(h, g)), 0n)
  })
}

/** Who is over the cap in the end: again and again all who are, together, until nobody is. */
export function capped({ budget, cap }: Pick<Case, 'budget' | 'cap'>, raws: readonly bigint[]): boolean[] {
  const over = raws.map(() => false)
  for (;;) {
    const { rest, weight } = left(budget, cap, raws, over)
    // raw / weight of the rest or, if there is enough, all of raw
    const more = raws.map((raw, p) => !over[p] && (rest >= weight ? raw > cap : raw * rest > cap * weight))
    if (!more.includes(true)) return over
    for (const [p, is] of more.entries()) if (is) over[p] = true
  }
}

const left = (budget: bigint, cap: bigint, raws: readonly bigint[], over: readonly boolean[]) => ({
  rest: budget - cap * BigInt(over.filter(is => is).length),
  weight: raws.reduce((sum, raw, p) => sum + (over[p] ? 0n : raw), 0n),
})

export function matched({ budget, cap }: Pick<Case, 'budget' | 'cap'>, raws: readonly bigint[]): bigint[] {
  const over = capped({ budget, cap }, raws)
  const { rest, weight } = left(budget, cap, raws, over)
  const one = 10n ** 18n
  const alpha = rest >= weight ? one : (rest * one) / weight
  return raws.map((raw, p) => (over[p] ? cap : (raw * alpha) / one))
}

export const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, k) => list.slice(k + 1).map((b): [T, T] => [a, b]))

/** The root of a tree by place, from above: the left half, and the right half. */
export function treeRoot(leaves: readonly Hex[]): Hex {
  const zero: Hex = `0x${'00'.repeat(32)}`
  if (leaves.length === 0) return zero
  let width = 1
  while (width < leaves.length) width *= 2
  const over = (from: number, to: number): Hex =>
    to - from === 1
      ? (leaves[from] ?? zero)
      : keccak256(
          encodePacked(['uint8', 'bytes32', 'bytes32'], [1, over(from, (from + to) / 2), over((from + to) / 2, to)]),
        )
  return over(0, width)
}

export function roots(round: Case): { resultRoot: Hex; contributionRoot: Hex } {
  const raws = raw(round)
  const matches = matched(round, raws)
  const ones = raws.map(() => 1n)
  const over = capped(round, raws)
  const before = (list: readonly bigint[], p: number) => list.slice(0, p).reduce((a, b) => a + b, 0n)
  const cappedBefore = (list: readonly bigint[], p: number) =>
    before(
      list.map((value, q) => (over[q] ? value : 0n)),
      p,
    )
  const results = raws.map((r, p) =>
    keccak256(
      encodePacked(
        ['uint8', 'uint256', 'uint256', 'uint256', 'uint256', 'uint256', 'uint256', 'uint256'],
        [
          ...([0, BigInt(p), r, matches[p] ?? 0n, before(raws, p), before(matches, p)] as const),
          ...([cappedBefore(ones, p), cappedBefore(raws, p)] as const),
        ],
      ),
    ),
  )
  const sorted = [...round.contributions].sort((a, b) =>
    a.project !== b.project
      ? a.project - b.project
      : a.contributor.toLowerCase() < b.contributor.toLowerCase()
        ? -1
        : 1,
  )
  const contributions = sorted.map(({ project, contributor, amount }) =>
    keccak256(
      encodePacked(['uint8', 'uint256', 'uint256', 'uint256'], [0, BigInt(project), BigInt(contributor), amount]),
    ),
  )
  return { resultRoot: treeRoot(results), contributionRoot: treeRoot(contributions) }
}

/**
 * The connection-oriented cluster match with groups that are given, in real numbers and contributions included, as in equations 15 and 16 of
 * Miller, Weyl, Erichsen 2022: `Σ cᵢ + Σ 2·√(Σ K(i,h)/Tᵢ)·√(Σ K(j,g)/Tⱼ)`.
 */
export function clusterMatchOfGroups(groups: readonly (readonly number[])[], contributions: readonly number[]): number {
  const memberships = contributions.map((_, i) => groups.filter(group => group.includes(i)))
  const k = (i: number, h: readonly number[]) => {
    const linked = h.some(j => memberships[i]?.some(group => group.includes(j)))
    return linked ? Math.sqrt(contributions[i] ?? 0) : (contributions[i] ?? 0)
  }
  const side = (g: readonly number[], h: readonly number[]) =>
    g.reduce((sum, i) => sum + k(i, h) / (memberships[i]?.length ?? 1), 0)
  return (
    contributions.reduce((a, b) => a + b, 0) +
    pairs(groups).reduce((sum, [g, h]) => sum + 2 * Math.sqrt(side(g, h)) * Math.sqrt(side(h, g)), 0)
  )
}
