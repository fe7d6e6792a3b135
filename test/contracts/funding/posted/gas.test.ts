import { attack, boundsFor, expectedUnder } from '@nexus/funding/posted/attack'
import { defend } from '@nexus/funding/posted/defend'
import type { Contribution, PostedTerms } from '@nexus/funding/posted/round'
import { expect } from 'chai'
import { recordGas } from '../../gas/ledger.ts'
import { lie, withRaw } from './liar.ts'
import {
  closedRound,
  deploy,
  make,
  networkHelpers,
  numbers,
  person,
  play,
  postIt,
  Status,
  someContributions,
  statusOf,
  USD,
} from './world.ts'

const MOST = 2_000_000n

const terms = (variant: 'pairwise' | 'cluster', projectCount: number): PostedTerms => ({
  variant,
  parameter: variant === 'pairwise' ? 25n * USD : USD,
  budgetAssets: 50_000n * USD,
  capAssets: 50_000n * USD,
  projectCount,
})

/** The dearest move of a whole challenge, in which the poster defends a lie to the last term. */
async function dearest(variant: 'pairwise' | 'cluster', contributions: Contribution[], projectCount: number) {
  const w = await deploy()
  const r = await closedRound(w, terms(variant, projectCount), contributions)
  const liedOf = r.right.results.findIndex(leaf => leaf.raw > 0n)
  const posted = withRaw(r.right, r.terms, (raw, p) => (p === liedOf ? raw + 1n : raw))
  const postId = await postIt(w, r, posted)
  const leaf = posted.results[liedOf]
  if (!leaf) expect.fail('no project has a match')
  const all = { project: liedOf, first: 0n, second: 0n, from: 0n, value: leaf.raw }
  const first =
    variant === 'pairwise'
      ? ({ ...all, sum: 'pair-rows', to: 1n << 160n } as const)
      : ({ ...all, sum: 'group-rows', to: BigInt(projectCount) } as const)
  const opening = await make(w, w.challenger, {
    functionName: 'dispute',
    args: [postId, leaf, posted.resultTree.path(liedOf), boundsFor(first, r.sums)],
  })
  const reference = expectedUnder(r.right, posted.posting, r.terms)
  const played = await play(w, opening, lie(posted, r.sums, r.terms.parameter, numbers(5)), view =>
    attack(view, posted.posting, reference, r.sums),
  )
  const gas = [opening.gasUsed, ...played.moves.map(move => move.gasUsed)]
  return { gas: gas.sort((a, b) => Number(b - a))[0] ?? 0n, moves: gas.length, w, postId, played }
}

describe('Gas of a challenge', function () {
  this.timeout(400_000)

  for (const variant of ['pairwise', 'cluster'] as const) {
    for (const [count, projectCount] of [
      [2, 2],
      [7, 3],
      [1000, 150],
    ] as const) {
      it(`finds a wrong amount among ${count} contributions, ${variant}`, async () => {
        const contributions =
          count === 2
            ? [1, 2].flatMap(n =>
                [0, 1]
                  .slice(0, variant === 'pairwise' ? 1 : 2)
                  .map(project => ({ project, contributor: person(n), amount: 9n * USD })),
              )
            : someContributions(count, projectCount)
        const { gas, w, postId, played } = await dearest(variant, contributions, projectCount)
        if (played.silent === undefined) expect(await statusOf(w, postId)).to.equal(Status.defeated)
        expect(played.silent).to.not.equal('challenger')
        recordGas(`posted: dearest move, ${variant}, ${count} contributions`, gas, MOST)
      })
    }
  }

  it('computes the longest sum of a pair that one move may', async () => {
    const w = await deploy()
    const all = [1, 2].flatMap(n =>
      Array.from({ length: 64 }, (_, project) => ({ project, contributor: person(n), amount: 9n * USD })),
    )
    const r = await closedRound(w, terms('pairwise', 64), all)
    const postId = await postIt(w, r, r.right)
    const leaf = r.right.results[0] ?? expect.fail()
    const sum = {
      sum: 'pair-rows',
      project: 0,
      first: 0n,
      second: 0n,
      from: 0n,
      to: 1n << 160n,
      value: leaf.raw,
    } as const
    const opening = await make(w, w.challenger, {
      functionName: 'dispute',
      args: [postId, leaf, r.right.resultTree.path(0), boundsFor(sum, r.sums)],
    })
    const doubts = new Set(['pair-rows', 'pair-row'])
    const played = await play(
      w,
      opening,
      view => defend(view, r.right, r.sums),
      view => {
        // doubts what is right, to the end
        if (!view.sum || !doubts.has(view.sum.sum)) return { functionName: 'divide', args: [view.challengeId, []] }
        const chosen = view.values.findIndex(value => value > 0n)
        const part = {
          from: [view.sum.from, ...view.bounds][chosen] ?? 0n,
          to: [...view.bounds, view.sum.to][chosen] ?? 0n,
        }
        const next = { ...view.sum, ...part, value: view.values[chosen] ?? 0n }
        const single = next.to - next.from === 1n
        const row = { ...next, sum: 'pair-row', first: next.from, from: next.to, to: 1n << 160n } as const
        const bounds = !single ? boundsFor(next, r.sums) : next.sum === 'pair-rows' ? boundsFor(row, r.sums) : []
        return { functionName: 'narrow', args: [view.challengeId, view.bounds, view.values, BigInt(chosen), bounds] }
      },
    )
    const last = played.moves.at(-1) ?? expect.fail()
    expect(last.functionName).to.equal('divide')
    expect(await statusOf(w, postId)).to.equal(Status.live)
    recordGas('posted: 64 projects of a pair computed', last.gasUsed, MOST)
  })

  it('shows 64 nodes of a tree', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const r = await closedRound(w, terms('pairwise', 2), someContributions(100, 2))
    const postId = await postIt(w, r, r.right)
    const opening = await make(w, w.challenger, { functionName: 'demand', args: [postId, true] })
    const { moves } = await play(
      w,
      opening,
      view => defend(view, r.right, r.sums),
      () => undefined,
    )
    recordGas('posted: showNodes, 64 of them', moves[0]?.gasUsed ?? 0n, MOST)
  })

  it('is posted, with projects over the cap and without', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    for (const [what, capAssets, most] of [
      ['posted: post', 50_000n * USD, 280_000n],
      ['posted: post, with projects over the cap', USD, 330_000n],
    ] as const) {
      const r = await closedRound(w, { ...terms('pairwise', 2), capAssets }, someContributions(100, 2))
      expect(r.right.posting.totals.capped > 0n).to.equal(capAssets === USD)
      await postIt(w, r, r.right) // the first of all is dearer
      const posted = await w.posts.connect(w.poster).post(r.round, r.right.posting, '')
      recordGas(what, (await posted.wait())?.gasUsed ?? 0n, most)
    }
  })
})
