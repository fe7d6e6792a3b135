import { formatDay } from '../../shared/calendar.ts'
import { format, rescale } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import type { Dataset, IndexResult, Params, Window } from '../../types.ts'
import { type DailyRecord, readDays, windowDays } from './days.ts'

export const decimals = 1

/** Of two sums, is the first the more extreme one? Strict, so that of equals the earliest stays. */
type MoreExtreme = (sum: bigint, best: bigint) => boolean

/**
 * The most extreme sum of precipitation over `days` consecutive days, all inside the window, dated by its last day. Sums are exact:
 * integers in the decimals of the data, rounded once to those of the index. A run with a missing day has no sum; more missing days than allowed, and the index is missing.
 */
export function extremeSum(dataset: Dataset, params: Params, window: Window, moreExtreme: MoreExtreme): IndexResult {
  const read = readParams(params, ['days', 'maxMissingDays', 'decimals'])
  const length = read.integer('days', { min: 1, max: 366 })
  const maxMissing = read.integer('maxMissingDays', { min: 0, max: 366, fallback: 0 })
  const places = read.integer('decimals', { min: 0, max: 9, fallback: decimals })
  const { first, end } = windowDays(window)
  const record = readDays(dataset)
  const { days } = record
  const rounded = (sum: bigint): bigint => rescale(sum, record.decimals, places)

  let missing = 0
  let [sum, gaps] = [0n, 0] // of the last `length` days
  let best: { day: number; sum: bigint } | null = null
  const series: { time: string; value: string | null }[] = []
  for (let day = first; day < end; day++) {
    const entering = days.get(day)
    if (entering === undefined) missing += 1
    sum += entering?.units ?? 0n
    gaps += entering === undefined ? 1 : 0
    const leaving = day - length
    if (leaving >= first) {
      sum -= days.get(leaving)?.units ?? 0n
      gaps -= days.has(leaving) ? 0 : 1
    }
    if (day - first + 1 < length) continue
    series.push({ time: formatDay(day), value: gaps > 0 ? null : format(rounded(sum), places) })
    if (gaps === 0 && (best === null || moreExtreme(sum, best.sum))) best = { day, sum }
  }

  const flags: string[] = []
  if (missing > maxMissing) flags.push('too-many-missing-days')
  if (best === null) flags.push(length > end - first ? 'window-too-short' : 'no-complete-run')
  const index = flags.length === 0 ? best : null
  const used: string[] = []
  if (index !== null)
    for (let day = index.day - length + 1; day <= index.day; day++) {
      const reading = days.get(day)
      if (reading !== undefined) used.push(reading.id)
    }
  const units = index === null ? null : rounded(index.sum)
  return {
    series,
    index: {
      time: index === null ? null : formatDay(index.day),
      value: units === null ? null : format(units, places),
      scaled: units === null ? null : units.toString(),
      decimals: places,
    },
    used,
    quality: {
      used: end - first - missing,
      excluded: leftOut(record, first, end),
      missingDays: missing,
      coverage: (end - first - missing) / (end - first),
      flags,
    },
  }
}

/** Observations that no sum could use: of days outside of the window, and those inside it that have no value. */
function leftOut({ days, valueless }: DailyRecord, first: number, end: number): { readonly [reason: string]: number } {
  const inside = (day: number): boolean => day >= first && day < end
  const outside = [...days.keys(), ...valueless].filter(day => !inside(day)).length
  const missing = valueless.filter(inside).length
  return { ...(outside > 0 && { 'outside-window': outside }), ...(missing > 0 && { missing }) }
}
