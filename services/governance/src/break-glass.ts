import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import SafeImport, { buildSignatureBytes, EthSafeSignature } from '@safe-global/protocol-kit'
import {
  type Address,
  encodeAbiParameters,
  getAddress,
  type Hex,
  hashTypedData,
  isAddress,
  keccak256,
  parseAbiParameters,
  recoverAddress,
  size,
  zeroAddress,
} from 'viem'
import { z } from 'zod'
import { type Call, type ClassName, classNames } from './class-table.ts'
import { governanceOf, type Network } from './contracts.ts'
import { placed, safeArtifact } from './create2.ts'
import { safeAbi } from './safe.ts'

// its types are CommonJS's under `nodenext`: the default export is inside the default import
const Safe = SafeImport as unknown as typeof SafeImport.default
type Kit = Awaited<ReturnType<typeof Safe.init>>

/** What the guard asks for, whatever the Safe's threshold. */
export const BREAK_GLASS_SIGNATURES = 5

const address = z
  .string()
  .refine(text => isAddress(text), 'an address')
  .transform(text => getAddress(text))
const hex = z.string().regex(/^0x([0-9a-f]{2})*$/, 'lower-case hexadecimal') as unknown as z.ZodType<Hex>
const decimal = z
  .string()
  .regex(/^(0|[1-9]\d{0,77})$/, 'a decimal string')
  .transform(BigInt)

const ownerSignature = z.strictObject({
  owner: address,
  signature: hex,
  /** By a contract that owns (ERC-1271), such as a P-256 seat's. */
  isContract: z.boolean(),
})

/** A Safe transaction as it goes from owner to owner until five have signed it. */
const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  safe: address,
  /** Where it is announced, if it has to be. */
  guard: address,
  to: address,
  value: decimal,
  data: hex,
  /** 1: a batch, by delegatecall of the listed MultiSend. */
  operation: z.union([z.literal(0), z.literal(1)]),
  nonce: z.int().nonnegative(),
  safeTxHash: hex,
  signatures: z.array(ownerSignature),
  /** An owner's word that it is announced: anyone may carry it to the guard. */
  announcement: ownerSignature.nullable(),
})

export type BreakGlass = Omit<z.infer<typeof schema>, 'version' | 'safeTxHash'>
export type OwnerSignature = BreakGlass['signatures'][number]

/** Safe's own EIP-712 of a transaction without refund. */
export const safeTxHashOf = ({ chainId, safe, to, value, data, operation, nonce }: BreakGlass): Hex =>
  hashTypedData({
    domain: { chainId, verifyingContract: safe },
    types: {
      SafeTx: [
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'data', type: 'bytes' },
        { name: 'operation', type: 'uint8' },
        { name: 'safeTxGas', type: 'uint256' },
        { name: 'baseGas', type: 'uint256' },
        { name: 'gasPrice', type: 'uint256' },
        { name: 'gasToken', type: 'address' },
        { name: 'refundReceiver', type: 'address' },
        { name: 'nonce', type: 'uint256' },
      ],
    },
    primaryType: 'SafeTx',
    message: {
      ...{ to, value, data, operation, safeTxGas: 0n, baseGas: 0n, gasPrice: 0n },
      ...{ gasToken: zeroAddress, refundReceiver: zeroAddress, nonce: BigInt(nonce) },
    },
  })

/** As the guard names it, and what an owner signs to announce it (EIP-712). */
export function announcementDigest({ chainId, guard, to, value, data, operation }: BreakGlass): Hex {
  const id = keccak256(
    encodeAbiParameters(parseAbiParameters('uint256, address, address, uint256, bytes32, uint8'), [
      ...([BigInt(chainId), guard, to, value, keccak256(data), operation] as const),
    ]),
  )
  return hashTypedData({
    domain: { name: 'Nexus Guard', version: '1', chainId, verifyingContract: guard },
    types: { Announcement: [{ name: 'id', type: 'bytes32' }] },
    primaryType: 'Announcement',
    message: { id },
  })
}

export const breakGlassDocument = (transaction: BreakGlass) => {
  const { signatures, announcement, value, ...fields } = transaction
  return { version: 1, ...fields, value: `${value}`, safeTxHash: safeTxHashOf(transaction), announcement, signatures }
}

/**
 * Reads such a file and checks that it says one thing. A contract's signature only the chain can check.
 * @throws NexusError `bad-break-glass`
 */
export async function readBreakGlass(json: unknown, where: string): Promise<BreakGlass> {
  const parsed = schema.safeParse(json)
  const bad = (what: string, details: Record<string, unknown> = {}) =>
    inputError('bad-break-glass', `${where}: ${what}`, { file: where, ...details })
  if (!parsed.success) {
    const problems = explainIssues(parsed.error, json)
    throw bad(problems[0], { problems })
  }
  const { version: _, safeTxHash, ...transaction } = parsed.data
  const expected = safeTxHashOf(transaction)
  if (safeTxHash !== expected)
    throw bad('it was changed: its hash is of other fields', { expected, actual: safeTxHash })
  const owners = transaction.signatures.map(({ owner }) => owner)
  if (new Set(owners).size !== owners.length) throw bad('an owner signed twice', { owners })
  for (const one of transaction.signatures)
    if (!(await isSigned(expected, one))) throw bad(`it is not signed by ${one.owner}`, { owner: one.owner })
  const { announcement } = transaction
  if (announcement && !(await isSigned(announcementDigest(transaction), announcement)))
    throw bad(`${announcement.owner} did not announce it`, { owner: announcement.owner })
  return transaction
}

