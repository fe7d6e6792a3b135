import type { Hex } from '@nexus/kit/canonical'
import { concat, numberToHex } from 'viem'
import { address, type Case, deployment, hash } from './cases.ts'

/**
 * Of who decides. The test runner knows no structs, so events that carry one (DecisionOpened, NipSubmitted, ComponentProposed,
 * ClauseSet) are not here: the comparison with a chain has them.
 */
type Event = Case['blocks'][number]['events'][number]

const { book, factory } = deployment.rails
const { nvm, nvmGuard, constitution } = deployment.governance
const [governor, timelock, membership, treasury] = [0xa1, 0xa2, 0xa3, 0xa4].map(address) as [Hex, Hex, Hex, Hex]
const stranger = address(0xbad)
const low = (hex: string) => hex.toLowerCase()

const opened: Event = {
  address: factory,
  event:
    'RailOpened(uint256 indexed railId, address indexed governor, address indexed timelock, address membership, address treasury, address votes, bytes32 charterHash, bytes32[] packs, string name, string metadataURI)',
  params: {
    ...{ railId: 7, governor, timelock, membership, treasury, votes: membership, charterHash: hash(1), packs: [] },
    ...{ name: 'A rail', metadataURI: 'ipfs://rail' },
  },
}
const bookEvent = (event: string, params: Event['params']): Event => ({ address: book, event, params })
const page = (of: Hex, leastLevel: number) =>
  bookEvent('PageOpened(address indexed timelock, bytes32 charterHash, uint8 leastLevel, uint128 voteUnit)', {
    ...{ timelock: of, charterHash: hash(leastLevel), leastLevel, voteUnit: (2n ** 128n - 1n).toString() },
  })
const fee = (of: Hex, bps: number) =>
  bookEvent('FeeSet(address indexed timelock, bytes32 indexed kind, uint16 bps)', { timelock: of, kind: hash(3), bps })

const strangersPages: Case = {
  name: 'a page of somebody who is no rail is nowhere, whatever is written on it',
  blocks: [
    {
      timestamp: 1000,
      events: [
        ...[page(stranger, 1), fee(stranger, 999)],
        bookEvent('CharterSet(address indexed timelock, bytes32 charterHash)', {
          timelock: stranger,
          charterHash: hash(9),
        }),
        bookEvent('LeastLevelSet(address indexed timelock, uint8 leastLevel)', { timelock: stranger, leastLevel: 4 }),
        bookEvent('PackDisabled(address indexed timelock, bytes32 indexed componentId)', {
          ...{ timelock: stranger, componentId: hash(5) },
        }),
        bookEvent('PackEnabled(address indexed timelock, bytes32 indexed componentId, uint8 conformanceLevel)', {
          timelock: stranger,
          componentId: hash(5),
          conformanceLevel: 4,
        }),
        bookEvent('WeightsSet(address indexed timelock, bytes32[] fields, uint16[] bpsByLevel)', {
          ...{ timelock: stranger, fields: [hash(6)], bpsByLevel: [1, 2, 3, 4, 5] },
        }),
        bookEvent('TrackSet(address indexed timelock, address indexed target, bytes4 indexed selector, bool alone)', {
          timelock: stranger,
          target: stranger,
          selector: '0x11223344',
          alone: true,
        }),
        bookEvent('ConsentGiven(address indexed timelock, bytes32 indexed operationId, bytes32 rationaleHash)', {
          timelock: stranger,
          operationId: hash(7),
          rationaleHash: hash(8),
        }),
        ...[opened, page(timelock, 2), fee(timelock, 10), fee(timelock, 20)],
      ],
    },
  ],
  assertions: [
    {
      query:
        '{railPages{id leastLevel voteUnit fees{bps}} railFees{id} railPacks{id} railTracks{id} consents{id} competenceWeights{id}}',
      expected: {
        railPages: [{ id: timelock, leastLevel: 2, voteUnit: (2n ** 128n - 1n).toString(), fees: [{ bps: 20 }] }],
        railFees: [{ id: `${timelock}${hash(3).slice(2)}` }],
        ...{ railPacks: [], railTracks: [], consents: [], competenceWeights: [] },
      },
    },
  ],
}

const most = 2n ** 128n - 1n
const part = (value: bigint) => numberToHex(value, { size: 16 })
const proposal = (2n ** 256n - 1n).toString()

