import { BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  ChallengeLost,
  ChallengeOpened,
  ChallengeReturned,
  ContributionShown,
  EmptyClaimed,
  GroupsNamed,
  NodeDemanded,
  NodesShown,
  PartsAsked,
  PartsNamed,
  ResultShown,
  ShareNamed,
  SumDisputed,
} from '../generated/MatchPosts/MatchPosts'
import { MatchPost, PostBook, PostChallenge, PostMove, Round } from '../generated/schema'
import { logId } from './protocol'
import { unsigned } from './words'

// In the order of the contract's enum, without its None
const SUMS = [
  'PAIR_ROWS',
  'PAIR_ROW',
  'PAIR',
  'PAIR_OVERLAP',
  'GROUP_ROWS',
  'GROUP_ROW',
  'GROUPS',
  'GROUP_SIDE',
  'SHARE',
  'MEMBERSHIPS',
]
/** Of a single term: the poster says what it is made of. */
const TERMS = ['PAIR', 'GROUPS', 'SHARE']
const NO_NUMBERS: BigInt[] = []
const NO_NODES: Bytes[] = []

function flag(value: bool): BigInt {
  return BigInt.fromI32(value ? 1 : 0)
}

function challengeOf(id: BigInt): PostChallenge {
  return PostChallenge.load(id.toString())!
}

/**
 * Something was said in a challenge, whereafter it is `turn`. What passed since the last move is off the clock of whose turn it was;
 * the further events of one move pass nothing.
 */
function move(
  event: ethereum.Event,
  challenge: PostChallenge,
  kind: string,
  turn: string,
  numbers: BigInt[],
  nodes: Bytes[],
): void {
  const now = event.block.timestamp
  const passed = now.minus(challenge.movedAt)
  let poster = challenge.posterSeconds!
  let challenger = challenge.challengerSeconds!
  if (challenge.turn.startsWith('POSTER')) poster = poster.minus(passed)
  else challenger = challenger.minus(passed)
  challenge.posterSeconds = poster
  challenge.challengerSeconds = challenger
  challenge.movedAt = now
  challenge.turn = turn
  challenge.moveBy = now.plus(turn.startsWith('POSTER') ? poster : challenger)
  challenge.save()

  const said = new PostMove(logId(event))
  said.challenge = challenge.id
  said.kind = kind
  said.numbers = numbers
  said.nodes = nodes
  said.movedAt = now
  said.tx = event.transaction.hash
  said.save()
}

/** Its first move follows in the same transaction. */
export function handleChallengeOpened(event: ChallengeOpened): void {
  const now = event.block.timestamp
  const post = MatchPost.load(event.params.postId.toString())!
  post.openChallengeCount += 1
  post.save()
  const clock = PostBook.load(post.book)!.clockSeconds
  const challenge = new PostChallenge(event.params.challengeId.toString())
  challenge.post = post.id
  challenge.challenger = event.params.challenger
  challenge.turn = 'CHALLENGER_RANGE'
  challenge.posterSeconds = clock
  challenge.challengerSeconds = clock
  challenge.moveBy = now.plus(clock)
  challenge.divisions = 0
  challenge.openedAt = now
  challenge.openedTx = event.transaction.hash
  challenge.movedAt = now
  challenge.save()
}

function close(event: ethereum.Event, id: BigInt, post: MatchPost, outcome: string): void {
  post.openChallengeCount -= 1
  post.save()
  const challenge = challengeOf(id)
  challenge.turn = 'CLOSED'
  challenge.outcome = outcome
  challenge.moveBy = null
  challenge.posterSeconds = null
  challenge.challengerSeconds = null
  challenge.closedAt = event.block.timestamp
  challenge.save()
}

export function handleChallengeLost(event: ChallengeLost): void {
  close(event, event.params.challengeId, MatchPost.load(event.params.postId.toString())!, 'LOST')
}

/**
 * The post that falls to a challenge is defeated right after; one that fell before fell to something else. Nobody wins in a round that is
 * cancelled.
 */
