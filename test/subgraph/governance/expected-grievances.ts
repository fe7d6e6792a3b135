import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import type { Manifest } from '@nexus/chain/manifest'
import { decodeFunctionData, type PublicClient, zeroAddress } from 'viem'
import { chainReader, low, orNull, type Row, text, unique } from '../rows.ts'
import { accountOf, books } from './expected-grievance-books.ts'

const STATES = ['', 'ANSWERING', 'MEDIATING', 'DRAWING', 'HEARING', 'APPEALABLE', 'CLOSED']
const OUTCOMES = ['', 'WITHDRAWN', 'SETTLED', 'DISMISSED', 'UPHELD', 'UNHEARD']
const SUBJECTS = ['', 'COMPONENT', 'FEED', 'POLICY', 'AEP']
const SEATS = ['SEATED', 'COMMITTED', 'REVEALED', 'RECUSED']
const ORDERS = ['', 'OPEN', 'DONE', 'MISSED']
const ORDER_KINDS = ['COMPENSATION', 'COMPONENT', 'CORRECTION', 'APOLOGY']
const STEPS = ['CASE_OPENED', 'SUSPENDED', 'CONFIRMED', 'DELISTED']
const REMEDIES = ['SUSPENSION', 'DELISTING', 'CORRECTION', 'APOLOGY']
const CLOSED = 6
const REVEALED = 2

const remedies = (bits: number) => REMEDIES.filter((_, bit) => (bits >> bit) & 1)
const NOTHING_HELD = { upheld: null, quarters: null, granted: null }
const heldIn = (ruling: number) => ({
  ...{ upheld: ruling % 2 === 1, quarters: Math.floor(ruling / 2) % 8, granted: remedies(Math.floor(ruling / 16)) },
})

const idOf = (entity: unknown) => (entity as { id: string }).id

