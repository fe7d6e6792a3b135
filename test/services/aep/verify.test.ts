import { rootFromProof } from '@nexus/aep/merkle'
import { leavesOf, openPack, rootOf } from '@nexus/aep/pack'
import { proveClaim } from '@nexus/aep/prove'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import { canonicalBytes, sha256Hex, toHex } from '@nexus/kit/canonical'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { samplePack, signedReceipt, text } from './fixtures.ts'

const failed = (files: ReadonlyMap<string, Uint8Array> | Uint8Array): string[] =>
  verifyPack(files)
    .checks.filter(({ ok }) => !ok)
    .map(({ check }) => check)

type Json = Record<string, unknown>
type Edit = (document: Json) => void

/** A forger's way: changes one document, and then everything that follows from it that needs no other key or code. */
function forge(name: string, edit: Edit): Map<string, Uint8Array> {
  const files = new Map(samplePack().files)
  const rewrite = (file: string, change: Edit) => {
    const document = JSON.parse(Buffer.from(files.get(file) ?? []).toString('utf8')) as Json
    change(document)
    files.set(file, canonicalBytes(document))
  }
  rewrite(name, edit)
  rewrite('ro-crate-metadata.json', crate => {
    for (const entity of crate['@graph'] as Json[]) {
      const bytes = files.get(String(entity['@id']))
      if (bytes && 'sha256' in entity) entity['sha256'] = sha256Hex(bytes).slice(2)
    }
  })
  const documents = openPack(files).documents
  const root = rootOf(leavesOf(files, documents))
  if (name !== 'salts.json') files.set('salts.json', canonicalBytes({ ...documents['salts.json'], aepId: root }))
  return files
}

const part = (document: Json, key: string) => document[key] as Json

