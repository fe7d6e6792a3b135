import { addressOf, call, DAY, deploy, ethers, type World } from './world.ts'

const UNIT = 10n ** 6n
/** Where a Safe keeps its guards, by the text that is hashed for it. */
const GUARD_SLOT = ethers.id('guard_manager.guard.address')
const MODULE_GUARD_SLOT = ethers.id('module_manager.module_guard.address')

export interface Condition {
  target: string
  gasCap: number
  word: number
  data: string
  least: bigint
  most: bigint
}

/** That the first word of an answer is 1, if nothing else is said. */
export const condition = (
  asked: { target: string; data: string },
  { exactly = 1n, ...rest }: Partial<Condition> & { exactly?: bigint } = {},
): Condition => ({ gasCap: 50_000, word: 0, least: exactly, most: exactly, ...asked, ...rest })

/** That a contract's `holds()` answers 1. */
export const holdsOf = async (one: { getAddress(): Promise<string> }, over: Partial<Condition> = {}) =>
  condition({ target: await addressOf(one), data: ethers.id('holds()').slice(0, 10) }, over)

export const addConditions = async (world: World, ...added: Condition[]) =>
  call(await addressOf(world.constitution), world.constitution.interface.encodeFunctionData('add', [added]))

export const removeConditions = async (world: World, ...indices: number[]) =>
  call(await addressOf(world.constitution), world.constitution.interface.encodeFunctionData('remove', [indices]))

/** A pool on the real registry, with capital, in the hands of the NVM, a commons, and what can be asked of them, the Safe and a role. */
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
  const [guard, module] = [await addressOf(world.guard), await addressOf(world.module)]
  const onSafe = world.safe.interface
  const fromSafe = (name: string, args: unknown[] = []) => ({
    target: safe,
    data: onSafe.encodeFunctionData(name as 'nonce', args as never),
  })
  const fromManager = (name: string, args: unknown[]) => ({
    target: manager,
    data: world.authority.interface.encodeFunctionData(name as 'hasRole', args as never),
  })
  const conditions = {
    threshold: condition(fromSafe('getThreshold'), { least: 3n, most: 6n }),
    module: condition(fromSafe('isModuleEnabled', [module])),
    guard: condition(fromSafe('getStorageAt', [GUARD_SLOT, 1]), { word: 2, exactly: BigInt(guard) }),
    moduleGuard: condition(fromSafe('getStorageAt', [MODULE_GUARD_SLOT, 1]), { word: 2, exactly: BigInt(guard) }),
    held: condition(fromManager('hasRole', [3, safe])),
    atOnce: condition(fromManager('hasRole', [3, safe]), { word: 1, exactly: 0n }),
    notHeld: condition(fromManager('getAccess', [3, outsider.address]), { exactly: 0n }),
    admin: condition(fromManager('getRoleAdmin', [3]), { exactly: 0n }),
    solvent: condition({ target: await addressOf(pool), data: pool.interface.encodeFunctionData('isSolvent') }),
    covers: condition({
      target: await addressOf(commons),
      data: commons.interface.encodeFunctionData('coversAwards', [await addressOf(token)]),
    }),
  }
  return { world, token, book, pool, commons, conditions, outsider }
}
