import { readDocument } from '@nexus/aep/pack'
import { type Recomputation, recomputePack } from '@nexus/aep/recompute'
import { type Verification, verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import { verificationError } from '@nexus/kit/errors'
import { type FeedSpec, feedIdOf, feedSpecSchema } from '@nexus/kit/feed'
import { unpackHeader } from '@nexus/kit/report'
import { decodeFormula, type Formula, formulaIdOf } from '@nexus/terms/formula'
import { decodeTerms, type Terms, termsHash } from '@nexus/terms/terms'
import { type Address, getAddress, type Hex, hexToBytes, keccak256 } from 'viem'
import { type ChainReader, inChunks } from './chain.ts'
import type { Configuration } from './committee.ts'
import type { Settlement } from './settlement.ts'
import type { PackSource } from './store.ts'

export interface AnchorFact extends ReturnType<typeof unpackHeader> {
  header: Hex
  feedId: Hex
  receiptsRoot: Hex
  finalAt: number
  tx: Hex
  /** Time of the anchor's block. */
  anchoredAt: number
}

export interface PackFact {
  /** Null when the zip is not even one. */
  files: ReadonlyMap<string, Uint8Array> | null
  verification: Verification
}

/**
 * What a settlement rests on, found on chain and in one store of packs. Each fact is looked up when a step first asks for it. A
 * fact that is not there or does not hold throws a verification error, which fails the steps that need it and no others.
 */
export interface Facts {
  chain: ChainReader
  settlement: Settlement
  /** PolicyBound: the terms a policy was bound on, and where. */
  bound(): Promise<{ termsHash: Hex; pool: Address }>
  terms(): Promise<Terms>
  formula(): Promise<Formula>
  /** The bytes that were published, whose hash names the feed, and what they say. */
  feed(): Promise<{ bytes: Uint8Array; spec: FeedSpec }>
  registry(): Promise<Address>
  anchor(): Promise<AnchorFact>
  /** All that were announced up to the settlement, in order. */
  configurations(): Promise<readonly Configuration[]>
  pack(): Promise<PackFact>
  recomputed(): Promise<Recomputation>
  settledAt(): Promise<number>
}

export interface FactsDeps {
  chain: ChainReader
  packs: PackSource
  /** The policy book that the caller trusts; without it the one that settled is taken. */
  book?: Address
}

const missing = (what: string, id: string) =>
  verificationError('not-on-chain', `${what} ${id} is not on this chain`, { what, id })

/** Remembers the answer, failures included. */
function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined
  return () => {
    found ??= find()
    return found
  }
}

/** Anyone can emit any event: only a preimage whose hash is the id counts, and then its emitter does not matter. */
function preimage<T>(candidates: readonly (() => T)[], isIt: (value: T) => boolean): T | undefined {
  for (const read of candidates) {
    try {
      const value = read()
      if (isIt(value)) return value
    } catch {
      // bytes that somebody else put there under this id
    }
  }
  return undefined
}

