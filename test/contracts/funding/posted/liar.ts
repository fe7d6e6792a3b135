import { defend, partsOf } from '@nexus/funding/posted/defend'
import type { Move } from '@nexus/funding/posted/moves'
import { assemble, type PostedResult, type Posting, resultLeaves } from '@nexus/funding/posted/post'
import type { PostedTerms } from '@nexus/funding/posted/round'
import { type MatchTotals, totalsOf } from '@nexus/funding/posted/scale'
import type { Sums } from '@nexus/funding/posted/sums'
import type { ChallengeView } from '@nexus/funding/posted/view'
import type { Strategy } from './world.ts'

/** What a liar posts who gives some projects other amounts and makes all the rest fit. */
export function withRaw(right: PostedResult, terms: PostedTerms, change: (raw: bigint, project: number) => bigint) {
  const raws = right.results.map((leaf, project) => change(leaf.raw, project))
  const totals = totalsOf(raws, terms)
  return assemble(resultLeaves(raws, terms, totals), right.contributions, totals)
}

/** A posting that says other totals than its lines have. */
export const withTotals = (posting: Posting, totals: Partial<MatchTotals>): Posting => ({
  ...posting,
  totals: { ...posting.totals, ...totals },
})

/**
 * Defends a wrong amount as far as that can be done: what it claimed too much or too little is hidden in one of the parts, and factors are
 * looked for that a wrong term follows from.
 */
export function lie(posted: PostedResult, sums: Sums, parameter: bigint, pick: (below: number) => number): Strategy {
  return view => {
    const honest = defend(view, posted, sums)
    if (!honest) return undefined
    if (honest.functionName === 'nameParts') return lieInParts(view, sums, pick)
    if (view.turn === 'poster-term') return lieInTerm(view, sums, parameter, honest, pick)
    return honest
  }
}

function lieInParts({ challengeId, sum, bounds }: ChallengeView, sums: Sums, pick: (below: number) => number): Move {
  if (!sum) throw new Error('there is no sum')
  const values = partsOf(sum.from, sum.to, bounds).map(part => sums.amountOf({ ...sum, ...part }))
  let more = sum.value - values.reduce((a, b) => a + b, 0n)
  const start = pick(values.length)
  for (let k = 0; k < values.length && more !== 0n; k++) {
    const at = (start + k) % values.length
    const value = (values[at] as bigint) + more
    values[at] = value < 0n ? 0n : value
    more = value < 0n ? value : 0n
  }
  return { functionName: 'nameParts', args: [challengeId, values] }
}

function lieInTerm(
  { challengeId, sum }: ChallengeView,
  sums: Sums,
  parameter: bigint,
  honest: Move,
  pick: (below: number) => number,
): Move {
  if (!sum) throw new Error('there is no sum')
  const { project, first, second, value } = sum
  switch (sum.sum) {
    case 'pair': {
      const roots = sums.overlapIn(project, first, second)
      if (value === sums.amountOf(sum) || value === 0n || roots === 0n) return honest
      const overlap = (2n * parameter * roots) / value - parameter
      return overlap < 0n ? honest : { functionName: 'namePair', args: [challengeId, overlap] }
    }
    case 'groups': {
      if (value === sums.amountOf(sum)) return honest
      // one is kept, the other one made to follow
      const [a, b] = [sums.side(project, first, second), sums.side(project, second, first)]
      const other = (kept: bigint) => (kept === 0n ? 0n : (value * value + 4n * kept - 1n) / (4n * kept))
      const sides = pick(2) === 0 ? ([a, other(a)] as const) : ([other(b), b] as const)
      return sides.some(side => side >= 2n ** 256n)
        ? honest
        : { functionName: 'nameGroups', args: [challengeId, ...sides] }
    }
    case 'share': {
      if (value === sums.amountOf(sum) || honest.functionName !== 'nameShare') return honest
      const [, memberships, linked] = honest.args
      // what it would be for one group, as nearly as can be seen
      const whole = sums.amountOf(sum) * memberships
      const fit = value === 0n ? whole + 1n : whole / value
      const none = '0x0000000000000000000000000000000000000000'
      return pick(2) === 0 || !linked
        ? { functionName: 'nameShare', args: [challengeId, fit === 0n ? 1n : fit, ...tail(honest)] }
        : { functionName: 'nameShare', args: [challengeId, memberships, false, 0n, none] }
    }
    default:
      return honest
  }
}

const tail = (move: Extract<Move, { functionName: 'nameShare' }>) => [move.args[2], move.args[3], move.args[4]] as const
