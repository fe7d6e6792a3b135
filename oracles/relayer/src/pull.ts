import type { Hex } from '@nexus/kit/canonical'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { errorFields, type Log } from '@nexus/runtime/log'
import type { Peer } from './peers.ts'
import type { PackRecord, State } from './state.ts'

export interface PullDeps {
  log: Log
  state: State
  peers: ReadonlyMap<Hex, Peer>
  receive(zip: Uint8Array): Promise<PackRecord | NexusError>
}

/** Packs taken from one peer in one pass; the rest comes with the next. */
const MOST_PER_PASS = 20

/** Fetches packs that peers have and we missed. A place in each peer's list is kept, so that nothing is asked for twice. */
export async function pullPacks(deps: PullDeps): Promise<void> {
  await Promise.all(
    [...deps.peers.values()].map(async peer => {
      try {
        await pullFrom(deps, peer)
      } catch (error) {
        if (!(error instanceof NexusError)) throw error
        deps.log.debug({ peer: peer.operator, ...errorFields(error) }, 'peer did not list its packs')
      }
    }),
  )
}

async function pullFrom({ state, log, receive }: PullDeps, peer: Peer): Promise<void> {
  const cursor = `peer:${peer.operator}`
  const since = state.cursor(cursor) ?? 0
  const { packs, last } = await peer.packsSince(since)
  if (last < since) return state.setCursor(cursor, 0) // it began a new list
  for (const { position, aepId } of packs.slice(0, MOST_PER_PASS)) {
    if (position <= since) continue
    if (!state.pack(aepId)) {
      const zip = await peer.pack(aepId)
      const outcome = zip && (await receive(zip))
      if (outcome instanceof NexusError) {
        log.info({ peer: peer.operator, aepId, ...errorFields(outcome) }, 'pack of a peer not taken')
        if (outcome.exitCode === ExitCode.tryAgain) return
      }
    }
    state.setCursor(cursor, position)
  }
}
