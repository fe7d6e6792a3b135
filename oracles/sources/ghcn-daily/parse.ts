import { firstDayOfMonth, formatDay, monthIndex } from '../../shared/calendar.ts'
import { format } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import { decodeUtf8 } from '../../shared/text.ts'
import type { Dataset, Observation, Params } from '../../types.ts'

export { mergeDatasets as merge } from '../../shared/merge.ts'

/** 21 characters of station, month and element, then 31 days of value (5) and three flags (readme.txt of GHCN-Daily, section III). */
const PREFIX_WIDTH = 21
const DAY_WIDTH = 8
const LINE_WIDTH = PREFIX_WIDTH + 31 * DAY_WIDTH
/** Some mirrors cut blanks at the end: what is left reaches at least to the last value. */
const LEAST_WIDTH = LINE_WIDTH - 3
const PREFIX = /^([A-Z]{2}[A-Z0-9_-]{9})(\d{4})(\d{2})([A-Z0-9]{4})$/
const VALUE = /^ {0,4}-?\d{1,5}$/
const MISSING = -9999

/** Daily precipitation of one station from a `.dly` file. MDPR (sums over several days) is not spread over its days. @throws Refusal */
export function parse(bytes: Uint8Array, options: Params): Dataset {
  const station = readParams(options, ['station']).text('station', '')
  const observations: Observation[] = []
  let lastMonth = Number.NEGATIVE_INFINITY
  let [firstDay, endDay] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let only = station
  linesOf(decodeUtf8(bytes)).forEach((text, i) => {
    const line = i + 1
    const refuse = (code: string, what: string) => new Refusal(code, `line ${line}: ${what}`, { line })
    const width = text.length
    if (width < LEAST_WIDTH || width > LINE_WIDTH) throw refuse('bad-line', `${width} characters, not ${LINE_WIDTH}`)
    const prefix = PREFIX.exec(text.slice(0, PREFIX_WIDTH))
    if (prefix === null)
      throw refuse('bad-line', `"${excerpt(text.slice(0, PREFIX_WIDTH))}" is no station, month, element`)
    const [, id = '', year, monthOfYear, element] = prefix
    if (only === '') only = id
    if (id !== only) throw refuse('wrong-station', `station ${id} in a file of ${excerpt(only)}`)
    if (Number(monthOfYear) < 1 || Number(monthOfYear) > 12) throw refuse('bad-date', `month ${monthOfYear}`)
    if (element !== 'PRCP') return
    const month = monthIndex(Number(year), Number(monthOfYear))
    if (month === lastMonth) throw refuse('duplicate-date', `PRCP of ${year}-${monthOfYear} comes twice`)
    if (month < lastMonth) throw refuse('out-of-order', `${year}-${monthOfYear} comes after a later month`)
    lastMonth = month
    const first = firstDayOfMonth(month)
    const end = firstDayOfMonth(month + 1)
    firstDay = Math.min(firstDay, first)
    endDay = end
    for (let day = 0; day < 31; day++) {
      const at = PREFIX_WIDTH + day * DAY_WIDTH
      const cell = text.slice(at, at + DAY_WIDTH).padEnd(DAY_WIDTH, ' ')
      const observation = readCell(cell, formatDay(first + day), refuse)
      if (first + day < end) observations.push(observation)
      else if (observation.quality !== 'missing')
        throw refuse('bad-date', `a value on day ${day + 1} of a shorter month`)
    }
  })
  if (observations.length === 0) throw new Refusal('no-precipitation', 'there is no PRCP line in this file')
  return {
    observations,
    coverage: { from: formatDay(firstDay), to: formatDay(endDay), generatedAt: null, truncated: false },
  }
}

/** Lines end with LF or CRLF; the last one may lack it. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line))
}

/** Tenths of a millimetre; a quality flag means that a check failed, a trace is nothing measurable. */
function readCell(cell: string, time: string, refuse: (code: string, what: string) => Refusal): Observation {
  const [digits, mflag = '', qflag = '', sflag = ''] = [cell.slice(0, 5), cell[5], cell[6], cell[7]]
  if (!VALUE.test(digits)) throw refuse('bad-value', `"${digits}" on ${time} is not a number`)
  if (!/^[ A-Za-z0-9]{3}$/.test(mflag + qflag + sflag)) throw refuse('bad-flag', `flags "${cell.slice(5)}" on ${time}`)
  const tenths = Number(digits)
  const absent = tenths === MISSING
  if (tenths < 0 && !absent) throw refuse('negative-value', `${digits} on ${time}`)
  const failed = qflag !== ' '
  const trace = mflag === 'T'
  const value = absent || failed ? null : format(BigInt(trace ? 0 : tenths), 1)
  return {
    id: time,
    time,
    value,
    unit: 'mm',
    quality: absent ? 'missing' : failed ? `failed-${qflag}` : trace ? 'trace' : 'passed',
    attributes: { mflag: mflag.trim(), qflag: qflag.trim(), sflag: sflag.trim() },
  }
}
