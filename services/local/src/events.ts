import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { unpackHeader } from '@nexus/kit/report'
import { until } from './poll.ts'
import type { LocalRpc } from './rpc.ts'

export interface Anchored extends ReturnType<typeof unpackHeader> {
  aepId: Hex
  feedId: Hex
  finalAt: number
  txHash: Hex
}

export interface Settlement {
  policyId: bigint
  aepId: Hex
  payoutWad: bigint
  paidAssets: bigint
  txHash: Hex
}

/** Reads what happened on the local chain, from its first block on. */
export function chainEvents({ client }: LocalRpc, manifest: Manifest) {
  const fromBlock = BigInt(manifest.deployedAtBlock)
  const registry = { address: manifest.registry, abi: evidenceRegistryAbi, fromBlock }
  const book = { address: manifest.policyBook, abi: policyBookAbi, fromBlock }

  const anchors = async (): Promise<Anchored[]> =>
    (await client.getContractEvents({ ...registry, eventName: 'AepAnchored', strict: true })).map(
      ({ args, transactionHash }) => ({
        ...unpackHeader(args.header),
        aepId: args.aepId,
        feedId: args.feedId,
        finalAt: args.finalAt,
        txHash: transactionHash,
      }),
    )
  const settlements = async (): Promise<Settlement[]> =>
    (await client.getContractEvents({ ...book, eventName: 'Settled', strict: true })).map(
      ({ args, transactionHash }) => ({ ...args, txHash: transactionHash }),
    )
  const closings = async () =>
    (await client.getContractEvents({ ...book, eventName: 'PolicyClosed', strict: true })).map(({ args }) => args)

  return {
    anchors,
    settlements,
    closings,
    anchorOf: (feedId: Hex, withinMs: number) =>
      until(async () => (await anchors()).find(anchor => anchor.feedId === feedId), {
        what: `an anchor of feed ${feedId}`,
        withinMs,
      }),
    closingOf: (policyId: bigint, withinMs: number) =>
      until(async () => (await closings()).find(closing => closing.policyId === policyId), {
        what: `policy ${policyId} to be closed`,
        withinMs,
      }),
  }
}
export type ChainEvents = ReturnType<typeof chainEvents>
