import type { HardhatEthersSigner } from '@nomicfoundation/hardhat-ethers/types'
import { expect } from 'chai'
import type { ReentrantToken } from '../../../../types/ethers-contracts/index.ts'
import { attest, deploy as deployEvidence, roles, send } from '../../evidence/world.ts'
import {
  at,
  booksOf,
  compensationIdOf,
  DAY,
  DECISION,
  deploy,
  ethers,
  finalEvidence,
  funded,
  grant,
  hashOf,
  idOf,
  networkHelpers,
  now,
  ORIGIN,
  PERIOD,
  pay,
  pledge,
  Setting,
  Source,
  set,
  stream,
  terms,
  UNIT,
  YEAR,
} from './world.ts'

const fixture = () => networkHelpers.loadFixture(funded)
interface Token {
  getAddress(): Promise<string>
  mint(to: string, assets: bigint): Promise<unknown>
  approve(spender: string, assets: bigint): Promise<unknown>
}

/** A world with 1,000 of a token that breaks an assumption in the hands of the stranger, approved; limits are set. */
async function hostile<T extends Token>(made: (by: HardhatEthersSigner) => Promise<T>) {
  const w = await deploy()
  const bad = await made(w.stranger)
  const badAsset = await bad.getAddress()
  await bad.mint(w.stranger.address, 1_000n)
  await bad.approve(w.target, 1_000n)
  await w.commons.connect(w.budgeter).announce(badAsset, Setting.compensationLimit, 10_000n, DECISION)
  await set(w, Setting.grantLimit, 10_000n, badAsset)
  const deposit = (assets: bigint, source: number = Source.gift) =>
    w.commons.connect(w.stranger).deposit(badAsset, assets, source, ORIGIN)
  return { ...w, bad, badAsset, deposit }
}

