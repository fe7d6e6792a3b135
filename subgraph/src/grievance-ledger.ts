import { BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import { Collected, Forwarded, Moved, Withdrawn } from '../generated/GrievanceLedger/GrievanceLedger'
import { GrievanceEntry } from '../generated/schema'
import { account, accountOfCase, accountOfPerson } from './grievance-accounts'
import { grievanceTotals } from './grievance-totals'
import { logId } from './protocol'

/** A line of the ledger; null: tokens come from outside, or go there. */
function enter(event: ethereum.Event, from: Bytes | null, to: Bytes | null, payer: Bytes | null, assets: BigInt): void {
  const entry = new GrievanceEntry(logId(event))
  entry.from = from
  entry.to = to
  entry.payer = payer
  entry.assets = assets
  entry.bookedAt = event.block.timestamp
  entry.tx = event.transaction.hash
  entry.save()
  if (from !== null) {
    const giver = account(from)
    giver.assets = giver.assets.minus(assets)
    giver.save()
  }
  if (to !== null) {
    const taker = account(to)
    taker.assets = taker.assets.plus(assets)
    taker.save()
  }
  const totals = grievanceTotals()
  if (from === null) totals.heldAssets = totals.heldAssets.plus(assets)
  if (to === null) totals.heldAssets = totals.heldAssets.minus(assets)
  totals.save()
}

export function handleCollected(event: Collected): void {
  enter(event, null, event.params.account, event.params.payer, event.params.assets)
}

export function handleMoved(event: Moved): void {
  enter(event, event.params.from, event.params.to, null, event.params.assets)
}

export function handleWithdrawn(event: Withdrawn): void {
  enter(event, accountOfPerson(event.params.owner), null, null, event.params.assets)
}

/** To the commons. */
export function handleForwarded(event: Forwarded): void {
  enter(event, accountOfCase('forfeits', event.params.caseId), null, null, event.params.assets)
}
