import { BigInt, Bytes } from '@graphprotocol/graph-ts'
import { Ballot, Decision, DecisionRule, OpenDecisions } from '../generated/schema'

export const ballotId = (decisionId: Bytes, seatId: i32): Bytes => decisionId.concatI32(seatId)

/** Adds a ballot to what counts, or takes it out. */
export function count(decision: Decision, choice: string, by: i32): void {
  if (choice == 'YES') decision.yes += by
  else if (choice == 'NO') decision.no += by
  else if (choice == 'ABSTAIN') decision.abstain += by
  else if (choice == 'VETO') decision.veto += by
  else decision.recused += by
}

/** The times of a decision that follow from its ballots, as the module has them. */
export function setTimes(decision: Decision): void {
  const rule = DecisionRule.load(decision.rule)!
  const dissents = BigInt.fromI32(decision.no + decision.veto)
  const longer = rule.dissentSeconds.times(dissents)
  decision.dissentSeconds = longer.gt(rule.mostDissentSeconds) ? rule.mostDissentSeconds : longer
  if (decision.yes < rule.yes) decision.quorumAt = null
  const quorumAt = decision.quorumAt
  if (quorumAt === null) {
    decision.readyAt = null
    decision.expiresAt = decision.openedAt.plus(rule.voteSeconds)
  } else {
    const readyAt = quorumAt.plus(rule.delaySeconds).plus(decision.dissentSeconds)
    decision.readyAt = readyAt
    decision.expiresAt = readyAt.plus(rule.graceSeconds)
  }
}

export function openDecisions(): OpenDecisions {
  const known = OpenDecisions.load('nvm')
  if (known != null) return known
  const fresh = new OpenDecisions('nvm')
  fresh.decisions = []
  return fresh
}

/** A seat changed hands: its ballots in decisions that are open count no more, and those that have expired are forgotten. */
export function voidBallots(seatId: i32, now: BigInt): void {
  const open = openDecisions()
  const left: Bytes[] = []
  for (let i = 0; i < open.decisions.length; i++) {
    const decision = Decision.load(open.decisions[i])!
    if (decision.status != 'OPEN' || decision.expiresAt.le(now)) continue
    left.push(decision.id)
    const ballot = Ballot.load(ballotId(decision.id, seatId))
    if (ballot == null || !ballot.counts) continue
    ballot.counts = false
    ballot.save()
    count(decision, ballot.choice, -1)
    setTimes(decision)
    decision.save()
  }
  open.decisions = left
  open.save()
}
