import { Address, BigInt } from '@graphprotocol/graph-ts'
import { Round, RoundFunder, RoundProject } from '../generated/schema'
import {
  LeftoverPaid,
  PoolFunded,
  PoolRefunded,
  QuadraticRound,
  RoundCancelled,
  RoundMatched,
} from '../generated/templates/QuadraticRound/QuadraticRound'
import { ZERO } from './protocol'
import { numbered } from './round-ids'
import { isZero } from './words'

function funderOf(round: Address, account: Address): RoundFunder {
  const id = round.concat(account)
  const known = RoundFunder.load(id)
  if (known != null) return known
  const fresh = new RoundFunder(id)
  fresh.round = round
  fresh.funder = account
  fresh.assets = ZERO
  fresh.refundedAssets = ZERO
  return fresh
}

export function handlePoolFunded(event: PoolFunded): void {
  const assets = event.params.assets
  const round = Round.load(event.address)!
  round.poolAssets = round.poolAssets.plus(assets)
  round.save()
  const funder = funderOf(event.address, event.params.funder)
  funder.assets = funder.assets.plus(assets)
  funder.save()
}

export function handlePoolRefunded(event: PoolRefunded): void {
  const assets = event.params.assets
  const round = Round.load(event.address)!
  round.poolAssets = round.poolAssets.minus(assets)
  round.save()
  const funder = funderOf(event.address, event.params.funder)
  funder.assets = funder.assets.minus(assets)
  funder.refundedAssets = funder.refundedAssets.plus(assets)
  funder.save()
}

export function handleRoundCancelled(event: RoundCancelled): void {
  const round = Round.load(event.address)!
  round.status = 'CANCELLED'
  round.cancelledAt = event.block.timestamp
  round.cancelledReasonHash = event.params.reasonHash
  round.save()
}

/**
 * Every project's first milestone is due. What each is matched is no event: it follows from all of them, and the round, which
 * the suite's own factory opened, is asked. A posted result's lines are not on the chain.
 */
export function handleRoundMatched(event: RoundMatched): void {
  const round = Round.load(event.address)!
  const isPosted = round.results !== null
  round.status = 'MATCHED'
  round.matchedAssets = event.params.matchedAssets
  round.leftoverAssets = event.params.leftoverAssets
  if (isPosted) round.unpaidMatchAssets = event.params.matchedAssets
  if (!isZero(event.params.resultRoot)) round.resultRoot = event.params.resultRoot
  round.matchedAt = event.block.timestamp
  round.save()
  const contract = QuadraticRound.bind(event.address)
  for (let i = 0; i < round.projectCount; i++) {
    const project = RoundProject.load(numbered(event.address, i))!
    project.releasedCount = 1
    if (!isPosted) project.matchedAssets = contract.matchedOf(BigInt.fromI32(i))
    project.save()
  }
}

export function handleLeftoverPaid(event: LeftoverPaid): void {
  const round = Round.load(event.address)!
  round.leftoverAssets = ZERO
  round.leftoverPaidAssets = round.leftoverPaidAssets.plus(event.params.assets)
  round.save()
}
