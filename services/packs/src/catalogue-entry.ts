import type { Catalogue } from './catalogue.ts'

/** The pack that lists a model version, as an evidence pack names it; null for a model nobody vouches for. */
export function catalogueEntryOf(
  catalogue: Catalogue,
  model: string,
  version: string,
): { pack: string; version: string } | null {
  const pack = catalogue
    .packs()
    .find(({ models }) => models.some(entry => entry.id === model && entry.version === version))
  return pack ? { pack: pack.id, version: pack.version } : null
}
