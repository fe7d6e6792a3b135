import { expect } from 'chai'
import {
  addressOf,
  amend,
  batchOf,
  Choice,
  Class,
  call,
  contextHashOf,
  DAY,
  decisionIdOf,
  deploy,
  deploySafe,
  domainOf,
  epochOf,
  ethers,
  execSafe,
  execute,
  HOUR,
  hash,
  Kind,
  networkHelpers,
  note,
  open,
  openTypes,
  pauseCall,
  proposalOf,
  relay,
  State,
  safeCall,
  seatAt,
  signBallot,
  sorted,
  vote,
  type World,
  yes,
} from './world.ts'

const { time } = networkHelpers
const salt = ethers.ZeroHash

/** A call that takes over: whoever gets it executed owns the Safe. */
const takeover = (world: World) => safeCall(world, 'enableModule', [`0x${'bad0'.repeat(10)}`])

describe('An attack on the NVM', () => {
  let world: World
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
  })
  /** Opened by one seat that is lost to the attacker, with the yes of two more: enough for an ordinary decision. */
  async function threeTry(calls: Parameters<typeof open>[1]) {
    const decision = await open(world, calls)
    await yes(world, decision.id, [0, 1, 2])
    expect((await world.module.decisionOf(decision.id)).actionClass).to.equal(Class.constitutional)
    expect(await world.module.stateOf(decision.id)).to.equal(State.open)
    await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
  }
  const target = () => addressOf(world.target)
  async function listed(address: string, kind: number) {
    const { interface: table } = world.classes
    await amend(world, [call(await addressOf(world.classes), table.encodeFunctionData('setTarget', [address, kind]))])
  }

  describe('by smuggling a class', () => {
    it('in a batch: of the module, of MultiSend, of MultiSend in MultiSend', async () => {
      await threeTry([await note(world), await takeover(world), await note(world)])
      const [of, to] = [await addressOf(world.multiSendCallOnly), await addressOf(world.multiSend)]
      const inner = call(to, batchOf(world, [await note(world), await takeover(world)]))
      await threeTry([inner])
      await threeTry([call(of, batchOf(world, [await note(world), inner]))])
    })

    it('in a timelock: scheduled, in a scheduled batch, and executed', async () => {
      const timelock = await ethers.deployContract('TimelockController', [0, [], [], await addressOf(world.safe)])
      await listed(await addressOf(timelock), Kind.timelock)
      const lock = async (name: string, args: unknown[]) =>
        call(await addressOf(timelock), timelock.interface.encodeFunctionData(name as 'cancel', args as never))
      const [innocent, bad] = [await note(world), await takeover(world)]
      await threeTry([await lock('schedule', [bad.to, 0, bad.data, salt, salt, 0])])
      await threeTry([await lock('execute', [bad.to, 0, bad.data, salt, salt])])
      const both = [[innocent.to, bad.to], [0, 0], [innocent.data, bad.data], salt, salt]
      await threeTry([await lock('scheduleBatch', [...both, 0])])
      await threeTry([await lock('executeBatch', both)])
      const manager = world.authority.interface.encodeFunctionData('execute', [bad.to, bad.data])
      await threeTry([await lock('execute', [await addressOf(world.authority), 0, manager, salt, salt])])
    })

    it('in an AccessManager: scheduled, executed, or in its multicall', async () => {
      const bad = await takeover(world)
      const of = await addressOf(world.authority)
      const { interface: manager } = world.authority
      const executed = manager.encodeFunctionData('execute', [bad.to, bad.data])
      await threeTry([call(of, executed)])
      await threeTry([call(of, manager.encodeFunctionData('schedule', [bad.to, bad.data, 0]))])
      await threeTry([call(of, manager.encodeFunctionData('multicall', [[executed]]))])
      const admin = manager.encodeFunctionData('grantRole', [0, seatAt(world, 0).address, 0])
      await threeTry([call(of, manager.encodeFunctionData('multicall', [[admin]]))])
    })

    it('as a delegatecall: none can be said, and one inside a batch is refused at once', async () => {
      const smuggled = batchOf(world, [{ ...(await note(world)), operation: 1 }])
      for (const of of [world.multiSend, world.multiSendCallOnly])
        await expect(open(world, [call(await addressOf(of), smuggled)])).to.be.revertedWithCustomError(
          world.classes,
          'Actions_DelegateCall',
        )
    })

    it('through a fallback: calldata shorter than a selector, or of a selector nobody listed', async () => {
      for (const data of ['0x00', '0x1234', '0x123456', '0x00000000', '0xdeadbeef'])
        await threeTry([call(await target(), data)])
      // a Safe of somebody else with any fallback handler is a target like another
      const other = await deploySafe(world.seats)
      await threeTry([call(await addressOf(other), '0x')])
      await threeTry([call(await addressOf(other), ethers.id('note(bytes32)').slice(0, 10))])
    })

    it('by a colliding selector: a selector says something only on the target it is listed for', async () => {
      const trap = await ethers.deployContract('FalsePausable')
      await networkHelpers.setBalance(await addressOf(trap), 10n ** 18n)
      const { data } = await pauseCall(world, HOUR)
      await threeTry([call(await addressOf(trap), data)])
      // the selector of a batch, a schedule or a pause on a target that is listed, but for something else
      for (const signature of ['multiSend(bytes)', 'execute(address,bytes)', 'pause(uint40)'])
        await threeTry([
          call(await target(), ethers.concat([ethers.id(signature).slice(0, 10), ethers.zeroPadValue('0x01', 32)])),
        ])
      // and that of a listed function on a target that carries calls
      await threeTry([call(await addressOf(world.authority), (await note(world)).data)])
    })

    it('by value: a listed function does not make its payment listed', async () => {
      await networkHelpers.setBalance(await addressOf(world.safe), 10n ** 18n)
      await threeTry([{ ...(await note(world)), value: 1n }])
      await threeTry([call(seatAt(world, 0).address, '0x', 10n ** 18n)])
      await threeTry([{ ...(await pauseCall(world)), value: 1n }])
    })

    it('by a cancel in a bundle: it is of its own class, and the whole bundle with it', async () => {
      const timelock = await ethers.deployContract('TimelockController', [0, [], [], await addressOf(world.safe)])
      await listed(await addressOf(timelock), Kind.timelock)
      const cancel = call(await addressOf(timelock), timelock.interface.encodeFunctionData('cancel', [hash('another')]))
      await threeTry([await note(world), cancel])
      await threeTry([call(await addressOf(world.multiSendCallOnly), batchOf(world, [await note(world), cancel]))])
      const scheduled = await note(world)
      const managed = world.authority.interface.encodeFunctionData('cancel', [
        seatAt(world, 0).address,
        scheduled.to,
        scheduled.data,
      ])
      await threeTry([await note(world), call(await addressOf(world.authority), managed)])
    })

    it('by changing the table between opening and execution: the class is that of the opening', async () => {
      const selector = ethers.id('dangerous()').slice(0, 10)
      const decision = await open(world, [call(await target(), selector)])
      const { interface: table } = world.classes
      await amend(world, [
        call(
          await addressOf(world.classes),
          table.encodeFunctionData('setClasses', [await target(), [selector], Class.ordinary]),
        ),
      ])
      await yes(world, decision.id, [0, 1, 2])
      expect((await world.module.decisionOf(decision.id)).actionClass).to.equal(Class.constitutional)
      await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
    })
  })

  describe('by replay', () => {
    it('across chains: neither ballots nor openings signed for another chain', async () => {
      const { id } = await open(world, [await note(world)])
      const ballot = await signBallot(world, id, 1, Choice.yes, { chainId: world.chainId + 1n })
      await expect(relay(world, id, [ballot])).to.be.revertedWithCustomError(world.module, 'Nvm_BadSignature')
      const proposal = proposalOf([await note(world)], 1)
      const elsewhere = { ...world, chainId: world.chainId + 1n }
      const message = { decisionId: await decisionIdOf(elsewhere, proposal, 2), seatId: 1, seatEpoch: 2 }
      const signature = await seatAt(world, 1).signTypedData(await domainOf(elsewhere), openTypes, message)
      await expect(world.module.open(proposal, signature)).to.be.revertedWithCustomError(
        world.module,
        'Nvm_BadSignature',
      )
    })

    it('across modules, across decisions, across seats', async () => {
      const [first, second] = [await open(world, [await note(world)]), await open(world, [await note(world)])]
      const of = (over: object) => signBallot(world, first.id, 1, Choice.yes, over)
      const refuse = async (id: string, ballot: Awaited<ReturnType<typeof of>>) =>
        expect(relay(world, id, [ballot])).to.be.revertedWithCustomError(world.module, 'Nvm_BadSignature')
      await refuse(first.id, await of({ verifyingContract: await addressOf(world.guard) }))
      await refuse(second.id, await of({}))
      await refuse(first.id, { ...(await of({})), seatId: 2 })
      await refuse(first.id, { ...(await of({})), choice: Choice.veto })
      await refuse(first.id, { ...(await of({})), rationaleHash: hash('put into my mouth') })
    })

    it('across epochs of a seat', async () => {
      const { id } = await open(world, [await note(world)])
      for (const epoch of [1, 3, 0])
        await expect(
          relay(world, id, [await signBallot(world, id, 1, Choice.yes, { epoch })]),
        ).to.be.revertedWithCustomError(world.module, 'Nvm_BadSignature')
      await relay(world, id, [await signBallot(world, id, 1, Choice.yes, { epoch: await epochOf(world, 1) })])
    })

    it('of the malleable twin of a signature', async () => {
      const { id } = await open(world, [await note(world)])
      const ballot = await signBallot(world, id, 1)
      const { r, s, yParity } = ethers.Signature.from(ballot.signature)
      const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
      const twin = ethers.concat([r, ethers.toBeHex(N - BigInt(s), 32), yParity === 0 ? '0x1c' : '0x1b'])
      await expect(relay(world, id, [{ ...ballot, signature: twin }])).to.be.revertedWithCustomError(
        world.module,
        'Nvm_BadSignature',
      )
    })
  })

  it('by taking a decision’s id first: another seat with the same content gets another id', async () => {
    const proposal = proposalOf([await note(world)], 1)
    const id = await decisionIdOf(world, proposal, 2)
    const copied = { ...proposal, seatId: 2 }
    await world.module.connect(seatAt(world, 2)).open(copied, '0x')
    await expect(world.module.connect(seatAt(world, 2)).open(proposal, '0x')).to.be.revertedWithCustomError(
      world.module,
      'Nvm_NotOwner',
    )
    await expect(world.module.connect(seatAt(world, 1)).open(proposal, '0x')).to.emit(world.module, 'DecisionOpened')
    expect(await world.module.stateOf(id)).to.equal(State.open)
    // whoever carries the seat's own signature first does what the seat wanted
    const signed = proposalOf([await note(world)], 1)
    const message = { decisionId: await decisionIdOf(world, signed, 2), seatId: 1, seatEpoch: 2 }
    const signature = await seatAt(world, 1).signTypedData(await domainOf(world), openTypes, message)
    await world.module.open(signed, signature)
    expect((await world.module.decisionOf(message.decisionId)).openedBy).to.equal(1n)
    expect(contextHashOf(signed, 2)).not.to.equal(contextHashOf({ ...signed, seatId: 2 }, 2))
  })

  it('by a second ballot: cast and relayed, twice in a batch, and with another choice', async () => {
    const { id } = await open(world, [await note(world)])
    const module = world.module.connect(seatAt(world, 1))
    await module.cast(id, 1, Choice.yes, hash(''))
    await expect(module.cast(id, 1, Choice.no, hash('')))
      .to.be.revertedWithCustomError(module, 'Nvm_AlreadyCast')
      .withArgs(id, 1)
    await expect(vote(world, id, { 1: Choice.veto })).to.be.revertedWithCustomError(module, 'Nvm_AlreadyCast')
    const twice = [await signBallot(world, id, 2), await signBallot(world, id, 2, Choice.no)]
    await relay(world, id, twice)
    const { yes: inFavour, no } = await world.module.decisionOf(id)
    expect([inFavour, no]).to.deep.equal([6n, 0n])
  })

  it('by a recused seat that votes after all', async () => {
    const { id } = await open(world, [await note(world)])
    await vote(world, id, { 1: Choice.recuse })
    await expect(vote(world, id, { 1: Choice.yes }))
      .to.be.revertedWithCustomError(world.module, 'Nvm_Recused')
      .withArgs(id, 1)
    await expect(
      world.module.connect(seatAt(world, 1)).cast(id, 1, Choice.veto, hash('')),
    ).to.be.revertedWithCustomError(world.module, 'Nvm_Recused')
    await yes(world, id, [2, 3])
    expect(await world.module.stateOf(id)).to.equal(State.open)
  })

  it('by reentrancy: an executed call finds execute closed, for itself and for others', async () => {
    const other = await open(world, [await note(world)])
    await yes(world, other.id, [0, 1, 2])
    const { interface: target_ } = world.target
    const again = world.module.interface.encodeFunctionData('execute', [
      other.id,
      other.proposal.calls,
      other.contextHash,
    ])
    const reentrant = await open(world, [
      call(await target(), target_.encodeFunctionData('callBack', [await addressOf(world.module), again])),
    ])
    await yes(world, reentrant.id, [0, 1, 2])
    const reason = ethers.id('ReentrancyGuardReentrantCall()').slice(0, 10)
    await expect(execute(world, reentrant))
      .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
      .withArgs(0, reason)
    await execute(world, other)
    expect(await world.target.count()).to.equal(1)
  })

  it('by an emergency that moves funds, or anything else than a pause', async () => {
    await networkHelpers.setBalance(await addressOf(world.safe), 10n ** 18n)
    for (const calls of [
      [await pauseCall(world), call(seatAt(world, 0).address, '0x', 1n)],
      [await pauseCall(world), await note(world)],
      [{ ...(await pauseCall(world)), value: 1n }],
      [call(await addressOf(world.multiSendCallOnly), batchOf(world, [await pauseCall(world)]))],
    ]) {
      const decision = await open(world, calls)
      await yes(world, decision.id, [0, 1])
      expect((await world.module.decisionOf(decision.id)).actionClass).not.to.equal(Class.emergency)
      await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
    }
  })

  it('by owners past the module: three or four signatures, a module of their own, a lower threshold', async () => {
    for (const n of [3, 4])
      await expect(execSafe(world.safe, world.seats.slice(0, n), await takeover(world))).to.be.revertedWith('GS020')
    await expect(execSafe(world.safe, world.seats.slice(0, 5), await takeover(world))).to.be.revertedWithCustomError(
      world.guard,
      'Guard_NotAnnounced',
    )
    // even with a threshold of one, five must sign
    await amend(world, [await safeCall(world, 'changeThreshold', [1])])
    await expect(execSafe(world.safe, world.seats.slice(0, 1), await note(world))).to.be.revertedWith('GS020')
  })

  it('by a signature of the Safe: three owners sign nothing for it, since its fallback handler has no ERC-1271', async () => {
    const digest = hash('a permit')
    const signatures = ethers.concat(sorted(world.seats.slice(0, 3)).map(s => s.signingKey.sign(digest).serialized))
    const asked = new ethers.Interface(['function isValidSignature(bytes32, bytes) view returns (bytes4)'])
    const data = asked.encodeFunctionData('isValidSignature', [digest, signatures])
    await expect(ethers.provider.call({ to: await addressOf(world.safe), data })).to.revert(ethers)
    // and a handler that would is not set but by the constitutional class
    const set = await safeCall(world, 'setFallbackHandler', [`0x${'5a'.repeat(20)}`])
    expect(await world.classes.classOf([set])).to.equal(Class.constitutional)
  })

  it('by a decision kept for later: it lapses', async () => {
    const decision = await open(world, [await note(world)])
    await yes(world, decision.id, [0, 1, 2])
    await time.increase(14 * DAY)
    await expect(execute(world, decision))
      .to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
      .withArgs(decision.id, State.expired, 0)
  })
})
