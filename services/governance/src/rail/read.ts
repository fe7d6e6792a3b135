import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { railBookAbi } from '@nexus/chain/abi/RailBook'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { railMembershipAbi } from '@nexus/chain/abi/RailMembership'
import { railTimelockAbi } from '@nexus/chain/abi/RailTimelock'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { type Address, getAddress, type Hex, isAddress, keccak256, stringToHex } from 'viem'
import type { Call } from '../class-table.ts'
import { type Network, type RailAddresses, railsOf } from '../contracts.ts'
import { asRailReads, type DecodedCall, decodeCalls } from '../decode.ts'
import { declaredBy } from './effects.ts'
import {
  type Content,
  citedBy,
  type EvidenceState,
  evidenceStates,
  operationIdOf,
  type ProposalState,
  proposalStates,
} from './proposal.ts'

export interface Rail extends RailAddresses {
  id: bigint
  name: string
  votes: Address
}

/** By its number, or by its governor's address. @throws NexusError `bad-rail`, `no-such-rail` */
export async function findRail({ client, manifest }: Network, text: string): Promise<Rail> {
  const factory = { address: railsOf(manifest).factory, abi: railFactoryAbi } as const
  const opened = (filter: { governor?: Address; railId?: bigint }) =>
    client.getContractEvents({
      ...{ ...factory, eventName: 'RailOpened', strict: true, args: filter },
      fromBlock: BigInt(manifest.deployedAtBlock),
    })
  const isNumber = /^[1-9]\d{0,9}$/.test(text)
  if (!isNumber && !isAddress(text))
    throw inputError('bad-rail', `"${text}" is neither the number of a rail nor the address of its governor`, { text })
  const [found] = await opened(isNumber ? { railId: BigInt(text) } : { governor: getAddress(text) })
  if (!found) throw inputError('no-such-rail', `the factory opened no rail ${text}`, { text, factory: factory.address })
  const { railId: id, governor, timelock, membership, treasury, votes, name } = found.args
  return { id, governor, timelock, membership, treasury, votes, name }
}

const KNOWN_FEES = ['premium', 'payout', 'withdrawal', 'data', 'membership']
const feeName = (kind: Hex): string => KNOWN_FEES.find(name => keccak256(stringToHex(name)) === kind) ?? kind

