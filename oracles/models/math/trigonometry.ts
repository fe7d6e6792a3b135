import { PI } from './constants.ts'

const RADIANS_PER_DEGREE = PI / 180

/** sin x for |x| ≤ π/4: Σ (−1)^n x^(2n+1)/(2n+1)! to x²¹ (Abramowitz & Stegun 4.3.65), Horner's rule, fixed order. */
function sinSmall(x: number): number {
  const x2 = x * x
  let sum = 1
  for (let n = 21; n >= 3; n -= 2) sum = 1 - (sum * x2) / (n * (n - 1))
  return x * sum
}

/** cos x for |x| ≤ π/4: Σ (−1)^n x^(2n)/(2n)! to x²⁰ (Abramowitz & Stegun 4.3.66). */
function cosSmall(x: number): number {
  const x2 = x * x
  let sum = 1
  for (let n = 20; n >= 2; n -= 2) sum = 1 - (sum * x2) / (n * (n - 1))
  return sum
}

/** Sine of an angle in degrees, |angle| ≤ 180. Reduced in degrees, where the reduction is exact. */
export function sinDegrees(angle: number): number {
  if (angle < 0) return -sinDegrees(-angle)
  const folded = angle > 90 ? 180 - angle : angle
  return folded > 45 ? cosSmall((90 - folded) * RADIANS_PER_DEGREE) : sinSmall(folded * RADIANS_PER_DEGREE)
}

/** Cosine of an angle in degrees, |angle| ≤ 180. */
export function cosDegrees(angle: number): number {
  const a = Math.abs(angle)
  if (a > 90) return -cosDegrees(180 - a)
  return a > 45 ? sinSmall((90 - a) * RADIANS_PER_DEGREE) : cosSmall(a * RADIANS_PER_DEGREE)
}

/**
 * arcsin y in radians for 0 ≤ y ≤ 1: arcsin y = 2 arctan(y / (1 + √(1 − y²))) (A&S 4.4.32 with the half angle), the angle halved twice
 * more by arctan t = 2 arctan(t / (1 + √(1 + t²))), so that t ≤ tan(π/16) and 16 terms of arctan's series (A&S 4.4.42) are below 2^-79.
 */
export function arcsin(y: number): number {
  let t = y / (1 + Math.sqrt((1 - y) * (1 + y)))
  t = t / (1 + Math.sqrt(1 + t * t))
  t = t / (1 + Math.sqrt(1 + t * t))
  const t2 = t * t
  let sum = 0
  for (let n = 33; n >= 3; n -= 2) sum = (1 / n - sum) * t2
  return 8 * (t - t * sum)
}
