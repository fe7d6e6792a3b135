import { type BuildInput, buildPack, type Pack } from '@nexus/aep/build'
import { type CodeBundle, codeRecord } from '@nexus/aep/code'
import type { Receipt } from '@nexus/aep/documents'
import { localReceiptSigner, operatorOf, type ReceiptSigner, receiptName, signReceipt } from '@nexus/aep/receipt'
import type { Hex } from '@nexus/kit/canonical'
import type { FeedSpec } from '@nexus/kit/feed'

// A feed small enough to change each of its bytes in turn: the highest of a few daily values.

export const text = (value: string): Uint8Array => new TextEncoder().encode(value)

export const PARSER = `import type { Line } from '../lines/line.ts'
export function parse(bytes: Uint8Array) {
  const lines: Line[] = new TextDecoder().decode(bytes).trim().split('\\n').map(line => line.split(',') as Line)
  const observations = lines.map(([time, value]) => ({ id: time, time, value, unit: 'mm', quality: '', attributes: {} }))
  return { observations, coverage: { from: null, to: null, generatedAt: null, truncated: false } }
}
export const merge = (datasets: ReturnType<typeof parse>[]) => ({
  observations: datasets.flatMap(({ observations }) => observations),
  coverage: { from: null, to: null, generatedAt: null, truncated: false },
})
`
const LINE = 'export type Line = [time: string, value: string]\n'
export const MODEL = `export const id = 'highest'
export const version = '1.0.0'
export function run({ observations }: any) {
  const best = observations.reduce((a: any, b: any) => (Number(b.value) > Number(a.value) ? b : a))
  return {
    series: observations.map(({ time, value }: any) => ({ time, value })),
    index: { time: best.time, value: best.value, scaled: best.value.replace('.', ''), decimals: 1 },
    used: [best.id],
    quality: { used: observations.length, excluded: {}, missingDays: 0, coverage: 1, flags: [] },
  }
}
`

export const modelBundle = (source = MODEL): CodeBundle => ({
  entry: 'models/highest/index.ts',
  files: [{ path: 'models/highest/index.ts', bytes: text(source) }],
})
export const sourceBundle = (source = PARSER): CodeBundle => ({
  entry: 'sources/lines/parse.ts',
  files: [
    { path: 'sources/lines/line.ts', bytes: text(LINE) },
    { path: 'sources/lines/parse.ts', bytes: text(source) },
  ],
})

export const feedOf = (model: CodeBundle, source: CodeBundle): FeedSpec => ({
  model: 'highest',
  modelVersion: '1.0.0',
  modelCodeHash: codeRecord(model).codeHash,
  params: {},
  source: { adapter: 'lines', codeHash: codeRecord(source).codeHash, dataset: 'test-gauge', options: {} },
  datasetVersion: 'first edition',
  decimals: 1,
  uncertainty: { value: '0.1', source: 'resolution of the gauge' },
})

const READINGS = [
  ['2012-01-01', '1.0'],
  ['2012-01-02', '3.5'],
  ['2012-01-03', '2.0'],
] as const

export const JANUARY = { from: 1325376000, to: 1325635200 } // 2012-01-01 to 2012-01-04

export function buildInput(
  changes: Partial<BuildInput> & { modelCode?: string; sourceCode?: string } = {},
): BuildInput {
  const { modelCode, sourceCode, ...rest } = changes
  const model = modelBundle(modelCode)
  const source = sourceBundle(sourceCode)
  return {
    feed: feedOf(model, source),
    window: JANUARY,
    sequence: 1,
    inputs: [
      {
        name: 'gauge.csv',
        bytes: text(`${READINGS.map(reading => reading.join()).join('\n')}\n`),
        url: 'https://gauge.invalid/2012.csv',
        licence: 'CC0-1.0',
        retrievedAt: '2012-02-01T00:00:00Z',
      },
    ],
    dataset: {
      observations: READINGS.map(([time, value]) => ({
        id: time,
        time,
        value,
        unit: 'mm',
        quality: '',
        attributes: {},
      })),
      coverage: { from: null, to: null, generatedAt: null, truncated: false },
    },
    result: {
      series: READINGS.map(([time, value]) => ({ time, value })),
      index: { time: '2012-01-02', value: '3.5', scaled: '35', decimals: 1 },
      used: ['2012-01-02'],
      quality: { used: 3, excluded: {}, missingDays: 0, coverage: 1, flags: [] },
    },
    model,
    source,
    catalogue: { pack: 'test', version: '1.0.0' },
    ...rest,
  }
}

export const samplePack = (changes: Parameters<typeof buildInput>[0] = {}): Pack => buildPack(buildInput(changes))

export const signerOf = (n: number): ReceiptSigner =>
  localReceiptSigner({ ecPrivateKey: new Uint8Array(32).fill(n), mlDsaSeed: new Uint8Array(32).fill(n + 100) })

export function receiptOf(pack: Pack, operator: Hex): Receipt {
  const { claims, aepId } = pack
  return {
    version: 1,
    aepRoot: aepId,
    feedId: claims.feedId,
    from: claims.window.from,
    to: claims.window.to,
    sequence: claims.sequence,
    operator,
    configVersion: 1,
    inputs: [
      { name: 'gauge.csv', sha256: `0x${'11'.repeat(32)}`, obtained: 'own-fetch', retrievedAt: '2012-02-01T00:05:00Z' },
    ],
    value: claims.index.scaled,
    eql: claims.eql,
  }
}

/** The receipt of operator n for a pack, ready to be put among its files. */
export function signedReceipt(pack: Pack, n: number): { name: string; operator: Hex; bytes: Uint8Array } {
  const signer = signerOf(n)
  const operator = operatorOf(signer.ecPublicKey)
  return { name: receiptName(operator), operator, bytes: signReceipt(receiptOf(pack, operator), signer) }
}
