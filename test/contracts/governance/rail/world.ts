import type { BaseContract } from 'ethers'
import type {
  AccessManager,
  CompetenceCredentials,
  DisputeBond,
  EffectsGuard,
  EvidenceGuard,
  RailBook,
  RailFactory,
  RailGovernor,
  RailMembership,
  RailTimelock,
  RailTreasury,
  TestComponents,
  TestStablecoin,
} from '../../../../types/ethers-contracts/index.ts'
import {
  anchor,
  DAY,
  deploy as deployEvidence,
  type World as Evidence,
  ethers,
  HOUR,
  hash,
  keyHashesOf,
  networkHelpers,
  nextOf,
  ZeroAddress,
} from '../../evidence/world.ts'

export { anyValue } from '../../evidence/world.ts'
export { anchor, DAY, ethers, HOUR, hash, networkHelpers, nextOf, ZeroAddress }

export const BOND = 500_000_000n
export const VOTES = 10_000n
export const Vote = { against: 0, for: 1, abstain: 2, fractional: 255 } as const
export const Proposal = {
  pending: 0n,
  active: 1n,
  canceled: 2n,
  defeated: 3n,
  succeeded: 4n,
  queued: 5n,
  expired: 6n,
  executed: 7n,
} as const
export const hydrology = hash('hydrology')
export const seismology = hash('seismology')
export const pack = hash('pack drought')
const ROLE = { disputer: 11n, ratified: 21n, consent: 22n, credentials: 23n } as const

export interface Suite {
  evidence: Evidence
  authority: AccessManager
  components: TestComponents
  competence: CompetenceCredentials
  book: RailBook
  evidenceGuard: EvidenceGuard
  effectsGuard: EffectsGuard
  factory: RailFactory
  bond: DisputeBond
  stablecoin: TestStablecoin
  implementations: {
    governor: RailGovernor
    timelock: RailTimelock
    membership: RailMembership
    treasury: RailTreasury
  }
}

export interface Rail {
  railId: bigint
  governor: RailGovernor
  timelock: RailTimelock
  membership: RailMembership
  treasury: RailTreasury
}

export interface Call {
  target: BaseContract | string
  value?: bigint
  data: string
}

/** Who is who. `nvm` stands for the six institutions' Safe. */
export async function people() {
  const all = await ethers.getSigners()
  const at = (i: number) => {
    const signer = all[i]
    if (!signer) throw new Error('too few accounts')
    return signer
  }
  return {
    admin: at(0),
    adjudicator: at(3),
    nvm: at(6),
    issuer: at(7),
    ana: at(8),
    ben: at(9),
    cleo: at(10),
    dov: at(11),
    guardian: at(12),
    stranger: at(13),
    commons: at(14),
    disputer: at(15),
    eve: at(16),
  }
}

export const deploySuite = () => suiteWith(undefined)

/** Its evidence can be disputed for 30 days: longer than a vote takes. */
export const deploySlowSuite = () => suiteWith(30 * DAY)

async function suiteWith(challengeSeconds: number | undefined): Promise<Suite> {
  const { nvm, commons, disputer } = await people()
  const evidence = await evidenceWith(challengeSeconds)
  const { authority, registry } = evidence
  const components = await ethers.deployContract('TestComponents')
  const competence = await ethers.deployContract('CompetenceCredentials', [authority])
  const book = await ethers.deployContract('RailBook', [authority, competence, components])
  const evidenceGuard = await ethers.deployContract('EvidenceGuard', [registry])
  const effectsGuard = await ethers.deployContract('EffectsGuard')
  const governor = await ethers.deployContract('RailGovernor', [book, evidenceGuard, effectsGuard])
  const timelock = await ethers.deployContract('RailTimelock', [book, evidenceGuard, effectsGuard])
  const membership = await ethers.deployContract('RailMembership')
  const treasury = await ethers.deployContract('RailTreasury')
  const factory = await ethers.deployContract('RailFactory', [authority, governor, timelock, membership, treasury])
  const stablecoin = await ethers.deployContract('TestStablecoin', ['Test Dollar', 'TUSD', 6])
  const bond = await ethers.deployContract('DisputeBond', [registry, stablecoin, BOND, commons])

  const powers = [
    [ROLE.ratified, factory, ['openRail']],
    [ROLE.consent, book, ['consent', 'withdrawConsent']],
    [ROLE.credentials, competence, ['setIssuer', 'revokeFor']],
  ] as const
  for (const [role, target, names] of powers) {
    const selectors = names.map(name => target.interface.getFunction(name as never)?.selector ?? '')
    await authority.setTargetFunctionRole(target, selectors, role)
    await authority.grantRole(role, nvm, 0)
  }
  await authority.grantRole(ROLE.disputer, bond, 0)
  await stablecoin.mint(disputer, 100n * BOND)
  await stablecoin.connect(disputer).approve(bond, ethers.MaxUint256)
  const inTenYears = (await networkHelpers.time.latest()) + 3650 * DAY
  await components.set(pack, 3, 2, inTenYears)
  return {
    evidence,
    authority,
    components,
    competence,
    book,
    evidenceGuard,
    effectsGuard,
    factory,
    bond,
    stablecoin,
    implementations: { governor, timelock, membership, treasury },
  }
}

