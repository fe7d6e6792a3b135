import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { unscaleDecimal } from '@nexus/kit/decimal'
import { inputError, NexusError } from '@nexus/kit/errors'
import { feedSpecBytes } from '@nexus/kit/feed'
import { formatUtcSeconds } from '@nexus/kit/time'
import { encodeFormula } from '@nexus/terms/formula'
import { mostAssets } from '@nexus/terms/most'
import { policyIdOf } from '@nexus/terms/quote'
import { bindableTerms, type TermsDocument, termsHash, termsStruct } from '@nexus/terms/terms'
import { bytesToHex, erc20Abi, getAddress, type Hex } from 'viem'
import { rows } from '../output.ts'
import { amountText, assetAt } from './amounts.ts'
import { reading } from './network.ts'
import type { SignedQuote } from './quote-file.ts'
import { anchorStates } from './suite.ts'
import type { PolicyView } from './view.ts'
import { type Deps, type PlannedCall, simulate } from './write.ts'

/** What is about to be sent, and what it will do. */
export interface Plan {
  calls: readonly PlannedCall[]
  /** Decoded, for machines. */
  effects: Record<string, unknown>
  /** The same for people. */
  text: string
  /** What comes first once it is agreed to. */
  before?: () => Promise<void>
}

/** Publishes what is not on chain yet: feed specification, formula, terms. */
export async function planTerms(deps: Deps, document: TermsDocument): Promise<Plan> {
  const { client, manifest } = deps.network
  const store = { address: manifest.termsStore, abi: termsStoreAbi } as const
  const terms = bindableTerms(document)
  const hash = termsHash(terms)
  const isKnown = (read: () => Promise<unknown>) =>
    reading(read).then(
      () => true,
      error => {
        if (error instanceof NexusError && /Unknown/.test(String(error.details['reason']))) return false
        throw error
      },
    )
  const { header, words } = encodeFormula(document.formula)
  const asset = await assetAt(deps.network, terms.asset)
  const most = mostAssets(document.formula, terms.coverAssets)
  const calls: PlannedCall[] = []
  const feedKnown = await isKnown(() =>
    client.readContract({ ...store, functionName: 'feedPublishedIn', args: [terms.feedId] }),
  )
  if (!feedKnown && !document.feed)
    throw inputError('feed-unknown', `feed ${terms.feedId} is not on chain: put its specification into the terms`, {
      feedId: terms.feedId,
    })
  if (!feedKnown && document.feed)
    calls.push({
      ...{ label: `publish feed ${terms.feedId}`, ...store, functionName: 'publishFeed' },
      args: [bytesToHex(feedSpecBytes(document.feed))],
    })
  if (!(await isKnown(() => client.readContract({ ...store, functionName: 'formulaOf', args: [terms.formulaId] }))))
    calls.push({
      ...{ label: `publish formula ${terms.formulaId}`, ...store, functionName: 'publishFormula' },
      args: [header, words],
    })
  if (!(await isKnown(() => client.readContract({ ...store, functionName: 'termsOf', args: [hash] }))))
    calls.push({
      ...{ label: `publish terms ${hash}`, ...store, functionName: 'publishTerms', args: [termsStruct(terms)] },
      ...(calls.length ? { afterOthers: true as const } : {}),
    })
  for (const call of calls) if (!call.afterOthers) await simulate(deps, call)
  const text = rows(calls.length ? 'publish terms' : 'these terms are on chain already', [
    ['terms', hash],
    ['cover', amountText(terms.coverAssets, asset)],
    ['can pay', amountText(most, asset)],
    ...calls.map((call, n): [string, string] => [`call ${n + 1}`, call.label]),
  ])
  return {
    calls,
    effects: {
      termsHash: hash,
      formulaId: terms.formulaId,
      feedId: terms.feedId,
      mostAssets: most,
      calls: calls.length,
    },
    text,
  }
}

