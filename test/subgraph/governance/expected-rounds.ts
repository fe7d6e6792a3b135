import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import type { Manifest } from '@nexus/chain/manifest'
import { matchRound } from '@nexus/funding/match'
import { root } from '@nexus/funding/root'
import { roundGatherer } from '@nexus/funding/round'
import type { Hex } from '@nexus/kit/canonical'
import { erc20Abi, numberToHex, type PublicClient, zeroAddress, zeroHash } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'

const VARIANTS = ['LINEAR', 'CAPITAL_CONSTRAINED', 'CLR_FUND', 'PROPORTIONAL', 'PAIRWISE', 'CLUSTER']
const STATUSES = ['OPEN', 'OPEN', 'OPEN', 'MATCHED', 'CANCELLED']
const PROJECT_STATUSES = [null, 'ACCEPTED', 'DISQUALIFIED']
const WAD = 10n ** 18n
const numbered = (parent: string, number: number) =>
  `${parent}${numberToHex(number, { size: 4 }).slice(2)}`.toLowerCase()

/** Rounds, by their views, their storage before and after, and what their tokens moved; events only say where to look. */
export async function expectedRounds(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { funding } = manifest
  if (!funding) return {}
  const { logs } = chainReader(client)
  const opened = await logs(funding.factory, roundFactoryAbi, 'RoundOpened')
  const rows: Record<string, Row[]> = {}
  for (const { args, blockNumber, transactionHash } of opened)
    for (const [kind, more] of Object.entries(
      await rowsOf(client, funding.factory, args.round, blockNumber, transactionHash),
    ))
      rows[kind] = [...(rows[kind] ?? []), ...more]
  return rows
}

