import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { AbiCoder, keccak256, toUtf8Bytes, ZeroHash } from 'ethers'
import type { ComponentRegistry, TermsStore } from '../../../types/ethers-contracts/index.ts'
import { deploy as deployEvidence, type World as EvidenceWorld, ethers, networkHelpers } from '../evidence/world.ts'

export { anyValue, connection, DAY, ethers, HOUR, hash, networkHelpers, ZeroAddress } from '../evidence/world.ts'
export { ZeroHash }

const DAY = 86_400
export const ANSWER = 14 * DAY
export const DECISION = 30 * DAY
export const SUSPENSION = 90 * DAY
export const URGENT = 7 * DAY
export const URGENT_COOLDOWN = 30 * DAY
export const YEAR = 365 * DAY

export const Kind = { pack: 0, node: 1, model: 2, agent: 3, source: 4, template: 5 } as const
export const Status = {
  none: 0n,
  proposed: 1n,
  certified: 2n,
  suspended: 3n,
  delisted: 4n,
  expired: 5n,
  withdrawn: 6n,
} as const

const hashOf = (text: string) => keccak256(toUtf8Bytes(text))
export const REASON = hashOf('reason')

/** major | minor | patch, 16 bits each. */
export const version = (major: number, minor = 0, patch = 0) =>
  (BigInt(major) << 32n) | (BigInt(minor) << 16n) | BigInt(patch)

/** Written out from the definition in the interface. */
export const lineageIdOf = (kind: number, publisher: string, name: string) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['uint8', 'address', 'bytes32'], [kind, publisher, hashOf(name)]))
export const componentIdOf = (kind: number, publisher: string, name: string, v: bigint) =>
  keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'uint48'], [lineageIdOf(kind, publisher, name), v]))

/** A formula that pays in full from 640 on. */
export const FORMULA_HEADER = (1n << 248n) | (2n << 232n)
export const FORMULA_WORDS = [(640n << 192n) | ((10n ** 18n) << 64n) | (10n ** 18n)]
export const FORMULA = keccak256(
  ethers.concat([FORMULA_HEADER, ...FORMULA_WORDS].map(word => ethers.toBeHex(word, 32))),
)

export interface FeedChoice {
  modelCodeHash: string
  params?: Record<string, string>
  datasetVersion?: string
}

/** A feed specification as the standard has it: RFC 8785, whose keys are sorted. */
export const specificationOf = ({ modelCodeHash, params = {}, datasetVersion = 'edition 1' }: FeedChoice) =>
  ethers.hexlify(
    toUtf8Bytes(
      `{"datasetVersion":${JSON.stringify(datasetVersion)},"decimals":2,"model":"spi","modelCodeHash":"${modelCodeHash}",` +
        `"modelVersion":"1.0.0","params":${JSON.stringify(params)},"source":{"adapter":"csv","codeHash":"${hashOf('parser')}",` +
        `"dataset":"d","options":{}},"uncertainty":null}`,
    ),
  )

export interface World {
  evidence: EvidenceWorld
  store: TermsStore
  components: ComponentRegistry
  admin: HardhatEthersSigner
  publisher: HardhatEthersSigner
  maintainer: HardhatEthersSigner
  certifier: HardhatEthersSigner
  supervisor: HardhatEthersSigner
  guardian: HardhatEthersSigner
  stranger: HardhatEthersSigner
}

const ROLE = { capping: 31n, templates: 32n, certifying: 33n, supervision: 34n, alarm: 35n } as const

