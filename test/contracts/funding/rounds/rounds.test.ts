import { expect } from 'chai'
import {
  accept,
  anyValue,
  apply,
  DAY,
  deploy,
  dossierOf,
  EURO_RATE,
  ethers,
  gift,
  hash,
  networkHelpers,
  open,
  Phase,
  ProjectStatus,
  personOf,
  projectOf,
  REASON,
  Status,
  started,
  type Terms,
  tallyAll,
  termsOf,
  to,
  UNIT,
  Variant,
  type World,
  ZeroAddress,
  ZeroHash,
} from './world.ts'

describe('A round is opened', () => {
  let w: World
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
  })

  it('by its role only, with its terms in its code', async () => {
    const terms = await termsOf(w, {
      milestoneBps: [2_500, 2_500, 5_000],
      capBps: 1_234,
      metadataURI: 'ipfs://a rather long address of what the round is for',
    })
    await expect(w.factory.connect(w.stranger).openRound(terms)).to.be.revertedWithCustomError(
      w.factory,
      'AccessManagedUnauthorized',
    )
    const sent = w.factory.connect(w.opener).openRound(terms)
    const euro = await w.euro.getAddress()
    await expect(sent).to.emit(w.factory, 'RoundOpened')
    const [event] = await w.factory.queryFilter(w.factory.filters.RoundOpened(), 'latest')
    const round = event?.args.round ?? ''
    await expect(sent)
      .to.emit(w.factory, 'RoundTermsSet')
      .withArgs(
        round,
        1_234,
        terms.applyUntil,
        terms.contributeFrom,
        terms.contributeUntil,
        terms.reviewUntil,
        terms.payoutUntil,
        0,
        [2_500, 2_500, 5_000],
      )
      .and.to.emit(w.factory, 'RoundTokenSet')
      .withArgs(round, 1, euro, EURO_RATE)
    expect(await w.factory.isRound(round)).to.equal(true)
    expect(await w.factory.roundCount()).to.equal(1n)
    expect(await w.factory.commons()).to.equal(await w.commons.getAddress())
    const read = await w.factory.termsOf(round)
    expect(read.others.map(o => [o.token, o.unitsWad])).to.deep.equal([[euro, EURO_RATE]])
    expect([...read.milestoneBps]).to.deep.equal([2_500n, 2_500n, 5_000n])
    const { others: _o, milestoneBps: _m, ...plain } = terms
    for (const [name, value] of Object.entries(plain))
      expect(String(read[name as keyof typeof read]), name).to.equal(String(value))
    const clone = await ethers.getContractAt('QuadraticRound', round)
    expect(await clone.asset()).to.equal(terms.asset)
    expect(await clone.variant()).to.equal(BigInt(Variant.linear))
    const [fields, name, version, , verifyingContract] = await clone.eip712Domain()
    expect([fields, name, version, verifyingContract]).to.deep.equal(['0x0f', 'Nexus QuadraticRound', '1', round])
  })

  it('with terms that end, and that can be kept', async () => {
    const good = await termsOf(w)
    const refused = async (change: Partial<Terms>, error: string) =>
      expect(w.factory.connect(w.opener).openRound({ ...good, ...change }), error).to.be.revertedWithCustomError(
        w.factory,
        error,
      )
    const now = await networkHelpers.time.latest()
    const results = await (await ethers.deployContract('TestMatchResult')).getAddress()
    await refused({ applyUntil: now }, 'Rounds_TimesOutOfOrder')
    await refused({ contributeFrom: good.applyUntil - 1 }, 'Rounds_TimesOutOfOrder')
    await refused({ contributeUntil: good.contributeFrom }, 'Rounds_TimesOutOfOrder')
    await refused({ reviewUntil: good.contributeUntil }, 'Rounds_TimesOutOfOrder')
    await refused({ payoutUntil: good.reviewUntil }, 'Rounds_TimesOutOfOrder')
    await refused({ payoutUntil: now + 731 * DAY }, 'Rounds_TooLong')
    await refused({ reviewer: ZeroAddress }, 'Rounds_NoReviewer')
    await refused({ gate: w.stranger.address }, 'Rounds_NoCode')
    await refused({ asset: w.stranger.address }, 'Rounds_NoCode')
    await refused({ capBps: 0 }, 'Rounds_CapOutOfRange')
    await refused({ capBps: 10_001 }, 'Rounds_CapOutOfRange')
    await refused({ variant: Variant.clr }, 'Rounds_OneTokenInClrFund')
    await refused({ variant: Variant.clr, others: [], capBps: 5_000 }, 'Rounds_NoCapInClrFund')
    await refused({ results }, 'Rounds_NothingPosted')
    await refused({ postedParameter: 1n }, 'Rounds_NothingPosted')
    await refused({ variant: Variant.pairwise }, 'Rounds_NoCode')
    await refused({ variant: Variant.pairwise, results }, 'Rounds_ParameterOutOfRange')
    await refused({ variant: Variant.cluster, results, postedParameter: 2n ** 127n }, 'Rounds_ParameterOutOfRange')
    const [euro] = good.others
    if (!euro) throw new Error('no second token')
    await refused({ others: [euro, euro] }, 'Rounds_TokenTwice')
    await refused({ others: [{ token: good.asset, unitsWad: 1n }] }, 'Rounds_TokenTwice')
    await refused({ others: [{ ...euro, unitsWad: 0n }] }, 'Rounds_NoRate')
    await refused({ others: Array.from({ length: 8 }, () => euro) }, 'Rounds_TooManyTokens')
    await refused({ others: [{ token: w.stranger.address, unitsWad: 1n }] }, 'Rounds_NoCode')
    await refused({ milestoneBps: [] }, 'Rounds_MilestonesOutOfRange')
    await refused({ milestoneBps: [1, 1, 1, 1, 1, 1, 9_994] }, 'Rounds_MilestonesOutOfRange')
    await refused({ milestoneBps: [10_000, 0] }, 'Rounds_EmptyMilestone')
    await refused({ milestoneBps: [5_000, 4_999] }, 'Rounds_MilestonesNotWhole')
  })

  it('with terms at their bounds: contributions from the second that applications end, two years in all', async () => {
    const good = await termsOf(w)
    const at = (await networkHelpers.time.latest()) + DAY
    const payoutUntil = at + 730 * DAY
    const openAt = (time: number, change: Partial<Terms>) =>
      networkHelpers.time
        .setNextBlockTimestamp(time)
        .then(() => w.factory.connect(w.opener).openRound({ ...good, ...change }))
    await expect(openAt(at, { payoutUntil: payoutUntil + 1 }))
      .to.be.revertedWithCustomError(w.factory, 'Rounds_TooLong')
      .withArgs(payoutUntil + 1, payoutUntil)
    await openAt(at + 1, { payoutUntil: payoutUntil + 1, contributeFrom: good.applyUntil })
    expect(await w.factory.roundCount()).to.equal(1n)
  })

  it('and is known: powers over anything else are refused', async () => {
    const other = w.stranger.address
    await expect(w.factory.termsOf(other)).to.be.revertedWithCustomError(w.factory, 'Rounds_Unknown')
    await expect(w.factory.connect(w.canceller).cancelRound(other, REASON))
      .to.be.revertedWithCustomError(w.factory, 'Rounds_Unknown')
      .withArgs(other)
    await expect(w.factory.connect(w.compliance).holdPayouts(other, 0, 1, REASON)).to.be.revertedWithCustomError(
      w.factory,
      'Rounds_Unknown',
    )
    await expect(w.factory.connect(w.compliance).endHold(other, 0, REASON)).to.be.revertedWithCustomError(
      w.factory,
      'Rounds_Unknown',
    )
  })
})

