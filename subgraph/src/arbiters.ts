import {
  ArbiterJoined,
  ArbiterLeft,
  ArbiterListed,
  ArbiterPenalised,
  ArbiterReleased,
  BondSet,
  ConflictDeclared,
} from '../generated/ArbiterRegister/ArbiterRegister'
import { Arbiter, ArbiterConflict, ArbiterPenalty } from '../generated/schema'
import { accountForBond, nameAccount } from './grievance-accounts'
import { grievanceTotals } from './grievance-totals'
import { ZERO, logId } from './protocol'

export function handleBondSet(event: BondSet): void {
  const totals = grievanceTotals()
  totals.arbiterBondAssets = event.params.bondAssets
  totals.save()
}

/** Also of who was released and comes back: only the sums go on. */
export function handleArbiterJoined(event: ArbiterJoined): void {
  const who = event.params.arbiter
  const before = Arbiter.load(who)
  const arbiter = new Arbiter(who)
  arbiter.status = 'JOINED'
  arbiter.bondAssets = event.params.bondAssets
  arbiter.account = accountForBond('arbiter', who)
  arbiter.joinedAt = event.block.timestamp
  arbiter.listableAt = event.params.listableAt
  arbiter.listedAt = null
  arbiter.leftAt = null
  arbiter.releasableAt = null
  arbiter.unset('dropped')
  arbiter.releasedAt = null
  arbiter.rewardAssets = before == null ? ZERO : before.rewardAssets
  arbiter.rewardedCount = before == null ? 0 : before.rewardedCount
  arbiter.penaltyAssets = before == null ? ZERO : before.penaltyAssets
  arbiter.save()
  nameAccount(arbiter.account, 'ARBITER_BOND', who, null)
}

export function handleArbiterListed(event: ArbiterListed): void {
  const arbiter = Arbiter.load(event.params.arbiter)!
  arbiter.status = 'LISTED'
  arbiter.listedAt = event.block.timestamp
  arbiter.save()
  const totals = grievanceTotals()
  totals.listedCount += 1
  totals.save()
}

export function handleArbiterLeft(event: ArbiterLeft): void {
  const arbiter = Arbiter.load(event.params.arbiter)!
  const wasListed = arbiter.status == 'LISTED'
  arbiter.status = 'LEFT'
  arbiter.leftAt = event.block.timestamp
  arbiter.releasableAt = event.params.releasableAt
  arbiter.dropped = event.params.dropped
  arbiter.save()
  if (!wasListed) return
  const totals = grievanceTotals()
  totals.listedCount -= 1
  totals.save()
}

export function handleArbiterReleased(event: ArbiterReleased): void {
  const arbiter = Arbiter.load(event.params.arbiter)!
  arbiter.status = 'RELEASED'
  arbiter.releasedAt = event.block.timestamp
  arbiter.save()
}

export function handleArbiterPenalised(event: ArbiterPenalised): void {
  const arbiter = Arbiter.load(event.params.arbiter)!
  arbiter.penaltyAssets = arbiter.penaltyAssets.plus(event.params.assets)
  arbiter.save()
  const penalty = new ArbiterPenalty(logId(event))
  penalty.arbiter = arbiter.id
  penalty.assets = event.params.assets
  penalty.bondLeftAssets = event.params.bondLeft
  penalty.takenAt = event.block.timestamp
  penalty.tx = event.transaction.hash
  penalty.save()
}

export function handleConflictDeclared(event: ConflictDeclared): void {
  const conflict = new ArbiterConflict(event.params.arbiter.concat(event.params.topic))
  conflict.arbiter = event.params.arbiter
  conflict.topic = event.params.topic
  conflict.declared = event.params.declared
  conflict.changedAt = event.block.timestamp
  conflict.save()
}