/** Cases, panels and orders by the contracts' views, as they were after each block that touched a case. */
export async function expectedGrievances(client: PublicClient, manifest: Manifest): Promise<Record<string, Row[]>> {
  const { grievance } = manifest
  if (!grievance) return {}
  const { logs, timeOf } = chainReader(client)
  const rail = { address: grievance.rail, abi: grievanceRailAbi } as const
  const desk = { address: grievance.desk, abi: grievanceDeskAbi } as const
  const panels = { address: grievance.panels, abi: grievancePanelsAbi } as const
  const orders = { address: grievance.orders, abi: grievanceOrdersAbi } as const
  const [opened, claimed, answered, settled, exhibited, struck, drawn, revealed, termsSet] = await Promise.all([
    logs(rail.address, rail.abi, 'CaseOpened'),
    logs(rail.address, rail.abi, 'CaseClaim'),
    logs(rail.address, rail.abi, 'CaseAnswered'),
    logs(rail.address, rail.abi, 'CaseSettled'),
    logs(rail.address, rail.abi, 'ExhibitFiled'),
    logs(rail.address, rail.abi, 'ExhibitStruck'),
    logs(panels.address, panels.abi, 'PanelDrawn'),
    logs(panels.address, panels.abi, 'RulingRevealed'),
    logs(desk.address, desk.abi, 'TermsSet'),
  ])
  const [steps, corrections, apologies, issued] = await Promise.all([
    logs(orders.address, orders.abi, 'ComponentProceeded'),
    logs(orders.address, orders.abi, 'CorrectionOrdered'),
    logs(orders.address, orders.abi, 'Apologised'),
    logs(orders.address, orders.abi, 'OrderIssued'),
  ])
  const fromBlock = opened[0]?.blockNumber ?? 'latest'
  /** Blocks in which anything was said of cases, panels or orders: between them nothing changes. */
  const touched = unique(
    (
      await Promise.all(
        [rail, panels, orders].map(({ address }) => client.getLogs({ address, fromBlock, toBlock: 'latest' })),
      )
    )
      .flat()
      .map(({ blockNumber }) => blockNumber),
  ).sort((a, b) => Number(a - b))
  const txIn = async (blockNumber: bigint) => (await client.getBlock({ blockNumber })).transactions[0]
  const caseAt = (caseId: bigint, blockNumber?: bigint) =>
    client.readContract({
      ...{ ...rail, functionName: 'grievanceOf', args: [caseId], ...(blockNumber ? { blockNumber } : {}) },
    } as const)
  const count = await client.readContract({ ...rail, functionName: 'caseCount' })
  const caseIds = Array.from({ length: Number(count) }, (_, i) => BigInt(i + 1))
  const now = await Promise.all(caseIds.map(caseId => caseAt(caseId)))
  /** Each case as it was after each block that touched any. */
  const histories = await Promise.all(
    caseIds.map(caseId =>
      Promise.all(touched.map(async blockNumber => ({ blockNumber, c: await caseAt(caseId, blockNumber) }))),
    ),
  )
  /** The first block after which something holds of a case, and keeps holding. */
  const since = (index: number, holds: (c: (typeof now)[number]) => boolean) =>
    histories[index]?.find(({ c }) => holds(c))?.blockNumber
  const timeSince = async (index: number, holds: (c: (typeof now)[number]) => boolean) => {
    const blockNumber = since(index, holds)
    return blockNumber === undefined ? null : timeOf({ blockNumber })
  }
  const book = await books(client, manifest, caseIds)

  const grievanceMoves: Row[] = []
  for (const [index, history] of histories.entries()) {
    let before = ''
    for (const { blockNumber, c } of history) {
      const now = `${c.state} ${c.instance} ${c.deadline}`
      if (c.state === 0 || now === before) continue
      before = now
      grievanceMoves.push({
        ...{ case: { id: text(caseIds[index] ?? 0n) }, state: STATES[c.state], instance: c.instance },
        ...{ deadline: orNull(c.deadline), movedAt: await timeOf({ blockNumber }), tx: await txIn(blockNumber) },
      })
    }
  }

  const dueAt = async (caseId: bigint, blockNumber: bigint) =>
    (await client.readContract({ ...orders, functionName: 'ordersOf', args: [caseId], blockNumber })).dueAssets
  const grievanceCases = await Promise.all(
    now.map(async (c, index) => {
      const caseId = caseIds[index] ?? 0n
      const id = text(caseId)
      const openedIn = opened[index]?.blockNumber ?? 0n
      const closedIn = since(index, ({ state }) => state === CLOSED)
      const agreed = settled.find(({ args }) => args.caseId === caseId)
      const subject = SUBJECTS[c.subjectKind]
      // what a respondent paid: from its bond to the complainant, and beyond it by settlement
      const paid = closedIn === undefined ? null : await book.receivedFromRespondent(c, closedIn)
      return {
        ...{ id, complainant: low(c.complainant), respondent: low(c.respondent), filer: low(c.filer) },
        ...{ takenOver: c.takenOver, statistics: { id: text(c.railId) }, subjectKind: subject || null },
        subjectId: c.subjectKind === 0 ? null : c.subjectId,
        component: subject === 'COMPONENT' ? { id: c.subjectId } : null,
        aep: subject === 'AEP' ? { id: c.subjectId } : null,
        policy: subject === 'POLICY' ? { id: text(BigInt(c.subjectId)) } : null,
        rail: c.railId === 0n ? null : { id: text(c.railId) },
        claimHash: claimed[index]?.args.claimHash,
        ...{
          claimedAssets: text(c.claimedAssets),
          requested: remedies(c.requested),
          terms: { id: text(c.termsVersion) },
        },
        ...{ bondAssets: text(c.bondAssets), waived: c.waived, state: STATES[c.state], instance: c.instance },
        ...{ deadline: orNull(c.deadline), drawBlock: text(c.drawBlock) },
        answerHash: answered.find(({ args }) => args.caseId === caseId)?.args.answerHash ?? null,
        answeredAt: await timeSince(index, one => one.answered),
        defaulted: !c.answered && (histories[index] ?? []).some(({ c: { state } }) => STATES[state] === 'DRAWING'),
        ...(c.ruled ? heldIn(c.ruling) : NOTHING_HELD),
        appellant: c.appellant === zeroAddress ? null : low(c.appellant),
        appealBondAssets: orNull(c.appealBondAssets),
        appealedAt: await timeSince(index, one => one.appellant !== zeroAddress),
        settlement: agreed ? { id } : null,
        outcome: OUTCOMES[c.outcome] || null,
        paidAssets: paid === null ? null : text(paid),
        dueAssets: closedIn === undefined ? null : text(await dueAt(caseId, closedIn)),
        closedAt: closedIn === undefined ? null : await timeOf({ blockNumber: closedIn }),
        closedTx: closedIn === undefined ? null : await txIn(closedIn),
        ...{ openedAt: text(c.filedAt), openedTx: await txIn(openedIn) },
      }
    }),
  )
  const railIds = unique(now.map(({ railId }) => railId))
  const grievanceStatistics = await Promise.all(
    railIds.map(async railId => {
      const { paidAssets, openSeconds, ...counts } = await client.readContract({
        ...{ ...rail, functionName: 'statisticsOf', args: [railId] },
      } as const)
      return {
        ...{ id: text(railId), rail: railId === 0n ? null : { id: text(railId) }, ...counts },
        ...{ paidAssets: text(paidAssets), openSeconds: text(openSeconds) },
      }
    }),
  )
  const grievanceExhibits = await Promise.all(
    exhibited.map(async log => {
      const { caseId, by, exhibit, aep } = log.args
      const gone = struck.find(({ args }) => aep && args.caseId === caseId && args.aepId === exhibit)
      if (gone) {
        const state = await client.readContract({
          ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'stateOf', args: [exhibit] },
        } as const)
        if (state !== 5) throw new Error('what is struck is not void')
      }
      return {
        ...{ case: { id: text(caseId) }, by: low(by), exhibit, aep: aep ? { id: exhibit } : null },
        ...{ filedAt: await timeOf(log), tx: log.transactionHash },
        ...{ struckAt: gone ? await timeOf(gone) : null, struckTx: gone?.transactionHash ?? null },
      }
    }),
  )
  const grievanceSettlements = await Promise.all(
    settled.map(async log => {
      const { input } = await client.getTransaction({ hash: log.transactionHash })
      const call = decodeFunctionData({ abi: rail.abi, data: input })
      if (call.functionName !== 'settle') throw new Error(`settled by ${call.functionName}`)
      const [caseId, agreed] = call.args
      return {
        ...{ id: text(caseId), case: { id: text(caseId) }, assets: text(agreed.assets), apology: agreed.apology },
        ...{ textHash: agreed.textHash, settledAt: await timeOf(log), tx: log.transactionHash },
      }
    }),
  )

  // ———— panels ————
  const grievancePanels: Row[] = []
  const grievanceSeats: Row[] = []
  for (const log of drawn) {
    const { caseId, instance } = log.args
    const id = `${caseId}-${instance}`
    const of = [caseId, instance] as const
    const panel = await client.readContract({ ...panels, functionName: 'panelOf', args: of })
    const seats = await client.readContract({ ...panels, functionName: 'seatsOf', args: of })
    const [ruling, revealedCount] = await client.readContract({ ...panels, functionName: 'resultOf', args: of })
    const index = Number(caseId) - 1
    const closedIn = since(index, ({ state }) => state === CLOSED)
    const overIn = instance === 2 ? closedIn : since(index, c => STATES[c.state] === 'APPEALABLE')
    const isRuled = revealedCount > 0 && overIn !== undefined
    const drawBlock = (await caseAt(caseId, log.blockNumber)).drawBlock
    const { hash: blockHash } = await client.getBlock({ blockNumber: drawBlock })
    grievancePanels.push({
      ...{ id, case: { id: text(caseId) }, instance, drawBlock: text(drawBlock), blockHash, size: panel.size },
      ...{ commitBy: text(panel.commitBy), revealBy: text(panel.revealBy), committed: panel.committed },
      ...{ revealed: panel.revealed, recused: panel.recused, ...(isRuled ? heldIn(ruling) : NOTHING_HELD) },
      ruledAt: isRuled ? await timeOf({ blockNumber: overIn }) : null,
      ...{ drawnAt: await timeOf(log), tx: log.transactionHash },
    })
    /** When a seat first had a state. */
    const seatSince = async (place: number, state: string) => {
      for (const blockNumber of touched.filter(block => block >= log.blockNumber)) {
        const then = await client.readContract({ ...panels, functionName: 'seatsOf', args: of, blockNumber })
        if (SEATS[then[place]?.state ?? 0] === state) return timeOf({ blockNumber })
      }
      return null
    }
    for (const [place, seat] of seats.entries()) {
      const commitment = await client.readContract({
        ...{ ...panels, functionName: 'commitmentOf', args: [caseId, instance, seat.arbiter] },
      } as const)
      const shown = seat.state === REVEALED
      const said = revealed.find(
        ({ args }) => args.caseId === caseId && args.instance === instance && args.arbiter === seat.arbiter,
      )
      const committed = BigInt(commitment) !== 0n
      grievanceSeats.push({
        ...{ id: `${id}-${low(seat.arbiter)}`, panel: { id }, place, arbiter: { id: low(seat.arbiter) } },
        ...{ state: SEATS[seat.state], commitment: committed ? commitment : null },
        committedAt: committed ? await seatSince(place, 'COMMITTED') : null,
        ...(shown ? heldIn(seat.ruling) : NOTHING_HELD),
        reasonsHash: said?.args.reasonsHash ?? null,
        revealedAt: shown ? await seatSince(place, 'REVEALED') : null,
        recusedAt: SEATS[seat.state] === 'RECUSED' ? await seatSince(place, 'RECUSED') : null,
        rewardAssets: shown && closedIn !== undefined ? text(await book.creditedIn(seat.arbiter, closedIn)) : null,
      })
    }
  }

  // ———— orders ————
  const grievanceOrders: Row[] = []
  for (const caseId of caseIds) {
    const at = (blockNumber?: bigint) =>
      client.readContract({
        ...{ ...orders, functionName: 'ordersOf', args: [caseId], ...(blockNumber ? { blockNumber } : {}) },
      } as const)
    const asked = await at()
    for (const [index, kind] of ORDER_KINDS.entries()) {
      const state = ORDERS[asked.states[index] ?? 0]
      if (!state) continue
      const issuedIn = issued.find(({ args }) => args.caseId === caseId && args.kind === index)
      if (!issuedIn) throw new Error('an order that nobody issued')
      const until = await client.readContract({ ...orders, functionName: 'untilOf', args: [caseId, index] })
      let endedAt: string | null = null
      for (const blockNumber of touched)
        if (state !== 'OPEN' && !endedAt && ORDERS[(await at(blockNumber)).states[index] ?? 0] === state)
          endedAt = await timeOf({ blockNumber })
      const first = await at(issuedIn.blockNumber)
      const isMoney = kind === 'COMPENSATION'
      const person = { COMPENSATION: asked.complainant, APOLOGY: asked.respondent }[kind]
      const correction = corrections.find(({ args }) => kind === 'CORRECTION' && args.caseId === caseId)
      const [feedId, anchor] = correction
        ? await client.readContract({
            ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'evidenceOf' },
            args: [asked.subjectId],
          } as const)
        : []
      const apology = apologies.find(({ args }) => kind === 'APOLOGY' && args.caseId === caseId)
      const step = steps.findLast(({ args }) => kind === 'COMPONENT' && args.caseId === caseId)
      grievanceOrders.push({
        ...{ id: `${caseId}-${kind}`, case: { id: text(caseId) }, kind, state, until: text(until), endedAt },
        subject: person ? accountOf.person(person) : asked.subjectId,
        ...{ issuedAt: text(asked.issuedAt), issuedTx: issuedIn.transactionHash },
        dueAssets: isMoney ? text(first.dueAssets) : null,
        awardedAssets: isMoney ? text(asked.awardedAssets) : null,
        stillDueAssets: isMoney ? text(asked.dueAssets) : null,
        step: step ? STEPS[step.args.step] : null,
        feed: feedId ? { id: feedId } : null,
        sequenceAbove: anchor ? text(anchor.sequence) : null,
        textHash: apology?.args.textHash ?? null,
      })
    }
  }

  const grievanceTermsRows = await Promise.all(
    termsSet.map(async log => {
      const { version } = log.args
      const terms = await client.readContract({ ...desk, functionName: 'termsOf', args: [version] })
      const { panelSize, appealPanelSize, leastLevel, ...numbers } = terms
      const rest = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, text(value)]))
      return {
        ...{ id: text(version), version, panelSize, appealPanelSize, leastLevel, ...rest },
        ...{ setAt: await timeOf(log), tx: log.transactionHash },
      }
    }),
  )
  const termsVersion = await client.readContract({ ...desk, functionName: 'termsVersion' })
  const grievanceTotals_collection = [
    {
      ...{ id: 'grievances', terms: { id: text(termsVersion) }, caseCount: Number(count), ...book.totals },
      openCaseCount: now.filter(({ state }) => state !== CLOSED).length,
    },
  ]
  // what they earned is what their seats did
  const arbiters = book.rows.arbiters.map(row => {
    const paid = grievanceSeats.filter(seat => idOf(seat['arbiter']) === row.id && seat['rewardAssets'] !== null)
    const rewards = paid.reduce((sum, seat) => sum + BigInt(seat['rewardAssets'] as string), 0n)
    return { ...row, rewardAssets: text(rewards), rewardedCount: paid.length }
  })
  return {
    ...{ grievanceCases, grievanceMoves, grievanceStatistics_collection: grievanceStatistics, grievanceExhibits },
    ...{ grievanceSettlements, grievancePanels, grievanceSeats, grievanceOrders, ...book.rows, arbiters },
    ...{ grievanceTerms_collection: grievanceTermsRows, grievanceTotals_collection },
  }
}
