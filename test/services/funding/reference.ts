/**
 * Matching a second time, as its page says it and as naively as can be: fractions, floored once at the end, and the cap in rounds
 * that freeze all projects over it at once. Shares nothing with the implementation.
 */
export interface PlainTally {
  sqrtSum: bigint
  contributed: bigint
}

export interface PlainSettings {
  budget: bigint
  capBps: number | null
  creditFactor?: bigint
}

interface Ratio {
  top: bigint
  bottom: bigint // > 0
}
const of = (top: bigint, bottom = 1n): Ratio => ({ top, bottom })
const plus = (a: Ratio, b: Ratio): Ratio => of(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
const times = (a: Ratio, b: Ratio): Ratio => of(a.top * b.top, a.bottom * b.bottom)
const floor = ({ top, bottom }: Ratio): bigint => {
  const quotient = top / bottom
  return top % bottom !== 0n && top < 0n ? quotient - 1n : quotient
}
const total = (numbers: bigint[]): bigint => numbers.reduce((sum, n) => sum + n, 0n)
const ONE = 10n ** 18n

/** By bisection: the largest integer whose square is not above x. */
export function plainRoot(x: bigint): bigint {
  let [low, high] = [0n, x + 1n]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= x) low = middle
    else high = middle
  }
  return low
}

const rawOf = ({ sqrtSum, contributed }: PlainTally): bigint =>
  sqrtSum * sqrtSum > contributed ? sqrtSum * sqrtSum - contributed : 0n

/** Amounts of the projects `open`, which are not frozen, out of `rest`. */
type Sharing = (open: number[], rest: bigint) => Map<number, bigint>

function withCap(count: number, budget: bigint, ceilings: (bigint | null)[], sharing: Sharing): bigint[] {
  const frozen = new Map<number, bigint>()
  for (;;) {
    const open = Array.from({ length: count }, (_, i) => i).filter(i => !frozen.has(i))
    const amounts = sharing(open, budget - total([...frozen.values()]))
    const over = open.filter(i => {
      const ceiling = ceilings[i] ?? null
      return ceiling !== null && (amounts.get(i) ?? 0n) > ceiling
    })
    if (over.length === 0) return Array.from({ length: count }, (_, i) => frozen.get(i) ?? amounts.get(i) ?? 0n)
    for (const i of over) frozen.set(i, ceilings[i] ?? 0n)
  }
}

/** null where the variant is refused. */
export function plainAmounts(variant: string, tallies: PlainTally[], settings: PlainSettings): bigint[] | null {
  const { budget, capBps } = settings
  const cap = capBps === null ? null : floor(times(of(budget), of(BigInt(capBps), 10_000n)))
  const weights = tallies.map(tally => (variant === 'proportional' ? tally.sqrtSum : rawOf(tally)))
  const at = (list: bigint[], i: number) => list[i] ?? 0n

  if (variant !== 'clr-fund')
    return withCap(
      tallies.length,
      budget,
      tallies.map(() => cap),
      (open, rest) => {
        const weight = total(open.map(i => at(weights, i)))
        return new Map(
          open.map(i => {
            if (weight === 0n) return [i, 0n]
            if (variant !== 'capital-constrained') return [i, floor(times(of(rest, weight), of(at(weights, i))))]
            const alpha = floor(times(of(rest, weight), of(ONE)))
            return [i, floor(times(of(at(weights, i)), of(alpha < ONE ? alpha : ONE, ONE)))]
          }),
        )
      },
    )

  const g = settings.creditFactor ?? 1n
  const given = total(tallies.map(({ contributed }) => contributed))
  const squares = total(tallies.map(({ sqrtSum }) => sqrtSum * sqrtSum))
  if (budget < g * given || squares <= given) return null
  const allocations = (squareOf: (tally: PlainTally) => bigint) =>
    withCap(
      tallies.length,
      budget,
      tallies.map(({ contributed }) => (cap === null ? null : cap > g * contributed ? cap : g * contributed)),
      (open, rest) => {
        const [someGiven, someSquares] = [
          total(open.map(i => tallies[i]?.contributed ?? 0n)),
          total(open.map(i => squareOf(tallies[i] ?? { sqrtSum: 0n, contributed: 0n }))),
        ]
        const alpha =
          someSquares === someGiven
            ? 0n
            : floor(times(of(rest - g * someGiven, g * (someSquares - someGiven)), of(ONE)))
        return new Map(
          open.map(i => {
            const tally = tallies[i] ?? { sqrtSum: 0n, contributed: 0n }
            const squared = times(of(alpha, ONE), of(g * squareOf(tally)))
            const plain = times(of(ONE - alpha, ONE), of(g * tally.contributed))
            return [i, floor(plus(squared, plain))]
          }),
        )
      },
    )
  const asPublished = ({ sqrtSum }: PlainTally) => sqrtSum * sqrtSum
  const atLeastGiven = (tally: PlainTally) => tally.contributed + rawOf(tally)
  if (cap !== null) return allocations(atLeastGiven)
  const amounts = allocations(asPublished)
  return amounts.some(amount => amount < 0n) ? allocations(atLeastGiven) : amounts
}
