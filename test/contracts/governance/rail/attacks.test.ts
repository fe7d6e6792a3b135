import { expect } from 'chai'
import {
  actionOf,
  anchor,
  type Call,
  cite,
  consent,
  DAY,
  decide,
  deploySlowSuite,
  deploySuite,
  ethers,
  hash,
  idOf,
  networkHelpers,
  openRail,
  operationOf,
  Proposal,
  pass,
  passAndQueue,
  people,
  propose,
  type Rail,
  ripen,
  setFee,
  termsOf,
  VOTES,
  Vote,
} from './world.ts'

const { time } = networkHelpers

async function opened() {
  const suite = await deploySlowSuite()
  return { suite, rail: await openRail(suite) }
}

async function ofTokens() {
  const suite = await deploySuite()
  const token = await ethers.deployContract('TestVotes', [false])
  const { ana, ben, cleo } = await people()
  for (const holder of [ana, ben, cleo]) {
    await token.mint(holder, 1000)
    await token.connect(holder).delegate(holder)
  }
  const terms = await termsOf({ votes: token.target as string })
  terms.voting.proposalThreshold = 500n
  const rail = await openRail(suite, terms)
  return { suite, token, rail, flash: await ethers.deployContract('FlashVoter', [token, rail.governor]) }
}

/** A proposal with evidence, queued, and then its evidence is disputed. */
async function heldBack() {
  const { suite, rail } = await opened()
  const { disputer } = await people()
  const { aepRoot } = suite.evidence.report
  await anchor(suite.evidence, suite.evidence.report)
  const held = await passAndQueue(rail, [cite(suite, aepRoot), setFee(suite, 999)], 'held back')
  await suite.bond.connect(disputer).dispute(aepRoot, hash('doubt'))
  await time.increaseTo(await rail.governor.proposalEta(held.id))
  return { suite, rail, held }
}

const relay = (rail: Rail, target: string, data: string): Call => ({
  target: rail.governor,
  data: rail.governor.interface.encodeFunctionData('relay', [target, 0, data]),
})

