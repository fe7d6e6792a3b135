import { basename } from 'node:path'
import { eqlOf, unanchoredEql } from '@nexus/aep/eql'
import { sha256Hex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'
import { type Catalogue, loadCatalogue } from '@nexus/packs/catalogue'
import type { NamedInput } from '@nexus/packs/compute'
import { type IndexRun, runIndex } from '@nexus/packs/index-run'
import { readInputFile } from '@nexus/packs/input-file'
import { pinnedDatasetOf } from '@nexus/packs/provenance'
import { sparkline } from '@nexus/packs/sparkline'
import { Command } from 'commander'
import { levelText } from '../level.ts'
import { emit } from '../output.ts'

/** Reading so much takes longer than two seconds on a slow machine: say what is going on. */
const SLOW_BYTES = 8 * 1024 * 1024
const PLOT_WIDTH = 72

interface RunOptions {
  input: string[]
  param?: string[]
  source?: string
  from?: string
  to?: string
  decimals?: string
  json?: true
}

const collect = (value: string, before: string[] = []) => [...before, value]

export function command(): Command {
  const index = new Command('index').description('index series from raw data')
  index
    .command('run')
    .description('run an index model over a file of measurements')
    .argument('<model>', 'such as quake-max-magnitude, rain-sum-extreme, dry-spell, spi')
    .argument('[name=value...]', 'more parameters, as after --param')
    .requiredOption('--input <file>', 'raw data; may be repeated', collect)
    .option('--param <name=value>', 'of the model or of the source; may be repeated', collect)
    .option('--source <adapter>', 'usgs-geojson, ghcn-daily or csv; default: by the ending of the file name')
    .option('--from <time>', 'start of the window, such as 2012-01-01; default: of the data')
    .option('--to <time>', 'end of the window, exclusive; default: of the data')
    .option('--decimals <n>', "decimals of the index; default: the model's")
    .option('--json', 'one JSON document on stdout')
    .action(run)
  return index
}

async function run(model: string, more: string[], options: RunOptions): Promise<void> {
  const catalogue = loadCatalogue()
  catalogue.model(model) // a misspelt name is told before files are read
  const inputs = await readInputs(options.input)
  const { source, from, to, decimals } = options
  const ran = await runIndex({
    catalogue,
    model,
    settings: [...(options.param ?? []), ...more],
    inputs,
    ...(source === undefined ? {} : { adapter: source }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(decimals === undefined ? {} : { decimals: wholeNumber(decimals) }),
  })
  const eql = levelOf(catalogue, ran, inputs)
  const { series, index, quality } = ran.result
  const document = {
    model: ran.model.id,
    version: ran.model.version,
    codeHash: ran.model.codeHash,
    params: ran.feed.params,
    series,
    index,
    quality,
    eql: unanchoredEql(eql),
  }
  emit(options.json === true, document, () => describe(ran, eql))
}

async function readInputs(files: readonly string[]): Promise<NamedInput[]> {
  const inputs: NamedInput[] = []
  for (const file of files) inputs.push({ name: basename(file), bytes: await readInputFile(file) })
  const bytes = inputs.reduce((sum, input) => sum + input.bytes.length, 0)
  if (bytes > SLOW_BYTES)
    process.stderr.write(`read ${(bytes / 1e6).toFixed(1)} MB, parsing and computing; this may take some seconds\n`)
  return inputs
}

function wholeNumber(text: string): number {
  if (!/^\d$/.test(text)) throw inputError('usage', `--decimals must be 0 to 9, not "${text}"`)
  return Number(text)
}

/** The level of these files as evidence once a quorum has anchored them: known are the bytes that a pack pins, with its word for source, licence and uncertainty. */
function levelOf(catalogue: Catalogue, { model, source, result }: IndexRun, inputs: readonly NamedInput[]): number {
  const datasets = inputs.map(({ bytes }) => pinnedDatasetOf(catalogue, bytes))
  const records = inputs.map(({ name, bytes }, i) => {
    const dataset = datasets[i]
    const access = dataset?.access.kind === 'pinned' ? dataset.access : null
    return {
      name,
      adapter: source.adapter,
      url: access?.url ?? null,
      licence: dataset?.licence ?? null,
      retrievedAt: access?.retrievedAt ?? null,
      sha256: sha256Hex(bytes),
      bytes: bytes.length,
    }
  })
  const pack = catalogue.packs().find(({ models }) => models.some(({ id }) => id === model.id))
  return eqlOf({
    inputs: records,
    claims: { uncertainty: datasets[0]?.uncertainty ?? null, quality: result.quality },
    model: {
      model: { version: model.version },
      catalogue: pack === undefined ? null : { pack: pack.id, version: pack.version },
    },
  })
}

function describe({ model, window, result }: IndexRun, eql: number): string {
  const { series, index, used, quality } = result
  const at = index.time === null ? null : series.findIndex(({ time }) => time === index.time)
  const values = series.map(({ value }) => value)
  const present = values.filter(value => value !== null)
  const excluded = Object.entries(quality.excluded).map(([reason, n]) => `${reason} ${n}`)
  const rows: [string, string][] = [
    ['index', index.value === null ? 'missing: not to be anchored' : `${index.value} ${model.unit}${when(index.time)}`],
    ['window', `${day(window.from)} to ${day(window.to)}, end exclusive`],
    [
      'observations',
      `${quality.used} used, ${used.length} decided the index${excluded.length === 0 ? '' : `; left out: ${excluded.join(', ')}`}`,
    ],
    ['coverage', `${(quality.coverage * 100).toFixed(1)} % of the window, ${quality.missingDays} days missing`],
    ['flags', quality.flags.join(', ') || 'none'],
    ['EQL', levelText(eql)],
    ['code', model.codeHash],
  ]
  const [first, last] = [series[0]?.time ?? '', series.at(-1)?.time ?? '']
  const extent =
    present.length === 0
      ? ''
      : `, ${extreme(present, (a, b) => a < b)} to ${extreme(present, (a, b) => a > b)} ${model.unit}`
  return [
    `${model.id} ${model.version}: ${model.title}`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(13)} ${value}`),
    '',
    sparkline({ values, marked: at === -1 ? null : at, width: PLOT_WIDTH }),
    series.length === 0 ? '' : `${series.length} values, ${first} to ${last}${extent}`,
  ]
    .join('\n')
    .trimEnd()
}

const when = (time: string | null) => (time === null ? '' : `, ${time}`)
const day = (seconds: number) => new Date(seconds * 1000).toISOString().replace('T00:00:00.000Z', '')
/** By number, printed as it stands in the series. No spreading: a series may have millions of values. */
const extreme = (values: readonly string[], wins: (a: number, b: number) => boolean): string =>
  values.reduce((best, value) => (wins(Number(value), Number(best)) ? value : best))
