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
import { runMainJob } from '@nexus/local/up'
import { expect } from 'chai'

const deep = process.env['NEXUS_DEEP'] === '1'

type Plan = (stack: Stack, step: number) => (Supervised | undefined)[]

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

describe('kill -9 after every step of the main job', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'nexus-kill-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  for (const [victims, plan] of Object.entries(plans))
    it(`of ${victims}: nothing is lost, nothing is anchored or paid twice`, async () => {
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
        const { outcome } = run
        expect(outcome.ok).to.equal(true)
        expect(outcome.policies.map(({ paidAssets }) => paidAssets)).to.deep.equal(
          [142_000, 75_000, 250_000, 0].map(paid => `${BigInt(paid) * 1_000_000n}`),
        )
        const events = chainEvents(localRpc(run.stack.rpcUrl), readManifest(runLayout(folder).manifest))
        const [anchors, settlements] = await Promise.all([events.anchors(), events.settlements()])
        expect(new Set(anchors.map(({ feedId }) => feedId)).size).to.equal(anchors.length)
        expect(new Set(settlements.map(({ policyId }) => policyId)).size).to.equal(settlements.length)
      } finally {
        await run.stop()
      }
    })
})
