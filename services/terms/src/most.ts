import { type Formula, paidAssetsOf } from './formula.ts'

/** The largest fraction any index value can pay: lines bend only at knots, so one of their three values is it. */
export const mostPayoutWad = ({ knots }: Pick<Formula, 'knots'>): bigint => {
  let most = 0n
  for (const { below, at, above } of knots)
    for (const fraction of [below, at, above]) if (fraction > most) most = fraction
  return most
}

/** What a policy must have locked behind it: rounded up, so that no rounding of a payout can exceed it. */
export const mostAssets = (f: Pick<Formula, 'knots'>, coverAssets: bigint): bigint =>
  paidAssetsOf(coverAssets, mostPayoutWad(f), 'up')
