import { inputError, type NexusError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { type AbiFunction, type AbiParameter, encodeFunctionData, getAddress, type Hex, isAddress } from 'viem'
import { toFunctionSignature } from 'viem/utils'
import { z } from 'zod'
import type { Call } from './class-table.ts'
import { contractNamed, type Named } from './contracts.ts'

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
const MOST_CALLS = 64

/**
 * Calls as people write them: `{to, value?, data}`, or `{contract, function, args?, value?}` by the names of `contracts`.
 * @throws NexusError `bad-calls` or `no-such-contract`, with the place of what is wrong
 */
export function parseCalls(json: unknown, contracts: readonly Named[]): Call[] {
  if (!Array.isArray(json) || json.length === 0)
    throw inputError('bad-calls', 'calls: must be a list with one call at least', { at: '' })
  if (json.length > MOST_CALLS)
    throw inputError('bad-calls', `calls: ${json.length} calls are more than the ${MOST_CALLS} that are read`, {
      at: '',
    })
  return json.map((one: unknown, index) => parseCall(one, contracts, `calls[${index}]`))
}

function parseCall(json: unknown, contracts: readonly Named[], at: string): Call {
  const isNamed = typeof json === 'object' && json !== null && 'contract' in json
  if (!isNamed) {
    const { to, value = '0', data } = checked(raw, json, at)
    return { to: getAddress(to), value: BigInt(value), data: data.toLowerCase() as Hex }
  }
  const call = checked(named, json, at)
  const contract = contractNamed(contracts, call.contract)
  if (typeof contract === 'string')
    throw inputError('no-such-contract', `${at}: ${contract}`, { at, name: call.contract })
  const item = functionOf(contract, call.function, at)
  const { inputs } = item
  const args = call.args ?? []
  if (args.length !== inputs.length)
    throw problem(at, `${toFunctionSignature(item)} takes ${inputs.length} arguments, not ${args.length}`)
  const values = inputs.map((input, n) => argumentOf(input, args[n], `${at}.args[${n}]`))
  return {
    to: contract.address,
    value: BigInt(call.value ?? '0'),
    data: encodeFunctionData({ abi: [item], functionName: item.name, args: values }),
  }
}

const problem = (at: string, what: string): NexusError => inputError('bad-calls', `${at}: ${what}`, { at })

function checked<T>(schema: z.ZodType<T>, json: unknown, at: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw problem(at, explainIssues(parsed.error, json)[0])
}

/** By its name, or by its signature where several have the name. */
function functionOf({ name, abi }: Named, wanted: string, at: string): AbiFunction {
  const changing = abi.filter(
    (item): item is AbiFunction =>
      item.type === 'function' && item.stateMutability !== 'view' && item.stateMutability !== 'pure',
  )
  const found = changing.filter(item => item.name === wanted || toFunctionSignature(item) === wanted)
  const [only] = found
  if (only && found.length === 1) return only
  if (!only) throw problem(at, `${name} has no function "${wanted}" that changes anything`)
  throw problem(at, `${name} has several "${wanted}": say ${found.map(toFunctionSignature).join(' or ')}`)
}

/** JSON has no integers of 256 bits: they are decimal strings, or plain numbers as long as these are exact. */
function argumentOf(parameter: AbiParameter, value: unknown, at: string): unknown {
  const { type } = parameter
  const list = /^(.*)\[(\d*)\]$/.exec(type)
  if (list) {
    if (!Array.isArray(value)) throw problem(at, `must be a list (${type})`)
    if (list[2] && value.length !== Number(list[2])) throw problem(at, `must have ${list[2]} entries (${type})`)
    return value.map((one, n) => argumentOf({ ...parameter, type: list[1] ?? '' }, one, `${at}[${n}]`))
  }
  if (type === 'tuple') {
    const { components = [] } = parameter as { components?: readonly AbiParameter[] }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem(at, 'must be an object')
    const unknown = Object.keys(value).filter(key => !components.some(({ name }) => name === key))
    if (unknown.length > 0) throw problem(at, `has an unknown field "${unknown[0]}"`)
    return Object.fromEntries(
      components.map(one => [
        one.name,
        argumentOf(one, (value as Record<string, unknown>)[`${one.name}`], `${at}.${one.name}`),
      ]),
    )
  }
  const integer = /^(u?)int(\d+)$/.exec(type)
  if (integer) return integerOf(value, { isUnsigned: integer[1] === 'u', bits: Number(integer[2]) }, type, at)
  if (type === 'bool' && typeof value === 'boolean') return value
  if (type === 'string' && typeof value === 'string') return value
  if (type === 'address' && typeof value === 'string' && isAddress(value)) return getAddress(value)
  const bytes = /^bytes(\d*)$/.exec(type)
  if (bytes && typeof value === 'string' && /^0x([0-9a-fA-F]{2})*$/.test(value)) {
    if (!bytes[1] || value.length === 2 + 2 * Number(bytes[1])) return value.toLowerCase()
  }
  throw problem(at, `must be ${type === 'bool' ? 'true or false' : type}, not ${JSON.stringify(value) ?? 'nothing'}`)
}

function integerOf(
  value: unknown,
  { isUnsigned, bits }: { isUnsigned: boolean; bits: number },
  type: string,
  at: string,
) {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !/^-?(0|[1-9]\d{0,77})$/.test(text))
    throw problem(at, `must be a whole number (${type}), a decimal string where it is large`)
  const number = BigInt(text)
  const [least, most] = isUnsigned
    ? [0n, 2n ** BigInt(bits) - 1n]
    : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n]
  if (number < least || number > most) throw problem(at, `${text} is no ${type}`)
  return bits <= 48 ? Number(number) : number
}
