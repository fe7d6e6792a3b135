import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import {
  AbiCoder,
  type BaseContract,
  concat,
  keccak256,
  toBeHex,
  toUtf8Bytes,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from 'ethers'
import type {
  AccessManager,
  ArbiterRegister,
  CompetenceCredentials,
  ComponentRegistry,
  EvidenceRegistry,
  GrievanceDesk,
  GrievanceLedger,
  GrievanceOrders,
  GrievancePanels,
  GrievanceRail,
  RespondentBonds,
  TestCommons,
  TestStablecoin,
} from '../../../types/ethers-contracts/index.ts'
import { anchor } from '../evidence/world.ts'
import * as registry from '../registry/world.ts'

export { anchor, anyValue, nextOf } from '../evidence/world.ts'
export { certified, REASON } from '../registry/world.ts'
export const { ethers, networkHelpers } = registry
export { ZeroAddress, ZeroHash }

export const DAY = 86_400
export const YEAR = 365 * DAY
export const UNIT = 1_000_000n
export const ARBITERS = 12

export const hash = (text: string) => keccak256(toUtf8Bytes(text))
export const State = {
  none: 0n,
  answering: 1n,
  mediating: 2n,
  drawing: 3n,
  hearing: 4n,
  appealable: 5n,
  closed: 6n,
} as const
export const Outcome = { none: 0n, withdrawn: 1n, settled: 2n, dismissed: 3n, upheld: 4n, unheard: 5n } as const
export const Subject = { none: 0, component: 1, feed: 2, policy: 3, aep: 4 } as const
export const Remedy = { suspension: 1, delisting: 2, correction: 4, apology: 8 } as const
export const SeatState = { seated: 0n, committed: 1n, revealed: 2n, recused: 3n } as const
export const OrderKind = { compensation: 0, component: 1, correction: 2, apology: 3 } as const
export const OrderState = { none: 0n, open: 1n, done: 2n, missed: 3n } as const

export const terms = {
  bondAssets: 10n * UNIT,
  appealBondAssets: 100n * UNIT,
  answerSeconds: 14 * DAY,
  mediationSeconds: 14 * DAY,
  rewardAssets: 50n * UNIT,
  penaltyAssets: 100n * UNIT,
  drawSeconds: 7 * DAY,
  commitSeconds: 7 * DAY,
  mostClaimAssets: 50_000n * UNIT,
  revealSeconds: 3 * DAY,
  appealSeconds: 14 * DAY,
  drawBlocks: 60,
  appealDrawBlocks: 40,
  panelSize: 3,
  appealPanelSize: 5,
  leastLevel: 3,
}
export const ARBITER_BOND = 500n * UNIT
export const equity = hash('equity')
export const arbitration = hash('arbitration')

/** A ruling's byte, written out from its definition. */
export const ruling = (upheld: boolean, quarters = 0, remedies = 0) =>
  (remedies << 4) | (quarters << 1) | Number(upheld)
export const DISMISS = ruling(false)
export const FULL = ruling(true, 4)

export interface Filing {
  complainant: string
  respondent: string
  railId: number
  subjectKind: number
  subjectId: string
  claimHash: string
  claimedAssets: bigint
  remedies: number
}

export interface World {
  registry: registry.World
  /** a certified model of `registry.publisher` */
  componentId: string
  token: TestStablecoin
  commons: TestCommons
  competence: CompetenceCredentials
  ledger: GrievanceLedger
  desk: GrievanceDesk
  register: ArbiterRegister
  panels: GrievancePanels
  respondents: RespondentBonds
  orders: GrievanceOrders
  rail: GrievanceRail
  arbiters: Wallet[]
  complainant: HardhatEthersSigner
  respondent: HardhatEthersSigner
  filer: HardhatEthersSigner
  stranger: HardhatEthersSigner
  issuer: HardhatEthersSigner
  governor: HardhatEthersSigner
}

/** No rail is opened; the factory is real all the same. */
async function deployRails(
  authority: AccessManager,
  evidence: EvidenceRegistry,
  components: ComponentRegistry,
  competence: CompetenceCredentials,
) {
  const book = await ethers.deployContract('RailBook', [authority, competence, components])
  const guards = [
    await ethers.deployContract('EvidenceGuard', [evidence]),
    await ethers.deployContract('EffectsGuard'),
  ] as const
  return ethers.deployContract('RailFactory', [
    authority,
    await ethers.deployContract('RailGovernor', [book, ...guards]),
    await ethers.deployContract('RailTimelock', [book, ...guards]),
    await ethers.deployContract('RailMembership'),
    await ethers.deployContract('RailTreasury'),
  ])
}

const CASES = 62n
const LEDGER = 63n
const TERMS = 61n
const SUPERVISION = 34n // in the registry's own world

/** Everything real but the commons, which is what its interfaces say, unless another one is made. */
export async function deploy(
  change: Partial<typeof terms> = {},
  makeCommons = async (_: registry.World): Promise<BaseContract> => ethers.deployContract('TestCommons'),
): Promise<World> {
  const { componentId, ...rest } = await registry.certified()
  const { authority } = rest.evidence
  const signers = await ethers.getSigners()
  const stranger = signers[1]
  const [complainant, respondent, filer, issuer, governor] = signers.slice(15)
  if (!stranger || !complainant || !respondent || !filer || !issuer || !governor) throw new Error('too few accounts')
  const token = await ethers.deployContract('TestStablecoin', ['Dollar', 'USD', 6])
  const commons = (await makeCommons(rest)) as TestCommons // what its interfaces say
  const competence = await ethers.deployContract('CompetenceCredentials', [authority])
  const rails = await deployRails(authority, rest.evidence.registry, rest.components, competence)
  const ledger = await ethers.deployContract('GrievanceLedger', [authority, token, commons])
  const { components, evidence } = rest
  const desk = await ethers.deployContract('GrievanceDesk', [
    authority,
    components,
    evidence.registry,
    competence,
    rails,
    6,
    { ...terms, ...change },
  ])
  const register = await ethers.deployContract('ArbiterRegister', [authority, ledger, competence, ARBITER_BOND])
  const panels = await ethers.deployContract('GrievancePanels', [authority, register])
  const respondents = await ethers.deployContract('RespondentBonds', [authority, ledger])
  const orders = await ethers.deployContract('GrievanceOrders', [
    authority,
    commons,
    token,
    components,
    evidence.registry,
  ])
  const rail = await ethers.deployContract('GrievanceRail', [
    authority,
    { ledger, desk, register, panels, respondents, orders, evidence: evidence.registry },
  ])
  const allow = async (
    contract: { interface: { getFunction(name: string): { selector: string } | null } },
    names: string[],
    role: bigint,
  ) =>
    authority.setTargetFunctionRole(
      contract as unknown as typeof rail,
      names.map(name => contract.interface.getFunction(name)?.selector ?? ''),
      role,
    )
  await allow(desk, ['setTerms'], TERMS)
  await allow(register, ['setBond'], TERMS)
  await allow(desk, ['admit', 'endWaiver'], CASES)
  await allow(panels, ['draw'], CASES)
  await allow(orders, ['issue'], CASES)
  await allow(respondents, ['slash'], CASES)
  await allow(register, ['penalise'], CASES)
  await allow(ledger, ['collect', 'move'], LEDGER)
  await authority.grantRole(TERMS, governor, 0)
  await authority.grantRole(CASES, rail, 0)
  for (const holder of [rail, register, respondents]) await authority.grantRole(LEDGER, holder, 0)
  await authority.grantRole(SUPERVISION, orders, 0)

  await competence.setIssuer(issuer, equity, true)
  await competence.setIssuer(issuer, arbitration, true)
  for (const one of [complainant, respondent, filer, stranger]) {
    await token.mint(one, 1_000_000n * UNIT)
    await token.connect(one).approve(ledger, 1_000_000n * UNIT)
  }
  const w: World = {
    ...{ registry: { ...rest }, componentId, token, commons, competence, ledger, desk, register, panels },
    ...{ respondents, orders, rail, arbiters: [], complainant, respondent, filer, stranger, issuer, governor },
  }
  for (let i = 0; i < ARBITERS; i++) w.arbiters.push(await qualified(w, `arbiter ${i}`))
  for (const arbiter of w.arbiters) await register.connect(arbiter).join()
  await networkHelpers.time.increase(7 * DAY)
  for (const arbiter of w.arbiters) await register.list(arbiter)
  await networkHelpers.mine()
  return w
}

export const world = () => deploy()

/** Somebody with gas, tokens and a credential. */
export async function qualified(w: World, name: string, level = 3): Promise<Wallet> {
  const wallet = new Wallet(hash(name), ethers.provider)
  await networkHelpers.setBalance(wallet.address, 10n ** 20n)
  await w.token.mint(wallet, 100_000n * UNIT)
  await w.token.connect(wallet).approve(w.ledger, 100_000n * UNIT)
  await w.competence
    .connect(w.issuer)
    .issue(wallet, arbitration, level, (await networkHelpers.time.latest()) + 3 * YEAR, ZeroHash)
  return wallet
}

export const filing = (w: World, change: Partial<Filing> = {}): Filing => ({
  complainant: w.complainant.address,
  respondent: w.respondent.address,
  railId: 0,
  subjectKind: Subject.none,
  subjectId: ZeroHash,
  claimHash: hash('claim'),
  claimedAssets: 1000n * UNIT,
  remedies: 0,
  ...change,
})

type Signer = HardhatEthersSigner | Wallet

/** Opens a case; its number. */
export async function file(w: World, change: Partial<Filing> = {}, by: Signer = w.complainant): Promise<bigint> {
  await w.rail.connect(by).open(filing(w, change))
  return w.rail.caseCount()
}

export async function toDeadline(w: World, caseId: bigint) {
  const { deadline } = await w.rail.grievanceOf(caseId)
  if ((await networkHelpers.time.latest()) < deadline) await networkHelpers.time.increaseTo(deadline)
}

/** Past the block that draws. */
export async function toBlock(w: World, caseId: bigint) {
  const { drawBlock } = await w.rail.grievanceOf(caseId)
  const present = BigInt(await ethers.provider.getBlockNumber())
  if (present < drawBlock) await networkHelpers.mine(drawBlock - present)
}

export const advance = (w: World, caseId: bigint) => w.rail.connect(w.stranger).advance(caseId)

/** A case whose respondent stayed silent, waiting for its panel. */
export async function drawing(w: World, change: Partial<Filing> = {}): Promise<bigint> {
  const caseId = await file(w, change)
  await toDeadline(w, caseId)
  await advance(w, caseId)
  return caseId
}

export async function draw(w: World, caseId: bigint): Promise<Wallet[]> {
  await toBlock(w, caseId)
  await advance(w, caseId)
  return seated(w, caseId)
}

export async function seated(w: World, caseId: bigint): Promise<Wallet[]> {
  const { instance } = await w.rail.grievanceOf(caseId)
  return (await w.panels.seatsOf(caseId, instance)).map(({ arbiter }) => {
    const found = w.arbiters.find(one => one.address === arbiter)
    if (!found) throw new Error(`${arbiter} is no arbiter`)
    return found
  })
}

/** A case that a first panel sits on. */
export async function hearing(w: World, change: Partial<Filing> = {}) {
  const caseId = await drawing(w, change)
  return { caseId, panel: await draw(w, caseId) }
}

export const SALT = hash('salt')
export const REASONS = hash('reasons')

/** A commitment, written out from its definition. */
export async function commitmentFor(
  w: World,
  caseId: bigint,
  instance: bigint | number,
  arbiter: string,
  value: number,
  { reasons = REASONS, salt = SALT } = {},
) {
  const { chainId } = await ethers.provider.getNetwork()
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ['string', 'uint256', 'address', 'uint256', 'uint8', 'address', 'uint8', 'bytes32', 'bytes32'],
      ['Nexus Grievance ruling', chainId, await w.panels.getAddress(), caseId, instance, arbiter, value, reasons, salt],
    ),
  )
}

