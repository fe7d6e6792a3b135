import { packAttestation, packHeader, reportDigest, unpackAttestation } from '@nexus/kit/report'
import { expect } from 'chai'
import type { EvidenceRegistry } from '../../../types/ethers-contracts/index.ts'
import {
  anchor,
  anyValue,
  attest,
  CHALLENGE,
  DAY,
  deploy,
  digestOf,
  ethers,
  Flag,
  HOUR,
  hash,
  headerOf,
  networkHelpers,
  nextOf,
  type Report,
  roles,
  State,
  signOf,
  type World,
} from './world.ts'

const four = () => deploy(4)
const at = (timestamp: number) => networkHelpers.time.setNextBlockTimestamp(timestamp)
const DISPUTE = 14 * DAY
const REASON = hash('reason')

/** A world in which one report is anchored, and what it is at its time. */
async function anchored() {
  const world = await deploy(4)
  const receipt = await (await anchor(world, world.report)).wait()
  const block = await ethers.provider.getBlock(receipt?.blockNumber ?? 0)
  const anchoredAt = block?.timestamp ?? 0
  return { ...world, anchoredAt, finalAt: anchoredAt + CHALLENGE, ...(await roles()) }
}

const stateOf = ({ registry }: Pick<World, 'registry'>, report: Report) => registry.stateOf(report.aepRoot)

