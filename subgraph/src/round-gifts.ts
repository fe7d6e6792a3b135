import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import { RoundGift, RoundGiftChange, RoundProjectTotal, RoundToken } from '../generated/schema'
import { Contributed, ContributionRefunded } from '../generated/templates/QuadraticRound/QuadraticRound'
import { ZERO, logId } from './protocol'
import { numbered, projectOf } from './round-ids'
import { unsigned, word } from './words'

const WAD = BigInt.fromI32(10).pow(18)

/** Rounded down. */
function unitsOf(token: Bytes, assets: BigInt): BigInt {
  return assets.times(RoundToken.load(token)!.unitsWad).div(WAD)
}

function giftOf(project: Bytes, contributor: Address): RoundGift {
  const id = project.concat(contributor)
  const known = RoundGift.load(id)
  if (known != null) return known
  const fresh = new RoundGift(id)
  fresh.project = project
  fresh.contributor = contributor
  fresh.payer = contributor
  fresh.units = ZERO
  fresh.assets = ZERO
  fresh.otherAssets = ZERO
  return fresh
}

/** What all give to a project in one token is `more` than before. */
function addToTotal(project: Bytes, number: i32, token: Bytes, more: BigInt): void {
  const id = numbered(project, number)
  let total = RoundProjectTotal.load(id)
  if (total == null) {
    total = new RoundProjectTotal(id)
    total.project = project
    total.token = token
    total.givenAssets = ZERO
    total.paidAssets = ZERO
  }
  total.givenAssets = total.givenAssets.plus(more)
  total.save()
}

/** Sets what somebody gives in one token, as the contract's book of gifts does: whose money grows it, its payer is. */
function set(
  event: ethereum.Event,
  place: i32,
  projectId: BigInt,
  contributor: Address,
  number: i32,
  assets: BigInt,
  payer: Address,
  refundedTo: Address | null,
): void {
  const project = projectOf(event.address, projectId)
  const token = numbered(event.address, number)
  const gift = giftOf(project.id, contributor)
  const unitsBefore = gift.units
  const isOther = gift.otherToken !== null && gift.otherToken! == token
  const before = number == 0 ? gift.assets : isOther ? gift.otherAssets : ZERO
  if (number == 0) {
    gift.assets = assets
  } else {
    gift.otherAssets = assets
    gift.otherToken = assets.isZero() ? null : token
  }
  const other = gift.otherToken
  gift.units = other === null ? gift.assets : gift.assets.plus(unitsOf(other, gift.otherAssets))
  if (assets.gt(before)) gift.payer = payer
  else if (gift.units.isZero()) gift.payer = contributor
  gift.changedAt = event.block.timestamp
  gift.save()

  project.contributedUnits = project.contributedUnits.minus(unitsBefore).plus(gift.units)
  project.sqrtSum = project.sqrtSum.minus(unitsBefore.sqrt()).plus(gift.units.sqrt())
  if (!unitsBefore.isZero()) project.contributorCount -= 1
  if (!gift.units.isZero()) project.contributorCount += 1
  project.save()
  addToTotal(project.id, number, token, assets.minus(before))

  const change = new RoundGiftChange(logId(event).concatI32(place))
  change.gift = gift.id
  change.token = token
  change.assetsBefore = before
  change.assets = assets
  change.refundedTo = refundedTo
  change.changedAt = event.block.timestamp
  change.tx = event.transaction.hash
  change.save()
}

/** A gift is a word: projectId in 32 bits at 224, token in 8 at 112, assets in 112 at 0. */
export function handleContributed(event: Contributed): void {
  for (let i = 0; i < event.params.gifts.length; i++) {
    const gift = word(event.params.gifts[i])
    set(
      event,
      i,
      unsigned(gift, 0, 4),
      event.params.contributor,
      gift[17],
      unsigned(gift, 18, 14),
      event.params.payer,
      null,
    )
  }
}

export function handleContributionRefunded(event: ContributionRefunded): void {
  const contributor = event.params.contributor
  const to = event.params.to
  set(event, 0, event.params.projectId, contributor, event.params.token, ZERO, contributor, to)
}
