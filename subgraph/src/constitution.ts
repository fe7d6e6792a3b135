import { ConditionAdded, ConditionRemoved } from '../generated/Constitution/Constitution'
import { Condition } from '../generated/schema'

/** None is registered twice at a time; one that was removed may come back. */
export function handleConditionAdded(event: ConditionAdded): void {
  const condition = new Condition(event.params.condition)
  condition.index = event.params.index.toI32()
  condition.gasCap = event.params.gasCap
  condition.addedAt = event.block.timestamp
  condition.addedTx = event.transaction.hash
  condition.removedAt = null
  condition.removedTx = null
  condition.save()
}

export function handleConditionRemoved(event: ConditionRemoved): void {
  const condition = Condition.load(event.params.condition)!
  condition.removedAt = event.block.timestamp
  condition.removedTx = event.transaction.hash
  condition.save()
}
