import { boundsFor, expectedUnder, openAgainst } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import { assemble, type MatchLeaf } from '@nexus/funding/posted/post'
import type { Contribution, PostedTerms } from '@nexus/funding/posted/round'
import { type MatchTotals, noTotals } from '@nexus/funding/posted/scale'
import { expect } from 'chai'
import { withRaw, withTotals } from './liar.ts'
import {
  CHALLENGE_BOND,
  CLOCK,
  type ClosedRound,
  closedRound,
  deploy,
  ethers,
  follow,
  make,
  networkHelpers,
  POST_BOND,
  POSTING,
  person,
  postIt,
  REWARD,
  Status,
  someContributions,
  statusOf,
  USD,
  WINDOW,
  type World,
} from './world.ts'

const pairwise: PostedTerms = {
  variant: 'pairwise',
  parameter: 25n * USD,
  budgetAssets: 900n * USD,
  capAssets: 180n * USD, // some are over it
  projectCount: 5,
}
const ALL = 1n << 160n

async function world() {
  const w = await deploy()
  const r = await closedRound(w, pairwise, someContributions(40, 5))
  return { w, r }
}

async function posted() {
  const { w, r } = await world()
  return { w, r, postId: await postIt(w, r, r.right) }
}

async function liedAbout() {
  const { w, r } = await world()
  const lied = withRaw(r.right, r.terms, (raw, p) => (p === 2 ? raw + 1n : raw))
  return { w, r, lied, postId: await postIt(w, r, lied) }
}

const leafOf = (r: ClosedRound, project: number): MatchLeaf => r.right.results[project] ?? expect.fail()
const wholeOf = (r: ClosedRound, project: number) =>
  ({ sum: 'pair-rows', project, first: 0n, second: 0n, from: 0n, to: ALL, value: leafOf(r, project).raw }) as const

/** The dispute of a project that is right. */
async function disputed(w: World, r: ClosedRound, postId: bigint, project = 1, by = w.challenger) {
  const bounds = boundsFor(wholeOf(r, project), r.sums)
  const receipt = await make(w, by, {
    functionName: 'dispute',
    args: [postId, leafOf(r, project), r.right.resultTree.path(project), bounds],
  })
  return follow(w, receipt)
}

const openChallenges = async ({ posts }: World, postId: bigint) => (await posts.postOf(postId)).openChallenges

