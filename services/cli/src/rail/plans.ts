import { railGovernorAbi } from '@nexus/chain/abi/RailGovernor'
import type { Call } from '@nexus/governance/class-table'
import { railsOf } from '@nexus/governance/contracts'
import { declaration, type Effects } from '@nexus/governance/rail/effects'
import {
  actionArgs,
  type Content,
  citation,
  claimedBy,
  type ProposalFile,
  proposalIdOf,
} from '@nexus/governance/rail/proposal'
import { type Created, type Rail, readContent, readProposal } from '@nexus/governance/rail/read'
import { type Hex, zeroAddress } from 'viem'
import { rows } from '../output.ts'
import type { Plan } from '../policy/actions.ts'
import { reading } from '../policy/network.ts'
import { type Deps, type PlannedCall, simulate } from '../policy/write.ts'
import { contentRows, proposalText } from './text.ts'

const onGovernor = ({ governor }: Rail, functionName: string, args: readonly unknown[]): PlannedCall => ({
  ...{ label: functionName, address: governor, abi: railGovernorAbi, functionName, args },
})

export interface Wanted {
  calls: readonly Call[]
  description: string
  aepIds: readonly Hex[]
  effects: Effects | null
}

/** Citation first, declaration of effects last, the proposer's name in the text. */
export async function planProposal(
  deps: Deps,
  rail: Rail,
  { calls, description, aepIds, effects }: Wanted,
): Promise<Plan & { file: ProposalFile }> {
  const { network, account } = deps
  const { evidenceGuard, effectsGuard } = railsOf(network.manifest)
  const content: Content = {
    calls: [
      ...(aepIds.length ? [citation(evidenceGuard, aepIds)] : []),
      ...calls,
      ...(effects ? [declaration(effectsGuard, effects)] : []),
    ],
    // who only looks has no name yet, and so another id than who then proposes
    description: account.address === zeroAddress ? description : claimedBy(account.address, description),
  }
  const [targets, values, payloads] = actionArgs(content)
  const call = onGovernor(rail, 'propose', [targets, values, payloads, content.description])
  const view = await reading(() => readContent(network, rail, content))
  await simulate(deps, call)
  const proposalId = proposalIdOf(content)
  return {
    calls: [call],
    effects: { proposalId, rail: rail.id, governor: rail.governor, description: content.description, ...view },
    text: rows(`propose to rail ${rail.id}`, [['proposal', `${proposalId}`], ...contentRows(view)]),
    file: { chainId: network.manifest.chainId, governor: rail.governor, proposalId, ...content },
  }
}

/** As in GovernorCountingSimple. */
export const supports = { against: 0, for: 1, abstain: 2 } as const
export type Support = keyof typeof supports

export async function planVote(
  deps: Deps,
  rail: Rail,
  created: Created,
  { support, reason }: { support: Support; reason: string | undefined },
): Promise<Plan> {
  const { client } = deps.network
  const view = await reading(() => readProposal(deps.network, rail, created))
  const args = [created.proposalId, supports[support]] as const
  const call =
    reason === undefined
      ? onGovernor(rail, 'castVote', args)
      : onGovernor(rail, 'castVoteWithReason', [...args, reason])
  await simulate(deps, call)
  const votes = await reading(() =>
    client.readContract({
      ...{ address: rail.governor, abi: railGovernorAbi, functionName: 'getVotes' },
      args: [deps.account.address, BigInt(view.snapshot)],
    } as const),
  )
  const own = `${votes} votes ${support}${votes === 0n ? ': this account had none when the question was put' : ''}`
  return {
    calls: [call],
    effects: { proposalId: created.proposalId, support, votes, reason: reason ?? null, proposal: view },
    text: `${proposalText(view)}\n${rows('vote', [['with', own]])}`,
  }
}

/** What moves a proposal on, or ends it: the whole content is in the call. */
export async function planStep(
  deps: Deps,
  rail: Rail,
  created: Created,
  step: 'queue' | 'execute' | 'cancel',
): Promise<Plan> {
  const view = await reading(() => readProposal(deps.network, rail, created))
  const call = onGovernor(rail, step, actionArgs(created))
  await simulate(deps, call)
  return {
    calls: [call],
    effects: { proposalId: created.proposalId, step, proposal: view },
    text: `${proposalText(view)}\n${rows(step, [['proposal', `${created.proposalId}`]])}`,
  }
}