const votesInParts: Case = {
  name: 'votes in parts are read to their last bit, and a queued proposal finds its operation',
  blocks: [
    { timestamp: 1000, events: [opened] },
    {
      timestamp: 1001,
      events: [
        {
          address: governor,
          event:
            'ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd, string description)',
          params: {
            ...{ proposalId: proposal, proposer: stranger, targets: [stranger, stranger], values: [1, 2] },
            ...{
              signatures: ['', ''],
              calldatas: ['0x112233', '0x11223344'],
              voteStart: 5,
              voteEnd: 9,
              description: '',
            },
          },
        },
        {
          address: governor,
          event:
            'VoteCastWithParams(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason, bytes params)',
          params: {
            ...{ voter: stranger, proposalId: proposal, support: 255, weight: (most + 1n).toString(), reason: '' },
            params: concat([part(0n), part(most), part(1n)]),
          },
        },
        ...[0, 1, 2].map(support => ({
          address: governor,
          event: 'VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight, string reason)',
          params: { voter: address(support + 1), proposalId: proposal, support, weight: support + 10, reason: '' },
        })),
        ...[0, 1].map(index => ({
          address: timelock,
          event:
            'CallScheduled(bytes32 indexed id, uint256 indexed index, address target, uint256 value, bytes data, bytes32 predecessor, uint256 delay)',
          params: {
            ...{ id: hash(0x0b), index, target: stranger, value: 0, data: '0x', predecessor: hash(0), delay: 1 },
          },
        })),
        {
          address: governor,
          event: 'ProposalQueued(uint256 proposalId, uint256 etaSeconds)',
          params: { proposalId: proposal, etaSeconds: 99 },
        },
        bookEvent('ConsentGiven(address indexed timelock, bytes32 indexed operationId, bytes32 rationaleHash)', {
          timelock,
          operationId: hash(0x0b),
          rationaleHash: hash(8),
        }),
      ],
    },
  ],
  assertions: [
    {
      query:
        '{railProposals{proposalId againstVotes forVotes abstainVotes voteCount status operationId etaAt consent{given} rail{id proposalCount} calls(orderBy:index){selector value}}}',
      expected: {
        railProposals: [
          {
            ...{ proposalId: proposal, againstVotes: '10', forVotes: (most + 11n).toString(), abstainVotes: '13' },
            ...{ voteCount: 4, status: 'QUEUED', operationId: hash(0x0b), etaAt: '99', consent: { given: true } },
            rail: { id: '7', proposalCount: 1 },
            calls: [
              { selector: null, value: '1' },
              { selector: '0x11223344', value: '2' },
            ],
          },
        ],
      },
    },
  ],
}

const memberEvent = (event: string, params: Event['params']): Event => ({ address: membership, event, params })
const ADMITTED = 'MemberAdmitted(address indexed account, bytes32 reasonHash)'
const delegated = (account: Hex, to: readonly [Hex, number][]) =>
  memberEvent('SharesDelegated(address indexed account, address[] delegates, uint16[] bps)', {
    ...{ account, delegates: to.map(([delegate]) => delegate), bps: to.map(([, bps]) => bps) },
  })

const leavers: Case = {
  name: 'who leaves a rail delegates nothing, and may come back',
  blocks: [
    { timestamp: 999, events: [opened] },
    {
      timestamp: 1000,
      events: [
        ...[1, 2].map(n => memberEvent(ADMITTED, { account: address(n), reasonHash: hash(n) })),
        delegated(address(1), [
          [address(2), 4000],
          [address(3), 6000],
        ]),
        delegated(address(2), [[address(3), 10_000]]),
      ],
    },
    {
      timestamp: 2000,
      events: [
        delegated(address(2), []),
        memberEvent('MemberRemoved(address indexed account, bytes32 reasonHash)', {
          ...{ account: address(1), reasonHash: hash(66) },
        }),
        memberEvent('MemberResigned(address indexed account)', { account: address(2) }),
        memberEvent(ADMITTED, { account: address(2), reasonHash: hash(77) }),
      ],
    },
  ],
  assertions: [
    {
      query:
        '{rails{memberCount} delegations{id} railAccounts(orderBy:account){account isMember admittedAt admittedReasonHash endedAt removedReasonHash delegates{id}}}',
      expected: {
        rails: [{ memberCount: 1 }],
        delegations: [],
        railAccounts: [
          {
            ...{ account: address(1), isMember: false, admittedAt: '1000', admittedReasonHash: hash(1) },
            ...{ endedAt: '2000', removedReasonHash: hash(66), delegates: [] },
          },
          {
            ...{ account: address(2), isMember: true, admittedAt: '2000', admittedReasonHash: hash(77) },
            ...{ endedAt: null, removedReasonHash: null, delegates: [] },
          },
          {
            ...{ account: address(3), isMember: false, admittedAt: null, admittedReasonHash: null },
            ...{ endedAt: null, removedReasonHash: null, delegates: [] },
          },
        ],
      },
    },
  ],
}

