import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import {
  type Address,
  concat,
  decodeErrorResult,
  decodeFunctionResult,
  encodeFunctionData,
  erc20Abi,
  getAddress,
  type Hex,
  hexToBigInt,
  keccak256,
  parseAbi,
  parseEventLogs,
  type RpcLog,
  toHex,
  zeroAddress,
} from 'viem'
import { formatLog } from 'viem/utils'
import type { Call } from '../class-table.ts'
import { speechAbi } from '../contracts.ts'
import {
  type BalanceChange,
  type declaredBy,
  type Effects,
  effectsHashOf,
  MOST_DECLARED,
  type SlotValue,
} from './effects.ts'
import { batchArgs, operationIdOf } from './proposal.ts'
import { lastRead, type Step, touchedBy } from './trace.ts'

/** A chain of one's own with the state of another, on which gas costs nothing. */
export type Request = (method: string, ...params: unknown[]) => Promise<unknown>

const DAY = 86_400
/** What a transaction may cost at most (EIP-7825). */
const MOST_GAS = toHex(2 ** 24)
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
/** Whatever says who may do what. */
const ROLE_EVENTS = new Set([
  ...['RoleGranted', 'RoleRevoked', 'RoleAdminChanged', 'RoleGuardianChanged', 'RoleGrantDelayChanged', 'RoleLabel'],
  ...['TargetClosed', 'TargetFunctionRoleUpdated', 'TargetAdminDelayUpdated', 'AuthorityUpdated'],
])
const extsloadAbi = parseAbi(['function extsload(bytes32 slot) view returns (bytes32)'])

export interface SaidEvent {
  contract: Address
  event: string
  args: unknown
}

/** The call that was refused, and how. Nothing of the others remains either. */
export interface Refusal {
  index: number | null
  reason: string | null
  args: readonly string[]
  data: Hex
}

export interface SlotChange {
  target: Address
  slot: Hex
  before: Hex
  after: Hex
  /** The contract shows it by `extsload`, so that a proposal can declare it. */
  exposed: boolean
  /** The same whenever it is executed: what holds a time is not. */
  steady: boolean
}

export interface Simulation {
  /** Time of the execution, unix seconds. */
  at: number
  refused: Refusal | null
  gasUsed: number
  events: SaidEvent[]
  roles: SaidEvent[]
  balances: (BalanceChange & { before: bigint; after: bigint; steady: boolean })[]
  slots: SlotChange[]
  /** What a proposal of these calls can commit to: balances that change and exposed slots, as far as they do not depend on the time. */
  effects: Effects
  /** How many changes a declaration has no room for. */
  leftOut: number
}

interface BalanceRef {
  token: Address
  account: Address
}
interface SlotRef {
  target: Address
  slot: Hex
}

/** Where and when calls are simulated. */
export interface Stage {
  governor: Address
  timelock: Address
  book: Address
  effectsGuard: Address
  /** Unix seconds. */
  at: number
}

/**
 * Executes the calls by the rail's own timelock, in one transaction, as if everybody had agreed to them; twice, a day apart, so
 * that what depends on the time of execution is known. A declaration of effects among them is left out: it changes nothing.
 */
export async function simulateCalls(
  request: Request,
  calls: readonly Call[],
  stage: Stage,
  { balancesOnly = false }: { balancesOnly?: boolean } = {},
): Promise<Simulation> {
  const operation = await prepared(request, calls, stage)
  const start = (await request('evm_snapshot')) as string
  const first = await run(request, operation, stage.at)
  const refs = first.touched
  const after = await stateOf(request, refs)
  await request('evm_revert', start)
  const refused = first.refused && { ...first.refused, index: await refusedAt(request, calls, stage) }

  const before = await stateOf(request, refs)
  const exposed = await Promise.all(refs.slots.map(ref => isExposed(request, ref)))
  const again = (await request('evm_snapshot')) as string
  await run(request, operation, stage.at + DAY)
  const later = await stateOf(request, refs)
  await request('evm_revert', again)

  const balances = refs.balances.flatMap((ref, n) => {
    const [was = 0n, is = 0n, then = 0n] = [before, after, later].map(({ balances: all }) => all[n])
    return was === is ? [] : [{ ...ref, change: is - was, before: was, after: is, steady: is === then }]
  })
  const slots = refs.slots.flatMap((ref, n) => {
    const [was = '0x', is = '0x', then = '0x'] = [before, after, later].map(({ slots: all }) => all[n])
    return was === is ? [] : [{ ...ref, before: was, after: is, exposed: exposed[n] === true, steady: is === then }]
  })
  const steadyBalances = balances.filter(({ steady }) => steady)
  const steadySlots = balancesOnly ? [] : slots.filter(slot => slot.exposed && slot.steady)
  const declaredBalances = steadyBalances.slice(0, MOST_DECLARED)
  const declaredSlots = steadySlots.slice(0, MOST_DECLARED - declaredBalances.length)
  const effects: Effects = {
    balances: declaredBalances.map(({ token, account, change }) => ({ token, account, change })),
    slots: declaredSlots.map(({ target, slot, after: value }): SlotValue => ({ target, slot, value })),
  }
  const { gasUsed, events } = first
  return {
    ...{ at: stage.at, refused, gasUsed, events, roles: events.filter(({ event }) => ROLE_EVENTS.has(event)) },
    ...{ balances, slots, effects },
    leftOut: steadyBalances.length + steadySlots.length - declaredBalances.length - declaredSlots.length,
  }
}

