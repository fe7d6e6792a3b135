import { rawOf } from './posted/post.ts'
import { indexRound, type PostedTerms } from './posted/round.ts'
import { matchedOf, totalsOf } from './posted/scale.ts'
import type { Round } from './round.ts'
import { capOf } from './share.ts'
import { type MatchSettings, paramOf, type Variant } from './variant.ts'

/** As a post would have them. Addresses only order the sums, which are exact. */
function amountsOf(
  variant: PostedTerms['variant'],
  parameter: bigint,
  { tallies, contributions }: Round,
  settings: MatchSettings,
) {
  const terms: PostedTerms = {
    variant,
    parameter,
    budgetAssets: settings.budget,
    capAssets: capOf(settings.budget, settings.capBps) ?? settings.budget,
    projectCount: tallies.length,
  }
  const given = (contributions?.byProject ?? []).flatMap((gifts, project) =>
    [...gifts].flatMap(([contributor, amount]) =>
      amount === 0n ? [] : [{ project, contributor: addressOf(contributor), amount }],
    ),
  )
  const raws = rawOf(indexRound(terms, given))
  const totals = totalsOf(raws, terms)
  return raws.map(raw => matchedOf(raw, totals, terms).assets)
}

const addressOf = (contributor: number) => `0x${(contributor + 1).toString(16).padStart(40, '0')}` as const

const pairwise: Variant = {
  about: 'each pair of contributors is paid less the more it agrees',
  needs: 'contributions',
  params: { m: { about: 'M, base units: a pair draws less than 2·M', least: 1n, byDefault: null } },
  contained: () => 0n,
  amounts: (round, settings) => amountsOf('pairwise', paramOf(pairwise, 'm', settings), round, settings),
}

const cluster: Variant = {
  about: 'connection-oriented cluster match, groups are the projects',
  needs: 'contributions',
  params: { unit: { about: 'base units of one whole unit', least: 1n, byDefault: null } },
  contained: () => 0n,
  amounts: (round, settings) => amountsOf('cluster', paramOf(cluster, 'unit', settings), round, settings),
}

export const postedVariants: Readonly<Record<string, Variant>> = { pairwise, cluster }