describe('Posts', () => {
  it('take their terms once, and only sensible ones', async () => {
    const { w } = await networkHelpers.loadFixture(world)
    const good = [w.rounds, w.asset, w.commons, POST_BOND, CHALLENGE_BOND, 5_000n, POSTING, WINDOW, CLOCK]
    const wrong: [number, bigint][] = [
      [3, 0n],
      [4, 0n],
      [5, 0n],
      [5, 5_001n],
      [6, 0n],
      [7, 0n],
      [7, 1n << 32n],
      [8, 0n],
      [8, 1n << 32n],
    ]
    for (const [k, value] of wrong) {
      await expect(
        ethers.deployContract(
          'MatchPosts',
          good.map((arg, i) => (i === k ? value : arg)),
        ),
      ).to.be.revertedWithCustomError(w.posts, 'Posts_BadTerms')
    }
    expect(await w.posts.rounds()).to.equal(await w.rounds.getAddress())
    expect(await w.posts.asset()).to.equal(await w.asset.getAddress())
    expect(await w.posts.commons()).to.equal(await w.commons.getAddress())
    expect(await w.posts.postBondAssets()).to.equal(POST_BOND)
    expect(await w.posts.challengeBondAssets()).to.equal(CHALLENGE_BOND)
    expect(await w.posts.rewardBps()).to.equal(5_000n)
    expect(await w.posts.postingSeconds()).to.equal(POSTING)
    expect(await w.posts.challengeSeconds()).to.equal(WINDOW)
    expect(await w.posts.clockSeconds()).to.equal(CLOCK)
  })

  it('say everything when they are made, and hold a bond', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const { posting } = r.right
    const post = w.posts.connect(w.poster).post(r.round, posting, 'ipfs://leaves')
    await expect(post).to.changeTokenBalances(ethers, w.asset, [w.poster, w.posts], [-POST_BOND, POST_BOND])
    const challengeBy = (await networkHelpers.time.latest()) + WINDOW
    await expect(post)
      .to.emit(w.posts, 'Posted')
      .withArgs(
        1n,
        r.round,
        w.poster,
        posting.resultRoot,
        posting.contributionRoot,
        40n,
        Object.values(posting.totals),
        challengeBy,
      )
      .and.to.emit(w.posts, 'DataPublished')
      .withArgs(1n, posting.dataHash, 'ipfs://leaves')
    expect(await w.posts.livePostsOf(r.round)).to.equal(1n)
    const [round, poster, status] = await w.posts.postOf(1n)
    expect([round, poster, status]).to.deep.equal([await r.round.getAddress(), w.poster.address, Status.live])
  })

  it('are refused of a round that is not, before contributions close, and after the time to post', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const post = (round: unknown = r.round) => w.posts.connect(w.poster).post(round as string, r.right.posting, '')
    await expect(post(w.stranger.address))
      .to.be.revertedWithCustomError(w.posts, 'Posts_UnknownRound')
      .withArgs(w.stranger.address)
    const closesAt = (await networkHelpers.time.latest()) + 1000
    const early = await ethers.deployContract('PostedRound', [0, 1n, 1n, 1n, 1n, closesAt])
    await w.rounds.add(early)
    await expect(post(early)).to.be.revertedWithCustomError(w.posts, 'Posts_TooEarly').withArgs(closesAt)
    const postBy = await w.posts.postBy(r.round)
    expect(postBy).to.equal((await r.round.contributionsCloseAt()) + BigInt(POSTING))
    await networkHelpers.time.setNextBlockTimestamp(postBy)
    await expect(post()).to.be.revertedWithCustomError(w.posts, 'Posts_TooLate').withArgs(postBy)
  })

  it('that exceed the budget are refused', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const over = withTotals(r.right.posting, { matched: 900n * USD + 1n })
    await expect(w.posts.connect(w.poster).post(r.round, over, ''))
      .to.be.revertedWithCustomError(w.posts, 'Posts_OverBudget')
      .withArgs(900n * USD + 1n, 900n * USD)
  })

  it('with totals that no lines can have are refused, and only with those', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const { raw } = r.right.posting.totals
    const post = (totals: Partial<MatchTotals>) =>
      w.posts.connect(w.poster).post(r.round, withTotals(r.right.posting, totals), '')
    const most = { capped: 4n, cappedRaw: raw } // of a budget of 900, each 180: a fifth one would leave nothing
    for (const totals of [
      { ...most, capped: 5n },
      { ...most, cappedRaw: raw + 1n },
      { ...most, capped: 1n << 255n },
    ]) {
      await expect(post(totals))
        .to.be.revertedWithCustomError(w.posts, 'Posts_BadTotals')
        .withArgs(Object.values({ ...r.right.posting.totals, ...totals }))
    }
    await expect(post(most)).to.emit(w.posts, 'Posted')
    // without a cap nobody is capped; with a cap of nothing everybody may be, but not more than there are; of no budget nobody
    for (const [budgetAssets, capAssets, capped, is] of [
      [900n * USD, 900n * USD, 1n, false],
      [900n * USD, 0n, 5n, true],
      [900n * USD, 0n, 6n, false],
      [0n, 0n, 1n, false],
      [0n, 0n, 0n, true],
    ] as const) {
      const other = await closedRound(w, { ...pairwise, budgetAssets, capAssets }, someContributions(40, 5))
      const call = w.posts
        .connect(w.poster)
        .post(other.round, withTotals(other.right.posting, { capped, cappedRaw: 0n }), '')
      if (is) await expect(call).to.emit(w.posts, 'Posted')
      else await expect(call).to.be.revertedWithCustomError(w.posts, 'Posts_BadTotals')
    }
  })

  it('of nothing say nothing, and of too much are refused', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const { posting } = r.right
    const post = (round: ClosedRound['round'], other: Partial<typeof posting>) =>
      w.posts.connect(w.poster).post(round, { ...posting, ...other }, '')
    await expect(post(r.round, { contributionCount: (1n << 40n) + 1n })).to.be.revertedWithCustomError(
      w.posts,
      'Posts_TooMany',
    )
    await expect(post(r.round, { contributionCount: 0n })).to.be.revertedWithCustomError(w.posts, 'Posts_NothingThere')
    const none = await closedRound(w, { ...pairwise, projectCount: 0 }, [])
    const nothing = none.right.posting
    for (const lie of [
      { resultRoot: posting.resultRoot },
      { totals: { ...noTotals, raw: 1n } },
      { totals: { ...noTotals, matched: 1n } },
    ]) {
      await expect(post(none.round, { ...nothing, ...lie })).to.be.revertedWithCustomError(
        w.posts,
        'Posts_NothingThere',
      )
    }
    await expect(post(none.round, nothing)).to.emit(w.posts, 'Posted')
  })

  it('take no bond of a token that keeps a part of it', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const token = await ethers.deployContract('FeeToken')
    await token.getFunction('setFeeBps')(1n)
    const posts = await ethers.deployContract('MatchPosts', [
      w.rounds,
      token,
      w.commons,
      POST_BOND,
      CHALLENGE_BOND,
      5_000n,
      POSTING,
      WINDOW,
      CLOCK,
    ])
    await (token.getFunction('mint') as (to: string, assets: bigint) => Promise<unknown>)(
      w.poster.address,
      POST_BOND * 2n,
    )
    await (token.connect(w.poster) as typeof token).getFunction('approve')(posts, ethers.MaxUint256)
    await expect(
      (posts.connect(w.poster) as typeof posts).getFunction('post')(r.round, r.right.posting, ''),
    ).to.be.revertedWithCustomError(posts, 'Posts_BondShort')
  })

  it('are final after the window, and give every project what the line says', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    await expect(w.posts.finalResult(r.round)).to.be.revertedWithCustomError(w.posts, 'Posts_NotFinal')
    await expect(w.posts.conclude(postId)).to.be.revertedWithCustomError(w.posts, 'Posts_TooEarly')
    await networkHelpers.time.increase(WINDOW)
    await expect(w.posts.connect(w.stranger).conclude(postId))
      .to.emit(w.posts, 'PostConcluded')
      .withArgs(postId, r.round, true)
    expect(await w.posts.finalResult(r.round)).to.deep.equal([
      r.right.posting.resultRoot,
      r.right.posting.totals.matched,
    ])
    expect(await w.posts.finalPostOf(r.round)).to.equal(postId)
    let sum = 0n
    for (const leaf of r.right.results) {
      const path = r.right.resultTree.path(Number(leaf.project))
      sum += await w.posts.matchedOf(r.round, leaf, path)
      await expect(
        w.posts.matchedOf(r.round, { ...leaf, matched: leaf.matched + 1n }, path),
      ).to.be.revertedWithCustomError(w.posts, 'Posts_NotInTree')
      await expect(w.posts.matchedOf(r.round, leaf, path.slice(1)))
        .to.be.revertedWithCustomError(w.posts, 'Posts_BadPath')
        .withArgs(2n, 3n)
    }
    expect(sum).to.equal(r.right.posting.totals.matched)
    await expect(w.posts.matchedOf(r.round, { ...leafOf(r, 0), project: 5n }, r.right.resultTree.path(0)))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NoSuchLeaf')
      .withArgs(5n, 5n)
    await expect(w.posts.conclude(postId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotLive')
      .withArgs(postId, Status.final)
    await expect(w.posts.connect(w.stranger).collect(w.poster)).to.changeTokenBalance(
      ethers,
      w.asset,
      w.poster,
      POST_BOND,
    )
    await expect(w.posts.collect(w.poster)).to.be.revertedWithCustomError(w.posts, 'Posts_NothingOwed')
  })

  it('stand beside each other: a wrong one delays no right one, and what comes second has its bond again', async () => {
    const { w, r, lied, postId } = await networkHelpers.loadFixture(liedAbout)
    const right = await postIt(w, r, r.right, w.other)
    const twin = await postIt(w, r, r.right, w.other)
    const opening = openAgainst(postId, lied.posting, expectedUnder(r.right, lied.posting, r.terms)) ?? expect.fail()
    await make(w, w.challenger, opening)
    await networkHelpers.time.increase(WINDOW)
    await w.posts.conclude(right)
    await expect(w.posts.conclude(twin)).to.emit(w.posts, 'PostConcluded').withArgs(twin, r.round, false)
    expect(await statusOf(w, twin)).to.equal(Status.released)
    expect(await w.posts.owedTo(w.other)).to.equal(2n * POST_BOND)
    expect(await w.posts.finalPostOf(r.round)).to.equal(right)
    await expect(w.posts.conclude(postId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_Challenged')
      .withArgs(postId, 1n)
  })

  it('that never come are a failure, and so are those that fell: nothing hangs', async () => {
    const { w, r, lied, postId } = await networkHelpers.loadFixture(liedAbout)
    const empty = await closedRound(w, pairwise, [])
    expect(await w.posts.hasFailed(empty.round)).to.equal(false)
    const leaf = lied.results[2] ?? expect.fail()
    await networkHelpers.time.setNextBlockTimestamp((await w.posts.postOf(postId)).challengeBy - 1n)
    const view = await follow(
      w,
      await make(w, w.challenger, { functionName: 'dispute', args: [postId, leaf, lied.resultTree.path(2), [1n]] }),
    )
    await networkHelpers.time.increaseTo(await w.posts.postBy(empty.round))
    expect(await w.posts.hasFailed(empty.round)).to.equal(true)
    expect(await w.posts.hasFailed(r.round), 'a post is left').to.equal(false)
    await w.posts.expire(view.challengeId)
    expect(await w.posts.hasFailed(r.round)).to.equal(true)
    await expect(w.posts.finalResult(r.round)).to.be.revertedWithCustomError(w.posts, 'Posts_NotFinal')
  })

  it('can be made again after one fell', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(liedAbout)
    const view = await follow(w, await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }))
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(view.challengeId)
    const again = await postIt(w, r, r.right)
    expect(again).to.not.equal(postId)
    await networkHelpers.time.increase(WINDOW)
    await w.posts.conclude(again)
    expect(await w.posts.finalPostOf(r.round)).to.equal(again)
  })
})

