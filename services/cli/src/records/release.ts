import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type ComponentKind, parseKind, templateKey } from '@nexus/governance/registry/component'
import { fileHash, folderHash } from '@nexus/governance/registry/content'
import { parseVersion } from '@nexus/governance/registry/version'
import { inputError, verificationError } from '@nexus/kit/errors'
import { codeClosure, codeHashOf } from '@nexus/packs/closure'
import { readManifest } from '@nexus/packs/manifest'
import { type Hex, isHash } from 'viem'

export interface ReleaseOptions {
  kind?: string
  pack?: string
  model?: string
  code?: string
  content?: string
  formula?: string
  feed?: string
  name?: string
  componentVersion?: string
  sbom: string
  uri: string
}

/** A version of a component, as it is about to be proposed. */
export interface PreparedRelease {
  kind: ComponentKind
  release: { name: string; version: number; contentHash: Hex; sbomHash: Hex; uri: string }
  versionText: string
  /** How its content hash came about, in words. */
  source: string
  template?: { formulaId: Hex; feedId: Hex }
}

const ANY_FEED: Hex = `0x${'00'.repeat(32)}`

export function parseHash(text: string, what: string): Hex {
  if (isHash(text)) return text.toLowerCase() as Hex
  throw inputError('bad-hash', `${what}: "${text}" is no hash of 32 bytes`, { what, text })
}

/**
 * Hashes what is proposed. A pack: its folder. A model of a pack: its code, which has to be what the pack says. A template: formula and
 * feed. Anything else: a file, a folder, or a hash that was made elsewhere.
 */
export async function prepareRelease(options: ReleaseOptions): Promise<PreparedRelease> {
  const content = await contentOf(options)
  const name = options.name ?? content.name
  const versionText = options.componentVersion ?? content.version
  if (name === undefined || versionText === undefined)
    throw inputError('usage', 'say the --name and --component-version of what is proposed')
  const { contentHash, kind, source, template } = content
  const sbomHash = await fileHash(options.sbom)
  return {
    ...{ kind, source, versionText },
    ...(template ? { template } : {}),
    release: { name, version: parseVersion(versionText), contentHash, sbomHash, uri: options.uri },
  }
}

type Content = Pick<PreparedRelease, 'kind' | 'source' | 'template'> & {
  contentHash: Hex
  name?: string
  version?: string
}

async function contentOf(options: ReleaseOptions): Promise<Content> {
  const { pack, model, content, kind } = options
  if (pack !== undefined) {
    if (content !== undefined || kind !== undefined)
      throw inputError('usage', '--pack says what is proposed: leave out --kind and --content')
    return model === undefined ? packContent(pack) : modelContent(pack, model, options.code)
  }
  if (kind === undefined) throw inputError('usage', 'say what is proposed: --pack FOLDER, or --kind with --content')
  const parsed = parseKind(kind)
  if (parsed === 'template') return templateContent(options)
  if (content === undefined) throw inputError('usage', `a ${parsed} needs its --content: a file, a folder or a hash`)
  return { kind: parsed, ...(await anyContent(content)) }
}

async function packContent(folder: string): Promise<Content> {
  const { id, version } = readManifest(path.join(folder, 'pack.json'))
  const { hash, files, bytes } = await folderHash(folder)
  return { kind: 'pack', name: id, version, contentHash: hash, source: `${files} files of ${folder}, ${bytes} bytes` }
}

/** @throws NexusError `unknown-model`; `code-changed` where the code is not what the pack pins */
function modelContent(folder: string, modelId: string, codeDir = path.join(folder, '../../oracles')): Content {
  const { models } = readManifest(path.join(folder, 'pack.json'))
  const model = models.find(({ id }) => id === modelId)
  if (!model)
    throw inputError('unknown-model', `the pack in ${folder} has no model "${modelId}"`, {
      model: modelId,
      known: models.map(({ id }) => id),
    })
  const files = codeClosure(codeDir, model.entry)
  const contentHash = codeHashOf(files)
  if (contentHash !== model.codeHash)
    throw verificationError(
      'code-changed',
      `the code of ${modelId} hashes to ${contentHash}, its pack says otherwise`,
      {
        expected: model.codeHash,
        actual: contentHash,
      },
    )
  const source = `${files.length} files of code from ${model.entry} on, as its feeds name them`
  return { kind: 'model', name: model.id, version: model.version, contentHash, source }
}

function templateContent({ formula, feed }: ReleaseOptions): Content {
  if (formula === undefined) throw inputError('usage', 'a template is a --formula, with --feed for one feed only')
  const formulaId = parseHash(formula, '--formula')
  const feedId = feed === undefined ? ANY_FEED : parseHash(feed, '--feed')
  const source = `formula ${formulaId}, for ${feedId === ANY_FEED ? 'any feed' : `feed ${feedId}`}`
  return { kind: 'template', contentHash: templateKey(formulaId, feedId), source, template: { formulaId, feedId } }
}

async function anyContent(content: string): Promise<{ contentHash: Hex; source: string }> {
  if (isHash(content)) return { contentHash: content.toLowerCase() as Hex, source: 'a hash that was given' }
  const stats = await stat(content).catch(cause => {
    throw inputError('no-such-file', `${content} cannot be read: ${cause.message}`, { file: content }, cause)
  })
  if (!stats.isDirectory()) return { contentHash: await fileHash(content), source: `SHA-256 of ${content}` }
  const { hash, files, bytes } = await folderHash(content)
  return { contentHash: hash, source: `${files} files of ${content}, ${bytes} bytes` }
}
