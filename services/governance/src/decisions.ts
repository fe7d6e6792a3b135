import { actionClassesAbi } from '@nexus/chain/abi/ActionClasses'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { nexusGuardAbi } from '@nexus/chain/abi/NexusGuard'
import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type Address, ContractFunctionExecutionError, type Hex, HttpRequestError, parseAbi } from 'viem'
import { type Call, type ClassName, classByTable, classNames } from './class-table.ts'
import { contractsOf, governanceOf, type Network } from './contracts.ts'
import { type ChoiceName, choiceNames, type Proposal, type StateName, stateNames } from './decision.ts'
import { asNvmReads, type DecodedCall, decodeCalls } from './decode.ts'

/** What nodes let one ask of logs at once. */
const LOG_BLOCKS = 10_000n
/** As in AnchorState. */
const anchorStates = ['none', 'anchored', 'disputed', 'final', 'upheld', 'void'] as const

export interface Rule {
  yes: number
  vetoes: number
  voteSeconds: number
  delaySeconds: number
  dissentSeconds: number
  mostDissentSeconds: number
  graceSeconds: number
}

export interface BallotView {
  seatId: number
  choice: ChoiceName
  rationaleHash: Hex
  tx: Hex
  /** False when the seat was given away since. */
  counts: boolean
}

export interface DecisionView {
  id: Hex
  class: ClassName
  rule: Rule
  state: StateName
  proposal: Proposal
  contextHash: Hex
  openedAt: number
  openedTx: Hex
  calls: DecodedCall[]
  cited: { aepId: Hex; state: (typeof anchorStates)[number] }[]
  ballots: BallotView[]
  /** Seats by what they say now. */
  tally: Record<ChoiceName, number[]>
  quorumAt: number | null
  readyAt: number | null
  expiresAt: number
  /** What is still to come, in words. */
  remains: string
}

const moduleOf = ({ manifest }: Network) =>
  ({ address: governanceOf(manifest).nvm, abi: nexusValidationModuleAbi }) as const

/** Reads logs piece by piece, from the first block in which there can be any. */
async function eventsOf<L>({ client, manifest }: Network, read: (fromBlock: bigint, toBlock: bigint) => Promise<L[]>) {
  const last = await client.getBlockNumber()
  const found: L[] = []
  for (let from = BigInt(manifest.deployedAtBlock); from <= last; from += LOG_BLOCKS)
    found.push(...(await read(from, from + LOG_BLOCKS - 1n < last ? from + LOG_BLOCKS - 1n : last)))
  return found
}

export interface Opened {
  id: Hex
  contextHash: Hex
  proposal: Proposal
  tx: Hex
}

/** Decisions as they were opened, oldest first. @param id only this one */
export async function readOpened(network: Network, id?: Hex): Promise<Opened[]> {
  const args = id ? { id } : {}
  const logs = await eventsOf(network, (fromBlock, toBlock) =>
    network.client.getContractEvents({
      ...moduleOf(network),
      eventName: 'DecisionOpened',
      args,
      fromBlock,
      toBlock,
      strict: true,
    }),
  )
  return logs.map(({ args, transactionHash }) => {
    const { id, contextHash, proposal } = args
    return { id, contextHash, proposal, tx: transactionHash }
  })
}

/** What its calls would make a decision, before it is opened. */
export async function classOf({ client, manifest }: Network, calls: readonly Call[]): Promise<ClassName> {
  const table = { address: governanceOf(manifest).actionClasses, abi: actionClassesAbi } as const
  return classNames[await client.readContract({ ...table, functionName: 'classOf', args: [calls] })] ?? 'constitutional'
}

/** The same before there is a chain, or where the powers are not handed over: as the table is going to be written. */
export const classNeeded = (network: Network, calls: readonly Call[]): Promise<ClassName> =>
  network.manifest.governance
    ? classOf(network, calls)
    : Promise.resolve(classByTable(calls, contractsOf(network.manifest)))

export const ruleOf = (network: Network, name: ClassName): Promise<Rule> =>
  network.client.readContract({ ...moduleOf(network), functionName: 'ruleOf', args: [classNames.indexOf(name)] })

