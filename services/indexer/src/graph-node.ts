import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { tryAgainError } from '@nexus/kit/errors'
import { call, post } from './json-rpc.ts'
import type { Ports } from './messages.ts'
import { until } from './poll.ts'

export interface GraphNodeOptions {
  gnd: string
  /** Where its own idle subgraph is. */
  folder: string
  network: string
  /** Decimal. */
  chainId: string
  rpcUrl: string
  ipfsUrl: string
  databaseUrl: string
  ports: Ports
  logFile: string
  /** Told at once, long before it is ready: it may have to be stopped before. */
  spawned(child: ChildProcess): void
}

export interface GraphNode {
  process: ChildProcess
  /** Deploys a subgraph unless it is there already. */
  deploy(name: string, manifest: string, label: string): Promise<void>
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000
const ORDERLY_END_MS = 4_000

/** Nothing of our own environment goes in: gnd reads connection strings from there. */
const environment = ({ databaseUrl, chainId }: GraphNodeOptions): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  POSTGRES_URL: databaseUrl, // not an argument: everybody sees those
  GRAPH_LOG: 'warn',
  GRAPH_SUBGRAPH_VERSION_SWITCHING_MODE: 'instant',
  // with gas, a call asks for more than a transaction may have (EIP-7825); some nodes refuse it, and it is tried for ever
  GRAPH_ETH_CALL_NO_GAS: chainId,
  // seconds and milliseconds: a local chain makes a block when something happens
  GRAPH_STORE_WRITE_BATCH_DURATION: '1',
  ETHEREUM_POLLING_INTERVAL: '500',
  ETHEREUM_REORG_THRESHOLD: '250',
})

const hasExited = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

/** Starts graph-node and waits until it takes deployments. @throws NexusError `graph-node-failed` (75) with the end of its log. */
export async function startGraphNode(options: GraphNodeOptions): Promise<GraphNode> {
  const { gnd, folder, network, rpcUrl, ipfsUrl, ports, logFile } = options
  const log = openSync(logFile, 'a')
  const logStart = statSync(logFile).size
  const flags = {
    manifests: './subgraph.yaml',
    'ethereum-rpc': `${network}:${rpcUrl}`,
    ipfs: ipfsUrl,
    'http-port': ports.graphql,
    'index-node-port': ports.index,
    'admin-port': ports.admin,
    'metrics-port': ports.metrics,
  }
  const child = spawn(gnd, ['dev', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])], {
    cwd: folder,
    stdio: ['ignore', log, log],
    env: environment(options),
  })
  closeSync(log)
  options.spawned(child)
  const failed = once(child, 'error').then(([error]) => error as Error)

  const stop = async () => {
    if (hasExited(child)) return
    const gone = once(child, 'exit')
    child.kill('SIGINT') // it ignores SIGTERM
    const timer = setTimeout(() => child.kill('SIGKILL'), ORDERLY_END_MS)
    await gone
    clearTimeout(timer)
  }
  const admin = `http://127.0.0.1:${ports.admin}`
  const status = `http://127.0.0.1:${ports.index}/graphql`
  try {
    await Promise.race([
      failed.then(error => Promise.reject(error)),
      until('graph-node to take deployments', READY_WITHIN_MS, async () => {
        if (hasExited(child)) return 'exited'
        return (await post(admin, { jsonrpc: '2.0', id: 1, method: 'none', params: {} })) ? 'ready' : undefined
      }).then(answer => (answer === 'ready' ? answer : Promise.reject(new Error('it exited')))),
    ])
  } catch (cause) {
    await stop()
    const end = readFileSync(logFile).subarray(logStart).toString('utf8').trim().split('\n').slice(-8).join('\n')
    throw tryAgainError(
      'graph-node-failed',
      `graph-node did not start; the end of its log:\n${end}`,
      { logFile },
      cause,
    )
  }
  return {
    process: child,
    stop,
    async deploy(name, manifest, label) {
      await call(admin, 'subgraph_create', { name }).catch(error => {
        if (!/already exists/.test(error.message)) throw error
      })
      const query = `{indexingStatusesForSubgraphName(subgraphName:${JSON.stringify(name)}){subgraph}}`
      const answer = await post<{ data?: { indexingStatusesForSubgraphName: { subgraph: string }[] } }>(status, {
        query,
      })
      const deployed = answer.data?.indexingStatusesForSubgraphName.map(({ subgraph }) => subgraph) ?? []
      if (!deployed.includes(manifest))
        await call(admin, 'subgraph_deploy', { name, ipfs_hash: manifest, version_label: label })
    },
  }
}
