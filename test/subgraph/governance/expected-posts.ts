import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { erc20Abi, type PublicClient } from 'viem'
import { chainReader, low, type Row, text, unique } from '../rows.ts'

const STATUSES = [null, 'LIVE', 'DEFEATED', 'FINAL', 'RELEASED', 'VOID']
const TURNS = [
  ...['CLOSED', 'POSTER_NODES', 'POSTER_LEAF', 'POSTER_PARTS', 'POSTER_TERM', 'POSTER_NAME'],
  ...['CHALLENGER_NODE', 'CHALLENGER_LEAF', 'CHALLENGER_PART', 'CHALLENGER_SIDE', 'CHALLENGER_RANGE'],
]
const SUMS = [
  ...[null, 'PAIR_ROWS', 'PAIR_ROW', 'PAIR', 'PAIR_OVERLAP', 'GROUP_ROWS', 'GROUP_ROW', 'GROUPS', 'GROUP_SIDE'],
  ...['SHARE', 'MEMBERSHIPS'],
]
/** What is said in a challenge: what its numbers and nodes are, from the event's arguments. */
const MOVES = {
  NodeDemanded: 'NODE_DEMANDED',
  NodesShown: 'NODES_SHOWN',
  ResultShown: 'RESULT_SHOWN',
  ContributionShown: 'CONTRIBUTION_SHOWN',
  SumDisputed: 'SUM_DISPUTED',
  PartsAsked: 'PARTS_ASKED',
  PartsNamed: 'PARTS_NAMED',
  EmptyClaimed: 'EMPTY_CLAIMED',
  GroupsNamed: 'GROUPS_NAMED',
  ShareNamed: 'SHARE_NAMED',
} as const

