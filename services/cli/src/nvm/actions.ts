import { nexusValidationModuleAbi } from '@nexus/chain/abi/NexusValidationModule'
import type { BallotFile } from '@nexus/governance/ballot-file'
import { governanceOf } from '@nexus/governance/contracts'
import { choiceNames, decisionIdOf, openTypedData, type Proposal } from '@nexus/governance/decision'
import { citedStates, classOf, type DecisionView, type Rule, readDecision, ruleOf } from '@nexus/governance/decisions'
import { asNvmReads, callLines, type DecodedCall, decodeCalls } from '@nexus/governance/decode'
import { readSeat, type SeatView } from '@nexus/governance/seats'
import { inputError } from '@nexus/kit/errors'
import { type Hex, hashTypedData } from 'viem'
import { listed, type Row, rows } from '../output.ts'
import type { Plan } from '../policy/actions.ts'
import { type Network, reading } from '../policy/network.ts'
import { type Deps, type PlannedCall, simulate } from '../policy/write.ts'
import { type Holder, requireHolder } from './holder.ts'

const hours = (seconds: number) => (seconds % 86_400 === 0 ? `${seconds / 86_400} days` : `${seconds / 3600} h`)

export const ruleText = ({ yes, vetoes, delaySeconds, dissentSeconds }: Rule): string =>
  [
    `${yes} yes`,
    `${vetoes} vetoes kill`,
    delaySeconds ? `then ${hours(delaySeconds)}` : 'no delay',
    ...(dissentSeconds ? [`each dissent ${hours(dissentSeconds)} more`] : []),
  ].join(', ')

export const callRows = (calls: readonly DecodedCall[]): Row[] => listed('does', callLines(calls))

export async function seatAt(network: Network, seatId: number): Promise<SeatView> {
  const seat = await reading(() => readSeat(network, seatId))
  if (seat) return seat
  throw inputError('vacant-seat', `nobody holds seat ${seatId}`, { seatId })
}

export const onModule = (
  { manifest }: Network,
  label: string,
  functionName: string,
  args: readonly unknown[],
): PlannedCall => ({
  ...{ label, address: governanceOf(manifest).nvm, abi: nexusValidationModuleAbi, functionName, args },
})

const moduleAt = ({ manifest }: Network) => ({ chainId: manifest.chainId, module: governanceOf(manifest).nvm })

/** Opens a decision for a seat: by its owner's own transaction, or by its holder's signature through anybody's. */
export async function planOpen(deps: Deps, proposal: Proposal, holder: Holder | null): Promise<Plan> {
  const { network } = deps
  const seat = await seatAt(network, proposal.seatId)
  if (holder) requireHolder(seat, holder.by)
  const at = moduleAt(network)
  const { id, contextHash } = decisionIdOf(at, proposal, seat.epoch)
  const digest = hashTypedData(openTypedData(at, { decisionId: id, seatId: seat.seatId, seatEpoch: seat.epoch }))
  const call = onModule(network, 'open', 'open', [proposal, holder ? await holder.sign(digest) : '0x'])
  const [className, calls, cited] = await reading(() =>
    Promise.all([
      classOf(network, proposal.calls),
      decodeCalls(asNvmReads(network), proposal.calls),
      citedStates(network, proposal.citedAeps),
    ]),
  )
  const rule = await reading(() => ruleOf(network, className))
  await simulate(deps, call)
  return {
    calls: [call],
    effects: {
      ...{ decisionId: id, contextHash, class: className, rule, seatId: seat.seatId, nonce: proposal.nonce },
      ...{ calls, cited, rationaleHash: proposal.rationaleHash },
    },
    text: rows(`open a decision of the ${className} class`, [
      ['decision', id],
      ['seat', `${seat.seatId}, owned by ${seat.owner}`],
      ...callRows(calls),
      ['needs', ruleText(rule)],
      ...cited.map(({ aepId, state }) => ['cites', `${aepId}, ${state}`] as const),
      ['rationale', proposal.rationaleHash],
    ]),
  }
}

const decisionRows = ({ id, class: className, state, calls, remains }: DecisionView): Row[] => [
  ['decision', `${id}, ${className}, ${state}`],
  ...callRows(calls),
  ['remains', remains],
]

/** A seat's ballot by its owner's own transaction. */
export async function planCast(
  deps: Deps,
  { decisionId, seatId, choice, rationaleHash }: Pick<BallotFile, 'decisionId' | 'seatId' | 'choice' | 'rationaleHash'>,
): Promise<Plan> {
  const seat = await seatAt(deps.network, seatId)
  const decision = await reading(() => readDecision(deps.network, decisionId))
  const args = [decisionId, seatId, choiceNames.indexOf(choice), rationaleHash]
  const call = onModule(deps.network, `${choice} of seat ${seatId}`, 'cast', args)
  await simulate(deps, call)
  return {
    calls: [call],
    effects: {
      ...{ decisionId, class: decision.class, state: decision.state, calls: decision.calls },
      ballots: [{ seatId, choice, rationaleHash }],
    },
    text: rows(`seat ${seatId} says ${choice}`, [
      ...decisionRows(decision),
      ['seat', `${seatId}, owned by ${seat.owner}`],
      ['rationale', rationaleHash],
    ]),
  }
}

