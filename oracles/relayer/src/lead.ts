import type { Hex } from '@nexus/kit/canonical'
import type { Clock } from '@nexus/runtime/clock'
import type { Log } from '@nexus/runtime/log'
import type { Configuration, Registry } from '@nexus/runtime/registry'
import type { Sender } from '@nexus/runtime/sender'
import { aboveCap } from './cap.ts'
import { rankOf } from './committee.ts'
import { anchorKey, type GatherOutcome } from './gather.ts'
import type { PackRecord, State } from './state.ts'

/**
 * Which operator may gather and send at a moment: the one of rank 0 first, the next one after each silence, and round again. So a
 * dead leader is replaced, and when a quorum comes back after a long time the operators do not all send at once.
 */
export const isTurnOf = (rank: number, operators: number, sinceAcceptedMs: number, takeOverMs: number): boolean =>
  Math.floor(Math.max(0, sinceAcceptedMs) / takeOverMs) % operators === rank

export interface LeadDeps {
  clock: Clock
  log: Log
  state: Pick<State, 'unanchored'>
  registry: Pick<Registry, 'configuration' | 'latestSequence' | 'capOf' | 'modelOf'>
  sender: Pick<Sender, 'get'>
  operator: Hex
  takeOverMs: number
  gather(pack: PackRecord, configuration: Configuration): Promise<GatherOutcome>
  onGathered(aepId: Hex): void
}

/** Packs worked on at once. The others follow at once: none waits for ever behind some that nobody will sign. */
const MOST_AT_ONCE = 8

/** Leads what it is this operator's turn to lead. */
export interface Leader {
  /** One pass; resolves to 0 when there is more to do now. */
  step(): Promise<number | undefined>
}

export function createLeader(deps: LeadDeps): Leader {
  const { clock, log, state, registry, sender, operator, takeOverMs } = deps
  /** Those tried longest ago come first. */
  const triedAtMs = new Map<Hex, number>()
  /** What was said of a pack that waits: said once for each cap. */
  const cappedAt = new Map<Hex, number>()

  const isOurs = ({ aepId, report, decidedAtMs }: PackRecord, configuration: Configuration): boolean => {
    const rank = rankOf(configuration, operator, report.feedId, report.sequence)
    const call = sender.get(anchorKey(aepId))
    const isUnderWay = call !== undefined && ['queued', 'sent', 'mined'].includes(call.state)
    const sinceMs = clock.nowMs() - (decidedAtMs ?? 0)
    return rank !== undefined && !isUnderWay && isTurnOf(rank, configuration.operators.length, sinceMs, takeOverMs)
  }

  /** Nobody is asked to sign, and nothing is sent, as long as the registry would refuse it. */
  async function isCapped({ aepId, report }: PackRecord): Promise<boolean> {
    const above = await aboveCap(registry, report)
    if (above && cappedAt.get(aepId) !== above.mostEql)
      log.warn({ aepId, ...above }, 'not anchored: its feed is capped below its level')
    if (above) cappedAt.set(aepId, above.mostEql)
    else cappedAt.delete(aepId)
    return above !== undefined
  }

  async function lead(pack: PackRecord, configuration: Configuration): Promise<void> {
    const { aepId, report } = pack
    triedAtMs.set(aepId, clock.nowMs())
    // When a later one is anchored the registry will not take this one any more.
    if ((await registry.latestSequence(report.feedId)) >= report.sequence) return
    if (await isCapped(pack)) return
    const outcome = await deps.gather(pack, configuration)
    log.info({ aepId, ...outcome }, outcome.kind === 'waiting' ? 'no quorum yet' : 'quorum gathered')
    if (outcome.kind === 'submitted') deps.onGathered(aepId)
  }

  return {
    async step() {
      const configuration = registry.configuration()
      if (!configuration) return undefined
      const unanchored = state.unanchored()
      const known = new Set(unanchored.map(({ aepId }) => aepId))
      for (const map of [triedAtMs, cappedAt]) for (const aepId of map.keys()) if (!known.has(aepId)) map.delete(aepId)
      const ours = unanchored
        .filter(pack => isOurs(pack, configuration))
        .sort((a, b) => (triedAtMs.get(a.aepId) ?? -1) - (triedAtMs.get(b.aepId) ?? -1))
      await Promise.all(ours.slice(0, MOST_AT_ONCE).map(pack => lead(pack, configuration)))
      const isMore = ours.slice(MOST_AT_ONCE).some(({ aepId }) => !triedAtMs.has(aepId))
      return isMore ? 0 : undefined
    },
  }
}
