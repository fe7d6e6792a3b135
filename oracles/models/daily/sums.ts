import { formatDay } from '../../shared/calendar.ts'
import { format, rescale } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import type { Dataset, IndexResult, Params, Window } from '../../types.ts'
import { readDays, windowDays } from './days.ts'

export const decimals = 1

/** Of two sums, is the first the more extreme one? Strict, so that of equals the earliest stays. */
type MoreExtreme = (tenths: number, best: number) => boolean

/**
 * The most extreme sum of precipitation over `days` consecutive days, all inside the window, dated by its last day. Sums are integers
 * in tenths of a millimetre. A run with a missing day has no sum; more missing days than allowed, and the index is missing.
 */
export function extremeSum(dataset: Dataset, params: Params, window: Window, moreExtreme: MoreExtreme): IndexResult {
  const read = readParams(params, ['days', 'maxMissingDays', 'decimals'])
  const length = read.integer('days', { min: 1, max: 366 })
  const maxMissing = read.integer('maxMissingDays', { min: 0, max: 366, fallback: 0 })
  const places = read.integer('decimals', { min: 0, max: 9, fallback: decimals })
  const { first, end } = windowDays(window)
  const days = readDays(dataset)

  let missing = 0
  let [sum, gaps] = [0, 0] // of the last `length` days
  let best: { day: number; tenths: number } | null = null
  const series: { time: string; value: string | null }[] = []
  for (let day = first; day < end; day++) {
    const entering = days.get(day)
    if (entering === undefined) missing += 1
    sum += entering?.tenths ?? 0
    gaps += entering === undefined ? 1 : 0
    const leaving = day - length
    if (leaving >= first) {
      sum -= days.get(leaving)?.tenths ?? 0
      gaps -= days.has(leaving) ? 0 : 1
    }
    if (day - first + 1 < length) continue
    series.push({ time: formatDay(day), value: gaps > 0 ? null : format(rescale(BigInt(sum), 1, places), places) })
    if (gaps === 0 && (best === null || moreExtreme(sum, best.tenths))) best = { day, tenths: sum }
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
  const units = index === null ? null : rescale(BigInt(index.tenths), 1, places)
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
      used: used.length,
      excluded: {},
      missingDays: missing,
      coverage: (end - first - missing) / (end - first),
      flags,
    },
  }
}
