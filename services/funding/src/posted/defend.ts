import type { Move } from './moves.ts'
import type { PostedResult } from './post.ts'
import type { Sums } from './sums.ts'
import { addressOf, type ChallengeView } from './view.ts'

export const LEVELS_SHOWN = 6

/** The ranges that bounds divide [from, to) into. */
export function partsOf(from: bigint, to: bigint, bounds: readonly bigint[]): { from: bigint; to: bigint }[] {
  const starts = [from, ...bounds]
  return starts.map((start, k) => ({ from: start, to: starts[k + 1] ?? to }))
}

/**
 * What a poster answers when it is its turn; nothing if it is not. The answers follow from what was posted and from the sums: with the
 * round's own, a right post is defended by them against anything.
 */
export function defend(view: ChallengeView, posted: PostedResult, sums: Sums): Move | undefined {
  const { challengeId } = view
  const tree = view.contributions ? posted.contributionTree : posted.resultTree
  const { height, index } = view.demanded ?? { height: 0, index: 0 }
  switch (view.turn) {
    case 'poster-nodes':
      return {
        functionName: 'showNodes',
        args: [challengeId, tree.below(height, index, Math.min(height, LEVELS_SHOWN))],
      }
    case 'poster-leaf': {
      if (view.contributions) {
        const leaf = posted.contributions[index]
        return leaf && { functionName: 'showContribution', args: [challengeId, leaf] }
      }
      const leaf = posted.results[index]
      return leaf && { functionName: 'showResult', args: [challengeId, leaf] }
    }
  }
  const { sum } = view
  if (!sum) return undefined
  switch (view.turn) {
    case 'poster-parts': {
      const parts = partsOf(sum.from, sum.to, view.bounds)
      return { functionName: 'nameParts', args: [challengeId, parts.map(part => sums.amountOf({ ...sum, ...part }))] }
    }
    case 'poster-name': {
      const [place] = sums.placesOf(sum)
      return place === undefined
        ? undefined
        : { functionName: 'nameContributor', args: [challengeId, addressOf(place)] }
    }
    case 'poster-term':
      return nameTerm(view, sums)
    default:
      return undefined
  }
}

function nameTerm({ challengeId, sum }: ChallengeView, sums: Sums): Move | undefined {
  switch (sum?.sum) {
    case 'pair':
      return { functionName: 'namePair', args: [challengeId, sums.overlap(sum.first, sum.second)] }
    case 'groups': {
      const [side, otherSide] = [
        sums.side(sum.project, sum.first, sum.second),
        sums.side(sum.project, sum.second, sum.first),
      ]
      return { functionName: 'nameGroups', args: [challengeId, side, otherSide] }
    }
    case 'share': {
      const link = sums.linkOf(sum.from, Number(sum.second))
      const memberships = BigInt(sums.memberships(sum.from))
      const { through, common } = link ?? { through: 0, common: 0n }
      return {
        functionName: 'nameShare',
        args: [challengeId, memberships, link !== undefined, BigInt(through), addressOf(common)],
      }
    }
    default:
      return undefined
  }
}
