import { expect } from 'chai'
import {
  addressOf,
  amend,
  batchOf,
  type Call,
  Class,
  call,
  deploy,
  ethers,
  HOUR,
  Kind,
  moduleCall,
  networkHelpers,
  note,
  packedBatch,
  pauseCall,
  safeCall,
  type World,
  ZeroAddress,
} from './world.ts'

const stranger = `0x${'5a'.repeat(20)}`
const salt = ethers.ZeroHash

/** The world, and a timelock that the class table knows. */
async function withTimelock() {
  const world = await deploy()
  const timelock = await ethers.deployContract('TimelockController', [0, [], [], await addressOf(world.safe)])
  const table = await addressOf(world.classes)
  const set = (name: 'setTarget' | 'setClasses' | 'setTransferClass', ...args: unknown[]) =>
    call(table, world.classes.interface.encodeFunctionData(name as 'setTarget', args as never))
  await amend(world, [
    set('setTarget', await addressOf(timelock), Kind.timelock),
    set(
      'setClasses',
      await addressOf(timelock),
      [timelock.interface.getFunction('cancel').selector],
      Class.ratification,
    ),
    set('setTransferClass', stranger, Class.ratification),
    set('setTransferClass', ZeroAddress, Class.ordinary),
    set('setTransferClass', await addressOf(world.target), Class.ordinary),
    set(
      'setClasses',
      await addressOf(world.authority),
      ['grantRole', 'labelRole', 'cancel'].map(f => world.authority.interface.getFunction(f as 'grantRole').selector),
      Class.ratification,
    ),
  ])
  return { world, timelock, set }
}
type Timelock = Awaited<ReturnType<typeof withTimelock>>['timelock']

