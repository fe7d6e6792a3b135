import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type CatalogueModel, loadCatalogue } from '@nexus/packs/catalogue'
import { codeClosure, codeHashOf, importsOf } from '@nexus/packs/closure'
import { accessOf } from '@nexus/packs/fetch'
import { fillTerms, readTemplate } from '@nexus/packs/terms-template'
import { quotePayout } from '@nexus/terms/payout'
import { parseTerms } from '@nexus/terms/terms'
import { expect } from 'chai'
import ts from 'typescript'
import { copyOfPacks, root, thrownBy, withFolder } from './support.ts'

const run = promisify(execFile)
const catalogue = loadCatalogue()

describe('catalogue of packs', () => {
  it('brings the models and sources of both packs', () => {
    expect(catalogue.packs().map(({ id }) => id)).to.deep.equal(['drought', 'seismic'])
    expect(catalogue.models().map(({ id, version }) => `${id}@${version}`)).to.have.members([
      'quake-max-magnitude@1.0.0',
      'rain-sum-extreme@1.0.0',
      'dry-spell@1.0.0',
      'spi@1.0.0',
    ])
    expect(catalogue.sources().map(({ adapter }) => adapter)).to.have.members(['usgs-geojson', 'ghcn-daily', 'csv'])
  })

  it('loads modules that are what their manifest says', async () => {
    for (const model of catalogue.models()) {
      const module = await model.load()
      expect([module.id, module.version, module.decimals]).to.deep.equal([model.id, model.version, model.decimals])
    }
    for (const source of catalogue.sources()) {
      const { parse, merge } = await source.load()
      expect([typeof parse, typeof merge, typeof (await source.loadRequest()).request]).to.deep.equal(
        Array(3).fill('function'),
      )
    }
  })

  it('tells what it does not have, and what it has', async () => {
    expect(await thrownBy(() => catalogue.model('ndvi'))).to.include({ code: 'unknown-model', exitCode: 2 })
    expect((await thrownBy(() => catalogue.model('spi', '9.0.0'))).code).to.equal('unknown-model')
    expect((await thrownBy(() => catalogue.source('ftp'))).details['known']).to.include('csv')
    expect((await thrownBy(() => catalogue.dataset('x'))).code).to.equal('unknown-dataset')
  })

  it('has a playbook, terms and an installed copy of each pinned dataset, with the bytes it pins', async () => {
    for (const pack of catalogue.packs()) {
      expect((await readFile(catalogue.packFile(pack.id, pack.playbook), 'utf8')).length).to.be.greaterThan(500)
      for (const terms of pack.terms) await readFile(catalogue.packFile(pack.id, terms))
      for (const dataset of pack.datasets) {
        expect(catalogue.source(dataset.adapter).normaliseOptions(dataset.options)).to.deep.include(dataset.options)
        const access = accessOf(dataset)
        if (access.kind !== 'pinned') continue
        const bytes = await readFile(access.path)
        expect(`0x${createHash('sha256').update(bytes).digest('hex')}`).to.equal(access.sha256)
        expect(bytes.length).to.equal(dataset.access.kind === 'pinned' && dataset.access.bytes)
      }
    }
  })

  it('pins vega-datasets by the hash that its own data package states', async () => {
    const folder = join(root, 'node_modules/vega-datasets')
    const { resources, version } = JSON.parse(await readFile(join(folder, 'datapackage.json'), 'utf8')) as {
      version: string
      resources: { path: string; hash: string; licenses?: { title: string; path: string }[] }[]
    }
    for (const dataset of catalogue.datasets()) {
      if (dataset.access.kind !== 'pinned') continue
      const { path, packageVersion } = dataset.access
      const resource = resources.find(known => `data/${known.path}` === path)
      const bytes = await readFile(join(folder, path))
      // The data package gives the hash that git gives a file.
      const sha1 = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
      expect(resource?.hash).to.equal(`sha1:${sha1}`)
      expect(packageVersion).to.equal(version)
      expect(resource?.licenses?.[0]?.path).to.equal(dataset.licencePage)
    }
  })
})

