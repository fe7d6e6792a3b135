import { expect } from 'chai'
import type { CommonsFund } from '../../../../types/ethers-contracts/index.ts'
import { anchor, cite, decide, deploySuite, openRail, people, propose, ripen } from '../../governance/rail/world.ts'
import { DAY, ethers, NOTICE, networkHelpers, ORIGIN, ROLE, Setting, Source, UNIT } from './world.ts'

/** A rail whose timelock awards from the commons, and whose treasury has what is passed on of fees. */
async function railFixture() {
  const suite = await deploySuite()
  const rail = await openRail(suite)
  const { admin, stranger } = await people()
  const all = { keptBps: 10_000, beneficiary: ethers.ZeroAddress }
  const shares = [{ keptBps: 2_000, beneficiary: await rail.treasury.getAddress() }, all, all, all]
  const commons = (await ethers.deployContract('CommonsFund', [
    ...[suite.authority, suite.evidence.registry, shares],
  ])) as unknown as CommonsFund
  const select = (names: readonly ('grant' | 'stream' | 'pledge' | 'announce')[]) =>
    names.map(name => commons.interface.getFunction(name).selector)
  await suite.authority.setTargetFunctionRole(commons, select(['grant', 'stream', 'pledge']), ROLE.granting)
  await suite.authority.setTargetFunctionRole(commons, select(['announce']), ROLE.budgeting)
  await suite.authority.grantRole(ROLE.granting, rail.timelock, 0)
  await suite.authority.grantRole(ROLE.budgeting, admin, 0)
  const asset = await suite.stablecoin.getAddress()
  await suite.stablecoin.mint(stranger, 1_000n * UNIT)
  await suite.stablecoin.connect(stranger).approve(commons, 1_000n * UNIT)
  await commons.connect(stranger).deposit(asset, 1_000n * UNIT, Source.fee, ORIGIN)
  await commons.connect(admin).announce(asset, Setting.grantLimit, 150n * UNIT, ORIGIN)
  await networkHelpers.time.increase(NOTICE)
  const grantCall = (description: string, assets: bigint, to: string) => ({
    target: commons,
    data: commons.interface.encodeFunctionData('grant', [
      { decision: ethers.id(description), part: 0, asset, to, assets },
    ]),
  })
  return { suite, rail, commons, asset, grantCall }
}

describe('Commons: a rail', () => {
  it('awards by a vote on evidence, and the award names the proposal by its description', async () => {
    const { suite, rail, commons, asset, grantCall } = await networkHelpers.loadFixture(railFixture)
    const { eve } = await people()
    await anchor(suite.evidence, suite.evidence.report)
    await networkHelpers.time.increase(3 * DAY)
    const description = 'Seed for the terraces above the river'
    const calls = [cite(suite, suite.evidence.report.aepRoot), grantCall(description, 100n * UNIT, eve.address)]
    const timelock = await rail.timelock.getAddress()
    const awardId = await commons.awardIdOf(timelock, ethers.id(description), 0)
    await expect(decide(suite, rail, calls, description))
      .to.emit(commons, 'AwardMade')
      .withArgs(awardId, ethers.id(description), eve.address, 0, asset, 100n * UNIT, timelock, 0)
    await commons.collect(awardId)
    expect(await suite.stablecoin.balanceOf(eve)).to.equal(100n * UNIT)
  })

  it('awards nothing past the NVM: a grant needs its consent, unless the rail’s page says otherwise', async () => {
    const { rail, grantCall } = await networkHelpers.loadFixture(railFixture)
    const { eve } = await people()
    const proposed = await ripen(rail, [grantCall('alone', 100n * UNIT, eve.address)], 'alone')
    await expect(rail.governor.execute(...proposed.action)).to.be.revertedWithCustomError(
      rail.timelock,
      'Rails_NeedsConsent',
    )
  })

  it('awards nothing beyond its limit, however the vote went: the whole proposal reverts', async () => {
    const { suite, rail, commons, asset, grantCall } = await networkHelpers.loadFixture(railFixture)
    const { eve } = await people()
    await expect(
      decide(suite, rail, [grantCall('too much', 151n * UNIT, eve.address)], 'too much'),
    ).to.be.revertedWithCustomError(commons, 'Commons_OverLimit')
    expect((await commons.bookOf(asset)).awarded).to.equal(0n)
    expect(await propose(rail, [grantCall('another', 1n, eve.address)], 'another')).to.have.property('id')
  })

  it('finds in its treasury what was passed on', async () => {
    const { suite, rail, commons, asset } = await networkHelpers.loadFixture(railFixture)
    await commons.fetch(asset, Source.fee)
    expect(await suite.stablecoin.balanceOf(rail.treasury)).to.equal(800n * UNIT)
  })
})
