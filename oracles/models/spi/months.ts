import { firstDayOfMonth, monthOfDay, parseMonth } from '../../shared/calendar.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import type { Dataset } from '../../types.ts'
import { commonDecimals, precipitation, readDays } from '../daily/days.ts'

export interface Month {
  /** Sum in units of 10^-decimals mm; null if too many days are missing. Never filled in. */
  sum: bigint | null
  missingDays: number
  /** The observations that it was summed from, in order. */
  ids: readonly string[]
}

export interface MonthlyRecord {
  /** By months since 0000-01. */
  months: ReadonlyMap<number, Month>
  /** Of the sums, see `commonDecimals`. */
  decimals: number
  /** How many observations have no value. */
  valueless: number
}

/** Monthly sums from daily readings, or the readings themselves where they are monthly. */
export function monthlyRecord(dataset: Dataset, maxMissingDays: number): MonthlyRecord {
  const [head] = dataset.observations
  return head !== undefined && parseMonth(head.time) !== null ? fromMonths(dataset) : fromDays(dataset, maxMissingDays)
}

function fromMonths(dataset: Dataset): MonthlyRecord {
  const decimals = commonDecimals(dataset)
  const months = new Map<number, Month>()
  let valueless = 0
  for (const { id, time, value, unit } of dataset.observations) {
    const month = parseMonth(time)
    if (month === null) throw new Refusal('not-monthly', `"${excerpt(time)}" is not a month, as the first reading is`)
    if (months.has(month)) throw new Refusal('duplicate-date', `${time} comes twice`)
    if (value === null) valueless += 1
    months.set(
      month,
      value === null
        ? { sum: null, missingDays: daysIn(month), ids: [] }
        : { sum: precipitation(value, unit, time, decimals), missingDays: 0, ids: [id] },
    )
  }
  return { months, decimals, valueless }
}

function fromDays(dataset: Dataset, maxMissingDays: number): MonthlyRecord {
  const { days, valueless, decimals } = readDays(dataset)
  const totals = new Map<number, { sum: bigint; ids: string[] }>()
  for (const [day, { id, units }] of [...days].sort(([a], [b]) => a - b)) {
    const month = monthOfDay(day)
    const total = totals.get(month) ?? { sum: 0n, ids: [] }
    total.sum += units
    total.ids.push(id)
    totals.set(month, total)
  }
  const months = new Map<number, Month>()
  for (const [month, { sum, ids }] of totals) {
    const missingDays = daysIn(month) - ids.length
    months.set(month, { sum: missingDays > maxMissingDays ? null : sum, missingDays, ids })
  }
  return { months, decimals, valueless: valueless.length }
}

/** Sum over `scale` months, in the record's units; null if one of them is missing. */
export function sumEndingIn({ months }: MonthlyRecord, month: number, scale: number): bigint | null {
  let total = 0n
  for (let m = month - scale + 1; m <= month; m++) {
    const sum = months.get(m)?.sum ?? null
    if (sum === null) return null
    total += sum
  }
  return total
}

const daysIn = (month: number): number => firstDayOfMonth(month + 1) - firstDayOfMonth(month)
