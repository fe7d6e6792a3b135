import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { expectedOf, isRight, type KnownRound } from '@nexus/funding/chain/known'
import { attack, openAgainst } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import type { Move } from '@nexus/funding/posted/moves'
import { type PostOnChain, readChallenge, readPost } from '@nexus/funding/posted/read'
import type { ChallengeView } from '@nexus/funding/posted/view'
import { speechAbi } from '@nexus/governance/contracts'
import { inputError, verificationError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import type { Abi, Address } from 'viem'
import { erc20Abi } from 'viem'
import { sentText, type WriteOptions } from '../act.ts'
import { emit, type Row, rows } from '../output.ts'
import { amountText } from '../policy/amounts.ts'
import { type Network, openNetwork, reading } from '../policy/network.ts'
import { signerOf } from '../policy/signer.ts'
import { consent, type Deps, type PlannedCall, type SentCall, send } from '../policy/write.ts'
import { asVerdict } from '../refusal.ts'
import { bondsAt, knownAt, parseId, postsAt, requireNothingUnderWay } from './posted.ts'

const POLL_MS = 2_000
const say = (line: string) => process.stderr.write(`${line}\n`)
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

interface Game {
  deps: Deps
  postId: bigint
  post: PostOnChain
  known: KnownRound
}

async function gameOf(options: WriteOptions, postId: bigint, network: Network): Promise<Game> {
  const account = await signerOf(options)
  return reading(async () => {
    const post = await readPost({ client: network.client, address: postsAt(network).address }, postId)
    if (post.status === 'none') throw inputError('no-such-post', `there is no post ${postId}`, { postId })
    return { deps: { network, account, abi: speechAbi }, postId, post, known: await knownAt(network, post.round) }
  })
}

const callOf = (address: Address, { functionName, args }: Move): PlannedCall => ({
  ...{ label: functionName, address, abi: matchPostsAbi as Abi, functionName, args },
})

/** The own challenges of a post that are still open; a run that was cut off goes on with the first. */
async function ownChallenge({ deps: { network, account }, postId }: Game): Promise<bigint | undefined> {
  const at = postsAt(network)
  const opened = await network.client.getContractEvents({
    ...{ ...at, eventName: 'ChallengeOpened', args: { postId, challenger: account.address } },
    ...{ fromBlock: BigInt(network.manifest.deployedAtBlock), strict: true },
  } as const)
  for (const { args } of opened) {
    const [, , turn] = await network.client.readContract({
      ...{ ...at, functionName: 'challengeOf', args: [args.challengeId] },
    } as const)
    if (turn !== 0) return args.challengeId
  }
  return undefined
}

const onChain = ({ network }: Deps) => ({
  ...{ client: network.client, address: postsAt(network).address },
  fromBlock: BigInt(network.manifest.deployedAtBlock),
})

const deadlineOf = async ({ network }: Deps, challengeId: bigint) => {
  const [[, , , moveBy], { timestamp }] = await Promise.all([
    network.client.readContract({ ...postsAt(network), functionName: 'challengeOf', args: [challengeId] }),
    network.client.getBlock(),
  ])
  return { moveBy: Number(moveBy), isOver: timestamp > moveBy }
}

const statusOf = async ({ deps: { network }, postId }: Game) =>
  (await reading(() => readPost({ client: network.client, address: postsAt(network).address }, postId))).status

/**
 * Opens the right challenge against a post, with what is wrong in it first, and plays it to its end: until the post is defeated. Cut off
 * at any moment it goes on from what the chain says. `--once`: one move, and what is next.
 */
export async function challenge(text: string, options: WriteOptions & { once?: true }): Promise<void> {
  const postId = parseId(text, 'post')
  await asVerdict(async () => {
    const network = await openNetwork(options)
    const game = await gameOf(options, postId, network)
    const { post, known, deps } = game
    if (isRight(known, post.posting))
      throw verificationError(
        'post-is-right',
        `post ${postId} is what the gifts give: a challenge would lose its bond`,
        {
          postId,
        },
      )
    const present = await reading(() => ownChallenge(game))
    const opening = openAgainst(postId, post.posting, expectedOf(known, post.posting))
    if (!opening) throw new Error(`post ${postId} is wrong, and nothing shows it`)
    const bonds = await reading(() => bondsAt(network))
    const isGame = opening.functionName === 'demand' || opening.functionName === 'dispute'
    const effects = {
      postId,
      round: post.round,
      poster: post.poster,
      opens: opening.functionName,
      challengeId: present,
    }
    const go = await consent(
      options,
      rows(present === undefined ? 'challenge a post' : `go on with challenge ${present}`, [
        ['post', `${postId} by ${post.poster}, ${post.status}`],
        ['posted', post.posting.resultRoot],
        ['right', known.right.posting.resultRoot],
        ['open until', formatUtcSeconds(post.challengeBy)],
        ...(present === undefined
          ? ([
              ['opens with', opening.functionName],
              ['bond', isGame ? `${amountText(bonds.challenge, bonds.asset)}, back when it wins` : 'none: a proof'],
            ] as Row[])
          : []),
      ]),
    )
    const sent: SentCall[] = []
    if (go && present === undefined) {
      await reading(() => requireNothingUnderWay(network, deps.account.address))
      const { address } = postsAt(network)
      const approve: PlannedCall = {
        ...{ label: 'approve', address: bonds.asset.address, abi: erc20Abi as Abi, functionName: 'approve' },
        args: [address, bonds.challenge],
      }
      sent.push(...(await send(deps, [...(isGame ? [approve] : []), callOf(address, opening)])))
    }
    if (go && !(options.once && present === undefined)) sent.push(...(await play(game, options.once === true)))
    const status = await statusOf(game)
    emit(options.json === true, { effects, sent: go, status, transactions: sent }, () =>
      [sentText(go, sent), `post ${postId} is ${status}`].join('\n'),
    )
  })
}

async function play(game: Game, once: boolean): Promise<SentCall[]> {
  const { deps, post, known } = game
  const { address } = postsAt(deps.network)
  const sent: SentCall[] = []
  let waited: string | undefined
  while ((await statusOf(game)) === 'live') {
    const challengeId = await reading(() => ownChallenge(game))
    if (challengeId === undefined) break
    const view = await reading(() => readChallenge(onChain(deps), challengeId))
    const { moveBy, isOver } = await reading(() => deadlineOf(deps, challengeId))
    const next = moveIn(view, post, known, isOver)
    if (next) {
      say(`challenge ${challengeId}: ${next.label}`)
      sent.push(...(await send(deps, [{ ...next, address }])))
    } else {
      const waiting = `challenge ${challengeId}: ${view.turn} until ${formatUtcSeconds(moveBy)}`
      if (waiting !== waited) say(waiting)
      waited = waiting
    }
    if (once) break
    if (!next) await sleep(POLL_MS)
  }
  const open = await reading(() => ownChallenge(game))
  if (open !== undefined && ['defeated', 'void'].includes(await statusOf(game)))
    // it fell to something else, or its round was cancelled: the bond comes back
    sent.push(...(await send(deps, [{ ...onGame('settle', open), address }])))
  return sent
}

const onGame = (functionName: 'settle' | 'expire', challengeId: bigint): Omit<PlannedCall, 'address'> => ({
  ...{ label: functionName, abi: matchPostsAbi as Abi, functionName, args: [challengeId] },
})

function moveIn(
  view: ChallengeView,
  { posting }: PostOnChain,
  known: KnownRound,
  isOver: boolean,
): Omit<PlannedCall, 'address'> | undefined {
  if (view.turn.startsWith('poster')) return isOver ? onGame('expire', view.challengeId) : undefined
  const move = attack(view, posting, expectedOf(known, posting), known.sums)
  return move && { label: move.functionName, abi: matchPostsAbi as Abi, ...move }
}

/** Answers one move of a challenge, as the poster of what is right. */
export async function answer(text: string, options: WriteOptions): Promise<void> {
  const challengeId = parseId(text, 'challenge')
  await asVerdict(async () => {
    const network = await openNetwork(options)
    const [postId] = await reading(() =>
      network.client.readContract({ ...postsAt(network), functionName: 'challengeOf', args: [challengeId] }),
    )
    const { deps, post, known } = await gameOf(options, postId, network)
    if (!isRight(known, post.posting))
      throw verificationError('post-is-wrong', `post ${postId} is not what the gifts give: it cannot be defended`, {
        postId,
      })
    const view = await reading(() => readChallenge(onChain(deps), challengeId))
    const move = defend(view, known.right, known.sums)
    if (!move)
      throw inputError('not-posters-turn', `in challenge ${challengeId} the turn is ${view.turn}`, { turn: view.turn })
    const go = await consent(
      options,
      rows('answer a challenge', [
        ['challenge', `${challengeId} of post ${postId}`],
        ['asked', view.turn],
        ['answer', move.functionName],
      ]),
    )
    const sent = go ? await send(deps, [callOf(postsAt(network).address, move)]) : []
    const effects = { challengeId, postId, move: move.functionName }
    emit(options.json === true, { effects, sent: go, transactions: sent }, () => sentText(go, sent))
  })
}
