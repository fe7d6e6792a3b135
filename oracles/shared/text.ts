import { Refusal } from './refusal.ts'

/** Strict UTF-8: what is not text is refused, never replaced. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    const line = lineOfFirstInvalidByte(bytes)
    throw new Refusal('not-utf8', `line ${line} is not UTF-8 text`, { line })
  }
}

/** The 1-based line of the first byte that is no UTF-8: the longest prefix that decodes ends before it. */
function lineOfFirstInvalidByte(bytes: Uint8Array): number {
  const decodes = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  let [good, bad] = [0, bytes.length + 1]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (decodes(middle)) good = middle
    else bad = middle
  }
  let line = 1
  for (let i = 0; i < good; i++) if (bytes[i] === 0x0a) line += 1
  return line
}
