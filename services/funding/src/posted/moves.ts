import type { Address, Hex } from 'viem'
import type { ContributionLeaf, MatchLeaf } from './post.ts'

/** A call of MatchPosts. In `demand`, `dispute` and the proofs the first argument is the post, in all others the challenge. */
export type Move =
  | { functionName: 'demand'; args: readonly [postId: bigint, contributions: boolean] }
  | { functionName: 'dispute'; args: readonly [postId: bigint, MatchLeaf, readonly Hex[], readonly bigint[]] }
  | {
      functionName: 'proveWrongResult'
      args: readonly [postId: bigint, index: bigint, MatchLeaf, readonly Hex[]]
    }
  | {
      functionName: 'proveBrokenTotals'
      args: readonly [postId: bigint, index: bigint, MatchLeaf, readonly Hex[], MatchLeaf, readonly Hex[]]
    }
  | {
      functionName: 'proveWrongContribution'
      args: readonly [postId: bigint, index: bigint, ContributionLeaf, readonly Hex[]]
    }
  | {
      functionName: 'proveDisorder'
      args: readonly [postId: bigint, index: bigint, ContributionLeaf, readonly Hex[], ContributionLeaf, readonly Hex[]]
    }
  | {
      functionName: 'proveMissing'
      args: readonly [
        postId: bigint,
        project: bigint,
        contributor: Address,
        index: bigint,
        ContributionLeaf,
        readonly Hex[],
        ContributionLeaf,
        readonly Hex[],
      ]
    }
  | { functionName: 'showNodes'; args: readonly [challengeId: bigint, readonly Hex[]] }
  | { functionName: 'choose'; args: readonly [challengeId: bigint, readonly Hex[], chosen: bigint] }
  | { functionName: 'showResult'; args: readonly [challengeId: bigint, MatchLeaf] }
  | { functionName: 'showContribution'; args: readonly [challengeId: bigint, ContributionLeaf] }
  | { functionName: 'disputeShown'; args: readonly [challengeId: bigint, MatchLeaf, readonly bigint[]] }
  | { functionName: 'divide'; args: readonly [challengeId: bigint, readonly bigint[]] }
  | { functionName: 'nameParts'; args: readonly [challengeId: bigint, readonly bigint[]] }
  | {
      functionName: 'narrow'
      args: readonly [challengeId: bigint, readonly bigint[], readonly bigint[], chosen: bigint, readonly bigint[]]
    }
  | {
      functionName: 'claimEmpty'
      args: readonly [challengeId: bigint, readonly bigint[], readonly bigint[], chosen: bigint]
    }
  | { functionName: 'nameContributor'; args: readonly [challengeId: bigint, Address] }
  | { functionName: 'namePair'; args: readonly [challengeId: bigint, overlap: bigint] }
  | { functionName: 'nameGroups'; args: readonly [challengeId: bigint, side: bigint, otherSide: bigint] }
  | {
      functionName: 'chooseSide'
      args: readonly [challengeId: bigint, side: bigint, otherSide: bigint, other: boolean, readonly bigint[]]
    }
  | {
      functionName: 'nameShare'
      args: readonly [challengeId: bigint, memberships: bigint, linked: boolean, through: bigint, common: Address]
    }
  | { functionName: 'proveLinked'; args: readonly [challengeId: bigint, through: bigint, common: Address] }
