import { BigInt, Bytes, ethereum } from '@graphprotocol/graph-ts'
import {
  ArbitersPaid,
  CaseAdvanced,
  CaseAnswered,
  CaseAppealed,
  CaseClaim,
  CaseClosed,
  CaseFixed,
  CaseOpened,
  CaseSettled,
  CaseTakenOver,
  ExhibitFiled,
  ExhibitStruck,
  PanelRuled,
} from '../generated/GrievanceRail/GrievanceRail'
import {
  Arbiter,
  GrievanceCase,
  GrievanceExhibit,
  GrievanceMove,
  GrievancePanel,
  GrievanceSettlement,
  GrievanceTerms,
} from '../generated/schema'
import { accountOfCase, nameAccount } from './grievance-accounts'
import { grievanceTotals, statisticsOf } from './grievance-totals'
import { ZERO, logId } from './protocol'
import { Held, remedies } from './rulings'
import { unsigned } from './words'

// In the order of the contract's enums; 0 of an outcome or a state is none
const STATES = ['', 'ANSWERING', 'MEDIATING', 'DRAWING', 'HEARING', 'APPEALABLE', 'CLOSED']
const OUTCOMES = ['', 'WITHDRAWN', 'SETTLED', 'DISMISSED', 'UPHELD', 'UNHEARD']
const SUBJECTS = ['', 'COMPONENT', 'FEED', 'POLICY', 'AEP']

function caseOf(caseId: BigInt): GrievanceCase {
  return GrievanceCase.load(caseId.toString())!
}

function recordMove(event: ethereum.Event, about: GrievanceCase): void {
  const move = new GrievanceMove(logId(event))
  move.case_ = about.id
  move.state = about.state
  move.instance = about.instance
  move.deadline = about.deadline
  move.movedAt = event.block.timestamp
  move.tx = event.transaction.hash
  move.save()
}

/** A policy's number is shown in decimal; the ids of the others are the 32 bytes. */
function setSubject(about: GrievanceCase, kind: string, subjectId: Bytes): void {
  about.subjectKind = kind
  about.subjectId = subjectId
  if (kind == 'COMPONENT') about.component = subjectId
  if (kind == 'FEED') about.feed = subjectId
  if (kind == 'AEP') about.aep = subjectId
  if (kind == 'POLICY') about.policy = unsigned(subjectId, 0, subjectId.length).toString()
}

/** The first of three events that open a case: what they say is whole with `handleCaseFixed`. */
export function handleCaseOpened(event: CaseOpened): void {
  const id = event.params.caseId.toString()
  const railId = event.params.railId
  const statistics = statisticsOf(railId)
  statistics.opened += 1
  statistics.save()

  const opened = new GrievanceCase(id)
  opened.complainant = event.params.complainant
  opened.respondent = event.params.respondent
  opened.filer = event.params.filer
  opened.takenOver = false
  opened.rail = statistics.rail
  opened.statistics = statistics.id
  if (event.params.subjectKind != 0) setSubject(opened, SUBJECTS[event.params.subjectKind], event.params.subjectId)
  opened.claimHash = Bytes.empty()
  opened.claimedAssets = ZERO
  opened.requested = []
  opened.terms = ''
  opened.bondAssets = ZERO
  opened.waived = false
  opened.state = STATES[1]
  opened.instance = 1
  opened.drawBlock = ZERO
  opened.defaulted = false
  opened.openedAt = event.block.timestamp
  opened.openedTx = event.transaction.hash
  opened.save()

  nameAccount(accountOfCase('filing', event.params.caseId), 'FILING_BOND', opened.filer, id)
  nameAccount(accountOfCase('forfeits', event.params.caseId), 'FORFEITS', null, id)
  const totals = grievanceTotals()
  totals.caseCount += 1
  totals.openCaseCount += 1
  totals.save()
}

export function handleCaseClaim(event: CaseClaim): void {
  const opened = caseOf(event.params.caseId)
  opened.claimHash = event.params.claimHash
  opened.claimedAssets = event.params.claimedAssets
  opened.requested = remedies(event.params.remedies)
  opened.save()
}

export function handleCaseFixed(event: CaseFixed): void {
  const opened = caseOf(event.params.caseId)
  opened.terms = event.params.termsVersion.toString()
  opened.bondAssets = event.params.bondAssets
  opened.waived = event.params.waived
  opened.drawBlock = event.params.drawBlock
  opened.deadline = event.params.answerBy
  opened.save()
  recordMove(event, opened)
}

export function handleCaseTakenOver(event: CaseTakenOver): void {
  const taken = caseOf(event.params.caseId)
  taken.takenOver = true
  taken.save()
}

export function handleCaseAnswered(event: CaseAnswered): void {
  const answered = caseOf(event.params.caseId)
  answered.answerHash = event.params.answerHash
  answered.answeredAt = event.block.timestamp
  answered.save()
}

