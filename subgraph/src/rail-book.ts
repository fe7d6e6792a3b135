import { Address, Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  CharterSet,
  ConsentGiven,
  ConsentWithdrawn,
  FeeSet,
  LeastLevelSet,
  PackDisabled,
  PackEnabled,
  PageOpened,
  TrackSet,
  WeightsSet,
} from '../generated/RailBook/RailBook'
import { CompetenceWeight, Consent, RailFee, RailPack, RailPage, RailTrack } from '../generated/schema'
import { logId } from './protocol'

const LEVELS = 5

// Anyone may open a page and write in it. Only those of rails are here: every handler passes over the others.

export function handlePageOpened(event: PageOpened): void {
  const page = RailPage.load(event.params.timelock)
  if (page == null) return
  page.charterHash = event.params.charterHash
  page.leastLevel = event.params.leastLevel
  page.voteUnit = event.params.voteUnit
  page.save()
}

export function handleCharterSet(event: CharterSet): void {
  const page = RailPage.load(event.params.timelock)
  if (page == null) return
  page.charterHash = event.params.charterHash
  page.save()
}

export function handleLeastLevelSet(event: LeastLevelSet): void {
  const page = RailPage.load(event.params.timelock)
  if (page == null) return
  page.leastLevel = event.params.leastLevel
  page.save()
}

export function handleFeeSet(event: FeeSet): void {
  if (RailPage.load(event.params.timelock) == null) return
  const fee = new RailFee(event.params.timelock.concat(event.params.kind))
  fee.page = event.params.timelock
  fee.kind = event.params.kind
  fee.bps = event.params.bps
  fee.changedAt = event.block.timestamp
  fee.save()
}

export function handlePackEnabled(event: PackEnabled): void {
  if (RailPage.load(event.params.timelock) == null) return
  const pack = new RailPack(event.params.timelock.concat(event.params.componentId))
  pack.page = event.params.timelock
  pack.component = event.params.componentId
  pack.enabled = true
  pack.conformanceLevel = event.params.conformanceLevel
  pack.changedAt = event.block.timestamp
  pack.save()
}

export function handlePackDisabled(event: PackDisabled): void {
  const pack = RailPack.load(event.params.timelock.concat(event.params.componentId))
  if (pack == null) return
  pack.enabled = false
  pack.changedAt = event.block.timestamp
  pack.save()
}

/** The whole table: `bpsByLevel` has five entries for each field. */
export function handleWeightsSet(event: WeightsSet): void {
  const page = RailPage.load(event.params.timelock)
  if (page == null) return
  const rows: Bytes[] = []
  for (let i = 0; i < event.params.fields.length; i++) {
    const row = new CompetenceWeight(logId(event).concatI32(i))
    row.page = page.id
    row.field = event.params.fields[i]
    row.bpsByLevel = event.params.bpsByLevel.slice(i * LEVELS, (i + 1) * LEVELS)
    row.setAt = event.block.timestamp
    row.save()
    rows.push(row.id)
  }
  page.weights = rows
  page.save()
}

export function handleTrackSet(event: TrackSet): void {
  if (RailPage.load(event.params.timelock) == null) return
  const track = new RailTrack(event.params.timelock.concat(event.params.target).concat(event.params.selector))
  track.page = event.params.timelock
  track.target = event.params.target
  track.selector = event.params.selector
  track.alone = event.params.alone
  track.changedAt = event.block.timestamp
  track.save()
}

function say(event: ethereum.Event, timelock: Address, operationId: Bytes, rationaleHash: Bytes, given: boolean): void {
  if (RailPage.load(timelock) == null) return
  const consent = new Consent(timelock.concat(operationId))
  consent.page = timelock
  consent.operationId = operationId
  consent.given = given
  consent.rationaleHash = rationaleHash
  consent.changedAt = event.block.timestamp
  consent.changedTx = event.transaction.hash
  consent.save()
}

export function handleConsentGiven(event: ConsentGiven): void {
  say(event, event.params.timelock, event.params.operationId, event.params.rationaleHash, true)
}

export function handleConsentWithdrawn(event: ConsentWithdrawn): void {
  say(event, event.params.timelock, event.params.operationId, event.params.rationaleHash, false)
}
