import { canonicalBytes, sha256Hex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'
import { compareNames } from './bytes.ts'
import {
  type Claims,
  type InputsDocument,
  type LineageDocument,
  type ModelDocument,
  parseCanonical,
} from './documents.ts'

const ACTIVITY_NAMES = {
  retrieve: 'Retrieve the source',
  parse: 'Read observations from the bytes',
  compute: 'Compute the index',
  seal: 'Seal the pack',
} as const

const FORMATS: Record<string, string> = {
  json: 'application/json',
  geojson: 'application/geo+json',
  csv: 'text/csv',
  ts: 'text/x-typescript',
  dly: 'text/plain',
  txt: 'text/plain',
}

const formatOf = (name: string): string => FORMATS[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

const reference = (id: string) => ({ '@id': id })

/** Licences are entities of the crate; SPDX identifiers have addresses. */
const licenceId = (licence: string): string =>
  /^[A-Za-z0-9.+-]+$/.test(licence) && /\d/.test(licence)
    ? `https://spdx.org/licenses/${licence}`
    : `#licence-${encodeURIComponent(licence)}`

interface Crate {
  claims: Claims
  inputs: InputsDocument['inputs']
  model: ModelDocument
  lineage: LineageDocument
  /** Everything else that is sealed in the pack. */
  files: ReadonlyMap<string, Uint8Array>
}

/**
 * `ro-crate-metadata.json`: the pack as an RO-Crate 1.2 with PROV-O terms, so that archives and research tools can read what
 * it holds and how it came about. It says nothing that the other documents do not say.
 */
export function roCrate({ claims, inputs, model, lineage, files }: Crate): Uint8Array {
  const names = [...files.keys()].sort(compareNames)
  const licences = [...new Set(inputs.flatMap(({ licence }) => (licence === null ? [] : [licence])))].sort(compareNames)
  const retrieved = inputs.flatMap(({ retrievedAt }) => (retrievedAt === null ? [] : [retrievedAt])).sort()
  const generatedBy = new Map(lineage.steps.flatMap(step => step.generated.map(name => [name, step.id])))

  const fileEntity = (name: string, bytes: Uint8Array) => {
    const input = inputs.find(record => `inputs/${record.name}` === name)
    const step = generatedBy.get(name)
    return {
      '@id': name,
      '@type': ['File', 'prov:Entity'],
      name,
      contentSize: bytes.length.toString(),
      encodingFormat: formatOf(name),
      sha256: sha256Hex(bytes).slice(2),
      ...(input?.url ? { url: input.url } : {}),
      ...(input?.licence ? { license: reference(licenceId(input.licence)) } : {}),
      ...(input?.retrievedAt ? { dateCreated: input.retrievedAt } : {}),
      ...(step ? { 'prov:wasGeneratedBy': reference(`#${step}`) } : {}),
    }
  }

  const programs = [
    { name: model.model.id, version: model.model.version, code: model.model },
    { name: model.source.adapter, version: model.source.codeHash, code: model.source },
  ]
  const stepRef = (used: string) => reference(lineage.steps.some(({ id }) => id === used) ? `#${used}` : used)
  const activity = (step: LineageDocument['steps'][number]) => {
    const program = programs.find(({ code }) => code.codeHash === step.program)
    return {
      '@id': `#${step.id}`,
      '@type': ['CreateAction', 'prov:Activity'],
      name: ACTIVITY_NAMES[step.activity],
      object: step.used.map(stepRef),
      result: step.generated.map(reference),
      'prov:used': step.used.map(stepRef),
      ...(program ? { instrument: reference(`code/${program.code.entry}`) } : {}),
      ...(step.endedAt ? { endTime: step.endedAt } : {}),
    }
  }

  return canonicalBytes({
    '@context': ['https://w3id.org/ro/crate/1.2/context', { prov: 'http://www.w3.org/ns/prov#' }],
    '@graph': [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        about: reference('./'),
        conformsTo: reference('https://w3id.org/ro/crate/1.2'),
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: `${claims.feed.model} ${claims.window.from} to ${claims.window.to}`,
        description: `Assurance & Evidence Pack of feed ${claims.feedId}, sequence ${claims.sequence}`,
        identifier: `${claims.feedId}/${claims.window.from}/${claims.window.to}/${claims.sequence}`,
        datePublished: retrieved.at(-1) ?? claims.window.to,
        temporalCoverage: `${claims.window.from}/${claims.window.to}`,
        license: licences.map(licence => reference(licenceId(licence))),
        hasPart: names.map(reference),
        mentions: lineage.steps.map(({ id }) => reference(`#${id}`)),
      },
      ...names.map(name => fileEntity(name, files.get(name) ?? new Uint8Array())),
      ...lineage.steps.map(activity),
      ...licences.map(name => ({ '@id': licenceId(name), '@type': 'CreativeWork', name })),
    ],
  })
}

export const CRATE_NAME = 'ro-crate-metadata.json'

type Entity = Record<string, unknown>

/**
 * That a crate is one, lists every sealed file with its hash and nothing else as data.
 * @throws NexusError `not-json`, `not-canonical`, `crate`
 */
export function checkCrate(bytes: Uint8Array, sealed: ReadonlyMap<string, Uint8Array>): void {
  const refuse = (why: string) => verificationError('crate', `${CRATE_NAME}: ${why}`)
  const document = parseCanonical(CRATE_NAME, bytes) as { '@graph'?: unknown } | null
  const graph = document?.['@graph']
  if (!Array.isArray(graph)) throw refuse('it has no @graph')
  const entities = new Map<unknown, Entity>(graph.map((entity: Entity) => [entity?.['@id'], entity]))
  const descriptor = entities.get(CRATE_NAME)
  const conformsTo = descriptor?.['conformsTo'] as Entity | undefined
  if (conformsTo?.['@id'] !== 'https://w3id.org/ro/crate/1.2') throw refuse('it does not conform to RO-Crate 1.2')
  const parts = entities.get('./')?.['hasPart']
  if (!Array.isArray(parts)) throw refuse('its root has no parts')
  const expected = [...sealed.keys()].filter(name => name !== CRATE_NAME).sort(compareNames)
  const listed = parts.map((part: Entity) => String(part?.['@id'])).sort(compareNames)
  if (listed.join('\n') !== expected.join('\n')) throw refuse('its parts are not the files of the pack')
  for (const name of expected) {
    const hash = sha256Hex(sealed.get(name) ?? new Uint8Array()).slice(2)
    if (entities.get(name)?.['sha256'] !== hash) throw refuse(`it has another hash for ${name}`)
  }
}
