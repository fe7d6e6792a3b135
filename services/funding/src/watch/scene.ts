import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { type Chain, type Head, headOf, readChain } from '@nexus/runtime/chain'
import { type Address, getAddress } from 'viem'
import { type KnownRound, knowRound } from '../chain/known.ts'
import { isPosted, type RoundsOnChain, variantNames } from '../chain/terms.ts'
import { readPost } from '../posted/read.ts'
import { after, type ChallengeEvent, newView, type Turn, turns } from '../posted/view.ts'
import { createFeed, type DeepBlock } from './feed.ts'
import type { Scene, WatchedChallenge, WatchedPost, WatchedRound } from './plan.ts'

export interface SceneOptions {
  factory: Address
  posts: Address
  fromBlock: bigint
  self: Address
}

export interface Seen {
  scene: Scene
  head: Head
  deep: DeepBlock
}

export interface SceneReader {
  /** @throws NexusError `chain-unavailable`, retryable */
  read(): Promise<Seen>
}

/** As in RoundStatus. */
const [OPEN, CANCELLED] = [0, 4]

/**
 * Reads what is to be watched, as it is at the newest block that is taken for permanent. What is kept in memory can all be read
 * again: the events, and what follows from the gifts of rounds in which they are fixed.
 */
export function createSceneReader(chain: Chain, options: SceneOptions): SceneReader {
  const { client, config } = chain
  const { fromBlock, self } = options
  const [factory, posts] = [getAddress(options.factory), getAddress(options.posts)]
  const opened = createFeed(chain, { address: factory, abi: roundFactoryAbi, fromBlock })
  const told = createFeed(chain, { address: posts, abi: matchPostsAbi, fromBlock })
  const rounds: RoundsOnChain = { client, factory, fromBlock, logBlocks: BigInt(config.logBlocks) }
  let known = new Map<Address, KnownRound>()
  /** Posts, challenges and rounds of which nothing more can come. */
  let done = new Set<string>()
  let restarts = 0

  async function knownOf(round: Address, status: number, deep: DeepBlock): Promise<KnownRound | undefined> {
    const before = known.get(round)
    if (status === CANCELLED) return undefined
    if (before) return before
    const now = await readChain(() => knowRound(rounds, round, deep.number))
    if (now) known.set(round, now)
    return now
  }

  async function roundAt(address: Address, deep: DeepBlock, defeats: number): Promise<WatchedRound> {
    const blockNumber = deep.number
    const at = { address: posts, abi: matchPostsAbi, args: [address], blockNumber } as const
    const [status, finalPost, hasFailed, postBy, owedToCommons] = await readChain(() =>
      Promise.all([
        client.readContract({ address, abi: quadraticRoundAbi, functionName: 'status', blockNumber }),
        client.readContract({ ...at, functionName: 'finalPostOf' }),
        client.readContract({ ...at, functionName: 'hasFailed' }),
        client.readContract({ ...at, functionName: 'postBy' }),
        client.readContract({ ...at, functionName: 'owedToCommons' }),
      ]),
    )
    const isOpen = status === OPEN
    return {
      ...{ address, isOpen, finalPost, hasFailed, postBy: Number(postBy), owedToCommons, defeats },
      known: await knownOf(address, status, deep),
    }
  }

  async function turnOf(
    challengeId: bigint,
    { number }: DeepBlock,
  ): Promise<Pick<WatchedChallenge, 'moveBy'> & { turn: Turn }> {
    if (done.has(`challenge ${challengeId}`)) return { turn: 'closed', moveBy: 0 }
    const [, , turn, moveBy] = await readChain(() =>
      client.readContract({
        ...{ address: posts, abi: matchPostsAbi, functionName: 'challengeOf', args: [challengeId] },
        blockNumber: number,
      } as const),
    )
    return { turn: turns[turn] ?? 'closed', moveBy: Number(moveBy) }
  }

  return {
    async read() {
      const head = await headOf(chain)
      const deep = await deepBlock(chain, head)
      const [ofFactory, ofPosts] = [await opened.sync(deep), await told.sync(deep)]
      const { events } = ofPosts
      const restarted = ofFactory.restarts + ofPosts.restarts
      if (restarted !== restarts) {
        restarts = restarted
        known = new Map()
        done = new Set()
      }
      const watchedPosts: WatchedPost[] = []
      for (const event of events) {
        if (event.eventName !== 'Posted' || done.has(`post ${event.args.postId}`)) continue
        const { postId } = event.args
        const post = await readChain(() => readPost({ client, address: posts }, postId, deep.number))
        watchedPosts.push({ postId, ...post })
      }
      const byId = new Map(watchedPosts.map(post => [post.postId, post]))

      const challenges: WatchedChallenge[] = []
      for (const event of events) {
        if (event.eventName !== 'ChallengeOpened' || !byId.has(event.args.postId)) continue
        const { challengeId, postId, challenger } = event.args
        const own = events.filter(one => 'challengeId' in one.args && one.args.challengeId === challengeId)
        const { turn, moveBy } = await turnOf(challengeId, deep)
        const said = own.reduce((view, one) => after(view, one as ChallengeEvent), newView(challengeId, postId))
        challenges.push({ challengeId, postId, challenger, moveBy, moves: own.length, view: { ...said, turn } })
      }

      const watchedRounds: WatchedRound[] = []
      const closed = new Set(
        ofFactory.events.flatMap(one =>
          one.eventName === 'RoundTermsSet' && one.args.reviewUntil <= deep.timestamp ? [one.args.round] : [],
        ),
      )
      for (const { eventName, args } of ofFactory.events) {
        if (eventName !== 'RoundOpened' || !closed.has(args.round)) continue
        const variant = variantNames[args.variant]
        const isOurs = variant && isPosted(variant) && getAddress(args.results) === posts
        if (!isOurs || done.has(`round ${args.round}`)) continue
        const defeats = events.filter(one => one.eventName === 'PostDefeated' && one.args.round === args.round).length
        watchedRounds.push(await roundAt(args.round, deep, defeats))
      }
      rest(watchedPosts, challenges, watchedRounds)
      const owedAssets = await readChain(() =>
        client.readContract({
          ...{ address: posts, abi: matchPostsAbi, functionName: 'owedTo', args: [self], blockNumber: deep.number },
        } as const),
      )
      const credits = events.filter(one => one.eventName === 'Credited' && one.args.account === self).length
      const scene = {
        ...{ nowSeconds: deep.timestamp, posts: watchedPosts, challenges, rounds: watchedRounds, owedAssets, credits },
      }
      return { scene, head, deep }
    },
  }

  /** Leaves out from now on what can change no more. */
  function rest(
    seenPosts: readonly WatchedPost[],
    challenges: readonly WatchedChallenge[],
    seenRounds: readonly WatchedRound[],
  ): void {
    for (const { address, isOpen, owedToCommons } of seenRounds) {
      const isBusy = seenPosts.some(post => post.round === address && post.status === 'live')
      const isOver = !isOpen && !isBusy && owedToCommons === 0n
      if (isOver) done.add(`round ${address}`)
    }
    for (const { postId, status } of seenPosts) {
      const isBusy = challenges.some(one => one.postId === postId && one.view.turn !== 'closed')
      const isOver = ['defeated', 'released', 'void'].includes(status)
      if (isOver && !isBusy) done.add(`post ${postId}`)
    }
    for (const { challengeId, view } of challenges) if (view.turn === 'closed') done.add(`challenge ${challengeId}`)
  }
}

/** The newest block that has enough others on top of it. */
async function deepBlock({ client, config }: Chain, head: Head): Promise<DeepBlock> {
  const number = head.number - BigInt(config.confirmations) + 1n
  if (number >= head.number) return head
  const block = await readChain(() => client.getBlock({ blockNumber: number < 0n ? 0n : number }))
  return { number: block.number, hash: block.hash, timestamp: Number(block.timestamp) }
}
