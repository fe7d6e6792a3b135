import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import type { Hex } from '@nexus/kit/canonical'
import { accounts } from '@nexus/local/accounts'
import { chainClock } from '@nexus/local/clock'
import { deployLocally } from '@nexus/local/deployment'
import { runLayout } from '@nexus/local/layout'
import { configureRelayers, prepareOperators } from '@nexus/local/operators'
import { until } from '@nexus/local/poll'
import { freePorts } from '@nexus/local/ports'
import { localRpc } from '@nexus/local/rpc'
import { type Reading, scenario, seconds } from '@nexus/local/scenario'
import { suite } from '@nexus/local/suite'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'

/** Long enough for a machine that is busy with other things. */
export const WITHIN_MS = 60_000
export const eventually = <T>(what: string, ask: () => Promise<T | undefined>, withinMs = WITHIN_MS) =>
  until(ask, { what, withinMs, everyMs: 40 })

export interface Node {
  readonly index: number
  readonly operator: Hex
  readonly url: string
  readonly configFile: string
  isRunning(): boolean
  start(as?: { crashAfter: string } | { forging: true }): Promise<void>
  /** Resolves when a process that is to kill itself has done so. */
  died(): Promise<void>
  kill9(): Promise<void>
  stop(): Promise<void>
  log(): string
  outcome(aepId: Hex): Promise<Outcome | undefined>
}

export interface Outcome {
  outcome: string
  value: string
  differences: { check: string; mine: string; theirs: string }[]
  anchor: { txHash: Hex; receiptsRoot: Hex } | null
}

type PackOptions = Pick<Parameters<typeof produceAep>[0], 'obtain' | 'compute' | 'revises'>

const cli = fileURLToPath(new URL('../../../../services/cli/src/main.ts', import.meta.url))
const crashing = fileURLToPath(new URL('./crashing.ts', import.meta.url))
const forging = fileURLToPath(new URL('../../../../services/sandbox/src/run-forging-relayer.ts', import.meta.url))

export async function getJson<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  return response.ok ? ((await response.json()) as T) : undefined
}

function relayerNode(index: number, operator: Hex, url: string, configFile: string, logFile: string): Node {
  let child: ChildProcess | undefined
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }
  return {
    index,
    operator,
    url,
    configFile,
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    async start(as) {
      const log = openSync(logFile, 'a')
      const crashAfter = as && 'crashAfter' in as ? as.crashAfter : undefined
      const honest = crashAfter ? [crashing, configFile] : [cli, 'relayer', '--config', configFile]
      const args = as && 'forging' in as ? [forging, '--config', configFile] : honest
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
        stdio: ['ignore', log, log],
        env: { ...process.env, CRASH_AFTER: crashAfter ?? '' },
      })
      closeSync(log)
      child = started
      await eventually(`relayer ${index} to be ready`, async () => {
        if (crashAfter && started.signalCode === 'SIGKILL') return true // it came as far as it was to come
        if (started.exitCode !== null)
          throw new Error(`relayer ${index} exited: ${readFileSync(logFile, 'utf8').slice(-2_000)}`)
        return (await getJson(`${url}/ready`)) && true
      })
    },
    async died() {
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log: () => readFileSync(logFile, 'utf8'),
    outcome: aepId => getJson<Outcome>(`${url}/packs/${aepId}/outcome`).catch(() => undefined),
  }
}

/** The suite on a chain of its own, and the seven operators' relayers, not started yet. */
export async function startCluster(name: string) {
  const folder = mkdtempSync(path.join(tmpdir(), `nexus-${name}-`))
  const chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl'), start: '2011-12-01T00:00:00Z' })
  const nodes: Node[] = []
  const stop = async () => {
    await Promise.all(nodes.map(node => node.kill9()))
    await chain.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const rpc = localRpc(chain.url)
    const clock = chainClock(rpc.request)
    const layout = runLayout(folder)
    const catalogue = loadCatalogue()
    const manifest = await deployLocally(chain.url, rpc, layout)
    const actions = suite(rpc, manifest)
    await actions.announceCommittee(await prepareOperators(layout))
    await clock.moveBy(120)
    const ports = await freePorts(accounts.operators.length)
    configureRelayers(
      { layout, catalogue, datasets: ['vega-earthquakes', 'vega-seattle-weather'] },
      { rpcUrl: chain.url, manifest, ports },
    )
    mkdirSync(path.join(folder, 'logs'), { recursive: true })
    for (const [index, { address }] of accounts.operators.entries())
      nodes.push(
        relayerNode(
          index,
          address.toLowerCase() as Hex, // still hex
          `http://127.0.0.1:${ports[index]}`,
          layout.operator(index).config,
          layout.log(`relayer-${index}`),
        ),
      )

    const registry = { address: manifest.registry, abi: evidenceRegistryAbi } as const
    return {
      folder,
      chain,
      rpc,
      clock,
      manifest,
      layout,
      catalogue,
      actions,
      nodes,
      stop,
      scenario: scenario(catalogue),
      /** Changes one relayer's configuration file. */
      configure(index: number, change: (config: Record<string, unknown>) => void) {
        const file = layout.operator(index).config
        const config = JSON.parse(readFileSync(file, 'utf8'))
        change(config)
        writeFileSync(file, JSON.stringify(config))
      },
      /** An honest pack of a reading, as any observatory would seal it. */
      async pack(reading: Pick<Reading, 'feed' | 'from' | 'to'>, sequence: number, other: PackOptions = {}) {
        const produced = await produceAep({
          catalogue,
          feed: reading.feed,
          window: { from: seconds(reading.from), to: seconds(reading.to) },
          sequence,
          clock: { nowSeconds: () => Math.floor(Date.now() / 1_000) },
          ...other,
        })
        if (produced.kind === 'no-index') throw new Error('the data give no index')
        return { aepId: produced.pack.aepId, zip: produced.zip, report: produced.pack.report }
      },
      /** Every anchor there is, once per transaction that made one. */
      async anchors(aepId?: Hex) {
        const logs = await rpc.client.getContractEvents({
          ...registry,
          eventName: 'AepAnchored',
          ...(aepId ? { args: { aepId } } : {}),
          fromBlock: 0n,
          strict: true,
        })
        return logs.map(log => ({ txHash: log.transactionHash, ...log.args }))
      },
      /** How many transactions an operator has had mined, failed ones too. */
      transactionsOf: (operator: Hex) => rpc.client.getTransactionCount({ address: operator }),
    }
  } catch (error) {
    await stop()
    throw error
  }
}
export type Cluster = Awaited<ReturnType<typeof startCluster>>

/** Hands a pack to a relayer as an observatory would. */
export async function deliver(
  url: string,
  zip: Uint8Array,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/packs`, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: new Uint8Array(zip),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
