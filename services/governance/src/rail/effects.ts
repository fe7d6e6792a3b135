import { effectsGuardAbi } from '@nexus/chain/abi/EffectsGuard'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import {
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
  keccak256,
  parseAbiParameters,
} from 'viem'
import { z } from 'zod'
import type { Call } from '../class-table.ts'

/** `change`: by what the balance grows (negative: shrinks). The zero address is the chain's own coin. */
export interface BalanceChange {
  token: Address
  account: Address
  change: bigint
}

/** `value`: what the slot holds afterwards. */
export interface SlotValue {
  target: Address
  slot: Hex
  value: Hex
}

/** What a proposal can commit to, in the order in which it is hashed. */
export interface Effects {
  balances: readonly BalanceChange[]
  slots: readonly SlotValue[]
}

/** As in EffectsGuard: balances and slots together. */
export const MOST_DECLARED = 32

const layout = parseAbiParameters([
  'BalanceRef[] balances, int256[] changes, SlotRef[] slots, bytes32[] values',
  'struct BalanceRef { address token; address account; }',
  'struct SlotRef { address target; bytes32 slot; }',
])

/** As IEffectsGuard defines it. */
export const effectsHashOf = ({ balances, slots }: Effects): Hex =>
  keccak256(
    encodeAbiParameters(layout, [
      balances.map(({ token, account }) => ({ token, account })),
      balances.map(({ change }) => change),
      slots.map(({ target, slot }) => ({ target, slot })),
      slots.map(({ value }) => value),
    ]),
  )

/** The call that commits to effects: a proposal's last. */
export const declaration = (effectsGuard: Address, effects: Effects): Call => ({
  to: effectsGuard,
  value: 0n,
  data: encodeFunctionData({
    abi: effectsGuardAbi,
    functionName: 'declareEffects',
    args: [
      effectsHashOf(effects),
      effects.balances.map(({ token, account }) => ({ token, account })),
      effects.slots.map(({ target, slot }) => ({ target, slot })),
    ],
  }),
})

/** What a proposal has committed to. null: nothing. */
export function declaredBy(calls: readonly Call[], effectsGuard: Address) {
  const last = calls.at(-1)
  if (!last || getAddress(last.to) !== getAddress(effectsGuard)) return null
  const { functionName, args } = decodeFunctionData({ abi: effectsGuardAbi, data: last.data })
  if (functionName !== 'declareEffects') return null
  const [effectsHash, balances, slots] = args
  return { effectsHash, balances, slots }
}

const address = z.string().refine(text => isAddress(text), 'an address')
const word = z.string().regex(/^0x[0-9a-fA-F]{64}$/, '32 bytes in hexadecimal')
const schema = z.object({
  effectsHash: word,
  balances: z.array(
    z.strictObject({
      token: address,
      account: address,
      change: z.string().regex(/^(0|-?[1-9]\d{0,77})$/, 'a decimal string'),
    }),
  ),
  slots: z.array(z.strictObject({ target: address, slot: word, value: word })),
})

/** Effects as `nexus rail simulate --json` prints them, alone or within its whole document. @throws NexusError `bad-effects` */
export function parseEffects(json: unknown): Effects {
  const whole = z.object({ effects: z.unknown() }).safeParse(json)
  const document = whole.success && whole.data.effects !== undefined ? whole.data.effects : json
  const parsed = schema.safeParse(document)
  if (!parsed.success) throw inputError('bad-effects', `effects: ${explainIssues(parsed.error, document)[0]}`)
  const { balances, slots, effectsHash } = parsed.data
  const effects: Effects = {
    balances: balances.map(({ token, account, change }) => ({
      ...{ token: getAddress(token), account: getAddress(account), change: BigInt(change) },
    })),
    slots: slots.map(({ target, slot, value }) => ({
      ...{ target: getAddress(target), slot: slot.toLowerCase() as Hex, value: value.toLowerCase() as Hex },
    })),
  }
  const count = balances.length + slots.length
  if (count > MOST_DECLARED)
    throw inputError('too-many-effects', `effects: ${count} are more than the ${MOST_DECLARED} that can be declared`, {
      ...{ count, most: MOST_DECLARED },
    })
  const actual = effectsHashOf(effects)
  if (actual !== effectsHash.toLowerCase())
    throw inputError('bad-effects', 'effects: effectsHash is not the hash of the balances and slots beside it', {
      ...{ expected: effectsHash, actual },
    })
  return effects
}
