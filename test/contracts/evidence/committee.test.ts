import { leastQuorum } from '@nexus/kit/report'
import { expect } from 'chai'
import {
  anchor,
  attest,
  bitmapOf,
  CHALLENGE,
  DAY,
  deploy,
  digestOf,
  ethers,
  HOUR,
  hash,
  headerOf,
  keyHashesOf,
  leastQuorumOf,
  networkHelpers,
  nextOf,
  operatorsOf,
  roles,
  send,
  signOf,
  ZeroAddress,
} from './world.ts'

const FOR_EVER = 2n ** 40n - 1n
const seven = () => deploy(7)
const sixteen = () => deploy(16)

/** A registry whose committee nobody has announced yet. */
async function empty() {
  const { curator } = await roles()
  const authority = await ethers.deployContract('AccessManager', [curator.address])
  const registry = await ethers.deployContract('EvidenceRegistry', [await authority.getAddress(), CHALLENGE])
  const announce = (n: number, quorum: number, activeFrom: bigint | number = 0, name = 'operator') => {
    const operators = operatorsOf(n, name)
    return registry.connect(curator).announceConfiguration(operators, keyHashesOf(operators), quorum, activeFrom)
  }
  return { registry: registry.connect(curator), authority, announce }
}

describe('Committee: configurations', () => {
  it('is empty before the first: no version, nothing to read, nothing to anchor with', async () => {
    const { registry } = await networkHelpers.loadFixture(empty)
    expect(await registry.currentConfigVersion()).to.equal(0n)
    await expect(registry.configuration(1))
      .to.be.revertedWithCustomError(registry, 'Committee_UnknownConfiguration')
      .withArgs(1n)
    const now = await networkHelpers.time.latest()
    const fields = { value: 0n, from: now - 2, to: now - 1, sequence: 1, eql: 1, flags: 0 }
    const report = { ...fields, feedId: hash('feed'), aepRoot: hash('root'), receiptsRoot: hash('receipts') }
    for (const configVersion of [0, 1]) {
      const header = headerOf({ ...report, configVersion }, 0n)
      await expect(registry.anchor(report.feedId, report.aepRoot, report.receiptsRoot, header, '0x'))
        .to.be.revertedWithCustomError(registry, 'Committee_NotCurrent')
        .withArgs(configVersion, 0n)
    }
  })

  it('takes 4 to 31 operators', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    for (const n of [0, 3, 32]) {
      await expect(announce(n, 3)).to.be.revertedWithCustomError(registry, 'Committee_SizeOutOfRange').withArgs(n)
    }
  })

  it('takes a quorum such that two share an honest operator and the honest can reach one, for every size', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    for (let n = 4; n <= 31; n++) {
      const faulty = Math.floor((n - 1) / 3)
      const [least, most] = [leastQuorumOf(n), n - faulty]
      expect(leastQuorum(n), 'the kit says the same').to.equal(least)
      for (const quorum of [0, least - 1, most + 1]) {
        await expect(announce(n, quorum))
          .to.be.revertedWithCustomError(registry, 'Committee_QuorumOutOfRange')
          .withArgs(quorum, least, most)
      }
      await announce(n, least)
      const { quorum, operators } = await registry.configuration(await newest(registry))
      expect(quorum).to.equal(BigInt(least))
      expect(operators).to.deep.equal(operatorsOf(n).map(o => o.address))
      if (n < 31) await networkHelpers.loadFixture(empty)
    }
  })

  it('has quorums of 3, 5, 11, 21 at 4, 7, 16, 31', () => {
    expect([4, 7, 16, 31].map(leastQuorumOf)).to.deep.equal([3, 5, 11, 21])
  })

  it('wants operators strictly ascending, none of them zero', async () => {
    const { registry } = await networkHelpers.loadFixture(empty)
    const sorted = operatorsOf(4).map(o => o.address)
    const [a, b, c, d] = sorted as [string, string, string, string]
    const keys = keyHashesOf(operatorsOf(4))
    for (const [operators, index, culprit] of [
      [[a, b, d, c], 3, c],
      [[a, b, b, d], 2, b],
      [[ZeroAddress, b, c, d], 0, ZeroAddress],
    ] as const) {
      await expect(registry.announceConfiguration([...operators], keys, 3, 0))
        .to.be.revertedWithCustomError(registry, 'Committee_OperatorsNotAscending')
        .withArgs(index, culprit)
    }
  })

  it('wants one post-quantum key hash for each operator', async () => {
    const { registry } = await networkHelpers.loadFixture(empty)
    const operators = operatorsOf(4)
    await expect(registry.announceConfiguration(operators, keyHashesOf(operators).slice(1), 3, 0))
      .to.be.revertedWithCustomError(registry, 'Committee_KeyHashesMismatch')
      .withArgs(4, 3)
  })

  it('lets only its role announce', async () => {
    const { registry } = await networkHelpers.loadFixture(seven)
    const { stranger } = await roles()
    const operators = operatorsOf(4)
    await expect(registry.connect(stranger).announceConfiguration(operators, keyHashesOf(operators), 3, FOR_EVER))
      .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
      .withArgs(stranger.address)
  })

  it('tells who operates, and puts it into the code of a contract that cannot be called', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    const operators = operatorsOf(5)
    const tx = await announce(5, 4)
    const { blockNumber } = (await tx.wait()) ?? {}
    const { timestamp } = (await ethers.provider.getBlock(blockNumber ?? 0)) ?? {}
    const [event] = await registry.queryFilter(registry.filters.ConfigurationAnnounced)
    expect(event?.args.slice(0, 3)).to.deep.equal([1n, BigInt(timestamp ?? 0), 4n])
    expect(event?.args.operators).to.deep.equal(operators.map(o => o.address))
    expect(event?.args.pqKeyHashes).to.deep.equal(keyHashesOf(operators))
    const packed = ethers.solidityPacked(
      ['uint8', 'uint40', 'uint32', 'uint8', 'uint8', ...operators.map(() => 'address')],
      [0, timestamp, 1, 4, 5, ...operators.map(o => o.address)],
    )
    const keys = event?.args[3] ?? '' // by place: results have a method of that name
    expect(await ethers.provider.getCode(keys)).to.equal(packed)
    expect(await ethers.provider.call({ to: keys, data: '0x12345678' })).to.equal('0x')
  })

  it('announces nothing when the gas does not suffice for the code', async () => {
    const { registry } = await networkHelpers.loadFixture(empty)
    const operators = operatorsOf(31)
    const args = [operators.map(o => o.address), keyHashesOf(operators), 21, 0] as const
    const { curator } = await roles()
    const enough = Number(await registry.announceConfiguration.estimateGas([...args[0]], args[1], args[2], args[3]))
    const { data } = await registry.announceConfiguration.populateTransaction([...args[0]], args[1], args[2], args[3])
    const outcomes = new Set<string>()
    for (let gas = enough - 20_000; gas > enough - 200_000; gas -= 10_000) {
      const call = curator.call({ to: await registry.getAddress(), data, gasLimit: gas })
      const outcome = await call.then(
        () => 'announced',
        error => (typeof error.data === 'string' && registry.interface.parseError(error.data)?.name) || 'out of gas',
      )
      outcomes.add(outcome)
    }
    expect([...outcomes])
      .to.include('Committee_DeploymentFailed')
      .and.not.include('announced')
  })

  it('takes the first at once, and may replace it while it is not in force', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    const now = await networkHelpers.time.latest()
    await announce(4, 3, now + DAY, 'first')
    expect(await registry.currentConfigVersion()).to.equal(0n)
    await announce(4, 3, now + 2 * DAY, 'second')
    const first = await registry.configuration(1)
    expect(first.activeUntil)
      .to.equal(first.activeFrom)
      .and.to.equal(BigInt(now + DAY))
    await networkHelpers.time.increaseTo(now + DAY)
    expect(await registry.currentConfigVersion()).to.equal(0n)
    await networkHelpers.time.increaseTo(now + 2 * DAY)
    expect(await registry.currentConfigVersion()).to.equal(2n)
  })

  it('takes the next no sooner than a challenge window ahead', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    await announce(4, 3)
    const at = (await networkHelpers.time.latest()) + HOUR
    await networkHelpers.time.setNextBlockTimestamp(at)
    await expect(announce(4, 3, at + CHALLENGE - 1, 'next'))
      .to.be.revertedWithCustomError(registry, 'Committee_TooSoon')
      .withArgs(at + CHALLENGE - 1, at + CHALLENGE)
    await networkHelpers.time.setNextBlockTimestamp(at + HOUR)
    await announce(4, 3, at + HOUR + CHALLENGE, 'next')
    expect((await registry.configuration(2)).activeFrom).to.equal(BigInt(at + HOUR + CHALLENGE))
  })

  it('changes over by time alone, to the second, and keeps the old ones readable', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    await announce(4, 3, 0, 'old')
    const activeFrom = (await networkHelpers.time.latest()) + CHALLENGE + HOUR
    await announce(7, 5, activeFrom, 'new')
    const blocks = await ethers.provider.getBlockNumber()
    expect((await registry.configuration(1)).activeUntil).to.equal(BigInt(activeFrom))
    expect((await registry.configuration(2)).activeUntil).to.equal(FOR_EVER)
    expect(await registry.currentConfigVersion()).to.equal(1n)
    await networkHelpers.time.increaseTo(activeFrom - 1)
    expect(await registry.currentConfigVersion()).to.equal(1n)
    await networkHelpers.time.increaseTo(activeFrom)
    expect(await registry.currentConfigVersion()).to.equal(2n)
    expect(await ethers.provider.getBlockNumber(), 'empty blocks only').to.equal(blocks + 2)
    const old = await registry.configuration(1)
    expect(old.operators).to.deep.equal(operatorsOf(4, 'old').map(o => o.address))
    expect(old.quorum).to.equal(3n)
  })

  it('holds at most one that is pending: a newer one replaces it and the present one stays till then', async () => {
    const { registry, announce } = await networkHelpers.loadFixture(empty)
    await announce(4, 3, 0, 'present')
    const now = await networkHelpers.time.latest()
    await announce(4, 3, now + 10 * DAY, 'dropped')
    await announce(4, 3, now + 20 * DAY, 'kept')
    expect((await registry.configuration(1)).activeUntil).to.equal(BigInt(now + 20 * DAY))
    const dropped = await registry.configuration(2)
    expect(dropped.activeUntil).to.equal(dropped.activeFrom)
    await networkHelpers.time.increaseTo(now + 15 * DAY)
    expect(await registry.currentConfigVersion()).to.equal(1n)
    await networkHelpers.time.increaseTo(now + 20 * DAY)
    expect(await registry.currentConfigVersion()).to.equal(3n)
  })
})