export function handleChallengeReturned(event: ChallengeReturned): void {
  const post = MatchPost.load(event.params.postId.toString())!
  const isWon = post.status == 'LIVE' && Round.load(post.round)!.status != 'CANCELLED'
  close(event, event.params.challengeId, post, isWon ? 'WON' : 'RETURNED')
}

// ———— leaves that a poster keeps back ————

export function handleNodeDemanded(event: NodeDemanded): void {
  const height = event.params.height
  const challenge = challengeOf(event.params.challengeId)
  challenge.contributions = event.params.contributions
  const numbers = [flag(event.params.contributions), height, event.params.index]
  const turn = height.isZero() ? 'POSTER_LEAF' : 'POSTER_NODES'
  move(event, challenge, 'NODE_DEMANDED', turn, numbers, [event.params.node])
}

export function handleNodesShown(event: NodesShown): void {
  const challenge = challengeOf(event.params.challengeId)
  move(event, challenge, 'NODES_SHOWN', 'CHALLENGER_NODE', NO_NUMBERS, event.params.nodes)
}

export function handleResultShown(event: ResultShown): void {
  const said = event.params
  const before = said.before
  const running = [before.raw, before.matched, before.capped, before.cappedRaw]
  const numbers = [said.project, said.raw, said.matched].concat(running)
  move(event, challengeOf(said.challengeId), 'RESULT_SHOWN', 'CHALLENGER_LEAF', numbers, NO_NODES)
}

export function handleContributionShown(event: ContributionShown): void {
  const said = event.params
  const numbers = [said.project, unsigned(said.contributor, 0, 20), said.amount]
  move(event, challengeOf(said.challengeId), 'CONTRIBUTION_SHOWN', 'CHALLENGER_LEAF', numbers, NO_NODES)
}

// ———— sums ————

/** Of a range of parts `PartsAsked` or `EmptyClaimed` follows; what was decided at once is closed right after. */
export function handleSumDisputed(event: SumDisputed): void {
  const said = event.params
  const sum = SUMS[said.sum - 1]
  const challenge = challengeOf(said.challengeId)
  challenge.sum = sum
  challenge.project = said.project
  challenge.first = said.first
  challenge.second = said.second
  challenge.from = said.from
  challenge.to = said.to
  challenge.value = said.value
  const turn = TERMS.includes(sum) ? 'POSTER_TERM' : 'CHALLENGER_RANGE'
  const numbers = [BigInt.fromI32(said.sum), said.project, said.first, said.second, said.from, said.to, said.value]
  move(event, challenge, 'SUM_DISPUTED', turn, numbers, NO_NODES)
}

export function handlePartsAsked(event: PartsAsked): void {
  const challenge = challengeOf(event.params.challengeId)
  challenge.divisions += 1
  move(event, challenge, 'PARTS_ASKED', 'POSTER_PARTS', event.params.bounds, NO_NODES)
}

export function handlePartsNamed(event: PartsNamed): void {
  const challenge = challengeOf(event.params.challengeId)
  move(event, challenge, 'PARTS_NAMED', 'CHALLENGER_PART', event.params.values, NO_NODES)
}

export function handleEmptyClaimed(event: EmptyClaimed): void {
  const said = event.params
  move(event, challengeOf(said.challengeId), 'EMPTY_CLAIMED', 'POSTER_NAME', [said.from, said.to, said.value], NO_NODES)
}

export function handleGroupsNamed(event: GroupsNamed): void {
  const said = event.params
  const sides = [said.side, said.otherSide]
  move(event, challengeOf(said.challengeId), 'GROUPS_NAMED', 'CHALLENGER_SIDE', sides, NO_NODES)
}

export function handleShareNamed(event: ShareNamed): void {
  const said = event.params
  const numbers = [said.memberships, flag(said.linked)]
  move(event, challengeOf(said.challengeId), 'SHARE_NAMED', 'CHALLENGER_RANGE', numbers, NO_NODES)
}
