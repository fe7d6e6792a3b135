import { noLeaf } from '@nexus/funding/posted/post'
import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { anyValue } from '@nomicfoundation/hardhat-ethers-chai-matchers/withArgs'
import { AbiCoder, keccak256, toUtf8Bytes, ZeroAddress, ZeroHash } from 'ethers'
import { network } from 'hardhat'
import type {
  AccessManager,
  AttestationGate,
  QuadraticRound,
  RoundFactory,
  TestAttestations,
  TestCommonsInflow,
  TestStablecoin,
} from '../../../../types/ethers-contracts/index.ts'

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
export { anyValue, ZeroAddress, ZeroHash }

export const DAY = 86_400
export const UNIT = 1_000_000n
export const WAD = 10n ** 18n
export const THRESHOLD = 20_000n
export const hash = (text: string) => keccak256(toUtf8Bytes(text))
export const REASON = hash('reason')
export const SCHEMA = hash('bytes32 identity,uint256 score')

export const Variant = { linear: 0, capital: 1, clr: 2, proportional: 3, pairwise: 4, cluster: 5 } as const
export const Phase = { application: 0n, contribution: 1n, review: 2n, matching: 3n, payout: 4n, cancelled: 5n } as const
export const Status = { open: 0n, totals: 1n, sharing: 2n, matched: 3n, cancelled: 4n } as const
export const ProjectStatus = { none: 0n, accepted: 1n, disqualified: 2n } as const

const ROLE = { rounds: 41n, compliance: 42n, cancelling: 43n } as const

/** No line of a posted result. */

export interface World {
  authority: AccessManager
  attestations: TestAttestations
  gate: AttestationGate
  commons: TestCommonsInflow
  factory: RoundFactory
  /** the asset of the rounds, 6 decimals; `euro` has 18 and is worth 1.1 */
  usd: TestStablecoin
  euro: TestStablecoin
  opener: HardhatEthersSigner
  reviewer: HardhatEthersSigner
  compliance: HardhatEthersSigner
  canceller: HardhatEthersSigner
  attester: HardhatEthersSigner
  funder: HardhatEthersSigner
  stranger: HardhatEthersSigner
  people: HardhatEthersSigner[]
  projects: HardhatEthersSigner[]
}

/** The factory with its roles, two tokens that everybody has, and persons that are not attested yet. */
export async function deploy(): Promise<World> {
  const signers = await ethers.getSigners()
  const [admin, opener, reviewer, compliance, canceller, attester, funder, stranger] = signers
  if (!admin || !opener || !reviewer || !compliance || !canceller || !attester || !funder || !stranger)
    throw new Error('too few accounts')
  const people = signers.slice(8, 14)
  const projects = signers.slice(14, 20)

  const authority = await ethers.deployContract('AccessManager', [admin.address])
  const attestations = await ethers.deployContract('TestAttestations')
  const gate = await ethers.deployContract('AttestationGate', [
    attestations,
    SCHEMA,
    attester.address,
    THRESHOLD,
    ZeroAddress,
    ZeroHash,
    0,
  ])
  const commons = await ethers.deployContract('TestCommonsInflow')
  const factory = await ethers.deployContract('RoundFactory', [
    authority,
    await ethers.deployContract('QuadraticRound'),
    commons,
  ])
  const grant = async (
    role: bigint,
    holder: HardhatEthersSigner,
    names: ('openRound' | 'cancelRound' | 'holdPayouts' | 'endHold')[],
  ) => {
    const selectors = names.map(name => factory.interface.getFunction(name as 'openRound').selector)
    await authority.setTargetFunctionRole(factory, selectors, role)
    await authority.grantRole(role, holder.address, 0)
  }
  await grant(ROLE.rounds, opener, ['openRound'])
  await grant(ROLE.compliance, compliance, ['holdPayouts', 'endHold'])
  await grant(ROLE.cancelling, canceller, ['cancelRound'])

  const usd = await ethers.deployContract('TestStablecoin', ['US Dollar', 'USD', 6])
  const euro = await ethers.deployContract('TestStablecoin', ['Euro', 'EUR', 18])
  for (const one of [funder, stranger, ...people]) {
    await usd.mint(one.address, 1_000_000n * UNIT)
    await euro.mint(one.address, 1_000_000n * WAD)
  }
  return {
    authority,
    attestations,
    gate,
    commons,
    factory,
    usd,
    euro,
    opener,
    reviewer,
    compliance,
    canceller,
    attester,
    funder,
    stranger,
    people,
    projects,
  }
}

