import type { Call } from '@nexus/governance/class-table'
import type { Named } from '@nexus/governance/contracts'
import { callLines, type DecodedCall } from '@nexus/governance/decode'
import type { ProposalView, RailView, readContent } from '@nexus/governance/rail/read'
import type { Simulation } from '@nexus/governance/rail/simulate'
import { formatUtcSeconds } from '@nexus/kit/time'
import { zeroAddress } from 'viem'
import { listed, type Row, rows } from '../output.ts'

export const span = (seconds: number): string =>
  seconds % 86_400 === 0 ? `${seconds / 86_400} d` : seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds} s`

export const contentRows = ({
  calls,
  track,
  cited,
  effectsHash,
  operationId,
}: Awaited<ReturnType<typeof readContent>>): Row[] => [
  ...listed(
    'does',
    calls.flatMap(call => {
      const [first = '', ...carried] = callLines([call])
      return [`${first}${call.highImpact ? '   [needs the NVM]' : ''}`, ...carried]
    }),
  ),
  ['track', track],
  ...listed(
    'cites',
    cited.map(({ aepId, state }) => `${aepId}, ${state}`),
  ),
  ...(effectsHash ? [['effects', effectsHash] as const] : []),
  ['operation', operationId],
]

export function proposalText(view: ProposalView): string {
  const { votes } = view
  return rows(`proposal ${view.id}: ${view.state}`, [
    ['by', view.proposer],
    ...listed('says', view.description.replaceAll('\n', ' / ').match(/.{1,110}/g) ?? []),
    ...contentRows(view),
    [
      'votes',
      `${votes.for} for, ${votes.against} against, ${votes.abstain} abstain${votes.quorum === null ? '' : `; quorum ${votes.quorum}`}`,
    ],
    ['voting', `after ${formatUtcSeconds(view.snapshot)}, until ${formatUtcSeconds(view.deadline)}`],
    ...(view.track === 'rail and NVM' ? [['NVM', view.consented ? 'consents' : 'has not consented'] as const] : []),
    ...listed('waits for', view.waits),
  ])
}

export function railText({ settings, page, members, ...rail }: RailView, proposals: readonly ProposalView[]): string {
  const head = rows(`rail ${rail.id}: ${rail.name}`, [
    ['governor', rail.governor],
    ['timelock', `${rail.timelock}, ${span(settings.timelockDelaySeconds)}`],
    ['membership', rail.membership],
    ['treasury', rail.treasury],
    ['votes', rail.votes === rail.membership ? 'one member, one vote' : rail.votes],
    ['metadata', settings.metadataURI],
    [
      'voting',
      `${span(settings.votingDelaySeconds)} after the proposal, for ${span(settings.votingPeriodSeconds)}, ${span(settings.lateQuorumSeconds)} more after a late quorum`,
    ],
    ['quorum', `${settings.quorumPercent} %; at once with ${settings.superQuorumPercent} %`],
    ['threshold', `${settings.proposalThreshold} votes to propose`],
    ['guardian', settings.guardian === zeroAddress ? 'none' : settings.guardian],
    ['charter', page.charterHash],
    ['level', `packs of level ${page.leastLevel} at least`],
    ...listed(
      'fees',
      page.fees.map(({ kind, bps }) => `${kind}: ${bps / 100} %`),
    ),
    ...listed(
      'packs',
      page.packs.map(({ componentId, inForce }) => `${componentId}${inForce ? '' : ', not in force'}`),
    ),
    ...listed(
      'competence',
      page.weights.map(({ field, bpsByLevel }) => `${field}: ${bpsByLevel.map(bps => `${bps / 100} %`).join(', ')}`),
    ),
    ...listed(
      'alone',
      page.alone.map(({ target, selector }) => `${target} ${selector}`),
    ),
    ...listed(
      'members',
      members.map(
        ({ account, votes, admittedAt, delegated }) =>
          `${account}: ${votes} votes, since ${admittedAt}${delegated.length ? `, delegates to ${delegated.length}` : ''}`,
      ),
    ),
  ])
  return [head, ...proposals.map(proposalText)].join('\n\n')
}

const argsText = (args: unknown): string =>
  JSON.stringify(args, (_, v) => (typeof v === 'bigint' ? v.toString() : v)) ?? ''

export function simulationText(
  { calls, simulation, effectsHash }: { calls: readonly DecodedCall[]; simulation: Simulation; effectsHash: string },
  nameOf: (address: string) => string,
): string {
  const { at, gasUsed, balances, roles, slots, effects, leftOut } = simulation
  return rows(`as if executed at ${formatUtcSeconds(at)}`, [
    ...listed('does', callLines(calls)),
    ['gas', `${gasUsed}`],
    ...listed(
      'balances',
      balances.map(
        ({ token, account, change }) =>
          `${nameOf(account)}: ${change > 0n ? '+' : ''}${change} ${token === zeroAddress ? 'wei' : nameOf(token)}`,
      ),
    ),
    ...listed(
      'roles',
      roles.map(({ contract, event, args }) => `${nameOf(contract)}: ${event} ${argsText(args)}`),
    ),
    ...listed(
      'storage',
      slots.map(
        ({ target, slot, before, after, exposed, steady }) =>
          `${nameOf(target)} ${slot}: ${before} to ${after}${steady ? '' : ', depends on the time'}${exposed ? '' : ', not exposed'}`,
      ),
    ),
    [
      'effects',
      `${effectsHash}, of ${effects.balances.length} balances and ${effects.slots.length} slots${leftOut ? `; ${leftOut} more have no room` : ''}`,
    ],
  ])
}

/** Names where they are known, addresses where not. */
export const namer = (contracts: readonly Named[]) => (address: string) =>
  contracts.find(one => one.address === address)?.name ?? address

/** As a file of calls has them. */
export const rawCalls = (calls: readonly Call[]) =>
  calls.map(({ to, value, data }) => ({ to, value: `${value}`, data }))
