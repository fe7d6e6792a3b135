/**
 * The payout formula a second time, as naively as can be: exact rational arithmetic on the definition, rounded once at each of
 * the two divisions. Shares nothing with the implementation.
 */
export interface PlainKnot {
  x: bigint
  below: bigint
  at: bigint
  above: bigint
}

interface Ratio {
  top: bigint
  bottom: bigint // > 0
}

const of = (top: bigint, bottom = 1n): Ratio => ({ top, bottom })
const plus = (a: Ratio, b: Ratio): Ratio => ({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom })
const times = (a: Ratio, b: Ratio): Ratio => ({ top: a.top * b.top, bottom: a.bottom * b.bottom })

const floor = ({ top, bottom }: Ratio): bigint => {
  const quotient = top / bottom
  return top % bottom !== 0n && top < 0n ? quotient - 1n : quotient
}
const ceil = ({ top, bottom }: Ratio): bigint => -floor({ top: -top, bottom })

export function plainPayoutWad(knots: readonly PlainKnot[], roundUp: boolean, x: bigint): bigint {
  const hit = knots.find(knot => knot.x === x)
  if (hit) return hit.at
  const lefts = knots.filter(knot => knot.x < x)
  const rights = knots.filter(knot => knot.x > x)
  const left = lefts[lefts.length - 1]
  const [right] = rights
  if (!left) return right?.below ?? 0n
  if (!right) return left.above
  // the line through (left.x, left.above) and (right.x, right.below), at x
  const slope = of(right.below - left.above, right.x - left.x)
  const exact = plus(of(left.above), times(slope, of(x - left.x)))
  return roundUp ? ceil(exact) : floor(exact)
}

export function plainPaidAssets(cover: bigint, payoutWad: bigint, roundUp: boolean): bigint {
  const exact = times(of(cover), of(payoutWad, 10n ** 18n))
  return roundUp ? ceil(exact) : floor(exact)
}
