import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readManifest } from '@nexus/chain/manifest'
import { chainEvents } from '@nexus/local/events'
import { runLayout } from '@nexus/local/layout'
import { silentProgress } from '@nexus/local/progress'
import { localRpc } from '@nexus/local/rpc'
import type { Stack } from '@nexus/local/stack'
import type { Supervised } from '@nexus/local/supervisor'
import { type Run, runMainJob } from '@nexus/local/up'
import { expect } from 'chai'

const deep = process.env['NEXUS_DEEP'] === '1'

type Plan = (stack: Stack, step: number) => (Supervised | undefined)[]

/** Numbers in [0, 1) that a seed repeats (Marsaglia 2003, xorshift32). */
function chanceFrom(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Who dies after the n-th step. Each plan makes the whole main job go through it. */
const rotation: Plan = ({ chain, relayers, observatory, keeper }, step) => [
  chain,
  relayers[step % relayers.length],
  observatory,
  keeper,
]
const plans: Record<string, Plan> = {
  'chain, observatory, keeper and one relayer after another': rotation,
  ...(deep
    ? {
        'every relayer': ({ relayers }) => [...relayers],
        everything: ({ chain, relayers, observatory, keeper }) => [chain, ...relayers, observatory, keeper],
      }
    : {}),
}

/** Paid as without any kill, and once; one anchor for each window of a feed. */
async function expectAllAsItShould({ outcome, stack }: Run, folder: string): Promise<void> {
  expect(outcome.ok).to.equal(true)
  expect(outcome.policies.map(({ paidAssets }) => paidAssets)).to.deep.equal(
    [142_000, 75_000, 250_000, 0].map(paid => `${BigInt(paid) * 1_000_000n}`),
  )
  const events = chainEvents(localRpc(stack.rpcUrl), readManifest(runLayout(folder).manifest))
  const [anchors, settlements] = await Promise.all([events.anchors(), events.settlements()])
  expect(new Set(anchors.map(({ feedId, from, to }) => `${feedId} ${from} ${to}`)).size).to.equal(anchors.length)
  expect(new Set(settlements.map(({ policyId }) => policyId)).size).to.equal(settlements.length)
}

describe('kill -9 in the course of the main job', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'nexus-kill-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  for (const [victims, plan] of Object.entries(plans))
    it(`after every step, of ${victims}: nothing is lost, nothing is anchored or paid twice`, async () => {
      let step = 0
      let kills = 0
      const folder = path.join(root, 'run')
      const run = await runMainJob({
        folder,
        progress: silentProgress,
        async onStep(_, stack) {
          const dying = plan(stack, step++).filter(victim => victim?.pid !== undefined)
          kills += dying.length
          await Promise.all(dying.map(victim => victim?.kill9()))
        },
      })
      try {
        expect(kills).to.be.greaterThan(step)
        await expectAllAsItShould(run, folder)
      } finally {
        await run.stop()
      }
    })

  const seeds = deep ? Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 31)) : []
  for (const seed of seeds)
    it(`of one at a time, at moments of chance (seed ${seed}): nothing is lost, nothing is anchored or paid twice`, async () => {
      const chance = chanceFrom(seed)
      const folder = path.join(root, 'run')
      let kills = 0
      let killer: NodeJS.Timeout | undefined
      const killLater = (stack: Stack) => {
        const { relayers, observatory, keeper } = stack
        const kill = async () => {
          const running = [...relayers, observatory, keeper].filter(one => one.pid !== undefined)
          const victim = running[Math.floor(chance() * running.length)]
          if (victim) kills++
          killLater(stack)
          await victim?.kill9()
        }
        killer = setTimeout(kill, 200 + chance() * 1_500)
      }
      const run = await runMainJob({
        folder,
        progress: silentProgress,
        onStep: async (_, stack) => {
          if (!killer) killLater(stack)
        },
      }).finally(() => clearTimeout(killer))
      try {
        expect(kills).to.be.greaterThan(5)
        await expectAllAsItShould(run, folder)
      } finally {
        await run.stop()
      }
    })
})
