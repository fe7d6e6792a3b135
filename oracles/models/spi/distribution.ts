import { scale as scaled } from '../../shared/decimal.ts'
import { log } from '../math/exponential.ts'
import { incompleteGamma } from '../math/gamma.ts'
import { inverseNormal } from '../math/normal.ts'

/** Zeros with probability q, and above zero a gamma distribution. Amounts in mm. */
export interface MixedGamma {
  /** Probability of zero. */
  q: number
  shape: number
  scale: number
}

/** The index is clipped last: beyond, a distribution fitted to some decades says nothing (1 in 1,000). */
const CLIP = 3.09
/** Fewer positive sums than this, or sums that hardly differ, have no distribution. */
const LEAST_POSITIVES = 3
const LEAST_SPREAD = 1e-12

/**
 * A gamma distribution by the approximate maximum likelihood of H. C. S. Thom, "A Note on the Gamma Distribution", Monthly Weather Review 86 (1958):
 * A = ln x̄ − mean(ln x), α = (1 + √(1 + 4A/3)) / (4A), β = x̄/α. No correction of bias. Sums in units of 10^-decimals mm, in order of years.
 */
export function fitGamma(sums: readonly bigint[], decimals: number): MixedGamma | null {
  const positives = sums.filter(sum => sum > 0n)
  const n = positives.length
  if (n < LEAST_POSITIVES) return null
  const perMm = unitsPerMm(decimals)
  const mean = Number(positives.reduce((total, sum) => total + sum, 0n)) / n / perMm
  const meanLog = positives.reduce((total, sum) => total + log(Number(sum) / perMm), 0) / n
  const spread = log(mean) - meanLog
  if (!(spread >= LEAST_SPREAD)) return null
  const shape = (1 + Math.sqrt(1 + (4 * spread) / 3)) / (4 * spread)
  return { q: (sums.length - n) / sums.length, shape, scale: mean / shape }
}

/** z of a sum: Φ⁻¹(H), H = q + (1 − q)·P(α, x/β), and H = q at zero. Both tails are kept, so that neither loses digits. */
export function standardise({ q, shape, scale }: MixedGamma, sum: bigint, decimals: number): number {
  const { lower, upper } = incompleteGamma(shape, Number(sum) / unitsPerMm(decimals) / scale)
  const z = inverseNormal({ lower: q + (1 - q) * lower, upper: (1 - q) * upper })
  return Math.max(-CLIP, Math.min(CLIP, z))
}

/** Exact: powers of ten are doubles up to 10^22. */
const unitsPerMm = (decimals: number): number => Number(scaled('1', decimals))