export function factsOf({ chain, packs, book: trustedBook }: FactsDeps, settlement: Settlement): Facts {
  const { client, firstBlock, ask } = chain
  const { policyId, aepId, book, blockNumber } = settlement
  /** Logs up to the settlement's block. */
  const logs = <T>(what: string, read: (range: { fromBlock: bigint; toBlock: bigint }) => Promise<readonly T[]>) =>
    ask(what, () => inChunks(firstBlock, blockNumber, read))
  const timeOf = async (block: bigint) =>
    Number((await ask('block', () => client.getBlock({ blockNumber: block }))).timestamp)

  const bound = once(async () => {
    if (trustedBook && getAddress(trustedBook) !== getAddress(book))
      throw verificationError('another-book', `${book} settled, not ${trustedBook}`, { book, trustedBook })
    const found = await logs('PolicyBound', range =>
      client.getContractEvents({
        ...{ address: book, abi: policyBookAbi, eventName: 'PolicyBound', args: { policyId }, strict: true },
        ...range,
      }),
    )
    const [log] = found
    if (!log) throw missing('policy', policyId.toString())
    return { termsHash: log.args.termsHash, pool: log.args.pool }
  })

  const terms = once(async () => {
    const { termsHash: hash } = await bound()
    const found = await logs('TermsPublished', range =>
      client.getContractEvents({
        ...{ abi: termsStoreAbi, eventName: 'TermsPublished', args: { termsHash: hash }, strict: true },
        ...range,
      }),
    )
    const candidates = found.map(
      ({ args }) =>
        () =>
          decodeTerms(args.terms),
    )
    const value = preimage(candidates, t => termsHash(t) === hash)
    if (!value) throw missing('the preimage of terms', hash)
    return value
  })

  const formula = once(async () => {
    const { formulaId } = await terms()
    const found = await logs('FormulaPublished', range =>
      client.getContractEvents({
        ...{ abi: termsStoreAbi, eventName: 'FormulaPublished', args: { formulaId }, strict: true },
        ...range,
      }),
    )
    const published = found.map(({ args }) => args).find(args => formulaIdOf(args) === formulaId)
    if (!published) throw missing('the preimage of formula', formulaId)
    return decodeFormula(published)
  })

  const feed = once(async () => {
    const { feedId } = await terms()
    const found = await logs('FeedPublished', range =>
      client.getContractEvents({
        ...{ abi: termsStoreAbi, eventName: 'FeedPublished', args: { feedId }, strict: true },
        ...range,
      }),
    )
    const published = found.map(({ args }) => args.specification).find(bytes => keccak256(bytes) === feedId)
    if (!published) throw missing('the specification of feed', feedId)
    const bytes = hexToBytes(published)
    try {
      const spec = feedSpecSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
      return { bytes, spec }
    } catch (cause) {
      throw verificationError('bad-feed', `what was published as feed ${feedId} is no specification`, {
        reason: (cause as Error).message,
      })
    }
  })

  const registry = once(() =>
    ask('registry of the book', () =>
      client.readContract({ address: book, abi: policyBookAbi, functionName: 'registry' }),
    ),
  )

  const anchor = once(async () => {
    const address = await registry()
    const found = await logs('AepAnchored', range =>
      client.getContractEvents({
        ...{ address, abi: evidenceRegistryAbi, eventName: 'AepAnchored', args: { aepId }, strict: true },
        ...range,
      }),
    )
    const [log] = found
    if (!log) throw missing('the anchor of', aepId)
    const { header, feedId, receiptsRoot, finalAt } = log.args
    const anchoredAt = await timeOf(log.blockNumber)
    return { ...unpackHeader(header), header, feedId, receiptsRoot, finalAt, tx: log.transactionHash, anchoredAt }
  })

  const configurations = once(async () => {
    const address = await registry()
    const found = await logs('ConfigurationAnnounced', range =>
      client.getContractEvents({
        ...{ address, abi: evidenceRegistryAbi, eventName: 'ConfigurationAnnounced', strict: true },
        ...range,
      }),
    )
    return Promise.all(
      found.map(
        async ({ args, blockNumber: block }): Promise<Configuration> => ({ ...args, announcedAt: await timeOf(block) }),
      ),
    )
  })

  const pack = once(async (): Promise<PackFact> => {
    const zip = await packs.zip(aepId)
    if (!zip) throw verificationError('no-pack', `the store has no pack ${aepId}`, { aepId })
    const verification = verifyPack(zip, { aepId })
    const isZip = verification.checks.every(({ check, ok }) => check !== 'zip' || ok)
    return { files: isZip ? unzipPack(zip) : null, verification }
  })

  const recomputed = once(async () => {
    const [{ files, verification }, { feedId, from, to }] = [await pack(), await anchor()]
    // Code runs only if it is the code that the feed names, on the feed's parameters and the anchor's window.
    const blocking = verification.checks.find(({ check, ok }) => !ok && !HARMLESS.test(check))
    if (!files || blocking)
      throw verificationError('not-run', `its code was not run: ${blocking?.check} is ${blocking?.actual}`, {
        ...blocking,
      })
    const claims = readDocument(files, 'claims.json')
    const window = { from: Date.parse(claims.window.from) / 1000, to: Date.parse(claims.window.to) / 1000 }
    if (feedIdOf(claims.feed) !== feedId || window.from !== from || window.to !== to)
      throw verificationError('not-run', 'its code was not run: the pack is of another feed or window than the anchor')
    return recomputePack(files)
  })

  const settledAt = once(() => timeOf(blockNumber))
  return {
    chain,
    settlement,
    bound,
    terms,
    formula,
    feed,
    registry,
    anchor,
    configurations,
    pack,
    recomputed,
    settledAt,
  }
}

/** Checks of a pack that say nothing about its code, parameters and window. */
const HARMLESS = /^(root|aepId|packSecret|eql|uncertainty|quality|value|ro-crate|inputs\/|signatures\/)/
