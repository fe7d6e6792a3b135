import type { Claims, InputsDocument, ModelDocument } from './documents.ts'

// The rule is written down in standards/eql.md. It reads leaves of the pack and nothing else, so that everybody gets the
// same level from the same pack.

/** Licences under which any operator may fetch and keep its own copy. SPDX identifiers, and words for what SPDX lacks. */
export const PUBLIC_LICENCES: ReadonlySet<string> = new Set([
  'CC0-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'PDDL-1.0',
  'ODC-By-1.0',
  'ODbL-1.0',
  'OGL-UK-3.0',
  'etalab-2.0',
  'public-domain',
])

/** A version of which its authors say that it may still change its mind: 0.x, by semantic versioning. */
const isProvisionalVersion = (version: string): boolean => version.startsWith('0.')

export interface EqlEvidence {
  inputs: InputsDocument['inputs']
  claims: Pick<Claims, 'uncertainty' | 'quality'>
  model: Pick<ModelDocument, 'catalogue'> & { model: Pick<ModelDocument['model'], 'version'> }
}

/**
 * The evidence quality level a pack holds once a quorum has anchored it; 0 when not even its provenance is known. Level 4
 * needs signed devices, of which a pack of this version has none.
 */
export function eqlOf({ inputs, claims, model }: EqlEvidence): 0 | 1 | 2 | 3 {
  const provenanceKnown =
    inputs.length > 0 &&
    inputs.every(input => input.url !== null && input.licence !== null && input.retrievedAt !== null)
  if (!provenanceKnown) return 0
  const validated = model.catalogue !== null && !isProvisionalVersion(model.model.version)
  if (!validated || claims.uncertainty === null || claims.quality.flags.includes('short-record')) return 1
  return inputs.every(({ licence }) => licence !== null && PUBLIC_LICENCES.has(licence)) ? 3 : 2
}

/** What a tool shows of a pack that no quorum has anchored: nobody has recomputed it independently yet. */
export const unanchoredEql = (eql: number): number => Math.min(eql, 2)
