import type { Hex } from '@nexus/kit/canonical'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { type Chain, connectChain, requireChainId } from '@nexus/runtime/chain'
import { type Clock, type Random, systemClock } from '@nexus/runtime/clock'
import { createLifecycle, type Lifecycle } from '@nexus/runtime/lifecycle'
import { createLog, type Log } from '@nexus/runtime/log'
import { startLoop } from '@nexus/runtime/loop'
import { createMetrics } from '@nexus/runtime/metrics'
import { createRegistry, type Registry } from '@nexus/runtime/registry'
import { createServer, listen } from '@nexus/runtime/server'
import { openStore } from '@nexus/runtime/sqlite'
import { httpTransport, type Transport } from '@nexus/runtime/transport'
import type { Job, ObservatoryConfig } from './config.ts'
import { type Compute, type Obtain, produceAep } from './produce.ts'
import { migrations, openState } from './state.ts'
import { type JobOutcome, type ObservatoryStep, type WorkDeps, work } from './work.ts'

/** Everything an observatory takes from outside; what is left out is the real thing. */
export interface ObservatoryDeps {
  clock?: Clock
  random?: Random
  log?: Log
  transport?: Transport
  chain?: Chain
  obtain?: Obtain
  compute?: Compute
  onStep?: (step: ObservatoryStep, subject: string) => void
}

export interface JobReport {
  name: string
  feedId: Hex
  from: number
  to: number
  outcome: JobOutcome
}

export interface RunningObservatory {
  url: string
  stop(): Promise<void>
}

interface Parts {
  life: Lifecycle
  log: Log
  clock: Clock
  chain: Chain
  registry: Registry
  deps: WorkDeps
}

function assemble(config: ObservatoryConfig, deps: ObservatoryDeps, onStep: WorkDeps['onStep']): Parts {
  const { clock = systemClock } = deps
  const log = deps.log ?? createLog('observatory', config.logLevel)
  const life = createLifecycle(log)
  const database = openStore(config.databaseFile, migrations)
  life.add('database', () => database.close())
  const transport = deps.transport ?? httpTransport(config.tls)
  life.add('transport', () => transport.close())
  const chain = deps.chain ?? connectChain(config.chain)
  const registry = createRegistry(chain, database, {
    address: config.chain.registry,
    fromBlock: config.chain.fromBlock,
  })
  const catalogue = loadCatalogue(config.packsDir)
  const produce: WorkDeps['produce'] = ({ feed, window }, sequence, revises) =>
    produceAep({
      catalogue,
      feed,
      window,
      sequence,
      revises,
      access: config.sources[feed.source.dataset],
      clock: { nowSeconds: () => Math.floor(clock.nowMs() / 1000) },
      obtain: deps.obtain,
      compute: deps.compute,
    })
  const state = openState(database)
  return {
    life,
    log,
    clock,
    chain,
    registry,
    deps: { clock, log, state, registry, transport, config, produce, onStep },
  }
}

/**
 * Moves every job as far as it goes. Windows of one feed go one after the other, since their sequences do; feeds do not wait for each
 * other, nor for a relayer that one of them cannot reach.
 */
async function pass({ chain, registry, deps }: Parts, jobs: ObservatoryConfig['jobs']): Promise<JobReport[]> {
  await requireChainId(chain)
  await registry.sync()
  const outcomes = new Map<Job, JobOutcome>()
  const series = Map.groupBy(jobs, job => job.feedId).values()
  await Promise.all(
    [...series].map(async ofOneFeed => {
      for (const job of ofOneFeed) outcomes.set(job, await work(deps, job))
    }),
  )
  return jobs.map(job => {
    const { name, feedId, window } = job
    return { name, feedId, ...window, outcome: outcomes.get(job) ?? { kind: 'postponed' } }
  })
}

/** One pass over all jobs: what is due is sealed and offered to the relayers once. */
export async function observeOnce(config: ObservatoryConfig, deps: ObservatoryDeps = {}): Promise<JobReport[]> {
  const parts = assemble(config, deps, deps.onStep ?? (() => {}))
  try {
    return await pass(parts, config.jobs)
  } finally {
    await parts.life.stop()
  }
}

/** Runs until stopped. @throws NexusError for a configuration or store that cannot be used */
export async function startObservatory(
  config: ObservatoryConfig,
  deps: ObservatoryDeps = {},
): Promise<RunningObservatory> {
  const metrics = createMetrics('nexus_observatory')
  const steps = metrics.counter('steps_total', 'Durable steps done.', ['step'])
  const failures = metrics.counter('loop_failures_total', 'Passes that failed and were tried again.', ['loop'])
  const jobs = metrics.gauge('jobs', 'Jobs by where they stand.', ['state'])
  const passedAt = metrics.gauge('pass_timestamp_seconds', 'When the last pass ended.')
  const parts = assemble(config, deps, (step, subject) => {
    steps.inc({ step })
    deps.onStep?.(step, subject)
  })
  const { life, log, clock } = parts
  let passedAtMs = 0
  try {
    const server = createServer(log, metrics, {
      tls: config.tls,
      mostBodyBytes: 1_024,
      requestTimeoutMs: 10_000,
      mostConnections: 64,
      readiness() {
        const isRunning = passedAtMs > 0 && clock.nowMs() - passedAtMs < 60_000 + 5 * config.delivery.retryMs
        return { ready: isRunning, jobs: config.jobs.length }
      },
    })
    let last: JobReport[] = []
    server.get('/jobs', async () => ({ jobs: last }))
    const url = await listen(server, config.listen)
    life.add('server', () => server.close())
    const loop = startLoop(
      { clock, random: deps.random ?? Math.random, log, onError: name => failures.inc({ loop: name }) },
      {
        name: 'jobs',
        idleMs: Math.min(config.delivery.retryMs, config.chain.pollMs),
        async step() {
          last = await pass(parts, config.jobs)
          passedAtMs = clock.nowMs()
          passedAt.set(passedAtMs / 1000)
          jobs.reset()
          for (const { outcome } of last) jobs.inc({ state: outcome.kind })
          return undefined
        },
      },
    )
    life.add('jobs loop', () => loop.stop())
    log.info({ url, jobs: config.jobs.length, relayers: config.relayers.length }, 'observatory serves')
    return { url, stop: () => life.stop() }
  } catch (error) {
    await life.stop()
    throw error
  }
}