/** As far as it can be told without the chain. */
async function isSigned(hash: Hex, { owner, signature, isContract }: OwnerSignature): Promise<boolean> {
  if (isContract) return true
  if (size(signature) !== 65) return false
  return (await recoverAddress({ hash, signature }).catch(() => null)) === owner
}

/** The Safe through its authors' own kit, which knows nothing of the NVM. */
async function kitOn({ manifest }: Network, rpcUrl: string): Promise<Kit> {
  const { safe, multiSend } = governanceOf(manifest)
  const canonical = (name: string) => placed(safeArtifact(name)).address
  const contracts = {
    safeSingletonAddress: canonical('SafeL2.sol/SafeL2'),
    safeProxyFactoryAddress: canonical('proxies/SafeProxyFactory.sol/SafeProxyFactory'),
    // the same interface, and the one the class table knows
    multiSendAddress: multiSend,
    multiSendCallOnlyAddress: multiSend,
    fallbackHandlerAddress: canonical('handler/TokenCallbackHandler.sol/TokenCallbackHandler'),
    signMessageLibAddress: canonical('libraries/SignMessageLib.sol/SignMessageLib'),
    createCallAddress: canonical('libraries/CreateCall.sol/CreateCall'),
    simulateTxAccessorAddress: canonical('accessors/SimulateTxAccessor.sol/SimulateTxAccessor'),
  }
  return Safe.init({
    provider: rpcUrl,
    safeAddress: safe,
    contractNetworks: { [String(manifest.chainId)]: contracts },
  })
}

/** The Safe's next transaction with these calls, unsigned. */
export async function prepareBreakGlass(network: Network, rpcUrl: string, calls: readonly Call[]): Promise<BreakGlass> {
  const kit = await kitOn(network, rpcUrl)
  const made = await kit.createTransaction({
    transactions: calls.map(({ to, value, data }) => ({ to, value: `${value}`, data })),
    onlyCalls: true,
  })
  const { to, value, data, operation, nonce } = made.data
  const { chainId } = network.manifest
  const { safe, nvmGuard } = governanceOf(network.manifest)
  const transaction: BreakGlass = {
    ...{ chainId, safe, guard: nvmGuard, to: getAddress(to), value: BigInt(value) },
    ...{ data: data.toLowerCase() as Hex, operation: operation === 1 ? 1 : 0, nonce },
    ...{ signatures: [], announcement: null },
  }
  const theirs = await kit.getTransactionHash(made)
  if (theirs !== safeTxHashOf(transaction)) throw new Error(`the kit hashes ${theirs}, not what is written`)
  return transaction
}

/** What the Safe takes as `signatures`: in the order of owners, what contracts want behind. */
export const packedSignatures = (signatures: readonly OwnerSignature[]): Hex =>
  buildSignatureBytes(
    signatures.map(({ owner, signature, isContract }) => new EthSafeSignature(owner, signature, isContract)),
  ) as Hex

export interface BreakGlassStanding {
  class: ClassName
  /** The Safe has moved on: it has to be prepared and signed anew. */
  isStale: boolean
  announcement:
    | { kind: 'not-needed' }
    | { kind: 'needed' }
    | { kind: 'waiting' | 'usable' | 'over'; usableFrom: number; usableUntil: number }
  signed: Address[]
  missing: number
}

/** Where it stands on chain. */
export async function standingOf({ client, manifest }: Network, transaction: BreakGlass): Promise<BreakGlassStanding> {
  const { safe, actionClasses, nvmGuard } = governanceOf(manifest)
  const { to, value, data, operation, nonce, signatures } = transaction
  const table = { address: actionClasses, abi: actionClassesAbi } as const
  const guard = { address: nvmGuard, abi: nexusGuardAbi } as const
  const [actionClass, next, id] = await Promise.all([
    client.readContract({ ...table, functionName: 'classOfTransaction', args: [to, value, data, operation === 1] }),
    client.readContract({ address: safe, abi: safeAbi, functionName: 'nonce' }),
    client.readContract({ ...guard, functionName: 'announcementIdOf', args: [to, value, data, operation] }),
  ])
  const [usableFrom, usableUntil] = await client.readContract({
    ...{ ...guard, functionName: 'announcementOf', args: [id] },
  } as const)
  const now = Number((await client.getBlock()).timestamp)
  const className = classNames[actionClass] ?? 'constitutional'
  const owners = signatures.map(({ owner }) => owner)
  return {
    class: className,
    isStale: next !== BigInt(nonce),
    announcement: announcementOf(className, usableFrom, usableUntil, now),
    signed: owners,
    missing: Math.max(0, BREAK_GLASS_SIGNATURES - owners.length),
  }
}

function announcementOf(className: ClassName, usableFrom: number, usableUntil: number, now: number) {
  if (className !== 'constitutional') return { kind: 'not-needed' } as const
  if (usableFrom === 0) return { kind: 'needed' } as const
  const kind = now < usableFrom ? 'waiting' : now < usableUntil ? 'usable' : 'over'
  return { kind: kind as 'waiting' | 'usable' | 'over', usableFrom, usableUntil }
}
