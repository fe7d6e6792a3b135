import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFolder } from '@nexus/aep/durable'
import { rootFromProof } from '@nexus/aep/merkle'
import { zipPack } from '@nexus/aep/zip'
import { toHex } from '@nexus/kit/canonical'
import { expect } from 'chai'
import { nexus as runNexus } from '../../support/nexus.ts'
import { buildInput, samplePack, signedReceipt } from './fixtures.ts'

const DATA = new URL('../../../node_modules/vega-datasets/data/', import.meta.url).pathname

interface Outcome {
  status: number
  stdout: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the command printed
  json: any
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the command printed
  error: any
}

let folder: string
const parse = (text: string) => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
const nexus = async (...args: string[]): Promise<Outcome> => {
  const { status, stdout, stderr } = await runNexus(['aep', ...args], { cwd: folder })
  return { status, stdout, json: parse(stdout), error: parse(stderr.trim().split('\n').at(-1) ?? '') }
}

const HUALIEN = {
  model: 'quake-max-magnitude',
  params: { lat: '23.97', lon: '121.60', radiusKm: '100' },
  source: { adapter: 'usgs-geojson', dataset: 'vega-earthquakes', options: { service: 'all_week' } },
  datasetVersion: 'vega-datasets 3.2.1',
  uncertainty: { value: '±0.3 magnitude units', source: 'a table' },
}
const BUILD = [
  '--feed',
  'feed.json',
  '--input',
  join(DATA, 'earthquakes.json'),
  '--from',
  '2018-02-01',
  '--to',
  '2018-02-07',
]

