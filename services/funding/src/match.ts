import type { Round } from './round.ts'
import type { MatchSettings } from './variant.ts'
import { variantFor } from './variants.ts'

export interface ProjectMatch {
  project: string
  contributed: bigint
  sqrtSum: bigint
  matched: bigint
}

/** What `nexus fund match` prints. Σ projects' `matched` is `matched`, and with `leftover` it is the budget. */
export interface Matching {
  variant: string
  budget: bigint
  matched: bigint
  leftover: bigint
  projects: ProjectMatch[]
}

/** INV-QF-1: never more than the budget. INV-QF-2: what is matched and what is left over are the budget. */
export function matchRound(variant: string, round: Round, settings: MatchSettings): Matching {
  const amounts = variantFor(variant, round).amounts(round, settings)
  const projects = round.tallies.map(({ project, contributed, sqrtSum }, index) => ({
    project,
    contributed,
    sqrtSum,
    matched: amounts[index] ?? 0n,
  }))
  const matched = projects.reduce((sum, project) => sum + project.matched, 0n)
  if (matched > settings.budget || projects.some(project => project.matched < 0n))
    throw new Error(`${variant} matches ${matched} of ${settings.budget}`)
  return { variant, budget: settings.budget, matched, leftover: settings.budget - matched, projects }
}

/** Largest match first. */
export const byMatch = (a: ProjectMatch, b: ProjectMatch): number =>
  a.matched < b.matched ? 1 : a.matched > b.matched ? -1 : 0
