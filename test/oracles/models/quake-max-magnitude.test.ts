import { expect } from 'chai'
import fc from 'fast-check'
import { run } from '../../../oracles/models/quake-max-magnitude/index.ts'
import { parse } from '../../../oracles/sources/usgs-geojson/parse.ts'
import type { Coverage, Dataset, Observation, Params } from '../../../oracles/types.ts'
import { refusalOf, vegaFile, windowOf } from '../support/data.ts'

const feed = parse(vegaFile('earthquakes.json'), {})
const window = windowOf('2018-02-01', '2018-02-07')
const hualien = { lat: '23.9769', lon: '121.6044', radiusKm: '50' }
const tokyo = { lat: '35.6812', lon: '139.7671', radiusKm: '100' }

type Change = Partial<Observation['attributes']> & { id?: string; time?: string; value?: string | null }

/** An earthquake at 0° N 0° E, M 5, 10 km deep, on 2018-02-03, but for what is changed. */
function quake({ id = 'a', time = '2018-02-03T00:00:00.000Z', value = '5', ...attributes }: Change = {}): Observation {
  const base = {
    type: 'earthquake',
    status: 'reviewed',
    magType: 'mb',
    lat: '0',
    lon: '0',
    depthKm: '10',
    updated: 1,
    ids: `,${id},`,
  }
  return {
    id,
    time,
    value,
    unit: 'magnitude',
    quality: 'reviewed',
    attributes: { ...base, ...attributes } as Observation['attributes'],
  }
}
const whole: Coverage = {
  from: '2018-01-01T00:00:00.000Z',
  to: '2018-03-01T00:00:00.000Z',
  generatedAt: null,
  truncated: false,
}
const dataset = (observations: Observation[], coverage: Partial<Coverage> = {}): Dataset => ({
  observations,
  coverage: { ...whole, ...coverage },
})
const here = { lat: '0', lon: '0', radiusKm: '100' }
const largest = (observations: Observation[], params: Params = {}) =>
  run(dataset(observations), { ...here, ...params }, window)
const reasons = (change: Change, params: Params = {}) => Object.keys(largest([quake(change)], params).quality.excluded)

