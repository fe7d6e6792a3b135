import { inputError } from '@nexus/kit/errors'
import { root } from './root.ts'

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

/** Contributors and projects written as 0x-hex are the same in either case: an address in two spellings is one identity. */
const identity = (name: string): string =>
  name.charCodeAt(0) === 0x30 && name.charCodeAt(1) === 0x78 && /^0x[0-9a-fA-F]+$/.test(name)
    ? name.toLowerCase()
    : name

/** Limits that a round read from a file must keep, so that no file can fill the memory. */
export interface RoundLimits {
  readonly mostGifts: number
}
/** Six times the 1,000,000 that must be quick; measured, about 1 GB. */
export const ROUND_LIMITS: RoundLimits = { mostGifts: 6_000_000 }

/** Gathers a round gift by gift; projects stand in the order in which they were first named. */
export function roundGatherer(limits: RoundLimits = ROUND_LIMITS) {
  const contributors = new Map<string, number>()
  const projects = new Map<string, number>()
  const names: string[] = []
  const byProject: Map<number, bigint>[] = []
  let pairs = 0

  const numberOf = (map: Map<string, number>, key: string): number => {
    const known = map.get(key)
    if (known !== undefined) return known
    map.set(key, map.size)
    return map.size - 1
  }
  return {
    add(project: string, contributor: string, amount: bigint): void {
      const p = numberOf(projects, identity(project))
      const gifts = byProject[p] ?? new Map<number, bigint>()
      if (names.length === p) {
        names.push(project)
        byProject.push(gifts)
      }
      const c = numberOf(contributors, identity(contributor))
      const before = gifts.get(c)
      if (before === undefined && ++pairs > limits.mostGifts)
        throw inputError('too-many-contributions', `more than ${limits.mostGifts} pairs of project and contributor`, {
          most: limits.mostGifts,
        })
      gifts.set(c, before === undefined ? amount : before + amount)
    },
    round: (): Round => ({
      tallies: byProject.map((gifts, p) => tallyOf(names[p] ?? '', gifts.values())),
      contributions: { contributors: [...contributors.keys()], byProject },
    }),
  }
}

/** A round of which only tallies are known. */
export function talliesGatherer(limits: RoundLimits = ROUND_LIMITS) {
  const places = new Map<string, number>()
  const tallies: Tally[] = []
  return {
    /** @param place where it stands, such as its line. @returns the place of a project of the same name, or null */
    add(tally: Tally, place: number): number | null {
      const key = identity(tally.project)
      const before = places.get(key)
      if (before !== undefined) return before
      if (tallies.length >= limits.mostGifts)
        throw inputError('too-many-projects', `more than ${limits.mostGifts} projects`, { most: limits.mostGifts })
      places.set(key, place)
      tallies.push(tally)
      return null
    },
    round: (): Round => ({ tallies, contributions: null }),
  }
}
