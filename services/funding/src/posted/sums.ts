import { groupsTerm, isIn, type Links, linkedGroups, linksOf, shareOf, sidesOf } from './cluster.ts'
import { overlap, pairOf } from './pairwise.ts'
import { giftOf, giversOf, type IndexedRound } from './round.ts'

/** As in `IMatchPosts.Sum`. */
export const sumKinds = [
  'none',
  'pair-rows',
  'pair-row',
  'pair',
  'pair-overlap',
  'group-rows',
  'group-row',
  'groups',
  'group-side',
  'share',
  'memberships',
] as const
export type SumKind = (typeof sumKinds)[number]

/** A sum in dispute: over the places [from, to), of which a contributor's is its address. */
export interface DisputedSum {
  sum: SumKind
  project: number
  first: bigint
  second: bigint
  from: bigint
  to: bigint
  value: bigint
}

/** All sums of a round as the definitions have them, for whoever defends a post or doubts it. */
export interface Sums {
  /** What the sum really is. */
  amountOf(sum: Omit<DisputedSum, 'value'>): bigint
  /** The places within the range that may add something, ascending. */
  placesOf(sum: Omit<DisputedSum, 'value'>): bigint[]
  /** X of a pair of contributors. */
  overlap(first: bigint, second: bigint): bigint
  /** The part of X that one project is. */
  overlapIn(project: number, first: bigint, second: bigint): bigint
  /** A: how much a project's group g weighs towards h. */
  side(project: number, g: bigint, h: bigint): bigint
  /** Whom a contributor is linked to a group by; undefined if it is not. */
  linkOf(contributor: bigint, group: number): { through: number; common: bigint } | undefined
  memberships(contributor: bigint): number
}

export function sumsOf(round: IndexedRound): Sums {
  const numbers = new Map(round.places.map((place, i) => [place, i]))
  const numberOf = (place: bigint): number => numbers.get(place) ?? -1
  let known: Links | undefined
  const links = (): Links => {
    known ??= linksOf(round)
    return known
  }
  const pairRows = new Map<string, bigint>()
  const pairRow = (project: number, i: number, from: bigint, to: bigint): bigint => {
    const whole = to - from > 2n ** 159n
    const key = `${project} ${i} ${from}`
    const seen = whole ? pairRows.get(key) : undefined
    if (seen !== undefined) return seen
    let sum = 0n
    for (const j of giversOf(round, project)) {
      const place = round.places[j] as bigint
      if (j > i && place >= from && place < to) sum += pairOf(round, project, i, j)
    }
    if (whole) pairRows.set(key, sum)
    return sum
  }
  const sides = new Map<number, ReturnType<typeof sidesOf>>()
  const sidesIn = (project: number) => {
    const known = sides.get(project) ?? sidesOf(round, links(), project)
    sides.set(project, known)
    return known
  }
  const inRange = (from: bigint, to: bigint) => (i: number) => {
    const place = round.places[i] as bigint
    return place >= from && place < to
  }
  const integers = (from: bigint, to: bigint) => Array.from({ length: Number(to - from) }, (_, k) => from + BigInt(k))

  const amountOf: Sums['amountOf'] = ({ sum, project, first, second, from, to }) => {
    const total = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n)
    switch (sum) {
      case 'none':
        throw new Error('nothing is in dispute')
      case 'pair-rows':
        return total(
          giversOf(round, project)
            .filter(inRange(from, to))
            .map(i => pairRow(project, i, 0n, 1n << 160n)),
        )
      case 'pair-row':
        return pairRow(project, numberOf(first), from, to)
      case 'pair':
        return pairOf(round, project, numberOf(first), numberOf(second))
      case 'pair-overlap':
        return overlap(round, numberOf(first), numberOf(second), Number(from), Number(to))
      case 'group-rows':
      case 'group-row': {
        const { groups, side } = sidesIn(project)
        const rows = sum === 'group-row' ? [Number(first)] : groups.filter(g => g >= from && g < to)
        return total(
          rows.flatMap(g =>
            groups
              .filter(h => h > g && (sum === 'group-rows' || (h >= from && h < to)))
              .map(h => groupsTerm(side(g, h), side(h, g))),
          ),
        )
      }
      case 'groups': {
        const { side } = sidesIn(project)
        const [g, h] = [Number(first), Number(second)]
        return groupsTerm(side(g, h), side(h, g))
      }
      case 'group-side':
      case 'share':
        return total(
          giversOf(round, project)
            .filter(inRange(from, to))
            .map(i => shareOf(round, links(), project, Number(first), Number(second), i)),
        )
      case 'memberships':
        return BigInt(
          [...(round.giftsOf[numberOf(first)]?.keys() ?? [])].filter(group => group >= from && group < to).length,
        )
    }
  }

  return {
    amountOf,
    placesOf({ sum, project, first, from, to }) {
      if (!['pair-rows', 'pair-row', 'group-side'].includes(sum)) return integers(from, to)
      return giversOf(round, project)
        .filter(inRange(from, to))
        .filter(i => sum !== 'group-side' || giftOf(round, Number(first), i) !== undefined)
        .map(i => round.places[i] as bigint)
    },
    linkOf(contributor, group) {
      const i = numberOf(contributor)
      if (!isIn(linkedGroups(round, links(), i), group)) return undefined
      for (const through of round.giftsOf[i]?.keys() ?? []) {
        const common = giversOf(round, through).find(j => giftOf(round, group, j) !== undefined)
        if (common !== undefined) return { through, common: round.places[common] as bigint }
      }
      return undefined
    },
    overlap: (first, second) => overlap(round, numberOf(first), numberOf(second)),
    overlapIn: (project, first, second) => overlap(round, numberOf(first), numberOf(second), project, project + 1),
    side: (project, g, h) => sidesIn(project).side(Number(g), Number(h)),
    memberships: contributor => round.giftsOf[numberOf(contributor)]?.size ?? 0,
  }
}
