import type { Address } from 'viem'
import { root } from '../root.ts'
import { giftOfWord } from './gift.ts'
import type { TokenRate } from './terms.ts'

/** The events of a round that say who gives what. */
export type GiftEvent =
  | { eventName: 'Contributed'; args: { contributor: Address; gifts: readonly bigint[] } }
  | { eventName: 'ContributionRefunded'; args: { projectId: number; contributor: Address; token: number } }

/** What one contributor gives to one project. */
export interface Given {
  projectId: number
  contributor: Address
  /** Base units by number of the token. */
  byToken: ReadonlyMap<number, bigint>
  /** c: in units of the round, each token rounded down by itself. */
  units: bigint
}

/** S, C and how many give, as in `tallyOf`. */
export interface ProjectTally {
  sqrtSum: bigint
  contributed: bigint
  contributors: number
}

const WAD = 10n ** 18n

const unitsOf = (token: number, assets: bigint, others: readonly TokenRate[]): bigint =>
  token === 0 ? assets : (assets * (others[token - 1]?.unitsWad ?? 0n)) / WAD

/** Who gives what after these events, in order of the chain: a gift says what is given from then on, a refund takes it back. */
export function ledgerOf(events: readonly GiftEvent[], others: readonly TokenRate[]): Given[] {
  const entries = new Map<string, { projectId: number; contributor: Address; byToken: Map<number, bigint> }>()
  const set = (projectId: number, contributor: Address, token: number, assets: bigint) => {
    const key = `${projectId} ${contributor}`
    const entry = entries.get(key) ?? { projectId, contributor, byToken: new Map() }
    entries.set(key, entry)
    if (assets === 0n) entry.byToken.delete(token)
    else entry.byToken.set(token, assets)
  }
  for (const { eventName, args } of events) {
    if (eventName === 'ContributionRefunded') set(args.projectId, args.contributor, args.token, 0n)
    else
      for (const word of args.gifts) {
        const { projectId, token, assets } = giftOfWord(word)
        set(projectId, args.contributor, token, assets)
      }
  }
  return [...entries.values()].flatMap(entry => {
    const units = [...entry.byToken].reduce((sum, [token, assets]) => sum + unitsOf(token, assets, others), 0n)
    return units > 0n ? [{ ...entry, units }] : []
  })
}

/** By project, as many as there are. */
export function talliesOf(given: readonly Given[], projectCount: number): ProjectTally[] {
  const tallies = Array.from({ length: projectCount }, () => ({ sqrtSum: 0n, contributed: 0n, contributors: 0 }))
  for (const { projectId, units } of given) {
    const tally = tallies[projectId]
    if (!tally) continue
    tally.sqrtSum += root(units)
    tally.contributed += units
    tally.contributors++
  }
  return tallies
}
