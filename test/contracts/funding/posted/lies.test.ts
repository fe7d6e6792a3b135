import { attack, expectedUnder, openAgainst, proveAgainst } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import { assemble, type ContributionLeaf, type MatchLeaf, type PostedResult } from '@nexus/funding/posted/post'
import type { PostedTerms } from '@nexus/funding/posted/round'
import type { MatchTotals } from '@nexus/funding/posted/scale'
import { expect } from 'chai'
import { lie, withRaw, withTotals } from './liar.ts'
import {
  CLOCK,
  type ClosedRound,
  closedRound,
  deploy,
  make,
  networkHelpers,
  numbers,
  person,
  play,
  postIt,
  REWARD,
  Status,
  someContributions,
  statusOf,
  USD,
  type World,
} from './world.ts'

const at = <T>(list: readonly T[], n: number): T => list[n] ?? expect.fail(`there is no number ${n}`)

/** Adds to running totals of one line. */
const shift = (leaves: MatchLeaf[], n: number, more: Partial<MatchTotals>) => {
  const leaf = at(leaves, n)
  const [raw, matched, capped, cappedRaw] = (['raw', 'matched', 'capped', 'cappedRaw'] as const).map(
    name => leaf.before[name] + (more[name] ?? 0n),
  ) as [bigint, bigint, bigint, bigint]
  leaf.before = { raw, matched, capped, cappedRaw }
}

const terms: Record<'pairwise' | 'cluster', PostedTerms> = {
  pairwise: {
    variant: 'pairwise',
    parameter: 25n * USD,
    budgetAssets: 900n * USD,
    capAssets: 200n * USD,
    projectCount: 5,
  },
  cluster: { variant: 'cluster', parameter: USD, budgetAssets: 900n * USD, capAssets: 200n * USD, projectCount: 5 },
}

/** The challenger knows only the round; the poster answers as it says. Returns who is silent, or nobody. */
async function challenge(
  w: World,
  r: ClosedRound,
  posted: PostedResult,
  poster = lie(posted, r.sums, r.terms.parameter, numbers(3)),
) {
  const postId = await postIt(w, r, posted)
  const reference = expectedUnder(r.right, posted.posting, r.terms)
  const opening = openAgainst(postId, posted.posting, reference)
  if (!opening) return { postId, opening }
  const receipt = await make(w, w.challenger, opening)
  if ((await statusOf(w, postId)) !== Status.live) return { postId, opening }
  const played = await play(w, receipt, poster, view => attack(view, posted.posting, reference, r.sums))
  if (played.silent === 'poster') {
    await networkHelpers.time.increase(CLOCK + 1)
    await w.posts.expire(played.view.challengeId)
  }
  return { postId, opening, played }
}

