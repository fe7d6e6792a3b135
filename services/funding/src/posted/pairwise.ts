import { giftOf, giversOf, type IndexedRound } from './round.ts'

const EXACT_DOUBLE = 2n ** 53n

/** X of a pair: `Σ √cᵢ·√cⱼ` over the projects from … to − 1. */
export function overlap(
  { giftsOf, terms }: IndexedRound,
  i: number,
  j: number,
  from = 0,
  to: number = terms.projectCount,
): bigint {
  let sum = 0n
  const others = giftsOf[j]
  for (const [project, { root }] of giftsOf[i] ?? []) {
    if (project >= from && project < to) sum += root * (others?.get(project)?.root ?? 0n)
  }
  return sum
}

/** `⌊2·M·√cᵢ·√cⱼ / (M + X)⌋`; `overlapSum` is X. */
export function pairTerm(m: bigint, rootI: bigint, rootJ: bigint, overlapSum: bigint): bigint {
  return (2n * m * rootI * rootJ) / (m + overlapSum)
}

/** What a pair adds to a project. */
export function pairOf(round: IndexedRound, project: number, i: number, j: number): bigint {
  const [a, b] = [giftOf(round, project, i), giftOf(round, project, j)]
  return a && b ? pairTerm(round.terms.parameter, a.root, b.root, overlap(round, i, j)) : 0n
}

/**
 * Every project's raw match, in one pass over the pairs that have a project in common: time by `Σ nₚ²`, memory by the number of contributions.
 * Where all numerators fit a double's integers, doubles are used: then a floored quotient of two of them is exact, since the nearest
 * fraction below an integer is further from it than rounding reaches (numerator < 2^53).
 */
export function pairwiseRaw(round: IndexedRound): bigint[] {
  const m = round.terms.parameter
  let most = 0n
  for (const gifts of round.giftsOf) for (const { root } of gifts.values()) if (root > most) most = root
  const mostTerm = 2n * most * most
  const mostOverlap = most * most * BigInt(round.terms.projectCount)
  const mostRow = mostTerm * BigInt(round.contributors.length)
  const small = mostTerm * m < EXACT_DOUBLE && mostOverlap + m < EXACT_DOUBLE && mostRow < EXACT_DOUBLE
  return small ? smallRaw(round, Number(m)) : largeRaw(round, m)
}

function smallRaw(round: IndexedRound, m: number): bigint[] {
  const roots = round.givers.map((givers, p) =>
    Float64Array.from(givers, i => Number(round.giftsOf[i]?.get(p)?.root ?? 0n)),
  )
  const givers = round.givers.map(of => Int32Array.from(of))
  const overlaps = new Float64Array(round.contributors.length)
  const passed = new Int32Array(givers.length) // givers of each project that are done
  const raw = new Array<bigint>(givers.length).fill(0n)
  for (const gifts of round.giftsOf) {
    for (const p of gifts.keys()) {
      const [of, rootsOf] = [givers[p] as Int32Array, roots[p] as Float64Array]
      const at = passed[p] as number
      const root = rootsOf[at] as number
      for (let k = at + 1; k < of.length; k++) {
        const j = of[k] as number
        overlaps[j] = (overlaps[j] as number) + root * (rootsOf[k] as number)
      }
    }
    for (const p of gifts.keys()) {
      const [of, rootsOf] = [givers[p] as Int32Array, roots[p] as Float64Array]
      const at = passed[p] as number
      const root = rootsOf[at] as number
      let row = 0
      for (let k = at + 1; k < of.length; k++) {
        row += Math.floor((2 * root * (rootsOf[k] as number) * m) / (m + (overlaps[of[k] as number] as number)))
      }
      raw[p] = (raw[p] ?? 0n) + BigInt(row)
    }
    for (const p of gifts.keys()) {
      const of = givers[p] as Int32Array
      for (let k = (passed[p] as number) + 1; k < of.length; k++) overlaps[of[k] as number] = 0
      passed[p] = (passed[p] as number) + 1
    }
  }
  return raw
}

function largeRaw(round: IndexedRound, m: bigint): bigint[] {
  const raw = new Array<bigint>(round.givers.length).fill(0n)
  const passed = new Array<number>(round.givers.length).fill(0)
  for (const gifts of round.giftsOf) {
    const overlaps = new Map<number, bigint>()
    for (const pass of ['overlap', 'term'] as const) {
      for (const [p, { root }] of gifts) {
        const of = giversOf(round, p)
        let row = 0n
        for (let k = (passed[p] ?? 0) + 1; k < of.length; k++) {
          const j = of[k] as number
          const other = giftOf(round, p, j)?.root ?? 0n
          const known = overlaps.get(j) ?? 0n
          if (pass === 'overlap') overlaps.set(j, known + root * other)
          else row += pairTerm(m, root, other, known)
        }
        raw[p] = (raw[p] ?? 0n) + row
      }
    }
    for (const p of gifts.keys()) passed[p] = (passed[p] ?? 0) + 1
  }
  return raw
}
