import { inputError } from '@nexus/kit/errors'
import type { Address, Hex } from 'viem'
import { blockTimes, type ChainReader } from '../registry/chain.ts'
import { grievanceAssets } from './accounts.ts'
import { grievanceContracts } from './contracts.ts'
import { type Remedy, remedyNames, rulingText } from './ruling.ts'

/** As in GrievanceState, Outcome, SubjectKind, SeatState, OrderKind and OrderState. */
export const caseStates = ['none', 'answering', 'mediating', 'drawing', 'hearing', 'appealable', 'closed'] as const
export const outcomes = ['none', 'withdrawn', 'settled', 'dismissed', 'upheld', 'unheard'] as const
export const subjectKinds = ['none', 'component', 'feed', 'policy', 'aep'] as const
export const seatStates = ['seated', 'committed', 'revealed', 'recused'] as const
export const orderKinds = ['compensation', 'component', 'correction', 'apology'] as const
export const orderStates = ['none', 'open', 'done', 'missed'] as const
export type CaseState = (typeof caseStates)[number]

/** What a state leads to if nobody does anything but call `advance` after its deadline. */
export const byDefault: Record<CaseState, string> = {
  none: 'nothing',
  answering: 'goes to a panel; the silence is on record',
  mediating: 'goes to a panel',
  drawing: 'ends unheard, bonds back; of a second panel: the first ruling stands',
  hearing: 'whoever revealed has ruled; nobody: a second panel, then unheard or the first ruling',
  appealable: 'the ruling is final',
  closed: 'nothing',
}

export interface SeatView {
  instance: number
  arbiter: Address
  state: (typeof seatStates)[number]
  ruling: string | null
}

export interface OrderView {
  kind: (typeof orderKinds)[number]
  state: (typeof orderStates)[number]
  /** Unix seconds, exclusive. */
  until: number
}

export interface CaseView {
  caseId: bigint
  state: CaseState
  instance: number
  outcome: (typeof outcomes)[number]
  ruling: string | null
  complainant: Address
  respondent: Address
  filer: Address
  railId: bigint
  subject: { kind: (typeof subjectKinds)[number]; id: Hex } | null
  claimedAssets: bigint
  requested: Remedy[]
  answered: boolean
  takenOver: boolean
  /** Unix seconds; 0 once closed. */
  deadline: number
  next: string
  drawBlock: bigint
  seats: SeatView[]
  orders: OrderView[]
  dueAssets: bigint
  awardedAssets: bigint
  /** Everything that happened, oldest first. */
  timeline: { at: number; event: string; args: Record<string, unknown> }[]
}

/** @throws NexusError `no-such-case` */
export async function viewCase(chain: ChainReader, caseId: bigint): Promise<CaseView> {
  const { client } = chain
  const { rail, panels, orders } = grievanceContracts(chain)
  const c = await client.readContract({ ...rail, functionName: 'grievanceOf', args: [caseId] })
  if (c.state === 0) throw inputError('no-such-case', `there is no case ${caseId}`, { caseId: `${caseId}` })
  const [first, second, issued] = await Promise.all([
    client.readContract({ ...panels, functionName: 'seatsOf', args: [caseId, 1] }),
    client.readContract({ ...panels, functionName: 'seatsOf', args: [caseId, 2] }),
    client.readContract({ ...orders, functionName: 'ordersOf', args: [caseId] }),
  ])
  const seats = [first, second].flatMap((panel, n) =>
    panel.map(({ arbiter, state, ruling }) => ({
      ...{ instance: n + 1, arbiter, state: seatStates[state] ?? 'seated' },
      ruling: seatStates[state] === 'revealed' ? rulingText(ruling) : null,
    })),
  )
  const open = await Promise.all(
    orderKinds.map(async (kind, n) => ({
      ...{ kind, state: orderStates[issued.states[n] ?? 0] ?? 'none' },
      until: Number(await client.readContract({ ...orders, functionName: 'untilOf', args: [caseId, n] })),
    })),
  )
  const state = caseStates[c.state] ?? 'none'
  return {
    ...{ caseId, state, instance: c.instance, outcome: outcomes[c.outcome] ?? 'none' },
    ruling: c.ruled ? rulingText(c.ruling) : null,
    ...{ complainant: c.complainant, respondent: c.respondent, filer: c.filer, railId: c.railId },
    subject: c.subjectKind === 0 ? null : { kind: subjectKinds[c.subjectKind] ?? 'none', id: c.subjectId },
    ...{ claimedAssets: c.claimedAssets, requested: remedyNames(c.requested) },
    ...{ answered: c.answered, takenOver: c.takenOver, deadline: c.deadline, next: byDefault[state] },
    ...{ drawBlock: c.drawBlock, seats, orders: open.filter(one => one.state !== 'none') },
    ...{ dueAssets: issued.dueAssets, awardedAssets: issued.awardedAssets },
    timeline: await timelineOf(chain, caseId),
  }
}