describe('Registry: anchoring', () => {
  it('stores what a quorum says, opens the feed, and tells all of it', async () => {
    const world = await networkHelpers.loadFixture(four)
    const { registry, report } = world
    const time = (await networkHelpers.time.latest()) + 10
    await at(time)
    const args = attest(world, report)
    await expect(registry.anchor(args.feedId, args.aepId, args.receiptsRoot, args.header, args.signatures))
      .to.emit(registry, 'FeedOpened')
      .withArgs(report.feedId, 1)
      .and.to.emit(registry, 'AepAnchored')
      .withArgs(report.aepRoot, report.feedId, args.header, report.receiptsRoot, time + CHALLENGE)
    const [feedId, stored, state] = await registry.evidenceOf(report.aepRoot)
    expect(feedId).to.equal(report.feedId)
    expect(state).to.equal(State.anchored)
    expect(fieldsOf(stored)).to.deep.equal({
      value: report.value,
      from: BigInt(report.from),
      to: BigInt(report.to),
      finalAt: BigInt(time + CHALLENGE),
      sequence: 1n,
      feedIndex: 1n,
      eql: 3n,
      flags: 0n,
    })
    expect(await registry.anchorOf(report.aepRoot)).to.deep.equal([stored, state])
    expect(await registry.latestOf(report.feedId)).to.deep.equal([stored, state])
    expect(await registry.feedAt(1)).to.equal(report.feedId)
    expect(await registry.challengeSeconds()).to.equal(BigInt(CHALLENGE))
  })

  it('keeps every field at its limits', async () => {
    const world = await networkHelpers.loadFixture(four)
    const limits: Partial<Report>[] = [
      { value: -(2n ** 63n), from: 0, to: 1, eql: 1, flags: 0, sequence: 1 },
      { value: 2n ** 63n - 1n, from: 0, to: world.report.to, eql: 4, flags: 3, sequence: 2 ** 32 - 1 },
      { value: -1n, from: world.report.to - 1, eql: 2, flags: 1 },
      { value: 0n, eql: 3, flags: 2 },
    ]
    for (const [n, fields] of limits.entries()) {
      const report = { ...world.report, ...fields, feedId: hash(`feed ${n}`), aepRoot: hash(`root ${n}`) }
      await anchor(world, report)
      const [feedId, { value, from, to, sequence, eql, flags, feedIndex }] = await world.registry.evidenceOf(
        report.aepRoot,
      )
      expect({ feedId, value, from, to, sequence, eql, flags, feedIndex }).to.deep.equal({
        feedId: report.feedId,
        value: report.value,
        from: BigInt(report.from),
        to: BigInt(report.to),
        sequence: BigInt(report.sequence),
        eql: BigInt(report.eql),
        flags: BigInt(report.flags),
        feedIndex: BigInt(n + 1),
      })
    }
  })

  it('hashes reports as EIP-712 says, by two other implementations, whatever the signers', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (const fields of [{}, { value: -1n }, { value: -(2n ** 63n), flags: 3, eql: 4, sequence: 2 ** 32 - 1 }]) {
      const report = { ...world.report, ...fields }
      for (const signers of [0n, 7n, 2n ** 32n - 1n]) {
        const header = headerOf(report, signers)
        const digest = await world.registry.reportDigest(report.feedId, report.aepRoot, report.receiptsRoot, header)
        expect(digest).to.equal(digestOf(world.domain, report))
        const { chainId, verifyingContract } = world.domain
        expect(digest).to.equal(reportDigest(Number(chainId), verifyingContract as `0x${string}`, kitReport(report)))
        expect(header).to.equal(packHeader(kitReport(report), Number(signers)))
      }
    }
  })

  it('takes what the kit packs', async () => {
    const world = await networkHelpers.loadFixture(four)
    const operators = world.operators.map(o => o.address as `0x${string}`)
    const signed = new Map(
      [3, 0, 2].map(i => {
        const operator = world.operators[i]
        if (!operator) throw new Error('no operator')
        const signature = signOf(operator, digestOf(world.domain, world.report)) as `0x${string}`
        return [operator.address.toLowerCase() as `0x${string}`, signature]
      }),
    )
    const attestation = packAttestation(operators, signed)
    const args = attest(world, world.report, [0, 2, 3])
    expect(attestation).to.deep.equal({ signers: 0b1101, signatures: args.signatures })
    expect(unpackAttestation(attestation)).to.deep.equal(
      [0, 2, 3].map(index => ({
        index,
        signature: signed.get(operators[index]?.toLowerCase() as `0x${string}`),
      })),
    )
    const header = packHeader(kitReport(world.report), attestation.signers)
    await world.registry.anchor(args.feedId, args.aepId, args.receiptsRoot, header, attestation.signatures)
  })

  it('refuses an empty root', async () => {
    const world = await networkHelpers.loadFixture(four)
    const attempt = anchor(world, { ...world.report, aepRoot: ethers.ZeroHash })
    await expect(attempt).to.be.revertedWithCustomError(world.registry, 'Evidence_EmptyRoot')
  })

  it('refuses a window that is empty or turned round', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (const from of [world.report.to, world.report.to + 1]) {
      await expect(anchor(world, { ...world.report, from }))
        .to.be.revertedWithCustomError(world.registry, 'Evidence_EmptyWindow')
        .withArgs(from, world.report.to)
    }
  })

  it('refuses a window that is not over, and takes it when it just is', async () => {
    const world = await networkHelpers.loadFixture(four)
    const to = (await networkHelpers.time.latest()) + HOUR
    await at(to - 1)
    await expect(anchor(world, { ...world.report, to }))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_WindowNotOver')
      .withArgs(to, to - 1)
    await at(to)
    await anchor(world, { ...world.report, to })
  })

  it('refuses levels outside 1 to 4', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (const eql of [0, 5, 255]) {
      await expect(anchor(world, { ...world.report, eql }))
        .to.be.revertedWithCustomError(world.registry, 'Evidence_EqlOutOfRange')
        .withArgs(eql)
    }
  })

  it('refuses flags that are the registry’s to set, or nobody’s', async () => {
    const world = await networkHelpers.loadFixture(four)
    for (const flags of [4, 8, 16, 32, 64, 128, 255, Flag.provisional | Flag.upheld]) {
      await expect(anchor(world, { ...world.report, flags }))
        .to.be.revertedWithCustomError(world.registry, 'Evidence_ReservedFlags')
        .withArgs(flags)
    }
  })

  it('refuses a pack that is anchored already, also for another feed', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    for (const report of [world.report, { ...nextOf(world.report), aepRoot: world.report.aepRoot }]) {
      for (const feedId of [report.feedId, hash('another feed')]) {
        await expect(anchor(world, { ...report, feedId }))
          .to.be.revertedWithCustomError(world.registry, 'Evidence_AlreadyAnchored')
          .withArgs(report.aepRoot)
      }
    }
  })

  it('refuses a sequence that is not above the latest, and 0 as the first', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    await anchor(world, { ...nextOf(world.report), sequence: 7, aepRoot: hash('seventh') })
    for (const sequence of [0, 6, 7]) {
      await expect(anchor(world, { ...nextOf(world.report, 2), sequence }))
        .to.be.revertedWithCustomError(world.registry, 'Evidence_SequenceNotAbove')
        .withArgs(sequence, 7)
    }
    await expect(anchor(world, { ...nextOf(world.report), feedId: hash('new'), sequence: 0 }))
      .to.be.revertedWithCustomError(world.registry, 'Evidence_SequenceNotAbove')
      .withArgs(0, 0)
  })

  it('stores a window that ends before the latest, and leaves the latest', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const [latest] = await world.registry.latestOf(world.report.feedId)
    const back = { ...nextOf(world.report), to: world.report.to - 1 }
    await anchor(world, back)
    expect(await stateOf(world, back)).to.equal(State.anchored)
    expect((await world.registry.latestOf(world.report.feedId))[0]).to.deep.equal(latest)
    const same = { ...nextOf(world.report), to: world.report.to, aepRoot: hash('same end') }
    await anchor(world, same)
    expect((await world.registry.latestOf(world.report.feedId))[0].sequence).to.equal(2n)
  })

  it('numbers feeds from 1 and keeps them apart', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const other = { ...nextOf(world.report), feedId: hash('feed 2'), sequence: 1 }
    await expect(anchor(world, other)).to.emit(world.registry, 'FeedOpened').withArgs(other.feedId, 2)
    const second = { ...nextOf(other), value: 5n }
    await expect(anchor(world, second)).to.not.emit(world.registry, 'FeedOpened')
    expect((await world.registry.latestOf(world.report.feedId))[0].sequence).to.equal(1n)
    expect((await world.registry.latestOf(other.feedId))[0].value).to.equal(5n)
    expect(await world.registry.feedAt(2)).to.equal(other.feedId)
    expect(await world.registry.feedAt(0)).to.equal(ethers.ZeroHash)
    expect(await world.registry.feedAt(3)).to.equal(ethers.ZeroHash)
  })

  it('is open to anyone who carries the signatures', async () => {
    const world = await networkHelpers.loadFixture(four)
    const { stranger } = await roles()
    const args = attest(world, world.report)
    await world.registry
      .connect(stranger)
      .anchor(args.feedId, args.aepId, args.receiptsRoot, args.header, args.signatures)
  })

  it('says that it does not know what it does not know', async () => {
    const { registry } = await networkHelpers.loadFixture(four)
    const nothing = hash('nothing')
    expect(await registry.stateOf(nothing)).to.equal(State.none)
    for (const read of [() => registry.anchorOf(nothing), () => registry.evidenceOf(nothing)]) {
      await expect(read()).to.be.revertedWithCustomError(registry, 'Evidence_UnknownAep').withArgs(nothing)
    }
    await expect(registry.latestOf(nothing))
      .to.be.revertedWithCustomError(registry, 'Evidence_UnknownFeed')
      .withArgs(nothing)
  })

  it('refuses to be built with a challenge window below an hour or above 30 days', async () => {
    const { registry, authority } = await networkHelpers.loadFixture(four)
    for (const seconds of [0, HOUR - 1, 30 * DAY + 1]) {
      await expect(ethers.deployContract('EvidenceRegistry', [await authority.getAddress(), seconds]))
        .to.be.revertedWithCustomError(registry, 'Evidence_ChallengeOutOfRange')
        .withArgs(seconds, HOUR, 30 * DAY)
    }
  })
})

