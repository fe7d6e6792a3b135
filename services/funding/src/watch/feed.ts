import { type Chain, readChain } from '@nexus/runtime/chain'
import type { Abi, Address, ContractEventName, GetContractEventsReturnType, Hex } from 'viem'
import { inPieces } from '../chain/logs.ts'

/** A block that is taken for permanent. */
export interface DeepBlock {
  number: bigint
  hash: Hex
  /** Unix seconds. */
  timestamp: number
}

/** All events of one contract up to a deep block, in order, kept in memory. */
export interface Feed<E> {
  /** @returns the events, and how often the chain turned out to be another one below what was permanent */
  sync(to: DeepBlock): Promise<{ events: readonly E[]; restarts: number }>
}

/** Reads each block once. Should a block that was permanent be gone, everything is read again. */
export function createFeed<const A extends Abi>(
  { client, config }: Chain,
  { address, abi, fromBlock }: { address: Address; abi: A; fromBlock: bigint },
): Feed<GetContractEventsReturnType<A, ContractEventName<A>, true>[number]> {
  type Event = GetContractEventsReturnType<A, ContractEventName<A>, true>[number]
  let events: Event[] = []
  let last: Pick<DeepBlock, 'number' | 'hash'> | undefined
  let restarts = 0
  return {
    async sync(to) {
      if (last && last.number > to.number) return { events, restarts } // a node behind the one before
      const seen = last
      if (seen) {
        const now = await readChain(() => client.getBlock({ blockNumber: seen.number }))
        if (now.hash !== seen.hash) {
          events = []
          last = undefined
          restarts++
        }
      }
      const from = last ? last.number + 1n : fromBlock
      const found = await inPieces({ from, to: to.number, most: BigInt(config.logBlocks) }, (start, end) =>
        readChain(() =>
          client.getContractEvents({ address, abi: abi as Abi, fromBlock: start, toBlock: end, strict: true }),
        ),
      )
      events = [...events, ...(found as unknown as Event[])] // typed by the same ABI
      last = to
      return { events, restarts }
    },
  }
}
