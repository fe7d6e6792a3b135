import { inputError } from '@nexus/kit/errors'
import {
  type Address,
  concat,
  encodeFunctionData,
  getAddress,
  getContractAddress,
  type Hex,
  keccak256,
  type LocalAccount,
  numberToHex,
  pad,
  parseAbi,
  parseEventLogs,
  size,
  zeroAddress,
} from 'viem'
import { type Call, targetCall } from './class-table.ts'
import {
  ensureDeployed,
  ensureSingletonFactory,
  isDeployed,
  mined,
  ownArtifact,
  safeArtifact,
  type Wiring,
} from './create2.ts'
import { executeSigned, safeAbi } from './safe.ts'

const OWNERS = 6
const THRESHOLD = 3
const SENTINEL: Address = '0x0000000000000000000000000000000000000001'

const proxyFactoryAbi = parseAbi([
  'event ProxyCreation(address indexed proxy, address singleton)',
  'function createProxyWithNonce(address singleton, bytes initializer, uint256 saltNonce) returns (address proxy)',
])
const seatOwnersAbi = parseAbi([
  'function deploy(bytes signer) returns (address owner)',
  'function ownerOf(bytes signer) view returns (address)',
])

/** The first holder of a seat. One of `owner` and a key that is no account's is needed. */
export interface FirstSeat {
  /** Owner of the Safe. An account, instead of an address, signs the installation; three of them must. */
  owner?: LocalAccount | Address
  /** ERC-7913. Default: the owner's own key. */
  signer?: Hex
  /** Or a P-256 public key, x ‖ y: the signer is OpenZeppelin's verifier and this key. Without `owner`, its SeatOwner owns. */
  p256?: Hex
}

/** Everything that is put on chain. */
export interface Established {
  safe: Address
  nvm: Address
  nvmGuard: Address
  actionClasses: Address
  constitution: Address
  /** Safe's MultiSendCallOnly, listed as a batch. */
  multiSend: Address
  seatOwnerFactory: Address
  p256Verifier: Address
  safeSingleton: Address
  safeProxyFactory: Address
  fallbackHandler: Address
}

export interface EstablishOptions extends Wiring {
  /** Seat 0 first. */
  seats: readonly FirstSeat[]
  /** Unix seconds: the end of everybody's first term, five years ahead at most. */
  termEndsAt: number
  /** What the Safe also does in the same transaction: class table, conditions, roles. Before the guards are set. */
  calls?: (established: Established) => readonly Call[] | Promise<readonly Call[]>
}

/**
 * Puts the NVM on chain: a Safe 1.5 of six owners and threshold three, module, class table, constitution and guard, joined by one
 * transaction that three owners sign. The deployer has no right in any of it.
 *
 * Every address follows from the code, the seats and the term, so what was interrupted goes on where it stopped.
 * @throws NexusError `nvm-established` when that Safe has a module or a guard already, `bad-seats`, `too-few-signers`,
 * `no-singleton-factory`, `would-revert` when a call of the installation fails: then nothing of it is done
 */
export async function establishNvm(options: EstablishOptions): Promise<Established> {
  const { client, wallet, seats, termEndsAt, calls = () => [] } = options
  const wiring: Wiring = { client, wallet }
  if (seats.length !== OWNERS)
    throw inputError('bad-seats', `the NVM begins with ${OWNERS} seats, not ${seats.length}`, { seats: seats.length })
  const signing = seats.flatMap(({ owner }) => (typeof owner === 'object' ? [owner] : [])).slice(0, THRESHOLD)
  if (signing.length < THRESHOLD)
    throw inputError('too-few-signers', `${THRESHOLD} owners must sign the installation; ${signing.length} can here`)

  await ensureSingletonFactory(wiring)
  const safeSingleton = await ensureDeployed(wiring, 'SafeL2', safeArtifact('SafeL2.sol/SafeL2'))
  const safeProxyFactory = await ensureDeployed(
    wiring,
    'SafeProxyFactory',
    safeArtifact('proxies/SafeProxyFactory.sol/SafeProxyFactory'),
  )
  const multiSend = await ensureDeployed(
    wiring,
    'MultiSendCallOnly',
    safeArtifact('libraries/MultiSendCallOnly.sol/MultiSendCallOnly'),
  )
  // it receives tokens and signs nothing: with a handler that has ERC-1271 three owners could sign for the Safe
  const fallbackHandler = await ensureDeployed(
    wiring,
    'TokenCallbackHandler',
    safeArtifact('handler/TokenCallbackHandler.sol/TokenCallbackHandler'),
  )
  const seatOwnerFactory = await ensureDeployed(wiring, 'SeatOwnerFactory', ownArtifact('SeatOwnerFactory'))
  const p256Verifier = await ensureDeployed(wiring, 'ERC7913P256Verifier', ownArtifact('ERC7913P256Verifier'))

  const holders: Holder[] = []
  for (const [seat, first] of seats.entries())
    holders.push(await holderOf(wiring, { seat, first, seatOwnerFactory, p256Verifier }))
  const owners = holders.map(({ owner }) => owner)
  if (new Set(owners).size !== OWNERS) throw inputError('bad-seats', 'two seats have the same owner', { owners })

  const safe = await ensureSafe(wiring, { owners, safeSingleton, safeProxyFactory, fallbackHandler })
  const actionClasses = await ensureDeployed(wiring, 'ActionClasses', ownArtifact('ActionClasses'), [safe])
  const constitution = await ensureDeployed(wiring, 'Constitution', ownArtifact('Constitution'), [safe])
  const nvm = await ensureDeployed(wiring, 'NexusValidationModule', ownArtifact('NexusValidationModule'), [
    ...[safe, actionClasses, constitution],
    holders.map(({ owner, signer }) => ({ owner, signer, termEndsAt })),
  ])
  const nvmGuard = await ensureDeployed(wiring, 'NexusGuard', ownArtifact('NexusGuard'), [nvm])
  const established: Established = {
    ...{ safe, nvm, nvmGuard, actionClasses, constitution, multiSend, seatOwnerFactory, p256Verifier },
    ...{ safeSingleton, safeProxyFactory, fallbackHandler },
  }
  const own = (functionName: 'enableModule' | 'setModuleGuard' | 'setGuard', of: Address): Call => ({
    ...{ to: safe, value: 0n, data: encodeFunctionData({ abi: safeAbi, functionName, args: [of] }) },
  })
  await executeSigned(wiring, {
    ...{ safe, multiSend, owners: signing },
    calls: [
      targetCall(actionClasses, multiSend, 'multiSend'),
      ...(await calls(established)),
      // last, since what is protected cannot be listed any more
      ...[nvm, nvmGuard, constitution].map(target => targetCall(actionClasses, target, 'protected')),
      own('enableModule', nvm),
      own('setModuleGuard', nvmGuard),
      own('setGuard', nvmGuard),
    ],
  })
  return established
}

