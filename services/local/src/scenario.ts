import { type FeedSpec, feedIdOf } from '@nexus/kit/feed'
import type { Catalogue } from '@nexus/packs/catalogue'
import { feedSpecOfDataset } from '@nexus/packs/feed-spec'

/** Base units of one nxUSD. */
export const USD = 1_000_000n
const WAD = '1000000000000000000'
const HALF = '500000000000000000'

export const seconds = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000
export const DAY = 86_400

export interface Reading {
  name: string
  /** For the table: what was read, from how many readings. */
  sourceName: string
  feed: FeedSpec
  feedId: `0x${string}`
  from: string
  to: string
  /** What the data say: the index, scaled, and the level that it earns. Anything else is a failure of the run. */
  expected: { value: string; eql: number }
}

export interface Cover extends Reading {
  coverAssets: bigint
  premiumAssets: bigint
  boundAt: string
  waitingDays: number
  /** For the table: the trigger in words. */
  trigger: string
  unit: string
  knots: readonly { x: string; below: string; at: string; above: string }[]
  /** By the formula, at the expected index. */
  expectedPaid: bigint
}

function reading(
  catalogue: Catalogue,
  dataset: string,
  model: string,
  params: Record<string, string | number>,
  rest: Omit<Reading, 'feed' | 'feedId'>,
): Reading {
  const feed = feedSpecOfDataset(catalogue, dataset, model, params)
  return { ...rest, feed, feedId: feedIdOf(feed) }
}

/** What is measured and what is promised on it: one full payout, one of nothing, one in part, one on the boundary itself. */
export function scenario(catalogue: Catalogue) {
  const quake = (name: string, lat: string, lon: string, radiusKm: string, value: string) =>
    reading(
      catalogue,
      'vega-earthquakes',
      'quake-max-magnitude',
      { lat, lon, radiusKm },
      { name, sourceName: 'USGS', from: '2018-02-01', to: '2018-02-07', expected: { value, eql: 3 } },
    )
  const seattle = (
    name: string,
    model: string,
    params: Record<string, string | number>,
    window: { from: string; to: string },
    expected: Reading['expected'],
  ) => reading(catalogue, 'vega-seattle-weather', model, params, { name, sourceName: 'NOAA', ...window, expected })

  const dry: Cover = {
    ...seattle(
      'Seattle driest 90 days',
      'dry-spell',
      { days: 90 },
      { from: '2012-01-01', to: '2013-01-01' },
      { value: '174', eql: 3 },
    ),
    coverAssets: 200_000n * USD,
    premiumAssets: 12_000n * USD,
    boundAt: '2011-12-05',
    waitingDays: 14,
    trigger: '60 mm → 0 mm',
    unit: 'mm',
    knots: [
      { x: '0', below: WAD, at: WAD, above: WAD },
      { x: '600', below: '0', at: '0', above: '0' },
    ],
    expectedPaid: 142_000n * USD, // (60 − 17.4) / 60 of it
  }
  const wet: Cover = {
    ...seattle(
      'Seattle wettest day',
      'rain-sum-extreme',
      { days: 1 },
      { from: '2015-01-01', to: '2016-01-01' },
      { value: '559', eql: 3 },
    ),
    coverAssets: 150_000n * USD,
    premiumAssets: 9_000n * USD,
    boundAt: '2014-12-01',
    waitingDays: 14,
    trigger: '≥ 55.9 mm: half, > 55.9 mm: all',
    unit: 'mm',
    knots: [{ x: '559', below: '0', at: HALF, above: WAD }],
    expectedPaid: 75_000n * USD, // at the knot itself
  }
  const step = (x: string) => [{ x, below: '0', at: WAD, above: WAD }]
  const hualien: Cover = {
    ...quake('Hualien earthquake', '23.9769', '121.6044', '50', '640'),
    coverAssets: 250_000n * USD,
    premiumAssets: 7_500n * USD,
    boundAt: '2018-01-10',
    waitingDays: 7,
    trigger: '≥ M 6.00 within 50 km',
    unit: 'M',
    knots: step('600'),
    expectedPaid: 250_000n * USD,
  }
  const tokyo: Cover = {
    ...quake('Tokyo earthquake', '35.6762', '139.6503', '100', '0'),
    coverAssets: 250_000n * USD,
    premiumAssets: 5_000n * USD,
    boundAt: '2018-01-10',
    waitingDays: 7,
    trigger: '≥ M 5.50 within 100 km',
    unit: 'M',
    knots: step('550'),
    expectedPaid: 0n,
  }
  const spi = seattle(
    'Seattle SPI-3, July 2015',
    'spi',
    { scaleMonths: 3, calFrom: 2012, calTo: 2015, minYears: 4 },
    { from: '2015-05-01', to: '2015-08-01' },
    { value: '-165', eql: 1 },
  )
  /** Of a part of Tokyo's window, for a proposal of a rail to stand on. */
  const late: Reading = { ...tokyo, name: 'Tokyo, three days', from: '2018-02-02', to: '2018-02-05' }
  return { covers: { dry, wet, hualien, tokyo }, spi, late, deposits: [600_000n * USD, 400_000n * USD] as const }
}
export type Scenario = ReturnType<typeof scenario>
