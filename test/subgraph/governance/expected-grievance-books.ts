import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { respondentBondsAbi } from '@nexus/chain/abi/RespondentBonds'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { encodeAbiParameters, keccak256, type PublicClient, pad, stringToHex } from 'viem'
import { chainReader, low, orNull, text, unique } from '../rows.ts'

/** Accounts of the ledger, from their definition. */
export const accountOf = {
  person: (owner: Hex): Hex => pad(low(owner) as Hex, { size: 32 }),
  ofCase: (purpose: string, caseId: bigint): Hex =>
    keccak256(encodeAbiParameters([{ type: 'string' }, { type: 'uint256' }], [purpose, caseId])),
  bond: (purpose: string, owner: Hex): Hex =>
    keccak256(encodeAbiParameters([{ type: 'string' }, { type: 'address' }], [purpose, owner])),
  reserve: keccak256(stringToHex('reserve')),
}

/** The money of cases, and those who are bonded: by balances and what changed them. */
export async function books(client: PublicClient, manifest: Manifest, caseIds: readonly bigint[]) {
  const { grievance } = manifest
  if (!grievance) throw new Error('the manifest has no grievances')
  const { logs, timeOf } = chainReader(client)
  const ledger = { address: grievance.ledger, abi: grievanceLedgerAbi } as const
  const register = { address: grievance.register, abi: arbiterRegisterAbi } as const
  const bonds = { address: grievance.respondents, abi: respondentBondsAbi } as const
  const [collected, moved, withdrawn, forwarded] = await Promise.all([
    logs(ledger.address, ledger.abi, 'Collected'),
    logs(ledger.address, ledger.abi, 'Moved'),
    logs(ledger.address, ledger.abi, 'Withdrawn'),
    logs(ledger.address, ledger.abi, 'Forwarded'),
  ])
  const [joined, left, listed, penalised, conflicts, bonded, slashed] = await Promise.all([
    logs(register.address, register.abi, 'ArbiterJoined'),
    logs(register.address, register.abi, 'ArbiterLeft'),
    logs(register.address, register.abi, 'ArbiterListed'),
    logs(register.address, register.abi, 'ArbiterPenalised'),
    logs(register.address, register.abi, 'ConflictDeclared'),
    logs(bonds.address, bonds.abi, 'RespondentBonded'),
    logs(bonds.address, bonds.abi, 'BondSlashed'),
  ])
  const balanceOf = (account: Hex, blockNumber?: bigint) =>
    client.readContract({
      ...{ ...ledger, functionName: 'balanceOf', args: [account], ...(blockNumber ? { blockNumber } : {}) },
    } as const)
  /** What a block added to an account. */
  const changeIn = async (account: Hex, blockNumber: bigint) =>
    (await balanceOf(account, blockNumber)) - (await balanceOf(account, blockNumber - 1n))

  // ———— lines and accounts ————
  const lines = [
    ...collected.map(log => ({ log, from: null, to: log.args.account, payer: low(log.args.payer) })),
    ...moved.map(log => ({ log, from: log.args.from, to: log.args.to, payer: null })),
    ...withdrawn.map(log => ({ log, from: accountOf.person(log.args.owner), to: null, payer: null })),
    ...forwarded.map(log => ({ log, from: accountOf.ofCase('forfeits', log.args.caseId), to: null, payer: null })),
  ]
  const grievanceEntries = await Promise.all(
    lines.map(async ({ log, from, to, payer }) => ({
      ...{ from: from ? { id: from } : null, to: to ? { id: to } : null, payer, assets: text(log.args.assets) },
      ...{ bookedAt: await timeOf(log), tx: log.transactionHash },
    })),
  )
  const cases = await Promise.all(
    caseIds.map(async caseId => {
      const c = await client.readContract({
        ...{ address: grievance.rail, abi: grievanceRailAbi, functionName: 'grievanceOf', args: [caseId] },
      } as const)
      return { caseId, filer: low(c.filer), appellant: low(c.appellant), hasAppeal: c.appealBondAssets !== 0n }
    }),
  )
  const arbiters = unique(joined.map(({ args }) => args.arbiter))
  const respondents = unique(bonded.map(({ args }) => args.respondent))
  const named = new Map<Hex, { kind: string; owner: string | null; case: { id: string } | null }>()
  for (const { caseId, filer, appellant, hasAppeal } of cases) {
    const about = { case: { id: text(caseId) } }
    named.set(accountOf.ofCase('filing', caseId), { kind: 'FILING_BOND', owner: filer, ...about })
    named.set(accountOf.ofCase('forfeits', caseId), { kind: 'FORFEITS', owner: null, ...about })
    if (hasAppeal) named.set(accountOf.ofCase('appeal', caseId), { kind: 'APPEAL_BOND', owner: appellant, ...about })
  }
  for (const who of arbiters)
    named.set(accountOf.bond('arbiter', who), { kind: 'ARBITER_BOND', owner: low(who), case: null })
  for (const who of respondents)
    named.set(accountOf.bond('respondent', who), { kind: 'RESPONDENT_BOND', owner: low(who), case: null })
  for (const account of lines.flatMap(({ from, to }) => [from, to])) {
    if (account === null || named.has(account)) continue
    if (account === accountOf.reserve) named.set(account, { kind: 'RESERVE', owner: null, case: null })
    else if (account.startsWith(`0x${'0'.repeat(24)}`))
      named.set(account, { kind: 'PERSON', owner: `0x${account.slice(26)}`, case: null })
    else throw new Error(`an account of nobody: ${account}`)
  }
  const grievanceAccounts = await Promise.all(
    [...named].map(async ([id, rest]) => ({ id, ...rest, assets: text(await balanceOf(id)) })),
  )
  const heldAssets = await client.readContract({ ...ledger, functionName: 'heldAssets' })
  const all = grievanceAccounts.reduce((total, { assets }) => total + BigInt(assets), 0n)
  if (all !== heldAssets) throw new Error('the accounts are not all there is')

  // ———— who is bonded ————
  /** What a purpose lost to the accounts of cases, by the balance. */
  const lostBy = async (account: Hex, among: readonly bigint[]) => {
    let lost = 0n
    for (const blockNumber of among) lost -= await changeIn(account, blockNumber)
    return lost
  }
  const { number: latest } = await client.getBlock()
  const before = latest - 1n
  const listedCount = Number(
    await client.readContract({
      ...{ ...register, functionName: 'countAt', args: [(await client.getBlock({ blockNumber: before })).timestamp] },
    } as const),
  )
  const expectedArbiters = await Promise.all(
    arbiters.map(async who => {
      const { joinedAt, leftAt, place, bondAssets } = await client.readContract({
        ...{ ...register, functionName: 'arbiterOf', args: [who] },
      } as const)
      const status = leftAt !== 0 ? 'LEFT' : place !== 0 ? 'LISTED' : 'JOINED'
      const account = accountOf.bond('arbiter', who)
      const asked = joined.find(({ args }) => args.arbiter === who)
      const listing = listed.find(({ args }) => args.arbiter === who)
      const leaving = left.find(({ args }) => args.arbiter === who)
      const penalties = unique(
        penalised.filter(({ args }) => args.arbiter === who).map(({ blockNumber }) => blockNumber),
      )
      return {
        ...{ id: low(who), status, bondAssets: text(bondAssets), account: { id: account }, joinedAt: text(joinedAt) },
        ...{ listableAt: text(asked?.args.listableAt ?? 0), listedAt: listing ? await timeOf(listing) : null },
        ...{ leftAt: orNull(leftAt), releasableAt: leaving ? text(leaving.args.releasableAt) : null },
        dropped: leaving ? (await balanceOf(account)) * 2n < bondAssets : null,
        penaltyAssets: text(await lostBy(account, penalties)),
      }
    }),
  )
  const arbiterPenalties = await Promise.all(
    penalised.map(async log => {
      const account = accountOf.bond('arbiter', log.args.arbiter)
      return {
        ...{ arbiter: { id: low(log.args.arbiter) }, assets: text(-(await changeIn(account, log.blockNumber))) },
        bondLeftAssets: text(await balanceOf(account, log.blockNumber)),
        ...{ takenAt: await timeOf(log), tx: log.transactionHash },
      }
    }),
  )
  const arbiterConflicts = await Promise.all(
    unique(conflicts.map(({ args }) => `${args.arbiter}${args.topic}`)).map(async key => {
      const last = conflicts.findLast(({ args }) => `${args.arbiter}${args.topic}` === key)
      if (!last) throw new Error('no conflict')
      const { arbiter, topic } = last.args
      // a credential is good enough at level 0: only a conflict is left that could bar
      const { timestamp } = await client.getBlock({ blockNumber: before })
      const isFree = await client.readContract({
        ...{ ...register, functionName: 'isFreeAt', args: [arbiter, 0, [topic], timestamp] },
      } as const)
      return {
        ...{ arbiter: { id: low(arbiter) }, topic, declared: !isFree, changedAt: await timeOf(last) },
      }
    }),
  )
  const respondentBonds = await Promise.all(
    respondents.map(async who => {
      const account = accountOf.bond('respondent', who)
      const taken = unique(slashed.filter(({ args }) => args.respondent === who).map(({ blockNumber }) => blockNumber))
      const put = unique(bonded.filter(({ args }) => args.respondent === who).map(({ blockNumber }) => blockNumber))
      const releasableAt = await client.readContract({ ...bonds, functionName: 'releasableAt', args: [who] })
      return {
        ...{ id: low(who), account: { id: account }, releasableAt: orNull(releasableAt), releasedAssets: '0' },
        bondAssets: text(await client.readContract({ ...bonds, functionName: 'bondOf', args: [who] })),
        ...{ addedAssets: text(-(await lostBy(account, put))), slashedAssets: text(await lostBy(account, taken)) },
      }
    }),
  )
  const arbiterBondAssets = text(await client.readContract({ ...register, functionName: 'bondAssets' }))
  return {
    totals: { arbiterBondAssets, listedCount, heldAssets: text(heldAssets) },
    rows: {
      ...{ grievanceAccounts, grievanceEntries, arbiters: expectedArbiters, arbiterPenalties, arbiterConflicts },
      respondentBonds,
    },
    /** What the ledger credited somebody in a block. */
    creditedIn: (who: Hex, blockNumber: bigint) => changeIn(accountOf.person(who), blockNumber),
    /** What a complainant got in the block that closed the case, less what is returned to it as a filer. */
    async receivedFromRespondent(
      c: { complainant: Hex; filer: Hex; bondAssets: bigint; outcome: number },
      closedIn: bigint,
    ) {
      const DISMISSED = 3
      const isReturned = c.outcome !== DISMISSED && low(c.filer) === low(c.complainant)
      return (await changeIn(accountOf.person(c.complainant), closedIn)) - (isReturned ? c.bondAssets : 0n)
    },
  }
}