/** The usual registry, or one with another challenge window and the same people. */
async function evidenceWith(challengeSeconds: number | undefined): Promise<Evidence> {
  const usual = await deployEvidence(4)
  if (challengeSeconds === undefined) return usual
  const { admin, adjudicator } = await people()
  const registry = await ethers.deployContract('EvidenceRegistry', [usual.authority, challengeSeconds])
  const powers = [
    [1n << 32n, admin, 'announceConfiguration'],
    [ROLE.disputer, undefined, 'dispute'],
    [12n, adjudicator, 'rule'],
  ] as const
  for (const [role, holder, name] of powers) {
    await usual.authority.setTargetFunctionRole(registry, [registry.interface.getFunction(name).selector], role)
    if (holder) await usual.authority.grantRole(role, holder, 0)
  }
  await registry.announceConfiguration(usual.operators, keyHashesOf(usual.operators), usual.quorum, 0)
  return { ...usual, registry, domain: { ...usual.domain, verifyingContract: await registry.getAddress() } }
}

async function usualTerms() {
  const { ana, ben, cleo } = await people()
  const terms = {
    name: 'Sahel Drought Rail',
    metadataURI: 'https://nexus.example/rails/sahel-drought/dao.json',
    votes: ZeroAddress,
    timelockDelay: 2 * DAY,
    reasonHash: hash('founders'),
    founders: [ana.address, ben.address, cleo.address],
    voting: {
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      lateQuorumExtension: DAY,
      quorumPercent: 34,
      superQuorumPercent: 90,
      proposalThreshold: 0n,
      guardian: ZeroAddress,
    },
    page: {
      charterHash: hash('charter'),
      leastLevel: 2,
      voteUnit: VOTES,
      packs: [pack],
      fees: [{ kind: hash('premium'), bps: 250 }],
      weights: [] as { field: string; bpsByLevel: [number, number, number, number, number] }[],
    },
  }
  return terms
}

export type Terms = Awaited<ReturnType<typeof usualTerms>>

export const termsOf = async (change: Partial<Terms> = {}): Promise<Terms> => ({ ...(await usualTerms()), ...change })

export async function openRail(suite: Suite, terms?: Terms): Promise<Rail> {
  const { nvm } = await people()
  await suite.factory.connect(nvm).openRail(terms ?? (await termsOf()))
  const railId = await suite.factory.railCount()
  const found = await suite.factory.railOf(railId)
  return {
    railId,
    governor: await ethers.getContractAt('RailGovernor', found.governor),
    timelock: await ethers.getContractAt('RailTimelock', found.timelock),
    membership: await ethers.getContractAt('RailMembership', found.membership),
    treasury: await ethers.getContractAt('RailTreasury', found.treasury),
  }
}

export type Action = [string[], bigint[], string[], string]

/** What `queue`, `execute` and `cancel` want; `propose` wants the text itself in the last place. */
export async function actionOf(calls: readonly Call[], description: string): Promise<Action> {
  const targets = await Promise.all(
    calls.map(({ target }) => (typeof target === 'string' ? target : target.getAddress())),
  )
  return [targets, calls.map(({ value }) => value ?? 0n), calls.map(({ data }) => data), ethers.id(description)]
}

