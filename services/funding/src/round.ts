import { inputError } from '@nexus/kit/errors'
import { nameTable } from './names.ts'
import { root } from './root.ts'
import { type Span, spanOf } from './span.ts'

/** What matching knows of a project: `sqrtSum` is Σ⌊√c⌋ and `contributed` Σc over its contributors. */
export interface Tally {
  readonly project: string
  readonly sqrtSum: bigint
  readonly contributed: bigint
}

/** Who gave how much to whom, each contributor's gifts to a project summed. Contributors are numbers into `contributors`. */
export interface Contributions {
  readonly contributors: readonly string[]
  /** In the order of the round's tallies. */
  readonly byProject: readonly ReadonlyMap<number, bigint>[]
}

export interface Round {
  readonly tallies: readonly Tally[]
  /** null where only the tallies are known. */
  readonly contributions: Contributions | null
}

/** So many bits has a token's largest amount; no tally can exceed it either. */
export const MOST_AMOUNT = 2n ** 256n - 1n

/** `contributed` and `sqrtSum` of gifts that are already summed by contributor. */
export function tallyOf(project: string, gifts: Iterable<bigint>): Tally {
  let [sqrtSum, contributed] = [0n, 0n]
  for (const gift of gifts) {
    sqrtSum += root(gift)
    contributed += gift
  }
  return { project, sqrtSum, contributed }
}

/** Limits that a round read from a file must keep, so that no file can fill the memory. */
export interface RoundLimits {
  readonly mostGifts: number
}
export const ROUND_LIMITS: RoundLimits = { mostGifts: 4_000_000 }

/** Gathers a round gift by gift; projects stand in the order in which they were first named. */
export function roundGatherer(limits: RoundLimits = ROUND_LIMITS) {
  const [projects, contributors] = [nameTable(), nameTable()]
  const byProject: Map<number, bigint>[] = []
  let pairs = 0

  function addSpans(project: Span, contributor: Span, amount: bigint): void {
    const p = projects.numberOf(project)
    const c = contributors.numberOf(contributor)
    const gifts = byProject[p] ?? new Map<number, bigint>()
    if (byProject.length === p) byProject.push(gifts)
    const before = gifts.get(c)
    if (before === undefined && ++pairs > limits.mostGifts)
      throw inputError('too-many-contributions', `more than ${limits.mostGifts} pairs of project and contributor`, {
        most: limits.mostGifts,
      })
    gifts.set(c, before === undefined ? amount : before + amount)
  }
  return {
    addSpans,
    add: (project: string, contributor: string, amount: bigint): void =>
      addSpans(spanOf(project), spanOf(contributor), amount),
    round: (): Round => ({
      tallies: byProject.map((gifts, p) => tallyOf(projects.names[p] ?? '', gifts.values())),
      contributions: { contributors: contributors.names, byProject },
    }),
  }
}

/** A round of which only tallies are known. */
export function talliesGatherer(limits: RoundLimits = ROUND_LIMITS) {
  const projects = nameTable()
  const places: number[] = []
  const tallies: Tally[] = []
  return {
    /** @param place where it stands, such as its line. @returns the place of a project of the same name, or null */
    add(tally: Tally, place: number): number | null {
      const before = places[projects.numberOf(spanOf(tally.project))]
      if (before !== undefined) return before
      if (tallies.length >= limits.mostGifts)
        throw inputError('too-many-projects', `more than ${limits.mostGifts} projects`, { most: limits.mostGifts })
      places.push(place)
      tallies.push(tally)
      return null
    },
    round: (): Round => ({ tallies, contributions: null }),
  }
}
