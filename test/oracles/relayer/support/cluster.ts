import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
import { localRpc } from '@nexus/local/rpc'
import { type Reading, scenario, seconds } from '@nexus/local/scenario'
import { suite } from '@nexus/local/suite'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { freePorts } from '@nexus/runtime/ports'
import { getJson, type Service, serviceProcess } from '../../../support/process.ts'

export interface Node extends Service {
  readonly index: number
  readonly operator: Hex
  startForging(): Promise<void>
  outcome(aepId: Hex): Promise<Outcome | undefined>
}

export interface Outcome {
  outcome: string
  value: string
  differences: { check: string; mine: string; theirs: string }[]
  anchor: { txHash: Hex; receiptsRoot: Hex } | null
}

type PackOptions = Partial<Pick<Parameters<typeof produceAep>[0], 'catalogue' | 'obtain' | 'compute' | 'revises'>>

const crashing = fileURLToPath(new URL('./crashing.ts', import.meta.url))
const forging = fileURLToPath(new URL('../../../../services/sandbox/src/run-forging-relayer.ts', import.meta.url))

function relayerNode(index: number, operator: Hex, url: string, configFile: string, logFile: string): Node {
  const service = serviceProcess({
    name: `relayer ${index}`,
    url,
    logFile,
    args: ['relayer', '--config', configFile],
    crashing: [crashing, configFile],
  })
  return {
    ...service,
    index,
    operator,
    startForging: () => service.start({ entry: [forging, '--config', configFile] }),
    outcome: aepId => getJson<Outcome>(`${url}/packs/${aepId}/outcome`).catch(() => undefined),
  }
}

/** The suite on a chain of its own, and the seven operators' relayers, not started yet. */
export async function startCluster(name: string) {
  const folder = mkdtempSync(path.join(tmpdir(), `nexus-${name}-`))
  const journal = path.join(folder, 'chain.jsonl')
  const [chainPort = 0] = await freePorts(1)
  let chain = await spawnLocalChain({ journal, port: chainPort, start: '2011-12-01T00:00:00Z' })
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
      get chain() {
        return chain
      },
      /** The same chain again, at the same address. */
      async restartChain() {
        await chain.stop()
        chain = await spawnLocalChain({ journal, port: chainPort })
      },
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