describe('Registry: life of an anchor', () => {
  it('becomes final at the end of the challenge window, by time alone', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    await networkHelpers.time.increaseTo(world.finalAt - 1)
    expect(await stateOf(world, world.report)).to.equal(State.anchored)
    await networkHelpers.time.increaseTo(world.finalAt)
    expect(await stateOf(world, world.report)).to.equal(State.final)
  })

  it('can be disputed until the last second before it is final', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const { registry, report, disputer, finalAt } = world
    await at(finalAt - 1)
    await expect(registry.connect(disputer).dispute(report.aepRoot, REASON))
      .to.emit(registry, 'AepDisputed')
      .withArgs(report.aepRoot, disputer.address, REASON, finalAt - 1 + DISPUTE)
    const [stored, state] = await registry.anchorOf(report.aepRoot)
    expect(state).to.equal(State.disputed)
    expect(stored.finalAt).to.equal(BigInt(finalAt - 1 + DISPUTE))
    expect(stored.flags).to.equal(BigInt(Flag.disputed))
  })

  it('cannot be disputed once final', async () => {
    const { registry, report, disputer, finalAt } = await networkHelpers.loadFixture(anchored)
    await at(finalAt)
    await expect(registry.connect(disputer).dispute(report.aepRoot, REASON))
      .to.be.revertedWithCustomError(registry, 'Evidence_NotDisputable')
      .withArgs(report.aepRoot, State.final)
  })

  it('is upheld when nobody rules within 14 days, and then can be neither ruled nor disputed', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const { registry, report, disputer, adjudicator, anchoredAt } = world
    await at(anchoredAt + HOUR)
    await registry.connect(disputer).dispute(report.aepRoot, REASON)
    await networkHelpers.time.increaseTo(anchoredAt + HOUR + DISPUTE - 1)
    expect(await stateOf(world, report)).to.equal(State.disputed)
    await networkHelpers.time.increaseTo(anchoredAt + HOUR + DISPUTE)
    expect(await stateOf(world, report)).to.equal(State.upheld)
    for (const upheld of [true, false]) {
      await expect(registry.connect(adjudicator).rule(report.aepRoot, upheld, REASON))
        .to.be.revertedWithCustomError(registry, 'Evidence_NotDisputed')
        .withArgs(report.aepRoot, State.upheld)
    }
    await expect(registry.connect(disputer).dispute(report.aepRoot, REASON))
      .to.be.revertedWithCustomError(registry, 'Evidence_AlreadyDisputed')
      .withArgs(report.aepRoot)
  })

  it('ends upheld or void by a ruling, for ever', async () => {
    for (const upheld of [true, false]) {
      const world = await networkHelpers.loadFixture(anchored)
      const { registry, report, disputer, adjudicator, anchoredAt } = world
      await registry.connect(disputer).dispute(report.aepRoot, REASON)
      await at(anchoredAt + 3 * DAY)
      await expect(registry.connect(adjudicator).rule(report.aepRoot, upheld, REASON))
        .to.emit(registry, upheld ? 'AepUpheld' : 'AepVoided')
        .withArgs(report.aepRoot, adjudicator.address, REASON)
      const end = upheld ? State.upheld : State.void
      const [stored] = await registry.anchorOf(report.aepRoot)
      expect(stored.flags).to.equal(BigInt(Flag.disputed | (upheld ? Flag.upheld : Flag.void)))
      if (upheld) expect(stored.finalAt).to.equal(BigInt(anchoredAt + 3 * DAY))
      for (const later of [1, DISPUTE, 1000 * DAY]) {
        await networkHelpers.time.increase(later)
        expect(await stateOf(world, report)).to.equal(end)
        await expect(registry.connect(disputer).dispute(report.aepRoot, REASON))
          .to.be.revertedWithCustomError(registry, 'Evidence_AlreadyDisputed')
          .withArgs(report.aepRoot)
        await expect(registry.connect(adjudicator).rule(report.aepRoot, !upheld, REASON))
          .to.be.revertedWithCustomError(registry, 'Evidence_NotDisputed')
          .withArgs(report.aepRoot, end)
      }
    }
  })

  it('is disputed once at a time, and ruled only when disputed', async () => {
    const { registry, report, disputer, adjudicator } = await networkHelpers.loadFixture(anchored)
    await expect(registry.connect(adjudicator).rule(report.aepRoot, false, REASON))
      .to.be.revertedWithCustomError(registry, 'Evidence_NotDisputed')
      .withArgs(report.aepRoot, State.anchored)
    await registry.connect(disputer).dispute(report.aepRoot, REASON)
    await expect(registry.connect(disputer).dispute(report.aepRoot, REASON))
      .to.be.revertedWithCustomError(registry, 'Evidence_AlreadyDisputed')
      .withArgs(report.aepRoot)
  })

  it('knows no dispute and no ruling about what is not anchored', async () => {
    const { registry, disputer, adjudicator } = await networkHelpers.loadFixture(anchored)
    const nothing = hash('nothing')
    for (const act of [
      () => registry.connect(disputer).dispute(nothing, REASON),
      () => registry.connect(adjudicator).rule(nothing, true, REASON),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(registry, 'Evidence_UnknownAep').withArgs(nothing)
    }
  })

  it('lets each role do its own and nothing else', async () => {
    const { registry, report, stranger, disputer, adjudicator, guardian, curator } =
      await networkHelpers.loadFixture(anchored)
    const acts = {
      dispute: (by: typeof stranger) => registry.connect(by).dispute(report.aepRoot, REASON),
      rule: (by: typeof stranger) => registry.connect(by).rule(report.aepRoot, true, REASON),
      pause: (by: typeof stranger) => registry.connect(by).pause(1),
    }
    for (const [holder, own] of [
      [stranger, undefined],
      [disputer, 'dispute'],
      [adjudicator, 'rule'],
      [guardian, 'pause'],
      [curator, undefined],
    ] as const) {
      for (const [name, act] of Object.entries(acts)) {
        if (name === own) continue
        await expect(act(holder), `${name} by another`)
          .to.be.revertedWithCustomError(registry, 'AccessManagedUnauthorized')
          .withArgs(holder.address)
      }
    }
  })

  it('moves the latest with its anchor, and not when another of the feed is disputed', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const { registry, report, disputer, adjudicator } = world
    const next = nextOf(report)
    await anchor(world, next)
    const back = { ...nextOf(next), to: report.to - 5 }
    await anchor(world, back)
    for (const older of [report, back]) {
      await registry.connect(disputer).dispute(older.aepRoot, REASON)
      await registry.connect(adjudicator).rule(older.aepRoot, false, REASON)
      expect(await registry.latestOf(report.feedId)).to.deep.equal(await registry.anchorOf(next.aepRoot))
      expect((await registry.latestOf(report.feedId))[1]).to.equal(State.anchored)
    }
    await registry.connect(disputer).dispute(next.aepRoot, REASON)
    expect(await registry.latestOf(report.feedId)).to.deep.equal(await registry.anchorOf(next.aepRoot))
    expect((await registry.latestOf(report.feedId))[1]).to.equal(State.disputed)
    await registry.connect(adjudicator).rule(next.aepRoot, false, REASON)
    expect((await registry.latestOf(report.feedId))[1]).to.equal(State.void)
    const again = { ...next, sequence: 3, aepRoot: hash('again'), flags: Flag.revision }
    await anchor(world, again)
    expect((await registry.latestOf(report.feedId))[1]).to.equal(State.anchored)
    expect((await registry.latestOf(report.feedId))[0].sequence).to.equal(3n)
  })
})

