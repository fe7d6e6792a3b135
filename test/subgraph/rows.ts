import type { Hex } from '@nexus/kit/canonical'
import type { Abi, ContractEventName, GetContractEventsReturnType, PublicClient } from 'viem'

export type Row = Record<string, unknown>
export const low = (hex: string) => hex.toLowerCase()
export const text = (value: bigint | number) => value.toString()
export const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]
/** null for what is zero in the contracts. */
export const orNull = (value: bigint | number) => (BigInt(value) === 0n ? null : text(value))

/** Reads of one chain, as the expectations need them. */
export function chainReader(client: PublicClient) {
  return {
    logs: <const abi extends Abi, name extends ContractEventName<abi>>(
      address: Hex,
      abi: abi,
      eventName: name,
    ): Promise<GetContractEventsReturnType<abi, name, true, 0n, 'latest'>> =>
      client.getContractEvents({ address, abi, eventName, strict: true, fromBlock: 0n } as never) as never,
    timeOf: async ({ blockNumber }: { blockNumber: bigint }) =>
      text((await client.getBlock({ blockNumber })).timestamp),
  }
}
export type ChainReader = ReturnType<typeof chainReader>
