import { expect } from 'chai'
import { Wallet } from 'ethers'
import { attest, Flag, nextOf, roles, send } from '../../evidence/world.ts'
import {
  at,
  booksOf,
  CHALLENGE,
  COLLECT,
  compensationIdOf,
  DAY,
  DECISION,
  EVIDENCE,
  ethers,
  finalEvidence,
  funded,
  grant,
  hashOf,
  idOf,
  Kind,
  MOST_AHEAD,
  milestone,
  networkHelpers,
  now,
  ORIGIN,
  pay,
  pledge,
  ROLE,
  Setting,
  set,
  stream,
  terms,
  UNIT,
  type World,
  YEAR,
  ZeroAddress,
} from './world.ts'

const fixture = () => networkHelpers.loadFixture(funded)
const balanceOf = (w: World, { address }: { address: string }) => w.token.balanceOf(address)
const collect = (w: World, awardId: string) => w.commons.connect(w.stranger).collect(awardId)

describe('Commons: grants', () => {
  it('reserves a grant, and pays whom it names, whoever carries it, once', async () => {
    const w = await fixture()
    const t = terms(w, { part: 3 })
    const awardId = idOf(w, t)
    await expect(w.commons.connect(w.rail).grant(t))
      .to.emit(w.commons, 'AwardMade')
      .withArgs(awardId, DECISION, w.household.address, Kind.grant, w.asset, 100n * UNIT, w.rail.address, 3)
    expect(await w.commons.awardIdOf(w.rail.address, DECISION, 3)).to.equal(awardId)
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 100n * UNIT, paid: 0n })
    expect(await w.commons.collectableAssets(awardId)).to.equal(100n * UNIT)
    await expect(collect(w, awardId))
      .to.emit(w.commons, 'AwardPaid')
      .withArgs(awardId, w.household.address, DECISION, w.asset, 100n * UNIT)
    expect(await balanceOf(w, w.household)).to.equal(100n * UNIT)
    expect(await booksOf(w)).to.deep.equal({
      ...{ held: 900n * UNIT, due: 0n, awarded: 0n, paid: 100n * UNIT },
      balance: 900n * UNIT,
    })
    await expect(collect(w, awardId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
      .withArgs(awardId)
  })

  it('keeps on record who gets what, from when, by which decision', async () => {
    const w = await fixture()
    const awardId = await grant(w)
    const { to, startAt, endAt, kind, isAwaiting, asset, cliffAt, assets, paid, decision } =
      await w.commons.awardOf(awardId)
    const time = BigInt(await now())
    expect({ to, startAt, endAt, kind, isAwaiting, asset, cliffAt, assets, paid, decision }).to.deep.equal({
      ...{ to: w.household.address, startAt: time, endAt: time, kind: Kind.grant, isAwaiting: false },
      ...{ asset: w.asset, cliffAt: 0n, assets: 100n * UNIT, paid: 0n, decision: DECISION },
    })
    expect((await w.commons.milestoneOf(awardId)).feedId).to.equal(ethers.ZeroHash)
  })

  it('refuses what names no decision, nobody, itself or nothing', async () => {
    const w = await fixture()
    const refused = async (change: Parameters<typeof terms>[1], error: string, ...args: unknown[]) =>
      expect(w.commons.connect(w.rail).grant(terms(w, change)))
        .to.be.revertedWithCustomError(w.commons, error)
        .withArgs(...args)
    await refused({ decision: ethers.ZeroHash }, 'Commons_NoDecision')
    await refused({ assets: 0n }, 'Commons_NoAssets')
    await refused({ to: ZeroAddress }, 'Commons_BadRecipient', ZeroAddress)
    await refused({ to: w.target }, 'Commons_BadRecipient', w.target)
    for (const change of [{ origin: ethers.ZeroHash }, { to: ZeroAddress }]) {
      const { origin, to } = { origin: ORIGIN, to: w.household.address, ...change }
      await expect(w.commons.connect(w.panel).awardCompensation(w.asset, to, 1n, origin)).to.be.revertedWithCustomError(
        w.commons,
        change.origin ? 'Commons_NoDecision' : 'Commons_BadRecipient',
      )
    }
    const { awardId } = await stream(w)
    for (const act of [
      () => w.commons.connect(w.budgeter).announce(w.asset, Setting.floor, 1n, ethers.ZeroHash),
      () => w.commons.connect(w.revoker).revoke(awardId, ethers.ZeroHash),
    ])
      await expect(act()).to.be.revertedWithCustomError(w.commons, 'Commons_NoDecision')
  })

  it('knows no award that nobody made', async () => {
    const w = await fixture()
    const none = hashOf('no award')
    const later = (await now()) + DAY
    for (const act of [
      () => w.commons.awardOf(none),
      () => w.commons.milestoneOf(none),
      () => w.commons.collectableAssets(none),
      () => w.commons.lapsesAt(none),
      () => w.commons.collect(none),
      () => w.commons.lapse(none),
      () => w.commons.release(none, none),
      () => w.commons.redirect(none, w.heir.address),
      () => w.commons.redirectFor(none, w.heir.address, later, '0x'),
      () => w.commons.connect(w.revoker).revoke(none, DECISION),
    ])
      await expect(act()).to.be.revertedWithCustomError(w.commons, 'Commons_UnknownAward').withArgs(none)
  })

  it('opens each power to its role alone', async () => {
    const w = await fixture()
    const { awardId } = await stream(w)
    const t = terms(w, { part: 9 })
    const time = await now()
    const calls = {
      [`${ROLE.granting}`]: (c: typeof w.commons) => [
        () => c.grant(t),
        () => c.stream(t, time, time, time + DAY),
        () => c.pledge(t, milestone(w), time + YEAR),
      ],
      [`${ROLE.compensating}`]: (c: typeof w.commons) => [
        () => c.awardCompensation(w.asset, w.heir.address, 1n, ORIGIN),
      ],
      [`${ROLE.budgeting}`]: (c: typeof w.commons) => [() => c.announce(w.asset, Setting.floor, 1n, DECISION)],
      [`${ROLE.revoking}`]: (c: typeof w.commons) => [() => c.revoke(awardId, DECISION)],
    }
    const holders = { 51: w.rail, 52: w.panel, 53: w.budgeter, 54: w.revoker }
    for (const [role, made] of Object.entries(calls))
      for (const caller of [w.stranger, ...Object.entries(holders).flatMap(([id, one]) => (id === role ? [] : [one]))])
        for (const call of made(w.commons.connect(caller)))
          await expect(call())
            .to.be.revertedWithCustomError(w.commons, 'AccessManagedUnauthorized')
            .withArgs(caller.address)
  })
})