export async function commit(w: World, caseId: bigint, arbiter: Wallet, value: number) {
  const { instance } = await w.rail.grievanceOf(caseId)
  return w.panels.connect(arbiter).commit(caseId, await commitmentFor(w, caseId, instance, arbiter.address, value))
}

export const reveal = (w: World, caseId: bigint, arbiter: Wallet, value: number) =>
  w.panels.connect(arbiter).reveal(caseId, value, REASONS, SALT)

/** All that are given commit and reveal; `undefined` does neither. Then the panel's time is over. */
export async function decide(w: World, caseId: bigint, values: readonly (number | undefined)[]) {
  const panel = await seated(w, caseId)
  const acting = panel.flatMap((arbiter, i) => {
    const value = values[i]
    return value === undefined ? [] : [{ arbiter, value }]
  })
  for (const { arbiter, value } of acting) await commit(w, caseId, arbiter, value)
  const { instance } = await w.rail.grievanceOf(caseId)
  if (acting.length < panel.length)
    await networkHelpers.time.increaseTo((await w.panels.panelOf(caseId, instance)).commitBy)
  for (const { arbiter, value } of acting) await reveal(w, caseId, arbiter, value)
  if (acting.length === 0) await toDeadline(w, caseId)
  return advance(w, caseId)
}

