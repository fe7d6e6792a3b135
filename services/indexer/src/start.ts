import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExitCode, NexusError, verificationError } from '@nexus/kit/errors'
import type { Deployment } from '@nexus/subgraph/addresses'
import { post } from './json-rpc.ts'
import type { FromKeeper, Ports, StartRequest } from './messages.ts'
import { findPrograms, type Machine } from './platform.ts'
import { until } from './poll.ts'
import { endOrphans } from './processes.ts'

export interface IndexerOptions {
  rpcUrl: string
  /** The chain's deployment manifest, or the part of it that the subgraph follows. */
  manifest: Deployment
  /** Cluster, logs and deployments. One indexer at a time; the next one resumes where this one stopped. */
  dataDir: string
  /** Free ones are chosen for those that are not given. */
  ports?: Partial<Ports>
  log?: (text: string) => void
  /** Default: the one this runs on. */
  machine?: Machine
}

export interface Indexer {
  kind: 'started'
  graphqlUrl: string
  /** Whether it went on from an earlier run's database. */
  resumed: boolean
  startedMs: number
  /** Of the process that keeps graph-node and PostgreSQL. */
  pid: number | undefined
  /**
   * Resolves when everything up to a block can be queried. @throws NexusError `timed-out` (75), `indexing-failed` (3) when a mapping
   * cannot go on.
   */
  syncedTo(block: number, withinMs?: number): Promise<void>
  /** Resolves when no process of it is left, for whatever reason. */
  stopped: Promise<void>
  stop(): Promise<void>
}

export type StartOutcome = Indexer | { kind: 'unavailable'; reason: string }

const keeper = fileURLToPath(new URL('./main.ts', import.meta.url))
const SYNC_WITHIN_MS = 60_000

interface Status {
  health: string
  fatalError: { message: string } | null
}

/**
 * Starts graph-node with the subgraph beside a chain, where it can run. Its processes never outlive this one.
 * @throws NexusError (75) when it could run here, but did not start
 */
export async function startIndexer(options: IndexerOptions): Promise<StartOutcome> {
  const { rpcUrl, manifest, ports = {}, log = () => {} } = options
  const machine = options.machine ?? { platform: process.platform, arch: process.arch, uid: process.getuid?.() }
  const dataDir = path.resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: machine.uid === 0 ? 0o711 : 0o700 })
  const programs = findPrograms(machine, dataDir)
  if (programs.kind === 'unavailable') return programs

  // The argument is for whoever looks at the list of processes. In a session of its own, so that Ctrl-C in a terminal reaches this process alone, which then stops things in order.
  const child = fork(keeper, [dataDir], {
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const stopped = once(child, 'exit').then(async () => {
    await endOrphans(dataDir) // finds none, unless the keeper itself was killed
  })
  const started = new Promise<FromKeeper & { kind: 'started' }>((resolve, reject) => {
    child.on('message', (message: FromKeeper) => {
      if (message.kind === 'log') log(message.text)
      else if (message.kind === 'started') resolve(message)
      else {
        log(message.message)
        reject(new NexusError(ExitCode.tryAgain, message.code, message.message, { details: message.details }))
      }
    })
    child.once('error', reject)
    void stopped.then(() => reject(new NexusError(ExitCode.tryAgain, 'indexer-killed', 'the indexer was killed')))
  })
  const request: StartRequest = { rpcUrl, deployment: manifest, dataDir, gnd: programs.gnd, ports }
  child.send({ kind: 'start', request })
  const { endpoints, resumed, startedMs } = await started

  return {
    kind: 'started',
    graphqlUrl: endpoints.graphqlUrl,
    resumed,
    startedMs,
    pid: child.pid,
    stopped,
    syncedTo: (block, withinMs = SYNC_WITHIN_MS) =>
      until(`the subgraph to reach block ${block}`, withinMs, async () => {
        const name = endpoints.graphqlUrl.slice(endpoints.graphqlUrl.lastIndexOf('/') + 1)
        // of a version that was replaced while it was busy it says that it failed: only the present one counts
        const { data } = await post<{ data: { indexingStatusForCurrentVersion: Status | null } }>(endpoints.statusUrl, {
          query: `{indexingStatusForCurrentVersion(subgraphName:"${name}"){health fatalError{message}}}`,
        })
        const present = data.indexingStatusForCurrentVersion
        if (present?.health === 'failed') return present
        const answer = await post<{ data?: { _meta: { block: { number: number } } } }>(endpoints.graphqlUrl, {
          query: '{_meta{block{number}}}',
        })
        return (answer.data?._meta.block.number ?? -1) >= block ? 'synced' : undefined
      }).then(answer => {
        if (answer !== 'synced')
          throw verificationError('indexing-failed', `the subgraph cannot go on: ${answer.fatalError?.message}`)
      }),
    async stop() {
      if (child.connected) child.send({ kind: 'stop' })
      await stopped
    },
  }
}
