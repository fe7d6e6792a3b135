import { expect } from 'chai'
import fc from 'fast-check'
import * as calendar from '../../oracles/shared/calendar.ts'
import * as decimal from '../../oracles/shared/decimal.ts'
import { mergeDatasets } from '../../oracles/shared/merge.ts'
import type { Coverage, Dataset, Observation } from '../../oracles/types.ts'
import { refusalOf } from './support/data.ts'

const anyTime = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })

describe('calendar of the models', () => {
  it('agrees with JavaScript about every day and millisecond of ten thousand years', () => {
    fc.assert(
      fc.property(anyTime, date => {
        const ms = date.getTime()
        const days = Math.floor(ms / 86_400_000)
        const text = date.toISOString()
        expect(calendar.formatInstant(ms)).to.equal(text)
        expect(calendar.parseInstant(text)).to.equal(ms)
        expect(calendar.formatDay(days)).to.equal(text.slice(0, 10))
        expect(calendar.parseDay(text.slice(0, 10))).to.equal(days)
        expect(calendar.formatMonth(calendar.monthOfDay(days))).to.equal(text.slice(0, 7))
        expect(calendar.formatDay(calendar.firstDayOfMonth(calendar.monthOfDay(days)))).to.equal(
          `${text.slice(0, 7)}-01`,
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses days, months and instants that do not exist', () => {
    for (const text of [
      '2019-02-29',
      '1900-02-29',
      '2020-13-01',
      '2020-00-01',
      '2020-01-32',
      '2020-1-1',
      '20200101',
      '2020-01-01 ',
    ])
      expect(calendar.parseDay(text), text).to.equal(null)
    for (const text of ['2020-00', '2020-13', '2020-1', '2020']) expect(calendar.parseMonth(text), text).to.equal(null)
    for (const text of [
      '2020-01-01T24:00:00Z',
      '2020-01-01T00:60:00Z',
      '2020-01-01T00:00:60Z',
      '2020-01-01T00:00:00+01:00',
      '2020-01-01T00:00Z',
      'now',
    ])
      expect(calendar.parseInstant(text), text).to.equal(null)
  })
})

describe('decimals of the models', () => {
  it('go from text to units and back unchanged', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.integer({ min: 0, max: 15 }),
        (units, places) => {
          fc.pre(decimal.format(units, places).replace('-', '').split('.')[0]?.length !== 16)
          expect(decimal.scale(decimal.format(units, places), places)).to.equal(units)
        },
      ),
    )
  })

  it('need as many digits behind the point as do not end in zero', () => {
    for (const [text, places] of [
      ['3', 0],
      ['3.00', 0],
      ['1.50', 1],
      ['-13.44', 2],
      ['0.30000000000000004', 17],
    ] as const)
      expect(decimal.decimalsOf(text), text).to.equal(places)
    expect(refusalOf(() => decimal.decimalsOf('1e3')).code).to.equal('bad-decimal')
  })

  it('round half away from zero, once', () => {
    const cases: [string, number, bigint][] = [
      ['1.15', 1, 12n],
      ['1.149999999999', 1, 11n],
      ['-0.05', 1, -1n],
      ['-0.049', 1, 0n],
      ['2.5', 0, 3n],
      ['-2.5', 0, -3n],
      ['0.45', 0, 0n],
    ]
    for (const [text, places, units] of cases) expect(decimal.scale(text, places), text).to.equal(units)
    expect(decimal.rescale(25n, 1, 0)).to.equal(3n)
    expect(decimal.rescale(-25n, 1, 0)).to.equal(-3n)
    expect(decimal.rescale(25n, 1, 3)).to.equal(2500n)
  })

  it('round a double by its exact binary value, where its shortest print would mislead', () => {
    expect(decimal.roundHalfAway(1.005, 2)).to.equal(100n) // 1.00499999999999989…
    expect(decimal.roundHalfAway(1.015, 2)).to.equal(101n) // 1.01499999999999990…
    expect(decimal.roundHalfAway(2.5, 0)).to.equal(3n)
    expect(decimal.roundHalfAway(-2.5, 0)).to.equal(-3n)
    expect(decimal.roundHalfAway(0.125, 2)).to.equal(13n)
    expect(decimal.roundHalfAway(-0.125, 2)).to.equal(-13n)
    expect(decimal.roundHalfAway(Number.MIN_VALUE, 9)).to.equal(0n)
    expect(refusalOf(() => decimal.roundHalfAway(Number.NaN, 2)).code).to.equal('not-finite')
    expect(refusalOf(() => decimal.roundHalfAway(Number.POSITIVE_INFINITY, 2)).code).to.equal('not-finite')
  })

  it('round doubles as an exact fraction does', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 9 }), (x, places) => {
        // Every double of this size is a multiple of 2^-1074: compare 2·units with the exact value on that grid.
        const grid = (y: number) => {
          let [m, bits] = [y, 1074n]
          while (!Number.isInteger(m)) {
            m *= 2
            bits -= 1n
          }
          return BigInt(m) << bits
        }
        const exact = grid(Math.abs(x)) * 10n ** BigInt(places)
        const units = decimal.roundHalfAway(Math.abs(x), places)
        const error = (units << 1074n) - exact
        const half = 1n << 1073n
        expect(error <= half && error > -half).to.equal(true)
        expect(decimal.roundHalfAway(-x, places)).to.equal(-decimal.roundHalfAway(x, places))
      }),
    )
  })
})