/** Posted results and their challenges, by the contract's views, and what its token moved. */
export async function expectedPosts(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const address = manifest.funding?.posts
  if (!address) return {}
  const { logs, timeOf } = chainReader(client)
  const contract = { address, abi: matchPostsAbi } as const
  const [posted, published, defeated, voided, concluded, opened, lost, returned, credited, collected] =
    await Promise.all([
      logs(address, contract.abi, 'Posted'),
      logs(address, contract.abi, 'DataPublished'),
      logs(address, contract.abi, 'PostDefeated'),
      logs(address, contract.abi, 'PostVoided'),
      logs(address, contract.abi, 'PostConcluded'),
      logs(address, contract.abi, 'ChallengeOpened'),
      logs(address, contract.abi, 'ChallengeLost'),
      logs(address, contract.abi, 'ChallengeReturned'),
      logs(address, contract.abi, 'Credited'),
      logs(address, contract.abi, 'Collected'),
    ])
  const view = (
    functionName:
      | ('postBondAssets' | 'challengeBondAssets' | 'rewardBps')
      | ('postingSeconds' | 'challengeSeconds' | 'clockSeconds'),
  ) => client.readContract({ ...contract, functionName })
  const asset = await client.readContract({ ...contract, functionName: 'asset' })
  const bond = await view('postBondAssets')
  const rewardBps = await view('rewardBps')
  const postBooks = [
    {
      ...{ id: low(address), asset: { id: low(asset) }, postBondAssets: text(bond), rewardBps: Number(rewardBps) },
      challengeBondAssets: text(await view('challengeBondAssets')),
      postingSeconds: text(await view('postingSeconds')),
      challengeSeconds: text(await view('challengeSeconds')),
      clockSeconds: text(await view('clockSeconds')),
    },
  ]
  const challengeOf = (id: bigint) => client.readContract({ ...contract, functionName: 'challengeOf', args: [id] })

  const moveLogs = (
    await Promise.all(
      (Object.keys(MOVES) as (keyof typeof MOVES)[]).map(async name =>
        (
          await logs(address, contract.abi, name)
        ).map(log => ({
          ...{ name, blockNumber: log.blockNumber, tx: log.transactionHash },
          args: log.args as unknown as Record<string, unknown>,
        })),
      ),
    )
  ).flat()
  const numbersOf = (value: unknown): bigint[] =>
    typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersOf)
      : [BigInt(value as bigint | boolean | string)]
  const postMoves = await Promise.all(
    moveLogs.map(async ({ name, args, blockNumber, tx }) => {
      const { challengeId, node, nodes, bounds, values, ...rest } = args
      const list = (bounds ?? values) as bigint[] | undefined
      return {
        ...{
          challenge: { id: text(challengeId as bigint) },
          kind: MOVES[name],
          movedAt: await timeOf({ blockNumber }),
          tx,
        },
        numbers: (list ?? numbersOf(rest)).map(text),
        nodes: node === undefined ? ((nodes ?? []) as Hex[]) : [node],
      }
    }),
  )

  const postChallenges = await Promise.all(
    opened.map(async log => {
      const { challengeId, challenger } = log.args
      const [postId, by, turn, moveBy, posterSeconds, challengerSeconds, divisions] = await challengeOf(challengeId)
      if (by !== challenger) throw new Error('a challenge is somebody else’s')
      const [sum, project, first, second, from, to, value] = await client.readContract({
        ...{ ...contract, functionName: 'disputedSum', args: [challengeId] },
      })
      const isClosed = TURNS[turn] === 'CLOSED'
      const loss = lost.find(({ args }) => args.challengeId === challengeId)
      const back = returned.find(({ args }) => args.challengeId === challengeId)
      const end = loss ?? back
      const fellHere = defeated.some(
        ({ transactionHash, args }) => transactionHash === back?.transactionHash && args.postId === postId,
      )
      const mine = moveLogs.filter(({ args }) => args['challengeId'] === challengeId)
      const last =
        mine
          .map(({ blockNumber }) => blockNumber)
          .sort((a, b) => Number(a - b))
          .at(-1) ?? log.blockNumber
      const demanded = mine.find(({ name }) => name === 'NodeDemanded')
      const disputed = sum === 0 ? undefined : { project, first, second, from, to, value }
      return {
        ...{ id: text(challengeId), post: { id: text(postId) }, challenger: low(by), turn: TURNS[turn] },
        outcome: isClosed ? (loss ? 'LOST' : fellHere ? 'WON' : 'RETURNED') : null,
        moveBy: isClosed ? null : text(moveBy),
        posterSeconds: isClosed ? null : text(posterSeconds),
        challengerSeconds: isClosed ? null : text(challengerSeconds),
        divisions: Number(divisions),
        contributions: demanded ? demanded.args['contributions'] : null,
        sum: SUMS[sum],
        ...Object.fromEntries(
          (['project', 'first', 'second', 'from', 'to', 'value'] as const).map(name => [
            ...[name, disputed ? text(disputed[name]) : null],
          ]),
        ),
        ...{ openedAt: await timeOf(log), openedTx: log.transactionHash, movedAt: await timeOf({ blockNumber: last }) },
        closedAt: end ? await timeOf(end) : null,
      }
    }),
  )

  const matchPosts = await Promise.all(
    posted.map(async log => {
      const { postId } = log.args
      const [round, poster, status, challengeBy, , posting] = await client.readContract({
        ...{ ...contract, functionName: 'postOf', args: [postId] },
      })
      const fall = defeated.find(({ args }) => args.postId === postId)
      const end = fall ?? [...voided, ...concluded].find(({ args }) => args.postId === postId)
      const reward = (bond * rewardBps) / 10_000n
      return {
        ...{ id: text(postId), book: { id: low(address) }, round: { id: low(round) }, poster: low(poster) },
        ...{ status: STATUSES[status], resultRoot: posting.resultRoot, contributionRoot: posting.contributionRoot },
        ...{ contributionCount: text(posting.contributionCount), rawTotal: text(posting.totals.raw) },
        ...{ cappedCount: text(posting.totals.capped), cappedRaw: text(posting.totals.cappedRaw) },
        ...{ totalMatched: text(posting.totals.matched), dataHash: posting.dataHash, challengeBy: text(challengeBy) },
        dataURI: published.find(({ args }) => args.postId === postId)?.args.dataUri,
        openChallengeCount: postChallenges.filter(({ post, turn }) => post.id === text(postId) && turn !== 'CLOSED')
          .length,
        winner: STATUSES[status] === 'DEFEATED' && fall ? low(fall.args.winner) : null,
        rewardAssets: STATUSES[status] === 'DEFEATED' ? text(reward) : null,
        commonsAssets: STATUSES[status] === 'DEFEATED' ? text(bond - reward) : null,
        endedAt: end ? await timeOf(end) : null,
        ...{ postedAt: await timeOf(log), postedTx: log.transactionHash },
      }
    }),
  )

  const sent = async (to: Hex, txs: Hex[]) => {
    const transfers = await client.getContractEvents({
      ...{ address: asset, abi: erc20Abi, eventName: 'Transfer', args: { from: address, to }, fromBlock: 0n },
      strict: true,
    })
    return transfers
      .filter(({ transactionHash }) => txs.includes(transactionHash))
      .reduce((sum, { args }) => sum + args.value, 0n)
  }
  const postAccounts = await Promise.all(
    unique(credited.map(({ args }) => args.account)).map(async account => {
      const txs = collected.filter(({ args }) => args.account === account).map(({ transactionHash }) => transactionHash)
      const owed = await client.readContract({ ...contract, functionName: 'owedTo', args: [account] })
      return { id: low(account), owedAssets: text(owed), paidAssets: text(await sent(account, txs)) }
    }),
  )
  const commons = await client.readContract({ ...contract, functionName: 'commons' })
  const paid = await logs(address, contract.abi, 'PaidToCommons')
  const postSlashes = await Promise.all(
    unique(defeated.map(({ args }) => args.round)).map(async round => {
      const txs = paid.filter(({ args }) => args.round === round).map(({ transactionHash }) => transactionHash)
      const owed = await client.readContract({ ...contract, functionName: 'owedToCommons', args: [round] })
      return {
        ...{ id: low(round), round: { id: low(round) }, owedAssets: text(owed) },
        paidAssets: text(await sent(commons, txs)),
      }
    }),
  )
  return { postBooks, matchPosts, postChallenges, postMoves, postAccounts, postSlashes }
}
