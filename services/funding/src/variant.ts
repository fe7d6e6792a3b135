import { inputError } from '@nexus/kit/errors'
import type { Round, Tally } from './round.ts'
import { capOf, largest, type RateOf, share, spread } from './share.ts'

/** A whole number that a variant takes besides the budget and the cap. */
export interface VariantParam {
  readonly about: string
  readonly least: bigint
  /** null: must be given. */
  readonly byDefault: bigint | null
}

export interface MatchSettings {
  readonly budget: bigint
  /** 1 to 10,000; null: no cap. */
  readonly capBps: number | null
  /** By the names of the variant's `params`; one that is missing has its default. */
  readonly params?: Readonly<Record<string, bigint>>
}

/** A way to share a budget among the projects of a round. */
export interface Variant {
  readonly about: string
  /** What it can be computed from: tallies, or nothing less than who gave what. */
  readonly needs: 'tallies' | 'contributions'
  readonly params: Readonly<Record<string, VariantParam>>
  /** Base units of budget and of allocation that a unit contributed brings with it: 0 where contributions are paid beside the match. */
  readonly contained: (settings: MatchSettings) => bigint
  /** Amounts in the order of the round's tallies. @throws NexusError (exit 2) where the variant is not defined */
  readonly amounts: (round: Round, settings: MatchSettings) => readonly bigint[]
}

/** @throws NexusError `missing-param` */
export function paramOf({ params }: Variant, name: string, settings: MatchSettings): bigint {
  const value = settings.params?.[name] ?? params[name]?.byDefault ?? null
  if (value === null) throw inputError('missing-param', `--param ${name}=… is needed: ${params[name]?.about}`, { name })
  return value
}

/** What quadratic funding adds to a project before any scaling; never below 0. */
export const rawOf = ({ sqrtSum, contributed }: Tally): bigint => largest([sqrtSum * sqrtSum - contributed])

/** Shares the budget by one weight a project, with the cap. */
export function byWeight(weights: readonly bigint[], { budget, capBps }: MatchSettings, rateOf: RateOf = spread) {
  const ceiling = capOf(budget, capBps)
  return share(
    budget,
    weights.map(weight => ({ weight, base: 0n, ceiling })),
    rateOf,
  )
}
