import { toHex } from '@nexus/kit/canonical'
import { address, type Case, deployment, hash } from './cases.ts'

/**
 * Of cases. The test runner knows no structs, so there are no terms here (TermsSet carries one), and of what needs them only what
 * happens before a second panel: the comparison with a chain has the rest.
 */
type Event = Case['blocks'][number]['events'][number]

const { rail, panels, orders, ledger, register, respondents } = deployment.grievance
const at =
  (contract: string) =>
  (event: string, params: Event['params']): Event => ({ address: contract, event, params })
const [onRail, onPanels, onOrders, onLedger] = [rail, panels, orders, ledger].map(at) as [
  ...[ReturnType<typeof at>, ReturnType<typeof at>, ReturnType<typeof at>, ReturnType<typeof at>],
]
const [onRegister, onBonds] = [at(register), at(respondents)]
const [ana, firm, arbiter] = [0xa1, 0xa2, 0xa3].map(address) as [string, string, string]
const person = (of: string) => `0x${of.slice(2).padStart(64, '0')}`
const MOST = (2n ** 96n - 1n).toString()

const opened = (caseId: string, { kind = 0, subject = hash(0), rail: railId = '0', remedies = 0 } = {}): Event[] => [
  onRail(
    'CaseOpened(uint256 indexed caseId, address indexed complainant, address indexed respondent, address filer, uint64 railId, uint8 subjectKind, bytes32 subjectId)',
    { caseId, complainant: ana, respondent: firm, filer: ana, railId, subjectKind: kind, subjectId: subject },
  ),
  onRail('CaseClaim(uint256 indexed caseId, bytes32 claimHash, uint96 claimedAssets, uint8 remedies)', {
    ...{ caseId, claimHash: hash(1), claimedAssets: MOST, remedies },
  }),
  onRail(
    'CaseFixed(uint256 indexed caseId, uint32 termsVersion, uint96 bondAssets, bool waived, uint64 drawBlock, uint40 answerBy)',
    { caseId, termsVersion: 1, bondAssets: 10, waived: false, drawBlock: (2n ** 64n - 1n).toString(), answerBy: 5000 },
  ),
]
const advanced = (caseId: string, state: number, deadline = 9000) =>
  onRail('CaseAdvanced(uint256 indexed caseId, uint8 state, uint8 instance, uint40 deadline)', {
    ...{ caseId, state, instance: 1, deadline },
  })
const closed = (caseId: string, outcome: number, ruling = 0, paidAssets = 0) =>
  onRail(
    'CaseClosed(uint256 indexed caseId, uint64 indexed railId, uint8 outcome, uint8 ruling, uint256 paidAssets, uint256 dueAssets)',
    { caseId, railId: 0, outcome, ruling, paidAssets, dueAssets: 3 },
  )
const drawn = (caseId: string) =>
  onPanels(
    'PanelDrawn(uint256 indexed caseId, uint8 instance, uint64 drawBlock, bytes32 blockHash, address[] arbiters, uint40 commitBy, uint40 revealBy)',
    { caseId, instance: 1, drawBlock: 7, blockHash: hash(8), arbiters: [arbiter], commitBy: 7000, revealBy: 8000 },
  )
const joined = onRegister('ArbiterJoined(address indexed arbiter, uint96 bondAssets, uint40 listableAt)', {
  ...{ arbiter, bondAssets: 500, listableAt: 1700 },
})
const big = (2n ** 256n - 1n).toString()

const subjects: Case = {
  name: 'what a case is about is read whole, a policy’s number included',
  blocks: [
    {
      timestamp: 1000,
      events: [
        ...opened('1', { kind: 3, subject: toHex(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x80 : i))) }),
        ...opened('2', { kind: 1, subject: hash(2), rail: (2n ** 64n - 1n).toString(), remedies: 11 }),
        ...opened(big, { remedies: 4 }),
      ],
    },
  ],
  assertions: [
    {
      query: '{grievanceCases(orderBy:id){id subjectKind subjectId requested claimedAssets drawBlock statistics{id}}}',
      expected: {
        grievanceCases: [
          {
            ...{ id: '1', subjectKind: 'POLICY', requested: [], claimedAssets: MOST },
            subjectId: toHex(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x80 : i))),
            ...{ drawBlock: (2n ** 64n - 1n).toString(), statistics: { id: '0' } },
          },
          {
            ...{ id: big, subjectKind: null, subjectId: null, requested: ['CORRECTION'], claimedAssets: MOST },
            ...{ drawBlock: (2n ** 64n - 1n).toString(), statistics: { id: '0' } },
          },
          {
            ...{ id: '2', subjectKind: 'COMPONENT', subjectId: hash(2), claimedAssets: MOST },
            requested: ['SUSPENSION', 'DELISTING', 'APOLOGY'],
            ...{ drawBlock: (2n ** 64n - 1n).toString(), statistics: { id: (2n ** 64n - 1n).toString() } },
          },
        ].sort((a, b) => (a.id < b.id ? -1 : 1)),
      },
    },
  ],
}