describe('Commons: streams', () => {
  it('pays what has vested, as it vests, and in the end all of it', async () => {
    const w = await fixture()
    const { awardId, startAt, cliffAt, endAt } = await stream(w)
    await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    await at(cliffAt - 1)
    await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    await at(cliffAt)
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(25n * UNIT)
    await at(startAt + 40 * DAY + 1)
    await collect(w, awardId)
    const whole = 100n * BigInt(DAY)
    expect(await balanceOf(w, w.household)).to.equal((100n * UNIT * (40n * BigInt(DAY) + 1n)) / whole)
    await at(endAt)
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(100n * UNIT)
  })

  it('is made as asked, and says so', async () => {
    const w = await fixture()
    const t = terms(w)
    const startAt = await now() // one in the past may be made up for
    await expect(w.commons.connect(w.rail).stream(t, startAt, startAt + 1, startAt + YEAR))
      .to.emit(w.commons, 'StreamMade')
      .withArgs(idOf(w, t), startAt, startAt + 1, startAt + YEAR)
    const { startAt: from, cliffAt, endAt, kind } = await w.commons.awardOf(idOf(w, t))
    expect([from, cliffAt, endAt, kind]).to.deep.equal([
      ...[BigInt(startAt), BigInt(startAt + 1), BigInt(startAt + YEAR), Kind.stream],
    ])
  })

  it('refuses a schedule out of order, and an end that is over or beyond five years', async () => {
    const w = await fixture()
    const start = (await now()) + DAY
    const made = (...schedule: [number, number, number]) => w.commons.connect(w.rail).stream(terms(w), ...schedule)
    for (const schedule of [
      [start, start, start],
      [start, start - 1, start + DAY],
      [start, start + DAY + 1, start + DAY],
    ] as [number, number, number][])
      await expect(made(...schedule))
        .to.be.revertedWithCustomError(w.commons, 'Commons_BadSchedule')
        .withArgs(...schedule)
    const time = start + 7
    await at(time)
    await expect(made(start, start, time))
      .to.be.revertedWithCustomError(w.commons, 'Commons_EndOutOfRange')
      .withArgs(time, time + 1, time + MOST_AHEAD)
    await at(time + 1)
    await expect(made(start, start, time + 2 + MOST_AHEAD)).to.be.revertedWithCustomError(
      w.commons,
      'Commons_EndOutOfRange',
    )
    await at(time + 2)
    await made(start, start, time + 2 + MOST_AHEAD)
  })

  it('is revoked for what has not vested: the rest stays to be collected', async () => {
    const w = await fixture()
    const { awardId, startAt } = await stream(w)
    await at(startAt + 60 * DAY)
    await expect(w.commons.connect(w.revoker).revoke(awardId, hashOf('why')))
      .to.emit(w.commons, 'StreamRevoked')
      .withArgs(awardId, hashOf('why'), 40n * UNIT)
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 60n * UNIT })
    await networkHelpers.time.increase(50 * DAY)
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(60n * UNIT)
    expect((await booksOf(w)).awarded).to.equal(0n)
    await expect(w.commons.connect(w.revoker).revoke(awardId, DECISION))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NothingUnvested')
      .withArgs(awardId)
  })

  it('is revoked whole before its cliff, also before it starts', async () => {
    const w = await fixture()
    for (const [part, day] of [
      [0, 20],
      [1, -1],
    ] as const) {
      const { awardId, startAt } = await stream(w, { part })
      if (day > 0) await at(startAt + day * DAY)
      expect(await w.commons.connect(w.revoker).revoke.staticCall(awardId, DECISION)).to.equal(100n * UNIT)
      await w.commons.connect(w.revoker).revoke(awardId, DECISION)
      await networkHelpers.time.increase(2 * YEAR)
      await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    }
    expect(await booksOf(w)).to.include({ awarded: 0n, held: 1_000n * UNIT })
  })
})

