import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect } from 'chai'
import { parse as parseCsv } from '../../../oracles/sources/csv/parse.ts'
import { parse as parseDly } from '../../../oracles/sources/ghcn-daily/parse.ts'
import { parse as parseUsgs } from '../../../oracles/sources/usgs-geojson/parse.ts'
import type { Observation } from '../../../oracles/types.ts'
import { utf8, vegaFile } from '../support/data.ts'

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
;(formats as unknown as (instance: Ajv2020) => void)(ajv) // its types are CommonJS-shaped
const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../standards/observation.schema.json'), 'utf8'),
) as object
const validate = ajv.compile(schema)

const dly = `USW00024233201202PRCP${'   10 G0'.padEnd(8)}${'-9999   '.repeat(30)}`

describe('observation schema', () => {
  const observations: [string, readonly Observation[]][] = [
    ['usgs-geojson', parseUsgs(vegaFile('earthquakes.json'), {}).observations],
    ['csv of days', parseCsv(vegaFile('seattle-weather.csv'), {}).observations],
    ['csv of months', parseCsv(utf8('date,precipitation\n2020-01,\n2020-02,4\n'), {}).observations],
    ['ghcn-daily', parseDly(utf8(dly), {}).observations],
  ]
  for (const [adapter, list] of observations)
    it(`holds for every observation of ${adapter}`, () => {
      expect(list.length).to.be.greaterThan(0)
      for (const observation of list) expect(validate(observation), JSON.stringify(validate.errors)).to.equal(true)
    })

  it('does not hold for floats, other times, missing or further fields', () => {
    const [good] = parseUsgs(vegaFile('earthquakes.json'), {}).observations
    for (const change of [
      { value: 6.4 },
      { value: '6,4' },
      { value: 'NaN' },
      { time: '2018-02-06T15:50:42Z' },
      { time: '2018-13' },
      { id: '' },
      { attributes: { depthKm: 10.64 } },
      { attributes: { nested: {} } },
      { unit: undefined },
      { extra: 1 },
    ])
      expect(validate({ ...good, ...change }), JSON.stringify(change)).to.equal(false)
  })
})
