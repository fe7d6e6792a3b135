import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { anyValue } from '@nomicfoundation/hardhat-ethers-chai-matchers/withArgs'
import { AbiCoder, concat, keccak256, toBeHex, toUtf8Bytes, ZeroAddress } from 'ethers'
import { network } from 'hardhat'
import type {
  AccessManager,
  MockRegistry,
  PolicyBook,
  RiskPool,
  TermsStore,
  TestStablecoin,
} from '../../../types/ethers-contracts/index.ts'

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
export { anyValue, ZeroAddress }

export const HOUR = 3600
export const DAY = 24 * HOUR
export const REPORTING_LAG = 13 * DAY
/** With the challenge window of the mock registry. */
export const NOTICE = REPORTING_LAG + DAY
export const UNIT = 10n ** 6n // one whole token
export const ONE = 10n ** 18n
export const OFFSET = 10n ** 6n // virtual shares
export const Status = { none: 0n, active: 1n, paid: 2n, zero: 3n, lapsed: 4n, cancelled: 5n } as const
export const State = { none: 0, anchored: 1, disputed: 2, final: 3, upheld: 4, void: 5 } as const
export const Flag = { provisional: 1, revision: 2 } as const

export const hash = (name: string) => keccak256(toUtf8Bytes(name))
export const FEED = hash('feed')

/** A knot's word, written out from its definition. */
export function word(x: bigint, below: bigint, at: bigint, above: bigint): bigint {
  return (BigInt.asUintN(64, x) << 192n) | (below << 128n) | (at << 64n) | above
}
/** A formula's header word. */
export const header = (rounding: 'down' | 'up' = 'down', xDecimals = 2): bigint =>
  (1n << 248n) | ((rounding === 'up' ? 1n : 0n) << 240n) | (BigInt(xDecimals) << 232n)

/** Pays in full from 640 on: a knot at the threshold. */
export const STEP = [word(640n, 0n, ONE, ONE)]
/** From nothing at 0 to everything at 1,000. */
export const RAMP = [word(0n, 0n, 0n, 0n), word(1000n, ONE, ONE, ONE)]

export interface Terms {
  version: number
  feedId: string
  formulaId: string
  asset: string
  coverAssets: bigint
  from: number
  to: number
  minEql: number
  evidence: number
  readings: number
  waitingSeconds: number
  reportingDeadline: number
}

const termsFields = [
  'uint8 version',
  'bytes32 feedId',
  'bytes32 formulaId',
  'address asset',
  'uint256 coverAssets',
  'uint40 from',
  'uint40 to',
  'uint8 minEql',
  'uint8 evidence',
  'uint8 readings',
  'uint32 waitingSeconds',
  'uint40 reportingDeadline',
]

/** EIP-712 hashStruct, from the standard's definition. */
export function termsHashOf(terms: Terms): string {
  const typeHash = hash(`Terms(${termsFields.join(',')})`)
  const types = termsFields.map(field => field.split(' ')[0] ?? '')
  const values = termsFields.map(field => terms[field.split(' ')[1] as keyof Terms])
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', ...types], [typeHash, ...values]))
}

export const formulaIdOf = (head: bigint, words: readonly bigint[]) =>
  keccak256(concat([head, ...words].map(w => toBeHex(w, 32))))

export interface Quote {
  termsHash: string
  holder: string
  premium: bigint
  pool: string
  nonce: bigint
  expiry: number
}

const quoteTypes = {
  Quote: [
    { name: 'termsHash', type: 'bytes32' },
    { name: 'holder', type: 'address' },
    { name: 'premium', type: 'uint256' },
    { name: 'pool', type: 'address' },
    { name: 'nonce', type: 'uint96' },
    { name: 'expiry', type: 'uint40' },
  ],
}

export interface World {
  authority: AccessManager
  token: TestStablecoin
  registry: MockRegistry
  store: TermsStore
  book: PolicyBook
  pool: RiskPool
  addresses: { token: string; registry: string; book: string; pool: string }
  /** when the cover begins */
  from: number
  to: number
  terms: Terms
  domain: { name: string; version: string; chainId: bigint; verifyingContract: string }
}

const ROLE = { guardian: 21n, curator: 22n } as const

/** Who may do what; `stranger` may do nothing. */
export async function people() {
  const [admin, underwriter, holder, alice, bob, payer, stranger, guardian, curator, carol] = await ethers.getSigners()
  if (!admin || !underwriter || !holder || !alice || !bob || !payer || !stranger || !guardian || !curator || !carol)
    throw new Error('too few accounts')
  return { admin, underwriter, holder, alice, bob, payer, stranger, guardian, curator, carol }
}

