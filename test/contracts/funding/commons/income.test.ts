import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  booksOf,
  deploy,
  ethers,
  grant,
  hashOf,
  networkHelpers,
  ORIGIN,
  pay,
  Setting,
  Source,
  set,
  sharesOf,
  UNIT,
  ZeroAddress,
} from './world.ts'

const fixture = () => networkHelpers.loadFixture(deploy)

describe('Commons: income', () => {
  it('keeps the share of each source, and lets its beneficiary have the rest', async () => {
    const w = await fixture()
    const kept = { fee: 20n, leftover: 100n, slash: 50n, gift: 100n }
    for (const [name, keptAssets] of Object.entries(kept)) {
      const source = Source[name as keyof typeof Source]
      await expect(pay(w, 100n, source))
        .to.emit(w.commons, 'IncomeTaken')
        .withArgs(w.asset, source, w.stranger.address, keptAssets, 100n - keptAssets, ORIGIN)
      const income = await w.commons.incomeOf(w.asset, source)
      expect([income.kept, income.passed, income.fetched]).to.deep.equal([keptAssets, 100n - keptAssets, 0n])
    }
    expect(await booksOf(w)).to.deep.equal({ held: 270n, due: 130n, awarded: 0n, paid: 0n, balance: 400n })
  })

  it('shows its shares: in events when it is made, and ever after', async () => {
    const w = await fixture()
    const shares = sharesOf(w)
    const made = w.commons.deploymentTransaction()
    for (const [source, { keptBps, beneficiary }] of shares.entries()) {
      await expect(made).to.emit(w.commons, 'ShareFixed').withArgs(source, keptBps, beneficiary)
      expect(await w.commons.shareOf(source)).to.deep.equal([BigInt(keptBps), beneficiary])
    }
    expect(await w.commons.registry()).to.equal(await w.evidence.registry.getAddress())
  })

  it('pays a beneficiary what was passed on to it, whoever asks, and once', async () => {
    const w = await fixture()
    await pay(w, 100n, Source.fee)
    await pay(w, 60n, Source.slash)
    const fetch = () => w.commons.connect(w.stranger).fetch(w.asset, Source.fee)
    await expect(fetch()).to.emit(w.commons, 'IncomeFetched').withArgs(w.asset, Source.fee, w.treasury.address, 80n)
    expect(await w.token.balanceOf(w.treasury.address)).to.equal(80n)
    await expect(fetch()).to.be.revertedWithCustomError(w.commons, 'Commons_NothingDue').withArgs(w.asset, Source.fee)
    await pay(w, 10n, Source.fee)
    await fetch()
    expect(await w.token.balanceOf(w.treasury.address)).to.equal(88n)
    await w.commons.fetch(w.asset, Source.slash)
    expect(await w.token.balanceOf(w.harmed.address)).to.equal(30n)
    expect(await booksOf(w)).to.deep.equal({ held: 52n, due: 0n, awarded: 0n, paid: 0n, balance: 52n })
  })

  it('counts what was only sent as a gift, when somebody says so, and nothing twice', async () => {
    const w = await fixture()
    await pay(w, 100n, Source.fee)
    await w.token.mint(w.target, 7n)
    expect((await w.commons.bookOf(w.asset)).held).to.equal(20n)
    expect(await w.commons.take.staticCall(w.asset)).to.equal(7n)
    await expect(w.commons.connect(w.stranger).take(w.asset))
      .to.emit(w.commons, 'IncomeTaken')
      .withArgs(w.asset, Source.gift, ZeroAddress, 7n, 0n, ethers.ZeroHash)
    expect(await booksOf(w)).to.deep.equal({ held: 27n, due: 80n, awarded: 0n, paid: 0n, balance: 107n })
    await expect(w.commons.take(w.asset))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NothingFound')
      .withArgs(w.asset)
  })

  it('lets nothing that was only sent be awarded before it is counted', async () => {
    const w = await fixture()
    await w.token.mint(w.target, 100n * UNIT)
    await set(w, Setting.grantLimit, 100n * UNIT)
    await expect(grant(w))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.asset, 100n * UNIT, 0n)
    await w.commons.take(w.asset)
    await grant(w)
  })

  it('takes a deposit of nothing, so that nobody who closes his books hangs on it', async () => {
    const w = await fixture()
    await expect(pay(w, 0n, Source.leftover)).to.emit(w.commons, 'IncomeTaken')
    expect((await booksOf(w)).held).to.equal(0n)
  })

  it('is not made with a share above one, or with a beneficiary and nothing for it, or the other way round', async () => {
    const w = await fixture()
    const { authority, registry } = w.evidence
    const made = (change: { keptBps?: number; beneficiary?: string }, source: number) =>
      ethers.deployContract('CommonsFund', [
        authority,
        registry,
        sharesOf(w).map((share, n) => (n === source ? { ...share, ...change } : share)),
      ])
    await expect(made({ keptBps: 10_001 }, Source.gift))
      .to.be.revertedWithCustomError(w.commons, 'Commons_ShareAboveOne')
      .withArgs(Source.gift, 10_001)
    await expect(made({ keptBps: 9_999 }, Source.leftover))
      .to.be.revertedWithCustomError(w.commons, 'Commons_BeneficiaryMismatch')
      .withArgs(Source.leftover, 9_999, ZeroAddress)
    await expect(made({ keptBps: 10_000 }, Source.fee))
      .to.be.revertedWithCustomError(w.commons, 'Commons_BeneficiaryMismatch')
      .withArgs(Source.fee, 10_000, w.treasury.address)
    await made({ keptBps: 0 }, Source.slash)
  })

  it('splits every amount of the published vectors as they say', async () => {
    const w = await fixture()
    const file = new URL('../../../../standards/vectors/commons.json', import.meta.url)
    const { shares } = JSON.parse(readFileSync(file, 'utf8')) as {
      shares: { assets: string; keptBps: number; keptAssets: string; passedAssets: string }[]
    }
    expect(shares.length).to.be.greaterThan(10)
    const { authority, registry } = w.evidence
    for (const { assets, keptBps, keptAssets, passedAssets } of shares) {
      const beneficiary = keptBps === 10_000 ? ZeroAddress : w.treasury.address
      const all = Array.from({ length: 4 }, () => ({ keptBps, beneficiary }))
      const commons = await ethers.deployContract('CommonsFund', [authority, registry, all])
      const target = await commons.getAddress()
      const token = await ethers.deployContract('TestStablecoin', ['Test Dollar', 'TUSD', 6])
      await token.mint(w.stranger.address, assets)
      await token.connect(w.stranger).approve(target, assets)
      await commons.connect(w.stranger).deposit(token, assets, Source.fee, hashOf('vector'))
      const { held, due } = await commons.bookOf(token)
      expect([held, due].map(String), `${assets} at ${keptBps}`).to.deep.equal([keptAssets, passedAssets])
    }
  })

  it('vests every stream of the published vectors as they say', async () => {
    const file = new URL('../../../../standards/vectors/commons.json', import.meta.url)
    const { vesting } = JSON.parse(readFileSync(file, 'utf8')) as {
      vesting: (Record<'what' | 'assets' | 'vestedAssets', string> &
        Record<'startAt' | 'cliffAt' | 'endAt' | 'time', number>)[]
    }
    expect(vesting.length).to.be.greaterThan(10)
    const harness = await ethers.deployContract('VestingHarness')
    for (const { what, assets, startAt, cliffAt, endAt, time, vestedAssets } of vesting)
      expect(await harness.vested(assets, startAt, cliffAt, endAt, time), what).to.equal(vestedAssets)
  })
})
