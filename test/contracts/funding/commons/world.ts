import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { keccak256, toUtf8Bytes } from 'ethers'
import type { CommonsFund, TestStablecoin } from '../../../../types/ethers-contracts/index.ts'
import {
  anchor,
  CHALLENGE,
  DAY,
  deploy as deployEvidence,
  type World as EvidenceWorld,
  ethers,
  networkHelpers,
  type Report,
} from '../../evidence/world.ts'

export { anyValue, connection, DAY, ethers, networkHelpers, ZeroAddress } from '../../evidence/world.ts'
export { CHALLENGE }

export const UNIT = 10n ** 6n
export const PERIOD = 30 * DAY
export const NOTICE = 14 * DAY
export const COLLECT = 3 * 365 * DAY
export const EVIDENCE = 180 * DAY
export const MOST_AHEAD = 5 * 365 * DAY
export const YEAR = 365 * DAY

export const Source = { fee: 0, leftover: 1, slash: 2, gift: 3 } as const
export const Setting = { grantLimit: 0, compensationLimit: 1, floor: 2 } as const
export const Kind = { grant: 0n, stream: 1n, milestone: 2n, compensation: 3n } as const
export const ROLE = { granting: 51n, compensating: 52n, budgeting: 53n, revoking: 54n } as const

export const hashOf = (text: string) => keccak256(toUtf8Bytes(text))
export const DECISION = hashOf('a decision')
export const ORIGIN = hashOf('where it comes from')

