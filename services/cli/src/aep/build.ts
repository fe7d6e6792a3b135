import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { buildPack, type Pack, type PackInput } from '@nexus/aep/build'
import { codeOfFeed } from '@nexus/aep/catalogued'
import { writeFileDurably, writeFolder } from '@nexus/aep/durable'
import { unanchoredEql } from '@nexus/aep/eql'
import { zipPack } from '@nexus/aep/zip'
import { inputError } from '@nexus/kit/errors'
import { type FeedSpec, feedSpecSchema } from '@nexus/kit/feed'
import { explainIssues } from '@nexus/kit/issues'
import { parseUtcSeconds } from '@nexus/kit/time'
import { type Catalogue, loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { feedSpecFor } from '@nexus/packs/feed-spec'
import { readInputFile } from '@nexus/packs/input-file'
import { pinnedDatasetOf } from '@nexus/packs/provenance'
import { isProvisional } from '@nexus/packs/provisional'
import { readJson } from '../files.ts'
import { levelText } from '../level.ts'
import { emit } from '../output.ts'

export interface BuildOptions {
  feed: string
  input: string[]
  from: string
  to: string
  sequence: string
  out: string
  url?: string
  licence?: string
  retrievedAt?: string
  provisional?: true
  json?: true
}

export async function build(options: BuildOptions): Promise<void> {
  if (options.input.length === 0) throw inputError('usage', 'a pack needs raw data: give --input FILE')
  const catalogue = loadCatalogue()
  const feed = feedOf(catalogue, options.feed, await readJson(options.feed))
  const window = { from: parseUtcSeconds(options.from), to: parseUtcSeconds(options.to) }
  const inputs = await Promise.all(options.input.map(file => readInput(catalogue, file, options)))
  const { dataset, result } = await computeIndex({ catalogue, feed, window, inputs })
  const pack = buildPack({
    feed,
    window,
    sequence: sequenceOf(options.sequence),
    inputs,
    dataset,
    result,
    ...codeOfFeed(catalogue, feed),
    provisional: options.provisional === true || isProvisional(dataset, result),
  })
  await write(options.out, pack)
  const { aepId, claims } = pack
  const document = {
    aepId,
    out: options.out,
    feedId: claims.feedId,
    index: claims.index,
    window: claims.window,
    sequence: claims.sequence,
    provisional: claims.provisional,
    eql: unanchoredEql(claims.eql),
    leaves: pack.leaves.length,
  }
  emit(options.json === true, document, () =>
    [
      `sealed  ${aepId}`,
      `index   ${claims.index.value}${claims.index.time === null ? '' : ` at ${claims.index.time}`}`,
      `window  ${claims.window.from} to ${claims.window.to}, sequence ${claims.sequence}`,
      `EQL     ${levelText(claims.eql)}`,
      `written ${options.out}`,
      '',
      `check it: nexus aep verify ${options.out}`,
    ].join('\n'),
  )
}

/** A feed specification; one without code hashes is filled in with the code that is installed here, and its defaults. */
function feedOf(catalogue: Catalogue, file: string, json: unknown): FeedSpec {
  const whole = feedSpecSchema.safeParse(json)
  if (whole.success) return whole.data
  const draft = feedSpecSchema
    .omit({ modelCodeHash: true, modelVersion: true, source: true, decimals: true })
    .extend({
      modelVersion: feedSpecSchema.shape.modelVersion.optional(),
      decimals: feedSpecSchema.shape.decimals.optional(),
      source: feedSpecSchema.shape.source
        .omit({ codeHash: true })
        .extend({ options: feedSpecSchema.shape.source.shape.options.default({}) }),
    })
    .safeParse(json)
  // Of the two readings, the one that the file was meant to be says what is wrong with it.
  if (!draft.success) {
    const named = typeof json === 'object' && json !== null && 'modelCodeHash' in json
    const problems = explainIssues(named ? whole.error : draft.error, json)
    throw inputError('bad-feed', `${file}: ${problems[0]}`, { file, problems })
  }
  const { modelVersion, decimals, source, ...rest } = draft.data
  return feedSpecFor({
    ...rest,
    ...source,
    catalogue,
    ...(modelVersion === undefined ? {} : { modelVersion }),
    ...(decimals === undefined ? {} : { decimals }),
  })
}

/** What is known of a file: what the caller says, else what a pack of models says of exactly these bytes, else nothing. */
async function readInput(catalogue: Catalogue, file: string, options: BuildOptions): Promise<PackInput> {
  const bytes = await readInputFile(file)
  const known = pinnedDatasetOf(catalogue, bytes)
  const access = known?.access.kind === 'pinned' ? known.access : null
  return {
    name: basename(file),
    bytes,
    url: options.url ?? access?.url ?? null,
    licence: options.licence ?? known?.licence ?? null,
    retrievedAt: options.retrievedAt ?? access?.retrievedAt ?? null,
  }
}

function sequenceOf(text: string): number {
  const sequence = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (sequence < 1 || sequence > 0xffffffff)
    throw inputError('usage', `--sequence must be 1 to ${0xffffffff}, not "${text}"`)
  return sequence
}

/** A name that ends in .zip is a zip, any other a new folder. Whole or not at all, and nothing else is replaced. */
async function write(out: string, { files }: Pack): Promise<void> {
  try {
    if (out.endsWith('.zip')) await writeZip(out, zipPack(files))
    else await writeFolder(out, files)
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException
    if (syscall === undefined) throw cause
    const why = code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR' ? 'it is there already' : `${code}`
    throw inputError('cannot-write', `${out} cannot be written: ${why}`, { out, code }, cause)
  }
}

/** The same pack may be sealed again: the file is then left as it is. */
async function writeZip(out: string, zip: Uint8Array): Promise<void> {
  const there = await stat(out).catch(() => null)
  if (there === null) return writeFileDurably(out, zip)
  const same = there.isFile() && there.size === zip.length && (await readFile(out)).equals(zip)
  if (!same) throw inputError('cannot-write', `${out} cannot be written: something else is there already`, { out })
}
