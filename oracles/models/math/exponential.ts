import { LN2_HIGH, LN2_LOW, SQRT_HALF } from './constants.ts'

/** x·2^k by exact multiplications (no result here is subnormal before the last step). */
function timesPowerOfTwo(x: number, k: number): number {
  let result = x
  let rest = Math.abs(k)
  const step = k < 0 ? 0.5 : 2
  while (rest > 0) {
    result *= step
    rest -= 1
  }
  return result
}

/** x = m·2^k with √½ ≤ m < √2, exactly. */
function split(x: number): { m: number; k: number } {
  let [m, k] = [x, 0]
  while (m >= 2 * SQRT_HALF) {
    m *= 0.5
    k += 1
  }
  while (m < SQRT_HALF) {
    m *= 2
    k -= 1
  }
  return { m, k }
}

/**
 * 2·artanh(s) − 2s = 2(s³/3 + s⁵/5 + …), 14 terms, from the smallest (Abramowitz & Stegun 4.1.27). For |s| ≤ (√2 − 1)/(√2 + 1)
 * the first term left out is below 2^-77 of the sum.
 */
function artanhTail(s: number): number {
  const s2 = s * s
  let sum = 0
  for (let n = 29; n >= 3; n -= 2) sum = (sum + 1 / n) * s2
  return 2 * s * sum
}

/** Natural logarithm of x > 0: x = m·2^k, ln x = k·ln 2 + 2·artanh((m − 1)/(m + 1)). */
export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN
  const { m, k } = split(x)
  const f = m - 1
  const s = f / (2 + f)
  // 2s = f − s·f, and f is exact: the only rounding that matters is of the small corrections.
  return k * LN2_HIGH + (f - (s * f - (artanhTail(s) + k * LN2_LOW)))
}

/** ln(1 + x) − x for x > −1, without cancellation near 0 (needed where 1 + x ≈ 1: the deviance of a gamma variable). */
export function log1pMinus(x: number): number {
  if (Math.abs(x) > 0.25) return log(1 + x) - x
  const s = x / (2 + x)
  // ln(1+x) = 2s + tail and 2s − x = −x·s
  return artanhTail(s) - x * s
}

/**
 * e^x: x = k·ln 2 + r with |r| ≤ ½ ln 2, then Σ r^n/n! to n = 17 by Horner's rule (Abramowitz & Stegun 4.2.1; the first term left out is
 * below 2^-79), scaled by 2^k.
 */
export function exp(x: number): number {
  if (!(x <= 709)) return x > 709 ? Number.POSITIVE_INFINITY : Number.NaN
  if (x < -745) return 0
  const k = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5)
  const high = x - k * LN2_HIGH
  const r = high - k * LN2_LOW
  let sum = 1
  for (let n = 17; n >= 2; n -= 1) sum = 1 + (sum * r) / n
  return timesPowerOfTwo(1 + sum * r, k)
}