/** 1.1 units of 6 decimals for a token of 18. */
export const EURO_RATE = (11n * WAD) / 10n / 10n ** 12n

export interface Terms {
  asset: string
  variant: number
  capBps: number
  applyUntil: number
  contributeFrom: number
  contributeUntil: number
  reviewUntil: number
  payoutUntil: number
  reviewer: string
  gate: string
  results: string
  postedParameter: bigint
  milestoneBps: number[]
  others: { token: string; unitsWad: bigint }[]
  metadataURI: string
}

export async function termsOf(w: World, change: Partial<Terms> = {}): Promise<Terms> {
  const now = await networkHelpers.time.latest()
  return {
    asset: await w.usd.getAddress(),
    variant: Variant.linear,
    capBps: 10_000,
    applyUntil: now + 5 * DAY,
    contributeFrom: now + 7 * DAY,
    contributeUntil: now + 21 * DAY,
    reviewUntil: now + 28 * DAY,
    payoutUntil: now + 200 * DAY,
    reviewer: w.reviewer.address,
    gate: await w.gate.getAddress(),
    results: ZeroAddress,
    postedParameter: 0n,
    milestoneBps: [10_000],
    others: [{ token: await w.euro.getAddress(), unitsWad: EURO_RATE }],
    metadataURI: 'ipfs://round',
    ...change,
  }
}

export interface Round extends World {
  round: QuadraticRound
  terms: Terms
}

export async function open(w: World, change: Partial<Terms> = {}): Promise<Round> {
  const terms = await termsOf(w, change)
  const address = await w.factory.connect(w.opener).openRound.staticCall(terms)
  await w.factory.connect(w.opener).openRound(terms)
  const round = await ethers.getContractAt('QuadraticRound', address)
  for (const one of [w.funder, w.stranger, ...w.people]) {
    await w.usd.connect(one).approve(address, 10n ** 30n)
    await w.euro.connect(one).approve(address, 10n ** 30n)
  }
  return { ...w, round: round as unknown as QuadraticRound, terms }
}

export interface Claim {
  identity?: string
  score?: bigint
  schema?: string
  expiresAt?: bigint
  data?: string
  by?: HardhatEthersSigner
}

/** Has the attester say that this is a person; gives the attestation's uid. */
export async function attest(w: World, recipient: string, claim: Claim = {}): Promise<string> {
  const { identity = hash(`person ${recipient}`), score = THRESHOLD, schema = SCHEMA, expiresAt = 0n } = claim
  const data = claim.data ?? AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint256'], [identity, score])
  const attestations = w.attestations.connect(claim.by ?? w.attester)
  const request = {
    schema,
    data: { recipient, expirationTime: expiresAt, revocable: true, refUID: ZeroHash, data, value: 0n },
  }
  const uid = await attestations.attest.staticCall(request)
  await attestations.attest(request)
  // the uid has the time of its block in it
  const [event] = await w.attestations.queryFilter(w.attestations.filters.Attested(recipient), 'latest')
  return event?.args.uid ?? uid
}

export const revoke = (w: World, uid: string) =>
  w.attestations.connect(w.attester).revoke({ schema: SCHEMA, data: { uid, value: 0n } })

export const dossierOf = (applicant: string) => hash(`dossier of ${applicant}`)

export const apply = (r: Round, applicant: HardhatEthersSigner) =>
  r.round.connect(applicant).applyAsProject(dossierOf(applicant.address), 'ipfs://dossier')

export const accept = (r: Round, applicant: HardhatEthersSigner) =>
  r.round.connect(r.reviewer).review(applicant.address, dossierOf(applicant.address), true, REASON)

export const to = (time: number) => networkHelpers.time.increaseTo(time)

