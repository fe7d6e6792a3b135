import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { unscaleDecimal } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import { decodeFormula, type Formula, type Knot } from '@nexus/terms/formula'
import { percentOf } from '@nexus/terms/percent'
import { splitPolicyId } from '@nexus/terms/quote'
import { renderTerms, type Terms, termsOfStruct } from '@nexus/terms/terms'
import type { Address, Hex } from 'viem'
import { type Asset, amountText, assetAt } from './amounts.ts'
import { type Network, reading } from './network.ts'
import { statusNames } from './suite.ts'

/** A policy as the chain has it. */
export interface PolicyView {
  policyId: bigint
  status: (typeof statusNames)[number]
  holder: Address
  pool: Address
  asset: Asset
  terms: Terms
  termsHash: Hex
  formula: Formula
  paidAssets: bigint
  premiumAssets: bigint
  mostAssets: bigint
  openHolds: bigint
  /** Unix seconds; null once it is closed. */
  lapsesAt: number | null
}

/** @throws NexusError `no-such-policy` */
export async function viewPolicy(network: Network, policyId: bigint): Promise<PolicyView> {
  const { client, manifest } = network
  const book = { address: manifest.policyBook, abi: policyBookAbi } as const
  const store = { address: manifest.termsStore, abi: termsStoreAbi } as const
  const { pool } = splitPolicyId(policyId)
  const policy = await reading(() => client.readContract({ ...book, functionName: 'policyOf', args: [policyId] }))
  const status = statusNames[policy.status] ?? 'none'
  if (status === 'none' || status === 'cancelled')
    throw inputError('no-such-policy', `policy ${policyId} was never bound`, { policyId, status })
  const [[struct, termsHash, mostAssets], holder, openHolds, assetAddress] = await reading(() =>
    Promise.all([
      client.readContract({ ...store, functionName: 'termsAt', args: [policy.termsIndex] }),
      client.readContract({ ...book, functionName: 'ownerOf', args: [policyId] }),
      client.readContract({ ...book, functionName: 'openHoldsOf', args: [policyId] }),
      client.readContract({ address: pool, abi: riskPoolAbi, functionName: 'asset' }),
    ]),
  )
  const terms = termsOfStruct(struct)
  const [header, words] = await reading(() =>
    client.readContract({ ...store, functionName: 'formulaOf', args: [terms.formulaId] }),
  )
  const lapsesAt =
    status === 'active'
      ? Number(await reading(() => client.readContract({ ...book, functionName: 'lapsesAt', args: [policyId] })))
      : null
  const { paidAssets, premiumAssets } = policy
  const asset = await assetAt(network, assetAddress)
  const formula = decodeFormula({ header, words })
  return {
    ...{ policyId, status, holder, pool, asset, terms, termsHash, formula },
    ...{ paidAssets, premiumAssets, mostAssets, openHolds, lapsesAt },
  }
}

export const policyDocument = (policy: PolicyView) => ({
  policyId: policy.policyId,
  status: policy.status,
  holder: policy.holder,
  pool: policy.pool,
  asset: policy.asset.address,
  assetDecimals: policy.asset.decimals,
  coverAssets: policy.terms.coverAssets,
  mostAssets: policy.mostAssets,
  paidAssets: policy.paidAssets,
  premiumAssets: policy.premiumAssets,
  openHolds: Number(policy.openHolds),
  lapsesAt: policy.lapsesAt === null ? null : formatUtcSeconds(policy.lapsesAt),
  termsHash: policy.termsHash,
  terms: renderTerms(policy.terms, policy.formula),
})

/** What is paid at an index value, and next to it where it jumps there. */
function knotText({ x, below, at, above }: Knot, decimals: number): string {
  const jump = below === at && at === above ? '' : `; ${percentOf(below)} just below, ${percentOf(above)} just above`
  return `${unscaleDecimal(x, decimals)}: ${percentOf(at)}${jump}`
}

export function policyText(policy: PolicyView): string {
  const { terms, asset, formula } = policy
  const rows: [string, string][] = [
    ['status', policy.status],
    ['holder', policy.holder],
    ['pool', policy.pool],
    ['feed', terms.feedId],
    ['window', `${formatUtcSeconds(terms.from)} to ${formatUtcSeconds(terms.to)}, ${terms.readings} readings`],
    ['evidence', `${terms.evidence}, level ${terms.minEql} or better`],
    ['cover', amountText(terms.coverAssets, asset)],
    ['can pay', amountText(policy.mostAssets, asset)],
    ['has paid', amountText(policy.paidAssets, asset)],
    ['premium', amountText(policy.premiumAssets, asset)],
    ['holds', `${policy.openHolds}`],
    ['terms', policy.termsHash],
    ...formula.knots.map((knot): [string, string] => ['knot', knotText(knot, formula.xDecimals)]),
    ...(policy.lapsesAt === null
      ? []
      : [['lapses', `not before ${formatUtcSeconds(policy.lapsesAt)}`] as [string, string]]),
  ]
  return [`policy ${policy.policyId}`, ...rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`)].join('\n')
}
