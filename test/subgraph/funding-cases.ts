import { numberToHex } from 'viem'
import { address, type Case, deployment, hash } from './cases.ts'

type Event = Case['blocks'][number]['events'][number]

const { factory, posts } = deployment.funding
const [round, asset, gate, reviewer] = [address(0xb1), address(0xb2), address(0xb3), address(0xb4)] as const
const [ana, ben, payer] = [address(0xc1), address(0xc2), address(0xc3)] as const
const fourBytes = (n: number) => numberToHex(n, { size: 4 }).slice(2)

const opened: Event[] = [
  {
    address: factory,
    event:
      'RoundOpened(address indexed round, address indexed reviewer, address indexed asset, uint8 variant, address gate, address results, string metadataURI)',
    params: { round, reviewer, asset, variant: 5, gate, results: posts, metadataURI: 'ipfs://round' },
  },
  {
    address: factory,
    event:
      'RoundTermsSet(address indexed round, uint16 capBps, uint40 applyUntil, uint40 contributeFrom, uint40 contributeUntil, uint40 reviewUntil, uint40 payoutUntil, uint128 postedParameter, uint16[] milestoneBps)',
    params: {
      ...{
        round,
        capBps: 10_000,
        applyUntil: 2,
        contributeFrom: 3,
        contributeUntil: 4,
        reviewUntil: 5,
        payoutUntil: 9000,
      },
      ...{ postedParameter: (2n ** 127n).toString(), milestoneBps: [4_000, 6_000] },
    },
  },
  {
    address: factory,
    event: 'RoundTokenSet(address indexed round, uint8 token, address erc20, uint128 unitsWad)',
    params: { round, token: 7, erc20: address(0xb7), unitsWad: '1500000000000000000' },
  },
]
const said = (event: string, params: Event['params']): Event => ({ address: round, event, params })
const accepted = (projectId: number, recipient: string): Event[] => [
  said('ProjectApplied(address indexed applicant, bytes32 dossierHash, string uri)', {
    ...{ applicant: recipient, dossierHash: hash(projectId + 1), uri: 'ipfs://dossier' },
  }),
  said(
    'ProjectAccepted(uint32 indexed projectId, address indexed recipient, bytes32 dossierHash, bytes32 reasonHash)',
    { projectId, recipient, dossierHash: hash(projectId + 1), reasonHash: hash(9) },
  ),
]
const word = (projectId: number, assets: bigint, token = 0) =>
  ((BigInt(projectId) << 224n) | (BigInt(token) << 112n) | assets).toString()
const contributed = (contributor: string, by: string, gifts: string[]) =>
  said('Contributed(address indexed contributor, address indexed payer, uint256[] gifts)', {
    ...{ contributor, payer: by, gifts },
  })
const most = 2n ** 96n - 1n

/** ⌊√(2^96 − 1)⌋ */
const rootOfMost = 2n ** 48n - 1n

