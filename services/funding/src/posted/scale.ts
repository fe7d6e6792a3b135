import type { PostedTerms } from './round.ts'

const ONE = 10n ** 18n

/** `min(cap, ⌊raw·alpha / 1e18⌋)`, alpha = `min(1e18, ⌊budget·1e18 / Σraw⌋)`: capital-constrained. */
export function matchedOf(
  raw: bigint,
  rawTotal: bigint,
  terms: Pick<PostedTerms, 'budgetAssets' | 'capAssets'>,
): bigint {
  const alpha = rawTotal <= terms.budgetAssets ? ONE : (terms.budgetAssets * ONE) / rawTotal
  const scaled = (raw * alpha) / ONE
  return scaled < terms.capAssets ? scaled : terms.capAssets
}
