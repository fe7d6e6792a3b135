import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { buildPack } from '@nexus/aep/build'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import { canonicalJson } from '@nexus/kit/canonical'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import fc from 'fast-check'
import { buildInput, feedOf, modelBundle, samplePack, sourceBundle, text } from './fixtures.ts'

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof NexusError) return error.code
    throw error
  }
  return 'nothing was refused'
}

describe('sealing a pack', function () {
  this.timeout(60_000)
  it('gives the same root and the same bytes for the same inputs, in whatever order they come', () => {
    const second = { name: 'b.csv', bytes: text('2012-01-05,0.0\n'), url: null, licence: null, retrievedAt: null }
    const { inputs, model, source } = buildInput()
    const one = samplePack({ inputs: [...inputs, second] })
    const other = samplePack({
      inputs: [second, ...inputs],
      model: { ...model, files: model.files.toReversed() },
      source: { ...source, files: source.files.toReversed() },
    })
    expect(other.aepId).to.equal(one.aepId)
    expect(digest(zipPack(other.files))).to.equal(digest(zipPack(one.files)))
  })

  it('gives another root when anything that was sealed differs', () => {
    const [input] = buildInput().inputs
    if (input === undefined) throw new Error('the fixture has an input')
    const variants = [
      samplePack(),
      samplePack({ sequence: 2 }),
      samplePack({ provisional: true }),
      samplePack({ revises: `0x${'ab'.repeat(32)}` }),
      samplePack({ catalogue: null }),
      samplePack({ assumptions: [{ subject: 'gauge', statement: 'It was level.' }] }),
      samplePack({ window: { from: 1325376000, to: 1325635201 } }),
      samplePack({ inputs: [{ ...input, retrievedAt: '2012-02-01T00:00:01Z' }] }),
      samplePack({ inputs: [{ ...input, bytes: text('other') }] }),
      samplePack({ packSecret: new Uint8Array(32) }),
    ]
    expect(new Set(variants.map(({ aepId }) => aepId)).size).to.equal(variants.length)
  })

  it('writes the same bytes in every time zone and every process', async () => {
    const script = `
      import { zipPack } from '@nexus/aep/zip'
      import { samplePack } from ${JSON.stringify(new URL('fixtures.ts', import.meta.url).href)}
      const { createHash } = await import('node:crypto')
      console.log(createHash('sha256').update(zipPack(samplePack().files)).digest('hex'))`
    const zones = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Marquesas']
    const runs = zones.map(TZ =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
        cwd: import.meta.dirname,
        env: { ...process.env, TZ },
      }),
    )
    const digests = (await Promise.all(runs)).map(({ stdout }) => stdout.trim())
    expect(digests).to.deep.equal(zones.map(() => digest(zipPack(samplePack().files))))
  })

  it('writes every document in the one form of RFC 8785', () => {
    for (const [name, bytes] of samplePack().files)
      if (name.endsWith('.json')) {
        const written = Buffer.from(bytes).toString('utf8')
        expect(canonicalJson(JSON.parse(written)), name).to.equal(written)
      }
  })

  it('refuses what cannot be evidence, each with its own error', () => {
    const { result, inputs } = buildInput()
    const missing = { ...result, index: { ...result.index, value: null, scaled: null } }
    const [input] = inputs
    if (input === undefined) throw new Error('the fixture has an input')
    expect(codeOf(() => samplePack({ result: missing }))).to.equal('index-missing')
    expect(codeOf(() => samplePack({ result: { ...result, used: ['2012-09-09'] } }))).to.equal('unknown-observation')
    expect(codeOf(() => samplePack({ result: { ...result, index: { ...result.index, decimals: 2 } } }))).to.equal(
      'decimals-differ',
    )
    const huge = { ...result, index: { ...result.index, value: '922337203685477580.8', scaled: '9223372036854775808' } }
    expect(codeOf(() => samplePack({ result: huge }))).to.equal('value-out-of-range')
    expect(codeOf(() => samplePack({ inputs: [] }))).to.equal('no-inputs')
    expect(codeOf(() => samplePack({ inputs: [input, input] }))).to.equal('duplicate-name')
    expect(codeOf(() => samplePack({ inputs: [input, { ...input, name: 'Gauge.csv' }] }))).to.equal('name-clash')
    expect(codeOf(() => samplePack({ inputs: [{ ...input, name: '../gauge.csv' }] }))).to.equal('schema')
    expect(codeOf(() => samplePack({ inputs: [{ ...input, retrievedAt: 'yesterday' }] }))).to.equal('schema')
    expect(codeOf(() => samplePack({ window: { from: 10, to: 10 } }))).to.equal('empty-window')
    expect(codeOf(() => samplePack({ window: { from: -1, to: 10 } }))).to.equal('bad-time')
    expect(codeOf(() => samplePack({ sequence: 0 }))).to.equal('schema')
    expect(codeOf(() => samplePack({ model: modelBundle('export const id = 1') }))).to.equal('code-differs')
    expect(codeOf(() => samplePack({ source: sourceBundle('export const parse = 1') }))).to.equal('code-differs')
  })

  it('seals, zips, unzips and verifies any readings', () => {
    const reading = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: -9999, max: 9999 }))
    const readings = fc.uniqueArray(reading, { minLength: 1, selector: ([day]) => day })
    fc.assert(
      fc.property(readings, fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.boolean(), (days, sequence, provisional) => {
        const observations = days.map(([day, tenths]) => ({
          id: `r${day}`,
          time: `2012-02-${day.toString().padStart(2, '0')}`,
          value: `${tenths < 0 ? '-' : ''}${Math.trunc(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`,
          unit: 'mm',
          quality: 'ok',
          attributes: { station: 'x', depth: 3, manual: false, note: null },
        }))
        const [[, tenths] = [0, 0]] = days
        const [first] = observations
        const model = modelBundle()
        const source = sourceBundle()
        const pack = buildPack({
          ...buildInput(),
          feed: feedOf(model, source),
          sequence,
          provisional,
          dataset: { ...buildInput().dataset, observations },
          result: {
            ...buildInput().result,
            index: { time: first?.time ?? null, value: first?.value ?? '', scaled: `${tenths}`, decimals: 1 },
            used: observations.map(({ id }) => id),
          },
        })
        const { ok, aepId, checks } = verifyPack(unzipPack(zipPack(pack.files)), { aepId: pack.aepId })
        expect(checks.filter(check => !check.ok)).to.deep.equal([])
        expect(ok).to.equal(true)
        expect(aepId).to.equal(pack.aepId)
        expect(pack.leaves.length).to.equal(1 + observations.length + pack.files.size - 1)
      }),
      { numRuns: 40 },
    )
  })
})
