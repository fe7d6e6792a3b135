import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recomputePack, verifyAndRecompute } from '@nexus/aep/recompute'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { buildInput, MODEL, PARSER, samplePack, text } from './fixtures.ts'

/** What a model that begins with `statement` comes to, in a pack that is otherwise in order. */
async function outcomeOf(statement: string, limits = {}): Promise<string> {
  const { files } = samplePack({ modelCode: statement + MODEL })
  try {
    await recomputePack(files, limits)
    return 'computed'
  } catch (error) {
    if (error instanceof NexusError && error.exitCode === 3) return `${error.code}: ${error.message}`
    throw error
  }
}

describe('recomputing a pack with its own code', function () {
  this.timeout(60_000)
  it('gives the index that was sealed, from nothing but the pack', async () => {
    const { index, used, series, usedObservations } = await recomputePack(samplePack().files)
    expect({ index, used, series }).to.deep.equal({
      index: buildInput().result.index,
      used: ['2012-01-02'],
      series: buildInput().result.series,
    })
    expect(usedObservations).to.deep.equal([buildInput().dataset.observations[1]])
  })

  it('passes full verification, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nexus-tmp-'))
    const { TMPDIR } = process.env
    process.env['TMPDIR'] = folder
    try {
      const { ok, checks } = await verifyAndRecompute(samplePack().files)
      expect(ok).to.equal(true)
      expect(checks.slice(-3).map(({ check }) => check)).to.deep.equal([
        'recomputed index',
        'recomputed quality',
        'recomputed observations',
      ])
      expect(await readdir(folder)).to.deep.equal([])
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = TMPDIR
      await rm(folder, { recursive: true })
    }
  })

  it('fails a pack whose value, quality or observations its own code does not give', async () => {
    const { result, dataset } = buildInput()
    const failures = async (changes: Parameters<typeof samplePack>[0]) => {
      const { checks } = await verifyAndRecompute(samplePack(changes).files)
      return checks.filter(({ ok }) => !ok).map(({ check }) => check)
    }
    const forgedValue = { ...result, index: { ...result.index, value: '9.9', scaled: '99' } }
    expect(await failures({ result: forgedValue })).to.deep.equal(['recomputed index'])
    const forgedQuality = { ...result, quality: { ...result.quality, used: 4 } }
    expect(await failures({ result: forgedQuality })).to.deep.equal(['recomputed quality'])
    const observations = dataset.observations.map(observation => ({ ...observation, quality: 'checked' }))
    expect(await failures({ dataset: { ...dataset, observations } })).to.deep.equal(['recomputed observations'])
    const forgedInput = buildInput().inputs.map(input => ({ ...input, bytes: text('2012-01-02,6.9\n') }))
    expect(await failures({ inputs: forgedInput })).to.deep.equal([
      'recomputed index',
      'recomputed quality',
      'recomputed observations',
    ])
  })

  it('does not run code of a pack that is not in order', async () => {
    const pack = samplePack({ modelCode: 'while (true) {}\n' })
    const files = new Map([...pack.files, ['code/extra.ts', text('')]])
    const { ok, checks, recomputed } = await verifyAndRecompute(files) // or else this would not come back
    expect(ok).to.equal(false)
    expect(recomputed).to.equal(null)
    expect(checks.some(({ check }) => check.startsWith('recompute'))).to.equal(false)
  })

  it('merges several inputs in the order of their names', async () => {
    const [input] = buildInput().inputs
    const more = { ...input, name: 'a.csv', bytes: text('2011-12-31,3.5\n') } as NonNullable<typeof input>
    const { index } = await recomputePack(samplePack({ inputs: [...buildInput().inputs, more] }).files)
    expect(index.time).to.equal('2011-12-31')
  })

  describe('code of a pack is stopped', () => {
    let server: Server
    let port: number
    let visits = 0
    let folder: string
    before(async () => {
      server = createServer(socket => {
        visits++
        socket.destroy()
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      port = (server.address() as AddressInfo).port
      folder = await mkdtemp(join(tmpdir(), 'nexus-outside-'))
    })
    after(async () => {
      await new Promise(resolve => server.close(resolve))
      await rm(folder, { recursive: true })
    })

    const attempts: [what: string, statement: () => string][] = [
      ['reading files outside', () => `import { readFileSync } from 'node:fs'; readFileSync('/etc/hostname')\n`],
      ['reading with a dynamic import', () => `(await import('node:fs')).readFileSync('/etc/hostname')\n`],
      ['writing', () => `(await import('fs')).writeFileSync(${JSON.stringify(join(folder, 'x'))}, 'x')\n`],
      ['starting a process', () => `(await import('node:child_process')).execSync('touch ${join(folder, 'y')}')\n`],
      ['starting a thread', () => `new (await import('node:worker_threads')).Worker('1', { eval: true })\n`],
      ['importing a package', () => `import 'viem'\n`],
      ['importing a file outside', () => `import '../../../../../../etc/hostname'\n`],
      ['importing what wrote its job', () => `import '../../../sandbox.ts'\n`],
      ['importing data', () => `import 'data:text/javascript,1'\n`],
      ['opening a connection', () => `(await import('node:net')).connect(${port}, '127.0.0.1')\n`],
      ['fetching', () => `await fetch('http://127.0.0.1:${port}')\n`],
      ['fetching through the global object', () => `await globalThis['fetch']('http://127.0.0.1:${port}')\n`],
      ['asking for the process', () => `process.exit(0)\n`],
      ['asking for a built-in module', () => `globalThis.process.getBuiltinModule('fs')\n`],
      ['making code from text', () => `new Function('return process')()\n`],
      ['making code from text in a roundabout way', () => `(() => {}).constructor('return this')().process.exit()\n`],
      ['evaluating text', () => `(0, eval)('1')\n`],
      ['compiling WebAssembly', () => `new WebAssembly.Module(new Uint8Array())\n`],
    ]
    for (const [what, statement] of attempts)
      it(`when it tries ${what}`, async () => {
        expect(await outcomeOf(statement())).to.match(/^recompute-refused: /)
        expect(await readdir(folder)).to.deep.equal([])
        expect(visits).to.equal(0)
      })

    it('when it never ends', async () => {
      expect(await outcomeOf('while (true) {}\n', { timeoutMs: 500 })).to.match(/^recompute-timeout: /)
    })

    it('when it waits for ever', async () => {
      expect(await outcomeOf('await new Promise(() => {})\n', { timeoutMs: 30_000 })).to.match(/^recompute-crashed: /)
    })

    it('when it takes all memory', async function () {
      this.timeout(20_000)
      const eat = 'const all: unknown[] = []; for (;;) all.push(new Array(1000).fill({}))\n'
      expect(await outcomeOf(eat, { heapMiB: 64 })).to.match(/^recompute-crashed: /)
    })

    it('when it answers more than an answer may be', async () => {
      const long = `export const id = 'long'
export const run = () => ({ series: [], used: [], index: { value: 'x'.repeat(100_000) }, quality: {} })\n`
      const { files } = samplePack({ modelCode: long })
      const error = await recomputePack(files, { answerBytes: 10_000 }).then(
        () => null,
        caught => caught,
      )
      expect(error?.code).to.equal('recompute-crashed')
    })

    it('when it gives something else than an index', async () => {
      for (const value of ['null', '1', '{}', '{ series: 1, used: [], index: {}, quality: {} }', 'undefined']) {
        const { files } = samplePack({ modelCode: `export const run = () => (${value})\n` })
        const error = await recomputePack(files).then(
          () => null,
          caught => caught,
        )
        expect(error?.code, value).to.match(/^recompute-(refused|crashed)$/)
      }
    })

    it('when its parser refuses the bytes, with the reason', async () => {
      const refusal = `throw Object.assign(new Error('line 7: no number'), { code: 'bad-number' })\n`
      const sourceCode = PARSER.replace('  const lines', `  ${refusal}  const lines`)
      const error = await recomputePack(samplePack({ sourceCode }).files).then(
        () => null,
        caught => caught,
      )
      expect(error?.message).to.match(/line 7: no number/)
      expect(error?.details).to.deep.equal({ reason: 'bad-number' })
    })
  })
})
