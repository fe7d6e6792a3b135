import type { Hex } from '@nexus/kit/canonical'
import type { Report } from '@nexus/kit/report'
import type { Registry } from '@nexus/runtime/registry'

/** Why a report is neither signed nor sent: the registry would refuse it. */
export interface AboveCap {
  feedId: Hex
  /** The model whose standing the feed's cap follows; null where this operator cannot tell. */
  componentId: Hex | null
  eql: number
  /** The level that reports of the feed may have at most. */
  mostEql: number
}

/**
 * INV-REL-14: what the cap of its feed holds against a report now; undefined when nothing. A cap may be lifted again.
 * @throws NexusError `chain-unavailable`, retryable
 */
export async function aboveCap(
  registry: Pick<Registry, 'capOf' | 'modelOf'>,
  { feedId, eql }: Pick<Report, 'feedId' | 'eql'>,
): Promise<AboveCap | undefined> {
  const mostEql = await registry.capOf(feedId)
  if (eql <= mostEql) return undefined
  return { feedId, componentId: (await registry.modelOf(feedId)) ?? null, eql, mostEql }
}
