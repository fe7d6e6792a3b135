import { expect } from 'chai'
import {
  at,
  DAY,
  DECISION,
  deploy,
  ethers,
  funded,
  grant,
  hashOf,
  NOTICE,
  networkHelpers,
  now,
  ORIGIN,
  PERIOD,
  pay,
  Setting,
  set,
  terms,
  UNIT,
  type World,
} from './world.ts'

const fixture = () => networkHelpers.loadFixture(funded)
const settingOf = async (w: World, setting: number) => (await w.commons.settingOf(w.asset, setting)).map(Number)

describe('Commons: limits', () => {
  it('are nothing until something was announced: what is held cannot be awarded', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await pay(w, 100n * UNIT)
    await expect(grant(w))
      .to.be.revertedWithCustomError(w.commons, 'Commons_OverLimit')
      .withArgs(w.asset, 100n * UNIT, 0n)
    await w.commons.connect(w.panel).awardCompensation(w.asset, w.household.address, 5n, ORIGIN)
    expect((await w.commons.bookOf(w.asset)).awarded).to.equal(0n)
    expect(await settingOf(w, Setting.grantLimit)).to.deep.equal([0, 0, 0])
  })

  it('change two weeks after that was announced, and are seen to until then', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await pay(w, 100n * UNIT)
    for (const setting of Object.values(Setting)) {
      const time = (await now()) + 5
      await at(time)
      await expect(w.commons.connect(w.budgeter).announce(w.asset, setting, 7n, DECISION))
        .to.emit(w.commons, 'SettingAnnounced')
        .withArgs(w.asset, setting, 7n, time + NOTICE, DECISION)
      expect(await settingOf(w, setting)).to.deep.equal([0, 7, time + NOTICE])
      await networkHelpers.time.increaseTo(time + NOTICE - 1)
      expect(await settingOf(w, setting)).to.deep.equal([0, 7, time + NOTICE])
      await networkHelpers.time.increaseTo(time + NOTICE)
      expect(await settingOf(w, setting)).to.deep.equal([7, 7, time + NOTICE])
    }
  })

  it('a change in place of one that is not in force yet drops that one, and waits two weeks itself', async () => {
    const w = await fixture()
    await w.commons.connect(w.budgeter).announce(w.asset, Setting.grantLimit, 900n * UNIT, DECISION)
    await networkHelpers.time.increase(NOTICE - DAY)
    await w.commons.connect(w.budgeter).announce(w.asset, Setting.grantLimit, 100n * UNIT, DECISION)
    await networkHelpers.time.increase(NOTICE - DAY)
    expect((await settingOf(w, Setting.grantLimit))[0]).to.equal(Number(600n * UNIT))
    await networkHelpers.time.increase(DAY)
    expect((await settingOf(w, Setting.grantLimit))[0]).to.equal(Number(100n * UNIT))
  })

  it('bound what was awarded in the last 30 days, to the second', async () => {
    const w = await fixture()
    const first = (await now()) + 10
    await at(first)
    await grant(w, { assets: 400n * UNIT })
    await at(first + 10 * DAY)
    await grant(w, { part: 1, assets: 200n * UNIT })
    await at(first + PERIOD - 1)
    await expect(grant(w, { part: 2, assets: 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_OverLimit')
      .withArgs(w.asset, 1n, 0n)
    await at(first + PERIOD)
    await expect(grant(w, { part: 2, assets: 400n * UNIT + 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.asset, 400n * UNIT + 1n, 400n * UNIT)
    await pay(w, 1_000n * UNIT)
    await expect(grant(w, { part: 2, assets: 400n * UNIT + 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_OverLimit')
      .withArgs(w.asset, 400n * UNIT + 1n, 400n * UNIT)
    await grant(w, { part: 2, assets: 400n * UNIT })
    expect(await w.commons.awardedLately(w.asset, Setting.grantLimit)).to.equal(600n * UNIT)
  })

  it('count several awards of one second together', async () => {
    const w = await fixture()
    await w.evidence.authority.grantRole(51n, await w.evidence.authority.getAddress(), 0)
    const grants = [1, 2].map(part =>
      w.commons.interface.encodeFunctionData('grant', [terms(w, { part, assets: 250n * UNIT })]),
    )
    const batch = await ethers.deployContract('Batch')
    await w.evidence.authority.grantRole(51n, await batch.getAddress(), 0)
    await batch.run(grants.map(data => ({ target: w.target, data })))
    expect(await w.commons.awardedLately(w.asset, Setting.grantLimit)).to.equal(500n * UNIT)
    await expect(grant(w, { part: 9, assets: 100n * UNIT + 1n })).to.be.revertedWithCustomError(
      w.commons,
      'Commons_OverLimit',
    )
  })

  it('of grants and of compensation do not touch each other, nor those of another asset', async () => {
    const w = await fixture()
    await grant(w, { assets: 600n * UNIT })
    expect(await w.commons.grantableAssets(w.asset)).to.equal(0n)
    expect(await w.commons.compensableAssets(w.asset)).to.equal(200n * UNIT)
    const other = await ethers.deployContract('TestStablecoin', ['Other', 'OTH', 6])
    await other.mint(w.target, 50n)
    await w.commons.take(other)
    await set(w, Setting.grantLimit, 40n, await other.getAddress())
    expect(await w.commons.grantableAssets(other)).to.equal(40n)
    expect(await w.commons.compensableAssets(other)).to.equal(0n)
  })

  it('lowered below what was awarded lately, let nothing more be awarded until that is 30 days old', async () => {
    const w = await fixture()
    await w.commons.connect(w.budgeter).announce(w.asset, Setting.grantLimit, 100n * UNIT, DECISION)
    await networkHelpers.time.increase(NOTICE - 10)
    await grant(w, { assets: 500n * UNIT })
    const awardedAt = await now()
    await networkHelpers.time.increase(20)
    expect(await w.commons.grantableAssets(w.asset)).to.equal(0n)
    await networkHelpers.time.increaseTo(awardedAt + PERIOD)
    expect(await w.commons.grantableAssets(w.asset)).to.equal(100n * UNIT)
  })

  it('a floor is left by grants, and a floor above what is there lets none through', async () => {
    const w = await fixture()
    await set(w, Setting.floor, 950n * UNIT)
    await expect(grant(w, { assets: 50n * UNIT + 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.asset, 50n * UNIT + 1n, 50n * UNIT)
    await grant(w, { assets: 50n * UNIT })
    await set(w, Setting.floor, 5_000n * UNIT)
    expect(await w.commons.grantableAssets(w.asset)).to.equal(0n)
    expect(await w.commons.freeAssets(w.asset)).to.equal(950n * UNIT)
    await w.commons.collect(await idOfFirst(w))
  })

  it('what came back counts for as long as if it had not', async () => {
    const w = await fixture()
    const t = terms(w, { assets: 600n * UNIT })
    const start = (await now()) + DAY
    await w.commons.connect(w.rail).stream(t, start, start, start + 100 * DAY)
    const id = await w.commons.awardIdOf(w.rail.address, t.decision, t.part)
    await w.commons.connect(w.revoker).revoke(id, hashOf('why'))
    expect(await w.commons.freeAssets(w.asset)).to.equal(1_000n * UNIT)
    expect(await w.commons.grantableAssets(w.asset)).to.equal(0n)
  })
})

const idOfFirst = (w: World) => w.commons.awardIdOf(w.rail.address, DECISION, 0)
