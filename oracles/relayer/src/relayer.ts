import { localReceiptSigner } from '@nexus/aep/receipt'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { fromHex, type Hex } from '@nexus/kit/canonical'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { openCalls } from '@nexus/runtime/calls'
import { type Chain, connectChain, requireChainId } from '@nexus/runtime/chain'
import { type Clock, type Random, systemClock } from '@nexus/runtime/clock'
import { readPqSeed, unlockKeystore } from '@nexus/runtime/keystore'
import { createLifecycle } from '@nexus/runtime/lifecycle'
import { createLog, type Log } from '@nexus/runtime/log'
import { type Loop, startLoop } from '@nexus/runtime/loop'
import type { Configuration } from '@nexus/runtime/registry'
import { createRegistry } from '@nexus/runtime/registry'
import { createSender, type SenderStep } from '@nexus/runtime/sender'
import { createServer, listen } from '@nexus/runtime/server'
import { openStore } from '@nexus/runtime/sqlite'
import { httpTransport, type Transport } from '@nexus/runtime/transport'
import { type AttestDeps, attest } from './attest.ts'
import { completePacks } from './complete.ts'
import type { RelayerConfig } from './config.ts'
import { type DecideStep, decide } from './decide.ts'
import { type GatherDeps, gather } from './gather.ts'
import { createInstruments } from './instruments.ts'
import { type IntakeDeps, receivePack, tryReceivePack } from './intake.ts'
import { createLeader } from './lead.ts'
import { type Compute, createOwnReadings, type Obtain, obtainFrom } from './own-reading.ts'
import { createPeers } from './peers.ts'
import { pullPacks } from './pull.ts'
import { makeReceipt } from './receipts.ts'
import { addRoutes } from './server.ts'
import { migrations, openState, type PackRecord, type StoredReceipt } from './state.ts'
import { openPackStore } from './store.ts'

export type RelayerStep = 'pack-received' | 'anchor-gathered' | 'pack-complete' | DecideStep | SenderStep

/** Everything a relayer takes from outside; what is left out is the real thing. */
export interface RelayerDeps {
  clock?: Clock
  random?: Random
  log?: Log
  transport?: Transport
  chain?: Chain
  obtain?: Obtain
  compute?: Compute
  /** Called after each step that must survive a kill. */
  onStep?: (step: RelayerStep, subject: string) => void
}

export interface RunningRelayer {
  url: string
  operator: Hex
  stop(): Promise<void>
}

/** Starts one operator's relayer. @throws NexusError for a configuration, key or store that cannot be used */
export async function startRelayer(config: RelayerConfig, deps: RelayerDeps = {}): Promise<RunningRelayer> {
  const { clock = systemClock, random = Math.random } = deps
  const { account, privateKey } = await unlockKeystore(config.operator)
  const signer = localReceiptSigner({
    ecPrivateKey: fromHex(privateKey),
    mlDsaSeed: readPqSeed(config.operator.pqKeyFile),
  })
  const operator = account.address.toLowerCase() as Hex // lower-casing keeps it hex
  const log = deps.log ?? createLog(`relayer ${operator.slice(0, 10)}`, config.logLevel)
  const life = createLifecycle(log)
  try {
    return await start(config, deps, { clock, random, log, life, account, privateKey, signer, operator })
  } catch (error) {
    await life.stop()
    throw error
  }
}

interface Identity {
  clock: Clock
  random: Random
  log: Log
  life: ReturnType<typeof createLifecycle>
  account: Awaited<ReturnType<typeof unlockKeystore>>['account']
  privateKey: Hex
  signer: ReturnType<typeof localReceiptSigner>
  operator: Hex
}

