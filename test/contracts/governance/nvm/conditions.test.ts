import { expect } from 'chai'
import { addConditions, type Condition, removeConditions, withConditions } from './with-conditions.ts'
import {
  addressOf,
  amend,
  call,
  DAY,
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
  const breaks = async (calls: Parameters<typeof amend>[1], { target }: Condition) =>
    expect(amend(world, calls))
      .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      .withArgs(0, target)
  const manage = async (name: string, args: unknown[]) =>
    call(
      await addressOf(world.authority),
      world.authority.interface.encodeFunctionData(name as 'labelRole', args as never),
    )
  const holds = async () => (await world.constitution.holding()) === 1n

  it('about the threshold of the Safe: three to six', async () => {
    const { threshold } = all.conditions
    await amend(world, [await addConditions(world, threshold)])
    for (const n of [1, 2]) await breaks([await safeCall(world, 'changeThreshold', [n])], threshold)
    for (const n of [6, 3]) {
      await amend(world, [await safeCall(world, 'changeThreshold', [n])])
      expect(await holds()).to.equal(true)
    }
  })

  it('about module and guards of the Safe: they are where they were', async () => {
    const { module, guard, moduleGuard } = all.conditions
    const sentinel = '0x0000000000000000000000000000000000000001'
    for (const [one, calls] of [
      [module, [await safeCall(world, 'disableModule', [sentinel, await addressOf(world.module)])]],
      [guard, [await safeCall(world, 'setGuard', [ZeroAddress])]],
      [moduleGuard, [await safeCall(world, 'setModuleGuard', [ZeroAddress])]],
    ] as const) {
      await amend(world, [await addConditions(world, one)])
      expect(await holds()).to.equal(true)
      await breaks([...calls], one)
      await amend(world, [await removeConditions(world, 0)])
    }
  })

  it('about a role: its holder has it, at once, and the outsider has not, also not later; nobody but ADMIN gives it', async () => {
    const { conditions, outsider } = all
    const safe = await addressOf(world.safe)
    const cases: [Condition, Parameters<typeof manage>[]][] = [
      [conditions.held, [['revokeRole', [3, safe]]]],
      // a holder that has to wait for ever holds nothing
      [conditions.atOnce, [['grantRole', [3, safe, 2 ** 32 - 1]]]],
      [conditions.notHeld, [['grantRole', [3, outsider.address, 0]]]],
      [conditions.admin, [['setRoleAdmin', [3, 4]]]],
    ]
    for (const [one, calls] of cases) {
      await amend(world, [await addConditions(world, one)])
      expect(await holds()).to.equal(true)
      for (const breaking of calls) await breaks([await manage(...breaking)], one)
      await amend(world, [await manage('grantRole', [4, outsider.address, 0])])
      await amend(world, [await removeConditions(world, 0)])
    }
    // a role that is given with a delay is not held yet when the decision is looked at, and would be, days later, without another
    await amend(world, [await manage('setGrantDelay', [3, 3 * DAY])])
    await networkHelpers.time.increase(6 * DAY)
    await amend(world, [await addConditions(world, conditions.notHeld)])
    await breaks([await manage('grantRole', [3, outsider.address, 0])], conditions.notHeld)
  })

  it('about a pool: it has what it counts, and no more locked than it is worth', async () => {
    const { conditions, pool, token } = all
    expect(await pool.isSolvent()).to.equal(true)
    await amend(world, [await addConditions(world, conditions.solvent)])
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
    expect([await pool.isSolvent(), await holds()]).to.deep.equal([false, false])
    expect(await world.classes.kindOf(await addressOf(pool))).to.equal(Kind.plain)
  })

  it('about a pool: does not hold of one that locked more than it is worth', async () => {
    const { pool } = all
    // no transaction leads there: so the word that says what is locked is written by hand
    const lockedSlot = ethers.toBeHex(6, 32) // as in services/chain/storage-layout.json
    const total = await pool.totalAssets()
    for (const [locked, expected] of [
      [total, true],
      [total + 1n, false],
    ] as const) {
      await networkHelpers.setStorageAt(pool.target as string, lockedSlot, locked)
      expect(await pool.lockedAssets()).to.equal(locked)
      expect(await pool.isSolvent()).to.equal(expected)
    }
  })

  it('about the commons: it holds what it awarded, and has what it counts, beneficiaries’ part included', async () => {
    const { conditions, commons, token } = all
    const covers = { holds: async () => commons.coversAwards(await addressOf(token)) }
    expect(await covers.holds()).to.equal(true)
    await amend(world, [await addConditions(world, conditions.covers)])
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

  it('about the commons: does not hold of a commons that awarded more than it holds', async () => {
    const { commons, token } = all
    const covers = { holds: async () => commons.coversAwards(await addressOf(token)) }
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
