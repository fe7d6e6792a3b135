import { BigInt } from '@graphprotocol/graph-ts'
import {
  Apologised,
  CompensationAwarded,
  ComponentProceeded,
  CorrectionOrdered,
  CorrectionProved,
  OrderDone,
  OrderIssued,
  OrderMissed,
} from '../generated/GrievanceOrders/GrievanceOrders'
import { GrievanceOrder } from '../generated/schema'
import { ZERO } from './protocol'

// In the order of the contract's enums
const KINDS = ['COMPENSATION', 'COMPONENT', 'CORRECTION', 'APOLOGY']
const STEPS = ['CASE_OPENED', 'SUSPENDED', 'CONFIRMED', 'DELISTED']

function orderId(caseId: BigInt, kind: string): string {
  return `${caseId}-${kind}`
}

function orderOf(caseId: BigInt, kind: string): GrievanceOrder {
  return GrievanceOrder.load(orderId(caseId, kind))!
}

export function handleOrderIssued(event: OrderIssued): void {
  const kind = KINDS[event.params.kind]
  const order = new GrievanceOrder(orderId(event.params.caseId, kind))
  order.case_ = event.params.caseId.toString()
  order.kind = kind
  order.subject = event.params.subject
  order.state = 'OPEN'
  order.until = event.params.until
  order.issuedAt = event.block.timestamp
  order.issuedTx = event.transaction.hash
  if (kind == 'COMPENSATION') {
    order.dueAssets = event.params.assets
    order.awardedAssets = ZERO
    order.stillDueAssets = event.params.assets
  }
  order.save()
}

export function handleCorrectionOrdered(event: CorrectionOrdered): void {
  const order = orderOf(event.params.caseId, 'CORRECTION')
  order.feed = event.params.feedId
  order.sequenceAbove = event.params.sequenceAbove
  order.save()
}

export function handleCompensationAwarded(event: CompensationAwarded): void {
  const order = orderOf(event.params.caseId, 'COMPENSATION')
  order.awardedAssets = order.awardedAssets!.plus(event.params.assets)
  order.stillDueAssets = event.params.stillDueAssets
  order.save()
}

export function handleComponentProceeded(event: ComponentProceeded): void {
  const order = orderOf(event.params.caseId, 'COMPONENT')
  order.step = STEPS[event.params.step]
  order.save()
}

export function handleCorrectionProved(event: CorrectionProved): void {
  const order = orderOf(event.params.caseId, 'CORRECTION')
  order.revision = event.params.revision
  order.save()
}

export function handleApologised(event: Apologised): void {
  const order = orderOf(event.params.caseId, 'APOLOGY')
  order.textHash = event.params.textHash
  order.uri = event.params.uri
  order.save()
}

export function handleOrderDone(event: OrderDone): void {
  const order = orderOf(event.params.caseId, KINDS[event.params.kind])
  order.state = 'DONE'
  order.endedAt = event.block.timestamp
  order.save()
}

export function handleOrderMissed(event: OrderMissed): void {
  const order = orderOf(event.params.caseId, KINDS[event.params.kind])
  order.state = 'MISSED'
  order.endedAt = event.block.timestamp
  order.save()
}
