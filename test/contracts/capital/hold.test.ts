import { expect } from 'chai'
import {
  balanceOf,
  bind,
  bindRamp,
  DAY,
  deploy,
  evidence,
  Flag,
  hash,
  lapse,
  networkHelpers,
  people,
  State,
  Status,
  settle,
  statusOf,
  UNIT,
  type World,
} from './world.ts'

describe('Holding a policy on open evidence', () => {
  let w: World
  let who: Awaited<ReturnType<typeof people>>
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
    who = await people()
  })

  const open = (value: bigint, choice = {}) => evidence(w, value, { state: State.disputed, ...choice })

  it('exposes what the policy can still pay', async () => {
    const { policyId } = await bindRamp(w)
    await settle(w, policyId, await evidence(w, 300n))
    const aepId = await open(900n)
    await expect(w.book.connect(who.stranger).hold(policyId, aepId))
      .to.emit(w.book, 'PolicyHeld')
      .withArgs(policyId, aepId, who.stranger.address)
      .and.to.emit(w.pool, 'ExposureChanged')
      .withArgs(policyId, 700n * UNIT)
    expect(await w.pool.exposedAssets()).to.equal(700n * UNIT)
    expect(await w.book.openHoldsOf(policyId)).to.equal(1n)
    expect(await w.book.isHeldBy(policyId, aepId)).to.equal(true)
  })

  it('keeps the policy from lapsing on other evidence, while a revision is open', async () => {
    const { policyId } = await bindRamp(w)
    const first = await evidence(w, 0n)
    const revision = await open(900n, { flags: Flag.revision })
    await w.book.hold(policyId, revision)
    await expect(lapse(w, policyId, first))
      .to.be.revertedWithCustomError(w.book, 'Policies_Held')
      .withArgs(policyId, 1)
    await w.registry.setState(revision, State.upheld)
    await w.book.release(policyId, revision)
    await lapse(w, policyId, first)
    expect(await balanceOf(w, who.holder.address)).to.equal(900n * UNIT)
    expect(await statusOf(w, policyId)).to.equal(Status.paid)
  })

  it('keeps the policy from lapsing without evidence, past its deadline', async () => {
    const { policyId, terms } = await bind(w)
    const aepId = await open(700n)
    await w.book.hold(policyId, aepId)
    await networkHelpers.time.increaseTo(terms.reportingDeadline + DAY)
    await expect(lapse(w, policyId)).to.be.revertedWithCustomError(w.book, 'Policies_Held').withArgs(policyId, 1)
    await w.registry.setState(aepId, State.void)
    await w.book.release(policyId, aepId)
    await lapse(w, policyId)
    expect(await statusOf(w, policyId)).to.equal(Status.lapsed)
  })

  it('counts several holds, and exposes the capital once', async () => {
    const { policyId } = await bind(w)
    const [a, b] = [await open(1n), await open(2n)]
    await w.book.hold(policyId, a)
    await w.book.hold(policyId, b)
    expect(await w.pool.exposedAssets()).to.equal(1_000n * UNIT)
    await w.registry.setState(a, State.void)
    await w.registry.setState(b, State.void)
    await w.book.release(policyId, a)
    expect(await w.pool.exposedAssets()).to.equal(1_000n * UNIT)
    expect(await w.book.openHoldsOf(policyId)).to.equal(1n)
    await w.book.release(policyId, b)
    expect(await w.pool.exposedAssets()).to.equal(0n)
  })

  it('settles what the evidence makes due when it is released, so that nobody leaves in between', async () => {
    const { policyId } = await bindRamp(w)
    const aepId = await open(400n)
    await w.book.hold(policyId, aepId)
    await w.registry.setState(aepId, State.upheld)
    await expect(w.book.connect(who.stranger).release(policyId, aepId))
      .to.emit(w.book, 'PolicyReleased')
      .withArgs(policyId, aepId)
      .and.to.emit(w.pool, 'PayoutSettled')
      .withArgs(policyId, who.holder.address, 400n * UNIT, false)
    expect(await balanceOf(w, who.holder.address)).to.equal(400n * UNIT)
    expect(await w.pool.exposedAssets()).to.equal(0n)
    expect(await w.pool.lockedAssets()).to.equal(600n * UNIT)
    expect(await statusOf(w, policyId)).to.equal(Status.active)
  })

  it('exposes less as a held policy is paid, and nothing once it closed', async () => {
    const { policyId } = await bindRamp(w)
    const aepId = await open(500n)
    await w.book.hold(policyId, aepId)
    await settle(w, policyId, await evidence(w, 250n))
    expect(await w.pool.exposedAssets()).to.equal(750n * UNIT)
    await settle(w, policyId, await evidence(w, 1000n))
    expect(await statusOf(w, policyId)).to.equal(Status.paid)
    expect(await w.pool.exposedAssets()).to.equal(0n)
    await w.registry.setState(aepId, State.final)
    await w.book.release(policyId, aepId)
    expect(await w.book.openHoldsOf(policyId)).to.equal(0n)
    expect(await w.pool.exposedAssets()).to.equal(0n)
  })

  it('pays nothing for void evidence', async () => {
    const { policyId } = await bind(w)
    const aepId = await open(700n)
    await w.book.hold(policyId, aepId)
    await w.registry.setState(aepId, State.void)
    await w.book.release(policyId, aepId)
    expect(await balanceOf(w, who.holder.address)).to.equal(0n)
  })

  it('becomes releasable by time alone, when evidence becomes final', async () => {
    const { policyId } = await bind(w)
    const aepId = await evidence(w, 700n, { state: State.anchored })
    await w.book.hold(policyId, aepId)
    await expect(w.book.release(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_StillOpen')
      .withArgs(aepId, State.anchored)
    await networkHelpers.time.increase(DAY)
    await w.book.release(policyId, aepId)
    expect(await balanceOf(w, who.holder.address)).to.equal(1_000n * UNIT)
  })

  it('needs evidence that is open and qualifies', async () => {
    const { policyId } = await bind(w)
    for (const state of [State.final, State.upheld, State.void]) {
      const aepId = await evidence(w, 700n, { state })
      await expect(w.book.hold(policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_NotOpen')
        .withArgs(aepId, state)
    }
    const foreign = await open(700n, { feedId: hash('another feed') })
    await expect(w.book.hold(policyId, foreign))
      .to.be.revertedWithCustomError(w.book, 'Policies_WrongFeed')
      .withArgs(foreign, hash('another feed'), w.terms.feedId)
    const partial = await open(700n, { to: w.to - 1 })
    await expect(w.book.hold(policyId, partial))
      .to.be.revertedWithCustomError(w.book, 'Policies_WrongWindow')
      .withArgs(partial, w.from, w.to - 1)
    const low = await open(700n, { eql: 2 })
    await expect(w.book.hold(policyId, low))
      .to.be.revertedWithCustomError(w.book, 'Policies_EqlTooLow')
      .withArgs(low, 2, 3)
    const provisional = await open(700n, { flags: Flag.provisional })
    await expect(w.book.hold(policyId, provisional))
      .to.be.revertedWithCustomError(w.book, 'Policies_Provisional')
      .withArgs(provisional)
  })

  it('is one per pack, of an active policy, and ends once', async () => {
    const { policyId } = await bind(w)
    const aepId = await open(0n)
    await expect(w.book.release(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_NotHeld')
      .withArgs(policyId, aepId)
    await w.book.hold(policyId, aepId)
    await expect(w.book.hold(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_AlreadyHeld')
      .withArgs(policyId, aepId)
    await expect(w.book.release(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_StillOpen')
      .withArgs(aepId, State.disputed)
    await expect(w.book.hold(policyId + 1n, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_NotActive')
      .withArgs(policyId + 1n, Status.none)
    await w.registry.setState(aepId, State.void)
    await w.book.release(policyId, aepId)
    await expect(w.book.release(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_NotHeld')
      .withArgs(policyId, aepId)
  })

  it('is never paused; releasing is, because it may settle', async () => {
    const { policyId } = await bind(w)
    const aepId = await open(700n)
    await w.book.connect(who.guardian).pause(DAY)
    const until = (await networkHelpers.time.latest()) + DAY
    await w.book.hold(policyId, aepId)
    await w.registry.setState(aepId, State.final)
    await expect(w.book.release(policyId, aepId)).to.be.revertedWithCustomError(w.book, 'Pause_Paused').withArgs(until)
    await networkHelpers.time.increaseTo(until)
    await w.book.release(policyId, aepId)
    expect(await balanceOf(w, who.holder.address)).to.equal(1_000n * UNIT)
  })
})
