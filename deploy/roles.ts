import { ADMIT, AMEND, DRAW, GRANT, OPEN_RAIL, OPEN_ROUND, PLEDGE, SET_TERMS, STREAM } from './signatures.ts'

/**
 * Every power in the suite: who may call what, through one AccessManager, and what that can never do. What is not listed
 * here and not open to everyone is the manager's ADMIN role alone.
 */
export interface Role {
  id: bigint
  name: string
  may: string
  mayNever: string
  /** The contract of the suite that holds it from the start, and nobody else. Without one, whoever a deployment names holds it first. */
  heldBy?: 'ComponentRegistry' | 'GrievanceRail' | 'GrievanceOrders'
  /** Contracts of the suite that hold it beside whoever else does, from the start and for good. */
  alsoHeldBy?: readonly ('GrievanceOrders' | 'ArbiterRegister' | 'RespondentBonds')[]
  /** Who holds it once the powers are handed over; the NVM, where nothing is said. */
  handedTo?: 'DisputeBond'
  /** Functions by the contract of the suite that has them; `RiskPool` means every pool. */
  functions: Partial<Record<RestrictedContract, readonly string[]>>
}

export type RestrictedContract =
  | 'EvidenceRegistry'
  | 'TermsStore'
  | 'PolicyBook'
  | 'RiskPool'
  | 'NipRegistry'
  | 'ComponentRegistry'
  | 'CharterRegistry'
  | 'RailFactory'
  | 'RailBook'
  | 'CompetenceCredentials'
  | 'CommonsFund'
  | 'GrievanceDesk'
  | 'GrievanceLedger'
  | 'GrievancePanels'
  | 'GrievanceOrders'
  | 'ArbiterRegister'
  | 'RespondentBonds'
  | 'RoundFactory'