export interface World {
  evidence: EvidenceWorld
  commons: CommonsFund
  target: string
  token: TestStablecoin
  asset: string
  rail: HardhatEthersSigner
  panel: HardhatEthersSigner
  budgeter: HardhatEthersSigner
  revoker: HardhatEthersSigner
  treasury: HardhatEthersSigner
  harmed: HardhatEthersSigner
  household: HardhatEthersSigner
  heir: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

/** A fee's fifth stays, half of a slash, and the whole of leftovers and gifts. */
export const sharesOf = (w: { treasury: { address: string }; harmed: { address: string } }) => [
  { keptBps: 2_000, beneficiary: w.treasury.address },
  { keptBps: 10_000, beneficiary: ethers.ZeroAddress },
  { keptBps: 5_000, beneficiary: w.harmed.address },
  { keptBps: 10_000, beneficiary: ethers.ZeroAddress },
]

/** The commons beside the real evidence registry, each role with one account, nothing in it and nothing allowed. */
export async function deploy(): Promise<World> {
  const evidence = await deployEvidence(4)
  const { authority, registry } = evidence
  const signers = (await ethers.getSigners()).slice(6, 15)
  const [stranger, rail, panel, budgeter, revoker, treasury, harmed, household, heir] = signers
  if (!stranger || !rail || !panel || !budgeter || !revoker || !treasury || !harmed || !household || !heir)
    throw new Error('too few accounts')
  const shares = sharesOf({ treasury, harmed })
  const commons = (await ethers.deployContract('CommonsFund', [authority, registry, shares])) as unknown as CommonsFund
  const token = await ethers.deployContract('TestStablecoin', ['Test Dollar', 'TUSD', 6])
  const [target, asset] = await Promise.all([commons.getAddress(), token.getAddress()])
  const powers = [
    [ROLE.granting, rail, ['grant', 'stream', 'pledge']],
    [ROLE.compensating, panel, ['awardCompensation']],
    [ROLE.budgeting, budgeter, ['announce']],
    [ROLE.revoking, revoker, ['revoke']],
  ] as const
  for (const [role, holder, names] of powers) {
    const selectors = names.map(name => commons.interface.getFunction(name).selector)
    await authority.setTargetFunctionRole(target, selectors, role)
    await authority.grantRole(role, holder.address, 0)
  }
  return {
    ...{ evidence, commons, target, token: token as unknown as TestStablecoin, asset },
    ...{ rail, panel, budgeter, revoker, treasury, harmed, household, heir, stranger },
  }
}

export async function pay(w: World, assets: bigint, source: number = Source.gift, by = w.stranger) {
  await w.token.mint(by.address, assets)
  await w.token.connect(by).approve(w.target, assets)
  return w.commons.connect(by).deposit(w.asset, assets, source, ORIGIN)
}

/** Announces, and waits until it is in force. */
export async function set(w: World, setting: number, assets: bigint, asset = w.asset) {
  await w.commons.connect(w.budgeter).announce(asset, setting, assets, DECISION)
  await networkHelpers.time.increase(NOTICE)
}

/** With 1,000 in it, and limits of 600 for grants and 200 for compensation. */
export async function funded(): Promise<World> {
  const w = await deploy()
  await pay(w, 1_000n * UNIT)
  await w.commons.connect(w.budgeter).announce(w.asset, Setting.compensationLimit, 200n * UNIT, DECISION)
  await set(w, Setting.grantLimit, 600n * UNIT)
  return w
}

export interface Terms {
  decision: string
  part: number
  asset: string
  to: string
  assets: bigint
}
export const terms = (w: World, change: Partial<Terms> = {}): Terms => ({
  ...{ decision: DECISION, part: 0, asset: w.asset, to: w.household.address, assets: 100n * UNIT },
  ...change,
})

export const idOf = (w: World, t: Terms) =>
  keccak256(
    ethers.AbiCoder.defaultAbiCoder().encode(['address', 'bytes32', 'uint32'], [w.rail.address, t.decision, t.part]),
  )

export const compensationIdOf = (w: World, origin: string, to: string) =>
  keccak256(
    ethers.AbiCoder.defaultAbiCoder().encode(
      ['address', 'bytes32', 'address', 'address'],
      [w.panel.address, origin, w.asset, to],
    ),
  )

export const now = () => networkHelpers.time.latest()

/** What is called next is in a block of this time. */
export const at = (time: number) => networkHelpers.time.setNextBlockTimestamp(time)

export async function grant(w: World, change: Partial<Terms> = {}) {
  const t = terms(w, change)
  await w.commons.connect(w.rail).grant(t)
  return idOf(w, t)
}

export interface Schedule {
  startAt: number
  cliffAt: number
  endAt: number
}

/** By default 100 over 100 days from tomorrow on, with a cliff after 25. */
export async function stream(w: World, change: Partial<Terms> = {}, schedule?: Schedule) {
  const t = terms(w, change)
  const startAt = (await now()) + DAY
  const s = schedule ?? { startAt, cliffAt: startAt + 25 * DAY, endAt: startAt + 100 * DAY }
  await w.commons.connect(w.rail).stream(t, s.startAt, s.cliffAt, s.endAt)
  return { awardId: idOf(w, t), ...s }
}

export interface Milestone {
  feedId: string
  threshold: bigint
  from: number
  to: number
  minEql: number
  atLeast: boolean
}

/** What the evidence world's first report shows: a value of 640 in its window, at level 3. */
export const milestone = (w: World, change: Partial<Milestone> = {}): Milestone => {
  const { feedId, value, from, to, eql } = w.evidence.report
  return { feedId, threshold: value, from, to, minEql: eql, atLeast: true, ...change }
}

export async function pledge(w: World, change: Partial<Milestone> = {}, part = 0) {
  const t = terms(w, { part })
  const m = milestone(w, change)
  const deadline = Math.max(m.to + EVIDENCE, (await now()) + 30 * DAY)
  await w.commons.connect(w.rail).pledge(t, m, deadline)
  return { awardId: idOf(w, t), deadline }
}

/** Anchors a report like the evidence world's first, and waits until it is final. */
export async function finalEvidence(w: World, change: Partial<Report> = {}): Promise<string> {
  const report = { ...w.evidence.report, ...change }
  await anchor(w.evidence, report)
  await networkHelpers.time.increase(CHALLENGE)
  return report.aepRoot
}

/** What the books and the balance of an asset are. */
export async function booksOf(w: World) {
  const { held, due, awarded, paid } = await w.commons.bookOf(w.asset)
  return { held, due, awarded, paid, balance: await w.token.balanceOf(w.target) }
}
