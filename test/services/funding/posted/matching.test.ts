import { clusterRaw } from '@nexus/funding/posted/cluster'
import { pairwiseRaw } from '@nexus/funding/posted/pairwise'
import { computePost } from '@nexus/funding/posted/post'
import { type Contribution, indexRound, type PostedTerms } from '@nexus/funding/posted/round'
import { matchedOf, totalsOf } from '@nexus/funding/posted/scale'
import { sumsOf } from '@nexus/funding/posted/sums'
import { buildTree } from '@nexus/funding/posted/tree'
import { root as isqrt } from '@nexus/funding/root'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Hex, pad, toHex } from 'viem'
import { capped, clusterMatchOfGroups, matched, raw, root, treeRoot } from './reference.ts'

const who = (n: number): Hex => pad(toHex(n + 1), { size: 20 })
const RUNS = { numRuns: 150, seed: 20_261_128 }

const contributions = (projectCount: number, most: bigint) =>
  fc
    .uniqueArray(
      fc.record({
        project: fc.nat(projectCount - 1),
        contributor: fc.nat(9).map(who),
        amount: fc.bigInt(1n, most),
      }),
      { selector: ({ project, contributor }) => `${project} ${contributor}`, maxLength: 30 },
    )
    .map(list => list as Contribution[])

const roundOf = (variant: PostedTerms['variant'], parameter: bigint, projectCount: number, list: Contribution[]) =>
  indexRound({ variant, parameter, budgetAssets: 10n ** 9n, capAssets: 10n ** 9n, projectCount }, list)

