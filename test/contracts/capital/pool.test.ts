import { expect } from 'chai'
import {
  bind,
  bindRamp,
  DAY,
  deploy,
  ethers,
  evidence,
  lapse,
  NOTICE,
  networkHelpers,
  OFFSET,
  people,
  REPORTING_LAG,
  State,
  settle,
  UNIT,
  type World,
} from './world.ts'

const MOST = 2n ** 128n - 1n

describe('Risk pool', () => {
  let w: World
  let who: Awaited<ReturnType<typeof people>>
  let alice: string
  let bob: string
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
    who = await people()
    alice = who.alice.address
    bob = who.bob.address
  })

  const sharesOf = (assets: bigint) => assets * OFFSET // while the price is 1
  const request = async (signer: typeof who.alice, shares: bigint) => {
    const id = await w.pool.connect(signer).requestRedeem.staticCall(shares, signer.address, signer.address)
    await w.pool.connect(signer).requestRedeem(shares, signer.address, signer.address)
    return id
  }
  const conserved = async () =>
    expect(await w.pool.heldAssets()).to.equal(
      (await w.pool.freeAssets()) +
        (await w.pool.lockedAssets()) +
        (await w.pool.unearnedAssets()) +
        (await w.pool.owedAssets()),
    )

  describe('deposits', () => {
    it('give shares with six more decimals than the asset, at the price of the pool', async () => {
      expect(await w.pool.decimals()).to.equal(12n)
      expect(await w.pool.balanceOf(alice)).to.equal(sharesOf(1_000_000n * UNIT))
      expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT)
      await w.pool.connect(who.alice).mint(sharesOf(5n), alice)
      expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT + 5n)
    })

    it('are not worth more for tokens that someone sends to the pool', async () => {
      const price = await w.pool.convertToAssets(sharesOf(UNIT))
      await w.token.mint(w.addresses.pool, 1_000_000n * UNIT)
      expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT)
      expect(await w.pool.convertToAssets(sharesOf(UNIT))).to.equal(price)
      expect(await w.pool.heldAssets()).to.equal(1_500_000n * UNIT)
    })

    it('cannot be robbed by a first depositor who inflates the price', async () => {
      const pool = await ethers.deployContract('RiskPool', [w.token, 'P', 'P', w.authority, w.book, REPORTING_LAG])
      await w.token.connect(who.alice).approve(pool, MOST)
      await w.token.connect(who.bob).approve(pool, MOST)
      await pool.connect(who.alice).deposit(1, alice)
      await w.token.connect(who.alice).transfer(pool, 1_000_000n * UNIT)
      await pool.connect(who.bob).deposit(1_000n * UNIT, bob)
      expect(await pool.convertToAssets(await pool.balanceOf(bob))).to.equal(1_000n * UNIT)
    })

    it('stay within 128 bits, and say beforehand how much fits', async () => {
      expect(await w.pool.maxMint(alice)).to.equal(MOST - sharesOf(1_500_000n * UNIT))
      const most = await w.pool.maxDeposit(alice)
      await expect(w.pool.connect(who.alice).deposit(most + 1n, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC4626ExceededMaxDeposit')
        .withArgs(alice, most + 1n, most)
      await w.token.mint(alice, most)
      await w.token.connect(who.alice).approve(w.pool, most)
      await w.pool.connect(who.alice).deposit(most, alice)
      expect(await w.pool.totalSupply()).to.be.at.most(MOST)
    })

    it('cannot break the pool after a total loss: what shares are still given stays within 128 bits', async () => {
      const { policyId } = await bind(w, { coverAssets: 1_500_000n * UNIT }, 0n)
      await settle(w, policyId, await evidence(w, 640n))
      expect(await w.pool.totalAssets()).to.equal(0n)
      // a share is worth a 1.5 · 10^18th of nothing: a single unit of assets takes as many shares as there are
      for (let supply = await w.pool.totalSupply(); ; supply = await w.pool.totalSupply()) {
        expect(supply).to.be.at.most(MOST)
        const most = await w.pool.maxDeposit(alice)
        expect(await w.pool.previewDeposit(most)).to.be.at.most(await w.pool.maxMint(alice))
        await expect(w.pool.connect(who.alice).deposit(most + 1n, alice))
          .to.be.revertedWithCustomError(w.pool, 'ERC4626ExceededMaxDeposit')
          .withArgs(alice, most + 1n, most)
        if (most === 0n) break
        await w.token.mint(alice, most)
        await w.token.connect(who.alice).approve(w.pool, MOST)
        await w.pool.connect(who.alice).deposit(most, alice)
      }
      // and those who hold them can still leave
      await request(who.alice, await w.pool.balanceOf(alice))
      await networkHelpers.time.increase(NOTICE)
      await w.pool.connect(who.alice).redeem(await w.pool.maxRedeem(alice), alice, alice)
      await conserved()
    })
  })

  describe('premiums', () => {
    it('are no capital before the policy closes', async () => {
      const price = await w.pool.convertToAssets(sharesOf(UNIT))
      const { policyId } = await bind(w, {}, 15_000n * UNIT)
      expect(await w.pool.convertToAssets(sharesOf(UNIT))).to.equal(price)
      expect(await w.pool.unearnedAssets()).to.equal(15_000n * UNIT)
      await lapse(w, policyId, await evidence(w, 0n))
      expect(await w.pool.convertToAssets(sharesOf(UNIT))).to.equal(1_009_999n) // 1 % more, less what the virtual shares keep
      await conserved()
    })
  })

  describe('redemption', () => {
    it('cannot be priced or made at once', async () => {
      await expect(w.pool.previewRedeem(1)).to.be.revertedWithCustomError(w.pool, 'Pools_Synchronous')
      await expect(w.pool.previewWithdraw(1)).to.be.revertedWithCustomError(w.pool, 'Pools_Synchronous')
      expect(await w.pool.maxRedeem(alice)).to.equal(0n)
      expect(await w.pool.maxWithdraw(alice)).to.equal(0n)
      await expect(w.pool.connect(who.alice).redeem(1, alice, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC4626ExceededMaxRedeem')
        .withArgs(alice, 1, 0)
    })

    it('is requested, waits for its notice, and is claimed at the price of the claim', async () => {
      const shares = sharesOf(100_000n * UNIT)
      await expect(w.pool.connect(who.alice).requestRedeem(shares, alice, alice))
        .to.emit(w.pool, 'RedeemRequest')
        .withArgs(alice, alice, 1, alice, shares)
      const asked = await networkHelpers.time.latest()
      expect(await w.pool.balanceOf(w.addresses.pool)).to.equal(shares)
      expect(await w.pool.pendingRedeemRequest(1, alice)).to.equal(shares)
      expect(await w.pool.claimableRedeemRequest(1, alice)).to.equal(0n)
      expect(await w.pool.pendingRedeemRequest(1, bob)).to.equal(0n)
      expect(await w.pool.requestsOf(alice)).to.deep.equal([1n])

      await networkHelpers.time.setNextBlockTimestamp(asked + NOTICE - 1)
      await expect(w.pool.connect(who.alice).redeem(shares, alice, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC4626ExceededMaxRedeem')
        .withArgs(alice, shares, 0)

      await networkHelpers.time.increaseTo(asked + NOTICE)
      expect(await w.pool.claimableRedeemRequest(1, alice)).to.equal(shares)
      expect(await w.pool.pendingRedeemRequest(1, alice)).to.equal(0n)
      const before = await w.token.balanceOf(bob)
      await expect(w.pool.connect(who.alice).redeem(shares, bob, alice))
        .to.emit(w.pool, 'Withdraw')
        .withArgs(alice, bob, alice, 100_000n * UNIT, shares)
      expect((await w.token.balanceOf(bob)) - before).to.equal(100_000n * UNIT)
      expect(await w.pool.requestsOf(alice)).to.deep.equal([])
      expect(await w.pool.queuedShares()).to.equal(0n)
      expect(await w.pool.totalSupply()).to.equal(sharesOf(1_400_000n * UNIT))
      await conserved()
    })

    it('shares losses and profits that come between request and claim', async () => {
      const { policyId } = await bind(w, { coverAssets: 300_000n * UNIT }, 3_000n * UNIT)
      const shares = await w.pool.balanceOf(bob)
      await request(who.bob, shares)
      await networkHelpers.time.increase(NOTICE)
      await settle(w, policyId, await evidence(w, 640n))
      // 1,500,000 − 300,000 + 3,000 in all, a third of it bob's
      const before = await w.token.balanceOf(bob)
      await w.pool.connect(who.bob).redeem(shares, bob, bob)
      expect((await w.token.balanceOf(bob)) - before).to.equal(401_000n * UNIT)
      await conserved()
    })

    it('can be claimed in parts, by shares or by assets, rounded against the claimer', async () => {
      const shares = sharesOf(1_000n * UNIT)
      await request(who.alice, shares)
      await networkHelpers.time.increase(NOTICE)
      await w.pool.connect(who.alice).redeem(shares / 4n, alice, alice)
      expect(await w.pool.claimableRedeemRequest(1, alice)).to.equal((shares * 3n) / 4n)
      expect(await w.pool.maxWithdraw(alice)).to.equal(750n * UNIT)
      await w.pool.connect(who.alice).withdraw(500n * UNIT, alice, alice)
      await expect(w.pool.connect(who.alice).withdraw(250n * UNIT + 1n, alice, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC4626ExceededMaxWithdraw')
        .withArgs(alice, 250n * UNIT + 1n, 250n * UNIT)
      // less than one asset's worth of shares pays nothing
      const before = await w.token.balanceOf(alice)
      await w.pool.connect(who.alice).redeem(OFFSET - 1n, alice, alice)
      expect(await w.token.balanceOf(alice)).to.equal(before)
      await w.pool.connect(who.alice).redeem(sharesOf(250n * UNIT) - OFFSET + 1n, alice, alice)
      expect((await w.token.balanceOf(alice)) - before).to.equal(250n * UNIT - 1n)
      expect(await w.pool.requestsOf(alice)).to.deep.equal([])
    })

    it('takes one share more, not one less, where assets do not come out even', async () => {
      const { policyId } = await bind(w, { coverAssets: 500_000n * UNIT }, 0n)
      await request(who.alice, sharesOf(1_000n * UNIT))
      await settle(w, policyId, await evidence(w, 640n)) // a share is worth two thirds
      await networkHelpers.time.increase(NOTICE)
      const [assets, supply] = [await w.pool.totalAssets(), await w.pool.totalSupply()]
      const exact = 100n * UNIT * (supply + OFFSET) // over assets + 1
      expect(exact % (assets + 1n)).to.not.equal(0n)
      expect(await w.pool.connect(who.alice).withdraw.staticCall(100n * UNIT, alice, alice)).to.equal(
        exact / (assets + 1n) + 1n,
      )
      const shares = sharesOf(10n * UNIT) + 1n
      expect((shares * (assets + 1n)) % (supply + OFFSET)).to.not.equal(0n)
      expect(await w.pool.connect(who.alice).redeem.staticCall(shares, alice, alice)).to.equal(
        (shares * (assets + 1n)) / (supply + OFFSET),
      )
    })

    it('leaves capital that policies have locked, and is served in order of request', async () => {
      await bind(w, { coverAssets: 1_300_000n * UNIT }) // 200,000 free
      const a = await request(who.alice, sharesOf(150_000n * UNIT))
      const b = await request(who.bob, sharesOf(150_000n * UNIT))
      const a2 = await request(who.alice, sharesOf(10_000n * UNIT))
      await networkHelpers.time.increase(NOTICE)
      expect(await w.pool.claimableRedeemRequest(a, alice)).to.equal(sharesOf(150_000n * UNIT))
      expect(await w.pool.claimableRedeemRequest(b, bob)).to.equal(sharesOf(50_000n * UNIT))
      expect(await w.pool.claimableRedeemRequest(a2, alice)).to.equal(0n)

      // bob being quicker takes nothing of what is alice's turn, and does not move up
      await w.pool.connect(who.bob).redeem(sharesOf(50_000n * UNIT), bob, bob)
      expect(await w.pool.maxRedeem(bob)).to.equal(0n)
      expect(await w.pool.maxRedeem(alice)).to.equal(sharesOf(150_000n * UNIT))
      await w.pool.connect(who.alice).redeem(sharesOf(150_000n * UNIT), alice, alice)
      expect(await w.pool.freeAssets()).to.equal(0n)

      // new capital goes to who waits: 100,000 for bob's rest first, then alice's second request
      await w.token.mint(who.carol.address, 105_000n * UNIT)
      await w.token.connect(who.carol).approve(w.pool, 105_000n * UNIT)
      await w.pool.connect(who.carol).deposit(105_000n * UNIT, who.carol.address)
      expect(await w.pool.claimableRedeemRequest(b, bob)).to.equal(sharesOf(100_000n * UNIT))
      expect(await w.pool.claimableRedeemRequest(a2, alice)).to.equal(sharesOf(5_000n * UNIT))
      expect(await w.pool.pendingRedeemRequest(a2, alice)).to.equal(sharesOf(5_000n * UNIT))
    })

    it('keeps its capital from new policies from the moment it is requested', async () => {
      await request(who.alice, sharesOf(1_000_000n * UNIT))
      expect(await w.pool.capacityAssets()).to.equal(500_000n * UNIT)
      await expect(bind(w, { coverAssets: 500_000n * UNIT + 1n }))
        .to.be.revertedWithCustomError(w.pool, 'Pools_Insolvent')
        .withArgs(500_000n * UNIT + 1n, 500_000n * UNIT)
      await bind(w, { coverAssets: 500_000n * UNIT })
      expect(await w.pool.capacityAssets()).to.equal(0n)
      await networkHelpers.time.increase(NOTICE)
      expect(await w.pool.maxRedeem(alice)).to.equal(sharesOf(1_000_000n * UNIT))
    })

    it('waits for the proportion of capital that is exposed to open evidence', async () => {
      const { policyId } = await bind(w, { coverAssets: 300_000n * UNIT }) // a fifth of all
      const shares = sharesOf(100_000n * UNIT)
      const id = await request(who.alice, shares)
      await networkHelpers.time.increase(NOTICE)
      const aepId = await evidence(w, 640n, { state: State.disputed })
      await w.book.hold(policyId, aepId)
      expect(await w.pool.claimableRedeemRequest(id, alice)).to.equal((shares * 4n) / 5n)
      expect(await w.pool.pendingRedeemRequest(id, alice)).to.equal(shares / 5n)
      await w.pool.connect(who.alice).redeem(shares / 2n, alice, alice)
      // what was claimed before counts: splitting a claim frees nothing. 300,000 of 1,450,000 are exposed now
      expect(await w.pool.maxRedeem(alice)).to.equal((shares * 115n) / 145n - shares / 2n)
      await w.registry.setState(aepId, State.void)
      await w.book.release(policyId, aepId)
      expect(await w.pool.maxRedeem(alice)).to.equal(shares / 2n)
    })

    it('is not possible while the book is paused, and its notice is longer by every pause', async () => {
      const shares = sharesOf(1_000n * UNIT)
      await request(who.alice, shares)
      const asked = await networkHelpers.time.latest()
      await w.book.connect(who.guardian).pause(3 * DAY)
      await networkHelpers.time.increaseTo(asked + 8 * DAY)
      await w.registry.pause(DAY)
      await networkHelpers.time.increaseTo(asked + NOTICE + 4 * DAY - 1)
      expect(await w.pool.maxRedeem(alice)).to.equal(0n)
      await networkHelpers.time.increase(2)
      expect(await w.pool.maxRedeem(alice)).to.equal(shares)
      await w.book.connect(who.guardian).pause(DAY)
      expect(await w.pool.maxRedeem(alice)).to.equal(0n)
      expect(await w.pool.claimableRedeemRequest(1, alice)).to.equal(0n)
      await networkHelpers.time.increase(DAY)
      expect(await w.pool.maxRedeem(alice)).to.equal(shares)
    })

    it('can be opened for a controller only by it or its operator: nobody fills up another’s requests', async () => {
      await expect(w.pool.connect(who.bob).requestRedeem(1, alice, bob))
        .to.be.revertedWithCustomError(w.pool, 'Pools_NotOperator')
        .withArgs(alice, bob)
      await expect(w.pool.connect(who.alice).setOperator(bob, true))
        .to.emit(w.pool, 'OperatorSet')
        .withArgs(alice, bob, true)
      expect(await w.pool.isOperator(alice, bob)).to.equal(true)
      await w.pool.connect(who.bob).requestRedeem(OFFSET, alice, bob)
      expect(await w.pool.requestsOf(alice)).to.deep.equal([1n])
    })

    it('takes an owner’s shares only with its allowance or as its operator', async () => {
      await expect(w.pool.connect(who.bob).requestRedeem(OFFSET, bob, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC20InsufficientAllowance')
        .withArgs(bob, 0, OFFSET)
      await w.pool.connect(who.alice).approve(bob, OFFSET)
      await w.pool.connect(who.bob).requestRedeem(OFFSET, bob, alice)
      expect(await w.pool.allowance(alice, bob)).to.equal(0n)
      await w.pool.connect(who.alice).setOperator(bob, true)
      await w.pool.connect(who.bob).requestRedeem(OFFSET, bob, alice)
      expect(await w.pool.queuedShares()).to.equal(2n * OFFSET)
    })

    it('is claimed only by the controller or its operator', async () => {
      await request(who.alice, OFFSET)
      await networkHelpers.time.increase(NOTICE)
      for (const claim of ['redeem', 'withdraw'] as const)
        await expect(w.pool.connect(who.bob)[claim](1, bob, alice))
          .to.be.revertedWithCustomError(w.pool, 'Pools_NotOperator')
          .withArgs(alice, bob)
      await w.pool.connect(who.alice).setOperator(bob, true)
      await w.pool.connect(who.bob).redeem(OFFSET, bob, alice)
      await w.pool.connect(who.alice).setOperator(bob, false)
      await expect(w.pool.connect(who.bob).redeem(0, bob, alice))
        .to.be.revertedWithCustomError(w.pool, 'Pools_NotOperator')
        .withArgs(alice, bob)
    })

    it('has at most eight open requests a controller', async () => {
      for (let i = 0; i < 8; i++) await request(who.alice, OFFSET)
      await expect(w.pool.connect(who.alice).requestRedeem(OFFSET, alice, alice))
        .to.be.revertedWithCustomError(w.pool, 'Pools_TooManyRequests')
        .withArgs(alice, 8)
      await networkHelpers.time.increase(NOTICE)
      await w.pool.connect(who.alice).redeem(8n * OFFSET, alice, alice)
      expect(await w.pool.requestsOf(alice)).to.deep.equal([])
      await request(who.alice, OFFSET)
    })

    it('asks for at least one share, that the owner has', async () => {
      await expect(w.pool.connect(who.alice).requestRedeem(0, alice, alice)).to.be.revertedWithCustomError(
        w.pool,
        'Pools_ZeroShares',
      )
      const more = (await w.pool.balanceOf(alice)) + 1n
      await expect(w.pool.connect(who.alice).requestRedeem(more, alice, alice))
        .to.be.revertedWithCustomError(w.pool, 'ERC20InsufficientBalance')
        .withArgs(alice, more - 1n, more)
    })

    it('cannot take shares twice: what is requested has left the owner', async () => {
      await request(who.alice, await w.pool.balanceOf(alice))
      await expect(w.pool.connect(who.alice).transfer(bob, 1))
        .to.be.revertedWithCustomError(w.pool, 'ERC20InsufficientBalance')
        .withArgs(alice, 0, 1)
    })
  })

  describe('to the policy book alone', () => {
    it('belong locking, paying, closing and exposing', async () => {
      const pool = w.pool.connect(who.curator)
      const calls = [
        () => pool.lock(1, who.underwriter.address, alice, 0, 1),
        () => pool.pay(1, alice, 1),
        () => pool.close(1, 0, 0),
        () => pool.expose(1, 1, true),
      ]
      for (const call of calls)
        await expect(call()).to.be.revertedWithCustomError(w.pool, 'Pools_NotBook').withArgs(who.curator.address)
    })
  })

  it('lets only the curator enable underwriters', async () => {
    await expect(w.pool.connect(who.underwriter).setUnderwriter(who.stranger.address, true))
      .to.be.revertedWithCustomError(w.pool, 'AccessManagedUnauthorized')
      .withArgs(who.underwriter.address)
    await expect(w.pool.connect(who.curator).setUnderwriter(who.stranger.address, true))
      .to.emit(w.pool, 'UnderwriterSet')
      .withArgs(who.stranger.address, true)
    expect(await w.pool.isUnderwriter(who.stranger.address)).to.equal(true)
  })

  it('gives a notice of its reporting lag and the challenge window, and is not built without a lag', async () => {
    expect(await w.pool.noticeSeconds()).to.equal(REPORTING_LAG + DAY)
    await expect(
      ethers.deployContract('RiskPool', [w.token, 'P', 'P', w.authority, w.book, 0]),
    ).to.be.revertedWithCustomError(w.pool, 'Pools_NoReportingLag')
  })

  it('says what it is: ERC-7540 redemption and operators, ERC-7575, ERC-165', async () => {
    for (const [id, supported] of [
      ['0x01ffc9a7', true],
      ['0xe3bc4e65', true],
      ['0x620ee8e4', true],
      ['0x2f0a18c5', true],
      ['0xce3bbe50', false], // ERC-7540 deposits
      ['0xffffffff', false],
    ] as const)
      expect(await w.pool.supportsInterface(id), id).to.equal(supported)
    // each id is the exclusive or of its functions' selectors
    const idOf = (...names: string[]) =>
      ethers.toBeHex(
        names.reduce((id, name) => id ^ BigInt(w.pool.interface.getFunction(name as 'share')?.selector ?? 0), 0n),
        4,
      )
    expect(idOf('setOperator', 'isOperator')).to.equal('0xe3bc4e65')
    expect(idOf('requestRedeem', 'pendingRedeemRequest', 'claimableRedeemRequest')).to.equal('0x620ee8e4')
    const vault =
      'asset convertToAssets convertToShares deposit maxDeposit maxMint maxRedeem maxWithdraw mint previewDeposit ' +
      'previewMint previewRedeem previewWithdraw redeem share totalAssets withdraw'
    expect(idOf(...vault.split(' '))).to.equal('0x2f0a18c5')
    expect(await w.pool.share()).to.equal(w.addresses.pool)
  })

  it('keeps every asset in one of its four accounts', async () => {
    const a = await bindRamp(w, { coverAssets: 400_000n * UNIT })
    const b = await bind(w, { coverAssets: 100_000n * UNIT })
    await settle(w, a.policyId, await evidence(w, 500n))
    await lapse(w, b.policyId, await evidence(w, 0n))
    await conserved()
    expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())
    expect(await w.pool.heldAssets()).to.equal(1_500_000n * UNIT + 100n * UNIT - 200_000n * UNIT)
  })
})
