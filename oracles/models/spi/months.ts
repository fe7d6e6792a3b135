import { firstDayOfMonth, monthOfDay, parseMonth } from '../../shared/calendar.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import type { Dataset } from '../../types.ts'
import { readDays, tenthsOfMillimetre } from '../daily/days.ts'

export interface Month {
  /** Sum in tenths of a millimetre; null if too many days are missing. Never filled in. */
  tenths: number | null
  missingDays: number
  /** The observations that it was summed from, in order. */
  ids: readonly string[]
}

/** By months since 0000-01. */
export type MonthlyRecord = ReadonlyMap<number, Month>

/** Monthly sums from daily readings, or the readings themselves where they are monthly. */
export function monthlyRecord(dataset: Dataset, maxMissingDays: number): MonthlyRecord {
  const [head] = dataset.observations
  return head !== undefined && parseMonth(head.time) !== null ? fromMonths(dataset) : fromDays(dataset, maxMissingDays)
}

function fromMonths(dataset: Dataset): MonthlyRecord {
  const record = new Map<number, Month>()
  for (const { id, time, value, unit } of dataset.observations) {
    const month = parseMonth(time)
    if (month === null) throw new Refusal('not-monthly', `"${excerpt(time)}" is not a month, as the first reading is`)
    if (record.has(month)) throw new Refusal('duplicate-date', `${time} comes twice`)
    record.set(
      month,
      value === null
        ? { tenths: null, missingDays: daysIn(month), ids: [] }
        : { tenths: tenthsOfMillimetre(value, unit, time), missingDays: 0, ids: [id] },
    )
  }
  return record
}

function fromDays(dataset: Dataset, maxMissingDays: number): MonthlyRecord {
  const sums = new Map<number, { tenths: number; ids: string[] }>()
  for (const [day, { id, tenths }] of [...readDays(dataset)].sort(([a], [b]) => a - b)) {
    const month = monthOfDay(day)
    const sum = sums.get(month) ?? { tenths: 0, ids: [] }
    sum.tenths += tenths
    sum.ids.push(id)
    sums.set(month, sum)
  }
  const record = new Map<number, Month>()
  for (const [month, { tenths, ids }] of sums) {
    const missingDays = daysIn(month) - ids.length
    record.set(month, { tenths: missingDays > maxMissingDays ? null : tenths, missingDays, ids })
  }
  return record
}

/** Sum over `scale` months, in tenths of a millimetre; null if one of them is missing. */
export function sumEndingIn(record: MonthlyRecord, month: number, scale: number): number | null {
  let sum = 0
  for (let m = month - scale + 1; m <= month; m++) {
    const tenths = record.get(m)?.tenths ?? null
    if (tenths === null) return null
    sum += tenths
  }
  return sum
}

const daysIn = (month: number): number => firstDayOfMonth(month + 1) - firstDayOfMonth(month)
