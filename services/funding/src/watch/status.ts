import type { Address } from 'viem'
import { isRight } from '../chain/known.ts'
import type { Scene, WatchedPost } from './plan.ts'

/** Live or final, and not what the gifts give. */
export function wrongPosts({ posts, rounds }: Scene): WatchedPost[] {
  return posts.filter(({ round, status, posting }) => {
    const known = rounds.find(one => one.address === round)?.known
    return (status === 'live' || status === 'final') && known !== undefined && !isRight(known, posting)
  })
}

/** The least that is left on a clock of ours which is running. */
export function clockLeft(
  { posts, challenges, nowSeconds }: Scene,
  self: Address,
): { challengeId: bigint; leftSeconds: number } | undefined {
  return challenges
    .flatMap(({ challengeId, postId, challenger, view, moveBy }) => {
      const post = posts.find(one => one.postId === postId)
      const mover = view.turn.startsWith('poster') ? post?.poster : challenger
      const isRunning = view.turn !== 'closed' && post?.status === 'live' && mover === self
      return isRunning ? [{ challengeId, leftSeconds: moveBy - nowSeconds }] : []
    })
    .sort((a, b) => a.leftSeconds - b.leftSeconds)[0]
}
