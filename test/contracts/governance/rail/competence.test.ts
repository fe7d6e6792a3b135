import { expect } from 'chai'
import {
  DAY,
  decide,
  deploySuite,
  ethers,
  hash,
  hydrology,
  networkHelpers,
  openRail,
  Proposal,
  people,
  propose,
  type Suite,
  seismology,
  setFee,
  termsOf,
  VOTES,
  Vote,
  ZeroAddress,
} from './world.ts'

const { time } = networkHelpers

async function credentials() {
  const suite = await deploySuite()
  const { nvm, issuer } = await people()
  await suite.competence.connect(nvm).setIssuer(issuer, hydrology, true)
  return suite
}

/** A rail in which hydrology weighs 10 % of a vote a level, and a whole one at level 5. */
async function weighing() {
  const suite = await credentials()
  const terms = await termsOf()
  terms.page.weights = [{ field: hydrology, bpsByLevel: [1000, 2000, 3000, 4000, 10_000] }]
  return { suite, rail: await openRail(suite, terms) }
}

const inDays = async (days: number) => (await time.latest()) + days * DAY

async function issue(suite: Suite, holder: { address: string }, level: number, days = 365) {
  const { issuer } = await people()
  const competence = suite.competence.connect(issuer)
  const expiresAt = await inDays(days)
  const id = await competence.issue.staticCall(holder.address, hydrology, level, expiresAt, hash('exam'))
  await competence.issue(holder.address, hydrology, level, expiresAt, hash('exam'))
  return id
}