describe('quake-max-magnitude', () => {
  it('finds M 6.4 near Hualien on 2018-02-06', () => {
    const result = run(feed, hualien, window)
    expect(result.index).to.deep.equal({ time: '2018-02-06T15:50:42.400Z', value: '6.40', scaled: '640', decimals: 2 })
    expect(result.used).to.deep.equal(['us1000chhc'])
    expect(result.quality.flags).to.deep.equal([])
    // 20 events passed every filter, one of them decided
    expect(result.quality.used).to.equal(20)
    const left = Object.values(result.quality.excluded).reduce((sum, n) => sum + n, 0)
    expect(20 + left).to.equal(feed.observations.length)
    expect(result.quality.coverage).to.equal(1)
    const used = feed.observations.find(({ id }) => id === 'us1000chhc')
    expect(used?.attributes).to.include({ lat: '24.1737', lon: '121.653', depthKm: '10.64', magType: 'mww' })
  })

  it('finds nothing within 100 km of Tokyo, and says that it looked', () => {
    const { index, used, quality } = run(feed, tokyo, window)
    expect(index).to.deep.equal({ time: null, value: '0.00', scaled: '0', decimals: 2 })
    expect(used).to.deep.equal([])
    expect(quality.flags).to.deep.equal(['empty'])
  })

  it('finds the event nearest to Tokyo at 154.515 km', () => {
    expect(run(feed, { ...tokyo, radiusKm: '154.514' }, window).quality.flags).to.deep.equal(['empty'])
    expect(run(feed, { ...tokyo, radiusKm: '154.515' }, window).used).to.deep.equal(['us1000chrs'])
  })

  it('agrees with a search written otherwise, at random places', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -90, max: 90 }),
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 100 }),
        (lat, lon, radius, maxDepth) => {
          const near = feed.observations.filter(({ time, value, quality, attributes }) => {
            const [a, b] = [(lat * Math.PI) / 180, (Number(attributes['lat']) * Math.PI) / 180]
            const dLon = ((Number(attributes['lon']) - lon) * Math.PI) / 180
            const cosine = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(dLon)
            return (
              attributes['type'] === 'earthquake' &&
              quality === 'reviewed' &&
              value !== null &&
              Date.parse(time) >= window.from * 1000 &&
              Date.parse(time) < window.to * 1000 &&
              Number(attributes['depthKm']) <= maxDepth &&
              Number(attributes['depthKm']) >= -100 &&
              Math.acos(Math.min(1, cosine)) * 6371.0088 <= radius
            )
          })
          const expected =
            near.length === 0 ? '0' : String(Math.round(Math.max(...near.map(({ value }) => Number(value))) * 100))
          const params = { lat, lon, radiusKm: radius, maxDepthKm: maxDepth }
          const { index, series, quality } = run(feed, params, window)
          expect(index.scaled).to.equal(expected)
          expect(series).to.have.length(near.length)
          expect(quality.used).to.equal(near.length)
        },
      ),
    )
  })

  it('takes from ≤ time < to, by the time of the event and not of its update', () => {
    expect(reasons({ time: '2018-02-01T00:00:00.000Z' })).to.deep.equal([])
    expect(reasons({ time: '2018-01-31T23:59:59.999Z' })).to.deep.equal(['outside-window'])
    expect(reasons({ time: '2018-02-06T23:59:59.999Z' })).to.deep.equal([])
    expect(reasons({ time: '2018-02-07T00:00:00.000Z' })).to.deep.equal(['outside-window'])
    expect(reasons({ updated: Date.parse('2019-01-01') })).to.deep.equal([])
  })

  it('takes depths inclusive of both bounds, negative ones too, exactly', () => {
    const depths = { minDepthKm: '-1.5', maxDepthKm: '10.64' }
    for (const depthKm of ['-1.5', '10.64', '10.640', '0'])
      expect(reasons({ depthKm }, depths), depthKm).to.deep.equal([])
    for (const depthKm of ['-1.501', '10.6400001'])
      expect(reasons({ depthKm }, depths), depthKm).to.deep.equal(['depth'])
  })

  it('compares distances rounded to 1 m with the radius', () => {
    // 0.899322° on a great circle of the mean sphere is 100000.00 m; a metre more is 0.00000899°
    expect(reasons({ lat: '0.899320' })).to.deep.equal([])
    expect(reasons({ lat: '0.899330' })).to.deep.equal(['distance'])
    expect(reasons({}, { radiusKm: '0' })).to.deep.equal([])
  })

  it('leaves out explosions, automatic events, other magnitude types, and events without magnitude or depth', () => {
    expect(reasons({ type: 'quarry blast' })).to.deep.equal(['not-earthquake'])
    expect(reasons({ status: 'automatic' })).to.deep.equal(['status'])
    expect(reasons({ status: 'automatic' }, { statuses: 'reviewed,automatic' })).to.deep.equal([])
    expect(reasons({ magType: 'ml' }, { magTypes: 'mww,mb' })).to.deep.equal(['magnitude-type'])
    expect(reasons({ magType: 'mb' }, { magTypes: 'mww,mb' })).to.deep.equal([])
    expect(reasons({ value: null })).to.deep.equal(['no-magnitude'])
    expect(reasons({ depthKm: null })).to.deep.equal(['no-depth'])
  })

  it('takes the newest record of an event that two networks report, even one that takes it back', () => {
    const us = quake({ id: 'us1', value: '6.1', updated: 5, ids: ',us1,ci9,' })
    const ci = quake({ id: 'ci9', value: '5.9', updated: 7, ids: ',ci9,us1,' })
    expect(largest([us, ci]).used).to.deep.equal(['ci9'])
    expect(largest([ci, us]).used).to.deep.equal(['ci9'])
    expect(largest([us, ci]).quality.excluded).to.deep.equal({ duplicate: 1 })
    const retracted = quake({ id: 'ci9', type: 'explosion', updated: 7, ids: ',ci9,us1,' })
    expect(largest([us, retracted]).quality.flags).to.deep.equal(['empty'])
  })

  it('joins records that share an id only through a third', () => {
    const a = quake({ id: 'a', value: '7', updated: 1, ids: ',a,x,' })
    const b = quake({ id: 'b', value: '6', updated: 2, ids: ',b,y,' })
    const c = quake({ id: 'c', value: '5', updated: 3, ids: ',c,x,y,' })
    for (const order of [
      [a, b, c],
      [c, a, b],
      [b, c, a],
    ])
      expect(largest(order).used).to.deep.equal(['c'])
  })

  it('breaks ties by the earliest, then by id, at the printed decimals', () => {
    const late = quake({ id: 'a', time: '2018-02-04T00:00:00.000Z', value: '5.001' })
    const early = quake({ id: 'b', time: '2018-02-03T00:00:00.000Z', value: '5' })
    expect(largest([late, early]).used).to.deep.equal(['b'])
    expect(largest([late, early], { decimals: 3 }).used).to.deep.equal(['a'])
    expect(largest([quake({ id: 'z' }), quake({ id: 'y' })]).used).to.deep.equal(['y'])
  })

  it('rounds magnitudes half away from zero, from their text', () => {
    for (const [value, scaled] of [
      ['1.005', '101'],
      ['-1.005', '-101'],
      ['6.4', '640'],
      ['2.675', '268'],
      ['-0.004', '0'],
    ] as const)
      expect(largest([quake({ value })]).index.scaled, value).to.equal(scaled)
  })

  it('prints the value that the terms want where nothing happened', () => {
    expect(largest([], { emptyValue: '-1.5' }).index).to.include({ value: '-1.50', scaled: '-150' })
  })

  it('is missing when the source did not look at all of the window, events or not', () => {
    for (const observations of [[], [quake()]])
      for (const coverage of [
        { from: '2018-02-01T00:00:00.001Z' },
        { to: '2018-02-06T23:59:59.999Z' },
        { from: null },
        { to: null },
      ]) {
        const { index, used, quality } = run(dataset(observations, coverage), here, window)
        expect(index).to.deep.equal({ time: null, value: null, scaled: null, decimals: 2 })
        expect(used).to.deep.equal([])
        expect(quality.flags).to.deep.equal(['window-not-covered'])
        expect(quality.coverage).to.be.lessThan(1)
      }
  })

  it('is missing when the answer was cut off', () => {
    const { index, quality } = run(dataset([quake()], { truncated: true }), here, window)
    expect([index.scaled, quality.flags]).to.deep.equal([null, ['truncated']])
  })

  it('accepts an answer about a circle only if it contains its own with a margin, and no filter that it does not know', () => {
    const flags = (limits: Record<string, string>) => run(dataset([quake()], { limits }), here, window).quality.flags
    expect(flags({ latitude: '0.0', longitude: '0', maxradiuskm: '101' })).to.deep.equal([])
    expect(flags({ eventtype: 'earthquake' })).to.deep.equal([])
    for (const limits of [
      { latitude: '0', longitude: '0', maxradiuskm: '100' },
      { latitude: '0.1', longitude: '0', maxradiuskm: '500' },
      { latitude: '0', longitude: '0' },
      { minmagnitude: '2.5' },
      { eventtype: 'explosion' },
      { reviewstatus: 'automatic' },
    ])
      expect(flags(limits as Record<string, string>), JSON.stringify(limits)).to.deep.equal(['limited-query'])
  })

  it('refuses parameters that make no sense', () => {
    const code = (params: Params) => refusalOf(() => run(feed, { ...here, ...params }, window)).code
    for (const params of [
      { lat: '91' },
      { lat: 'NaN' },
      { lon: '181' },
      { radiusKm: '-1' },
      { radiusKm: '0.0001' },
      { radiusKm: 'Infinity' },
      { minDepthKm: '20', maxDepthKm: '10' },
      { statuses: '' },
      { magTypes: 'mb,,ml' },
      { decimals: 10 },
      { emptyValue: 'none' },
    ] as Params[])
      expect(code(params), JSON.stringify(params)).to.equal('bad-param')
    expect(code({ radius: '100' })).to.equal('unknown-param')
    expect(refusalOf(() => run(feed, here, { from: 5, to: 5 })).code).to.equal('bad-window')
  })
})
