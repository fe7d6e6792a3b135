import { inputError, type NexusError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import {
  type AbiFunction,
  type AbiParameter,
  type Address,
  decodeFunctionData,
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
  size,
} from 'viem'
import { toFunctionSignature } from 'viem/utils'
import { z } from 'zod'
import type { Named } from './contracts.ts'

export interface Call {
  to: Address
  value: bigint
  data: Hex
}

const decimal = z.string().regex(/^(0|[1-9]\d{0,77})$/, 'a decimal string of base units')
const raw = z.strictObject({
  to: z.string().refine(text => isAddress(text), 'an address'),
  value: decimal.optional(),
  data: z.string().regex(/^0x([0-9a-fA-F]{2})*$/, 'hexadecimal bytes'),
})
const named = z.strictObject({
  contract: z.string().min(1),
  function: z.string().min(1),
  args: z.array(z.unknown()).optional(),
  value: decimal.optional(),
})
/** More than any governor takes in one transaction. */
const MOST_CALLS = 64

const problem = (at: string, what: string): NexusError => inputError('bad-calls', `${at}: ${what}`, { at })

/**
 * Calls as people write them: `{to, value?, data}`, or `{contract, function, args?, value?}` by the names of `contracts`.
 * @throws NexusError `bad-calls` with the place of what is wrong
 */
export function parseRailCalls(json: unknown, contracts: readonly Named[]): Call[] {
  if (!Array.isArray(json) || json.length === 0) throw problem('calls', 'must be a list with one call at least')
  if (json.length > MOST_CALLS)
    throw problem('calls', `${json.length} calls are more than the ${MOST_CALLS} there may be`)
  return json.map((one: unknown, index) => parseCall(one, contracts, `calls[${index}]`))
}

function checked<T>(schema: z.ZodType<T>, json: unknown, at: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw problem(at, explainIssues(parsed.error, json)[0])
}

function parseCall(json: unknown, contracts: readonly Named[], at: string): Call {
  if (typeof json !== 'object' || json === null || !('contract' in json)) {
    const { to, value = '0', data } = checked(raw, json, at)
    return { to: getAddress(to), value: BigInt(value), data: data.toLowerCase() as Hex }
  }
  const call = checked(named, json, at)
  const found = contracts.filter(({ name }) => name === call.contract || name.split(':')[0] === call.contract)
  const contract = found.find(({ name }) => name === call.contract) ?? (found.length === 1 ? found[0] : undefined)
  if (!contract)
    throw problem(
      at,
      `${found.length ? 'several contracts are' : 'no contract is'} called "${call.contract}"; known: ${contracts.map(({ name }) => name).join(', ')}`,
    )
  const item = functionOf(contract, call.function, at)
  const args = call.args ?? []
  if (args.length !== item.inputs.length)
    throw problem(at, `${toFunctionSignature(item)} takes ${item.inputs.length} arguments, not ${args.length}`)
  const values = item.inputs.map((input, n) => fromJson(input, args[n], `${at}.args[${n}]`))
  const data = encodeFunctionData({ abi: [item], functionName: item.name, args: values })
  return { to: contract.address, value: BigInt(call.value ?? '0'), data }
}

/** By its name, or by its signature where several have the name. */
function functionOf({ name, abi }: Named, wanted: string, at: string): AbiFunction {
  const found = abi.filter(
    (item): item is AbiFunction =>
      item.type === 'function' && (item.name === wanted || toFunctionSignature(item) === wanted),
  )
  const [only] = found
  if (only && found.length === 1) return only
  if (!only) throw problem(at, `${name} has no function "${wanted}"`)
  throw problem(at, `${name} has several "${wanted}": say ${found.map(toFunctionSignature).join(' or ')}`)
}

/** JSON has no integers of 256 bits: they are decimal strings, or plain numbers as long as these are exact. */
function fromJson(parameter: AbiParameter, value: unknown, at: string): unknown {
  const { type } = parameter
  const list = /^(.*)\[(\d*)\]$/.exec(type)
  if (list) {
    if (!Array.isArray(value) || (list[2] && value.length !== Number(list[2])))
      throw problem(at, `must be a list${list[2] ? ` of ${list[2]}` : ''} (${type})`)
    return value.map((one, n) => fromJson({ ...parameter, type: `${list[1]}` }, one, `${at}[${n}]`))
  }
  if (type === 'tuple') {
    const { components } = parameter as { components: readonly AbiParameter[] }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem(at, 'must be an object')
    const extra = Object.keys(value).find(key => !components.some(({ name }) => name === key))
    if (extra !== undefined) throw problem(at, `has an unknown field "${extra}"`)
    const fields = value as Record<string, unknown>
    return Object.fromEntries(
      components.map(one => [one.name, fromJson(one, fields[`${one.name}`], `${at}.${one.name}`)]),
    )
  }
  const integer = /^(u?)int(\d+)$/.exec(type)
  if (integer) return integerOf(value, { isUnsigned: integer[1] === 'u', bits: Number(integer[2]) }, at)
  if (type === 'bool' && typeof value === 'boolean') return value
  if (type === 'string' && typeof value === 'string') return value
  if (type === 'address' && typeof value === 'string' && isAddress(value)) return getAddress(value)
  const bytes = /^bytes(\d*)$/.exec(type)
  if (bytes && typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value))
    if (!bytes[1] || value.length === 2 + 2 * Number(bytes[1])) return value.toLowerCase()
  throw problem(at, `must be ${type}, not ${JSON.stringify(value) ?? 'nothing'}`)
}