describe('Bonds of posts', () => {
  it("of a wrong post are half the winner's and half the commons', to the unit", async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(liedAbout)
    const view = await follow(w, await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }))
    await networkHelpers.time.increase(CLOCK + 1)
    await expect(w.posts.connect(w.stranger).expire(view.challengeId))
      .to.emit(w.posts, 'PostDefeated')
      .withArgs(postId, r.round, w.challenger, REWARD, POST_BOND - REWARD)
    expect(await w.posts.owedTo(w.challenger)).to.equal(REWARD + CHALLENGE_BOND)
    expect(await w.posts.owedToCommons(r.round)).to.equal(POST_BOND - REWARD)
    await expect(w.posts.payCommons(r.round))
      .to.emit(w.commons, 'Deposited')
      .withArgs(w.asset, POST_BOND - REWARD, 2n, ethers.zeroPadValue(await r.round.getAddress(), 32))
    await expect(w.posts.payCommons(r.round)).to.be.revertedWithCustomError(w.posts, 'Posts_NothingOwed')
    await w.posts.collect(w.challenger)
    expect(await w.asset.balanceOf(w.posts)).to.equal(0n)
  })

  it('of other challengers come back when a post falls', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(liedAbout)
    const first = await follow(w, await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }))
    const second = await follow(w, await make(w, w.other, { functionName: 'demand', args: [postId, true] }))
    await expect(w.posts.settle(second.challengeId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotOver')
      .withArgs(second.challengeId)
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(first.challengeId)
    await expect(w.posts.expire(second.challengeId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotLive')
      .withArgs(postId, Status.defeated)
    await expect(
      make(w, w.poster, {
        functionName: 'showNodes',
        args: [second.challengeId, r.right.contributionTree.below(6, 0, 6)],
      }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotLive')
    await w.posts.settle(second.challengeId)
    expect(await w.posts.owedTo(w.other)).to.equal(CHALLENGE_BOND)
    await expect(w.posts.settle(second.challengeId)).to.be.revertedWithCustomError(w.posts, 'Posts_NotOver')
    await expect(w.posts.expire(second.challengeId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotTurn')
      .withArgs(0n)
  })
})

describe('Posts of a round that is cancelled', () => {
  it('are made no more', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    await r.round.cancel()
    await expect(postIt(w, r, r.right))
      .to.be.revertedWithCustomError(w.posts, 'Posts_RoundVoid')
      .withArgs(r.round)
  })

  it('cost nobody anything: who is shown wrong, who is silent, who else challenged', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(liedAbout)
    const first = await follow(w, await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }))
    const second = await follow(w, await make(w, w.other, { functionName: 'demand', args: [postId, true] }))
    await r.round.cancel()
    await networkHelpers.time.increase(CLOCK + 1)
    await expect(w.posts.expire(first.challengeId)).to.emit(w.posts, 'PostVoided').withArgs(postId, r.round)
    expect(await statusOf(w, postId)).to.equal(Status.void)
    await w.posts.settle(second.challengeId)
    for (const settled of [first, second])
      await expect(w.posts.settle(settled.challengeId)).to.be.revertedWithCustomError(w.posts, 'Posts_NotOver')
    const owed = await Promise.all([w.poster, w.challenger, w.other].map(one => w.posts.owedTo(one)))
    expect(owed).to.deep.equal([POST_BOND, CHALLENGE_BOND, CHALLENGE_BOND])
    expect([await w.posts.owedToCommons(r.round), await w.posts.livePostsOf(r.round)]).to.deep.equal([0n, 0n])
    await expect(w.posts.conclude(postId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotLive')
      .withArgs(postId, Status.void)
  })

  it('cost a challenger nothing who is out of time, and are concluded after the window', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const view = await disputed(w, r, postId)
    await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail())
    await r.round.cancel()
    await networkHelpers.time.increase(CLOCK + 1)
    await expect(w.posts.expire(view.challengeId))
      .to.emit(w.posts, 'ChallengeReturned')
      .withArgs(view.challengeId, postId, CHALLENGE_BOND)
    expect([await w.posts.owedTo(w.challenger), await w.posts.owedTo(w.poster)]).to.deep.equal([CHALLENGE_BOND, 0n])
    await networkHelpers.time.increase(WINDOW)
    await w.posts.conclude(postId)
    expect(await w.posts.owedTo(w.poster)).to.equal(POST_BOND)
  })
})

