import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import { attack, expectedUnder } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import type { Move } from '@nexus/funding/posted/moves'
import { computePost, type PostedResult } from '@nexus/funding/posted/post'
import { readChallenge } from '@nexus/funding/posted/read'
import { indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { noTotals } from '@nexus/funding/posted/scale'
import { sumsOf } from '@nexus/funding/posted/sums'
import type { ChallengeView } from '@nexus/funding/posted/view'
import type { Hex } from '@nexus/kit/canonical'
import { type Account, accounts } from '@nexus/local/accounts'
import { type Abi, maxUint256, zeroHash } from 'viem'
import { lie, withRaw } from '../../contracts/funding/posted/liar.ts'
import type { Rounds } from './rounds.ts'
import { DAY, type World } from './world.ts'

const { sponsor, keeper, people } = accounts
const [poster, challenger] = accounts.holders

/**
 * Of one round: a wrong result that falls to a challenge of its amounts while another challenge of it stands; the right one, which
 * stands a challenge that nobody goes on with; the right one twice more, once with a poster who does not answer. Of another
 * round: one that is challenged twice when it is cancelled.
 * @returns what happens once the indexer follows
 */
export async function playPosts(
  { rpc, manifest, clock }: World,
  { posted: round, doomed, cancelDoomed, asset }: Omit<Rounds, 'payOut'>,
): Promise<() => Promise<void>> {
  const { client, send } = rpc
  const address = manifest.funding?.posts
  if (!address) throw new Error('the manifest has no posts')
  const read = { address: round, abi: quadraticRoundAbi } as const
  const act = (who: Account, functionName: string, args: readonly unknown[]) =>
    send(who, { address, abi: matchPostsAbi as Abi, functionName, args })
  const make = (who: Account, { functionName, args }: Move) => act(who, functionName, args)

  for (const who of [poster, challenger, keeper]) {
    const token = { address: asset, abi: testStablecoinAbi } as const
    await send(who, { ...token, functionName: 'mint', args: [who.address, 10n ** 12n] })
    await send(who, { ...token, functionName: 'approve', args: [address, maxUint256] })
  }
  const [, parameter, budgetAssets, capAssets] = await client.readContract({ ...read, functionName: 'postedTerms' })
  const projectCount = Number(await client.readContract({ ...read, functionName: 'projectCount' }))
  const terms: PostedTerms = { variant: 'pairwise', parameter, budgetAssets, capAssets, projectCount }
  const contributions = []
  for (let project = 0; project < projectCount; project++)
    for (const { address: contributor } of people) {
      const args = [BigInt(project), contributor] as const
      const amount = await client.readContract({ ...read, functionName: 'contributionOf', args })
      if (amount > 0n) contributions.push({ project, contributor, amount })
    }
  const indexed = indexRound(terms, contributions)
  const right = computePost(indexed)
  if (right.posting.totals.capped !== 1n) throw new Error('no project is over the cap')
  const sums = sumsOf(indexed)
  const wrong = withRaw(right, terms, (raw, project) => (project === 2 ? raw : raw + 10_000n))

  /** Lets both sides move as long as each has something to say. */
  async function play(
    challengeId: bigint,
    says: (view: ChallengeView) => Move | undefined,
    answers: (view: ChallengeView) => Move | undefined,
    by: Account,
  ): Promise<void> {
    for (;;) {
      const view = await readChallenge({ client, address: address as Hex, fromBlock: 0n }, challengeId)
      if (view.turn === 'closed') return
      const posters = view.turn.startsWith('poster')
      const move = posters ? says(view) : answers(view)
      if (!move) return
      await clock.moveBy(600)
      await make(posters ? poster : by, move)
    }
  }
  const attacks = (posted: PostedResult) => {
    const expected = expectedUnder(right, posted.posting, terms)
    return (view: ChallengeView) => attack(view, posted.posting, expected, sums)
  }
  const liar = lie(wrong, sums, parameter, () => 0)
  const honest = (view: ChallengeView) => defend(view, right, sums)
  const silent = () => undefined

  await act(poster, 'post', [round, wrong.posting, 'ipfs://wrong']) // 1
  await act(poster, 'post', [round, right.posting, 'ipfs://right']) // 2
  await act(keeper, 'post', [round, right.posting, 'ipfs://the-same']) // 3
  await act(keeper, 'post', [round, right.posting, 'ipfs://the-same-again']) // 4
  await act(keeper, 'post', [round, right.posting, '']) // 5: stays open
  await act(challenger, 'demand', [1n, true]) // 1
  await act(keeper, 'demand', [1n, false]) // 2
  await play(2n, liar, attacks(wrong), keeper)
  const [, , turn] = await client.readContract({
    ...{ address, abi: matchPostsAbi, functionName: 'challengeOf', args: [2n] },
  } as const)
  if (turn !== 0) {
    await clock.moveBy(4 * DAY)
    await act(sponsor, 'expire', [2n]) // the liar had no answer
  }
  await act(sponsor, 'settle', [1n])
  await act(challenger, 'demand', [2n, true]) // 3
  await play(3n, honest, silent, challenger)
  await act(challenger, 'demand', [3n, false]) // 4: nobody answers
  await act(challenger, 'demand', [5n, true]) // 5: nobody ends it
  const ofNobody = { ...right.posting, resultRoot: zeroHash, contributionCount: 1n, totals: noTotals }
  await act(keeper, 'post', [doomed, ofNobody, 'ipfs://of-nobody']) // 6
  for (const who of [challenger, poster]) await act(who, 'demand', [6n, true]) // 6, 7
  await cancelDoomed()

  return async () => {
    await clock.moveBy(10 * DAY)
    for (const challengeId of [3n, 4n, 6n]) await act(sponsor, 'expire', [challengeId])
    await act(sponsor, 'settle', [7n])
    for (const postId of [2n, 4n]) await act(sponsor, 'conclude', [postId])
    await act(sponsor, 'collect', [poster.address])
    await act(sponsor, 'payCommons', [round])
    const inRound = (functionName: string, args: readonly unknown[]) =>
      send(sponsor, { address: round, abi: quadraticRoundAbi as Abi, functionName, args })
    await inRound('adoptResult', [])
    const { recipient } = await client.readContract({ ...read, functionName: 'projectOf', args: [0] })
    const [leaf] = right.results
    await inRound('collectMatch', [0, recipient, leaf, right.resultTree.path(0)])
  }
}
