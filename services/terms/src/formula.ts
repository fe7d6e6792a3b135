import { inputError } from '@nexus/kit/errors'
import type { Hex } from 'viem'
import { concat, keccak256, toHex } from 'viem/utils'

/** One in fixed point. */
export const WAD = 10n ** 18n
export const MOST_KNOTS = 16
export const MOST_DECIMALS = 9
export const FORMULA_VERSION = 1

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n
const U64 = (1n << 64n) - 1n

export type Rounding = 'down' | 'up'

/** A place where the payout bends or jumps: what is paid just below, at and just above `x`, as WAD fractions of the cover. */
export interface Knot {
  /** Index value in units of 10^-xDecimals. */
  x: bigint
  below: bigint
  at: bigint
  above: bigint
}

/** Valid by construction: build one with `formula` or `decodeFormula`. */
export interface Formula {
  readonly rounding: Rounding
  readonly xDecimals: number
  readonly knots: readonly [Readonly<Knot>, ...Readonly<Knot>[]]
}

/** What is published on chain, and hashed. */
export interface EncodedFormula {
  header: bigint
  words: bigint[]
}

/** Where an index value lies; `knots` are the positions, from 0, of the knots that decided (twice the same when one did). */
export interface Reading {
  segment: 'below-first' | 'at' | 'between' | 'above-last'
  knots: [number, number]
  payoutWad: bigint
}

export const isInt64 = (x: bigint): boolean => x >= INT64_MIN && x <= INT64_MAX

/**
 * Checks what every formula must hold: 1 to 16 knots, strictly ascending, fractions within 0…1.
 * @throws NexusError `bad-formula` naming the knot.
 */
export function formula(rounding: Rounding, xDecimals: number, knots: readonly Knot[]): Formula {
  const refuse = (message: string, details: Record<string, unknown>) => inputError('bad-formula', message, details)
  if (!Number.isInteger(xDecimals) || xDecimals < 0 || xDecimals > MOST_DECIMALS)
    throw refuse(`xDecimals is 0 to ${MOST_DECIMALS}`, { xDecimals })
  const [first, ...rest] = knots
  if (first === undefined || knots.length > MOST_KNOTS)
    throw refuse(`a formula has 1 to ${MOST_KNOTS} knots`, { knots: knots.length })
  for (const [index, knot] of knots.entries()) {
    if (!isInt64(knot.x)) throw refuse(`knot ${index}: x does not fit 64 bits`, { index, x: knot.x })
    for (const side of ['below', 'at', 'above'] as const)
      if (knot[side] < 0n || knot[side] > WAD)
        throw refuse(`knot ${index}: ${side} is outside 0…1`, { index, side, payoutWad: knot[side] })
    const previous = knots[index - 1]
    if (previous !== undefined && previous.x >= knot.x)
      throw refuse(`knot ${index}: x does not ascend`, { index, x: knot.x, previousX: previous.x })
  }
  return { rounding, xDecimals, knots: [first, ...rest] }
}

/** `int64 x | u64 below | u64 at | u64 above`, x in the most significant bits. */
export const encodeKnot = ({ x, below, at, above }: Knot): bigint =>
  (BigInt.asUintN(64, x) << 192n) | (below << 128n) | (at << 64n) | above

export const decodeKnot = (word: bigint): Knot => ({
  x: BigInt.asIntN(64, word >> 192n),
  below: (word >> 128n) & U64,
  at: (word >> 64n) & U64,
  above: word & U64,
})

/** `u8 version | u8 rounding | u8 xDecimals | zeros`, first field in the most significant bits. */
export const encodeHeader = ({ rounding, xDecimals }: Pick<Formula, 'rounding' | 'xDecimals'>): bigint =>
  (BigInt(FORMULA_VERSION) << 248n) | ((rounding === 'up' ? 1n : 0n) << 240n) | (BigInt(xDecimals) << 232n)

export function decodeHeader(header: bigint): Pick<Formula, 'rounding' | 'xDecimals'> {
  const rounding = (header >> 240n) & 0xffn
  const decoded = { rounding: rounding === 1n ? 'up' : 'down', xDecimals: Number((header >> 232n) & 0xffn) } as const
  // Encoding again catches a foreign version, an unknown rounding and stray bits alike.
  if (encodeHeader(decoded) !== header)
    throw inputError('bad-formula', 'this is no header of a version 1 formula', { header: word(header) })
  return decoded
}

export const encodeFormula = (f: Formula): EncodedFormula => ({
  header: encodeHeader(f),
  words: f.knots.map(encodeKnot),
})

export function decodeFormula({ header, words }: { header: bigint; words: readonly bigint[] }): Formula {
  const { rounding, xDecimals } = decodeHeader(header)
  return formula(rounding, xDecimals, words.map(decodeKnot))
}

const word = (value: bigint): Hex => toHex(value, { size: 32 })

/** keccak256 of the header and the words, 32 bytes each. */
export const formulaIdOf = ({ header, words }: { header: bigint; words: readonly bigint[] }): Hex =>
  keccak256(concat([header, ...words].map(word)))

export const formulaId = (f: Formula): Hex => formulaIdOf(encodeFormula(f))

const divide = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint =>
  (rounding === 'up' ? numerator + denominator - 1n : numerator) / denominator

/** What fraction of the cover the index value `x` pays, and which knots say so. `x` must fit 64 bits. */
export function payoutAt({ knots, rounding }: Formula, x: bigint): Reading {
  const right = knots.findIndex(knot => knot.x >= x)
  const last = knots.length - 1
  const [first] = knots
  if (right === -1) return { segment: 'above-last', knots: [last, last], payoutWad: (knots[last] ?? first).above }
  const j = knots[right] ?? first
  if (j.x === x) return { segment: 'at', knots: [right, right], payoutWad: j.at }
  const i = knots[right - 1]
  if (i === undefined) return { segment: 'below-first', knots: [0, 0], payoutWad: j.below }
  const numerator = i.above * (j.x - x) + j.below * (x - i.x)
  return { segment: 'between', knots: [right - 1, right], payoutWad: divide(numerator, j.x - i.x, rounding) }
}

/** What a fraction of a cover is in assets, rounded the same way as the formula. */
export const paidAssetsOf = (coverAssets: bigint, payoutWad: bigint, rounding: Rounding): bigint =>
  divide(coverAssets * payoutWad, WAD, rounding)
