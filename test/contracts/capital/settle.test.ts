import { expect } from 'chai'
import {
  balanceOf,
  bind,
  bindRamp,
  DAY,
  deploy,
  evidence,
  Flag,
  formulaIdOf,
  hash,
  header,
  lapse,
  networkHelpers,
  ONE,
  people,
  RAMP,
  STEP,
  State,
  Status,
  settle,
  statusOf,
  UNIT,
  type World,
  word,
} from './world.ts'

const NO_EVIDENCE = hash('no such pack')

describe('Settling a policy', () => {
  let w: World
  let who: Awaited<ReturnType<typeof people>>
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
    who = await people()
  })

  it('pays the holder what the formula says, whoever calls', async () => {
    const { policyId } = await bind(w)
    const aepId = await evidence(w, 640n)
    await expect(w.book.connect(who.stranger).settle(policyId, aepId))
      .to.emit(w.book, 'Settled')
      .withArgs(policyId, aepId, who.holder.address, formulaIdOf(header(), STEP), 640n, ONE, 1_000n * UNIT)
      .and.to.emit(w.pool, 'PayoutSettled')
      .withArgs(policyId, who.holder.address, 1_000n * UNIT, false)
    expect(await balanceOf(w, who.holder.address)).to.equal(1_000n * UNIT)
  })

  it('closes and earns the premium when all that can be paid is paid', async () => {
    const { policyId } = await bind(w)
    await expect(settle(w, policyId, await evidence(w, 700n)))
      .to.emit(w.book, 'PolicyClosed')
      .withArgs(policyId, Status.paid, 0)
      .and.to.emit(w.pool, 'CapacityReleased')
      .withArgs(policyId, 0, 50n * UNIT)
    expect(await w.pool.lockedAssets()).to.equal(0n)
    expect(await w.pool.unearnedAssets()).to.equal(0n)
    expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT - 1_000n * UNIT + 50n * UNIT)
    await expect(settle(w, policyId, await evidence(w, 700n)))
      .to.be.revertedWithCustomError(w.book, 'Policies_NotActive')
      .withArgs(policyId, Status.paid)
  })

  it('pays nothing just below the threshold, and says so', async () => {
    const { policyId } = await bind(w)
    await expect(settle(w, policyId, await evidence(w, 639n)))
      .to.be.revertedWithCustomError(w.book, 'Policies_NothingDue')
      .withArgs(policyId, 0, 0)
    expect(await statusOf(w, policyId)).to.equal(Status.active)
  })

  it('pays the difference when a revision makes more due, and takes nothing back when it makes less', async () => {
    const { policyId } = await bindRamp(w)
    await settle(w, policyId, await evidence(w, 300n))
    expect(await balanceOf(w, who.holder.address)).to.equal(300n * UNIT)
    const lower = await evidence(w, 200n, { flags: Flag.revision })
    await expect(settle(w, policyId, lower))
      .to.be.revertedWithCustomError(w.book, 'Policies_NothingDue')
      .withArgs(policyId, 200n * UNIT, 300n * UNIT)
    await settle(w, policyId, await evidence(w, 450n, { flags: Flag.revision }))
    expect(await balanceOf(w, who.holder.address)).to.equal(450n * UNIT)
    expect((await w.book.policyOf(policyId)).paidAssets).to.equal(450n * UNIT)
    expect(await w.pool.lockedAssets()).to.equal(550n * UNIT)
  })

  it('refuses the same evidence twice', async () => {
    const { policyId } = await bindRamp(w)
    const aepId = await evidence(w, 300n)
    await settle(w, policyId, aepId)
    await expect(settle(w, policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_NothingDue')
      .withArgs(policyId, 300n * UNIT, 300n * UNIT)
  })

  it('pays the same in any order of evidence (INV-CAP-4)', async () => {
    const values = [120n, 870n, 430n]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const { policyId } = await bindRamp(w)
      for (const i of order) {
        const aepId = await evidence(w, values[i] ?? 0n)
        await settle(w, policyId, aepId).catch(() => 'nothing due')
      }
      expect((await w.book.policyOf(policyId)).paidAssets).to.equal(870n * UNIT)
    }
  })

  it('pays whoever owns the policy then', async () => {
    const { policyId } = await bindRamp(w)
    await settle(w, policyId, await evidence(w, 100n))
    await w.book.connect(who.holder).transferFrom(who.holder.address, who.stranger.address, policyId)
    await settle(w, policyId, await evidence(w, 250n))
    expect(await balanceOf(w, who.holder.address)).to.equal(100n * UNIT)
    expect(await balanceOf(w, who.stranger.address)).to.equal(150n * UNIT)
  })

  it('rounds a payout as the header says', async () => {
    for (const [rounding, paid] of [
      ['down', 333n],
      ['up', 334n],
    ] as const) {
      const words = [word(0n, 0n, 0n, 0n), word(3n, ONE, ONE, ONE)]
      await w.store.publishFormula(header(rounding), words)
      const { policyId } = await bind(w, { formulaId: formulaIdOf(header(rounding), words), coverAssets: 1000n })
      await settle(w, policyId, await evidence(w, 1n))
      expect((await w.book.policyOf(policyId)).paidAssets, rounding).to.equal(paid)
    }
  })

  describe('takes only evidence that is', () => {
    it('final or upheld', async () => {
      const { policyId } = await bind(w)
      for (const state of [State.anchored, State.disputed, State.void]) {
        const aepId = await evidence(w, 700n, { state })
        await expect(settle(w, policyId, aepId), `state ${state}`)
          .to.be.revertedWithCustomError(w.book, 'Policies_EvidenceNotFinal')
          .withArgs(aepId, state)
      }
      await expect(settle(w, policyId, NO_EVIDENCE))
        .to.be.revertedWithCustomError(w.registry, 'Evidence_UnknownAep')
        .withArgs(NO_EVIDENCE)
      await settle(w, policyId, await evidence(w, 700n, { state: State.upheld }))
      expect(await statusOf(w, policyId)).to.equal(Status.paid)
    })

    it('of the feed the terms name', async () => {
      const { policyId } = await bind(w)
      const aepId = await evidence(w, 700n, { feedId: hash('another feed') })
      await expect(settle(w, policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_WrongFeed')
        .withArgs(aepId, hash('another feed'), w.terms.feedId)
    })

    it('of exactly the cover’s window, where readings are whole', async () => {
      const { policyId } = await bind(w)
      for (const [from, to] of [
        [w.from + 1, w.to],
        [w.from, w.to - 1],
        [w.from - 1, w.to],
        [w.from, w.to + 1],
      ] as const) {
        const aepId = await evidence(w, 700n, { from, to })
        await expect(settle(w, policyId, aepId))
          .to.be.revertedWithCustomError(w.book, 'Policies_WrongWindow')
          .withArgs(aepId, from, to)
      }
    })

    it('of a window inside the cover’s, where any reading pays', async () => {
      const { policyId } = await bindRamp(w, { readings: 1 })
      for (const [from, to] of [
        [w.from - 1, w.to],
        [w.from, w.to + 1],
        [w.to, w.to + 1],
      ] as const) {
        const aepId = await evidence(w, 700n, { from, to })
        await expect(settle(w, policyId, aepId))
          .to.be.revertedWithCustomError(w.book, 'Policies_WrongWindow')
          .withArgs(aepId, from, to)
      }
      await settle(w, policyId, await evidence(w, 300n, { from: w.from + DAY, to: w.from + 2 * DAY }))
      await settle(w, policyId, await evidence(w, 400n, { from: w.from, to: w.to }))
      expect(await balanceOf(w, who.holder.address)).to.equal(400n * UNIT)
    })

    it('of the level the terms ask', async () => {
      const { policyId } = await bind(w)
      const aepId = await evidence(w, 700n, { eql: 2 })
      await expect(settle(w, policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_EqlTooLow')
        .withArgs(aepId, 2, 3)
      await settle(w, policyId, await evidence(w, 700n, { eql: 4 }))
    })

    it('not provisional, unless the terms allow it', async () => {
      const strict = await bind(w)
      const aepId = await evidence(w, 700n, { flags: Flag.provisional })
      await expect(settle(w, strict.policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_Provisional')
        .withArgs(aepId)
      const lenient = await bind(w, { evidence: 1 })
      await settle(w, lenient.policyId, aepId)
      expect(await statusOf(w, lenient.policyId)).to.equal(Status.paid)
    })
  })

  it('knows no policy that nobody bound', async () => {
    const aepId = await evidence(w, 700n)
    await expect(settle(w, 12345n, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_NotActive')
      .withArgs(12345n, Status.none)
  })

  it('stops during a pause and goes on after it', async () => {
    const { policyId } = await bind(w)
    const aepId = await evidence(w, 700n)
    await w.book.connect(who.guardian).pause(DAY)
    const until = (await networkHelpers.time.latest()) + DAY
    await expect(settle(w, policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Pause_Paused')
      .withArgs(until)
    await networkHelpers.time.increaseTo(until)
    await settle(w, policyId, aepId)
  })

  describe('and closing it on evidence', () => {
    it('closes as zero when final evidence pays nothing, and releases the capital', async () => {
      const { policyId } = await bind(w)
      const aepId = await evidence(w, 100n)
      await expect(lapse(w, policyId, aepId))
        .to.emit(w.book, 'Settled')
        .withArgs(policyId, aepId, who.holder.address, formulaIdOf(header(), STEP), 100n, 0, 0)
        .and.to.emit(w.book, 'PolicyClosed')
        .withArgs(policyId, Status.zero, 1_000n * UNIT)
      expect(await w.pool.lockedAssets()).to.equal(0n)
      expect(await w.pool.unearnedAssets()).to.equal(0n)
      expect(await w.pool.freeAssets()).to.equal(1_500_050n * UNIT)
      await expect(lapse(w, policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_NotActive')
        .withArgs(policyId, Status.zero)
    })

    it('settles that evidence first', async () => {
      const { policyId } = await bindRamp(w)
      const aepId = await evidence(w, 300n)
      await expect(lapse(w, policyId, aepId))
        .to.emit(w.book, 'Settled')
        .withArgs(policyId, aepId, who.holder.address, formulaIdOf(header(), RAMP), 300n, (ONE * 3n) / 10n, 300n * UNIT)
        .and.to.emit(w.book, 'PolicyClosed')
        .withArgs(policyId, Status.paid, 700n * UNIT)
      expect(await balanceOf(w, who.holder.address)).to.equal(300n * UNIT)
    })

    it('closes as paid when an earlier settlement paid more', async () => {
      const { policyId } = await bindRamp(w)
      await settle(w, policyId, await evidence(w, 600n))
      const lower = await evidence(w, 200n, { flags: Flag.revision })
      await expect(lapse(w, policyId, lower))
        .to.emit(w.book, 'Settled')
        .withArgs(policyId, lower, who.holder.address, formulaIdOf(header(), RAMP), 200n, ONE / 5n, 0)
        .and.to.emit(w.book, 'PolicyClosed')
        .withArgs(policyId, Status.paid, 400n * UNIT)
    })

    it('closes once when that evidence pays all', async () => {
      const { policyId } = await bind(w)
      const sent = lapse(w, policyId, await evidence(w, 640n))
      await expect(sent).to.emit(w.book, 'PolicyClosed').withArgs(policyId, Status.paid, 0)
      const receipt = await (await sent).wait()
      const closed = w.book.interface.getEvent('PolicyClosed').topicHash
      expect(receipt?.logs.filter(log => log.topics[0] === closed)).to.have.length(1)
    })

    it('needs the cover’s own window, even where any reading pays', async () => {
      const { policyId } = await bindRamp(w, { readings: 1 })
      const [from, to] = [w.from, w.to - 1]
      const aepId = await evidence(w, 100n, { from, to })
      await expect(lapse(w, policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_WrongWindow')
        .withArgs(aepId, from, to)
    })

    it('needs evidence that is not provisional, even where provisional evidence pays', async () => {
      const { policyId } = await bind(w, { evidence: 1 })
      const aepId = await evidence(w, 100n, { flags: Flag.provisional })
      await expect(lapse(w, policyId, aepId))
        .to.be.revertedWithCustomError(w.book, 'Policies_Provisional')
        .withArgs(aepId)
    })

    it('needs evidence that is final, of its feed, and of its level', async () => {
      const { policyId } = await bind(w)
      const open = await evidence(w, 100n, { state: State.anchored })
      await expect(lapse(w, policyId, open))
        .to.be.revertedWithCustomError(w.book, 'Policies_EvidenceNotFinal')
        .withArgs(open, State.anchored)
      const low = await evidence(w, 100n, { eql: 1 })
      await expect(lapse(w, policyId, low))
        .to.be.revertedWithCustomError(w.book, 'Policies_EqlTooLow')
        .withArgs(low, 1, 3)
      const foreign = await evidence(w, 100n, { feedId: hash('another feed') })
      await expect(lapse(w, policyId, foreign))
        .to.be.revertedWithCustomError(w.book, 'Policies_WrongFeed')
        .withArgs(foreign, hash('another feed'), w.terms.feedId)
    })
  })

  describe('and closing it without evidence', () => {
    it('waits for the reporting deadline, to the second', async () => {
      const { policyId, terms } = await bind(w)
      await networkHelpers.time.setNextBlockTimestamp(terms.reportingDeadline - 1)
      await expect(lapse(w, policyId))
        .to.be.revertedWithCustomError(w.book, 'Policies_TooEarly')
        .withArgs(policyId, terms.reportingDeadline, terms.reportingDeadline - 1)
      await networkHelpers.time.setNextBlockTimestamp(terms.reportingDeadline)
      await expect(lapse(w, policyId))
        .to.emit(w.book, 'PolicyClosed')
        .withArgs(policyId, Status.lapsed, 1_000n * UNIT)
      expect(await w.pool.freeAssets()).to.equal(1_500_050n * UNIT)
    })

    it('waits longer by every pause since bind, of the book and of the registry', async () => {
      await w.registry.pause(3 * DAY) // before bind: touches nothing
      await networkHelpers.time.increase(3 * DAY)
      const { policyId, terms } = await bind(w)
      await w.book.connect(who.guardian).pause(2 * DAY)
      await networkHelpers.time.increase(30 * DAY)
      await w.registry.pause(DAY)
      await networkHelpers.time.increase(30 * DAY)
      const deadline = terms.reportingDeadline + 3 * DAY
      expect(await w.book.lapsesAt(policyId)).to.equal(deadline)
      await networkHelpers.time.setNextBlockTimestamp(deadline - 1)
      await expect(lapse(w, policyId))
        .to.be.revertedWithCustomError(w.book, 'Policies_TooEarly')
        .withArgs(policyId, deadline, deadline - 1)
      await networkHelpers.time.setNextBlockTimestamp(deadline)
      await lapse(w, policyId)
      expect(await statusOf(w, policyId)).to.equal(Status.lapsed)
    })

    it('does not happen during a pause', async () => {
      const { policyId, terms } = await bind(w)
      await networkHelpers.time.increaseTo(terms.reportingDeadline)
      await w.book.connect(who.guardian).pause(DAY)
      const until = (await networkHelpers.time.latest()) + DAY
      await expect(lapse(w, policyId)).to.be.revertedWithCustomError(w.book, 'Pause_Paused').withArgs(until)
    })

    it('still settles after the deadline as long as nobody lapsed it', async () => {
      const { policyId, terms } = await bind(w)
      await networkHelpers.time.increaseTo(terms.reportingDeadline + DAY)
      await settle(w, policyId, await evidence(w, 640n))
      expect(await balanceOf(w, who.holder.address)).to.equal(1_000n * UNIT)
    })
  })
})
