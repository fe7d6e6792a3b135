import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect } from 'chai'
import type { Wallet } from 'ethers'
import { passkey } from './passkey.ts'
import {
  addressOf,
  amend,
  ballotTypes,
  batchOf,
  Choice,
  call,
  DAY,
  deploy,
  domainOf,
  epochOf,
  ethers,
  execSafe,
  execute,
  fundedWallets,
  hash,
  Kind,
  moduleCall,
  networkHelpers,
  note,
  open,
  relay,
  State,
  safeCall,
  safeHash,
  seatAt,
  signBallot,
  sorted,
  vote,
  type World,
  YEAR,
  yes,
  ZeroAddress,
} from './world.ts'

const { time } = networkHelpers

describe('A seat', () => {
  let world: World
  let newcomer: Wallet
  let termEndsAt: number
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
    ;[newcomer] = (await fundedWallets(1, 'newcomer')) as [Wallet]
    termEndsAt = (await time.latest()) + YEAR
  })
  const refuse = (calls: Parameters<typeof amend>[1], name: string, args: readonly unknown[], by?: number[]) =>
    expect(amend(world, calls, by))
      .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
      .withArgs(0, world.module.interface.encodeErrorResult(name as 'Nvm_BadOwner', args as never))
  const replace = (seatId: number, owner: string, signer = owner, ends = termEndsAt) =>
    moduleCall(world, 'replaceSeat', [seatId, signer, owner, ends])

  it('is held from the beginning by an owner of the Safe, with a term', async () => {
    for (const [i, { address }] of world.seats.entries()) {
      const seat = await world.module.seatOf(i)
      expect([seat.owner, seat.signer, seat.epoch]).to.deep.equal([address, address.toLowerCase(), BigInt(i + 1)])
    }
    expect(await world.module.heldSeats()).to.equal(0b111111)
    expect(await world.module.latestEpoch()).to.equal(6)
    expect((await world.module.seatOf(6)).owner).to.equal(ZeroAddress)
    expect([await world.module.safe(), await world.module.classes(), await world.module.constitution()]).to.deep.equal([
      await addressOf(world.safe),
      await addressOf(world.classes),
      await addressOf(world.constitution),
    ])
  })

  it('is nobody’s to give but the Safe’s', async () => {
    const module = world.module.connect(seatAt(world, 0))
    for (const change of [
      () => module.grantSeat(6, newcomer.address, newcomer.address, termEndsAt),
      () => module.replaceSeat(0, newcomer.address, newcomer.address, termEndsAt),
      () => module.vacateSeat(0),
      () => module.renewSeat(0, termEndsAt),
    ])
      await expect(change()).to.be.revertedWithCustomError(module, 'Nvm_NotSafe')
  })

  it('goes to another holder together with the ownership of the Safe', async () => {
    const before = seatAt(world, 5).address
    await expect(amend(world, [await replace(5, newcomer.address)])).not.to.revert(ethers)
    const { owner, epoch, signer } = await world.module.seatOf(5)
    expect([owner, epoch, signer]).to.deep.equal([newcomer.address, 7n, newcomer.address.toLowerCase()])
    const owners = (await world.safe.getFunction('getOwners')()) as string[]
    expect(owners).to.include(newcomer.address)
    expect(owners).not.to.include(before)
    expect(owners).to.have.length(6)
  })

  it('does not part from its ownership: a decision that changes one alone reverts', async () => {
    const owners = (await world.safe.getFunction('getOwners')()) as string[]
    const sentinel = '0x0000000000000000000000000000000000000001'
    for (const calls of [
      [await safeCall(world, 'swapOwner', [sentinel, owners[0], newcomer.address])],
      [await safeCall(world, 'addOwnerWithThreshold', [newcomer.address, 3])],
      [await safeCall(world, 'removeOwner', [sentinel, owners[0], 3])],
    ])
      await expect(amend(world, calls)).to.be.revertedWithCustomError(world.module, 'Nvm_SeatsDiffer')
  })

  it('changes its key alone: the owner stays', async () => {
    await amend(world, [await replace(2, seatAt(world, 2).address, newcomer.address)])
    expect((await world.module.seatOf(2)).signer).to.equal(newcomer.address.toLowerCase())
    const { id } = await open(world, [await note(world)])
    await expect(relay(world, id, [await signBallot(world, id, 2)])).to.be.revertedWithCustomError(
      world.module,
      'Nvm_BadSignature',
    )
    await relay(world, id, [await signBallot(world, id, 2, Choice.yes, { signer: newcomer })])
    // and back to its own
    await amend(world, [await replace(2, seatAt(world, 2).address)], [0, 1, 3, 4, 5])
    const again = await open(world, [await note(world)])
    await yes(world, again.id, [2])
  })

  it('lapses with its term: no ballot and no decision until it is renewed', async () => {
    const module = world.module.connect(seatAt(world, 1))
    await amend(world, [await moduleCall(world, 'renewSeat', [0, (await time.latest()) + 20 * DAY])])
    const { termEndsAt: ends } = await world.module.seatOf(0)
    await time.increaseTo(ends)
    await expect(open(world, [await note(world)], 0))
      .to.be.revertedWithCustomError(module, 'Nvm_SeatLapsed')
      .withArgs(0, ends)
    const decision = await open(world, [await moduleCall(world, 'renewSeat', [0, Number(ends) + 30 * DAY])], 1)
    await expect(yes(world, decision.id, [0])).to.be.revertedWithCustomError(module, 'Nvm_SeatLapsed')
    await yes(world, decision.id, [1, 2, 3, 4, 5])
    await time.increase(7 * DAY)
    await execute(world, decision)
    expect((await world.module.seatOf(0)).epoch).to.equal(1n)
    await open(world, [await note(world)], 0)
  })

  it('lapsed like all others is renewed by five owners past the module', async () => {
    await time.increase(3 * YEAR)
    await expect(open(world, [await note(world)])).to.be.revertedWithCustomError(world.module, 'Nvm_SeatLapsed')
    const renewals = await Promise.all(
      [0, 1, 2, 3, 4].map(async seat => moduleCall(world, 'renewSeat', [seat, (await time.latest()) + YEAR])),
    )
    const tx = { to: await addressOf(world.multiSendCallOnly), data: batchOf(world, renewals), operation: 1 }
    await world.guard.connect(seatAt(world, 0)).announce(tx.to, 0, tx.data, 1)
    await time.increase(7 * DAY)
    await execSafe(world.safe, world.seats.slice(0, 5), tx)
    await open(world, [await note(world)])
  })

  it('has a term of at most five years, not in the past', async () => {
    const now = await time.latest()
    for (const ends of [now, now + 6 * YEAR])
      await expect(amend(world, [await moduleCall(world, 'renewSeat', [0, ends])])).to.be.revertedWithCustomError(
        world.module,
        'Nvm_CallFailed',
      )
    await refuse([await moduleCall(world, 'renewSeat', [6, now + YEAR])], 'Nvm_UnknownSeat', [6])
  })

  it('can be a seventh, and then the numbers of ballots are the same', async () => {
    await amend(world, [await moduleCall(world, 'grantSeat', [6, newcomer.address, newcomer.address, termEndsAt])])
    expect(await world.module.heldSeats()).to.equal(0b1111111)
    expect(await world.safe.getFunction('getThreshold')()).to.equal(3)
    world.seats.push(newcomer)
    const decision = await open(world, [await note(world)], 6)
    await yes(world, decision.id, [6, 0])
    expect(await world.module.stateOf(decision.id)).to.equal(State.open)
    await yes(world, decision.id, [1])
    await execute(world, decision)
    world.seats.pop()
  })

  it('is vacated down to five, which lowers nobody’s threshold', async () => {
    await amend(world, [await moduleCall(world, 'vacateSeat', [3])])
    expect(await world.module.heldSeats()).to.equal(0b110111)
    expect(((await world.safe.getFunction('getOwners')()) as string[]).length).to.equal(5)
    const decision = await open(world, [await note(world)])
    await expect(yes(world, decision.id, [3])).to.be.revertedWithCustomError(world.module, 'Nvm_UnknownSeat')
    await yes(world, decision.id, [0, 1])
    expect(await world.module.stateOf(decision.id)).to.equal(State.open)
    const others = [0, 1, 2, 4, 5]
    await refuse([await moduleCall(world, 'vacateSeat', [0])], 'Nvm_TooFewSeats', [5], others)
    await refuse([await moduleCall(world, 'vacateSeat', [3])], 'Nvm_UnknownSeat', [3], others)
    await amend(
      world,
      [await moduleCall(world, 'grantSeat', [3, newcomer.address, newcomer.address, termEndsAt])],
      others,
    )
    expect(await world.module.seatsMatchOwners()).to.equal(true)
  })

  it('is one key’s only: neither key nor owner speaks for two', async () => {
    const other = seatAt(world, 1).address
    await refuse([await replace(0, newcomer.address, other)], 'Nvm_SignerTaken', [1])
    await refuse([await replace(0, other, newcomer.address)], 'Nvm_SignerTaken', [1])
    await amend(world, [await replace(1, other, newcomer.address)])
    await refuse([await replace(0, newcomer.address, hash('x').slice(0, 42))], 'Nvm_SignerTaken', [1], [0, 2, 3, 4, 5])
    await refuse(
      [await moduleCall(world, 'grantSeat', [6, newcomer.address, hash('x').slice(0, 42), termEndsAt])],
      'Nvm_SignerTaken',
      [1],
      [0, 2, 3, 4, 5],
    )
  })

  it('refuses keys that are none, owners that cannot be, seats that are taken or unknown', async () => {
    const safe = await addressOf(world.safe)
    await refuse([await replace(0, newcomer.address, '0x1234')], 'Nvm_BadSigner', ['0x1234'])
    await refuse([await replace(0, newcomer.address, ZeroAddress)], 'Nvm_BadSigner', [ZeroAddress])
    const noVerifier = `0x${'5a'.repeat(40)}`
    await refuse([await replace(0, newcomer.address, noVerifier)], 'Nvm_BadSigner', [noVerifier])
    await refuse([await replace(0, safe)], 'Nvm_BadOwner', [safe])
    await refuse([await replace(0, ZeroAddress, newcomer.address)], 'Nvm_BadOwner', [ZeroAddress])
    await refuse([await replace(6, newcomer.address)], 'Nvm_UnknownSeat', [6])
    await refuse(
      [await moduleCall(world, 'grantSeat', [7, newcomer.address, newcomer.address, termEndsAt])],
      'Nvm_UnknownSeat',
      [7],
    )
    await refuse(
      [await moduleCall(world, 'grantSeat', [0, newcomer.address, newcomer.address, termEndsAt])],
      'Nvm_SeatTaken',
      [0],
    )
    // what only the Safe refuses: its sentinel as an owner
    const sentinel = '0x0000000000000000000000000000000000000001'
    await expect(amend(world, [await replace(0, sentinel, newcomer.address)])).to.be.revertedWithCustomError(
      world.module,
      'Nvm_CallFailed',
    )
  })

  describe('that changed hands', () => {
    it('has no ballot in what was opened before, and what it said there is void', async () => {
      const old = await open(world, [await note(world)])
      await vote(world, old.id, { 0: Choice.yes, 1: Choice.yes, 5: Choice.no, 4: Choice.recuse })
      const ballot = await signBallot(world, old.id, 3)
      await amend(
        world,
        [await replace(0, newcomer.address), await replace(3, seatAt(world, 3).address, hash('three').slice(0, 42))],
        [1, 2, 3, 4, 5],
      )
      const decision = await world.module.decisionOf(old.id)
      expect(decision.state).to.equal(State.expired) // a week passed
      expect([decision.yes, decision.no, decision.recused]).to.deep.equal([2n, 32n, 16n])
      await expect(relay(world, old.id, [ballot])).to.be.revertedWithCustomError(world.module, 'Nvm_SeatTooNew')
      await expect(
        world.module.connect(seatAt(world, 3)).cast(old.id, 3, Choice.yes, hash('')),
      ).to.be.revertedWithCustomError(world.module, 'Nvm_SeatTooNew')
      await expect(world.module.connect(newcomer).cast(old.id, 0, Choice.yes, hash(''))).to.be.revertedWithCustomError(
        world.module,
        'Nvm_AlreadyCast',
      )
    })

    it('takes its part of a quorum along, and the delay begins anew with the next', async () => {
      const [change, old] = [
        await open(world, [await replace(0, newcomer.address)]),
        await open(world, [await safeCall(world, 'changeThreshold', [4])]),
      ]
      await yes(world, change.id, [0, 1, 2, 3, 4])
      await yes(world, old.id, [0, 1, 2, 3, 4])
      await time.increase(7 * DAY)
      expect(await world.module.stateOf(old.id)).to.equal(State.ready)
      await execute(world, change)
      expect(await world.module.stateOf(old.id)).to.equal(State.open)
      await expect(execute(world, old))
        .to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
        .withArgs(old.id, State.open, 0)
      await expect(yes(world, old.id, [5])).to.emit(world.module, 'QuorumReached')
      const reachedAt = await time.latest()
      expect((await world.module.decisionOf(old.id)).readyAt).to.equal(reachedAt + 7 * DAY)
      await time.increase(7 * DAY)
      await execute(world, old)
    })

    it('is not spoken for by a signature of its earlier holder', async () => {
      await amend(world, [await replace(0, newcomer.address)])
      const decision = await open(world, [await note(world)], 1)
      for (const epoch of [1, 7])
        await expect(
          relay(world, decision.id, [await signBallot(world, decision.id, 0, Choice.yes, { epoch })]),
        ).to.be.revertedWithCustomError(world.module, 'Nvm_BadSignature')
      await relay(world, decision.id, [await signBallot(world, decision.id, 0, Choice.yes, { signer: newcomer })])
    })
  })

  describe('of a key without an address', () => {
    it('P-256: votes, opens, and owns the Safe through a contract of its own', async () => {
      const verifier = await ethers.deployContract('ERC7913P256Verifier')
      const factory = await ethers.deployContract('SeatOwnerFactory')
      const { key, signHash } = passkey()
      const signer = ethers.concat([await addressOf(verifier), key])
      const owner = await factory.ownerOf(signer)
      await expect(factory.deploy(signer)).to.emit(factory, 'SeatOwnerDeployed').withArgs(owner, signer)
      await factory.deploy(signer) // again: nothing
      await expect(factory.deploy(newcomer.address)).to.be.revertedWithCustomError(factory, 'SeatOwners_BadSigner')
      const seatOwner = await ethers.getContractAt('SeatOwner', owner)
      expect(await seatOwner.signerBytes()).to.equal(signer)
      await amend(world, [await replace(4, owner, signer)])

      const decision = await open(world, [await note(world)])
      const rationaleHash = hash('by passkey')
      const digest = await world.module.ballotDigest(decision.id, 4, Choice.yes, rationaleHash)
      const message = {
        decisionId: decision.id,
        seatId: 4,
        seatEpoch: await epochOf(world, 4),
        choice: 0,
        rationaleHash,
      }
      expect(digest).to.equal(ethers.TypedDataEncoder.hash(await domainOf(world), ballotTypes, message))
      const ballot = { seatId: 4, choice: Choice.yes, rationaleHash, signature: signHash(digest) }
      await expect(relay(world, decision.id, [{ ...ballot, choice: Choice.no }])).to.be.revertedWithCustomError(
        world.module,
        'Nvm_BadSignature',
      )
      await relay(world, decision.id, [ballot])
      await yes(world, decision.id, [0, 1])
      await execute(world, decision)

      // break-glass, with the passkey among the five: a contract signature of the Safe's own form
      const tx = await note(world)
      const safeTx = await safeHash(world.safe, tx, await world.safe.getFunction('nonce')())
      const others = world.seats.filter((_, i) => [0, 1, 2, 3].includes(i))
      const signers = sorted([...others, { address: owner }])
      const contractSignature = signHash(safeTx)
      const heads = signers.map(one =>
        'signingKey' in one
          ? one.signingKey.sign(safeTx).serialized
          : ethers.concat([ethers.zeroPadValue(owner, 32), ethers.toBeHex(65 * 5, 32), '0x00']),
      )
      const signatures = ethers.concat([...heads, ethers.toBeHex(64, 32), contractSignature])
      await world.safe.getFunction('execTransaction')(
        tx.to,
        0,
        tx.data,
        0,
        0,
        0,
        0,
        ZeroAddress,
        ZeroAddress,
        signatures,
      )
      expect(await world.target.count()).to.equal(2)
      expect(await seatOwner.isValidSignature(hash('another'), contractSignature)).to.equal('0xffffffff')
    })

    it('RSA: votes', async () => {
      const verifier = await ethers.deployContract('ERC7913RSAVerifier')
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const { n, e } = publicKey.export({ format: 'jwk' })
      const [modulus, exponent] = [n, e].map(part => `0x${Buffer.from(part ?? '', 'base64url').toString('hex')}`)
      const key = ethers.AbiCoder.defaultAbiCoder().encode(['bytes', 'bytes'], [exponent, modulus])
      const signer = ethers.concat([await addressOf(verifier), key])
      await amend(world, [await replace(4, seatAt(world, 4).address, signer)])
      const decision = await open(world, [await note(world)])
      const rationaleHash = hash('by card')
      const digest = await world.module.ballotDigest(decision.id, 4, Choice.yes, rationaleHash)
      const signature = createSign('sha256').update(ethers.getBytes(digest)).sign(privateKey)
      await relay(world, decision.id, [
        { seatId: 4, choice: Choice.yes, rationaleHash, signature: ethers.hexlify(signature) },
      ])
      expect((await world.module.decisionOf(decision.id)).yes).to.equal(16n)
    })

    it('ERC-1271: a contract wallet votes by the signature of its holder', async () => {
      const wallet = await ethers.deployContract('ContractWallet', [newcomer.address])
      const owner = await addressOf(wallet)
      await amend(world, [await replace(4, owner)])
      const decision = await open(world, [await note(world)])
      await expect(relay(world, decision.id, [await signBallot(world, decision.id, 4)])).to.be.revertedWithCustomError(
        world.module,
        'Nvm_BadSignature',
      )
      await relay(world, decision.id, [await signBallot(world, decision.id, 4, Choice.yes, { signer: newcomer })])
    })
  })

  describe('at the beginning', () => {
    const first = (owners: readonly { address: string }[]) =>
      owners.map(({ address }) => ({ signer: address, owner: address, termEndsAt }))
    const build = async (over: Partial<{ classes: string; constitution: string; seats: ReturnType<typeof first> }>) =>
      ethers.deployContract('NexusValidationModule', [
        await addressOf(world.safe),
        over.classes ?? (await addressOf(world.classes)),
        over.constitution ?? (await addressOf(world.constitution)),
        over.seats ?? first(world.seats),
      ])

    it('are those of the owners of the Safe, at least five and at most seven', async () => {
      const { module } = world
      await expect(build({ seats: first(world.seats.slice(0, 4)) })).to.be.revertedWithCustomError(
        module,
        'Nvm_TooFewSeats',
      )
      await expect(build({ seats: first(world.seats.slice(0, 5)) })).to.be.revertedWithCustomError(
        module,
        'Nvm_SeatsDiffer',
      )
      const others = await fundedWallets(8, 'eight')
      await expect(build({ seats: first(others) })).to.be.revertedWithCustomError(module, 'Nvm_UnknownSeat')
      await expect(build({ seats: first(others.slice(0, 6)) })).to.be.revertedWithCustomError(module, 'Nvm_SeatsDiffer')
    })

    it('belong to a table and a constitution of the same Safe', async () => {
      const classes = await addressOf(await ethers.deployContract('ActionClasses', [newcomer.address]))
      const constitution = await addressOf(await ethers.deployContract('Constitution', [newcomer.address]))
      await expect(build({ classes })).to.be.revertedWithCustomError(world.module, 'Nvm_OtherSafe').withArgs(classes)
      await expect(build({ constitution }))
        .to.be.revertedWithCustomError(world.module, 'Nvm_OtherSafe')
        .withArgs(constitution)
    })

    it('and at the end: another module takes over in one decision, and the old one can do nothing more', async () => {
      const next = await build({})
      const nextGuard = await ethers.deployContract('NexusGuard', [await addressOf(next)])
      const protect = async (of: { getAddress(): Promise<string> }) =>
        call(
          await addressOf(world.classes),
          world.classes.interface.encodeFunctionData('setTarget', [await addressOf(of), Kind.protected]),
        )
      const left = await open(world, [await note(world)])
      await yes(world, left.id, [0, 1, 2])
      await amend(world, [
        await protect(next),
        await protect(nextGuard),
        await safeCall(world, 'enableModule', [await addressOf(next)]),
        await safeCall(world, 'setGuard', [await addressOf(nextGuard)]),
        await safeCall(world, 'setModuleGuard', [ZeroAddress]), // the next one's guard would refuse the last call
        await safeCall(world, 'disableModule', [await addressOf(next), await addressOf(world.module)]),
      ])
      await expect(execute(world, left)).to.be.revertedWith('GS104')
      const renewed = { ...world, module: next, guard: nextGuard }
      await amend(renewed, [await safeCall(world, 'setModuleGuard', [await addressOf(nextGuard)])])
      const decision = await open(renewed, [await note(world)])
      await yes(renewed, decision.id, [0, 1, 2])
      await execute(renewed, decision)
      expect(await world.target.count()).to.equal(1)
    })
  })
})