describe('Commons, attacked through a token', () => {
  it('a deposit that is short by a fee is refused', async () => {
    const w = await hostile(by => ethers.deployContract('FeeToken', by))
    await w.bad.setFeeBps(100)
    await expect(w.deposit(1_000n))
      .to.be.revertedWithCustomError(w.commons, 'Commons_TransferMismatch')
      .withArgs(w.badAsset, 1_000n, 990n)
    expect((await w.commons.bookOf(w.badAsset)).held).to.equal(0n)
  })

  it('a fee on what is paid out is borne by whom it is paid to, not by other awards', async () => {
    const w = await hostile(by => ethers.deployContract('FeeToken', by))
    await w.deposit(1_000n)
    const [first, second] = [
      await grant(w, { asset: w.badAsset, assets: 600n }),
      await grant(w, { asset: w.badAsset, assets: 400n, part: 1 }),
    ]
    await w.bad.setFeeBps(1_000)
    await w.commons.collect(first)
    await w.commons.collect(second)
    expect(await w.bad.balanceOf(w.household.address)).to.equal(900n)
    expect((await w.commons.bookOf(w.badAsset)).held).to.equal(0n)
  })

  it('a token that lies about a deposit, either way, is refused', async () => {
    const w = await hostile(by => ethers.deployContract('LyingToken', by))
    await w.bad.setAnswer(true)
    await expect(w.deposit(1_000n))
      .to.be.revertedWithCustomError(w.commons, 'Commons_TransferMismatch')
      .withArgs(w.badAsset, 1_000n, 0n)
    await w.bad.setAnswer(false)
    await expect(w.deposit(1_000n)).to.be.revertedWithCustomError(w.commons, 'SafeERC20FailedOperation')
  })

  it('a token that says nothing is taken, and paid out', async () => {
    const w = await hostile(by => ethers.deployContract('SilentToken', by))
    await w.deposit(1_000n, Source.fee)
    await w.commons.fetch(w.badAsset, Source.fee)
    await w.commons.collect(await grant(w, { asset: w.badAsset, assets: 200n }))
    expect(await w.bad.balanceOf(w.household.address)).to.equal(200n)
    expect(await w.bad.balanceOf(w.treasury.address)).to.equal(800n)
  })

  it('nothing more is awarded in a token whose balances shrank, and no other asset is touched', async () => {
    const w = await hostile(by => ethers.deployContract('RebasingToken', by))
    await pay(w, 5n)
    await w.deposit(1_000n)
    const awardId = await grant(w, { asset: w.badAsset, assets: 300n })
    await w.bad.rebase(6_000)
    expect(await w.commons.freeAssets(w.badAsset)).to.equal(300n)
    await w.bad.rebase(2_000)
    expect(await w.commons.freeAssets(w.badAsset)).to.equal(0n)
    await expect(grant(w, { asset: w.badAsset, assets: 1n, part: 1 }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.badAsset, 1n, 0n)
    await w.commons.connect(w.panel).awardCompensation(w.badAsset, w.heir.address, 10n, ORIGIN)
    expect((await w.commons.bookOf(w.badAsset)).awarded).to.equal(300n)
    expect(await w.commons.freeAssets(w.asset)).to.equal(5n)
    await w.bad.rebase(10_000)
    await w.commons.collect(awardId)
  })

  it('what a beneficiary is due is not lent to awards when balances shrink', async () => {
    const w = await hostile(by => ethers.deployContract('RebasingToken', by))
    await w.deposit(1_000n, Source.slash) // 500 kept, 500 due
    await w.bad.rebase(7_000)
    expect(await w.commons.freeAssets(w.badAsset)).to.equal(200n)
  })

  describe('that calls back', () => {
    /** Arms the token with a call by itself, does something that transfers, and says what came of the call. */
    async function attacked(w: { bad: ReentrantToken; target: string }, payload: string, act: () => Promise<unknown>) {
      const token = w.bad
      await token.arm(w.target, payload)
      await act()
      return { reentered: await token.reentered(), outcome: await token.outcome() }
    }

    it('is stopped in whatever it calls, while it takes, pays or passes on', async () => {
      const w = await hostile(by => ethers.deployContract('ReentrantToken', by))
      await w.deposit(500n)
      await w.deposit(100n, Source.fee)
      // the token itself has every role there is, so that nothing but the guard stands in its way
      for (const role of [51n, 52n, 53n, 54n]) await w.evidence.authority.grantRole(role, w.badAsset, 0)
      const part = (n: number) => terms(w, { asset: w.badAsset, assets: 10n, part: n })
      const awardId = await grant(w, { asset: w.badAsset, assets: 10n })
      const time = await now()
      const abi = w.commons.interface
      const milestone = { feedId: DECISION, threshold: 0n, from: 0, to: time, minEql: 1, atLeast: true }
      const payloads = [
        abi.encodeFunctionData('deposit', [w.badAsset, 1n, Source.gift, ORIGIN]),
        abi.encodeFunctionData('take', [w.badAsset]),
        abi.encodeFunctionData('fetch', [w.badAsset, Source.fee]),
        abi.encodeFunctionData('grant', [part(100)]),
        abi.encodeFunctionData('stream', [part(101), time, time, time + DAY * 9]),
        abi.encodeFunctionData('pledge', [part(102), milestone, time + 200 * DAY]),
        abi.encodeFunctionData('awardCompensation', [w.badAsset, w.heir.address, 1n, ORIGIN]),
        abi.encodeFunctionData('announce', [w.badAsset, Setting.floor, 1n, ORIGIN]),
        abi.encodeFunctionData('revoke', [awardId, ORIGIN]),
        abi.encodeFunctionData('release', [awardId, ORIGIN]),
        abi.encodeFunctionData('collect', [awardId]),
        abi.encodeFunctionData('lapse', [awardId]),
        abi.encodeFunctionData('redirect', [awardId, w.heir.address]),
        abi.encodeFunctionData('redirectFor', [awardId, w.heir.address, time + YEAR, '0x']),
      ]
      // all that changes anything is on the list
      const writing = abi.fragments.filter(one => one.type === 'function' && !(one as { constant?: boolean }).constant)
      expect(new Set(payloads.map(data => data.slice(0, 10))).size).to.equal(
        writing.length - 1, // setAuthority, which only the manager itself may call
      )
      const guard = abi.encodeErrorResult('ReentrancyGuardReentrantCall', [])
      for (const [n, payload] of payloads.entries()) {
        const acts = [
          () => w.deposit(10n, Source.fee),
          () => w.commons.fetch(w.badAsset, Source.fee),
          async () => w.commons.collect(await grant(w, { asset: w.badAsset, assets: 1n, part: 200 + n })),
        ]
        for (const act of acts)
          expect(await attacked(w, payload, act), payload.slice(0, 10)).to.deep.equal({
            reentered: false,
            outcome: guard,
          })
      }
    })

    it('is never seen with less than it counts: it is not paid twice for one award', async () => {
      const w = await hostile(by => ethers.deployContract('ReentrantToken', by))
      await w.deposit(500n)
      const awardId = await grant(w, { asset: w.badAsset, assets: 10n })
      await attacked(w, w.commons.interface.encodeFunctionData('collect', [awardId]), () => w.commons.collect(awardId))
      expect(await w.bad.balanceOf(w.household.address)).to.equal(10n)
      expect((await w.commons.bookOf(w.badAsset)).held).to.equal(490n)
    })

    it('gains nothing by sending to the fund while it deposits: the deposit is refused', async () => {
      const w = await hostile(by => ethers.deployContract('ReentrantToken', by))
      const token = w.bad
      await token.mint(w.badAsset, 50n)
      await token.arm(w.badAsset, token.interface.encodeFunctionData('transfer', [w.target, 50n]))
      await expect(w.deposit(10n))
        .to.be.revertedWithCustomError(w.commons, 'Commons_TransferMismatch')
        .withArgs(w.badAsset, 10n, 60n)
    })
  })
})

describe('Commons, attacked through a recipient', () => {
  it('one that cannot be paid, in whatever manner, blocks nobody else', async () => {
    for (const manner of [0, 1, 2]) {
      const w = await hostile(by => ethers.deployContract('BlacklistToken', by))
      const token = w.bad
      await w.deposit(900n)
      await w.deposit(100n, Source.fee)
      const stuck = await grant(w, { asset: w.badAsset, assets: 100n })
      const other = await grant(w, { asset: w.badAsset, assets: 50n, part: 1, to: w.heir.address })
      await token.setBlacklisted(w.household.address, true, manner)
      await token.setBlacklisted(w.treasury.address, true, manner)
      await expect(w.commons.collect(stuck)).to.revert(ethers)
      await expect(w.commons.fetch(w.badAsset, Source.fee)).to.revert(ethers)
      await w.commons.collect(other)
      await w.deposit(0n)
      expect((await w.commons.bookOf(w.badAsset)).awarded).to.equal(100n)
      // and it can have it paid elsewhere
      await w.commons.connect(w.household).redirect(stuck, w.stranger.address)
      await w.commons.collect(stuck)
      expect(await token.balanceOf(w.stranger.address)).to.equal(100n)
    }
  })

  it('nobody moves, collects elsewhere or takes back what is another one’s', async () => {
    const w = await fixture()
    const awardId = await grant(w)
    for (const thief of [w.stranger, w.rail, w.revoker, w.budgeter, w.panel]) {
      await expect(w.commons.connect(thief).redirect(awardId, thief.address))
        .to.be.revertedWithCustomError(w.commons, 'Commons_NotRecipient')
        .withArgs(awardId, thief.address)
      await expect(w.commons.connect(thief).lapse(awardId)).to.be.revertedWithCustomError(
        w.commons,
        'Commons_NotLapsed',
      )
    }
    await w.commons.connect(w.stranger).collect(awardId)
    expect(await w.token.balanceOf(w.household.address)).to.equal(100n * UNIT)
  })
})

describe('Commons, attacked through rounding', () => {
  it('an income in dust keeps no less than the same income at once', async () => {
    const [w, v] = [await networkHelpers.loadFixture(deploy), 997n]
    const income = async () => w.commons.incomeOf(w.asset, Source.fee)
    await pay(w, v, Source.fee)
    const { kept: atOnce } = await income()
    for (let n = 0n; n < 40n; ++n) await pay(w, 1n, Source.fee)
    const { kept, passed } = await income()
    expect(kept - atOnce).to.equal(40n) // a fifth of one unit, rounded up
    expect(passed).to.equal(v - atOnce)
    expect(atOnce).to.equal(200n) // of 199.4
  })

  it('a stream collected every second pays no more than one collected once', async () => {
    const w = await fixture()
    const startAt = (await now()) + 100
    const schedule = { startAt, cliffAt: startAt, endAt: startAt + 977 }
    const { awardId: often } = await stream(w, { assets: 100_003n }, schedule)
    const { awardId: once } = await stream(w, { assets: 100_003n, part: 1, to: w.heir.address }, schedule)
    for (let second = 1; second < 40; ++second) {
      await at(startAt + second)
      await w.commons.collect(often)
      expect(await w.token.balanceOf(w.household.address)).to.equal((100_003n * BigInt(second)) / 977n)
    }
    await at(startAt + 977)
    await w.commons.collect(often)
    await w.commons.collect(once)
    for (const one of [w.household, w.heir]) expect(await w.token.balanceOf(one.address)).to.equal(100_003n)
  })
})

describe('Commons, attacked by who may award', () => {
  it('the limit of a period cannot be used on both sides of a boundary, wherever that would be', async () => {
    const w = await fixture()
    await pay(w, 100_000n * UNIT)
    const first = (await now()) + 10
    // all of it in the last second of one calendar period of any kind is all of it for 30 days
    await at(first)
    await grant(w, { assets: 600n * UNIT })
    for (const [part, later] of [1, DAY, 15 * DAY, PERIOD - 1].entries()) {
      await at(first + later)
      await expect(grant(w, { part: 10 + part, assets: 1n }))
        .to.be.revertedWithCustomError(w.commons, 'Commons_OverLimit')
        .withArgs(w.asset, 1n, 0n)
    }
    await at(first + PERIOD)
    await grant(w, { part: 1, assets: 600n * UNIT })
  })

  it('no drip keeps under the limit and gets more out of any 30 days', async () => {
    const w = await fixture()
    await pay(w, 100_000n * UNIT)
    const given: { time: number; assets: bigint }[] = []
    for (let n = 0; n < 60; ++n) {
      await networkHelpers.time.increase(DAY + 7919 * (n % 5))
      const assets = await w.commons.grantableAssets(w.asset)
      if (assets === 0n || n % 4 === 3) continue
      const some = n % 2 ? assets : assets / 3n + 1n
      await grant(w, { part: n, assets: some })
      given.push({ time: await now(), assets: some })
    }
    expect(given.length).to.be.greaterThan(8)
    for (const { time: from } of given) {
      const within = given.filter(({ time }) => time >= from && time < from + PERIOD)
      expect(within.reduce((sum, { assets }) => sum + assets, 0n) <= 600n * UNIT).to.equal(true)
    }
  })

  it('revoking and awarding again, or splitting over kinds, gets no more out of a limit', async () => {
    const w = await fixture()
    const { awardId } = await stream(w, { assets: 400n * UNIT })
    await w.commons.connect(w.revoker).revoke(awardId, hashOf('why'))
    await pledge(w, {}, 1)
    await grant(w, { part: 2, assets: 100n * UNIT })
    await expect(stream(w, { part: 3, assets: 1n })).to.be.revertedWithCustomError(w.commons, 'Commons_OverLimit')
  })

  it('one part of a decision awards once, whatever kind, amount, asset or recipient the second is', async () => {
    const w = await fixture()
    const awardId = await grant(w, { assets: 5n })
    const again = (act: Promise<unknown>) =>
      expect(act).to.be.revertedWithCustomError(w.commons, 'Commons_AlreadyAwarded').withArgs(awardId)
    await again(grant(w, { assets: 5n }))
    await again(grant(w, { assets: 6n, to: w.heir.address }))
    await again(stream(w))
    await again(pledge(w))
    await w.commons.collect(awardId)
    await again(grant(w, { assets: 5n }))
    await grant(w, { assets: 5n, part: 1 })
  })

  it('one case awards one claimant what it first asked for in an asset, and never more', async () => {
    const w = await fixture()
    const award = (assets: bigint) =>
      w.commons.connect(w.panel).awardCompensation(w.asset, w.household.address, assets, ORIGIN)
    await award(5n)
    for (const assets of [5n, 1n, 2n ** 256n - 1n])
      await expect(award(assets))
        .to.emit(w.commons, 'CompensationCut')
        .withArgs(ORIGIN, w.household.address, w.asset, assets, 0n)
    await w.commons.collect(compensationIdOf(w, ORIGIN, w.household.address))
    await award(5n)
    expect(await booksOf(w)).to.include({ awarded: 0n, paid: 5n })
  })

  it('awards more than there is: refused, or cut to what there is', async () => {
    const w = await fixture()
    await set(w, Setting.grantLimit, 1_000_000n * UNIT)
    await expect(grant(w, { assets: 1_000n * UNIT + 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.asset, 1_000n * UNIT + 1n, 1_000n * UNIT)
    await grant(w, { assets: 900n * UNIT })
    await expect(grant(w, { part: 1, assets: 100n * UNIT + 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(w.asset, 100n * UNIT + 1n, 100n * UNIT)
    await w.commons.connect(w.panel).awardCompensation(w.asset, w.heir.address, 2n ** 255n, ORIGIN)
    expect(await booksOf(w)).to.include({ held: 1_000n * UNIT, awarded: 1_000n * UNIT })
  })

  it('awards in an asset that never came in: refused, and no compensation', async () => {
    const w = await fixture()
    const other = await (await ethers.deployContract('TestStablecoin', ['Other', 'OTH', 6])).getAddress()
    await w.commons.connect(w.budgeter).announce(other, Setting.compensationLimit, 5n, DECISION)
    await set(w, Setting.grantLimit, 5n, other)
    await expect(grant(w, { asset: other, assets: 1n }))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotFree')
      .withArgs(other, 1n, 0n)
    // not even an address at which there is no token stops whoever decides a case
    for (const asset of [other, w.heir.address]) {
      await w.commons.connect(w.panel).awardCompensation(asset, w.household.address, 1n, ORIGIN)
      expect((await w.commons.bookOf(asset)).awarded).to.equal(0n)
    }
  })

  it('revokes what has vested, or anything that is no stream: refused', async () => {
    const w = await fixture()
    const revoke = (awardId: string) => w.commons.connect(w.revoker).revoke(awardId, hashOf('why'))
    const { awardId, endAt, startAt } = await stream(w)
    const granted = await grant(w, { part: 1 })
    const { awardId: pledged } = await pledge(w, {}, 2)
    await w.commons.connect(w.panel).awardCompensation(w.asset, w.household.address, 1n, ORIGIN)
    for (const [id, kind] of [
      [granted, 0],
      [pledged, 2],
      [compensationIdOf(w, ORIGIN, w.household.address), 3],
    ] as const)
      await expect(revoke(id)).to.be.revertedWithCustomError(w.commons, 'Commons_NotAStream').withArgs(id, kind)
    // not collected, and vested: stays, to the unit
    await at(startAt + 33 * DAY + 1)
    await revoke(awardId)
    const vested = (100n * UNIT * (33n * BigInt(DAY) + 1n)) / (100n * BigInt(DAY))
    expect(await w.commons.collectableAssets(awardId)).to.equal(vested)
    const { awardId: over } = await stream(w, { part: 5 })
    await networkHelpers.time.increaseTo(endAt + 2 * YEAR)
    await expect(revoke(over)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingUnvested').withArgs(over)
  })

  it('changes a share afterwards: nothing in the contract could', async () => {
    const w = await fixture()
    await pay(w, 1_000n, Source.fee)
    const before = await w.commons.incomeOf(w.asset, Source.fee)
    const names = w.commons.interface.fragments
      .filter(one => one.type === 'function' && !(one as { constant?: boolean }).constant)
      .map(one => (one as unknown as { name: string }).name)
    expect(names.sort()).to.deep.equal([
      ...['announce', 'awardCompensation', 'collect', 'deposit', 'fetch', 'grant', 'lapse', 'pledge', 'redirect'],
      ...['redirectFor', 'release', 'revoke', 'setAuthority', 'stream', 'take'],
    ])
    for (const setting of Object.values(Setting)) await set(w, setting, 5n)
    expect(await w.commons.incomeOf(w.asset, Source.fee)).to.deep.equal(before)
    expect(await w.commons.shareOf(Source.fee)).to.deep.equal([2_000n, w.treasury.address])
  })
})

describe('Commons, attacked through evidence', () => {
  it('disputed evidence releases nothing, and void evidence never does', async () => {
    const w = await fixture()
    const { disputer, adjudicator } = await roles()
    const { awardId } = await pledge(w)
    const { registry, report } = w.evidence
    const { aepRoot } = report
    await send(registry, attest(w.evidence, report))
    await registry.connect(disputer).dispute(aepRoot, hashOf('why'))
    const refused = (state: number) =>
      expect(w.commons.release(awardId, aepRoot))
        .to.be.revertedWithCustomError(w.commons, 'Milestone_NotFinal')
        .withArgs(aepRoot, state)
    await refused(2)
    await networkHelpers.time.increase(3 * DAY) // it would have been final
    await refused(2)
    await registry.connect(adjudicator).rule(aepRoot, false, hashOf('why'))
    await refused(5)
    await networkHelpers.time.increase(90 * DAY)
    await refused(5)
  })

  it('evidence of another feed releases nothing', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const aepId = await finalEvidence(w, { feedId: hashOf('another feed') })
    await expect(w.commons.release(awardId, aepId))
      .to.be.revertedWithCustomError(w.commons, 'Milestone_OtherFeed')
      .withArgs(aepId, hashOf('another feed'))
  })

  it('evidence of another chain, or of another registry, is not known here', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const other = await deployEvidence(4)
    await send(other.registry, attest(other, other.report))
    await networkHelpers.time.increase(3 * DAY)
    expect(await other.registry.stateOf(other.report.aepRoot)).to.equal(3n)
    await expect(w.commons.release(awardId, other.report.aepRoot)).to.be.revertedWithCustomError(
      w.evidence.registry,
      'Evidence_UnknownAep',
    )
    // nor can what operators signed for another chain be brought to this registry
    const foreign = { ...w.evidence, domain: { ...w.evidence.domain, chainId: w.evidence.domain.chainId + 1n } }
    await expect(send(w.evidence.registry, attest(foreign, w.evidence.report))).to.revert(ethers)
  })

  it('one piece of evidence releases each pledge once, and no pledge twice', async () => {
    const w = await fixture()
    const [{ awardId: first }, { awardId: second }] = [await pledge(w, {}, 1), await pledge(w, {}, 2)]
    const aepId = await finalEvidence(w)
    for (const awardId of [first, second]) {
      await w.commons.release(awardId, aepId)
      await w.commons.collect(awardId)
      await expect(w.commons.release(awardId, aepId)).to.be.revertedWithCustomError(w.commons, 'Commons_NotAwaiting')
      await expect(w.commons.collect(awardId)).to.be.revertedWithCustomError(w.commons, 'Commons_NothingToCollect')
    }
    expect(await w.token.balanceOf(w.household.address)).to.equal(200n * UNIT)
  })

  it('what is no pledge is not released', async () => {
    const w = await fixture()
    const aepId = await finalEvidence(w)
    const awardId = await grant(w)
    expect(awardId).to.equal(idOf(w, terms(w)))
    await expect(w.commons.release(awardId, aepId))
      .to.be.revertedWithCustomError(w.commons, 'Commons_NotAwaiting')
      .withArgs(awardId)
  })

  it('no dispute makes good evidence late: 180 days are longer than any can last', async () => {
    const w = await fixture()
    const { disputer } = await roles()
    const { awardId, deadline } = await pledge(w)
    const { registry, report } = w.evidence
    await send(registry, attest(w.evidence, report))
    await registry.connect(disputer).dispute(report.aepRoot, hashOf('to delay'))
    await networkHelpers.time.increase(14 * DAY)
    expect((await now()) < deadline).to.equal(true)
    await w.commons.release(awardId, report.aepRoot)
  })
})
