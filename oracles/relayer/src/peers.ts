import type { Hex } from '@nexus/kit/canonical'
import { tryAgainError } from '@nexus/kit/errors'
import type { Report } from '@nexus/kit/report'
import { type Answer, jsonOf, type Transport } from '@nexus/runtime/transport'
import type { z } from 'zod'
import type { PeerConfig } from './config.ts'
import {
  attestationAnswerSchema,
  MOST_RECEIPT_BYTES,
  packListSchema,
  refusalSchema,
  toWireReport,
  type WirePackList,
} from './wire.ts'

/** What a peer says when it does not do what it was asked. */
export interface PeerRefusal {
  kind: 'refused'
  code: string
  message: string
}

/** Another operator's relayer. It may be down, slow, wrong or hostile: whatever it answers is bounded, parsed and checked. */
export interface Peer {
  readonly operator: Hex
  readonly url: string
  /** What we were told of its post-quantum key, beside what the chain says. */
  readonly pqPublicKeyHash: Hex | undefined
  receipt(aepId: Hex): Promise<{ kind: 'receipt'; bytes: Uint8Array } | PeerRefusal>
  attest(report: Report, receipts: readonly Uint8Array[]): Promise<{ kind: 'signed'; signature: Hex } | PeerRefusal>
  offerPack(zip: Uint8Array): Promise<void>
  packsSince(position: number): Promise<WirePackList>
  pack(aepId: Hex): Promise<Uint8Array | undefined>
}

export interface PeerOptions {
  timeoutMs: number
  /** For whole packs. */
  packTimeoutMs: number
  mostPackBytes: number
}

const MOST_ANSWER_BYTES = 256_000

function createPeer(transport: Transport, { operator, url, pqPublicKeyHash }: PeerConfig, options: PeerOptions): Peer {
  const { timeoutMs, packTimeoutMs, mostPackBytes } = options
  const get = (path: string, mostBytes = MOST_ANSWER_BYTES, timeout = timeoutMs) =>
    transport.request({ method: 'GET', url: `${url}${path}`, timeoutMs: timeout, mostBytes })

  const parsed = <T>(answer: Answer, schema: z.ZodType<T>): T => {
    const result = schema.safeParse(jsonOf(answer))
    if (answer.status === 200 && result.success) return result.data
    throw tryAgainError('peer-answer', `${operator} answered ${answer.status} with something else than was asked for`, {
      operator,
      status: answer.status,
    })
  }

  const refusalOf = (answer: Answer): PeerRefusal => {
    const result = refusalSchema.safeParse(jsonOf(answer))
    return result.success
      ? { kind: 'refused', code: result.data.code, message: result.data.message }
      : { kind: 'refused', code: 'unclear', message: `status ${answer.status}` }
  }

  return {
    operator,
    url,
    pqPublicKeyHash,
    async receipt(aepId) {
      const answer = await get(`/receipts/${aepId}`, MOST_RECEIPT_BYTES)
      return answer.status === 200 ? { kind: 'receipt', bytes: answer.bytes } : refusalOf(answer)
    },
    async attest(report, receipts) {
      const message = {
        report: toWireReport(report),
        receipts: receipts.map(bytes => Buffer.from(bytes).toString('utf8')),
      }
      const answer = await transport.request({
        method: 'POST',
        url: `${url}/attestations`,
        body: new TextEncoder().encode(JSON.stringify(message)),
        timeoutMs,
        mostBytes: MOST_ANSWER_BYTES,
      })
      if (answer.status !== 200) return refusalOf(answer)
      return { kind: 'signed', signature: parsed(answer, attestationAnswerSchema).signature }
    },
    async offerPack(zip) {
      await transport.request({
        method: 'POST',
        url: `${url}/packs`,
        body: zip,
        contentType: 'application/zip',
        timeoutMs: packTimeoutMs,
        mostBytes: MOST_ANSWER_BYTES,
      })
    },
    packsSince: async position => parsed(await get(`/packs?since=${position}`), packListSchema),
    async pack(aepId) {
      const answer = await get(`/packs/${aepId}.zip`, mostPackBytes, packTimeoutMs)
      return answer.status === 200 ? answer.bytes : undefined
    },
  }
}

/** All configured peers but ourselves, by operator. */
export const createPeers = (
  transport: Transport,
  own: Hex,
  peers: readonly PeerConfig[],
  options: PeerOptions,
): ReadonlyMap<Hex, Peer> =>
  new Map(
    peers
      .filter(({ operator }) => operator !== own)
      .map(peer => [peer.operator, createPeer(transport, peer, options)] as const),
  )

/**
 * Waits until all of these are done, or `isEnough` has held for `graceMs`. None may reject. What is still under way goes on by
 * itself and is bounded by its own time-out.
 */
export async function untilEnough(
  tasks: readonly Promise<void>[],
  isEnough: () => boolean,
  graceMs: number,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const done = new AbortController()
  const all = Promise.all(tasks)
  let resolve = () => {}
  const enough = new Promise<void>(settle => {
    resolve = settle
  })
  const look = () => {
    if (isEnough()) resolve()
  }
  for (const task of tasks) task.then(look)
  look()
  await Promise.race([all, enough.then(() => sleep(graceMs, done.signal))])
  done.abort()
}