export function handleExhibitFiled(event: ExhibitFiled): void {
  const exhibit = new GrievanceExhibit(logId(event))
  exhibit.case_ = event.params.caseId.toString()
  exhibit.by = event.params.by
  exhibit.exhibit = event.params.exhibit
  if (event.params.aep) exhibit.aep = event.params.exhibit
  exhibit.filedAt = event.block.timestamp
  exhibit.tx = event.transaction.hash
  exhibit.save()
}

/** However often, and by whomever, it was cited: a void AEP cannot be cited again. */
export function handleExhibitStruck(event: ExhibitStruck): void {
  const exhibits = caseOf(event.params.caseId).exhibits.load()
  for (let i = 0; i < exhibits.length; i++) {
    const exhibit = exhibits[i]
    const aep = exhibit.aep
    if (aep === null || aep != event.params.aepId) continue
    exhibit.struckAt = event.block.timestamp
    exhibit.struckTx = event.transaction.hash
    exhibit.save()
  }
}

export function handleCaseAdvanced(event: CaseAdvanced): void {
  const moved = caseOf(event.params.caseId)
  const state = STATES[event.params.state]
  const instance = event.params.instance
  if (state == 'DRAWING' && instance == 1 && moved.answeredAt === null) {
    moved.defaulted = true
    const statistics = statisticsOf(BigInt.fromString(moved.statistics))
    statistics.defaulted += 1
    statistics.save()
  }
  if (state == 'DRAWING' && instance == 2)
    moved.drawBlock = event.block.number.plus(GrievanceTerms.load(moved.terms)!.appealDrawBlocks)
  moved.state = state
  moved.instance = instance
  moved.deadline = event.params.deadline
  moved.save()
  recordMove(event, moved)
}

export function handlePanelRuled(event: PanelRuled): void {
  const held = new Held(event.params.ruling)
  const ruled = caseOf(event.params.caseId)
  ruled.upheld = held.upheld
  ruled.quarters = held.quarters
  ruled.granted = held.granted
  ruled.save()
  const panel = GrievancePanel.load(`${ruled.id}-${event.params.instance}`)!
  panel.upheld = held.upheld
  panel.quarters = held.quarters
  panel.granted = held.granted
  panel.ruledAt = event.block.timestamp
  panel.save()
}

export function handleCaseAppealed(event: CaseAppealed): void {
  const appealed = caseOf(event.params.caseId)
  appealed.appellant = event.params.appellant
  appealed.appealBondAssets = event.params.bondAssets
  appealed.appealedAt = event.block.timestamp
  appealed.save()
  nameAccount(accountOfCase('appeal', event.params.caseId), 'APPEAL_BOND', event.params.appellant, appealed.id)
  const statistics = statisticsOf(BigInt.fromString(appealed.statistics))
  statistics.appealed += 1
  statistics.save()
}

export function handleCaseSettled(event: CaseSettled): void {
  const settled = caseOf(event.params.caseId)
  const settlement = new GrievanceSettlement(settled.id)
  settlement.case_ = settled.id
  settlement.assets = event.params.assets
  settlement.apology = event.params.apology
  settlement.textHash = event.params.textHash
  settlement.settledAt = event.block.timestamp
  settlement.tx = event.transaction.hash
  settlement.save()
  settled.settlement = settlement.id
  settled.save()
}

export function handleArbitersPaid(event: ArbitersPaid): void {
  const panels = caseOf(event.params.caseId).panels.load()
  for (let i = 0; i < panels.length; i++) {
    const seats = panels[i].seats.load()
    for (let j = 0; j < seats.length; j++) {
      const seat = seats[j]
      if (seat.state != 'REVEALED') continue
      seat.rewardAssets = event.params.assetsEach
      seat.save()
      const arbiter = Arbiter.load(seat.arbiter)!
      arbiter.rewardAssets = arbiter.rewardAssets.plus(event.params.assetsEach)
      arbiter.rewardedCount += 1
      arbiter.save()
    }
  }
}

export function handleCaseClosed(event: CaseClosed): void {
  const closed = caseOf(event.params.caseId)
  const outcome = OUTCOMES[event.params.outcome]
  closed.state = 'CLOSED'
  closed.deadline = null
  closed.outcome = outcome
  closed.paidAssets = event.params.paidAssets
  closed.dueAssets = event.params.dueAssets
  closed.closedAt = event.block.timestamp
  closed.closedTx = event.transaction.hash
  closed.save()
  recordMove(event, closed)

  const statistics = statisticsOf(event.params.railId)
  if (outcome == 'WITHDRAWN') statistics.withdrawn += 1
  else if (outcome == 'SETTLED') statistics.settled += 1
  else if (outcome == 'DISMISSED') statistics.dismissed += 1
  else if (outcome == 'UPHELD') statistics.upheld += 1
  else statistics.unheard += 1
  statistics.paidAssets = statistics.paidAssets.plus(event.params.paidAssets)
  statistics.openSeconds = statistics.openSeconds.plus(event.block.timestamp.minus(closed.openedAt))
  statistics.save()
  const totals = grievanceTotals()
  totals.openCaseCount -= 1
  totals.save()
}
