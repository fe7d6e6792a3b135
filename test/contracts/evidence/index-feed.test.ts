import { expect } from 'chai'
import { anchor, CHALLENGE, DAY, deploy, ethers, Flag, hash, networkHelpers, nextOf, roles, State } from './world.ts'

const MAX_AGE = 30 * DAY

async function world() {
  const base = await deploy(4)
  const target = await base.registry.getAddress()
  const open = (fields: { minEql?: number; provisional?: boolean; maxAge?: number } = {}) =>
    ethers.deployContract('IndexFeed', [
      target,
      base.report.feedId,
      2,
      fields.maxAge ?? MAX_AGE,
      fields.minEql ?? 3,
      fields.provisional ?? false,
      'Hualien M',
    ])
  return { ...base, open, feed: await open() }
}

/** The same, one report anchored and final. */
async function final() {
  const base = await world()
  await anchor(base, base.report)
  await networkHelpers.time.increase(CHALLENGE)
  return base
}

describe('IndexFeed', () => {
  it('says what it is: registry, feed, decimals, limits, description, version', async () => {
    const { feed, registry, report } = await networkHelpers.loadFixture(world)
    expect(await feed.registry()).to.equal(await registry.getAddress())
    expect(await feed.feedId()).to.equal(report.feedId)
    expect(await feed.decimals()).to.equal(2n)
    expect(await feed.maxAgeSeconds()).to.equal(BigInt(MAX_AGE))
    expect(await feed.minEql()).to.equal(3n)
    expect(await feed.acceptsProvisional()).to.equal(false)
    expect(await feed.description()).to.equal('Hualien M')
    expect(await feed.version()).to.equal(1n)
  })

  it('refuses to be built with a description longer than 31 bytes', async () => {
    const { feed, registry, report } = await networkHelpers.loadFixture(world)
    const long = 'x'.repeat(32)
    await expect(ethers.deployContract('IndexFeed', [await registry.getAddress(), report.feedId, 2, 1, 1, true, long]))
      .to.be.revertedWithCustomError({ interface: stringTooLong }, 'StringTooLong')
      .withArgs(long)
    expect(await feed.description()).to.have.length(9)
  })

  it('answers with final evidence: sequence, value, and the ends of the window', async () => {
    const { feed, report } = await networkHelpers.loadFixture(final)
    const round = [1n, 640n, BigInt(report.from), BigInt(report.to), 1n]
    expect(await feed.latestRoundData()).to.deep.equal(round)
    expect(await feed.getRoundData(1)).to.deep.equal(round)
  })

  it('answers with negative values', async () => {
    const base = await networkHelpers.loadFixture(world)
    await anchor(base, { ...base.report, value: -164n })
    await networkHelpers.time.increase(CHALLENGE)
    expect((await base.feed.latestRoundData())[1]).to.equal(-164n)
  })

  it('is read by a consumer that knows only the AggregatorV3Interface', async () => {
    const { feed } = await networkHelpers.loadFixture(final)
    const consumer = new ethers.Contract(
      await feed.getAddress(),
      ['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)'],
      ethers.provider,
    )
    expect((await consumer.getFunction('latestRoundData')())[1]).to.equal(640n)
  })

  it('knows no feed before its first anchor', async () => {
    const { feed, registry, report } = await networkHelpers.loadFixture(world)
    const reads = [() => feed.latestRoundData(), () => feed.getRoundData(1), () => feed.latestAnchor()]
    for (const read of reads) {
      await expect(read()).to.be.revertedWithCustomError(registry, 'Evidence_UnknownFeed').withArgs(report.feedId)
    }
  })

  it('does not answer from an anchor until that is final, though older evidence was', async () => {
    const base = await networkHelpers.loadFixture(final)
    await anchor(base, nextOf(base.report))
    for (const read of [() => base.feed.latestRoundData(), () => base.feed.getRoundData(2)]) {
      await expect(read()).to.be.revertedWithCustomError(base.feed, 'Feed_NotFinal').withArgs(2, State.anchored)
    }
    expect((await base.feed.latestAnchor())[1]).to.equal(State.anchored)
    await networkHelpers.time.increase(CHALLENGE)
    expect((await base.feed.latestRoundData())[0]).to.equal(2n)
  })

  it('does not answer while disputed or when void, and answers when upheld', async () => {
    const base = await networkHelpers.loadFixture(world)
    const { disputer, adjudicator } = await roles()
    for (const [upheld, sequence] of [
      [false, 1],
      [true, 2],
    ] as const) {
      const report = { ...base.report, sequence, aepRoot: hash(`root ${sequence}`) }
      await anchor(base, report)
      await base.registry.connect(disputer).dispute(report.aepRoot, hash('reason'))
      await expect(base.feed.latestRoundData())
        .to.be.revertedWithCustomError(base.feed, 'Feed_NotFinal')
        .withArgs(sequence, State.disputed)
      await base.registry.connect(adjudicator).rule(report.aepRoot, upheld, hash('reason'))
      if (upheld) expect((await base.feed.latestRoundData())[0]).to.equal(2n)
      else
        await expect(base.feed.latestRoundData())
          .to.be.revertedWithCustomError(base.feed, 'Feed_NotFinal')
          .withArgs(sequence, State.void)
    }
  })

  it('does not answer with what is too old, to the second', async () => {
    const { feed, report } = await networkHelpers.loadFixture(final)
    await networkHelpers.time.increaseTo(report.to + MAX_AGE)
    expect((await feed.latestRoundData())[1]).to.equal(640n)
    await networkHelpers.time.increaseTo(report.to + MAX_AGE + 1)
    for (const read of [() => feed.latestRoundData(), () => feed.getRoundData(1)]) {
      await expect(read())
        .to.be.revertedWithCustomError(feed, 'Feed_Stale')
        .withArgs(report.to, report.to + 1)
    }
  })

  it('does not answer with a level below its own', async () => {
    const { open } = await networkHelpers.loadFixture(final)
    const strict = await open({ minEql: 4 })
    await expect(strict.latestRoundData()).to.be.revertedWithCustomError(strict, 'Feed_EqlTooLow').withArgs(3, 4)
  })

  it('answers with provisional evidence only when it was made to', async () => {
    const base = await networkHelpers.loadFixture(world)
    await anchor(base, { ...base.report, flags: Flag.provisional })
    await networkHelpers.time.increase(CHALLENGE)
    await expect(base.feed.latestRoundData()).to.be.revertedWithCustomError(base.feed, 'Feed_Provisional').withArgs(1)
    const lenient = await base.open({ provisional: true })
    expect((await lenient.latestRoundData())[1]).to.equal(640n)
    await anchor(base, { ...nextOf(base.report), flags: Flag.revision })
    await networkHelpers.time.increase(CHALLENGE)
    expect((await base.feed.latestRoundData())[0]).to.equal(2n)
  })

  it('reads only the latest round by number', async () => {
    const base = await networkHelpers.loadFixture(final)
    await anchor(base, nextOf(base.report))
    await networkHelpers.time.increase(CHALLENGE)
    for (const roundId of [0n, 1n, 3n, 2n ** 32n + 2n, 2n ** 80n - 1n]) {
      await expect(base.feed.getRoundData(roundId))
        .to.be.revertedWithCustomError(base.feed, 'Feed_NotLatestRound')
        .withArgs(roundId, 2)
    }
  })
})

const stringTooLong = new ethers.Interface(['error StringTooLong(string str)'])
