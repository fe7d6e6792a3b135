import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { inChunks, isBefore } from './chain.ts'
import type { Facts } from './facts.ts'

const PROVISIONAL = 1

/** Why evidence did not pay under the terms when it was settled; nothing when it did. */
export async function objectionsTo(facts: Facts): Promise<string[]> {
  const [evidence, asked, settledAt] = [await facts.anchor(), await facts.terms(), await facts.settledAt()]
  const fits =
    asked.readings === 'any'
      ? evidence.from >= asked.from && evidence.to <= asked.to
      : evidence.from === asked.from && evidence.to === asked.to
  const [disputed, upheld, voided] = [
    await lifeOf(facts, 'AepDisputed'),
    await lifeOf(facts, 'AepUpheld'),
    await lifeOf(facts, 'AepVoided'),
  ]
  const [dispute] = disputed
  // A dispute without a ruling upholds the anchor when its own time is over.
  const finalAt = dispute ? Number((dispute.args as { upheldAt: number }).upheldAt) : evidence.finalAt
  const all: [boolean, string][] = [
    [evidence.feedId !== asked.feedId, 'another feed'],
    [!fits, 'another window'],
    [evidence.eql < asked.minEql, 'its level is too low'],
    [(evidence.flags & PROVISIONAL) !== 0 && asked.evidence === 'final', 'provisional'],
    [voided.length > 0, 'void'],
    [upheld.length === 0 && settledAt < finalAt, 'not final'],
  ]
  return all.flatMap(([objects, why]) => (objects ? [why] : []))
}

type LifeEvent = 'AepDisputed' | 'AepUpheld' | 'AepVoided'

/** What happened to an anchor before the settlement. */
async function lifeOf(facts: Facts, eventName: LifeEvent) {
  const { chain, settlement } = facts
  const address = await facts.registry()
  const logs = await chain.ask(eventName, () =>
    inChunks(chain.firstBlock, settlement.blockNumber, range =>
      chain.client.getContractEvents({
        ...{ address, abi: evidenceRegistryAbi, eventName, args: { aepId: settlement.aepId }, strict: true },
        ...range,
      }),
    ),
  )
  return logs.filter(log => isBefore(log, settlement))
}