describe('Registry: pause', () => {
  it('stops anchoring only: disputes and rulings go on', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const { registry, report, guardian, disputer, adjudicator } = world
    const start = (await networkHelpers.time.latest()) + 1
    await at(start)
    await expect(registry.connect(guardian).pause(HOUR))
      .to.emit(registry, 'Paused')
      .withArgs(guardian.address, start + HOUR)
    await expect(anchor(world, nextOf(report)))
      .to.be.revertedWithCustomError(registry, 'Pause_Paused')
      .withArgs(start + HOUR)
    await expect(registry.connect(disputer).dispute(report.aepRoot, REASON)).to.emit(registry, 'AepDisputed')
    await expect(registry.connect(adjudicator).rule(report.aepRoot, false, REASON)).to.emit(registry, 'AepVoided')
    await at(start + HOUR)
    await expect(anchor(world, nextOf(report)))
      .to.emit(registry, 'AepAnchored')
      .withArgs(...Array(5).fill(anyValue))
    expect(await registry.pausedSeconds()).to.equal(BigInt(HOUR))
  })

  it('does not move the end of a challenge window, for disputing is not paused', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    await world.registry.connect(world.guardian).pause(72 * HOUR)
    await networkHelpers.time.increaseTo(world.finalAt)
    expect(await stateOf(world, world.report)).to.equal(State.final)
  })

  it('holds for the configuration that takes over meanwhile, announced before or during the pause', async () => {
    for (const when of ['before', 'during'] as const) {
      const world = await networkHelpers.loadFixture(anchored)
      const { registry, report, guardian, curator, operators, quorum } = world
      const start = (await networkHelpers.time.latest()) + 10
      // a challenge window is shorter than the pause, so a configuration can take over in it
      const activeFrom = start + CHALLENGE + 2
      const announce = () =>
        registry.connect(curator).announceConfiguration(
          operators,
          operators.map(o => hash(o.address)),
          quorum,
          activeFrom,
        )
      if (when === 'before') await announce()
      await at(start)
      await registry.connect(guardian).pause(72 * HOUR)
      if (when === 'during') await announce()
      await expect(anchor(world, nextOf(report)))
        .to.be.revertedWithCustomError(registry, 'Pause_Paused')
        .withArgs(start + 72 * HOUR)
      const next = { ...nextOf(report), configVersion: 2 }
      await at(activeFrom)
      await expect(anchor(world, next))
        .to.be.revertedWithCustomError(registry, 'Pause_Paused')
        .withArgs(start + 72 * HOUR)
      expect((await registry.configuration(2)).activeFrom).to.equal(BigInt(activeFrom))
      await at(start + 72 * HOUR)
      await anchor(world, next)
    }
  })

  it('leaves a configuration that takes over after it as it is', async () => {
    const world = await networkHelpers.loadFixture(anchored)
    const { registry, report, guardian, curator, operators, quorum } = world
    const activeFrom = (await networkHelpers.time.latest()) + 30 * DAY
    const keys = operators.map(o => hash(o.address))
    await registry.connect(curator).announceConfiguration(operators, keys, quorum, activeFrom)
    await registry.connect(guardian).pause(72 * HOUR)
    await at(activeFrom - 1)
    await expect(anchor(world, { ...nextOf(report), configVersion: 2 }))
      .to.be.revertedWithCustomError(registry, 'Committee_NotCurrent')
      .withArgs(2, 1)
    await at(activeFrom)
    await anchor(world, { ...nextOf(report), configVersion: 2 })
  })
})

const fieldsOf = ({
  value,
  from,
  to,
  finalAt,
  sequence,
  feedIndex,
  eql,
  flags,
}: Awaited<ReturnType<EvidenceRegistry['anchorOf']>>[0]) => ({
  value,
  from,
  to,
  finalAt,
  sequence,
  feedIndex,
  eql,
  flags,
})

const kitReport = (report: Report) => ({
  ...report,
  feedId: report.feedId as `0x${string}`,
  aepRoot: report.aepRoot as `0x${string}`,
  receiptsRoot: report.receiptsRoot as `0x${string}`,
})
