import { readFileSync } from 'node:fs'
import { anyValue } from '@nomicfoundation/hardhat-ethers-chai-matchers/withArgs'
import { Contract, type JsonFragment, keccak256, toUtf8Bytes, Wallet, ZeroAddress } from 'ethers'
import { network } from 'hardhat'
import type {
  AccessManager,
  ActionClasses,
  Constitution,
  EvidenceRegistry,
  Governed,
  NexusGuard,
  NexusValidationModule,
} from '../../../../types/ethers-contracts/index.ts'

export const connection = await network.create()
export const { ethers, networkHelpers } = connection
export { anyValue, ZeroAddress }

export const HOUR = 3600
export const DAY = 24 * HOUR
export const YEAR = 365 * DAY
export const Class = { constitutional: 0, ratification: 1, ordinary: 2, emergency: 3 } as const
export const Kind = { plain: 0, multiSend: 1, timelock: 2, accessManager: 3, protected: 4 } as const
export const Choice = { yes: 0, no: 1, abstain: 2, veto: 3, recuse: 4 } as const
export const State = { none: 0n, open: 1n, passed: 2n, ready: 3n, executed: 4n, killed: 5n, expired: 6n } as const

export const hash = (name: string) => keccak256(toUtf8Bytes(name))
export const PAUSE = 'pause(uint40)'

/** The Safe as its authors ship it: bytecode of the npm package, nothing compiled here. */
function safeArtifact(path: string): { abi: JsonFragment[]; bytecode: string } {
  const url = import.meta.resolve(`@safe-global/safe-smart-account/build/artifacts/contracts/${path}.json`)
  return JSON.parse(readFileSync(new URL(url), 'utf8')) as { abi: JsonFragment[]; bytecode: string }
}

export async function deploySafePart(path: string): Promise<Contract> {
  const { abi, bytecode } = safeArtifact(path)
  const contract = await (await ethers.getContractFactory(abi, bytecode)).deploy()
  return new Contract(await contract.getAddress(), abi, (await ethers.getSigners())[0])
}

export interface Call {
  to: string
  value: bigint
  data: string
}

export interface Proposal {
  seatId: number
  nonce: bigint
  calls: Call[]
  rationaleHash: string
  rationaleURI: string
  citedAeps: string[]
}

export interface World {
  safe: Contract
  multiSend: Contract
  multiSendCallOnly: Contract
  module: NexusValidationModule
  classes: ActionClasses
  constitution: Constitution
  guard: NexusGuard
  authority: AccessManager
  registry: EvidenceRegistry
  target: Governed
  /** holder of seat i, by its own key */
  seats: Wallet[]
  chainId: bigint
}

export const addressOf = (contract: { getAddress(): Promise<string> }) => contract.getAddress()

export async function fundedWallets(n: number, name: string): Promise<Wallet[]> {
  const wallets = Array.from({ length: n }, (_, i) => new Wallet(hash(`${name} ${i}`), ethers.provider))
  for (const { address } of wallets) await networkHelpers.setBalance(address, 10n ** 20n)
  return wallets
}

/** A Safe of six owners and threshold three, from the Safe's own factory. */
export async function deploySafe(owners: readonly { address: string }[], threshold = 3): Promise<Contract> {
  const singleton = await deploySafePart('SafeL2.sol/SafeL2')
  const factory = await deploySafePart('proxies/SafeProxyFactory.sol/SafeProxyFactory')
  // one that receives tokens and signs nothing: a handler with ERC-1271 would let three owners sign for the Safe
  const handler = await deploySafePart('handler/TokenCallbackHandler.sol/TokenCallbackHandler')
  const setup = singleton.interface.encodeFunctionData('setup', [
    owners.map(o => o.address),
    threshold,
    ZeroAddress,
    '0x',
    await addressOf(handler),
    ZeroAddress,
    0,
    ZeroAddress,
  ])
  const arguments_ = [await addressOf(singleton), setup, 0n] as const
  const address = await factory.getFunction('createProxyWithNonce').staticCall(...arguments_)
  await factory.getFunction('createProxyWithNonce')(...arguments_)
  return new Contract(address, singleton.interface, (await ethers.getSigners())[0])
}

