import type { Address } from 'viem'
import { expectedOf, isRight, type KnownRound } from '../chain/known.ts'
import { attack, openAgainst } from '../posted/attack.ts'
import { defend } from '../posted/defend.ts'
import type { Move } from '../posted/moves.ts'
import type { Posting } from '../posted/post.ts'
import type { PostOnChain } from '../posted/read.ts'
import type { ChallengeView } from '../posted/view.ts'

export interface WatchedPost extends PostOnChain {
  postId: bigint
}

export interface WatchedChallenge {
  challengeId: bigint
  postId: bigint
  challenger: Address
  /** Unix seconds: the last moment of the move that is due. */
  moveBy: number
  /** Events of it so far. */
  moves: number
  view: ChallengeView
}

export interface WatchedRound {
  address: Address
  /** Undefined where gifts are not fixed, or go back. */
  known: KnownRound | undefined
  /** Whether it waits for a result. */
  isOpen: boolean
  finalPost: bigint
  hasFailed: boolean
  postBy: number
  owedToCommons: bigint
  /** How many of its posts were defeated. */
  defeats: number
}

/** What MatchPosts and the rounds say at one block. */
export interface Scene {
  /** Unix seconds. */
  nowSeconds: number
  posts: readonly WatchedPost[]
  challenges: readonly WatchedChallenge[]
  rounds: readonly WatchedRound[]
  owedAssets: bigint
  /** How often anything was credited to us. */
  credits: number
}

/** `key`: one for each thing that is to be done once. `by`: unix seconds, when it is too late. */
export type Action = { key: string; by: number } & (
  | { kind: 'open' | 'move'; postId: bigint; challengeId?: bigint; move: Move }
  | { kind: 'expire' | 'settle'; challengeId: bigint }
  | { kind: 'conclude'; postId: bigint }
  | { kind: 'post'; round: Address; posting: Posting }
  | { kind: 'adopt' | 'lapse' | 'pay-commons'; round: Address }
  | { kind: 'collect' }
)

const NEVER = Number.MAX_SAFE_INTEGER
const isPosters = ({ view }: WatchedChallenge) => view.turn.startsWith('poster')
const isClosed = ({ view }: WatchedChallenge) => view.turn === 'closed'

/**
 * What there is to do, the most urgent first. It defends own posts, challenges every post that is not what the round's gifts give (whoever
 * else challenges it: a challenge may be a sham), ends what is out of time on the right side, and has what is right concluded, adopted and
 * paid. It moves nothing for a wrong post, and nothing where the gifts are not known.
 */
export function plan(scene: Scene, { self, postResults }: { self: Address; postResults: boolean }): Action[] {
  const rounds = new Map(scene.rounds.map(round => [round.address, round]))
  const posts = new Map(scene.posts.map(post => [post.postId, post]))
  const onPosts = scene.posts.flatMap(post => {
    const known = rounds.get(post.round)?.known
    if (post.status !== 'live') return []
    // of a cancelled round: what is ours comes back, whether it was right or not
    if (!known) return post.poster === self ? conclusionOf(post, scene) : []
    const own = scene.challenges.filter(one => one.postId === post.postId && one.challenger === self)
    return isRight(known, post.posting) ? conclusionOf(post, scene) : openingOf(post, known, own, scene, self)
  })
  const onChallenges = scene.challenges.flatMap(challenge => {
    const post = posts.get(challenge.postId)
    return post && !isClosed(challenge) ? ofChallenge(challenge, post, rounds.get(post.round)?.known, scene, self) : []
  })
  const onRounds = scene.rounds.flatMap(round => ofRound(round, scene, postResults))
  const owed: Action[] = scene.owedAssets > 0n ? [{ kind: 'collect', key: `collect:${scene.credits}`, by: NEVER }] : []
  return [...onPosts, ...onChallenges, ...onRounds, ...owed].sort((a, b) => a.by - b.by)
}

function openingOf(
  { postId, posting, poster, challengeBy }: WatchedPost,
  known: KnownRound,
  own: readonly WatchedChallenge[],
  { nowSeconds }: Scene,
  self: Address,
): Action[] {
  if (poster === self || nowSeconds >= challengeBy || own.some(one => !isClosed(one))) return []
  const move = openAgainst(postId, posting, expectedOf(known, posting))
  return move ? [{ kind: 'open', key: `open:${postId}:${own.length}`, by: challengeBy, postId, move }] : []
}

const conclusionOf = ({ postId, challengeBy, openChallenges }: WatchedPost, { nowSeconds }: Scene): Action[] =>
  nowSeconds >= challengeBy && openChallenges === 0n
    ? [{ kind: 'conclude', key: `conclude:${postId}`, by: NEVER, postId }]
    : []

function ofChallenge(
  challenge: WatchedChallenge,
  { status, poster, posting, postId }: WatchedPost,
  known: KnownRound | undefined,
  { nowSeconds }: Scene,
  self: Address,
): Action[] {
  const { challengeId, moveBy, moves, view, challenger } = challenge
  const isOurs = challenger === self
  if (status === 'defeated' || status === 'void')
    return isOurs ? [{ kind: 'settle', key: `settle:${challengeId}`, by: NEVER, challengeId }] : []
  if (status !== 'live') return []
  if (!known) {
    const isParty = isOurs || poster === self
    return isParty && nowSeconds > moveBy
      ? [{ kind: 'expire', key: `expire:${challengeId}:${moves}`, by: NEVER, challengeId }]
      : []
  }
  const right = isRight(known, posting)
  if (nowSeconds > moveBy) {
    const isRightSide = isPosters(challenge) ? !right : right
    return isRightSide ? [{ kind: 'expire', key: `expire:${challengeId}:${moves}`, by: NEVER, challengeId }] : []
  }
  const answers = isPosters(challenge)
    ? poster === self && right && defend(view, known.right, known.sums)
    : isOurs && attack(view, posting, expectedOf(known, posting), known.sums)
  return answers
    ? [{ kind: 'move', key: `move:${challengeId}:${moves}`, by: moveBy, postId, challengeId, move: answers }]
    : []
}

function ofRound(round: WatchedRound, { posts, nowSeconds }: Scene, postResults: boolean): Action[] {
  const { address, known, isOpen, finalPost, hasFailed, postBy, owedToCommons, defeats } = round
  const actions: Action[] = []
  const final = posts.find(one => one.postId === finalPost)
  const isWaiting = isOpen && known !== undefined
  if (isWaiting && final && isRight(known, final.posting))
    actions.push({ kind: 'adopt', key: `adopt:${address}`, by: NEVER, round: address })
  if (isWaiting && hasFailed) actions.push({ kind: 'lapse', key: `lapse:${address}`, by: NEVER, round: address })
  if (owedToCommons > 0n)
    actions.push({ kind: 'pay-commons', key: `pay-commons:${address}:${defeats}`, by: NEVER, round: address })
  const isPosted = posts.some(
    one =>
      known &&
      one.round === address &&
      ['live', 'final', 'released'].includes(one.status) &&
      isRight(known, one.posting),
  )
  if (postResults && isWaiting && !isPosted && nowSeconds < postBy)
    actions.push({
      ...{ kind: 'post', key: `post:${address}:${defeats}`, by: postBy, round: address },
      posting: known.right.posting,
    })
  return actions
}