export const roles = [
  {
    id: 1n,
    name: 'COMMITTEE',
    may: 'announce the next set of operators, at least a challenge window ahead',
    mayNever: 'change the present set, sign evidence, shorten a window, go below a Byzantine quorum',
    functions: { EvidenceRegistry: ['announceConfiguration(address[],bytes32[],uint8,uint40)'] },
  },
  {
    id: 2n,
    name: 'DISPUTER',
    may: 'open the one dispute an anchor may have, before it is final',
    mayNever: 'void an anchor, dispute a final one, dispute one twice',
    handedTo: 'DisputeBond',
    functions: { EvidenceRegistry: ['dispute(bytes32,bytes32)'] },
  },
  {
    id: 3n,
    name: 'ADJUDICATOR',
    may: 'uphold or void a disputed anchor within 14 days',
    mayNever: 'touch an undisputed or final anchor, change a value, move money',
    functions: { EvidenceRegistry: ['rule(bytes32,bool,bytes32)'] },
  },
  {
    id: 4n,
    name: 'GUARDIAN',
    may: 'pause anchoring or policies for at most 72 hours, not again within 7 days',
    mayNever: 'pause disputes or rulings, cost anyone a deadline, move money, extend a pause',
    functions: { EvidenceRegistry: ['pause(uint40)'], PolicyBook: ['pause(uint40)'] },
  },
  {
    id: 5n,
    name: 'UNDERWRITING',
    may: 'say whose signed quotes a pool honours',
    mayNever: 'touch bound policies, capital, premiums or exits',
    functions: { RiskPool: ['setUnderwriter(address,bool)'] },
  },
  {
    id: 6n,
    name: 'LISTING',
    may: 'list a pool, so that its underwriters can write policies',
    mayNever: 'delist one, or touch its capital',
    functions: { PolicyBook: ['listPool(address)'] },
  },
  {
    id: 7n,
    name: 'EXTENDING',
    may: 'extend a pause that runs, once, by at most 72 hours',
    mayNever: 'begin a pause, extend one twice or after its end, pause disputes or rulings',
    functions: {
      EvidenceRegistry: ['extendPause(uint40,bytes32)'],
      PolicyBook: ['extendPause(uint40,bytes32)'],
    },
  },
  {
    id: 21n,
    name: 'CAPPING',
    may: 'say what level new reports of a feed may have at most: what the standing of its model allows',
    mayNever:
      'change what is anchored, its level, its dispute or when it is final; stop reports of level 1; act unless the registry does',
    heldBy: 'ComponentRegistry',
    functions: { EvidenceRegistry: ['capFeed(bytes32,uint8)'] },
  },
  {
    id: 22n,
    name: 'TEMPLATES',
    may: 'withdraw a template, or let it be bound again, as its standing says',
    mayNever:
      'touch a bound policy, change what is published, withdraw terms of another template; act unless the registry does',
    heldBy: 'ComponentRegistry',
    functions: { TermsStore: ['withdrawTemplate(bytes32,bytes32,bool)'] },
  },
  {
    id: 23n,
    name: 'CERTIFYING',
    may: 'give a component its levels and an expiry, at most two years ahead',
    mayNever: 'certify its own, one under a case, or content that another component holds; suspend, delist',
    functions: { ComponentRegistry: ['certify(bytes32,uint8,uint8,uint40,bytes32)'] },
  },
  {
    id: 24n,
    name: 'SUPERVISION',
    may: 'open a case, suspend for 90 days, confirm an urgent suspension, dismiss, delist',
    mayNever: 'suspend or delist before the answer or the 14 days for it, suspend for ever, certify',
    alsoHeldBy: ['GrievanceOrders'],
    functions: {
      ComponentRegistry: [
        'openCase(bytes32,bytes32)',
        'suspend(bytes32,bytes32)',
        'confirm(bytes32,bytes32)',
        'dismiss(bytes32,bytes32)',
        'delist(bytes32,bytes32)',
      ],
    },
  },
  {
    id: 25n,
    name: 'ALARM',
    may: 'suspend a component at once, for 7 days',
    mayNever: 'do so again within 30 days after, make it last, delist',
    functions: { ComponentRegistry: ['suspendUrgently(bytes32,bytes32)'] },
  },
  {
    id: 26n,
    name: 'NIP_OUTCOME',
    may: 'record what the vote on a proposal decided',
    mayNever:
      'do so while in office as its editor or maintainer, before the vote was three days old, or for another text',
    functions: { NipRegistry: ['recordOutcome(uint256,bytes32,bool,bytes32)'] },
  },
  {
    id: 27n,
    name: 'NIP_OFFICES',
    may: 'give terms of at most a year to editors and maintainers, and end them',
    mayNever: 'renew one within 90 days after it, move a proposal, decide one',
    functions: {
      NipRegistry: [
        'grantEditor(address,uint40,bytes32)',
        'endEditor(address,bytes32)',
        'grantMaintainer(bytes32,address,uint40,bytes32)',
        'endMaintainer(bytes32,address,bytes32)',
      ],
    },
  },
  {
    id: 28n,
    name: 'CHARTERING',
    may: 'open a charter, and say who keeps it',
    mayNever: 'word a clause',
    functions: { CharterRegistry: ['open(string,address)', 'changeKeeper(bytes32,address,bytes32)'] },
  },
  {
    id: 29n,
    name: 'CHARTER_KEEPING',
    may: 'amend the charter whose keeper it is',
    mayNever: 'amend another one, change what a charter said before, move anything on chain by what it says',
    functions: {
      CharterRegistry: [AMEND],
    },
  },
  {
    id: 31n,
    name: 'RAIL_OPENING',
    may: 'open a rail',
    mayNever: 'touch one that is open',
    functions: { RailFactory: [OPEN_RAIL] },
  },
  {
    id: 32n,
    name: 'CONSENTING',
    may: 'agree to one waiting operation of a rail, or take that back before it is executed',
    mayNever: 'make, change or execute an operation of a rail, or stop what the rail may decide alone',
    functions: { RailBook: ['consent(address,bytes32,bytes32)', 'withdrawConsent(address,bytes32,bytes32)'] },
  },
  {
    id: 33n,
    name: 'COMPETENCE',
    may: 'say who may issue credentials of a field, and revoke one from now on',
    mayNever: 'issue one, change what one said of the past',
    functions: { CompetenceCredentials: ['setIssuer(address,bytes32,bool)', 'revokeFor(uint256,bytes32)'] },
  },
  {
    id: 41n,
    name: 'FUNDING_ROUNDS',
    may: 'open a round of quadratic funding, with all its terms',
    mayNever: 'touch one that is open, accept a project, move money',
    functions: { RoundFactory: [OPEN_ROUND] },
  },
  {
    id: 42n,
    name: 'FUNDING_COMPLIANCE',
    may: 'hold the payouts of a project for at most 180 days, once, and end that',
    mayNever: 'send them elsewhere, keep them, hold a project twice, touch a contribution or a match',
    functions: {
      RoundFactory: ['holdPayouts(address,uint32,uint40,bytes32)', 'endHold(address,uint32,bytes32)'],
    },
  },
  {
    id: 43n,
    name: 'FUNDING_CANCELLING',
    may: 'cancel a round before its result stands, so that everybody gets back what they gave',
    mayNever: 'cancel once payouts can begin, send anything but back to where it came from',
    functions: { RoundFactory: ['cancelRound(address,bytes32)'] },
  },
  {
    id: 51n,
    name: 'GRANTING',
    may: 'award from the commons: grants, streams, what is pledged for a milestone; each decision names its own',
    mayNever:
      'award more than is free above the floor, or than the limit of any 30 days; award one part of a decision twice; touch an award that is made; pay anybody else',
    functions: {
      CommonsFund: [GRANT, STREAM, PLEDGE],
    },
  },
  {
    id: 52n,
    name: 'COMPENSATING',
    may: 'award compensation from the commons for a case, the floor included',
    mayNever:
      'award what is already awarded, or more than its own limit of any 30 days; award grants; take an award back',
    heldBy: 'GrievanceOrders',
    functions: { CommonsFund: ['awardCompensation(address,address,uint256,bytes32)'] },
  },
  {
    id: 53n,
    name: 'BUDGETING',
    may: 'announce limits and floor of the commons in an asset, two weeks ahead',
    mayNever: 'change one at once, touch what is awarded, move money, change what share of an income stays',
    functions: { CommonsFund: ['announce(address,uint8,uint104,bytes32)'] },
  },
  {
    id: 54n,
    name: 'REVOKING',
    may: 'take back what of a stream has not vested yet',
    mayNever: 'take back what has vested, a grant, a pledge or compensation; award',
    functions: { CommonsFund: ['revoke(bytes32,bytes32)'] },
  },
  {
    id: 61n,
    name: 'GRIEVANCE_TERMS',
    may: 'set the times, bonds and panels of cases that are opened later, and the bond of arbiters who join later, within fixed bounds',
    mayNever: 'touch an open case or its rules, decide one, choose or dismiss an arbiter, move money',
    functions: {
      GrievanceDesk: [SET_TERMS],
      ArbiterRegister: ['setBond(uint96)'],
    },
  },
  {
    id: 62n,
    name: 'GRIEVANCE_CASES',
    may: 'do what the state of a case says: admit it, draw its panel, slash who lost or stayed away, issue its orders',
    mayNever:
      'rule, choose who is drawn, slash beyond a ruling, a penalty and the pay of the arbiters; act unless a case does',
    heldBy: 'GrievanceRail',
    functions: {
      GrievanceDesk: [ADMIT, 'endWaiver(address)'],
      GrievancePanels: [DRAW],
      GrievanceOrders: ['issue(uint256,address,address,bytes32,uint96,uint8)'],
      RespondentBonds: ['slash(address,bytes32,uint256)'],
      ArbiterRegister: ['penalise(address,uint256,bytes32)'],
    },
  },
  {
    id: 63n,
    name: 'GRIEVANCE_LEDGER',
    may: 'take what a payer approved into an account of the ledger, and move between accounts',
    mayNever: 'send tokens to anyone: they leave only to whom an account belongs, and to the commons',
    heldBy: 'GrievanceRail',
    alsoHeldBy: ['ArbiterRegister', 'RespondentBonds'],
    functions: { GrievanceLedger: ['collect(bytes32,address,uint256)', 'move(bytes32,bytes32,uint256)'] },
  },
] as const satisfies readonly Role[]

export type RoleName = (typeof roles)[number]['name']
