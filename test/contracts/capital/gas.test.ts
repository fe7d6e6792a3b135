import { expect } from 'chai'
import { recordGas } from '../gas/ledger.ts'
import { bind, deploy, evidence, lapse, networkHelpers, people, policyIdOf, settle, type World } from './world.ts'

const MOST = 150_000n

describe('Gas of a policy', () => {
  /** The holder owns a policy, the terms are registered, and others' capital is locked already. */
  async function warm(): Promise<World> {
    const w = await deploy()
    await bind(w)
    return w
  }

  it('binds when the holder owns a policy and the terms are registered', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { receipt, policyId } = await bind(w)
    expect(policyId).to.not.equal(policyIdOf(w, 0n))
    recordGas('bind', receipt?.gasUsed ?? 0n, MOST)
  })

  it('binds while redemptions are queued', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { bob } = await people()
    await w.pool.connect(bob).requestRedeem(await w.pool.balanceOf(bob.address), bob.address, bob.address)
    const { receipt } = await bind(w)
    recordGas('bind, with redemptions queued', receipt?.gasUsed ?? 0n, MOST)
  })

  it('settles to a holder who never had the token, closing the policy', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { policyId } = await bind(w)
    const receipt = await (await settle(w, policyId, await evidence(w, 640n))).wait()
    recordGas('settle', receipt?.gasUsed ?? 0n, MOST)
  })

  it('lapses on final evidence that pays nothing', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { policyId } = await bind(w)
    const receipt = await (await lapse(w, policyId, await evidence(w, 0n))).wait()
    recordGas('lapse', receipt?.gasUsed ?? 0n, MOST)
  })
})
