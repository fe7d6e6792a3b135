import { expect } from 'chai'
import {
  addressOf,
  amend,
  Choice,
  Class,
  call,
  DAY,
  deploy,
  ethers,
  execute,
  HOUR,
  networkHelpers,
  note,
  open,
  pauseCall,
  State,
  safeCall,
  vote,
  type World,
  yes,
} from './world.ts'

const { time } = networkHelpers

/** The world with one condition that is a flag, which the governed target can lower. */
async function withFlag() {
  const world = await deploy()
  const flag = await ethers.deployContract('Flag')
  await amend(world, [await addCall(world, flag)])
  return { world, flag }
}
type Contract = { getAddress(): Promise<string> }
const addCall = async (world: World, condition: Contract, cap = 50_000) =>
  call(
    await addressOf(world.constitution),
    world.constitution.interface.encodeFunctionData('add', [await addressOf(condition), cap]),
  )
const removeCall = async (world: World, index: number) =>
  call(await addressOf(world.constitution), world.constitution.interface.encodeFunctionData('remove', [index]))

describe('The constitution', () => {
  let world: World
  let flag: Awaited<ReturnType<typeof withFlag>>['flag']
  beforeEach(async () => {
    ;({ world, flag } = await networkHelpers.loadFixture(withFlag))
  })
  /** A decision of three whose one call sets the flag. */
  const setFlag = async (value: boolean) => {
    const data = flag.interface.encodeFunctionData('set', [value])
    const decision = await open(world, [
      call(
        await addressOf(world.target),
        world.target.interface.encodeFunctionData('callBack', [await addressOf(flag), data]),
      ),
    ])
    await yes(world, decision.id, [0, 1, 2])
    return decision
  }

  it('reverts a decision that ends what held, and all it did with it', async () => {
    const decision = await setFlag(false)
    await expect(execute(world, decision))
      .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      .withArgs(0, await addressOf(flag))
    expect(await flag.holds()).to.equal(true)
    expect(await world.module.stateOf(decision.id)).to.equal(State.ready)
  })

  it('stops nobody for what did not hold before, and lets it be mended', async () => {
    await flag.set(false)
    const decision = await open(world, [await note(world)])
    await yes(world, decision.id, [0, 1, 2])
    await execute(world, decision)
    await execute(world, await setFlag(true))
    await expect(execute(world, await setFlag(false))).to.be.revertedWithCustomError(
      world.constitution,
      'Constitution_Broken',
    )
  })

  it('is skipped by an emergency', async () => {
    const second = await ethers.deployContract('SecondLook')
    await amend(world, [await addCall(world, second)])
    const decision = await open(world, [await pauseCall(world, HOUR)])
    await yes(world, decision.id, [0, 1])
    await execute(world, decision)
  })

  it('is changed by the constitutional class alone', async () => {
    const [stranger] = await ethers.getSigners()
    const constitution = world.constitution.connect(stranger)
    await expect(constitution.add(await addressOf(flag), 50_000)).to.be.revertedWithCustomError(
      constitution,
      'Constitution_NotSafe',
    )
    await expect(constitution.remove(0)).to.be.revertedWithCustomError(constitution, 'Constitution_NotSafe')
    expect(await world.classes.classOf([await addCall(world, flag)])).to.equal(Class.constitutional)
    expect(await world.classes.classOf([await removeCall(world, 0)])).to.equal(Class.constitutional)
  })

  it('takes sixteen conditions, each once, with code and a cap, and uses free places again', async () => {
    const refuse = async (calls: Parameters<typeof amend>[1], name: string, args: unknown[]) =>
      expect(amend(world, calls))
        .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
        .withArgs(
          calls.length - 1,
          world.constitution.interface.encodeErrorResult(name as 'Constitution_Full', args as never),
        )
    const nobody = { getAddress: async () => `0x${'5a'.repeat(20)}` }
    await refuse([await addCall(world, flag)], 'Constitution_AlreadyAdded', [await addressOf(flag)])
    await refuse([await addCall(world, nobody)], 'Constitution_NoCode', [await nobody.getAddress()])
    for (const cap of [9_999, 200_001])
      await refuse([await addCall(world, world.target, cap)], 'Constitution_GasCapOutOfRange', [cap, 10_000, 200_000])
    await refuse([await removeCall(world, 1)], 'Constitution_UnknownIndex', [1])
    const flags = []
    for (let i = 1; i < 17; i++) flags.push(await ethers.deployContract('Flag'))
    const adds = await Promise.all(flags.map(one => addCall(world, one)))
    await refuse(adds, 'Constitution_Full', [16])
    await amend(world, adds.slice(0, 15))
    expect(await world.constitution.conditionCount()).to.equal(16)
    expect(await world.constitution.holding()).to.equal(0xffff)
    await amend(world, [await removeCall(world, 3), await removeCall(world, 15), await removeCall(world, 14)])
    expect(await world.constitution.conditionCount()).to.equal(14)
    expect(await world.constitution.holding()).to.equal(0x3ff7)
    const last = adds[15]
    if (!last) throw new Error('no call')
    await amend(world, [last])
    expect((await world.constitution.conditionAt(3)).condition).to.equal(await addressOf(flags[15] ?? flag))
    expect((await world.constitution.conditionAt(3)).gasCap).to.equal(50_000)
  })

  it('takes anything but one word of 1 for "does not hold"', async () => {
    const malformed = await ethers.deployContract('Malformed')
    await amend(world, [await addCall(world, malformed, 200_000)])
    const one = ethers.toBeHex(1, 32)
    for (const [answer, expected] of [
      [one, true],
      ['0x', false],
      ['0x01', false],
      [ethers.toBeHex(2, 32), false],
      [ethers.toBeHex(0, 32), false],
      [ethers.concat([one, one]), false],
      [`0x${'ff'.repeat(1000)}`, false],
    ] as const) {
      await malformed.set(answer)
      expect(((await world.constitution.holding()) & 2n) !== 0n, answer.slice(0, 70)).to.equal(expected)
    }
  })

  it('cannot be made to look away by sending little gas', async () => {
    const decision = await setFlag(false)
    // so little that the condition itself could not finish, and so much that the decision could: every amount between
    let refused = 0
    for (let gas = 60_000; gas <= 400_000; gas += 10_000) {
      await expect(
        world.module.execute(decision.id, decision.proposal.calls, decision.contextHash, { gasLimit: gas }),
        `with ${gas} gas`,
      ).to.revert(ethers)
      refused++
    }
    expect(refused).to.be.above(30)
    expect(await flag.holds()).to.equal(true)
    // and by itself it says why
    const lookedAt = world.constitution.holding({ gasLimit: 70_000 })
    await expect(lookedAt)
      .to.be.revertedWithCustomError(world.constitution, 'Constitution_OutOfGas')
      .withArgs(0, 50_000)
  })

  describe('with a check that always holds before and burns all its gas after', () => {
    beforeEach(async () => {
      const second = await ethers.deployContract('SecondLook')
      // adding it is not yet stopped by it: it did not hold before it was there
      await amend(world, [await addCall(world, second)])
    })

    it('stops everything', async () => {
      const decision = await open(world, [await note(world)])
      await yes(world, decision.id, [0, 1, 2])
      await expect(execute(world, decision)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      expect(await world.module.stateOf(decision.id)).to.equal(State.ready)
    })

    it('is removed like any other, since it is not looked at after that', async () => {
      await amend(world, [await removeCall(world, 1)])
      expect((await world.constitution.conditionAt(1)).gasCap).to.equal(0)
      const decision = await open(world, [await note(world)])
      await yes(world, decision.id, [0, 1, 2])
      await execute(world, decision)
    })
  })

  describe('with two checks that break one another’s removal', () => {
    let removal: Awaited<ReturnType<typeof open>>
    let quorumAt: number
    beforeEach(async () => {
      // while one is removed the other fails: both stay, for 21 days
      for (let i = 0; i < 2; i++) {
        const second = await ethers.deployContract('SecondLook')
        if (i === 0)
          await amend(world, [
            await addCall(world, second),
            await addCall(world, await ethers.deployContract('SecondLook')),
          ])
      }
      removal = await open(world, [await removeCall(world, 1)])
      await yes(world, removal.id, [0, 1, 2, 3, 4])
      quorumAt = await time.latest()
    })

    it('are removed one by one by five of six after 21 days, and not before', async () => {
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY - 1)
      await expect(execute(world, removal)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY)
      await execute(world, removal)
      // the other is alone now, and goes the ordinary way
      await amend(world, [await removeCall(world, 2)])
      await execute(
        world,
        await (async () => {
          const decision = await open(world, [await note(world)])
          await yes(world, decision.id, [0, 1, 2])
          return decision
        })(),
      )
    })

    it('wait as much longer as dissent says', async () => {
      await vote(world, removal.id, { 5: Choice.no })
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY + 42 * HOUR - 1)
      await expect(execute(world, removal)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY + 42 * HOUR)
      await execute(world, removal)
    })

    it('are no pretext for anything else: any other call with the removal is checked', async () => {
      for (const calls of [
        [await removeCall(world, 1), await note(world)],
        [await removeCall(world, 1), await removeCall(world, 1)],
        [await safeCall(world, 'changeThreshold', [4])],
      ]) {
        const decision = await open(world, calls)
        await yes(world, decision.id, [0, 1, 2, 3, 4])
        await time.increase(22 * DAY)
        await expect(execute(world, decision)).to.revert(ethers)
      }
    })
  })
})
