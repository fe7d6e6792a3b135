import { sha256Hex } from '@nexus/kit/canonical'
import type { Catalogue } from './catalogue.ts'
import type { DatasetEntry } from './manifest.ts'

/** The catalogue's dataset whose pinned bytes these are; null for bytes of which nothing is known but themselves. */
export function pinnedDatasetOf(catalogue: Catalogue, bytes: Uint8Array): DatasetEntry | null {
  const hash = sha256Hex(bytes)
  return catalogue.datasets().find(({ access }) => access.kind === 'pinned' && access.sha256 === hash) ?? null
}