function integerOf(value: unknown, { isUnsigned, bits }: { isUnsigned: boolean; bits: number }, at: string) {
  const type = `${isUnsigned ? 'u' : ''}int${bits}`
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !/^-?(0|[1-9]\d{0,77})$/.test(text))
    throw problem(at, `must be a whole number (${type}), a decimal string where it is large`)
  const number = BigInt(text)
  const half = 2n ** BigInt(bits - 1)
  const [least, most] = isUnsigned ? [0n, 2n * half - 1n] : [-half, half - 1n]
  if (number < least || number > most) throw problem(at, `${text} is no ${type}`)
  return bits <= 48 ? Number(number) : number // what viem takes for the type
}

/** A call by the names of things; what nothing here knows keeps its bytes and no names. */
export interface DecodedCall extends Call {
  contract: string | null
  /** Signature. */
  function: string | null
  args: { name: string; type: string; value: unknown }[]
}

export function decodeRailCall({ to, value, data }: Call, contracts: readonly Named[]): DecodedCall {
  const address = getAddress(to)
  const contract = contracts.find(one => one.address === address)
  const unknown = { to: address, value, data, contract: contract?.name ?? null, function: null, args: [] }
  if (!contract || size(data) < 4) return unknown
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: contract.abi, data })
    const item = contract.abi.find(
      (one): one is AbiFunction =>
        one.type === 'function' && one.name === functionName && one.inputs.length === args.length,
    )
    if (!item) return unknown
    const named = item.inputs.map(({ name, type }, n) => ({ name: name ?? `${n}`, type, value: args[n] }))
    return { ...unknown, function: toFunctionSignature(item), args: named }
  } catch {
    return unknown // no function of this contract, or not its arguments
  }
}

/** Text of others goes to a terminal: nothing in it may move the cursor. */
export const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')

const valueText = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? printable(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v)))
    : printable(String(value))

export function callText({ to, value, data, contract, function: name, args }: DecodedCall): string {
  const what = name
    ? `${contract}.${name.split('(')[0]}(${args.map(one => `${one.name}: ${valueText(one.value)}`).join(', ')})`
    : `${contract ?? 'unknown contract'} ${to}: ${data === '0x' ? 'a plain transfer' : `unknown call ${data}`}`
  return value > 0n ? `${what} with ${value} wei` : what
}
