import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import type { Address, PublicClient } from 'viem'

/** As in `MatchVariant`, by the names of the standards. */
export const variantNames = [
  'linear',
  'capital-constrained',
  'clr-fund',
  'proportional',
  'pairwise',
  'cluster',
] as const
export type VariantName = (typeof variantNames)[number]

/** Whether the result is computed off chain and posted. */
export const isPosted = (variant: VariantName): variant is 'pairwise' | 'cluster' =>
  variant === 'pairwise' || variant === 'cluster'

/** A token that a round takes besides its asset. `unitsWad`: units of the round for one base unit, 1e18 = 1. */
export interface TokenRate {
  token: Address
  unitsWad: bigint
}

/** As in `IQuadraticRound.RoundTerms`. Times are unix seconds. */
export interface RoundTerms {
  asset: Address
  variant: VariantName
  capBps: number
  applyUntil: number
  contributeFrom: number
  contributeUntil: number
  reviewUntil: number
  payoutUntil: number
  reviewer: Address
  gate: Address
  results: Address
  postedParameter: bigint
  milestoneBps: readonly number[]
  others: readonly TokenRate[]
  metadataURI: string
}

/** The factory of rounds on a chain. Nothing of it is older than `fromBlock`. */
export interface RoundsOnChain {
  client: PublicClient
  factory: Address
  fromBlock: bigint
  /** Most blocks in one request for logs; all at once where nothing is said. */
  logBlocks?: bigint
}

/** What a round was opened with; it never changes. */
export async function readTerms({ client, factory }: RoundsOnChain, round: Address): Promise<RoundTerms> {
  const terms = await client.readContract({
    ...{ address: factory, abi: roundFactoryAbi, functionName: 'termsOf', args: [round] },
  } as const)
  const variant = variantNames[terms.variant]
  if (!variant) throw new Error(`round ${round} has variant ${terms.variant}`)
  return { ...terms, variant }
}

/** The tokens of a round, by their numbers: 0 is the asset. */
export const tokensOf = ({ asset, others }: Pick<RoundTerms, 'asset' | 'others'>): Address[] => [
  asset,
  ...others.map(({ token }) => token),
]
