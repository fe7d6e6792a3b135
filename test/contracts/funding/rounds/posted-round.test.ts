import { assemble, computePost } from '@nexus/funding/posted/post'
import { type Contribution, indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { expect } from 'chai'
import type { MatchPosts } from '../../../../types/ethers-contracts/index.ts'
import {
  DAY,
  deploy,
  ethers,
  gift,
  give,
  networkHelpers,
  personOf,
  projectOf,
  type Round,
  type Started,
  Status,
  started,
  to,
  UNIT,
  Variant,
  type World,
} from './world.ts'

const POOL = 10_000n * UNIT
const M = 50n * UNIT
const BOND = 5_000n * UNIT
const [POSTING, WINDOW, CLOCK] = [14 * DAY, 7 * DAY, 3 * DAY]
/** person, project, whole dollars */
const GIVEN = [
  [0, 0, 40n],
  [1, 0, 40n],
  [2, 0, 40n],
  [0, 1, 300n],
  [1, 1, 200n],
  [3, 2, 600n],
  [4, 1, 7n],
] as const

interface Posted extends Started {
  posts: MatchPosts
  terms: Round['terms']
}

/** Rounds, posts and commons as they are deployed: no double of any of them. */
async function postedRound(): Promise<Posted> {
  const w: World = await deploy()
  const none = { keptBps: 10_000, beneficiary: ethers.ZeroAddress }
  const registry = await ethers.deployContract('EvidenceRegistry', [w.authority, 2 * DAY])
  const commons = await ethers.deployContract('CommonsFund', [w.authority, registry, [none, none, none, none]])
  const factory = await ethers.deployContract('RoundFactory', [
    w.authority,
    await ethers.deployContract('QuadraticRound'),
    commons,
  ])
  const selector = factory.interface.getFunction('openRound').selector
  await w.authority.setTargetFunctionRole(factory, [selector], 41n)
  const real = { ...w, factory, commons } as unknown as World // the same calls as its doubles have
  const posts = (await ethers.deployContract('MatchPosts', [
    ...[factory, w.usd, commons, BOND, 500n * UNIT, 5_000n, POSTING, WINDOW, CLOCK],
  ])) as unknown as MatchPosts
  const results = await posts.getAddress()
  const r = await started(real, { variant: Variant.pairwise, results, postedParameter: M, others: [] }, POOL)
  for (const [person, project, dollars] of GIVEN) await give(r, person, gift(project, dollars * UNIT))
  for (const one of [r.funder, r.stranger]) await r.usd.connect(one).approve(posts, 10n ** 30n)
  await to(r.terms.reviewUntil)
  return { ...r, posts }
}

function rightFor(r: Posted) {
  const terms: PostedTerms = {
    ...{ variant: 'pairwise', parameter: M, budgetAssets: POOL, capAssets: POOL, projectCount: r.projects.length },
  }
  const given = GIVEN.map(([person, project, dollars]): Contribution => {
    return { project, contributor: personOf(r, person).address as `0x${string}`, amount: dollars * UNIT }
  })
  return computePost(indexRound(terms, given))
}

const load = () => networkHelpers.loadFixture(postedRound)

describe('A round whose result is posted', () => {
  it('takes over what nobody showed wrong, and pays it line by line; the rest reaches the commons', async () => {
    const r = await load()
    const right = rightFor(r)
    await r.posts.connect(r.stranger).post(r.round, right.posting, 'https://example.org/leaves')
    await expect(r.round.adoptResult()).to.be.revertedWithCustomError(r.posts, 'Posts_NotFinal')
    await networkHelpers.time.increase(WINDOW)
    await r.posts.conclude(1)
    await r.round.adoptResult()
    expect(await r.round.status()).to.equal(Status.matched)
    let paid = 0n
    for (const [project, leaf] of right.results.entries()) {
      const recipient = projectOf(r, project).address
      const before = await r.usd.balanceOf(recipient)
      const path = right.resultTree.path(project)
      if (leaf.matched > 0n) await r.round.collectMatch(project, recipient, leaf, path)
      expect((await r.usd.balanceOf(recipient)) - before).to.equal(leaf.matched)
      paid += leaf.matched
    }
    expect(paid).to.equal(right.posting.totals.matched).and.to.be.greaterThan(0n)
    await r.round.sendLeftover()
    const commons = await ethers.getContractAt('CommonsFund', await r.factory.commons())
    expect((await commons.bookOf(r.usd)).held).to.equal(POOL - paid)
  })

  it('falls where one line is wrong: the poster pays the commons and whoever showed it, and the right one stands', async () => {
    const r = await load()
    const right = rightFor(r)
    const [first, ...others] = right.contributions
    if (!first) throw new Error('nothing was given')
    const lie = assemble(right.results, [{ ...first, amount: first.amount + 1n }, ...others], right.posting.totals)
    await r.posts.connect(r.funder).post(r.round, lie.posting, 'https://example.org/lie')
    await r.posts.connect(r.stranger).post(r.round, right.posting, 'https://example.org/leaves')
    const wrong = lie.contributions[0]
    if (!wrong) throw new Error('nothing was posted')
    await expect(
      r.posts.connect(personOf(r, 5)).proveWrongContribution(1, 0, wrong, lie.contributionTree.path(0)),
    ).to.emit(r.posts, 'PostDefeated')
    await r.posts.payCommons(r.round)
    const commons = await ethers.getContractAt('CommonsFund', await r.factory.commons())
    expect((await commons.bookOf(r.usd)).held).to.equal(BOND / 2n)
    await networkHelpers.time.increase(WINDOW)
    await r.posts.conclude(2)
    await r.round.adoptResult()
    expect((await r.round.result()).root).to.equal(right.posting.resultRoot)
  })

  it('matches nothing where nobody posted in time: the pool is left over, and what was given goes where it was given', async () => {
    const r = await load()
    await expect(r.round.lapse()).to.be.revertedWithCustomError(r.round, 'Rounds_NotFailed')
    await networkHelpers.time.increase(POSTING)
    await r.round.lapse()
    await r.round.sendLeftover()
    const commons = await ethers.getContractAt('CommonsFund', await r.factory.commons())
    expect((await commons.bookOf(r.usd)).held).to.equal(POOL)
    const recipient = projectOf(r, 1).address
    await r.round.collectContributed(1, 0, recipient)
    expect(await r.usd.balanceOf(recipient)).to.equal(507n * UNIT)
  })

  it('is cancelled with a post in it: gifts go back, and so do bonds, though what was right can be shown wrong then', async () => {
    const r = await load()
    const right = rightFor(r)
    const [leaf] = right.contributions
    if (!leaf) expect.fail('nothing was given')
    await r.posts.connect(r.stranger).post(r.round, right.posting, '')
    const prove = () => r.posts.connect(r.funder).proveWrongContribution(1, 0, leaf, right.contributionTree.path(0))
    await expect(prove()).to.be.revertedWithCustomError(r.posts, 'Posts_NotWrong')
    const selector = r.factory.interface.getFunction('cancelRound').selector
    await r.authority.setTargetFunctionRole(r.factory, [selector], 43n)
    await r.factory.connect(r.canceller).cancelRound(r.round, ethers.ZeroHash)
    await r.round.refund(0, leaf.contributor, 0)
    await expect(prove()).to.emit(r.posts, 'PostVoided').withArgs(1, r.round)
    expect([await r.posts.owedTo(r.stranger), await r.posts.owedTo(r.funder)]).to.deep.equal([BOND, 0n])
  })
})
