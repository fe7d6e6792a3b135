import { Address, BigInt, Bytes } from '@graphprotocol/graph-ts'
import {
  AwardLapsed,
  AwardMade,
  AwardPaid,
  AwardRedirected,
  CompensationCut,
  CompensationRaised,
  IncomeFetched,
  IncomeTaken,
  MilestoneMade,
  MilestoneReleased,
  SettingAnnounced,
  ShareFixed,
  StreamMade,
  StreamRevoked,
} from '../generated/CommonsFund/CommonsFund'
import {
  Award,
  AwardPayment,
  AwardRedirect,
  CommonsBook,
  CommonsIncome,
  CommonsInflow,
  CommonsSetting,
  CommonsShare,
  CompensationCut as Cut,
} from '../generated/schema'
import { ZERO, asset, feed, logId } from './protocol'

// In the order of the contract's enums
const SOURCES = ['FEE', 'LEFTOVER', 'SLASH', 'GIFT']
const KINDS = ['GRANT', 'STREAM', 'MILESTONE', 'COMPENSATION']
const SETTINGS = ['GRANT_LIMIT', 'COMPENSATION_LIMIT', 'FLOOR']
const MILESTONE = 2

/** Anyone may pay in anything: nothing of the asset is called. */
function book(token: Address): CommonsBook {
  const known = CommonsBook.load(token)
  if (known != null) return known
  const fresh = new CommonsBook(token)
  fresh.asset = asset(token).id
  fresh.heldAssets = ZERO
  fresh.dueAssets = ZERO
  fresh.awardedAssets = ZERO
  fresh.paidAssets = ZERO
  return fresh
}

function income(token: Address, source: string): CommonsIncome {
  const id = token.concat(Bytes.fromUTF8(source))
  const known = CommonsIncome.load(id)
  if (known != null) return known
  const fresh = new CommonsIncome(id)
  fresh.book = token
  fresh.source = source
  fresh.keptAssets = ZERO
  fresh.passedAssets = ZERO
  fresh.fetchedAssets = ZERO
  return fresh
}

export function handleShareFixed(event: ShareFixed): void {
  const beneficiary = event.params.beneficiary
  const share = new CommonsShare(SOURCES[event.params.source])
  share.source = SOURCES[event.params.source]
  share.keptBps = event.params.keptBps
  share.beneficiary = beneficiary == Address.zero() ? null : beneficiary
  share.save()
}

// ———— income ————

export function handleIncomeTaken(event: IncomeTaken): void {
  const kept = event.params.keptAssets
  const passed = event.params.passedAssets
  const from = event.params.from
  const source = SOURCES[event.params.source]
  const into = book(event.params.asset)
  into.heldAssets = into.heldAssets.plus(kept)
  into.dueAssets = into.dueAssets.plus(passed)
  into.save()
  const total = income(event.params.asset, source)
  total.keptAssets = total.keptAssets.plus(kept)
  total.passedAssets = total.passedAssets.plus(passed)
  total.save()

  const inflow = new CommonsInflow(logId(event))
  inflow.book = into.id
  inflow.source = source
  inflow.from = from == Address.zero() ? null : from
  inflow.keptAssets = kept
  inflow.passedAssets = passed
  inflow.origin = event.params.origin
  inflow.takenAt = event.block.timestamp
  inflow.tx = event.transaction.hash
  inflow.save()
}

export function handleIncomeFetched(event: IncomeFetched): void {
  const from = book(event.params.asset)
  from.dueAssets = from.dueAssets.minus(event.params.assets)
  from.save()
  const total = income(event.params.asset, SOURCES[event.params.source])
  total.fetchedAssets = total.fetchedAssets.plus(event.params.assets)
  total.save()
}

// ———— awards ————

export function handleAwardMade(event: AwardMade): void {
  const from = book(event.params.asset)
  from.awardedAssets = from.awardedAssets.plus(event.params.assets)
  from.save()
  const award = new Award(event.params.awardId)
  award.kind = KINDS[event.params.kind]
  award.book = from.id
  award.to = event.params.to
  award.awardedAssets = event.params.assets
  award.returnedAssets = ZERO
  award.paidAssets = ZERO
  award.decision = event.params.decision
  award.part = event.params.part
  award.awarder = event.params.awarder
  award.awaiting = event.params.kind == MILESTONE
  award.startAt = event.block.timestamp
  award.endAt = event.block.timestamp
  award.madeAt = event.block.timestamp
  award.madeTx = event.transaction.hash
  award.save()
}

