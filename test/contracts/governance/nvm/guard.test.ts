import { expect } from 'chai'
import type { Wallet } from 'ethers'
import {
  addressOf,
  amend,
  batchOf,
  Class,
  call,
  DAY,
  deploy,
  ethers,
  execSafe,
  execute,
  HOUR,
  networkHelpers,
  note,
  open,
  type SafeTx,
  safeCall,
  safeHash,
  seatAt,
  sorted,
  type World,
  YEAR,
  yes,
  ZeroAddress,
} from './world.ts'

const { time } = networkHelpers

describe('The guard', () => {
  let world: World
  let five: Wallet[]
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
    five = world.seats.slice(0, 5)
  })
  const announce = (tx: SafeTx, by = seatAt(world, 0)) =>
    world.guard.connect(by).announce(tx.to, tx.value ?? 0n, tx.data, tx.operation ?? 0)
  const idOf = (tx: SafeTx) => world.guard.announcementIdOf(tx.to, tx.value ?? 0n, tx.data, tx.operation ?? 0)

  it('says that it guards transactions and modules, as Safe 1.5 asks', async () => {
    for (const id of ['0xe6d7a83a', '0x58401ed8', '0x01ffc9a7'])
      expect(await world.guard.supportsInterface(id), id).to.equal(true)
    expect(await world.guard.supportsInterface('0xffffffff')).to.equal(false)
    expect([await world.guard.safe(), await world.guard.module(), await world.guard.classes()]).to.deep.equal([
      await addressOf(world.safe),
      await addressOf(world.module),
      await addressOf(world.classes),
    ])
  })

  it('answers nobody but the Safe', async () => {
    const [stranger] = await ethers.getSigners()
    const guard = world.guard.connect(stranger)
    const to = await addressOf(world.target)
    for (const asked of [
      () => guard.checkTransaction(to, 0, '0x', 0, 0, 0, 0, to, to, '0x', to),
      () => guard.checkAfterExecution(ethers.ZeroHash, true),
      () => guard.checkModuleTransaction(to, 0, '0x', 0, to),
    ])
      await expect(asked()).to.be.revertedWithCustomError(guard, 'Guard_NotSafe')
  })

  describe('of what owners sign themselves', () => {
    it('asks for five signatures, whatever the threshold of the Safe', async () => {
      const tx = await note(world)
      for (const n of [3, 4])
        await expect(execSafe(world.safe, world.seats.slice(0, n), tx)).to.be.revertedWith('GS020')
      const hash = await safeHash(world.safe, tx, await world.safe.getFunction('nonce')())
      await expect(execSafe(world.safe, five, tx))
        .to.emit(world.guard, 'BreakGlass')
        .withArgs(hash, Class.ordinary)
      expect(await world.target.count()).to.equal(1)
    })

    it('counts no signature twice, and none of a stranger', async () => {
      const tx = await note(world)
      const digest = await safeHash(world.safe, tx, await world.safe.getFunction('nonce')())
      const run = (signers: readonly Wallet[]) =>
        world.safe.getFunction('execTransaction')(
          tx.to,
          0,
          tx.data,
          0,
          0,
          0,
          0,
          ZeroAddress,
          ZeroAddress,
          ethers.concat(signers.map(s => s.signingKey.sign(digest).serialized)),
        )
      const ordered = sorted(five)
      const [first, second, third, fourth] = ordered
      if (!first || !second || !third || !fourth) throw new Error('no signers')
      await expect(run([first, second, third, fourth, fourth])).to.be.revertedWith('GS026')
      const stranger = ethers.Wallet.createRandom()
      await expect(run([first, second, third, fourth, stranger as unknown as Wallet])).to.be.revertedWith('GS026')
    })

    it('lets the constitutional through seven days after an announcement of exactly that, once', async () => {
      const tx = await safeCall(world, 'changeThreshold', [4])
      const id = await idOf(tx)
      await expect(execSafe(world.safe, five, tx))
        .to.be.revertedWithCustomError(world.guard, 'Guard_NotAnnounced')
        .withArgs(id)
      const announcedAt = (await time.latest()) + HOUR
      const from = announcedAt + 7 * DAY
      await time.setNextBlockTimestamp(announcedAt)
      await expect(announce(tx))
        .to.emit(world.guard, 'Announced')
        .withArgs(id, seatAt(world, 0).address, tx.to, 0, tx.data, 0, from, from + 14 * DAY)
      expect(await world.guard.announcementOf(id)).to.deep.equal([BigInt(from), BigInt(from + 14 * DAY)])
      await expect(announce(tx, seatAt(world, 1)))
        .to.be.revertedWithCustomError(world.guard, 'Guard_AlreadyAnnounced')
        .withArgs(id, from)
      // other transactions may come before it: no nonce is named
      await execSafe(world.safe, five, await note(world))
      await time.setNextBlockTimestamp(from - 1)
      await expect(execSafe(world.safe, five, tx))
        .to.be.revertedWithCustomError(world.guard, 'Guard_TooEarly')
        .withArgs(id, from)
      const other = await safeCall(world, 'changeThreshold', [5])
      await time.setNextBlockTimestamp(from)
      await expect(execSafe(world.safe, five, tx)).to.emit(world.guard, 'AnnouncementUsed')
      expect(await world.safe.getFunction('getThreshold')()).to.equal(4)
      await expect(execSafe(world.safe, five, tx)).to.be.revertedWithCustomError(world.guard, 'Guard_NotAnnounced')
      await expect(execSafe(world.safe, five, other)).to.be.revertedWithCustomError(world.guard, 'Guard_NotAnnounced')
    })

    it('forgets an announcement after two weeks, and takes it again then', async () => {
      const tx = await safeCall(world, 'changeThreshold', [4])
      await announce(tx)
      await time.increase(21 * DAY)
      await expect(execSafe(world.safe, five, tx)).to.be.revertedWithCustomError(world.guard, 'Guard_NotAnnounced')
      await announce(tx)
      await time.increase(20 * DAY)
      await execSafe(world.safe, five, tx)
    })

    it('takes announcements of owners alone, signed ones from anyone', async () => {
      const tx = await safeCall(world, 'changeThreshold', [4])
      const [stranger] = await ethers.getSigners()
      await expect(world.guard.connect(stranger).announce(tx.to, 0, tx.data, 0)).to.be.revertedWithCustomError(
        world.guard,
        'Guard_NotOwner',
      )
      const id = await idOf(tx)
      const domain = {
        name: 'Nexus Guard',
        version: '1',
        chainId: world.chainId,
        verifyingContract: await addressOf(world.guard),
      }
      const types = { Announcement: [{ name: 'id', type: 'bytes32' }] }
      expect(await world.guard.announcementDigest(id)).to.equal(ethers.TypedDataEncoder.hash(domain, types, { id }))
      const owner = seatAt(world, 3)
      const signature = await owner.signTypedData(domain, types, { id })
      const carry = (from: string) => world.guard.connect(stranger).announceFor(from, tx.to, 0, tx.data, 0, signature)
      await expect(carry(seatAt(world, 2).address)).to.be.revertedWithCustomError(world.guard, 'Guard_NotOwner')
      await expect(carry(owner.address)).to.emit(world.guard, 'Announced')
    })

    it('refuses the refund of gas, which would be a payment that nobody classified', async () => {
      await expect(execSafe(world.safe, five, { ...(await note(world)), gasPrice: 1n }))
        .to.be.revertedWithCustomError(world.guard, 'Guard_Refund')
        .withArgs(1)
    })

    it('refuses delegatecalls, but reads the batches of a listed MultiSend', async () => {
      const to = await addressOf(world.target)
      await expect(execSafe(world.safe, five, { ...(await note(world)), operation: 1 }))
        .to.be.revertedWithCustomError(world.classes, 'Actions_DelegateCall')
        .withArgs(to)
      for (const of of [world.multiSend, world.multiSendCallOnly]) {
        const batch = { to: await addressOf(of), operation: 1 }
        await execSafe(world.safe, five, { ...batch, data: batchOf(world, [await note(world), await note(world)]) })
        const smuggled = batchOf(world, [await note(world), { ...(await note(world)), operation: 1 }])
        await expect(execSafe(world.safe, five, { ...batch, data: smuggled })).to.be.revertedWithCustomError(
          world.classes,
          'Actions_DelegateCall',
        )
        const high = batchOf(world, [await note(world), await safeCall(world, 'changeThreshold', [4])])
        await expect(execSafe(world.safe, five, { ...batch, data: high })).to.be.revertedWithCustomError(
          world.guard,
          'Guard_NotAnnounced',
        )
        for (const data of [
          ethers.concat([batchOf(world, [await note(world)]).slice(0, 10), '0x00']),
          '0x',
          '0x12345678',
        ])
          await expect(execSafe(world.safe, five, { ...batch, data })).to.be.revertedWithCustomError(
            world.classes,
            'Actions_DelegateCall',
          )
      }
      expect(await world.target.count()).to.equal(4)
    })

    it('keeps owners and seats the same', async () => {
      const newcomer = ethers.Wallet.createRandom()
      const tx = await safeCall(world, 'swapOwner', [
        '0x0000000000000000000000000000000000000001',
        (await world.safe.getFunction('getOwners')())[0],
        newcomer.address,
      ])
      await announce(tx)
      await time.increase(7 * DAY)
      await expect(execSafe(world.safe, five, tx)).to.be.revertedWithCustomError(world.guard, 'Guard_SeatsDiffer')
      // with the seat, by the module's own function, it goes
      const termEndsAt = (await time.latest()) + YEAR
      const both = call(
        await addressOf(world.module),
        world.module.interface.encodeFunctionData('replaceSeat', [0, newcomer.address, newcomer.address, termEndsAt]),
      )
      await announce(both)
      await time.increase(7 * DAY)
      await execSafe(world.safe, five, both)
      expect((await world.module.seatOf(0)).owner).to.equal(newcomer.address)
      expect(await world.safe.getFunction('isOwner')(newcomer.address)).to.equal(true)
      expect(await world.module.seatsMatchOwners()).to.equal(true)
    })
  })

  it('lets no module but the NVM act', async () => {
    const [other] = await ethers.getSigners()
    if (!other) throw new Error('no account')
    await amend(world, [await safeCall(world, 'enableModule', [other.address])])
    const { to, data } = await note(world)
    await expect(world.safe.getFunction('execTransactionFromModule')(to, 0, data, 0))
      .to.be.revertedWithCustomError(world.guard, 'Guard_NotTheModule')
      .withArgs(other.address)
  })

  it('lets the module call and not delegatecall', async () => {
    await networkHelpers.impersonateAccount(await addressOf(world.module))
    await networkHelpers.setBalance(await addressOf(world.module), 10n ** 18n)
    const module = await ethers.getSigner(await addressOf(world.module))
    const safe = world.safe.connect(module) as typeof world.safe
    const { to, data } = await note(world)
    await safe.getFunction('execTransactionFromModule')(to, 0, data, 0)
    await expect(safe.getFunction('execTransactionFromModule')(to, 0, data, 1))
      .to.be.revertedWithCustomError(world.guard, 'Guard_DelegateCall')
      .withArgs(to)
  })

  describe('that is broken', () => {
    it('as a guard of transactions is replaced by a decision', async () => {
      const broken = await ethers.deployContract('BrokenGuard')
      await amend(world, [await safeCall(world, 'setGuard', [await addressOf(broken)])])
      await expect(execSafe(world.safe, world.seats, await note(world))).to.be.revertedWithCustomError(broken, 'Broken')
      await amend(world, [await safeCall(world, 'setGuard', [await addressOf(world.guard)])])
      await execSafe(world.safe, five, await note(world))
    })

    it('as a guard of modules is replaced by five owners, a week after they said so', async () => {
      const broken = await ethers.deployContract('BrokenGuard')
      const breaking = await safeCall(world, 'setModuleGuard', [await addressOf(broken)])
      await announce(breaking)
      await time.increase(7 * DAY)
      await execSafe(world.safe, five, breaking)
      const decision = await open(world, [await note(world)])
      await yes(world, decision.id, [0, 1, 2])
      await expect(execute(world, decision)).to.be.revertedWithCustomError(broken, 'Broken')
      const mending = await safeCall(world, 'setModuleGuard', [await addressOf(world.guard)])
      await announce(mending)
      await time.increase(7 * DAY)
      await execSafe(world.safe, five, mending)
      await execute(world, decision)
    })

    it('is never left behind by a decision that the module could not undo', async () => {
      const broken = await ethers.deployContract('BrokenGuard')
      await expect(
        amend(world, [
          await safeCall(world, 'setGuard', [await addressOf(broken)]),
          await safeCall(world, 'setModuleGuard', [await addressOf(broken)]),
        ]),
      ).to.be.revertedWithCustomError(world.module, 'Nvm_ShutOut')
    })

    it('is taken off by five owners, and nothing of it stands in their way', async () => {
      const off = await safeCall(world, 'setGuard', [ZeroAddress])
      await announce(off)
      await time.increase(7 * DAY)
      await execSafe(world.safe, five, off)
      // three again, as of any Safe
      await execSafe(world.safe, world.seats.slice(0, 3), await note(world))
    })
  })
})
