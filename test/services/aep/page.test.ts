import { spread } from '@nexus/aep/chart'
import { openPack } from '@nexus/aep/pack'
import { renderPage, uncertaintyBand } from '@nexus/aep/page'
import { WAD } from '@nexus/terms/formula'
import { expect } from 'chai'
import { buildInput, samplePack } from './fixtures.ts'

const pageOf = (changes: Parameters<typeof samplePack>[0] = {}, more: object = {}) =>
  renderPage({
    pack: openPack(samplePack(changes).files),
    recomputed: buildInput().result,
    operators: [],
    unit: 'mm',
    ...more,
  })

const count = (page: string, pattern: RegExp) => page.match(pattern)?.length ?? 0

describe('the page of a pack', () => {
  it('shows the value, the root, the window, the level, the source and what decided it', () => {
    const page = pageOf()
    for (const shown of [
      samplePack().aepId,
      '3.5',
      '2012-01-01 to 2012-01-04',
      'not anchored',
      'https://gauge.invalid/2012.csv',
      'CC0-1.0',
      'claim/observation/000000',
      'resolution of the gauge',
    ])
      expect(page, shown).to.include(shown)
  })

  it('draws every reading, the index, its band and the knots of a formula', () => {
    const knots = [
      { x: 30n, below: 0n, at: WAD / 2n, above: WAD / 2n },
      { x: 35n, below: WAD, at: WAD, above: WAD },
    ]
    const page = pageOf({}, { cover: { formula: { xDecimals: 1, knots }, outcome: 'It pays 7 of 10.' } })
    expect(count(page, /<circle cx/g)).to.equal(3)
    expect(count(page, /class="at"/g)).to.equal(1)
    expect(count(page, /class="band"/g)).to.equal(1)
    expect(count(page, /<line class="threshold" x1="64"/g)).to.equal(2)
    expect(page).to.include('3.0: 0 % → 50 %').and.to.include('3.5: 100 %').and.to.include('It pays 7 of 10.')
  })

  it('draws a long series as a line that stops where values are missing', () => {
    const series = Array.from({ length: 300 }, (_, n) => ({
      time: new Date(Date.UTC(2012, 0, 1 + n)).toISOString().slice(0, 10),
      value: n === 100 ? null : `${n}`,
    }))
    const [, line = ''] = /<path class="line" d="([^"]*)"/.exec(pageOf({}, { recomputed: { series } })) ?? []
    expect(count(line, /M/g)).to.equal(2)
    expect(count(line, /[ML]/g)).to.equal(299)
  })

  it('asks the network for nothing and runs nothing, by its own policy', () => {
    const page = pageOf()
    expect(page).to.include(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(page).to.not.match(/<script|<link|<img|<iframe|@import|url\(| on\w+=/)
  })

  it('treats all text of a pack as text', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\''
    const [input] = buildInput().inputs
    const { dataset, result } = buildInput()
    const observations = dataset.observations.map(observation => ({ ...observation, quality: evil, unit: evil }))
    const page = pageOf(
      {
        inputs: input === undefined ? [] : [{ ...input, url: evil, licence: evil }],
        dataset: { ...dataset, observations },
        result: { ...result, quality: { ...result.quality, flags: [evil], excluded: { [evil]: 1 } } },
        assumptions: [{ subject: evil, statement: evil }],
      },
      { title: evil, unit: evil, cover: { formula: { xDecimals: 1, knots: [] }, outcome: evil } },
    )
    expect(page).to.not.include('<script').and.to.not.include('<img')
    expect(count(page, /&lt;script&gt;/g)).to.be.greaterThan(7)
  })

  it('can be read without seeing: a language, a title, a described image, headed rows', () => {
    const page = pageOf()
    expect(page)
      .to.match(/<html lang="en">/)
      .and.to.match(/<title>3.5 mm · highest · 2012-01-01 to 2012-01-04<\/title>/)
    expect(page).to.match(/role="img" aria-labelledby="chart-title chart-desc"/)
    expect(count(page, /<th scope="row">/g)).to.be.greaterThan(8)
    expect(count(page, /<h1>/g)).to.equal(1)
  })

  it('is the same page for the same pack', () => {
    expect(pageOf()).to.equal(pageOf())
  })

  it('draws a band only for an uncertainty that is one number', () => {
    expect(uncertaintyBand('0.1')).to.equal(0.1)
    expect(uncertaintyBand('±0.3 magnitude units')).to.equal(0.3)
    for (const words of [
      'of each daily amount the larger of 5 % and 0.1 mm',
      '5 %',
      'none',
      '0.1 mm or 5 mm',
      '',
      undefined,
    ])
      expect(uncertaintyBand(words), words).to.equal(null)
  })

  it('keeps labels apart and on the page', () => {
    expect(spread([10, 11, 100], 15, 300)).to.deep.equal([10, 25, 100])
    expect(spread([299, 300, 298], 15, 300)).to.deep.equal([285, 300, 270])
    expect(spread([], 15, 300)).to.deep.equal([])
  })
})
