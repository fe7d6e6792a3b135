import { readFileSync } from 'node:fs'
import { canonicalBytes, type Hex } from '@nexus/kit/canonical'
import { NexusError, verificationError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { IndexResult, Observation } from '@nexus/kit/observation'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { equalBytes } from './bytes.ts'

// The documents of a pack. Their definitions are the JSON Schemas in standards/; these types follow them.

export interface Claims {
  version: 1
  feedId: Hex
  feed: FeedSpec
  /** RFC 3339, whole seconds, half-open. */
  window: { from: string; to: string }
  sequence: number
  provisional: boolean
  /** The pack of the same feed and window that this one corrects. */
  revises: Hex | null
  index: { time: string | null; value: string; scaled: string; decimals: number }
  quality: IndexResult['quality']
  /** `value` is words for people: a number with its unit where one number says it. */
  uncertainty: { value: string; source: string } | null
  eql: number
  flags: number
  /** Observations that decided the index, in the model's order. Number n is leaf `claim/observation/<n, six digits>`. */
  observations: readonly Observation[]
}

export interface InputRecord {
  name: string
  adapter: string
  url: string | null
  licence: string | null
  retrievedAt: string | null
  sha256: Hex
  bytes: number
}

export interface InputsDocument {
  version: 1
  inputs: readonly InputRecord[]
}

export interface CodeRecord {
  /** Relative to `code/`. */
  entry: string
  codeHash: Hex
  files: readonly { path: string; sha256: Hex }[]
}

export interface ModelDocument {
  version: 1
  model: CodeRecord & { id: string; version: string; decimals: number; params: FeedSpec['params'] }
  source: CodeRecord & { adapter: string; options: FeedSpec['params'] }
  /** The pack of models that lists this version as validated; null for a model nobody vouches for. */
  catalogue: { pack: string; version: string } | null
}

export interface Assumption {
  subject: string
  statement: string
}

export interface AssumptionsDocument {
  version: 1
  assumptions: readonly Assumption[]
}

export interface LineageStep {
  /** Short name, unique in the document. */
  id: string
  activity: 'retrieve' | 'parse' | 'compute' | 'seal'
  /** Names of leaves, or ids of steps before, that it read. */
  used: readonly string[]
  /** Names of leaves that it wrote; empty for what stays in memory. */
  generated: readonly string[]
  /** Code hash of the program, or null for retrieving and sealing. */
  program: Hex | null
  endedAt: string | null
}

export interface LineageDocument {
  version: 1
  steps: readonly LineageStep[]
}

export interface SaltsDocument {
  version: 1
  aepId: Hex
  packSecret: Hex
  /** True when packSecret is the derivation that anyone can repeat. */
  public: boolean
}

export interface Receipt {
  version: 1
  aepRoot: Hex
  feedId: Hex
  from: string
  to: string
  sequence: number
  /** Checksummed address. */
  operator: Hex
  configVersion: number
  inputs: readonly { name: string; sha256: Hex; obtained: 'own-fetch' | 'own-copy'; retrievedAt: string }[]
  value: string
  eql: number
}

export interface Documents {
  feed: FeedSpec
  'aep-claims': Claims
  'aep-inputs': InputsDocument
  'aep-model': ModelDocument
  'aep-assumptions': AssumptionsDocument
  'aep-lineage': LineageDocument
  'aep-salts': SaltsDocument
  receipt: Receipt
}
export type DocumentKind = keyof Documents

/** Where a pack keeps each of its own documents. */
export const documentNames = {
  'claims.json': 'aep-claims',
  'inputs.json': 'aep-inputs',
  'model.json': 'aep-model',
  'assumptions.json': 'aep-assumptions',
  'lineage.json': 'aep-lineage',
  'salts.json': 'aep-salts',
} as const satisfies Record<string, DocumentKind>
export type DocumentName = keyof typeof documentNames

const schemaUrl = (name: string) => new URL(`../../../standards/${name}.schema.json`, import.meta.url)

const SCHEMAS = [
  'feed',
  'observation',
  'aep-claims',
  'aep-inputs',
  'aep-model',
  'aep-assumptions',
  'aep-lineage',
  'aep-salts',
  'receipt',
] as const

let validators: Ajv2020 | undefined

function validatorOf(kind: DocumentKind): ValidateFunction {
  if (validators === undefined) {
    // Formats stay annotations, as the standard has it: what depends on a time parses it itself.
    validators = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false })
    for (const name of SCHEMAS) validators.addSchema(JSON.parse(readFileSync(schemaUrl(name), 'utf8')))
  }
  const validate = validators.getSchema(`https://nexus.invalid/standards/${kind}.schema.json`)
  if (validate === undefined) throw new Error(`there is no schema ${kind}`)
  return validate
}

/** What is wrong with a value, or null when it follows the schema. */
export function schemaError(kind: DocumentKind, value: unknown): string | null {
  const validate = validatorOf(kind)
  if (validate(value)) return null
  const [error] = validate.errors ?? []
  return `${error?.instancePath || '/'} ${error?.message ?? 'does not follow the schema'}`
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** JSON of bytes that must be in RFC 8785 form. @throws NexusError `not-json` or `not-canonical`. */
export function parseCanonical(name: string, bytes: Uint8Array): unknown {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch (cause) {
    throw verificationError('not-json', `${name} is not JSON: ${(cause as Error).message}`, { name })
  }
  let canonical: Uint8Array
  try {
    canonical = canonicalBytes(value)
  } catch (cause) {
    throw verificationError('not-canonical', `${name} has no canonical form: ${(cause as Error).message}`, { name })
  }
  if (!equalBytes(canonical, bytes))
    throw verificationError('not-canonical', `${name} is not in the form of RFC 8785`, { name })
  return value
}

/**
 * A document of a pack, in canonical form and following its schema.
 * @throws NexusError `not-json`, `not-canonical`, `schema`, all exit 3: these bytes are evidence, not somebody's input.
 */
export function parseDocument<Kind extends DocumentKind>(kind: Kind, name: string, bytes: Uint8Array): Documents[Kind] {
  const value = parseCanonical(name, bytes)
  const error = schemaError(kind, value)
  if (error !== null) throw verificationError('schema', `${name}: ${error}`, { name, error })
  return value as Documents[Kind] // what the schema accepts is the type
}

/** Bytes of a document we wrote ourselves; following the schema is our own duty. */
export function documentBytes<Kind extends DocumentKind>(kind: Kind, value: Documents[Kind]): Uint8Array {
  const error = schemaError(kind, value)
  if (error !== null) throw new NexusError(2, 'schema', `${kind}: ${error}`, { details: { error } })
  return canonicalBytes(value)
}
