import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { Address, PublicClient } from 'viem'
import type { Posting } from './post.ts'
import { after, type ChallengeView, newView, turns } from './view.ts'

/** MatchPosts on a chain, and the block it was deployed in: nothing is looked for before. */
export interface PostsOnChain {
  client: PublicClient
  address: Address
  fromBlock: bigint
}

const statuses = ['none', 'live', 'defeated', 'final', 'released', 'void'] as const
export type PostStatus = (typeof statuses)[number]

export interface PostOnChain {
  round: Address
  poster: Address
  status: PostStatus
  /** Unix seconds. */
  challengeBy: number
  openChallenges: bigint
  posting: Posting
}

/** `blockNumber`: the head where nothing is said. */
export async function readPost(
  { client, address }: Pick<PostsOnChain, 'client' | 'address'>,
  postId: bigint,
  blockNumber?: bigint,
): Promise<PostOnChain> {
  const [round, poster, status, challengeBy, openChallenges, posting] = await client.readContract({
    address,
    abi: matchPostsAbi,
    functionName: 'postOf',
    args: [postId],
    ...(blockNumber === undefined ? {} : { blockNumber }),
  })
  return { round, poster, status: statuses[status] ?? 'none', challengeBy, openChallenges, posting }
}

/** What the view of a challenge is made of. */
const told = [
  'NodeDemanded',
  'NodesShown',
  'ResultShown',
  'ContributionShown',
  'SumDisputed',
  'PartsAsked',
  'PartsNamed',
  'GroupsNamed',
  'ShareNamed',
] as const

/** Where a challenge stands at a block: each kind of event is asked for by the challenge's number, so a flood of others costs nothing. */
export async function readChallenge(
  { client, address, fromBlock }: PostsOnChain,
  challengeId: bigint,
): Promise<ChallengeView> {
  const toBlock = await client.getBlockNumber({ cacheTime: 0 })
  const [postId, , turn] = await client.readContract({
    address,
    abi: matchPostsAbi,
    functionName: 'challengeOf',
    args: [challengeId],
    blockNumber: toBlock,
  })
  const logs = await Promise.all(
    told.map(eventName =>
      client.getContractEvents({
        address,
        abi: matchPostsAbi,
        eventName,
        args: { challengeId },
        fromBlock,
        toBlock,
        strict: true,
      }),
    ),
  )
  const inOrder = logs
    .flat()
    .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
    .map(({ eventName, args }) => ({ eventName, args }))
  return { ...inOrder.reduce(after, newView(challengeId, postId)), turn: turns[turn] ?? 'closed' }
}
