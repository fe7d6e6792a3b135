import { expect } from 'chai'
import { addConditions, holdsOf, removeConditions } from './with-conditions.ts'
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
  await amend(world, [await addConditions(world, await holdsOf(flag))])
  return { world, flag }
}

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
    await amend(world, [await addConditions(world, await holdsOf(second))])
    const decision = await open(world, [await pauseCall(world, HOUR)])
    await yes(world, decision.id, [0, 1])
    await execute(world, decision)
  })

  it('is changed by the constitutional class alone', async () => {
    const [stranger] = await ethers.getSigners()
    const constitution = world.constitution.connect(stranger)
    await expect(constitution.add([await holdsOf(flag)])).to.be.revertedWithCustomError(
      constitution,
      'Constitution_NotSafe',
    )
    await expect(constitution.remove([0])).to.be.revertedWithCustomError(constitution, 'Constitution_NotSafe')
    expect(await world.classes.classOf([await addConditions(world, await holdsOf(flag))])).to.equal(
      Class.constitutional,
    )
    expect(await world.classes.classOf([await removeConditions(world, 0)])).to.equal(Class.constitutional)
  })

  it('refuses a decision that adds what it would not take, and says why', async () => {
    const nobody = `0x${'5a'.repeat(20)}`
    await expect(amend(world, [await addConditions(world, { ...(await holdsOf(flag)), target: nobody })]))
      .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
      .withArgs(0, world.constitution.interface.encodeErrorResult('Constitution_NoCode', [ethers.getAddress(nobody)]))
  })

  describe('changed by a decision', () => {
    const lowered = async () => {
      const one = await ethers.deployContract('Flag')
      await one.set(false)
      return one
    }

    it('that puts another in the place of one that held, takes that to have held', async () => {
      const other = await lowered()
      const swap = [await removeConditions(world, 0), await addConditions(world, await holdsOf(other))]
      await expect(amend(world, swap))
        .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
        .withArgs(0, await addressOf(other))
      await other.set(true)
      await amend(world, swap)
      expect((await world.constitution.conditions()).map(one => one.target)).to.deep.equal([await addressOf(other)])
    })

    it('that takes one out and breaks it, is not stopped by it', async () => {
      const break_ = call(await addressOf(flag), flag.interface.encodeFunctionData('set', [false]))
      await amend(world, [break_, await removeConditions(world, 0)])
      expect(await flag.holds()).to.equal(false)
    })

    it('moves no other: with one taken out before it, one that held is still looked at', async () => {
      const [second, third] = [await ethers.deployContract('Flag'), await ethers.deployContract('Flag')]
      await amend(world, [await addConditions(world, await holdsOf(second), await holdsOf(third))])
      const break_ = async (one: typeof flag) =>
        call(await addressOf(one), one.interface.encodeFunctionData('set', [false]))
      for (const calls of [
        [await removeConditions(world, 0), await break_(third)],
        [await break_(third), await removeConditions(world, 1), await removeConditions(world, 0)],
      ])
        await expect(amend(world, calls))
          .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
          .withArgs(2, await addressOf(third))
      await amend(world, [await removeConditions(world, 0, 1)])
      expect(await world.constitution.holding()).to.equal(0b100)
    })

    it('may add one that does not hold, which then stops nobody', async () => {
      await amend(world, [await addConditions(world, await holdsOf(await lowered()))])
      expect(await world.constitution.holding()).to.equal(0b01)
      const decision = await open(world, [await note(world)])
      await yes(world, decision.id, [0, 1, 2])
      await execute(world, decision)
    })

    it('about a contract that ends with the same transaction, has one that never holds', async () => {
      const maker = await ethers.deployContract('ShortLivedMaker')
      const { bytecode } = await ethers.getContractFactory('ShortLived')
      const target = ethers.getCreate2Address(await addressOf(maker), ethers.ZeroHash, ethers.keccak256(bytecode))
      const shortLived = await ethers.getContractAt('ShortLived', target)
      await amend(world, [
        call(await addressOf(maker), maker.interface.encodeFunctionData('make', [ethers.ZeroHash])),
        await addConditions(world, await holdsOf(shortLived)),
        call(target, shortLived.interface.encodeFunctionData('end')),
      ])
      expect(await ethers.provider.getCode(target)).to.equal('0x')
      expect(await world.constitution.holding()).to.equal(0b01)
    })
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
      await amend(world, [await addConditions(world, await holdsOf(second))])
    })

    it('stops everything', async () => {
      const decision = await open(world, [await note(world)])
      await yes(world, decision.id, [0, 1, 2])
      await expect(execute(world, decision)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      expect(await world.module.stateOf(decision.id)).to.equal(State.ready)
    })

    it('is removed like any other, since it is not looked at after that', async () => {
      await amend(world, [await removeConditions(world, 1)])
      expect(await world.constitution.conditions()).to.have.length(1)
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
            await addConditions(world, await holdsOf(second)),
            await addConditions(world, await holdsOf(await ethers.deployContract('SecondLook'))),
          ])
      }
      removal = await open(world, [await removeConditions(world, 1)])
      await yes(world, removal.id, [0, 1, 2, 3, 4])
      quorumAt = await time.latest()
    })

    it('are removed one by one by five of six after 21 days, and not before', async () => {
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY - 1)
      await expect(execute(world, removal)).to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
      await time.setNextBlockTimestamp(quorumAt + 21 * DAY)
      await execute(world, removal)
      // the other is alone now, and goes the ordinary way
      await amend(world, [await removeConditions(world, 2)])
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

    it('are not removed with another by a call that names two, while a third breaks that', async () => {
      await amend(world, [await removeConditions(world, 1, 2)])
      const three = await Promise.all([0, 1, 2].map(() => ethers.deployContract('SecondLook')))
      await amend(world, [await addConditions(world, ...(await Promise.all(three.map(one => holdsOf(one)))))])
      const both = await open(world, [await removeConditions(world, 1, 2)])
      await yes(world, both.id, [0, 1, 2, 3, 4])
      const one = await open(world, [await removeConditions(world, 1)], 1)
      await yes(world, one.id, [0, 1, 2, 3, 4])
      await time.increase(21 * DAY)
      await expect(execute(world, both))
        .to.be.revertedWithCustomError(world.constitution, 'Constitution_Broken')
        .withArgs(3, await addressOf(three[2] ?? flag))
      await execute(world, one)
    })

    it('are no pretext for anything else: any other call with the removal is checked', async () => {
      for (const calls of [
        [await removeConditions(world, 1), await note(world)],
        [await removeConditions(world, 1), await removeConditions(world, 1)],
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