const gifts: Case = {
  name: 'a gift is read to its last bit, counts with its root, and leaves no trace when it is taken back',
  blocks: [
    { timestamp: 1, events: opened },
    { timestamp: 2, events: [...accepted(0, address(0xd0)), ...accepted(65_535, address(0xd1))] },
    {
      timestamp: 3,
      events: [
        contributed(ana, ana, [word(65_535, most), word(0, 2n), word(0, 3n, 7)]),
        contributed(ben, payer, [word(65_535, 8n)]),
        contributed(ana, ana, [word(0, 0n)]),
        contributed(ben, payer, [word(0, 5n, 7)]),
        contributed(ben, ben, [word(0, 0n, 7)]),
      ],
    },
  ],
  assertions: [
    {
      query:
        '{roundProjects(orderBy:number){id number sqrtSum contributedUnits contributorCount totals(orderBy:id){token{number} givenAssets}} roundGifts(orderBy:id){id payer units assets otherToken{number} otherAssets} rounds{projectCount milestoneBps postedParameter variant results}}',
      expected: {
        roundProjects: [
          {
            // 2 in the asset were taken back, 3 of 1.5 units each are 4 in units
            ...{ id: `${round}${fourBytes(0)}`, number: 0, sqrtSum: '2', contributedUnits: '4', contributorCount: 1 },
            totals: [
              { token: { number: 0 }, givenAssets: '0' },
              { token: { number: 7 }, givenAssets: '3' },
            ],
          },
          {
            ...{ id: `${round}${fourBytes(65_535)}`, number: 65_535, sqrtSum: (rootOfMost + 2n).toString() },
            ...{ contributedUnits: (most + 8n).toString(), contributorCount: 2 },
            totals: [{ token: { number: 0 }, givenAssets: (most + 8n).toString() }],
          },
        ],
        roundGifts: [
          {
            ...{ id: `${round}${fourBytes(0)}${ana.slice(2)}`, payer: ana, units: '4', assets: '0' },
            ...{ otherToken: { number: 7 }, otherAssets: '3' },
          },
          {
            ...{ id: `${round}${fourBytes(0)}${ben.slice(2)}`, payer: ben, units: '0', assets: '0' },
            ...{ otherToken: null, otherAssets: '0' },
          },
          {
            ...{ id: `${round}${fourBytes(65_535)}${ana.slice(2)}`, payer: ana, units: most.toString() },
            ...{ assets: most.toString(), otherToken: null, otherAssets: '0' },
          },
          {
            ...{ id: `${round}${fourBytes(65_535)}${ben.slice(2)}`, payer, units: '8', assets: '8' },
            ...{ otherToken: null, otherAssets: '0' },
          },
        ],
        rounds: [
          {
            ...{ projectCount: 2, milestoneBps: [4_000, 6_000], postedParameter: (2n ** 127n).toString() },
            ...{ variant: 'CLUSTER', results: posts },
          },
        ],
      },
    },
  ],
}

const matched = said('RoundMatched(uint256 matchedAssets, uint256 leftoverAssets, bytes32 resultRoot)', {
  ...{ matchedAssets: 900, leftoverAssets: 100, resultRoot: hash(0xaa) },
})
const matchPaid = (projectId: number, assets: number) =>
  said('MatchPaid(uint32 indexed projectId, address indexed to, uint256 assets)', {
    ...{ projectId, to: address(0xd0), assets },
  })

const inTime: Case = {
  name: 'what time alone released counts as paid with the next payout, and what was forfeited does not',
  blocks: [
    { timestamp: 1, events: opened },
    { timestamp: 2, events: [...accepted(0, address(0xd0)), ...accepted(1, address(0xd1))] },
    {
      timestamp: 8999,
      events: [
        ...[matched, matchPaid(0, 40), matchPaid(1, 20)],
        said(
          'MilestonesForfeited(uint32 indexed projectId, uint8 released, uint256 forfeitedAssets, bytes32 reasonHash)',
          {
            ...{ projectId: 1, released: 1, forfeitedAssets: 30, reasonHash: hash(5) },
          },
        ),
      ],
    },
    { timestamp: 9000, events: [matchPaid(0, 60), matchPaid(1, 1)] },
  ],
  assertions: [
    {
      query:
        '{roundProjects(orderBy:number){releasedCount paidCount paidMatchAssets forfeitedAssets matchedAssets} rounds{matchedAssets unpaidMatchAssets leftoverAssets resultRoot status}}',
      expected: {
        roundProjects: [
          {
            ...{ releasedCount: 1, paidCount: 2, paidMatchAssets: '100', forfeitedAssets: null, matchedAssets: null },
          },
          { releasedCount: 1, paidCount: 1, paidMatchAssets: '21', forfeitedAssets: '30', matchedAssets: null },
        ],
        rounds: [
          {
            ...{ matchedAssets: '900', unpaidMatchAssets: '749', leftoverAssets: '130' },
            ...{ resultRoot: hash(0xaa), status: 'MATCHED' },
          },
        ],
      },
    },
  ],
}

export const fundingCases: Case[] = [gifts, inTime]
