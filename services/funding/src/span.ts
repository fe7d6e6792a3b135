/** Text as it stands in UTF-8 bytes, so that a million of them need not become strings. */
export interface Span {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

export const spanOf = (text: string): Span => {
  const bytes = Buffer.from(text)
  return { bytes, from: 0, to: bytes.length }
}

export const textOf = ({ bytes, from, to }: Span): string => bytes.toString('utf8', from, to)

const [ZERO, NINE] = [0x30, 0x39]
const GROUP = 15
const POWERS = Array.from({ length: GROUP + 1 }, (_, n) => 10n ** BigInt(n))

/** The whole number that is written there in decimal digits and nothing else; null if it is not. */
export function wholeOf({ bytes, from, to }: Span): bigint | null {
  if (from === to) return null
  let whole = 0n
  for (let at = from; at < to; ) {
    const end = Math.min(at + GROUP, to)
    const length = end - at
    let group = 0 // below 10^15: exact in a double
    for (; at < end; at++) {
      const digit = bytes[at] ?? 0
      if (digit < ZERO || digit > NINE) return null
      group = group * 10 + (digit - ZERO)
    }
    whole = whole === 0n ? BigInt(group) : whole * (POWERS[length] ?? 1n) + BigInt(group)
  }
  return whole
}
