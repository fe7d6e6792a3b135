import { formatInstant } from '../../shared/calendar.ts'
import { readParams } from '../../shared/params.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { SourceRequest, SourceRequestInput } from '../request.ts'

const HOST = 'https://earthquake.usgs.gov'
const FEED = /^all_(hour|day|week|month)$/

/**
 * `service=fdsn` (default): every event of the window in a circle a little wider than the model's, because the service measures
 * distance on its own figure of the Earth. `service=all_week` and the like: a summary feed.
 * https://earthquake.usgs.gov/fdsnws/event/1/, https://earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php
 */
export function request({ params, options, window, baseUrl }: SourceRequestInput): SourceRequest {
  const headers = { accept: 'application/geo+json, application/json' }
  const base = (baseUrl ?? HOST).replace(/\/+$/, '')
  const service = readParams(options, ['service']).text('service', 'fdsn')
  if (FEED.test(service)) return { url: `${base}/earthquakes/feed/v1.0/summary/${service}.geojson`, headers }
  if (service !== 'fdsn')
    throw new Refusal('bad-param', 'service must be fdsn, all_hour, all_day, all_week or all_month')

  const query: Record<string, string> = {
    format: 'geojson',
    starttime: formatInstant(window.from * 1000),
    endtime: formatInstant(window.to * 1000),
    orderby: 'time-asc',
    ...circle(params),
  }
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return { url: `${base}/fdsnws/event/1/query?${text.join('&')}`, headers }
}

/** The model's circle and 2 km + 1.5 % more; half the Earth and beyond is asked for whole. */
function circle(params: SourceRequestInput['params']): Record<string, string> {
  const { lat, lon, radiusKm } = params
  const radius = Math.floor(Number(radiusKm) * 1.015) + 2
  if (lat === undefined || lon === undefined || !(radius < 19_000)) return {}
  return { latitude: String(lat), longitude: String(lon), maxradiuskm: String(radius) }
}
