import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { testStablecoinAbi } from '@nexus/chain/abi/TestStablecoin'
import type { Manifest } from '@nexus/chain/manifest'
import { type Hex, toHex } from '@nexus/kit/canonical'
import { feedSpecBytes } from '@nexus/kit/feed'
import { leastQuorum } from '@nexus/kit/report'
import { encodeFormula } from '@nexus/terms/formula'
import { policyIdOf, type Quote, quoteTypedData } from '@nexus/terms/quote'
import { parseTerms, type Terms, type TermsJson, termsHash, termsStruct } from '@nexus/terms/terms'
import { privateKeyToAccount } from 'viem/accounts'
import { type Account, accounts } from './accounts.ts'
import type { LocalRpc } from './rpc.ts'
import { type Cover, DAY, type Reading, seconds } from './scenario.ts'

export const POOL = 'local'
export const ASSET = 'nxUSD'

const at = <T>(record: Record<string, T>, key: string): T => {
  const value = record[key]
  if (value === undefined) throw new Error(`the manifest has no ${key}`)
  return value
}

/** The terms of a cover, as its holder would be given them. */
export function termsOf(cover: Cover, asset: Hex): TermsJson {
  const deadline = new Date((seconds(cover.to) + 365 * DAY) * 1000)
  return {
    version: 1,
    feed: cover.feed,
    xDecimals: cover.feed.decimals,
    formula: { rounding: 'down', knots: [...cover.knots] },
    asset,
    coverAssets: `${cover.coverAssets}`,
    window: { from: `${cover.from}T00:00:00Z`, to: `${cover.to}T00:00:00Z` },
    minEql: 3,
    evidence: 'final',
    readings: 'whole',
    waitingSeconds: cover.waitingDays * DAY,
    reportingDeadline: deadline.toISOString().replace('.000Z', 'Z'),
  }
}

/** What people do with the suite on the local chain, each with their own key. */
export function suite({ send, client }: LocalRpc, manifest: Manifest) {
  const pool = at(manifest.pools, POOL)
  const asset = at(manifest.assets, ASSET)
  const book = { address: manifest.policyBook, abi: policyBookAbi }
  const terms = { address: manifest.termsStore, abi: termsStoreAbi }
  const token = { address: asset, abi: testStablecoinAbi }
  const capital = { address: pool, abi: riskPoolAbi }
  const registry = { address: manifest.registry, abi: evidenceRegistryAbi }
  let nonce = 0n

  return {
    pool,
    asset,
    async announceCommittee(pqKeyHashes: readonly Hex[]): Promise<void> {
      const operators = accounts.operators.map(operator => operator.address)
      const { timestamp } = await client.getBlock()
      const args = [operators, pqKeyHashes, leastQuorum(operators.length), Number(timestamp) + 60]
      await send(accounts.governor, { ...registry, functionName: 'announceConfiguration', args })
    },
    publishFeed: ({ feed }: Reading) =>
      send(accounts.underwriter, { ...terms, functionName: 'publishFeed', args: [toHex(feedSpecBytes(feed))] }),
    async deposit(depositor: Account, assets: bigint): Promise<void> {
      await send(depositor, { ...token, functionName: 'mint', args: [depositor.address, assets] })
      await send(depositor, { ...token, functionName: 'approve', args: [pool, assets] })
      await send(depositor, { ...capital, functionName: 'deposit', args: [assets, depositor.address] })
    },
    /** Publishes the terms, signs a quote, and has the sponsor bind it for the holder. */
    async bind(cover: Cover, holder: Account): Promise<bigint> {
      const document = parseTerms(termsOf(cover, asset))
      const encoded = encodeFormula(document.formula)
      await send(accounts.underwriter, {
        ...terms,
        functionName: 'publishFormula',
        args: [encoded.header, encoded.words],
      })
      await send(accounts.underwriter, {
        ...terms,
        functionName: 'publishFeed',
        args: [toHex(feedSpecBytes(cover.feed))],
      })
      const bound = document.terms as Terms // asset and deadline are there: `termsOf` wrote them
      await send(accounts.underwriter, { ...terms, functionName: 'publishTerms', args: [termsStruct(bound)] })
      const { timestamp } = await client.getBlock()
      const quote: Quote = {
        termsHash: termsHash(bound),
        holder: holder.address,
        premium: cover.premiumAssets,
        pool,
        nonce: ++nonce,
        expiry: Number(timestamp) + DAY,
      }
      const { underwriter, sponsor } = accounts
      const signature = await privateKeyToAccount(underwriter.privateKey).signTypedData(
        quoteTypedData(manifest.chainId, manifest.policyBook, quote),
      )
      await send(sponsor, { ...token, functionName: 'mint', args: [sponsor.address, quote.premium] })
      await send(sponsor, { ...token, functionName: 'approve', args: [pool, quote.premium] })
      await send(sponsor, { ...book, functionName: 'bind', args: [quote, underwriter.address, signature] })
      return policyIdOf(pool, quote.nonce)
    },
    async requestRedeem(depositor: Account, shares: bigint): Promise<void> {
      const { address } = depositor
      await send(depositor, { ...capital, functionName: 'requestRedeem', args: [shares, address, address] })
    },
    async redeemAll(depositor: Account): Promise<void> {
      const { address } = depositor
      const shares = await client.readContract({ ...capital, functionName: 'maxRedeem', args: [address] })
      await send(depositor, { ...capital, functionName: 'redeem', args: [shares, address, address] })
    },
    sharesOf: (depositor: Account) =>
      client.readContract({ ...capital, functionName: 'balanceOf', args: [depositor.address] }),
  }
}
export type Suite = ReturnType<typeof suite>
