import { addressOf, call, DAY, deploy, ethers, type World } from './world.ts'

const UNIT = 10n ** 6n

/** A pool on the real registry, with capital, in the hands of the NVM. */
export async function withConditions() {
  const world = await deploy()
  const [, outsider, investor] = await ethers.getSigners()
  if (!outsider || !investor) throw new Error('too few accounts')
  const manager = await addressOf(world.authority)
  const token = await ethers.deployContract('TestStablecoin', ['Test Dollar', 'TUSD', 6])
  const store = await ethers.deployContract('TermsStore', [manager])
  const book = await ethers.deployContract('PolicyBook', [
    manager,
    await addressOf(world.registry),
    await addressOf(store),
  ])
  const pool = await ethers.deployContract('RiskPool', [
    await addressOf(token),
    'Pool',
    'POOL',
    manager,
    await addressOf(book),
    30 * DAY,
  ])
  await token.mint(investor.address, 1_000n * UNIT)
  await token.connect(investor).approve(await addressOf(pool), 1_000n * UNIT)
  await pool.connect(investor).deposit(1_000n * UNIT, investor.address)
  const safe = await addressOf(world.safe)
  const threshold = await ethers.deployContract('SafeThresholdInRange', [
    safe,
    await addressOf(world.module),
    await addressOf(world.guard),
  ])
  const role = await ethers.deployContract('RoleHeldOnlyBy', [manager, 3, safe, [outsider.address]])
  const solvent = await ethers.deployContract('PoolSolvent', [await addressOf(pool)])
  const everything = { keptBps: 10_000, beneficiary: ethers.ZeroAddress }
  const fee = { keptBps: 2_000, beneficiary: outsider.address }
  const commons = await ethers.deployContract('CommonsFund', [
    manager,
    await addressOf(world.registry),
    [fee, everything, everything, everything],
  ])
  await token.mint(investor.address, 500n * UNIT)
  await token.connect(investor).approve(await addressOf(commons), 500n * UNIT)
  await commons.connect(investor).deposit(await addressOf(token), 500n * UNIT, 0, ethers.id('fees'))
  const covers = await ethers.deployContract('CommonsCoversAwards', [await addressOf(commons), await addressOf(token)])
  return { world, token, book, pool, commons, threshold, role, solvent, covers, outsider }
}

export const addCondition = async (world: World, condition: { getAddress(): Promise<string> }) =>
  call(
    await addressOf(world.constitution),
    world.constitution.interface.encodeFunctionData('add', [await addressOf(condition), 100_000]),
  )
