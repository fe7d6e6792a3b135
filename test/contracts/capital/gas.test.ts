import { expect } from 'chai'
import { bind, deploy, evidence, lapse, networkHelpers, people, policyIdOf, settle, type World } from './world.ts'

const MOST = 150_000n

describe('Gas of a policy', () => {
  const table: string[] = []
  const note = (what: string, gasUsed: bigint | undefined) => {
    table.push(`      ${what}: ${gasUsed} gas; at most ${MOST}`)
    expect(gasUsed).to.be.a('bigint')
    expect(gasUsed).to.be.at.most(MOST)
  }
  after(() => console.log(table.join('\n')))

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
    note('bind', receipt?.gasUsed)
  })

  it('binds while redemptions are queued', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { bob } = await people()
    await w.pool.connect(bob).requestRedeem(await w.pool.balanceOf(bob.address), bob.address, bob.address)
    const { receipt } = await bind(w)
    note('bind, with redemptions queued', receipt?.gasUsed)
  })

  it('settles to a holder who never had the token, closing the policy', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { policyId } = await bind(w)
    const receipt = await (await settle(w, policyId, await evidence(w, 640n))).wait()
    note('settle', receipt?.gasUsed)
  })

  it('lapses on final evidence that pays nothing', async () => {
    const w = await networkHelpers.loadFixture(warm)
    const { policyId } = await bind(w)
    const receipt = await (await lapse(w, policyId, await evidence(w, 0n))).wait()
    note('lapse', receipt?.gasUsed)
  })
})
