/**
 * The proleptic Gregorian calendar in integers, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013),
 * `days_from_civil` and `civil_from_days`. Day 0 is 1970-01-01. A daily date is the station's own day and is never
 * converted between zones; instants are UTC.
 */

export const SECONDS_PER_DAY = 86_400
const MS_PER_DAY = 86_400_000

export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Months since 0000-01; `month` is 1…12. */
export const monthIndex = (year: number, month: number): number => year * 12 + month - 1
export const firstDayOfMonth = (index: number): number =>
  daysFromCivil(Math.floor(index / 12), index - Math.floor(index / 12) * 12 + 1, 1)
export const monthOfDay = (day: number): number => {
  const { year, month } = civilFromDays(day)
  return monthIndex(year, month)
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

export function formatDay(days: number): string {
  const { year, month, day } = civilFromDays(days)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

export const formatMonth = (index: number): string => {
  const year = Math.floor(index / 12)
  return `${pad(year, 4)}-${pad(index - year * 12 + 1, 2)}`
}

/** RFC 3339 UTC with milliseconds. */
export function formatInstant(ms: number): string {
  const days = Math.floor(ms / MS_PER_DAY)
  const rest = ms - days * MS_PER_DAY
  const hours = Math.floor(rest / 3_600_000)
  const minutes = Math.floor(rest / 60_000) - hours * 60
  const seconds = Math.floor(rest / 1_000) - hours * 3_600 - minutes * 60
  const millis = rest - Math.floor(rest / 1_000) * 1_000
  return `${formatDay(days)}T${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(millis, 3)}Z`
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH = /^(\d{4})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:Z|\+00:00)?)?$/

/** Day number of `YYYY-MM-DD`, null for anything else and for days that do not exist. */
export function parseDay(text: string): number | null {
  const match = DAY.exec(text)
  if (!match) return null
  const days = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]))
  return formatDay(days) === text ? days : null
}

/** Months since 0000-01 of `YYYY-MM`, null for anything else. */
export function parseMonth(text: string): number | null {
  const match = MONTH.exec(text)
  if (!match) return null
  const month = Number(match[2])
  return month >= 1 && month <= 12 ? monthIndex(Number(match[1]), month) : null
}

/** Unix milliseconds of a UTC date or date-time, null for anything else. Digits beyond the millisecond are cut. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text)
  if (!match) return null
  const days = parseDay(match[1] ?? '')
  const [hours, minutes, seconds] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)]
  if (days === null || hours > 23 || minutes > 59 || seconds > 59) return null
  const millis = Number((match[5] ?? '').slice(0, 3).padEnd(3, '0'))
  return days * MS_PER_DAY + hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + millis
}
