import { inputError } from './errors.ts'

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * Exact value of a decimal text in units of 10^-decimals: `scaleDecimal('1.15', 2)` is 115n. Never through a float.
 * @throws NexusError `bad-decimal` for anything but digits with an optional sign and fraction, `too-many-decimals` when digits
 * other than zero would be lost.
 */
export function scaleDecimal(text: string, decimals: number): bigint {
  const match = DECIMAL.exec(text)
  if (!match) throw inputError('bad-decimal', `"${text}" is not a decimal number such as 6.4 or -12`, { text })
  const [, sign, whole = '', fraction = ''] = match
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0')
  if (/[1-9]/.test(fraction.slice(decimals))) throw tooManyDecimals(text, decimals)
  const units = BigInt(whole + kept)
  return sign === '-' ? -units : units
}

export const decimalsText = (decimals: number): string => (decimals === 1 ? '1 decimal' : `${decimals} decimals`)

export const tooManyDecimals = (text: string, decimals: number) =>
  inputError('too-many-decimals', `${text} has more than ${decimalsText(decimals)}`, { text, decimals })

/** Without the zeros that say nothing: '5.2500' is '5.25', '5.00' is '5'. For people; documents keep all digits. */
export const trimDecimal = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** Inverse of scaleDecimal, always with `decimals` digits behind the point: `unscaleDecimal(640n, 2)` is '6.40'. */
export function unscaleDecimal(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const sign = units < 0n ? '-' : ''
  const split = digits.length - decimals
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, split)}.${digits.slice(split)}`
}
