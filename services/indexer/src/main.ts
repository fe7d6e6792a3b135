/**
 * Keeps graph-node and its PostgreSQL for one parent, which starts it with an IPC channel. A process of its own, for two
 * reasons: what it starts must end even when the parent is killed, and the PostgreSQL library takes over the signals of the
 * process it is loaded in.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { NexusError } from '@nexus/kit/errors'
import { chainAt } from './chain.ts'
import { chooseDatabase, startDatabase } from './database.ts'
import { NETWORK, placeDeployment, placeIdle } from './deployment.ts'
import { startGraphNode } from './graph-node.ts'
import { startIpfsStub } from './ipfs-stub.ts'
import type { FromKeeper, StartRequest, ToKeeper } from './messages.ts'
import { choosePorts } from './ports.ts'
import { awaitPredecessor, endOrphans, forget, record } from './processes.ts'
import { startRpcAdapter } from './rpc-adapter.ts'

const SUBGRAPH = 'nexus'

const tell = (message: FromKeeper) => {
  if (process.connected) process.send?.(message)
}
const log = (text: string) => tell({ kind: 'log', text })

/** In reverse order of starting. */
const stops: (() => Promise<void> | void)[] = []
let stopping: Promise<void> | undefined

async function stopAll(): Promise<void> {
  for (const stop of stops.reverse()) await stop()
}

/** Once, however many reasons there are. */
function end(status: number): Promise<void> {
  stopping ??= stopAll().then(
    () => process.exit(status),
    () => process.exit(1),
  )
  return stopping
}

function fail(error: unknown): void {
  const { code, message, details } =
    error instanceof NexusError
      ? error
      : { code: 'bug', message: error instanceof Error ? (error.stack ?? error.message) : String(error), details: {} }
  tell({ kind: 'failed', code, message, details })
  void end(1)
}

async function start({ rpcUrl, deployment, dataDir, gnd, ports: wanted }: StartRequest): Promise<void> {
  const began = performance.now()
  mkdirSync(dataDir, { recursive: true })
  await awaitPredecessor(dataDir)
  const orphans = await endOrphans(dataDir)
  if (orphans > 0) log(`ended ${orphans} processes that an earlier run had left`)
  record(dataDir, 'keeper', process.pid)
  record(dataDir, 'parent', process.ppid)
  stops.push(() => forget(dataDir))

  const chain = chainAt(rpcUrl)
  const ports = await choosePorts(wanted)
  const database = await startDatabase(dataDir, ports.postgres, log)
  stops.push(database.stop)

  const { name, resumed } = await chooseDatabase(database, chain)
  const { manifest, id } = placeDeployment(dataDir, deployment)
  const ipfs = await startIpfsStub()
  stops.push(ipfs.stop)
  const rpc = await startRpcAdapter(rpcUrl)
  stops.push(rpc.stop)
  const node = await startGraphNode({
    gnd,
    folder: placeIdle(dataDir, await chain.head()),
    network: NETWORK,
    chainId: await chain.id(),
    rpcUrl: rpc.url,
    ipfsUrl: ipfs.url,
    databaseUrl: database.url(name),
    ports,
    logFile: path.join(dataDir, 'graph-node.log'),
    spawned: child => {
      record(dataDir, 'gnd', child.pid)
      // Should this process end in a way that does not wait, or before graph-node is ready, it at least ends with it.
      process.on('exit', () => child.kill('SIGKILL'))
    },
  })
  stops.push(node.stop)
  node.process.once('exit', status => {
    if (!stopping) fail(new Error(`graph-node exited with ${status}; its log is in ${dataDir}`))
  })

  await node.deploy(SUBGRAPH, manifest, id)
  const endpoints = {
    graphqlUrl: `http://127.0.0.1:${ports.graphql}/subgraphs/name/${SUBGRAPH}`,
    statusUrl: `http://127.0.0.1:${ports.index}/graphql`,
  }
  tell({ kind: 'started', endpoints, resumed, startedMs: Math.round(performance.now() - began) })
}

process.on('disconnect', () => void end(0)) // the parent is gone, in whichever way
process.on('message', (message: ToKeeper) => {
  if (message.kind === 'stop') void end(0)
  else start(message.request).catch(fail)
})
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
