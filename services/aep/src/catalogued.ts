import type { FeedSpec } from '@nexus/kit/feed'
import type { BuildInput } from './build.ts'
import type { CodeBundle } from './code.ts'

interface CataloguedCode {
  entry: string
  codeFiles: CodeBundle['files']
}

/** What sealing needs of the catalogue of `@nexus/packs`. */
export interface CodeCatalogue {
  packs(): readonly {
    id: string
    version: string
    models: readonly { id: string; version: string; listed?: boolean }[]
  }[]
  model(id: string, version?: string): CataloguedCode
  source(adapter: string): CataloguedCode
}

const bundle = ({ entry, codeFiles }: CataloguedCode): CodeBundle => ({ entry, files: codeFiles })

/** The code of a feed, and the pack of models that vouches for it, for buildPack. @throws NexusError of the catalogue */
export function codeOfFeed(
  catalogue: CodeCatalogue,
  feed: FeedSpec,
): Pick<BuildInput, 'model' | 'source' | 'catalogue'> {
  const pack = catalogue
    .packs()
    .find(({ models }) =>
      models.some(({ id, version, listed = true }) => listed && id === feed.model && version === feed.modelVersion),
    )
  return {
    model: bundle(catalogue.model(feed.model, feed.modelVersion)),
    source: bundle(catalogue.source(feed.source.adapter)),
    catalogue: pack === undefined ? null : { pack: pack.id, version: pack.version },
  }
}
