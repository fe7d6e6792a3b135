import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import type { Hex } from '@nexus/kit/canonical'
import type { Call } from '@nexus/runtime/calls'
import type { Clock } from '@nexus/runtime/clock'
import type { Log } from '@nexus/runtime/log'
import type { Registry } from '@nexus/runtime/registry'
import type { Retries } from '@nexus/runtime/retries'
import type { Sender } from '@nexus/runtime/sender'
import { encodeFunctionData } from 'viem'
import type { Book } from './book.ts'
import { type Action, type Cover, type Evidence, keyOf, plan } from './plan.ts'

export interface WorkDeps {
  clock: Clock
  log: Log
  book: Book
  registry: Pick<Registry, 'sync' | 'head' | 'anchorsWithin' | 'stateOf'>
  sender: Pick<Sender, 'submit' | 'get'>
  policyBook: Hex
  holdBeforeDeadlineSeconds: number
  retries: Retries
}

/** What the contract has said once and will always say. */
export const isFinalAnswer = (reason: string | null): boolean =>
  /^Policies_(NothingDue|NotActive|AlreadyHeld|NotHeld)\b/.test(reason ?? '')

/** One pass over all active policies. @returns how many calls were queued */
export async function work(deps: WorkDeps): Promise<number> {
  const { registry, book } = deps
  await registry.sync()
  const head = registry.head()
  if (!head) return 0
  await book.sync(head)
  const states = new Map<Hex, Evidence['state']>()
  let queued = 0
  for (const cover of book.active()) queued += await workOn(deps, cover, head.timestamp, states)
  return queued
}

async function workOn(
  deps: WorkDeps,
  cover: Cover,
  nowSeconds: number,
  states: Map<Hex, Evidence['state']>,
): Promise<number> {
  const { registry, book, sender, log, policyBook, holdBeforeDeadlineSeconds, retries } = deps
  const anchors = registry.anchorsWithin(cover.feedId, cover.from, cover.to)
  const isPast = nowSeconds >= cover.lapsesAt
  if (anchors.length === 0 && !isPast) return 0
  const evidence: Evidence[] = []
  for (const anchor of anchors) {
    const state = states.get(anchor.aepId) ?? (await registry.stateOf(anchor.aepId))
    states.set(anchor.aepId, state)
    evidence.push({ ...anchor, state })
  }
  // Pauses move deadlines; they matter only once the written one has passed.
  const lapsesAt = isPast ? await book.lapsesAt(cover.policyId) : cover.lapsesAt
  if (lapsesAt === undefined) return 0
  const spent = new Set(
    evidence
      .map(one => one.aepId)
      .filter(aepId => {
        const record = sender.get(keyOf({ kind: 'settle', policyId: cover.policyId, aepId }))
        return (
          (record?.state === 'confirmed' && record.success) ||
          (record?.state === 'dropped' && isFinalAnswer(record.reason))
        )
      }),
  )
  const held = book.held(cover.policyId)
  const actions = plan({ cover: { ...cover, lapsesAt }, evidence, held, spent, nowSeconds, holdBeforeDeadlineSeconds })
  const due = actions.filter(action => retries.isDue(keyOf(action), sender.get(keyOf(action))))
  for (const action of due) {
    log.info(
      {
        action: action.kind,
        policyId: action.policyId.toString(),
        ...('aepId' in action ? { aepId: action.aepId } : {}),
      },
      'to be done',
    )
    sender.submit(callOf(action, policyBook))
  }
  return due.length
}

function callOf(action: Action, to: Hex): Call {
  const { policyId } = action
  const data =
    action.kind === 'lapse-unreported'
      ? encodeFunctionData({ abi: policyBookAbi, functionName: 'lapse', args: [policyId] })
      : encodeFunctionData({ abi: policyBookAbi, functionName: action.kind, args: [policyId, action.aepId] })
  return { key: keyOf(action), to, data }
}