/** Ruled by the first panel, and nobody appealed. */
export async function closed(w: World, values: readonly (number | undefined)[], change: Partial<Filing> = {}) {
  const { caseId, panel } = await hearing(w, change)
  await decide(w, caseId, values)
  await toDeadline(w, caseId)
  const response = await advance(w, caseId)
  return { caseId, panel, response }
}

export const credit = async (w: World, owner: string | { address: string }) =>
  w.ledger.balanceOf(await w.ledger.accountOf(typeof owner === 'string' ? owner : owner.address))

/** An account of the ledger, written out from its definition. */
export const accountFor = (purpose: string, key: bigint | string) =>
  keccak256(
    AbiCoder.defaultAbiCoder().encode(['string', typeof key === 'bigint' ? 'uint256' : 'address'], [purpose, key]),
  )

/** The real code of EIP-2935's contract. */
export const HISTORY = '0x0000F90827F1C53a10cb7A02335B175320002935'
export const HISTORY_CODE =
  '0x3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500'

/** A draw, from its definition: the shuffle written out in full, over the whole list. */
export function dealt(
  seed: string,
  list: readonly string[],
  isFree: (arbiter: string) => boolean,
  size: number,
): string[] {
  const cards = [...list]
  const panel: string[] = []
  for (let j = 0; j < cards.length && panel.length < size; j++) {
    const random = BigInt(keccak256(concat([seed, toBeHex(j, 32)])))
    const place = j + Number(random % BigInt(cards.length - j))
    const [here, there] = [cards[j] ?? '', cards[place] ?? '']
    cards[j] = there
    cards[place] = here
    if (isFree(there)) panel.push(there)
  }
  return panel
}