describe('Posted matching', () => {
  for (const variant of ['pairwise', 'cluster'] as const) {
    for (const [size, most, parameter] of [
      ['small amounts', 10n ** 8n, 10n ** 6n],
      ['amounts of 18 decimals', 10n ** 24n, 10n ** 18n],
      ['single units', 4n, 1n],
      ['the largest amounts', 2n ** 123n, 2n ** 126n],
    ] as const) {
      it(`gives what the reference gives: ${variant}, ${size}`, () => {
        fc.assert(
          fc.property(contributions(5, most), list => {
            const round = roundOf(variant, parameter, 5, list)
            const expected = raw({ variant, parameter, budget: 0n, cap: 0n, projectCount: 5, contributions: list })
            expect((variant === 'pairwise' ? pairwiseRaw : clusterRaw)(round)).to.deep.equal(expected)
          }),
          RUNS,
        )
      })
    }

    it(`is, in every sum of a challenge, what its parts add up to: ${variant}`, () => {
      fc.assert(
        fc.property(contributions(5, 10n ** 9n), fc.nat(4), (list, project) => {
          const round = roundOf(variant, 10n ** 6n, 5, list)
          const sums = sumsOf(round)
          const rawOf = computePost(round).results[project]?.raw
          const all =
            variant === 'pairwise'
              ? ({ sum: 'pair-rows', project, first: 0n, second: 0n, from: 0n, to: 1n << 160n } as const)
              : ({ sum: 'group-rows', project, first: 0n, second: 0n, from: 0n, to: 5n } as const)
          expect(sums.amountOf(all)).to.equal(rawOf)
          const rows = sums.placesOf(all).map(place => ({
            ...all,
            sum: variant === 'pairwise' ? ('pair-row' as const) : ('group-row' as const),
            first: place,
            from: place + 1n,
          }))
          const add = (values: bigint[]) => values.reduce((a, b) => a + b, 0n)
          expect(add(rows.map(row => sums.amountOf(row)))).to.equal(rawOf)
          for (const row of rows) {
            const term = variant === 'pairwise' ? ('pair' as const) : ('groups' as const)
            const terms = sums.placesOf(row).map(second => ({ ...row, sum: term, second }))
            expect(add(terms.map(one => sums.amountOf(one)))).to.equal(sums.amountOf(row))
            if (variant === 'cluster') continue
            for (const { first, second } of terms) {
              const parts = [0, 1, 2, 3, 4].map(p => sums.overlapIn(p, first, second))
              expect(add(parts)).to.equal(sums.overlap(first, second))
            }
          }
        }),
        { ...RUNS, numRuns: 60 },
      )
    })

    it(`gives nothing where there is one contributor to one project: ${variant}`, () => {
      const alone = roundOf(variant, 10n ** 6n, 3, [{ project: 0, contributor: who(1), amount: 10n ** 9n }])
      expect(computePost(alone).posting.totals.raw).to.equal(0n)
    })
  }

  it('over the cap: the same end by the largest first as by all at once, and it is the only one', () => {
    const raws = fc.array(fc.oneof(fc.bigInt(0n, 60n), fc.bigInt(0n, 10n ** 24n)), { maxLength: 9 })
    const money = fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 10n ** 24n))
    fc.assert(
      fc.property(raws, money, fc.integer({ min: 1, max: 10_000 }), (all, budget, bps) => {
        const cap = (budget * BigInt(bps)) / 10_000n
        const terms = { budgetAssets: budget, capAssets: cap }
        const totals = totalsOf(all, terms)
        const lines = all.map(one => matchedOf(one, totals, terms))
        expect(lines.map(line => line.capped)).to.deep.equal(capped({ budget, cap }, all))
        expect(lines.map(line => line.assets)).to.deep.equal(matched({ budget, cap }, all))
        expect(totals.matched <= budget).to.equal(true)
        // whatever other totals would be posted, their own lines would not add up to them
        const sorted = [...all].sort((a, b) => (a < b ? 1 : -1))
        const others = sorted.map((_, k) => ({
          ...{ raw: totals.raw, capped: BigInt(k + 1) },
          cappedRaw: sorted.slice(0, k + 1).reduce((a, b) => a + b, 0n),
        }))
        const none = { raw: totals.raw, capped: 0n, cappedRaw: 0n }
        const stands = [none, ...others].filter(
          other =>
            (other.capped === 0n || other.capped * cap < budget) &&
            BigInt(all.filter(one => matchedOf(one, other, terms).capped).length) === other.capped,
        )
        expect(stands).to.deep.equal([{ raw: totals.raw, capped: totals.capped, cappedRaw: totals.cappedRaw }])
      }),
      { ...RUNS, numRuns: 2_000 },
    )
  })

  it('pairwise: no pair ever draws 2·M or more from all projects together', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 12n),
        fc.array(fc.tuple(fc.bigInt(1n, 10n ** 30n), fc.bigInt(1n, 10n ** 30n)), { minLength: 1, maxLength: 8 }),
        (m, amounts) => {
          const list = amounts.flatMap(([a, b], project) => [
            { project, contributor: who(1), amount: a },
            { project, contributor: who(2), amount: b },
          ])
          const total = pairwiseRaw(roundOf('pairwise', m, 8, list)).reduce((a, b) => a + b, 0n)
          expect(total < 2n * m).to.equal(true)
        },
      ),
      RUNS,
    )
  })

  it('pairwise: with an M beyond all overlap it is S² − Σs², which is quadratic funding', () => {
    const list = [9n, 16n, 25n, 100n].map((amount, n) => ({ project: 0, contributor: who(n), amount }))
    // roots 3, 4, 5, 10: 22² − 150
    expect(pairwiseRaw(roundOf('pairwise', 10n ** 30n, 1, list))).to.deep.equal([334n - 6n])
  })

  it("cluster: the reference gives the published figures of the authors' program", () => {
    // gov.gitcoin.co/t/15709: four groups of seven people, two projects
    const groups = [[0], [1, 2], [2, 3, 4, 5], [5, 6]]
    const given = [
      [50, 5],
      [5, 15],
      [10, 5],
      [0, 5],
      [20, 20],
      [0, 10],
      [10, 15],
    ]
    const totals = [0, 1].map(project =>
      clusterMatchOfGroups(
        groups,
        given.map(of => of[project] ?? 0),
      ),
    )
    expect(totals[0]).to.be.closeTo(289.7424515457382, 1e-9)
    expect(totals[1]).to.be.closeTo(199.92969686897504, 1e-9)
  })

  it('cluster: the integers are those real numbers, with the projects for groups', () => {
    const unit = 10n ** 20n
    const given: [number, number, number][] = [
      [0, 1, 50],
      [0, 2, 5],
      [0, 3, 10],
      [1, 1, 5],
      [1, 3, 15],
      [1, 4, 5],
      [2, 5, 20],
      [2, 4, 7],
      [3, 5, 11],
      [3, 6, 3],
    ]
    const people = [1, 2, 3, 4, 5, 6]
    const groups = [0, 1, 2, 3].map(q =>
      people.flatMap((n, i) => (given.some(([p, m]) => p === q && m === n) ? [i] : [])),
    )
    const raws = clusterRaw(
      roundOf(
        'cluster',
        unit,
        4,
        given.map(([project, n, amount]) => ({ project, contributor: who(n), amount: BigInt(amount) * unit })),
      ),
    )
    for (const p of [0, 1, 2, 3]) {
      const amounts = people.map(n => given.find(([q, m]) => q === p && m === n)?.[2] ?? 0)
      const real = clusterMatchOfGroups(groups, amounts) - amounts.reduce((a, b) => a + b, 0)
      expect(Number(raws[p]) / Number(unit)).to.be.closeTo(real, 1e-7)
    }
  })

  it('cluster: one contributor to t projects draws (t − 1)·√(c·u) in each: the price of groups that overlap', () => {
    fc.assert(
      fc.property(fc.bigInt(10n ** 6n, 10n ** 15n), fc.integer({ min: 2, max: 8 }), (amount, t) => {
        const list = Array.from({ length: t }, (_, project) => ({ project, contributor: who(1), amount }))
        const share = root(amount * 10n ** 6n) / BigInt(t)
        const expected = list.map(() => BigInt(t * (t - 1)) * share)
        expect(clusterRaw(roundOf('cluster', 10n ** 6n, t, list))).to.deep.equal(expected)
      }),
      RUNS,
    )
  })

  it('takes the exact root of any integer', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 256n), n => {
        expect(isqrt(n)).to.equal(root(n))
      }),
      RUNS,
    )
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 128n), n => {
        expect(isqrt(n * n)).to.equal(n)
        expect(isqrt(n * n - 1n)).to.equal(n - 1n)
      }),
      RUNS,
    )
  })

  it('leads from every leaf to the root, whatever their number', () => {
    for (let count = 0; count < 20; count++) {
      const leaves = Array.from({ length: count }, (_, k) => pad(toHex(k + 1), { size: 32 }))
      const tree = buildTree(leaves)
      expect(tree.root).to.equal(treeRoot(leaves))
      for (let k = 0; k < count; k++) expect(tree.path(k).length).to.equal(tree.depth)
    }
  })

  it('refuses what no round can have', () => {
    const one = { project: 0, contributor: who(1), amount: 1n }
    const cases: [string, Partial<PostedTerms>, Contribution[]][] = [
      ['bad-parameter', { parameter: 0n }, []],
      ['bad-parameter', { parameter: 2n ** 128n }, []],
      ['bad-parameter', { variant: 'cluster', parameter: 2n ** 127n }, []],
      ['bad-project-count', { projectCount: -1 }, []],
      ['unknown-project', {}, [{ ...one, project: 3 }]],
      ['bad-amount', {}, [{ ...one, amount: 0n }]],
      ['twice', {}, [one, one]],
      ['too-much', {}, [{ ...one, amount: 2n ** 127n }]],
    ]
    for (const [code, terms, list] of cases) {
      const round = () =>
        indexRound(
          { variant: 'pairwise', parameter: 1n, budgetAssets: 1n, capAssets: 1n, projectCount: 3, ...terms },
          list,
        )
      expect(round, code).to.throw(NexusError).with.property('code', code)
    }
  })

  it('matches 20,000 contributions to 200 projects', function () {
    this.timeout(60_000)
    const list: Contribution[] = []
    for (let n = 0; list.length < 20_000; n++) {
      const contributor = who(n)
      const wanted = 1 + (n % 7)
      for (let k = 0; k < wanted; k++) {
        list.push({ project: (n * 31 + k * 67) % 200, contributor, amount: BigInt(1 + ((n * 7 + k) % 97)) * 10n ** 6n })
      }
    }
    for (const variant of ['pairwise', 'cluster'] as const) {
      const raws = computePost(roundOf(variant, 10n ** 7n, 200, list)).results.map(leaf => leaf.raw)
      expect(raws.every(value => value > 0n)).to.equal(true)
    }
  })
})
