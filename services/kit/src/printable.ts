/**
 * Words that anybody may have put on chain, fit for a terminal: what would move its cursor, begin a line or turn its direction is
 * written out, so that nobody can draw over what stands beside it.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, char => `\\u{${char.codePointAt(0)?.toString(16)}}`)