describe('Credentials of competence', () => {
  it('are issued by issuers of the field, bound to the holder', async () => {
    const { competence } = await networkHelpers.loadFixture(credentials)
    const { issuer, ana, ben, nvm, stranger } = await people()
    const expiresAt = await inDays(365)
    await expect(competence.connect(issuer).issue(ana, hydrology, 3, expiresAt, hash('exam')))
      .to.emit(competence, 'CredentialIssued')
      .withArgs(1, ana.address, hydrology, 3, issuer.address, expiresAt, hash('exam'))
      .and.to.emit(competence, 'Locked')
      .withArgs(1)
    const issuedAt = await time.latest()
    expect([...(await competence.credentialOf(1))]).to.deep.equal(
      [ana.address, issuedAt, expiresAt, 3, issuer.address, 0, hydrology].map(x =>
        typeof x === 'number' ? BigInt(x) : x,
      ),
    )
    expect(await competence.ownerOf(1)).to.equal(ana.address)
    expect(await competence.balanceOf(ana)).to.equal(1)
    await expect(competence.balanceOf(ZeroAddress)).to.be.revertedWithCustomError(competence, 'ERC721InvalidOwner')
    await expect(competence.connect(ana).transferFrom(ana, ben, 1)).to.be.revertedWithCustomError(
      competence,
      'Soulbound_NotTransferable',
    )
    await expect(competence.connect(issuer).issue(ana, seismology, 3, expiresAt, hash('exam')))
      .to.be.revertedWithCustomError(competence, 'Competence_NoIssuer')
      .withArgs(issuer.address, seismology)
    await expect(competence.connect(stranger).setIssuer(stranger, hydrology, true)).to.be.revertedWithCustomError(
      competence,
      'AccessManagedUnauthorized',
    )
    await competence.connect(nvm).setIssuer(issuer, hydrology, false)
    await expect(
      competence.connect(issuer).issue(ben, hydrology, 3, expiresAt, hash('exam')),
    ).to.be.revertedWithCustomError(competence, 'Competence_NoIssuer')
    await competence.connect(issuer).revoke(1, hash('error'))
  })

  it('are refused without holder, level or future, and a second time in a field', async () => {
    const suite = await networkHelpers.loadFixture(credentials)
    const { issuer, ana } = await people()
    const competence = suite.competence.connect(issuer)
    const later = await inDays(1)
    const now = await time.latest()
    await expect(competence.issue(ZeroAddress, hydrology, 1, later, hash('x'))).to.be.revertedWithCustomError(
      competence,
      'Competence_NoHolder',
    )
    for (const level of [0, 6])
      await expect(competence.issue(ana, hydrology, level, later, hash('x')))
        .to.be.revertedWithCustomError(competence, 'Competence_LevelOutOfRange')
        .withArgs(level, 5)
    await expect(competence.issue(ana, hydrology, 1, now, hash('x'))).to.be.revertedWithCustomError(
      competence,
      'Competence_Expired',
    )
    await issue(suite, ana, 1)
    await expect(competence.issue(ana, hydrology, 5, later, hash('x')))
      .to.be.revertedWithCustomError(competence, 'Competence_AlreadyHeld')
      .withArgs(1)
  })

  it('are valid from issue until before expiry or revocation, and the past does not change', async () => {
    const suite = await networkHelpers.loadFixture(credentials)
    const { issuer, ana } = await people()
    const { competence } = suite
    const first = await issue(suite, ana, 2, 10)
    const issuedAt = await time.latest()
    const expiresAt = Number((await competence.credentialOf(first)).expiresAt)
    await time.increase(20 * DAY)
    const second = await issue(suite, ana, 4, 100)
    const again = await time.latest()
    await time.increase(5 * DAY)
    await competence.connect(issuer).revoke(second, hash('reason'))
    const revokedAt = await time.latest()
    await time.increase(DAY)
    const levels: [number, bigint][] = [
      [issuedAt - 1, 0n],
      [issuedAt, 2n],
      [expiresAt - 1, 2n],
      [expiresAt, 0n],
      [again - 1, 0n],
      [again, 4n],
      [revokedAt - 1, 4n],
      [revokedAt, 0n],
      [revokedAt + 10, 0n],
    ]
    for (const [at, level] of levels) expect(await competence.levelAt(ana, hydrology, at), `${at}`).to.equal(level)
    await issue(suite, ana, 5)
    await time.increase(DAY)
    for (const [at, level] of levels) expect(await competence.levelAt(ana, hydrology, at), `${at}`).to.equal(level)
    const now = await time.latest()
    await expect(competence.levelAt(ana, hydrology, now))
      .to.be.revertedWithCustomError(competence, 'Competence_NotPast')
      .withArgs(now, now)
  })

  it('are revoked by issuer, holder or the six institutions, once, and never after they expired', async () => {
    const suite = await networkHelpers.loadFixture(credentials)
    const { issuer, ana, ben, cleo, dov, nvm, stranger } = await people()
    const { competence } = suite
    const [one, two, three, four] = [
      await issue(suite, ana, 1),
      await issue(suite, ben, 1),
      await issue(suite, cleo, 1),
      await issue(suite, dov, 1, 1),
    ]
    await expect(competence.connect(stranger).revoke(one, hash('x')))
      .to.be.revertedWithCustomError(competence, 'Competence_NotYours')
      .withArgs(one, stranger.address)
    await expect(competence.connect(issuer).revoke(one, hash('x')))
      .to.emit(competence, 'CredentialRevoked')
      .withArgs(one, issuer.address, hash('x'))
      .and.to.emit(competence, 'Transfer')
      .withArgs(ana.address, ZeroAddress, one)
    await expect(competence.ownerOf(one)).to.be.revertedWithCustomError(competence, 'ERC721NonexistentToken')
    expect(await competence.balanceOf(ana)).to.equal(0)
    await expect(competence.connect(issuer).revoke(one, hash('x')))
      .to.be.revertedWithCustomError(competence, 'Competence_NotValid')
      .withArgs(one)
    await competence.connect(ben).revoke(two, hash('I retire'))
    await expect(competence.connect(stranger).revokeFor(three, hash('x'))).to.be.revertedWithCustomError(
      competence,
      'AccessManagedUnauthorized',
    )
    await competence.connect(nvm).revokeFor(three, hash('fraud'))
    await time.increase(2 * DAY)
    await expect(competence.connect(issuer).revoke(four, hash('x'))).to.be.revertedWithCustomError(
      competence,
      'Competence_NotValid',
    )
    for (const view of [() => competence.credentialOf(99), () => competence.connect(issuer).revoke(99, hash('x'))])
      await expect(view()).to.be.revertedWithCustomError(competence, 'Competence_Unknown').withArgs(99)
  })
})