describe('A project', () => {
  const opened = async () => open(await deploy())

  it('applies, is reviewed by what it applied with, and is numbered when accepted', async () => {
    const r = await networkHelpers.loadFixture(opened)
    const [first, second] = [projectOf(r, 0), projectOf(r, 1)]
    await expect(apply(r, first))
      .to.emit(r.round, 'ProjectApplied')
      .withArgs(first.address, dossierOf(first.address), 'ipfs://dossier')
    expect(await r.round.dossierOf(first.address)).to.equal(dossierOf(first.address))
    await apply(r, second)
    await expect(r.round.connect(r.stranger).review(first.address, dossierOf(first.address), true, REASON))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotReviewer')
      .withArgs(r.stranger.address)
    const review = r.round.connect(r.reviewer)
    await expect(review.review(first.address, hash('another'), true, REASON))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotApplied')
      .withArgs(first.address, hash('another'))
    await expect(review.review(r.stranger.address, ZeroHash, true, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotApplied',
    )
    await expect(review.review(first.address, dossierOf(first.address), false, REASON))
      .to.emit(r.round, 'ProjectRejected')
      .withArgs(first.address, dossierOf(first.address), REASON)
    await expect(accept(r, second))
      .to.emit(r.round, 'ProjectAccepted')
      .withArgs(0, second.address, dossierOf(second.address), REASON)
    await apply(r, first)
    await expect(accept(r, first)).to.emit(r.round, 'ProjectAccepted')
    expect(await r.round.projectCount()).to.equal(2n)
    const state = await r.round.projectOf(1)
    expect([state.recipient, state.status, state.released]).to.deep.equal([first.address, ProjectStatus.accepted, 0n])
    await expect(r.round.connect(r.stranger).applyAsProject(ZeroHash, '')).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NoDossier',
    )
  })

  it('does not apply after the time for it, nor is it accepted once contributions begin', async () => {
    const r = await networkHelpers.loadFixture(opened)
    await apply(r, projectOf(r, 0))
    await to(r.terms.applyUntil)
    await expect(apply(r, projectOf(r, 1))).to.be.revertedWithCustomError(r.round, 'Rounds_Closed')
    await to(r.terms.contributeFrom)
    await expect(accept(r, projectOf(r, 0))).to.be.revertedWithCustomError(r.round, 'Rounds_Closed')
  })
})