/** Approves the premium where needed, and binds. */
export async function planBind(deps: Deps, signed: SignedQuote): Promise<Plan> {
  const { client, manifest } = deps.network
  const { quote, underwriter, signature } = signed
  if (signed.chainId !== manifest.chainId || signed.book !== getAddress(manifest.policyBook))
    throw inputError('another-book', 'the quote is for another chain or policy book than the manifest names', {
      expected: { chainId: manifest.chainId, book: manifest.policyBook },
      actual: { chainId: signed.chainId, book: signed.book },
    })
  const store = { address: manifest.termsStore, abi: termsStoreAbi } as const
  const [[terms, , most], assetAddress] = await reading(() =>
    Promise.all([
      client.readContract({ ...store, functionName: 'termsOf', args: [quote.termsHash] }),
      client.readContract({ address: quote.pool, abi: riskPoolAbi, functionName: 'asset' }),
    ]),
  )
  const payer = deps.account.address
  const token = { address: assetAddress, abi: erc20Abi } as const
  const [asset, allowance, balance] = await reading(async () => [
    await assetAt(deps.network, assetAddress),
    await client.readContract({ ...token, functionName: 'allowance', args: [payer, quote.pool] }),
    await client.readContract({ ...token, functionName: 'balanceOf', args: [payer] }),
  ])
  if (balance < quote.premium)
    throw inputError(
      'premium-not-held',
      `${payer} holds ${amountText(balance, asset)}, the premium is ${amountText(quote.premium, asset)}`,
      {
        payer,
        balance,
        premium: quote.premium,
      },
    )
  const approve: PlannedCall = {
    ...{ label: `approve ${amountText(quote.premium, asset)} for the pool`, ...token, functionName: 'approve' },
    args: [quote.pool, quote.premium],
  }
  const needsApproval = allowance < quote.premium
  const bind: PlannedCall = {
    ...{ label: 'bind', address: manifest.policyBook, abi: policyBookAbi, functionName: 'bind' },
    args: [quote, underwriter, signature],
    ...(needsApproval ? { afterOthers: true as const } : {}),
  }
  await simulate(deps, needsApproval ? approve : bind)
  const policyId = policyIdOf(quote.pool, quote.nonce)
  const effects = {
    policyId,
    holder: quote.holder,
    payer,
    premiumAssets: quote.premium,
    coverAssets: terms.coverAssets,
    lockedAssets: most,
    from: formatUtcSeconds(terms.from),
    to: formatUtcSeconds(terms.to),
    approves: needsApproval,
  }
  const text = rows('bind a policy', [
    ['policy', `${policyId}`],
    ['holder', quote.holder],
    ['window', `${effects.from} to ${effects.to}`],
    ['pays', `${payer} pays ${amountText(quote.premium, asset)}`],
    ['cover', amountText(terms.coverAssets, asset)],
    ['locks', `${amountText(most, asset)} of pool ${quote.pool}`],
    ...(needsApproval ? [['first', approve.label] as [string, string]] : []),
  ])
  return { calls: needsApproval ? [approve, bind] : [bind], effects, text }
}

async function evidenceOf({ network }: Deps, aepId: Hex) {
  const { client, manifest } = network
  const [feedId, anchor, state] = await reading(() =>
    client.readContract({
      ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'evidenceOf' },
      args: [aepId],
    } as const),
  )
  return { feedId, ...anchor, state: anchorStates[state] ?? 'none' }
}

const evidenceRows = (
  evidence: Awaited<ReturnType<typeof evidenceOf>>,
  { formula }: PolicyView,
): [string, string][] => [
  ['evidence', `${unscaleDecimal(evidence.value, formula.xDecimals)}, level ${evidence.eql}, ${evidence.state}`],
  ['window', `${formatUtcSeconds(evidence.from)} to ${formatUtcSeconds(evidence.to)}`],
]

const onBook = ({ network }: Deps, functionName: string, args: readonly unknown[]): PlannedCall => ({
  ...{ label: functionName, address: network.manifest.policyBook, abi: policyBookAbi, functionName, args },
})

/** `settle` and `lapse` with evidence differ in what they close; both pay what is due less what was paid. */
export async function planSettlement(
  deps: Deps,
  kind: 'settle' | 'lapse',
  policy: PolicyView,
  aepId: Hex,
): Promise<Plan> {
  const evidence = await evidenceOf(deps, aepId)
  const call = onBook(deps, kind, [policy.policyId, aepId])
  const paidAssets = (await simulate(deps, call)) as bigint
  const { asset, holder, pool, mostAssets: most } = policy
  const closes = kind === 'lapse' || policy.paidAssets + paidAssets === most
  const effects = {
    policyId: policy.policyId,
    aepId,
    value: evidence.value,
    paidAssets,
    paidBefore: policy.paidAssets,
    paidTo: holder,
    closes,
  }
  const text = rows(kind === 'settle' ? 'settle a policy' : 'settle and close a policy', [
    ['policy', `${policy.policyId}`],
    ...evidenceRows(evidence, policy),
    ['pays', `pool ${pool} pays ${amountText(paidAssets, asset)} to ${holder}`],
    ['before', `${amountText(policy.paidAssets, asset)} of at most ${amountText(most, asset)}`],
    ['then', closes ? 'the policy is closed' : 'the policy stays open'],
  ])
  return { calls: [call], effects, text }
}

/** Without evidence, after the reporting deadline. */
export async function planLapse(deps: Deps, policy: PolicyView): Promise<Plan> {
  const call = onBook(deps, 'lapse', [policy.policyId])
  await simulate(deps, call)
  const released = policy.mostAssets - policy.paidAssets
  return {
    calls: [call],
    effects: { policyId: policy.policyId, paidAssets: 0n, releasedAssets: released, closes: true },
    text: rows('close a policy for which no evidence came', [
      ['policy', `${policy.policyId}`],
      ['pays', 'nothing'],
      ['frees', `${amountText(released, policy.asset)} of pool ${policy.pool}`],
    ]),
  }
}

export async function planHold(deps: Deps, policy: PolicyView, aepId: Hex): Promise<Plan> {
  const evidence = await evidenceOf(deps, aepId)
  const call = onBook(deps, 'hold', [policy.policyId, aepId])
  await simulate(deps, call)
  return {
    calls: [call],
    effects: { policyId: policy.policyId, aepId, openHolds: Number(policy.openHolds) + 1 },
    text: rows('hold a policy', [
      ['policy', `${policy.policyId}`],
      ...evidenceRows(evidence, policy),
      ['then', 'it cannot lapse, and its capital not leave, until this evidence is resolved'],
    ]),
  }
}
