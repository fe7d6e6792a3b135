import { expect } from 'chai'
import { addCondition, withConditions } from './with-conditions.ts'
import {
  addressOf,
  amend,
  call,
  ethers,
  execute,
  hash,
  Kind,
  networkHelpers,
  note,
  open,
  safeCall,
  type World,
  yes,
  ZeroAddress,
} from './world.ts'

describe('A condition of the constitution', () => {
  let all: Awaited<ReturnType<typeof withConditions>>
  let world: World
  beforeEach(async () => {
    all = await networkHelpers.loadFixture(withConditions)
    world = all.world
  })
  const breaks = async (calls: Parameters<typeof amend>[1], condition: { getAddress(): Promise<string> }) =>
    expect(amend(world, calls))
      .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      .withArgs(0, await addressOf(condition))

  it('SafeThresholdInRange: three to six, and module and guards where they were', async () => {
    const { threshold } = all
    expect([await threshold.safe(), await threshold.module(), await threshold.guard()]).to.deep.equal([
      await addressOf(world.safe),
      await addressOf(world.module),
      await addressOf(world.guard),
    ])
    await amend(world, [await addCondition(world, threshold)])
    for (const n of [1, 2]) await breaks([await safeCall(world, 'changeThreshold', [n])], threshold)
    for (const n of [6, 3]) {
      await amend(world, [await safeCall(world, 'changeThreshold', [n])])
      expect(await threshold.holds()).to.equal(true)
    }
    await breaks([await safeCall(world, 'setGuard', [ZeroAddress])], threshold)
    await breaks([await safeCall(world, 'setModuleGuard', [ZeroAddress])], threshold)
    const sentinel = '0x0000000000000000000000000000000000000001'
    await breaks([await safeCall(world, 'disableModule', [sentinel, await addressOf(world.module)])], threshold)
    const seventh = await ethers.deployContract('SafeThresholdInRange', [
      await addressOf(world.safe),
      await addressOf(world.guard),
      await addressOf(world.guard),
    ])
    expect(await seventh.holds()).to.equal(false)
  })

  it('RoleHeldOnlyBy: its holder has it, the outsiders have not, and nobody but ADMIN gives it', async () => {
    const { role, outsider } = all
    await amend(world, [await addCondition(world, role)])
    const manage = async (name: string, args: unknown[]) =>
      call(
        await addressOf(world.authority),
        world.authority.interface.encodeFunctionData(name as 'labelRole', args as never),
      )
    await breaks([await manage('grantRole', [3, outsider.address, 0])], role)
    await breaks([await manage('revokeRole', [3, await addressOf(world.safe)])], role)
    await breaks([await manage('setRoleAdmin', [3, 4])], role)
    await amend(world, [await manage('grantRole', [4, outsider.address, 0])])
    expect(await role.holds()).to.equal(true)
    expect(await role.outsiders()).to.deep.equal([outsider.address, ZeroAddress, ZeroAddress])
    const accounts = ['a', 'b', 'c', 'd'].map(name => hash(name).slice(0, 42))
    const manager = await addressOf(world.authority)
    const three = await ethers.deployContract('RoleHeldOnlyBy', [
      manager,
      3,
      await addressOf(world.safe),
      accounts.slice(0, 3),
    ])
    expect(await three.holds()).to.equal(true)
    expect([await three.manager(), await three.roleId(), await three.holder()]).to.deep.equal([
      manager,
      3n,
      await addressOf(world.safe),
    ])
    await expect(ethers.deployContract('RoleHeldOnlyBy', [manager, 3, manager, accounts]))
      .to.be.revertedWithCustomError(role, 'RoleHeldOnlyBy_TooMany')
      .withArgs(3)
  })

  it('PoolSolvent: a pool has what it counts, and no more locked than it is worth', async () => {
    const { solvent, pool, token } = all
    expect([await solvent.pool(), await solvent.asset()]).to.deep.equal([await addressOf(pool), await addressOf(token)])
    expect(await solvent.holds()).to.equal(true)
    await amend(world, [await addCondition(world, solvent)])
    // nothing that governance can reach takes assets from a pool: so an account of the pool's own does, in a decision
    await networkHelpers.impersonateAccount(await addressOf(pool))
    await networkHelpers.setBalance(await addressOf(pool), 10n ** 18n)
    const asPool = token.connect(await ethers.getSigner(await addressOf(pool)))
    await asPool.approve(await addressOf(world.target), 1n)
    const take = token.interface.encodeFunctionData('transferFrom', [
      await addressOf(pool),
      hash('away').slice(0, 42),
      1n,
    ])
    const decision = await open(world, [
      call(
        await addressOf(world.target),
        world.target.interface.encodeFunctionData('callBack', [await addressOf(token), take]),
      ),
    ])
    await yes(world, decision.id, [0, 1, 2])
    await expect(execute(world, decision)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
    const innocent = await open(world, [await note(world)])
    await yes(world, innocent.id, [0, 1, 2])
    await execute(world, innocent)
    await asPool.transfer(hash('away').slice(0, 42), 1n)
    expect(await solvent.holds()).to.equal(false)
    expect(await world.classes.kindOf(await addressOf(pool))).to.equal(Kind.plain)
  })

  it('CommonsCoversAwards: the commons holds what it awarded, and has what it counts, beneficiaries’ part included', async () => {
    const { covers, commons, token } = all
    expect([await covers.commons(), await covers.asset()]).to.deep.equal([
      await addressOf(commons),
      await addressOf(token),
    ])
    expect(await covers.holds()).to.equal(true)
    await amend(world, [await addCondition(world, covers)])
    const commonsAddress = await addressOf(commons)
    await networkHelpers.impersonateAccount(commonsAddress)
    await networkHelpers.setBalance(commonsAddress, 10n ** 18n)
    const asCommons = token.connect(await ethers.getSigner(commonsAddress))
    await asCommons.approve(await addressOf(world.target), 1n)
    const away = hash('away').slice(0, 42)
    const take = token.interface.encodeFunctionData('transferFrom', [commonsAddress, away, 1n])
    const decision = await open(world, [
      call(
        await addressOf(world.target),
        world.target.interface.encodeFunctionData('callBack', [await addressOf(token), take]),
      ),
    ])
    await yes(world, decision.id, [0, 1, 2])
    await expect(execute(world, decision)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
    // what reached it without a deposit is nobody's yet, and does not break it either
    await token.mint(commonsAddress, 1n)
    await execute(world, decision)
    expect(await covers.holds()).to.equal(true)
    await asCommons.transfer(away, 1n)
    expect(await covers.holds()).to.equal(false)
  })

  it('CommonsCoversAwards: does not hold of a commons that awarded more than it holds', async () => {
    const { covers, commons, token } = all
    // no transaction leads there: so the word that says what is awarded is written by hand
    const books = 4n // as in services/chain/storage-layout.json
    const slot = BigInt(
      ethers.keccak256(
        ethers.AbiCoder.defaultAbiCoder().encode(['address', 'uint256'], [await addressOf(token), books]),
      ),
    )
    const { held } = await commons.bookOf(await addressOf(token))
    const write = (awarded: bigint) =>
      networkHelpers.setStorageAt(commons.target as string, ethers.toBeHex(slot + 1n, 32), awarded)
    await write(held)
    expect((await commons.bookOf(await addressOf(token))).awarded).to.equal(held)
    expect(await covers.holds()).to.equal(true)
    await write(held + 1n)
    expect(await covers.holds()).to.equal(false)
  })
})