export const packedBatch = (calls: readonly (Call & { operation?: number })[]) =>
  ethers.concat(
    calls.map(({ operation = 0, to, value, data }) =>
      ethers.solidityPacked(
        ['uint8', 'address', 'uint256', 'uint256', 'bytes'],
        [operation, to, value, ethers.dataLength(data), data],
      ),
    ),
  )

export const batchOf = (world: World, calls: readonly (Call & { operation?: number })[]) =>
  world.multiSendCallOnly.interface.encodeFunctionData('multiSend', [packedBatch(calls)])

export interface SafeTx {
  to: string
  value?: bigint
  data: string
  operation?: number
  gasPrice?: bigint
}

export const safeHash = (safe: Contract, tx: SafeTx, nonce: bigint) =>
  safe.getFunction('getTransactionHash')(
    tx.to,
    tx.value ?? 0n,
    tx.data,
    tx.operation ?? 0,
    0,
    0,
    tx.gasPrice ?? 0n,
    ZeroAddress,
    ZeroAddress,
    nonce,
  ) as Promise<string>

export const sorted = <T extends { address: string }>(wallets: readonly T[]) =>
  [...wallets].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1))

/** What owners sign among themselves, past the module: a plain Safe transaction. */
export async function execSafe(safe: Contract, signers: readonly Wallet[], tx: SafeTx) {
  const digest = await safeHash(safe, tx, await safe.getFunction('nonce')())
  const signatures = ethers.concat(sorted(signers).map(s => s.signingKey.sign(digest).serialized))
  return safe.getFunction('execTransaction')(
    tx.to,
    tx.value ?? 0n,
    tx.data,
    tx.operation ?? 0,
    0,
    0,
    tx.gasPrice ?? 0n,
    ZeroAddress,
    ZeroAddress,
    signatures,
  )
}

export async function deploy(): Promise<World> {
  const seats = await fundedWallets(6, 'seat')
  const safe = await deploySafe(seats)
  const safeAddress = await addressOf(safe)
  const multiSend = await deploySafePart('libraries/MultiSend.sol/MultiSend')
  const multiSendCallOnly = await deploySafePart('libraries/MultiSendCallOnly.sol/MultiSendCallOnly')
  const classes = await ethers.deployContract('ActionClasses', [safeAddress])
  const constitution = await ethers.deployContract('Constitution', [safeAddress])
  const termEndsAt = (await networkHelpers.time.latest()) + 2 * YEAR
  const module = await ethers.deployContract('NexusValidationModule', [
    safeAddress,
    await addressOf(classes),
    await addressOf(constitution),
    seats.map(({ address }) => ({ signer: address, owner: address, termEndsAt })),
  ])
  const guard = await ethers.deployContract('NexusGuard', [await addressOf(module)])
  const authority = await ethers.deployContract('AccessManager', [safeAddress])
  const registry = await ethers.deployContract('EvidenceRegistry', [await addressOf(authority), 2 * DAY])
  const target = await ethers.deployContract('Governed')
  const { chainId } = await ethers.provider.getNetwork()
  const world: World = {
    safe,
    multiSend,
    multiSendCallOnly,
    module,
    classes,
    constitution,
    guard,
    authority,
    registry,
    target,
    seats,
    chainId,
  }
  await install(world)
  return world
}

export const call = (to: string, data: string, value = 0n): Call => ({ to, value, data })

