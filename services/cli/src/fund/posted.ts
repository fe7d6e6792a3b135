import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { isRight, type KnownRound, knowRound } from '@nexus/funding/chain/known'
import { type PostOnChain, readPost } from '@nexus/funding/posted/read'
import { inputError, tryAgainError } from '@nexus/kit/errors'
import type { Address } from 'viem'
import { type Asset, assetAt } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { fundingOf, roundsOn } from '../round/chain.ts'

export const postsAt = ({ manifest }: Network) => ({ address: fundingOf(manifest).posts, abi: matchPostsAbi }) as const

/** @throws NexusError `not-closed` for a round of which there is no right result (yet) */
export async function knownAt(network: Network, round: Address): Promise<KnownRound> {
  const known = await knowRound(roundsOn(network), round)
  if (known) return known
  throw inputError(
    'no-right-result',
    `round ${round} has no result to post: gifts can change, it was cancelled, or it matches on chain`,
    {
      round,
    },
  )
}

/** @throws NexusError `bad-id` */
export function parseId(text: string, what: string): bigint {
  if (/^[1-9]\d{0,14}$/.test(text)) return BigInt(text)
  throw inputError('bad-id', `"${text}" is no number of a ${what}`, { text })
}

/** What bonds are in, and how much they are; fixed for good. */
export async function bondsAt(network: Network): Promise<{ asset: Asset; post: bigint; challenge: bigint }> {
  const { client } = network
  const at = postsAt(network)
  const [address, post, challenge] = await Promise.all([
    client.readContract({ ...at, functionName: 'asset' }),
    client.readContract({ ...at, functionName: 'postBondAssets' }),
    client.readContract({ ...at, functionName: 'challengeBondAssets' }),
  ])
  return { asset: await assetAt(network, address), post, challenge }
}

/**
 * Before a bond is put down: one that was sent and not seen mined may be on its way.
 * @throws NexusError `on-its-way`, exit 75
 */
export async function requireNothingUnderWay({ client }: Network, address: Address): Promise<void> {
  const count = (blockTag: 'pending' | 'latest') => client.getTransactionCount({ address, blockTag })
  const [pending, latest] = await Promise.all([count('pending'), count('latest')])
  if (pending > latest)
    throw tryAgainError('on-its-way', `transactions of ${address} are on their way: wait until they are in a block`, {
      pending: pending - latest,
    })
}

export interface JudgedPost extends PostOnChain {
  postId: bigint
  /** Null where it cannot be known: the round was cancelled. */
  isRight: boolean | null
}

/** Posts, each judged by the gifts of its round. */
export async function judgedPosts(network: Network, round?: Address): Promise<JudgedPost[]> {
  const { client, manifest } = network
  const at = postsAt(network)
  const posted = await client.getContractEvents({
    ...{ ...at, eventName: 'Posted', fromBlock: BigInt(manifest.deployedAtBlock), strict: true },
    ...(round ? { args: { round } } : {}),
  } as const)
  const known = new Map<Address, KnownRound | undefined>()
  const judged: JudgedPost[] = []
  for (const { args } of posted) {
    if (!known.has(args.round)) known.set(args.round, await knowRound(roundsOn(network), args.round))
    const found = known.get(args.round)
    const post = await readPost({ client, address: at.address }, args.postId)
    judged.push({ ...post, postId: args.postId, isRight: found ? isRight(found, post.posting) : null })
  }
  return judged
}
