import { expect } from 'chai'
import type {
  BlacklistToken,
  FeeToken,
  LyingToken,
  RebasingToken,
  ReentrantToken,
} from '../../../types/ethers-contracts/index.ts'
import {
  bind,
  deployWith,
  ethers,
  evidence,
  NOTICE,
  networkHelpers,
  people,
  REPORTING_LAG,
  Status,
  settle,
  statusOf,
  UNIT,
  type World,
} from './world.ts'

const as = <T>(w: World) => w.token as unknown as T
const Manner = { reverts: 0, returnsFalse: 1, burnsGas: 2 } as const

const deploySilent = () => deployWith('SilentToken')

describe('Tokens that break an assumption', () => {
  let who: Awaited<ReturnType<typeof people>>
  before(async () => {
    who = await people()
  })

  describe('a fee on transfer', () => {
    const deploy = () => deployWith('FeeToken')

    it('is refused where capital or premium comes in', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      await as<FeeToken>(w).setFeeBps(100)
      await expect(w.pool.connect(who.alice).deposit(1_000n * UNIT, who.alice.address))
        .to.be.revertedWithCustomError(w.pool, 'Pools_TransferMismatch')
        .withArgs(1_000n * UNIT, 990n * UNIT)
      await expect(w.pool.connect(who.alice).mint(10n ** 12n, who.alice.address)).to.be.revertedWithCustomError(
        w.pool,
        'Pools_TransferMismatch',
      )
      await expect(bind(w))
        .to.be.revertedWithCustomError(w.pool, 'Pools_TransferMismatch')
        .withArgs(50n * UNIT, (50n * UNIT * 99n) / 100n)
      expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT)
    })

    it('that is switched on later costs the receiver of a payout, never the pool', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const { policyId } = await bind(w)
      await as<FeeToken>(w).setFeeBps(100)
      await settle(w, policyId, await evidence(w, 640n))
      expect(await w.token.balanceOf(who.holder.address)).to.equal(990n * UNIT)
      expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())
    })
  })

  describe('balances that change by themselves', () => {
    const deploy = () => deployWith('RebasingToken')

    it('make nobody richer when they grow', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const price = await w.pool.convertToAssets(10n ** 12n)
      await as<RebasingToken>(w).rebase(11_000)
      expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT)
      expect(await w.pool.convertToAssets(10n ** 12n)).to.equal(price)
    })

    it('leave the last without money when they shrink: why such tokens must not be listed', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      await as<RebasingToken>(w).rebase(5_000)
      for (const one of [who.alice, who.bob])
        await w.pool.connect(one).requestRedeem(await w.pool.balanceOf(one.address), one.address, one.address)
      await networkHelpers.time.increase(NOTICE)
      // the mock moves unscaled amounts, so alice's exit empties the pool for bob
      await w.pool.connect(who.alice).redeem(10n ** 18n, who.alice.address, who.alice.address)
      expect(await w.token.balanceOf(w.addresses.pool)).to.be.below(await w.pool.heldAssets())
    })
  })

  describe('a receiver that the token refuses', () => {
    const deploy = () => deployWith('BlacklistToken')

    for (const [name, manner] of Object.entries(Manner))
      it(`does not stop a settlement: the payout is owed (the token ${name})`, async () => {
        const w = await networkHelpers.loadFixture(deploy)
        const token = as<BlacklistToken>(w)
        const { policyId } = await bind(w)
        await token.setBlacklisted(who.holder.address, true, manner)
        await expect(settle(w, policyId, await evidence(w, 640n)))
          .to.emit(w.pool, 'PayoutSettled')
          .withArgs(policyId, who.holder.address, 1_000n * UNIT, true)
        expect(await statusOf(w, policyId)).to.equal(Status.paid)
        expect(await w.pool.owedOf(who.holder.address)).to.equal(1_000n * UNIT)
        expect(await w.pool.owedAssets()).to.equal(1_000n * UNIT)
        expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT - 950n * UNIT)
        expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())

        // still refused: nothing changes
        await expect(w.pool.withdrawOwed(who.holder.address)).to.revert(ethers)
        expect(await w.pool.owedOf(who.holder.address)).to.equal(1_000n * UNIT)

        await token.setBlacklisted(who.holder.address, false, manner)
        await expect(w.pool.connect(who.stranger).withdrawOwed(who.holder.address))
          .to.emit(w.pool, 'OwedWithdrawn')
          .withArgs(who.holder.address, 1_000n * UNIT)
        expect(await w.token.balanceOf(who.holder.address)).to.equal(1_000n * UNIT)
        expect(await w.pool.owedAssets()).to.equal(0n)
        await expect(w.pool.withdrawOwed(who.holder.address))
          .to.be.revertedWithCustomError(w.pool, 'Pools_NothingOwed')
          .withArgs(who.holder.address)
      })

    it('cannot be feigned by calling with little gas', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const { policyId } = await bind(w)
      const aepId = await evidence(w, 640n)
      const enough = await w.book.settle.estimateGas(policyId, aepId)
      // whatever the gas, the payout is made or nothing happens at all
      for (let gasLimit = enough; gasLimit > 40_000n; gasLimit -= 1_500n) {
        const snapshot = await networkHelpers.takeSnapshot()
        const sent = await w.book.settle(policyId, aepId, { gasLimit }).catch(() => null)
        const receipt = await sent?.wait().catch(() => null)
        if (receipt) expect(await w.pool.owedAssets(), `${gasLimit} gas`).to.equal(0n)
        else expect(await statusOf(w, policyId), `${gasLimit} gas`).to.equal(Status.active)
        await snapshot.restore()
      }
    })
  })

  describe('a token that lies', () => {
    const deploy = () => deployWith('TestStablecoin', 'x', 'x', 6)

    it('about having moved something is refused, and so is one that says no', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const token = await ethers.deployContract('LyingToken')
      const pool = await ethers.deployContract('RiskPool', [token, 'P', 'P', w.authority, w.book, REPORTING_LAG])
      await token.setAnswer(true)
      await expect(pool.connect(who.alice).deposit(UNIT, who.alice.address))
        .to.be.revertedWithCustomError(pool, 'Pools_TransferMismatch')
        .withArgs(UNIT, 0)
      await (token as LyingToken).setAnswer(false)
      await expect(pool.connect(who.alice).deposit(UNIT, who.alice.address))
        .to.be.revertedWithCustomError(pool, 'SafeERC20FailedOperation')
        .withArgs(token)
    })
  })

  it('work when they return nothing, as old ones do', async () => {
    const w = await networkHelpers.loadFixture(deploySilent)
    const { policyId } = await bind(w)
    await settle(w, policyId, await evidence(w, 640n))
    expect(await w.token.balanceOf(who.holder.address)).to.equal(1_000n * UNIT)
    expect(await w.pool.owedAssets()).to.equal(0n)
  })

  describe('a call back in the middle of a transfer', () => {
    const deploy = () => deployWith('ReentrantToken')

    /** What the token tries while the pool or the book is in the middle of something. */
    async function attacks(w: World, policyId: bigint, aepId: string) {
      const { pool, book } = w
      const account = who.alice.address
      return [
        [w.addresses.pool, pool.interface.encodeFunctionData('deposit', [1, account])],
        [w.addresses.pool, pool.interface.encodeFunctionData('mint', [1, account])],
        [
          w.addresses.pool,
          pool.interface.encodeFunctionData('requestRedeem', [1, w.addresses.token, w.addresses.token]),
        ],
        [w.addresses.pool, pool.interface.encodeFunctionData('redeem', [0, w.addresses.token, w.addresses.token])],
        [w.addresses.pool, pool.interface.encodeFunctionData('withdraw', [0, w.addresses.token, w.addresses.token])],
        [w.addresses.pool, pool.interface.encodeFunctionData('withdrawOwed', [account])],
        [w.addresses.book, book.interface.encodeFunctionData('settle', [policyId, aepId])],
        [w.addresses.book, book.interface.encodeFunctionData('lapse(uint256,bytes32)', [policyId, aepId])],
      ] as const
    }

    it('gets nowhere from a deposit, a premium or a payout', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const token = as<ReentrantToken>(w)
      const refusal = w.pool.interface.encodeErrorResult('ReentrancyGuardReentrantCall')
      const other = await bind(w)
      const aepId = await evidence(w, 640n)
      for (const [target, payload] of await attacks(w, other.policyId, aepId)) {
        const fromTheBook = async (act: () => Promise<unknown>) => {
          const snapshot = await networkHelpers.takeSnapshot()
          await token.arm(target, payload)
          await act()
          expect(await token.aim(), 'the token called back').to.equal(ethers.ZeroAddress)
          expect(await token.reentered()).to.equal(false)
          expect(await token.outcome()).to.equal(refusal)
          expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())
          await snapshot.restore()
        }
        await fromTheBook(() => bind(w))
        await fromTheBook(async () => {
          const { policyId } = other
          await settle(w, policyId, aepId)
        })
        if (target === w.addresses.pool)
          await fromTheBook(() => w.pool.connect(who.alice).deposit(UNIT, who.alice.address))
      }
    })

    it('gets nowhere from a redemption either', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const token = as<ReentrantToken>(w)
      const account = who.alice.address
      const shares = await w.pool.balanceOf(account)
      await w.pool.connect(who.alice).requestRedeem(shares, account, account)
      await w.pool.connect(who.alice).setOperator(w.addresses.token, true)
      await networkHelpers.time.increase(NOTICE)
      const payload = w.pool.interface.encodeFunctionData('redeem', [shares / 2n, account, account])
      await token.arm(w.addresses.pool, payload)
      await w.pool.connect(who.alice).redeem(shares / 2n, account, account)
      expect(await token.reentered()).to.equal(false)
      expect(await w.pool.maxRedeem(account)).to.equal(shares / 2n)
      expect(await w.token.balanceOf(w.addresses.pool)).to.equal(await w.pool.heldAssets())
    })

    it('cannot settle a policy between a deposit’s transfer and its shares', async () => {
      const w = await networkHelpers.loadFixture(deploy)
      const token = as<ReentrantToken>(w)
      const { policyId } = await bind(w)
      const aepId = await evidence(w, 640n)
      await token.arm(w.addresses.book, w.book.interface.encodeFunctionData('settle', [policyId, aepId]))
      await w.pool.connect(who.alice).deposit(UNIT, who.alice.address)
      expect(await token.reentered()).to.equal(false)
      expect(await statusOf(w, policyId)).to.equal(Status.active)
    })
  })
})
