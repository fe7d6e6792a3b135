import { expect } from 'chai'
import { anchor, CHALLENGE, deploy, ethers, hash, networkHelpers, nextOf, roles, State, type World } from './world.ts'

const four = () => deploy(4)
const NONE = 4

/** Whoever holds the role is the manager's admin here: nobody else was given it. */
const cap = (world: World, mostEql: number, feedId = world.report.feedId) => world.registry.capFeed(feedId, mostEql)

describe('Registry: caps of feeds', () => {
  it('anchors a report at or below the cap of its feed, and refuses one above it, whatever the two are', async () => {
    for (const mostEql of [1, 2, 3, 4])
      for (const eql of [1, 2, 3, 4]) {
        const world = await networkHelpers.loadFixture(four)
        await cap(world, mostEql)
        const attempt = anchor(world, { ...world.report, eql })
        if (eql <= mostEql) await attempt
        else
          await expect(attempt, `level ${eql} under ${mostEql}`)
            .to.be.revertedWithCustomError(world.registry, 'Evidence_EqlAboveCap')
            .withArgs(eql, mostEql)
      }
  })

  it('caps a feed that has no anchor yet, and does not know it for that', async () => {
    const world = await networkHelpers.loadFixture(four)
    await expect(cap(world, 1)).to.emit(world.registry, 'FeedCapped').withArgs(world.report.feedId, 1)
    expect(await world.registry.capOf(world.report.feedId)).to.equal(1n)
    await expect(world.registry.latestOf(world.report.feedId))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_UnknownFeed')
      .withArgs(world.report.feedId)
    expect(await world.registry.feedAt(1)).to.equal(ethers.ZeroHash)
    await expect(anchor(world, { ...world.report, eql: 1 }))
      .to.emit(world.registry, 'FeedOpened')
      .withArgs(world.report.feedId, 1)
    const [latest] = await world.registry.latestOf(world.report.feedId)
    expect(latest).to.deep.equal((await world.registry.anchorOf(world.report.aepRoot))[0])
    expect(latest.eql).to.equal(1n)
  })

  it('is no cap until somebody said so, and for no other feed', async () => {
    const world = await networkHelpers.loadFixture(four)
    expect(await world.registry.capOf(world.report.feedId)).to.equal(BigInt(NONE))
    await cap(world, 1, hash('another feed'))
    await anchor(world, { ...world.report, eql: 4 })
    expect(await world.registry.capOf(hash('another feed'))).to.equal(1n)
  })

  it('outlives every anchor, dispute and ruling of its feed, and shows in none of them', async () => {
    const world = await networkHelpers.loadFixture(four)
    const { disputer, adjudicator } = await roles()
    const { registry } = world
    let report = { ...world.report, eql: 2 }
    for (const upheld of [true, false]) {
      await cap(world, 2)
      await anchor(world, report)
      expect(await registry.capOf(report.feedId)).to.equal(2n)
      await cap(world, 3)
      await registry.connect(disputer).dispute(report.aepRoot, hash('why'))
      expect(await registry.capOf(report.feedId)).to.equal(3n)
      expect(await registry.latestOf(report.feedId)).to.deep.equal(await registry.anchorOf(report.aepRoot))
      await registry.connect(adjudicator).rule(report.aepRoot, upheld, hash('why'))
      const [stored, state] = await registry.anchorOf(report.aepRoot)
      expect(await registry.latestOf(report.feedId)).to.deep.equal([stored, state])
      expect([stored.eql, state]).to.deep.equal([2n, upheld ? State.upheld : State.void])
      expect(await registry.capOf(report.feedId)).to.equal(3n)
      report = nextOf(report)
    }
  })

  it('leaves what is anchored at its level, and lets it become final', async () => {
    const world = await networkHelpers.loadFixture(four)
    await anchor(world, world.report)
    await cap(world, 1)
    await networkHelpers.time.increase(CHALLENGE)
    const [stored, state] = await world.registry.anchorOf(world.report.aepRoot)
    expect([stored.eql, state]).to.deep.equal([3n, State.final])
    expect(await world.registry.latestOf(world.report.feedId)).to.deep.equal([stored, state])
  })

  it('holds for a report that arrives out of order too, and stays with the latest', async () => {
    const world = await networkHelpers.loadFixture(four)
    await anchor(world, world.report)
    await cap(world, 2)
    const earlier = { ...nextOf(world.report), to: world.report.to - 1, eql: 2 }
    await expect(anchor(world, { ...earlier, eql: 3 }))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_EqlAboveCap')
      .withArgs(3, 2)
    await anchor(world, earlier)
    expect((await world.registry.latestOf(world.report.feedId))[0].sequence).to.equal(1n)
    expect(await world.registry.capOf(world.report.feedId)).to.equal(2n)
  })

  it('says first that a sequence is old', async () => {
    const world = await networkHelpers.loadFixture(four)
    await anchor(world, world.report)
    await cap(world, 1)
    await expect(anchor(world, { ...nextOf(world.report), sequence: 1 }))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_SequenceNotAbove')
      .withArgs(1, 1)
  })

  it('can be lifted again, and no cap is a level that does not exist', async () => {
    const world = await networkHelpers.loadFixture(four)
    await cap(world, 1)
    await cap(world, NONE)
    await anchor(world, { ...world.report, eql: 4 })
    for (const mostEql of [0, 5, 255])
      await expect(cap(world, mostEql))
        .to.be.revertedWithCustomError(world.registry, 'Evidence_EqlOutOfRange')
        .withArgs(mostEql)
  })

  it('is nothing that a stranger, a disputer or an adjudicator may set', async () => {
    const world = await networkHelpers.loadFixture(four)
    const { stranger, disputer, adjudicator, guardian, curator } = await roles()
    for (const who of [stranger, disputer, adjudicator, guardian, curator])
      for (const mostEql of [1, NONE])
        await expect(world.registry.connect(who).capFeed(world.report.feedId, mostEql))
          .to.be.revertedWithCustomError(world.registry, 'AccessManagedUnauthorized')
          .withArgs(who.address)
  })
})
