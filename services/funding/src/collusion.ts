import { NexusError } from '@nexus/kit/errors'
import { root } from './root.ts'
import { type Contributions, type Round, tallyOf } from './round.ts'
import type { MatchSettings, Variant } from './variant.ts'
import { variantFor } from './variants.ts'

/** How capital is divided among identities that act as one. */
export interface Split {
  /** One for each identity. */
  readonly gifts: readonly bigint[]
  readonly sqrtSum: bigint
  readonly spent: bigint
}

/**
 * The split that draws most from any variant that knows tallies only: whole squares, as equal as can be.
 *
 * Of all gifts with Σc ≤ capital it has the largest Σ⌊√c⌋, because more than a square adds no root and n² + m² is least, for n + m
 * given, where n and m are nearest; and the largest (Σ⌊√c⌋)² − Σc too, because one more root somewhere adds 2(Σ − n) ≥ 0 to it.
 */
export function bestSplit(capital: bigint, identities: number): Split {
  const k = BigInt(identities)
  const least = root(capital / k)
  const larger = (capital - k * least * least) / (2n * least + 1n) // so many can have one root more; fewer than k
  const gifts = Array.from({ length: identities }, (_, i) => (BigInt(i) < larger ? least + 1n : least) ** 2n)
  return { gifts, sqrtSum: k * least + larger, spent: k * least * least + larger * (2n * least + 1n) }
}

/** The round with gifts of so many new contributors to one project; `null`: to a new one, behind the others. */
export function withGifts(round: Round, project: number | null, { gifts, sqrtSum, spent }: Split): Round {
  const at = project ?? round.tallies.length
  const before = round.tallies[at] ?? { project: 'a project of their own', sqrtSum: 0n, contributed: 0n }
  const tally = { ...before, sqrtSum: before.sqrtSum + sqrtSum, contributed: before.contributed + spent }
  return {
    tallies: replaced(round.tallies, at, tally),
    contributions: round.contributions && addGifts(round.contributions, at, gifts),
  }
}

function addGifts({ contributors, byProject }: Contributions, at: number, gifts: readonly bigint[]): Contributions {
  const own = new Map(byProject[at])
  for (const [i, gift] of gifts.entries()) own.set(contributors.length + i, gift)
  return {
    contributors: [...contributors, ...gifts.map((_, i) => `colluder ${i + 1}`)],
    byProject: replaced(byProject, at, own),
  }
}

/** The round as it would be were the `count` largest contributors of a project one person, the largest of them. */
export function withMembersAsOne(round: Round, at: number, count: number): Round | null {
  const { contributions, tallies } = round
  const gifts = contributions?.byProject[at]
  if (contributions === null || gifts === undefined) return null
  const largest = [...gifts].sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0)).slice(0, count)
  const merged = new Map(gifts)
  for (const [contributor] of largest) merged.delete(contributor)
  const [first] = largest
  if (first !== undefined)
    merged.set(
      first[0],
      largest.reduce((sum, [, gift]) => sum + gift, 0n),
    )
  return {
    tallies: replaced(tallies, at, tallyOf(tallies[at]?.project ?? '', merged.values())),
    contributions: { ...contributions, byProject: replaced(contributions.byProject, at, merged) },
  }
}

const replaced = <T>(list: readonly T[], at: number, item: T): T[] => {
  const copy = [...list]
  copy[at] = item
  return copy
}

export interface Draw {
  identities: number
  /** What of the capital makes whole squares. */
  spent: bigint
  /** What matching pays them beyond what they put in. */
  drawn: bigint
}

export interface ProjectExposure {
  project: string
  matched: bigint
  /** What falls away were its `identities` largest contributors one person; null where only tallies are known. */
  members: bigint | null
  /** What as many new identities with the capital add to it, beyond what they put in. */
  joined: bigint
}

export interface VariantCollusion {
  variant: string
  /** Why the variant is not defined for this round; the lists are then empty. */
  refused: string | null
  own: Draw[]
  projects: ProjectExposure[]
}

/** What `nexus fund collusion` prints. */
export interface CollusionReport {
  budget: bigint
  capBps: number | null
  capital: bigint
  identities: number
  variants: VariantCollusion[]
}

export interface CollusionInput {
  readonly round: Round
  readonly settings: MatchSettings
  readonly variants: readonly string[]
  readonly identities: number
  readonly capital: bigint
  /** Of the projects with the largest match, how many are looked at one by one. */
  readonly mostProjects: number
}

/** What identities that are one person could have drawn from this round, by variant; the page of the standard has the model. */
export function collusionReport(input: CollusionInput): CollusionReport {
  const { settings, capital, identities } = input
  const variants = input.variants.map((name): VariantCollusion => {
    try {
      return { variant: name, refused: null, ...collusionUnder(variantFor(name, input.round), input) }
    } catch (error) {
      if (error instanceof NexusError) return { variant: name, refused: error.message, own: [], projects: [] }
      throw error
    }
  })
  return { budget: settings.budget, capBps: settings.capBps, capital, identities, variants }
}

function collusionUnder(variant: Variant, { round, settings, identities, capital, mostProjects }: CollusionInput) {
  const amounts = variant.amounts(round, settings)
  /** What new identities add to a project, beyond what they put in. */
  const gainOf = (project: number | null, split: Split): bigint => {
    const back = variant.contained(settings) * split.spent
    const after = variant.amounts(withGifts(round, project, split), { ...settings, budget: settings.budget + back })
    return project === null ? (after.at(-1) ?? 0n) - back : (after[project] ?? 0n) - (amounts[project] ?? 0n) - back
  }
  /** Where nothing is left to match, a project has what it was given and no more. */
  const amountAlone = (alone: Round, at: number): bigint => {
    try {
      return variant.amounts(alone, settings)[at] ?? 0n
    } catch (error) {
      if (!(error instanceof NexusError && error.code === 'nothing-to-match')) throw error
      return variant.contained(settings) * (alone.tallies[at]?.contributed ?? 0n)
    }
  }
  const own = ladder(identities).map((count): Draw => {
    const split = bestSplit(capital, count)
    return { identities: count, spent: split.spent, drawn: gainOf(null, split) }
  })
  const split = bestSplit(capital, identities)
  const largest = [...amounts.entries()]
    .sort(([i, a], [j, b]) => (a < b ? 1 : a > b ? -1 : i - j))
    .slice(0, mostProjects)
  const projects = largest.map(([at, matched]): ProjectExposure => {
    const alone = withMembersAsOne(round, at, identities)
    return {
      project: round.tallies[at]?.project ?? '',
      matched,
      members: alone === null ? null : matched - amountAlone(alone, at),
      joined: gainOf(at, split),
    }
  })
  return { own, projects }
}

/** 1, 2, 5, 10, 20, 50, … up to `most`, and `most`. */
export function ladder(most: number): number[] {
  const steps: number[] = []
  for (let decade = 1; decade <= most; decade *= 10)
    for (const step of [1, 2, 5]) if (step * decade < most) steps.push(step * decade)
  return [...steps, most]
}
