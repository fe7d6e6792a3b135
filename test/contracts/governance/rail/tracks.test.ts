import { expect } from 'chai'
import {
  anyValue,
  type Call,
  consent,
  DAY,
  decide,
  deploySuite,
  ethers,
  hash,
  networkHelpers,
  openRail,
  operationOf,
  pack,
  pass,
  passAndQueue,
  pay,
  people,
  propose,
  type Rail,
  ripen,
  type Suite,
  setFee,
} from './world.ts'

const { time } = networkHelpers

async function opened() {
  const suite = await deploySuite()
  return { suite, rail: await openRail(suite) }
}

const onBook = (suite: Suite, name: string, args: readonly unknown[]): Call => ({
  target: suite.book,
  data: suite.book.interface.encodeFunctionData(name as 'setCharter', args as [string]),
})
const onGovernor = (rail: Rail, name: string, args: readonly unknown[]): Call => ({
  target: rail.governor,
  data: rail.governor.interface.encodeFunctionData(name as 'setVotingDelay', args as [number]),
})
const onTimelock = (rail: Rail, name: string, args: readonly unknown[]): Call => ({
  target: rail.timelock,
  data: rail.timelock.interface.encodeFunctionData(name as 'updateDelay', args as [number]),
})

describe('What a rail decides alone', () => {
  it('is its small parameters and its members, and nothing else', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { dov } = await people()
    const admit = rail.membership.interface.encodeFunctionData('admit', [dov.address, hash('x')])
    const remove = rail.membership.interface.encodeFunctionData('remove', [dov.address, hash('x')])
    const alone: Call[] = [
      setFee(suite, 1),
      onBook(suite, 'enablePack', [pack]),
      onBook(suite, 'disablePack', [pack]),
      onGovernor(rail, 'setVotingDelay', [DAY]),
      onGovernor(rail, 'setVotingPeriod', [DAY]),
      onGovernor(rail, 'setLateQuorumVoteExtension', [0]),
      onTimelock(rail, 'setDaoURI', ['x']),
      { target: rail.membership, data: admit },
      { target: rail.membership, data: remove },
      { target: suite.evidenceGuard, data: '0x12345678' },
      { target: suite.effectsGuard, data: '0x12345678' },
    ]
    const withNvm: Call[] = [
      onBook(suite, 'setCharter', [hash('x')]),
      onBook(suite, 'setLeastLevel', [1]),
      onBook(suite, 'setWeights', [[]]),
      onBook(suite, 'setTrack', [rail.treasury.target, '0x12345678', true]),
      onGovernor(rail, 'setProposalThreshold', [1]),
      onGovernor(rail, 'updateQuorumNumerator', [1]),
      onGovernor(rail, 'updateSuperQuorumNumerator', [100]),
      onGovernor(rail, 'setProposalGuardian', [dov.address]),
      onGovernor(rail, 'relay', [dov.address, 0, '0x']),
      onTimelock(rail, 'updateDelay', [DAY]),
      onTimelock(rail, 'grantRole', [ethers.ZeroHash, dov.address]),
      pay(rail, ethers.ZeroAddress, dov.address, 1n),
      // the right selector somewhere else, value along with it, no selector at all
      { target: rail.treasury, data: admit },
      { target: rail.governor, data: admit },
      { ...setFee(suite, 1), value: 1n },
      { target: dov.address, data: '0x' },
      { target: suite.book, data: setFee(suite, 1).data.slice(0, 8) },
    ]
    for (const [calls, high] of [
      [alone, false],
      [withNvm, true],
    ] as const)
      for (const { target, value, data } of calls)
        expect(await rail.timelock.isHighImpact(target, value ?? 0n, data), data).to.equal(high)
  })

  it('is executed without anybody’s consent', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const calls = [
      setFee(suite, 10),
      onGovernor(rail, 'setVotingDelay', [2 * DAY]),
      onGovernor(rail, 'setVotingPeriod', [3 * DAY]),
      onGovernor(rail, 'setLateQuorumVoteExtension', [2 * DAY]),
      onTimelock(rail, 'setDaoURI', ['ipfs://dao']),
      onBook(suite, 'disablePack', [pack]),
    ]
    const { action } = await ripen(rail, calls)
    await expect(rail.governor.execute(...action))
      .to.emit(rail.timelock, 'DAOURIUpdate')
      .withArgs(rail.timelock.target, 'ipfs://dao')
    expect(await rail.governor.votingDelay()).to.equal(2 * DAY)
    expect(await rail.governor.votingPeriod()).to.equal(3 * DAY)
    expect(await rail.timelock.daoURI()).to.equal('ipfs://dao')
    expect(await suite.book.isPackEnabled(rail.timelock, pack)).to.equal(false)
    expect(await suite.book.isPackInForce(rail.timelock, pack)).to.equal(false)
  })

  it('stays within bounds', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const refused: [Call, Rail['governor'] | Suite['book'], string][] = [
      [setFee(suite, 1001), suite.book, 'Rails_FeeTooHigh'],
      [onGovernor(rail, 'setVotingDelay', [1]), rail.governor, 'Rails_TimeOutOfRange'],
      [onGovernor(rail, 'setVotingPeriod', [1]), rail.governor, 'Rails_TimeOutOfRange'],
      [
        onGovernor(rail, 'setLateQuorumVoteExtension', [6 * DAY]),
        rail.governor,
        'GovernorPreventLateQuorumVoteExtensionTooLarge',
      ],
      [onBook(suite, 'disablePack', [hash('never enabled')]), suite.book, 'Rails_PackNotEnabled'],
    ]
    for (const [call, of, error] of refused) {
      const { action } = await ripen(rail, [call], error)
      await expect(rail.governor.execute(...action)).to.be.revertedWithCustomError(of, error)
    }
  })
})

