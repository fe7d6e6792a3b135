import { type Formula, paidAssetsOf } from './formula.ts'

/** The largest fraction any index value can pay: lines bend only at knots, so one of their three values is it. */
export const mostPayoutWad = ({ knots }: Pick<Formula, 'knots'>): bigint => {
  let most = 0n
  for (const { below, at, above } of knots)
    for (const fraction of [below, at, above]) if (fraction > most) most = fraction
  return most
}

/**
 * The most that can ever be paid, to the unit, and so what is locked behind a policy: rounded as the formula rounds, for no
 * smaller fraction rounds to more.
 */
export const mostAssets = (f: Pick<Formula, 'knots' | 'rounding'>, coverAssets: bigint): bigint =>
  paidAssetsOf(coverAssets, mostPayoutWad(f), f.rounding)