describe('Commons: milestones', () => {
  it('is released by final evidence, whoever carries it, and then collected', async () => {
    const w = await fixture()
    const { awardId, deadline } = await pledge(w)
    const m = milestone(w)
    expect([...(await w.commons.milestoneOf(awardId))]).to.deep.equal([
      ...[m.feedId, m.threshold, BigInt(m.from), BigInt(m.to), BigInt(m.minEql), true],
    ])
    await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    const aepId = await finalEvidence(w)
    await expect(w.commons.connect(w.stranger).release(awardId, aepId))
      .to.emit(w.commons, 'MilestoneReleased')
      .withArgs(awardId, aepId, w.stranger.address)
    await expect(w.commons.release(awardId, aepId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotAwaiting')
      .withArgs(awardId)
    await at(deadline + 1)
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(100n * UNIT)
  })

  it('says in full what it waits for', async () => {
    const w = await fixture()
    const t = terms(w)
    const m = milestone(w, { threshold: -5n, atLeast: false, minEql: 2 })
    const deadline = m.to + EVIDENCE
    await expect(w.commons.connect(w.rail).pledge(t, m, deadline))
      .to.emit(w.commons, 'MilestoneMade')
      .withArgs(idOf(w, t), m.feedId, -5n, false, m.from, m.to, 2, deadline)
  })

  it('takes evidence that a dispute upheld', async () => {
    const w = await fixture()
    const { disputer, adjudicator } = await roles()
    const { awardId } = await pledge(w)
    const { registry, report } = w.evidence
    await send(registry, attest(w.evidence, report))
    await registry.connect(disputer).dispute(report.aepRoot, hashOf('why'))
    await registry.connect(adjudicator).rule(report.aepRoot, true, hashOf('why'))
    await w.commons.release(awardId, report.aepRoot)
    await collect(w, awardId)
  })

  it('compares as it says: at least, or at most, the threshold itself included', async () => {
    const w = await fixture()
    const { value } = w.evidence.report
    const aepId = await finalEvidence(w)
    const cases = [
      [value, true, true],
      [value + 1n, true, false],
      [-1n, true, true],
      [value, false, true],
      [value - 1n, false, false],
      [value + 1n, false, true],
    ] as const
    await set(w, Setting.grantLimit, 1_000n * UNIT)
    for (const [part, [threshold, atLeast, reached]] of cases.entries()) {
      const { awardId } = await pledge(w, { threshold, atLeast }, part)
      if (reached) await w.commons.release(awardId, aepId)
      else
        await expect(w.commons.release(awardId, aepId))
          .to.be.revertedWithCustomError(w.commons, 'Milestone_NotReached')
          .withArgs(aepId, value, threshold)
    }
  })

  it('is for evidence of its window: from its beginning to its end, and not a second more', async () => {
    const w = await fixture()
    const { from, to } = w.evidence.report
    const aepId = await finalEvidence(w)
    await w.commons.release((await pledge(w, { from, to }, 1)).awardId, aepId)
    for (const [part, change] of [{ from: from + 1 }, { to: to - 1 }].entries())
      await expect(w.commons.release((await pledge(w, change, 2 + part)).awardId, aepId))
        .to.be.revertedWithCustomError(w.commons, 'Milestone_OtherWindow')
        .withArgs(aepId, from, to)
  })

  it('refuses a milestone without a feed, a window, or a level there is', async () => {
    const w = await fixture()
    const { from, to } = w.evidence.report
    const refused = (change: Parameters<typeof milestone>[1], error: string, ...args: unknown[]) =>
      expect(pledge(w, change))
        .to.be.revertedWithCustomError(w.commons, error)
        .withArgs(...args)
    await refused({ feedId: ethers.ZeroHash }, 'Milestone_NoFeed')
    await refused({ to: from }, 'Milestone_EmptyWindow', from, from)
    await refused({ minEql: 0 }, 'Milestone_EqlOutOfRange', 0)
    await refused({ minEql: 5 }, 'Milestone_EqlOutOfRange', 5)
    const early = (await now()) + 5
    await at(early)
    await expect(w.commons.connect(w.rail).pledge(terms(w), milestone(w), to + EVIDENCE - 1))
      .to.be.revertedWithCustomError(w.commons, 'Commons_EndOutOfRange')
      .withArgs(to + EVIDENCE - 1, to + EVIDENCE, early + MOST_AHEAD)
    // a window long past: its deadline still has to come
    const time = (await now()) + 10
    await at(time)
    await expect(w.commons.connect(w.rail).pledge(terms(w), milestone(w, { from: 0, to: 1 }), time))
      .to.be.revertedWithCustomError(w.commons, 'Commons_EndOutOfRange')
      .withArgs(time, time + 1, time + MOST_AHEAD)
  })

  it('returns what was not released before its deadline, and releases nothing from then on', async () => {
    const w = await fixture()
    const { awardId, deadline } = await pledge(w)
    const late = await pledge(w, {}, 1)
    const aepId = await finalEvidence(w)
    expect(await w.commons.lapsesAt(awardId)).to.equal(deadline)
    await at(deadline - 1)
    await expect(w.commons.lapse(awardId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotLapsed')
      .withArgs(awardId, deadline)
    await at(deadline)
    await expect(w.commons.release(awardId, aepId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_TooLate')
      .withArgs(awardId, deadline)
    await expect(w.commons.connect(w.stranger).lapse(awardId))
      .to.emit(w.commons, 'AwardLapsed')
      .withArgs(awardId, 100n * UNIT)
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 100n * UNIT })
    await expect(w.commons.lapse(awardId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotLapsed')
      .withArgs(awardId, deadline + COLLECT)
    await expect(w.commons.release(awardId, aepId)).to.be.revertedWithCustomError(w.commons, 'Commons_NotAwaiting')
    await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    expect((await w.commons.awardOf(late.awardId)).isAwaiting).to.equal(true)
  })

  it('can be released in the last second before its deadline', async () => {
    const w = await fixture()
    const { awardId, deadline } = await pledge(w)
    const aepId = await finalEvidence(w)
    await at(deadline - 1)
    await w.commons.release(awardId, aepId)
    expect(await w.commons.lapsesAt(awardId)).to.equal(deadline - 1 + COLLECT)
  })
})

describe('Commons: compensation', () => {
  const award = (w: World, assets: bigint, origin = ORIGIN, to = w.household.address) =>
    w.commons.connect(w.panel).awardCompensation(w.asset, to, assets, origin)

  it('reserves compensation for whom the case names, to be collected by pull', async () => {
    const w = await fixture()
    const awardId = compensationIdOf(w, ORIGIN, w.household.address)
    expect(
      await w.commons.connect(w.panel).awardCompensation.staticCall(w.asset, w.household.address, 50n * UNIT, ORIGIN),
    ).to.equal(50n * UNIT)
    const made = await award(w, 50n * UNIT)
    await expect(made)
      .to.emit(w.commons, 'AwardMade')
      .withArgs(awardId, ORIGIN, w.household.address, Kind.compensation, w.asset, 50n * UNIT, w.panel.address, 0)
    await expect(made).not.to.emit(w.commons, 'CompensationCut')
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(50n * UNIT)
  })

  it('awards at most what its limit leaves, says what it cut, and never reverts for want of money', async () => {
    const w = await fixture()
    await award(w, 150n * UNIT)
    await expect(award(w, 80n * UNIT, hashOf('second case')))
      .to.emit(w.commons, 'CompensationCut')
      .withArgs(hashOf('second case'), w.household.address, w.asset, 80n * UNIT, 50n * UNIT)
    const third = await award(w, 80n * UNIT, hashOf('third case'))
    await expect(third)
      .to.emit(w.commons, 'CompensationCut')
      .withArgs(hashOf('third case'), w.household.address, w.asset, 80n * UNIT, 0n)
    await expect(third).not.to.emit(w.commons, 'AwardMade')
    expect((await booksOf(w)).awarded).to.equal(200n * UNIT)
  })

  it('awards at most what is not awarded yet, the floor included', async () => {
    const w = await fixture()
    await w.commons.connect(w.budgeter).announce(w.asset, Setting.compensationLimit, 10_000n * UNIT, DECISION)
    await set(w, Setting.floor, 900n * UNIT)
    await grant(w, { assets: 100n * UNIT })
    await expect(grant(w, { part: 1, assets: 1n })).to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
    expect(await w.commons.compensableAssets(w.asset)).to.equal(900n * UNIT)
    await award(w, 2_000n * UNIT)
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 1_000n * UNIT })
    expect(await w.commons.freeAssets(w.asset)).to.equal(0n)
  })

  it('raises what was cut when there is more, up to what was first asked for, in the same award', async () => {
    const w = await fixture()
    const awardId = compensationIdOf(w, ORIGIN, w.household.address)
    await award(w, 150n * UNIT, hashOf('another case'))
    await award(w, 120n * UNIT) // 50 of it
    await collect(w, awardId)
    await networkHelpers.time.increase(30 * DAY)
    await expect(award(w, 30n * UNIT))
      .to.emit(w.commons, 'CompensationRaised')
      .withArgs(awardId, 30n * UNIT)
    const raisedAt = await now()
    expect(await w.commons.lapsesAt(awardId)).to.equal(raisedAt + COLLECT)
    expect(await w.commons.awardedLately(w.asset, Setting.compensationLimit)).to.equal(30n * UNIT)
    const last = await award(w, 90n * UNIT)
    await expect(last)
      .to.emit(w.commons, 'CompensationRaised')
      .withArgs(awardId, 40n * UNIT)
    await expect(last)
      .to.emit(w.commons, 'CompensationCut')
      .withArgs(ORIGIN, w.household.address, w.asset, 90n * UNIT, 40n * UNIT)
    await collect(w, awardId)
    expect(await balanceOf(w, w.household)).to.equal(120n * UNIT)
    const nothing = await award(w, 1n)
    await expect(nothing).not.to.emit(w.commons, 'CompensationRaised')
    expect(await booksOf(w)).to.include({ awarded: 150n * UNIT, paid: 120n * UNIT })
  })

  it('awards one case to several, and a case of another panel of the same number', async () => {
    const w = await fixture()
    await award(w, 1n)
    await award(w, 1n, ORIGIN, w.heir.address)
    await w.evidence.authority.grantRole(ROLE.compensating, w.stranger.address, 0)
    await w.commons.connect(w.stranger).awardCompensation(w.asset, w.household.address, 1n, ORIGIN)
    expect((await booksOf(w)).awarded).to.equal(3n)
    expect(await w.commons.compensationIdOf(w.panel.address, ORIGIN, w.asset, w.heir.address)).to.equal(
      compensationIdOf(w, ORIGIN, w.heir.address),
    )
  })
})

describe('Commons: recipients', () => {
  const redirectTypes = {
    Redirect: [
      { name: 'awardId', type: 'bytes32' },
      { name: 'to', type: 'address' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
    ],
  }
  const signed = async (
    w: World,
    signer: Pick<Wallet, 'signTypedData'>,
    message: { awardId: string; to: string; nonce: bigint; deadline: number },
    verifyingContract = w.target,
  ) => {
    const { chainId } = await ethers.provider.getNetwork()
    return signer.signTypedData(
      { name: 'Nexus Commons', version: '1', chainId, verifyingContract },
      redirectTypes,
      message,
    )
  }

  it('a recipient names another one, who gets what is not collected yet', async () => {
    const w = await fixture()
    const { awardId, cliffAt, endAt } = await stream(w)
    await at(cliffAt)
    await collect(w, awardId)
    await expect(w.commons.connect(w.household).redirect(awardId, w.heir.address))
      .to.emit(w.commons, 'AwardRedirected')
      .withArgs(awardId, w.household.address, w.heir.address)
    await expect(w.commons.connect(w.household).redirect(awardId, w.household.address))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotRecipient')
      .withArgs(awardId, w.household.address)
    await at(endAt)
    await collect(w, awardId)
    expect([await balanceOf(w, w.household), await balanceOf(w, w.heir)]).to.deep.equal([25n * UNIT, 75n * UNIT])
  })

  it('names neither nobody nor the fund', async () => {
    const w = await fixture()
    const awardId = await grant(w)
    for (const to of [ZeroAddress, w.target])
      await expect(w.commons.connect(w.household).redirect(awardId, to))
        .to.be.revertedWithCustomError(w.commons, 'Commons_BadRecipient')
        .withArgs(to)
  })

  it('a recipient without gas signs, and anyone carries it, once', async () => {
    const w = await fixture()
    const wallet = new Wallet(hashOf('a household with a key and no coin'))
    const awardId = await grant(w, { to: wallet.address })
    const deadline = (await now()) + DAY
    const message = { awardId, to: w.heir.address, nonce: 0n, deadline }
    const signature = await signed(w, wallet, message)
    const carry = () => w.commons.connect(w.stranger).redirectFor(awardId, w.heir.address, deadline, signature)
    await expect(carry()).to.emit(w.commons, 'AwardRedirected').withArgs(awardId, wallet.address, w.heir.address)
    await collect(w, awardId)
    expect(await balanceOf(w, w.heir)).to.equal(100n * UNIT)
    await expect(carry())
      .to.be.revertedWithCustomError(w.commons, 'Commons_BadSignature')
      .withArgs(awardId, w.heir.address)
  })

  it('counts a signature until its deadline, for its award, recipient, nonce and fund, and of the recipient', async () => {
    const w = await fixture()
    const wallet = new Wallet(hashOf('signer'))
    const [awardId, other] = [await grant(w, { to: wallet.address }), await grant(w, { to: wallet.address, part: 1 })]
    const deadline = (await now()) + DAY
    const right = { awardId, to: w.heir.address, nonce: 0n, deadline }
    const wrong = [
      await signed(w, wallet, { ...right, awardId: other }),
      await signed(w, wallet, { ...right, to: w.stranger.address }),
      await signed(w, wallet, { ...right, nonce: 1n }),
      await signed(w, wallet, { ...right, deadline: deadline + 1 }),
      await signed(w, wallet, right, w.asset),
      await signed(w, new Wallet(hashOf('somebody else')), right),
    ]
    for (const signature of wrong)
      await expect(w.commons.redirectFor(awardId, w.heir.address, deadline, signature))
        .to.be.revertedWithCustomError(w.commons, 'Commons_BadSignature')
        .withArgs(awardId, wallet.address)
    const late = await signed(w, wallet, { ...right, awardId: other, nonce: 1n })
    await at(deadline)
    await w.commons.redirectFor(awardId, w.heir.address, deadline, await signed(w, wallet, right))
    await at(deadline + 1)
    await expect(w.commons.redirectFor(other, w.heir.address, deadline, late))
      .to.be.revertedWithCustomError(w.commons, 'Commons_SignatureExpired')
      .withArgs(deadline)
  })

  it('takes the signature of a contract', async () => {
    const w = await fixture()
    const owner = new Wallet(hashOf('owner of a contract'))
    const wallet = await ethers.deployContract('ContractWallet', [owner.address])
    const awardId = await grant(w, { to: await wallet.getAddress() })
    const deadline = (await now()) + DAY
    const signature = await signed(w, owner, { awardId, to: w.heir.address, nonce: 0n, deadline })
    await w.commons.redirectFor(awardId, w.heir.address, deadline, signature)
    expect((await w.commons.awardOf(awardId)).to).to.equal(w.heir.address)
  })

  it('an award that comes back is not moved by what was signed before', async () => {
    const w = await fixture()
    const wallet = new Wallet(hashOf('comes back'), ethers.provider)
    await networkHelpers.setBalance(wallet.address, 10n ** 18n)
    const awardId = await grant(w, { to: wallet.address })
    const deadline = (await now()) + DAY
    const signature = await signed(w, wallet, { awardId, to: w.stranger.address, nonce: 0n, deadline })
    await w.commons.connect(wallet).redirect(awardId, w.heir.address)
    await w.commons.connect(w.heir).redirect(awardId, wallet.address)
    await expect(w.commons.redirectFor(awardId, w.stranger.address, deadline, signature)).to.be.revertedWithCustomError(
      w.commons,
      'Commons_BadSignature',
    )
  })

  it('what nobody collected for three years is free again, of every kind', async () => {
    const w = await fixture()
    const granted = await grant(w)
    const { awardId: streamed, endAt } = await stream(w, { part: 1 })
    const { awardId: reached } = await pledge(w, {}, 2)
    const compensated = compensationIdOf(w, ORIGIN, w.household.address)
    await w.commons.connect(w.panel).awardCompensation(w.asset, w.household.address, 100n * UNIT, ORIGIN)
    const aepId = await finalEvidence(w)
    await w.commons.release(reached, aepId)
    const releasedAt = await now()
    expect(await w.commons.lapsesAt(streamed)).to.equal(endAt + COLLECT)
    expect(await w.commons.lapsesAt(reached)).to.equal(releasedAt + COLLECT)
    for (const awardId of [granted, compensated, reached, streamed]) {
      const from = Number(await w.commons.lapsesAt(awardId))
      await at(from - 1)
      await expect(w.commons.lapse(awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NotLapsed')
      await at(from)
      await expect(w.commons.lapse(awardId))
        .to.emit(w.commons, 'AwardLapsed')
        .withArgs(awardId, 100n * UNIT)
      await expect(w.commons.lapse(awardId))
        .to.be.revertedWithCustomError(w.commons, 'Commons_NothingLeft')
        .withArgs(awardId)
      await expect(collect(w, awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    }
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 0n, paid: 0n })
  })

  it('what was awarded and is late can be collected until somebody takes it back', async () => {
    const w = await fixture()
    const awardId = await grant(w)
    await networkHelpers.time.increase(COLLECT + YEAR)
    await collect(w, awardId)
    await expect(w.commons.lapse(awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingLeft')
  })
})

describe('Commons: evidence that shows nothing', () => {
  it('refuses evidence that says of itself that it may be revised, and takes the revision', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const { report } = w.evidence
    const provisional = await finalEvidence(w, { flags: Flag.provisional })
    await expect(w.commons.release(awardId, provisional))
      .to.be.revertedWithCustomError(w.commons, 'Milestone_Provisional')
      .withArgs(provisional)
    const next = nextOf(report)
    const revision = await finalEvidence(w, { ...next, from: report.from, to: report.to, flags: Flag.revision })
    await w.commons.release(awardId, revision)
  })

  it('refuses evidence below the least level', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const aepId = await finalEvidence(w, { eql: 2 })
    await expect(w.commons.release(awardId, aepId))
      .to.be.revertedWithCustomError(w.commons, 'Milestone_EqlTooLow')
      .withArgs(aepId, 2, 3)
  })

  it('waits for the challenge window', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const { registry, report } = w.evidence
    await send(registry, attest(w.evidence, report))
    const anchoredAt = await now()
    await at(anchoredAt + CHALLENGE - 1)
    await expect(w.commons.release(awardId, report.aepRoot))
      .to.be.revertedWithCustomError(w.commons, 'Milestone_NotFinal')
      .withArgs(report.aepRoot, 1)
    await at(anchoredAt + CHALLENGE)
    await w.commons.release(awardId, report.aepRoot)
  })
})

describe('Commons: what was paid in', () => {
  it('is all there, or has gone where a decision says', async () => {
    const w = await fixture()
    await pay(w, 333n, 0)
    const awardId = await grant(w)
    await collect(w, awardId)
    const incomes = await Promise.all([0, 1, 2, 3].map(source => w.commons.incomeOf(w.asset, source)))
    const { held, paid, due, balance } = await booksOf(w)
    expect(incomes.reduce((sum, { kept }) => sum + kept, 0n)).to.equal(held + paid)
    expect(held + due).to.equal(balance)
  })
})
