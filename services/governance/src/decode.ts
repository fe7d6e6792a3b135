import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import type { Manifest } from '@nexus/chain/manifest'
import {
  type AbiParameter,
  type Address,
  getAddress,
  type Hex,
  hexToBigInt,
  hexToNumber,
  parseAbi,
  size,
  slice,
} from 'viem'
import { toFunctionSignature } from 'viem/utils'
import { type FunctionCalled, functionCalled, plainText } from './call-data.ts'
import { type Call, type KindName, kindNames } from './class-table.ts'
import { type Condition, conditionText } from './condition-text.ts'
import { contractsOf, governanceOf, type Named, type Network, type RailAddresses } from './contracts.ts'
import { multiSendAbi } from './safe.ts'

export interface DecodedArgument {
  name: string
  type: string
  value: unknown
}

/** A call by the names of things. What nothing here knows keeps its bytes and no names. */
export interface DecodedCall {
  to: Address
  value: bigint
  data: Hex
  contract: string | null
  /** Signature. */
  function: string | null
  args: DecodedArgument[]
  /** What it carries: the calls of a batch, of a timelock, of an AccessManager. */
  carries?: DecodedCall[]
  /** What it adds to the constitution, in words. */
  conditions?: string[]
}

const timelockAbi = parseAbi([
  'function schedule(address target, uint256 value, bytes data, bytes32 predecessor, bytes32 salt, uint256 delay)',
  'function scheduleBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt, uint256 delay)',
  'function execute(address target, uint256 value, bytes payload, bytes32 predecessor, bytes32 salt)',
  'function executeBatch(address[] targets, uint256[] values, bytes[] payloads, bytes32 predecessor, bytes32 salt)',
  'function cancel(bytes32 id)',
  'function updateDelay(uint256 newDelay)',
])
/** As in ActionClasses. */
const MOST_DEPTH = 4

/** How calls to a target are read. A rail's governor carries a call of the rail's own, by `relay`. */
type ReadAs = KindName | 'governor'

export interface Reading {
  contracts: readonly Named[]
  kindOf: (target: Address) => Promise<ReadAs>
}

/** As the NVM reads calls: what is shown as carried is what the class was derived from, and nothing else. */
export function asNvmReads({ client, manifest }: Network): Reading {
  const known = new Map<Address, Promise<KindName>>()
  const { actionClasses: address } = governanceOf(manifest)
  const kindOf = (target: Address) => {
    const asked =
      known.get(target) ??
      client
        .readContract({ address, abi: actionClassesAbi, functionName: 'kindOf', args: [target] })
        .then(kind => kindNames[kind] ?? 'plain')
    known.set(target, asked)
    return asked
  }
  return { contracts: contractsOf(manifest), kindOf }
}

/** As a rail reads calls, without asking a chain: by what its contracts and the manifest's are. */
export function asRailReads(manifest: Manifest, rail?: RailAddresses): Reading {
  const kinds = new Map<Address | undefined, ReadAs>([
    [manifest.governance?.multiSend, 'multiSend'],
    [manifest.accessManager, 'accessManager'],
    [rail?.timelock, 'timelock'],
    [rail?.governor, 'governor'],
  ])
  return { contracts: contractsOf(manifest, rail), kindOf: async target => kinds.get(target) ?? 'plain' }
}

export function decodeCalls({ contracts, kindOf }: Reading, calls: readonly Call[]): Promise<DecodedCall[]> {
  const names = new Map(contracts.map(named => [named.address, named]))
  return Promise.all(calls.map(call => decodeCall({ names, kindOf }, call, 0)))
}

interface ByAddress {
  names: ReadonlyMap<Address, Named>
  kindOf: Reading['kindOf']
}

