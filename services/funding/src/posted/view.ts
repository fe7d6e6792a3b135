import type { Address, Hex } from 'viem'
import type { ContributionLeaf, MatchLeaf } from './post.ts'
import { type DisputedSum, sumKinds } from './sums.ts'

/** As in `IMatchPosts.Turn`. */
export const turns = [
  'closed',
  'poster-nodes',
  'poster-leaf',
  'poster-parts',
  'poster-term',
  'poster-name',
  'challenger-node',
  'challenger-leaf',
  'challenger-part',
  'challenger-side',
  'challenger-range',
] as const
export type Turn = (typeof turns)[number]

/** Nodes of a posted tree that its poster has shown: all that are `levels` below the node at `height` and `index`. */
export interface ShownNodes {
  height: number
  index: number
  nodes: readonly Hex[]
}

/** Where a challenge stands: what its events have said so far, and whose turn the contract says it is. */
export interface ChallengeView {
  challengeId: bigint
  postId: bigint
  turn: Turn
  contributions: boolean
  demanded: { height: number; index: number; node: Hex } | undefined
  shown: readonly ShownNodes[]
  shownResult: MatchLeaf | undefined
  shownContribution: ContributionLeaf | undefined
  sum: DisputedSum | undefined
  bounds: readonly bigint[]
  values: readonly bigint[]
  sides: readonly [bigint, bigint] | undefined
  unlinked: boolean
}

/** An event of MatchPosts as viem decodes it. */
export interface ChallengeEvent {
  eventName: string
  args: Readonly<Record<string, unknown>>
}

export const newView = (challengeId: bigint, postId: bigint): ChallengeView => ({
  challengeId,
  postId,
  turn: 'closed',
  contributions: false,
  demanded: undefined,
  shown: [],
  shownResult: undefined,
  shownContribution: undefined,
  sum: undefined,
  bounds: [],
  values: [],
  sides: undefined,
  unlinked: false,
})

/** The view after one more event of the challenge, in order of the chain. Those of other challenges are the caller's to leave out. */
export function after(view: ChallengeView, { eventName, args }: ChallengeEvent): ChallengeView {
  // the ABI fixes what an event of this name carries
  const arg = <T>(name: string) => args[name] as T
  switch (eventName) {
    case 'NodeDemanded': {
      const demanded = {
        height: Number(arg<bigint>('height')),
        index: Number(arg<bigint>('index')),
        node: arg<Hex>('node'),
      }
      return { ...view, contributions: arg('contributions'), demanded }
    }
    case 'NodesShown': {
      const { height, index } = view.demanded ?? { height: 0, index: 0 }
      return { ...view, shown: [...view.shown, { height, index, nodes: arg('nodes') }] }
    }
    case 'ResultShown':
      return {
        ...view,
        shownResult: {
          project: arg('project'),
          raw: arg('raw'),
          matched: arg('matched'),
          before: arg('before'),
        },
      }
    case 'ContributionShown':
      return {
        ...view,
        shownContribution: { project: arg('project'), contributor: arg('contributor'), amount: arg('amount') },
      }
    case 'SumDisputed':
      return {
        ...view,
        sum: {
          sum: sumKinds[Number(arg('sum'))] ?? 'none',
          project: Number(arg('project')),
          first: arg('first'),
          second: arg('second'),
          from: arg('from'),
          to: arg('to'),
          value: arg('value'),
        },
      }
    case 'PartsAsked':
      return { ...view, bounds: arg('bounds') }
    case 'PartsNamed':
      return { ...view, values: arg('values') }
    case 'GroupsNamed':
      return { ...view, sides: [arg('side'), arg('otherSide')] }
    case 'ShareNamed':
      return { ...view, unlinked: !arg<boolean>('linked') }
    default:
      return view
  }
}

export const addressOf = (place: bigint): Address => `0x${place.toString(16).padStart(40, '0')}`
