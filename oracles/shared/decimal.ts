import { excerpt, Refusal } from './refusal.ts'

/** Of a text with at most this many decimals, `Number()` of three digits before the point is the nearest double by the standard. */
export const MOST_DECIMALS = 17
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,17}))?$/

export const isDecimal = (text: string): boolean => DECIMAL.test(text)

/** How many decimals a text needs: 1 for `1.50`, 0 for `3`. */
export function decimalsOf(text: string): number {
  const match = DECIMAL.exec(text)
  if (!match) throw notDecimal(text)
  return (match[3] ?? '').replace(/0+$/, '').length
}

const notDecimal = (text: string): Refusal =>
  new Refusal('bad-decimal', `"${excerpt(text)}" is not a decimal number such as 6.4`)

const tenTo = (n: number): bigint => BigInt(`1${'0'.repeat(n)}`)

/**
 * A decimal text in units of 10^-decimals, exactly: never through a float. Digits beyond are rounded once, half away from
 * zero: `scale('1.15', 1)` is 12n, `scale('-0.05', 1)` is -1n.
 */
export function scale(text: string, decimals: number): bigint {
  const match = DECIMAL.exec(text)
  if (!match) throw notDecimal(text)
  const [, sign, whole = '', fraction = ''] = match
  const digits = BigInt(whole + fraction)
  const units =
    fraction.length <= decimals
      ? digits * tenTo(decimals - fraction.length)
      : divideHalfAway(digits, tenTo(fraction.length - decimals))
  return sign === '-' ? -units : units
}

/** As `scale`, but a digit other than zero beyond the decimals is refused rather than rounded. */
export function scaleExact(text: string, decimals: number): bigint {
  const units = scale(text, decimals)
  const fraction = text.slice(text.indexOf('.') + 1)
  if (text.includes('.') && /[1-9]/.test(fraction.slice(decimals)))
    throw new Refusal('too-many-decimals', `${text} has more than ${decimals} decimals`)
  return units
}

/** Quotient of a non-negative by a positive integer, half away from zero. */
export const divideHalfAway = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator)

/** Units of 10^-from as units of 10^-to, rounded once, half away from zero. */
export function rescale(units: bigint, from: number, to: number): bigint {
  if (to >= from) return units * tenTo(to - from)
  const rounded = divideHalfAway(units < 0n ? -units : units, tenTo(from - to))
  return units < 0n ? -rounded : rounded
}

/** Decimal text with exactly `decimals` digits behind the point: `format(640n, 2)` is '6.40'. */
export function format(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const sign = units < 0n ? '-' : ''
  const split = digits.length - decimals
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, split)}.${digits.slice(split)}`
}

/**
 * A double in units of 10^-decimals, half away from zero, decided on the double's exact binary value: x is m / 2^k with an
 * integer m, so the quotient of two integers is rounded, not a product that was itself rounded before.
 */
export function roundHalfAway(x: number, decimals: number): bigint {
  if (!Number.isFinite(x)) throw new Refusal('not-finite', 'a value that is not finite cannot be rounded')
  let mantissa = Math.abs(x)
  let halvings = 0
  while (Math.floor(mantissa) !== mantissa) {
    mantissa *= 2
    halvings += 1
  }
  const units = divideHalfAway(BigInt(mantissa) * tenTo(decimals), 1n << BigInt(halvings))
  return x < 0 ? -units : units
}
