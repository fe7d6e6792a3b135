import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { type Address, type Hex, zeroAddress } from 'viem'
import { type GiftEvent, type Given, ledgerOf } from './ledger.ts'
import { inPieces } from './logs.ts'
import { type RoundsOnChain, type RoundTerms, readTerms } from './terms.ts'

export const phases = ['application', 'contribution', 'review', 'matching', 'payout', 'cancelled'] as const
export type PhaseName = (typeof phases)[number]
export const roundStatuses = ['open', 'totals', 'sharing', 'matched', 'cancelled'] as const
export type RoundStatusName = (typeof roundStatuses)[number]
export const projectStatuses = ['none', 'accepted', 'disqualified'] as const
export type ProjectStatusName = (typeof projectStatuses)[number]

export interface ProjectOnChain {
  projectId: number
  recipient: Address
  status: ProjectStatusName
  /** Unix seconds; 0 if payouts were never held. */
  heldUntil: number
  /** Milestones. */
  released: number
  paid: number
  forfeited: boolean
  capped: boolean
  /** As the contract counts: S, C, and how many give. */
  sqrtSum: bigint
  contributed: bigint
  contributors: number
}

/** Somebody who applied and was not reviewed yet. */
export interface Application {
  applicant: Address
  dossierHash: Hex
  uri: string
}

/** A round as it is at one block. */
export interface RoundOnChain {
  address: Address
  terms: RoundTerms
  atBlock: bigint
  /** Unix seconds of that block. */
  timestamp: number
  phase: PhaseName
  status: RoundStatusName
  poolAssets: bigint
  applications: readonly Application[]
  projects: readonly ProjectOnChain[]
  /** By the round's own events. */
  given: readonly Given[]
  resultRoot: Hex
  leftoverAssets: bigint
}

const AT_ONCE = 50

/** Reads a round: its state from storage, who gives what from its events. `blockNumber`: the head where nothing is said. */
export async function readRound(chain: RoundsOnChain, address: Address, blockNumber?: bigint): Promise<RoundOnChain> {
  const { client, fromBlock, logBlocks } = chain
  const terms = await readTerms(chain, address)
  const block = await client.getBlock(blockNumber === undefined ? {} : { blockNumber })
  const at = { address, abi: quadraticRoundAbi, blockNumber: block.number } as const
  const [phase, status, poolAssets, count, [resultRoot, , leftoverAssets]] = await Promise.all([
    client.readContract({ ...at, functionName: 'phase' }),
    client.readContract({ ...at, functionName: 'status' }),
    client.readContract({ ...at, functionName: 'poolAssets' }),
    client.readContract({ ...at, functionName: 'projectCount' }),
    client.readContract({ ...at, functionName: 'result' }),
  ])
  const events = await inPieces({ from: fromBlock, to: block.number, most: logBlocks }, (from, to) =>
    client.getContractEvents({ address, abi: quadraticRoundAbi, fromBlock: from, toBlock: to, strict: true }),
  )
  const projects: ProjectOnChain[] = []
  for (let first = 0; first < Number(count); first += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, Number(count) - first) }, (_, n) => first + n)
    projects.push(...(await Promise.all(ids.map(projectId => readProject(chain, at, projectId)))))
  }
  return {
    ...{ address, terms, atBlock: block.number, timestamp: Number(block.timestamp) },
    phase: phases[phase] ?? 'application',
    status: roundStatuses[status] ?? 'open',
    ...{ poolAssets, resultRoot, leftoverAssets, projects },
    applications: openApplications(events),
    given: ledgerOf(
      events.flatMap((event): GiftEvent[] =>
        event.eventName === 'Contributed' || event.eventName === 'ContributionRefunded' ? [event] : [],
      ),
      terms.others,
    ),
  }
}

async function readProject(
  { client }: RoundsOnChain,
  at: { address: Address; abi: typeof quadraticRoundAbi; blockNumber: bigint },
  projectId: number,
): Promise<ProjectOnChain> {
  const [state, [sqrtSum, contributed, contributors]] = await Promise.all([
    client.readContract({ ...at, functionName: 'projectOf', args: [projectId] }),
    client.readContract({ ...at, functionName: 'tallyOf', args: [projectId] }),
  ])
  const status = projectStatuses[state.status] ?? 'none'
  return { ...state, status, projectId, sqrtSum, contributed, contributors: Number(contributors) }
}

interface AnyEvent {
  eventName: string
  args: unknown
}

function openApplications(events: readonly AnyEvent[]): Application[] {
  const open = new Map<Address, Application>()
  for (const { eventName, args } of events) {
    const { applicant, recipient, dossierHash, uri } = args as Partial<Application> & { recipient?: Address } // as the ABI has them
    if (eventName === 'ProjectApplied')
      open.set(applicant ?? zeroAddress, {
        ...{ applicant: applicant ?? zeroAddress, dossierHash: dossierHash ?? '0x', uri: uri ?? '' },
      })
    else if (eventName === 'ProjectAccepted') open.delete(recipient ?? zeroAddress)
    else if (eventName === 'ProjectRejected') open.delete(applicant ?? zeroAddress)
  }
  return [...open.values()]
}
