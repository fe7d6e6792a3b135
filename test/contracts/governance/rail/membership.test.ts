import { expect } from 'chai'
import {
  DAY,
  decide,
  deploySuite,
  ethers,
  hash,
  networkHelpers,
  openRail,
  people,
  type Rail,
  VOTES,
  ZeroAddress,
} from './world.ts'

const { time } = networkHelpers

async function opened() {
  const suite = await deploySuite()
  return { suite, rail: await openRail(suite) }
}

const share = (delegate: { address: string }, bps: number) => ({ delegate: delegate.address, bps })
const ascending = (shares: { delegate: string; bps: number }[]) =>
  shares.toSorted((a, b) => (BigInt(a.delegate) < BigInt(b.delegate) ? -1 : 1))

const admit = (rail: Rail, account: string) => ({
  target: rail.membership,
  data: rail.membership.interface.encodeFunctionData('admit', [account, hash('why')]),
})
const remove = (rail: Rail, account: string) => ({
  target: rail.membership,
  data: rail.membership.interface.encodeFunctionData('remove', [account, hash('why not')]),
})

describe('Members of a rail', () => {
  it('are admitted and removed by the rail alone, with reasons', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { dov, ana } = await people()
    const { membership } = rail
    const id = BigInt(dov.address)
    await expect(decide(suite, rail, [admit(rail, dov.address)], 'admit'))
      .to.emit(membership, 'MemberAdmitted')
      .withArgs(dov.address, hash('why'))
      .and.to.emit(membership, 'Transfer')
      .withArgs(ZeroAddress, dov.address, id)
      .and.to.emit(membership, 'Locked')
      .withArgs(id)
    expect(await membership.memberCount()).to.equal(4)
    expect(await membership.ownerOf(id)).to.equal(dov.address)
    expect(await membership.balanceOf(dov)).to.equal(1)
    expect(await membership.locked(id)).to.equal(true)
    expect(await membership.getApproved(id)).to.equal(ZeroAddress)
    expect(await membership.isApprovedForAll(dov, ana)).to.equal(false)
    expect(await membership.admittedAtOf(dov)).to.equal(await time.latest())
    await expect(decide(suite, rail, [remove(rail, dov.address)], 'remove'))
      .to.emit(membership, 'MemberRemoved')
      .withArgs(dov.address, hash('why not'))
      .and.to.emit(membership, 'Transfer')
      .withArgs(dov.address, ZeroAddress, id)
    expect(await membership.memberCount()).to.equal(3)
    expect(await membership.balanceOf(dov)).to.equal(0)
    for (const gone of [id, id + (1n << 160n)])
      await expect(membership.ownerOf(gone))
        .to.be.revertedWithCustomError(membership, 'ERC721NonexistentToken')
        .withArgs(gone)
    await expect(membership.balanceOf(ZeroAddress)).to.be.revertedWithCustomError(membership, 'ERC721InvalidOwner')
  })

  it('are admitted by nobody else', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, nvm, dov } = await people()
    for (const caller of [ana, nvm]) {
      const membership = rail.membership.connect(caller)
      await expect(membership.admit(dov, hash('x')))
        .to.be.revertedWithCustomError(membership, 'Membership_NotTimelock')
        .withArgs(caller.address)
      await expect(membership.remove(ana, hash('x'))).to.be.revertedWithCustomError(
        membership,
        'Membership_NotTimelock',
      )
    }
  })

  it('are admitted once, and only members can be removed or resign', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { ana, dov } = await people()
    const { membership } = rail
    await expect(decide(suite, rail, [admit(rail, ana.address)], 'again'))
      .to.be.revertedWithCustomError(membership, 'Membership_AlreadyMember')
      .withArgs(ana.address)
    await expect(decide(suite, rail, [remove(rail, dov.address)], 'nobody')).to.be.revertedWithCustomError(
      membership,
      'Membership_NotMember',
    )
    await expect(membership.connect(dov).resign()).to.be.revertedWithCustomError(membership, 'Membership_NotMember')
  })

  it('resign by themselves', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana } = await people()
    await expect(rail.membership.connect(ana).resign()).to.emit(rail.membership, 'MemberResigned').withArgs(ana.address)
    expect(await rail.membership.isMember(ana)).to.equal(false)
    expect(await rail.membership.getVotes(ana)).to.equal(0)
    expect(await rail.membership.memberCount()).to.equal(2)
    expect(await rail.membership.delegates(ana)).to.equal(ZeroAddress)
  })

  it('cannot give their membership away', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, dov } = await people()
    const membership = rail.membership.connect(ana)
    const id = BigInt(ana.address)
    const attempts = [
      () => membership.transferFrom(ana, dov, id),
      () => membership['safeTransferFrom(address,address,uint256)'](ana, dov, id),
      () => membership['safeTransferFrom(address,address,uint256,bytes)'](ana, dov, id, '0x'),
      () => membership.approve(dov, id),
      () => membership.setApprovalForAll(dov, true),
    ]
    for (const attempt of attempts)
      await expect(attempt()).to.be.revertedWithCustomError(membership, 'Soulbound_NotTransferable')
    for (const view of [() => membership.locked(1), () => membership.getApproved(1)])
      await expect(view()).to.be.revertedWithCustomError(membership, 'ERC721NonexistentToken')
  })

  it('were members when they were, whatever happened later', async () => {
    const { rail, suite } = await networkHelpers.loadFixture(opened)
    const { ana } = await people()
    const { membership } = rail
    const founded = await membership.admittedAtOf(ana)
    await membership.connect(ana).resign()
    const resigned = await time.latest()
    // Ben and Cleo are enough
    await decide(suite, rail, [admit(rail, ana.address)], 'back')
    const back = await time.latest()
    await time.increase(DAY)
    const spells: [number, boolean][] = [
      [Number(founded) - 1, false],
      [Number(founded), true],
      [resigned - 1, true],
      [resigned, false],
      [back - 1, false],
      [back, true],
      [back + 100, true],
    ]
    for (const [at, was] of spells) {
      expect(await membership.wasMember(ana, at), `${at}`).to.equal(was)
      expect(await membership.getPastVotes(ana, at), `${at}`).to.equal(was ? VOTES : 0n)
    }
    expect(await membership.getPastTotalSupply(resigned)).to.equal(2n * VOTES)
    expect(await membership.getPastTotalSupply(back)).to.equal(3n * VOTES)
    await membership.connect(ana).resign()
    for (const [at, was] of spells) expect(await membership.wasMember(ana, at), `later, ${at}`).to.equal(was)
  })

  it('who leave in the second they are admitted were no members, and stay what they were before', async () => {
    const { rail, suite } = await networkHelpers.loadFixture(opened)
    const { ana } = await people()
    const { membership } = rail
    const founded = await membership.admittedAtOf(ana)
    await decide(
      suite,
      rail,
      [remove(rail, ana.address), admit(rail, ana.address), remove(rail, ana.address)],
      'in and out',
    )
    const then = await time.latest()
    await time.increase(DAY)
    expect(await membership.wasMember(ana, founded)).to.equal(true)
    expect(await membership.wasMember(ana, then - 1)).to.equal(true)
    expect(await membership.wasMember(ana, then)).to.equal(false)
  })

  it('are not looked up in the future', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana } = await people()
    const now = await time.latest()
    const { membership } = rail
    for (const view of [
      () => membership.wasMember(ana, now),
      () => membership.getPastVotes(ana, now),
      () => membership.getPastTotalSupply(now),
    ])
      await expect(view()).to.be.revertedWithCustomError(membership, 'ERC5805FutureLookup').withArgs(now, now)
  })
})

