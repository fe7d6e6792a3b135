import { unscaleDecimal } from '@nexus/kit/decimal'
import { type Formula, paidAssetsOf, payoutAt } from '@nexus/terms/formula'
import { percentOf } from '@nexus/terms/percent'

/** The formula as a sentence: where the index lies, and what that pays. */
export function explainPayout(f: Formula, x: bigint, coverAssets: bigint): string {
  const { segment, knots, payoutWad } = payoutAt(f, x)
  const [i, j] = knots.map(n => f.knots[n] ?? f.knots[0])
  const at = (index: bigint) => unscaleDecimal(index, f.xDecimals)
  const [left, right] = [i ?? f.knots[0], j ?? f.knots[0]]
  const where = {
    'below-first': `below the first knot ${at(left.x)}`,
    at: `exactly at the knot ${at(left.x)}`,
    between: `between the knots ${at(left.x)} (${percentOf(left.above)}) and ${at(right.x)} (${percentOf(right.below)})`,
    'above-last': `above the last knot ${at(right.x)}`,
  }[segment]
  const assets = paidAssetsOf(coverAssets, payoutWad, f.rounding)
  return `${at(x)} is ${where}: ${percentOf(payoutWad)} of ${coverAssets} base units is ${assets}, rounded ${f.rounding}`
}
