import { expect } from 'chai'
import fc from 'fast-check'
import { fitGamma } from '../../../oracles/models/spi/distribution.ts'
import { run } from '../../../oracles/models/spi/index.ts'
import { parse } from '../../../oracles/sources/csv/parse.ts'
import type { Dataset, Params } from '../../../oracles/types.ts'
import { dailyDataset, refusalOf, utf8, vegaFile, windowOf } from '../support/data.ts'
import { naiveSpi } from '../support/naive-spi.ts'

const seattle = parse(vegaFile('seattle-weather.csv'), {})
const params = { scaleMonths: 3, calFrom: 2012, calTo: 2015, minYears: 4 }
const summer = windowOf('2015-05-01', '2015-08-01')

/** Monthly sums from 1981-01 on; null is missing. */
function monthly(sums: readonly (string | null)[], firstYear = 1981): Dataset {
  const rows = sums.map((sum, i) => {
    const month = String((i % 12) + 1).padStart(2, '0')
    return `${firstYear + Math.floor(i / 12)}-${month},${sum ?? ''}`
  })
  return parse(utf8(`date,precipitation\n${rows.join('\n')}\n`), {})
}

describe('spi', () => {
  it('computes SPI-3 of Seattle for 2015-07 as published in the specification, to every digit', () => {
    const { series, index, used, quality } = run(seattle, params, summer)
    expect(series.at(-1)).to.deep.equal({ time: '2015-07', value: '-1.647781837' })
    expect(index).to.deep.equal({ time: '2015-07', value: '-1.65', scaled: '-165', decimals: 2 })
    expect(quality.flags).to.deep.equal(['short-record'])
    // May, June and July of each calibration year
    expect(used).to.have.length(4 * 92)
    expect([used[0], used.at(-1)]).to.deep.equal(['2012-05-01', '2015-07-31'])
  })

  it('fits the gamma distribution of that check: x = 23.0 mm, α = 2.5894425970, β = 37.5177268311', () => {
    const sums = [2012, 2013, 2014, 2015].map(year =>
      seattle.observations
        .filter(({ time }) => time >= `${year}-05` && time < `${year}-08`)
        .reduce((sum, { value }) => sum + BigInt(Math.round(Number(value) * 10)), 0n),
    )
    expect(sums[3]).to.equal(230n)
    const fit = fitGamma(sums, 1)
    expect(fit?.q).to.equal(0)
    expect(fit?.shape.toFixed(10)).to.equal('2.5894425970')
    expect(fit?.scale.toFixed(10)).to.equal('37.5177268311')
  })

  it('agrees with an independent computation for all months and scales of Seattle', function () {
    this.timeout(30_000)

    for (const scaleMonths of [1, 2, 3, 6, 12]) {
      const { series } = run(seattle, { ...params, scaleMonths, minYears: 3 }, windowOf('2012-01-01', '2016-01-01'))
      expect(series).to.have.length(48)
      const sums = new Map<string, number>()
      for (const { time, value } of seattle.observations) {
        const month = time.slice(0, 7)
        sums.set(month, (sums.get(month) ?? 0) + Number(value))
      }
      const expected = naiveSpi(sums, scaleMonths, 2012, 2015, 3)
      for (const { time, value } of series) {
        const reference = expected.get(time) ?? null
        if (reference === null) expect(value, time).to.equal(null)
        else expect(Number(value), `SPI-${scaleMonths} ${time}`).to.be.closeTo(reference, 1e-7)
      }
    }
  })

  it('agrees with it on random climates with dry months', function () {
    this.timeout(30_000) // thousands of integrals

    const sum = fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 4000 }) },
    )
    fc.assert(
      fc.property(
        fc.array(sum, { minLength: 12 * 12, maxLength: 12 * 12 }),
        fc.constantFrom(1, 3),
        (tenths, scaleMonths) => {
          const data = monthly(tenths.map(t => `${Math.floor(t / 10)}.${t % 10}`))
          const sums = new Map(data.observations.map(({ time, value }) => [time, Number(value)]))
          const expected = naiveSpi(sums, scaleMonths, 1981, 1992, 5)
          const { series } = run(
            data,
            { scaleMonths, calFrom: 1981, calTo: 1992, minYears: 5 },
            windowOf('1990-01-01', '1993-01-01'),
          )
          for (const { time, value } of series) {
            const reference = expected.get(time) ?? null
            if (reference === null) expect(value, time).to.equal(null)
            else expect(Number(value), time).to.be.closeTo(reference, 1e-6)
          }
        },
      ),
      { numRuns: 6 },
    )
  })

  it('gives a dry month the probability of zero: H = q', () => {
    // Januaries: 10 of 40 years dry, so H = 0.25 and z = Φ⁻¹(0.25)
    const years = Array.from({ length: 40 }, (_, y) => ['0.0', '5.0', '9.0', '30.0'][y % 4] ?? '0')
    const data = monthly(years.flatMap(january => [january, ...Array.from({ length: 11 }, () => '10.0')]))
    const { series } = run(data, { scaleMonths: 1, calFrom: 1981, calTo: 2020 }, windowOf('1981-01-01', '1981-02-01'))
    expect(series).to.deep.equal([{ time: '1981-01', value: '-0.674489750' }])
  })

  it('clips to ±3.09, last', () => {
    const januaries = Array.from({ length: 40 }, (_, y) => (y === 0 ? '999.9' : y === 1 ? '0.1' : `${100 + (y % 5)}.0`))
    const data = monthly(januaries.flatMap(january => [january, ...Array.from({ length: 11 }, () => '10.0')]))
    const calibration = { scaleMonths: 1, calFrom: 1983, calTo: 2020 }
    const at = (year: number) => run(data, calibration, windowOf(`${year}-01-01`, `${year}-02-01`)).series[0]?.value
    expect(at(1981)).to.equal('3.090000000')
    expect(at(1982)).to.equal('-3.090000000')
  })

  it('reads months where months are given, with the same result as from their days', () => {
    const sums = new Map<string, number>()
    for (const { time, value } of seattle.observations)
      sums.set(time.slice(0, 7), (sums.get(time.slice(0, 7)) ?? 0) + Math.round(Number(value) * 10))
    const data = monthly(
      [...sums.values()].map(t => `${Math.floor(t / 10)}.${t % 10}`),
      2012,
    )
    expect(run(data, params, summer).series).to.deep.equal(run(seattle, params, summer).series)
    expect(run(data, params, summer).used).to.have.length(12)
  })

  it('reads hundredths: amounts ten times finer, as those of another climate ten times drier, have the same index', () => {
    const sums = Array.from({ length: 30 * 12 }, (_, i) => 10 + ((i * 7919) % 1300))
    const calibration = { scaleMonths: 3, calFrom: 1981, calTo: 2010 }
    const last = windowOf('2010-01-01', '2011-01-01')
    const tenths = run(monthly(sums.map(n => `${Math.floor(n / 10)}.${n % 10}`)), calibration, last)
    const hundredths = run(
      monthly(sums.map(n => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`)),
      calibration,
      last,
    )
    expect(tenths.quality.flags).to.deep.equal([])
    expect(hundredths.series.map(({ value }) => value)).to.deep.equal(tenths.series.map(({ value }) => value))
  })

  it('gives the same index however many zeros are printed behind', () => {
    const padded: Dataset = {
      ...seattle,
      observations: seattle.observations.map(o => ({ ...o, value: o.value === null ? null : `${o.value}00` })),
    }
    expect(run(padded, params, summer)).to.deep.equal(run(seattle, params, summer))
  })

  it('agrees with an independent computation on months in hundredths', function () {
    this.timeout(30_000)
    const sums = Array.from({ length: 12 * 12 }, (_, i) => (i % 17 === 0 ? 0 : 101 + ((i * 7919) % 40_000)))
    const data = monthly(sums.map(n => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`))
    const expected = naiveSpi(new Map(data.observations.map(o => [o.time, Number(o.value)])), 1, 1981, 1992, 5)
    const { series } = run(
      data,
      { scaleMonths: 1, calFrom: 1981, calTo: 1992, minYears: 5 },
      windowOf('1990-01-01', '1993-01-01'),
    )
    expect(series.filter(({ value }) => value !== null)).to.have.length(36)
    for (const { time, value } of series)
      expect(Number(value), time).to.be.closeTo(expected.get(time) ?? Number.NaN, 1e-6)
  })

  it('accounts for every observation: in the sums, without a value, or in none of them', () => {
    const gap: Dataset = {
      ...seattle,
      observations: seattle.observations.map(o => (o.time === '2014-01-01' ? { ...o, value: null } : o)),
    }
    expect(run(gap, params, summer).quality).to.deep.include({
      used: 368,
      excluded: { missing: 1, 'not-in-sums': 1461 - 368 - 1 },
    })
    expect(run(gap, { ...params, minYears: 5 }, summer).quality).to.deep.include({
      used: 0,
      excluded: { missing: 1, 'not-in-sums': 1460 },
    })
  })

  it('never fills a month in which too many days are missing', () => {
    const without = (...days: string[]): Dataset => ({
      ...seattle,
      observations: seattle.observations.map(o => (days.includes(o.time) ? { ...o, value: null } : o)),
    })
    const gap = run(without('2015-06-05'), params, summer)
    expect(gap.index.value).to.equal(null)
    expect(gap.series.map(({ value }) => value === null)).to.deep.equal([false, true, true])
    expect(gap.quality.flags).to.include('month-missing')
    expect(gap.quality.missingDays).to.equal(1)
    expect(gap.used).to.deep.equal([])
    const allowed = run(without('2015-06-05'), { ...params, maxMissingDays: 1 }, summer)
    expect(allowed.index.value).to.not.equal(null)
    expect(run(without('2015-06-05', '2015-06-06'), { ...params, maxMissingDays: 1 }, summer).index.value).to.equal(
      null,
    )
  })

  it('leaves a calibration year out if its sum is missing, and is missing below the least number of years', () => {
    const without2013: Dataset = {
      ...seattle,
      observations: seattle.observations.filter(({ time }) => time !== '2013-06-05'),
    }
    const { index, quality } = run(without2013, params, summer)
    expect([index.value, quality.flags]).to.deep.equal([null, ['too-few-years', 'short-record']])
    expect(run(without2013, { ...params, minYears: 3 }, summer).index.value).to.not.equal(null)
    expect(run(seattle, { ...params, minYears: 30 }, summer).index.value).to.equal(null)
  })

  it('has no distribution for fewer than three wet years, or for sums that do not differ', () => {
    expect(fitGamma([0n, 0n, 100n, 200n], 1)).to.equal(null)
    expect(fitGamma([100n, 100n, 100n, 100n], 1)).to.equal(null)
    expect(fitGamma([100n, 100n, 100n, 101n], 1)).to.not.equal(null)
    const constant = monthly(Array.from({ length: 40 * 12 }, () => '10.0'))
    const result = run(constant, { scaleMonths: 1, calFrom: 1981, calTo: 2020 }, windowOf('2020-01-01', '2020-02-01'))
    expect([result.index.value, result.quality.flags]).to.deep.equal([null, ['no-distribution']])
  })

  it('flags a record of fewer than 30 years, and no other', () => {
    const flags = (years: number) => {
      const data = monthly(Array.from({ length: years * 12 }, (_, i) => `${10 + ((i * 7) % 23)}.0`))
      const calibration = { scaleMonths: 1, calFrom: 1981, calTo: 1980 + years, minYears: 10 }
      return run(data, calibration, windowOf('1985-01-01', '1985-02-01')).quality.flags
    }
    expect(flags(29)).to.deep.equal(['short-record'])
    expect(flags(30)).to.deep.equal([])
  })

  it('needs a window of whole months, and parameters in bounds', () => {
    const code = (p: Params, w = summer) => refusalOf(() => run(seattle, p, w)).code
    expect(code(params, windowOf('2015-05-02', '2015-08-01'))).to.equal('bad-window')
    expect(code(params, windowOf('2015-05-01', '2015-08-02'))).to.equal('bad-window')
    for (const change of [
      { scaleMonths: 0 },
      { calFrom: 2016 },
      { minYears: 2 },
      { maxMissingDays: 32 },
      { decimals: 10 },
    ])
      expect(code({ ...params, ...change }), JSON.stringify(change)).to.equal('bad-param')
    expect(code({ ...params, scale: 3 })).to.equal('unknown-param')
  })

  it('refuses days among months and months among days', () => {
    const days = dailyDataset('2020-01-01', ['1'])
    const months = monthly(['1'])
    const mixed = (first: Dataset, second: Dataset) => ({
      ...first,
      observations: [...first.observations, ...second.observations],
    })
    const code = (data: Dataset) => refusalOf(() => run(data, params, summer)).code
    expect(code(mixed(days, months))).to.equal('not-daily')
    expect(code(mixed(months, days))).to.equal('not-monthly')
    expect(code(mixed(months, months))).to.equal('duplicate-date')
  })
})