/** keccak256 of the ABI encoding, as the standard of governors defines it. */
export const idOf = ([targets, values, calldatas, descriptionHash]: Action) =>
  BigInt(
    ethers.keccak256(
      ethers.AbiCoder.defaultAbiCoder().encode(
        ['address[]', 'uint256[]', 'bytes[]', 'bytes32'],
        [targets, values, calldatas, descriptionHash],
      ),
    ),
  )

/** The timelock's name for the same thing. */
export async function operationOf(rail: Rail, [targets, values, calldatas, descriptionHash]: Action) {
  const governor = BigInt(await rail.governor.getAddress()) << 96n
  const salt = ethers.zeroPadValue(ethers.toBeHex(governor ^ BigInt(descriptionHash)), 32)
  return ethers.keccak256(
    ethers.AbiCoder.defaultAbiCoder().encode(
      ['address[]', 'uint256[]', 'bytes[]', 'bytes32', 'bytes32'],
      [targets, values, calldatas, ethers.ZeroHash, salt],
    ),
  )
}

export interface Proposed {
  action: Action
  id: bigint
}

export async function propose(rail: Rail, calls: readonly Call[], description = 'A proposal'): Promise<Proposed> {
  const { ana } = await people()
  const action = await actionOf(calls, description)
  await rail.governor.connect(ana).propose(action[0], action[1], action[2], description)
  return { action, id: idOf(action) }
}

/** Whoever of Ana, Ben and Cleo has votes is for it, and the vote is over. */
export async function pass(rail: Rail, { id }: Proposed): Promise<void> {
  const { ana, ben, cleo } = await people()
  const { governor } = rail
  const snapshot = await governor.proposalSnapshot(id)
  if (BigInt(await networkHelpers.time.latest()) <= snapshot) await networkHelpers.time.increaseTo(snapshot + 1n)
  for (const voter of [ana, ben, cleo]) {
    const has = (await governor.getVotes(voter, snapshot)) > 0n
    if (has && (await governor.state(id)) === Proposal.active) await governor.connect(voter).castVote(id, Vote.for)
  }
  if ((await governor.state(id)) === Proposal.active)
    await networkHelpers.time.increaseTo((await governor.proposalDeadline(id)) + 1n)
}

export async function passAndQueue(rail: Rail, calls: readonly Call[], description?: string): Promise<Proposed> {
  const proposed = await propose(rail, calls, description)
  await pass(rail, proposed)
  await rail.governor.queue(...proposed.action)
  return proposed
}

/** Through vote, queue and delay to the moment before execution. */
export async function ripen(rail: Rail, calls: readonly Call[], description?: string): Promise<Proposed> {
  const proposed = await passAndQueue(rail, calls, description)
  await networkHelpers.time.increaseTo(await rail.governor.proposalEta(proposed.id))
  return proposed
}

export async function consent(suite: Suite, rail: Rail, { action }: Proposed) {
  const { nvm } = await people()
  return suite.book.connect(nvm).consent(rail.timelock, await operationOf(rail, action), hash('rationale'))
}

/** A whole decision of the rail, with the NVM's consent. */
export async function decide(suite: Suite, rail: Rail, calls: readonly Call[], description?: string) {
  const proposed = await ripen(rail, calls, description)
  await consent(suite, rail, proposed)
  return rail.governor.execute(...proposed.action)
}

export const cite = (suite: Suite, ...aepIds: string[]): Call => ({
  target: suite.evidenceGuard,
  data: suite.evidenceGuard.interface.encodeFunctionData('cite', [aepIds.toSorted()]),
})

export const setFee = (suite: Suite, bps: number): Call => ({
  target: suite.book,
  data: suite.book.interface.encodeFunctionData('setFee', [hash('premium'), bps]),
})

export const pay = (rail: Rail, token: BaseContract | string, to: string, assets: bigint): Call => ({
  target: rail.treasury,
  data: rail.treasury.interface.encodeFunctionData('pay', [
    typeof token === 'string' ? token : (token.target as string),
    to,
    assets,
    hash('reason'),
  ]),
})
