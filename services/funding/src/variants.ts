import { inputError } from '@nexus/kit/errors'
import { postedVariants } from './posted-variants.ts'
import type { Round, Tally } from './round.ts'
import { byAlpha, byAlphaUpToOne, type Claim, capOf, largest, share } from './share.ts'
import { byWeight, paramOf, rawOf, type Variant } from './variant.ts'

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
  ...postedVariants,
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
