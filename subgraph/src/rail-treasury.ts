import { RailPayment, RailSignature } from '../generated/schema'
import { TreasuryPaid, TreasurySigned } from '../generated/templates/RailTreasury/RailTreasury'
import { logId } from './protocol'
import { railOfSource } from './rail'

export function handleTreasuryPaid(event: TreasuryPaid): void {
  const payment = new RailPayment(logId(event))
  payment.rail = railOfSource().id
  payment.token = event.params.token
  payment.to = event.params.to
  payment.assets = event.params.assets
  payment.reasonHash = event.params.reasonHash
  payment.paidAt = event.block.timestamp
  payment.tx = event.transaction.hash
  payment.save()
}

export function handleTreasurySigned(event: TreasurySigned): void {
  const signature = new RailSignature(event.address.concat(event.params.hash))
  signature.rail = railOfSource().id
  signature.hash = event.params.hash
  signature.validUntil = event.params.validUntil
  signature.changedAt = event.block.timestamp
  signature.save()
}
