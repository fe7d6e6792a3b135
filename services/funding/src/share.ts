export const WAD = 10n ** 18n
export const BPS = 10_000n

/** What one project asks for: `base` in any case and, on top, its part of what is left by `weight`; `ceiling` in all, at most. */
export interface Claim {
  readonly weight: bigint
  readonly base: bigint
  /** null: no cap. Not below `base`. */
  readonly ceiling: bigint | null
}

/** How much a unit of weight brings: `top / bottom`. */
export interface Rate {
  readonly top: bigint
  readonly bottom: bigint // > 0
}

/** The rate at which `rest` goes to claims of `weight` in all (> 0). Must not fall when more rest is left to a unit of weight. */
export type RateOf = (rest: bigint, weight: bigint) => Rate

/** All of it goes, in one division: `⌊weight·rest / Σweight⌋`. */
export const spread: RateOf = (rest, weight) => ({ top: rest, bottom: weight })

/** Through a rate of 18 decimals, which may exceed 1. */
export const byAlpha: RateOf = (rest, weight) => ({ top: (rest * WAD) / weight, bottom: WAD })

/** The same, but no claim is scaled up. */
export const byAlphaUpToOne: RateOf = (rest, weight) => {
  const { top } = byAlpha(rest, weight)
  return { top: top < WAD ? top : WAD, bottom: WAD }
}

/** 0 of none. */
export function largest(numbers: Iterable<bigint>): bigint {
  let most = 0n
  for (const n of numbers) if (n > most) most = n
  return most
}

export const capOf = (budget: bigint, capBps: number | null): bigint | null =>
  capBps === null ? null : (budget * BigInt(capBps)) / BPS

/**
 * Shares `budget` among claims. Whoever is over the ceiling is frozen at it, what that frees is shared again among the others, until
 * nobody is over.
 *
 * Freezing leaves more to a unit of weight, never less: what is over its ceiling took more out than it keeps. So who is over stays
 * over, and in whatever order they are frozen, alone or together, the same are frozen in the end (Newman's lemma: two that are over
 * can be frozen in either order). Here the first to reach its ceiling, as the rate rises, goes first; the frozen are then a prefix of
 * that order, and one pass finds it.
 *
 * @returns the amounts, in the order of the claims: each floored, all together at most the budget
 */
export function share(budget: bigint, claims: readonly Claim[], rateOf: RateOf): bigint[] {
  let weight = 0n
  let rest = budget
  for (const claim of claims) {
    weight += claim.weight
    rest -= claim.base
  }
  const amounts = claims.map(({ base }) => base)
  const frozen = new Set<number>()
  for (const { index, claim, ceiling } of byReach(claims)) {
    if (weight <= 0n) break
    if (amountAt(claim, rateOf(rest, weight)) <= ceiling) break
    amounts[index] = ceiling
    frozen.add(index)
    weight -= claim.weight
    rest -= ceiling - claim.base
  }
  if (weight <= 0n) return amounts
  const rate = rateOf(rest, weight)
  claims.forEach((claim, index) => {
    if (!frozen.has(index)) amounts[index] = amountAt(claim, rate)
  })
  return amounts
}

const amountAt = ({ base, weight }: Claim, { top, bottom }: Rate): bigint => base + floorDiv(weight * top, bottom)

/** Capped claims by the rate at which they come to be over their ceiling, `(ceiling + 1 − base) / weight`, lowest first. */
function byReach(claims: readonly Claim[]) {
  const reaching = claims.flatMap((claim, index) =>
    claim.ceiling === null || claim.weight <= 0n
      ? []
      : [{ index, claim, ceiling: claim.ceiling, room: claim.ceiling + 1n - claim.base }],
  )
  return reaching.sort((a, b) =>
    a.room === b.room ? order(b.claim.weight, a.claim.weight) : order(a.room * b.claim.weight, b.room * a.claim.weight),
  )
}

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const floorDiv = (a: bigint, b: bigint): bigint => (a % b < 0n ? a / b - 1n : a / b)