for (const variant of ['pairwise', 'cluster'] as const) {
  describe(`A lying poster, ${variant}`, () => {
    async function world() {
      const w = await deploy()
      const r = await closedRound(w, terms[variant], someContributions(40, 5))
      return { w, r }
    }

    it('has nothing to fear where it does not lie', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      // what the lies are about: some are over the cap, and some are not
      const { capped, cappedRaw, raw } = r.right.posting.totals
      expect(capped).to.be.greaterThan(0n)
      expect(cappedRaw).to.be.lessThan(raw)
      expect((await challenge(w, r, r.right)).opening).to.equal(undefined)
    })

    for (const [what, change] of [
      ['too much', (raw: bigint) => raw + 12_345n],
      ['a unit too much', (raw: bigint) => raw + 1n],
      ['too little', (raw: bigint) => raw - raw / 3n],
      ['a unit too little', (raw: bigint) => raw - 1n],
      ['nothing', () => 0n],
      ['absurdly much', () => 2n ** 255n],
    ] as const) {
      it(`loses with ${what} for one project`, async () => {
        const { w, r } = await networkHelpers.loadFixture(world)
        for (const project of [0, 3, 4]) {
          const posted = withRaw(r.right, r.terms, (raw, p) => (p === project ? change(raw) : raw))
          const { postId } = await challenge(w, r, posted)
          expect(await statusOf(w, postId), `project ${project}`).to.equal(Status.defeated)
        }
      })
    }

    it('loses with amounts moved from one project to another', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      const posted = withRaw(r.right, r.terms, (raw, p) => (p === 1 ? raw + 500n : p === 2 ? raw - 500n : raw))
      const { postId, played } = await challenge(w, r, posted)
      expect(await statusOf(w, postId)).to.equal(Status.defeated)
      expect(played?.moves.map(move => move.functionName)).to.include('disputeShown')
    })

    const results = (posted: PostedResult, change: (leaves: MatchLeaf[]) => void) => {
      const leaves = posted.results.map(leaf => ({ ...leaf }))
      change(leaves)
      return assemble(leaves, posted.contributions, posted.posting.totals)
    }
    for (const [what, change] of [
      ['a project paid more than its raw gives', leaves => (at(leaves, 2).matched += 1n)],
      ['a project missing, another in its place', leaves => leaves.splice(2, 1, { ...at(leaves, 3) })],
      ['a project twice', leaves => leaves.splice(4, 1, { ...at(leaves, 0) })],
      ['running totals that do not begin at zero', leaves => shift(leaves, 0, { raw: 1n })],
      ['running totals of matches that do not begin at zero', leaves => shift(leaves, 0, { matched: 1n })],
      ['capped projects before the first one', leaves => shift(leaves, 0, { capped: 1n })],
      ['raw of capped projects before the first one', leaves => shift(leaves, 0, { cappedRaw: 1n })],
      ['running totals that break off', leaves => shift(leaves, 3, { matched: 1n })],
      ['running totals of raw that break off', leaves => shift(leaves, 1, { raw: -1n })],
      ['a count of capped projects that breaks off', leaves => shift(leaves, 2, { capped: 1n })],
      ['raw of capped projects that breaks off', leaves => shift(leaves, 4, { cappedRaw: 1n })],
    ] as [string, (leaves: MatchLeaf[]) => void][]) {
      it(`loses with ${what}`, async () => {
        const { w, r } = await networkHelpers.loadFixture(world)
        const posted = results(r.right, change)
        const { postId } = await challenge(w, r, posted)
        expect(await statusOf(w, postId)).to.equal(Status.defeated)
        const again = await postIt(w, r, posted)
        const known = proveAgainst(again, posted, expectedUnder(r.right, posted.posting, r.terms), r.sums)
        await make(w, w.stranger, known ?? expect.fail('no proof'))
        expect(await statusOf(w, again)).to.equal(Status.defeated)
      })
    }

    for (const [what, change] of [
      ['a total of raw', ({ raw }) => ({ raw: raw + 1n })],
      ['a total of matches', () => ({ matched: 7n })],
      ['a count of capped projects', ({ capped }) => ({ capped: capped === 0n ? 1n : capped - 1n })],
      ['a raw of capped projects', ({ cappedRaw }) => ({ cappedRaw: cappedRaw === 0n ? 1n : cappedRaw - 1n })],
    ] as [string, (totals: MatchTotals) => Partial<MatchTotals>][]) {
      it(`loses with ${what} that is not the sum of the lines`, async () => {
        const { w, r } = await networkHelpers.loadFixture(world)
        const posting = withTotals(r.right.posting, change(r.right.posting.totals))
        const { postId } = await challenge(w, r, { ...r.right, posting })
        expect(await statusOf(w, postId)).to.equal(Status.defeated)
      })
    }

    const contributions = (posted: PostedResult, change: (leaves: ContributionLeaf[]) => void) => {
      const leaves = posted.contributions.map(leaf => ({ ...leaf }))
      change(leaves)
      return assemble(posted.results, leaves, posted.posting.totals)
    }
    for (const [what, change] of [
      ['a wrong amount', leaves => (at(leaves, 5).amount += 1n)],
      [
        'an amount of zero',
        leaves => leaves.splice(6, 0, { project: at(leaves, 5).project, contributor: person(77n), amount: 0n }),
      ],
      ['a contribution missing', leaves => leaves.splice(11, 1)],
      ['the first contribution missing', leaves => leaves.splice(0, 1)],
      ['the last contribution missing', leaves => leaves.pop()],
      ['all contributions missing', leaves => leaves.splice(0)],
      ['an invented contribution', leaves => leaves.push({ project: 4n, contributor: person(2n ** 60n), amount: 5n })],
      [
        'one of a project that there is not',
        leaves => leaves.push({ project: 5n, contributor: person(1n), amount: 5n }),
      ],
      ['a contribution twice', leaves => leaves.splice(20, 0, { ...at(leaves, 20) })],
      ['the last contribution twice', leaves => leaves.push({ ...at(leaves, 39) })],
      ['two contributions exchanged', leaves => leaves.splice(30, 2, at(leaves, 31), at(leaves, 30))],
    ] as [string, (leaves: ContributionLeaf[]) => void][]) {
      it(`loses with ${what}`, async () => {
        const { w, r } = await networkHelpers.loadFixture(world)
        const posted = contributions(r.right, change)
        const { postId } = await challenge(w, r, posted)
        expect(await statusOf(w, postId)).to.equal(Status.defeated)
        const again = await postIt(w, r, posted)
        const known = proveAgainst(again, posted, expectedUnder(r.right, posted.posting, r.terms), r.sums)
        await make(w, w.stranger, known ?? expect.fail('no proof'))
        expect(await statusOf(w, again)).to.equal(Status.defeated)
        expect(await w.posts.owedTo(w.stranger)).to.equal(REWARD)
      })
    }

    it('loses with something in the places behind the last leaf', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      const more = { ...at(r.right.results, 0), project: 5n }
      const posted = assemble([...r.right.results, more], r.right.contributions, r.right.posting.totals)
      const { postId } = await challenge(w, r, posted)
      expect(await statusOf(w, postId)).to.equal(Status.defeated)
    })

    it('loses with roots of which it can show nothing', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      for (const root of ['resultRoot', 'contributionRoot'] as const) {
        const posting = { ...r.right.posting, [root]: `0x${'ab'.repeat(32)}` as const }
        const { postId, played } = await challenge(w, r, { ...r.right, posting }, () => undefined)
        expect(played?.silent).to.equal('poster')
        expect(await statusOf(w, postId)).to.equal(Status.defeated)
      }
    })

    it('loses by silence at any move', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      const posted = withRaw(r.right, r.terms, (raw, p) => (p === 2 ? raw + 1n : raw))
      const answers = lie(posted, r.sums, r.terms.parameter, numbers(3))
      for (let silentAt = 0; silentAt < 4; silentAt++) {
        let said = 0
        const { postId, played } = await challenge(w, r, posted, view =>
          said++ < silentAt ? answers(view) : undefined,
        )
        expect(played?.silent).to.equal('poster')
        expect(await statusOf(w, postId)).to.equal(Status.defeated)
      }
    })

    it('wins when it is right, whatever a challenger doubts', async () => {
      const { w, r } = await networkHelpers.loadFixture(world)
      // the challenger believes in another amount of one contribution, and so in all that follows from it
      for (const seed of [1, 2, 3, 4]) {
        const next = numbers(seed)
        const other = someContributions(40, 5).map((c, k) =>
          k === next(40) ? { ...c, amount: c.amount + 5n * USD } : c,
        )
        const wrong = await closedRound(w, r.terms, other)
        if (wrong.right.posting.totals.raw === r.right.posting.totals.raw) continue
        const postId = await postIt(w, r, r.right)
        const doubted = wrong.right.results.findIndex((leaf, p) => leaf.raw !== r.right.results[p]?.raw)
        const opening = proveAgainst(
          postId,
          r.right,
          { ...expectedUnder(wrong.right, r.right.posting, r.terms) },
          wrong.sums,
        )
        if (opening?.functionName !== 'dispute') expect.fail(`project ${doubted} is not disputed`)
        const receipt = await make(w, w.challenger, opening)
        const played = await play(
          w,
          receipt,
          view => defend(view, r.right, r.sums),
          view => attack(view, r.right.posting, expectedUnder(wrong.right, r.right.posting, r.terms), wrong.sums),
        )
        expect(played.silent, 'the poster can always answer').to.not.equal('poster')
        if (played.silent === 'challenger') {
          await networkHelpers.time.increase(CLOCK + 1)
          await w.posts.expire(played.view.challengeId)
        }
        expect(await statusOf(w, postId)).to.equal(Status.live)
        expect((await w.posts.postOf(postId)).openChallenges).to.equal(0n)
      }
    })
  })
}
