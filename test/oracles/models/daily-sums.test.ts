import { expect } from 'chai'
import fc from 'fast-check'
import * as drySpell from '../../../oracles/models/dry-spell/index.ts'
import * as rainSum from '../../../oracles/models/rain-sum-extreme/index.ts'
import { parse } from '../../../oracles/sources/csv/parse.ts'
import { dailyDataset, refusalOf, vegaFile, windowOf } from '../support/data.ts'

const seattle = parse(vegaFile('seattle-weather.csv'), {})
const year = (y: number) => windowOf(`${y}-01-01`, `${y + 1}-01-01`)

describe('rain-sum-extreme', () => {
  it('finds 55.9 mm on 2015-03-15, the wettest day of Seattle in 2015', () => {
    const { index, used, quality } = rainSum.run(seattle, { days: 1 }, year(2015))
    expect(index).to.deep.equal({ time: '2015-03-15', value: '55.9', scaled: '559', decimals: 1 })
    expect(used).to.deep.equal(['2015-03-15'])
    // 2012, a leap year, to 2014 are in the file too
    expect(quality).to.deep.equal({
      used: 365,
      excluded: { 'outside-window': 1096 },
      missingDays: 0,
      coverage: 1,
      flags: [],
    })
  })

  it('finds 103.1 mm in the three days to 2015-11-15', () => {
    const { index, used } = rainSum.run(seattle, { days: 3 }, windowOf('2012-01-01', '2016-01-01'))
    expect(index).to.deep.equal({ time: '2015-11-15', value: '103.1', scaled: '1031', decimals: 1 })
    expect(used).to.deep.equal(['2015-11-13', '2015-11-14', '2015-11-15'])
  })

  it('takes the earliest of equal sums', () => {
    const data = dailyDataset('2020-01-01', ['5', '0', '5', '0'])
    expect(rainSum.run(data, { days: 1 }, windowOf('2020-01-01', '2020-01-05')).index.time).to.equal('2020-01-01')
    expect(drySpell.run(data, { days: 1 }, windowOf('2020-01-01', '2020-01-05')).index.time).to.equal('2020-01-02')
  })
})

describe('dry-spell', () => {
  it('finds 17.4 mm in 90 days, 2012-07-14 to 2012-10-11, the driest of Seattle in 2012', () => {
    const { index, used } = drySpell.run(seattle, { days: 90 }, year(2012))
    expect(index).to.deep.equal({ time: '2012-10-11', value: '17.4', scaled: '174', decimals: 1 })
    expect([used.length, used[0], used.at(-1)]).to.deep.equal([90, '2012-07-14', '2012-10-11'])
  })

  it('finds 30 days without rain from 2012-07-23', () => {
    const { index, used } = drySpell.run(seattle, { days: 30 }, year(2012))
    expect([index.value, used[0]]).to.deep.equal(['0.0', '2012-07-23'])
  })

  it("is not ETCCDI's CDD: days of 0.9 mm are dry days there and rain here", () => {
    const data = dailyDataset('2020-01-01', ['0.9', '0.9', '0.9', '0', '0', '9'])
    expect(drySpell.run(data, { days: 3 }, windowOf('2020-01-01', '2020-01-07')).index.value).to.equal('0.9')
  })
})