describe('What needs the six institutions as well', () => {
  it('waits for their consent to this very operation, and expires without', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { nvm } = await people()
    const one = await ripen(rail, [onBook(suite, 'setCharter', [hash('charter 2')])], 'one')
    const two = await ripen(rail, [onBook(suite, 'setCharter', [hash('charter 3')])], 'two')
    const operations = [await operationOf(rail, one.action), await operationOf(rail, two.action)] as const
    await expect(rail.governor.execute(...one.action))
      .to.be.revertedWithCustomError(rail.timelock, 'Rails_NeedsConsent')
      .withArgs(operations[0])
    await expect(suite.book.connect(nvm).consent(rail.timelock, operations[1], hash('why')))
      .to.emit(suite.book, 'ConsentGiven')
      .withArgs(rail.timelock.target, operations[1], hash('why'))
    expect(await suite.book.hasConsent(rail.timelock, operations[1])).to.equal(true)
    await expect(rail.governor.execute(...one.action)).to.be.revertedWithCustomError(
      rail.timelock,
      'Rails_NeedsConsent',
    )
    await expect(rail.governor.execute(...two.action))
      .to.emit(suite.book, 'CharterSet')
      .withArgs(rail.timelock.target, hash('charter 3'))
    await time.increase(61 * DAY)
    await expect(consent(suite, rail, one)).to.emit(suite.book, 'ConsentGiven')
    await expect(rail.governor.execute(...one.action)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnexpectedProposalState',
    )
  })

  it('needs it for a bundle in which one call does', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const calls = [setFee(suite, 10), onBook(suite, 'setLeastLevel', [1]), setFee(suite, 20)]
    const bundle = await ripen(rail, calls)
    await expect(rail.governor.execute(...bundle.action)).to.be.revertedWithCustomError(
      rail.timelock,
      'Rails_NeedsConsent',
    )
    await consent(suite, rail, bundle)
    await rail.governor.execute(...bundle.action)
    expect((await suite.book.pageOf(rail.timelock)).leastLevel).to.equal(1)
  })

  it('can lose it again before execution', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { nvm } = await people()
    const book = suite.book.connect(nvm)
    const proposed = await ripen(rail, [onBook(suite, 'setCharter', [hash('charter 2')])])
    const operation = await operationOf(rail, proposed.action)
    await expect(book.withdrawConsent(rail.timelock, operation, hash('x')))
      .to.be.revertedWithCustomError(book, 'Rails_NoConsent')
      .withArgs(rail.timelock.target, operation)
    await consent(suite, rail, proposed)
    await expect(book.withdrawConsent(rail.timelock, operation, hash('second thoughts')))
      .to.emit(book, 'ConsentWithdrawn')
      .withArgs(rail.timelock.target, operation, hash('second thoughts'))
    await expect(rail.governor.execute(...proposed.action)).to.be.revertedWithCustomError(
      rail.timelock,
      'Rails_NeedsConsent',
    )
  })

  it('has it from nobody else, and only for what waits in a rail', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { nvm, ana } = await people()
    const proposed = await propose(rail, [onBook(suite, 'setCharter', [hash('charter 2')])])
    const operation = await operationOf(rail, proposed.action)
    const { book } = suite
    await expect(book.connect(nvm).consent(rail.timelock, operation, hash('early')))
      .to.be.revertedWithCustomError(book, 'Rails_NotPending')
      .withArgs(rail.timelock.target, operation)
    await expect(book.connect(nvm).consent(ana, operation, hash('no rail')))
      .to.be.revertedWithCustomError(book, 'Rails_NoPage')
      .withArgs(ana.address)
    await pass(rail, proposed)
    await rail.governor.queue(...proposed.action)
    for (const call of [
      () => book.connect(ana).consent(rail.timelock, operation, hash('x')),
      () => book.connect(ana).withdrawConsent(rail.timelock, operation, hash('x')),
    ])
      await expect(call()).to.be.revertedWithCustomError(book, 'AccessManagedUnauthorized')
  })

  it('can hand a rail a call of its own, and take it back', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { dov } = await people()
    await suite.stablecoin.mint(rail.treasury, 1000)
    const { selector } = rail.treasury.interface.getFunction('pay')
    await expect(decide(suite, rail, [onBook(suite, 'setTrack', [rail.treasury.target, selector, true])], 'hand'))
      .to.emit(suite.book, 'TrackSet')
      .withArgs(rail.timelock.target, rail.treasury.target, selector, true)
    expect(await suite.book.isAlone(rail.timelock, rail.treasury, selector)).to.equal(true)
    const paid = await ripen(rail, [pay(rail, suite.stablecoin, dov.address, 300n)], 'pay')
    await rail.governor.execute(...paid.action)
    expect(await suite.stablecoin.balanceOf(dov)).to.equal(300)
    await decide(suite, rail, [onBook(suite, 'setTrack', [rail.treasury.target, selector, false])], 'back')
    const again = await ripen(rail, [pay(rail, suite.stablecoin, dov.address, 300n)], 'pay again')
    await expect(rail.governor.execute(...again.action)).to.be.revertedWithCustomError(
      rail.timelock,
      'Rails_NeedsConsent',
    )
  })

  it('is for ever needed to hand a rail more', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { selector } = suite.book.interface.getFunction('setTrack')
    await expect(decide(suite, rail, [onBook(suite, 'setTrack', [suite.book.target, selector, true])]))
      .to.be.revertedWithCustomError(suite.book, 'Rails_NeverAlone')
      .withArgs(suite.book.target, selector)
  })

  it('includes the rules of the vote itself', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { guardian } = await people()
    await decide(suite, rail, [
      onGovernor(rail, 'updateQuorumNumerator', [50]),
      onGovernor(rail, 'updateSuperQuorumNumerator', [95]),
      onGovernor(rail, 'setProposalGuardian', [guardian.address]),
      onGovernor(rail, 'setProposalThreshold', [1]),
      onTimelock(rail, 'updateDelay', [3 * DAY]),
      onBook(suite, 'setLeastLevel', [3]),
    ])
    expect(await rail.governor['quorumNumerator()']()).to.equal(50)
    expect(await rail.governor.proposalGuardian()).to.equal(guardian.address)
    expect(await rail.timelock.getMinDelay()).to.equal(3 * DAY)
    const bounds: [Call, string, Rail['governor' | 'timelock'] | Suite['book']][] = [
      [onGovernor(rail, 'updateQuorumNumerator', [0]), 'Rails_NoQuorum', rail.governor],
      [onGovernor(rail, 'updateTimelock', [guardian.address]), 'Rails_TimelockIsFixed', rail.governor],
      [onTimelock(rail, 'updateDelay', [DAY - 1]), 'Rails_DelayOutOfRange', rail.timelock],
      [onBook(suite, 'setCharter', [ethers.ZeroHash]), 'Rails_NoCharter', suite.book],
      [onBook(suite, 'setLeastLevel', [5]), 'Rails_LevelOutOfRange', suite.book],
    ]
    for (const [call, error, of] of bounds)
      await expect(decide(suite, rail, [call], error)).to.be.revertedWithCustomError(of, error)
    // a guardian cancels anything, and with one a proposer only what has not begun
    const { ana } = await people()
    const proposed = await passAndQueue(rail, [setFee(suite, 1)], 'guarded')
    await expect(rail.governor.connect(ana).cancel(...proposed.action)).to.be.revertedWithCustomError(
      rail.governor,
      'GovernorUnableToCancel',
    )
    await expect(rail.governor.connect(guardian).cancel(...proposed.action)).to.emit(rail.timelock, 'Cancelled')
  })
})

