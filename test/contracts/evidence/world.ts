import { anyValue } from '@nomicfoundation/hardhat-ethers-chai-matchers/withArgs'
import { keccak256, toUtf8Bytes, Wallet, ZeroAddress } from 'ethers'
import { network } from 'hardhat'
import type { AccessManager, EvidenceRegistry } from '../../../types/ethers-contracts/index.ts'

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
export { anyValue, ZeroAddress }

export const HOUR = 3600
export const DAY = 24 * HOUR
export const CHALLENGE = 2 * DAY
export const State = { none: 0n, anchored: 1n, disputed: 2n, final: 3n, upheld: 4n, void: 5n } as const
export const Flag = { provisional: 1, revision: 2, disputed: 4, upheld: 8, void: 16 } as const

/** A report as operators sign it, written out here once more: the services' own definition is what the tests question. */
export interface Report {
  feedId: string
  aepRoot: string
  value: bigint
  from: number
  to: number
  sequence: number
  eql: number
  flags: number
  receiptsRoot: string
  configVersion: number
}

const reportTypes = {
  Report: [
    { name: 'feedId', type: 'bytes32' },
    { name: 'aepRoot', type: 'bytes32' },
    { name: 'value', type: 'int64' },
    { name: 'from', type: 'uint40' },
    { name: 'to', type: 'uint40' },
    { name: 'sequence', type: 'uint32' },
    { name: 'eql', type: 'uint8' },
    { name: 'flags', type: 'uint8' },
    { name: 'receiptsRoot', type: 'bytes32' },
    { name: 'configVersion', type: 'uint32' },
  ],
}

export const hash = (name: string) => keccak256(toUtf8Bytes(name))

/** Operators with keys derived from a name, in the order a committee wants. */
export function operatorsOf(n: number, name = 'operator'): Wallet[] {
  return Array.from({ length: n }, (_, i) => new Wallet(hash(`${name} ${i}`))).sort((a, b) =>
    BigInt(a.address) < BigInt(b.address) ? -1 : 1,
  )
}

export const keyHashesOf = (operators: readonly { address: string }[]) => operators.map(o => hash(`pq ${o.address}`))

/** Least quorum by trying: the smallest in which any two have more members in common than there may be faulty. */
export function leastQuorumOf(n: number): number {
  const faulty = Math.floor((n - 1) / 3)
  for (let q = 1; ; q++) if (2 * q - n > faulty) return q
}

export const bitmapOf = (indices: readonly number[]) => indices.reduce((map, i) => map | (1n << BigInt(i)), 0n)

/** int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u32 configVersion | u32 signers */
export function headerOf(report: Report, signers: bigint): string {
  return ethers.solidityPacked(
    ['int64', 'uint40', 'uint40', 'uint32', 'uint8', 'uint8', 'uint32', 'uint32'],
    [report.value, report.from, report.to, report.sequence, report.eql, report.flags, report.configVersion, signers],
  )
}

export interface Domain {
  name: string
  version: string
  chainId: bigint
  verifyingContract: string
}

export const digestOf = (domain: Domain, report: Report) => ethers.TypedDataEncoder.hash(domain, reportTypes, report)

/** EIP-2098, 64 bytes. */
export const signOf = (signer: { signingKey: Wallet['signingKey'] }, digest: string) =>
  signer.signingKey.sign(digest).compactSerialized

export interface AnchorArgs {
  feedId: string
  aepId: string
  receiptsRoot: string
  header: string
  signatures: string
}

export interface World {
  authority: AccessManager
  registry: EvidenceRegistry
  domain: Domain
  operators: Wallet[]
  quorum: number
  /** a report that is sound at the time of the fixture */
  report: Report
}

const ROLE = { disputer: 11n, adjudicator: 12n, guardian: 13n, curator: 14n } as const

export async function deploy(n: number): Promise<World> {
  const [admin, , disputer, adjudicator, guardian, curator] = await ethers.getSigners()
  if (!admin || !disputer || !adjudicator || !guardian || !curator) throw new Error('too few accounts')
  const authority = await ethers.deployContract('AccessManager', [admin.address])
  const registry = await ethers.deployContract('EvidenceRegistry', [await authority.getAddress(), CHALLENGE])
  const target = await registry.getAddress()
  const powers = [
    [ROLE.disputer, disputer, 'dispute'],
    [ROLE.adjudicator, adjudicator, 'rule'],
    [ROLE.guardian, guardian, 'pause'],
    [ROLE.curator, curator, 'announceConfiguration'],
  ] as const
  for (const [role, holder, name] of powers) {
    await authority.setTargetFunctionRole(target, [registry.interface.getFunction(name).selector], role)
    await authority.grantRole(role, holder.address, 0)
  }
  const operators = operatorsOf(n)
  const quorum = leastQuorumOf(n)
  await registry.connect(curator).announceConfiguration(operators, keyHashesOf(operators), quorum, 0)
  const now = await networkHelpers.time.latest()
  const { chainId } = await ethers.provider.getNetwork()
  return {
    authority,
    registry,
    domain: { name: 'Nexus Evidence', version: '1', chainId, verifyingContract: target },
    operators,
    quorum,
    report: {
      feedId: hash('feed'),
      aepRoot: hash('pack 1'),
      value: 640n,
      from: now - 7 * DAY,
      to: now - DAY,
      sequence: 1,
      eql: 3,
      flags: 0,
      receiptsRoot: hash('receipts 1'),
      configVersion: 1,
    },
  }
}

/** Who may do what; `stranger` may do nothing. */
export async function roles() {
  const [, stranger, disputer, adjudicator, guardian, curator] = await ethers.getSigners()
  if (!stranger || !disputer || !adjudicator || !guardian || !curator) throw new Error('too few accounts')
  return { stranger, disputer, adjudicator, guardian, curator }
}

/** Calldata of a report signed by operators number `by`; by default the first quorum of them. */
export function attest(world: World, report: Report, by?: readonly number[]): AnchorArgs {
  const indices = by ?? Array.from({ length: world.quorum }, (_, i) => i)
  const digest = digestOf(world.domain, report)
  const signatures = indices.map(i => {
    const operator = world.operators[i]
    if (!operator) throw new Error(`no operator ${i}`)
    return signOf(operator, digest)
  })
  const others = world.operators.filter((_, i) => !indices.includes(i)).map(o => o.address)
  return {
    feedId: report.feedId,
    aepId: report.aepRoot,
    receiptsRoot: report.receiptsRoot,
    header: headerOf(report, bitmapOf(indices)),
    signatures: ethers.concat([...signatures, ...others]),
  }
}

export const send = (registry: EvidenceRegistry, a: AnchorArgs) =>
  registry.anchor(a.feedId, a.aepId, a.receiptsRoot, a.header, a.signatures)

export const anchor = (world: World, report: Report, by?: readonly number[]) =>
  send(world.registry, attest(world, report, by))

/** The report that comes `n` after this one: one day later, with a root of its own. */
export function nextOf(report: Report, n = 1): Report {
  const sequence = report.sequence + n
  return {
    ...report,
    sequence,
    to: report.to + n,
    from: report.from + n,
    aepRoot: hash(`pack ${report.feedId} ${sequence} ${report.to}`),
    receiptsRoot: hash(`receipts ${sequence}`),
  }
}