export const citedStates = async ({ client, manifest }: Network, aepIds: readonly Hex[]) =>
  Promise.all(
    aepIds.map(async aepId => {
      const registry = { address: manifest.registry, abi: evidenceRegistryAbi } as const
      const state = await client.readContract({ ...registry, functionName: 'stateOf', args: [aepId] })
      return { aepId, state: anchorStates[state] ?? 'none' }
    }),
  )

const seatsIn = (bitmap: number): number[] => [0, 1, 2, 3, 4, 5, 6].filter(seat => bitmap & (1 << seat))

interface Cast {
  id: Hex
  seatId: number
  choice: number
  rationaleHash: Hex
  tx: Hex
}

/** Ballots in the order they were cast. @param id only of this decision */
async function readBallots(network: Network, id?: Hex): Promise<Cast[]> {
  const args = id ? { id } : {}
  const logs = await eventsOf(network, (fromBlock, toBlock) =>
    network.client.getContractEvents({
      ...{ ...moduleOf(network), eventName: 'BallotCast', args, fromBlock, toBlock, strict: true },
    } as const),
  )
  return logs.map(({ args, transactionHash }) => ({ ...args, tx: transactionHash }))
}

/** @throws NexusError `no-such-decision` */
export async function readDecision(network: Network, id: Hex): Promise<DecisionView> {
  const [opened] = await readOpened(network, id)
  if (!opened) throw inputError('no-such-decision', `no decision ${id} was opened here`, { decisionId: id })
  return viewOf(network, opened, await readBallots(network, id))
}

/** Every decision, oldest first. @param aepId only those that cite this pack */
export async function readDecisions(network: Network, aepId?: Hex): Promise<DecisionView[]> {
  const opened = await readOpened(network)
  const ballots = Map.groupBy(await readBallots(network), ({ id }) => id)
  const wanted = opened.filter(({ proposal }) => !aepId || proposal.citedAeps.includes(aepId))
  const views: DecisionView[] = []
  for (const one of wanted) views.push(await viewOf(network, one, ballots.get(one.id) ?? []))
  return views
}

async function viewOf(network: Network, opened: Opened, cast: readonly Cast[]): Promise<DecisionView> {
  const { id, contextHash, proposal } = opened
  const decision = await network.client.readContract({
    ...{ ...moduleOf(network), functionName: 'decisionOf', args: [id] },
  } as const)
  const { yes, no, abstain, veto, recused } = decision
  const tally = {
    ...{ yes: seatsIn(yes), no: seatsIn(no), abstain: seatsIn(abstain) },
    ...{ veto: seatsIn(veto), recuse: seatsIn(recused) },
  }
  const className = classNames[decision.actionClass] ?? 'constitutional'
  const rule = await ruleOf(network, className)
  const state = stateNames[decision.state] ?? 'none'
  const view = {
    ...{ id, class: className, rule, state, tally, contextHash, proposal },
    ...{ openedAt: decision.openedAt, openedTx: opened.tx, expiresAt: decision.expiresAt },
    quorumAt: decision.quorumAt || null,
    readyAt: decision.readyAt || null,
  }
  return {
    ...view,
    calls: await decodeCalls(asNvmReads(network), proposal.calls),
    cited: await citedStates(network, proposal.citedAeps),
    // what a seat said before it changed hands is in the log and not in the bitmaps
    ballots: cast.map(({ seatId, choice: n, rationaleHash, tx }) => {
      const choice = choiceNames[n] ?? 'abstain'
      return { seatId, choice, rationaleHash, tx, counts: tally[choice].includes(seatId) }
    }),
    remains: remainsOf(view),
  }
}

type Standing = Pick<DecisionView, 'state' | 'rule' | 'tally' | 'readyAt' | 'expiresAt'>

