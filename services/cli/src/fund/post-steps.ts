import type { KnownRound } from '@nexus/funding/chain/known'
import { turns } from '@nexus/funding/posted/view'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type LookOptions, look } from '../look.ts'
import { emit, type Row, rows } from '../output.ts'
import { type Asset, amountText, assetAt } from '../policy/amounts.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type RecordCall, type RecordPlan, type WriteOptions } from '../records/act.ts'
import { bondsAt, type JudgedPost, judgedPosts, knownAt, parseId, postsAt, requireNothingUnderWay } from './posted.ts'
import { lineBars } from './text.ts'

const onPosts = (functionName: string, args: readonly unknown[]): RecordCall => ({
  ...{ contract: 'MatchPosts', function: functionName, args },
})

/** Computes the one right result from the round's events, bonds it and posts it. */
export async function post(text: string, options: WriteOptions & { uri?: string }): Promise<void> {
  await act(options, async (network, account) => {
    const round = parseAddress(text)
    if (!options.dryRun) await requireNothingUnderWay(network, await account())
    const known = await knownAt(network, round)
    const { posting, results } = known.right
    const before = (await judgedPosts(network, round)).find(
      one => one.isRight && !['defeated', 'void'].includes(one.status),
    )
    if (before)
      throw inputError('posted-already', `post ${before.postId} says the same: a second bond would bring nothing`, {
        postId: before.postId,
      })
    const bonds = await bondsAt(network)
    const asset = await assetAt(network, known.round.terms.asset)
    const { address } = postsAt(network)
    return {
      title: 'post the result of a round',
      calls: [
        { contract: 'Asset', address: bonds.asset.address, function: 'approve', args: [address, bonds.post] },
        onPosts('post', [round, posting, options.uri ?? '']),
      ],
      effects: { round, posting, bondAssets: bonds.post, results },
      rows: [
        ['round', `${round}, ${known.round.terms.variant}`],
        ['gifts', `${posting.contributionCount} to ${results.length} projects`],
        ['matched', `${amountText(posting.totals.matched, asset)} of ${amountText(known.round.poolAssets, asset)}`],
        ...capRow(known, asset),
        ...lineBars(results, asset),
        ['root', posting.resultRoot],
        ['bond', `${amountText(bonds.post, bonds.asset)}, back when it stood its window`],
      ],
    }
  })
}

/** Nothing where nobody is over the cap. */
function capRow({ right, indexed }: KnownRound, asset: Asset): Row[] {
  const { capped } = right.posting.totals
  if (capped === 0n) return []
  const cap = amountText(indexed.terms.capAssets, asset)
  return [['cap', `${cap} each, reached by ${capped}: what they were over is shared again`]]
}

const verdictOf = ({ isRight: right }: JudgedPost): string =>
  right === null ? 'not known: the round was cancelled' : right ? 'right' : 'WRONG'

export async function posts(text: string | undefined, options: LookOptions): Promise<void> {
  const found = await look(options, network =>
    judgedPosts(network, text === undefined ? undefined : parseAddress(text)),
  )
  const document = found.map(one => ({ ...one, challengeBy: formatUtcSeconds(one.challengeBy) }))
  emit(options.json === true, { posts: document }, () =>
    found.length === 0
      ? 'no posts'
      : found
          .map(one =>
            rows(`post ${one.postId}: ${verdictOf(one)}`, [
              ['round', one.round],
              ['poster', one.poster],
              ['status', one.status],
              ['open until', formatUtcSeconds(one.challengeBy)],
              ['challenges', `${one.openChallenges} open`],
              ['root', one.posting.resultRoot],
            ]),
          )
          .join('\n\n'),
  )
}

interface Simple {
  name: 'conclude' | 'expire' | 'settle' | 'collect' | 'payCommons'
  title: string
}

/** What anyone may push. */
export const simply =
  ({ name, title }: Simple) =>
  (text: string, options: WriteOptions): Promise<void> =>
    act(options, async network => {
      const { client } = network
      const at = postsAt(network)
      const { asset } = await bondsAt(network)
      const plan = (what: string, value: unknown, more: readonly Row[] = []): RecordPlan => ({
        title,
        calls: [onPosts(name, [value])],
        effects: { [what]: value },
        rows: [[what, `${value}`], ...more],
        result: assets =>
          typeof assets === 'bigint'
            ? { effects: { assets }, rows: [['pays', amountText(assets, asset)]] }
            : { effects: {}, rows: [] },
      })
      if (name === 'collect') return plan('account', parseAddress(text))
      if (name === 'payCommons') return plan('round', parseAddress(text))
      if (name === 'conclude') {
        const postId = parseId(text, 'post')
        const [judged] = (await judgedPosts(network)).filter(one => one.postId === postId)
        if (judged?.isRight === false)
          throw inputError('post-is-wrong', `post ${postId} is not what the gifts give: challenge it`, { postId })
        return plan('post', postId, judged ? [['status', judged.status]] : [])
      }
      const challengeId = parseId(text, 'challenge')
      const [postId, challenger, turn, moveBy] = await client.readContract({
        ...{ ...at, functionName: 'challengeOf', args: [challengeId] },
      } as const)
      return plan('challenge', challengeId, [
        ['of post', `${postId}, by ${challenger}`],
        ['next', `${turns[turn]} until ${formatUtcSeconds(Number(moveBy))}`],
      ])
    })
