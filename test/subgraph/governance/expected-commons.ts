import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import type { Manifest } from '@nexus/chain/manifest'
import { erc20Abi, type PublicClient, zeroAddress, zeroHash } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'

const SOURCES = ['FEE', 'LEFTOVER', 'SLASH', 'GIFT']
const KINDS = ['GRANT', 'STREAM', 'MILESTONE', 'COMPENSATION']
const SETTINGS = ['GRANT_LIMIT', 'COMPENSATION_LIMIT', 'FLOOR']

/** The commons, by its views and by what its assets moved. */
export async function expectedCommons(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { commons: address } = manifest
  if (!address) return {}
  const { logs, timeOf } = chainReader(client)
  const fund = { address, abi: commonsFundAbi } as const
  const [taken, made, paid, redirected, cut, announced, revoked, lapsed, released, raised] = await Promise.all([
    logs(address, fund.abi, 'IncomeTaken'),
    logs(address, fund.abi, 'AwardMade'),
    logs(address, fund.abi, 'AwardPaid'),
    logs(address, fund.abi, 'AwardRedirected'),
    logs(address, fund.abi, 'CompensationCut'),
    logs(address, fund.abi, 'SettingAnnounced'),
    logs(address, fund.abi, 'StreamRevoked'),
    logs(address, fund.abi, 'AwardLapsed'),
    logs(address, fund.abi, 'MilestoneReleased'),
    logs(address, fund.abi, 'CompensationRaised'),
  ])
  const assets = unique(taken.map(({ args }) => args.asset))
  const commonsShares = await Promise.all(
    SOURCES.map(async (source, index) => {
      const [keptBps, beneficiary] = await client.readContract({ ...fund, functionName: 'shareOf', args: [index] })
      return { id: source, source, keptBps, beneficiary: beneficiary === zeroAddress ? null : low(beneficiary) }
    }),
  )
  const commonsBooks = await Promise.all(
    assets.map(async asset => {
      const book = await client.readContract({ ...fund, functionName: 'bookOf', args: [asset] })
      return {
        ...{ id: low(asset), asset: { id: low(asset) }, heldAssets: text(book.held), dueAssets: text(book.due) },
        ...{ awardedAssets: text(book.awarded), paidAssets: text(book.paid) },
      }
    }),
  )
  const commonsIncomes = await Promise.all(
    assets.flatMap(asset =>
      SOURCES.map(async (source, index) => {
        const income = await client.readContract({ ...fund, functionName: 'incomeOf', args: [asset, index] })
        return {
          ...{ book: { id: low(asset) }, source, keptAssets: text(income.kept), passedAssets: text(income.passed) },
          fetchedAssets: text(income.fetched),
        }
      }),
    ),
  )
  /** How the fund's balance changed in a block. */
  const moved = async ({ args: { asset }, blockNumber }: { args: { asset: `0x${string}` }; blockNumber: bigint }) => {
    const at = (block: bigint) =>
      client.readContract({
        address: asset,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [address],
        blockNumber: block,
      })
    return (await at(blockNumber)) - (await at(blockNumber - 1n))
  }
  const commonsInflows = await Promise.all(
    taken.map(async log => {
      const { asset, source, from, origin } = log.args
      const at = (blockNumber: bigint) =>
        client.readContract({ ...fund, functionName: 'incomeOf', args: [asset, source], blockNumber })
      const [before, after] = [await at(log.blockNumber - 1n), await at(log.blockNumber)]
      const [kept, passed] = [after.kept - before.kept, after.passed - before.passed]
      if (from !== zeroAddress && (await moved(log)) !== kept + passed) throw new Error('income is not what came')
      return {
        ...{ book: { id: low(asset) }, source: SOURCES[source], from: from === zeroAddress ? null : low(from), origin },
        ...{ keptAssets: text(kept), passedAssets: text(passed), takenAt: await timeOf(log), tx: log.transactionHash },
      }
    }),
  )
  const awards = await Promise.all(
    made.map(async log => {
      const id = log.args.awardId
      const award = await client.readContract({ ...fund, functionName: 'awardOf', args: [id] })
      const first = await client.readContract({
        ...{ ...fund, functionName: 'awardOf', args: [id], blockNumber: log.blockNumber },
      })
      const m = await client.readContract({ ...fund, functionName: 'milestoneOf', args: [id] })
      const { from: by } = await client.getTransaction({ hash: log.transactionHash }) // no contract is between them here
      const more = raised.filter(({ args }) => args.awardId === id)
      const awarded = more.reduce((sum, { args }) => sum + args.addedAssets, first.assets)
      const isPledge = m.feedId !== zeroHash
      const release = released.find(({ args }) => args.awardId === id)
      const lapse = lapsed.find(({ args }) => args.awardId === id)
      return {
        ...{ id, kind: KINDS[award.kind], book: { id: low(award.asset) }, to: low(award.to) },
        ...{ awardedAssets: text(awarded), returnedAssets: text(awarded - award.assets) },
        ...{ paidAssets: text(award.paid), decision: award.decision, awaiting: award.isAwaiting },
        ...{ startAt: text(award.startAt), cliffAt: orNull(award.cliffAt), endAt: text(award.endAt) },
        feed: isPledge ? { id: m.feedId } : null,
        threshold: isPledge ? text(m.threshold) : null,
        thresholdIsLeast: isPledge ? m.atLeast : null,
        windowFrom: isPledge ? text(m.from) : null,
        windowTo: isPledge ? text(m.to) : null,
        minEql: isPledge ? m.minEql : null,
        releasedBy: release ? { id: release.args.aepId } : null,
        revokedBy: revoked.find(({ args }) => args.awardId === id)?.args.decision ?? null,
        lapsedAt: lapse ? await timeOf(lapse) : null,
        releasedAt: release ? await timeOf(release) : null,
        ...{ awarder: low(by), part: text(log.args.part), madeAt: await timeOf(log), madeTx: log.transactionHash },
      }
    }),
  )
  const awardPayments = await Promise.all(
    paid.map(async log => ({
      ...{ award: { id: log.args.awardId }, to: low(log.args.to), assets: text(-(await moved(log))) },
      ...{ paidAt: await timeOf(log), tx: log.transactionHash },
    })),
  )
  const awardRedirects = await Promise.all(
    redirected.map(async ({ args: { awardId: id }, blockNumber, transactionHash }) => {
      const at = (block: bigint) =>
        client.readContract({ ...fund, functionName: 'awardOf', args: [id], blockNumber: block })
      const [before, after] = [await at(blockNumber - 1n), await at(blockNumber)]
      return {
        ...{ award: { id }, from: low(before.to), to: low(after.to), tx: transactionHash },
        redirectedAt: await timeOf({ blockNumber }),
      }
    }),
  )
  const compensationCuts = cut.map(({ args, transactionHash }) => ({
    ...{ book: { id: low(args.asset) }, origin: args.origin, to: low(args.to), tx: transactionHash },
    ...{ askedAssets: text(args.askedAssets), awardedAssets: text(args.awardedAssets) },
  }))
  const commonsSettings = await Promise.all(
    unique(announced.map(({ args }) => `${args.asset}${args.setting}`)).map(async key => {
      const last = announced.findLast(({ args }) => `${args.asset}${args.setting}` === key)
      if (!last) throw new Error('no announcement')
      const { asset, setting, decision } = last.args
      const at = (blockNumber: bigint) =>
        client.readContract({ ...fund, functionName: 'settingOf', args: [asset, setting], blockNumber })
      const [current, next, nextAt] = await at(last.blockNumber)
      return {
        ...{ book: { id: low(asset) }, setting: SETTINGS[setting], decision },
        ...{ assets: text(current), nextAssets: text(next), nextFrom: text(nextAt) },
      }
    }),
  )
  return {
    ...{ commonsShares, commonsBooks, commonsIncomes, commonsInflows, awards, awardPayments, awardRedirects },
    ...{ compensationCuts, commonsSettings },
  }
}
