import { DataSourceContext } from '@graphprotocol/graph-ts'
import { RailOpened } from '../generated/RailFactory/RailFactory'
import { Rail, RailPage } from '../generated/schema'
import { RailGovernor, RailMembership, RailTimelock, RailTreasury } from '../generated/templates'
import { ZERO, protocol } from './protocol'

/**
 * The rail's own contracts are initialised later in the same transaction, and followed from this block on: their events bring
 * what is zero here.
 */
export function handleRailOpened(event: RailOpened): void {
  const id = event.params.railId.toString()
  const page = new RailPage(event.params.timelock)
  page.rail = id
  page.charterHash = event.params.charterHash
  page.leastLevel = 0
  page.voteUnit = ZERO
  page.weights = []
  page.save()

  const rail = new Rail(id)
  rail.name = event.params.name
  rail.metadataURI = event.params.metadataURI
  rail.governor = event.params.governor
  rail.timelock = event.params.timelock
  rail.membership = event.params.membership
  rail.treasury = event.params.treasury
  rail.votes = event.params.votes
  rail.page = page.id
  rail.votingDelaySeconds = ZERO
  rail.votingPeriodSeconds = ZERO
  rail.lateQuorumExtensionSeconds = ZERO
  rail.quorumPercent = ZERO
  rail.superQuorumPercent = ZERO
  rail.proposalThreshold = ZERO
  rail.timelockDelaySeconds = ZERO
  rail.memberCount = 0
  rail.proposalCount = 0
  rail.openedAt = event.block.timestamp
  rail.openedTx = event.transaction.hash
  rail.save()

  const context = new DataSourceContext()
  context.setString('rail', id)
  RailGovernor.createWithContext(event.params.governor, context)
  RailTimelock.createWithContext(event.params.timelock, context)
  RailMembership.createWithContext(event.params.membership, context)
  RailTreasury.createWithContext(event.params.treasury, context)

  const totals = protocol()
  totals.railCount += 1
  totals.save()
}