describe('Packs of a rail', () => {
  it('are enabled only while certified, unexpired and of the rail’s level', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { components, book } = suite
    const later = (await time.latest()) + 365 * DAY
    const standings: [string, number, number, number, string | undefined][] = [
      ['proposed', 4, 1, later, 'Rails_PackNotCertified'],
      ['suspended', 4, 3, later, 'Rails_PackNotCertified'],
      ['expired', 4, 2, await time.latest(), 'Rails_PackNotCertified'],
      ['low', 1, 2, later, 'Rails_PackBelowLevel'],
      ['good', 2, 2, later, undefined],
    ]
    for (const [name, level, status, expiresAt, error] of standings) {
      await components.set(hash(name), level, status, expiresAt)
      const { action } = await ripen(rail, [onBook(suite, 'enablePack', [hash(name)])], name)
      const sent = rail.governor.execute(...action)
      if (error) await expect(sent).to.be.revertedWithCustomError(book, error)
      else await expect(sent).to.emit(book, 'PackEnabled').withArgs(rail.timelock.target, hash(name), level)
    }
    expect(await book.isPackInForce(rail.timelock, hash('good'))).to.equal(true)
    for (const [level, status, expiresAt] of [
      [2, 3, later],
      [1, 2, later],
      [2, 2, await time.latest()],
    ] as const) {
      await components.set(hash('good'), level, status, expiresAt)
      expect(await book.isPackInForce(rail.timelock, hash('good'))).to.equal(false)
      expect(await book.isPackEnabled(rail.timelock, hash('good'))).to.equal(true)
    }
  })
})