describe('Attacks on posts', () => {
  it('a challenger who doubts what is right pays the poster, and ends by silence too', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const view = await disputed(w, r, postId)
    await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail())
    await expect(w.posts.expire(view.challengeId)).to.be.revertedWithCustomError(w.posts, 'Posts_InTime')
    await networkHelpers.time.increase(CLOCK + 1)
    await expect(w.posts.expire(view.challengeId))
      .to.emit(w.posts, 'ChallengeLost')
      .withArgs(view.challengeId, postId, CHALLENGE_BOND)
    expect(await w.posts.owedTo(w.poster)).to.equal(CHALLENGE_BOND)
    expect(await statusOf(w, postId)).to.equal(Status.live)
  })

  it('a griefing challenger delays a result by two clocks at most, from a window that nobody can reopen', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const { challengeBy } = await w.posts.postOf(postId)
    await networkHelpers.time.setNextBlockTimestamp(challengeBy - 1n)
    let view = await disputed(w, r, postId)
    // each side uses almost all it has, in the challenger's case move by move
    await networkHelpers.time.increase(CLOCK - 1)
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    const { posterSeconds, challengerSeconds } = await w.posts.challengeOf(view.challengeId)
    expect([posterSeconds, challengerSeconds]).to.deep.equal([0n, BigInt(CLOCK)])
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(view.challengeId)
    await expect(disputed(w, r, postId))
      .to.be.revertedWithCustomError(w.posts, 'Posts_TooLate')
      .withArgs(challengeBy)
    await w.posts.conclude(postId)
    expect(await networkHelpers.time.latest()).to.be.at.most(Number(challengeBy) + 2 * CLOCK + 10)
  })

  it('a clock runs down over all of the moves of its side, and stands still in those of the other', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    let view = await disputed(w, r, postId)
    const clocks = async () => {
      const { posterSeconds, challengerSeconds } = await w.posts.challengeOf(view.challengeId)
      return [posterSeconds, challengerSeconds].map(left => CLOCK - Number(left))
    }
    const at = async (seconds: number) =>
      networkHelpers.time.setNextBlockTimestamp((await networkHelpers.time.latest()) + seconds)
    await at(1000)
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    expect(await clocks()).to.deep.equal([1000, 0])
    const chosen = BigInt(view.bounds.length)
    const last = view.bounds.at(-1) ?? expect.fail()
    await at(300)
    view = await follow(
      w,
      await make(w, w.challenger, {
        functionName: 'narrow',
        args: [view.challengeId, view.bounds, view.values, chosen, [last + 5n]],
      }),
      view,
    )
    expect(await clocks()).to.deep.equal([1000, 300])
    await at(50)
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    expect(await clocks()).to.deep.equal([1050, 300])
    // to the last second, and not one more
    await at(CLOCK - 300)
    const next = [view.bounds[0] ?? 0n].map(bound => bound + 5n)
    await make(w, w.challenger, {
      functionName: 'narrow',
      args: [view.challengeId, view.bounds, view.values, 1n, next],
    })
    expect(await clocks()).to.deep.equal([1050, CLOCK])
  })

  it('a move out of time is no move', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const view = await disputed(w, r, postId)
    await networkHelpers.time.increase(CLOCK + 1)
    await expect(make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail())).to.be.revertedWithCustomError(
      w.posts,
      'Posts_OutOfTime',
    )
  })

  it('a challenger cannot divide for ever', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    let view = await disputed(w, r, postId, 1)
    for (let n = 1n; ; n++) {
      view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
      const last = view.bounds.at(-1) ?? expect.fail()
      const chosen = BigInt(view.bounds.length)
      // cuts off an address at a time
      const narrow = make(w, w.challenger, {
        functionName: 'narrow',
        args: [view.challengeId, view.bounds, view.values, chosen, [last + 1n]],
      })
      if (n === 64n) {
        await expect(narrow).to.be.revertedWithCustomError(w.posts, 'Posts_TooManyDivisions').withArgs(64n)
        break
      }
      view = await follow(w, await narrow, view)
    }
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(view.challengeId)
    expect(await w.posts.owedTo(w.poster)).to.equal(CHALLENGE_BOND)
  })

  it('a flood of challenges is answered one by one, and pays for every answer', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const views = []
    for (let n = 0; n < 12; n++) views.push(await disputed(w, r, postId, n % 5))
    expect(await openChallenges(w, postId)).to.equal(12n)
    for (const view of views) await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail())
    await networkHelpers.time.increase(CLOCK + 1)
    for (const view of views) await w.posts.expire(view.challengeId)
    expect(await w.posts.owedTo(w.poster)).to.equal(12n * CHALLENGE_BOND)
    await networkHelpers.time.increase(WINDOW)
    await w.posts.conclude(postId)
    expect(await w.posts.finalPostOf(r.round)).to.equal(postId)
  })

  it('a poster in league with a challenger gains nothing: an own challenge that loses shields it from no other', async () => {
    const { w, lied, postId } = await networkHelpers.loadFixture(liedAbout)
    // the accomplice disputes what is right and lets its time pass; the bond goes from one pocket to the other
    const path = lied.resultTree.path(0)
    const accomplice = await follow(
      w,
      await make(w, w.other, { functionName: 'dispute', args: [postId, lied.results[0] ?? expect.fail(), path, [1n]] }),
    )
    const honest = await follow(w, await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }))
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(honest.challengeId)
    await w.posts.settle(accomplice.challengeId)
    expect(await w.posts.owedTo(w.challenger)).to.equal(REWARD + CHALLENGE_BOND)
  })

  it("a poster who defeats itself loses what is the commons'", async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(liedAbout)
    const view = await follow(w, await make(w, w.poster, { functionName: 'demand', args: [postId, false] }))
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(view.challengeId)
    expect(await w.posts.owedTo(w.poster)).to.equal(POST_BOND + CHALLENGE_BOND - (POST_BOND - REWARD))
    expect(await w.posts.owedToCommons(r.round)).to.equal(POST_BOND / 2n)
  })

  it('a commons that takes nothing stops no slash', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const posts = (await ethers.deployContract('MatchPosts', [
      w.rounds,
      w.asset,
      w.stranger,
      POST_BOND,
      CHALLENGE_BOND,
      5_000n,
      POSTING,
      WINDOW,
      CLOCK,
    ])) as unknown as World['posts']
    for (const by of [w.poster, w.challenger]) await w.asset.connect(by).approve(posts, ethers.MaxUint256)
    const other = { ...w, posts }
    const postId = await postIt(other, r, r.right)
    const view = await follow(other, await make(other, w.challenger, { functionName: 'demand', args: [postId, false] }))
    await networkHelpers.time.increase(CLOCK + 1)
    await posts.expire(view.challengeId)
    expect(await statusOf(other, postId)).to.equal(Status.defeated)
    await expect(posts.payCommons(r.round)).to.revert(ethers)
    expect(await posts.owedToCommons(r.round)).to.equal(POST_BOND / 2n)
  })

  it('a result of one round is worth nothing in another', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const twin = await closedRound(w, pairwise, someContributions(40, 5, 8))
    await networkHelpers.time.increase(WINDOW)
    await w.posts.conclude(postId)
    await expect(w.posts.matchedOf(twin.round, leafOf(r, 0), r.right.resultTree.path(0))).to.be.revertedWithCustomError(
      w.posts,
      'Posts_NotFinal',
    )
  })

  it('only the two sides move, each in its turn', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const view = await disputed(w, r, postId)
    const answer = defend(view, r.right, r.sums) ?? expect.fail()
    await expect(make(w, w.challenger, answer))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotParty')
      .withArgs(w.challenger)
    await expect(make(w, w.challenger, { functionName: 'divide', args: [view.challengeId, [1n]] }))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotTurn')
      .withArgs(3n)
    await make(w, w.poster, answer)
    await expect(make(w, w.poster, answer))
      .to.be.revertedWithCustomError(w.posts, 'Posts_NotTurn')
      .withArgs(8n)
  })
})