describe('The phases of a round', () => {
  it('follow each other by time alone until the matching, which anyone pushes', async () => {
    const w = await deploy()
    const r = await open(w)
    expect(await r.round.phase()).to.equal(Phase.application)
    await to(r.terms.contributeFrom)
    expect(await r.round.phase()).to.equal(Phase.contribution)
    await to(r.terms.contributeUntil)
    expect(await r.round.phase()).to.equal(Phase.review)
    expect(await r.round.isFrozen()).to.equal(false)
    await to(r.terms.reviewUntil)
    expect(await r.round.phase()).to.equal(Phase.matching)
    expect(await r.round.isFrozen()).to.equal(true)
    expect(await r.round.contributionsCloseAt()).to.equal(r.terms.reviewUntil)
    await expect(r.round.connect(r.funder).fundPool(1n)).to.be.revertedWithCustomError(r.round, 'Rounds_Closed')
    await r.round.tally(0)
    expect(await r.round.phase()).to.equal(Phase.payout)
  })

  it('end in cancelled from wherever the round is, until its result stands', async () => {
    const w = await deploy()
    const cancel = (r: Awaited<ReturnType<typeof open>>) => r.factory.connect(r.canceller).cancelRound(r.round, REASON)
    for (const until of ['applyUntil', 'contributeFrom', 'contributeUntil', 'reviewUntil'] as const) {
      const r = await open(w)
      await to(r.terms[until])
      if (until === 'reviewUntil') expect(await r.round.status()).to.equal(Status.open)
      await cancel(r)
      expect(await r.round.phase()).to.equal(Phase.cancelled)
      await expect(cancel(r)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
      await expect(r.round.connect(r.stranger).cancel(REASON)).to.be.revertedWithCustomError(
        r.round,
        'Rounds_NotFactory',
      )
    }
    const r = await started(w)
    await to(r.terms.reviewUntil)
    await r.round.tally(3)
    await cancel(r)
    await expect(r.round.tally(3)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
    await r.round.refundPool(r.funder.address)
    expect(await r.usd.balanceOf(r.round)).to.equal(0n)
  })

  it('never end in cancelled after the result', async () => {
    const r = await started(await deploy())
    await tallyAll(r)
    await expect(r.factory.connect(r.canceller).cancelRound(r.round, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_WrongStatus',
    )
    await expect(r.round.refundPool(r.funder.address)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
  })
})

describe('A round refuses', () => {
  it('contributions before they begin', async () => {
    const r = await open(await deploy())
    await expect(r.round.connect(personOf(r, 0)).contribute(ZeroHash, [gift(0, UNIT)]))
      .to.be.revertedWithCustomError(r.round, 'Rounds_TooEarly')
      .withArgs(r.terms.contributeFrom, anyValue)
  })

  it('more projects than its result can count', async () => {
    const r = await open(await deploy())
    await apply(r, projectOf(r, 0))
    // as if 65,535 had been accepted: the count is 4 bytes at offset 12 of the first slot
    const slot = BigInt(await ethers.provider.getStorage(r.round, 0))
    await networkHelpers.setStorageAt(await r.round.getAddress(), 0, slot | (65_535n << 96n))
    await expect(accept(r, projectOf(r, 0)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_TooManyProjects')
      .withArgs(65_535n)
  })
})

describe('The pool', () => {
  it('is what was put into it, by anyone, up to 2^96 - 1', async () => {
    const r = await started(await deploy())
    await expect(r.round.connect(r.stranger).fundPool(5n * UNIT))
      .to.emit(r.round, 'PoolFunded')
      .withArgs(r.stranger.address, 5n * UNIT)
    await r.usd.connect(r.stranger).transfer(r.round, 77n)
    expect(await r.round.poolAssets()).to.equal(10_005n * UNIT)
    expect(await r.round.fundedBy(r.stranger.address)).to.equal(5n * UNIT)
    await expect(r.round.fundPool(0n)).to.be.revertedWithCustomError(r.round, 'Rounds_NothingToPay')
    await expect(r.round.connect(r.funder).fundPool(2n ** 96n)).to.be.revertedWithCustomError(r.round, 'Rounds_TooMuch')
  })
})