async function decodeCall(reading: ByAddress, { to: target, value, data }: Call, depth: number): Promise<DecodedCall> {
  const to = getAddress(target)
  const named = reading.names.get(to)
  const kind = await reading.kindOf(to)
  const abi = named?.abi ?? (kind === 'timelock' ? timelockAbi : kind === 'multiSend' ? multiSendAbi : [])
  const found = functionCalled(abi, data)
  const inner = found && depth < MOST_DEPTH ? carriedBy(kind, to, found) : []
  return {
    to,
    value,
    data,
    contract: named?.name ?? (kind === 'plain' || kind === 'protected' ? null : kind),
    function: found ? toFunctionSignature(found.item) : null,
    args: found ? argumentsOf(found.item.inputs, found.args) : [],
    ...(inner.length ? { carries: await Promise.all(inner.map(one => decodeCall(reading, one, depth + 1))) } : {}),
    ...(found && named?.abi === constitutionAbi && found.item.name === 'add'
      ? { conditions: (found.args[0] as Condition[]).map(one => conditionText(reading.names, one)) }
      : {}),
  }
}

const argumentsOf = (inputs: readonly AbiParameter[], args: readonly unknown[]): DecodedArgument[] =>
  inputs.map(({ name, type }, n) => ({ name: name ?? `${n}`, type, value: args[n] }))

/** The types of `args` follow from the functions' names. */
function carriedBy(kind: ReadAs, to: Address, { item: { name }, args }: FunctionCalled): Call[] {
  const at = <T>(n: number) => args[n] as T
  if (kind === 'multiSend' && name === 'multiSend') return unpacked(at<Hex>(0))
  if ((kind === 'timelock' && (name === 'schedule' || name === 'execute')) || (kind === 'governor' && name === 'relay'))
    return [{ to: at<Address>(0), value: at<bigint>(1), data: at<Hex>(2) }]
  if (kind === 'timelock' && (name === 'scheduleBatch' || name === 'executeBatch'))
    return at<Address[]>(0).map((target, n) => ({
      to: target,
      value: at<bigint[]>(1)[n] ?? 0n,
      data: at<Hex[]>(2)[n] ?? '0x',
    }))
  if (kind === 'accessManager' && (name === 'schedule' || name === 'execute'))
    return [{ to: at<Address>(0), value: 0n, data: at<Hex>(1) }]
  if (kind === 'accessManager' && name === 'multicall') return at<Hex[]>(0).map(data => ({ to, value: 0n, data }))
  return []
}

/** What cannot be read to its end is not shown as if it could: such a batch is constitutional. */
function unpacked(batch: Hex): Call[] {
  const calls: Call[] = []
  for (let from = 0; from < size(batch); ) {
    if (size(batch) - from < 85) return []
    const length = hexToBigInt(slice(batch, from + 53, from + 85))
    if (hexToNumber(slice(batch, from, from + 1)) !== 0 || length > BigInt(size(batch) - from - 85)) return []
    const end = from + 85 + Number(length)
    calls.push({
      to: getAddress(slice(batch, from + 1, from + 21)),
      value: hexToBigInt(slice(batch, from + 21, from + 53)),
      data: length === 0n ? '0x' : slice(batch, from + 85, end),
    })
    from = end
  }
  return calls
}

const argumentText = ({ name, value }: DecodedArgument): string => {
  const seconds = /Seconds$/.test(name) && Number(value) >= 3600 ? ` (${Number(value) / 3600} h)` : ''
  return `${name}: ${plainText(value)}${seconds}`
}

/** A line for each call, and below it, indented, what it carries or makes a condition. */
export function callLines(calls: readonly DecodedCall[], depth = 0): string[] {
  return calls.flatMap(call => {
    const { carries = [], conditions = [] } = call
    const name = call.function?.split('(')[0]
    const what = name
      ? `${call.contract}.${name}(${(carries.length || conditions.length ? [] : call.args).map(argumentText).join(', ')})`
      : `${call.contract ?? 'unknown contract'} ${call.to}: ${call.data === '0x' ? 'a plain transfer' : `unknown call ${call.data}`}`
    const value = call.value > 0n ? ` with ${call.value} wei` : ''
    const below = conditions.map(one => `${'  '.repeat(depth + 1)}${one}`)
    return [`${'  '.repeat(depth)}${what}${value}`, ...below, ...callLines(carries, depth + 1)]
  })
}
