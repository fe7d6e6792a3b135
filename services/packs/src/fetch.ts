import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Hex, sha256Hex } from '@nexus/kit/canonical'
import { inputError, tryAgainError, verificationError } from '@nexus/kit/errors'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Window } from '@nexus/kit/observation'
import type { Catalogue, CatalogueSource } from './catalogue.ts'
import type { NamedInput } from './compute.ts'
import { readInputFile, tooLarge } from './input-file.ts'
import { MAX_INPUT_BYTES } from './limits.ts'
import type { DatasetEntry } from './manifest.ts'
import { refusalAsInputError } from './refusal.ts'

/** Where a dataset is obtained from. */
export type SourceAccess =
  | {
      kind: 'pinned'
      path: string
      url: string
      licence: string
      /** RFC 3339. */
      retrievedAt: string
      sha256?: Hex
    }
  | { kind: 'http'; baseUrl: string | null; licence: string }

export interface ObtainedInput extends NamedInput {
  url: string
  licence: string
  retrievedAt: string
}

export interface ObtainOptions {
  catalogue: Catalogue
  feed: FeedSpec
  window: Window
  /** Default: as the catalogue says of the feed's dataset. */
  access?: SourceAccess
  clock: { nowSeconds(): number }
  timeoutMs?: number
  maxBytes?: number
  fetch?: typeof globalThis.fetch
}

/**
 * The raw bytes of a feed's dataset, whole or not at all. A failure that may pass (time-out, connection, 429, 5xx) exits 75.
 * @throws NexusError `input-too-large`, `source-unavailable`, `source-refused`, `pinned-copy-differs`, …
 */
export async function obtainSource(options: ObtainOptions): Promise<{ inputs: readonly ObtainedInput[] }> {
  const { catalogue, feed, clock } = options
  const maxBytes = options.maxBytes ?? MAX_INPUT_BYTES
  const source = catalogue.source(feed.source.adapter)
  const access = options.access ?? accessOf(catalogue.dataset(feed.source.dataset))
  const name = `${feed.source.dataset}${source.extension}`
  const { licence } = access
  if (access.kind === 'pinned') {
    const bytes = await readInputFile(access.path, maxBytes)
    const actual = sha256Hex(bytes)
    if (access.sha256 !== undefined && access.sha256 !== actual)
      throw verificationError('pinned-copy-differs', `${access.path} is not the pinned edition of ${name}`, {
        path: access.path,
        expected: access.sha256,
        actual,
      })
    return { inputs: [{ name, bytes, url: access.url, licence, retrievedAt: access.retrievedAt }] }
  }
  const { url, bytes } = await download(source, access.baseUrl, maxBytes, options)
  const retrievedAt = new Date(clock.nowSeconds() * 1000).toISOString()
  return { inputs: [{ name, bytes, url, licence, retrievedAt }] }
}

/** How the catalogue says that a dataset is obtained. @throws NexusError `dataset-not-installed` */
export function accessOf(dataset: DatasetEntry): SourceAccess {
  const { access, licence } = dataset
  if (access.kind === 'http') return { kind: 'http', baseUrl: access.baseUrl, licence }
  const { url, retrievedAt, sha256 } = access
  return { kind: 'pinned', path: join(packageFolder(access.package), access.path), url, licence, retrievedAt, sha256 }
}

const require = createRequire(import.meta.url)

/** Packages may hide their package.json; the folder is the one named like the package above its main file. */
function packageFolder(name: string): string {
  try {
    let folder = dirname(require.resolve(name))
    while (!folder.endsWith(join('node_modules', name)) && folder !== dirname(folder)) folder = dirname(folder)
    return folder
  } catch (cause) {
    throw inputError('dataset-not-installed', `npm package ${name} is not installed`, { package: name }, cause)
  }
}

async function download(
  source: CatalogueSource,
  baseUrl: string | null,
  maxBytes: number,
  { feed, window, timeoutMs = 60_000, fetch = globalThis.fetch }: ObtainOptions,
): Promise<{ url: string; bytes: Uint8Array }> {
  const { request } = await source.loadRequest()
  const { url, headers } = (() => {
    try {
      return request({ params: feed.params, options: feed.source.options, window, baseUrl })
    } catch (error) {
      throw refusalAsInputError(error)
    }
  })()
  secure(url)
  try {
    const response = await fetch(url, {
      // What is hashed is what was sent: no compression on the way, no other place than the one asked.
      headers: { ...headers, 'accept-encoding': 'identity', 'user-agent': 'nexus-observatory' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) throw await refused(response, url)
    return { url, bytes: await bodyOf(response, url, maxBytes) }
  } catch (error) {
    if (error instanceof Error && error.name === 'NexusError') throw error
    throw tryAgainError('source-unavailable', `${url} did not answer: ${(error as Error).message}`, { url }, error)
  }
}

/** Evidence is fetched over TLS; only a machine's own test server may do without. */
function secure(url: string): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:') return
  const loopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
  if (protocol !== 'http:' || !loopback) throw inputError('insecure-source', `${url} is not https`, { url })
}

async function refused(response: Response, url: string) {
  await response.body?.cancel()
  const { status } = response
  const details = { url, status, retryAfter: response.headers.get('retry-after') }
  return status === 429 || status >= 500
    ? tryAgainError('source-unavailable', `${url} answered ${status}`, details)
    : inputError('source-refused', `${url} answered ${status}`, details)
}

/** The body as it streams in, given up as soon as it is too large; a shorter body than announced is no answer. */
async function bodyOf(response: Response, url: string, maxBytes: number): Promise<Uint8Array> {
  const length = response.headers.get('content-length')
  const announced = length === null ? null : Number(length)
  if (announced !== null && announced > maxBytes) {
    await response.body?.cancel()
    throw tooLarge(url, announced, maxBytes)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(url, size, maxBytes)
    chunks.push(chunk)
  }
  if (announced !== null && announced !== size)
    throw tryAgainError('source-unavailable', `${url} sent ${size} of ${announced} bytes`, { url, size, announced })
  return new Uint8Array(Buffer.concat(chunks))
}
