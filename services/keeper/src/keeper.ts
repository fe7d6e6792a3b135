import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import { callsMigration, openCalls } from '@nexus/runtime/calls'
import { type Chain, connectChain, requireChainId } from '@nexus/runtime/chain'
import { type Clock, type Random, systemClock } from '@nexus/runtime/clock'
import { followMigration } from '@nexus/runtime/follow'
import { unlockKeystore } from '@nexus/runtime/keystore'
import { createLifecycle } from '@nexus/runtime/lifecycle'
import { createLog, type Log } from '@nexus/runtime/log'
import { type Loop, startLoop } from '@nexus/runtime/loop'
import { createMetrics } from '@nexus/runtime/metrics'
import { createRegistry, registryMigration } from '@nexus/runtime/registry'
import { createRetries } from '@nexus/runtime/retries'
import { createSender, type SenderStep } from '@nexus/runtime/sender'
import { createServer, listen } from '@nexus/runtime/server'
import { openStore } from '@nexus/runtime/sqlite'
import { bookMigration, createBook } from './book.ts'
import type { KeeperConfig } from './config.ts'
import { isFinalAnswer, work } from './work.ts'

/** Everything a keeper takes from outside; what is left out is the real thing. */
export interface KeeperDeps {
  clock?: Clock
  random?: Random
  log?: Log
  chain?: Chain
  /** Called after each step that must survive a kill. */
  onStep?: (step: SenderStep, subject: string) => void
}

export interface RunningKeeper {
  url: string
  address: string
  stop(): Promise<void>
}

/** Applied in order; never edit one that was released. */
const migrations = [callsMigration, followMigration, registryMigration, bookMigration]

/** Starts a keeper. @throws NexusError for a configuration, key or store that cannot be used */
export async function startKeeper(config: KeeperConfig, deps: KeeperDeps = {}): Promise<RunningKeeper> {
  const { clock = systemClock, random = Math.random } = deps
  const log = deps.log ?? createLog('keeper', config.logLevel)
  const { account } = await unlockKeystore(config.account)
  const metrics = createMetrics('nexus_keeper')
  const steps = metrics.counter('steps_total', 'Durable steps done.', ['step'])
  const failures = metrics.counter('loop_failures_total', 'Passes that failed and were tried again.', ['loop'])
  const active = metrics.gauge('policies_active', 'Policies that are not closed.')
  const headAt = metrics.gauge('chain_head_timestamp_seconds', 'Time of the last block seen.')
  const life = createLifecycle(log)
  try {
    const database = openStore(config.databaseFile, migrations)
    life.add('database', () => database.close())
    const chain = deps.chain ?? connectChain(config.chain)
    const { registry: registryAddress, policyBook, termsStore, fromBlock } = config.chain
    const registry = createRegistry(chain, database, { address: registryAddress, fromBlock })
    const book = createBook(chain, database, { policyBook, termsStore, fromBlock })
    const sender = createSender({
      chain,
      account,
      calls: openCalls(database),
      clock,
      log,
      config: config.transactions,
      errors: [...policyBookAbi, ...riskPoolAbi, ...evidenceRegistryAbi],
      onStep(step, key) {
        steps.inc({ step })
        deps.onStep?.(step, key)
      },
    })
    const workDeps = {
      clock,
      log,
      book,
      registry,
      sender,
      policyBook,
      holdBeforeDeadlineSeconds: config.holdBeforeDeadlineSeconds,
      retries: createRetries(clock, config.retryMs, isFinalAnswer),
    }
    let passedAtMs = 0
    const server = createServer(log, metrics, {
      tls: config.tls,
      mostBodyBytes: 1_024,
      requestTimeoutMs: 10_000,
      mostConnections: 64,
      readiness() {
        const isSynced = passedAtMs > 0 && clock.nowMs() - passedAtMs < Math.max(10_000, config.chain.pollMs * 5)
        return {
          ready: isSynced,
          account: account.address,
          block: Number(registry.head()?.number ?? 0n),
          policies: book.active().length,
        }
      },
    })
    const url = await listen(server, config.listen)
    life.add('server', () => server.close())

    const loopDeps = { clock, random, log, onError: (loop: string) => failures.inc({ loop }) }
    let send: Loop | undefined
    let isChecked = false
    const watch = startLoop(loopDeps, {
      name: 'watch',
      idleMs: config.chain.pollMs,
      async step() {
        if (!isChecked) await requireChainId(chain)
        isChecked = true
        if ((await work(workDeps)) > 0) send?.wake()
        passedAtMs = clock.nowMs()
        active.set(book.active().length)
        headAt.set(registry.head()?.timestamp ?? 0)
        return undefined
      },
    })
    life.add('watch loop', () => watch.stop())
    const sending = startLoop(loopDeps, { name: 'send', idleMs: config.chain.pollMs, step: () => sender.step() })
    send = sending
    life.add('send loop', () => sending.stop())
    log.info({ url, account: account.address, policyBook }, 'keeper serves')
    return { url, address: account.address, stop: () => life.stop() }
  } catch (error) {
    await life.stop()
    throw error
  }
}