/** Right after its award, as the next. */
export function handleStreamMade(event: StreamMade): void {
  const award = Award.load(event.params.awardId)!
  award.startAt = event.params.startAt
  award.cliffAt = event.params.cliffAt
  award.endAt = event.params.endAt
  award.save()
}

export function handleMilestoneMade(event: MilestoneMade): void {
  const award = Award.load(event.params.awardId)!
  award.endAt = event.params.deadline
  award.feed = feed(event.params.feedId).id
  award.threshold = event.params.threshold
  award.thresholdIsLeast = event.params.atLeast
  award.windowFrom = event.params.from
  award.windowTo = event.params.to
  award.minEql = event.params.minEql
  award.save()
}

export function handleMilestoneReleased(event: MilestoneReleased): void {
  const award = Award.load(event.params.awardId)!
  award.awaiting = false
  award.endAt = event.block.timestamp
  award.releasedBy = event.params.aepId
  award.releasedAt = event.block.timestamp
  award.save()
}

/** What was reserved for an award is free again. */
function giveBack(award: Award, assets: BigInt): void {
  award.returnedAssets = award.returnedAssets.plus(assets)
  const to = CommonsBook.load(award.book)!
  to.awardedAssets = to.awardedAssets.minus(assets)
  to.save()
}

export function handleStreamRevoked(event: StreamRevoked): void {
  const award = Award.load(event.params.awardId)!
  award.endAt = event.block.timestamp
  award.revokedBy = event.params.decision
  giveBack(award, event.params.returnedAssets)
  award.save()
}

export function handleAwardLapsed(event: AwardLapsed): void {
  const award = Award.load(event.params.awardId)!
  award.awaiting = false
  award.lapsedAt = event.block.timestamp
  giveBack(award, event.params.returnedAssets)
  award.save()
}

export function handleAwardPaid(event: AwardPaid): void {
  const assets = event.params.assets
  const award = Award.load(event.params.awardId)!
  award.paidAssets = award.paidAssets.plus(assets)
  award.save()
  const from = CommonsBook.load(award.book)!
  from.heldAssets = from.heldAssets.minus(assets)
  from.awardedAssets = from.awardedAssets.minus(assets)
  from.paidAssets = from.paidAssets.plus(assets)
  from.save()
  const payment = new AwardPayment(logId(event))
  payment.award = award.id
  payment.to = event.params.to
  payment.assets = assets
  payment.paidAt = event.block.timestamp
  payment.tx = event.transaction.hash
  payment.save()
}

export function handleAwardRedirected(event: AwardRedirected): void {
  const award = Award.load(event.params.awardId)!
  award.to = event.params.to
  award.save()
  const redirect = new AwardRedirect(logId(event))
  redirect.award = award.id
  redirect.from = event.params.from
  redirect.to = event.params.to
  redirect.redirectedAt = event.block.timestamp
  redirect.tx = event.transaction.hash
  redirect.save()
}

/** Before the award, if there is any. */
export function handleCompensationCut(event: CompensationCut): void {
  const touched = book(event.params.asset)
  touched.save()
  const cut = new Cut(logId(event))
  cut.book = touched.id
  cut.origin = event.params.origin
  cut.to = event.params.to
  cut.askedAssets = event.params.askedAssets
  cut.awardedAssets = event.params.awardedAssets
  cut.cutAt = event.block.timestamp
  cut.tx = event.transaction.hash
  cut.save()
}

/** More for a case that was cut. */
export function handleCompensationRaised(event: CompensationRaised): void {
  const added = event.params.addedAssets
  const award = Award.load(event.params.awardId)!
  award.awardedAssets = award.awardedAssets.plus(added)
  award.endAt = event.block.timestamp
  award.save()
  const from = CommonsBook.load(award.book)!
  from.awardedAssets = from.awardedAssets.plus(added)
  from.save()
}

// ———— limits ————

/** In place of a change that was announced and is not in force yet. */
export function handleSettingAnnounced(event: SettingAnnounced): void {
  const name = SETTINGS[event.params.setting]
  const touched = book(event.params.asset)
  touched.save()
  const id = touched.id.concat(Bytes.fromUTF8(name))
  const known = CommonsSetting.load(id)
  const setting = new CommonsSetting(id)
  setting.book = touched.id
  setting.setting = name
  setting.assets = ZERO
  if (known != null) setting.assets = known.nextFrom.le(event.block.timestamp) ? known.nextAssets : known.assets
  setting.nextAssets = event.params.assets
  setting.nextFrom = event.params.from
  setting.decision = event.params.decision
  setting.save()
}