/** What the guard would find, of exactly what a proposal has declared. */
export async function hashOfDeclared(
  request: Request,
  calls: readonly Call[],
  stage: Stage,
  { balances, slots }: NonNullable<ReturnType<typeof declaredBy>>,
): Promise<Hex> {
  const refs = { balances, slots }
  const operation = await prepared(request, calls, stage)
  const before = await stateOf(request, refs)
  const start = (await request('evm_snapshot')) as string
  await run(request, operation, stage.at)
  const after = await stateOf(request, refs)
  await request('evm_revert', start)
  return effectsHashOf({
    balances: balances.map((ref, n) => ({ ...ref, change: (after.balances[n] ?? 0n) - (before.balances[n] ?? 0n) })),
    slots: slots.map((ref, n) => ({ ...ref, value: after.slots[n] ?? '0x' })),
  })
}

/** A call of the timelock's by which it executes, and its own note of that. */
interface Operation {
  from: Address
  call: Call
  /** Where timelock and governor keep that it is done: no effects of the calls. */
  notes: readonly SlotRef[]
}

/** Makes the calls an operation that is ready, and consented to: only votes and time are passed over, no check of the contracts. */
async function prepared(request: Request, calls: readonly Call[], stage: Stage): Promise<Operation> {
  const { governor, timelock, book, effectsGuard } = stage
  const acting = calls.filter(({ to }) => getAddress(to) !== getAddress(effectsGuard))
  const content = { calls: acting.length > 0 ? acting : calls, description: '' }
  const operationId = operationIdOf(content, governor)
  const stamp = { abi: railTimelockAbi, functionName: 'getTimestamp', args: [operationId] } as const
  const slot = await write(request, timelock, encodeFunctionData(stamp), 2n) // 0 is unknown, 1 done, else since when it is ready
  const consent = { abi: railBookAbi, functionName: 'hasConsent', args: [timelock, operationId] } as const
  await write(request, book, encodeFunctionData(consent), 1n)
  await request('hardhat_impersonateAccount', governor)
  const execute = { abi: railTimelockAbi, functionName: 'executeBatch', args: batchArgs(content, governor) } as const
  const call: Call = { to: timelock, value: 0n, data: encodeFunctionData(execute) }
  return {
    from: governor,
    call,
    notes: [{ target: timelock, slot }, ...(await expected(request, content.calls, governor))],
  }
}

/** OpenZeppelin's GovernorUpgradeable keeps its queue of calls to itself here (ERC-7201): bounds, then entries. */
const QUEUE = 0x7c712897014dbe49c045ef1299aa2d5f9e67e48eea4403efa21f1e0f3ac0cb02n

/** A governor takes calls to itself only if it knows that it is executing them: it is told as its own `execute` would. */
async function expected(request: Request, calls: readonly Call[], governor: Address): Promise<SlotRef[]> {
  const own = calls.filter(({ to }) => getAddress(to) === getAddress(governor))
  if (own.length === 0) return []
  const entries = own.map(({ data }, n): [bigint, Hex] => {
    const entry = concat([toHex(n, { size: 32 }), toHex(QUEUE + 1n, { size: 32 })])
    return [hexToBigInt(keccak256(entry)), keccak256(data)]
  })
  const bounds: [bigint, Hex] = [QUEUE, toHex(BigInt(own.length) << 128n, { size: 32 })] // from 0 to so many
  const all = [bounds, ...entries]
  for (const [slot, value] of all) await request('hardhat_setStorageAt', governor, toHex(slot), value)
  return all.map(([slot]) => ({ target: governor, slot: toHex(slot, { size: 32 }) }))
}

/** Makes a getter answer a value, by writing where it reads. */
async function write(request: Request, to: Address, data: Hex, value: bigint): Promise<Hex> {
  const { structLogs } = (await request('debug_traceCall', { to, data }, 'latest')) as { structLogs: Step[] }
  const slot = lastRead(structLogs)
  if (!slot) throw new Error(`${to} reads nothing to answer ${data}`)
  await request('hardhat_setStorageAt', to, toHex(hexToBigInt(slot)), toHex(value, { size: 32 }))
  const answer = (await request('eth_call', { to, data }, 'latest')) as Hex
  if (hexToBigInt(answer) !== value) throw new Error(`${to} keeps elsewhere what it answers to ${data}`)
  return slot
}

