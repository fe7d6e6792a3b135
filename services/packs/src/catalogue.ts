import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Hex } from '@nexus/kit/canonical'
import { inputError, verificationError } from '@nexus/kit/errors'
import type { ModelModule, Params, ParserModule } from '@nexus/kit/observation'
import type { RequestModule } from '../../../oracles/sources/request.ts'
import { type CodeFile, codeClosure, codeHashOf } from './closure.ts'
import {
  type DatasetEntry,
  type JsonSchema,
  type ModelEntry,
  normalise,
  type PackManifest,
  readManifest,
  type SourceEntry,
} from './manifest.ts'

/** What is run to make an index, and the hash that binds it. */
export interface CatalogueModel {
  id: string
  version: string
  title: string
  unit: string
  decimals: number
  codeHash: Hex
  codeFiles: readonly CodeFile[]
  /** Relative to `code/` of an evidence pack, such as `models/spi/index.ts`. */
  entry: string
  defaultParams: Params
  paramSchema: JsonSchema
  /** Defaults filled in, types as the schema wants them. @throws NexusError `bad-param` */
  normaliseParams(params: Readonly<Record<string, unknown>>): Params
  load(): Promise<ModelModule>
}

export interface CatalogueSource {
  adapter: string
  title: string
  mediaType: string
  /** Of a file name, with its point. */
  extension: string
  codeHash: Hex
  codeFiles: readonly CodeFile[]
  entry: string
  optionSchema: JsonSchema
  normaliseOptions(options: Readonly<Record<string, unknown>>): Params
  load(): Promise<ParserModule>
  loadRequest(): Promise<RequestModule>
}

export interface Catalogue {
  packs(): readonly PackManifest[]
  models(): readonly CatalogueModel[]
  /** @throws NexusError `unknown-model` */
  model(id: string, version?: string): CatalogueModel
  sources(): readonly CatalogueSource[]
  /** @throws NexusError `unknown-source` */
  source(adapter: string): CatalogueSource
  datasets(): readonly DatasetEntry[]
  /** @throws NexusError `unknown-dataset` */
  dataset(id: string): DatasetEntry
  /** A file of a pack, such as terms or playbook. */
  packFile(packId: string, path: string): string
}

const root = join(import.meta.dirname, '../../..')

/** The packs under a folder, and the models and sources that they bring. Each file is read once and hashed as it is. */
export function loadCatalogue(packsDir = join(root, 'packs'), codeDir = join(root, 'oracles')): Catalogue {
  const folders = readdirSync(packsDir, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(packsDir, entry.name, 'pack.json')))
    .map(entry => entry.name)
    .sort()
  const packs = folders.map(folder => readManifest(join(packsDir, folder, 'pack.json')))
  folders.forEach((folder, i) => {
    if (packs[i]?.id !== folder)
      throw inputError('bad-manifest', `the pack in folder ${folder} calls itself "${packs[i]?.id}"`, { folder })
  })
  const models = unique(
    packs.flatMap(pack => pack.models),
    entry => `${entry.id}@${entry.version}`,
  )
  const sources = unique(
    packs.flatMap(pack => pack.sources),
    entry => entry.adapter,
  )
  const datasets = unique(
    packs.flatMap(pack => pack.datasets),
    entry => entry.id,
  )
  const modelOf = memoise((entry: ModelEntry) => toModel(entry, codeDir))
  const sourceOf = memoise((entry: SourceEntry) => toSource(entry, codeDir))

  return {
    packs: () => packs,
    models: () => models.map(modelOf),
    model(id, version) {
      const candidates = models.filter(entry => entry.id === id && (version === undefined || entry.version === version))
      const entry = candidates.sort((a, b) => compareVersions(b.version, a.version))[0]
      if (entry === undefined)
        throw inputError('unknown-model', `there is no model ${id}${version === undefined ? '' : ` ${version}`}`, {
          known: models.map(known => `${known.id}@${known.version}`),
        })
      return modelOf(entry)
    },
    sources: () => sources.map(sourceOf),
    source(adapter) {
      const entry = sources.find(known => known.adapter === adapter)
      if (entry === undefined)
        throw inputError('unknown-source', `there is no source adapter "${adapter}"`, {
          known: sources.map(known => known.adapter),
        })
      return sourceOf(entry)
    },
    datasets: () => datasets,
    dataset(id) {
      const entry = datasets.find(known => known.id === id)
      if (entry === undefined)
        throw inputError('unknown-dataset', `there is no dataset "${id}"`, { known: datasets.map(known => known.id) })
      return entry
    },
    packFile: (packId, path) => join(packsDir, packId, path),
  }
}

function toModel(entry: ModelEntry, codeDir: string): CatalogueModel {
  const codeFiles = codeClosure(codeDir, entry.entry)
  const codeHash = pinned(`model ${entry.id} ${entry.version}`, entry.codeHash, codeHashOf(codeFiles))
  return {
    id: entry.id,
    version: entry.version,
    title: entry.title,
    unit: entry.unit,
    decimals: entry.decimals,
    codeHash,
    codeFiles,
    entry: entry.entry,
    defaultParams: defaultsOf(entry.params),
    paramSchema: entry.params,
    normaliseParams: params => normalise(entry.params, params, `parameters of ${entry.id}`),
    async load() {
      const module = await importCode<ModelModule>(codeDir, entry.entry)
      if (module.id !== entry.id || module.version !== entry.version)
        throw inputError(
          'bad-manifest',
          `${entry.entry} is ${module.id} ${module.version}, not ${entry.id} ${entry.version}`,
        )
      return module
    },
  }
}

function toSource(entry: SourceEntry, codeDir: string): CatalogueSource {
  const codeFiles = codeClosure(codeDir, entry.parse)
  return {
    adapter: entry.adapter,
    title: entry.title,
    mediaType: entry.mediaType,
    extension: entry.extension,
    codeHash: pinned(`source ${entry.adapter}`, entry.codeHash, codeHashOf(codeFiles)),
    codeFiles,
    entry: entry.parse,
    optionSchema: entry.options,
    normaliseOptions: options => normalise(entry.options, options, `options of ${entry.adapter}`),
    load: () => importCode<ParserModule>(codeDir, entry.parse),
    loadRequest: () => importCode<RequestModule>(codeDir, entry.request),
  }
}

/** Code that changed under an old hash would make feeds that nobody else can recompute. */
function pinned(what: string, expected: Hex, actual: Hex): Hex {
  if (expected === actual) return actual
  throw verificationError(
    'code-changed',
    `the code of ${what} hashes to ${actual}, its pack says ${expected}: restore the code, or give it a new version and run services/packs/src/pin.ts`,
    { expected, actual },
  )
}

const importCode = async <T>(codeDir: string, path: string): Promise<T> =>
  (await import(pathToFileURL(resolve(codeDir, path)).href)) as T

const defaultsOf = (schema: JsonSchema): Params =>
  Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([, property]) => 'default' in property)
      .map(([name, property]) => [name, property['default'] as string | number | boolean | null]),
  )

function unique<T>(entries: readonly T[], key: (entry: T) => string): T[] {
  const seen = new Map<string, T>()
  for (const entry of entries) {
    const known = seen.get(key(entry))
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(entry))
      throw inputError('bad-manifest', `two packs describe ${key(entry)} differently`)
    seen.set(key(entry), entry)
  }
  return [...seen.values()]
}

function memoise<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return key => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map(version => version.split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (x?.[i] ?? 0) - (y?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
