import { expect } from 'chai'
import {
  anyValue,
  ballotOf,
  collectContributed,
  DAY,
  EURO_RATE,
  ethers,
  fresh,
  gift,
  give,
  networkHelpers,
  personOf,
  REASON,
  root,
  type Started,
  sign,
  to,
  UNIT,
  WAD,
  ZeroHash,
} from './world.ts'

const tally = async (r: Started, project: number) => {
  const { sqrtSum, contributed, contributors } = await r.round.tallyOf(project)
  return [sqrtSum, contributed, contributors]
}
const euros = (assets: bigint) => (assets * EURO_RATE) / WAD

describe('A contribution', () => {
  let r: Started
  beforeEach(async () => {
    r = await fresh()
  })

  it('registers a person, is paid, and counts by its root', async () => {
    const person = personOf(r, 0)
    const sent = give(r, 0, gift(1, 25n * UNIT))
    await expect(sent)
      .to.emit(r.round, 'PersonRegistered')
      .withArgs(person.address, anyValue, r.uids[0])
      .and.to.emit(r.round, 'Contributed')
      .withArgs(person.address, person.address, [gift(1, 25n * UNIT)])
    await expect(sent).to.changeTokenBalances(ethers, r.usd, [person, r.round], [-25n * UNIT, 25n * UNIT])
    expect(await tally(r, 1)).to.deep.equal([root(25n * UNIT), 25n * UNIT, 1n])
    expect(await r.round.contributionOf(1, person.address)).to.equal(25n * UNIT)
    expect(await r.round.giftOf(1, person.address, 0)).to.deep.equal([25n * UNIT, person.address])
  })

  it('is raised, lowered and taken back, without a trace in S and C', async () => {
    await give(r, 1, gift(0, 7n * UNIT))
    const before = await tally(r, 0)
    for (const assets of [3n, 10n * UNIT + 1n, 5n, 99n * UNIT, 0n]) {
      await give(r, 0, gift(0, assets))
      expect(await tally(r, 0)).to.deep.equal([
        root(7n * UNIT) + root(assets),
        7n * UNIT + assets,
        assets === 0n ? 1n : 2n,
      ])
    }
    expect(await tally(r, 0)).to.deep.equal(before)
    expect(await r.usd.balanceOf(personOf(r, 0).address)).to.equal(1_000_000n * UNIT)
  })

  it('to several projects in one transaction moves the difference only', async () => {
    await give(r, 0, gift(0, 10n * UNIT), gift(1, 20n * UNIT), gift(2, 30n * UNIT))
    await expect(give(r, 0, gift(0, 0n), gift(1, 25n * UNIT), gift(3, 1n * UNIT))).to.changeTokenBalances(
      ethers,
      r.usd,
      [personOf(r, 0), r.round],
      [4n * UNIT, -4n * UNIT],
    )
    // with nothing left to pay from, what is taken from one project is there for another
    const person = personOf(r, 0)
    await r.usd.connect(person).transfer(r.stranger.address, await r.usd.balanceOf(person.address))
    await expect(give(r, 0, gift(1, 20n * UNIT), gift(4, 5n * UNIT))).to.changeTokenBalances(
      ethers,
      r.usd,
      [personOf(r, 0), r.round],
      [0n, 0n],
    )
    expect((await tally(r, 4))[1]).to.equal(5n * UNIT)
  })

  it('naming a project twice leaves what was named last', async () => {
    await give(r, 0, gift(0, 9n * UNIT), gift(0, 4n * UNIT))
    expect(await tally(r, 0)).to.deep.equal([2000n, 4n * UNIT, 1n])
    expect(await r.usd.balanceOf(await r.round.getAddress())).to.equal(10_004n * UNIT)
  })

  it('in another token counts at the fixed rate, rounded down, as one gift with the first', async () => {
    const assets = 3n * WAD + 123n
    await give(r, 0, gift(0, 5n * UNIT), gift(0, assets, 1))
    const c = 5n * UNIT + euros(assets)
    expect(await tally(r, 0)).to.deep.equal([root(c), c, 1n])
    expect(await r.round.giftOf(0, personOf(r, 0).address, 1)).to.deep.equal([assets, personOf(r, 0).address])
    expect(await r.round.contributedAssetsOf(0, 0)).to.equal(5n * UNIT)
    expect(await r.round.contributedAssetsOf(0, 1)).to.equal(assets)
    await give(r, 0, gift(0, 0n))
    expect(await tally(r, 0)).to.deep.equal([root(euros(assets)), euros(assets), 1n])
    await give(r, 0, gift(0, 2n * UNIT), gift(0, 1n * WAD, 1))
    expect((await tally(r, 0))[1]).to.equal(3_100_000n)
    await expect(give(r, 0, gift(0, 0n, 1))).to.changeTokenBalances(ethers, r.euro, [personOf(r, 0)], [WAD])
    expect(await tally(r, 0)).to.deep.equal([root(2n * UNIT), 2n * UNIT, 1n])
  })

  it('is refused without gifts, for an unknown token or project, or worth nothing in units', async () => {
    await expect(give(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_NoGifts')
    await expect(give(r, 0, gift(0, 1n, 2)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_UnknownToken')
      .withArgs(2)
    await expect(give(r, 0, gift(6, 1n)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_WrongProjectStatus')
      .withArgs(6, 0)
    await expect(give(r, 0, gift(0, 1n, 1)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_TooLittle')
      .withArgs(1, 1n)
  })

  it('is refused with anything in its word that no gift has', async () => {
    for (const odd of [1n << 120n, 1n << 223n, (1n << 150n) | (1n << 112n)])
      await expect(give(r, 0, gift(0, UNIT) | odd))
        .to.be.revertedWithCustomError(r.round, 'Rounds_MalformedGift')
        .withArgs(gift(0, UNIT) | odd)
  })

  it('is refused beyond 2^96 - 1 units', async () => {
    const most = 2n ** 96n - 1n
    await r.usd.mint(personOf(r, 0).address, most)
    await give(r, 0, gift(0, most))
    expect(await tally(r, 0)).to.deep.equal([root(most), most, 1n])
    await expect(give(r, 0, gift(0, most + 1n)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_TooMuch')
      .withArgs(most + 1n, most)
  })

  it('is made for somebody who signed it, carried by anyone, paid by the signer', async () => {
    const gifts = [gift(0, 4n * UNIT), gift(2, 9n * UNIT)]
    const ballot = await ballotOf(r, 0)
    const signature = await sign(r, personOf(r, 0), ballot, gifts)
    expect(await r.round.ballotDigest(ballot, gifts)).to.be.a('string')
    await expect(r.round.connect(r.stranger).contributeFor(ballot, gifts, [], signature)).to.changeTokenBalances(
      ethers,
      r.usd,
      [personOf(r, 0), r.stranger],
      [-13n * UNIT, 0n],
    )
    expect(await tally(r, 2)).to.deep.equal([3000n, 9n * UNIT, 1n])
    expect(await r.round.nonceOf(ballot.contributor)).to.equal(1n)
  })

  it('is carried until the second that the signature names', async () => {
    const deadline = (await networkHelpers.time.latest()) + DAY
    const ballots = [await ballotOf(r, 0, { deadline }), await ballotOf(r, 1, { deadline })] as const
    const [first, second] = await Promise.all(
      ballots.map((ballot, i) => sign(r, personOf(r, i), ballot, [gift(0, UNIT)])),
    )
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await r.round.contributeFor(ballots[0], [gift(0, UNIT)], [], first ?? '')
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1)
    await expect(r.round.contributeFor(ballots[1], [gift(0, UNIT)], [], second ?? ''))
      .to.be.revertedWithCustomError(r.round, 'Rounds_BallotExpired')
      .withArgs(deadline, deadline + 1)
  })

  it('is paid by another for a person who agreed; what is taken back is owed to the payer', async () => {
    const gifts = [gift(0, 4n * UNIT), gift(0, 2n * WAD, 1)]
    const ballot = await ballotOf(r, 0, { payer: r.stranger.address })
    const person = personOf(r, 0)
    await r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, person, ballot, gifts))
    expect(await r.usd.balanceOf(person.address)).to.equal(1_000_000n * UNIT)
    expect(await r.round.giftOf(0, person.address, 0)).to.deep.equal([4n * UNIT, r.stranger.address])
    // no own money on top of it
    await expect(give(r, 0, gift(0, 5n * UNIT)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_PaidByOther')
      .withArgs(0, r.stranger.address)
    await expect(give(r, 0, gift(0, 1n * UNIT))).to.changeTokenBalances(ethers, r.usd, [person], [0n])
    expect(await r.round.owedOf(r.usd, r.stranger.address)).to.equal(3n * UNIT)
    await give(r, 0, gift(0, 0n), gift(0, 0n, 1))
    expect(await r.round.owedOf(r.euro, r.stranger.address)).to.equal(2n * WAD)
    await expect(
      r.round.connect(r.funder).collectOwed(r.usd, r.stranger.address, r.stranger.address),
    ).to.changeTokenBalances(ethers, r.usd, [r.stranger], [4n * UNIT])
    // forgotten: own money now
    await give(r, 0, gift(0, 5n * UNIT))
    expect(await r.round.giftOf(0, person.address, 0)).to.deep.equal([5n * UNIT, person.address])
  })

  it('of one payer is not raised by another, and by the same it is', async () => {
    const person = personOf(r, 0)
    const by = async (payer: typeof person, assets: bigint) => {
      const ballot = await ballotOf(r, 0, { payer: payer.address })
      const gifts = [gift(0, assets)]
      return r.round.connect(payer).contributeFor(ballot, gifts, [], await sign(r, person, ballot, gifts))
    }
    await by(r.stranger, 4n * UNIT)
    await by(r.stranger, 6n * UNIT)
    await expect(by(r.funder, 7n * UNIT))
      .to.be.revertedWithCustomError(r.round, 'Rounds_PaidByOther')
      .withArgs(0, r.stranger.address)
    await expect(by(r.funder, 5n * UNIT)).to.changeTokenBalances(ethers, r.usd, [r.funder], [0n])
    expect(await r.round.owedOf(r.usd, r.stranger.address)).to.equal(1n * UNIT)
    await give(r, 0, gift(1, 1n * UNIT))
    await expect(by(r.stranger, 5n * UNIT)).not.to.be.revertedWithCustomError(r.round, 'Rounds_PaidByOther')
    const ballot = await ballotOf(r, 0, { payer: r.stranger.address })
    const gifts = [gift(1, 2n * UNIT)]
    await expect(r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, person, ballot, gifts)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_PaidByOther')
      .withArgs(1, person.address)
  })

  it('is spared its approval by a permit, one that was carried out by another too', async () => {
    const person = personOf(r, 0)
    await r.usd.connect(person).approve(r.round, 0n)
    const deadline = r.terms.contributeUntil
    const permit = async (assets: bigint) => {
      const signature = ethers.Signature.from(
        await person.signTypedData(
          {
            name: 'US Dollar',
            version: '1',
            chainId: (await ethers.provider.getNetwork()).chainId,
            verifyingContract: await r.usd.getAddress(),
          },
          {
            Permit: [
              { name: 'owner', type: 'address' },
              { name: 'spender', type: 'address' },
              { name: 'value', type: 'uint256' },
              { name: 'nonce', type: 'uint256' },
              { name: 'deadline', type: 'uint256' },
            ],
          },
          {
            owner: person.address,
            spender: await r.round.getAddress(),
            value: assets,
            nonce: await r.usd.nonces(person.address),
            deadline,
          },
        ),
      )
      return { token: 0, v: signature.v, deadline, assets, r: signature.r, s: signature.s }
    }
    const uid = r.uids[0] ?? ZeroHash
    await r.round.connect(person).contributeWithPermit(uid, [gift(0, 5n * UNIT)], [await permit(5n * UNIT)])
    // front-run: somebody sends the permit alone, first
    const seen = await permit(2n * UNIT)
    await r.usd.connect(r.stranger).permit(person.address, r.round, seen.assets, seen.deadline, seen.v, seen.r, seen.s)
    await r.round.connect(person).contributeWithPermit(uid, [gift(1, 2n * UNIT)], [seen])
    expect((await tally(r, 1))[1]).to.equal(2n * UNIT)
    await expect(r.round.connect(person).contributeWithPermit(uid, [gift(1, 3n * UNIT)], [{ ...seen, token: 9 }]))
      .to.be.revertedWithCustomError(r.round, 'Rounds_UnknownToken')
      .withArgs(9)
    await expect(
      r.round.connect(person).contributeWithPermit(uid, [gift(1, 3n * UNIT)], [seen]),
    ).to.be.revertedWithCustomError(r.usd, 'ERC20InsufficientAllowance')
  })

  it('counts from the first second of the window to the last, and not after', async () => {
    await networkHelpers.time.setNextBlockTimestamp(r.terms.contributeUntil - 1)
    await give(r, 0, gift(0, 1n * UNIT))
    await networkHelpers.time.setNextBlockTimestamp(r.terms.contributeUntil)
    await expect(give(r, 0, gift(0, 0n)))
      .to.be.revertedWithCustomError(r.round, 'Rounds_Closed')
      .withArgs(r.terms.contributeUntil, r.terms.contributeUntil)
    await expect(r.round.connect(personOf(r, 1)).register(r.uids[1] ?? '')).to.be.revertedWithCustomError(
      r.round,
      'Rounds_Closed',
    )
  })
})

describe('A refund', () => {
  let r: Started
  beforeEach(async () => {
    r = await fresh()
    await give(r, 0, gift(0, 4n * UNIT), gift(0, 2n * WAD, 1), gift(1, 9n * UNIT))
  })

  it('is not to be had while the round goes on', async () => {
    await expect(r.round.refund(0, personOf(r, 0).address, 0))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotRefundable')
      .withArgs(0, personOf(r, 0).address)
  })

  it('returns everything that was given once the round is cancelled, the pool too', async () => {
    const person = personOf(r, 0)
    await expect(r.factory.connect(r.canceller).cancelRound(r.round, REASON))
      .to.emit(r.round, 'RoundCancelled')
      .withArgs(REASON)
    await expect(give(r, 0, gift(0, 5n * UNIT))).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
    await expect(r.round.connect(r.stranger).refund(0, person.address, 0))
      .to.emit(r.round, 'ContributionRefunded')
      .withArgs(0, person.address, person.address, 0, 4n * UNIT)
    await r.round.refund(0, person.address, 1)
    await r.round.refund(1, person.address, 0)
    await expect(r.round.refund(1, person.address, 0))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NothingToRefund')
      .withArgs(1, person.address, 0)
    await expect(r.round.refund(1, person.address, 7)).to.be.revertedWithCustomError(r.round, 'Rounds_UnknownToken')
    expect(await r.usd.balanceOf(person.address)).to.equal(1_000_000n * UNIT)
    expect(await r.euro.balanceOf(person.address)).to.equal(1_000_000n * WAD)
    await expect(r.round.connect(r.stranger).refundPool(r.funder.address))
      .to.emit(r.round, 'PoolRefunded')
      .withArgs(r.funder.address, 10_000n * UNIT)
    await expect(r.round.refundPool(r.funder.address)).to.be.revertedWithCustomError(r.round, 'Rounds_NothingToPay')
    expect(await r.round.poolAssets()).to.equal(0n)
    expect(await r.usd.balanceOf(r.round)).to.equal(0n)
    expect(await r.euro.balanceOf(r.round)).to.equal(0n)
  })

  it('of what another paid goes to that payer', async () => {
    const person = personOf(r, 1)
    const ballot = await ballotOf(r, 1, { payer: r.stranger.address })
    const gifts = [gift(0, 3n * UNIT)]
    await r.round.connect(r.stranger).contributeFor(ballot, gifts, [], await sign(r, person, ballot, gifts))
    await r.factory.connect(r.canceller).cancelRound(r.round, REASON)
    await expect(r.round.refund(0, person.address, 0)).to.changeTokenBalances(
      ethers,
      r.usd,
      [r.stranger, person],
      [3n * UNIT, 0n],
    )
    expect((await r.round.giftOf(0, person.address, 0)).payer).to.equal(person.address)
  })

  it('is due for a project that was disqualified, at any time, and its gifts count for nothing', async () => {
    await r.round.connect(r.reviewer).disqualify(0, REASON)
    await expect(give(r, 0, gift(0, 0n))).to.be.revertedWithCustomError(r.round, 'Rounds_WrongProjectStatus')
    expect(await r.round.contributionOf(0, personOf(r, 0).address)).to.equal(0n)
    await to(r.terms.reviewUntil)
    await r.round.tally(100)
    expect(await r.round.matchedOf(0)).to.equal(0n)
    await expect(collectContributed(r, 0)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongProjectStatus')
    await expect(r.round.refund(0, personOf(r, 0).address, 0)).to.changeTokenBalances(
      ethers,
      r.usd,
      [personOf(r, 0)],
      [4n * UNIT],
    )
    await expect(r.round.refund(1, personOf(r, 0).address, 0)).to.be.revertedWithCustomError(
      r.round,
      'Rounds_NotRefundable',
    )
  })
})
