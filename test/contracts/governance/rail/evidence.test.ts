import { expect } from 'chai'
import { CHALLENGE } from '../../evidence/world.ts'
import {
  actionOf,
  anchor,
  BOND,
  cite,
  DAY,
  deploySlowSuite,
  deploySuite,
  ethers,
  hash,
  networkHelpers,
  nextOf,
  openRail,
  Proposal,
  pass,
  passAndQueue,
  people,
  propose,
  ripen,
  type Suite,
  setFee,
} from './world.ts'

const { time } = networkHelpers

async function anchored() {
  const suite = await deploySuite()
  const rail = await openRail(suite)
  const { evidence } = suite
  await anchor(evidence, evidence.report)
  const second = nextOf(evidence.report)
  await anchor(evidence, second)
  // disputes can be opened for two days, so both are anchored last
  return { suite, rail, aepId: evidence.report.aepRoot, other: second.aepRoot }
}

/** A report whose challenge window begins now. */
async function anchorAnother(suite: Suite, n: number) {
  const report = nextOf(suite.evidence.report, n)
  await anchor(suite.evidence, report)
  return report.aepRoot
}

const disputed = async (suite: Suite, aepId: string) =>
  suite.bond.connect((await people()).disputer).dispute(aepId, hash('doubt'))
const rule = async (suite: Suite, aepId: string, upheld: boolean) =>
  suite.evidence.registry.connect((await people()).adjudicator).rule(aepId, upheld, hash('ruling'))