describe('verifying a pack', function () {
  this.timeout(60_000)
  it('passes a pack as it was sealed, in its zip and as files, with its receipts', () => {
    const pack = samplePack()
    const receipt = signedReceipt(pack, 1)
    const files = new Map([...pack.files, [receipt.name, receipt.bytes]])
    for (const form of [files, zipPack(files)]) {
      const { ok, aepId, receipts } = verifyPack(form, { aepId: pack.aepId })
      expect(ok).to.equal(true)
      expect(aepId).to.equal(pack.aepId)
      expect(receipts.map(({ operator }) => operator)).to.deep.equal([receipt.operator])
    }
  })

  it('fails a small pack with any one byte of its zip changed', function () {
    this.timeout(60_000)
    const zip = zipPack(samplePack().files)
    for (let at = 0; at < zip.length; at++) {
      const changed = zip.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      expect(verifyPack(changed).ok, `byte ${at}`).to.equal(false)
    }
  })

  it('fails a small pack with any one byte of any of its files changed', function () {
    this.timeout(60_000)
    const { files } = samplePack()
    for (const [name, bytes] of files)
      for (let at = 0; at < bytes.length; at++) {
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ 0x01
        expect(verifyPack(new Map([...files, [name, changed]])).ok, `${name}, byte ${at}`).to.equal(false)
      }
  })

  it('fails a pack that is another one than it was called', () => {
    const aepId = toHex(new Uint8Array(32).fill(1))
    const { ok, checks } = verifyPack(samplePack().files, { aepId })
    expect(ok).to.equal(false)
    expect(checks.filter(check => !check.ok).map(({ check }) => check)).to.deep.equal(['aepId'])
  })

  it('names the missing and the unexpected file', () => {
    const { files } = samplePack()
    const without = new Map([...files].filter(([name]) => name !== 'inputs/gauge.csv'))
    expect(failed(without)).to.include('missing files')
    expect(failed(new Map([...files, ['code/extra.ts', text('')]]))).to.include('unexpected files')
    expect(failed(new Map([...files, ['signatures/readme.txt', text('')]]))).to.include('unexpected files')
    expect(failed(new Map([...files, ['Claims.json', text('')]]))).to.include('names that clash')
    expect(failed(new Map([...files].filter(([name]) => name !== 'claims.json')))).to.deep.equal(['claims.json'])
    expect(failed(new Map())).to.include('claims.json')
  })

  const forgeries: [what: string, file: string, edit: Edit, check: string][] = [
    ['a higher value', 'claims.json', claims => Object.assign(part(claims, 'index'), { scaled: '69' }), 'value'],
    ['a higher level', 'claims.json', claims => Object.assign(claims, { eql: 4 }), 'eql'],
    ['a hidden provisional flag', 'claims.json', claims => Object.assign(claims, { provisional: true }), 'flags'],
    [
      'another feed',
      'claims.json',
      claims => Object.assign(part(claims, 'feed'), { datasetVersion: 'other' }),
      'feedId',
    ],
    [
      'a window that ends before it begins',
      'claims.json',
      claims => Object.assign(claims, { window: { from: '2012-01-04T00:00:00Z', to: '2012-01-01T00:00:00Z' } }),
      'window',
    ],
    [
      'another sequence under the old salts',
      'claims.json',
      claims => Object.assign(claims, { sequence: 9 }),
      'packSecret',
    ],
    [
      'better uncertainty',
      'claims.json',
      claims => Object.assign(part(claims, 'uncertainty'), { value: '0' }),
      'uncertainty',
    ],
    [
      'one observation claimed twice',
      'claims.json',
      claims => (claims['observations'] as Json[]).push(...(claims['observations'] as Json[])),
      'observations claimed once',
    ],
    ['other decimals', 'claims.json', claims => Object.assign(part(claims, 'index'), { decimals: 2 }), 'decimals'],
    [
      'another hash of an input',
      'inputs.json',
      inputs => Object.assign((inputs['inputs'] as Json[])[0] ?? {}, { sha256: `0x${'0'.repeat(64)}` }),
      'inputs/gauge.csv',
    ],
    [
      'a licence it does not have',
      'inputs.json',
      inputs => Object.assign((inputs['inputs'] as Json[])[0] ?? {}, { licence: null }),
      'eql',
    ],
    ['another model', 'model.json', model => Object.assign(part(model, 'model'), { id: 'lowest' }), 'model'],
    ['other parameters', 'model.json', model => Object.assign(part(model, 'model'), { params: { k: 'v' } }), 'params'],
    [
      'an entry that is not among the files',
      'model.json',
      model => Object.assign(part(model, 'model'), { entry: 'models/other.ts' }),
      'model code entry',
    ],
    [
      'a file taken out of the hash of the parser',
      'model.json',
      model => (part(model, 'source')['files'] as Json[]).shift(),
      'source code',
    ],
    [
      'a secret of its own in a public pack',
      'salts.json',
      salts => Object.assign(salts, { packSecret: `0x${'0'.repeat(64)}` }),
      'packSecret',
    ],
    ['another name for itself', 'salts.json', salts => Object.assign(salts, { aepId: `0x${'0'.repeat(64)}` }), 'root'],
  ]
  for (const [what, file, edit, check] of forgeries)
    it(`fails ${what}, even when all that depends on it is written again`, () => {
      expect(failed(forge(file, edit))).to.include(check)
    })

  it('fails documents that are not canonical, not JSON, or not of their schema', () => {
    const { files } = samplePack()
    const claims = Buffer.from(files.get('claims.json') ?? []).toString('utf8')
    const variants = [`${claims}\n`, ` ${claims}`, claims.replace('"eql":3', '"eql":3.0'), '{', '[]', '\ufeff{}', '']
    const extended = claims.replace('{', '{"Extra":1,')
    const deep = '['.repeat(100_000)
    for (const variant of [...variants, extended, deep])
      expect(failed(new Map([...files, ['claims.json', text(variant)]])), variant.slice(0, 40)).to.include(
        'claims.json',
      )
    expect(failed(new Map([...files, ['claims.json', Uint8Array.of(0x22, 0xff, 0x22)]]))).to.include('claims.json')
  })

  it('fails a crate that does not list what is there', () => {
    const { files } = samplePack()
    for (const crate of [
      '{}',
      '{"@graph":[]}',
      '{"@graph":[null]}',
      '[]',
      'null',
      '{"@graph":[{"@id":"./","hasPart":[1]}]}',
    ])
      expect(failed(new Map([...files, ['ro-crate-metadata.json', text(crate)]])), crate).to.include('ro-crate')
  })

  it('fails a receipt of another pack, and one under another name', () => {
    const pack = samplePack()
    const other = signedReceipt(samplePack({ sequence: 2 }), 1)
    const mine = signedReceipt(pack, 1)
    const notMine = signedReceipt(pack, 2)
    expect(failed(new Map([...pack.files, [other.name, other.bytes]]))).to.deep.equal([`${other.name} is of this pack`])
    expect(failed(new Map([...pack.files, [mine.name, notMine.bytes]]))).to.deep.equal([
      `${mine.name} is its operator's`,
    ])
  })

  it('does not let a pack that is not public be taken for a public one', () => {
    const pack = samplePack({ packSecret: new Uint8Array(32).fill(5) })
    expect(verifyPack(pack.files).ok).to.equal(true)
    const salts = JSON.parse(Buffer.from(pack.files.get('salts.json') ?? []).toString('utf8'))
    expect(failed(new Map([...pack.files, ['salts.json', canonicalBytes({ ...salts, public: true })]]))).to.deep.equal([
      'packSecret',
    ])
  })
})

describe('proving one claim', () => {
  it('gives a proof of every leaf that leads to the root, and no proof of what is not there', () => {
    const pack = samplePack()
    for (const { name } of pack.leaves) {
      const { leaf, index, size, proof, root, content, salt } = proveClaim(pack.files, name)
      const bytes = (value: string) => new Uint8Array(Buffer.from(value.slice(2), 'hex'))
      expect(root).to.equal(pack.aepId)
      expect(sha256Hex(Uint8Array.of(0), bytes(salt), bytes(content))).to.equal(leaf)
      expect(toHex(rootFromProof(bytes(leaf), index, size, proof.map(bytes)))).to.equal(root)
    }
    for (const name of ['salts.json', 'claim/observation/000001', 'claim'])
      expect(() => proveClaim(pack.files, name), name).to.throw(NexusError, /no claim or file/)
  })

  it('proves from a pack that came through its zip', () => {
    const pack = samplePack()
    expect(proveClaim(unzipPack(zipPack(pack.files)), 'claim/index').root).to.equal(pack.aepId)
  })
})
