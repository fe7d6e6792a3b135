import { MOST_AMOUNT } from '@nexus/funding/round'
import { BPS } from '@nexus/funding/share'
import type { MatchSettings, Variant } from '@nexus/funding/variant'
import { variantFor } from '@nexus/funding/variants'
import { inputError } from '@nexus/kit/errors'

export interface MatchFlags {
  budget: string
  capBps?: string
  creditFactor?: string
  param?: string[]
}

/** What to share and how. A parameter that none of the variants has is refused, not ignored. */
export function settingsOf(
  { budget, capBps, creditFactor, param = [] }: MatchFlags,
  names: readonly string[],
): MatchSettings {
  const list = names.map(name => variantFor(name))
  const given = [...param, ...(creditFactor === undefined ? [] : [`creditFactor=${creditFactor}`])].map(pair => {
    const at = pair.indexOf('=')
    if (at < 1) throw inputError('usage', `--param takes name=value, not "${pair}"`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  const params: Record<string, bigint> = {}
  for (const [name, text] of given) {
    const known = list.flatMap(({ params: own }: Variant) => (Object.hasOwn(own, name) ? (own[name] ?? []) : []))
    if (known.length === 0)
      throw inputError('unknown-param', `${names.join(', ')} has no parameter "${name}"`, { name })
    if (Object.hasOwn(params, name)) throw inputError('usage', `${name} is given twice`)
    const value = amountFlag(name, text)
    const [{ least } = { least: 0n }] = known
    if (value < least) throw inputError('bad-param', `${name} must be at least ${least}, not ${value}`, { name, least })
    params[name] = value
  }
  return { budget: amountFlag('--budget', budget), capBps: capBps === undefined ? null : bpsFlag(capBps), params }
}

/** A whole number of base units that a token can have. */
export function amountFlag(flag: string, text: string): bigint {
  const amount = /^\d{1,78}$/.test(text) ? BigInt(text) : null
  if (amount === null || amount > MOST_AMOUNT)
    throw inputError(
      'bad-amount',
      `${flag} must be a whole number of base units below 2^256, not "${text.slice(0, 80)}"`,
    )
  return amount
}

function bpsFlag(text: string): number {
  const bps = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (bps < 1 || bps > Number(BPS))
    throw inputError(
      'bad-cap',
      `--cap-bps must be 1 to ${BPS} hundredths of a per cent of the budget, not "${text.slice(0, 80)}"`,
    )
  return bps
}

export function countFlag(flag: string, text: string, most: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > most) throw inputError('usage', `${flag} must be 1 to ${most}, not "${text.slice(0, 80)}"`)
  return count
}