describe('A proposal that cites evidence', () => {
  it('says so, and passes while nobody disputes it', async () => {
    const { suite, rail, aepId, other } = await networkHelpers.loadFixture(anchored)
    const { ana } = await people()
    const action = await actionOf([cite(suite, aepId, other), setFee(suite, 100)], 'cites')
    await expect(rail.governor.connect(ana).propose(action[0], action[1], action[2], 'cites'))
      .to.emit(rail.governor, 'ProposalCites')
      .withArgs(await rail.governor.hashProposal(...action), [aepId, other].toSorted())
    const proposed = await ripen(rail, [cite(suite, aepId), setFee(suite, 100)], 'cites one')
    await rail.governor.execute(...proposed.action)
    expect(await suite.book.feeOf(rail.timelock, hash('premium'))).to.equal(100)
  })

  it('can be made while it is disputed, but then not be queued until it is upheld', async () => {
    const { suite, rail, aepId } = await networkHelpers.loadFixture(anchored)
    await disputed(suite, aepId)
    const proposed = await propose(rail, [cite(suite, aepId), setFee(suite, 100)])
    await pass(rail, proposed)
    await expect(rail.governor.queue(...proposed.action))
      .to.be.revertedWithCustomError(suite.evidenceGuard, 'Citation_Disputed')
      .withArgs(aepId)
    await rule(suite, aepId, true)
    await rail.governor.queue(...proposed.action)
    expect(await rail.governor.state(proposed.id)).to.equal(Proposal.queued)
  })

  it('dies of evidence that is voided after the vote, and anyone may bury it', async () => {
    const { suite, rail, aepId } = await networkHelpers.loadFixture(anchored)
    const { stranger } = await people()
    const proposed = await propose(rail, [cite(suite, aepId), setFee(suite, 100)])
    await time.increase(CHALLENGE - 4 * 3600)
    await disputed(suite, aepId)
    await pass(rail, proposed)
    await expect(rail.governor.connect(stranger).cancel(...proposed.action)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnableToCancel',
    )
    await rule(suite, aepId, false)
    await expect(rail.governor.queue(...proposed.action))
      .to.be.revertedWithCustomError(suite.evidenceGuard, 'Citation_Void')
      .withArgs(aepId)
    await expect(rail.governor.connect(stranger).cancel(...proposed.action))
      .to.emit(rail.governor, 'ProposalCanceled')
      .withArgs(proposed.id)
    expect(await rail.governor.state(proposed.id)).to.equal(Proposal.canceled)
    await expect(rail.governor.connect(stranger).cancel(...proposed.action)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnexpectedProposalState',
    )
    // nor can it be made again, in these words or in others
    for (const text of ['A proposal', 'The same in other words'])
      await expect(propose(rail, [cite(suite, aepId), setFee(suite, 100)], text)).to.revert(ethers)
  })

  it('is neither executed nor kept when its evidence is disputed between vote and execution, and then void', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(slow)
    const { stranger } = await people()
    const aepId = await anchorAnother(suite, 1)
    const proposed = await passAndQueue(rail, [cite(suite, aepId), setFee(suite, 100)])
    await disputed(suite, aepId)
    await time.increaseTo(await rail.governor.proposalEta(proposed.id))
    await expect(rail.governor.execute(...proposed.action))
      .to.be.revertedWithCustomError(suite.evidenceGuard, 'Citation_Disputed')
      .withArgs(aepId)
    await rule(suite, aepId, false)
    await expect(rail.governor.execute(...proposed.action)).to.be.revertedWithCustomError(
      suite.evidenceGuard,
      'Citation_Void',
    )
    await expect(rail.governor.connect(stranger).cancel(...proposed.action)).to.emit(rail.timelock, 'Cancelled')
    expect(await rail.governor.state(proposed.id)).to.equal(Proposal.canceled)
  })

  it('is executed when the dispute ends in its favour, even if nobody rules', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(slow)
    const aepId = await anchorAnother(suite, 1)
    const proposed = await passAndQueue(rail, [cite(suite, aepId), setFee(suite, 100)])
    await disputed(suite, aepId)
    await time.increase(15 * DAY)
    await rail.governor.execute(...proposed.action)
    expect(await suite.book.feeOf(rail.timelock, hash('premium'))).to.equal(100)
  })

  it('is refused when the citation is empty, too long, out of order, unknown, void or something else', async () => {
    const { suite, rail, aepId, other } = await networkHelpers.loadFixture(anchored)
    const { evidenceGuard } = suite
    const call = (aepIds: string[]) => ({
      target: evidenceGuard,
      data: evidenceGuard.interface.encodeFunctionData('cite', [aepIds]),
    })
    const refused: [string, ReturnType<typeof call>][] = [
      ['Citation_Empty', call([])],
      ['Citation_TooMany', call(Array.from({ length: 9 }, (_, i) => hash(`${i}`)).toSorted())],
      ['Citation_NotAscending', call([aepId, aepId])],
      ['Citation_NotAscending', call([aepId, other].toSorted().reverse())],
      ['Citation_Unknown', call([hash('never anchored')])],
      ['Citation_NotACitation', { target: evidenceGuard, data: ethers.id('registry()').slice(0, 10) }],
    ]
    for (const [error, citation] of refused)
      await expect(propose(rail, [citation, setFee(suite, 1)], error)).to.be.revertedWithCustomError(
        evidenceGuard,
        error,
      )
    await expect(propose(rail, [setFee(suite, 1), call([aepId])], 'second'))
      .to.be.revertedWithCustomError(rail.governor, 'Rails_CitationNotFirst')
      .withArgs(1)
    await disputed(suite, aepId)
    await rule(suite, aepId, false)
    await expect(propose(rail, [call([aepId]), setFee(suite, 1)], 'void'))
      .to.be.revertedWithCustomError(evidenceGuard, 'Citation_Void')
      .withArgs(aepId)
  })

  it('is not the same without the citation, or with another', async () => {
    const { suite, rail, aepId, other } = await networkHelpers.loadFixture(anchored)
    const ids = new Set<bigint>()
    for (const calls of [
      [cite(suite, aepId), setFee(suite, 100)],
      [cite(suite, other), setFee(suite, 100)],
      [cite(suite, aepId, other), setFee(suite, 100)],
      [setFee(suite, 100)],
    ])
      ids.add((await propose(rail, calls, 'one text')).id)
    expect(ids.size).to.equal(4)
  })

  it('is outlived by no dispute: it can be executed for 60 days, and expires then', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(anchored)
    const proposed = await ripen(rail, [setFee(suite, 100)])
    const eta = Number(await rail.governor.proposalEta(proposed.id))
    await time.increaseTo(eta + 60 * DAY - 1)
    expect(await rail.governor.state(proposed.id)).to.equal(Proposal.queued)
    await time.increaseTo(eta + 60 * DAY)
    expect(await rail.governor.state(proposed.id)).to.equal(Proposal.expired)
    await expect(rail.governor.execute(...proposed.action)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnexpectedProposalState',
    )
  })
})

/** A registry whose evidence can be disputed for 30 days: longer than a vote takes. */
async function slow() {
  const suite = await deploySlowSuite()
  return { suite, rail: await openRail(suite) }
}

