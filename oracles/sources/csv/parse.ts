import { formatDay, formatMonth, parseDay, parseMonth } from '../../shared/calendar.ts'
import { isDecimal, MOST_DECIMALS, scale } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import { decodeUtf8 } from '../../shared/text.ts'
import type { Dataset, Observation, Params } from '../../types.ts'
import { type CsvRecord, csvRecords } from './records.ts'

export { mergeDatasets as merge } from '../../shared/merge.ts'

/** What this adapter reads: depths of water in mm, never negative, below 100 m, with all the digits that are printed. */
const UNIT = 'mm'
const LIMIT = 100_000
/** Up to here an evidence pack holds a reading with all its digits as 64-bit integer; a double printed in full has 17. */
const MOST_DIGITS = 18
const PLAIN = /^-?\d+(\.\d+)?$/

/** A CSV file of one value a day or a month, by the page `standards/csv.md`. @throws Refusal with the line number. */
export function parse(bytes: Uint8Array, options: Params): Dataset {
  const { dateColumn, valueColumn, missing } = readOptions(options)
  const [header, ...rows] = csvRecords(decodeUtf8(bytes))
  if (header === undefined) throw new Refusal('no-header', 'line 1: the file is empty, a header is needed', { line: 1 })
  const dateAt = columnAt(header, dateColumn)
  const valueAt = columnAt(header, valueColumn)

  const observations: Observation[] = []
  let kind: 'day' | 'month' | null = null
  let last = Number.NEGATIVE_INFINITY
  for (const { line, fields } of rows) {
    const refuse = (code: string, what: string) => new Refusal(code, `line ${line}: ${what}`, { line })
    if (fields.length !== header.fields.length)
      throw refuse('wrong-field-count', `${fields.length} fields where the header has ${header.fields.length}`)
    const time = fields[dateAt] ?? ''
    const day = parseDay(time)
    const position = day ?? parseMonth(time)
    if (position === null) throw refuse('bad-date', `"${excerpt(time)}" is not a date YYYY-MM-DD or YYYY-MM`)
    const thisKind = day === null ? 'month' : 'day'
    if (kind !== null && kind !== thisKind) throw refuse('mixed-dates', `a ${thisKind} among ${kind}s`)
    kind = thisKind
    if (position === last) throw refuse('duplicate-date', `${time} comes twice`)
    if (position < last) throw refuse('out-of-order', `${time} comes after a later date`)
    last = position
    const value = fields[valueAt] ?? ''
    const absent = value === '' || value === missing
    if (!absent) checkValue(value, refuse)
    observations.push({
      id: time,
      time,
      value: absent ? null : value,
      unit: UNIT,
      quality: absent ? 'missing' : 'as-given',
      attributes: {},
    })
  }

  const next = kind === 'month' ? formatMonth(last + 1) : formatDay(last + 1)
  return {
    observations,
    coverage: {
      from: observations[0]?.time ?? null,
      to: kind === null ? null : next,
      generatedAt: null,
      truncated: false,
    },
  }
}

function readOptions(options: Params) {
  const read = readParams(options, ['date', 'value', 'unit', 'missing'])
  const unit = read.text('unit', UNIT)
  if (unit !== UNIT) throw new Refusal('wrong-unit', `unit "${excerpt(unit)}" is not one this adapter reads: ${UNIT}`)
  const missing = read.text('missing', '')
  if (missing !== '' && !isDecimal(missing))
    throw new Refusal('bad-param', `missing must be a number such as -9999, not "${excerpt(missing)}"`)
  return { dateColumn: read.text('date', 'date'), valueColumn: read.text('value', 'precipitation'), missing }
}

function columnAt({ fields, line }: CsvRecord, name: string): number {
  const at = fields.indexOf(name)
  if (at < 0) throw new Refusal('no-column', `line ${line}: there is no column "${excerpt(name)}"`, { line })
  if (fields.includes(name, at + 1))
    throw new Refusal('duplicate-column', `line ${line}: column "${excerpt(name)}" comes twice`, { line })
  return at
}

function checkValue(value: string, refuse: (code: string, what: string) => Refusal): void {
  if (!PLAIN.test(value)) throw refuse('bad-value', `"${excerpt(value)}" is not a decimal number such as 6.4`)
  if (value.startsWith('-')) throw refuse('negative-value', `${value}: a depth of water cannot be negative`)
  if (!isDecimal(value) || value.replace('.', '').length > MOST_DIGITS)
    throw refuse(
      'too-many-digits',
      `${excerpt(value)} has more than ${MOST_DIGITS} digits, 15 before or ${MOST_DECIMALS} behind the point`,
    )
  if (scale(value, MOST_DECIMALS) >= scale(String(LIMIT), MOST_DECIMALS))
    throw refuse('out-of-range', `${value} ${UNIT} is not below ${LIMIT}`)
}
