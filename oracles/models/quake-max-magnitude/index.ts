import { formatInstant, parseInstant } from '../../shared/calendar.ts'
import { format, MOST_DECIMALS, rescale, scale, scaleExact } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Coverage, Dataset, IndexResult, Observation, Params, Window } from '../../types.ts'
import { distanceMetres, type Place } from '../math/haversine.ts'
import { newestOfEach } from './events.ts'

export const id = 'quake-max-magnitude'
export const version = '1.0.0'
export const decimals = 2

/** Filters of a query that cannot hide an event from this model. */
const HARMLESS = new Set(['eventtype=earthquake'])
/** A service that measures its circle on another figure of the Earth differs by up to 0.6 %; so much more must have been asked for. */
const CIRCLE_MARGIN = 1.01

interface Region {
  centre: Place
  radiusMetres: number
  minDepth: bigint
  maxDepth: bigint
  statuses: readonly string[]
  magTypes: readonly string[]
}

/** The largest magnitude of the earthquakes in a circle, a range of depths and a window of time. */
export function run(dataset: Dataset, params: Params, window: Window): IndexResult {
  const { region, empty, places } = settings(params)
  if (!(window.from < window.to)) throw new Refusal('bad-window', 'the window must end after it begins')

  const excluded: Record<string, number> = {}
  const exclude = (reason: string, n = 1) => {
    if (n > 0) excluded[reason] = (excluded[reason] ?? 0) + n
  }
  const { events, duplicates } = newestOfEach(dataset.observations)
  exclude('duplicate', duplicates)

  const candidates: { id: string; ms: number; units: bigint }[] = []
  for (const event of events) {
    const reason = reasonToExclude(event, region, window)
    if (reason !== null) exclude(reason)
    else candidates.push({ id: event.id, ms: instant(event), units: scale(event.value ?? '', places) })
  }
  candidates.sort((a, b) => a.ms - b.ms || (a.id < b.id ? -1 : 1))
  const largest = candidates.reduce<(typeof candidates)[number] | null>(
    (best, event) => (best === null || event.units > best.units ? event : best),
    null,
  )

  const { share, flags } = look(dataset.coverage, region, window)
  const covered = flags.length === 0
  const units = covered ? (largest?.units ?? empty) : null
  const used = covered && largest !== null ? [largest.id] : []
  return {
    series: candidates.map(({ ms, units }) => ({ time: formatInstant(ms), value: format(units, places) })),
    index: {
      time: covered && largest !== null ? formatInstant(largest.ms) : null,
      value: units === null ? null : format(units, places),
      scaled: units === null ? null : units.toString(),
      decimals: places,
    },
    used,
    quality: {
      used: candidates.length,
      excluded,
      missingDays: 0,
      coverage: share,
      flags: covered && largest === null ? ['empty'] : flags,
    },
  }
}

function settings(params: Params): { region: Region; empty: bigint; places: number } {
  const read = readParams(params, [
    'lat',
    'lon',
    'radiusKm',
    'minDepthKm',
    'maxDepthKm',
    'statuses',
    'magTypes',
    'emptyValue',
    'decimals',
  ])
  const places = read.integer('decimals', { min: 0, max: 9, fallback: decimals })
  const depth = { min: -100, max: 1000, places: 3 }
  const region: Region = {
    centre: {
      lat: Number(read.decimal('lat', { min: -90, max: 90, places: 9 })),
      lon: Number(read.decimal('lon', { min: -180, max: 180, places: 9 })),
    },
    radiusMetres: Number(scaleExact(read.decimal('radiusKm', { min: 0, max: 20_100, places: 3 }), 3)),
    minDepth: scale(read.decimal('minDepthKm', { ...depth, fallback: '-100' }), MOST_DECIMALS),
    maxDepth: scale(read.decimal('maxDepthKm', { ...depth, fallback: '1000' }), MOST_DECIMALS),
    statuses: read.list('statuses', 'reviewed'),
    magTypes: read.list('magTypes', 'any'),
  }
  if (region.minDepth > region.maxDepth)
    throw new Refusal('bad-param', 'minDepthKm must not exceed maxDepthKm', { param: 'minDepthKm' })
  const empty = rescale(
    scale(read.decimal('emptyValue', { min: -10, max: 10, places: 9, fallback: '0' }), 9),
    9,
    places,
  )
  return { region, empty, places }
}

/** The first reason, in this order, why an event does not count; null if it does. */
function reasonToExclude(event: Observation, region: Region, window: Window): string | null {
  const { type, status, magType, lat, lon, depthKm } = event.attributes
  if (type !== 'earthquake') return 'not-earthquake'
  if (!region.statuses.includes(String(status))) return 'status'
  if (event.value === null) return 'no-magnitude'
  if (typeof depthKm !== 'string') return 'no-depth'
  const ms = instant(event)
  if (ms < window.from * 1000 || ms >= window.to * 1000) return 'outside-window'
  if (!region.magTypes.includes('any') && !region.magTypes.includes(String(magType))) return 'magnitude-type'
  const depth = scale(depthKm, MOST_DECIMALS)
  if (depth < region.minDepth || depth > region.maxDepth) return 'depth'
  const place = { lat: Number(lat), lon: Number(lon) }
  return distanceMetres(region.centre, place) > region.radiusMetres ? 'distance' : null
}

function instant(event: Observation): number {
  const ms = parseInstant(event.time)
  if (ms === null) throw new Refusal('not-an-event', `${event.id} has no instant`, { id: event.id })
  return ms
}

/** Did the source look at the whole window and the whole circle? Whatever is not understood counts as no. */
function look(coverage: Coverage, region: Region, window: Window): { share: number; flags: string[] } {
  const flags: string[] = []
  const from = coverage.from === null ? null : parseInstant(coverage.from)
  const to = coverage.to === null ? null : parseInstant(coverage.to)
  const [start, end] = [window.from * 1000, window.to * 1000]
  const seen = from === null || to === null ? 0 : Math.max(0, Math.min(to, end) - Math.max(from, start))
  if (seen < end - start) flags.push('window-not-covered')
  if (coverage.truncated) flags.push('truncated')
  if (!seesCircle(coverage.limits ?? {}, region)) flags.push('limited-query')
  return { share: seen / (end - start), flags }
}

function seesCircle(limits: { readonly [filter: string]: string }, region: Region): boolean {
  const { latitude, longitude, maxradiuskm, ...others } = limits
  if (!Object.entries(others).every(([filter, value]) => HARMLESS.has(`${filter}=${value}`))) return false
  if (latitude === undefined && longitude === undefined && maxradiuskm === undefined) return true
  return (
    Number(latitude) === region.centre.lat &&
    Number(longitude) === region.centre.lon &&
    Number(maxradiuskm) * 1000 >= region.radiusMetres * CIRCLE_MARGIN
  )
}