/** Accepted projects, a funded pool, attested persons who are not registered yet; contributions have begun. */
export async function started(w: World, change: Partial<Terms> = {}, pool = 10_000n * UNIT) {
  const r = await open(w, change)
  for (const project of r.projects) {
    await apply(r, project)
    await accept(r, project)
  }
  if (pool > 0n) await r.round.connect(r.funder).fundPool(pool)
  const uids: string[] = []
  for (const person of r.people) uids.push(await attest(r, person.address))
  await to(r.terms.contributeFrom)
  return { ...r, uids }
}

export type Started = Awaited<ReturnType<typeof started>>
const linear = async () => started(await deploy())

/** A linear round to spoil: what tests write into it is not there for the next. */
export async function fresh(): Promise<Started> {
  const r = await networkHelpers.loadFixture(linear)
  return { ...r, uids: [...r.uids] }
}

/** projectId at bit 224 | token at 112 | assets */
export const gift = (projectId: number, assets: bigint, token = 0) =>
  (BigInt(projectId) << 224n) | (BigInt(token) << 112n) | assets

export const assetsOf = (word: bigint) => word & (2n ** 112n - 1n)

/** One person's gifts; the person is registered along with the first. */
export const give = (r: Started, person: number, ...gifts: bigint[]) =>
  r.round.connect(personOf(r, person)).contribute(r.uids[person] ?? ZeroHash, gifts)

export function personOf(r: World, person: number): HardhatEthersSigner {
  const one = r.people[person]
  if (!one) throw new Error(`no person ${person}`)
  return one
}

export function projectOf(r: World, project: number): HardhatEthersSigner {
  const one = r.projects[project]
  if (!one) throw new Error(`no project ${project}`)
  return one
}

/** ⌊√x⌋ by bisection. */
export function root(x: bigint): bigint {
  let [low, high] = [0n, x + 1n]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= x) low = middle
    else high = middle
  }
  return low
}

/** Pushes the matching to its end, so many projects a call. */
export async function tallyAll(r: Round, step = 100n) {
  if ((await networkHelpers.time.latest()) < r.terms.reviewUntil) await to(r.terms.reviewUntil)
  while ((await r.round.status()) < Status.matched) await r.round.connect(r.stranger).tally(step)
}

export const matchesOf = async (r: Round, count = r.projects.length) =>
  Promise.all(Array.from({ length: count }, (_, i) => r.round.matchedOf(i)))

export const collectMatch = (r: Round, project: number, by = r.stranger, receiver = projectOf(r, project).address) =>
  r.round.connect(by).collectMatch(project, receiver, noLeaf, [])

export const collectContributed = (
  r: Round,
  project: number,
  token = 0,
  by = r.stranger,
  receiver = projectOf(r, project).address,
) => r.round.connect(by).collectContributed(project, token, receiver)

// —— ballots ——

export interface Ballot {
  contributor: string
  attestation: string
  payer: string
  nonce: bigint
  deadline: number
}

export const ballotTypes = {
  Gift: [
    { name: 'projectId', type: 'uint32' },
    { name: 'token', type: 'uint8' },
    { name: 'assets', type: 'uint112' },
  ],
  Ballot: [
    { name: 'contributor', type: 'address' },
    { name: 'deadline', type: 'uint40' },
    { name: 'payer', type: 'address' },
    { name: 'attestation', type: 'bytes32' },
    { name: 'nonce', type: 'uint256' },
    { name: 'gifts', type: 'Gift[]' },
  ],
}

export async function ballotOf(r: Started, person: number, change: Partial<Ballot> = {}): Promise<Ballot> {
  const contributor = personOf(r, person).address
  return {
    contributor,
    attestation: r.uids[person] ?? ZeroHash,
    payer: contributor,
    nonce: await r.round.nonceOf(contributor),
    deadline: r.terms.contributeUntil,
    ...change,
  }
}

export const domainOf = async (r: Round) => ({
  name: 'Nexus QuadraticRound',
  version: '1',
  chainId: (await ethers.provider.getNetwork()).chainId,
  verifyingContract: await r.round.getAddress(),
})

export const sign = async (r: Round, by: HardhatEthersSigner, ballot: Ballot, words: bigint[]) => {
  const gifts = words.map(word => ({ projectId: word >> 224n, token: (word >> 112n) & 0xffn, assets: assetsOf(word) }))
  return by.signTypedData(await domainOf(r), ballotTypes, { ...ballot, gifts })
}