const paid: Case = {
  name: 'who revealed is paid, and who comes back after a release keeps the sums',
  blocks: [
    { timestamp: 1000, events: [joined, ...opened('1'), advanced('1', 3), drawn('1'), advanced('1', 4)] },
    {
      timestamp: 2000,
      events: [
        onPanels(
          'RulingCommitted(uint256 indexed caseId, uint8 instance, address indexed arbiter, bytes32 commitment)',
          {
            ...{ caseId: 1, instance: 1, arbiter, commitment: hash(9) },
          },
        ),
        onPanels(
          'RulingRevealed(uint256 indexed caseId, uint8 instance, address indexed arbiter, uint8 ruling, bytes32 reasonsHash)',
          { caseId: 1, instance: 1, arbiter, ruling: 0xb7, reasonsHash: hash(10) },
        ),
        onRail('PanelRuled(uint256 indexed caseId, uint8 instance, uint8 ruling, uint8 revealed)', {
          ...{ caseId: 1, instance: 1, ruling: 0xb7, revealed: 1 },
        }),
        onRegister('ArbiterPenalised(address indexed arbiter, uint256 assets, uint256 bondLeft)', {
          ...{ arbiter, assets: 5, bondLeft: 495 },
        }),
        onRail('ArbitersPaid(uint256 indexed caseId, uint8 arbiters, uint256 assetsEach)', {
          ...{ caseId: 1, arbiters: 1, assetsEach: 50 },
        }),
        closed('1', 4, 0xb7, 11),
        onRegister('ArbiterLeft(address indexed arbiter, uint40 releasableAt, bool dropped)', {
          ...{ arbiter, releasableAt: 2500, dropped: true },
        }),
        onRegister('ArbiterReleased(address indexed arbiter, uint256 assets)', { arbiter, assets: 495 }),
      ],
    },
    { timestamp: 3000, events: [joined] },
  ],
  assertions: [
    {
      query:
        '{arbiters{status joinedAt leftAt releasableAt dropped releasedAt rewardAssets rewardedCount penaltyAssets seats{state upheld quarters granted rewardAssets panel{id ruledAt committed revealed}}}}',
      expected: {
        arbiters: [
          {
            ...{ status: 'JOINED', joinedAt: '3000', leftAt: null, releasableAt: null, dropped: null },
            ...{ releasedAt: null, rewardAssets: '50', rewardedCount: 1, penaltyAssets: '5' },
            seats: [
              {
                ...{ state: 'REVEALED', upheld: true, quarters: 3, granted: ['SUSPENSION', 'DELISTING', 'APOLOGY'] },
                ...{ rewardAssets: '50', panel: { id: '1-1', ruledAt: '2000', committed: 0, revealed: 1 } },
              },
            ],
          },
        ],
      },
    },
    {
      query:
        '{grievanceStatistics_collection{id opened upheld defaulted paidAssets openSeconds} grievanceCases{state deadline defaulted outcome}}',
      expected: {
        grievanceStatistics_collection: [
          { id: '0', opened: 1, upheld: 1, defaulted: 1, paidAssets: '11', openSeconds: '1000' },
        ],
        grievanceCases: [{ state: 'CLOSED', deadline: null, defaulted: true, outcome: 'UPHELD' }],
      },
    },
  ],
}

const bonds: Case = {
  name: 'a respondent’s bond goes back after its notice, and what was slashed stays counted',
  blocks: [
    {
      timestamp: 1000,
      events: [
        ...[70, 30].map((assets, i) =>
          onBonds(
            'RespondentBonded(address indexed respondent, address indexed payer, uint256 assets, uint256 bondAssets)',
            {
              ...{ respondent: firm, payer: ana, assets, bondAssets: i === 0 ? 70 : 100 },
            },
          ),
        ),
        onBonds('BondSlashed(address indexed respondent, bytes32 indexed account, uint256 assets)', {
          ...{ respondent: firm, account: person(ana), assets: 40 },
        }),
        onBonds('BondNoticeGiven(address indexed respondent, uint40 releasableAt)', {
          ...{ respondent: firm, releasableAt: 5000 },
        }),
        onBonds('BondReleased(address indexed respondent, uint256 assets)', { respondent: firm, assets: 60 }),
      ],
    },
  ],
  assertions: [
    {
      query: '{respondentBonds{bondAssets releasableAt addedAssets releasedAssets slashedAssets account{kind owner}}}',
      expected: {
        respondentBonds: [
          {
            ...{ bondAssets: '0', releasableAt: null, addedAssets: '100', releasedAssets: '60', slashedAssets: '40' },
            account: { kind: 'RESPONDENT_BOND', owner: firm },
          },
        ],
      },
    },
  ],
}

const hostile: Case = {
  name: 'an apology’s address is anybody’s text, and a line of the ledger is a person’s only by its number',
  blocks: [
    {
      timestamp: 1000,
      events: [
        ...opened('1'),
        onOrders(
          'OrderIssued(uint256 indexed caseId, uint8 indexed kind, bytes32 indexed subject, uint256 assets, uint40 until)',
          { caseId: 1, kind: 3, subject: person(firm), assets: 0, until: 9000 },
        ),
        onOrders('Apologised(uint256 indexed caseId, address indexed respondent, bytes32 textHash, string uri)', {
          ...{ caseId: 1, respondent: firm, textHash: hash(4), uri: 'a\u0000b' },
        }),
        onOrders('OrderDone(uint256 indexed caseId, uint8 indexed kind)', { caseId: 1, kind: 3 }),
        onLedger('Collected(bytes32 indexed account, address indexed payer, uint256 assets)', {
          ...{ account: person(ana), payer: firm, assets: 9 },
        }),
        onLedger('Withdrawn(address indexed owner, uint256 assets)', { owner: ana, assets: 4 }),
      ],
    },
  ],
  assertions: [
    {
      query:
        '{grievanceOrders{id state uri endedAt} grievanceAccounts(where:{kind:PERSON}){id owner assets} grievanceTotals(id:"grievances"){heldAssets caseCount openCaseCount}}',
      expected: {
        grievanceOrders: [{ id: '1-APOLOGY', state: 'DONE', uri: 'ab', endedAt: '1000' }],
        grievanceAccounts: [{ id: person(ana), owner: ana, assets: '5' }],
        grievanceTotals: { heldAssets: '5', caseCount: 1, openCaseCount: 1 },
      },
    },
  ],
}

export const grievanceCases: Case[] = [subjects, paid, bonds, hostile]
