import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { type Chain, readChain } from '@nexus/runtime/chain'
import { type Address, erc20Abi } from 'viem'
import type { Action } from './plan.ts'

export interface Bonds {
  asset: Address
  postAssets: bigint
  challengeAssets: bigint
}

/** They are fixed for good when MatchPosts is deployed. */
export async function readBonds({ client }: Chain, posts: Address): Promise<Bonds> {
  const at = { address: posts, abi: matchPostsAbi } as const
  const [asset, postAssets, challengeAssets] = await readChain(() =>
    Promise.all([
      client.readContract({ ...at, functionName: 'asset' }),
      client.readContract({ ...at, functionName: 'postBondAssets' }),
      client.readContract({ ...at, functionName: 'challengeBondAssets' }),
    ]),
  )
  return { asset, postAssets, challengeAssets }
}

/** What an action takes from us: what opens a challenge by a game and not by a proof, and a post. */
export function bondOf(action: Action, bonds: Bonds): bigint {
  if (action.kind === 'post') return bonds.postAssets
  const isGame =
    action.kind === 'open' && (action.move.functionName === 'demand' || action.move.functionName === 'dispute')
  return isGame ? bonds.challengeAssets : 0n
}

export async function readFunds({ client }: Chain, { asset }: Bonds, self: Address, posts: Address) {
  const token = { address: asset, abi: erc20Abi } as const
  const [balance, allowance] = await readChain(() =>
    Promise.all([
      client.readContract({ ...token, functionName: 'balanceOf', args: [self] }),
      client.readContract({ ...token, functionName: 'allowance', args: [self, posts] }),
    ]),
  )
  return { balance, allowance }
}
