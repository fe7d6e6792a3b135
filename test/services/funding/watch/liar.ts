import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { KnownRound } from '@nexus/funding/chain/known'
import type { PostedResult, Posting } from '@nexus/funding/posted/post'
import { readChallenge } from '@nexus/funding/posted/read'
import type { Account } from '@nexus/local/accounts'
import { type Abi, erc20Abi, type Hex, parseEventLogs } from 'viem'
import { lie } from '../../../contracts/funding/posted/liar.ts'
import type { RoundsWorld } from '../../cli/rounds-world.ts'

/** A poster on a chain, with whatever it is told to say. */
export function posterOn({ rpc, posts, asset, mint }: RoundsWorld, who: Account) {
  const at = { address: posts, abi: matchPostsAbi as Abi }
  const enough = 10n ** 12n
  return {
    async post(round: Hex, posting: Posting): Promise<bigint> {
      await mint(who, enough)
      await rpc.send(who, { address: asset, abi: erc20Abi as Abi, functionName: 'approve', args: [posts, enough] })
      const hash = await rpc.send(who, { ...at, functionName: 'post', args: [round, posting, ''] })
      const { logs } = await rpc.client.getTransactionReceipt({ hash })
      const [posted] = parseEventLogs({ abi: matchPostsAbi, eventName: 'Posted', logs })
      if (!posted) throw new Error('nothing was posted')
      return posted.args.postId
    },
    async demand(postId: bigint): Promise<bigint> {
      await mint(who, enough)
      await rpc.send(who, { address: asset, abi: erc20Abi as Abi, functionName: 'approve', args: [posts, enough] })
      const hash = await rpc.send(who, { ...at, functionName: 'demand', args: [postId, false] })
      const { logs } = await rpc.client.getTransactionReceipt({ hash })
      const [opened] = parseEventLogs({ abi: matchPostsAbi, eventName: 'ChallengeOpened', logs })
      if (!opened) throw new Error('nothing was demanded')
      return opened.args.challengeId
    },
    /** Defends a lie by one move, as far as it can be defended. @returns the move, if it was its turn and something could be said */
    async defendLie(challengeId: bigint, posted: PostedResult, known: KnownRound): Promise<string | undefined> {
      const view = await readChallenge({ client: rpc.client, address: posts, fromBlock: 0n }, challengeId)
      if (!view.turn.startsWith('poster')) return undefined
      const move = lie(posted, known.sums, known.indexed.terms.parameter, () => 0)(view)
      if (!move) return undefined
      return rpc.send(who, { ...at, functionName: move.functionName, args: move.args }).then(
        () => move.functionName,
        () => undefined, // a term that cannot be made to follow: nothing is left but silence
      )
    },
  }
}
