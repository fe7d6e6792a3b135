import { Address, Bytes } from '@graphprotocol/graph-ts'
import {
  Collected,
  Credited,
  DataPublished,
  MatchPosts,
  PaidToCommons,
  PostConcluded,
  PostDefeated,
  Posted,
  PostVoided,
} from '../generated/MatchPosts/MatchPosts'
import { MatchPost, PostAccount, PostBook, PostSlash } from '../generated/schema'
import { ZERO, asset } from './protocol'

/** What the suite's own contract fixes for good, asked once. */
function bookAt(address: Address): PostBook {
  const known = PostBook.load(address)
  if (known != null) return known
  const contract = MatchPosts.bind(address)
  const fresh = new PostBook(address)
  fresh.asset = asset(contract.asset()).id
  fresh.postBondAssets = contract.postBondAssets()
  fresh.challengeBondAssets = contract.challengeBondAssets()
  fresh.rewardBps = contract.rewardBps().toI32()
  fresh.postingSeconds = contract.postingSeconds()
  fresh.challengeSeconds = contract.challengeSeconds()
  fresh.clockSeconds = contract.clockSeconds()
  fresh.save()
  return fresh
}

/** `DataPublished` follows. */
export function handlePosted(event: Posted): void {
  const post = new MatchPost(event.params.postId.toString())
  post.book = bookAt(event.address).id
  post.round = event.params.round
  post.poster = event.params.poster
  post.status = 'LIVE'
  post.resultRoot = event.params.resultRoot
  post.contributionRoot = event.params.contributionRoot
  post.contributionCount = event.params.contributionCount
  const totals = event.params.totals
  post.rawTotal = totals.raw
  post.totalMatched = totals.matched
  post.cappedCount = totals.capped
  post.cappedRaw = totals.cappedRaw
  post.dataHash = Bytes.empty()
  post.dataURI = ''
  post.challengeBy = event.params.challengeBy
  post.openChallengeCount = 0
  post.postedAt = event.block.timestamp
  post.postedTx = event.transaction.hash
  post.save()
}

export function handleDataPublished(event: DataPublished): void {
  const post = MatchPost.load(event.params.postId.toString())!
  post.dataHash = event.params.dataHash
  post.dataURI = event.params.dataUri
  post.save()
}

function slashOf(round: Address): PostSlash {
  const known = PostSlash.load(round)
  if (known != null) return known
  const fresh = new PostSlash(round)
  fresh.round = round
  fresh.owedAssets = ZERO
  fresh.paidAssets = ZERO
  return fresh
}

export function handlePostDefeated(event: PostDefeated): void {
  const post = MatchPost.load(event.params.postId.toString())!
  post.status = 'DEFEATED'
  post.winner = event.params.winner
  post.rewardAssets = event.params.rewardAssets
  post.commonsAssets = event.params.commonsAssets
  post.endedAt = event.block.timestamp
  post.save()
  const slash = slashOf(event.params.round)
  slash.owedAssets = slash.owedAssets.plus(event.params.commonsAssets)
  slash.save()
}

export function handlePostVoided(event: PostVoided): void {
  const post = MatchPost.load(event.params.postId.toString())!
  post.status = 'VOID'
  post.endedAt = event.block.timestamp
  post.save()
}

export function handlePostConcluded(event: PostConcluded): void {
  const post = MatchPost.load(event.params.postId.toString())!
  post.status = event.params.isFinal ? 'FINAL' : 'RELEASED'
  post.endedAt = event.block.timestamp
  post.save()
}

function accountOf(address: Address): PostAccount {
  const known = PostAccount.load(address)
  if (known != null) return known
  const fresh = new PostAccount(address)
  fresh.owedAssets = ZERO
  fresh.paidAssets = ZERO
  return fresh
}

export function handleCredited(event: Credited): void {
  const account = accountOf(event.params.account)
  account.owedAssets = account.owedAssets.plus(event.params.assets)
  account.save()
}

export function handleCollected(event: Collected): void {
  const account = accountOf(event.params.account)
  account.owedAssets = account.owedAssets.minus(event.params.assets)
  account.paidAssets = account.paidAssets.plus(event.params.assets)
  account.save()
}

export function handlePaidToCommons(event: PaidToCommons): void {
  const slash = slashOf(event.params.round)
  slash.owedAssets = slash.owedAssets.minus(event.params.assets)
  slash.paidAssets = slash.paidAssets.plus(event.params.assets)
  slash.save()
}
