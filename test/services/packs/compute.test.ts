import { feedIdOf } from '@nexus/kit/feed'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { feedSpecFor, feedSpecOfDataset } from '@nexus/packs/feed-spec'
import { expect } from 'chai'
import { utf8, vegaFile, windowOf } from '../../oracles/support/data.ts'
import { thrownBy } from './support.ts'

const catalogue = loadCatalogue()
const seattle = { name: 'seattle.csv', bytes: vegaFile('seattle-weather.csv') }
const window = windowOf('2012-01-01', '2013-01-01')
const feed = feedSpecOfDataset(catalogue, 'vega-seattle-weather', 'dry-spell', { days: 90 })

describe('computing the index of a feed', () => {
  it('takes raw bytes to the index, with the dataset it was made from', async () => {
    const { dataset, result } = await computeIndex({ catalogue, feed, window, inputs: [seattle] })
    expect(result.index.scaled).to.equal('174')
    expect(dataset.observations).to.have.length(1461)
  })

  it('gives the same for the same file in parts, in whatever order they come', async () => {
    const [header = '', ...rows] = new TextDecoder().decode(seattle.bytes).trim().split('\n')
    const part = (name: string, from: number, to: number) => ({
      name,
      bytes: utf8([header, ...rows.slice(from, to)].join('\n')),
    })
    const whole = await computeIndex({ catalogue, feed, window, inputs: [seattle] })
    const parts = [part('b', 500, 1461), part('a', 0, 520)]
    const merged = await computeIndex({ catalogue, feed, window, inputs: parts })
    expect(merged.result).to.deep.equal(whole.result)
    expect(merged.dataset).to.deep.equal(whole.dataset)
    expect((await computeIndex({ catalogue, feed, window, inputs: parts.toReversed() })).result).to.deep.equal(
      whole.result,
    )
  })

  it('refuses a feed that was made for other code', async () => {
    const other = `0x${'1'.repeat(64)}` as const
    for (const changed of [
      { ...feed, modelCodeHash: other },
      { ...feed, source: { ...feed.source, codeHash: other } },
    ])
      expect(await thrownBy(() => computeIndex({ catalogue, feed: changed, window, inputs: [seattle] }))).to.include({
        code: 'code-differs',
        exitCode: 3,
      })
  })

  it('refuses a feed whose decimals are not those its parameters make the model print', async () => {
    const changed = { ...feed, decimals: 2 }
    expect((await thrownBy(() => computeIndex({ catalogue, feed: changed, window, inputs: [seattle] }))).code).to.equal(
      'decimals-differ',
    )
    const asked = feedSpecFor({
      catalogue,
      model: 'dry-spell',
      params: { days: 90 },
      adapter: 'csv',
      dataset: 'd',
      datasetVersion: '1',
      decimals: 2,
      uncertainty: null,
    })
    const { result } = await computeIndex({ catalogue, feed: asked, window, inputs: [seattle] })
    expect(result.index).to.include({ value: '17.40', scaled: '1740', decimals: 2 })
  })

  it("passes on what a parser refuses, with the input's name and line, exit 2", async () => {
    const inputs = [{ name: 'bad.csv', bytes: utf8('date,precipitation\n2012-01-01,x\n') }]
    const thrown = await thrownBy(() => computeIndex({ catalogue, feed, window, inputs }))
    expect(thrown).to.deep.include({ code: 'bad-value', exitCode: 2, details: { input: 'bad.csv', line: 2 } })
    expect((await thrownBy(() => computeIndex({ catalogue, feed, window, inputs: [] }))).code).to.equal('no-input')
    expect(
      (await thrownBy(() => computeIndex({ catalogue, feed, window: { from: 1, to: 2 }, inputs: [seattle] }))).code,
    ).to.equal('bad-window')
  })

  it('refuses an input over the size limit', async () => {
    const inputs = [{ name: 'big.csv', bytes: new Uint8Array(64 * 1024 * 1024 + 1) }]
    expect(await thrownBy(() => computeIndex({ catalogue, feed, window, inputs }))).to.include({
      code: 'input-too-large',
      exitCode: 2,
    })
  })
})

describe('feed specifications', () => {
  it('are the same feed whether parameters come as text or as numbers', () => {
    const ask = (params: object) =>
      feedIdOf(feedSpecOfDataset(catalogue, 'vega-earthquakes', 'quake-max-magnitude', { ...params }))
    expect(ask({ lat: 23.5, lon: '121', radiusKm: 50 })).to.equal(
      ask({ lat: '23.5', lon: 121, radiusKm: '50', emptyValue: '0' }),
    )
    expect(ask({ lat: '23.5', lon: '121', radiusKm: '50' })).to.not.equal(
      ask({ lat: '23.5', lon: '121', radiusKm: '51' }),
    )
  })

  it('carry code hashes, the edition, a cited uncertainty, and no window', () => {
    expect(feed).to.include({
      model: 'dry-spell',
      modelVersion: '1.0.0',
      datasetVersion: 'vega-datasets 3.2.1',
      decimals: 1,
    })
    expect(feed.modelCodeHash).to.equal(catalogue.model('dry-spell').codeHash)
    expect(feed.source.codeHash).to.equal(catalogue.source('csv').codeHash)
    expect(feed.uncertainty?.source).to.include('WMO-No. 8')
    expect(Object.keys(feed.params)).to.deep.equal(['days', 'maxMissingDays'])
  })
})
