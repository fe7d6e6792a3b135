import { Bytes, ethereum } from '@graphprotocol/graph-ts'
import { BondForfeited, BondReturned, DisputeBonded } from '../generated/DisputeBond/DisputeBond'
import { DisputeBond } from '../generated/schema'

/** Before the registry's own event of the dispute, in the same transaction. */
export function handleDisputeBonded(event: DisputeBonded): void {
  const bond = new DisputeBond(event.params.aepId)
  bond.aep = event.params.aepId
  bond.dispute = event.params.aepId
  bond.disputer = event.params.disputer
  bond.bondAssets = event.params.bondAssets
  bond.reasonHash = event.params.reasonHash
  bond.status = 'HELD'
  bond.bondedAt = event.block.timestamp
  bond.bondedTx = event.transaction.hash
  bond.save()
}

function settle(aepId: Bytes, status: string, event: ethereum.Event): void {
  const bond = DisputeBond.load(aepId)!
  bond.status = status
  bond.settledAt = event.block.timestamp
  bond.settledTx = event.transaction.hash
  bond.save()
}

export function handleBondReturned(event: BondReturned): void {
  settle(event.params.aepId, 'RETURNED', event)
}

export function handleBondForfeited(event: BondForfeited): void {
  settle(event.params.aepId, 'FORFEITED', event)
}
