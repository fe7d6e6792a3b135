/** Bars of whole and eighth blocks, for a terminal. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** How much of `whole` a part is, as so many of `steps`; exact, rounded down. */
export const stepsOf = (part: bigint, whole: bigint, steps: number): number =>
  whole === 0n ? 0 : Number((part * BigInt(steps)) / whole)

/** A bar for `part`, where `whole` would be `width` long. */
export function bar(part: bigint, whole: bigint, width: number): string {
  const eighths = stepsOf(part, whole, width * 8)
  return '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '')
}

/** '12.3 %' of a whole, rounded down; '0 %' of nothing. */
export function percent(part: bigint, whole: bigint): string {
  const tenths = stepsOf(part, whole, 1000)
  return `${Math.floor(tenths / 10)}${tenths % 10 === 0 ? '' : `.${tenths % 10}`} %`
}