async function start(config: RelayerConfig, deps: RelayerDeps, identity: Identity): Promise<RunningRelayer> {
  const { clock, random, log, life, account, privateKey, signer, operator } = identity
  const { metrics, steps, attestations, failures, pending, headAt, syncedAt, deciding } = createInstruments()
  const onStep = (step: RelayerStep, subject: string) => {
    steps.inc({ step })
    deps.onStep?.(step, subject)
  }

  const database = openStore(config.databaseFile, migrations)
  life.add('database', () => database.close())
  const transport = deps.transport ?? httpTransport(config.tls)
  life.add('transport', () => transport.close())
  const chain = deps.chain ?? connectChain(config.chain)
  const state = openState(database)
  const store = openPackStore(config.storeDir)
  store.sweep(new Set(state.received()))
  const registry = createRegistry(chain, database, {
    address: config.chain.registry,
    components: config.chain.components,
    fromBlock: config.chain.fromBlock,
  })
  const sender = createSender({
    chain,
    account,
    calls: openCalls(database),
    clock,
    log,
    config: config.transactions,
    errors: evidenceRegistryAbi,
    onStep,
  })

  const catalogue = loadCatalogue(config.packsDir)
  const compute: Compute = deps.compute ?? ((feed, window, inputs) => computeIndex({ catalogue, feed, window, inputs }))
  const obtain = deps.obtain ?? obtainFrom(catalogue, config.sources, clock)
  const readings = createOwnReadings({ clock, obtain, compute })

  const peers = createPeers(transport, operator, config.peers, {
    timeoutMs: config.attestation.peerTimeoutMs,
    packTimeoutMs: Math.max(60_000, config.attestation.peerTimeoutMs),
    mostPackBytes: config.packs.mostBytes,
  })

  const ownReceipt = (pack: PackRecord, configuration: Configuration): StoredReceipt => {
    const known = state.receiptOf(pack.aepId, configuration.version, operator)
    if (known) return known
    const receipt = makeReceipt(signer, pack.report, configuration.version, pack.ownInputs)
    state.addReceipts(pack.aepId, configuration.version, [receipt])
    return receipt
  }
  const intake: IntakeDeps = {
    clock,
    log,
    state,
    store,
    registry,
    catalogue,
    datasets: new Set(Object.keys(config.sources)),
    feeds: config.feeds && new Set(config.feeds),
    mostPending: config.packs.mostPending,
    onReceived(aepId) {
      onStep('pack-received', aepId)
      loops.decide?.wake()
    },
  }
  const domain = { chainId: config.chain.chainId, registry: config.chain.registry }
  const attestDeps: AttestDeps = { clock, state, registry, domain, operator, privateKey }
  const offered = new Map<string, number>()
  const gatherDeps: GatherDeps = {
    clock,
    log,
    state,
    sender,
    domain,
    operator,
    privateKey,
    peers,
    graceMs: config.attestation.graceMs,
    ownReceipt,
    onUnknown(peer, aepId) {
      const key = `${peer.operator} ${aepId}`
      const zip = store.zip(aepId)
      if (!zip || clock.nowMs() - (offered.get(key) ?? 0) < config.packs.pullMs) return
      offered.set(key, clock.nowMs())
      peer
        .offerPack(zip)
        .catch(error => log.info({ peer: peer.operator, aepId, error: String(error) }, 'pack not taken by peer'))
    },
  }

  const loops: Partial<Record<'chain' | 'decide' | 'anchor' | 'send' | 'complete' | 'pull', Loop>> = {}
  const loopDeps = { clock, random, log, onError: (loop: string) => failures.inc({ loop }) }
  let syncedAtMs = 0

  const server = createServer(log, metrics, {
    tls: config.tls,
    mostBodyBytes: 64_000,
    requestTimeoutMs: 30_000,
    mostConnections: 256,
    readiness() {
      const ageMs = clock.nowMs() - syncedAtMs
      const inCommittee = registry.configuration()?.operators.includes(operator) ?? false
      const isSynced = syncedAtMs > 0 && ageMs < Math.max(10_000, config.chain.pollMs * 5)
      return {
        ready: isSynced && inCommittee,
        operator,
        inCommittee,
        chain: { synced: isSynced, block: Number(registry.head()?.number ?? 0n) },
        packsPending: state.received().length,
      }
    },
  })
  addRoutes(server, {
    log,
    state,
    mostPackBytes: config.packs.mostBytes,
    receive: zip => receivePack(intake, zip),
    zip: aepId => store.zip(aepId),
    anchor: aepId => registry.anchor(aepId),
    ownReceipt(pack) {
      const configuration = registry.configuration()
      return configuration?.operators.includes(operator) ? ownReceipt(pack, configuration) : undefined
    },
    attest: request => attest(attestDeps, request),
    onAttestation(outcome) {
      attestations.inc({ outcome: outcome.kind === 'signed' ? 'signed' : outcome.code })
      if (outcome.kind === 'signed') return
      const { code, message, details } = outcome
      // A peer that was quicker than we are is no news; one that says something else is.
      const level =
        code === 'unknown-pack' || code === 'not-checked-yet' || code === 'already-anchored' ? 'debug' : 'warn'
      log[level]({ code, error: message, ...details }, 'attestation refused')
    },
  })
  const url = await listen(server, config.listen)
  life.add('server', () => server.close())

  const addLoop = (
    name: keyof typeof loops,
    idleMs: number,
    step: (signal: AbortSignal) => Promise<number | undefined>,
  ) => {
    const loop = startLoop(loopDeps, { name, idleMs, step })
    loops[name] = loop
    life.add(`${name} loop`, () => loop.stop())
  }

  let chainIsChecked = false
  addLoop('chain', config.chain.pollMs, async () => {
    if (!chainIsChecked) await requireChainId(chain)
    chainIsChecked = true
    const moved = await registry.sync()
    syncedAtMs = clock.nowMs()
    syncedAt.set(syncedAtMs / 1000)
    headAt.set(registry.head()?.timestamp ?? 0)
    if (moved) for (const name of ['anchor', 'complete', 'decide'] as const) loops[name]?.wake()
    return undefined
  })
  addLoop('decide', 5_000, async () => {
    pending.set(state.received().length)
    const next = state.nextReceived(clock.nowMs())
    if (!next) return undefined
    if ('waitMs' in next) return Math.min(next.waitMs, 5_000)
    const done = deciding.startTimer()
    await decide(
      {
        clock,
        log,
        state,
        store,
        registry,
        signer,
        operator,
        evaluation: { catalogue, registry, readings, compute, freshMs: config.packs.freshMs },
        retryMs: config.packs.sourceRetryMs,
        onStep,
      },
      next.pack,
    )
    done()
    loops.anchor?.wake()
    return 0
  })
  const leader = createLeader({
    clock,
    log,
    state,
    registry,
    sender,
    operator,
    takeOverMs: config.attestation.takeOverMs,
    gather: (pack, configuration) => gather(gatherDeps, pack, configuration),
    onGathered(aepId) {
      onStep('anchor-gathered', aepId)
      loops.send?.wake()
    },
  })
  addLoop('anchor', config.attestation.roundMs, () => leader.step())
  addLoop('send', config.chain.pollMs, async () => {
    const pauseMs = await sender.step()
    if (pauseMs !== undefined) loops.chain?.wake()
    return pauseMs
  })
  addLoop('complete', config.packs.pullMs, async () => {
    const lacking = await completePacks({ log, state, store, registry, peers })
    return lacking > 0 ? Math.min(config.packs.pullMs, config.attestation.roundMs * 2) : undefined
  })
  addLoop('pull', config.packs.pullMs, async () => {
    await pullPacks({ log, state, peers, receive: zip => tryReceivePack(intake, zip) })
    return undefined
  })

  log.info({ url, operator, peers: peers.size, chainId: config.chain.chainId }, 'relayer serves')
  return { url, operator, stop: () => life.stop() }
}
