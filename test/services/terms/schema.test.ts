import { readFile } from 'node:fs/promises'
import { parseTerms } from '@nexus/terms/terms'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { document, feed } from './fixture.ts'

const schemaOf = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../../standards/${name}.schema.json`, import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true })
  .addSchema(await schemaOf('feed'))
  .compile(await schemaOf('policy-terms'))
const reads = (json: unknown) => {
  try {
    parseTerms(json)
    return true
  } catch {
    return false
  }
}

/** A value for a field, and whether a document with it is one. Rules that JSON Schema cannot say are in terms.test.ts. */
const cases: [string, Record<string, unknown>, boolean][] = [
  ['as it is', {}, true],
  ['a feed by id', { feed: `0x${'0a'.repeat(32)}` }, true],
  [
    'nothing that can be left out',
    { asset: undefined, evidence: undefined, readings: undefined, reportingDeadline: undefined },
    true,
  ],
  ['a bare date', { window: { from: '2018-02-01', to: '2018-02-07' } }, true],
  ['provisional evidence of any window', { evidence: 'provisional', readings: 'any' }, true],
  ['an unknown field', { note: 'x' }, false],
  ['no feed', { feed: undefined }, false],
  ['a feed with a float for a hash', { feed: { ...feed, modelCodeHash: 1.5 } }, false],
  ['a feed without decimals', { feed: { ...feed, decimals: undefined } }, false],
  ['a number for an amount', { coverAssets: 5 }, false],
  ['an amount with a leading zero', { coverAssets: '05' }, false],
  ['an hour that is none', { window: { from: '2018-02-01T25:00:00Z', to: '2018-02-07T00:00:00Z' } }, false],
  ['a fifth level', { minEql: 5 }, false],
  ['no rounding', { formula: { knots: [] } }, false],
]

describe('the JSON Schema of terms', () => {
  for (const [what, changes, valid] of cases)
    it(`and the reader both ${valid ? 'take' : 'refuse'} ${what}`, () => {
      const json = JSON.parse(JSON.stringify(document(changes)))
      expect(validate(json), JSON.stringify(validate.errors)).to.equal(valid)
      expect(reads(json)).to.equal(valid)
    })
})