describe('sums over consecutive days', () => {
  const window = windowOf('2020-01-01', '2020-01-06')

  it('never reach outside of the window', () => {
    const data = dailyDataset('2019-12-30', ['50', '50', '1', '1', '1', '1', '1', '60', '60'])
    expect(rainSum.run(data, { days: 2 }, window).index.value).to.equal('2.0')
    expect(rainSum.run(data, { days: 2 }, window).series).to.have.length(4)
  })

  it('skip runs with a missing day, whether it has no value or no row', () => {
    for (const gap of [null, undefined]) {
      const data = dailyDataset('2020-01-01', ['9', gap, '1', '2', '9'])
      const { index, series, quality } = rainSum.run(data, { days: 2, maxMissingDays: 1 }, window)
      expect(index).to.include({ time: '2020-01-05', value: '11.0' })
      expect(series.map(({ value }) => value)).to.deep.equal([null, null, '3.0', '11.0'])
      expect(quality.missingDays).to.equal(1)
      expect(quality.coverage).to.equal(4 / 5)
      expect([quality.used, quality.excluded]).to.deep.equal([4, gap === null ? { missing: 1 } : {}])
    }
  })

  it('are missing when more days are missing than allowed, by default none', () => {
    const data = dailyDataset('2020-01-01', ['9', null, '1', '2', '9'])
    const { index, used, quality, series } = rainSum.run(data, { days: 2 }, window)
    expect(index).to.deep.equal({ time: null, value: null, scaled: null, decimals: 1 })
    expect(used).to.deep.equal([])
    expect(quality).to.deep.include({ used: 4, excluded: { missing: 1 } })
    expect(quality.flags).to.deep.equal(['too-many-missing-days'])
    expect(series).to.have.length(4)
  })

  it('are missing when no run is whole, and when the window is shorter than a run', () => {
    const data = dailyDataset('2020-01-01', ['9', null, '1', null, '9'])
    expect(rainSum.run(data, { days: 2, maxMissingDays: 5 }, window).quality.flags).to.deep.equal(['no-complete-run'])
    expect(rainSum.run(data, { days: 6, maxMissingDays: 5 }, window).quality.flags).to.deep.equal(['window-too-short'])
  })

  it('are rounded once, half away from zero, where the feed has fewer decimals', () => {
    const data = dailyDataset('2020-01-01', ['0.4', '0.1', '2.5', '0', '0'])
    expect(rainSum.run(data, { days: 1, decimals: 0 }, window).index).to.include({
      value: '3',
      scaled: '3',
      decimals: 0,
    })
    // 0.4 + 0.1 = 0.5 is rounded to 1; its parts, rounded before, would be 0
    expect(rainSum.run(data, { days: 2, decimals: 0 }, windowOf('2020-01-01', '2020-01-03')).index.value).to.equal('1')
    expect(rainSum.run(data, { days: 1, decimals: 3 }, window).index).to.include({ value: '2.500', scaled: '2500' })
  })

  it('are exact: ten times 0.1 mm is 1.0 mm', () => {
    const data = dailyDataset(
      '2020-01-01',
      Array.from({ length: 10 }, () => '0.1'),
    )
    expect(rainSum.run(data, { days: 10 }, windowOf('2020-01-01', '2020-01-11')).index.scaled).to.equal('10')
  })

  it('are exact in the finest decimals of the data, and rounded only as an index', () => {
    const data = dailyDataset('2020-01-01', ['0.04', '0.004', '0.0060', '13.44', '1'])
    const sum = (days: number, decimals?: number) =>
      rainSum.run(data, decimals === undefined ? { days } : { days, decimals }, window).index
    expect(sum(5)).to.include({ value: '14.5', scaled: '145' })
    expect(sum(5, 2)).to.include({ value: '14.49', scaled: '1449' })
    expect(sum(3, 3)).to.include({ value: '14.446', scaled: '14446' })
    // 0.04 + 0.004 + 0.006 = 0.05 is rounded to 0.1; each rounded before would be 0
    expect(drySpell.run(data, { days: 3 }, window).index).to.include({ time: '2020-01-03', value: '0.1' })
  })

  it('tell amounts apart that doubles cannot, and take as equal what is printed with other zeros', () => {
    const two = windowOf('2020-01-01', '2020-01-03')
    const fine = dailyDataset('2020-01-01', ['99999.0000000000001', '99999.0000000000002'])
    expect(rainSum.run(fine, { days: 1 }, two).index.time).to.equal('2020-01-02')
    expect(rainSum.run(fine, { days: 2, decimals: 9 }, two).index.value).to.equal('199998.000000000')
    const equal = dailyDataset('2020-01-01', ['1.5', '1.500'])
    expect(rainSum.run(equal, { days: 1 }, two).index.time).to.equal('2020-01-01')
  })

  it('refuse other units, negative amounts, months, days twice and windows that are not whole days', () => {
    const run = (data: ReturnType<typeof dailyDataset>, w = window) =>
      refusalOf(() => rainSum.run(data, { days: 1 }, w)).code
    const data = dailyDataset('2020-01-01', ['1'])
    const withFirst = (change: object) => ({ ...data, observations: data.observations.map(o => ({ ...o, ...change })) })
    expect(run(withFirst({ unit: 'inch' }))).to.equal('wrong-unit')
    expect(run(dailyDataset('2020-01-01', ['-1']))).to.equal('negative-precipitation')
    expect(run(dailyDataset('2020-01-01', ['NaN']))).to.equal('bad-decimal')
    expect(run(withFirst({ time: '2020-01' }))).to.equal('not-daily')
    expect(run({ ...data, observations: [...data.observations, ...data.observations] })).to.equal('duplicate-date')
    const valueless = dailyDataset('2020-01-01', [null]).observations
    for (const observations of [
      [...data.observations, ...valueless],
      [...valueless, ...data.observations],
    ])
      expect(run({ ...data, observations })).to.equal('duplicate-date')
    expect(run(data, { from: window.from + 1, to: window.to })).to.equal('bad-window')
    expect(run(data, { from: window.to, to: window.from })).to.equal('bad-window')
  })

  it('refuse parameters that are unknown, missing or out of bounds', () => {
    const run = (params: Record<string, string | number>) =>
      refusalOf(() => rainSum.run(seattle, params, year(2015))).code
    expect(run({ days: 1, day: 3 })).to.equal('unknown-param')
    expect(run({})).to.equal('missing-param')
    for (const days of [0, 367, -1, 1.5, '1e1', 'NaN', ''] as const)
      expect(run({ days }), String(days)).to.equal('bad-param')
    expect(run({ days: 1, maxMissingDays: 367 })).to.equal('bad-param')
  })

  it('agree with sums by brute force over random weather with gaps', () => {
    const day = fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 999 }) },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    )
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (tenths, days) => {
        const text = tenths.map(t => (t === null || t === undefined ? t : `${Math.floor(t / 10)}.${t % 10}`))
        const data = dailyDataset('2019-12-25', text)
        const w = { from: Date.parse('2019-12-25') / 1000, to: Date.parse('2019-12-25') / 1000 + tenths.length * 86400 }
        const sums: number[] = []
        for (let end = days; end <= tenths.length; end++) {
          const run = tenths.slice(end - days, end)
          if (run.every(t => t !== null && t !== undefined))
            sums.push(run.reduce((a, b) => (a ?? 0) + (b ?? 0), 0) ?? 0)
        }
        const params = { days, maxMissingDays: 40 }
        const wet = rainSum.run(data, params, w)
        const dry = drySpell.run(data, params, w)
        expect(wet.index.scaled).to.equal(sums.length === 0 ? null : String(Math.max(...sums)))
        expect(dry.index.scaled).to.equal(sums.length === 0 ? null : String(Math.min(...sums)))
        expect(wet.series.filter(({ value }) => value !== null)).to.have.length(sums.length)
        const count = (wanted: (t: number | null | undefined) => boolean) => tenths.filter(wanted).length
        expect(wet.quality.used).to.equal(count(t => t !== null && t !== undefined))
        expect(wet.quality.excluded['missing'] ?? 0).to.equal(count(t => t === null))
      }),
    )
  })
})