/** Which of the calls it is that is refused: each on its own, after those before it. null: none of them alone. */
async function refusedAt(request: Request, calls: readonly Call[], { timelock, at }: Stage): Promise<number | null> {
  await request('hardhat_impersonateAccount', timelock)
  const start = (await request('evm_snapshot')) as string
  let found: number | null = null
  for (const [index, call] of calls.entries()) {
    const { refused } = await run(request, { from: timelock, call, notes: [] }, at)
    if (!refused) continue
    found = index
    break
  }
  await request('evm_revert', start)
  return found
}

interface Run {
  refused: Omit<Refusal, 'index'> | null
  gasUsed: number
  events: SaidEvent[]
  touched: { balances: BalanceRef[]; slots: SlotRef[] }
}

async function run(request: Request, { from, call, notes }: Operation, at: number): Promise<Run> {
  const { to, value, data } = call
  await request('evm_setNextBlockTimestamp', at)
  await request('hardhat_setNextBlockBaseFeePerGas', '0x0')
  const transaction = { from, to, value: toHex(value), data, gas: MOST_GAS, gasPrice: '0x0' }
  const hash = (await request('eth_sendTransaction', transaction)) as Hex
  const receipt = (await request('eth_getTransactionReceipt', hash)) as { status: Hex; gasUsed: Hex; logs: RpcLog[] }
  const trace = (await request('debug_traceTransaction', hash, { disableStorage: true })) as {
    structLogs: Step[]
    returnValue: string
  }
  const gasUsed = Number(receipt.gasUsed)
  if (receipt.status !== '0x1') {
    const { returnValue } = trace
    const refused = refusalOf((returnValue.startsWith('0x') ? returnValue : `0x${returnValue}`) as Hex)
    return { refused, gasUsed, events: [], touched: { balances: [], slots: [] } }
  }
  const balances = new Map<string, BalanceRef>()
  const touch = (token: Address, account: Address) => balances.set(`${token}${account}`, { token, account })
  const touched = touchedBy(trace.structLogs, to)
  for (const account of touched.coins) touch(zeroAddress, account)
  for (const { address, topics } of receipt.logs) {
    if (topics.length !== 3 || topics[0] !== TRANSFER) continue
    for (const topic of topics.slice(1)) {
      const account = getAddress(`0x${topic.slice(26)}`)
      if (account !== zeroAddress) touch(getAddress(address), account)
    }
  }
  const said = parseEventLogs({ abi: speechAbi, logs: receipt.logs.map(log => formatLog(log)) as never })
  return {
    ...{ refused: null, gasUsed },
    events: said.map(({ address, eventName, args }) => ({
      contract: getAddress(address),
      event: `${eventName}`,
      args,
    })),
    touched: {
      balances: [...balances.values()],
      slots: touched.slots.filter(
        ({ target, slot }) => !notes.some(note => note.target === target && note.slot === slot),
      ),
    },
  }
}

function refusalOf(data: Hex): Omit<Refusal, 'index'> {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: speechAbi, data })
    return { reason: errorName, args: args.map(String), data }
  } catch {
    return { reason: null, args: [], data } // an error of a contract that nothing here knows
  }
}

async function stateOf(
  request: Request,
  { balances, slots }: { balances: readonly BalanceRef[]; slots: readonly SlotRef[] },
): Promise<{ balances: bigint[]; slots: Hex[] }> {
  const balanceOf = async ({ token, account }: BalanceRef): Promise<bigint> => {
    if (token === zeroAddress) return hexToBigInt((await request('eth_getBalance', account, 'latest')) as Hex)
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [account] })
    const result = (await request('eth_call', { to: token, data }, 'latest')) as Hex
    return decodeFunctionResult({ abi: erc20Abi, functionName: 'balanceOf', data: result })
  }
  const slotOf = async ({ target, slot }: SlotRef) =>
    toHex(hexToBigInt((await request('eth_getStorageAt', target, slot, 'latest')) as Hex), { size: 32 })
  return { balances: await Promise.all(balances.map(balanceOf)), slots: await Promise.all(slots.map(slotOf)) }
}

async function isExposed(request: Request, { target, slot }: SlotRef): Promise<boolean> {
  const data = encodeFunctionData({ abi: extsloadAbi, functionName: 'extsload', args: [slot] })
  try {
    const shown = (await request('eth_call', { to: target, data }, 'latest')) as Hex
    const held = (await request('eth_getStorageAt', target, slot, 'latest')) as Hex
    return shown.length === 66 && BigInt(shown) === BigInt(held)
  } catch {
    return false // no such function
  }
}
