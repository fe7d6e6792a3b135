import { scaleDecimal, tooManyDecimals } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import { formulaId, isInt64, paidAssetsOf, payoutAt, type Reading } from './formula.ts'
import type { TermsDocument } from './terms.ts'

export interface PayoutQuote extends Reading {
  /** The index as it was given. */
  value: string
  /** The same in units of 10^-xDecimals. */
  x: bigint
  formulaId: string
  paidAssets: bigint
}

/**
 * What terms pay at an index value in its own units, such as '6.4'.
 * @throws NexusError `bad-decimal`, `too-many-decimals` when it is finer than the feed prints, `index-out-of-range` beyond 64 bits.
 */
export function quotePayout(
  { terms, formula: f }: Pick<TermsDocument, 'terms' | 'formula'>,
  value: string,
): PayoutQuote {
  const x = scaleDecimal(value, f.xDecimals)
  // The feed cannot print such a value, even where the digits too many are zeros.
  if ((value.split('.')[1] ?? '').length > f.xDecimals) throw tooManyDecimals(value, f.xDecimals)
  if (!isInt64(x)) throw inputError('index-out-of-range', `${value} does not fit 64 bits`, { value, x })
  const reading = payoutAt(f, x)
  const paidAssets = paidAssetsOf(terms.coverAssets, reading.payoutWad, f.rounding)
  return { value, x, formulaId: formulaId(f), ...reading, paidAssets }
}