interface Holder {
  owner: Address
  signer: Hex
}

async function holderOf(
  wiring: Wiring,
  {
    seat,
    first,
    seatOwnerFactory,
    p256Verifier,
  }: { seat: number; first: FirstSeat } & Pick<Established, 'seatOwnerFactory' | 'p256Verifier'>,
): Promise<Holder> {
  if (first.p256 && (first.signer || size(first.p256) !== 64))
    throw inputError('bad-seats', `seat ${seat}: a P-256 key is 64 bytes, and instead of any other signer`, { seat })
  const named = typeof first.owner === 'object' ? first.owner.address : first.owner
  const signer = first.p256 ? concat([p256Verifier, first.p256]) : (first.signer ?? named)
  if (!signer) throw inputError('bad-seats', `seat ${seat} has neither owner nor key`, { seat })
  if (named) return { owner: getAddress(named), signer }
  if (size(signer) === 20) return { owner: getAddress(signer), signer }
  const factory = { address: seatOwnerFactory, abi: seatOwnersAbi } as const
  const owner = await wiring.client.readContract({ ...factory, functionName: 'ownerOf', args: [signer] })
  if (!(await isDeployed(wiring, owner)))
    await mined(wiring, `deploy the owner of seat ${seat}`, {
      ...{
        to: seatOwnerFactory,
        data: encodeFunctionData({ abi: seatOwnersAbi, functionName: 'deploy', args: [signer] }),
      },
    })
  return { owner, signer }
}

async function ensureSafe(
  wiring: Wiring,
  {
    owners,
    safeSingleton,
    safeProxyFactory,
    fallbackHandler,
  }: { owners: readonly Address[] } & Pick<Established, 'safeSingleton' | 'safeProxyFactory' | 'fallbackHandler'>,
): Promise<Address> {
  const { client, wallet } = wiring
  const setup = encodeFunctionData({
    abi: safeAbi,
    functionName: 'setup',
    args: [owners, BigInt(THRESHOLD), zeroAddress, '0x', fallbackHandler, zeroAddress, 0n, zeroAddress],
  })
  const args = [safeSingleton, setup, 0n] as const
  const factory = { address: safeProxyFactory, abi: proxyFactoryAbi } as const
  const create = encodeFunctionData({ ...factory, functionName: 'createProxyWithNonce', args })
  const predicted = await predictSafe(wiring, { safeProxyFactory, safeSingleton, setup })
  if (!(await isDeployed(wiring, predicted))) {
    const { logs } = await mined(wiring, 'create the Safe', { to: safeProxyFactory, data: create })
    const [created] = parseEventLogs({ abi: proxyFactoryAbi, logs })
    if (created?.args.proxy !== predicted) throw new Error(`the Safe came to ${created?.args.proxy}, not ${predicted}`)
    return predicted
  }
  const read = { address: predicted, abi: safeAbi } as const
  const [modules] = await client.readContract({ ...read, functionName: 'getModulesPaginated', args: [SENTINEL, 1n] })
  if (modules.length > 0)
    throw inputError('nvm-established', `the Safe ${predicted} of these owners has the module ${modules[0]} already`, {
      safe: predicted,
      module: modules[0],
      deployer: wallet.account.address,
    })
  return predicted
}

/** Where the factory puts a proxy: its CREATE2 salt is of the initializer and the salt nonce. */
async function predictSafe(
  { client }: Wiring,
  { safeProxyFactory, safeSingleton, setup }: { safeProxyFactory: Address; safeSingleton: Address; setup: Hex },
): Promise<Address> {
  const creationCode = await client.readContract({
    address: safeProxyFactory,
    abi: parseAbi(['function proxyCreationCode() pure returns (bytes)']),
    functionName: 'proxyCreationCode',
  })
  return getContractAddress({
    opcode: 'CREATE2',
    from: safeProxyFactory,
    salt: keccak256(concat([keccak256(setup), numberToHex(0n, { size: 32 })])),
    bytecode: concat([creationCode, pad(safeSingleton)]),
  })
}
