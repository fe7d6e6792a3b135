import { expect } from 'chai'
import {
  bind,
  DAY,
  deploy,
  evidence,
  NOTICE,
  networkHelpers,
  OFFSET,
  people,
  State,
  settle,
  UNIT,
  type World,
} from './world.ts'

const sharesOf = (assets: bigint) => assets * OFFSET // while the price is 1

/** The first request of all is alice's, for two thirds of the pool; the second is bob's, for the rest. Half of all is locked. */
async function queued() {
  const w = await deploy()
  const { alice, bob } = await people()
  const { policyId } = await bind(w, { coverAssets: 750_000n * UNIT })
  for (const one of [alice, bob])
    await w.pool.connect(one).requestRedeem(await w.pool.balanceOf(one.address), one.address, one.address)
  await networkHelpers.time.increase(NOTICE)
  return { w, policyId }
}

describe('A redemption request that is left lying', () => {
  let w: World
  let policyId: bigint
  let alice: string
  let bob: string
  let who: Awaited<ReturnType<typeof people>>
  beforeEach(async () => {
    who = await people()
    ;[alice, bob] = [who.alice.address, who.bob.address]
    ;({ w, policyId } = await networkHelpers.loadFixture(queued))
  })

  const warn = (id = 1) => w.pool.connect(who.stranger).warn(id)
  const requeue = (id = 1) => w.pool.connect(who.stranger).requeue(id)

  it('at the head of the queue cannot lock up everybody behind it for ever', async () => {
    await networkHelpers.time.increase(1_000 * DAY)
    expect(await w.pool.maxRedeem(bob)).to.equal(0n)
    await expect(warn())
      .to.emit(w.pool, 'RequestWarned')
      .withArgs(1, alice, (await networkHelpers.time.latest()) + 1 + NOTICE)
    await networkHelpers.time.increase(NOTICE)
    await expect(requeue())
      .to.emit(w.pool, 'RequestRequeued')
      .withArgs(1, alice, sharesOf(1_000_000n * UNIT))
    expect(await w.pool.maxRedeem(bob)).to.equal(sharesOf(500_000n * UNIT))
    expect(await w.pool.queuedShares()).to.equal(sharesOf(1_500_000n * UNIT))
    await w.pool.connect(who.bob).redeem(sharesOf(500_000n * UNIT), bob, bob)

    // alice is served from what is left once her new notice has passed
    expect(await w.pool.maxRedeem(alice)).to.equal(0n)
    expect(await w.pool.pendingRedeemRequest(1, alice)).to.equal(sharesOf(1_000_000n * UNIT))
    await networkHelpers.time.increase(NOTICE)
    expect(await w.pool.maxRedeem(alice)).to.equal(sharesOf(250_000n * UNIT))
    await w.pool.connect(who.alice).redeem(sharesOf(250_000n * UNIT), alice, alice)
    expect(await w.pool.freeAssets()).to.equal(0n)
    expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())
  })

  it('is no standing way out of a loss that is known before its evidence is anchored', async () => {
    await warn()
    await networkHelpers.time.increase(NOTICE)
    await requeue()
    // now the loss is known: alice has no more than anybody else, a notice to sit through
    expect(await w.pool.maxRedeem(alice)).to.equal(0n)
    await settle(w, policyId, await evidence(w, 640n))
    await networkHelpers.time.increase(NOTICE)
    // half of all is lost, and two thirds of that is hers
    expect(await w.pool.convertToAssets(sharesOf(1_000_000n * UNIT))).to.be.at.most(501_000n * UNIT)
  })

  it('cannot buy time by claiming a little of what is claimable', async () => {
    await warn()
    await networkHelpers.time.increase(NOTICE - 2)
    await w.pool.connect(who.alice).redeem(sharesOf(UNIT), alice, alice)
    await networkHelpers.time.increase(2)
    await expect(requeue())
      .to.emit(w.pool, 'RequestRequeued')
      .withArgs(1, alice, sharesOf(999_999n * UNIT))
  })

  it('keeps its place when all that can be claimed is claimed in time', async () => {
    await warn()
    await w.pool.connect(who.alice).redeem(await w.pool.maxRedeem(alice), alice, alice)
    await networkHelpers.time.increase(NOTICE)
    await expect(requeue())
      .to.be.revertedWithCustomError(w.pool, 'Pools_NotOverdue')
      .withArgs(1, 0, await networkHelpers.time.latest().then(now => now + 1))
    await w.pool.connect(who.payer).deposit(10n * UNIT, who.payer.address)
    expect(await w.pool.maxRedeem(alice)).to.equal(sharesOf(10n * UNIT))
    expect(await w.pool.maxRedeem(bob)).to.equal(0n)
  })

  it('cannot be pushed back unwarned, too early, twice, or on the strength of a pause', async () => {
    await expect(requeue()).to.be.revertedWithCustomError(w.pool, 'Pools_NotOverdue')
    await warn()
    const warned = await networkHelpers.time.latest()
    await expect(warn())
      .to.be.revertedWithCustomError(w.pool, 'Pools_AlreadyWarned')
      .withArgs(1, warned + NOTICE)
    await w.book.connect(who.guardian).pause(3 * DAY)
    await networkHelpers.time.increaseTo(warned + NOTICE + 3 * DAY - 2)
    await expect(requeue())
      .to.be.revertedWithCustomError(w.pool, 'Pools_NotOverdue')
      .withArgs(1, warned + NOTICE, warned + NOTICE - 1)
    await networkHelpers.time.increaseTo(warned + NOTICE + 3 * DAY)
    await requeue()
    await expect(requeue()).to.be.revertedWithCustomError(w.pool, 'Pools_NotOverdue')
    await expect(warn()).to.be.revertedWithCustomError(w.pool, 'Pools_NothingClaimable').withArgs(1)
  })

  it('is one that can be claimed: nobody is warned of what is pending, exposed, paused or worth nothing', async () => {
    const refused = (id: number) =>
      expect(warn(id)).to.be.revertedWithCustomError(w.pool, 'Pools_NothingClaimable').withArgs(id)
    await refused(2) // capital does not reach it
    await refused(3) // there is none
    await w.book.connect(who.guardian).pause(DAY)
    await refused(1)
    await networkHelpers.time.increase(DAY)
    await warn()
    await w.book.hold(policyId, await evidence(w, 640n, { state: State.disputed }))
    await w.pool.connect(who.alice).redeem(await w.pool.maxRedeem(alice), alice, alice)
    await refused(1) // what is left waits for the evidence
  })

  it('is moved behind those who came after it, and before those who come later', async () => {
    await warn()
    await networkHelpers.time.increase(NOTICE)
    await requeue()
    await w.pool.connect(who.payer).deposit(UNIT, who.payer.address)
    await w.pool.connect(who.payer).requestRedeem(OFFSET, who.payer.address, who.payer.address)
    await networkHelpers.time.increase(NOTICE)
    // 750,001 free: bob's 500,000 first, then 250,001 of alice's, nothing for the payer
    expect(await w.pool.maxRedeem(bob)).to.equal(sharesOf(500_000n * UNIT))
    expect(await w.pool.maxRedeem(alice)).to.equal(sharesOf(250_001n * UNIT))
    expect(await w.pool.maxRedeem(who.payer.address)).to.equal(0n)
    // in whatever order they come
    await w.pool.connect(who.alice).redeem(sharesOf(250_001n * UNIT), alice, alice)
    expect(await w.pool.maxRedeem(alice)).to.equal(0n)
    await w.pool.connect(who.bob).redeem(sharesOf(500_000n * UNIT), bob, bob)
    expect(await w.pool.freeAssets()).to.equal(0n)
  })
})
