import { attack, expectedUnder, openAgainst, proveAgainst } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import { assemble, computePost, type PostedResult } from '@nexus/funding/posted/post'
import { indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { type MatchTotals, sameTotals } from '@nexus/funding/posted/scale'
import { sumsOf } from '@nexus/funding/posted/sums'
import { expect } from 'chai'
import { lie, withRaw } from './liar.ts'
import {
  CLOCK,
  type ClosedRound,
  closedRound,
  deploy,
  make,
  networkHelpers,
  numbers,
  play,
  postIt,
  Status,
  someContributions,
  statusOf,
  USD,
  type World,
} from './world.ts'

const ROUNDS = 24
type Pick = (below: number) => number

const termsOf = (variant: PostedTerms['variant'], projectCount: number, capAssets: bigint): PostedTerms => ({
  variant,
  parameter: variant === 'pairwise' ? 25n * USD : USD,
  budgetAssets: 300n * USD,
  capAssets,
  projectCount,
})

/** The terms and contributions of a round that looks arbitrary: few people or many, one project or dozens, dense or sparse. */
async function someRound(w: World, pick: Pick, seed: number) {
  const variant = pick(2) === 0 ? 'pairwise' : 'cluster'
  const projectCount = 1 + pick(pick(3) === 0 ? 90 : 12)
  const terms = termsOf(variant, projectCount, USD * BigInt(10 + pick(90)))
  const contributions = someContributions(1 + pick(Math.min(90, 3 * terms.projectCount)), terms.projectCount, seed)
  return { r: await closedRound(w, terms, contributions), contributions }
}

/** A lie in one place of a post: a sum, a line, a total, a contribution. Sometimes what it makes of a post is the post itself. */
function someLie({ right, terms }: ClosedRound, pick: Pick): PostedResult {
  const at = pick(right.results.length)
  const by = BigInt(1 + pick(2 ** 20)) * (pick(2) === 0 ? 1n : -1n)
  const least = (value: bigint) => (value < 0n ? 0n : value)
  const kind = pick(8)
  if (kind < 3) return withRaw(right, terms, (raw, p) => (p === at ? least(raw + by) : raw))
  if (kind === 3) {
    const other = pick(right.results.length)
    return withRaw(right, terms, (raw, p) => (p === at ? raw + 7n : p === other ? least(raw - 7n) : raw))
  }
  if (kind === 4) {
    const own = (['project', 'raw', 'matched'] as const)[pick(7)]
    const running = (['raw', 'matched', 'capped', 'cappedRaw'] as const)[pick(4)] ?? 'raw'
    const results = right.results.map((leaf, p) => {
      if (p !== at) return leaf
      if (own) return { ...leaf, [own]: least(leaf[own] + by) }
      return { ...leaf, before: { ...leaf.before, [running]: least(leaf.before[running] + by) } }
    })
    return assemble(results, right.contributions, right.posting.totals)
  }
  if (kind === 5) {
    const { posting } = right
    const { totals } = posting
    const changes: Partial<MatchTotals>[] = [
      { raw: least(totals.raw + by) },
      { matched: totals.matched / 2n },
      { capped: totals.capped === 0n ? 1n : totals.capped - 1n },
      { cappedRaw: totals.cappedRaw === 0n ? totals.raw / 3n : totals.cappedRaw / 2n },
    ]
    return { ...right, posting: { ...posting, totals: { ...totals, ...changes[pick(changes.length)] } } }
  }
  const contributions = right.contributions.map(leaf => ({ ...leaf }))
  const place = pick(contributions.length)
  const leaf = contributions[place]
  if (!leaf) return right
  if (kind === 6) contributions.splice(place, 1)
  else contributions.splice(place, pick(2), { ...leaf, amount: least(leaf.amount + by) })
  return assemble(right.results, contributions, right.posting.totals)
}

const sameWord = (a: PostedResult, b: PostedResult) =>
  a.posting.resultRoot === b.posting.resultRoot &&
  a.posting.contributionRoot === b.posting.contributionRoot &&
  a.posting.contributionCount === b.posting.contributionCount &&
  sameTotals(a.posting.totals, b.posting.totals)

describe('Whatever is posted, and whatever is doubted', function () {
  this.timeout(300_000)

  it('INV-POST-2: a lie in any place is found, with the leaves known or kept back, however it is defended', async () => {
    let [lies, capped] = [0, 0]
    const ways = new Set<string>()
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const w = await networkHelpers.loadFixture(deploy)
      const pick = numbers(seed)
      const { r } = await someRound(w, pick, seed)
      const { totals } = r.right.posting
      if (totals.capped > 0n && totals.cappedRaw < totals.raw) capped++
      for (let n = 0; n < 4; n++) {
        const posted = someLie(r, pick)
        const reference = expectedUnder(r.right, posted.posting, r.terms)
        const known = pick(2) === 0
        const postId = await postIt(w, r, posted)
        const opening = known
          ? proveAgainst(postId, posted, reference, r.sums)
          : openAgainst(postId, posted.posting, reference)
        const what = `seed ${seed}, lie ${n}: ${r.terms.variant}, ${opening?.functionName ?? 'nothing to say'}`
        if (!opening) {
          expect(sameWord(posted, r.right), what).to.equal(true)
          continue
        }
        lies++
        ways.add(opening.functionName)
        const receipt = await make(w, w.challenger, opening)
        if ((await statusOf(w, postId)) === Status.live) {
          const silentAfter = pick(3) === 0 ? pick(6) : Number.POSITIVE_INFINITY
          let said = 0
          const liar = lie(posted, r.sums, r.terms.parameter, pick)
          const played = await play(
            w,
            receipt,
            view => (said++ < silentAfter ? liar(view) : undefined),
            view => attack(view, posted.posting, reference, r.sums),
          )
          for (const move of played.moves) ways.add(move.functionName)
          expect(played.silent, `${what}: the challenger always knows what to say`).to.not.equal('challenger')
          if (played.silent === 'poster') {
            await networkHelpers.time.increase(CLOCK + 1)
            await w.posts.expire(played.view.challengeId)
          }
        }
        expect(await statusOf(w, postId), what).to.equal(Status.defeated)
      }
    }
    expect(lies).to.be.greaterThan(ROUNDS * 3)
    expect(capped, 'rounds with some projects over the cap, and some not').to.be.greaterThan(4)
    expect([...ways]).to.include.members([
      'dispute',
      'disputeShown',
      'narrow',
      'proveMissing',
      'proveWrongResult',
      'showNodes',
    ])
  })

  it('INV-POST-4: what is right is never slashed, whatever a challenger believes', async () => {
    let doubts = 0
    for (let seed = 101; seed < 101 + ROUNDS; seed++) {
      const w = await networkHelpers.loadFixture(deploy)
      const pick = numbers(seed)
      const { r, contributions } = await someRound(w, pick, seed)
      for (let n = 0; n < 3; n++) {
        // who believes that one contribution was another one, or that it was not made
        const at = pick(contributions.length)
        const believed = contributions.flatMap((c, k) =>
          k !== at ? [c] : pick(3) === 0 ? [] : [{ ...c, amount: c.amount + BigInt(1 + pick(2 ** 24)) }],
        )
        const other = indexRound(r.terms, believed)
        const [wrong, sums] = [computePost(other), sumsOf(other)]
        const doubted = r.right.results.findIndex((leaf, p) => leaf.raw !== wrong.results[p]?.raw)
        const leaf = r.right.results[doubted]
        if (!leaf) continue
        doubts++
        const postId = await postIt(w, r, r.right)
        const view0 = proveAgainst(
          postId,
          { ...r.right, results: r.right.results },
          expectedUnder(wrong, r.right.posting, r.terms),
          sums,
        )
        if (view0?.functionName !== 'dispute') continue
        const played = await play(
          w,
          await make(w, w.challenger, view0),
          view => defend(view, r.right, r.sums),
          view => attack(view, r.right.posting, expectedUnder(wrong, r.right.posting, r.terms), sums),
        )
        expect(played.silent, `seed ${seed}: the poster always has an answer`).to.not.equal('poster')
        if (played.silent === 'challenger') {
          await networkHelpers.time.increase(CLOCK + 1)
          await w.posts.expire(played.view.challengeId)
        }
        expect(await statusOf(w, postId), `seed ${seed}`).to.equal(Status.live)
        expect((await w.posts.postOf(postId)).openChallenges).to.equal(0n)
      }
    }
    expect(doubts).to.be.greaterThan(ROUNDS)
  })
})