describe('Attacks on a rail', () => {
  it('flash-loaned votes: neither propose nor vote', async () => {
    const { suite, rail, flash } = await networkHelpers.loadFixture(ofTokens)
    const { id } = await propose(rail, [setFee(suite, 1)])
    // borrowed over the snapshot's second, and during the vote
    await time.setNextBlockTimestamp(await rail.governor.proposalSnapshot(id))
    await flash.borrow(1_000_000)
    await time.increase(10)
    expect(await rail.governor.getVotes(flash, await rail.governor.proposalSnapshot(id))).to.equal(0)
    await expect(flash.attack(1_000_000, id)).to.be.revertedWithCustomError(rail.governor, 'GovernorAlreadyCastVote')
    const action = await actionOf([setFee(suite, 2)], 'borrowed')
    const { stranger } = await people()
    await expect(rail.governor.connect(stranger).propose(action[0], action[1], action[2], 'borrowed'))
      .to.be.revertedWithCustomError(rail.governor, 'GovernorInsufficientProposerVotes')
      .withArgs(stranger.address, 0, 500)
  })

  it('bought votes: who buys after the snapshot votes with nothing', async () => {
    const { suite, rail, token } = await networkHelpers.loadFixture(ofTokens)
    const { eve } = await people()
    const { id } = await propose(rail, [setFee(suite, 1)])
    await time.increaseTo((await rail.governor.proposalSnapshot(id)) + 1n)
    await token.mint(eve, 1_000_000)
    await token.connect(eve).delegate(eve)
    await expect(rail.governor.connect(eve).castVote(id, Vote.for)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorAlreadyCastVote',
    )
  })

  it('moved tokens or delegations: the same vote does not count twice', async () => {
    const { suite, rail, token } = await networkHelpers.loadFixture(ofTokens)
    const { ana, eve } = await people()
    const { id } = await propose(rail, [setFee(suite, 1)])
    await time.increaseTo((await rail.governor.proposalSnapshot(id)) + 1n)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    await token.connect(eve).delegate(eve)
    await token.connect(ana).transfer(eve, 1000)
    await expect(rail.governor.connect(eve).castVote(id, Vote.for)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorAlreadyCastVote',
    )
    await expect(rail.governor.connect(ana).castVote(id, Vote.against)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorAlreadyCastVote',
    )
    expect((await rail.governor.proposalVotes(id)).forVotes).to.equal(1000)
  })

  it('executing around the governor, directly at the timelock', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, nvm, stranger } = await people()
    const { action } = await ripen(rail, [setFee(suite, 1)])
    const [targets, values, payloads, description] = action
    const salt = ethers.zeroPadValue(
      ethers.toBeHex((BigInt(await rail.governor.getAddress()) << 96n) ^ BigInt(description)),
      32,
    )
    for (const caller of [ana, nvm, stranger]) {
      const timelock = rail.timelock.connect(caller)
      for (const call of [
        () => timelock.executeBatch(targets, values, payloads, ethers.ZeroHash, salt),
        () => timelock.scheduleBatch(targets, values, payloads, ethers.ZeroHash, hash('x'), 30 * DAY),
        async () => timelock.cancel(await operationOf(rail, action)),
      ])
        await expect(call()).to.be.revertedWithCustomError(timelock, 'AccessControlUnauthorizedAccount')
      for (const call of [
        () => timelock.schedule(suite.book, 0, '0x', ethers.ZeroHash, ethers.ZeroHash, 30 * DAY),
        () => timelock.execute(suite.book, 0, '0x', ethers.ZeroHash, ethers.ZeroHash),
      ])
        await expect(call()).to.be.revertedWithCustomError(timelock, 'Rails_BatchesOnly')
      await expect(timelock.updateDelay(DAY)).to.be.revertedWithCustomError(timelock, 'TimelockUnauthorizedCaller')
      await expect(timelock.setDaoURI('x')).to.be.revertedWithCustomError(timelock, 'TimelockUnauthorizedCaller')
    }
  })

  it('a later proposal that has the governor relay a call to its timelock: execute, schedule or cancel there', async () => {
    const { suite, rail, held } = await networkHelpers.loadFixture(heldBack)
    const [targets, values, payloads, description] = held.action
    const salt = ethers.zeroPadValue(
      ethers.toBeHex((BigInt(await rail.governor.getAddress()) << 96n) ^ BigInt(description)),
      32,
    )
    const { interface: abi } = rail.timelock
    const attempts = [
      abi.encodeFunctionData('executeBatch', [targets, values, payloads, ethers.ZeroHash, salt]),
      abi.encodeFunctionData('scheduleBatch', [
        targets.slice(1),
        values.slice(1),
        payloads.slice(1),
        ethers.ZeroHash,
        salt,
        30 * DAY,
      ]),
      abi.encodeFunctionData('cancel', [await operationOf(rail, held.action)]),
    ]
    for (const [i, data] of attempts.entries())
      await expect(decide(suite, rail, [relay(rail, rail.timelock.target as string, data)], `relay ${i}`))
        .to.be.revertedWithCustomError(rail.governor, 'Rails_NotRelayable')
        .withArgs(rail.timelock.target)
    expect(await suite.book.feeOf(rail.timelock, hash('premium'))).to.equal(250)
  })

  it('a relay to anybody else is only the governor’s own call, without a right', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { dov } = await people()
    await suite.stablecoin.mint(rail.governor, 10)
    const data = suite.stablecoin.interface.encodeFunctionData('transfer', [dov.address, 10])
    await decide(suite, rail, [relay(rail, suite.stablecoin.target as string, data)])
    expect(await suite.stablecoin.balanceOf(dov)).to.equal(10)
    await expect(rail.governor.connect(dov).relay(dov, 0, '0x')).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorOnlyExecutor',
    )
  })

  it('a cancellation smuggled into a bundle, at the timelock or at the governor', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const victim = await passAndQueue(rail, [setFee(suite, 1)], 'victim')
    const atTimelock = {
      target: rail.timelock,
      data: rail.timelock.interface.encodeFunctionData('cancel', [await operationOf(rail, victim.action)]),
    }
    const atGovernor = {
      target: rail.governor,
      data: rail.governor.interface.encodeFunctionData('cancel', victim.action),
    }
    await expect(decide(suite, rail, [setFee(suite, 2), atTimelock], 'one')).to.be.revertedWithCustomError(
      rail.timelock,
      'AccessControlUnauthorizedAccount',
    )
    await expect(decide(suite, rail, [setFee(suite, 2), atGovernor], 'two')).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnableToCancel',
    )
    expect(await rail.governor.state(victim.id)).to.equal(Proposal.queued)
  })

  it('a bundle that executes another proposal, to get it past its evidence', async () => {
    const { suite, rail, held } = await networkHelpers.loadFixture(heldBack)
    const nested = { target: rail.governor, data: rail.governor.interface.encodeFunctionData('execute', held.action) }
    await expect(decide(suite, rail, [nested], 'nested'))
      .to.be.revertedWithCustomError(suite.evidenceGuard, 'Citation_Disputed')
      .withArgs(suite.evidence.report.aepRoot)
    expect(await rail.governor.state(held.id)).to.equal(Proposal.queued)
  })

  it('front-running a proposal’s id: the suffix names its proposer', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, stranger } = await people()
    const description = `Lower the fee\n#proposer=${ana.address}`
    const action = await actionOf([setFee(suite, 1)], description)
    await expect(rail.governor.connect(stranger).propose(action[0], action[1], action[2], description))
      .to.be.revertedWithCustomError(rail.governor, 'GovernorRestrictedProposer')
      .withArgs(stranger.address)
    const { id } = await propose(rail, [setFee(suite, 1)], description)
    expect(await rail.governor.proposalProposer(id)).to.equal(ana.address)
    expect(id).to.equal(idOf(action))
  })

  it('front-running without a suffix: the id comes with its evidence, whoever was first', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { stranger, ana } = await people()
    await anchor(suite.evidence, suite.evidence.report)
    const calls = [cite(suite, suite.evidence.report.aepRoot), setFee(suite, 1)]
    const action = await actionOf(calls, 'text')
    await expect(rail.governor.connect(stranger).propose(action[0], action[1], action[2], 'text'))
      .to.emit(rail.governor, 'ProposalCites')
      .withArgs(idOf(action), [suite.evidence.report.aepRoot])
    await expect(
      rail.governor.connect(ana).propose(action[0], action[1], action[2], 'text'),
    ).to.be.revertedWithCustomError(rail.governor, 'GovernorUnexpectedProposalState')
    // and is the front-runner's to cancel, as by the standard; it can be made again in other words
    await rail.governor.connect(stranger).cancel(...action)
    await propose(rail, calls, 'other words')
  })

  it('a late vote that makes the quorum just before the end: the others have time to answer', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, cleo } = await people()
    const { id } = await propose(rail, [setFee(suite, 1)])
    const end = await rail.governor.proposalDeadline(id)
    await time.increaseTo(end - 60n)
    await rail.governor.connect(ana).castVote(id, Vote.for)
    await expect(rail.governor.connect(ben).castVote(id, Vote.for)).to.emit(rail.governor, 'ProposalExtended')
    expect(await rail.governor.proposalDeadline(id)).to.be.greaterThan(end + BigInt(DAY) - 60n)
    await time.increaseTo(end + 60n)
    await rail.governor.connect(cleo).castVote(id, Vote.against)
    expect(await rail.governor.state(id)).to.equal(Proposal.active)
  })

  it('replaying a signed ballot, out of order or on another proposal', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, stranger } = await people()
    const other = await openRail(suite)
    const first = await propose(rail, [setFee(suite, 1)], 'first')
    const second = await propose(rail, [setFee(suite, 2)], 'second')
    await propose(other, [setFee(suite, 1)], 'first')
    await time.increaseTo((await rail.governor.proposalSnapshot(second.id)) + 10n)
    const { chainId } = await ethers.provider.getNetwork()
    const ballot = (id: bigint) =>
      ana.signTypedData(
        { name: 'Sahel Drought Rail', version: '1', chainId, verifyingContract: rail.governor.target as string },
        {
          Ballot: [
            { name: 'proposalId', type: 'uint256' },
            { name: 'support', type: 'uint8' },
            { name: 'voter', type: 'address' },
            { name: 'nonce', type: 'uint256' },
          ],
        },
        // keyed nonces: each proposal has its own, so that ballots can be carried in any order
        { proposalId: id, support: Vote.for, voter: ana.address, nonce: (id & (2n ** 192n - 1n)) << 64n },
      )
    const [one, two] = [await ballot(first.id), await ballot(second.id)]
    const governor = rail.governor.connect(stranger)
    await governor.castVoteBySig(second.id, Vote.for, ana, two)
    await governor.castVoteBySig(first.id, Vote.for, ana, one)
    for (const [id, signature, support] of [
      [first.id, one, Vote.for],
      [first.id, two, Vote.for],
      [second.id, two, Vote.against],
    ] as const)
      await expect(governor.castVoteBySig(id, support, ana, signature)).to.be.revertedWithCustomError(
        governor,
        'GovernorInvalidSignature',
      )
    const elsewhere = other.governor.connect(stranger)
    await expect(elsewhere.castVoteBySig(first.id, Vote.for, ana, one)).to.be.revertedWithCustomError(
      elsewhere,
      'GovernorInvalidSignature',
    )
    expect((await rail.governor.proposalVotes(first.id)).forVotes).to.equal(VOTES)
  })

  it('a ballot that was signed, and withdrawn before somebody carries it', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, stranger } = await people()
    const { id } = await propose(rail, [setFee(suite, 1)])
    await time.increaseTo((await rail.governor.proposalSnapshot(id)) + 10n)
    const { chainId } = await ethers.provider.getNetwork()
    const nonce = (id & (2n ** 192n - 1n)) << 64n
    const signature = await ana.signTypedData(
      { name: 'Sahel Drought Rail', version: '1', chainId, verifyingContract: rail.governor.target as string },
      {
        Ballot: [
          { name: 'proposalId', type: 'uint256' },
          { name: 'support', type: 'uint8' },
          { name: 'voter', type: 'address' },
          { name: 'nonce', type: 'uint256' },
        ],
      },
      { proposalId: id, support: Vote.for, voter: ana.address, nonce },
    )
    const governor = rail.governor.connect(ana)
    await expect(governor.withdrawBallot(nonce)).to.emit(governor, 'BallotWithdrawn').withArgs(ana.address, nonce)
    await expect(governor.withdrawBallot(nonce)).to.be.revertedWithCustomError(governor, 'InvalidAccountNonce')
    await expect(governor.connect(stranger).castVoteBySig(id, Vote.for, ana, signature)).to.be.revertedWithCustomError(
      governor,
      'GovernorInvalidSignature',
    )
    await governor.castVote(id, Vote.against)
  })

  it('a split vote by signature counts once, with its parts', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, stranger } = await people()
    const { id } = await propose(rail, [setFee(suite, 1)])
    await time.increaseTo((await rail.governor.proposalSnapshot(id)) + 10n)
    const { chainId } = await ethers.provider.getNetwork()
    const params = ethers.solidityPacked(['uint128', 'uint128', 'uint128'], [2000, 7000, 1000])
    const signature = await ana.signTypedData(
      { name: 'Sahel Drought Rail', version: '1', chainId, verifyingContract: rail.governor.target as string },
      {
        ExtendedBallot: [
          { name: 'proposalId', type: 'uint256' },
          { name: 'support', type: 'uint8' },
          { name: 'voter', type: 'address' },
          { name: 'nonce', type: 'uint256' },
          { name: 'reason', type: 'string' },
          { name: 'params', type: 'bytes' },
        ],
      },
      {
        proposalId: id,
        support: Vote.fractional,
        voter: ana.address,
        nonce: (id & (2n ** 192n - 1n)) << 64n,
        reason: 'for those I speak for',
        params,
      },
    )
    const governor = rail.governor.connect(stranger)
    const send = () =>
      governor.castVoteWithReasonAndParamsBySig(id, Vote.fractional, ana, 'for those I speak for', params, signature)
    await send()
    await expect(send()).to.be.revertedWithCustomError(governor, 'GovernorInvalidSignature')
    expect([...(await rail.governor.proposalVotes(id))]).to.deep.equal([2000n, 7000n, 1000n])
  })

  it('a rail writing in another rail’s page or admitting its members', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { eve } = await people()
    const other = await openRail(suite)
    const admit = rail.membership.interface.encodeFunctionData('admit', [eve.address, hash('x')])
    await expect(decide(suite, other, [{ target: rail.membership, data: admit }]))
      .to.be.revertedWithCustomError(rail.membership, 'Membership_NotTimelock')
      .withArgs(other.timelock.target)
    await decide(suite, other, [setFee(suite, 7)])
    expect(await suite.book.feeOf(other.timelock, hash('premium'))).to.equal(7)
    expect(await suite.book.feeOf(rail.timelock, hash('premium'))).to.equal(250)
  })

  it('a consent for one rail does not serve another with the same proposal', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const other = await openRail(suite)
    const charter = {
      target: suite.book,
      data: suite.book.interface.encodeFunctionData('setCharter', [hash('charter 2')]),
    }
    const here = await ripen(rail, [charter], 'the same')
    const there = await ripen(other, [charter], 'the same')
    expect(here.id).to.equal(there.id)
    await consent(suite, rail, here)
    await expect(other.governor.execute(...there.action)).to.be.revertedWithCustomError(
      other.timelock,
      'Rails_NeedsConsent',
    )
    await rail.governor.execute(...here.action)
  })

  it('a removed member votes no more in what begins later', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana } = await people()
    const data = rail.membership.interface.encodeFunctionData('remove', [ana.address, hash('fraud')])
    const removed = await ripen(rail, [{ target: rail.membership, data }])
    await rail.governor.execute(...removed.action)
    const { id } = await propose(rail, [setFee(suite, 1)], 'later')
    await time.increaseTo((await rail.governor.proposalSnapshot(id)) + 1n)
    await expect(rail.governor.connect(ana).castVote(id, Vote.for)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorAlreadyCastVote',
    )
    await pass(rail, { id, action: removed.action })
  })
})
