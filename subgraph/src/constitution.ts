import { ConditionAdded, ConditionRemoved } from '../generated/Constitution/Constitution'
import { Condition } from '../generated/schema'

/** No word of an answer has two conditions at a time; one that was removed may come back. */
export function handleConditionAdded(event: ConditionAdded): void {
  const condition = new Condition(event.params.id)
  condition.index = event.params.index.toI32()
  condition.target = event.params.target
  condition.data = event.params.data
  condition.word = event.params.word
  condition.least = event.params.least
  condition.most = event.params.most
  condition.gasCap = event.params.gasCap
  condition.addedAt = event.block.timestamp
  condition.addedTx = event.transaction.hash
  condition.removedAt = null
  condition.removedTx = null
  condition.save()
}

export function handleConditionRemoved(event: ConditionRemoved): void {
  const condition = Condition.load(event.params.id)!
  condition.removedAt = event.block.timestamp
  condition.removedTx = event.transaction.hash
  condition.save()
}