/** What is still to come, in words. */
export function remainsOf({ state, rule, tally, readyAt, expiresAt }: Standing): string {
  const vetoes = rule.vetoes - tally.veto.length
  const killed = `${vetoes} more ${vetoes === 1 ? 'veto kills' : 'vetoes kill'} it`
  const until = formatUtcSeconds(expiresAt)
  switch (state) {
    case 'open':
      return `${rule.yes - tally.yes.length} more yes before ${until}; ${killed}`
    case 'passed':
      return `waits until ${formatUtcSeconds(readyAt ?? 0)}, dissent makes it longer; ${killed}`
    case 'ready':
      return `anyone may execute it before ${until}; ${killed}`
    default:
      return `nothing: it is ${state}`
  }
}

export interface AnnouncementView {
  id: Hex
  by: Address
  usableFrom: number
  usableUntil: number
  state: 'waiting' | 'usable' | 'used' | 'over'
  delegateCall: boolean
  call: DecodedCall
}

/** What owners have announced to do past the NVM. */
export async function readAnnouncements(network: Network): Promise<AnnouncementView[]> {
  const { client, manifest } = network
  const guard = { address: governanceOf(manifest).nvmGuard, abi: nexusGuardAbi } as const
  const read = <E extends 'Announced' | 'AnnouncementUsed'>(eventName: E) =>
    eventsOf(network, (fromBlock, toBlock) =>
      client.getContractEvents({ ...guard, eventName, fromBlock, toBlock, strict: true }),
    )
  const [announced, used] = [await read('Announced'), await read('AnnouncementUsed')]
  const now = Number((await client.getBlock()).timestamp)
  return Promise.all(
    announced.map(async ({ args, blockNumber }) => {
      const { id, by, to, value, data, operation, usableFrom, usableUntil } = args
      // the same content may be announced again once it was used
      const isUsed = used.some(
        other =>
          other.args.id === id &&
          other.blockNumber >= blockNumber &&
          !announced.some(a => a.args.id === id && a.blockNumber > blockNumber && a.blockNumber <= other.blockNumber),
      )
      const [call] = await decodeCalls(asNvmReads(network), [{ to, value, data }])
      if (!call) throw new Error('one call decodes to one')
      const open = now < usableFrom ? 'waiting' : now < usableUntil ? 'usable' : 'over'
      const state = isUsed ? ('used' as const) : (open as 'waiting' | 'usable' | 'over')
      return { id, by, usableFrom, usableUntil, state, delegateCall: operation === 1, call }
    }),
  )
}

export interface EmergencyView {
  decisionId: Hex
  target: Address
  contract: string | null
  /** As the decision had it; an extension moves `pausedUntil`. */
  until: number
  nextAt: number
  pausedUntil: number
  state: 'paused' | 'lapsed'
}

const pauseAbi = parseAbi(['function pausedUntil() view returns (uint40)'])

/** null of a target that does not say: one odd target must not hide the others. */
const pausedUntilOf = ({ client }: Network, target: Address): Promise<number | null> =>
  client.readContract({ address: target, abi: pauseAbi, functionName: 'pausedUntil' }).catch(error => {
    if (error instanceof ContractFunctionExecutionError && !error.walk(one => one instanceof HttpRequestError))
      return null
    throw error
  })

/** Every emergency there was, and what is left of it. */
export async function readEmergencies(network: Network): Promise<EmergencyView[]> {
  const { client, manifest } = network
  const logs = await eventsOf(network, (fromBlock, toBlock) =>
    client.getContractEvents({ ...moduleOf(network), eventName: 'EmergencyPaused', fromBlock, toBlock, strict: true }),
  )
  const now = Number((await client.getBlock()).timestamp)
  const names = contractsOf(manifest)
  return Promise.all(
    logs.map(async ({ args }, n) => {
      const { id, target, until, nextAt } = args
      const isLast = !logs.slice(n + 1).some(later => later.args.target === target)
      const pausedUntil = isLast ? ((await pausedUntilOf(network, target)) ?? until) : until
      return {
        ...{ decisionId: id, target, until, nextAt, pausedUntil },
        contract: names.find(({ address }) => address === target)?.name ?? null,
        state: now < pausedUntil ? ('paused' as const) : ('lapsed' as const),
      }
    }),
  )
}