/** Everything a rail is, as the chain has it. */
export async function readRail({ client, manifest }: Network, rail: Rail) {
  const { governor, timelock, membership } = rail
  const onGovernor = { address: governor, abi: railGovernorAbi } as const
  const onTimelock = { address: timelock, abi: railTimelockAbi } as const
  const onMembership = { address: membership, abi: railMembershipAbi } as const
  const onBook = { address: railsOf(manifest).book, abi: railBookAbi } as const
  const since = { fromBlock: BigInt(manifest.deployedAtBlock), strict: true } as const
  const about = { ...onBook, ...since, args: { timelock } } as const

  const admitted = await client.getContractEvents({ ...onMembership, ...since, eventName: 'MemberAdmitted' })
  const reasons = new Map(admitted.map(({ args }) => [args.account, args.reasonHash]))
  const members = []
  for (const [account, reasonHash] of reasons) {
    if (!(await client.readContract({ ...onMembership, functionName: 'isMember', args: [account] }))) continue
    const [admittedAt, keptVotes, votes, shares] = await Promise.all([
      client.readContract({ ...onMembership, functionName: 'admittedAtOf', args: [account] }),
      client.readContract({ ...onMembership, functionName: 'keptVotesOf', args: [account] }),
      client.readContract({ ...onMembership, functionName: 'getVotes', args: [account] }),
      client.readContract({ ...onMembership, functionName: 'sharesOf', args: [account] }),
    ])
    members.push({ account, admittedAt: formatUtcSeconds(admittedAt), votes, keptVotes, delegated: shares, reasonHash })
  }

  const number = async (read: Promise<bigint | number>) => Number(await read)
  const settings = {
    votingDelaySeconds: await number(client.readContract({ ...onGovernor, functionName: 'votingDelay' })),
    votingPeriodSeconds: await number(client.readContract({ ...onGovernor, functionName: 'votingPeriod' })),
    lateQuorumSeconds: await number(client.readContract({ ...onGovernor, functionName: 'lateQuorumVoteExtension' })),
    quorumPercent: await number(client.readContract({ ...onGovernor, functionName: 'quorumNumerator' })),
    superQuorumPercent: await number(client.readContract({ ...onGovernor, functionName: 'superQuorumNumerator' })),
    proposalThreshold: await client.readContract({ ...onGovernor, functionName: 'proposalThreshold' }),
    guardian: await client.readContract({ ...onGovernor, functionName: 'proposalGuardian' }),
    timelockDelaySeconds: await number(client.readContract({ ...onTimelock, functionName: 'getMinDelay' })),
    metadataURI: await client.readContract({ ...onTimelock, functionName: 'daoURI' }),
  }

  const [charterHash, leastLevel, openedAt, voteUnit] = await client.readContract({
    ...{ ...onBook, functionName: 'pageOf', args: [timelock] },
  } as const)
  const fees = []
  const feeEvents = await client.getContractEvents({ ...about, eventName: 'FeeSet' })
  for (const kind of new Set(feeEvents.map(({ args }) => args.kind))) {
    const bps = await client.readContract({ ...onBook, functionName: 'feeOf', args: [timelock, kind] })
    if (bps > 0) fees.push({ kind: feeName(kind), bps })
  }
  const packs = []
  const packEvents = await client.getContractEvents({ ...about, eventName: 'PackEnabled' })
  for (const componentId of new Set(packEvents.map(({ args }) => args.componentId))) {
    const args = [timelock, componentId] as const
    if (!(await client.readContract({ ...onBook, functionName: 'isPackEnabled', args }))) continue
    packs.push({ componentId, inForce: await client.readContract({ ...onBook, functionName: 'isPackInForce', args }) })
  }
  const trackEvents = await client.getContractEvents({ ...about, eventName: 'TrackSet' })
  const tracks = [...new Map(trackEvents.map(({ args }) => [`${args.target}${args.selector}`, args])).values()]
    .filter(({ alone }) => alone)
    .map(({ target, selector }) => ({ target, selector }))
  const weights = await client.readContract({ ...onBook, functionName: 'weightsOf', args: [timelock] })
  const page = {
    ...{ charterHash, leastLevel, voteUnit, openedAt: formatUtcSeconds(openedAt) },
    ...{ fees, packs, weights, alone: tracks },
  }
  return { ...rail, members, settings, page }
}
export type RailView = Awaited<ReturnType<typeof readRail>>

/** What a set of calls means to a rail before or after it is proposed. */
export async function readContent({ client, manifest }: Network, rail: Rail, content: Content) {
  const { calls } = content
  const rails = railsOf(manifest)
  const timelock = { address: rail.timelock, abi: railTimelockAbi } as const
  const highImpact = await Promise.all(
    calls.map(({ to, value, data }) =>
      client.readContract({ ...timelock, functionName: 'isHighImpact', args: [to, value, data] }),
    ),
  )
  const decoded = await decodeCalls(asRailReads(manifest, rail), calls)
  return {
    calls: decoded.map((call, n): DecodedCall & { highImpact: boolean } => ({
      ...call,
      highImpact: highImpact[n] === true,
    })),
    track: highImpact.includes(true) ? ('rail and NVM' as const) : ('rail alone' as const),
    cited: await evidenceOf({ client, manifest }, citedBy(calls, rails.evidenceGuard)),
    effectsHash: declaredBy(calls, rails.effectsGuard)?.effectsHash ?? null,
    operationId: operationIdOf(content, rail.governor),
  }
}

export const evidenceOf = (
  { client, manifest }: Network,
  aepIds: readonly Hex[],
): Promise<{ aepId: Hex; state: EvidenceState }[]> =>
  Promise.all(
    aepIds.map(async aepId => {
      const state = await client.readContract({
        ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'stateOf', args: [aepId] },
      } as const)
      return { aepId, state: evidenceStates[state] ?? 'unknown' }
    }),
  )

export interface Created extends Content {
  proposalId: bigint
  proposer: Address
}

