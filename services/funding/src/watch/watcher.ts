import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { callsMigration, openCalls } from '@nexus/runtime/calls'
import { type Chain, connectChain, requireChainId } from '@nexus/runtime/chain'
import { type Clock, type Random, systemClock } from '@nexus/runtime/clock'
import { unlockKeystore } from '@nexus/runtime/keystore'
import { createLifecycle } from '@nexus/runtime/lifecycle'
import { createLog, type Log } from '@nexus/runtime/log'
import { type Loop, startLoop } from '@nexus/runtime/loop'
import { createMetrics } from '@nexus/runtime/metrics'
import { createRetries } from '@nexus/runtime/retries'
import { createSender, type SenderStep } from '@nexus/runtime/sender'
import { createServer, listen } from '@nexus/runtime/server'
import { openStore } from '@nexus/runtime/sqlite'
import { type Bonds, readBonds } from './bonds.ts'
import type { WatchConfig } from './config.ts'
import { createSceneReader } from './scene.ts'
import { clockLeft, wrongPosts } from './status.ts'
import { type Worked, work } from './work.ts'

/** Everything a watcher takes from outside; what is left out is the real thing. */
export interface WatcherDeps {
  clock?: Clock
  random?: Random
  log?: Log
  chain?: Chain
  /** Called after each step that must survive a kill. */
  onStep?: (step: SenderStep, subject: string) => void
}

export interface RunningWatcher {
  url: string
  address: string
  stop(): Promise<void>
}

/** Applied in order; never edit one that was released. */
const migrations = [callsMigration]

/** Starts a watcher. @throws NexusError for a configuration, key or store that cannot be used */
export async function startWatcher(config: WatchConfig, deps: WatcherDeps = {}): Promise<RunningWatcher> {
  const { clock = systemClock, random = Math.random } = deps
  const log = deps.log ?? createLog('fund-watch', config.logLevel)
  const { account } = await unlockKeystore(config.account)
  const self = account.address
  const metrics = createMetrics('nexus_fund_watch')
  const steps = metrics.counter('steps_total', 'Durable steps done.', ['step'])
  const failures = metrics.counter('loop_failures_total', 'Passes that failed and were tried again.', ['loop'])
  const headAt = metrics.gauge('chain_head_timestamp_seconds', 'Time of the last block seen.')
  const wrong = metrics.gauge('posts_wrong', 'Posts that are not what the gifts give, and not defeated.')
  const left = metrics.gauge('clock_left_seconds', 'The least that is left for a move of ours; -1: none is due.')
  const short = metrics.gauge('bonds_short', 'Whether bonds are due that the account cannot pay.')
  const life = createLifecycle(log)
  try {
    const database = openStore(config.databaseFile, migrations)
    life.add('database', () => database.close())
    const chain = deps.chain ?? connectChain(config.chain)
    const { factory, posts, fromBlock } = config.chain
    const calls = openCalls(database)
    const sender = createSender({
      ...{ chain, account, calls, clock, log, config: config.transactions },
      errors: [...matchPostsAbi, ...quadraticRoundAbi],
      onStep(step, key) {
        steps.inc({ step })
        deps.onStep?.(step, key)
      },
    })
    let bonds: Bonds | undefined
    const workDeps = {
      ...{ chain, log, sender, calls, posts, self, postResults: config.postResults },
      scenes: createSceneReader(chain, { factory, posts, fromBlock: BigInt(fromBlock), self }),
      bonds: async () => (bonds ??= await readBonds(chain, posts)),
      retries: createRetries(clock, config.retryMs, () => false),
    }
    let last: { worked: Worked; atMs: number; block: number } | undefined
    const server = createServer(log, metrics, {
      tls: config.tls,
      mostBodyBytes: 1_024,
      requestTimeoutMs: 10_000,
      mostConnections: 64,
      readiness() {
        const isSynced = last !== undefined && clock.nowMs() - last.atMs < Math.max(10_000, config.chain.pollMs * 5)
        const posted = last?.worked.scene.posts.filter(post => post.status === 'live').length ?? 0
        const isShort = (last?.worked.shortAssets ?? 0n) > 0n
        return { ready: isSynced, account: self, block: last?.block ?? 0, posts: posted, bondsShort: isShort }
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
        const worked = await work(workDeps)
        if (worked.queued > 0) send?.wake()
        const { scene, shortAssets } = worked
        last = { worked, atMs: clock.nowMs(), block: Number(worked.block) }
        headAt.set(scene.nowSeconds)
        wrong.set(wrongPosts(scene).length)
        short.set(shortAssets > 0n ? 1 : 0)
        const least = clockLeft(scene, self)
        left.set(least?.leftSeconds ?? -1)
        if (least && least.leftSeconds < config.warnSeconds)
          log.warn({ challengeId: `${least.challengeId}`, leftSeconds: least.leftSeconds }, 'a clock of ours runs low')
        return undefined
      },
    })
    life.add('watch loop', () => watch.stop())
    const sending = startLoop(loopDeps, { name: 'send', idleMs: config.chain.pollMs, step: () => sender.step() })
    send = sending
    life.add('send loop', () => sending.stop())
    log.info({ url, account: self, posts }, 'watcher serves')
    return { url, address: self, stop: () => life.stop() }
  } catch (error) {
    await life.stop()
    throw error
  }
}
