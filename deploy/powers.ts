import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import {
  type Abi,
  type AbiFunction,
  type AbiParameter,
  type Address,
  decodeErrorResult,
  encodeFunctionData,
  getAddress,
  type Hex,
  type PublicClient,
  toFunctionSelector,
} from 'viem'
import { formatAbiItem } from 'viem/utils'
import { roles } from './roles.ts'

export interface Contract {
  name: string
  address: Address
  abi: Abi
}

/** A function that is not open to everyone. */
export interface Power {
  contract: string
  /** Name and parameter types. */
  function: string
  /** A role of the AccessManager, or in words whoever the contract itself lets in. */
  gate: { role: bigint } | { only: string }
}

export interface Powers {
  functions: Power[]
  /** Who holds each role that a function needs, ADMIN included. */
  holders: Map<bigint, Address[]>
}

/** Errors by which a contract turns away whom it does not know, without the AccessManager, and whom it would let in. */
const gates: Record<string, string> = {
  AccessManagerUnauthorizedAccount: 'the AccessManager’s own rules',
  Pools_NotBook: 'the pool’s policy book',
  Nvm_NotSafe: 'the Safe',
  Guard_NotSafe: 'the Safe',
  Actions_NotSafe: 'the Safe',
  Constitution_NotSafe: 'the Safe',
  GovernorOnlyExecutor: 'the rail’s timelock',
  Membership_NotTimelock: 'the rail’s timelock',
  Treasury_NotTimelock: 'the rail’s timelock',
  TimelockUnauthorizedCaller: 'the rail’s timelock',
  AccessControlUnauthorizedAccount: 'the rail’s governor',
}

const ANYBODY: Address = '0x00000000000000000000000000000000DeaDBeef'

/** A value of a type that decodes, whatever it means: who may call is asked before what is asked. */
function anyValue({ type, ...rest }: AbiParameter): unknown {
  const array = /^(.*)\[(\d*)\]$/.exec(type)
  if (array) return Array.from({ length: Number(array[2] ?? 0) }, () => anyValue({ ...rest, type: array[1] ?? '' }))
  if (type === 'tuple')
    return Object.fromEntries(
      ('components' in rest ? rest.components : []).map((part, index) => [part.name ?? index, anyValue(part)]),
    )
  if (type === 'bool') return false
  if (type === 'address') return ANYBODY
  if (type === 'string') return ''
  if (type === 'bytes') return '0x'
  const fixed = /^bytes(\d+)$/.exec(type)
  return fixed ? `0x${'00'.repeat(Number(fixed[1]))}` : 0n
}

function revertData(error: unknown): Hex | undefined {
  for (let one = error as { data?: unknown; cause?: unknown } | undefined; one; one = one.cause as typeof one) {
    const data = typeof one.data === 'object' && one.data !== null && 'data' in one.data ? one.data.data : one.data
    if (typeof data === 'string' && data.startsWith('0x')) return data as Hex
  }
  return undefined
}

/** Calls a function as a stranger. @returns the name of the error that turned them away */
async function turnedAwayBy(client: PublicClient, contract: Contract, item: AbiFunction): Promise<string | undefined> {
  const data = encodeFunctionData({ abi: [item], args: item.inputs.map(anyValue) })
  try {
    await client.call({ account: ANYBODY, to: contract.address, data })
    return undefined
  } catch (error) {
    const reverted = revertData(error)
    if (!reverted || reverted === '0x') return undefined
    try {
      return decodeErrorResult({ abi: contract.abi, data: reverted }).errorName
    } catch {
      return undefined // an error of another contract, or of none
    }
  }
}

/** Name and parameter types, structs by their fields. */
export const titleOf = (item: AbiFunction): string =>
  `${item.name}(${item.inputs.map(input => formatAbiItem({ ...item, inputs: [input] }).replace(/^.*?\(|\)$/g, '')).join(', ')})`

/** What stands before a function, as a stranger who calls it finds out; null when anyone may call it. */
export async function gateOf(
  client: PublicClient,
  access: Address,
  contract: Contract,
  item: AbiFunction,
): Promise<Power['gate'] | null> {
  if (item.name === 'setAuthority') return { only: 'the AccessManager, told by its ADMIN' }
  const error = await turnedAwayBy(client, contract, item)
  if (error === 'AccessManagedUnauthorized') {
    const args = [contract.address, toFunctionSelector(item)] as const
    const manager = { address: access, abi: accessManagerAbi } as const
    return { role: await client.readContract({ ...manager, functionName: 'getTargetFunctionRole', args }) }
  }
  const only = error ? gates[error] : undefined
  return only ? { only } : null
}

/**
 * Walks every function that changes state, of every contract given, as a stranger; then asks the AccessManager who holds what is
 * needed. Nothing here is read from what was meant to be deployed.
 */
export async function readPowers(
  client: PublicClient,
  access: Address,
  contracts: readonly Contract[],
  fromBlock: bigint,
): Promise<Powers> {
  const functions: Power[] = []
  for (const contract of contracts)
    for (const item of contract.abi) {
      if (item.type !== 'function' || item.stateMutability === 'view' || item.stateMutability === 'pure') continue
      const gate = await gateOf(client, access, contract, item)
      if (gate) functions.push({ contract: contract.name, function: titleOf(item), gate })
    }

  return { functions, holders: await holdersOf(client, access, fromBlock) }
}

/** Who holds each role now: whoever was ever granted it is asked for. ADMIN and all roles of the suite are in it, others if granted. */
export async function holdersOf(
  client: PublicClient,
  access: Address,
  fromBlock: bigint,
): Promise<Map<bigint, Address[]>> {
  const manager = { address: access, abi: accessManagerAbi } as const
  const granted = await client.getContractEvents({ ...manager, eventName: 'RoleGranted', fromBlock, strict: true })
  const holders = new Map<bigint, Address[]>([[0n, []], ...roles.map(({ id }) => [id, []] as [bigint, Address[]])])
  for (const { args } of granted) {
    const account = getAddress(args.account)
    const [isMember] = await client.readContract({
      ...manager,
      functionName: 'hasRole',
      args: [args.roleId, account],
    })
    const known = holders.get(args.roleId) ?? []
    if (isMember && !known.includes(account)) holders.set(args.roleId, [...known, account])
  }
  return holders
}
