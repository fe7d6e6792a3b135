import type { PackReport } from '@nexus/aep/build'
import { localReceiptSigner, pqKeyHashOf, type ReceiptSigner } from '@nexus/aep/receipt'
import { fromHex, type Hex, sha256 } from '@nexus/kit/canonical'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Window } from '@nexus/kit/observation'
import { leastQuorum } from '@nexus/kit/report'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { feedSpecOfDataset } from '@nexus/packs/feed-spec'
import { obtainSource } from '@nexus/packs/fetch'
import type { Compute, Obtain } from '@nexus/relayer/own-reading'
import { migrations, openState } from '@nexus/relayer/state'
import type { Head } from '@nexus/runtime/chain'
import type { AnchorRecord, AnchorState, Configuration } from '@nexus/runtime/registry'
import { openStore } from '@nexus/runtime/sqlite'
import { privateKeyToAddress } from 'viem/accounts'

export const catalogue = loadCatalogue()
export const HUALIEN: FeedSpec = feedSpecOfDataset(catalogue, 'vega-earthquakes', 'quake-max-magnitude', {
  lat: '23.9769',
  lon: '121.6044',
  radiusKm: '50',
})
export const WINDOW: Window = { from: Date.UTC(2018, 1, 1) / 1000, to: Date.UTC(2018, 1, 7) / 1000 }
export const OVER = WINDOW.to + 60

export interface Operator {
  address: Hex
  privateKey: Hex
  signer: ReceiptSigner
}

/** Four operators, in the committee's order. */
export const operators: Operator[] = [1, 2, 3, 4]
  .map(n => {
    const privateKey: Hex = `0x${n.toString(16).padStart(64, '0')}`
    const address = privateKeyToAddress(privateKey).toLowerCase() as Hex // lower case is hex too
    const mlDsaSeed = sha256(new Uint8Array([n]))
    return { address, privateKey, signer: localReceiptSigner({ ecPrivateKey: fromHex(privateKey), mlDsaSeed }) }
  })
  .sort((a, b) => (a.address < b.address ? -1 : 1))

export const operator = (index: number): Operator => {
  const found = operators[index]
  if (!found) throw new Error(`there is no operator ${index}`)
  return found
}

export const configuration: Configuration = {
  version: 1,
  quorum: leastQuorum(operators.length),
  operators: operators.map(({ address }) => address),
  pqKeyHashes: operators.map(({ signer }) => pqKeyHashOf(signer.mlDsaPublicKey)),
}

export const compute: Compute = (feed, window, inputs) => computeIndex({ catalogue, feed, window, inputs })
export const obtain: Obtain = async (feed, window) => {
  const { inputs } = await obtainSource({ catalogue, feed, window, clock: { nowSeconds: () => OVER } })
  return inputs.map(input => ({ ...input, obtained: 'own-copy' as const }))
}

type Options = Partial<Omit<Parameters<typeof produceAep>[0], 'catalogue' | 'clock'>>

export async function sealed(options: Options = {}) {
  const produced = await produceAep({
    catalogue,
    feed: HUALIEN,
    window: WINDOW,
    sequence: 1,
    clock: { nowSeconds: () => OVER },
    ...options,
  })
  if (produced.kind === 'no-index') throw new Error('the data give no index')
  return produced
}

/** A registry as a test wants it. */
export interface FakeRegistry {
  timestamp: number
  latest: number
  cap: number
  model: Hex | undefined
  anchors: AnchorRecord[]
  states: Map<Hex, AnchorState>
  configuration: Configuration | undefined
  /** How often it was asked to look at the chain again. */
  syncs: number
}
export function fakeRegistry(initial: Partial<FakeRegistry> = {}) {
  const fake: FakeRegistry = {
    timestamp: OVER,
    latest: 0,
    cap: 4,
    model: undefined,
    anchors: [],
    states: new Map(),
    configuration,
    syncs: 0,
    ...initial,
  }
  const head = (): Head => ({ number: 10n, hash: `0x${'00'.repeat(32)}`, timestamp: fake.timestamp, baseFeePerGas: 1n })
  return {
    fake,
    registry: {
      head,
      async sync() {
        fake.syncs++
        return true
      },
      configuration: () => fake.configuration,
      configurationOf: (version: number) => (fake.configuration?.version === version ? fake.configuration : undefined),
      anchor: (aepId: Hex) => fake.anchors.find(anchor => anchor.aepId === aepId),
      anchorsOfWindow: (feedId: Hex, from: number, to: number) =>
        fake.anchors.filter(anchor => anchor.feedId === feedId && anchor.from === from && anchor.to === to),
      anchorsWithin: () => fake.anchors,
      latestSequence: async () => fake.latest,
      capOf: async () => fake.cap,
      modelOf: async () => fake.model,
      stateOf: async (aepId: Hex) => fake.states.get(aepId) ?? ('final' as const),
    },
  }
}

export const anchorOf = (report: PackReport, rest: Partial<AnchorRecord> = {}): AnchorRecord => ({
  aepId: report.aepRoot,
  feedId: report.feedId,
  from: report.from,
  to: report.to,
  sequence: report.sequence,
  value: report.value,
  eql: report.eql,
  provisional: false,
  configVersion: 1,
  signers: 7,
  receiptsRoot: `0x${'11'.repeat(32)}`,
  blockNumber: 5,
  txHash: `0x${'22'.repeat(32)}`,
  ...rest,
})

/** A relayer's state that nothing else shares. */
export function memoryState() {
  const store = openStore(':memory:', migrations)
  return { store, state: openState(store) }
}
