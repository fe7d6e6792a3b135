import { expect } from 'chai'
import fc from 'fast-check'
import { parse } from '../../../oracles/sources/usgs-geojson/parse.ts'
import { request } from '../../../oracles/sources/usgs-geojson/request.ts'
import type { Coverage } from '../../../oracles/types.ts'
import { refusalOf, utf8, vegaFile, windowOf } from '../support/data.ts'
import { mutations } from '../support/hostile.ts'

const ALL_WEEK = 'https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_week.geojson'
const GENERATED = Date.parse('2018-02-07T01:49:14Z')

const properties = {
  mag: 6.4,
  place: 'Taiwan',
  time: 1517932242400,
  updated: 1517968000000,
  status: 'reviewed',
  ids: ',us1,',
  magType: 'mww',
  type: 'earthquake',
}
const feature = (change: object = {}, outer: object = {}) => ({
  type: 'Feature',
  properties: { ...properties, ...change },
  geometry: { type: 'Point', coordinates: [121.653, 24.1737, 10.64] },
  id: 'us1',
  ...outer,
})
const collection = (features: unknown[], metadata: object = {}) =>
  JSON.stringify({
    type: 'FeatureCollection',
    metadata: { generated: GENERATED, url: ALL_WEEK, count: features.length, ...metadata },
    features,
  })
const refuse = (text: string) => refusalOf(() => parse(utf8(text), {})).code
const coverageOf = (metadata: object, features: unknown[] = []): Coverage =>
  parse(utf8(collection(features, metadata)), {}).coverage
const query = (text: string) => `https://earthquake.usgs.gov/fdsnws/event/1/query?${text}`

