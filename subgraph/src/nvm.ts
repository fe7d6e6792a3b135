import { Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  BallotCast,
  DecisionExecuted,
  DecisionKilled,
  DecisionOpened,
  EmergencyPaused,
  NexusValidationModule,
  QuorumReached,
} from '../generated/NexusValidationModule/NexusValidationModule'
import { Ballot, Decision, DecisionCall, DecisionRule, EmergencyPause, Seat } from '../generated/schema'
import { CLASSES } from './classes'
import { ZERO, logId, protocol } from './protocol'
import { ballotId, count, openDecisions, setTimes } from './tally'
import { selectorOf } from './words'

export { handleSeatGranted, handleSeatRenewed, handleSeatVacated } from './seats'

// In the order of the contract's enum
const CHOICES = ['YES', 'NO', 'ABSTAIN', 'VETO', 'RECUSE']

/** A constant of the module: asked once for each class. */
function rule(actionClass: i32, event: ethereum.Event): DecisionRule {
  const id = CLASSES[actionClass]
  const known = DecisionRule.load(id)
  if (known != null) return known
  const asks = NexusValidationModule.bind(event.address).ruleOf(actionClass)
  const fresh = new DecisionRule(id)
  fresh.actionClass = id
  fresh.yes = asks.yes
  fresh.vetoes = asks.vetoes
  fresh.voteSeconds = asks.voteSeconds
  fresh.delaySeconds = asks.delaySeconds
  fresh.dissentSeconds = asks.dissentSeconds
  fresh.mostDissentSeconds = asks.mostDissentSeconds
  fresh.graceSeconds = asks.graceSeconds
  fresh.save()
  return fresh
}

export function handleDecisionOpened(event: DecisionOpened): void {
  const proposal = event.params.proposal
  const id = event.params.id
  const asks = rule(event.params.actionClass, event)
  const calls = proposal.calls
  const decision = new Decision(id)
  decision.actionClass = asks.actionClass
  decision.rule = asks.id
  decision.status = 'OPEN'
  decision.openedBy = event.params.seatEpoch.toString()
  decision.nonce = proposal.nonce
  decision.contextHash = event.params.contextHash
  decision.rationaleHash = proposal.rationaleHash
  decision.rationaleURI = proposal.rationaleURI
  decision.citedAepIds = proposal.citedAeps
  decision.callCount = calls.length
  decision.yes = 0
  decision.no = 0
  decision.abstain = 0
  decision.veto = 0
  decision.recused = 0
  decision.dissentSeconds = ZERO
  decision.openedAt = event.block.timestamp
  decision.openedTx = event.transaction.hash
  setTimes(decision)
  decision.save()

  for (let i = 0; i < calls.length; i++) {
    const call = new DecisionCall(id.concatI32(i))
    call.decision = id
    call.index = i
    call.to = calls[i].to
    call.value = calls[i].value
    call.selector = selectorOf(calls[i].data)
    call.data = calls[i].data
    call.save()
  }

  const open = openDecisions()
  const decisions = open.decisions
  decisions.push(id)
  open.decisions = decisions
  open.save()
  const totals = protocol()
  totals.decisionCount += 1
  totals.save()
}

/** A dissent has an event of its own beside this one, which says no more. */
export function handleBallotCast(event: BallotCast): void {
  const choice = CHOICES[event.params.choice]
  const ballot = new Ballot(ballotId(event.params.id, event.params.seatId))
  ballot.decision = event.params.id
  ballot.term = Seat.load(event.params.seatId.toString())!.term!
  ballot.choice = choice
  ballot.rationaleHash = event.params.rationaleHash
  ballot.dissent = choice == 'NO' || choice == 'VETO'
  ballot.counts = true
  ballot.castAt = event.block.timestamp
  ballot.castTx = event.transaction.hash
  ballot.save()

  const decision = Decision.load(event.params.id)!
  count(decision, choice, 1)
  setTimes(decision)
  decision.save()
}

/** After the ballots that made it. */
export function handleQuorumReached(event: QuorumReached): void {
  const decision = Decision.load(event.params.id)!
  decision.quorumAt = event.params.quorumAt
  setTimes(decision)
  decision.save()
}

function close(id: Bytes, status: string, event: ethereum.Event): void {
  const decision = Decision.load(id)!
  decision.status = status
  decision.closedAt = event.block.timestamp
  decision.closedTx = event.transaction.hash
  decision.save()
  const open = openDecisions()
  const left: Bytes[] = []
  for (let i = 0; i < open.decisions.length; i++) if (open.decisions[i] != id) left.push(open.decisions[i])
  open.decisions = left
  open.save()
}

export function handleDecisionKilled(event: DecisionKilled): void {
  close(event.params.id, 'KILLED', event)
}

/** Before its calls, which may change seats: what counted then is what counted. */
export function handleDecisionExecuted(event: DecisionExecuted): void {
  close(event.params.id, 'EXECUTED', event)
}

export function handleEmergencyPaused(event: EmergencyPaused): void {
  const pause = new EmergencyPause(logId(event))
  pause.decision = event.params.id
  pause.target = event.params.target
  pause.pausedAt = event.block.timestamp
  pause.until = event.params.until
  pause.nextAt = event.params.nextAt
  pause.tx = event.transaction.hash
  pause.save()
}
