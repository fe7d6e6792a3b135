import { expect } from 'chai'
import {
  accept,
  anyValue,
  apply,
  attest,
  ballotOf,
  ballotTypes,
  collectContributed,
  collectMatch,
  deploy,
  domainOf,
  ethers,
  fresh,
  gift,
  give,
  hash,
  matchesOf,
  networkHelpers,
  open,
  personOf,
  projectOf,
  REASON,
  revoke,
  root,
  type Started,
  sign,
  started,
  THRESHOLD,
  tallyAll,
  to,
  UNIT,
  WAD,
  ZeroHash,
} from './world.ts'

/** A round whose asset is this token; everybody has and approves it. */
async function withToken(name: 'FeeToken' | 'BlacklistToken' | 'ReentrantToken' | 'RebasingToken' | 'LyingToken') {
  const w = await deploy()
  const token = await ethers.deployContract(name as 'BlacklistToken')
  const r = await started(w, { asset: await token.getAddress(), others: [] }, 0n)
  for (const one of [r.funder, r.stranger, ...r.people]) {
    await token.mint(one.address, 1_000_000n * UNIT)
    await token.connect(one).approve(r.round, 10n ** 30n)
  }
  return { r, token }
}

describe('Who attacks a round', () => {
  let r: Started
  beforeEach(async () => {
    r = await fresh()
  })

  it('by sybils under the threshold gets no account in', async () => {
    r.uids[0] = await attest(r, personOf(r, 0).address, { score: THRESHOLD - 1n })
    await expect(give(r, 0, gift(0, UNIT)))
      .to.be.revertedWithCustomError(r.gate, 'Gate_ScoreTooLow')
      .withArgs(THRESHOLD - 1n, THRESHOLD)
  })

  it('by a double identity is one person still, after another attestation to another wallet too', async () => {
    const [first, second] = [personOf(r, 0), personOf(r, 1)]
    r.uids[0] = await attest(r, first.address, { identity: hash('ann') })
    r.uids[1] = await attest(r, second.address, { identity: hash('ann') })
    await give(r, 0, gift(0, UNIT))
    await expect(give(r, 1, gift(0, UNIT)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_IdentityTaken')
      .withArgs(hash('ann'), first.address)
    // the attester moves the person to the other wallet: not in this round
    await revoke(r, r.uids[0])
    await r.round.strike(first.address)
    await expect(give(r, 1, gift(0, UNIT))).to.be.revertedWithCustomError(r.round, 'Rounds_IdentityTaken')
  })

  it('by re-entering through a token is refused at the door', async () => {
    const { r: own, token } = await withToken('ReentrantToken')
    const reentrant = await ethers.getContractAt('ReentrantToken', token)
    const calls = [
      own.round.interface.encodeFunctionData('contribute', [own.uids[0] ?? ZeroHash, [gift(0, 0n)]]),
      own.round.interface.encodeFunctionData('refund', [0, personOf(own, 0).address, 0]),
      own.round.interface.encodeFunctionData('fundPool', [1n]),
      own.round.interface.encodeFunctionData('collectContributed', [0, 0, projectOf(own, 0).address]),
    ]
    for (const [i, call] of calls.entries()) {
      await reentrant.arm(own.round, call)
      await give(own, 0, gift(0, BigInt(i + 1) * UNIT))
      expect(await reentrant.reentered()).to.equal(false)
      expect(await reentrant.outcome()).to.equal(ethers.id('ReentrancyGuardReentrantCall()').slice(0, 10))
    }
    expect((await own.round.tallyOf(0)).contributed).to.equal(4n * UNIT)
    expect(await token.balanceOf(own.round)).to.equal(4n * UNIT)
  })

  it('by a contribution in the last block counts in the last second, and not at the end', async () => {
    await networkHelpers.time.setNextBlockTimestamp(r.terms.contributeUntil - 1)
    await give(r, 0, gift(0, UNIT))
    await networkHelpers.time.setNextBlockTimestamp(r.terms.contributeUntil)
    await expect(give(r, 1, gift(0, UNIT))).to.be.revertedWithCustomError(r.round, 'Rounds_Closed')
  })

  it('by the order in which caps are found changes nothing', async () => {
    const results: bigint[][] = []
    for (const names of [[], [0, 1], [1, 0], [1]]) {
      const own = await started(await deploy(), { capBps: 3_000, others: [] })
      for (const person of [0, 1, 2, 3])
        await give(own, person, gift(0, 90n * UNIT), gift(1, 80n * UNIT), gift(2, UNIT))
      await to(own.terms.reviewUntil)
      await own.round.tally(6)
      for (const id of names) await own.round.freeze([id])
      await tallyAll(own, 2n)
      results.push(await matchesOf(own))
    }
    expect(results[0]).to.deep.equal([3_000n * UNIT, 3_000n * UNIT, 3_000n * UNIT, 0n, 0n, 0n])
    for (const result of results) expect(result).to.deep.equal(results[0])
  })

  it('as a recipient that cannot be paid blocks nobody, and loses nothing', async () => {
    const { r: own, token } = await withToken('BlacklistToken')
    for (const project of [0, 1]) await give(own, 0, gift(project, 9n * UNIT))
    await tallyAll(own)
    for (const manner of [0, 1, 2]) {
      await token.setBlacklisted(projectOf(own, 0).address, true, manner)
      if (manner === 0) {
        await expect(collectContributed(own, 0))
          .to.emit(own.round, 'PaymentOwed')
          .withArgs(await token.getAddress(), projectOf(own, 0).address, 9n * UNIT)
        await collectContributed(own, 1)
      }
      await expect(own.round.collectOwed(token, projectOf(own, 0).address, projectOf(own, 0).address)).to.revert(ethers)
    }
    await expect(own.round.connect(own.stranger).collectOwed(token, projectOf(own, 0).address, own.stranger.address))
      .to.be.revertedWithCustomError(own.round, 'Rounds_NotRecipient')
      .withArgs(projectOf(own, 0).address, own.stranger.address)
    await expect(
      own.round.connect(projectOf(own, 0)).collectOwed(token, projectOf(own, 0).address, own.funder.address),
    ).to.changeTokenBalances(ethers, token, [own.funder], [9n * UNIT])
    await expect(
      own.round.collectOwed(token, projectOf(own, 0).address, projectOf(own, 0).address),
    ).to.be.revertedWithCustomError(own.round, 'Rounds_NothingToPay')
  })

  it('by being blacklisted does not keep a struck gift in', async () => {
    const { r: own, token } = await withToken('BlacklistToken')
    await give(own, 0, gift(0, 9n * UNIT))
    await revoke(own, own.uids[0] ?? '')
    await own.round.strike(personOf(own, 0).address)
    await token.setBlacklisted(personOf(own, 0).address, true, 0)
    await own.round.refund(0, personOf(own, 0).address, 0)
    expect((await own.round.tallyOf(0)).sqrtSum).to.equal(0n)
    expect(await own.round.owedOf(token, personOf(own, 0).address)).to.equal(9n * UNIT)
  })

  it('by taking a struck gift out while it is matched is refused: what is counted stays', async () => {
    await give(r, 0, gift(0, 9n * UNIT))
    await revoke(r, r.uids[0] ?? '')
    await r.round.strike(personOf(r, 0).address)
    const refund = () => r.round.refund(0, personOf(r, 0).address, 0)
    await to(r.terms.reviewUntil)
    await expect(refund()).to.be.revertedWithCustomError(r.round, 'Rounds_NotRefundable')
    await tallyAll(r)
    await expect(refund()).to.be.revertedWithCustomError(r.round, 'Rounds_NotRefundable')
    expect((await r.round.tallyOf(0)).sqrtSum).to.equal(3000n)
  })

  it('by replaying a signed contribution: not twice, not in another round, not on another chain, not late', async () => {
    const person = personOf(r, 0)
    const gifts = [gift(0, 4n * UNIT)]
    const ballot = await ballotOf(r, 0)
    const signature = await sign(r, person, ballot, gifts)
    const carry = (round = r.round, given = ballot, by = signature) =>
      round.connect(r.stranger).contributeFor(given, gifts, [], by)
    const other = await open(r)
    await to(other.terms.contributeFrom).catch(() => {})
    await expect(carry(other.round)).to.be.revertedWithCustomError(other.round, 'Rounds_WrongSignature')
    const elsewhere = await person.signTypedData({ ...(await domainOf(r)), chainId: 1n }, ballotTypes, {
      ...ballot,
      gifts: [{ projectId: 0, token: 0, assets: 4n * UNIT }],
    })
    await expect(carry(r.round, ballot, elsewhere)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongSignature')
    await expect(
      r.round.connect(r.stranger).contributeFor(ballot, [gift(0, 5n * UNIT)], [], signature),
    ).to.be.revertedWithCustomError(r.round, 'Rounds_WrongSignature')
    await carry()
    await expect(carry()).to.be.revertedWithCustomError(r.round, 'Rounds_WrongNonce').withArgs(0, 1)
    const next = await ballotOf(r, 0)
    const signed = await sign(r, person, next, gifts)
    await expect(r.round.connect(person).voidBallots()).to.emit(r.round, 'BallotsVoided').withArgs(person.address, 2)
    await expect(carry(r.round, next, signed)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongNonce')
    const late = await ballotOf(r, 0, { deadline: (await networkHelpers.time.latest()) - 1 })
    await expect(carry(r.round, late, await sign(r, person, late, gifts))).to.be.revertedWithCustomError(
      r.round,
      'Rounds_BallotExpired',
    )
  })

  it('by naming somebody else as payer needs that payer to send it', async () => {
    const ballot = await ballotOf(r, 0, { payer: r.funder.address })
    const gifts = [gift(0, 4n * UNIT)]
    await expect(
      r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, personOf(r, 0), ballot, gifts)),
    )
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotPayer')
      .withArgs(r.funder.address, r.stranger.address)
  })

  it('by a contract wallet is one person like any other', async () => {
    const person = personOf(r, 0)
    const wallet = await (await ethers.deployContract('ContractWallet', [person.address])).getAddress()
    const uid = await attest(r, wallet)
    const ballot = await ballotOf(r, 0, { contributor: wallet, payer: r.stranger.address, attestation: uid, nonce: 0n })
    const gifts = [gift(0, 4n * UNIT)]
    await expect(
      r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, personOf(r, 1), ballot, gifts)),
    ).to.be.revertedWithCustomError(r.round, 'Rounds_WrongSignature')
    await expect(r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, person, ballot, gifts)))
      .to.emit(r.round, 'PersonRegistered')
      .withArgs(wallet, anyValue, uid)
  })

  it('by changing a contribution back and forth has the S of what is given in the end', async () => {
    for (const assets of [1n, 3n, 10n ** 9n, 0n, 7n, 10n ** 11n, 5n * UNIT]) await give(r, 0, gift(0, assets))
    expect([...(await r.round.tallyOf(0))]).to.deep.equal([root(5n * UNIT), 5n * UNIT, 1n])
  })

  it('by splitting into dust gains nothing without more persons', async () => {
    // one who gives 100 times 1 unit has given 100 units, and a root of 10, not 100
    await give(r, 0, ...Array.from({ length: 100 }, (_, i) => gift(0, BigInt(i + 1))))
    expect((await r.round.tallyOf(0)).sqrtSum).to.equal(10n)
    // and dust of another token is refused, or adds what it is worth
    await expect(give(r, 0, gift(0, 10n ** 11n, 1))).to.be.revertedWithCustomError(r.round, 'Rounds_TooLittle')
  })

  it('by registering a project twice is refused, under review and accepted', async () => {
    const own = await open(await deploy())
    const project = projectOf(own, 0)
    await apply(own, project)
    await expect(apply(own, project))
      .to.be.revertedWithCustomError(own.round, 'Rounds_AlreadyApplied')
      .withArgs(project.address)
    await accept(own, project)
    await expect(apply(own, project)).to.be.revertedWithCustomError(own.round, 'Rounds_AlreadyApplied')
    await expect(accept(own, project)).to.be.revertedWithCustomError(own.round, 'Rounds_NotApplied')
  })

  it('as a reviewer who accepts after the window, or disqualifies after the review, is refused', async () => {
    const own = await open(await deploy())
    await apply(own, projectOf(own, 0))
    await to(own.terms.contributeUntil)
    await expect(accept(own, projectOf(own, 0))).to.be.revertedWithCustomError(own.round, 'Rounds_Closed')
    await to(r.terms.reviewUntil).catch(() => {})
    await expect(r.round.connect(r.reviewer).disqualify(0, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_Closed',
    )
  })

  it('by cancelling after payouts began is refused', async () => {
    await give(r, 0, gift(0, 9n * UNIT))
    await tallyAll(r)
    await collectContributed(r, 0)
    await expect(r.factory.connect(r.canceller).cancelRound(r.round, REASON)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_WrongStatus',
    )
    await expect(r.round.refund(0, personOf(r, 0).address, 0)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotRefundable',
    )
  })

  it('by a token with a generous rate draws at most the pool, and nobody else’s tokens', async () => {
    const cheap = await ethers.deployContract('TestStablecoin', ['Cheap', 'CHP', 18])
    const own = await started(await deploy(), {
      others: [{ token: await cheap.getAddress(), unitsWad: 1_000n * WAD }],
    })
    await give(own, 2, gift(1, 500n * UNIT))
    for (const person of [0, 1]) {
      await cheap.mint(personOf(own, person).address, 10n ** 20n)
      await cheap.connect(personOf(own, person)).approve(own.round, 10n ** 30n)
      await give(own, person, gift(0, 10n ** 20n, 1))
    }
    await tallyAll(own)
    expect((await matchesOf(own)).reduce((a, b) => a + b)).to.be.at.most(10_000n * UNIT)
    await collectMatch(own, 0)
    await collectContributed(own, 0, 1)
    await expect(collectContributed(own, 0, 0)).to.be.revertedWithCustomError(own.round, 'Rounds_NothingToPay')
    await collectContributed(own, 1, 0)
    expect(await own.usd.balanceOf(projectOf(own, 1).address)).to.equal(500n * UNIT)
  })

  it('by a third token in one gift is refused, unless the second is taken back', async () => {
    const third = await ethers.deployContract('TestStablecoin', ['Third', 'THD', 6])
    const w = await deploy()
    const own = await started(w, {
      others: [
        { token: await w.euro.getAddress(), unitsWad: WAD },
        { token: await third.getAddress(), unitsWad: WAD },
      ],
    })
    await give(own, 0, gift(0, UNIT, 1))
    await expect(give(own, 0, gift(0, UNIT, 2)))
      .to.be.revertedWithCustomError(own.round, 'Rounds_SecondToken')
      .withArgs(0, 2, 1)
    expect((await own.round.giftOf(0, personOf(own, 0).address, 2)).assets).to.equal(0n)
    await third.mint(personOf(own, 0).address, UNIT)
    await third.connect(personOf(own, 0)).approve(own.round, UNIT)
    await give(own, 0, gift(0, 0n, 1), gift(0, UNIT, 2))
    expect((await own.round.giftOf(0, personOf(own, 0).address, 2)).assets).to.equal(UNIT)
  })

  it('with a token that takes a fee, or lies, gives nothing', async () => {
    const fee = await withToken('FeeToken')
    await (await ethers.getContractAt('FeeToken', fee.token)).setFeeBps(100)
    await expect(give(fee.r, 0, gift(0, 100n * UNIT)))
      .to.be.revertedWithCustomError(fee.r.round, 'Rounds_TransferMismatch')
      .withArgs(100n * UNIT, 99n * UNIT)
    await expect(fee.r.round.connect(fee.r.funder).fundPool(100n * UNIT)).to.be.revertedWithCustomError(
      fee.r.round,
      'Rounds_TransferMismatch',
    )
    const lying = await withToken('LyingToken')
    await (await ethers.getContractAt('LyingToken', lying.token)).setAnswer(true)
    await expect(give(lying.r, 0, gift(0, UNIT))).to.be.revertedWithCustomError(
      lying.r.round,
      'Rounds_TransferMismatch',
    )
  })

  it('with a token whose balances change harms who is paid last, and no count', async () => {
    const { r: own, token } = await withToken('RebasingToken')
    await give(own, 0, gift(0, 100n * UNIT))
    await (await ethers.getContractAt('RebasingToken', token)).rebase(20_000)
    await tallyAll(own)
    expect(await own.round.contributedAssetsOf(0, 0)).to.equal(100n * UNIT)
    await collectContributed(own, 0)
    await expect(collectContributed(own, 0)).to.be.revertedWithCustomError(own.round, 'Rounds_NothingToPay')
  })
})