describe('nexus aep', function () {
  this.timeout(30_000)
  const pack = samplePack()
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-aep-cli-'))
    await writeFile(join(folder, 'feed.json'), JSON.stringify(HUALIEN))
    await writeFile(join(folder, 'sample.zip'), zipPack(pack.files))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('seals the Hualien earthquake from the bytes of USGS, the same twice, as a zip and as a folder, and verifies it', async () => {
    const built = await nexus('build', ...BUILD, '--out', 'one.zip', '--json')
    expect(built.status).to.equal(0)
    expect(built.json.index).to.deep.equal({
      time: '2018-02-06T15:50:42.400Z',
      value: '6.40',
      scaled: '640',
      decimals: 2,
    })
    expect(built.json.eql).to.equal(2) // not anchored
    const again = await nexus('build', ...BUILD, '--out', 'two', '--json')
    expect(again.json.aepId).to.equal(built.json.aepId)
    await nexus('build', ...BUILD, '--out', 'three.zip')
    expect(await readFile(join(folder, 'three.zip'))).to.deep.equal(await readFile(join(folder, 'one.zip')))
    for (const name of ['one.zip', 'two']) {
      const { status, json } = await nexus('verify', name, '--aep-id', built.json.aepId, '--json')
      expect({ status, ok: json.ok, aepId: json.aepId }, name).to.deep.equal({
        status: 0,
        ok: true,
        aepId: built.json.aepId,
      })
    }
  })

  it('fills in a source without options, and says in words what is wrong with a feed', async () => {
    const { options: _, ...source } = { ...HUALIEN.source }
    await writeFile(join(folder, 'feed.json'), JSON.stringify({ ...HUALIEN, source }))
    expect((await nexus('build', ...BUILD, '--out', 'x.zip')).status).to.equal(0)
    for (const [change, words] of [
      [{ model: 3 }, 'model must be a string, not 3'],
      [{ datasetVersion: undefined }, 'datasetVersion is missing'],
      [{ datasetVersion: '' }, 'datasetVersion must not be empty'],
      [{ decimals: 10 }, 'decimals must be at most 9'],
      [{ decimals: 1.5 }, 'decimals must be a whole number, not 1.5'],
      [{ modelVersion: '1' }, 'modelVersion must be a version such as 1.0.0'],
      [{ params: { lat: [] } }, 'params.lat must be a string or a number or true or false or null, not a list'],
      [{ uncertainty: { value: '1' } }, 'uncertainty.source is missing'],
      [{ colour: 'red' }, 'the document has an unknown field "colour"'],
    ] as const) {
      await writeFile(join(folder, 'feed.json'), JSON.stringify({ ...HUALIEN, ...change }))
      const { status, error } = await nexus('build', ...BUILD, '--out', 'y.zip')
      expect({ status, message: error.message }).to.deep.equal({ status: 2, message: `feed.json: ${words}` })
    }
  })

  it('seals the same pack twice, and never replaces another file', async () => {
    await nexus('build', ...BUILD, '--out', 'one.zip')
    const sealed = await readFile(join(folder, 'one.zip'))
    expect((await nexus('build', ...BUILD, '--out', 'one.zip')).status).to.equal(0)
    const other = await nexus('build', ...BUILD, '--sequence', '2', '--out', 'one.zip')
    expect({ status: other.status, code: other.error.code }).to.deep.equal({ status: 2, code: 'cannot-write' })
    expect(await readFile(join(folder, 'one.zip'))).to.deep.equal(sealed)
  })

  it('sums up for people what was checked, and the id a broken pack is known by', async () => {
    const [one, two] = [signedReceipt(pack, 1), signedReceipt(pack, 2)]
    const files = new Map([...pack.files, [one.name, one.bytes], [two.name, two.bytes]])
    await writeFile(join(folder, 'signed.zip'), zipPack(files))
    expect((await nexus('verify', 'signed.zip')).stdout).to.match(
      /checked {3}form ✓ · 1 input ✓ · claims ✓ · code ✓ · root ✓ · 2 receipts ✓ · recomputation ✓\n$/,
    )
    const torn = zipPack(files).subarray(0, 2000)
    await writeFile(join(folder, `${pack.aepId}.zip`), torn)
    const { status, stdout } = await nexus('verify', `${pack.aepId}.zip`)
    expect(status).to.equal(3)
    expect(stdout).to.include(`it cannot be read as a pack, known as ${pack.aepId}`).and.to.include('form ✗')
  })

  it('exits 3 for a pack with one byte changed, says what was expected and found, and names it on stderr', async () => {
    const zip = await readFile(join(folder, 'sample.zip'))
    const at = zip.indexOf('2012-01-02,3.5') + 13
    await writeFile(join(folder, 'sample.zip'), zip.fill('9', at, at + 1))
    const { status, json, error } = await nexus('verify', 'sample.zip', '--json')
    expect(status).to.equal(3)
    expect(json.ok).to.equal(false)
    expect(json.checks).to.deep.equal([
      {
        check: 'zip',
        ok: false,
        expected: 'the canonical zip form',
        actual: 'zip-checksum: not a pack: inputs/gauge.csv has other bytes than were sealed',
      },
    ])
    expect(error.code).to.equal('pack-refused')
    expect(error.details.failed).to.deep.equal(['zip'])
  })

  it('exits 3 for a folder with one byte changed, and names the file and the root', async () => {
    await writeFolder(join(folder, 'sample'), pack.files)
    await writeFile(join(folder, 'sample', 'inputs', 'gauge.csv'), '2012-01-02,9.9\n')
    const { status, error, stdout } = await nexus('verify', 'sample')
    expect(status).to.equal(3)
    expect(error.details.failed).to.include('inputs/gauge.csv').and.to.include('root')
    expect(stdout).to.match(/^REFUSED/)
  })

  it('exits 3 for a changed receipt, and for a receipt of another pack', async () => {
    const receipt = signedReceipt(pack, 1)
    const broken = receipt.bytes.with(200, (receipt.bytes[200] ?? 0) ^ 1)
    await writeFile(join(folder, 'broken.zip'), zipPack(new Map([...pack.files, [receipt.name, broken]])))
    expect((await nexus('verify', 'broken.zip')).error.details.failed).to.deep.equal([receipt.name])
    const other = signedReceipt(samplePack({ sequence: 2 }), 1)
    await writeFile(join(folder, 'other.zip'), zipPack(new Map([...pack.files, [other.name, other.bytes]])))
    expect((await nexus('verify', 'other.zip')).status).to.equal(3)
  })

  it('exits 3 for a pack whose own code gives something else, and with --no-recompute does not run it', async () => {
    const { result } = buildInput()
    const forged = samplePack({ result: { ...result, index: { ...result.index, value: '9.9', scaled: '99' } } })
    await writeFile(join(folder, 'forged.zip'), zipPack(forged.files))
    const { status, error } = await nexus('verify', 'forged.zip')
    expect({ status, failed: error.details.failed }).to.deep.equal({ status: 3, failed: ['recomputed index'] })
    expect((await nexus('verify', 'forged.zip', '--no-recompute')).status).to.equal(0)
    expect((await nexus('show', 'forged.zip', '--html', 'page.html')).status).to.equal(3)
    expect(await readdir(folder)).to.not.include('page.html')
  })

  it('proves a claim, and exits 2 for one that is not there', async () => {
    const { status, json } = await nexus('prove', 'sample.zip', '--claim', 'claim/index', '--json')
    expect(status).to.equal(0)
    expect(json).to.include.keys('leaf', 'salt', 'index', 'size', 'proof', 'root')
    const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.slice(2), 'hex'))
    expect(toHex(rootFromProof(bytes(json.leaf), json.index, json.size, json.proof.map(bytes)))).to.equal(pack.aepId)
    const missing = await nexus('prove', 'sample.zip', '--claim', 'claim/other', '--json')
    expect({ status: missing.status, code: missing.error.code }).to.deep.equal({ status: 2, code: 'unknown-claim' })
  })

  it('shows a pack, and writes its page', async () => {
    const { status, json } = await nexus('show', 'sample.zip', '--html', 'page.html', '--json')
    expect(status).to.equal(0)
    expect(json.index.value).to.equal('3.5')
    expect(json.leaves).to.include('claim/index').and.to.include('code/models/highest/index.ts')
    expect(await readFile(join(folder, 'page.html'), 'utf8')).to.include(pack.aepId)
    expect((await nexus('show', 'sample.zip')).stdout).to.match(/aepId +0x[0-9a-f]{64}/)
  })

  const wrong: [what: string, code: string, args: string[]][] = [
    ['a pack that is not there', 'not-found', ['verify', 'nothing.zip']],
    [
      'no raw data',
      'usage',
      ['build', '--feed', 'feed.json', '--from', '2018-02-01', '--to', '2018-02-07', '--out', 'x'],
    ],
    ['no feed', 'usage', ['build', '--input', 'x', '--from', '2018-02-01', '--to', '2018-02-07', '--out', 'x']],
    ['a feed that is none', 'bad-feed', ['build', ...BUILD, '--feed', 'empty.json', '--out', 'x']],
    ['a feed that is no JSON', 'bad-json', ['build', ...BUILD, '--feed', 'sample.zip', '--out', 'x']],
    ['a window that ends before it begins', 'bad-window', ['build', ...BUILD, '--to', '2018-02-01', '--out', 'x']],
    ['a time that is none', 'bad-time', ['build', ...BUILD, '--to', '2018-02-30', '--out', 'x']],
    ['a sequence of nothing', 'usage', ['build', ...BUILD, '--sequence', '0', '--out', 'x']],
    ['a retrieval time that is none', 'schema', ['build', ...BUILD, '--retrieved-at', 'yesterday', '--out', 'x']],
    ['an output that is there already', 'cannot-write', ['build', ...BUILD, '--out', 'taken']],
    ['a folder that cannot be', 'cannot-write', ['build', ...BUILD, '--out', 'sample.zip/x']],
    ['raw data of 2 GB', 'input-too-large', ['build', ...BUILD, '--input', 'huge', '--out', 'x']],
    ['a root that is none', 'usage', ['verify', 'sample.zip', '--aep-id', '0x12']],
    ['an unknown option', 'usage', ['verify', 'sample.zip', '--quick']],
  ]
  for (const [what, code, args] of wrong)
    it(`exits 2 for ${what}, and writes nothing`, async () => {
      await writeFile(join(folder, 'empty.json'), '{}')
      await writeFile(join(folder, 'huge'), '')
      await truncate(join(folder, 'huge'), 2 ** 31)
      await writeFolder(join(folder, 'taken'), pack.files)
      const before = await readdir(folder)
      const { status, error, stdout } = await nexus(...args)
      expect({ status, code: error?.code, stdout }).to.deep.equal({ status: 2, code, stdout: '' })
      expect(await readdir(folder)).to.deep.equal(before)
    })
})
