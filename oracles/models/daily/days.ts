import { parseDay, SECONDS_PER_DAY } from '../../shared/calendar.ts'
import { decimalsOf, scale } from '../../shared/decimal.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import type { Dataset, Window } from '../../types.ts'

/** A reading of one day in units of 10^-decimals mm, and the observation it came from. */
export interface DayReading {
  id: string
  units: bigint
}

/** Precipitation by day number. */
export interface DailyRecord {
  days: ReadonlyMap<number, DayReading>
  /** Days of observations that have no value. */
  valueless: readonly number[]
  /** Of `units`, see `commonDecimals`. */
  decimals: number
}

/** @throws Refusal for what is not daily precipitation in mm. */
export function readDays(dataset: Dataset): DailyRecord {
  const decimals = commonDecimals(dataset)
  const days = new Map<number, DayReading>()
  const valueless = new Set<number>()
  for (const { id, time, value, unit } of dataset.observations) {
    const day = parseDay(time)
    if (day === null) throw new Refusal('not-daily', `"${excerpt(time)}" is not a day: this model needs daily data`)
    if (days.has(day) || valueless.has(day)) throw new Refusal('duplicate-date', `${time} comes twice`)
    if (value === null) valueless.add(day)
    else days.set(day, { id, units: precipitation(value, unit, time, decimals) })
  }
  return { days, valueless: [...valueless], decimals }
}

const LEAST_DECIMALS = 1

/** The decimals in which every amount of a dataset, and so every sum of them, is a whole number: the most that one needs, at least tenths. */
export const commonDecimals = ({ observations }: Dataset): number =>
  observations.reduce((most, { value }) => (value === null ? most : Math.max(most, decimalsOf(value))), LEAST_DECIMALS)

/** Exactly, in units of 10^-decimals mm. */
export function precipitation(value: string, unit: string, time: string, decimals: number): bigint {
  if (unit !== 'mm') throw new Refusal('wrong-unit', `precipitation must be in mm, not "${excerpt(unit)}"`)
  const units = scale(value, decimals)
  if (units < 0n) throw new Refusal('negative-precipitation', `${value} mm on ${time} cannot be`)
  return units
}

/** The days `[first, end)` of a window of whole days. */
export function windowDays(window: Window): { first: number; end: number } {
  const first = window.from / SECONDS_PER_DAY
  const end = window.to / SECONDS_PER_DAY
  if (!Number.isInteger(first) || !Number.isInteger(end) || first >= end)
    throw new Refusal('bad-window', 'the window must run from one midnight to a later one')
  return { first, end }
}
