import type { Hex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'
import type { Log } from '@nexus/runtime/log'
import type { AnchorRecord } from '@nexus/runtime/registry'
import { admission, type FastifyInstance } from '@nexus/runtime/server'
import type { AttestationOutcome, AttestationRequest } from './attest.ts'
import type { PackRecord, State, StoredReceipt } from './state.ts'
import {
  aepIdSchema,
  attestationRequestSchema,
  fromWireReport,
  MOST_ATTESTATION_BYTES,
  MOST_LISTED,
  type WirePackList,
} from './wire.ts'

export interface RelayerApi {
  log: Log
  state: Pick<State, 'pack' | 'servedAfter' | 'lastPosition' | 'refused'>
  mostPackBytes: number
  receive(zip: Uint8Array): Promise<PackRecord>
  zip(aepId: Hex): Uint8Array | undefined
  anchor(aepId: Hex): AnchorRecord | undefined
  /** Under the configuration in force; undefined while we are in none. */
  ownReceipt(pack: PackRecord): StoredReceipt | undefined
  attest(request: AttestationRequest): Promise<AttestationOutcome>
  onAttestation(outcome: AttestationOutcome): void
}

const outcomes = { received: 'pending', accepted: 'signed', refused: 'refused', archived: 'archived' } as const

/** What we say of a pack to anyone who asks: both values where we disagree. */
function describe(pack: PackRecord, anchor: AnchorRecord | undefined) {
  const { aepId, state, report, differences, decidedAtMs } = pack
  return {
    aepId,
    outcome: outcomes[state],
    feedId: report.feedId,
    from: report.from,
    to: report.to,
    sequence: report.sequence,
    value: report.value.toString(),
    decidedAt: decidedAtMs === null ? null : new Date(decidedAtMs).toISOString(),
    differences,
    anchor: anchor
      ? { txHash: anchor.txHash, blockNumber: anchor.blockNumber, receiptsRoot: anchor.receiptsRoot }
      : null,
  }
}

function requireAepId(text: unknown): Hex {
  const parsed = aepIdSchema.safeParse(text)
  if (!parsed.success) throw inputError('bad-aep-id', 'an aepId is 0x and 64 lower-case hexadecimal digits')
  return parsed.data
}

const unknownPack = (aepId: Hex) => ({
  code: 'unknown-pack',
  message: `we do not have pack ${aepId}`,
  details: { aepId },
})

/** The relayer's HTTP interface. It is open to anyone who can reach it: nothing here trusts the caller. */
export function addRoutes(server: FastifyInstance, api: RelayerApi): void {
  const { state, mostPackBytes } = api
  // What costs memory or processor time is done for a few callers at a time.
  const receiving = admission(2)
  const attesting = admission(8)
  const serving = admission(4)

  server.addContentTypeParser('application/zip', { parseAs: 'buffer', bodyLimit: mostPackBytes }, (_, body, done) => {
    done(null, body)
  })

  server.post('/packs', { bodyLimit: mostPackBytes }, async (request, reply) => {
    const { body } = request
    if (!Buffer.isBuffer(body)) throw inputError('not-a-zip', 'send the pack as application/zip')
    const pack = await receiving(() => api.receive(new Uint8Array(body.buffer, body.byteOffset, body.length)))
    return reply.code(202).send(describe(pack, api.anchor(pack.aepId)))
  })

  server.get('/packs', async (request): Promise<WirePackList> => {
    const since = Number((request.query as Record<string, unknown>)['since'] ?? 0) // whatever it is, Number makes a number
    if (!Number.isSafeInteger(since) || since < 0) throw inputError('bad-since', 'since is a position in this list')
    const packs = state.servedAfter(since, MOST_LISTED).map(({ position, aepId, report }) => ({
      position,
      aepId,
      feedId: report.feedId,
      sequence: report.sequence,
    }))
    return { packs, last: state.lastPosition() }
  })

  server.get<{ Params: { file: string } }>('/packs/:file', async (request, reply) => {
    const aepId = requireAepId(request.params.file.replace(/\.zip$/, ''))
    const pack = state.pack(aepId)
    const isServed = pack?.state === 'accepted' || pack?.state === 'archived'
    const zip = isServed ? await serving(async () => api.zip(aepId)) : undefined
    if (!zip) return reply.code(404).send(unknownPack(aepId))
    return reply.type('application/zip').send(Buffer.from(zip.buffer, zip.byteOffset, zip.length))
  })

  server.get<{ Params: { aepId: string } }>('/packs/:aepId/outcome', async (request, reply) => {
    const aepId = requireAepId(request.params.aepId)
    const pack = state.pack(aepId)
    return pack ? describe(pack, api.anchor(aepId)) : reply.code(404).send(unknownPack(aepId))
  })

  server.get('/refusals', async () => ({
    refusals: state.refused(100).map(pack => describe(pack, api.anchor(pack.aepId))),
  }))

  server.get<{ Params: { aepId: string } }>('/receipts/:aepId', async (request, reply) => {
    const aepId = requireAepId(request.params.aepId)
    const pack = state.pack(aepId)
    if (!pack) return reply.code(404).send(unknownPack(aepId))
    const receipt = pack.state === 'accepted' ? api.ownReceipt(pack) : undefined
    if (receipt) return reply.type('application/json').send(Buffer.from(receipt.bytes))
    const code = pack.state === 'received' ? 'not-checked-yet' : `${pack.state}-pack`
    return reply
      .code(409)
      .send({ code, message: 'we have no receipt for this pack', details: { differences: pack.differences } })
  })

  server.post('/attestations', { bodyLimit: MOST_ATTESTATION_BYTES }, async (request, reply) => {
    const parsed = attestationRequestSchema.safeParse(request.body)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw inputError('bad-message', `${issue?.path.join('.') || 'the message'}: ${issue?.message}`)
    }
    const { report, receipts } = parsed.data
    const outcome = await attesting(() =>
      api.attest({ report: fromWireReport(report), receipts: receipts.map(text => new TextEncoder().encode(text)) }),
    )
    api.onAttestation(outcome)
    if (outcome.kind === 'signed') return { operator: outcome.operator, signature: outcome.signature }
    const { code, message, details } = outcome
    return reply.code(409).send({ code, message, details })
  })
}