async function install(world: World): Promise<void> {
  const { safe, module, classes, constitution, guard, authority, registry, target } = world
  const table = await addressOf(classes)
  const setTarget = async (of: { getAddress(): Promise<string> }, kind: number) =>
    call(table, classes.interface.encodeFunctionData('setTarget', [await addressOf(of), kind]))
  const list = async (of: { getAddress(): Promise<string> }, signatures: readonly string[], actionClass: number) =>
    call(
      table,
      classes.interface.encodeFunctionData('setClasses', [
        await addressOf(of),
        signatures.map(s => ethers.id(s).slice(0, 10)),
        actionClass,
      ]),
    )
  const manager = await addressOf(authority)
  const roleOf = (name: string, role: number) =>
    registryAddress.then(address =>
      call(
        manager,
        authority.interface.encodeFunctionData('setTargetFunctionRole', [
          address,
          [registry.interface.getFunction(name as 'pause').selector],
          role,
        ]),
      ),
    )
  const registryAddress = addressOf(registry)
  const own = await addressOf(safe)
  const calls = [
    await setTarget(module, Kind.protected),
    await setTarget(guard, Kind.protected),
    await setTarget(constitution, Kind.protected),
    await setTarget(world.multiSend, Kind.multiSend),
    await setTarget(world.multiSendCallOnly, Kind.multiSend),
    await setTarget(authority, Kind.accessManager),
    await list(registry, [PAUSE], Class.emergency),
    await list(registry, ['extendPause(uint40,bytes32)', 'dispute(bytes32,bytes32)'], Class.ordinary),
    await list(registry, ['rule(bytes32,bool,bytes32)'], Class.ratification),
    await list(target, ['note(bytes32)', 'fail(string)', 'callBack(address,bytes)'], Class.ordinary),
    await roleOf('pause', 4),
    await roleOf('extendPause', 5),
    await roleOf('dispute', 2),
    await roleOf('rule', 3),
    ...[2, 3, 4, 5].map(role => call(manager, authority.interface.encodeFunctionData('grantRole', [role, own, 0]))),
    call(own, safe.interface.encodeFunctionData('enableModule', [await addressOf(module)])),
    call(own, safe.interface.encodeFunctionData('setModuleGuard', [await addressOf(guard)])),
    call(own, safe.interface.encodeFunctionData('setGuard', [await addressOf(guard)])),
  ]
  await execSafe(safe, world.seats.slice(0, 3), {
    to: await addressOf(world.multiSendCallOnly),
    data: batchOf(world, calls),
    operation: 1,
  })
}

// —— what the module hashes and signs, written out here once more ————————————————————————————————————————————

const CALLS = 'tuple(address to, uint256 value, bytes data)[]'
const coder = ethers.AbiCoder.defaultAbiCoder()

export function contextHashOf(proposal: Proposal, epoch: number): string {
  return keccak256(
    coder.encode(
      ['uint8', 'uint32', 'uint64', 'bytes32', 'bytes32', 'bytes32'],
      [
        proposal.seatId,
        epoch,
        proposal.nonce,
        proposal.rationaleHash,
        keccak256(toUtf8Bytes(proposal.rationaleURI)),
        keccak256(ethers.concat(proposal.citedAeps)),
      ],
    ),
  )
}

export async function decisionIdOf(world: World, proposal: Proposal, epoch: number): Promise<string> {
  return keccak256(
    coder.encode(
      ['uint256', 'address', 'bytes32', 'bytes32'],
      [
        world.chainId,
        await addressOf(world.module),
        keccak256(coder.encode([CALLS], [proposal.calls])),
        contextHashOf(proposal, epoch),
      ],
    ),
  )
}

export const domainOf = async (world: World, over: { chainId?: bigint; verifyingContract?: string } = {}) => ({
  name: 'Nexus NVM',
  version: '1',
  chainId: world.chainId,
  verifyingContract: await addressOf(world.module),
  ...over,
})

export const ballotTypes = {
  Ballot: [
    { name: 'decisionId', type: 'bytes32' },
    { name: 'seatId', type: 'uint8' },
    { name: 'seatEpoch', type: 'uint32' },
    { name: 'choice', type: 'uint8' },
    { name: 'rationaleHash', type: 'bytes32' },
  ],
}
export const openTypes = {
  Open: [
    { name: 'decisionId', type: 'bytes32' },
    { name: 'seatId', type: 'uint8' },
    { name: 'seatEpoch', type: 'uint32' },
  ],
}

