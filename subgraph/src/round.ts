/** Everything that a round says, by what it is about. */
export { handleContributed, handleContributionRefunded } from './round-gifts'
export { handlePersonRegistered, handlePersonStruck } from './round-persons'
export {
  handleLeftoverPaid,
  handlePoolFunded,
  handlePoolRefunded,
  handleRoundCancelled,
  handleRoundMatched,
} from './round-pool'
export {
  handleProjectAccepted,
  handleProjectApplied,
  handleProjectCapped,
  handleProjectDisqualified,
  handleProjectRejected,
} from './round-projects'
export {
  handleContributedPaid,
  handleHoldEnded,
  handleMatchPaid,
  handleMilestoneReleased,
  handleMilestonesForfeited,
  handleOwedPaid,
  handlePaymentOwed,
  handlePayoutsHeld,
} from './round-payouts'