describe('A rail’s treasury', () => {
  it('pays what the rail decided, and nothing for anybody else', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { dov, ana, nvm } = await people()
    const { stablecoin } = suite
    await stablecoin.mint(rail.treasury, 1000)
    await expect(ana.sendTransaction({ to: rail.treasury, value: 500n }))
      .to.emit(rail.treasury, 'TreasuryReceived')
      .withArgs(ana.address, 500)
    const sent = decide(suite, rail, [
      pay(rail, stablecoin, dov.address, 400n),
      pay(rail, ethers.ZeroAddress, dov.address, 200n),
    ])
    await expect(sent).to.emit(rail.treasury, 'TreasuryPaid').withArgs(stablecoin.target, dov.address, 400, anyValue)
    expect(await stablecoin.balanceOf(dov)).to.equal(400)
    expect(await ethers.provider.getBalance(rail.treasury)).to.equal(300)
    for (const caller of [ana, nvm]) {
      const treasury = rail.treasury.connect(caller)
      await expect(treasury.pay(stablecoin, caller, 1, hash('x')))
        .to.be.revertedWithCustomError(treasury, 'Treasury_NotTimelock')
        .withArgs(caller.address)
      await expect(treasury.sign(hash('x'), 2n ** 40n - 1n)).to.be.revertedWithCustomError(
        treasury,
        'Treasury_NotTimelock',
      )
    }
    await expect(
      decide(suite, rail, [pay(rail, stablecoin, ethers.ZeroAddress, 1n)], 'nobody'),
    ).to.be.revertedWithCustomError(rail.treasury, 'Treasury_NoRecipient')
  })

  it('signs what the rail voted for, until it expires or is withdrawn', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const until = (await time.latest()) + 60 * DAY
    const sign = (validUntil: number) => ({
      target: rail.treasury,
      data: rail.treasury.interface.encodeFunctionData('sign', [hash('text'), validUntil]),
    })
    const valid = () => rail.treasury.isValidSignature(hash('text'), '0x')
    expect(await valid()).to.equal('0xffffffff')
    await expect(decide(suite, rail, [sign(until)], 'sign'))
      .to.emit(rail.treasury, 'TreasurySigned')
      .withArgs(hash('text'), until)
    expect(await valid()).to.equal('0x1626ba7e')
    expect(await rail.treasury.signedUntil(hash('text'))).to.equal(until)
    expect(await rail.treasury.isValidSignature(hash('another'), '0x')).to.equal('0xffffffff')
    await decide(suite, rail, [sign(0)], 'withdraw')
    expect(await valid()).to.equal('0xffffffff')
    await decide(suite, rail, [sign(until)], 'sign again')
    await time.increaseTo(until)
    expect(await valid()).to.equal('0xffffffff')
  })
})
