import { Address } from '@graphprotocol/graph-ts'
import { ClassSet, TargetSet, TransferClassSet } from '../generated/ActionClasses/ActionClasses'
import { ActionEntry, ActionTarget } from '../generated/schema'
import { CLASSES } from './classes'

// In the order of the contract's enum
const KINDS = ['PLAIN', 'MULTI_SEND', 'TIMELOCK', 'ACCESS_MANAGER', 'PROTECTED']

function target(address: Address): ActionTarget {
  const known = ActionTarget.load(address)
  if (known != null) return known
  const fresh = new ActionTarget(address)
  fresh.kind = KINDS[0]
  fresh.transferClass = CLASSES[0]
  return fresh
}

export function handleTargetSet(event: TargetSet): void {
  const set = target(event.params.target)
  set.kind = KINDS[event.params.kind]
  set.save()
}

export function handleTransferClassSet(event: TransferClassSet): void {
  const set = target(event.params.target)
  set.transferClass = CLASSES[event.params.actionClass]
  set.save()
}

export function handleClassSet(event: ClassSet): void {
  const listed = target(event.params.target)
  listed.save()
  const entry = new ActionEntry(event.params.target.concat(event.params.selector))
  entry.target = listed.id
  entry.selector = event.params.selector
  entry.actionClass = CLASSES[event.params.actionClass]
  entry.changedAt = event.block.timestamp
  entry.save()
}
