import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import { Round, RoundDebt, RoundMilestone, RoundPayment, RoundProjectTotal } from '../generated/schema'
import {
  ContributedPaid,
  HoldEnded,
  MatchPaid,
  MilestoneReleased,
  MilestonesForfeited,
  OwedPaid,
  PaymentOwed,
  PayoutsHeld,
} from '../generated/templates/QuadraticRound/QuadraticRound'
import { ZERO, logId } from './protocol'
import { numbered, projectOf } from './round-ids'

const ASSET = 0

export function handleMilestoneReleased(event: MilestoneReleased): void {
  const project = projectOf(event.address, event.params.projectId)
  project.releasedCount = event.params.released
  project.save()
  const milestone = new RoundMilestone(numbered(project.id, event.params.released))
  milestone.project = project.id
  milestone.number = event.params.released
  milestone.evidenceHash = event.params.evidenceHash
  milestone.releasedAt = event.block.timestamp
  milestone.tx = event.transaction.hash
  milestone.save()
}

/** Of a posted result it is counted what is still to be paid or forfeited. */
function countPaid(round: Round, assets: BigInt): void {
  const unpaid = round.unpaidMatchAssets
  if (unpaid !== null) round.unpaidMatchAssets = unpaid.minus(assets)
}

export function handleMilestonesForfeited(event: MilestonesForfeited): void {
  const project = projectOf(event.address, event.params.projectId)
  project.forfeitedAt = event.block.timestamp
  project.forfeitedAssets = event.params.forfeitedAssets
  project.forfeitedReasonHash = event.params.reasonHash
  project.save()
  const round = Round.load(event.address)!
  round.leftoverAssets = round.leftoverAssets.plus(event.params.forfeitedAssets)
  countPaid(round, event.params.forfeitedAssets)
  round.save()
}

export function handlePayoutsHeld(event: PayoutsHeld): void {
  const project = projectOf(event.address, event.params.projectId)
  project.heldUntil = event.params.until
  project.heldReasonHash = event.params.reasonHash
  project.save()
}

export function handleHoldEnded(event: HoldEnded): void {
  const project = projectOf(event.address, event.params.projectId)
  project.heldUntil = event.block.timestamp
  project.holdEndedReasonHash = event.params.reasonHash
  project.save()
}

function recordPayment(
  event: ethereum.Event,
  project: Bytes,
  kind: string,
  token: i32,
  to: Address,
  assets: BigInt,
): void {
  const payment = new RoundPayment(logId(event))
  payment.project = project
  payment.kind = kind
  payment.token = numbered(event.address, token)
  payment.to = to
  payment.assets = assets
  payment.paidAt = event.block.timestamp
  payment.tx = event.transaction.hash
  payment.save()
}

export function handleContributedPaid(event: ContributedPaid): void {
  const project = projectOf(event.address, event.params.projectId)
  const total = RoundProjectTotal.load(numbered(project.id, event.params.token))!
  total.paidAssets = total.paidAssets.plus(event.params.assets)
  total.save()
  recordPayment(event, project.id, 'CONTRIBUTED', event.params.token, event.params.to, event.params.assets)
}

/** Everything that is due: at `payoutUntil` all milestones are, unless they were forfeited. */
export function handleMatchPaid(event: MatchPaid): void {
  const assets = event.params.assets
  const round = Round.load(event.address)!
  const project = projectOf(event.address, event.params.projectId)
  const allDue = project.forfeitedAt === null && event.block.timestamp.ge(round.payoutUntil)
  project.paidCount = allDue ? round.milestoneBps.length : project.releasedCount
  project.paidMatchAssets = project.paidMatchAssets.plus(assets)
  project.save()
  countPaid(round, assets)
  round.save()
  recordPayment(event, project.id, 'MATCH', ASSET, event.params.to, assets)
}

function debtOf(round: Address, erc20: Address, to: Address): RoundDebt {
  const id = round.concat(erc20).concat(to)
  const known = RoundDebt.load(id)
  if (known != null) return known
  const fresh = new RoundDebt(id)
  fresh.round = round
  fresh.erc20 = erc20
  fresh.to = to
  fresh.owedAssets = ZERO
  fresh.paidAssets = ZERO
  return fresh
}

export function handlePaymentOwed(event: PaymentOwed): void {
  const debt = debtOf(event.address, event.params.token, event.params.to)
  debt.owedAssets = debt.owedAssets.plus(event.params.assets)
  debt.save()
}

export function handleOwedPaid(event: OwedPaid): void {
  const debt = debtOf(event.address, event.params.token, event.params.from)
  debt.owedAssets = debt.owedAssets.minus(event.params.assets)
  debt.paidAssets = debt.paidAssets.plus(event.params.assets)
  debt.save()
}
