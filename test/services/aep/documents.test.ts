import { readFileSync } from 'node:fs'
import { schemaError } from '@nexus/aep/documents'
import { CRATE_NAME } from '@nexus/aep/rocrate'
import { feedSpecSchema } from '@nexus/kit/feed'
import { expect } from 'chai'
import { buildInput, receiptOf, samplePack, signedReceipt } from './fixtures.ts'

type Json = Record<string, unknown>
const pack = samplePack()
const read = (name: string): Json => JSON.parse(Buffer.from(pack.files.get(name) ?? []).toString('utf8'))

/** Every way of leaving out one required field or adding one, at any depth. */
function* neighbours(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [n, item] of value.entries()) for (const changed of neighbours(item)) yield value.with(n, changed)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const record = value as Json
  yield { ...record, unknownField: 'x' }
  for (const [key, child] of Object.entries(record)) {
    const { [key]: _, ...without } = record
    yield without
    for (const changed of neighbours(child)) yield { ...record, [key]: changed }
  }
}
const OPEN = /"(params|options|attributes|excluded)":\{[^{}]*\}/g // fields that hold any names

describe('the documents of a pack', () => {
  const kinds = {
    'claims.json': 'aep-claims',
    'inputs.json': 'aep-inputs',
    'model.json': 'aep-model',
    'assumptions.json': 'aep-assumptions',
    'lineage.json': 'aep-lineage',
    'salts.json': 'aep-salts',
  } as const
  for (const [name, kind] of Object.entries(kinds))
    it(`${name} follows its schema, and no longer with a field more or less anywhere`, () => {
      expect(schemaError(kind, read(name))).to.equal(null)
      const whole = JSON.stringify(read(name)).replace(OPEN, '"$1":{}')
      let tried = 0
      for (const changed of neighbours(read(name))) {
        if (JSON.stringify(changed).replace(OPEN, '"$1":{}') === whole) continue
        tried++
        expect(schemaError(kind, changed), JSON.stringify(changed)).to.not.equal(null)
      }
      expect(tried).to.be.greaterThan(4)
    })

  it('receipts follow their schema, and no longer with a field more or less', () => {
    const receipt = receiptOf(pack, signedReceipt(pack, 1).operator)
    expect(schemaError('receipt', receipt)).to.equal(null)
    for (const changed of neighbours(receipt)) expect(schemaError('receipt', changed)).to.not.equal(null)
  })

  it('feed.schema.json and the schema that services parse with accept and refuse the same', () => {
    const feed = buildInput().feed
    const variants: unknown[] = [
      feed,
      { ...feed, uncertainty: null },
      { ...feed, decimals: 0 },
      { ...feed, decimals: 9 },
      { ...feed, decimals: 10 },
      { ...feed, decimals: -1 },
      { ...feed, decimals: 1.5 },
      { ...feed, modelVersion: '1.0' },
      { ...feed, modelVersion: 'v1.0.0' },
      { ...feed, modelCodeHash: feed.modelCodeHash.toUpperCase() },
      { ...feed, modelCodeHash: feed.modelCodeHash.slice(0, -1) },
      { ...feed, model: '' },
      { ...feed, datasetVersion: '' },
      { ...feed, params: { a: 'x', b: 1, c: true, d: null } },
      { ...feed, params: { a: [] } },
      { ...feed, params: { a: {} } },
      { ...feed, params: [] },
      { ...feed, uncertainty: { value: '1', source: '' } },
      { ...feed, uncertainty: { value: 1, source: 'x' } },
      { ...feed, source: null },
      null,
      [],
      'feed',
      ...neighbours(feed),
    ]
    const verdicts = variants.map(variant => feedSpecSchema.safeParse(variant).success)
    expect(variants.map(variant => schemaError('feed', variant) === null)).to.deep.equal(verdicts)
    expect(new Set(verdicts).size).to.equal(2)
  })

  it('has schemas that say to be draft 2020-12 and name themselves', () => {
    for (const name of ['feed', 'receipt', ...Object.values(kinds)]) {
      const url = new URL(`../../../standards/${name}.schema.json`, import.meta.url)
      const schema = JSON.parse(readFileSync(url, 'utf8'))
      expect(schema.$schema).to.equal('https://json-schema.org/draft/2020-12/schema')
      expect(schema.$id).to.match(new RegExp(`/${name}.schema.json$`))
    }
  })
})

describe('the RO-Crate of a pack', () => {
  const graph = read(CRATE_NAME)['@graph'] as Json[]
  const byId = new Map(graph.map(entity => [entity['@id'], entity]))

  it('has the descriptor and the root that RO-Crate 1.2 asks for', () => {
    expect(byId.get(CRATE_NAME)).to.deep.equal({
      '@id': CRATE_NAME,
      '@type': 'CreativeWork',
      about: { '@id': './' },
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
    })
    const root = byId.get('./') ?? {}
    expect(root['@type']).to.equal('Dataset')
    for (const required of ['name', 'description', 'datePublished', 'license'])
      expect(root[required], required).to.be.ok
    expect((read(CRATE_NAME)['@context'] as unknown[])[0]).to.equal('https://w3id.org/ro/crate/1.2/context')
  })

  it('refers to nothing that it does not describe, and describes nothing twice', () => {
    expect(byId.size).to.equal(graph.length)
    const references = (value: unknown): string[] =>
      Array.isArray(value)
        ? value.flatMap(references)
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([key, child]) => (key === '@id' ? [String(child)] : references(child)))
          : []
    const allowed = new Set<unknown>([...byId.keys(), 'https://w3id.org/ro/crate/1.2'])
    for (const entity of graph) expect(references(entity).filter(id => !allowed.has(id))).to.deep.equal([])
  })

  it('tells the lineage in terms of PROV-O: each step, what it used, and what was generated by it', () => {
    const activities = graph.filter(entity => (entity['@type'] as string[]).includes('prov:Activity'))
    expect(activities.map(entity => entity['@id'])).to.deep.equal(['#retrieve-0', '#parse', '#compute', '#seal'])
    expect(byId.get('inputs/gauge.csv')?.['prov:wasGeneratedBy']).to.deep.equal({ '@id': '#retrieve-0' })
    expect(byId.get('#parse')?.['prov:used']).to.deep.equal([{ '@id': 'inputs/gauge.csv' }])
    expect(byId.get('#compute')?.['instrument']).to.deep.equal({ '@id': 'code/models/highest/index.ts' })
  })
})
