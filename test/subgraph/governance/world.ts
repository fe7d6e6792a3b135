import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import type { Account } from '@nexus/local/accounts'
import type { ChainClock } from '@nexus/local/clock'
import type { LocalRpc } from '@nexus/local/rpc'
import { keccak256, stringToHex } from 'viem'

export const DAY = 86_400

export interface World {
  rpc: LocalRpc
  manifest: Manifest
  clock: ChainClock
}

/** The hash of a reason. */
export const why = (text: string): Hex => keccak256(stringToHex(text))

/** Not UTF-8, with a NUL in it; an ABI's `string` takes it, and its encoding is that of `bytes`. */
export const NOISE: Hex = '0xff00fe7b'

/** Sends what no typed call can say. */
export async function sendRaw(rpc: LocalRpc, from: Account, to: Hex, data: Hex): Promise<void> {
  const hash = await rpc.walletOf(from).sendTransaction({ to, data })
  const { status } = await rpc.client.waitForTransactionReceipt({ hash })
  if (status !== 'success') throw new Error(`${hash} reverted`)
}