describe('Proofs against what is right', () => {
  it('fail, every one of them', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const { results, contributions, resultTree, contributionTree } = r.right
    expect(
      new Set(results.map(({ matched }) => matched === pairwise.capAssets)).size,
      'over the cap, and not',
    ).to.equal(2)
    const refused = (move: Parameters<typeof make>[2], error = 'Posts_NotWrong') =>
      expect(make(w, w.stranger, move), move.functionName).to.be.revertedWithCustomError(w.posts, error)
    for (const leaf of results) {
      const k = Number(leaf.project)
      await refused({ functionName: 'proveWrongResult', args: [postId, BigInt(k), leaf, resultTree.path(k)] })
      const next = results[k + 1]
      if (next) {
        await refused({
          functionName: 'proveBrokenTotals',
          args: [postId, BigInt(k), leaf, resultTree.path(k), next, resultTree.path(k + 1)],
        })
      }
    }
    for (const [k, leaf] of contributions.entries()) {
      const path = contributionTree.path(k)
      await refused({ functionName: 'proveWrongContribution', args: [postId, BigInt(k), leaf, path] })
      const next = contributions[k + 1]
      if (!next) continue
      const nextPath = contributionTree.path(k + 1)
      await refused({ functionName: 'proveDisorder', args: [postId, BigInt(k), leaf, path, next, nextPath] })
      // one that is there is not missing, nor is one that nobody made
      for (const contributor of [leaf.contributor, next.contributor, w.stranger.address as `0x${string}`]) {
        await refused({
          functionName: 'proveMissing',
          args: [postId, leaf.project, contributor, BigInt(k + 1), leaf, path, next, nextPath],
        })
      }
    }
    const first = contributions[0] ?? expect.fail()
    await refused({
      functionName: 'proveMissing',
      args: [postId, 9n, first.contributor, 0n, first, [], first, contributionTree.path(0)],
    })
    await refused(
      { functionName: 'proveMissing', args: [postId, 0n, first.contributor, 41n, first, [], first, []] },
      'Posts_NoSuchLeaf',
    )
    await refused({ functionName: 'proveWrongResult', args: [9n, 0n, leafOf(r, 0), []] }, 'Posts_NotLive')
  })
})

