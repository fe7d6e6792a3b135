import { firstDayOfMonth, formatMonth, monthOfDay } from '../../shared/calendar.ts'
import { format, roundHalfAway } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Dataset, IndexResult, Params, Window } from '../../types.ts'
import { windowDays } from '../daily/days.ts'
import { fitGamma, standardise } from './distribution.ts'
import { type MonthlyRecord, monthlyRecord, sumEndingIn } from './months.ts'

export const id = 'spi'
export const version = '1.0.0'
export const decimals = 2

/** WMO-No. 1090 asks for 30 years; a calibration on fewer is flagged. */
const FULL_RECORD_YEARS = 30
const SERIES_DECIMALS = 9

/**
 * The Standardized Precipitation Index (McKee, Doesken & Kleist 1993; WMO-No. 1090) of the last month in the window, for sums over `scaleMonths`
 * months. The series has every month in the window.
 */
export function run(dataset: Dataset, params: Params, window: Window): IndexResult {
  const { scale, calibration, minYears, maxMissingDays, places } = settings(params)
  const { first, end } = windowDays(window)
  const [firstMonth, endMonth] = [monthOfDay(first), monthOfDay(end)]
  if (firstDayOfMonth(firstMonth) !== first || firstDayOfMonth(endMonth) !== end)
    throw new Refusal('bad-window', 'the window must be of whole months')

  const record = monthlyRecord(dataset, maxMissingDays)
  const spiOf = (month: number) => spi(record, month, { scale, calibration, minYears })
  const series = []
  for (let month = firstMonth; month < endMonth; month++) {
    const { z } = spiOf(month)
    series.push({
      time: formatMonth(month),
      value: z === null ? null : format(roundHalfAway(z, SERIES_DECIMALS), SERIES_DECIMALS),
    })
  }

  const last = endMonth - 1
  const { z, why, years, months } = spiOf(last)
  const flags = why === null ? [] : [why]
  if (years < FULL_RECORD_YEARS) flags.push('short-record')
  const units = z === null ? null : roundHalfAway(z, places)
  const used = units === null ? [] : months.flatMap(month => record.months.get(month)?.ids ?? [])
  const { missing, total } = missingDays(record, firstMonth, endMonth)
  const { valueless } = record
  const others = dataset.observations.length - valueless - used.length
  return {
    series,
    index: {
      time: formatMonth(last),
      value: units === null ? null : format(units, places),
      scaled: units === null ? null : units.toString(),
      decimals: places,
    },
    used,
    quality: {
      used: used.length,
      excluded: { ...(valueless > 0 && { missing: valueless }), ...(others > 0 && { 'not-in-sums': others }) },
      missingDays: missing,
      coverage: (total - missing) / total,
      flags,
    },
  }
}

function settings(params: Params) {
  const read = readParams(params, ['scaleMonths', 'calFrom', 'calTo', 'minYears', 'maxMissingDays', 'decimals'])
  const calibration = {
    from: read.integer('calFrom', { min: 1, max: 9999 }),
    to: read.integer('calTo', { min: 1, max: 9999 }),
  }
  if (calibration.from > calibration.to)
    throw new Refusal('bad-param', 'calFrom must not be after calTo', { param: 'calFrom' })
  return {
    calibration,
    scale: read.integer('scaleMonths', { min: 1, max: 72 }),
    minYears: read.integer('minYears', { min: 3, max: 1000, fallback: 30 }),
    maxMissingDays: read.integer('maxMissingDays', { min: 0, max: 31, fallback: 0 }),
    places: read.integer('decimals', { min: 0, max: SERIES_DECIMALS, fallback: decimals }),
  }
}

interface SpiSettings {
  scale: number
  calibration: { from: number; to: number }
  minYears: number
}

/** The index of one end-month, or why there is none; the years it was calibrated on and the months it was made from. */
function spi(record: MonthlyRecord, month: number, { scale, calibration, minYears }: SpiSettings) {
  const sample: bigint[] = []
  const months = new Set<number>()
  const takeMonths = (end: number) => {
    for (let m = end - scale + 1; m <= end; m++) months.add(m)
  }
  const monthOfYear = month - Math.floor(month / 12) * 12
  for (let year = calibration.from; year <= calibration.to; year++) {
    const sum = sumEndingIn(record, year * 12 + monthOfYear, scale)
    if (sum === null) continue
    sample.push(sum)
    takeMonths(year * 12 + monthOfYear)
  }
  const sum = sumEndingIn(record, month, scale)
  takeMonths(month)
  const result = (z: number | null, why: string | null) => ({
    z,
    why,
    years: sample.length,
    months: [...months].sort((a, b) => a - b),
  })
  if (sum === null) return result(null, 'month-missing')
  if (sample.length < minYears) return result(null, 'too-few-years')
  const fit = fitGamma(sample, record.decimals)
  return fit === null ? result(null, 'no-distribution') : result(standardise(fit, sum, record.decimals), null)
}

function missingDays(record: MonthlyRecord, firstMonth: number, endMonth: number): { missing: number; total: number } {
  let [missing, total] = [0, 0]
  for (let month = firstMonth; month < endMonth; month++) {
    const days = firstDayOfMonth(month + 1) - firstDayOfMonth(month)
    total += days
    missing += record.months.get(month)?.missingDays ?? days
  }
  return { missing, total }
}