describe('merging inputs of one dataset', () => {
  const event = (id: string, updated: number, value = '5'): Observation => ({
    id,
    time: `2018-02-0${updated}T00:00:00.000Z`,
    value,
    unit: 'magnitude',
    quality: 'reviewed',
    attributes: { updated },
  })
  const dataset = (observations: Observation[], coverage: Partial<Coverage> = {}): Dataset => ({
    observations,
    coverage: {
      from: '2018-02-01',
      to: '2018-02-05',
      generatedAt: '2018-03-01T00:00:00.000Z',
      truncated: false,
      ...coverage,
    },
  })

  it('leaves one input as it is, and refuses none', () => {
    const one = dataset([event('b', 2), event('a', 1)])
    expect(mergeDatasets([one])).to.equal(one)
    expect(refusalOf(() => mergeDatasets([])).code).to.equal('no-input')
  })

  it('keeps the newest record of an observation, in order of time', () => {
    const merged = mergeDatasets([dataset([event('a', 3), event('b', 2)]), dataset([event('a', 1), event('c', 1)])])
    expect(merged.observations.map(({ id, attributes }) => [id, attributes['updated']])).to.deep.equal([
      ['c', 1],
      ['b', 2],
      ['a', 3],
    ])
  })

  it('refuses inputs that contradict each other where nothing says which is newer', () => {
    const code = (a: Observation, b: Observation) => refusalOf(() => mergeDatasets([dataset([a]), dataset([b])])).code
    expect(code(event('a', 1), event('a', 1))).to.equal('none')
    expect(code(event('a', 1), event('a', 1, '6'))).to.equal('conflicting-inputs')
    const day = (value: string): Observation => ({
      id: '2018-02-01',
      time: '2018-02-01',
      value,
      unit: 'mm',
      quality: '',
      attributes: {},
    })
    expect(code(day('1'), day('2'))).to.equal('conflicting-inputs')
    expect(refusalOf(() => mergeDatasets([dataset([]), dataset([], { limits: { minmagnitude: '5' } })])).code).to.equal(
      'conflicting-inputs',
    )
  })

  it('covers what its inputs cover together, without a gap, and only as whole as the least of them', () => {
    const covers = (a: Partial<Coverage>, b: Partial<Coverage>) =>
      mergeDatasets([dataset([], a), dataset([], b)]).coverage
    expect(covers({}, { from: '2018-02-05', to: '2018-02-09' })).to.include({ from: '2018-02-01', to: '2018-02-09' })
    expect(covers({ from: '2018-02-05', to: '2018-02-09' }, {})).to.include({ from: '2018-02-01', to: '2018-02-09' })
    expect(covers({}, { from: '2018-02-02', to: '2018-02-03' })).to.include({ from: '2018-02-01', to: '2018-02-05' })
    expect(covers({}, { from: '2018-02-06', to: '2018-02-09' })).to.include({ from: null, to: null })
    expect(covers({}, { from: null })).to.include({ from: null, to: null })
    expect(covers({}, { truncated: true }).truncated).to.equal(true)
    expect(covers({}, { generatedAt: '2018-02-20T00:00:00.000Z' }).generatedAt).to.equal('2018-02-20T00:00:00.000Z')
    expect(covers({}, { generatedAt: null }).generatedAt).to.equal(null)
  })
})
