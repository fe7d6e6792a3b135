import type { FeedSpec } from '@nexus/kit/feed'

const zeros = `0x${'00'.repeat(32)}` as const
export const feed: FeedSpec = {
  model: 'quake-max-magnitude',
  modelVersion: '1.0.0',
  modelCodeHash: zeros,
  params: { lat: 23.97, lon: 121.6, radiusKm: 100 },
  source: { adapter: 'usgs-geojson', codeHash: zeros, dataset: 'usgs', options: {} },
  datasetVersion: '3.2.1',
  decimals: 2,
  uncertainty: null,
}
export const document = (changes: Record<string, unknown> = {}) => ({
  version: 1,
  feed: feed as unknown,
  xDecimals: 2,
  formula: {
    rounding: 'down',
    knots: [{ x: '640', below: '0', at: '1000000000000000000', above: '1000000000000000000' }],
  },
  asset: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  coverAssets: '50000000000',
  window: { from: '2018-02-01T00:00:00Z', to: '2018-02-07T00:00:00Z' },
  minEql: 3,
  evidence: 'final',
  readings: 'whole',
  waitingSeconds: 86400,
  reportingDeadline: '2018-12-31T00:00:00Z',
  ...changes,
})
