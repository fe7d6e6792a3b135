import { root as isqrt } from '../root.ts'
import { giftOf, giversOf, type IndexedRound } from './round.ts'

/** Which groups each group has a member in common with, itself included if it has any: by group, the others as bits. */
export type Links = readonly bigint[]

/** Groups are the projects' contributors. */
export function linksOf({ giftsOf, terms }: IndexedRound): Links {
  const links = new Array<bigint>(terms.projectCount).fill(0n)
  for (const gifts of giftsOf) {
    let groups = 0n
    for (const group of gifts.keys()) groups |= 1n << BigInt(group)
    for (const group of gifts.keys()) links[group] = (links[group] ?? 0n) | groups
  }
  return links
}

/** The groups that a contributor is linked to: it, or a member of one of its groups, is a member. */
export function linkedGroups({ giftsOf }: IndexedRound, links: Links, contributor: number): bigint {
  let linked = 0n
  for (const group of giftsOf[contributor]?.keys() ?? []) linked |= links[group] ?? 0n
  return linked
}

export const isIn = (groups: bigint, group: number): boolean => ((groups >> BigInt(group)) & 1n) === 1n

/** `⌊min(c, ⌊√(c·u)⌋) / t⌋` if linked, `⌊c / t⌋` if not. */
export function shareTerm(unit: bigint, amount: bigint, linked: boolean, memberships: number): bigint {
  const root = isqrt(amount * unit)
  return (linked && root < amount ? root : amount) / BigInt(memberships)
}

/** A contributor's share in group g, towards group h, of what it gave to a project; 0 for no member or no contributor. */
export function shareOf(
  round: IndexedRound,
  links: Links,
  project: number,
  g: number,
  h: number,
  contributor: number,
): bigint {
  const gift = giftOf(round, project, contributor)
  const gifts = round.giftsOf[contributor]
  if (!gift || !gifts?.has(g)) return 0n
  return shareTerm(round.terms.parameter, gift.amount, isIn(linkedGroups(round, links, contributor), h), gifts.size)
}

/** `⌊2·√(A·B)⌋` */
export const groupsTerm = (side: bigint, otherSide: bigint): bigint => isqrt(4n * side * otherSide)

/** A of a project: how much each of its groups weighs towards another. Most contributors are linked to most groups: those that are not are the exceptions. */
export function sidesOf(round: IndexedRound, links: Links, project: number) {
  const linkedSide = new Map<number, bigint>()
  for (const i of giversOf(round, project)) for (const g of round.giftsOf[i]?.keys() ?? []) linkedSide.set(g, 0n)
  const groups = [...linkedSide.keys()].sort((a, b) => a - b)
  const all = groups.reduce((bits, g) => bits | (1n << BigInt(g)), 0n)
  const exceptions = new Map<number, bigint>() // by g·projectCount + h
  for (const i of giversOf(round, project)) {
    const gifts = round.giftsOf[i]
    const gift = gifts?.get(project)
    if (!gifts || !gift) continue
    const linkedShare = shareTerm(round.terms.parameter, gift.amount, true, gifts.size)
    const more = shareTerm(round.terms.parameter, gift.amount, false, gifts.size) - linkedShare
    for (const g of gifts.keys()) linkedSide.set(g, (linkedSide.get(g) ?? 0n) + linkedShare)
    const unlinked = all & ~linkedGroups(round, links, i)
    if (unlinked === 0n) continue
    for (const h of groups) {
      if (!isIn(unlinked, h)) continue
      for (const g of gifts.keys()) {
        const key = g * round.terms.projectCount + h
        exceptions.set(key, (exceptions.get(key) ?? 0n) + more)
      }
    }
  }
  const side = (g: number, h: number): bigint =>
    (linkedSide.get(g) ?? 0n) + (exceptions.get(g * round.terms.projectCount + h) ?? 0n)
  return { groups, side }
}

/** Every project's raw match: time by `Σ (nₚ·groups of its contributors + groups²)`. */
export function clusterRaw(round: IndexedRound): bigint[] {
  const links = linksOf(round)
  return round.givers.map((_, project) => {
    const { groups, side } = sidesOf(round, links, project)
    let raw = 0n
    groups.forEach((g, k) => {
      for (const h of groups.slice(k + 1)) raw += groupsTerm(side(g, h), side(h, g))
    })
    return raw
  })
}