describe('Competence in a vote', () => {
  it('weighs by the rail’s own table, beside the vote of a member', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, ben } = await people()
    await issue(suite, ana, 3)
    await time.increase(DAY)
    const at = (await time.latest()) - 1
    expect(await rail.governor.getVotes(ana, at)).to.equal(VOTES + 3000n)
    expect(await rail.governor.competenceVotes(ana, at)).to.equal(3000)
    expect(await rail.governor.getVotes(ben, at)).to.equal(VOTES)
    const other = await openRail(suite)
    await time.increase(10)
    expect(await other.governor.getVotes(ana, (await time.latest()) - 1)).to.equal(VOTES)
  })

  it('is not counted when it expired before the snapshot', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana } = await people()
    await issue(suite, ana, 5, 0.5)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    expect((await rail.governor.proposalVotes(id)).forVotes).to.equal(VOTES)
  })

  it('is counted when it expires or is revoked after the snapshot, and not when it was issued after', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, ben, cleo, issuer } = await people()
    const anas = await issue(suite, ana, 5)
    await issue(suite, ben, 4, 2)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await time.increase(1.5 * DAY)
    await suite.competence.connect(issuer).revoke(anas, hash('after the snapshot'))
    await issue(suite, cleo, 5)
    await time.increase(DAY)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    expect((await rail.governor.proposalVotes(id)).forVotes).to.equal(2n * VOTES)
    await rail.governor.connect(ben).castVote(id, Vote.against)
    expect((await rail.governor.proposalVotes(id)).againstVotes).to.equal(VOTES + 4000n)
    await rail.governor.connect(cleo).castVote(id, Vote.abstain)
    expect((await rail.governor.proposalVotes(id)).abstainVotes).to.equal(VOTES)
  })

  it('is not counted when it was revoked before the snapshot', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, issuer } = await people()
    const anas = await issue(suite, ana, 5)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await suite.competence.connect(issuer).revoke(anas, hash('before the snapshot'))
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    expect((await rail.governor.proposalVotes(id)).forVotes).to.equal(VOTES)
  })

  it('stays with who has it when votes are delegated, and adds nothing to a second one in the field', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, ben, issuer } = await people()
    const first = await issue(suite, ana, 5)
    await suite.competence.connect(issuer).revoke(first, hash('to issue another'))
    await issue(suite, ana, 4)
    await rail.membership.connect(ana).delegate(ben)
    await time.increase(DAY)
    const at = (await time.latest()) - 1
    expect(await rail.governor.getVotes(ana, at)).to.equal(4000)
    expect(await rail.governor.getVotes(ben, at)).to.equal(2n * VOTES)
  })

  it('is a member’s only: others have none, whatever they know', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { dov, ana, ben } = await people()
    await issue(suite, dov, 5)
    await issue(suite, ana, 5)
    await rail.membership.connect(ana).resign()
    await rail.membership.connect(ben).delegate(dov)
    await time.increase(DAY)
    const at = (await time.latest()) - 1
    expect(await rail.governor.getVotes(dov, at)).to.equal(VOTES)
    expect(await rail.governor.getVotes(ana, at)).to.equal(0)
  })

  it('decides with the others, and never helps to reach a quorum', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, ben } = await people()
    await issue(suite, ana, 5)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    // 20,000 for; a quorum is 34 % of 30,000, which the 10,000 of one member are not
    expect(await rail.governor.quorum(await rail.governor.proposalSnapshot(id))).to.equal(10_200)
    expect([...(await rail.governor.competenceCast(id))]).to.deep.equal([VOTES, VOTES])
    await time.increase(5 * DAY)
    expect(await rail.governor.state(id)).to.equal(Proposal.defeated)

    const second = await propose(rail, [setFee(suite, 200)])
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(second.id, Vote.for)
    await rail.governor.connect(ben).castVote(second.id, Vote.against)
    await time.increase(5 * DAY)
    expect(await rail.governor.state(second.id)).to.equal(Proposal.defeated)

    const third = await propose(rail, [setFee(suite, 300)])
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(third.id, Vote.for)
    await rail.governor.connect(ben).castVote(third.id, Vote.abstain)
    await time.increase(5 * DAY)
    expect(await rail.governor.state(third.id)).to.equal(Proposal.succeeded)
  })

  it('never helps to reach a super quorum', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana, ben, cleo } = await people()
    await issue(suite, ana, 5)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await time.increase(2 * DAY)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    await rail.governor.connect(ben).castVote(id, Vote.for)
    // 30,000 for it, of which members' own 20,000; a super quorum is 27,000
    expect(await rail.governor.state(id)).to.equal(Proposal.active)
    await rail.governor.connect(cleo).castVote(id, Vote.for)
    expect(await rail.governor.state(id)).to.equal(Proposal.succeeded)
  })

  it('is in every part of a vote that is split, in proportion', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana } = await people()
    await issue(suite, ana, 3)
    const { id } = await propose(rail, [setFee(suite, 100)])
    await time.increase(2 * DAY)
    const split = (against: number, pro: number, abstain: number) =>
      ethers.solidityPacked(['uint128', 'uint128', 'uint128'], [against, pro, abstain])
    const governor = rail.governor.connect(ana)
    await governor.castVoteWithReasonAndParams(id, Vote.fractional, '', split(1000, 6500, 2600))
    // of 13,000 votes 3,000 are competence: 1,500 of 6,500 and 600 of 2,600
    expect([...(await governor.competenceCast(id))]).to.deep.equal([1500n, 2100n])
    await governor.castVoteWithReasonAndParams(id, Vote.fractional, '', split(0, 1, 0))
    expect([...(await governor.competenceCast(id))]).to.deep.equal([1501n, 2101n])
    await expect(
      governor.castVoteWithReasonAndParams(id, Vote.fractional, '', split(0, 2900, 0)),
    ).to.be.revertedWithCustomError(governor, 'GovernorExceedRemainingWeight')
  })

  it('weighs by the table of the snapshot, whatever the rail decides meanwhile', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(weighing)
    const { ana } = await people()
    await issue(suite, ana, 5, 3000)
    const data = suite.book.interface.encodeFunctionData('setWeights', [
      [{ field: hydrology, bpsByLevel: [0, 0, 0, 0, 500] }],
    ])
    await time.increase(DAY)
    const before = (await time.latest()) - 1
    await decide(suite, rail, [{ target: suite.book, data }], 'new weights')
    const changed = await time.latest()
    await time.increase(DAY)
    expect(await rail.governor.competenceVotes(ana, before)).to.equal(VOTES)
    expect(await rail.governor.competenceVotes(ana, changed - 1)).to.equal(VOTES)
    expect(await rail.governor.competenceVotes(ana, changed)).to.equal(500)
    const none = suite.book.interface.encodeFunctionData('setWeights', [[]])
    await decide(suite, rail, [{ target: suite.book, data: none }], 'no weights')
    await time.increase(DAY)
    expect(await rail.governor.competenceVotes(ana, (await time.latest()) - 1)).to.equal(0)
    expect(await suite.book.weightsOf(rail.timelock)).to.deep.equal([])
  })
})
