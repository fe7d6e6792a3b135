import { type EqlEvidence, eqlOf, unanchoredEql } from '@nexus/aep/eql'
import { expect } from 'chai'
import { samplePack } from './fixtures.ts'

const INPUT = {
  name: 'a.csv',
  adapter: 'csv',
  url: 'https://source.invalid/a.csv',
  licence: 'public-domain',
  retrievedAt: '2020-01-01T00:00:00Z',
  sha256: `0x${'00'.repeat(32)}`,
  bytes: 1,
} as const
const QUALITY = { used: 1, excluded: {}, missingDays: 0, coverage: 1, flags: [] }
const GOOD: EqlEvidence = {
  inputs: [INPUT],
  claims: { uncertainty: { value: '0.1', source: 'a table' }, quality: QUALITY },
  model: { model: { version: '1.0.0' }, catalogue: { pack: 'seismic', version: '1.0.0' } },
}
const changed = (change: Partial<EqlEvidence>): EqlEvidence => ({ ...GOOD, ...change })
const claims = GOOD.claims
const input = (change: object): EqlEvidence => changed({ inputs: [INPUT, { ...INPUT, name: 'b.csv', ...change }] })

// The table of standards/eql.md.
const table: [why: string, evidence: EqlEvidence, eql: number][] = [
  ['everything is known, and anybody may fetch the source', GOOD, 3],
  ['the origin of one input is not known', input({ url: null }), 0],
  ['the licence of one input is not known', input({ licence: null }), 0],
  ['the retrieval time of one input is not known', input({ retrievedAt: null }), 0],
  ['there are no inputs', changed({ inputs: [] }), 0],
  ['no uncertainty is stated', changed({ claims: { ...claims, uncertainty: null } }), 1],
  ['the record is short', changed({ claims: { ...claims, quality: { ...QUALITY, flags: ['short-record'] } } }), 1],
  ['nobody vouches for the model', changed({ model: { ...GOOD.model, catalogue: null } }), 1],
  ['the version of the model is 0.x', changed({ model: { ...GOOD.model, model: { version: '0.9.1' } } }), 1],
  ['the licence of one input does not let everybody fetch it', input({ licence: 'proprietary' }), 2],
  [
    'the index is empty, which is an answer',
    changed({ claims: { ...claims, quality: { ...QUALITY, flags: ['empty'] } } }),
    3,
  ],
]

describe('the evidence quality level', () => {
  for (const [why, evidence, eql] of table)
    it(`is ${eql} when ${why}`, () => {
      expect(eqlOf(evidence)).to.equal(eql)
    })

  it('is at most 2 where no quorum has anchored it', () => {
    expect([0, 1, 2, 3, 4].map(unanchoredEql)).to.deep.equal([0, 1, 2, 2, 2])
  })

  it('is sealed with the pack, in claims and in the index claim', () => {
    const pack = samplePack()
    const [claim] = pack.leaves.filter(({ name }) => name === 'claim/index')
    expect(pack.claims.eql).to.equal(3)
    expect(pack.report.eql).to.equal(3)
    expect(claim?.content[56]).to.equal(3)
  })
})
