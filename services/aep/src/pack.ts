import { fromHex, type Hex, toHex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'
import { type DocumentName, type Documents, documentNames, parseDocument } from './documents.ts'
import { type Leaf, leafContents, sealLeaves } from './leaves.ts'
import { merkleRoot } from './merkle.ts'

export type Files = ReadonlyMap<string, Uint8Array>

/** A pack's own documents, in canonical form and following their schemas. */
export type PackDocuments = { readonly [Name in DocumentName]: Documents[(typeof documentNames)[Name]] }

export interface OpenedPack {
  /** Root of the files as they are; whether it is the root they should have is for verifyPack. */
  aepId: Hex
  files: Files
  documents: PackDocuments
  /** In order of name. */
  leaves: readonly Leaf[]
}

/** @throws NexusError `missing-file` */
export function fileOf(files: Files, name: string): Uint8Array {
  const bytes = files.get(name)
  if (bytes === undefined) throw verificationError('missing-file', `the pack has no ${name}`, { name })
  return bytes
}

/** @throws NexusError, exit 3: `missing-file`, `not-json`, `not-canonical`, `schema` */
export function readDocument<Name extends DocumentName>(
  files: Files,
  name: Name,
): Documents[(typeof documentNames)[Name]] {
  return parseDocument(documentNames[name], name, fileOf(files, name))
}

export function leavesOf(files: Files, documents: Pick<PackDocuments, 'claims.json' | 'salts.json'>): Leaf[] {
  const { 'claims.json': claims, 'salts.json': salts } = documents
  return sealLeaves(leafContents(claims, files), fromHex(salts.packSecret))
}

export const rootOf = (leaves: readonly Leaf[]): Hex => toHex(merkleRoot(leaves.map(({ hash }) => hash)))

/** Parses a pack for reading. It checks form, not truth: verifyPack first. @throws NexusError as readDocument */
export function openPack(files: Files): OpenedPack {
  const documents: PackDocuments = {
    'claims.json': readDocument(files, 'claims.json'),
    'inputs.json': readDocument(files, 'inputs.json'),
    'model.json': readDocument(files, 'model.json'),
    'assumptions.json': readDocument(files, 'assumptions.json'),
    'lineage.json': readDocument(files, 'lineage.json'),
    'salts.json': readDocument(files, 'salts.json'),
  }
  const leaves = leavesOf(files, documents)
  return { aepId: rootOf(leaves), files, documents, leaves }
}
