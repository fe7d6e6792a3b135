import type { Address } from 'viem'
import { type Expected, expectedUnder, openAgainst } from '../posted/attack.ts'
import { computePost, type PostedResult, type Posting } from '../posted/post.ts'
import type { IndexedRound } from '../posted/round.ts'
import { type Sums, sumsOf } from '../posted/sums.ts'
import { indexedOf } from './forecast.ts'
import { type RoundOnChain, readRound } from './round.ts'
import { isPosted, type RoundsOnChain } from './terms.ts'

/** A round whose gifts are fixed, and all that follows from them. */
export interface KnownRound {
  round: RoundOnChain
  indexed: IndexedRound
  right: PostedResult
  sums: Sums
}

/** Undefined while gifts can still change, where nothing is posted, and where the round was cancelled: gifts go back then. */
export async function knowRound(
  chain: RoundsOnChain,
  address: Address,
  blockNumber?: bigint,
): Promise<KnownRound | undefined> {
  const round = await readRound(chain, address, blockNumber)
  const isClosed = round.timestamp >= round.terms.reviewUntil
  if (!isPosted(round.terms.variant) || !isClosed || round.status === 'cancelled') return undefined
  const indexed = indexedOf(round)
  return { round, indexed, right: computePost(indexed), sums: sumsOf(indexed) }
}

const expectedBy = new WeakMap<KnownRound, Map<string, Expected>>()

/** What the trees of a post would be if it were right below its totals; each is built once. */
export function expectedOf(known: KnownRound, posting: Posting): Expected {
  const { right, indexed } = known
  const built = expectedBy.get(known) ?? new Map<string, Expected>()
  expectedBy.set(known, built)
  const { raw, capped, cappedRaw } = posting.totals
  const key = [raw, capped, cappedRaw, posting.contributionCount].join(' ')
  const expected = built.get(key) ?? expectedUnder(right, posting, indexed.terms)
  built.set(key, expected)
  return expected
}

/** Whether a post says what follows from the round's gifts. */
export const isRight = (known: KnownRound, posting: Posting): boolean =>
  openAgainst(0n, posting, expectedOf(known, posting)) === undefined
