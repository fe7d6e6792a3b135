import { Address, BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import { RailCall, RailProposal, RailVote } from '../generated/schema'
import {
  LateQuorumVoteExtensionSet,
  ProposalCanceled,
  ProposalCites,
  ProposalCreated,
  ProposalDeclaresEffects,
  ProposalExecuted,
  ProposalExtended,
  ProposalGuardianSet,
  ProposalQueued,
  ProposalThresholdSet,
  QuorumNumeratorUpdated,
  SuperQuorumNumeratorUpdated,
  VoteCast,
  VoteCastWithParams,
  VotingDelaySet,
  VotingPeriodSet,
} from '../generated/templates/RailGovernor/RailGovernor'
import { ZERO, logId } from './protocol'
import { railOfSource } from './rail'
import { selectorOf, unsigned, word } from './words'

// What is for what, in the order of the governor's `support`; 255 is a vote in parts, of 16 bytes each, in the same order.
const AGAINST = 0
const FOR = 1
const ABSTAIN = 2
const PART_BYTES = 16

const idOf = (event: ethereum.Event, proposalId: BigInt): Bytes => event.address.concat(word(proposalId))

function proposal(event: ethereum.Event, proposalId: BigInt): RailProposal {
  return RailProposal.load(idOf(event, proposalId))!
}

// ———— proposals ————

export function handleProposalCreated(event: ProposalCreated): void {
  const rail = railOfSource()
  const created = new RailProposal(idOf(event, event.params.proposalId))
  created.rail = rail.id
  created.proposalId = event.params.proposalId
  created.proposer = event.params.proposer
  created.description = event.params.description
  created.cites = []
  created.status = 'PROPOSED'
  created.voteStartAt = event.params.voteStart
  created.voteEndAt = event.params.voteEnd
  created.forVotes = ZERO
  created.againstVotes = ZERO
  created.abstainVotes = ZERO
  created.voteCount = 0
  created.callCount = event.params.targets.length
  created.proposedAt = event.block.timestamp
  created.proposedTx = event.transaction.hash
  created.save()

  for (let i = 0; i < event.params.targets.length; i++) {
    const call = new RailCall(created.id.concatI32(i))
    call.proposal = created.id
    call.index = i
    call.to = event.params.targets[i]
    call.value = event.params.values[i]
    call.selector = selectorOf(event.params.calldatas[i])
    call.data = event.params.calldatas[i]
    call.save()
  }
  rail.proposalCount += 1
  rail.save()
}

export function handleProposalCites(event: ProposalCites): void {
  const citing = proposal(event, event.params.proposalId)
  citing.cites = event.params.aepIds
  citing.save()
}

export function handleProposalDeclaresEffects(event: ProposalDeclaresEffects): void {
  const declaring = proposal(event, event.params.proposalId)
  declaring.effectsHash = event.params.effectsHash
  declaring.save()
}

export function handleProposalExtended(event: ProposalExtended): void {
  const extended = proposal(event, event.params.proposalId)
  extended.voteEndAt = event.params.extendedDeadline
  extended.save()
}

/** Right after its operation was scheduled in the timelock. */
export function handleProposalQueued(event: ProposalQueued): void {
  const rail = railOfSource()
  const operationId = rail.lastOperationId!
  const queued = proposal(event, event.params.proposalId)
  queued.status = 'QUEUED'
  queued.operationId = operationId
  queued.consent = rail.timelock.concat(operationId)
  queued.etaAt = event.params.etaSeconds
  queued.queuedAt = event.block.timestamp
  queued.queuedTx = event.transaction.hash
  queued.save()
}

function close(event: ethereum.Event, proposalId: BigInt, status: string): void {
  const closed = proposal(event, proposalId)
  closed.status = status
  closed.closedAt = event.block.timestamp
  closed.closedTx = event.transaction.hash
  closed.save()
}

export function handleProposalExecuted(event: ProposalExecuted): void {
  close(event, event.params.proposalId, 'EXECUTED')
}

export function handleProposalCanceled(event: ProposalCanceled): void {
  close(event, event.params.proposalId, 'CANCELED')
}

// ———— votes ————

function record(event: ethereum.Event, proposalId: BigInt, voter: Address, parts: BigInt[], reason: string): void {
  const voted = proposal(event, proposalId)
  voted.againstVotes = voted.againstVotes.plus(parts[AGAINST])
  voted.forVotes = voted.forVotes.plus(parts[FOR])
  voted.abstainVotes = voted.abstainVotes.plus(parts[ABSTAIN])
  voted.voteCount += 1
  voted.save()

  const vote = new RailVote(logId(event))
  vote.proposal = voted.id
  vote.voter = voter
  vote.againstVotes = parts[AGAINST]
  vote.forVotes = parts[FOR]
  vote.abstainVotes = parts[ABSTAIN]
  vote.reason = reason
  vote.castAt = event.block.timestamp
  vote.castTx = event.transaction.hash
  vote.save()
}

export function handleVoteCast(event: VoteCast): void {
  const parts = [ZERO, ZERO, ZERO]
  parts[event.params.support] = event.params.weight
  record(event, event.params.proposalId, event.params.voter, parts, event.params.reason)
}

/** Only of a vote in parts: the governor refuses parameters with any other. */
export function handleVoteCastWithParams(event: VoteCastWithParams): void {
  const parts: BigInt[] = []
  for (let i = 0; i < 3; i++) parts.push(unsigned(event.params.params, i * PART_BYTES, PART_BYTES))
  record(event, event.params.proposalId, event.params.voter, parts, event.params.reason)
}

// ———— how the rail votes ————

export function handleVotingDelaySet(event: VotingDelaySet): void {
  const rail = railOfSource()
  rail.votingDelaySeconds = event.params.newVotingDelay
  rail.save()
}

export function handleVotingPeriodSet(event: VotingPeriodSet): void {
  const rail = railOfSource()
  rail.votingPeriodSeconds = event.params.newVotingPeriod
  rail.save()
}

export function handleLateQuorumVoteExtensionSet(event: LateQuorumVoteExtensionSet): void {
  const rail = railOfSource()
  rail.lateQuorumExtensionSeconds = event.params.newVoteExtension
  rail.save()
}

export function handleQuorumNumeratorUpdated(event: QuorumNumeratorUpdated): void {
  const rail = railOfSource()
  rail.quorumPercent = event.params.newQuorumNumerator
  rail.save()
}

export function handleSuperQuorumNumeratorUpdated(event: SuperQuorumNumeratorUpdated): void {
  const rail = railOfSource()
  rail.superQuorumPercent = event.params.newSuperQuorumNumerator
  rail.save()
}

export function handleProposalThresholdSet(event: ProposalThresholdSet): void {
  const rail = railOfSource()
  rail.proposalThreshold = event.params.newProposalThreshold
  rail.save()
}

export function handleProposalGuardianSet(event: ProposalGuardianSet): void {
  const guardian = event.params.newProposalGuardian
  const rail = railOfSource()
  rail.guardian = guardian == Address.zero() ? null : guardian
  rail.save()
}