async function timelineOf(chain: ChainReader, caseId: bigint): Promise<CaseView['timeline']> {
  const { client, manifest } = chain
  const { rail, panels, orders } = grievanceContracts(chain)
  const range = { fromBlock: BigInt(manifest.deployedAtBlock), strict: true } as const
  const logs = (
    await Promise.all([
      client.getContractEvents({ ...rail, ...range }),
      client.getContractEvents({ ...panels, ...range }),
      client.getContractEvents({ ...orders, ...range }),
    ])
  )
    .flat()
    .flatMap(({ eventName, args, blockNumber, logIndex }) => {
      // each event of a case says which; what else there is (a change of authority) says nothing of one
      const named = args as Record<string, unknown>
      return named['caseId'] === caseId ? [{ eventName, args: named, blockNumber, logIndex }] : []
    })
    .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
  const timeOf = blockTimes(chain)
  return Promise.all(
    logs.map(async ({ eventName, args: { caseId: _, ...args }, blockNumber }) => ({
      at: await timeOf(blockNumber),
      event: eventName,
      args,
    })),
  )
}

export async function statisticsOf(chain: ChainReader, railId: bigint) {
  const { rail } = grievanceContracts(chain)
  return chain.client.readContract({ ...rail, functionName: 'statisticsOf', args: [railId] })
}

export interface ArbiterView {
  arbiter: Address
  bondAssets: bigint
  /** Whether cases that are opened from now on can draw it. */
  listed: boolean
  /** Unix seconds; 0 while it has not left. */
  leftAt: number
}

/** Whoever joined and has not been released, in the order of joining. */
export async function listArbiters(chain: ChainReader): Promise<ArbiterView[]> {
  const { client, manifest } = chain
  const { register } = grievanceContracts(chain)
  const joined = await client.getContractEvents({
    ...{ ...register, eventName: 'ArbiterJoined', strict: true },
    fromBlock: BigInt(manifest.deployedAtBlock),
  })
  const known = [...new Set(joined.map(({ args }) => args.arbiter))]
  const all = await Promise.all(
    known.map(async arbiter => {
      const { joinedAt, leftAt, place, bondAssets } = await client.readContract({
        ...{ ...register, functionName: 'arbiterOf', args: [arbiter] },
      } as const)
      return { arbiter, bondAssets, listed: place !== 0, leftAt, joinedAt }
    }),
  )
  return all.filter(one => one.joinedAt !== 0).map(({ joinedAt: _, ...one }) => one)
}

/** What somebody's next case costs, and in what. */
export async function filingCost(chain: ChainReader, filer: Address) {
  const { desk } = grievanceContracts(chain)
  const [[bondAssets, waived], assets] = await Promise.all([
    chain.client.readContract({ ...desk, functionName: 'bondFor', args: [filer] }),
    grievanceAssets(chain),
  ])
  return { bondAssets, waived, ...assets }
}

/** The terms a case was opened under. */
export async function caseTerms(chain: ChainReader, caseId: bigint) {
  const { rail, desk } = grievanceContracts(chain)
  const { termsVersion } = await chain.client.readContract({ ...rail, functionName: 'grievanceOf', args: [caseId] })
  return chain.client.readContract({ ...desk, functionName: 'termsOf', args: [termsVersion] })
}

export async function arbiterBond(chain: ChainReader) {
  const { register } = grievanceContracts(chain)
  const [bondAssets, assets] = await Promise.all([
    chain.client.readContract({ ...register, functionName: 'bondAssets' }),
    grievanceAssets(chain),
  ])
  return { bondAssets, ...assets }
}