const granted = (seatId: number, epoch: number, owner: Hex): Event => ({
  address: nvm,
  event:
    'SeatGranted(uint8 indexed seatId, address indexed owner, uint32 indexed epoch, bytes signer, uint40 termEndsAt)',
  params: { seatId, owner, epoch, signer: owner, termEndsAt: 5000 },
})
const announced: Event = {
  address: nvmGuard,
  event:
    'Announced(bytes32 indexed id, address indexed by, address to, uint256 value, bytes data, uint8 operation, uint40 usableFrom, uint40 usableUntil)',
  params: {
    ...{ id: hash(1), by: stranger, to: stranger, value: 0, data: '0x', operation: 1, usableFrom: 10, usableUntil: 20 },
  },
}
const conditionAdded = (index: number, gasCap: number): Event => ({
  address: constitution,
  event:
    'ConditionAdded(uint256 indexed index, bytes32 indexed id, address target, uint32 gasCap, uint8 word, bytes data, uint256 least, uint256 most)',
  params: { index, id: hash(7), target: stranger, gasCap, word: 2, data: '0x12345678', least: 3, most: 6 },
})

const anotherHolder: Case = {
  name: 'a seat that is given to another holder is another term',
  blocks: [
    {
      timestamp: 1000,
      events: [
        granted(0, 1, address(1)),
        {
          address: nvm,
          event: 'SeatVacated(uint8 indexed seatId, address indexed owner)',
          params: { seatId: 0, owner: address(1) },
        },
        granted(0, 2, address(2)),
      ],
    },
  ],
  assertions: [
    {
      query: '{seats{id term{id owner}} seatTerms(orderBy:epoch){id vacatedAt termEndsAt}}',
      expected: {
        seats: [{ id: '0', term: { id: '2', owner: address(2) } }],
        seatTerms: [
          { id: '1', vacatedAt: '1000', termEndsAt: '5000' },
          { id: '2', vacatedAt: null, termEndsAt: '5000' },
        ],
      },
    },
  ],
}

const announcedAgain: Case = {
  name: 'content that is announced again waits to be used again',
  blocks: [
    {
      timestamp: 1000,
      events: [
        announced,
        {
          address: nvmGuard,
          event: 'AnnouncementUsed(bytes32 indexed id, bytes32 indexed safeTxHash)',
          params: { id: hash(1), safeTxHash: hash(0xf1) },
        },
        {
          address: nvmGuard,
          event: 'BreakGlass(bytes32 indexed safeTxHash, uint8 indexed actionClass)',
          params: { safeTxHash: hash(0xf1), actionClass: 0 },
        },
      ],
    },
    { timestamp: 2000, events: [announced] },
  ],
  assertions: [
    {
      query: '{announcements{id announcedAt usedBy{id}} breakGlasses{id actionClass announcement{id}}}',
      expected: {
        announcements: [{ id: hash(1), announcedAt: '2000', usedBy: null }],
        breakGlasses: [{ id: hash(0xf1), actionClass: 'CONSTITUTIONAL', announcement: { id: hash(1) } }],
      },
    },
  ],
}

const conditionAgain: Case = {
  name: 'a condition that was removed may come back',
  blocks: [
    {
      timestamp: 1000,
      events: [
        conditionAdded(3, 11_000),
        {
          address: constitution,
          event: 'ConditionRemoved(uint256 indexed index, bytes32 indexed id)',
          params: { index: 3, id: hash(7) },
        },
      ],
    },
    { timestamp: 2000, events: [conditionAdded(0, 22_000)] },
  ],
  assertions: [
    {
      query: '{conditions{index target data word least most gasCap addedAt removedAt}}',
      expected: {
        conditions: [
          {
            ...{ index: 0, target: low(stranger), data: '0x12345678', word: 2, least: '3', most: '6' },
            ...{ gasCap: '22000', addedAt: '2000', removedAt: null },
          },
        ],
      },
    },
  ],
}

export const governanceCases: Case[] = [
  ...[strangersPages, votesInParts, leavers],
  ...[anotherHolder, announcedAgain, conditionAgain],
]
