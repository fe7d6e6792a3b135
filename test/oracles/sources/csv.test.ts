import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { parse } from '../../../oracles/sources/csv/parse.ts'
import { csvRecords } from '../../../oracles/sources/csv/records.ts'
import { request } from '../../../oracles/sources/csv/request.ts'
import type { Params } from '../../../oracles/types.ts'
import { refusalOf, utf8, vegaFile } from '../support/data.ts'
import { mutations } from '../support/hostile.ts'

interface Vector {
  name: string
  text: string
  options: Params
  values?: [string, string | null][]
  refused?: { code: string; line: number }
}
const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../standards/vectors/csv.json'), 'utf8'),
) as Vector[]

const header = 'date,precipitation\n'
const refuse = (text: string, options: Params = {}) => refusalOf(() => parse(utf8(text), options))

describe('csv source', () => {
  for (const { name, text, options, values, refused } of vectors)
    it(`reproduces the vector: ${name}`, () => {
      if (refused) expect(refuse(text, options)).to.deep.equal(refused)
      else expect(parse(utf8(text), options).observations.map(o => [o.time, o.value])).to.deep.equal(values)
    })

  it('reads four years of Seattle, every day, as the file prints them', () => {
    const { observations, coverage } = parse(vegaFile('seattle-weather.csv'), {})
    expect(observations).to.have.length(1461)
    expect(observations[1]).to.deep.equal({
      id: '2012-01-02',
      time: '2012-01-02',
      value: '10.9',
      unit: 'mm',
      quality: 'as-given',
      attributes: {},
    })
    expect(coverage).to.deep.equal({ from: '2012-01-01', to: '2016-01-01', generatedAt: null, truncated: false })
  })

  it('takes the other columns of the same file where it is told to', () => {
    const { observations } = parse(vegaFile('seattle-weather.csv'), { value: 'wind' })
    expect(observations[0]?.value).to.equal('4.7')
  })

  it('refuses bytes that are not UTF-8, naming the line', () => {
    const bytes = new Uint8Array([...utf8(`${header}2020-01-01,1\n2020-01-02,`), 0xff, 0x0a])
    expect(refusalOf(() => parse(bytes, {}))).to.deep.equal({ code: 'not-utf8', line: 3 })
    // half of a surrogate pair, encoded as if it were a character; an overlong slash
    for (const bad of [
      [0xed, 0xa0, 0x80],
      [0xc0, 0xaf],
    ])
      expect(refusalOf(() => parse(new Uint8Array([...utf8(header), ...bad]), {})).code).to.equal('not-utf8')
  })

  it('refuses a record of more than 65,536 characters without reading it whole', () => {
    expect(refuse(`${header}2020-01-01,${'1'.repeat(70_000)}`)).to.deep.equal({ code: 'line-too-long', line: 2 })
    expect(refuse(`${header}2020-01-01,"${'1'.repeat(70_000)}`)).to.deep.equal({ code: 'line-too-long', line: 2 })
    expect(refuse(`${header}2020-01-01${',1'.repeat(40_000)}`)).to.deep.equal({ code: 'line-too-long', line: 2 })
  })

  it('refuses units other than mm, and options that it does not know', () => {
    expect(refuse(header, { unit: 'inch' }).code).to.equal('wrong-unit')
    expect(refuse(header, { missing: 'NA' }).code).to.equal('bad-param')
    expect(refuse(header, { sep: ';' }).code).to.equal('unknown-param')
  })

  it('keeps only readings that fit a 64-bit integer with all their printed digits', () => {
    for (const value of ['99999.9999999999999', '0.99999999999999999', '99999']) {
      const [reading] = parse(utf8(`${header}2020-01-01,${value}\n`), {}).observations
      expect(reading?.value).to.equal(value)
      expect(BigInt(value.replace('.', ''))).to.satisfy((n: bigint) => n < 2n ** 63n)
    }
    for (const value of ['99999.99999999999999', '1.0000000000000000000', '9'.repeat(50)])
      expect(refuse(`${header}2020-01-01,${value}\n`), value).to.deep.equal({ code: 'too-many-digits', line: 2 })
    expect(refuse(`${header}2020-01-01,100000.00\n`)).to.deep.equal({ code: 'out-of-range', line: 2 })
  })

  it('is not taken in by columns named like prototypes', () => {
    expect(refuse('__proto__,constructor\n', {})).to.deep.equal({ code: 'no-column', line: 1 })
    const { observations } = parse(utf8('date,__proto__\n2020-01-01,1\n'), { value: '__proto__' })
    expect(observations[0]?.value).to.equal('1')
  })

  it('either reads or refuses whatever comes, and never without code and line', () => {
    const valid = utf8(`${header}2020-01-01,1.0\r\n2020-01-02,\n2020-01-03,"3"\n2020-01-04,0.4\n`)
    fc.assert(
      fc.property(fc.oneof(mutations(valid), fc.uint8Array({ maxLength: 60 })), bytes => {
        const { code, line } = refusalOf(() => {
          const { observations } = parse(bytes, {})
          for (const { value } of observations) expect(value === null || /^\d{1,5}(\.\d+)?$/.test(value)).to.equal(true)
          const times = observations.map(({ time }) => time)
          expect(times).to.deep.equal([...new Set(times)].sort())
        })
        if (code !== 'none') expect(line).to.be.greaterThan(0)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads back every table that is written by RFC 4180', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', '😀'), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), rows => {
        const text = rows.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        expect(csvRecords(text).map(({ fields }) => fields)).to.deep.equal(rows)
      }),
    )
  })

  it('asks for a file by its own address', () => {
    const ask = { params: {}, options: {}, window: { from: 0, to: 1 } }
    expect(request({ ...ask, baseUrl: 'https://example.org/a.csv' }).url).to.equal('https://example.org/a.csv')
    expect(refusalOf(() => request({ ...ask, baseUrl: null })).code).to.equal('no-address')
  })
})
