import type {
  ContractFuture,
  IgnitionModuleBuilder,
  ModuleParameterRuntimeValue,
  NamedArtifactContractDeploymentFuture,
} from '@nomicfoundation/ignition-core'

const DAY = 86_400n

/** What a deployment decides about posted results, once. Bonds in base units of `asset`. */
export interface PostedResultTerms {
  /** More than it costs to challenge a post. */
  postBondAssets: bigint
  /** More than it costs to answer a challenge: some 20 moves of 150,000 gas. */
  challengeBondAssets: bigint
  /** What the winner gets of a defeated post's bond; the rest is the commons'. */
  rewardBps: bigint
  postingSeconds: bigint
  challengeSeconds: bigint
  clockSeconds: bigint
}

export const localPostedResultTerms: PostedResultTerms = {
  postBondAssets: 5_000_000_000n,
  challengeBondAssets: 500_000_000n,
  rewardBps: 5_000n,
  postingSeconds: 14n * DAY,
  challengeSeconds: 7n * DAY,
  clockSeconds: 3n * DAY,
}

/** Results for the rounds of a factory. It holds no role, and nothing of it can be changed. */
export const matchPosts = (
  m: IgnitionModuleBuilder,
  {
    rounds,
    asset,
    commons,
  }: Record<'rounds' | 'asset' | 'commons', ContractFuture<string> | ModuleParameterRuntimeValue<string>>,
  terms: PostedResultTerms = localPostedResultTerms,
): NamedArtifactContractDeploymentFuture<'MatchPosts'> =>
  m.contract('MatchPosts', [
    rounds,
    asset,
    commons,
    terms.postBondAssets,
    terms.challengeBondAssets,
    terms.rewardBps,
    terms.postingSeconds,
    terms.challengeSeconds,
    terms.clockSeconds,
  ])
