import { expect } from 'chai'
import fc from 'fast-check'
import { run as drySpell } from '../../../oracles/models/dry-spell/index.ts'
import { parse } from '../../../oracles/sources/ghcn-daily/parse.ts'
import { request } from '../../../oracles/sources/ghcn-daily/request.ts'
import { refusalOf, utf8, windowOf } from '../support/data.ts'
import { mutations } from '../support/hostile.ts'

const STATION = 'USW00024233'
type Cell = [value: number, flags?: string]

/** A line as readme.txt of GHCN-Daily, section III, lays it out; days that are not given are missing. */
function line(month: string, cells: Record<number, Cell>, element = 'PRCP', station = STATION): string {
  const days = Array.from({ length: 31 }, (_, i) => {
    const [value, flags = '   '] = cells[i + 1] ?? [-9999, '   ']
    return String(value).padStart(5) + flags
  })
  return station + month.replace('-', '') + element + days.join('')
}
const file = (...lines: string[]) => utf8(`${lines.join('\n')}\n`)
const refuse = (bytes: Uint8Array, options = {}) => refusalOf(() => parse(bytes, options))

describe('ghcn-daily source', () => {
  it('reads PRCP in tenths of a millimetre, for every day of the months in the file', () => {
    const { observations, coverage } = parse(file(line('2012-02', { 1: [109, '  W'], 29: [5] })), {})
    expect(observations).to.have.length(29)
    expect(observations[0]).to.deep.equal({
      id: '2012-02-01',
      time: '2012-02-01',
      value: '10.9',
      unit: 'mm',
      quality: 'passed',
      attributes: { mflag: '', qflag: '', sflag: 'W' },
    })
    expect(observations[28]?.value).to.equal('0.5')
    expect(observations[1]).to.include({ value: null, quality: 'missing' })
    expect(coverage).to.deep.equal({ from: '2012-02-01', to: '2012-03-01', generatedAt: null, truncated: false })
  })

  it('takes a reading that failed a quality check for missing, and a trace for nothing', () => {
    const { observations } = parse(file(line('2012-01', { 1: [109, ' G0'], 2: [0, 'T  '], 3: [3, 'T  '] })), {})
    expect(observations[0]).to.include({ value: null, quality: 'failed-G' })
    expect(observations[1]).to.include({ value: '0.0', quality: 'trace' })
    expect(observations[2]).to.include({ value: '0.0', quality: 'trace' })
  })

  it('does not spread sums over several days (MDPR), and leaves other elements alone', () => {
    const bytes = file(
      line('2012-01', { 4: [400] }, 'MDPR'),
      line('2012-01', { 1: [1] }),
      line('2012-01', { 1: [-100] }, 'TMIN'),
    )
    const { observations } = parse(bytes, {})
    expect(observations.filter(({ value }) => value !== null).map(({ time }) => time)).to.deep.equal(['2012-01-01'])
  })

  it('makes a month without a line as missing as one without values', () => {
    const january = line('2012-01', Object.fromEntries(Array.from({ length: 31 }, (_, i) => [i + 1, [1]])))
    const march = line('2012-03', Object.fromEntries(Array.from({ length: 31 }, (_, i) => [i + 1, [2]])))
    const dataset = parse(file(january, march), {})
    const { index, quality } = drySpell(dataset, { days: 31, maxMissingDays: 60 }, windowOf('2012-01-01', '2012-04-01'))
    expect([index.time, index.value, quality.missingDays]).to.deep.equal(['2012-01-31', '3.1', 29])
  })

  it('accepts CRLF, no last line end, and lines cut after their last value', () => {
    const text = line('2012-01', { 1: [7] })
    for (const form of [text, `${text}\r\n`, text.trimEnd()])
      expect(parse(utf8(form), {}).observations[0]?.value).to.equal('0.7')
  })

  it('refuses lines that are cut, too long, or not of this format, naming them', () => {
    const good = line('2012-01', { 1: [7] })
    const cases: [string, string][] = [
      ['bad-line', good.slice(0, 200)],
      ['bad-line', `${good}x`],
      ['bad-line', ''],
      ['bad-line', good.toLowerCase()],
      ['bad-line', good.replace('2012', '20 2')],
      ['bad-value', good.replace('    7', '  7  ')],
      ['bad-value', good.replace('    7', '  NaN')],
      ['bad-value', good.replace('    7', ' 1.25')],
      ['negative-value', good.replace('    7', '   -7')],
      ['bad-flag', good.replace('    7   ', '    7 \u0000 ')],
      ['bad-date', good.replace('201201', '201213')],
      ['bad-date', line('2012-02', { 30: [1] })],
      ['out-of-order', line('2011-11', {})],
      ['duplicate-date', line('2011-12', {})],
      ['wrong-station', line('2012-02', {}, 'PRCP', 'USW00094728')],
    ]
    for (const [code, bad] of cases)
      expect(
        refuse(utf8(`${line('2011-12', { 1: [1] })}\n${bad}\n${line('2013-01', {})}\n`)),
        bad.slice(0, 40),
      ).to.deep.equal({ code, line: 2 })
  })

  it('refuses a file of another station than the feed names, and one without rain', () => {
    expect(refuse(file(line('2012-01', {})), { station: 'USW00094728' }).code).to.equal('wrong-station')
    expect(refuse(file(line('2012-01', { 1: [1] }, 'TMAX'))).code).to.equal('no-precipitation')
    expect(refuse(new Uint8Array()).code).to.equal('no-precipitation')
    expect(refuse(new Uint8Array([0xff, 0xfe])).code).to.equal('not-utf8')
  })

  it('either reads or refuses whatever comes, never in another way', () => {
    const valid = file(line('2012-01', { 1: [7] }), line('2012-02', { 3: [0, 'T  '] }))
    fc.assert(
      fc.property(mutations(valid), bytes => {
        expect(refuse(bytes).code).to.be.a('string')
      }),
      { numRuns: 1000 },
    )
  })

  it('asks NOAA NCEI for the whole record of the station', () => {
    const ask = (station: string) =>
      request({ params: {}, options: { station }, window: { from: 0, to: 1 }, baseUrl: null })
    expect(ask(STATION).url).to.equal('https://www.ncei.noaa.gov/pub/data/ghcn/daily/all/USW00024233.dly')
    expect(refusalOf(() => ask('../../etc')).code).to.equal('bad-param')
  })
})
