import type { Move } from '@nexus/funding/posted/moves'
import { computePost, type PostedResult } from '@nexus/funding/posted/post'
import { type Contribution, indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { type Sums, sumsOf } from '@nexus/funding/posted/sums'
import { after, type ChallengeView, newView, turns } from '@nexus/funding/posted/view'
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { type ContractTransactionReceipt, type ContractTransactionResponse, getAddress, Result, toBeHex } from 'ethers'
import type {
  MatchPosts,
  PostedRound,
  PostedRounds,
  TestCommonsInflow,
  TestStablecoin,
} from '../../../../types/ethers-contracts/index.ts'
import { ethers, networkHelpers } from '../../evidence/world.ts'

export { anyValue, ethers, networkHelpers, ZeroAddress } from '../../evidence/world.ts'

export const HOUR = 3600
export const DAY = 24 * HOUR
export const USD = 10n ** 6n
export const POST_BOND = 5_000n * USD
export const CHALLENGE_BOND = 500n * USD
export const REWARD = POST_BOND / 2n
export const POSTING = 14 * DAY
export const WINDOW = 7 * DAY
export const CLOCK = 3 * DAY
export const Status = { none: 0n, live: 1n, defeated: 2n, final: 3n, released: 4n, void: 5n } as const

export interface World {
  posts: MatchPosts
  rounds: PostedRounds
  asset: TestStablecoin
  commons: TestCommonsInflow
  poster: HardhatEthersSigner
  challenger: HardhatEthersSigner
  other: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

export async function deploy(): Promise<World> {
  const [, poster, challenger, other, stranger] = (await ethers.getSigners()) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ]
  const asset = (await ethers.deployContract('TestStablecoin', ['US Dollar', 'USD', 6])) as unknown as TestStablecoin
  const rounds = (await ethers.deployContract('PostedRounds')) as unknown as PostedRounds
  const commons = (await ethers.deployContract('TestCommonsInflow')) as unknown as TestCommonsInflow
  const posts = (await ethers.deployContract('MatchPosts', [
    rounds,
    asset,
    commons,
    POST_BOND,
    CHALLENGE_BOND,
    5_000n,
    POSTING,
    WINDOW,
    CLOCK,
  ])) as unknown as MatchPosts
  for (const signer of [poster, challenger, other]) {
    await asset.mint(signer, 1_000_000n * USD)
    await asset.connect(signer).approve(posts, ethers.MaxUint256)
  }
  return { posts, rounds, asset, commons, poster, challenger, other, stranger }
}

/** A round whose contributions have closed, and what is right of it. */
export interface ClosedRound {
  round: PostedRound
  terms: PostedTerms
  right: PostedResult
  sums: Sums
}

export async function closedRound(
  w: World,
  terms: PostedTerms,
  contributions: readonly Contribution[],
): Promise<ClosedRound> {
  const now = await networkHelpers.time.latest()
  const round = (await ethers.deployContract('PostedRound', [
    terms.variant === 'pairwise' ? 0 : 1,
    terms.parameter,
    terms.budgetAssets,
    terms.capAssets,
    terms.projectCount,
    now,
  ])) as unknown as PostedRound
  for (let at = 0; at < contributions.length; at += 200) {
    const some = contributions.slice(at, at + 200)
    await round.give(
      some.map(({ project }) => project),
      some.map(({ contributor }) => contributor),
      some.map(({ amount }) => amount),
    )
  }
  await w.rounds.add(round)
  const indexed = indexRound(terms, contributions)
  return { round, terms, right: computePost(indexed), sums: sumsOf(indexed) }
}

export const person = (n: number | bigint): `0x${string}` =>
  getAddress(toBeHex(BigInt(n) * 0x1234567890abcdefn + 1n, 20)) as `0x${string}`

/** Numbers that look arbitrary and are the same in every run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** About `count` contributions: each contributor gives to one to five of the projects. */
export function someContributions(count: number, projectCount: number, seed = 7): Contribution[] {
  const next = numbers(seed)
  const contributions = new Map<string, Contribution>()
  for (let n = 1; contributions.size < count; n++) {
    const contributor = person(next(1 << 30))
    for (let k = 1 + next(5); k > 0 && contributions.size < count; k--) {
      const project = next(projectCount)
      const amount = BigInt(1 + next(200)) * (USD / 2n) + BigInt(n)
      contributions.set(`${project} ${contributor}`, { project, contributor, amount })
    }
  }
  return [...contributions.values()]
}

export async function postIt(
  { posts, poster }: World,
  { round }: Pick<ClosedRound, 'round'>,
  posted: Pick<PostedResult, 'posting'>,
  by = poster,
): Promise<bigint> {
  const postId = await posts.connect(by).post.staticCall(round, posted.posting, 'https://example.org/leaves')
  await posts.connect(by).post(round, posted.posting, 'https://example.org/leaves')
  return postId
}

export const statusOf = async ({ posts }: World, postId: bigint) => (await posts.postOf(postId)).status

/** Makes a move, and says what it cost. */
export async function make(w: World, by: HardhatEthersSigner, { functionName, args }: Move) {
  const call = w.posts.connect(by)[functionName] as unknown as (
    ...args: readonly unknown[]
  ) => Promise<ContractTransactionResponse>
  return (await (await call(...args)).wait()) as ContractTransactionReceipt
}

/** The view after the events of a transaction; a new one if the transaction opens the challenge. */
export async function follow(
  { posts }: World,
  receipt: ContractTransactionReceipt,
  view?: ChallengeView,
): Promise<ChallengeView> {
  let now = view
  for (const log of receipt.logs) {
    const event = posts.interface.parseLog(log)
    if (!event) continue
    const args = Object.fromEntries(
      event.fragment.inputs.map(({ name, baseType }, i) => {
        const value: unknown = event.args[i]
        if (value instanceof Result) return [name, baseType === 'tuple' ? value.toObject() : value.toArray()]
        return [name, value]
      }),
    )
    if (event.name === 'ChallengeOpened') now = newView(args['challengeId'] as bigint, args['postId'] as bigint)
    if (now && args['challengeId'] === now.challengeId) now = after(now, { eventName: event.name, args })
  }
  if (!now) throw new Error('the transaction is of no challenge')
  const turn = turns[Number((await posts.challengeOf(now.challengeId)).turn)] ?? 'closed'
  return { ...now, turn }
}

export type Strategy = (view: ChallengeView) => Move | undefined

export interface Played {
  moves: { functionName: string; gasUsed: bigint }[]
  /** Who has nothing to say when it is its turn, or nobody. */
  silent: 'poster' | 'challenger' | undefined
  view: ChallengeView
}

/** Lets both sides move until the challenge is closed, or one of them has no move. */
export async function play(
  w: World,
  opening: ContractTransactionReceipt,
  poster: Strategy,
  challenger: Strategy,
  by: { poster: HardhatEthersSigner; challenger: HardhatEthersSigner } = w,
): Promise<Played> {
  let view = await follow(w, opening)
  const moves: Played['moves'] = []
  while (view.turn !== 'closed') {
    const side = view.turn.startsWith('poster') ? 'poster' : 'challenger'
    const move = side === 'poster' ? poster(view) : challenger(view)
    if (!move) return { moves, silent: side, view }
    let receipt: ContractTransactionReceipt
    try {
      receipt = await make(w, by[side], move)
    } catch (error) {
      // a liar's term that does not follow from anything is refused, which leaves it silent
      if (side === 'poster' && /Posts_NotThisTerm|panic code 0x11/.test(String(error)))
        return { moves, silent: side, view }
      throw error
    }
    moves.push({ functionName: move.functionName, gasUsed: receipt.gasUsed })
    view = await follow(w, receipt, view)
    if ((await statusOf(w, view.postId)) !== Status.live) break
  }
  return { moves, silent: undefined, view }
}
