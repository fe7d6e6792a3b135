import { roles } from '@nexus/deploy/roles'
import { type AbiParameter, type Address, getAddress, type Hex, maxUint256, toHex } from 'viem'
import { functionCalled, plainText } from './call-data.ts'
import type { Named } from './contracts.ts'
import { guardSlots } from './safe.ts'

/** As the constitution has it: word number `word` of what `target` answers to `data` lies in `least` … `most`. */
export interface Condition {
  target: Address
  gasCap: number
  word: number
  data: Hex
  least: bigint
  most: bigint
}

type Names = ReadonlyMap<Address, Named>

const roleNames = new Map<bigint, string>([[0n, 'ADMIN'], ...roles.map(({ id, name }): [bigint, string] => [id, name])])
const slotNames = new Map(Object.entries(guardSlots).map(([name, slot]) => [slot, name]))

const nameOf = (names: Names, address: Address): string => names.get(getAddress(address))?.name ?? address

const addressOf = (value: bigint): Address => getAddress(toHex(value & ((1n << 160n) - 1n), { size: 20 }))

/** The name of the address that a number is, if it is of one. */
const named = (names: Names, value: bigint): string | undefined =>
  value < 1n << 160n ? names.get(addressOf(value))?.name : undefined

function argumentText(names: Names, { name, type }: AbiParameter, value: unknown): string {
  const text =
    type === 'address'
      ? nameOf(names, value as Address)
      : typeof value === 'bigint'
        ? ((name === 'roleId' ? roleNames : slotNames).get(value) ?? plainText(value))
        : plainText(value)
  return name ? `${name}: ${text}` : text
}

const isOneWord = ({ type }: AbiParameter) => /^(address|bool|u?int\d*|bytes\d+)$/.test(type)

/** Functions whose answer is a role. */
const answersRole = new Set(['getRoleAdmin', 'getRoleGuardian'])

function boundsText(names: Names, item: string, type: string | undefined, { least, most }: Condition): string {
  if (least === most) {
    if (type === 'bool' && most < 2n) return most === 1n ? 'true' : 'false'
    if (answersRole.has(item)) return roleNames.get(most) ?? `${most}`
    if (type && /int/.test(type)) return `${most}` // a number that could be an address is none
    return named(names, most) ?? (type === 'address' ? addressOf(most) : `${most}`)
  }
  if (most === maxUint256) return `at least ${least}`
  return least === 0n ? `at most ${most}` : `${least} to ${most}`
}

/**
 * A condition in words: `AccessManager.hasRole(roleId: ADMIN, account: Safe), isMember, is true`. What nothing here knows keeps its
 * bytes.
 */
export function conditionText(names: Names, condition: Condition): string {
  const { target, data, word } = condition
  const found = functionCalled(names.get(getAddress(target))?.abi ?? [], data)
  const { inputs = [], outputs = [], name = `unknown call ${data}` } = found?.item ?? {}
  const answer = outputs.every(isOneWord) ? outputs[word] : undefined
  const asked = inputs.map((input, n) => argumentText(names, input, found?.args[n])).join(', ')
  const call = `${nameOf(names, target)}${found ? `.${name}(${asked})` : `: ${name}`}`
  const which = answer?.name || (answer && outputs.length === 1 ? '' : `word ${word}`)
  return `${call}${which ? `, ${which},` : ''} is ${boundsText(names, name, answer?.type, condition)}`
}
