import { CallScheduled, DAOURIUpdate, MinDelayChange } from '../generated/templates/RailTimelock/RailTimelock'
import { railOfSource } from './rail'

export function handleMinDelayChange(event: MinDelayChange): void {
  const rail = railOfSource()
  rail.timelockDelaySeconds = event.params.newDuration
  rail.save()
}

export function handleDaoUriUpdate(event: DAOURIUpdate): void {
  const rail = railOfSource()
  rail.metadataURI = event.params.daoURI
  rail.save()
}

/** The governor alone schedules, and says right after this for which proposal. */
export function handleCallScheduled(event: CallScheduled): void {
  const rail = railOfSource()
  rail.lastOperationId = event.params.id
  rail.save()
}
