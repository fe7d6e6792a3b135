import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'

/** Unix seconds of a time as a pack's documents write it: `2018-02-01T00:00:00Z` and no other form of the same instant. */
export function parseSeconds(text: string): number {
  const seconds = parseUtcSeconds(text)
  if (seconds < 0 || formatUtcSeconds(seconds) !== text)
    throw inputError('bad-time', `"${text}" is not written as in 2018-02-01T00:00:00Z`, { text })
  return seconds
}

const LAST = 253402300799 // 9999-12-31T23:59:59Z: RFC 3339 has four digits for a year

export function formatSeconds(seconds: number): string {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LAST)
    throw inputError('bad-time', `${seconds} is not whole unix seconds between 1970 and 9999`, { seconds })
  return formatUtcSeconds(seconds)
}

const OBSERVED = /^(\d{4}-\d\d)(-\d\d(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?)?$/

/** Unix milliseconds of an observation's time; a date or a month counts from its first midnight. */
export function observationMs(time: string): number {
  const ms = OBSERVED.test(time) ? Date.parse(time) : Number.NaN
  // Date.parse takes 30 February for 2 March; a real date prints as it was read.
  if (!Number.isInteger(ms) || !new Date(ms).toISOString().startsWith(time.slice(0, 10)))
    throw inputError('bad-time', `"${time}" is not an instant, a date or a month`, { time })
  return ms
}
