import { formatInstant, parseInstant } from '../../shared/calendar.ts'
import type { Coverage } from '../../types.ts'

/** The FDSN event service answers with at most this many events. */
export const MAX_EVENTS = 20_000

const MS_PER_DAY = 86_400_000
/** Summary feeds of all magnitudes, by how far back they reach. Those from a magnitude up do not see every event. */
const FEED_SPAN_MS: { readonly [feed: string]: number } = {
  all_hour: MS_PER_DAY / 24,
  all_day: MS_PER_DAY,
  all_week: 7 * MS_PER_DAY,
  all_month: 30 * MS_PER_DAY,
}
const FEED = /\/feed\/v1\.0\/summary\/([a-z0-9._]+)\.geojson$/
/** Parameters of a query that filter nothing out (the time span and the row limit are read separately). */
const NOT_FILTERS = new Set(['format', 'starttime', 'endtime', 'orderby', 'limit', 'offset', 'jsonerror', 'nodata'])

export interface Metadata {
  /** What was asked: USGS repeats the address in its answer. */
  url: string
  /** Unix milliseconds. */
  generated: number | null
  count: number | null
  limit: number | null
  offset: number | null
  /** How many there are. */
  features: number
}

/** What an answer covers, by its own words. Whatever it does not say is null, and covers nothing. */
export function coverageOf(metadata: Metadata): Coverage {
  const { url, generated } = metadata
  const generatedAt = generated === null ? null : formatInstant(generated)
  const queryAt = url.indexOf('?')
  const asked = queryAt < 0 ? new Map<string, string>() : queryOf(url.slice(queryAt + 1))
  const truncated = isTruncated(metadata, asked)
  const nothing = { from: null, to: null, generatedAt, truncated }
  if (generated === null) return nothing

  const feed = FEED.exec(queryAt < 0 ? url : '')
  if (feed !== null) {
    const span = Object.hasOwn(FEED_SPAN_MS, feed[1] ?? '') ? FEED_SPAN_MS[feed[1] ?? ''] : undefined
    return span === undefined ? nothing : { ...nothing, from: formatInstant(generated - span), to: generatedAt }
  }
  if (asked === null) return nothing
  const from = parseInstant(asked.get('starttime') ?? '')
  const end = parseInstant(asked.get('endtime') ?? '')
  if (from === null || end === null) return nothing
  // A window that was still running when the answer was made is covered only up to then.
  const to = Math.min(end, generated)
  const limits = Object.fromEntries([...asked].filter(([name]) => !NOT_FILTERS.has(name)).sort())
  return {
    ...nothing,
    from: formatInstant(from),
    to: formatInstant(to),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  }
}

/** Names and values of a query string; null where it cannot be read or names something twice. */
function queryOf(query: string): Map<string, string> | null {
  const asked = new Map<string, string>()
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 1) return null
    try {
      const name = decodeURIComponent(pair.slice(0, equals)).toLowerCase()
      if (asked.has(name)) return null
      asked.set(name, decodeURIComponent(pair.slice(equals + 1)))
    } catch {
      return null
    }
  }
  return asked
}

/** Cut off: fewer features than counted, a page that is not the first, or as many as the limit lets through. */
function isTruncated(metadata: Metadata, asked: Map<string, string> | null): boolean {
  const { count, limit, offset, features } = metadata
  const askedLimit = asked?.get('limit')
  const askedOffset = asked?.get('offset')
  const most = Math.min(limit ?? MAX_EVENTS, askedLimit === undefined ? MAX_EVENTS : Number(askedLimit), MAX_EVENTS)
  return (
    (count !== null && count !== features) ||
    (offset ?? 1) > 1 ||
    (askedOffset !== undefined && askedOffset !== '1') ||
    !(features < most)
  )
}
