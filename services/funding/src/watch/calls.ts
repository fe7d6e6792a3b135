import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import type { Call } from '@nexus/runtime/calls'
import { type Abi, type Address, encodeFunctionData, erc20Abi, type Hex } from 'viem'
import type { Action } from './plan.ts'

interface Wiring {
  posts: Address
  self: Address
}

const onPosts = (functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: matchPostsAbi as Abi, functionName, args })
const onRound = (functionName: 'adoptResult' | 'lapse'): Hex =>
  encodeFunctionData({ abi: quadraticRoundAbi, functionName })

export function callOf(action: Action, { posts, self }: Wiring): Call {
  const { key } = action
  switch (action.kind) {
    case 'open':
    case 'move':
      return { key, to: posts, data: onPosts(action.move.functionName, action.move.args) }
    case 'expire':
    case 'settle':
      return { key, to: posts, data: onPosts(action.kind, [action.challengeId]) }
    case 'conclude':
      return { key, to: posts, data: onPosts('conclude', [action.postId]) }
    case 'post':
      return { key, to: posts, data: onPosts('post', [action.round, action.posting, '']) }
    case 'adopt':
      return { key, to: action.round, data: onRound('adoptResult') }
    case 'lapse':
      return { key, to: action.round, data: onRound('lapse') }
    case 'pay-commons':
      return { key, to: posts, data: onPosts('payCommons', [action.round]) }
    case 'collect':
      return { key, to: posts, data: onPosts('collect', [self]) }
  }
}

export const approval = (key: string, asset: Address, posts: Address, assets: bigint): Call => ({
  ...{ key, to: asset },
  data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [posts, assets] }),
})
