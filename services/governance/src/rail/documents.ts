import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import { canonicalJson } from '@nexus/kit/canonical'
import { type Address, type Hex, isAddressEqual, zeroAddress } from 'viem'
import type { Network } from '../contracts.ts'
import { createdProposals, type ProposalView, type Rail, type RailView, readProposal, readRail } from './read.ts'

/** As ERC-4824 writes them: the first for the document of the DAO itself, the other for those that it names. */
const DAO_CONTEXT = 'http://www.daostar.org/schemas'
const CONTEXT = 'https://www.daostar.org/schemas'
const JSON_TYPE = 'application/json; charset=utf-8'
const MARKDOWN_TYPE = 'text/markdown; charset=utf-8'
const MOST_TITLE = 200

export interface Document {
  type: string
  text: string
}

/** By their names below the base, `dao.json` first. */
export type Documents = ReadonlyMap<string, Document>

const caip10 = (chainId: number, address: Address): string => `eip155:${chainId}:${address}`
const person = (id: Address) => ({ type: 'EthereumAddress', id })

/**
 * What ERC-4824 asks of a DAO, of a rail as the chain has it at this moment: the same bytes for whoever asks at the same block.
 * @param base where they will be found, without a slash at the end
 */
export async function railDocuments(network: Network, rail: Rail, base: string): Promise<Documents> {
  const { chainId } = network.manifest
  const view = await readRail(network, rail)
  const proposals: ProposalView[] = []
  for (const created of await createdProposals(network, rail))
    proposals.push(await readProposal(network, rail, created))
  const of = (name: string, content: Record<string, unknown>): [string, Document] => [
    name,
    { type: JSON_TYPE, text: canonicalJson({ '@context': CONTEXT, type: 'DAO', name: rail.name, ...content }) },
  ]
  const idOf = (proposalId: bigint) => `${caip10(chainId, rail.governor)}?proposalId=${proposalId}`
  return new Map([
    of('dao.json', {
      '@context': DAO_CONTEXT,
      description: `Rail ${rail.id}: its members decide by the governor ${caip10(chainId, rail.governor)}`,
      membersURI: `${base}/members.json`,
      proposalsURI: `${base}/proposals.json`,
      activityLogURI: `${base}/activity-log.json`,
      governanceURI: `${base}/governance.md`,
      contractsURI: `${base}/contracts.json`,
    }),
    of('members.json', { members: view.members.map(({ account }) => person(account)) }),
    of('proposals.json', {
      proposals: proposals.map(({ id, description, state, calls }) => ({
        ...{ type: 'proposal', id: idOf(id), name: titleOf(description) ?? `Proposal ${id}`, status: state },
        contentURI: `${base}/proposals/${id}.md`,
        calls: calls.map(({ to, value, data }) => ({
          ...{ type: 'CallDataEVM', operation: 'call', from: rail.timelock, to, value: `${value}`, data },
        })),
      })),
    }),
    of('activity-log.json', {
      activities: (await activitiesOf(network, rail)).map(({ proposalId, member, tx, logIndex }) => ({
        ...{ type: 'activity', id: `${caip10(chainId, rail.governor)}?transaction=${tx}&log=${logIndex}` },
        ...{ proposal: { type: 'proposal', id: idOf(proposalId) }, member: person(member) },
      })),
    }),
    of('contracts.json', { contracts: contractsIn(rail) }),
    ['governance.md', { type: MARKDOWN_TYPE, text: governanceText(view) }],
    ...proposals.map(({ id, description }): [string, Document] => [
      `proposals/${id}.md`,
      { type: MARKDOWN_TYPE, text: description },
    ]),
  ])
}

/** The first line that says something, without what makes it a heading. */
function titleOf(description: string): string | undefined {
  const lines = description.split('\n').map(line => line.replace(/^#+\s/, '').trim())
  return lines.find(line => line !== '' && !line.startsWith('#proposer='))?.slice(0, MOST_TITLE)
}

interface Activity {
  proposalId: bigint
  member: Address
  tx: Hex
  logIndex: number
  blockNumber: bigint
}

/** Who proposed and who voted, in that order of the chain's. */
async function activitiesOf({ client, manifest }: Network, { governor }: Rail): Promise<Activity[]> {
  const on = {
    address: governor,
    abi: railGovernorAbi,
    fromBlock: BigInt(manifest.deployedAtBlock),
    strict: true,
  } as const
  const [created, cast, castWithParams] = await Promise.all([
    client.getContractEvents({ ...on, eventName: 'ProposalCreated' }),
    client.getContractEvents({ ...on, eventName: 'VoteCast' }),
    client.getContractEvents({ ...on, eventName: 'VoteCastWithParams' }),
  ])
  return [
    ...created.map(log => ({ ...log, member: log.args.proposer })),
    ...[...cast, ...castWithParams].map(log => ({ ...log, member: log.args.voter })),
  ]
    .map(({ args: { proposalId }, member, transactionHash: tx, logIndex, blockNumber }) => ({
      ...{ proposalId, member, tx, logIndex, blockNumber },
    }))
    .sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex)
}

function contractsIn({ governor, timelock, membership, treasury, votes }: Rail) {
  const all: [Address, string, string][] = [
    [timelock, 'Timelock', 'Acts for the rail, after a delay; names this document (ERC-4824)'],
    [governor, 'Governor', 'Takes proposals and votes'],
    [membership, 'Membership', 'Says who is a member (ERC-5192)'],
    [treasury, 'Treasury', 'Holds what is the rail’s'],
    ...(isAddressEqual(votes, membership)
      ? []
      : [[votes, 'Votes', 'What votes are counted in'] as [Address, string, string]]),
  ]
  return all.map(([id, name, description]) => ({ ...person(id), name, description }))
}

const span = (seconds: number) => (seconds % 86_400 === 0 ? `${seconds / 86_400} d` : `${seconds / 3_600} h`)

function governanceText({ name, settings, page, votes, membership }: RailView): string {
  const { guardian, votingDelaySeconds, votingPeriodSeconds, lateQuorumSeconds, timelockDelaySeconds } = settings
  return [
    `# How ${name} decides`,
    '',
    `- Votes: ${isAddressEqual(votes, membership) ? 'one member, one vote' : `the token ${votes}`}, and competence by the rail's own table.`,
    `- Votes needed to propose: ${settings.proposalThreshold}. Voting begins ${span(votingDelaySeconds)} after the proposal and lasts ${span(votingPeriodSeconds)}; a late quorum adds ${span(lateQuorumSeconds)}.`,
    `- Quorum: ${settings.quorumPercent} %; with ${settings.superQuorumPercent} % in favour a proposal has succeeded at once.`,
    `- What has succeeded waits ${span(timelockDelaySeconds)} in the timelock. While evidence that it cites is disputed it is neither queued nor executed; if that is void, anyone may cancel it.`,
    `- What the rail does not decide alone needs the consent of the NVM.`,
    `- Guardian, who may cancel: ${guardian === zeroAddress ? 'nobody' : guardian}.`,
    `- Fees: ${page.fees.map(({ kind, bps }) => `${kind} ${bps / 100} %`).join(', ') || 'none'}. Packs: of conformance level ${page.leastLevel} at least.`,
    `- Charter: ${page.charterHash}. Opened ${page.openedAt}.`,
    '',
  ].join('\n')
}
