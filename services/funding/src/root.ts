/** Up to these, the square root of a double is right, or at most 1 off: see below. */
const [EXACT, NEAR] = [2n ** 52n, 2n ** 100n]

/**
 * ⌊√x⌋, exactly.
 *
 * Up to 2⁵² by IEEE 754's correctly rounded square root: the nearest any √x comes to a whole number n from below is √(n² − 1), about
 * 1/2n under it, and with n ≤ 2²⁶ that is more than half a unit in the last place (2⁻²⁸), so it cannot be rounded up to n. Up to 2¹⁰⁰
 * the double's root is off by less than √x·2⁻⁵² ≤ ¼, its floor by at most 1. Above, by Newton's steps: from any positive start one
 * step lands at or above ⌊√x⌋, and from there they fall until they reach it.
 */
export function root(x: bigint): bigint {
  if (x < 0n) throw new RangeError(`no square root of ${x}`)
  if (x <= EXACT) return BigInt(Math.floor(Math.sqrt(Number(x))))
  const near = Math.sqrt(Number(x))
  if (x <= NEAR) {
    const r = BigInt(Math.floor(near))
    const over = x - r * r
    return over < 0n ? r - 1n : over > 2n * r ? r + 1n : r
  }
  let best = step(x, Number.isFinite(near) ? BigInt(Math.floor(near)) : 1n << BigInt(x.toString(16).length * 2))
  for (;;) {
    const next = step(x, best)
    if (next >= best) return best
    best = next
  }
}

const step = (x: bigint, guess: bigint): bigint => (guess + x / guess) >> 1n
