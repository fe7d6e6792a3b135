import type { Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import type { Address, PublicClient } from 'viem'

/** A chain that can be asked, and what is where on it. */
export interface ChainReader {
  client: PublicClient
  manifest: Manifest
}

/** @throws NexusError `no-registries` */
export function registryAt({ registries }: Manifest, name: 'nip' | 'component' | 'charter'): Address {
  if (registries) return registries[name]
  throw inputError('no-registries', 'the manifest names no registries: this chain has none')
}

/** When something happened, by the block it is in. Each block is asked for once. */
export function blockTimes({ client }: ChainReader): (blockNumber: bigint) => Promise<number> {
  const known = new Map<bigint, Promise<number>>()
  return blockNumber => {
    const time = known.get(blockNumber) ?? client.getBlock({ blockNumber }).then(({ timestamp }) => Number(timestamp))
    known.set(blockNumber, time)
    return time
  }
}
