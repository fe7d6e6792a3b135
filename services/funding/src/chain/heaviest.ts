import { byAlphaUpToOne, spread } from '../share.ts'
import type { RoundOnChain } from './round.ts'

const BPS = 10_000n

/**
 * The projects that end at the cap, heaviest first: naming them in this order to `freeze` spares passes, and each is over the cap when it
 * is named.
 */
export function overTheCap({ terms, poolAssets, projects }: RoundOnChain): number[] {
  const { variant, capBps } = terms
  const cap = (poolAssets * BigInt(capBps)) / BPS
  const weights = projects
    .filter(project => project.status === 'accepted')
    .map(({ projectId, sqrtSum, contributed }) => {
      const square = sqrtSum * sqrtSum
      const raw = square > contributed ? square - contributed : 0n
      return { projectId, weight: variant === 'proportional' ? sqrtSum : raw }
    })
    .sort((a, b) => (a.weight === b.weight ? a.projectId - b.projectId : a.weight < b.weight ? 1 : -1))
  let [rest, total] = [poolAssets, weights.reduce((sum, { weight }) => sum + weight, 0n)]
  const rateOf = variant === 'capital-constrained' ? byAlphaUpToOne : spread
  const over: number[] = []
  for (const { projectId, weight } of weights) {
    if (total === 0n) break
    const { top, bottom } = rateOf(rest, total)
    const share = (weight * top) / bottom
    if (share <= cap) break
    over.push(projectId)
    ;[rest, total] = [rest - cap, total - weight]
  }
  return over
}
