import { inputError } from '@nexus/kit/errors'
import type { Round, Tally } from './round.ts'
import { byAlpha, byAlphaUpToOne, type Claim, capOf, largest, type RateOf, share, spread } from './share.ts'

/** A whole number that a variant takes besides the budget and the cap. */
export interface VariantParam {
  readonly about: string
  readonly least: bigint
  readonly byDefault: bigint
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

export const paramOf = ({ params }: Variant, name: string, settings: MatchSettings): bigint =>
  settings.params?.[name] ?? params[name]?.byDefault ?? 0n

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

const linear: Variant = {
  about: 'the whole budget by (Σ√c)² − Σc, up or down',
  needs: 'tallies',
  params: {},
  contained: () => 0n,
  amounts: ({ tallies }, settings) => byWeight(tallies.map(rawOf), settings),
}

const capitalConstrained: Variant = {
  about: '(Σ√c)² − Σc, scaled down where the budget is too small, never up',
  needs: 'tallies',
  params: {},
  contained: () => 0n,
  amounts: ({ tallies }, settings) => byWeight(tallies.map(rawOf), settings, byAlphaUpToOne),
}

const proportional: Variant = {
  about: 'the whole budget by Σ√c, as the oldest rounds of clr.fund did',
  needs: 'tallies',
  params: {},
  contained: () => 0n,
  amounts: ({ tallies }, settings) =>
    byWeight(
      tallies.map(({ sqrtSum }) => sqrtSum),
      settings,
    ),
}

const clrFund: Variant = {
  about: 'alpha·g·(Σ√c)² + (1 − alpha)·g·Σc, contributions included in budget and allocation',
  needs: 'tallies',
  params: { creditFactor: { about: 'g, base units of one voice credit', least: 1n, byDefault: 1n } },
  contained: settings => paramOf(clrFund, 'creditFactor', settings),
  amounts: ({ tallies }, settings) => {
    const { budget, capBps } = settings
    const g = clrFund.contained(settings)
    const given = tallies.reduce((sum, { contributed }) => sum + contributed, 0n)
    const squares = tallies.reduce((sum, { sqrtSum }) => sum + sqrtSum * sqrtSum, 0n)
    if (budget < g * given)
      throw inputError(
        'budget-below-contributions',
        `the budget ${budget} is less than the contributions in it, ${g * given}`,
        { budget, contributed: g * given },
      )
    if (squares <= given)
      throw inputError('nothing-to-match', `Σ(Σ√c)² = ${squares} does not exceed Σc = ${given}: alpha is not defined`, {
        squares,
        contributed: given,
      })
    const cap = capOf(budget, capBps)
    const allocate = (weightOf: (tally: Tally) => bigint) => {
      const claims = tallies.map((tally): Claim => {
        const base = g * tally.contributed
        return { base, weight: g * weightOf(tally), ceiling: cap === null ? null : largest([cap, base]) }
      })
      return share(budget, claims, byAlpha)
    }
    if (cap !== null) return allocate(rawOf)
    const asPublished = allocate(({ sqrtSum, contributed }) => sqrtSum * sqrtSum - contributed)
    return asPublished.some(amount => amount < 0n) ? allocate(rawOf) : asPublished
  },
}

/** By name. What is computed off chain and posted joins here. */
export const variants: Readonly<Record<string, Variant>> = {
  linear,
  'capital-constrained': capitalConstrained,
  'clr-fund': clrFund,
  proportional,
}

/** @throws NexusError `unknown-variant`, `wrong-input` for what needs contributions and has none. */
export function variantFor(name: string, round?: Round): Variant {
  const variant = Object.hasOwn(variants, name) ? variants[name] : undefined
  if (variant === undefined)
    throw inputError('unknown-variant', `there is no variant "${name}": ${Object.keys(variants).join(', ')}`, { name })
  if (round !== undefined && variant.needs === 'contributions' && round.contributions === null)
    throw inputError(
      'wrong-input',
      `${name} is computed from contributions (project,contributor,amount), not tallies`,
      {
        variant: name,
      },
    )
  return variant
}