describe('code of the catalogue', () => {
  const all = [...catalogue.models(), ...catalogue.sources()]

  it("finds the same imports as TypeScript's own scanner, types included", () => {
    for (const { codeFiles } of all)
      for (const { path, bytes } of codeFiles) {
        const source = new TextDecoder().decode(bytes)
        const expected = ts.preProcessFile(source, true, true).importedFiles.map(({ fileName }) => fileName)
        expect([...importsOf(source)].sort(), path).to.deep.equal(expected.sort())
      }
  })

  it('hashes as the definition says, computed here from scratch', () => {
    const sha = (bytes: Uint8Array) => `0x${createHash('sha256').update(bytes).digest('hex')}`
    for (const { codeFiles, codeHash } of all) {
      const list = codeFiles.map(({ path, bytes }) => [path, sha(bytes)]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
      expect(sha(new TextEncoder().encode(JSON.stringify(list)))).to.equal(codeHash)
    }
  })

  it('runs from a folder of its own, without any package', async () => {
    await withFolder(async folder => {
      const model = catalogue.model('spi')
      const source = catalogue.source('csv')
      await lay(folder, model)
      await lay(folder, source)
      await writeFile(join(folder, 'package.json'), '{"type":"module"}')
      await writeFile(
        join(folder, 'run.ts'),
        `import { readFileSync } from 'node:fs'
         const { parse, merge } = await import('./code/${source.entry}')
         const { run } = await import('./code/${model.entry}')
         const data = merge([parse(new Uint8Array(readFileSync(process.argv[2])), {})])
         const window = { from: Date.UTC(2015, 4, 1) / 1000, to: Date.UTC(2015, 7, 1) / 1000 }
         console.log(run(data, { scaleMonths: 3, calFrom: 2012, calTo: 2015, minYears: 4, decimals: 9 }, window).index.value)`,
      )
      const file = join(root, 'node_modules/vega-datasets/data/seattle-weather.csv')
      const { stdout } = await run(process.execPath, [join(folder, 'run.ts'), file])
      expect(stdout.trim()).to.equal('-1.647781837')
    })
  })

  it('is refused once it no longer is what its pack pinned', async () => {
    await withFolder(async folder => {
      const { packs, code } = await copyOfPacks(folder)
      expect(loadCatalogue(packs, code).model('spi').codeHash).to.equal(catalogue.model('spi').codeHash)
      await appendFile(join(code, 'models/math/gamma.ts'), '\n')
      const changed = loadCatalogue(packs, code)
      expect(await thrownBy(() => changed.model('spi'))).to.include({ code: 'code-changed', exitCode: 3 })
      expect(changed.model('dry-spell').codeHash).to.equal(catalogue.model('dry-spell').codeHash)
    })
  })

  it('may import nothing but its own files', async () => {
    await withFolder(async folder => {
      const entry = async (source: string) => {
        await writeFile(join(folder, 'a.ts'), source)
        return thrownBy(() => codeClosure(folder, 'a.ts'))
      }
      for (const target of [
        'node:fs',
        'viem',
        '@nexus/kit/errors',
        '/etc/passwd',
        'https://example.org/x.ts',
        '../outside.ts',
      ])
        expect((await entry(`import { x } from '${target}'\n`)).code, target).to.equal('foreign-import')
      expect((await entry("import type { X } from '@nexus/kit/observation'\n")).code).to.equal('foreign-import')
      expect((await entry("import './gone.ts'\n")).code).to.equal('code-missing')
    })
  })

  it('hashes differently after a change of one byte, or of one name', () => {
    const files = catalogue.model('spi').codeFiles
    const [first, ...rest] = files
    if (!first) throw new Error('no files')
    const bytes = first.bytes.slice()
    bytes[0] = (bytes[0] ?? 0) ^ 1
    const hash = catalogue.model('spi').codeHash
    expect(codeHashOf([...rest, first])).to.equal(hash)
    expect(codeHashOf([{ ...first, bytes }, ...rest])).to.not.equal(hash)
    expect(codeHashOf([{ ...first, path: `${first.path}x` }, ...rest])).to.not.equal(hash)
  })
})

describe('pack manifests', () => {
  it('are refused when they break their schema, their folder or each other', async () => {
    await withFolder(async folder => {
      const { packs, code } = await copyOfPacks(folder)
      const file = join(packs, 'seismic/pack.json')
      const original = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
      const withChange = async (change: object) => {
        await writeFile(file, JSON.stringify({ ...original, ...change }))
        return (await thrownBy(() => loadCatalogue(packs, code))).code
      }
      expect(await withChange({})).to.equal('none')
      expect(await withChange({ version: '1' })).to.equal('bad-manifest')
      expect(await withChange({ models: undefined })).to.equal('bad-manifest')
      expect(await withChange({ extra: 1 })).to.equal('bad-manifest')
      expect(await withChange({ playbook: '../../secrets' })).to.equal('bad-manifest')
      expect(await withChange({ id: 'other' })).to.equal('bad-manifest')
      const [source] = original['sources'] as object[]
      expect(await withChange({ sources: [source, { ...source, title: 'another' }] })).to.equal('bad-manifest')
      await writeFile(file, '{')
      expect((await thrownBy(() => loadCatalogue(packs, code))).code).to.equal('bad-manifest')
    })
  })

  it('give parameters their types and defaults, and refuse what is unknown or out of bounds', async () => {
    const spi: CatalogueModel = catalogue.model('spi')
    expect(spi.defaultParams).to.deep.equal({ minYears: 30, maxMissingDays: 0 })
    expect(spi.normaliseParams({ scaleMonths: '3', calFrom: '1991', calTo: 2020 })).to.deep.equal({
      scaleMonths: 3,
      calFrom: 1991,
      calTo: 2020,
      minYears: 30,
      maxMissingDays: 0,
    })
    const quake = catalogue.model('quake-max-magnitude')
    expect(quake.normaliseParams({ lat: 1.5, lon: '2', radiusKm: '50' })).to.include({
      lat: '1.5',
      emptyValue: '0',
      statuses: 'reviewed',
    })
    for (const params of [
      {},
      { scaleMonths: 3, calFrom: 1991, calTo: 2020, x: 1 },
      { scaleMonths: 1.5, calFrom: 1991, calTo: 2020 },
    ])
      expect(await thrownBy(() => spi.normaliseParams(params))).to.include({ code: 'bad-param', exitCode: 2 })
  })
})

describe('terms templates', () => {
  const cover = {
    coverAssets: '50000000000',
    from: '2018-02-01T00:00:00Z',
    to: '2018-02-07T00:00:00Z',
  }

  it('fill to terms that the policy tools read, paying at the trigger and not below', () => {
    const template = readTemplate(catalogue, 'largest-magnitude')
    const filled = fillTerms(catalogue, template, {
      ...cover,
      dataset: 'vega-earthquakes',
      lat: '23.9769',
      lon: 121.6044,
      trigger: '6.4',
    })
    const terms = parseTerms(filled)
    expect(quotePayout(terms, '6.4').paidAssets.toString()).to.equal('50000000000')
    expect(quotePayout(terms, '6.39').paidAssets.toString()).to.equal('0')
    expect(filled.feed.params).to.include({
      lat: '23.9769',
      lon: '121.6044',
      radiusKm: '50',
      maxDepthKm: '70',
      statuses: 'reviewed',
    })
    expect(filled).to.not.have.property('asset')
  })

  it('make a ramp of the dry-spell template: 17.4 mm of 60 pays 71 %', () => {
    const template = readTemplate(catalogue, 'dry-spell')
    const filled = fillTerms(catalogue, template, { ...cover, dataset: 'vega-seattle-weather', start: '60' })
    expect(quotePayout(parseTerms(filled), '17.4').paidAssets.toString()).to.equal('35500000000')
    expect(quotePayout(parseTerms(filled), '0').paidAssets.toString()).to.equal('50000000000')
  })

  it('pay exactly at the trigger of the rain template', () => {
    const template = readTemplate(catalogue, 'rain-sum-extreme')
    const terms = parseTerms(
      fillTerms(catalogue, template, { ...cover, dataset: 'vega-seattle-weather', trigger: '55.9' }),
    )
    expect(quotePayout(terms, '55.9').segment).to.equal('at')
    expect(quotePayout(terms, '55.8').paidAssets.toString()).to.equal('0')
  })

  it('refuse values that are missing, unknown, or finer than the feed', async () => {
    const template = readTemplate(catalogue, 'rain-sum-extreme')
    const code = async (values: object) =>
      (await thrownBy(() => fillTerms(catalogue, template, { ...cover, ...values }))).code
    expect(await code({})).to.equal('bad-param')
    expect(await code({ trigger: '55.9', colour: 'red' })).to.equal('bad-param')
    expect(await code({ trigger: '55.95' })).to.equal('too-many-decimals')
    expect(await code({ trigger: '55.9', dataset: 'none' })).to.equal('unknown-dataset')
    expect((await thrownBy(() => readTemplate(catalogue, 'hail'))).code).to.equal('unknown-template')
  })
})

async function lay(folder: string, { codeFiles }: Pick<CatalogueModel, 'codeFiles'>): Promise<void> {
  for (const { path, bytes } of codeFiles) {
    const file = join(folder, 'code', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
}