const newest = async (registry: Awaited<ReturnType<typeof empty>>['registry']) =>
  (await registry.queryFilter(registry.filters.ConfigurationAnnounced)).at(-1)?.args.configVersion ?? 0n

describe('Committee: quorums', () => {
  it('counts any set of exactly the quorum', async () => {
    const world = await networkHelpers.loadFixture(seven)
    let report = world.report
    for (const by of [
      [0, 1, 2, 3, 4],
      [2, 3, 4, 5, 6],
      [0, 2, 3, 5, 6],
      [0, 1, 3, 4, 6],
    ]) {
      await anchor(world, report, by)
      report = nextOf(report)
    }
  })

  it('refuses fewer and more signers than the quorum', async () => {
    const world = await networkHelpers.loadFixture(seven)
    for (const by of [[], [0, 1, 2, 3], [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6]]) {
      await expect(anchor(world, world.report, by))
        .to.be.revertedWithCustomError(world.registry, 'Committee_QuorumMissed')
        .withArgs(by.length, 5)
    }
  })

  it('refuses a signer beyond the last operator, in the place of one or on top of all', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { signatures, ...args } = attest(world, world.report, [0, 1, 2, 3, 4])
    for (const bits of [
      [0, 1, 2, 3, 7],
      [0, 1, 2, 3, 31],
      [0, 1, 2, 3, 4, 7],
      [0, 1, 2, 3, 4, 8],
      [0, 1, 2, 3, 4, 31],
      [0, 1, 2, 3, 4, 7, 8, 9, 31],
    ]) {
      const signers = bitmapOf(bits)
      await expect(send(world.registry, { ...args, signatures, header: headerOf(world.report, signers) }))
        .to.be.revertedWithCustomError(world.registry, 'Committee_UnknownSigner')
        .withArgs(signers, 7)
    }
    const last = attest(world, world.report, [2, 3, 4, 5, 6])
    const header = headerOf(world.report, bitmapOf([2, 3, 4, 5, 6, 7]))
    await expect(send(world.registry, { ...last, header }))
      .to.be.revertedWithCustomError(world.registry, 'Committee_UnknownSigner')
      .withArgs(bitmapOf([2, 3, 4, 5, 6, 7]), 7)
  })

  it('refuses signatures with a byte, an entry or everything missing, or anything added', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const args = attest(world, world.report)
    const size = 5 * 64 + 2 * 20
    expect(ethers.dataLength(args.signatures)).to.equal(size)
    for (const length of [0, 1, 64, 5 * 64, size - 20, size - 1, size + 1, size + 20, size + 64, size + 640]) {
      const signatures = ethers.zeroPadBytes(ethers.dataSlice(args.signatures, 0, Math.min(length, size)), length)
      await expect(send(world.registry, { ...args, signatures }))
        .to.be.revertedWithCustomError(world.registry, 'Committee_SignatureBytes')
        .withArgs(length, size)
    }
  })

  it('refuses one signature used twice, and signatures out of order', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { signatures, ...args } = attest(world, world.report)
    const nth = (n: number) => ethers.dataSlice(signatures, 64 * n, 64 * (n + 1))
    const others = ethers.dataSlice(signatures, 5 * 64)
    for (const order of [
      [0, 0, 2, 3, 4],
      [1, 0, 2, 3, 4],
      [0, 1, 2, 4, 3],
    ]) {
      const first = order.findIndex((n, i) => n !== i)
      await expect(send(world.registry, { ...args, signatures: ethers.concat([...order.map(nth), others]) }))
        .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
        .withArgs(first, world.operators[first]?.address)
    }
  })

  it('refuses a wrong address of one who did not sign, and says whose it should be', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { signatures, ...args } = attest(world, world.report, [0, 1, 3, 4, 6])
    const wrong = operatorsOf(1, 'stranger')[0]?.address ?? ''
    const forged = ethers.concat([ethers.dataSlice(signatures, 0, 5 * 64 + 20), wrong])
    await expect(send(world.registry, { ...args, signatures: forged }))
      .to.be.revertedWithCustomError(world.registry, 'Committee_WrongOther')
      .withArgs(5, wrong, world.operators[5]?.address)
  })

  it('refuses the signature of a stranger in an operator’s place', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const [stranger] = operatorsOf(1, 'stranger')
    if (!stranger) throw new Error('no stranger')
    const { signatures, ...args } = attest(world, world.report)
    const forged = ethers.concat([
      ethers.dataSlice(signatures, 0, 64),
      signOf(stranger, digestOf(world.domain, world.report)),
      ethers.dataSlice(signatures, 128),
    ])
    await expect(send(world.registry, { ...args, signatures: forged }))
      .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
      .withArgs(1, world.operators[1]?.address)
  })

  it('refuses a signature that nobody can have made, whatever lies in memory or in calldata beside it', async () => {
    const world = await networkHelpers.loadFixture(sixteen)
    // every word that a caller chooses holds the operator's address, in case one of them stays where the answer belongs
    for (let index = 0; index < world.quorum; index++) {
      const operator = world.operators[index]?.address ?? ''
      const word = ethers.zeroPadValue(operator, 32)
      const report = { ...world.report, feedId: word, receiptsRoot: word, aepRoot: word }
      const { signatures, ...args } = attest(world, report)
      for (const [r, vs] of [
        [ethers.ZeroHash, ethers.ZeroHash],
        [word, ethers.ZeroHash],
        [word, word],
        [ethers.MaxUint256, ethers.MaxUint256],
      ] as const) {
        const nobodys = ethers.concat([ethers.toBeHex(r, 32), ethers.toBeHex(vs, 32)])
        const forged = ethers.concat([
          ethers.dataSlice(signatures, 0, 64 * index),
          nobodys,
          ethers.dataSlice(signatures, 64 * (index + 1)),
        ])
        const attempt = send(world.registry, { ...args, signatures: forged })
        await expect(attempt)
          .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
          .withArgs(index, operator)
      }
    }
  })

  it('refuses a signature with the parity flipped', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { signatures, ...args } = attest(world, world.report)
    const bytes = ethers.getBytes(signatures)
    bytes[32 + 64] = (bytes[32 + 64] ?? 0) ^ 0x80
    await expect(send(world.registry, { ...args, signatures: ethers.hexlify(bytes) }))
      .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
      .withArgs(1, world.operators[1]?.address)
  })

  it('refuses each field of the report changed after signing', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { report } = world
    const changes = {
      feedId: hash('another feed'),
      aepRoot: hash('another pack'),
      value: report.value + 1n,
      from: report.from - 1,
      to: report.to + 1,
      sequence: report.sequence + 1,
      eql: 4,
      flags: 1,
      receiptsRoot: hash('other receipts'),
    }
    const { signatures } = attest(world, report)
    for (const [field, value] of Object.entries(changes)) {
      const args = attest(world, { ...report, [field]: value })
      await expect(send(world.registry, { ...args, signatures }), field)
        .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
        .withArgs(0, world.operators[0]?.address)
    }
  })

  it('refuses signatures made for another registry or another chain', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const twin = await deploy(7)
    for (const domain of [
      twin.domain,
      { ...world.domain, chainId: world.domain.chainId + 1n },
      { ...world.domain, version: '2' },
    ]) {
      await expect(send(world.registry, attest({ ...world, domain }, world.report)))
        .to.be.revertedWithCustomError(world.registry, 'Committee_BadSignature')
        .withArgs(0, world.operators[0]?.address)
    }
  })

  it('refuses a report for any configuration but the one in force, the same operators or not', async () => {
    const world = await networkHelpers.loadFixture(seven)
    const { curator } = await roles()
    const activeFrom = (await networkHelpers.time.latest()) + CHALLENGE + DAY
    const keys = keyHashesOf(world.operators)
    await world.registry.connect(curator).announceConfiguration(world.operators, keys, world.quorum, activeFrom)
    for (const configVersion of [0, 2, 3]) {
      await expect(anchor(world, { ...world.report, configVersion }))
        .to.be.revertedWithCustomError(world.registry, 'Committee_NotCurrent')
        .withArgs(configVersion, 1)
    }
    await networkHelpers.time.setNextBlockTimestamp(activeFrom - 1)
    await anchor(world, world.report)
    const later = nextOf(world.report)
    await networkHelpers.time.setNextBlockTimestamp(activeFrom)
    await anchor(world, { ...later, configVersion: 2 })
    await expect(anchor(world, nextOf(later)))
      .to.be.revertedWithCustomError(world.registry, 'Committee_NotCurrent')
      .withArgs(1, 2)
  })
})
