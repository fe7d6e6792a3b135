import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildPack, type Pack } from '@nexus/aep/build'
import {
  localReceiptSigner,
  pqKeyHashOf,
  type ReceiptSigner,
  receiptName,
  receiptsRoot,
  signReceipt,
} from '@nexus/aep/receipt'
import { zipPack } from '@nexus/aep/zip'
import { deployModule } from '@nexus/deploy/deploy'
import { localModule } from '@nexus/deploy/modules/local'
import { fromHex, type Hex, sha256, sha256Hex, toHex } from '@nexus/kit/canonical'
import { type FeedSpec, feedSpecBytes } from '@nexus/kit/feed'
import { packHeader, type Report, reportDigest } from '@nexus/kit/report'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { type Account, accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import { localRpc } from '@nexus/local/rpc'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { feedSpecFor } from '@nexus/packs/feed-spec'
import { encodeFormula } from '@nexus/terms/formula'
import { policyIdOf, type Quote, quoteTypedData } from '@nexus/terms/quote'
import { bindableTerms, parseTerms, type TermsDocument, termsHash, termsStruct } from '@nexus/terms/terms'
import { SigningKey } from 'ethers'
import {
  type Abi,
  concatHex,
  encodeFunctionData,
  pad,
  padHex,
  size,
  toFunctionSelector,
  toHex as toHexNumber,
} from 'viem'
import { privateKeyToAccount } from 'viem/accounts'

const DAY = 86_400
export const CHAIN_ID = 31337
/** Four operators, one of which may be faulty: three sign. */
const operators = accounts.operators.slice(0, 4)
const QUORUM = 3
const CHALLENGE_SECONDS = 2 * DAY

/** Twelve days of rain; the driest three together have 0.4 + 0.0 + 1.1 = 1.5 mm. */
const RAIN = ['4.0', '2.5', '0.4', '0.0', '1.1', '9.3', '3.2', '0.5', '6.1', '2.2', '8.0', '1.4']
const rainFile = RAIN.map((mm, n) => `2012-03-${String(n + 1).padStart(2, '0')},${mm}`)
const CSV = new TextEncoder().encode(['date,precipitation', ...rainFile, ''].join('\n'))
export const WINDOW = { from: '2012-03-01T00:00:00Z', to: '2012-03-13T00:00:00Z' }

async function artifact(name: string): Promise<Abi> {
  const file = new URL(`../../../services/chain/artifacts/${name}.json`, import.meta.url)
  return JSON.parse(await readFile(file, 'utf8')).abi
}

/** How an anchoring call reaches the registry. */
export type Carriage = 'plain' | 'wrapped' | 'behind a decoy' | 'unpacked'

const EXECUTE = toFunctionSelector('function execute(address,bytes)')
const padBytes = (bytes: Hex): Hex => padHex(bytes, { dir: 'right', size: 32 * Math.ceil(size(bytes) / 32) })

export interface BoundPolicy {
  policyId: bigint
}

/** The suite on a chain of its own, with operators who sign what they are given: everything a settlement rests on. */
export async function startChain() {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-reconstruct-'))
  const chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl'), start: '2011-12-01T00:00:00Z' })
  const stop = async () => {
    await chain.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const rpc = localRpc(chain.url)
    const clock = chainClock(rpc.request)
    const deployed = await deployModule({
      module: localModule,
      parameters: {
        Nexus: { admin: accounts.deployer.address, challengeSeconds: CHALLENGE_SECONDS },
        Local: {
          governor: accounts.governor.address,
          underwriter: accounts.underwriter.address,
          reportingLagSeconds: 28 * DAY,
        },
      },
      rpcUrl: chain.url,
      accounts: (await rpc.request('eth_accounts')) as Hex[],
      deploymentDir: path.join(folder, 'deployment'),
    })
    const abis = Object.fromEntries(
      await Promise.all(
        ['AccessManager', 'EvidenceRegistry', 'TermsStore', 'PolicyBook', 'RiskPool', 'TestStablecoin'].map(
          async name => [name, await artifact(name)],
        ),
      ),
    ) as Record<string, Abi>
    const contract = (id: string, name: string) => {
      const address = deployed[id]
      const abi = abis[name]
      if (!address || !abi) throw new Error(`${id} was not deployed: ${Object.keys(deployed).join(', ')}`)
      return { address, abi }
    }
    return {
      ...world({
        rpc,
        clock,
        folder,
        access: contract('Nexus#AccessManager', 'AccessManager'),
        registry: contract('Nexus#EvidenceRegistry', 'EvidenceRegistry'),
        termsStore: contract('Nexus#TermsStore', 'TermsStore'),
        book: contract('Nexus#PolicyBook', 'PolicyBook'),
        pool: contract('Local#RiskPool', 'RiskPool'),
        asset: contract('Local#TestStablecoin', 'TestStablecoin'),
      }),
      deployed,
      url: chain.url,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
export type World = Awaited<ReturnType<typeof startChain>>

interface Contract {
  address: Hex
  abi: Abi
}

interface Parts {
  rpc: ReturnType<typeof localRpc>
  clock: ReturnType<typeof chainClock>
  folder: string
  access: Contract
  registry: Contract
  termsStore: Contract
  book: Contract
  pool: Contract
  asset: Contract
}

function world({ rpc, clock, folder, access, registry, termsStore, book, pool, asset }: Parts) {
  const { send } = rpc
  const call = (from: Account, contract: Contract, functionName: string, ...args: unknown[]) =>
    send(from, { ...contract, functionName, args })
  const signers: ReceiptSigner[] = operators.map(({ privateKey, address }) =>
    localReceiptSigner({ ecPrivateKey: fromHex(privateKey), mlDsaSeed: sha256(fromHex(address)) }),
  )
  let nonce = 0n

  const sendRaw = async (transaction: { to?: Hex; data: Hex }): Promise<Hex> => {
    const { address: from } = accounts.deployer
    const hash = (await rpc.request('eth_sendTransaction', { from, ...transaction })) as Hex
    const { contractAddress, status } = await rpc.client.waitForTransactionReceipt({ hash })
    if (status !== 'success') throw new Error(`${hash} reverted`)
    return contractAddress ?? '0x'
  }
  const uint = (value: number) => toHexNumber(value, { size: 32 })

  /** Ways in which somebody gets a call to the registry there; a decoy is that call with signatures that do not hold. */
  const carry: Record<Carriage, (call: Hex, decoy: Hex) => Promise<unknown>> = {
    plain: data => sendRaw({ to: registry.address, data }),
    wrapped: data => call(accounts.deployer, access, 'execute', registry.address, data),
    /** As wrapped, but the call stands behind a decoy that the offset skips. */
    'behind a decoy': (data, decoy) => {
      const body = [uint(size(data)), padBytes(data)]
      const skipped = padBytes(decoy)
      const head = [pad(registry.address), uint(64 + size(skipped)), skipped]
      return sendRaw({ to: access.address, data: concatHex([EXECUTE, ...head, ...body]) })
    },
    /** Put on chain as the code of one contract first, and read from there by another that calls: no input shows it. */
    unpacked: async data => {
      const store: Hex = `0x61${toHexNumber(size(data), { size: 2 }).slice(2)}80600a5f395ff3`
      const stored = await sendRaw({ data: concatHex([store, data]) })
      // extcodecopy(stored, 0, 0, size); call(gas(), registry, 0, 0, size, 0, 0)
      const copy = `73${stored.slice(2)}3b805f5f73${stored.slice(2)}3c`
      await sendRaw({ data: `0x${copy}5f5f915f5f73${registry.address.slice(2)}5af100` })
    },
  }

  return {
    rpc,
    clock,
    book: book.address,
    registry: registry.address,
    access: access.address,
    termsStore: termsStore.address,
    pool: pool.address,
    asset: asset.address,
    challengeSeconds: CHALLENGE_SECONDS,
    mint: (to: Hex, assets: bigint) => call(accounts.keeper, asset, 'mint', to, assets),
    /** The store of one operator. */
    store: path.join(folder, 'packs'),

    async open(): Promise<void> {
      const pqKeyHashes = signers.map(({ mlDsaPublicKey }) => pqKeyHashOf(mlDsaPublicKey))
      const addresses = operators.map(({ address }) => address)
      await call(accounts.governor, registry, 'announceConfiguration', addresses, pqKeyHashes, QUORUM, 0)
      const [depositor] = accounts.depositors
      await call(depositor, asset, 'mint', depositor.address, 10n ** 12n)
      await call(depositor, asset, 'approve', pool.address, 10n ** 12n)
      await call(depositor, pool, 'deposit', 10n ** 12n, depositor.address)
    },

    /** A cover against three days with little rain in all: full at `full` mm/10, nothing from `none` mm/10 on. */
    terms(full: string, none: string, readings: 'whole' | 'any' = 'whole') {
      const feed = rainFeed()
      const all = `${10n ** 18n}`
      return parseTerms({
        version: 1,
        feed,
        xDecimals: feed.decimals,
        formula: {
          rounding: 'down',
          knots: [
            { x: full, below: all, at: all, above: all },
            { x: none, below: '0', at: '0', above: '0' },
          ],
        },
        asset: asset.address,
        coverAssets: '1000000001',
        window: WINDOW,
        minEql: 1,
        evidence: 'final',
        readings,
        waitingSeconds: DAY,
        reportingDeadline: '2013-06-01T00:00:00Z',
      })
    },

    async bind(document: TermsDocument, holder: Account): Promise<BoundPolicy> {
      const { feed } = document
      if (!feed) throw new Error('the terms name a whole feed specification')
      const terms = bindableTerms(document)
      const { header, words } = encodeFormula(document.formula)
      const { underwriter, sponsor } = accounts
      await call(underwriter, termsStore, 'publishFeed', toHex(feedSpecBytes(feed)))
      await call(underwriter, termsStore, 'publishFormula', header, words)
      await call(underwriter, termsStore, 'publishTerms', termsStruct(terms))
      const quote: Quote = {
        termsHash: termsHash(terms),
        holder: holder.address,
        premium: 5_000_000n,
        pool: pool.address,
        nonce: ++nonce,
        expiry: (await clock.nowSeconds()) + DAY,
      }
      const signature = await privateKeyToAccount(underwriter.privateKey).signTypedData(
        quoteTypedData(CHAIN_ID, book.address, quote),
      )
      await call(sponsor, asset, 'mint', sponsor.address, quote.premium)
      await call(sponsor, asset, 'approve', pool.address, quote.premium)
      await call(sponsor, book, 'bind', quote, underwriter.address, signature)
      return { policyId: policyIdOf(pool.address, quote.nonce) }
    },

    /**
     * Seals, signs and anchors the index of a window; puts the pack into the store and waits until it is final.
     * The first three operators give receipts; `attesting` sign the report.
     */
    async anchor({
      window = WINDOW,
      sequence = 1,
      carriage = 'plain',
      attesting = [0, 1, 2],
      untilFinal = true,
    }: {
      window?: typeof WINDOW
      sequence?: number
      carriage?: Carriage
      attesting?: readonly number[]
      untilFinal?: boolean
    } = {}): Promise<Pack> {
      const pack = await rainPack(window, sequence)
      await clock.moveTo(parseUtcSeconds(WINDOW.to) + 1)
      const configVersion = 1
      const signing = signers.slice(0, QUORUM)
      const receipts = signing.map((signer, n) => ({
        operator: operators[n]?.address ?? '0x',
        bytes: signReceipt(
          {
            version: 1,
            aepRoot: pack.aepId,
            feedId: pack.report.feedId,
            ...window,
            sequence: pack.report.sequence,
            operator: operators[n]?.address ?? '0x',
            configVersion,
            inputs: [
              {
                name: 'rain.csv',
                sha256: sha256Hex(CSV),
                obtained: 'own-copy',
                retrievedAt: formatUtcSeconds(1_331_683_200),
              },
            ],
            value: pack.claims.index.scaled,
            eql: pack.report.eql,
          },
          signer,
        ),
      }))
      const report: Report = { ...pack.report, receiptsRoot: receiptsRoot(receipts), configVersion }
      const digest = reportDigest(CHAIN_ID, registry.address, report)
      const signed = attesting.map(n => new SigningKey(operators[n]?.privateKey ?? '0x').sign(digest).compactSerialized)
      const others = operators.filter((_, n) => !attesting.includes(n)).map(({ address }) => address)
      const header = packHeader(
        report,
        attesting.reduce((bits, n) => bits | (1 << n), 0),
      )
      const callWith = (signatures: readonly Hex[]) =>
        encodeFunctionData({
          abi: registry.abi,
          functionName: 'anchor',
          args: [report.feedId, pack.aepId, report.receiptsRoot, header, concatHex([...signatures, ...others])],
        })
      await carry[carriage](callWith(signed as Hex[]), callWith([...signed].reverse() as Hex[]))

      await mkdir(path.join(folder, 'packs'), { recursive: true })
      const files = new Map(pack.files)
      for (const { operator, bytes } of receipts) files.set(receiptName(operator), bytes)
      await writeFile(path.join(folder, 'packs', `${pack.aepId}.zip`), zipPack(files))
      if (untilFinal) await clock.moveBy(CHALLENGE_SECONDS)
      return pack
    },

    settle: ({ policyId }: BoundPolicy, aepId: Hex) => call(accounts.keeper, book, 'settle', policyId, aepId),
    lapse: ({ policyId }: BoundPolicy, aepId: Hex) => call(accounts.keeper, book, 'lapse', policyId, aepId),

    /** Several calls to the book in one transaction. */
    together(functionName: string, policies: readonly BoundPolicy[], aepId: Hex): Promise<Hex> {
      const calls = policies.map(({ policyId }) =>
        encodeFunctionData({
          abi: access.abi,
          functionName: 'execute',
          args: [book.address, encodeFunctionData({ abi: book.abi, functionName, args: [policyId, aepId] })],
        }),
      )
      return call(accounts.deployer, access, 'multicall', calls)
    },

    /** A contract that does nothing but emit one event of its maker's choice when it is made. */
    async emitAnything(topics: readonly Hex[], data: Hex): Promise<void> {
      const payload = data.slice(2)
      const push = (bytes: string) => (0x5f + bytes.length / 2).toString(16) + bytes
      const length = push((payload.length / 2).toString(16).padStart(4, '0'))
      const pushed = topics.map(topic => push(topic.slice(2))).reverse()
      const log = (0xa0 + topics.length).toString(16)
      const code = (offset: string) => `${length}${push(offset)}5f39${pushed.join('')}${length}5f${log}00`
      const offset = (code('0000').length / 2).toString(16).padStart(4, '0')
      const { address: from } = accounts.keeper
      const tx = (await rpc.request('eth_sendTransaction', { from, data: `0x${code(offset)}${payload}` })) as Hex
      await rpc.client.waitForTransactionReceipt({ hash: tx })
    },
  }
}

export function rainFeed(): FeedSpec {
  return feedSpecFor({
    catalogue: loadCatalogue(),
    model: 'dry-spell',
    params: { days: 3 },
    adapter: 'csv',
    dataset: 'village-rain',
    datasetVersion: '2012',
    uncertainty: null,
  })
}

async function rainPack(times: typeof WINDOW, sequence: number): Promise<Pack> {
  const catalogue = loadCatalogue()
  const feed = rainFeed()
  const window = { from: parseUtcSeconds(times.from), to: parseUtcSeconds(times.to) }
  const { dataset, result } = await computeIndex({
    catalogue,
    feed,
    window,
    inputs: [{ name: 'rain.csv', bytes: CSV }],
  })
  const model = catalogue.model(feed.model)
  const source = catalogue.source(feed.source.adapter)
  return buildPack({
    feed,
    window,
    sequence,
    inputs: [
      {
        name: 'rain.csv',
        bytes: CSV,
        url: 'https://example.org/rain.csv',
        licence: 'CC0-1.0',
        retrievedAt: '2012-03-14T00:00:00Z',
      },
    ],
    dataset,
    result,
    model: { entry: model.entry, files: model.codeFiles },
    source: { entry: source.entry, files: source.codeFiles },
    catalogue: null,
  })
}