describe('usgs-geojson source', () => {
  it('reads a week of events as USGS printed them', () => {
    const { observations, coverage } = parse(vegaFile('earthquakes.json'), {})
    expect(observations).to.have.length(1707)
    expect(observations.find(({ id }) => id === 'us1000chhc')).to.deep.equal({
      id: 'us1000chhc',
      time: '2018-02-06T15:50:42.400Z',
      value: '6.4',
      unit: 'magnitude',
      quality: 'reviewed',
      attributes: {
        type: 'earthquake',
        status: 'reviewed',
        magType: 'mww',
        lat: '24.1737',
        lon: '121.653',
        depthKm: '10.64',
        updated: 1517967111797,
        ids: ',us1000chhc,',
        place: '22km NNE of Hualian, Taiwan',
      },
    })
    expect(coverage).to.deep.equal({
      from: '2018-01-31T01:49:14.000Z',
      to: '2018-02-07T01:49:14.000Z',
      generatedAt: '2018-02-07T01:49:14.000Z',
      truncated: false,
    })
  })

  it('agrees with JSON.parse on every magnitude, place and time of that week', () => {
    const { observations } = parse(vegaFile('earthquakes.json'), {})
    const raw = JSON.parse(new TextDecoder().decode(vegaFile('earthquakes.json'))) as {
      features: { id: string; properties: { mag: number; time: number }; geometry: { coordinates: number[] } }[]
    }
    raw.features.forEach(({ id, properties: { mag, time }, geometry: { coordinates } }, i) => {
      const o = observations[i]
      expect([o?.id, Number(o?.value), o?.time]).to.deep.equal([id, mag, new Date(time).toISOString()])
      expect(['lon', 'lat', 'depthKm'].map(name => Number(o?.attributes[name]))).to.deep.equal(coordinates)
    })
  })

  it('keeps the digits of numbers exactly, exponents written out', () => {
    const value = (mag: string) => {
      const text = collection([feature()]).replace('"mag":6.4', `"mag":${mag}`)
      return parse(utf8(text), {}).observations[0]?.value
    }
    expect(value('6.40')).to.equal('6.40')
    expect(value('1.005')).to.equal('1.005')
    expect(value('-0.10')).to.equal('-0.10')
    expect(value('0.10000000000000001')).to.equal('0.10000000000000001')
    expect(value('64e-1')).to.equal('6.4')
    expect(value('0.64E+1')).to.equal('6.4')
    expect(value('6.4e0')).to.equal('6.4')
    expect(value('1.5e-3')).to.equal('0.0015')
    expect(value('null')).to.equal(null)
  })

  it('covers what a summary feed of all magnitudes spans, and nothing by other feeds', () => {
    for (const [name, hours] of [
      ['all_hour', 1],
      ['all_day', 24],
      ['all_week', 168],
      ['all_month', 720],
    ] as const) {
      const { from, to } = coverageOf({ url: ALL_WEEK.replace('all_week', name) })
      expect(Date.parse(to ?? '') - Date.parse(from ?? ''), name).to.equal(hours * 3600_000)
    }
    for (const name of ['4.5_week', 'significant_month', 'all_year', '__proto__', 'constructor'])
      expect(coverageOf({ url: ALL_WEEK.replace('all_week', name) }).from, name).to.equal(null)
  })

  it('covers what a query asked for, but not past the moment it was answered', () => {
    const asked = (text: string) => coverageOf({ url: query(text) })
    expect(asked('format=geojson&starttime=2018-01-01&endtime=2018-02-01T12:00:00.000Z')).to.deep.include({
      from: '2018-01-01T00:00:00.000Z',
      to: '2018-02-01T12:00:00.000Z',
    })
    expect(asked('starttime=2018-01-01T00%3A00%3A00&endtime=2018-03-01&format=geojson').to).to.equal(
      '2018-02-07T01:49:14.000Z',
    )
    for (const text of [
      'starttime=2018-01-01',
      'endtime=2018-01-01',
      'starttime=yesterday&endtime=2018-02-01',
      'starttime=2018-01-01&starttime=2018-01-02&endtime=2018-02-01',
      'starttime=%zz&endtime=2018-02-01',
      '',
    ])
      expect(asked(text).from, text).to.equal(null)
  })

  it('tells the filters of a query', () => {
    const { limits } = coverageOf({
      url: query(
        'starttime=2018-01-01&endtime=2018-02-01&Latitude=1&longitude=2&maxradiuskm=50&minmagnitude=2.5&orderby=time',
      ),
    })
    expect(limits).to.deep.equal({ latitude: '1', longitude: '2', maxradiuskm: '50', minmagnitude: '2.5' })
  })

  it('covers nothing where the answer does not say when it was made or what was asked', () => {
    for (const metadata of [
      { generated: null },
      { generated: '2018' },
      { url: null },
      { url: 'https://example.org/x.geojson' },
    ])
      expect(coverageOf(metadata), JSON.stringify(metadata)).to.include({ from: null, to: null })
  })

  it('knows when an answer was cut off', () => {
    const url = query('starttime=2018-01-01&endtime=2018-02-01')
    const one = [feature()]
    expect(coverageOf({ url }, one).truncated).to.equal(false)
    expect(coverageOf({ url, limit: 2 }, one).truncated).to.equal(false)
    expect(coverageOf({ url, limit: 1 }, one).truncated).to.equal(true)
    expect(coverageOf({ url: `${url}&limit=1` }, one).truncated).to.equal(true)
    expect(coverageOf({ url: `${url}&limit=x` }, one).truncated).to.equal(true)
    expect(coverageOf({ url, offset: 2 }, one).truncated).to.equal(true)
    expect(coverageOf({ url: `${url}&offset=5` }, one).truncated).to.equal(true)
    expect(coverageOf({ url, count: 2 }, one).truncated).to.equal(true)
  })

  it('refuses what is not JSON, not UTF-8 or not this format', () => {
    for (const text of [
      '',
      '{',
      '\uFEFF{}',
      '{"a":NaN}',
      '{"a":Infinity}',
      '{"a":1,}',
      "{'a':1}",
      '{"a":01}',
      'null x',
    ])
      expect(refuse(text), text).to.equal('not-json')
    for (const text of [
      'null',
      '[]',
      '1',
      '"x"',
      '{}',
      '{"type":"FeatureCollection"}',
      '{"type":"FeatureCollection","features":{}}',
    ])
      expect(refuse(text), text).to.equal('not-geojson')
    expect(refuse(collection([null]))).to.equal('not-geojson')
    expect(refuse(collection([feature({}, { geometry: null })]))).to.equal('not-geojson')
    expect(refusalOf(() => parse(new Uint8Array([0x7b, 0xff, 0x7d]), {})).code).to.equal('not-utf8')
  })

  it('refuses nesting that would exhaust a stack, without building it', () => {
    expect(refuse('['.repeat(5_000_000))).to.equal('too-deep')
    expect(refuse(`{"a":${'{"a":'.repeat(40)}1${'}'.repeat(41)}`)).to.equal('too-deep')
    expect(refuse(`"${'['.repeat(100)}"`)).to.equal('not-geojson')
  })

  it('refuses keys twice, escaped keys and keys of prototypes', () => {
    expect(refuse('{"a":1,"b":{"a":2},"a":3}')).to.equal('duplicate-key')
    expect(refuse('{"m\\u0061g":1}')).to.equal('escaped-key')
    for (const key of ['__proto__', 'constructor', 'prototype'])
      expect(refuse(`{"${key}":{}}`), key).to.equal('forbidden-key')
    expect(refuse('{"a":"b\\":c","b" : [{"a":1},{"a":1}]}'), 'the same key in two objects is fine').to.equal(
      'not-geojson',
    )
  })

  it('refuses strings with half of a surrogate pair', () => {
    expect(refuse(collection([feature()]).replace('"Taiwan"', '"\\ud83d"'))).to.equal('lone-surrogate')
    expect(refuse(collection([feature()]).replace('"Taiwan"', '"\\ud83d\\ude00"'))).to.equal('none')
  })

  it('refuses fields of another kind, out of range or without end', () => {
    for (const change of [
      { time: '1517932242400' },
      { time: 1.5 },
      { time: null },
      { updated: undefined },
      { status: 1 },
      { status: '' },
      { type: null },
      { ids: ['us1'] },
      { mag: '6.4' },
      { mag: true },
      { magType: 5 },
      { time: 1e15 },
      { type: 'x'.repeat(1001) },
    ])
      expect(refuse(collection([feature(change)])), JSON.stringify(change).slice(0, 60)).to.equal('bad-field')
    for (const coordinates of [
      [1, 2],
      [1, 2, 3, 4],
      ['1', 2, 3],
      [null, 2, 3],
    ])
      expect(refuse(collection([feature({}, { geometry: { type: 'Point', coordinates } })]))).to.equal('bad-field')
    for (const coordinates of [
      [181, 0, 0],
      [0, -91, 0],
      [0, 0, 1001],
    ])
      expect(refuse(collection([feature({}, { geometry: { type: 'Point', coordinates } })]))).to.equal('out-of-range')
    expect(refuse(collection([feature({ mag: 11 })]))).to.equal('out-of-range')
    for (const mag of ['1e999', '1e16', `6.${'4'.repeat(50)}`, '1e-16'])
      expect(refuse(collection([feature()]).replace('"mag":6.4', `"mag":${mag}`)), mag).to.equal('bad-number')
    expect(refuse(collection([feature({}, { id: 5 })]))).to.equal('bad-field')
  })

  it('refuses the same id twice in one answer', () => {
    expect(refuse(collection([feature(), feature()]))).to.equal('duplicate-id')
  })

  it('either reads or refuses whatever comes, never in another way', () => {
    const valid = utf8(collection([feature(), feature({ mag: null }, { id: 'us2' })]))
    fc.assert(
      fc.property(mutations(valid), bytes => {
        expect(refusalOf(() => parse(bytes, {})).code).to.be.a('string')
      }),
      { numRuns: 3000 },
    )
  })

  describe('request', () => {
    const window = windowOf('2018-02-01', '2018-02-07')
    const ask = (params: object, options: object = {}, baseUrl: string | null = null) =>
      request({ params: params as never, options: options as never, window, baseUrl }).url

    it('asks the event service for all of a window, in a circle a little wider than the cover', () => {
      const url = new URL(ask({ lat: '23.9769', lon: '121.6044', radiusKm: '50' }))
      expect(url.origin + url.pathname).to.equal('https://earthquake.usgs.gov/fdsnws/event/1/query')
      expect(Object.fromEntries(url.searchParams)).to.deep.equal({
        format: 'geojson',
        starttime: '2018-02-01T00:00:00.000Z',
        endtime: '2018-02-07T00:00:00.000Z',
        orderby: 'time-asc',
        latitude: '23.9769',
        longitude: '121.6044',
        maxradiuskm: '52',
      })
    })

    it('asks so that its own parser and the model find the answer whole, for any circle', async () => {
      const { run } = await import('../../../oracles/models/quake-max-magnitude/index.ts')
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 20_000 }), radiusKm => {
          const params = { lat: '23.9', lon: '121.6', radiusKm }
          const dataset = parse(utf8(collection([], { url: ask(params) })), {})
          expect(run(dataset, params, window).quality.flags).to.deep.equal(['empty'])
        }),
      )
    })

    it('asks for a summary feed, or elsewhere', () => {
      expect(ask({}, { service: 'all_week' })).to.equal(ALL_WEEK)
      expect(ask({}, { service: 'all_day' }, 'http://127.0.0.1:9/')).to.equal(
        'http://127.0.0.1:9/earthquakes/feed/v1.0/summary/all_day.geojson',
      )
      expect(refusalOf(() => ask({}, { service: '4.5_week' })).code).to.equal('bad-param')
    })
  })
})
