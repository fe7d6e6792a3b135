import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { keccak256, toUtf8Bytes, ZeroHash } from 'ethers'
import { network } from 'hardhat'
import type { AccessManager, NipRegistry } from '../../../types/ethers-contracts/index.ts'

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
export { ZeroHash }

export const DAY = 86_400
export const DRAFT = 2 * DAY
export const REVIEW = 14 * DAY
export const LAST_CALL = 7 * DAY
export const VOTE = 3 * DAY
export const VOTE_LIFE = 90 * DAY
export const SILENCE = 60 * DAY
export const YEAR = 365 * DAY
export const REST = 90 * DAY

export const State = {
  none: 0n,
  draft: 1n,
  review: 2n,
  lastCall: 3n,
  vote: 4n,
  final: 5n,
  rejected: 6n,
  withdrawn: 7n,
  superseded: 8n,
} as const

export const hash = (text: string) => keccak256(toUtf8Bytes(text))
export const REASON = hash('reason')
export const SPEC = 'standards/report'
export const SPEC_ID = hash(SPEC)

/** major | minor | patch, 16 bits each. */
export const version = (major: number, minor = 0, patch = 0) =>
  (BigInt(major) << 32n) | (BigInt(minor) << 16n) | BigInt(patch)

export interface Draft {
  specName: string
  version: bigint
  specHash: string
  activationSeconds: number
  uri: string
}

export interface World {
  authority: AccessManager
  nips: NipRegistry
  author: HardhatEthersSigner
  editor: HardhatEthersSigner
  maintainer: HardhatEthersSigner
  /** records what a vote decided: the Safe or a timelock, elsewhere */
  voters: HardhatEthersSigner
  appointer: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

const ROLE = { voters: 41n, appointer: 42n } as const

export async function deploy(): Promise<World> {
  const [admin, author, editor, maintainer, voters, appointer, stranger] = await ethers.getSigners()
  if (!admin || !author || !editor || !maintainer || !voters || !appointer || !stranger)
    throw new Error('too few accounts')
  const authority = await ethers.deployContract('AccessManager', [admin.address])
  const nips = await ethers.deployContract('NipRegistry', [authority])
  const selectors = (names: readonly string[]) =>
    names.map(name => nips.interface.getFunction(name as 'recordOutcome').selector)
  await authority.setTargetFunctionRole(nips, selectors(['recordOutcome']), ROLE.voters)
  await authority.setTargetFunctionRole(
    nips,
    selectors(['grantEditor', 'endEditor', 'grantMaintainer', 'endMaintainer']),
    ROLE.appointer,
  )
  await authority.grantRole(ROLE.voters, voters.address, 0)
  await authority.grantRole(ROLE.appointer, appointer.address, 0)
  const endsAt = (await networkHelpers.time.latest()) + YEAR - DAY
  await nips.connect(appointer).grantEditor(editor.address, endsAt, REASON)
  await nips.connect(appointer).grantMaintainer(SPEC_ID, maintainer.address, endsAt, REASON)
  return { authority, nips, author, editor, maintainer, voters, appointer, stranger }
}

export const draftOf = (change: Partial<Draft> = {}): Draft => ({
  specName: SPEC,
  version: version(1),
  specHash: hash('text of 1.0.0'),
  activationSeconds: 0,
  uri: 'ipfs://report-1.0.0',
  ...change,
})

/** Submits a draft and gives its number. */
export async function submit(w: World, change: Partial<Draft> = {}, author = w.author): Promise<bigint> {
  await w.nips.connect(author).submit(draftOf(change), REASON)
  return w.nips.nipCount()
}

export async function toReview(w: World, nip: bigint) {
  await networkHelpers.time.increase(DRAFT)
  await w.nips.connect(w.editor).advance(nip, REASON)
}
export async function toLastCall(w: World, nip: bigint) {
  await toReview(w, nip)
  await networkHelpers.time.increase(REVIEW)
  await w.nips.connect(w.maintainer).advance(nip, REASON)
}
export async function toVote(w: World, nip: bigint) {
  await toLastCall(w, nip)
  await networkHelpers.time.increase(LAST_CALL)
  await w.nips.connect(w.stranger).advance(nip, REASON)
}
export async function toOutcome(w: World, nip: bigint, accepted = true) {
  await toVote(w, nip)
  await networkHelpers.time.increase(VOTE)
  const { specHash } = await w.nips.nipOf(nip)
  return w.nips.connect(w.voters).recordOutcome(nip, specHash, accepted, REASON)
}

/** A whole life, from draft to final, of the version named. */
export async function accept(w: World, v: bigint, activationSeconds = 0) {
  const nip = await submit(w, { version: v, specHash: hash(`text of ${v}`), activationSeconds })
  await toOutcome(w, nip)
  return nip
}
