import { isUtf8 } from 'node:buffer'
import { inputError } from '@nexus/kit/errors'
import { type Span, spanOf } from './span.ts'

/** No record of a round needs to be longer; a longer one is an attack or no CSV. */
export const MAX_RECORD_BYTES = 65_536

const [LF, CR, COMMA, QUOTE] = [0x0a, 0x0d, 0x2c, 0x22]
const BOM = Buffer.from('\uFEFF')

/** The fields are good until the next record. */
export type OnRecord = (fields: readonly Span[], line: number) => void

/**
 * Records of a CSV file that comes in pieces, by the form of `standards/csv.md`: RFC 4180, UTF-8, LF or CRLF, a byte order mark skipped,
 * anything else refused with its line. Holds one piece and one record at a time.
 */
export function csvReader(onRecord: OnRecord) {
  let carry: Buffer = Buffer.alloc(0)
  let line = 1
  let begun = false
  // Of the piece that is read: whole records, and where in them the cursor stands.
  let bytes = carry
  let at = 0

  const refuse = (code: string, what: string) => inputError(code, `line ${line}: ${what}`, { line })
  const notTooLong = (length: number) => {
    if (length > MAX_RECORD_BYTES) throw refuse('line-too-long', `a record of over ${MAX_RECORD_BYTES} bytes`)
  }

  /** Reads the records that are whole. @returns what is left: the beginning of one that is not */
  function readRecords(piece: Buffer, isLast: boolean): Buffer {
    // No byte of a longer character is a line feed, so text cut behind one is still UTF-8.
    bytes = piece.subarray(0, isLast ? piece.length : piece.lastIndexOf(LF) + 1)
    if (bytes.length === 0) return piece
    if (!isUtf8(bytes)) throw notUtf8()
    at = !begun && bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0
    begun = true
    while (at < bytes.length) {
      const [start, startLine] = [at, line]
      const fields = readRecord(isLast)
      if (fields === null) {
        line = startLine
        return piece.subarray(start)
      }
      onRecord(fields, startLine)
    }
    return piece.subarray(at)
  }

  function readRecord(isLast: boolean): Span[] | null {
    const start = at
    const fields: Span[] = []
    for (;;) {
      const field = bytes[at] === QUOTE ? readQuoted(isLast) : readBare()
      notTooLong(at - start)
      if (field === null) return null
      fields.push(field)
      if (bytes[at] !== COMMA) break
      at++
    }
    if (fields.length === 1 && at === start) throw refuse('empty-line', 'an empty line')
    if (at === bytes.length) return fields
    if (bytes[at] === CR && bytes[at + 1] !== LF) throw refuse('bare-cr', 'a carriage return without a line feed')
    if (bytes[at] !== CR && bytes[at] !== LF) throw refuse('bad-quoting', 'text after a closing quote')
    at += bytes[at] === CR ? 2 : 1
    line++
    return fields
  }

  function readBare(): Span {
    const [text, from] = [bytes, at]
    let to = from
    for (; to < text.length; to++) {
      const byte = text[to]
      if (byte === COMMA || byte === LF || byte === CR) break
      if (byte === QUOTE) throw refuse('bad-quoting', 'a quote inside a field that is not quoted')
    }
    at = to
    return { bytes: text, from, to }
  }

  function readQuoted(isLast: boolean): Span | null {
    const from = at + 1
    let doubled = false
    for (at = from; at < bytes.length; at++) {
      if (bytes[at] === LF) line++
      if (bytes[at] !== QUOTE) continue
      if (bytes[at + 1] === QUOTE) {
        doubled = true // stands for itself
        at++
      } else {
        const to = at++
        return doubled ? spanOf(bytes.toString('utf8', from, to).replaceAll('""', '"')) : { bytes, from, to }
      }
    }
    if (isLast) throw refuse('bad-quoting', 'a quoted field that does not end')
    return null
  }

  function notUtf8(): Error {
    for (let from = 0; ; line++) {
      const to = bytes.indexOf(LF, from)
      if (to < 0 || !isUtf8(bytes.subarray(from, to))) return refuse('not-utf8', 'this is not UTF-8 text')
      from = to + 1
    }
  }

  return {
    /** The piece may be filled again afterwards. */
    push(piece: Uint8Array): void {
      carry = Buffer.from(readRecords(Buffer.concat([carry, piece]), false))
      notTooLong(carry.length)
    },
    end(): void {
      readRecords(carry, true)
    },
  }
}
