import { isDeepStrictEqual } from 'node:util'
import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { disputeBondAbi } from '@nexus/chain/abi/DisputeBond'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import { decodeFunctionData, encodePacked, keccak256, type PublicClient, zeroAddress } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'

const CLASSES = ['CONSTITUTIONAL', 'RATIFICATION', 'ORDINARY', 'EMERGENCY']
const STATES = ['NONE', 'OPEN', 'OPEN', 'OPEN', 'EXECUTED', 'KILLED', 'OPEN']
const KINDS = ['PLAIN', 'MULTI_SEND', 'TIMELOCK', 'ACCESS_MANAGER', 'PROTECTED']
const EXECUTED = 4
const COOLDOWN_SECONDS = 7 * 86_400
const seatsIn = (bitmap: number) => bitmap.toString(2).replaceAll('0', '').length

/** The NVM and what is around it, by its contracts' views and the transactions that were sent to it. */
export async function expectedNvm(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { governance, disputeBond } = manifest
  if (!governance || !disputeBond) return {}
  const { logs, timeOf } = chainReader(client)
  const nvm = { address: governance.nvm, abi: nexusValidationModuleAbi } as const
  const [opened, cast, granted, vacated, killed, executed, paused] = await Promise.all([
    logs(nvm.address, nvm.abi, 'DecisionOpened'),
    logs(nvm.address, nvm.abi, 'BallotCast'),
    logs(nvm.address, nvm.abi, 'SeatGranted'),
    logs(nvm.address, nvm.abi, 'SeatVacated'),
    logs(nvm.address, nvm.abi, 'DecisionKilled'),
    logs(nvm.address, nvm.abi, 'DecisionExecuted'),
    logs(nvm.address, nvm.abi, 'EmergencyPaused'),
  ])
  const seatAt = (seatId: number, blockNumber?: bigint) =>
    client.readContract({ ...nvm, functionName: 'seatOf', args: [seatId], ...(blockNumber ? { blockNumber } : {}) })
  const closingOf = (id: Hex) => [...killed, ...executed].find(({ args }) => args.id === id)
  /** As it is; of what was executed as it was right before, for that may have changed the seats whose ballots counted. */
  async function counted(id: Hex) {
    const { state } = await client.readContract({ ...nvm, functionName: 'decisionOf', args: [id] })
    const closing = closingOf(id)
    const block = closing && (state === EXECUTED ? closing.blockNumber - 1n : closing.blockNumber)
    const decision = await client.readContract({
      ...{ ...nvm, functionName: 'decisionOf', args: [id], ...(block ? { blockNumber: block } : {}) },
    })
    return { ...decision, state }
  }

  const calls: Row[] = []
  const decisions: Row[] = []
  for (const log of opened) {
    const { id } = log.args
    const { input } = await client.getTransaction({ hash: log.transactionHash })
    const { args } = decodeFunctionData({ abi: nvm.abi, data: input })
    const [proposal] = args as unknown as [(typeof log.args)['proposal']]
    const seen = await counted(id)
    const rule = await client.readContract({ ...nvm, functionName: 'ruleOf', args: [seen.actionClass] })
    const dissents = rule.dissentSeconds * (seatsIn(seen.no) + seatsIn(seen.veto))
    const [, contextHash] = await client.readContract({
      ...{ ...nvm, functionName: 'decisionIdOf', args: [proposal], blockNumber: log.blockNumber },
    })
    const closing = closingOf(id)
    for (const [index, { to, value, data }] of proposal.calls.entries())
      calls.push({
        decision: { id },
        ...{ index, to: low(to), value: text(value), data, selector: data.length < 10 ? null : data.slice(0, 10) },
      })
    decisions.push({
      id,
      actionClass: CLASSES[seen.actionClass],
      rule: { id: CLASSES[seen.actionClass] },
      status: STATES[seen.state],
      openedBy: {
        id: text((await seatAt(seen.openedBy, log.blockNumber)).epoch),
        seat: { id: text(proposal.seatId) },
      },
      nonce: text(proposal.nonce),
      contextHash,
      rationaleHash: proposal.rationaleHash,
      rationaleURI: proposal.rationaleURI,
      citedAepIds: proposal.citedAeps,
      callCount: proposal.calls.length,
      yes: seatsIn(seen.yes),
      no: seatsIn(seen.no),
      abstain: seatsIn(seen.abstain),
      veto: seatsIn(seen.veto),
      recused: seatsIn(seen.recused),
      quorumAt: orNull(seen.quorumAt),
      dissentSeconds: text(Math.min(dissents, rule.mostDissentSeconds)),
      readyAt: orNull(seen.readyAt),
      expiresAt: text(seen.expiresAt),
      openedAt: text(seen.openedAt),
      openedTx: log.transactionHash,
      closedAt: closing ? await timeOf(closing) : null,
      closedTx: closing?.transactionHash ?? null,
    })
  }

  const ballots = await Promise.all(
    cast.map(async log => {
      const { id, seatId, rationaleHash } = log.args
      const answers = (of: Awaited<ReturnType<typeof counted>>) =>
        [of.yes, of.no, of.abstain, of.veto, of.recused].findIndex(bitmap => (bitmap & (1 << seatId)) !== 0)
      const then = await client.readContract({
        ...{ ...nvm, functionName: 'decisionOf', args: [id], blockNumber: log.blockNumber },
      })
      const choice = ['YES', 'NO', 'ABSTAIN', 'VETO', 'RECUSE'][answers(then)]
      return {
        decision: { id },
        term: { id: text((await seatAt(seatId, log.blockNumber)).epoch), seat: { id: text(seatId) } },
        choice,
        rationaleHash,
        dissent: choice === 'NO' || choice === 'VETO',
        counts: answers(await counted(id)) >= 0,
        castAt: await timeOf(log),
        castTx: log.transactionHash,
      }
    }),
  )

  const seats = await Promise.all(
    unique(granted.map(({ args }) => args.seatId)).map(async seatId => {
      const { owner, epoch } = await seatAt(seatId)
      return { id: text(seatId), term: owner === zeroAddress ? null : { id: text(epoch), owner: low(owner) } }
    }),
  )
  const terms = await Promise.all(
    granted.map(async ({ args: { seatId }, blockNumber, transactionHash }) => {
      const seat = await seatAt(seatId, blockNumber)
      const now = await seatAt(seatId)
      const left = vacated.find(log => log.args.seatId === seatId && log.blockNumber > blockNumber)
      const last = left ? await seatAt(seatId, left.blockNumber - 1n) : now
      return {
        id: text(seat.epoch),
        seat: { id: text(seatId) },
        owner: low(seat.owner),
        signer: seat.signer,
        termEndsAt: text(last.termEndsAt),
        grantedAt: await timeOf({ blockNumber }),
        grantedTx: transactionHash,
        vacatedAt: now.epoch === seat.epoch || !left ? null : await timeOf(left),
        vacatedTx: now.epoch === seat.epoch || !left ? null : left.transactionHash,
      }
    }),
  )
  const rules = await Promise.all(
    unique(opened.map(({ args }) => args.actionClass)).map(async actionClass => {
      const rule = await client.readContract({ ...nvm, functionName: 'ruleOf', args: [actionClass] })
      const { yes, vetoes, ...seconds } = rule
      const times = Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, text(value)]))
      return { id: CLASSES[actionClass], actionClass: CLASSES[actionClass], yes, vetoes, ...times }
    }),
  )
  const emergencies = await Promise.all(
    unique(paused.map(({ args }) => args.target)).map(async target => {
      const [id, nextAt] = await client.readContract({ ...nvm, functionName: 'emergencyOf', args: [target] })
      return {
        ...{ decision: { id }, target: low(target), nextAt: text(nextAt), until: text(nextAt - COOLDOWN_SECONDS) },
      }
    }),
  )

  const guard = { address: governance.nvmGuard, abi: nexusGuardAbi } as const
  const [announced, used, past] = await Promise.all([
    logs(guard.address, guard.abi, 'Announced'),
    logs(guard.address, guard.abi, 'AnnouncementUsed'),
    logs(guard.address, guard.abi, 'BreakGlass'),
  ])
  /** What would be null in every row cannot be asked for: nobody knows what is in it. */
  const whenUsed = (row: Row): Row => (used.length > 0 ? row : {})
  const announcementOf = (safeTxHash: Hex) => {
    const use = used.find(({ args }) => args.safeTxHash === safeTxHash)
    return use ? { id: use.args.id } : null
  }
  const announcements = await Promise.all(
    announced.map(async ({ blockNumber, transactionHash }) => {
      const { input, from } = await client.getTransaction({ hash: transactionHash })
      const { args } = decodeFunctionData({ abi: guard.abi, data: input })
      const [to, value, data, operation] = args as unknown as [Hex, bigint, Hex, number]
      const id = await client.readContract({
        ...guard,
        functionName: 'announcementIdOf',
        args: [to, value, data, operation],
      })
      const [then, now] = await Promise.all([
        client.readContract({ ...guard, functionName: 'announcementOf', args: [id], blockNumber }),
        client.readContract({ ...guard, functionName: 'announcementOf', args: [id] }),
      ])
      const use = now[0] === 0 ? used.find(log => log.args.id === id) : undefined
      return {
        ...{ id, by: low(from), to: low(to), value: text(value), data, operation },
        ...{ usableFrom: text(then[0]), usableUntil: text(then[1]) },
        ...{ announcedAt: await timeOf({ blockNumber }), announcedTx: transactionHash },
        ...whenUsed({ usedBy: use ? { id: use.args.safeTxHash } : null }),
      }
    }),
  )
  const breakGlasses = await Promise.all(
    past.map(async log => ({
      id: log.args.safeTxHash,
      actionClass: announcementOf(log.args.safeTxHash) ? 'CONSTITUTIONAL' : 'ORDINARY',
      ...whenUsed({ announcement: announcementOf(log.args.safeTxHash) }),
      executedAt: await timeOf(log),
      tx: log.transactionHash,
    })),
  )

  const table = { address: governance.actionClasses, abi: actionClassesAbi } as const
  const [targetsSet, classesSet] = await Promise.all([
    logs(table.address, table.abi, 'TargetSet'),
    logs(table.address, table.abi, 'ClassSet'),
  ])
  const actionTargets = await Promise.all(
    unique([...targetsSet, ...classesSet].map(({ args }) => args.target)).map(async target => ({
      id: low(target),
      kind: KINDS[await client.readContract({ ...table, functionName: 'kindOf', args: [target] })],
      transferClass: CLASSES[await client.readContract({ ...table, functionName: 'transferEntryOf', args: [target] })],
    })),
  )
  const actionEntries = await Promise.all(
    classesSet.map(async ({ args: { target, selector } }) => ({
      id: `${low(target)}${selector.slice(2)}`,
      target: { id: low(target) },
      selector,
      actionClass: CLASSES[await client.readContract({ ...table, functionName: 'entryOf', args: [target, selector] })],
    })),
  )

  const constitution = { address: governance.constitution, abi: constitutionAbi } as const
  const added = await logs(constitution.address, constitution.abi, 'ConditionAdded')
  const removals = await logs(constitution.address, constitution.abi, 'ConditionRemoved')
  const conditions = await Promise.all(
    added.map(async ({ args: { index, id }, blockNumber, transactionHash }) => {
      const at = async (block?: bigint) => {
        const when = block === undefined ? {} : { blockNumber: block }
        return (await client.readContract({ ...constitution, functionName: 'conditions', ...when }))[Number(index)]
      }
      const [then, now] = [await at(blockNumber), await at()]
      if (!then) throw new Error(`no condition ${index} in block ${blockNumber}`)
      const removal = isDeepStrictEqual(now, then) ? undefined : removals.find(({ args }) => args.id === id)
      const { target, data, word, least, most, gasCap } = then
      return {
        id: keccak256(encodePacked(['address', 'uint8', 'bytes'], [target, word, data])),
        ...{ index: Number(index), target: low(target), data, word, least: text(least), most: text(most) },
        ...{ gasCap: text(gasCap), addedTx: transactionHash },
        addedAt: await timeOf({ blockNumber }),
        removedAt: removal ? await timeOf(removal) : null,
        removedTx: removal?.transactionHash ?? null,
      }
    }),
  )

  const bonds = { address: disputeBond, abi: disputeBondAbi } as const
  const returned = await logs(bonds.address, bonds.abi, 'BondReturned')
  const forfeited = await logs(bonds.address, bonds.abi, 'BondForfeited')
  const bonded = await logs(bonds.address, bonds.abi, 'DisputeBonded')
  const disputeBonds = await Promise.all(
    bonded.map(async ({ args: { aepId, reasonHash }, blockNumber, transactionHash }) => {
      const of = { ...bonds, functionName: 'disputerOf', args: [aepId] } as const
      const held = (await client.readContract(of)) !== zeroAddress
      const settled = [...returned, ...forfeited].find(({ args }) => args.aepId === aepId)
      const back = returned.some(({ args }) => args.aepId === aepId)
      return {
        ...{ id: aepId, aep: { id: aepId }, dispute: { id: aepId, disputer: low(disputeBond) }, reasonHash },
        disputer: low(await client.readContract({ ...of, blockNumber })),
        bondAssets: text(await client.readContract({ ...bonds, functionName: 'bondAssets' })),
        status: held ? 'HELD' : back ? 'RETURNED' : 'FORFEITED',
        bondedAt: await timeOf({ blockNumber }),
        bondedTx: transactionHash,
        settledAt: settled ? await timeOf(settled) : null,
        settledTx: settled?.transactionHash ?? null,
      }
    }),
  )
  return {
    ...{ decisions, decisionCalls: calls, ballots, seats, seatTerms: terms, decisionRules: rules },
    ...{ emergencyPauses: emergencies, announcements, breakGlasses, actionTargets, actionEntries, conditions },
    disputeBonds,
  }
}
