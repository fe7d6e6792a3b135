import type { PostedTerms } from './round.ts'

const ONE = 10n ** 18n

/** As in `IMatchResult`: sums over projects. */
export interface MatchTotals {
  raw: bigint
  matched: bigint
  /** How many projects are paid the cap, since they are over it. */
  capped: bigint
  cappedRaw: bigint
}

export const noTotals: MatchTotals = { raw: 0n, matched: 0n, capped: 0n, cappedRaw: 0n }

export const sameTotals = (a: MatchTotals, b: MatchTotals): boolean =>
  a.raw === b.raw && a.matched === b.matched && a.capped === b.capped && a.cappedRaw === b.cappedRaw

type Money = Pick<PostedTerms, 'budgetAssets' | 'capAssets'>

/** What is paid of `raw`, as `MatchTerms.matched` computes it, and whether the cap decides that: the exact share is over it. */
export function matchedOf(
  raw: bigint,
  totals: Omit<MatchTotals, 'matched'>,
  { budgetAssets, capAssets }: Money,
): { assets: bigint; capped: boolean } {
  const rest = budgetAssets - totals.capped * capAssets
  const weight = totals.raw - totals.cappedRaw
  const all = rest >= weight
  const capped = all ? raw > capAssets : raw * rest > capAssets * weight
  if (capped) return { assets: capAssets, capped }
  return { assets: all ? raw : (raw * ((rest * ONE) / weight)) / ONE, capped }
}

/** The totals behind a line of `raw` that is paid `matched`; of words as posted, so they may wrap. */
export const totalsAfter = (before: MatchTotals, raw: bigint, matched: bigint, capped: boolean): MatchTotals => ({
  raw: word(before.raw + raw),
  matched: word(before.matched + matched),
  capped: word(before.capped + (capped ? 1n : 0n)),
  cappedRaw: word(before.cappedRaw + (capped ? raw : 0n)),
})

/**
 * Whoever is over the cap is paid the cap, and the rest is shared again among the others, until nobody is over. To be over is meant
 * exactly, not floored: then there is one way for it to end (`standards/posted-matching.md`), and the largest may go first.
 */
export function totalsOf(raws: readonly bigint[], money: Money): MatchTotals {
  const totals = { ...noTotals, raw: raws.reduce((sum, raw) => sum + raw, 0n) }
  for (const raw of [...raws].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))) {
    if (!matchedOf(raw, totals, money).capped) break
    totals.capped++
    totals.cappedRaw += raw
  }
  totals.matched = raws.reduce((sum, raw) => sum + matchedOf(raw, totals, money).assets, 0n)
  return totals
}

const word = (value: bigint): bigint => BigInt.asUintN(256, value)