describe('The bond of a dispute', () => {
  it('goes back when the anchor is voided', async () => {
    const { suite, aepId } = await networkHelpers.loadFixture(anchored)
    const { disputer, stranger } = await people()
    const { bond, stablecoin } = suite
    await expect(bond.connect(disputer).dispute(aepId, hash('doubt')))
      .to.emit(bond, 'DisputeBonded')
      .withArgs(aepId, disputer.address, BOND, hash('doubt'))
      .and.to.emit(suite.evidence.registry, 'AepDisputed')
    expect(await stablecoin.balanceOf(bond)).to.equal(BOND)
    expect(await bond.disputerOf(aepId)).to.equal(disputer.address)
    await expect(bond.settle(aepId)).to.be.revertedWithCustomError(bond, 'Disputes_Open').withArgs(aepId)
    await rule(suite, aepId, false)
    const settled = bond.connect(stranger).settle(aepId)
    await expect(settled).to.emit(bond, 'BondReturned').withArgs(aepId, disputer.address, BOND)
    await expect(settled).to.changeTokenBalances(ethers, stablecoin, [disputer, bond], [BOND, -BOND])
    await expect(bond.settle(aepId)).to.be.revertedWithCustomError(bond, 'Disputes_NotBonded').withArgs(aepId)
  })

  for (const how of ['by a ruling', 'because nobody ruled'] as const)
    it(`is the commons’ when the anchor is upheld ${how}`, async () => {
      const { suite, aepId } = await networkHelpers.loadFixture(anchored)
      const { disputer, commons } = await people()
      const { bond, stablecoin } = suite
      await disputed(suite, aepId)
      if (how === 'by a ruling') await rule(suite, aepId, true)
      else await time.increase(14 * DAY)
      const settled = bond.settle(aepId)
      await expect(settled).to.emit(bond, 'BondForfeited').withArgs(aepId, disputer.address, BOND)
      await expect(settled).to.changeTokenBalances(ethers, stablecoin, [commons, bond], [BOND, -BOND])
    })

  it('makes a veto cost something each time, and none without it', async () => {
    const { suite, rail, aepId, other } = await networkHelpers.loadFixture(anchored)
    const { disputer, stranger, ana } = await people()
    const { bond, stablecoin } = suite
    const { registry } = suite.evidence
    for (const caller of [stranger, ana]) {
      await expect(bond.connect(caller).dispute(aepId, hash('free'))).to.be.revertedWithCustomError(
        stablecoin,
        'ERC20InsufficientAllowance',
      )
      await expect(registry.connect(caller).dispute(aepId, hash('free'))).to.be.revertedWithCustomError(
        registry,
        'AccessManagedUnauthorized',
      )
    }
    const proposed = await propose(rail, [cite(suite, aepId, other), setFee(suite, 100)])
    await disputed(suite, aepId)
    await disputed(suite, other)
    for (const again of [aepId, other])
      await expect(bond.connect(disputer).dispute(again, hash('again'))).to.be.revertedWithCustomError(
        registry,
        'Evidence_AlreadyDisputed',
      )
    await pass(rail, proposed)
    await time.increase(14 * DAY)
    await bond.settle(aepId)
    await bond.settle(other)
    // both bonds are lost, and the proposal goes its way
    await rail.governor.queue(...proposed.action)
    await time.increaseTo(await rail.governor.proposalEta(proposed.id))
    await rail.governor.execute(...proposed.action)
    expect(await stablecoin.balanceOf(disputer)).to.equal(98n * BOND)
  })

  it('is whole, in a token that keeps nothing, and has somewhere to go', async () => {
    const { suite, aepId } = await networkHelpers.loadFixture(anchored)
    const { disputer, commons } = await people()
    const { registry } = suite.evidence
    const token = await ethers.deployContract('FeeToken')
    await token.setFeeBps(1)
    const bond = await ethers.deployContract('DisputeBond', [registry, token, BOND, commons])
    await suite.authority.grantRole(11n, bond, 0)
    await token.mint(disputer, BOND)
    await token.connect(disputer).approve(bond, BOND)
    await expect(bond.connect(disputer).dispute(aepId, hash('x'))).to.be.revertedWithCustomError(
      bond,
      'Disputes_BondShort',
    )
    const factory = await ethers.getContractFactory('DisputeBond')
    await expect(factory.deploy(registry, token, 0, commons)).to.be.revertedWithCustomError(bond, 'Disputes_NoBond')
    await expect(factory.deploy(registry, token, BOND, ethers.ZeroAddress)).to.be.revertedWithCustomError(
      bond,
      'Disputes_NoBeneficiary',
    )
    expect(await bond.registry()).to.equal(registry.target)
    expect(await bond.asset()).to.equal(token.target)
    expect(await bond.bondAssets()).to.equal(BOND)
    expect(await bond.beneficiary()).to.equal(commons.address)
  })
})
