import { readParams } from '../../shared/params.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { SourceRequest, SourceRequestInput } from '../request.ts'

const HOST = 'https://www.ncei.noaa.gov'

/** The whole record of one station. https://www.ncei.noaa.gov/pub/data/ghcn/daily/readme.txt */
export function request({ options, baseUrl }: SourceRequestInput): SourceRequest {
  const station = readParams(options, ['station']).text('station')
  if (!/^[A-Z]{2}[A-Z0-9_-]{9}$/.test(station))
    throw new Refusal('bad-param', 'station must be a GHCN id such as USW00024233')
  const base = (baseUrl ?? HOST).replace(/\/+$/, '')
  return { url: `${base}/pub/data/ghcn/daily/all/${station}.dly`, headers: { accept: 'text/plain' } }
}
