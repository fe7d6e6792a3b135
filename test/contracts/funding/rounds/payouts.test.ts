import { noLeaf } from '@nexus/funding/posted/post'
import { expect } from 'chai'
import {
  collectContributed,
  collectMatch,
  DAY,
  deploy,
  ethers,
  gift,
  give,
  hash,
  networkHelpers,
  projectOf,
  REASON,
  type Round,
  started,
  tallyAll,
  to,
  UNIT,
  Variant,
  WAD,
} from './world.ts'

const MATCH = 8_000n * UNIT // of project 0, of a pool of 10,000: two who gave 100 and 100, against two who gave 25 and 25

async function matched() {
  const r = await started(await deploy(), { milestoneBps: [2_500, 2_500, 5_000], variant: Variant.linear })
  for (const person of [0, 1]) await give(r, person, gift(0, 100n * UNIT), gift(1, 25n * UNIT))
  await give(r, 2, gift(2, 3n * WAD, 1))
  await tallyAll(r)
  return r
}

describe('A project is paid', () => {
  let r: Round
  beforeEach(async () => {
    r = await networkHelpers.loadFixture(matched)
    expect(await r.round.matchedOf(0)).to.equal(MATCH)
  })
  const release = (project = 0) => r.round.connect(r.reviewer).release(project, hash('evidence'))
  const paysMatch = (assets: bigint, project = 0) =>
    expect(collectMatch(r, project)).to.changeTokenBalances(ethers, r.usd, [projectOf(r, project)], [assets])

  it('what was given to it, in the token it was given in, at once and once', async () => {
    await expect(collectContributed(r, 0))
      .to.emit(r.round, 'ContributedPaid')
      .withArgs(0, projectOf(r, 0).address, 0, 200n * UNIT)
    await expect(collectContributed(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_NothingToPay')
    await expect(collectContributed(r, 2, 1)).to.changeTokenBalances(ethers, r.euro, [projectOf(r, 2)], [3n * WAD])
    await expect(collectContributed(r, 2)).to.be.revertedWithCustomError(r.round, 'Rounds_NothingToPay')
    await expect(collectContributed(r, 2, 2)).to.be.revertedWithCustomError(r.round, 'Rounds_UnknownToken')
  })

  it('its match by milestones: the first with the result, the others as they are released', async () => {
    await paysMatch(MATCH / 4n)
    await expect(collectMatch(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_NothingToPay')
    await expect(r.round.connect(r.stranger).release(0, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotReviewer',
    )
    await expect(release()).to.emit(r.round, 'MilestoneReleased').withArgs(0, 2, hash('evidence'))
    await release()
    expect((await r.round.projectOf(0)).released).to.equal(3n)
    await expect(release()).to.be.revertedWithCustomError(r.round, 'Rounds_NoMilestoneLeft').withArgs(0)
    await paysMatch((MATCH * 3n) / 4n)
  })

  it('all of its match by time alone, if nothing was forfeited', async () => {
    await to(r.terms.payoutUntil)
    await expect(release()).to.be.revertedWithCustomError(r.round, 'Rounds_NoMilestoneLeft')
    await expect(r.round.connect(r.reviewer).forfeit(0, noLeaf, [], REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_Closed',
    )
    await paysMatch(MATCH)
  })

  it('no more than was released once the rest is forfeited, which goes to the commons', async () => {
    await release()
    await expect(r.round.connect(r.reviewer).forfeit(0, noLeaf, [], REASON))
      .to.emit(r.round, 'MilestonesForfeited')
      .withArgs(0, 2, MATCH / 2n, REASON)
    await expect(r.round.connect(r.reviewer).forfeit(0, noLeaf, [], REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NoMilestoneLeft',
    )
    await expect(release()).to.be.revertedWithCustomError(r.round, 'Rounds_NoMilestoneLeft')
    await expect(r.round.sendLeftover()).to.changeTokenBalances(ethers, r.usd, [r.commons], [MATCH / 2n])
    await to(r.terms.payoutUntil)
    await paysMatch(MATCH / 2n)
    expect((await r.round.projectOf(0)).forfeited).to.equal(true)
  })

  it('where its recipient says, and nowhere else', async () => {
    const elsewhere = r.funder.address
    for (const pay of [
      () => collectMatch(r, 0, r.stranger, elsewhere),
      () => collectContributed(r, 0, 0, r.stranger, elsewhere),
    ])
      await expect(pay())
        .to.be.revertedWithCustomError(r.round, 'Rounds_NotRecipient')
        .withArgs(projectOf(r, 0).address, r.stranger.address)
    await expect(collectMatch(r, 0, projectOf(r, 0), elsewhere)).to.changeTokenBalances(
      ethers,
      r.usd,
      [r.funder],
      [MATCH / 4n],
    )
  })

  it('nothing while compliance holds it, and all of it after; once, for at most 180 days', async () => {
    const hold = async (seconds: number, project = 0) =>
      r.factory
        .connect(r.compliance)
        .holdPayouts(r.round, project, (await networkHelpers.time.latest()) + 1 + seconds, REASON)
    const endHold = () => r.factory.connect(r.compliance).endHold(r.round, 0, REASON)
    await expect(hold(180 * DAY + 1)).to.be.revertedWithCustomError(r.round, 'Rounds_HoldOutOfRange')
    await expect(hold(0)).to.be.revertedWithCustomError(r.round, 'Rounds_HoldOutOfRange')
    await expect(endHold()).to.be.revertedWithCustomError(r.round, 'Rounds_NotHeld').withArgs(0)
    await expect(hold(DAY, 9)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongProjectStatus')
    await expect(hold(180 * DAY)).to.emit(r.round, 'PayoutsHeld')
    await expect(collectMatch(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_Held')
    await expect(collectContributed(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_Held')
    await paysMatch(500n * UNIT, 1)
    await expect(endHold()).to.emit(r.round, 'HoldEnded').withArgs(0, REASON)
    await paysMatch(MATCH / 4n)
    await expect(hold(DAY)).to.be.revertedWithCustomError(r.round, 'Rounds_AlreadyHeld').withArgs(0)
    await hold(DAY, 1)
    await to((await networkHelpers.time.latest()) + DAY)
    await expect(collectContributed(r, 1)).to.changeTokenBalances(ethers, r.usd, [projectOf(r, 1)], [50n * UNIT])
    for (const power of [r.stranger, r.reviewer])
      await expect(r.factory.connect(power).holdPayouts(r.round, 2, 1, REASON)).to.be.revertedWithCustomError(
        r.factory,
        'AccessManagedUnauthorized',
      )
    await expect(r.round.connect(r.compliance).hold(2, 1, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotFactory',
    )
    await expect(r.round.connect(r.compliance).endHold(2, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotFactory',
    )
  })

  it('nothing before the result stands', async () => {
    const early = await started(await deploy())
    for (const pay of [collectMatch, collectContributed])
      await expect(pay(early, 0)).to.be.revertedWithCustomError(early.round, 'Rounds_WrongStatus')
    await expect(early.round.matchedOf(0)).to.be.revertedWithCustomError(early.round, 'Rounds_WrongStatus')
    await expect(early.round.connect(early.reviewer).release(0, REASON)).to.be.revertedWithCustomError(
      early.round,
      'Rounds_WrongStatus',
    )
  })
})

describe('A round whose result is posted', () => {
  async function posted(variant: number = Variant.pairwise) {
    const results = await ethers.deployContract('TestMatchResult')
    const r = await started(await deploy(), {
      variant,
      capBps: 5_000,
      results: await results.getAddress(),
      postedParameter: 77n,
      milestoneBps: [5_000, 5_000],
    })
    await give(r, 0, gift(0, 100n * UNIT))
    return { ...r, results }
  }
  const line = (project: number, assets: bigint) => ({ ...noLeaf, project: BigInt(project), matched: assets })

  it('says what is to be matched, and pays by the lines of the result', async () => {
    const r = await posted()
    expect([...(await r.round.postedTerms())]).to.deep.equal([0n, 77n, 10_000n * UNIT, 5_000n * UNIT])
    await to(r.terms.reviewUntil)
    await expect(r.round.tally(1)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongVariant')
    await expect(r.round.adoptResult()).to.be.revertedWithCustomError(r.results, 'NotFinal')
    await expect(r.round.lapse()).to.be.revertedWithCustomError(r.round, 'Rounds_NotFailed')
    await r.results.set(hash('root'), 10_001n * UNIT)
    await expect(r.round.adoptResult()).to.be.revertedWithCustomError(r.round, 'Rounds_MoreThanPool')
    await r.results.set(hash('root'), 600n * UNIT)
    await expect(r.round.connect(r.stranger).adoptResult())
      .to.emit(r.round, 'RoundMatched')
      .withArgs(600n * UNIT, 9_400n * UNIT, hash('root'))
    await expect(r.round.matchedOf(0)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongVariant')
    const collect = (project: number, leaf: ReturnType<typeof line>) =>
      r.round.collectMatch(project, projectOf(r, project).address, leaf, [])
    await expect(collect(1, line(0, 500n * UNIT)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_OtherProject')
      .withArgs(1, 0)
    await expect(collect(0, line(0, 500n * UNIT))).to.changeTokenBalances(
      ethers,
      r.usd,
      [projectOf(r, 0)],
      [250n * UNIT],
    )
    await r.round.connect(r.reviewer).forfeit(0, line(0, 500n * UNIT), [], REASON)
    expect([...(await r.round.result())]).to.deep.equal([hash('root'), 100n * UNIT, 9_650n * UNIT])
    // a line that is more than the result said moves nothing
    await expect(collect(1, line(1, 202n * UNIT))).to.be.revertedWithCustomError(r.round, 'Rounds_MoreThanPool')
    await collect(1, line(1, 200n * UNIT))
    await expect(r.round.adoptResult()).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
  })

  it('leaves the pool over if there is no result any more; what was given is paid', async () => {
    const r = await posted(Variant.cluster)
    expect((await r.round.postedTerms())[0]).to.equal(1n)
    await expect(r.round.lapse()).to.be.revertedWithCustomError(r.round, 'Rounds_TooEarly')
    await to(r.terms.reviewUntil)
    await r.results.fail()
    await r.round.connect(r.stranger).lapse()
    await expect(r.round.sendLeftover()).to.changeTokenBalances(ethers, r.usd, [r.commons], [10_000n * UNIT])
    await expect(collectContributed(r, 0)).to.changeTokenBalances(ethers, r.usd, [projectOf(r, 0)], [100n * UNIT])
    await expect(r.round.collectMatch(0, projectOf(r, 0).address, line(0, 5n), [])).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NothingToPay',
    )
  })

  it('is no round that computes its matches itself', async () => {
    const r = await started(await deploy())
    await expect(r.round.postedTerms()).to.be.revertedWithCustomError(r.round, 'Rounds_WrongVariant')
    await to(r.terms.reviewUntil)
    await expect(r.round.adoptResult()).to.be.revertedWithCustomError(r.round, 'Rounds_WrongVariant')
    await expect(r.round.lapse()).to.be.revertedWithCustomError(r.round, 'Rounds_WrongVariant')
  })
})