/** All proposals of a rail, or the one with an id, from what the governor said when they were made. */
export async function createdProposals(
  { client, manifest }: Network,
  { governor }: Rail,
  proposalId?: bigint,
): Promise<Created[]> {
  const events = await client.getContractEvents({
    ...{ address: governor, abi: railGovernorAbi, eventName: 'ProposalCreated', strict: true },
    fromBlock: BigInt(manifest.deployedAtBlock),
  })
  return events
    .map(({ args }) => ({
      ...{ proposalId: args.proposalId, proposer: args.proposer, description: args.description },
      calls: args.targets.map(
        (to, n): Call => ({
          ...{ to: getAddress(to), value: args.values[n] ?? 0n, data: args.calldatas[n] ?? '0x' },
        }),
      ),
    }))
    .filter(created => proposalId === undefined || created.proposalId === proposalId)
}

/** @throws NexusError `no-such-proposal` */
export async function findProposal(network: Network, rail: Rail, proposalId: bigint): Promise<Created> {
  const [found] = await createdProposals(network, rail, proposalId)
  if (found) return found
  throw inputError('no-such-proposal', `rail ${rail.id} has no proposal ${proposalId}`, {
    ...{ rail: `${rail.id}`, proposalId: `${proposalId}` },
  })
}

export async function readProposal(network: Network, rail: Rail, created: Created) {
  const { client, manifest } = network
  const { proposalId: id, proposer, description } = created
  const governor = { address: rail.governor, abi: railGovernorAbi } as const
  const content = await readContent(network, rail, created)
  const [state, snapshot, deadline, eta, [againstVotes, forVotes, abstainVotes], consented, { timestamp }] =
    await Promise.all([
      client.readContract({ ...governor, functionName: 'state', args: [id] }),
      client.readContract({ ...governor, functionName: 'proposalSnapshot', args: [id] }),
      client.readContract({ ...governor, functionName: 'proposalDeadline', args: [id] }),
      client.readContract({ ...governor, functionName: 'proposalEta', args: [id] }),
      client.readContract({ ...governor, functionName: 'proposalVotes', args: [id] }),
      client.readContract({
        ...{ address: railsOf(manifest).book, abi: railBookAbi, functionName: 'hasConsent' },
        args: [rail.timelock, content.operationId],
      } as const),
      client.getBlock(),
    ])
  // nobody's votes at a time that is not past can be known
  const quorum =
    snapshot < timestamp ? await client.readContract({ ...governor, functionName: 'quorum', args: [snapshot] }) : null
  const view = {
    ...{ id, proposer, description, ...content, consented },
    state: proposalStates[state] ?? 'pending',
    votes: { for: forVotes, against: againstVotes, abstain: abstainVotes, quorum },
    ...{ snapshot: Number(snapshot), deadline: Number(deadline), eta: Number(eta) },
  }
  return { ...view, waits: waitsFor(view, Number(timestamp)) }
}
export type ProposalView = Awaited<ReturnType<typeof readProposal>>

interface Waiting {
  state: ProposalState
  track: 'rail alone' | 'rail and NVM'
  consented: boolean
  cited: readonly { aepId: Hex; state: EvidenceState }[]
  snapshot: number
  deadline: number
  eta: number
}

/** What stands between a proposal and its execution. Empty: nothing, or nothing can any more. */
export function waitsFor(proposal: Waiting, now: number): string[] {
  const { state, track, consented, cited, snapshot, deadline, eta } = proposal
  if (state === 'canceled' || state === 'defeated' || state === 'expired' || state === 'executed') return []
  const evidence = cited.flatMap(({ aepId, state: found }) =>
    found === 'disputed'
      ? [`the dispute of ${aepId} to be decided`]
      : found === 'void'
        ? [`nothing: ${aepId} is void, anyone may cancel it`]
        : [],
  )
  const consent = track === 'rail and NVM' && !consented ? ['the consent of the NVM to its operation'] : []
  if (state === 'pending') return [`its vote, which begins after ${formatUtcSeconds(snapshot)}`, ...evidence]
  if (state === 'active') return [`votes, until ${formatUtcSeconds(deadline)}`, ...evidence]
  if (state === 'succeeded') return [...evidence, 'anyone to queue it', ...consent]
  const delay = now < eta ? [`its delay, until ${formatUtcSeconds(eta)}`] : []
  return [...evidence, ...consent, ...delay, 'anyone to execute it']
}