export const epochOf = async (world: World, seatId: number) => Number((await world.module.seatOf(seatId)).epoch)

let nonce = 0n
export const proposalOf = (calls: Call[], seatId = 0, more: Partial<Proposal> = {}): Proposal => ({
  seatId,
  nonce: nonce++,
  calls,
  rationaleHash: hash('rationale'),
  rationaleURI: 'ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi',
  citedAeps: [hash('pack 1')],
  ...more,
})

export interface Decision {
  id: string
  proposal: Proposal
  contextHash: string
}

export const seatAt = (world: World, seatId: number): Wallet => {
  const wallet = world.seats[seatId]
  if (!wallet) throw new Error(`no seat ${seatId}`)
  return wallet
}

/** Opened by the owner of its seat. */
export async function open(world: World, calls: Call[], seatId = 0, more: Partial<Proposal> = {}): Promise<Decision> {
  const proposal = proposalOf(calls, seatId, more)
  const epoch = await epochOf(world, seatId)
  await world.module.connect(seatAt(world, seatId)).open(proposal, '0x')
  return { id: await decisionIdOf(world, proposal, epoch), proposal, contextHash: contextHashOf(proposal, epoch) }
}

export interface SignedBallot {
  seatId: number
  choice: number
  rationaleHash: string
  signature: string
}

export async function signBallot(
  world: World,
  id: string,
  seatId: number,
  choice: number = Choice.yes,
  over: { chainId?: bigint; verifyingContract?: string; epoch?: number; signer?: Wallet } = {},
): Promise<SignedBallot> {
  const rationaleHash = hash(`seat ${seatId} says ${choice}`)
  const seatEpoch = over.epoch ?? (await epochOf(world, seatId))
  const { epoch: _, signer = seatAt(world, seatId), ...domain } = over
  const message = { decisionId: id, seatId, seatEpoch, choice, rationaleHash }
  const signature = await signer.signTypedData(await domainOf(world, domain), ballotTypes, message)
  return { seatId, choice, rationaleHash, signature }
}

export const relay = (world: World, id: string, ballots: SignedBallot[]) => world.module.relay(id, ballots)

/** Ballots of several seats, signed apart and carried in one transaction by a stranger. */
export async function vote(world: World, id: string, choices: Partial<Record<number, number>>) {
  const ballots: SignedBallot[] = []
  for (const [seatId, choice] of Object.entries(choices))
    ballots.push(await signBallot(world, id, Number(seatId), choice))
  return relay(world, id, ballots)
}

/** Yes of these seats. */
export const yes = (world: World, id: string, seatIds: readonly number[]) =>
  vote(world, id, Object.fromEntries(seatIds.map(seatId => [seatId, Choice.yes])))

export const execute = (world: World, decision: Decision) =>
  world.module.execute(decision.id, decision.proposal.calls, decision.contextHash)

/** From opening to executing a decision of the constitutional class, with five. */
export async function amend(world: World, calls: Call[], by: readonly number[] = [0, 1, 2, 3, 4]): Promise<Decision> {
  const decision = await open(world, calls, by[0])
  await yes(world, decision.id, by)
  await networkHelpers.time.increase(7 * DAY)
  await execute(world, decision)
  return decision
}

export const note = async (world: World, word = hash('note')) =>
  call(await addressOf(world.target), world.target.interface.encodeFunctionData('note', [word]))

export const pauseCall = async (world: World, seconds: number = 72 * HOUR) =>
  call(await addressOf(world.registry), world.registry.interface.encodeFunctionData('pause', [seconds]))

export const safeCall = async (world: World, name: string, args: readonly unknown[]) =>
  call(await addressOf(world.safe), world.safe.interface.encodeFunctionData(name, args))

export const moduleCall = async (world: World, name: string, args: readonly unknown[]) =>
  call(await addressOf(world.module), world.module.interface.encodeFunctionData(name as 'vacateSeat', args as [0]))