describe('Delegated shares', () => {
  it('are parts of one’s votes, to the unit, and what is left is kept', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, dov } = await people()
    const { membership } = rail
    const shares = ascending([share(ben, 3333), share(dov, 1)])
    await expect(membership.connect(ana).delegateShares(shares))
      .to.emit(membership, 'SharesDelegated')
      .withArgs(
        ana.address,
        shares.map(s => s.delegate),
        shares.map(s => s.bps),
      )
      .and.to.emit(membership, 'DelegateChanged')
      .withArgs(ana.address, ana.address, ZeroAddress)
      .and.to.emit(membership, 'DelegateVotesChanged')
      .withArgs(ben.address, 10_000, 13_333)
    expect(await membership.getVotes(ana)).to.equal(6666)
    expect(await membership.keptVotesOf(ana)).to.equal(6666)
    expect(await membership.keptVotesOf(dov)).to.equal(0)
    expect(await membership.getVotes(ben)).to.equal(13_333)
    expect(await membership.getVotes(dov)).to.equal(1)
    expect((await membership.sharesOf(ana)).map(s => [s.delegate, Number(s.bps)])).to.deep.equal(
      shares.map(s => [s.delegate, s.bps]),
    )
  })

  it('are replaced as a whole, and taken back', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, cleo } = await people()
    const { membership } = rail
    await membership.connect(ana).delegateShares(ascending([share(ben, 4000), share(cleo, 6000)]))
    const then = await time.latest()
    await membership.connect(ana).delegateShares([share(cleo, 2500)])
    expect(await membership.getVotes(ana)).to.equal(7500)
    expect(await membership.getVotes(ben)).to.equal(10_000)
    expect(await membership.getVotes(cleo)).to.equal(12_500)
    expect(await membership.getPastVotes(ana, then)).to.equal(0)
    expect(await membership.getPastVotes(ben, then)).to.equal(14_000)
    await membership.connect(ana).delegateShares([])
    expect(await membership.getVotes(ana)).to.equal(10_000)
    expect(await membership.delegates(ana)).to.equal(ana.address)
  })

  it('may be all, as ERC-5805 knows it', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, dov } = await people()
    const { membership } = rail
    await expect(membership.connect(ana).delegate(ben))
      .to.emit(membership, 'DelegateChanged')
      .withArgs(ana.address, ana.address, ben.address)
    expect(await membership.delegates(ana)).to.equal(ben.address)
    expect(await membership.getVotes(ben)).to.equal(20_000)
    await membership.connect(ana).delegate(ana)
    expect(await membership.delegates(ana)).to.equal(ana.address)
    await membership.connect(ana).delegate(ben)
    await membership.connect(ana).delegate(ZeroAddress)
    expect(await membership.getVotes(ana)).to.equal(10_000)
    await expect(membership.connect(dov).delegate(ben)).to.be.revertedWithCustomError(
      membership,
      'Membership_NotMember',
    )
  })

  it('can be signed for, once, and only by the member', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, stranger } = await people()
    const membership = rail.membership.connect(stranger)
    const domain = {
      name: 'Nexus Rail Membership',
      version: '1',
      chainId: (await ethers.provider.getNetwork()).chainId,
      verifyingContract: membership.target as string,
    }
    const types = {
      Delegation: [
        { name: 'delegatee', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'expiry', type: 'uint256' },
      ],
    }
    const expiry = (await time.latest()) + DAY
    const sign = async (signer: typeof ana, nonce: number) =>
      ethers.Signature.from(await signer.signTypedData(domain, types, { delegatee: ben.address, nonce, expiry }))
    const { v, r, s } = await sign(ana, 0)
    await membership.delegateBySig(ben, 0, expiry, v, r, s)
    expect(await membership.delegates(ana)).to.equal(ben.address)
    await expect(membership.delegateBySig(ben, 0, expiry, v, r, s)).to.be.revertedWithCustomError(
      membership,
      'InvalidAccountNonce',
    )
    const outsider = await sign(stranger, 0)
    await expect(
      membership.delegateBySig(ben, 0, expiry, outsider.v, outsider.r, outsider.s),
    ).to.be.revertedWithCustomError(membership, 'Membership_NotMember')
    const next = await sign(ana, 1)
    await time.increase(2 * DAY)
    await expect(membership.delegateBySig(ben, 1, expiry, next.v, next.r, next.s)).to.be.revertedWithCustomError(
      membership,
      'VotesExpiredSignature',
    )
  })

  it('end with the membership, and those of others with theirs', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, cleo } = await people()
    const { membership } = rail
    await membership.connect(ana).delegateShares(ascending([share(ben, 4000), share(cleo, 1000)]))
    await membership.connect(ben).delegateShares([share(ana, 5000)])
    await membership.connect(ana).resign()
    expect(await membership.getVotes(ben)).to.equal(5000)
    expect(await membership.getVotes(cleo)).to.equal(10_000)
    // Ben's share is Ben's to take back; until then Ana still speaks for it
    expect(await membership.getVotes(ana)).to.equal(5000)
    expect(await membership.sharesOf(ana)).to.deep.equal([])
    await membership.connect(ben).delegateShares([])
    expect(await membership.getVotes(ana)).to.equal(0)
    expect(await membership.getVotes(ben)).to.equal(10_000)
  })

  it('are refused when they cannot be meant', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, cleo } = await people()
    const membership = rail.membership.connect(ana)
    const [first, second] = ascending([share(ben, 5000), share(cleo, 5001)])
    if (!first || !second) throw new Error('two shares')
    const nine = Array.from({ length: 9 }, (_, i) => ({ delegate: ethers.toBeHex(i + 1, 20), bps: 1 }))
    const refused: [{ delegate: string; bps: number }[], string][] = [
      [[first, second], 'Membership_SharesExceedVotes'],
      [[share(ana, 1)], 'Membership_DelegateToSelf'],
      [[share(ben, 0)], 'Membership_EmptyShare'],
      [[share(ben, 1), share(ben, 1)], 'Membership_DelegatesNotAscending'],
      [[second, first], 'Membership_DelegatesNotAscending'],
      [[{ delegate: ZeroAddress, bps: 1 }], 'Membership_DelegatesNotAscending'],
      [nine, 'Membership_TooManyDelegates'],
    ]
    for (const [shares, error] of refused)
      await expect(membership.delegateShares(shares)).to.be.revertedWithCustomError(membership, error)
    await membership.delegateShares(nine.slice(0, 8))
    expect(await membership.getVotes(ana)).to.equal(VOTES - 8n)
  })

  it('go round in circles without counting anything twice', async () => {
    const { rail } = await networkHelpers.loadFixture(opened)
    const { ana, ben, cleo } = await people()
    const { membership } = rail
    await membership.connect(ana).delegate(ben)
    await membership.connect(ben).delegate(cleo)
    await membership.connect(cleo).delegate(ana)
    for (const member of [ana, ben, cleo]) expect(await membership.getVotes(member)).to.equal(VOTES)
    await membership.connect(ana).delegateShares(ascending([share(ben, 5000), share(cleo, 5000)]))
    const votes = await Promise.all([ana, ben, cleo].map(member => membership.getVotes(member)))
    expect(votes.reduce((sum, one) => sum + one)).to.equal(3n * VOTES)
    expect(votes).to.deep.equal([VOTES, 5000n, 15_000n])
  })
})
