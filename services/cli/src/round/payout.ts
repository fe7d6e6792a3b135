import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { forecast } from '@nexus/funding/chain/forecast'
import { type MatchLeaf, noLeaf } from '@nexus/funding/posted/post'
import { speechAbi } from '@nexus/governance/contracts'
import { inputError, NexusError, verificationError } from '@nexus/kit/errors'
import { type Address, type Hex, zeroHash } from 'viem'
import { toAccount } from 'viem/accounts'
import type { Row } from '../output.ts'
import { amountText } from '../policy/amounts.ts'
import { parseAddress } from '../policy/suite.ts'
import { type Deps, simulate } from '../policy/write.ts'
import { act, type ReasonOptions, type RecordCall, reasonHashOf, type WriteOptions } from '../records/act.ts'
import { onRound, projectOf, type RoundView, roundAt, tokenOf } from './chain.ts'

/**
 * A project's line of the result, and the path from there to its root; none where the result is not posted.
 * @throws NexusError `other-result`: what stands is not what the gifts give, and its lines are not known
 */
export function lineOf({ round }: RoundView, projectId: number): { leaf: MatchLeaf; path: Hex[] } {
  const { posted } = forecast(round)
  if (posted === null || round.resultRoot === zeroHash) return { leaf: noLeaf, path: [] }
  const leaf = posted.results[projectId]
  if (posted.posting.resultRoot !== round.resultRoot || !leaf)
    throw verificationError(
      'other-result',
      'the result that stands is not what the gifts give: only its poster has its lines',
      {
        computed: posted.posting.resultRoot,
        onChain: round.resultRoot,
      },
    )
  return { leaf, path: posted.resultTree.path(projectId) }
}

/** What a call would pay; undefined where there is nothing to pay. */
async function wouldPay(deps: Deps, { function: functionName, args }: RecordCall, round: Address): Promise<unknown> {
  const call = { label: functionName, address: round, abi: quadraticRoundAbi, functionName, args }
  return simulate(deps, call).catch(error => {
    if (error instanceof NexusError && error.details['reason'] === 'Rounds_NothingToPay') return undefined
    throw error
  })
}

/** All that is due to a project now: what was given to it in each token, and its match as far as it is released. */
export async function collect(text: string, project: string, options: WriteOptions & { to?: string }): Promise<void> {
  await act(options, async network => {
    const view = await roundAt(network, text)
    const { projectId, recipient } = projectOf(view, project)
    const to = options.to === undefined ? recipient : parseAddress(options.to)
    const { leaf, path } = lineOf(view, projectId)
    const wanted = [
      ...view.tokens.map((_, token) => ({
        token,
        call: onRound(view.address, 'collectContributed', [projectId, token, to]),
      })),
      { token: 0, call: onRound(view.address, 'collectMatch', [projectId, to, leaf, path]) },
    ]
    const deps: Deps = { network, account: toAccount(recipient), abi: speechAbi }
    const paid: { token: number; call: RecordCall; assets: bigint }[] = []
    for (const one of wanted) {
      const assets = await wouldPay(deps, one.call, view.address)
      if (typeof assets === 'bigint') paid.push({ ...one, assets })
    }
    if (paid.length === 0) throw inputError('nothing-due', `nothing is due to project ${projectId} now`, { projectId })
    return {
      title: 'pay a project what is due',
      calls: paid.map(({ call }) => call),
      effects: {
        ...{ round: view.address, projectId, to },
        pays: paid.map(({ call, token, assets }) => ({ what: call.function, token, assets })),
      },
      rows: [
        ['project', `${projectId} ${recipient}`],
        ['to', to],
        ...paid.map(
          ({ call, token, assets }): Row => [
            call.function === 'collectMatch' ? 'match' : 'given',
            amountText(assets, tokenOf(view, token)),
          ],
        ),
      ],
    }
  })
}

export async function forfeit(text: string, project: string, options: WriteOptions & ReasonOptions): Promise<void> {
  const reason = await reasonHashOf(options)
  await act(options, async network => {
    const view = await roundAt(network, text)
    const { projectId, recipient } = projectOf(view, project)
    const { leaf, path } = lineOf(view, projectId)
    return {
      title: 'forfeit what is not released of a match',
      calls: [onRound(view.address, 'forfeit', [projectId, leaf, path, reason])],
      effects: { round: view.address, projectId, recipient, reasonHash: reason },
      rows: [
        ['project', `${projectId} ${recipient}`],
        ['reason', reason],
      ],
      only: view.terms.reviewer,
      result: assets => ({
        effects: { assets },
        rows: [['left over', amountText(assets as bigint, tokenOf(view, 0))]], // what forfeit returns
      }),
    }
  })
}