describe('What is not shown as it was asked for', () => {
  it('is not shown', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const tree = r.right.resultTree
    const refused = (by: typeof w.poster, move: Parameters<typeof make>[2], error: string) =>
      expect(make(w, by, move)).to.be.revertedWithCustomError(w.posts, error)
    const { challengeId } = await follow(
      w,
      await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }),
    )
    const nodes = tree.below(3, 0, 3)
    await refused(w.poster, { functionName: 'showNodes', args: [challengeId, nodes.slice(1)] }, 'Posts_BadPath')
    await refused(w.poster, { functionName: 'showNodes', args: [challengeId, [...nodes].reverse()] }, 'Posts_NotInTree')
    await make(w, w.poster, { functionName: 'showNodes', args: [challengeId, nodes] })
    await refused(
      w.challenger,
      { functionName: 'choose', args: [challengeId, [...nodes].reverse(), 0n] },
      'Posts_NotShown',
    )
    await refused(w.challenger, { functionName: 'choose', args: [challengeId, nodes, 8n] }, 'Posts_NoSuchLeaf')
    await refused(w.challenger, { functionName: 'choose', args: [challengeId, nodes, 6n] }, 'Posts_NoSuchLeaf')
    await make(w, w.challenger, { functionName: 'choose', args: [challengeId, nodes, 1n] })
    await refused(w.poster, { functionName: 'showResult', args: [challengeId, leafOf(r, 2)] }, 'Posts_NotInTree')
    await refused(
      w.poster,
      { functionName: 'showContribution', args: [challengeId, r.right.contributions[1] ?? expect.fail()] },
      'Posts_NotInTree',
    )
    await make(w, w.poster, { functionName: 'showResult', args: [challengeId, leafOf(r, 1)] })
    await refused(
      w.challenger,
      { functionName: 'disputeShown', args: [challengeId, leafOf(r, 2), [1n]] },
      'Posts_NotShown',
    )
    const empty = await closedRound(w, pairwise, [])
    const nothing = await postIt(w, empty, empty.right)
    await refused(w.challenger, { functionName: 'demand', args: [nothing, true] }, 'Posts_NoSuchLeaf')
  })

  it('is not disputed for the project of another place', async () => {
    const { w, r } = await networkHelpers.loadFixture(world)
    const results = r.right.results.map((leaf, p) => (p === 1 ? leafOf(r, 2) : leaf))
    const lied = assemble(results, r.right.contributions, r.right.posting.totals)
    const postId = await postIt(w, r, lied)
    const { challengeId } = await follow(
      w,
      await make(w, w.challenger, { functionName: 'demand', args: [postId, false] }),
    )
    const nodes = lied.resultTree.below(3, 0, 3)
    await make(w, w.poster, { functionName: 'showNodes', args: [challengeId, nodes] })
    await make(w, w.challenger, { functionName: 'choose', args: [challengeId, nodes, 1n] })
    await make(w, w.poster, { functionName: 'showResult', args: [challengeId, leafOf(r, 2)] })
    await expect(
      make(w, w.challenger, { functionName: 'disputeShown', args: [challengeId, leafOf(r, 2), [1n]] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotShown')
  })

  it('is not divided', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    const path = r.right.resultTree.path(1)
    for (const bounds of [[], [0n], [ALL], [5n, 5n], [6n, 5n], Array.from({ length: 64 }, (_, k) => BigInt(k + 1))]) {
      await expect(
        make(w, w.challenger, { functionName: 'dispute', args: [postId, leafOf(r, 1), path, bounds] }),
      ).to.be.revertedWithCustomError(w.posts, 'Posts_BadBounds')
    }
    let view = await disputed(w, r, postId)
    const answer = defend(view, r.right, r.sums)
    if (answer?.functionName !== 'nameParts') expect.fail()
    const [id, values] = answer.args
    await expect(
      make(w, w.poster, { functionName: 'nameParts', args: [id, values.slice(1)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_BadPath')
    await expect(
      make(w, w.poster, {
        functionName: 'nameParts',
        args: [id, values.map((value, k) => (k === 0 ? value + 1n : value))],
      }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_BadParts')
    await expect(
      make(w, w.poster, { functionName: 'nameParts', args: [id, [(1n << 256n) - 1n, ...values.slice(1)]] }),
    ).to.be.revertedWithPanic(0x11)
    view = await follow(w, await make(w, w.poster, answer), view)
    const { bounds } = view
    const narrow = (b: readonly bigint[], v: readonly bigint[], chosen: bigint) =>
      make(w, w.challenger, { functionName: 'narrow', args: [id, b, v, chosen, [1n]] })
    await expect(narrow([...bounds].reverse(), values, 0n)).to.be.revertedWithCustomError(w.posts, 'Posts_NotShown')
    await expect(narrow(bounds, [...values].reverse(), 0n)).to.be.revertedWithCustomError(w.posts, 'Posts_NotShown')
    await expect(narrow(bounds, values, BigInt(values.length))).to.be.revertedWithCustomError(
      w.posts,
      'Posts_NoSuchLeaf',
    )
    const zero = values.indexOf(0n)
    await expect(
      make(w, w.challenger, { functionName: 'claimEmpty', args: [id, bounds, values, BigInt(zero)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotWrong')
    const some = values.findIndex(value => value > 0n)
    view = await follow(
      w,
      await make(w, w.challenger, { functionName: 'claimEmpty', args: [id, bounds, values, BigInt(some)] }),
      view,
    )
    expect(view.turn).to.equal('poster-name')
    for (const nobody of [w.stranger.address as `0x${string}`, person(10n ** 20n)]) {
      await expect(make(w, w.poster, { functionName: 'nameContributor', args: [id, nobody] }))
        .to.be.revertedWithCustomError(w.posts, 'Posts_NotInRange')
        .withArgs(nobody)
    }
  })

  it('an empty range is not claimed of those who gave', async () => {
    const { w, r, postId } = await networkHelpers.loadFixture(posted)
    let view = await disputed(w, r, postId)
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    const chosen = view.values.findIndex(value => value > 0n)
    const receipt = await make(w, w.challenger, {
      functionName: 'claimEmpty',
      args: [view.challengeId, view.bounds, view.values, BigInt(chosen)],
    })
    view = await follow(w, receipt, view)
    const from = view.bounds[chosen - 1] ?? 0n
    const to = view.bounds[chosen] ?? ALL
    view = { ...view, sum: { ...wholeOf(r, 1), from, to } }
    await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail())
    expect(await openChallenges(w, postId)).to.equal(0n)
    expect(await w.posts.owedTo(w.poster)).to.equal(CHALLENGE_BOND)
  })
})

describe('The last terms', () => {
  const two: Contribution[] = [1, 2].map(n => ({ project: 0, contributor: person(n), amount: 9n * USD }))
  const [first, second] = two.map(({ contributor }) => BigInt(contributor)).sort((a, b) => (a < b ? -1 : 1)) as [
    bigint,
    bigint,
  ]

  async function oneSum(terms: PostedTerms, contributions: Contribution[], raw: (raw: bigint) => bigint) {
    const w = await deploy()
    const r = await closedRound(w, terms, contributions)
    const lied = withRaw(r.right, r.terms, (value, p) => (p === 0 ? raw(value) : value))
    const postId = await postIt(w, r, lied)
    const dispute = (bounds: bigint[]) =>
      make(w, w.challenger, {
        functionName: 'dispute',
        args: [postId, lied.results[0] ?? expect.fail(), lied.resultTree.path(0), bounds],
      })
    return { w, r, postId, dispute, raw: lied.results[0]?.raw ?? 0n }
  }

  it('a pair of whom one gave nothing is nothing: more is refused, and nothing wins', async () => {
    for (const more of [0n, 1n]) {
      const { w, postId, dispute, raw } = await oneSum({ ...pairwise, projectCount: 1 }, two, value => value + more)
      let view = await follow(w, await dispute([first, first + 1n]))
      view = await follow(
        w,
        await make(w, w.poster, { functionName: 'nameParts', args: [view.challengeId, [0n, raw, 0n]] }),
        view,
      )
      const rowBounds = [second + 1n, second + 2n]
      view = await follow(
        w,
        await make(w, w.challenger, {
          functionName: 'narrow',
          args: [view.challengeId, view.bounds, view.values, 1n, rowBounds],
        }),
        view,
      )
      view = await follow(
        w,
        await make(w, w.poster, { functionName: 'nameParts', args: [view.challengeId, [raw - more, more, 0n]] }),
        view,
      )
      view = await follow(
        w,
        await make(w, w.challenger, {
          functionName: 'narrow',
          args: [view.challengeId, view.bounds, view.values, 1n, []],
        }),
        view,
      )
      await expect(make(w, w.poster, { functionName: 'nameGroups', args: [view.challengeId, 0n, 0n] }))
        .to.be.revertedWithCustomError(w.posts, 'Posts_NotTerm')
        .withArgs(3n)
      const name = make(w, w.poster, { functionName: 'namePair', args: [view.challengeId, 0n] })
      if (more > 0n) await expect(name).to.be.revertedWithCustomError(w.posts, 'Posts_NotThisTerm').withArgs(0n, 1n)
      else {
        await name
        expect(await openChallenges(w, postId)).to.equal(0n)
      }
    }
  })

  it('a sum over more than 64 projects is divided before it is computed, down to one of them if need be', async () => {
    const many = two.flatMap(({ contributor }) =>
      Array.from({ length: 70 }, (_, project) => ({ project, contributor, amount: 9n * USD })),
    )
    const { w, r, postId, dispute, raw } = await oneSum({ ...pairwise, projectCount: 70 }, many, value => value)
    let view = await follow(w, await dispute([first, first + 1n]))
    const say = async (by: typeof w.poster, move: Parameters<typeof make>[2]) => {
      view = await follow(w, await make(w, by, move), view)
    }
    const answer = () => say(w.poster, defend(view, r.right, r.sums) ?? expect.fail())
    await answer()
    await say(w.challenger, {
      functionName: 'narrow',
      args: [view.challengeId, view.bounds, view.values, 1n, [second, second + 1n]],
    })
    await answer()
    await say(w.challenger, { functionName: 'narrow', args: [view.challengeId, view.bounds, view.values, 1n, []] })
    expect(await w.posts.disputedSum(view.challengeId)).to.deep.equal([3n, 0n, first, second, second, second + 1n, raw])
    await answer()
    const overlap = 70n * 3000n * 3000n
    expect(await w.posts.disputedSum(view.challengeId)).to.deep.equal([4n, 0n, first, second, 0n, 70n, overlap])
    await expect(
      make(w, w.challenger, { functionName: 'divide', args: [view.challengeId, []] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_BadBounds')
    await say(w.challenger, { functionName: 'divide', args: [view.challengeId, [1n, 69n]] })
    await answer()
    expect(view.values).to.deep.equal([overlap / 70n, (overlap / 70n) * 68n, overlap / 70n])
    await say(w.challenger, { functionName: 'narrow', args: [view.challengeId, view.bounds, view.values, 2n, []] })
    expect(view.turn).to.equal('closed')
    expect(await openChallenges(w, postId)).to.equal(0n)
    expect(await w.posts.owedTo(w.poster)).to.equal(CHALLENGE_BOND)
  })

  it('the last group has no later one: more than nothing falls at once', async () => {
    const cluster: PostedTerms = { ...pairwise, variant: 'cluster', parameter: USD, projectCount: 1 }
    const wrong = await oneSum(cluster, two, () => 5n)
    await expect(wrong.dispute([1n])).to.be.revertedWithCustomError(wrong.w.posts, 'Posts_BadBounds')
    await wrong.dispute([])
    expect(await statusOf(wrong.w, wrong.postId)).to.equal(Status.defeated)
    const right = await oneSum(cluster, two, raw => raw)
    await right.dispute([])
    expect(await statusOf(right.w, right.postId)).to.equal(Status.live)
    expect(await right.w.posts.owedTo(right.w.poster)).to.equal(CHALLENGE_BOND)
  })

  /**
   * Groups 0 {A, B}, 1 {A, C}, 2 {D, B}: C gave to 1 alone, D to 2 and 3. In project 1, A links group 0 and 1; C of group 1 is linked to
   * group 0 through A. What is not linked is D to 1.
   */
  const sparse: Contribution[] = (
    [
      [0, 1, 4n],
      [0, 2, 9n],
      [0, 5, 49n],
      [1, 1, 16n],
      [2, 2, 25n],
      [3, 5, 81n],
      [3, 3, 36n],
      [0, 4, 64n],
      [4, 4, 64n],
    ] as const
  ).map(([project, n, units]) => ({ project, contributor: person(n), amount: units * USD }))
  const cluster: PostedTerms = { ...pairwise, variant: 'cluster', parameter: USD, projectCount: 5 }

  /** Divides down to the share of contributor `n` in group g towards h, the poster saying that it is `value`. */
  async function atShare(g: number, h: number, n: number, more: bigint) {
    const w = await deploy()
    const r = await closedRound(w, cluster, sparse)
    const side = { sum: 'group-side', project: 0, first: BigInt(g), second: BigInt(h), from: 0n, to: ALL } as const
    const honest = r.sums.amountOf(side)
    const otherSide = r.sums.amountOf({ ...side, first: BigInt(h), second: BigInt(g) })
    const lied = honest + more
    const term = await import('@nexus/funding/posted/cluster').then(({ groupsTerm }) => groupsTerm(lied, otherSide))
    const truth = r.sums.amountOf({ ...side, sum: 'groups' })
    const posted = withRaw(r.right, r.terms, (raw, p) => (p === 0 ? raw + term - truth : raw))
    const postId = await postIt(w, r, posted)
    const [low, high] = g < h ? [g, h] : [h, g]
    const rowOf = (k: number) =>
      r.sums.amountOf({ ...side, sum: 'group-rows', from: BigInt(k), to: BigInt(k + 1) }) +
      (k === low ? term - truth : 0n)
    const termOf = (k: number) =>
      k === high ? term : r.sums.amountOf({ ...side, sum: 'groups', first: BigInt(low), second: BigInt(k) })
    const groups = [0, 1, 2, 3, 4]
    let view = await follow(
      w,
      await make(w, w.challenger, {
        functionName: 'dispute',
        args: [postId, posted.results[0] ?? expect.fail(), posted.resultTree.path(0), [1n, 2n, 3n, 4n]],
      }),
    )
    const say = async (by: typeof w.poster, move: Parameters<typeof make>[2]) => {
      view = await follow(w, await make(w, by, move), view)
    }
    await say(w.poster, { functionName: 'nameParts', args: [view.challengeId, groups.map(rowOf)] })
    const later = groups.filter(k => k > low)
    const last = later.length === 1
    await say(w.challenger, {
      functionName: 'narrow',
      args: [view.challengeId, view.bounds, view.values, BigInt(low), last ? [] : later.slice(1).map(BigInt)],
    })
    if (!last) {
      await say(w.poster, { functionName: 'nameParts', args: [view.challengeId, later.map(termOf)] })
      await say(w.challenger, {
        functionName: 'narrow',
        args: [view.challengeId, view.bounds, view.values, BigInt(later.indexOf(high)), []],
      })
    }
    const sides = g < h ? ([lied, otherSide] as const) : ([otherSide, lied] as const)
    await expect(
      make(w, w.poster, { functionName: 'nameGroups', args: [view.challengeId, 0n, 0n] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotThisTerm')
    await say(w.poster, { functionName: 'nameGroups', args: [view.challengeId, ...sides] })
    const place = BigInt(person(n))
    await expect(
      make(w, w.challenger, {
        functionName: 'chooseSide',
        args: [view.challengeId, sides[1] + 1n, sides[0], g > h, [place]],
      }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotShown')
    await say(w.challenger, {
      functionName: 'chooseSide',
      args: [view.challengeId, ...sides, g > h, [place, place + 1n]],
    })
    const share = r.sums.amountOf({ ...side, sum: 'share', from: place, to: place + 1n })
    const before = r.sums.amountOf({ ...side, to: place })
    await say(w.poster, {
      functionName: 'nameParts',
      args: [view.challengeId, [before, share + more, lied - before - share - more]],
    })
    await say(w.challenger, { functionName: 'narrow', args: [view.challengeId, view.bounds, view.values, 1n, []] })
    expect(view.turn).to.equal('poster-term')
    return {
      w,
      r,
      postId,
      share,
      place,
      challengeId: view.challengeId,
      turnAfter: async (move: Parameters<typeof make>[2], by = w.poster) => {
        await say(by, move)
        return view
      },
    }
  }

  it('somebody who is not in a group has no share in it: more is refused, and nothing wins', async () => {
    const right = await atShare(0, 1, 3, 0n)
    await right.turnAfter({ functionName: 'nameShare', args: [right.challengeId, 0n, false, 0n, person(1)] })
    expect(await openChallenges(right.w, right.postId)).to.equal(0n)
    const wrong = await atShare(0, 1, 3, 100n * USD)
    await expect(
      make(wrong.w, wrong.w.poster, { functionName: 'nameShare', args: [wrong.challengeId, 1n, false, 0n, person(1)] }),
    ).to.be.revertedWithCustomError(wrong.w.posts, 'Posts_NotThisTerm')
  })

  it('nobody is linked by whom it shares no group with, or who is not in the other', async () => {
    const { w, challengeId } = await atShare(0, 1, 2, 0n)
    // B is of 0 and 2; A of 0 and 1 links it
    for (const [through, common] of [
      [5n, person(1)],
      [3n, person(1)],
      [2n, person(1)],
      [0n, person(5)],
    ] as const) {
      await expect(
        make(w, w.poster, { functionName: 'nameShare', args: [challengeId, 2n, true, through, common] }),
      ).to.be.revertedWithCustomError(w.posts, 'Posts_NotLinked')
    }
    await expect(
      make(w, w.poster, { functionName: 'nameShare', args: [challengeId, 0n, true, 0n, person(1)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotThisTerm')
    await expect(
      make(w, w.poster, { functionName: 'nameShare', args: [challengeId, 3n, true, 0n, person(1)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotThisTerm')
  })

  it('who is linked is shown to be, when the poster says that it is not', async () => {
    // as if E, of 0 and 4, were not linked to 3: it is, through F in 0 and 3
    const amount = 64n * USD
    const linkedShare = (8n * USD) / 2n
    const { w, postId, challengeId, share, turnAfter } = await atShare(4, 3, 4, amount / 2n - linkedShare)
    expect(share).to.equal(linkedShare)
    const view = await turnAfter({ functionName: 'nameShare', args: [challengeId, 2n, false, 0n, person(1)] })
    expect(view.turn).to.equal('challenger-range')
    await expect(
      make(w, w.challenger, { functionName: 'proveLinked', args: [challengeId, 4n, person(5)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotLinked')
    await make(w, w.challenger, { functionName: 'proveLinked', args: [challengeId, 0n, person(5)] })
    expect(await statusOf(w, postId)).to.equal(Status.defeated)
  })

  it('who is linked is not shown to be once more, and the number of its groups is counted', async () => {
    const { w, postId, challengeId, turnAfter } = await atShare(4, 3, 4, 0n)
    await turnAfter({ functionName: 'nameShare', args: [challengeId, 2n, true, 0n, person(5)] })
    await expect(
      make(w, w.challenger, { functionName: 'proveLinked', args: [challengeId, 0n, person(5)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotWrong')
    await make(w, w.challenger, { functionName: 'divide', args: [challengeId, []] })
    expect(await openChallenges(w, postId)).to.equal(0n)
  })

  it('a number of groups that is wrong falls when it is counted', async () => {
    // E's share as if it were of one group only
    const { w, postId, challengeId, turnAfter } = await atShare(4, 3, 4, 4n * USD)
    await turnAfter({ functionName: 'nameShare', args: [challengeId, 1n, true, 0n, person(5)] })
    await make(w, w.challenger, { functionName: 'divide', args: [challengeId, []] })
    expect(await statusOf(w, postId)).to.equal(Status.defeated)
  })

  it('a side is not said to be of nobody whom it is of', async () => {
    const { w, r, postId, dispute } = await oneSum(
      { ...cluster, projectCount: 2 },
      [...two, { project: 1, contributor: person(1), amount: 4n * USD }],
      raw => raw,
    )
    let view = await follow(w, await dispute([1n]))
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    view = await follow(
      w,
      await make(w, w.challenger, {
        functionName: 'narrow',
        args: [view.challengeId, view.bounds, view.values, 0n, []],
      }),
      view,
    )
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    const [a, b] = view.sides ?? expect.fail()
    const place = BigInt(person(1))
    view = await follow(
      w,
      await make(w, w.challenger, {
        functionName: 'chooseSide',
        args: [view.challengeId, a, b, true, [place, place + 1n]],
      }),
      view,
    )
    view = await follow(w, await make(w, w.poster, defend(view, r.right, r.sums) ?? expect.fail()), view)
    view = await follow(
      w,
      await make(w, w.challenger, {
        functionName: 'claimEmpty',
        args: [view.challengeId, view.bounds, view.values, 1n],
      }),
      view,
    )
    await expect(
      make(w, w.poster, { functionName: 'nameContributor', args: [view.challengeId, person(2)] }),
    ).to.be.revertedWithCustomError(w.posts, 'Posts_NotInRange')
    await make(w, w.poster, { functionName: 'nameContributor', args: [view.challengeId, person(1)] })
    expect(await openChallenges(w, postId)).to.equal(0n)
  })
})