/** A ballot that the module would refuse is refused here, with the file's name: one bad ballot must not stop the others silently. */
async function requireCarriable(network: Network, ballot: BallotFile, where: string): Promise<void> {
  const { chainId, module } = moduleAt(network)
  const bad = (code: string, what: string, details: Record<string, unknown>) =>
    inputError(code, `${where}: ${what}`, { file: where, ...details })
  if (ballot.chainId !== chainId || ballot.module !== module)
    throw bad('another-chain', 'the ballot is for another chain or module than the manifest names', {
      expected: { chainId, module },
      actual: { chainId: ballot.chainId, module: ballot.module },
    })
  if (ballot.signature === null) throw bad('ballot-unsigned', 'the ballot is not signed yet', { seatId: ballot.seatId })
  const seat = await seatAt(network, ballot.seatId)
  if (seat.epoch !== ballot.seatEpoch)
    throw bad('another-epoch', `seat ${seat.seatId} changed hands since: what its holder before signed is void`, {
      ...{ seatId: seat.seatId, expected: seat.epoch, actual: ballot.seatEpoch },
    })
  if (seat.lapsed)
    throw bad('seat-lapsed', `the term of seat ${seat.seatId} is over: it has no ballot`, { seatId: seat.seatId })
  requireHolder(seat, ballot.signer, `${where}: `)
}

/** Ballots that were signed apart, all of one decision in one transaction. Anyone may carry them. */
export async function planRelay(deps: Deps, files: readonly { ballot: BallotFile; where: string }[]): Promise<Plan> {
  const { network } = deps
  for (const { ballot, where } of files) await requireCarriable(network, ballot, where)
  const calls: PlannedCall[] = []
  const effects: Record<string, unknown>[] = []
  const texts: string[] = []
  for (const [decisionId, all] of Map.groupBy(files, ({ ballot }) => ballot.decisionId)) {
    const seats = all.map(({ ballot }) => ballot.seatId)
    const twice = seats.find((seat, n) => seats.indexOf(seat) !== n)
    if (twice !== undefined)
      throw inputError('ballot-twice', `two ballots of seat ${twice} for ${decisionId}: only the first would count`, {
        ...{ seatId: twice, decisionId, files: all.map(({ where }) => where) },
      })
    const decision = await reading(() => readDecision(network, decisionId))
    const answered = new Set(Object.values(decision.tally).flat())
    const ballots = all.map(({ ballot: { seatId, choice, rationaleHash, rationale } }) => ({
      ...{ seatId, choice, rationaleHash, rationale, isNew: !answered.has(seatId) },
    }))
    const signed = all.map(({ ballot: { seatId, choice, rationaleHash, signature } }) => ({
      ...{ seatId, choice: choiceNames.indexOf(choice), rationaleHash, signature },
    }))
    const call = onModule(network, `${signed.length} ballots`, 'relay', [decisionId, signed])
    await simulate(deps, call)
    calls.push(call)
    effects.push({ decisionId, class: decision.class, calls: decision.calls, ballots })
    texts.push(
      rows(`carry ${signed.length} ballots`, [
        ...decisionRows(decision),
        ...ballots.map(
          ({ seatId, choice, isNew }): Row => [
            'ballot',
            `seat ${seatId} says ${choice}${isNew ? '' : ': it has answered before, and is passed over'}`,
          ],
        ),
      ]),
    )
  }
  return { calls, effects: { decisions: effects }, text: texts.join('\n') }
}

/** Executes what is ready: the calls come from the chain itself. */
export async function planExecute(deps: Deps, decisionId: Hex): Promise<Plan> {
  const decision = await reading(() => readDecision(deps.network, decisionId))
  const call = onModule(deps.network, 'execute', 'execute', [decisionId, decision.proposal.calls, decision.contextHash])
  await simulate(deps, call)
  return {
    calls: [call],
    effects: {
      ...{ decisionId, class: decision.class, state: decision.state, calls: decision.calls },
      ...{ cited: decision.cited, tally: decision.tally },
    },
    text: rows(`execute a decision of the ${decision.class} class`, [
      ...decisionRows(decision),
      ...decision.cited.map(({ aepId, state }) => ['cites', `${aepId}, ${state}`] as const),
    ]),
  }
}