export const seedFor = async (w: World, caseId: bigint, instance: number, blockHash: string) =>
  keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ['string', 'uint256', 'address', 'uint256', 'uint8', 'bytes32'],
      [
        'Nexus Grievance draw',
        (await ethers.provider.getNetwork()).chainId,
        await w.panels.getAddress(),
        caseId,
        instance,
        blockHash,
      ],
    ),
  )

export const settlementTypes = {
  Settlement: [
    { name: 'caseId', type: 'uint256' },
    { name: 'assets', type: 'uint256' },
    { name: 'apology', type: 'bool' },
    { name: 'textHash', type: 'bytes32' },
    { name: 'expiresAt', type: 'uint40' },
  ],
}

export const domainOf = async (w: World) => ({
  name: 'Nexus Grievance',
  version: '1',
  chainId: (await ethers.provider.getNetwork()).chainId,
  verifyingContract: await w.rail.getAddress(),
})

export interface Settlement {
  assets: bigint
  apology: boolean
  textHash: string
  expiresAt: number
}
export const settlement = async (change: Partial<Settlement> = {}): Promise<Settlement> => ({
  assets: 700n * UNIT,
  apology: false,
  textHash: hash('settlement'),
  expiresAt: (await networkHelpers.time.latest()) + YEAR,
  ...change,
})
export const signSettlement = async (w: World, signer: Signer, caseId: bigint, s: Settlement) =>
  signer.signTypedData(await domainOf(w), settlementTypes, { caseId, ...s })

export async function settle(w: World, caseId: bigint, change: Partial<Settlement> = {}) {
  const s = await settlement(change)
  const [a, b] = [await signSettlement(w, w.complainant, caseId, s), await signSettlement(w, w.respondent, caseId, s)]
  return w.rail.connect(w.stranger).settle(caseId, s, a, b)
}

export const anchored = async (w: World) => {
  await anchor(w.registry.evidence, w.registry.evidence.report)
  return w.registry.evidence.report.aepRoot
}