/** A pool of `token`, funded by alice with 1,000,000 and by bob with 500,000, and terms of a full cover of 1,000 that pay 100 % from 640 on. */
export async function deployWith(tokenName: string, ...tokenArgs: unknown[]): Promise<World> {
  const { admin, underwriter, alice, bob, payer, guardian, curator } = await people()
  const authority = (await ethers.deployContract('AccessManager', [admin.address])) as unknown as AccessManager
  // the hostile tokens have what the tests call
  const token = (await ethers.deployContract(tokenName, tokenArgs)) as unknown as TestStablecoin
  const registry = await ethers.deployContract('MockRegistry')
  const manager = await authority.getAddress()
  const store = await ethers.deployContract('TermsStore', [manager])
  const book = await ethers.deployContract('PolicyBook', [
    manager,
    await registry.getAddress(),
    await store.getAddress(),
  ])
  const addresses = {
    token: await token.getAddress(),
    registry: await registry.getAddress(),
    book: await book.getAddress(),
    pool: '',
  }
  const pool = await ethers.deployContract('RiskPool', [
    addresses.token,
    'Test Pool',
    'tPOOL',
    manager,
    addresses.book,
    REPORTING_LAG,
  ])
  addresses.pool = await pool.getAddress()
  const selector = (c: PolicyBook | RiskPool, name: string) => {
    const fragment = c.interface.getFunction(name as never)
    if (!fragment) throw new Error(`no function ${name}`)
    return fragment.selector
  }
  await authority.setTargetFunctionRole(addresses.book, [selector(book, 'pause')], ROLE.guardian)
  await authority.setTargetFunctionRole(addresses.book, [selector(book, 'listPool')], ROLE.curator)
  await authority.setTargetFunctionRole(addresses.pool, [selector(pool, 'setUnderwriter')], ROLE.curator)
  await authority.grantRole(ROLE.guardian, guardian.address, 0)
  await authority.grantRole(ROLE.curator, curator.address, 0)
  await book.connect(curator).listPool(addresses.pool)
  await pool.connect(curator).setUnderwriter(underwriter.address, true)
  for (const who of [alice, bob, payer]) {
    await token.mint(who.address, 10_000_000n * UNIT)
    await token.connect(who).approve(addresses.pool, 10_000_000n * UNIT)
  }
  await pool.connect(alice).deposit(1_000_000n * UNIT, alice.address)
  await pool.connect(bob).deposit(500_000n * UNIT, bob.address)
  await store.publishFeed(toUtf8Bytes('feed'))
  await store.publishFormula(header(), STEP)
  await store.publishFormula(header(), RAMP)
  const from = (await networkHelpers.time.latest()) + 10 * DAY
  const to = from + 7 * DAY
  const { chainId } = await ethers.provider.getNetwork()
  return {
    authority,
    token,
    registry,
    store,
    book,
    pool,
    addresses,
    from,
    to,
    terms: {
      version: 1,
      feedId: FEED,
      formulaId: formulaIdOf(header(), STEP),
      asset: addresses.token,
      coverAssets: 1_000n * UNIT,
      from,
      to,
      minEql: 3,
      evidence: 0,
      readings: 0,
      waitingSeconds: DAY,
      reportingDeadline: to + 200 * DAY,
    },
    domain: { name: 'Nexus Policy', version: '1', chainId, verifyingContract: addresses.book },
  }
}

export const deploy = () => deployWith('TestStablecoin', 'Test Dollar', 'TUSD', 6)

export const quoteOf = async (w: World, terms: Terms, nonce: bigint): Promise<Quote> => ({
  termsHash: termsHashOf(terms),
  holder: (await people()).holder.address,
  premium: 50n * UNIT,
  pool: w.addresses.pool,
  nonce,
  expiry: w.from,
})

export const sign = async (w: World, quote: Quote, signer?: HardhatEthersSigner, domain = w.domain) =>
  (signer ?? (await people()).underwriter).signTypedData(domain, quoteTypes, quote)

export const policyIdOf = (w: World, nonce: bigint) => (BigInt(w.addresses.pool) << 96n) | nonce

let lastNonce = 0n

/** Publishes the terms, has the underwriter sign, and binds. */
export async function bind(w: World, changes: Partial<Terms> = {}, premium = 50n * UNIT, holder?: string) {
  const { underwriter, payer } = await people()
  const terms = { ...w.terms, ...changes }
  await w.store.publishTerms(terms)
  const nonce = ++lastNonce
  const quote = { ...(await quoteOf(w, terms, nonce)), premium, ...(holder ? { holder } : {}) }
  const receipt = await (await w.book.connect(payer).bind(quote, underwriter.address, await sign(w, quote))).wait()
  return { policyId: policyIdOf(w, nonce), quote, terms, receipt }
}

/** Binds terms on the ramp from 0 at 0 to everything at 1,000. */
export const bindRamp = (w: World, changes: Partial<Terms> = {}) =>
  bind(w, { formulaId: formulaIdOf(header(), RAMP), ...changes })

export interface AnchorChoice {
  feedId?: string
  from?: number
  to?: number
  eql?: number
  flags?: number
  state?: number
}

let lastAep = 0

/** Evidence of `value` for the terms' window, final unless told otherwise. */
export async function evidence(w: World, value: bigint, choice: AnchorChoice = {}): Promise<string> {
  const aepId = hash(`pack ${++lastAep}`)
  const { feedId = FEED, from = w.from, to = w.to, eql = 3, flags = 0, state = State.final } = choice
  await w.registry.set(aepId, feedId, value, from, to, eql, flags, state)
  return aepId
}

export const settle = (w: World, policyId: bigint, aepId: string) => w.book.settle(policyId, aepId)
export const lapse = (w: World, policyId: bigint, aepId?: string) =>
  aepId === undefined ? w.book['lapse(uint256)'](policyId) : w.book['lapse(uint256,bytes32)'](policyId, aepId)

export const statusOf = async (w: World, policyId: bigint) => (await w.book.policyOf(policyId)).status
export const balanceOf = (w: World, address: string) => w.token.balanceOf(address)
