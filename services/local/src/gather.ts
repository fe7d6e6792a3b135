import type { Hex } from '@nexus/kit/canonical'
import { unscaleDecimal } from '@nexus/kit/decimal'
import { ReportFlag } from '@nexus/kit/report'
import { formatUtcSeconds } from '@nexus/kit/time'
import { accounts } from './accounts.ts'
import type { ChainEvents } from './events.ts'
import type { AepOutcome, PolicyOutcome } from './outcome.ts'
import type { LocalRpc } from './rpc.ts'
import type { Reading } from './scenario.ts'
import { type BoundCover, signersOf } from './story.ts'
import type { CoverRow } from './summary.ts'

const statuses: Record<number, PolicyOutcome['status']> = { 2: 'paid', 3: 'zero', 4: 'lapsed' }
const ASSET_DECIMALS = 6

/** What the chain has of each reading. */
export async function gatherAeps(
  { client }: LocalRpc,
  events: ChainEvents,
  readings: readonly Reading[],
): Promise<AepOutcome[]> {
  const anchors = await events.anchors()
  return Promise.all(
    anchors.map(async anchor => {
      const { aepId, feedId, value, from, to, flags, eql, txHash } = anchor
      const reading = readings.find(each => each.feedId === feedId)
      const { gasUsed } = await client.getTransactionReceipt({ hash: txHash })
      return {
        aepId,
        feed: feedId,
        name: reading?.name ?? feedId,
        model: reading?.feed.model ?? '',
        value: value.toString(),
        decimals: reading?.feed.decimals ?? 0,
        from: formatUtcSeconds(from),
        to: formatUtcSeconds(to),
        provisional: (flags & ReportFlag.provisional) !== 0,
        eql,
        signers: signersOf(anchor),
        anchorTx: txHash,
        gasUsed: Number(gasUsed),
      }
    }),
  )
}

/** What became of each cover. @throws when one was never closed. */
export async function gatherPolicies(
  events: ChainEvents,
  bound: readonly BoundCover[],
  asset: Hex,
): Promise<PolicyOutcome[]> {
  const [settlements, closings] = await Promise.all([events.settlements(), events.closings()])
  return bound.map(({ cover, holder, policyId }) => {
    const own = settlements.filter(settlement => settlement.policyId === policyId)
    const [settlement] = own
    const status = statuses[closings.find(closing => closing.policyId === policyId)?.status ?? 0]
    if (!settlement || !status) throw new Error(`${cover.name} was not settled`)
    return {
      policyId: policyId.toString(),
      name: cover.name,
      feed: cover.feedId,
      aepId: settlement.aepId,
      asset,
      assetDecimals: ASSET_DECIMALS,
      holder: holder.address,
      coverAssets: cover.coverAssets.toString(),
      premiumAssets: cover.premiumAssets.toString(),
      from: `${cover.from}T00:00:00Z`,
      to: `${cover.to}T00:00:00Z`,
      status,
      payoutWad: settlement.payoutWad.toString(),
      paidAssets: own.reduce((sum, { paidAssets }) => sum + paidAssets, 0n).toString(),
      settleTx: settlement.txHash,
    }
  })
}

/** The rows of the table for people, in the order of the scenario. */
export function coverRows(
  aeps: readonly AepOutcome[],
  readings: readonly Reading[],
  bound: readonly BoundCover[],
  observationsOf: (aepId: Hex) => number,
): CoverRow[] {
  const inOrder = readings.flatMap(reading =>
    aeps.filter(({ feed }) => feed === reading.feedId).map(aep => ({ aep, sourceName: reading.sourceName })),
  )
  return inOrder.map(({ aep, sourceName }) => {
    const own = bound.find(({ cover }) => cover.feedId === aep.feed)
    const value = unscaleDecimal(BigInt(aep.value), aep.decimals)
    const unit = own?.cover.unit
    return {
      policyId: own?.policyId.toString() ?? '',
      name: aep.name,
      source: sourceName,
      observations: observationsOf(aep.aepId),
      index: unit === 'M' ? `M ${value}` : [value, unit].filter(Boolean).join(' '),
      trigger: own?.cover.trigger ?? '–',
      eql: aep.eql,
      signed: `${aep.signers.length}/${accounts.operators.length}`,
    }
  })
}
