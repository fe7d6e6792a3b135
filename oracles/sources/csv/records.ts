import { Refusal } from '../../shared/refusal.ts'

export interface CsvRecord {
  /** 1-based line on which the record begins. */
  line: number
  fields: readonly string[]
}

/** No measurement needs a longer record; a longer one is an attack or no CSV. In UTF-16 units. */
export const MAX_RECORD_LENGTH = 65_536

/**
 * RFC 4180: comma, double quotes doubled inside quotes, CRLF or LF, the last line end optional. A byte order mark at the start is
 * skipped. What RFC 4180 does not allow (a quote inside a bare field, text after a closing quote, a bare CR, an empty line) is refused.
 */
export function csvRecords(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const record = readRecord(text, at, line)
    records.push({ line, fields: record.fields })
    at = record.next
    line = record.nextLine
  }
  return records
}

function readRecord(text: string, start: number, startLine: number) {
  const fields: string[] = []
  let [at, line] = [start, startLine]
  const refuse = (code: string, what: string) => new Refusal(code, `line ${line}: ${what}`, { line })
  for (;;) {
    const field = text[at] === '"' ? quoted() : bare()
    if (at - start > MAX_RECORD_LENGTH)
      throw refuse('line-too-long', `a record of over ${MAX_RECORD_LENGTH} characters`)
    fields.push(field)
    const end = text[at]
    if (end === ',') {
      at += 1
      continue
    }
    if (fields.length === 1 && field === '' && text[start] !== '"') throw refuse('empty-line', 'an empty line')
    if (end === undefined) return { fields, next: at, nextLine: line }
    if (end === '\r' && text[at + 1] !== '\n') throw refuse('bare-cr', 'a carriage return without a line feed')
    if (end !== '\r' && end !== '\n') throw refuse('bad-quoting', 'text after a closing quote')
    return { fields, next: at + (end === '\r' ? 2 : 1), nextLine: line + 1 }
  }

  function bare(): string {
    const from = at
    for (; at < text.length; at++) {
      const c = text[at]
      if (c === ',' || c === '\n' || c === '\r') break
      if (c === '"') throw refuse('bad-quoting', 'a quote inside a field that is not quoted')
      if (at - start > MAX_RECORD_LENGTH) break
    }
    return text.slice(from, at)
  }

  function quoted(): string {
    let value = ''
    let from = at + 1
    for (at = from; at < text.length; at++) {
      if (at - start > MAX_RECORD_LENGTH) return value
      if (text[at] === '\n') line += 1
      if (text[at] !== '"') continue
      value += text.slice(from, at)
      at += 1
      if (text[at] !== '"') return value
      from = at // a doubled quote stands for itself
    }
    throw refuse('bad-quoting', 'a quoted field that does not end')
  }
}
