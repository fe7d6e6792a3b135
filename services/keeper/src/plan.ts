import type { Hex } from '@nexus/kit/canonical'
import type { AnchorState } from '@nexus/runtime/registry'

/** What of a policy's terms decides which evidence it pays on. */
export interface Cover {
  policyId: bigint
  feedId: Hex
  /** unix seconds, half-open */
  from: number
  to: number
  minEql: number
  acceptsProvisional: boolean
  /** Whether readings of windows inside the cover's pay too. */
  acceptsParts: boolean
  /** unix seconds; pauses since bind are in it */
  lapsesAt: number
}

export interface Evidence {
  aepId: Hex
  from: number
  to: number
  sequence: number
  eql: number
  provisional: boolean
  state: AnchorState
}

export type Action =
  | { kind: 'settle' | 'lapse' | 'hold' | 'release'; policyId: bigint; aepId: Hex }
  | { kind: 'lapse-unreported'; policyId: bigint }

const isOpen = ({ state }: Evidence) => state === 'anchored' || state === 'disputed'
const isFinal = ({ state }: Evidence) => state === 'final' || state === 'upheld'

const qualifies = (cover: Cover, evidence: Evidence): boolean =>
  evidence.eql >= cover.minEql &&
  (cover.acceptsProvisional || !evidence.provisional) &&
  (cover.acceptsParts
    ? evidence.from >= cover.from && evidence.to <= cover.to
    : evidence.from === cover.from && evidence.to === cover.to)

/** Not early, and of the cover's own window: the only evidence that may end a policy, once it is final. */
const mayEnd = (cover: Cover, evidence: Evidence): boolean =>
  (isOpen(evidence) || isFinal(evidence)) &&
  !evidence.provisional &&
  evidence.from === cover.from &&
  evidence.to === cover.to

export interface PlanInput {
  cover: Cover
  /** Anchors of the cover's feed. */
  evidence: readonly Evidence[]
  /** Evidence on which the policy is held. */
  held: ReadonlySet<Hex>
  /** Evidence from which the contract said that nothing is due. */
  spent: ReadonlySet<Hex>
  nowSeconds: number
  holdBeforeDeadlineSeconds: number
}

/**
 * What can be done for an active policy now, in the order to do it. It never closes a policy while evidence that may still pay is
 * open, though the contract would let it: what is closed cannot be paid any more. So that nobody else can close it either, open
 * evidence is held as soon as there is other evidence that may end the policy, not when that becomes final: whoever wants the
 * policy closed may call in the very block in which it does.
 */
export function plan({ cover, evidence, held, spent, nowSeconds, holdBeforeDeadlineSeconds }: PlanInput): Action[] {
  const { policyId } = cover
  const qualifying = evidence.filter(one => qualifies(cover, one))
  const open = qualifying.filter(isOpen)
  const ending = qualifying.filter(one => mayEnd(cover, one))
  const closing = ending.filter(isFinal).sort((a, b) => b.sequence - a.sequence)[0]
  const released = evidence.filter(one => held.has(one.aepId) && !isOpen(one))
  const owed = qualifying.filter(one => isFinal(one) && one !== closing && !spent.has(one.aepId))

  const act = (kind: 'settle' | 'lapse' | 'hold' | 'release') => (one: Evidence) => ({
    kind,
    policyId,
    aepId: one.aepId,
  })
  const isNear = cover.lapsesAt - nowSeconds < holdBeforeDeadlineSeconds
  const isAtRisk = (one: Evidence) => isNear || ending.some(other => other.aepId !== one.aepId)
  const toHold = open.filter(one => !held.has(one.aepId) && isAtRisk(one))
  const actions: Action[] = [...toHold.map(act('hold')), ...released.map(act('release')), ...owed.map(act('settle'))]
  const mayClose = open.length === 0 && held.size === 0 && owed.length === 0
  if (closing && mayClose) actions.push(act('lapse')(closing))
  else if (!closing && mayClose && nowSeconds >= cover.lapsesAt) actions.push({ kind: 'lapse-unreported', policyId })
  return actions
}

export const keyOf = (action: Action): string =>
  action.kind === 'lapse-unreported'
    ? `lapse-unreported:${action.policyId}`
    : `${action.kind}:${action.policyId}:${action.aepId}`
