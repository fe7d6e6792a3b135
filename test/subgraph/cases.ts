import { type Hex, toHex } from '@nexus/kit/canonical'
import { packHeader } from '@nexus/kit/report'

/** A case of graph-node's test runner: logs in, GraphQL out. */
export interface Case {
  name: string
  blocks: { timestamp: number; events: { address: string; event: string; params: Record<string, unknown> }[] }[]
  assertions: { query: string; expected: unknown }[]
}

export const deployment = {
  registry: `0x${'11'.repeat(20)}`,
  termsStore: `0x${'22'.repeat(20)}`,
  policyBook: `0x${'33'.repeat(20)}`,
  disputeBond: `0x${'44'.repeat(20)}`,
  commons: `0x${'45'.repeat(20)}`,
  funding: { factory: `0x${'46'.repeat(20)}`, posts: `0x${'47'.repeat(20)}` },
  registries: { nip: `0x${'51'.repeat(20)}`, component: `0x${'52'.repeat(20)}`, charter: `0x${'53'.repeat(20)}` },
  rails: { factory: `0x${'61'.repeat(20)}`, book: `0x${'62'.repeat(20)}`, competence: `0x${'63'.repeat(20)}` },
  governance: {
    nvm: `0x${'71'.repeat(20)}`,
    nvmGuard: `0x${'72'.repeat(20)}`,
    actionClasses: `0x${'73'.repeat(20)}`,
    constitution: `0x${'74'.repeat(20)}`,
  },
  grievance: {
    desk: `0x${'81'.repeat(20)}`,
    rail: `0x${'82'.repeat(20)}`,
    panels: `0x${'83'.repeat(20)}`,
    orders: `0x${'84'.repeat(20)}`,
    ledger: `0x${'85'.repeat(20)}`,
    register: `0x${'86'.repeat(20)}`,
    respondents: `0x${'87'.repeat(20)}`,
  },
  deployedAtBlock: 0,
}

export const hash = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
export const address = (n: number): Hex => `0x${n.toString(16).padStart(40, '0')}`
const utf8 = (text: string) => toHex(new TextEncoder().encode(text))

const FEED_PUBLISHED = 'FeedPublished(bytes32 indexed feedId, bytes specification)'
const ANNOUNCED =
  'ConfigurationAnnounced(uint32 indexed configVersion, uint40 activeFrom, uint8 quorum, address keys, address[] operators, bytes32[] pqKeyHashes)'
const ANCHORED =
  'AepAnchored(bytes32 indexed aepId, bytes32 indexed feedId, bytes32 header, bytes32 receiptsRoot, uint40 finalAt)'

/** What each hostile text may still say about its decimals and model: never more than it says itself. */
const hostile: [specification: Hex, decimals: number | null, model: string | null][] = [
  ['0xff00fe', null, null],
  [utf8('{"decimals":1e999,"model":"m"}'), null, 'm'],
  [utf8('{"decimals":-1}'), null, null],
  [utf8('{"decimals":2.5}'), null, null],
  [utf8('{"decimals":99999999999999999999999999999999999999}'), null, null],
  [utf8('{"decimals":"2","model":7}'), null, null],
  [utf8('{"decimals":3,"model":"a\\u0000b"}'), 3, 'ab'], // PostgreSQL stores no NUL
  [utf8('['.repeat(20_000)), null, null],
  [utf8('null'), null, null],
  [utf8('\u0000{"decimals":1}'), null, null],
  [utf8(`{"model":"${'x'.repeat(50_000)}"}`), null, 'x'.repeat(50_000)],
]

const hostileSpecifications: Case = {
  name: 'any bytes can be published as a feed, and the index goes on',
  blocks: [
    {
      timestamp: 1000,
      events: hostile.map(([specification], i) => ({
        address: deployment.termsStore,
        event: FEED_PUBLISHED,
        params: { feedId: hash(i + 1), specification },
      })),
    },
    {
      timestamp: 1001,
      events: [
        {
          address: deployment.termsStore,
          event: FEED_PUBLISHED,
          params: { feedId: hash(999), specification: utf8('{"decimals":2,"model":"spi","modelVersion":"1.2.3"}') },
        },
      ],
    },
  ],
  assertions: [
    {
      query: '{feeds(orderBy:id,first:11){decimals model publishedAt}}',
      expected: { feeds: hostile.map(([, decimals, model]) => ({ decimals, model, publishedAt: '1000' })) },
    },
    {
      query: `{feed(id:"${hash(999)}"){decimals model modelVersion} protocol(id:"nexus"){feedCount}}`,
      expected: { feed: { decimals: 2, model: 'spi', modelVersion: '1.2.3' }, protocol: { feedCount: 12 } },
    },
  ],
}

const members = Array.from({ length: 31 }, (_, i) => address(i + 0x10001))
const last = 2 ** 32 - 1
const extremes = [
  { value: -(2n ** 63n), sequence: 1, from: 0, to: 1, eql: 1, flags: 3, signers: [30] },
  { value: 2n ** 63n - 1n, sequence: last, from: 2 ** 40 - 2, to: 2 ** 40 - 1, eql: 4, flags: 0, signers: [0, 15, 30] },
  { value: -1n, sequence: 2, from: 5, to: 6, eql: 2, flags: 1, signers: members.map((_, i) => i) },
]

const extremeHeaders: Case = {
  name: 'a header is read to its last bit',
  blocks: [
    {
      timestamp: 1000,
      events: [
        {
          address: deployment.registry,
          event: ANNOUNCED,
          params: {
            configVersion: last,
            activeFrom: 7,
            quorum: 21,
            keys: address(5),
            operators: members,
            pqKeyHashes: members.map((_, i) => hash(i)),
          },
        },
        ...extremes.map(({ signers, ...fields }, i) => ({
          address: deployment.registry,
          event: ANCHORED,
          params: {
            aepId: hash(i + 1),
            feedId: hash(77),
            header: packHeader(
              { ...fields, configVersion: last },
              signers.reduce((all, index) => (all | (1 << index)) >>> 0, 0),
            ),
            receiptsRoot: hash(88),
            finalAt: 2000,
          },
        })),
      ],
    },
  ],
  assertions: [
    {
      query: '{aeps(orderBy:id){value sequence from to eql provisional revision configuration{id} signers{id}}}',
      expected: {
        aeps: extremes.map(({ value, sequence, from, to, eql, flags, signers }) => ({
          value: value.toString(),
          sequence: sequence.toString(),
          from: from.toString(),
          to: to.toString(),
          eql,
          provisional: (flags & 1) !== 0,
          revision: (flags & 2) !== 0,
          configuration: { id: last.toString() },
          signers: signers.map(index => ({ id: members[index] })),
        })),
      },
    },
    {
      query: `{feed(id:"${hash(77)}"){aepCount latest{id}}}`,
      expected: { feed: { aepCount: 3, latest: { id: hash(2) } } },
    },
  ],
}

export const cases: Case[] = [hostileSpecifications, extremeHeaders]
