import { LN_SQRT_2PI, SQRT_2PI } from './constants.ts'
import { exp, log, log1pMinus } from './exponential.ts'

/** B₂ₖ/(2k(2k−1)), k = 1…8: the coefficients of Stirling's series (Abramowitz & Stegun 6.1.41). */
const STIRLING: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
]

/** From here on eight terms of Stirling's series leave less than 2^-60. */
const STIRLING_FROM = 15

/** ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π] for x ≥ 15, summed from the smallest term. */
function stirlingTail(x: number): number {
  const reciprocal = 1 / (x * x)
  let sum = 0
  for (let k = STIRLING.length - 1; k >= 0; k -= 1) sum = sum * reciprocal + (STIRLING[k] ?? 0)
  return sum / x
}

/** ln Γ(x), x > 0: Stirling's series, reached by Γ(x) = Γ(x + n) / (x (x + 1) … (x + n − 1)). */
export function logGamma(x: number): number {
  let product = 1
  let shifted = x
  while (shifted < STIRLING_FROM) {
    product *= shifted
    shifted += 1
  }
  return (shifted - 0.5) * log(shifted) - shifted + LN_SQRT_2PI + stirlingTail(shifted) - log(product)
}

/**
 * x^a e^−x / Γ(a + 1). For large a the logarithms of its parts are large and nearly cancel, so there it is written, as in C. Loader, "Fast and
 * Accurate Computation of Binomial Probabilities" (2000), with the deviance a·(u − ln(1 + u)), u = (x − a)/a, of which nothing cancels.
 */
function gammaFactor(a: number, x: number): number {
  if (a < STIRLING_FROM) return exp(a * log(x) - x - logGamma(a + 1))
  const deviance = -a * log1pMinus((x - a) / a)
  return exp(-deviance - stirlingTail(a)) / (SQRT_2PI * Math.sqrt(a))
}

/** A term this much smaller than the sum cannot change it, nor can those after it. */
const NEGLIGIBLE = 1 / (1_073_741_824 * 1_073_741_824) // 2^-60
/** 2^-52 */
const ONE_ULP = 1 / 4_503_599_627_370_496
/** The series needs about 9√a terms and the fraction fewer; √a is below 10⁶ for every shape that the models allow. */
const MOST_TERMS = 20_000_000

/** Σ x^n / ((a + 1) … (a + n)): γ(a, x) = x^a e^−x / a · that (DLMF 8.7.1). For x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < MOST_TERMS && term > sum * NEGLIGIBLE; n += 1) {
    term = (term * x) / (a + n)
    sum += term
  }
  return sum
}

/**
 * Γ(a, x) = x^a e^−x · 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))) (DLMF 8.9.2, even part), evaluated by the modified Lentz method
 * (W. J. Lentz 1976; I. J. Thompson & A. R. Barnett 1986). For x ≥ a + 1.
 */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300 // stands for infinity: the first numerator / c is nothing
  let d = 1 / b
  let h = d
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    const factor = d * c
    h *= factor
    if (Math.abs(factor - 1) < ONE_ULP) break
  }
  return h
}

/** The regularised incomplete gamma functions: lower P(a, x) = γ(a, x)/Γ(a) and upper Q = 1 − P, each accurate in its own tail. */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(x > 0)) return { lower: 0, upper: 1 }
  const factor = gammaFactor(a, x)
  if (x < a + 1) {
    const lower = Math.min(1, factor * lowerSeries(a, x))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, factor * a * upperFraction(a, x))
  return { lower: 1 - upper, upper }
}