async function rowsOf(
  client: PublicClient,
  factory: Hex,
  address: Hex,
  openedIn: bigint,
  openedTx: Hex,
): Promise<Record<string, Row[]>> {
  const { logs, timeOf } = chainReader(client)
  const contract = { address, abi: quadraticRoundAbi } as const
  const id = low(address)
  const [applied, registered, struck, given, refunded, funded, poolRefunded, contributedPaid, matchPaid, owed] =
    await Promise.all([
      logs(address, quadraticRoundAbi, 'ProjectApplied'),
      logs(address, quadraticRoundAbi, 'PersonRegistered'),
      logs(address, quadraticRoundAbi, 'PersonStruck'),
      logs(address, quadraticRoundAbi, 'Contributed'),
      logs(address, quadraticRoundAbi, 'ContributionRefunded'),
      logs(address, quadraticRoundAbi, 'PoolFunded'),
      logs(address, quadraticRoundAbi, 'PoolRefunded'),
      logs(address, quadraticRoundAbi, 'ContributedPaid'),
      logs(address, quadraticRoundAbi, 'MatchPaid'),
      logs(address, quadraticRoundAbi, 'PaymentOwed'),
    ])
  const [accepted, rejected, disqualified, matchedLogs, cancelled, released, forfeited, held, holdEnded, owedPaid] =
    await Promise.all([
      logs(address, quadraticRoundAbi, 'ProjectAccepted'),
      logs(address, quadraticRoundAbi, 'ProjectRejected'),
      logs(address, quadraticRoundAbi, 'ProjectDisqualified'),
      logs(address, quadraticRoundAbi, 'RoundMatched'),
      logs(address, quadraticRoundAbi, 'RoundCancelled'),
      logs(address, quadraticRoundAbi, 'MilestoneReleased'),
      logs(address, quadraticRoundAbi, 'MilestonesForfeited'),
      logs(address, quadraticRoundAbi, 'PayoutsHeld'),
      logs(address, quadraticRoundAbi, 'HoldEnded'),
      logs(address, quadraticRoundAbi, 'OwedPaid'),
    ])
  const terms = await client.readContract({
    ...{ address: factory, abi: roundFactoryAbi, functionName: 'termsOf', args: [address] },
  } as const)
  const tokens = [{ token: terms.asset, unitsWad: WAD }, ...terms.others]
  const isPosted = terms.results !== zeroAddress
  const status = STATUSES[await client.readContract({ ...contract, functionName: 'status' })]
  const pool = await client.readContract({ ...contract, functionName: 'poolAssets' })
  const projectCount = Number(await client.readContract({ ...contract, functionName: 'projectCount' }))
  const [resultRoot, unpaid, leftover] = await client.readContract({ ...contract, functionName: 'result' })
  const stands = status === 'MATCHED'
  const commons = await client.readContract({ address: factory, abi: roundFactoryAbi, functionName: 'commons' })

  /** What left the round in one token, by the token. */
  const sent = async (erc20: Hex, to: Hex, tx?: Hex) => {
    const transfers = await client.getContractEvents({
      ...{ address: erc20, abi: erc20Abi, eventName: 'Transfer', args: { from: address, to }, fromBlock: openedIn },
      strict: true,
    })
    return transfers
      .filter(({ transactionHash }) => !tx || transactionHash === tx)
      .reduce((sum, { args }) => sum + args.value, 0n)
  }

  // —— gifts, from storage ——
  const giftAt = async (project: number, contributor: Hex, token: number, blockNumber?: bigint) => {
    const [assets, payer] = await client.readContract({
      ...{ ...contract, functionName: 'giftOf', args: [project, contributor, token] },
      ...(blockNumber === undefined ? {} : { blockNumber }),
    })
    return { assets, payer }
  }
  const word = (gift: bigint) => ({ project: Number(gift >> 224n), token: Number((gift >> 112n) & 0xffn) })
  const touched = [
    ...given.flatMap(log =>
      log.args.gifts.map((gift, place) => ({
        ...{ ...word(gift), contributor: log.args.contributor, place, log, refundedTo: null as string | null },
        /** Twice in one log: the earlier has no state of its own. */
        said: gift & (2n ** 112n - 1n),
      })),
    ),
    ...refunded.map(log => ({
      ...{ project: log.args.projectId, token: log.args.token, contributor: log.args.contributor, place: 0, log },
      ...{ refundedTo: low(log.args.to), said: 0n },
    })),
  ]
  const roundGifts: Row[] = []
  const units = new Map<number, Map<string, bigint>>()
  const changesOf = (project: number, contributor: string) =>
    touched.filter(one => one.project === project && low(one.contributor) === contributor)
  for (const key of unique(touched.map(({ project, contributor }) => `${project} ${low(contributor)}`))) {
    const [number, contributor] = key.split(' ') as [string, Hex]
    const project = Number(number)
    const each = await Promise.all(tokens.map((_, token) => giftAt(project, contributor, token)))
    const all = each.reduce((sum, { assets }, token) => sum + (assets * (tokens[token]?.unitsWad ?? 0n)) / WAD, 0n)
    const other = each.findIndex(({ assets }, token) => token > 0 && assets > 0n)
    const last = changesOf(project, contributor)
      .sort((a, b) => Number(a.log.blockNumber - b.log.blockNumber))
      .at(-1)
    if (!last) throw new Error('no change')
    units.set(project, (units.get(project) ?? new Map()).set(contributor, all))
    roundGifts.push({
      ...{ id: numbered(id, project) + contributor.slice(2), project: { id: numbered(id, project) }, contributor },
      ...{ payer: low(each[0]?.payer ?? ''), units: text(all), assets: text(each[0]?.assets ?? 0n) },
      otherToken: other < 0 ? null : { id: numbered(id, other) },
      ...{ otherAssets: text(other < 0 ? 0n : (each[other]?.assets ?? 0n)), changedAt: await timeOf(last.log) },
    })
  }
  const roundGiftChanges = await Promise.all(
    touched.map(async ({ project, contributor, token, place, log, refundedTo, said }) => {
      const same = touched.filter(
        one => one.log === log && one.project === project && one.token === token && one.contributor === contributor,
      )
      const before = same.findLast(one => one.place < place)
      const isLast = !same.some(one => one.place > place)
      const after = (await giftAt(project, contributor, token, log.blockNumber)).assets
      if (isLast && after !== said) throw new Error('a gift is not what was said')
      return {
        gift: { id: numbered(id, project) + low(contributor).slice(2) },
        token: { id: numbered(id, token) },
        assetsBefore: text(before?.said ?? (await giftAt(project, contributor, token, log.blockNumber - 1n)).assets),
        assets: text(isLast ? after : said),
        ...{ refundedTo, changedAt: await timeOf(log), tx: log.transactionHash },
      }
    }),
  )

  // —— what follows from them ——
  const gathered = roundGatherer()
  for (let project = 0; project < projectCount; project++) gathered.add(`${project}`, 'nobody', 0n)
  const takesPart = await Promise.all(
    Array.from({ length: projectCount }, async (_, project) => {
      const state = await client.readContract({ ...contract, functionName: 'projectOf', args: [project] })
      return PROJECT_STATUSES[state.status] === 'ACCEPTED'
    }),
  )
  for (const [project, gifts] of units)
    if (takesPart[project]) for (const [contributor, amount] of gifts) gathered.add(`${project}`, contributor, amount)
  const derived =
    stands && !isPosted
      ? matchRound('linear', gathered.round(), { budget: pool, capBps: terms.capBps === 10_000 ? null : terms.capBps })
      : undefined
  if (derived && VARIANTS[terms.variant] !== 'LINEAR') throw new Error('only linear rounds are computed anew here')

  const roundProjects: Row[] = []
  const roundProjectTotals: Row[] = []
  for (let project = 0; project < projectCount; project++) {
    const mine = <T extends { args: { projectId: number } }>(all: readonly T[]) =>
      all.filter(({ args }) => args.projectId === project)
    const state = await client.readContract({ ...contract, functionName: 'projectOf', args: [project] })
    const [sqrtSum, contributed, contributors] = await client.readContract({
      ...{ ...contract, functionName: 'tallyOf', args: [project] },
    })
    const amounts = [...(units.get(project)?.values() ?? [])]
    const [s, c] = [amounts.reduce((sum, one) => sum + root(one), 0n), amounts.reduce((sum, one) => sum + one, 0n)]
    if (s !== sqrtSum || c !== contributed) throw new Error('a tally is not what its gifts give')
    const matched = derived ? (derived.projects.find(one => one.project === `${project}`)?.matched ?? 0n) : undefined
    const due = terms.milestoneBps.slice(0, state.paid).reduce((sum, bps) => sum + BigInt(bps), 0n)
    const paid = await Promise.all(mine(matchPaid).map(log => sent(terms.asset, log.args.to, log.transactionHash)))
    const paidMatch = paid.reduce((sum, one) => sum + one, 0n)
    if (matched !== undefined && paidMatch !== (matched * due) / 10_000n)
      throw new Error('a match is not paid in parts')
    const [acceptance] = mine(accepted)
    const [out] = mine(disqualified)
    const [forfeiture] = mine(forfeited)
    const [hold] = mine(held)
    const [end] = mine(holdEnded)
    const id_ = numbered(id, project)
    roundProjects.push({
      ...{ id: id_, round: { id }, number: project, recipient: low(state.recipient) },
      status: PROJECT_STATUSES[state.status],
      dossierHash: acceptance?.args.dossierHash,
      acceptedAt: acceptance ? await timeOf(acceptance) : null,
      disqualifiedAt: out ? await timeOf(out) : null,
      disqualifiedReasonHash: out?.args.reasonHash ?? null,
      ...{ sqrtSum: text(s), contributedUnits: text(c), contributorCount: Number(contributors), capped: state.capped },
      matchedAssets: matched === undefined ? null : text(matched),
      ...{ releasedCount: state.released, paidCount: state.paid, paidMatchAssets: text(paidMatch) },
      ...{ heldUntil: orNull(state.heldUntil), heldReasonHash: hold?.args.reasonHash ?? null },
      holdEndedReasonHash: end?.args.reasonHash ?? null,
      forfeitedAt: state.forfeited && forfeiture ? await timeOf(forfeiture) : null,
      forfeitedAssets:
        state.forfeited && matched !== undefined
          ? text(
              matched -
                (matched * terms.milestoneBps.slice(0, state.released).reduce((sum, bps) => sum + BigInt(bps), 0n)) /
                  10_000n,
            )
          : null,
      forfeitedReasonHash: forfeiture?.args.reasonHash ?? null,
    })
    for (const token of unique(touched.filter(one => one.project === project).map(one => one.token))) {
      const givenAssets = await client.readContract({
        ...{ ...contract, functionName: 'contributedAssetsOf', args: [project, token] },
      })
      const payments = await Promise.all(
        mine(contributedPaid)
          .filter(({ args }) => args.token === token)
          .map(log => sent(tokens[token]?.token as Hex, log.args.to, log.transactionHash)),
      )
      roundProjectTotals.push({
        ...{ id: numbered(id_, token), project: { id: id_ }, token: { id: numbered(id, token) } },
        ...{ givenAssets: text(givenAssets), paidAssets: text(payments.reduce((sum, one) => sum + one, 0n)) },
      })
    }
  }

  const roundApplications = await Promise.all(
    unique(applied.map(({ args }) => args.applicant)).map(async applicant => {
      const last = applied.findLast(({ args }) => args.applicant === applicant)
      if (!last) throw new Error('no application')
      const waiting = await client.readContract({ ...contract, functionName: 'dossierOf', args: [applicant] })
      const project = roundProjects.find(({ recipient }) => recipient === low(applicant))
      const review = project
        ? accepted.find(({ args }) => args.recipient === applicant)
        : rejected.findLast(({ args }) => args.applicant === applicant)
      const isPending = waiting !== zeroHash
      return {
        ...{ id: id + low(applicant).slice(2), round: { id }, applicant: low(applicant) },
        ...{ dossierHash: last.args.dossierHash, uri: last.args.uri.replaceAll('\0', '') },
        status: isPending ? 'PENDING' : project ? 'ACCEPTED' : 'REJECTED',
        reasonHash: isPending ? null : review?.args.reasonHash,
        project: project ? { id: project['id'] } : null,
        appliedAt: await timeOf(last),
        reviewedAt: isPending || !review ? null : await timeOf(review),
      }
    }),
  )
  const roundPersons = await Promise.all(
    unique(registered.map(({ args }) => args.account)).map(async account => {
      const attestation = await client.readContract({ ...contract, functionName: 'attestationOf', args: [account] })
      const last = registered.findLast(({ args }) => args.account === account)
      const strike = struck.findLast(({ args }) => args.account === account)
      const isStruck = attestation === zeroHash
      return {
        ...{ id: id + low(account).slice(2), round: { id }, account: low(account) },
        attestation: isStruck ? null : attestation,
        registeredAt: last ? await timeOf(last) : null,
        struckAt: isStruck && strike ? await timeOf(strike) : null,
      }
    }),
  )
  const roundIdentities = await Promise.all(
    unique(registered.map(({ args }) => args.identity)).map(async identity => {
      const account = await client.readContract({ ...contract, functionName: 'accountOf', args: [identity] })
      const first = registered.find(({ args }) => args.identity === identity)
      return {
        ...{ id: id + identity.slice(2), round: { id }, identity, person: { id: id + low(account).slice(2) } },
        boundAt: first ? await timeOf(first) : null,
      }
    }),
  )
  const roundFunders = await Promise.all(
    unique(funded.map(({ args }) => args.funder)).map(async funder => {
      const assets = await client.readContract({ ...contract, functionName: 'fundedBy', args: [funder] })
      const back = await Promise.all(
        poolRefunded
          .filter(({ args }) => args.funder === funder)
          .map(({ transactionHash }) => sent(terms.asset, funder, transactionHash)),
      )
      return {
        ...{ id: id + low(funder).slice(2), round: { id }, funder: low(funder), assets: text(assets) },
        refundedAssets: text(back.reduce((sum, one) => sum + one, 0n)),
      }
    }),
  )
  const roundMilestones = await Promise.all(
    released.map(async log => ({
      ...{ id: numbered(numbered(id, log.args.projectId), log.args.released) },
      ...{ project: { id: numbered(id, log.args.projectId) }, number: log.args.released },
      ...{ evidenceHash: log.args.evidenceHash, releasedAt: await timeOf(log), tx: log.transactionHash },
    })),
  )
  const roundPayments = await Promise.all(
    [
      ...contributedPaid.map(log => ({ log, kind: 'CONTRIBUTED', token: log.args.token })),
      ...matchPaid.map(log => ({ log, kind: 'MATCH', token: 0 })),
    ].map(async ({ log, kind, token }) => ({
      ...{ project: { id: numbered(id, log.args.projectId) }, kind, token: { id: numbered(id, token) } },
      ...{ to: low(log.args.to), paidAt: await timeOf(log), tx: log.transactionHash },
      assets: text(await sent(tokens[token]?.token as Hex, log.args.to, log.transactionHash)),
    })),
  )
  const roundDebts = await Promise.all(
    unique(owed.map(({ args }) => `${low(args.token)} ${low(args.to)}`)).map(async key => {
      const [erc20, to] = key.split(' ') as [Hex, Hex]
      const owedTo = (blockNumber?: bigint) =>
        client.readContract({
          ...{ ...contract, functionName: 'owedOf', args: [erc20, to] },
          ...(blockNumber === undefined ? {} : { blockNumber }),
        })
      const collected = await Promise.all(
        owedPaid
          .filter(({ args }) => low(args.token) === erc20 && low(args.from) === to)
          .map(async ({ blockNumber }) => (await owedTo(blockNumber - 1n)) - (await owedTo(blockNumber))),
      )
      return {
        ...{ id: id + erc20.slice(2) + to.slice(2), round: { id }, erc20, to, owedAssets: text(await owedTo()) },
        paidAssets: text(collected.reduce((sum, one) => sum + one, 0n)),
      }
    }),
  )

  const [match] = matchedLogs
  const [cancellation] = cancelled
  const forfeitedAssets = forfeited.reduce((sum, { args }) => sum + args.forfeitedAssets, 0n)
  const paidOut = roundProjects.reduce((sum, { paidMatchAssets }) => sum + BigInt(paidMatchAssets as string), 0n)
  const rounds = [
    {
      ...{ id, reviewer: low(terms.reviewer), asset: { id: low(terms.asset) }, variant: VARIANTS[terms.variant] },
      ...{ gate: low(terms.gate), results: isPosted ? low(terms.results) : null, metadataURI: terms.metadataURI },
      ...{ capBps: terms.capBps, applyUntil: text(terms.applyUntil), contributeFrom: text(terms.contributeFrom) },
      ...{ contributeUntil: text(terms.contributeUntil), reviewUntil: text(terms.reviewUntil) },
      ...{ payoutUntil: text(terms.payoutUntil), postedParameter: text(terms.postedParameter) },
      ...{ milestoneBps: terms.milestoneBps, status, poolAssets: text(pool), projectCount },
      matchedAssets: !stands ? null : derived ? text(derived.matched) : text(unpaid + paidOut + forfeitedAssets),
      unpaidMatchAssets: isPosted ? text(unpaid) : null,
      ...{ leftoverAssets: text(leftover), leftoverPaidAssets: text(await sent(terms.asset, commons)) },
      resultRoot: resultRoot === zeroHash ? null : resultRoot,
      matchedAt: match ? await timeOf(match) : null,
      cancelledAt: cancellation ? await timeOf(cancellation) : null,
      cancelledReasonHash: cancellation?.args.reasonHash ?? null,
      ...{ openedAt: await timeOf({ blockNumber: openedIn }), openedTx },
    },
  ]
  const roundTokens = tokens.map(({ token, unitsWad }, number) => ({
    ...{ id: numbered(id, number), round: { id }, number, erc20: low(token), unitsWad: text(unitsWad) },
  }))
  return {
    ...{ rounds, roundTokens, roundApplications, roundProjects, roundProjectTotals, roundPersons, roundIdentities },
    ...{ roundGifts, roundGiftChanges, roundFunders, roundMilestones, roundPayments, roundDebts },
  }
}
