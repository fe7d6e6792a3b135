import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeFileDurably } from '@nexus/aep/durable'
import type { Network } from '@nexus/governance/contracts'
import { type Document, type Documents, railDocuments } from '@nexus/governance/rail/documents'
import { findRail } from '@nexus/governance/rail/read'
import { sha256Hex } from '@nexus/kit/canonical'
import { NexusError, tryAgainError } from '@nexus/kit/errors'
import { readChain } from '@nexus/runtime/chain'
import type { Log } from '@nexus/runtime/log'
import { createMetrics } from '@nexus/runtime/metrics'
import { admission, createServer, type FastifyInstance, listen } from '@nexus/runtime/server'

export interface RailDocumentsDeps {
  log: Log
  network: Network
  /** Where every version that was ever served is kept, by its hash. */
  folder: string
  listen: { host: string; port: number }
}

/** Readings of the chain at a time: a page of one is hundreds of calls. */
const MOST_READINGS = 4
const MOST_TRIES = 5

const bytesOf = ({ text }: Document) => new TextEncoder().encode(text)
const nameOf = (bytes: Uint8Array): string => sha256Hex(bytes).replace(/^0x/, '')

/** Whatever somebody wrote into a proposal is a document, and nothing that a browser runs. */
const asDocument = { 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" }

/**
 * Serves what ERC-4824 asks of each rail, as the chain has it: `/rails/N/dao.json` and what that names. Each answer says under which
 * `/sha256/…` the same bytes will be found for as long as this server keeps them, whatever the chain says by then.
 */
export async function serveRailDocuments(deps: RailDocumentsDeps): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(deps.log, createMetrics('nexus_rail_documents'), {
    ...{ mostBodyBytes: 1_024, requestTimeoutMs: 10_000, mostConnections: 64 },
    readiness: () => ({ ready: true }),
  })
  let url = ''
  addRoutes(server, deps, () => url)
  url = await listen(server, deps.listen)
  return { url, stop: async () => server.close() }
}

function addRoutes(server: FastifyInstance, { network, folder }: RailDocumentsDeps, origin: () => string): void {
  const admitted = admission(MOST_READINGS)
  const fileOf = (name: string) => path.join(folder, name)
  /** Of the last block that each rail was read at; a reading that goes on is waited for. */
  const known = new Map<string, { block: bigint; documents: Promise<Documents> }>()

  const blockNow = () => readChain(() => network.client.getBlockNumber({ cacheTime: 0 }))

  async function documentsOf(railId: string): Promise<Documents> {
    const block = await blockNow()
    const found = known.get(railId)
    if (found?.block === block) return found.documents
    const documents = admitted(() => readChain(() => readAtOneBlock(network, railId, `${origin()}/rails/${railId}`)))
    known.set(railId, { block, documents })
    documents.catch(() => known.delete(railId))
    return documents
  }

  server.get<{ Params: { rail: string; '*': string } }>('/rails/:rail/*', async (request, reply) => {
    const { rail, '*': name } = request.params
    const documents = /^[1-9]\d{0,9}$/.test(rail) ? await orNone(documentsOf(rail)) : undefined
    const document = documents?.get(name)
    if (!document) return reply.callNotFound()
    const bytes = bytesOf(document)
    const hash = nameOf(bytes)
    const etag = `"${hash}"`
    reply.headers({ ...asDocument, etag, 'cache-control': 'no-cache', 'content-location': `/sha256/${hash}` })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    await writeFileDurably(fileOf(hash), new TextEncoder().encode(JSON.stringify(document)))
    return reply.type(document.type).send(Buffer.from(bytes))
  })

  server.get<{ Params: { hash: string } }>('/sha256/:hash', async (request, reply) => {
    const { hash } = request.params
    const kept = /^[0-9a-f]{64}$/.test(hash) ? await readFile(fileOf(hash), 'utf8').catch(() => undefined) : undefined
    if (kept === undefined) return reply.callNotFound()
    const document = JSON.parse(kept) as Document // as it was written above
    reply.headers({ ...asDocument, etag: `"${hash}"`, 'cache-control': 'public, max-age=31536000, immutable' })
    return reply.type(document.type).send(Buffer.from(bytesOf(document)))
  })
}

/** A rail that nobody opened has no documents. */
const orNone = (documents: Promise<Documents>): Promise<Documents | undefined> =>
  documents.catch(error => {
    if (error instanceof NexusError && error.code === 'no-such-rail') return undefined
    throw error
  })

/** Read again when a block came in between: the documents name each other. */
async function readAtOneBlock(network: Network, railId: string, base: string): Promise<Documents> {
  const blockNow = () => network.client.getBlockNumber({ cacheTime: 0 })
  const rail = await findRail(network, railId)
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const before = await blockNow()
    const documents = await railDocuments(network, rail, base)
    if ((await blockNow()) === before) return documents
  }
  throw tryAgainError('chain-moves', 'blocks come faster than a rail can be read; try again', { rail: railId })
}
