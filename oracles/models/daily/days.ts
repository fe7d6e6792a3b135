import { parseDay, SECONDS_PER_DAY } from '../../shared/calendar.ts'
import { scaleExact } from '../../shared/decimal.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import type { Dataset, Window } from '../../types.ts'

/** A reading of one day in tenths of a millimetre, and the observation it came from. */
export interface DayReading {
  id: string
  tenths: number
}

/** Precipitation by day number; missing days are absent. @throws Refusal for what is not daily precipitation in mm. */
export function readDays(dataset: Dataset): Map<number, DayReading> {
  const days = new Map<number, DayReading>()
  for (const { id, time, value, unit } of dataset.observations) {
    const day = parseDay(time)
    if (day === null) throw new Refusal('not-daily', `"${excerpt(time)}" is not a day: this model needs daily data`)
    if (days.has(day)) throw new Refusal('duplicate-date', `${time} comes twice`)
    if (value !== null) days.set(day, { id, tenths: tenthsOfMillimetre(value, unit, time) })
  }
  return days
}

export function tenthsOfMillimetre(value: string, unit: string, time: string): number {
  if (unit !== 'mm') throw new Refusal('wrong-unit', `precipitation must be in mm, not "${excerpt(unit)}"`)
  const tenths = Number(scaleExact(value, 1))
  if (tenths < 0) throw new Refusal('negative-precipitation', `${value} mm on ${time} cannot be`)
  return tenths
}

/** The days `[first, end)` of a window of whole days. */
export function windowDays(window: Window): { first: number; end: number } {
  const first = window.from / SECONDS_PER_DAY
  const end = window.to / SECONDS_PER_DAY
  if (!Number.isInteger(first) || !Number.isInteger(end) || first >= end)
    throw new Refusal('bad-window', 'the window must run from one midnight to a later one')
  return { first, end }
}
