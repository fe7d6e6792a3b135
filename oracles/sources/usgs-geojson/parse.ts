import { formatInstant } from '../../shared/calendar.ts'
import { isDecimal, MOST_DECIMALS, scale } from '../../shared/decimal.ts'
import { readParams } from '../../shared/params.ts'
import { excerpt, Refusal } from '../../shared/refusal.ts'
import { decodeUtf8 } from '../../shared/text.ts'
import type { Dataset, Observation, Params } from '../../types.ts'
import { coverageOf } from './coverage.ts'
import { NumberText, plainDecimal } from './number.ts'
import { scanJson } from './scan.ts'

export { mergeDatasets as merge } from '../../shared/merge.ts'

type Node = null | boolean | string | NumberText | readonly Node[] | { readonly [key: string]: Node }
type Fields = { readonly [key: string]: Node }

/** Events of a USGS GeoJSON document: a summary feed or an answer of the FDSN event service. @throws Refusal */
export function parse(bytes: Uint8Array, options: Params): Dataset {
  readParams(options, ['service'])
  const root = asFields(parseJson(decodeUtf8(bytes)), 'the document')
  if (root['type'] !== 'FeatureCollection') throw new Refusal('not-geojson', 'this is not a GeoJSON FeatureCollection')
  const features = root['features']
  if (!Array.isArray(features)) throw new Refusal('not-geojson', '"features" must be a list')
  const metadata = asFields(root['metadata'] ?? null, 'metadata')

  const seen = new Set<string>()
  const observations = features.map((feature: Node, i) => {
    const observation = toObservation(asFields(feature, `feature ${i}`), i)
    if (seen.has(observation.id))
      throw new Refusal('duplicate-id', `feature ${i}: ${excerpt(observation.id)} comes twice`, { feature: i })
    seen.add(observation.id)
    return observation
  })
  const wholeOrNull = (name: string) => (metadata[name] instanceof NumberText ? wholeNumber(metadata, name, 0) : null)
  return {
    observations,
    coverage: coverageOf({
      url: typeof metadata['url'] === 'string' ? metadata['url'] : '',
      generated: wholeOrNull('generated'),
      count: wholeOrNull('count'),
      limit: wholeOrNull('limit'),
      offset: wholeOrNull('offset'),
      features: features.length,
    }),
  }
}

/** JSON with numbers as their source text (the proposal "JSON.parse source text access", in Node 24). */
function parseJson(text: string): Node {
  scanJson(text)
  const reviver = (_: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value === 'number') {
      if (context?.source === undefined)
        throw new Refusal('no-source-text', 'this JavaScript engine hides the text of numbers')
      return new NumberText(context.source)
    }
    if (typeof value === 'string' && !value.isWellFormed())
      throw new Refusal('lone-surrogate', 'a string holds half of a surrogate pair')
    return value
  }
  try {
    return JSON.parse(text, reviver) as Node
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('not-json', 'this is not JSON')
  }
}

function asFields(node: Node, what: string): Fields {
  if (node === null || typeof node !== 'object' || Array.isArray(node) || node instanceof NumberText)
    throw new Refusal('not-geojson', `${what} must be an object`)
  return node as Fields
}

function toObservation(feature: Fields, i: number): Observation {
  const properties = asFields(feature['properties'] ?? null, `properties of feature ${i}`)
  const { lon, lat, depthKm } = coordinates(feature, i)
  const status = word(properties, 'status', i)
  return {
    id: word(feature, 'id', i),
    time: formatInstant(wholeNumber(properties, 'time', i)),
    value: decimalOrNull(properties['mag'] ?? null, 'mag', -10, 10, i),
    unit: 'magnitude',
    quality: status,
    attributes: {
      type: word(properties, 'type', i),
      status,
      magType: properties['magType'] === null ? null : word(properties, 'magType', i),
      lat,
      lon,
      depthKm,
      updated: wholeNumber(properties, 'updated', i),
      ids: word(properties, 'ids', i),
      place: typeof properties['place'] === 'string' ? properties['place'] : null,
    },
  }
}

function coordinates(feature: Fields, i: number) {
  const geometry = asFields(feature['geometry'] ?? null, `geometry of feature ${i}`)
  const point = geometry['coordinates']
  if (geometry['type'] !== 'Point' || !Array.isArray(point) || point.length !== 3) throw bad('geometry', i)
  const [lon, lat, depth] = point as readonly Node[]
  return {
    lon: decimal(lon ?? null, 'longitude', -180, 180, i),
    lat: decimal(lat ?? null, 'latitude', -90, 90, i),
    depthKm: decimalOrNull(depth ?? null, 'depth', -100, 1000, i),
  }
}

const bad = (name: string, i: number) =>
  new Refusal('bad-field', `feature ${i}: "${name}" is not what this format says`, { feature: i })

/** Times are milliseconds between the years 0 and 9999. */
function wholeNumber(fields: Fields, name: string, i: number): number {
  const node = fields[name]
  if (!(node instanceof NumberText) || !/^(0|-?[1-9]\d{0,14})$/.test(node.text)) throw bad(name, i)
  const value = Number(node.text)
  if (value < -62_167_219_200_000 || value > 253_402_300_799_999) throw bad(name, i)
  return value
}

function word(fields: Fields, name: string, i: number): string {
  const value = fields[name]
  if (typeof value !== 'string' || value === '' || value.length > 1000) throw bad(name, i)
  return value
}

function decimal(node: Node, name: string, min: number, max: number, i: number): string {
  if (!(node instanceof NumberText)) throw bad(name, i)
  const text = plainDecimal(node)
  if (!isDecimal(text)) throw bad(name, i)
  const units = scale(text, MOST_DECIMALS)
  if (units < scale(String(min), MOST_DECIMALS) || units > scale(String(max), MOST_DECIMALS))
    throw new Refusal('out-of-range', `feature ${i}: ${name} ${text} is not within ${min} to ${max}`, { feature: i })
  return text
}

const decimalOrNull = (node: Node, name: string, min: number, max: number, i: number): string | null =>
  node === null ? null : decimal(node, name, min, max, i)
