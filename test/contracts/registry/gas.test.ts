import { recordGas } from '../gas/ledger.ts'
import {
  certified,
  certify,
  deploy,
  linked,
  networkHelpers,
  propose,
  publishFeed,
  REASON,
  SUSPENSION,
  suspend,
} from './world.ts'

describe('Gas of components', () => {
  it('certifies a component that was only proposed', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const receipt = await (await certify(w, await propose(w))).wait()
    recordGas('registry: certify', receipt?.gasUsed ?? 0n, 105_000n)
  })

  it('links a feed and caps it at the level of its model', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const { specification } = await publishFeed(w)
    const receipt = await (await w.components.connect(w.stranger).linkFeed(specification)).wait()
    recordGas('registry: linkFeed', receipt?.gasUsed ?? 0n, 195_000n)
  })

  it('suspends a model urgently, with the one feed that is linked to it', async () => {
    const w = await networkHelpers.loadFixture(linked)
    const receipt = await (await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)).wait()
    recordGas('registry: suspendUrgently, one feed', receipt?.gasUsed ?? 0n, 105_000n)
  })

  it('enforces on a feed that a suspension is over', async () => {
    const w = await networkHelpers.loadFixture(linked)
    await suspend(w, w.componentId)
    await networkHelpers.time.increase(SUSPENSION)
    const receipt = await (await w.components.connect(w.stranger).enforce(w.feedId)).wait()
    recordGas('registry: enforce', receipt?.gasUsed ?? 0n, 61_000n)
  })
})