describe('The class of an action', () => {
  let world: World
  let timelock: Timelock
  let set: Awaited<ReturnType<typeof withTimelock>>['set']
  beforeEach(async () => {
    ;({ world, timelock, set } = await networkHelpers.loadFixture(withTimelock))
  })
  const expectClass = async (calls: Call[], expected: number) =>
    expect(await world.classes.classOf(calls)).to.equal(expected)

  const batchCall = async (calls: (Call & { operation?: number })[], of = world.multiSendCallOnly) =>
    call(await addressOf(of), batchOf(world, calls))
  const manage = async (name: string, args: unknown[]) =>
    call(
      await addressOf(world.authority),
      world.authority.interface.encodeFunctionData(name as 'labelRole', args as never),
    )
  const lock = async (name: string, args: unknown[]) =>
    call(await addressOf(timelock), timelock.interface.encodeFunctionData(name as 'cancel', args as never))

  it('is that of the table, and constitutional for what the table does not know', async () => {
    await expectClass([await note(world)], Class.ordinary)
    await expectClass([await pauseCall(world)], Class.emergency)
    await expectClass([call(stranger, '0x12345678')], Class.constitutional)
    await expectClass([call(await addressOf(world.target), '0x12345678')], Class.constitutional)
    expect(
      await world.classes.entryOf(await addressOf(world.target), ethers.id('note(bytes32)').slice(0, 10)),
    ).to.equal(Class.ordinary)
  })

  it('is the highest of all parts, wherever they stand', async () => {
    await expectClass([await pauseCall(world), await note(world)], Class.ordinary)
    await expectClass(
      [await note(world), await safeCall(world, 'changeThreshold', [4]), await note(world)],
      Class.constitutional,
    )
    await expectClass([await note(world), await lock('cancel', [salt])], Class.ratification)
  })

  it('is constitutional for all that rules the rules', async () => {
    const withStranger = [stranger, 3]
    await expectClass([await safeCall(world, 'addOwnerWithThreshold', withStranger)], Class.constitutional)
    await expectClass([await moduleCall(world, 'vacateSeat', [0])], Class.constitutional)
    await expectClass([set('setTarget', stranger, Kind.plain)], Class.constitutional)
    await expectClass([call(await addressOf(world.guard), '0x12345678')], Class.constitutional)
    await expectClass([call(await addressOf(world.constitution), '0x')], Class.constitutional)
    expect(await world.classes.kindOf(await addressOf(world.safe))).to.equal(Kind.protected)
    expect(await world.classes.kindOf(await addressOf(world.classes))).to.equal(Kind.protected)
    expect(await world.classes.kindOf(await addressOf(timelock))).to.equal(Kind.timelock)
  })

  it('of a transfer is that of the recipient, with or without a call', async () => {
    await expectClass([call(stranger, '0x', 1n)], Class.ratification)
    expect(await world.classes.transferEntryOf(stranger)).to.equal(Class.ratification)
    await expectClass([call(stranger, '0x')], Class.ratification)
    await expectClass([call(`0x${'5b'.repeat(20)}`, '0x', 1n)], Class.constitutional)
    await expectClass([{ ...(await note(world)), value: 1n }], Class.ordinary)
    await expectClass([{ ...(await pauseCall(world)), value: 1n }], Class.constitutional)
  })

  it('is an emergency only for a whole pause, direct and without value', async () => {
    const pause = await pauseCall(world)
    await expectClass([pause, pause], Class.emergency)
    await expectClass([{ ...pause, data: ethers.dataSlice(pause.data, 0, 35) }], Class.constitutional)
    await expectClass([{ ...pause, data: ethers.concat([pause.data, '0x00']) }], Class.constitutional)
    await expectClass([await batchCall([pause])], Class.ordinary)
    await expectClass([await manage('execute', [pause.to, pause.data])], Class.ordinary)
  })

  describe('of calls that carry calls', () => {
    it('MultiSend: is that of the batch, read to the last byte', async () => {
      for (const of of [world.multiSend, world.multiSendCallOnly]) {
        await expectClass([await batchCall([await note(world), await note(world)], of)], Class.ordinary)
        await expectClass(
          [await batchCall([await note(world), await safeCall(world, 'changeThreshold', [4])], of)],
          Class.constitutional,
        )
      }
      // to MultiSend, zero is the Safe itself, though zero is listed
      await expectClass([call(ZeroAddress, '0x')], Class.ordinary)
      await expectClass([await batchCall([call(ZeroAddress, '0x')])], Class.constitutional)
      const [of, iface] = [await addressOf(world.multiSendCallOnly), world.multiSendCallOnly.interface]
      const packed = packedBatch([await note(world)])
      const malformed = [
        iface.encodeFunctionData('multiSend', ['0x']),
        iface.encodeFunctionData('multiSend', [ethers.concat([packed, '0x00'])]),
        iface.encodeFunctionData('multiSend', [ethers.dataSlice(packed, 0, ethers.dataLength(packed) - 1)]),
        iface.encodeFunctionData('multiSend', [packedBatch([{ ...(await note(world)), operation: 2 }])]),
        ethers.dataSlice(iface.encodeFunctionData('multiSend', [packed]), 0, 60),
        ethers.dataSlice(iface.encodeFunctionData('multiSend', [packed]), 0, 4),
        ethers.concat([
          iface.encodeFunctionData('multiSend', [packed]).slice(0, 10),
          ethers.toBeHex(2n ** 255n, 32),
          ethers.zeroPadValue('0x01', 32),
        ]),
        '0x12345678',
      ]
      for (const data of malformed) await expectClass([call(of, data)], Class.constitutional)
    })

    it('timelock: schedule, execute and their batches are what they carry', async () => {
      const [plain, high] = [await note(world), await safeCall(world, 'changeThreshold', [4])]
      for (const [one, expected] of [
        [plain, Class.ordinary],
        [high, Class.constitutional],
      ] as const) {
        await expectClass([await lock('schedule', [one.to, 0, one.data, salt, salt, 0])], expected)
        await expectClass([await lock('execute', [one.to, 0, one.data, salt, salt])], expected)
        const batch = [
          [plain.to, one.to],
          [0, 0],
          [plain.data, one.data],
        ]
        await expectClass([await lock('scheduleBatch', [...batch, salt, salt, 0])], expected)
        await expectClass([await lock('executeBatch', [...batch, salt, salt])], expected)
      }
      await expectClass([await lock('execute', [stranger, 1, '0x', salt, salt])], Class.ratification)
      await expectClass([await lock('executeBatch', [[], [], [], salt, salt])], Class.constitutional)
      await expectClass([await lock('executeBatch', [[plain.to], [], [plain.data], salt, salt])], Class.constitutional)
      await expectClass([await lock('updateDelay', [1])], Class.constitutional)
      await expectClass([await lock('cancel', [salt])], Class.ratification)
    })

    it('timelock: words that its decoder would refuse are constitutional', async () => {
      const plain = await note(world)
      const [of, iface] = [await addressOf(timelock), timelock.interface]
      const one = iface.encodeFunctionData('execute', [plain.to, 0, plain.data, salt, salt])
      const many = iface.encodeFunctionData('executeBatch', [[plain.to], [0], [plain.data], salt, salt])
      const withWord = (data: string, at: number, word: bigint) =>
        ethers.concat([
          ethers.dataSlice(data, 0, 4 + 32 * at),
          ethers.toBeHex(word, 32),
          ethers.dataSlice(data, 36 + 32 * at),
        ])
      await expectClass([call(of, withWord(one, 0, BigInt(plain.to)))], Class.ordinary)
      await expectClass([call(of, withWord(one, 0, BigInt(plain.to) + (1n << 160n)))], Class.constitutional)
      await expectClass([call(of, withWord(one, 2, 1n << 200n))], Class.constitutional)
      await expectClass([call(of, withWord(one, 5, 1n << 200n))], Class.constitutional) // length of the payload
      await expectClass([call(of, withWord(many, 0, 1n << 200n))], Class.constitutional)
      await expectClass([call(of, withWord(many, 5, 1n << 200n))], Class.constitutional) // count of targets
      await expectClass([call(of, withWord(many, 6, 1n << 200n))], Class.constitutional) // a target
      await expectClass([call(of, withWord(many, 10, 1n << 200n))], Class.constitutional) // offset of a payload
      await expectClass([call(of, ethers.dataSlice(one, 0, 4))], Class.constitutional)
    })

    it('AccessManager: schedule, execute and multicall are what they carry', async () => {
      const [plain, high] = [await note(world), await safeCall(world, 'changeThreshold', [4])]
      for (const [one, expected] of [
        [plain, Class.ordinary],
        [high, Class.constitutional],
      ] as const) {
        await expectClass([await manage('schedule', [one.to, one.data, 0])], expected)
        await expectClass([await manage('execute', [one.to, one.data])], expected)
        const inner = (await manage('execute', [one.to, one.data])).data
        const innocent = (await manage('execute', [plain.to, plain.data])).data
        await expectClass([await manage('multicall', [[innocent, inner]])], expected)
      }
      await expectClass([await manage('multicall', [[]])], Class.constitutional)
      const broken = (await manage('multicall', [['0x12345678']])).data
      await expectClass(
        [call(await addressOf(world.authority), ethers.dataSlice(broken, 0, 4 + 96))],
        Class.constitutional,
      )
    })

    it('AccessManager: what decides who may do what is constitutional, listed or not', async () => {
      const names = {
        setTargetClosed: [stranger, true],
        setTargetFunctionRole: [stranger, ['0x12345678'], 7],
        setTargetAdminDelay: [stranger, 1],
        setRoleAdmin: [7, 8],
        setRoleGuardian: [7, 8],
        setGrantDelay: [7, 1],
        updateAuthority: [stranger, stranger],
        grantRole: [0, stranger, 0],
        revokeRole: [0, stranger],
        renounceRole: [0, stranger],
      }
      const selectors = Object.keys(names).map(n => world.authority.interface.getFunction(n as 'grantRole').selector)
      await amend(world, [set('setClasses', await addressOf(world.authority), selectors, Class.ordinary)])
      for (const [name, args] of Object.entries(names))
        await expectClass([await manage(name, args)], Class.constitutional)
      await expectClass([await manage('grantRole', [7, stranger, 0])], Class.ordinary)
      await expectClass([await manage('labelRole', [7, 'seven'])], Class.ratification)
      const cut = ethers.dataSlice((await manage('grantRole', [7, stranger, 0])).data, 0, 20)
      await expectClass([call(await addressOf(world.authority), cut)], Class.constitutional)
    })

    it('no target hands itself to another authority but by the constitutional class', async () => {
      const of = await addressOf(world.target)
      const selector = ethers.id('setAuthority(address)').slice(0, 10)
      await amend(world, [set('setClasses', of, [selector], Class.ordinary)])
      await expectClass([call(of, ethers.concat([selector, ethers.zeroPadValue(stranger, 32)]))], Class.constitutional)
    })

    it('is read four deep and 64 calls wide, and refused beyond', async () => {
      let nested = await note(world)
      for (let depth = 1; depth <= 4; depth++) nested = await manage('execute', [nested.to, nested.data])
      await expectClass([nested], Class.ordinary)
      await expect(world.classes.classOf([await manage('execute', [nested.to, nested.data])]))
        .to.be.revertedWithCustomError(world.classes, 'Actions_TooDeep')
        .withArgs(4)
      const many = Array.from({ length: 64 }, () => nested)
      const one = await note(world)
      await expectClass(
        many.map(() => one),
        Class.ordinary,
      )
      await expect(world.classes.classOf([...many.map(() => one), one]))
        .to.be.revertedWithCustomError(world.classes, 'Actions_TooManyCalls')
        .withArgs(64)
    })
  })

  it('is changed by the Safe alone', async () => {
    const [, someone] = await ethers.getSigners()
    const table = world.classes.connect(someone)
    for (const change of [
      () => table.setTarget(stranger, Kind.plain),
      () => table.setClasses(stranger, ['0x12345678'], Class.ordinary),
      () => table.setTransferClass(stranger, Class.ordinary),
    ])
      await expect(change()).to.be.revertedWithCustomError(table, 'Actions_NotSafe').withArgs(someone?.address)
  })

  it('is never an emergency but for a pause, and never low for what is protected, though five want it', async () => {
    const [module, registry] = [await addressOf(world.module), await addressOf(world.registry)]
    const guardAddress = await addressOf(world.guard)
    const refused = [
      [set('setClasses', registry, ['0x12345678'], Class.emergency), 'Actions_NotPause', [registry, '0x12345678']],
      [set('setTransferClass', registry, Class.emergency), 'Actions_NotPause', [registry, '0x00000000']],
      [set('setClasses', module, ['0x12345678'], Class.ordinary), 'Actions_Protected', [module]],
      [set('setTransferClass', module, Class.ordinary), 'Actions_Protected', [module]],
      [set('setTarget', guardAddress, Kind.plain), 'Actions_Protected', [guardAddress]],
      [set('setTarget', await addressOf(world.safe), Kind.plain), 'Actions_Protected', [await addressOf(world.safe)]],
    ] as const
    for (const [change, name, args] of refused) {
      const reason = world.classes.interface.encodeErrorResult(name as 'Actions_Protected', args as never)
      await expect(amend(world, [change]))
        .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
        .withArgs(0, reason)
    }
  })

  it('of a listed pause on a target that is no longer plain is constitutional', async () => {
    const registry = await addressOf(world.registry)
    await amend(world, [set('setTarget', registry, Kind.timelock)])
    await expectClass([await pauseCall(world, HOUR)], Class.constitutional)
  })
})