/** The registry beside the real evidence registry and the real terms store. */
export async function deploy(): Promise<World> {
  const evidence = await deployEvidence(4)
  const { authority, registry } = evidence
  const signers = await ethers.getSigners()
  const [admin, stranger] = signers
  const [publisher, maintainer, certifier, supervisor, guardian] = signers.slice(10)
  if (!admin || !stranger || !publisher || !maintainer || !certifier || !supervisor || !guardian)
    throw new Error('too few accounts')
  const store = await ethers.deployContract('TermsStore', [authority])
  const components = await ethers.deployContract('ComponentRegistry', [authority, registry, store])
  const supervising = ['openCase', 'suspend', 'confirm', 'dismiss', 'delist'] as const
  const selector = (name: 'certify' | 'suspendUrgently' | (typeof supervising)[number]) =>
    components.interface.getFunction(name as 'certify').selector
  await authority.setTargetFunctionRole(registry, [registry.interface.getFunction('capFeed').selector], ROLE.capping)
  await authority.setTargetFunctionRole(
    store,
    [store.interface.getFunction('withdrawTemplate').selector],
    ROLE.templates,
  )
  await authority.setTargetFunctionRole(components, [selector('certify')], ROLE.certifying)
  await authority.setTargetFunctionRole(components, supervising.map(selector), ROLE.supervision)
  await authority.setTargetFunctionRole(components, [selector('suspendUrgently')], ROLE.alarm)
  await authority.grantRole(ROLE.capping, components, 0)
  await authority.grantRole(ROLE.templates, components, 0)
  await authority.grantRole(ROLE.certifying, certifier.address, 0)
  await authority.grantRole(ROLE.supervision, supervisor.address, 0)
  await authority.grantRole(ROLE.alarm, guardian.address, 0)
  await store.publishFormula(FORMULA_HEADER, FORMULA_WORDS)
  return { evidence, store, components, admin, publisher, maintainer, certifier, supervisor, guardian, stranger }
}

export interface Release {
  name: string
  version: bigint
  contentHash: string
  sbomHash: string
  uri: string
}
export const release = (change: Partial<Release> = {}): Release => ({
  name: 'spi',
  version: version(1),
  contentHash: hashOf('model code'),
  sbomHash: hashOf('sbom'),
  uri: 'ipfs://spi',
  ...change,
})

export async function propose(
  w: World,
  change: Partial<Release> = {},
  kind: number = Kind.model,
  publisher = w.publisher,
): Promise<string> {
  const given = release(change)
  await w.components.connect(publisher).propose(kind, given)
  return componentIdOf(kind, publisher.address, given.name, given.version)
}

export const inOneYear = async () => (await networkHelpers.time.latest()) + YEAR

export async function certify(w: World, componentId: string, { cl = 2, eql = 3 } = {}) {
  return w.components.connect(w.certifier).certify(componentId, cl, eql, await inOneYear(), REASON)
}

/** A certified model whose publisher named a maintainer. */
export async function certified() {
  const w = await deploy()
  const componentId = await propose(w)
  await w.components.connect(w.publisher).nameMaintainer(componentId, w.maintainer.address)
  await certify(w, componentId)
  return { ...w, componentId }
}

/** Answered at once, so that it can be suspended at once. */
export async function suspend(w: World, componentId: string) {
  await w.components.connect(w.supervisor).openCase(componentId, REASON)
  await w.components.connect(w.publisher).answer(componentId, REASON)
  return w.components.connect(w.supervisor).suspend(componentId, REASON)
}

export const delist = async (w: World, componentId: string) => {
  await suspend(w, componentId)
  return w.components.connect(w.supervisor).delist(componentId, REASON)
}

export async function publishTemplate(w: World, feedId = ZeroHash, name = 'drought', publisher = w.publisher) {
  const contentHash = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32'], [FORMULA, feedId]))
  await w.components.connect(publisher).proposeTemplate(FORMULA, feedId, release({ name, contentHash }))
  return componentIdOf(Kind.template, publisher.address, name, version(1))
}

/** Publishes a feed of the model whose code has this hash. */
export async function publishFeed(w: World, choice: Partial<FeedChoice> = {}) {
  const specification = specificationOf({ modelCodeHash: hashOf('model code'), ...choice })
  await w.store.publishFeed(specification)
  return { specification, feedId: keccak256(specification) }
}

/** A published, linked feed of the certified model. */
export async function linked() {
  const w = await certified()
  const feed = await publishFeed(w)
  await w.components.connect(w.stranger).linkFeed(feed.specification)
  return { ...w, ...feed }
}
