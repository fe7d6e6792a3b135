import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

/** A pack as its `pack.json` says it; the meaning of each field is in standards/pack-manifest.schema.json. */
export interface PackManifest {
  id: string
  version: string
  title: string
  licence: string
  vocabulary: readonly { term: string; definition: string; unit?: string; reference?: string }[]
  models: readonly ModelEntry[]
  sources: readonly SourceEntry[]
  datasets: readonly DatasetEntry[]
  terms: readonly string[]
  playbook: string
}

export interface ModelEntry {
  id: string
  version: string
  title: string
  entry: string
  /** What the files of this version hash to: a changed model under an old version is refused. */
  codeHash: Hex
  decimals: number
  unit: string
  /** JSON Schema of the parameters, with defaults. */
  params: JsonSchema
  /** False: its code still runs, and the pack no longer vouches for it. */
  listed?: boolean
}

export interface SourceEntry {
  adapter: string
  title: string
  parse: string
  request: string
  codeHash: Hex
  mediaType: string
  extension: string
  options: JsonSchema
}

export interface DatasetEntry {
  id: string
  title: string
  adapter: string
  datasetVersion: string
  options: Readonly<Record<string, string | number | boolean | null>>
  /** SPDX identifier, or `public-domain`. */
  licence: string
  licencePage: string
  provenance: string
  uncertainty: { value: string; source: string } | null
  access: PinnedAccess | HttpAccess
}

/** A file inside an npm package, pinned by its hash. */
export interface PinnedAccess {
  kind: 'pinned'
  package: string
  packageVersion: string
  path: string
  url: string
  retrievedAt: string
  sha256: Hex
  bytes: number
}

/** The live service. */
export interface HttpAccess {
  kind: 'http'
  baseUrl: string
}

export type JsonSchema = Readonly<Record<string, unknown>> & {
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const standardsDir = join(import.meta.dirname, '../../../standards')

const addFormats = formats as unknown as (ajv: Ajv2020) => void // its types are CommonJS-shaped

/** One validator for all schemas; parameters are coerced, so that `"90"` from a command line and `90` are one parameter. */
const validatorOf = (coerce: boolean): Ajv2020 => {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: coerce,
    coerceTypes: coerce,
    strict: true,
    allowUnionTypes: true,
  })
  addFormats(ajv)
  return ajv
}

export function readManifest(file: string): PackManifest {
  let manifest: unknown
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw inputError('bad-manifest', `${file} is not a readable JSON file`, { file }, cause)
  }
  validate('pack-manifest', file, manifest)
  return manifest as PackManifest
}

/** @throws NexusError `bad-manifest` */
export const validateTemplate = (file: string, template: unknown): void => validate('terms-template', file, template)

const compiled = new Map<string, ReturnType<Ajv2020['compile']>>()

function validate(schema: 'pack-manifest' | 'terms-template', file: string, document: unknown): void {
  const path = join(standardsDir, `${schema}.schema.json`)
  const check = compiled.get(schema) ?? validatorOf(false).compile(JSON.parse(readFileSync(path, 'utf8')) as object)
  compiled.set(schema, check)
  if (!check(document))
    throw inputError('bad-manifest', `${file}: ${explain(check.errors)}`, { file, errors: check.errors ?? [] })
}

/** Parameters with defaults filled in and types as the schema wants them. @throws NexusError `bad-param` */
export function normalise(
  schema: JsonSchema,
  values: Readonly<Record<string, unknown>>,
  what: string,
): Record<string, string | number | boolean | null> {
  const copy = { ...values } as Record<string, string | number | boolean | null>
  const check = validatorOf(true).compile(schema as object)
  if (!check(copy)) throw inputError('bad-param', `${what}: ${explain(check.errors)}`, { params: values })
  return copy
}

const explain = (errors: readonly ErrorObject[] | null | undefined): string =>
  (errors ?? [])
    .map(({ instancePath, message, params }) => {
      const at = instancePath === '' ? '' : `${instancePath.slice(1)} `
      if ('allowedValue' in params) return `${at}must be ${params['allowedValue']}`
      if (Array.isArray(params['allowedValues'])) return `${at}must be one of ${params['allowedValues'].join(', ')}`
      const extra = typeof params['additionalProperty'] === 'string' ? ` "${params['additionalProperty']}"` : ''
      return `${at}${message ?? 'is wrong'}${extra}`
    })
    .join('; ')
