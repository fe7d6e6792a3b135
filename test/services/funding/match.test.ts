import { matchRound } from '@nexus/funding/match'
import { root } from '@nexus/funding/root'
import { type Round, roundGatherer, type Tally } from '@nexus/funding/round'
import type { MatchSettings } from '@nexus/funding/variant'
import { variants } from '@nexus/funding/variants'
import { expect } from 'chai'
import fc from 'fast-check'
import { plainAmounts, plainRoot } from './reference.ts'

const NAMES = ['linear', 'capital-constrained', 'clr-fund', 'proportional']
const E18 = 10n ** 18n

const roundOf = (tallies: readonly Tally[]): Round => ({ tallies, contributions: null })
const amountsOf = (variant: string, tallies: readonly Tally[], settings: MatchSettings): bigint[] =>
  matchRound(variant, roundOf(tallies), settings).projects.map(({ matched }) => matched)

/** Small numbers make ties and dust, large ones carry. */
const amount = fc.oneof(
  fc.bigInt(0n, 30n),
  fc.bigInt(0n, 10n ** 6n),
  fc.bigInt(0n, 10n ** 20n),
  fc.bigInt(0n, 10n ** 32n),
)
/** As contributions make them: S² may be below C by rounding, and by no more. */
const gifts = fc.array(fc.array(amount, { maxLength: 6 }), { maxLength: 9 })
const talliesOf = (projects: readonly (readonly bigint[])[]): Tally[] =>
  projects.map((given, i) => ({
    project: `p${i}`,
    sqrtSum: given.reduce((sum, c) => sum + plainRoot(c), 0n),
    contributed: given.reduce((sum, c) => sum + c, 0n),
  }))
/** As nobody could make them, which a file may hold all the same. */
const anyTallies = fc.array(fc.tuple(fc.oneof(fc.bigInt(0n, 12n), fc.bigInt(0n, 10n ** 16n)), amount), { maxLength: 9 })
const cap = fc.option(
  fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 5, 1000, 2000, 2500, 5000, 10_000)),
)

const matchable = fc.record({
  tallies: fc.oneof<fc.Arbitrary<Tally[]>[]>(
    gifts.map(talliesOf),
    anyTallies.map(rows => rows.map(([sqrtSum, contributed], i) => ({ project: `p${i}`, sqrtSum, contributed }))),
  ),
  budget: amount,
  capBps: cap,
  creditFactor: fc.constantFrom(1n, 1n, 7n, 10n ** 13n),
  above: fc.boolean(), // whether the budget is raised over the contributions, so that clr-fund is defined more often
})

describe('matching', () => {
  for (const variant of NAMES)
    it(`${variant} is what fractions give, frozen all at once (INV-QF-3)`, () => {
      fc.assert(
        fc.property(matchable, ({ tallies, budget: some, capBps, creditFactor, above }) => {
          const given = tallies.reduce((sum, { contributed }) => sum + contributed, 0n)
          const budget = above ? some + creditFactor * given : some
          const plain = plainAmounts(variant, tallies, { budget, capBps, creditFactor })
          const match = () => amountsOf(variant, tallies, { budget, capBps, params: { creditFactor } })
          if (plain === null) expect(match).to.throw()
          else expect(match()).to.deep.equal(plain)
        }),
        { numRuns: 1500 },
      )
    })

  it('never matches more than the budget, and all of it is matched or left over (INV-QF-1, INV-QF-2)', () => {
    fc.assert(
      fc.property(matchable, fc.constantFrom(...NAMES), ({ tallies, budget: some, capBps, creditFactor }, variant) => {
        const given = tallies.reduce((sum, { contributed }) => sum + contributed, 0n)
        const budget = variant === 'clr-fund' ? some + creditFactor * given : some
        const squares = tallies.reduce((sum, { sqrtSum }) => sum + sqrtSum ** 2n, 0n)
        fc.pre(variant !== 'clr-fund' || squares > given)
        const { matched, leftover, projects } = matchRound(variant, roundOf(tallies), {
          budget,
          capBps,
          params: { creditFactor },
        })
        expect(projects.reduce((sum, project) => sum + project.matched, 0n)).to.equal(matched)
        expect(matched + leftover).to.equal(budget)
        expect(leftover >= 0n && projects.every(project => project.matched >= 0n)).to.equal(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('leaves nobody over the cap, and takes nothing of what was given (INV-QF-4)', () => {
    fc.assert(
      fc.property(
        matchable,
        fc.constantFrom(...NAMES),
        ({ tallies, budget: some, capBps, creditFactor: g }, variant) => {
          const given = tallies.reduce((sum, { contributed }) => sum + contributed, 0n)
          const budget = variant === 'clr-fund' ? some + g * given : some
          const squares = tallies.reduce((sum, { sqrtSum }) => sum + sqrtSum ** 2n, 0n)
          fc.pre(capBps !== null && (variant !== 'clr-fund' || squares > given))
          const most = (budget * BigInt(capBps ?? 0)) / 10_000n
          amountsOf(variant, tallies, { budget, capBps, params: { creditFactor: g } }).forEach((matched, i) => {
            const own = variant === 'clr-fund' ? g * (tallies[i]?.contributed ?? 0n) : 0n
            expect(matched <= (most > own ? most : own), `${matched} of ${most}`).to.equal(true)
            expect(matched >= own).to.equal(true)
          })
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('is the same in whatever order projects and contributions come (INV-QF-5)', () => {
    const shuffled = fc
      .tuple(
        fc.array(
          fc.record({
            project: fc.constantFrom('a', 'b', 'c', 'd'),
            contributor: fc.constantFrom('v', 'w', 'x', 'y', 'z'),
            amount,
          }),
          { minLength: 1, maxLength: 25 },
        ),
        fc.infiniteStream(fc.nat()),
      )
      .map(([rows, order]) => {
        const others = rows
          .map(row => ({ row, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ row }) => row)
        return { rows, others }
      })
    fc.assert(
      fc.property(
        shuffled,
        amount,
        cap,
        fc.constantFrom('linear', 'capital-constrained', 'proportional'),
        (both, budget, capBps, variant) => {
          const [one, other] = [both.rows, both.others].map(rows => {
            const { add, round } = roundGatherer()
            for (const row of rows) add(row.project, row.contributor, row.amount)
            const { projects, leftover } = matchRound(variant, round(), { budget, capBps })
            return { leftover, projects: projects.sort((a, b) => (a.project < b.project ? -1 : 1)) }
          })
          expect(other).to.deep.equal(one)
        },
      ),
      { numRuns: 1000 },
    )
  })

  /** The order in which a stranger could make a contract freeze projects: one at a time, any that is over. */
  function frozenOneByOne(weights: readonly bigint[], budget: bigint, most: bigint, pick: (over: number[]) => number) {
    const frozen = new Set<number>()
    for (;;) {
      const open = weights.map((_, i) => i).filter(i => !frozen.has(i))
      const weight = open.reduce((sum, i) => sum + (weights[i] ?? 0n), 0n)
      const rest = budget - BigInt(frozen.size) * most
      const amounts = weights.map((w, i) => (frozen.has(i) ? most : weight === 0n ? 0n : (w * rest) / weight))
      const over = open.filter(i => (amounts[i] ?? 0n) > most)
      if (over.length === 0) return amounts
      frozen.add(pick(over))
    }
  }

  it('caps give the same whoever is frozen first, by hand', () => {
    // raw: 600 300 60 30 10 of 1,000; cap 150. The first two are over (600, 300); 700 among 100: 420 and 210 are over;
    // 400 among 10: over too. All are at 150, 250 is left over.
    const weights = [600n, 300n, 60n, 30n, 10n]
    const tallies = weights.map((weight, i) => ({ project: `p${i}`, sqrtSum: 100n, contributed: 10_000n - weight }))
    expect(matchRound('linear', roundOf(tallies), { budget: 1000n, capBps: 1500 })).to.deep.include({
      matched: 750n,
      leftover: 250n,
    })
    // at 40 %: 600 is over; 600 among 400: 450 is over; 200 among 100: 120 60 20
    expect(amountsOf('linear', tallies, { budget: 1000n, capBps: 4000 })).to.deep.equal([400n, 400n, 120n, 60n, 20n])
    for (const pick of [(over: number[]) => over[0] ?? 0, (over: number[]) => over.at(-1) ?? 0])
      expect(frozenOneByOne(weights, 1000n, 400n, pick)).to.deep.equal([400n, 400n, 120n, 60n, 20n])
  })

  it('caps give the same whoever is frozen first, one by one in any order (INV-QF-5)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: 1, maxLength: 12 }),
        fc.bigInt(0n, 10n ** 12n),
        fc.integer({ min: 1, max: 10_000 }),
        fc.infiniteStream(fc.nat()),
        (weights, budget, capBps, luck) => {
          const tallies = weights.map((sqrtSum, i) => ({ project: `p${i}`, sqrtSum, contributed: 0n }))
          const most = (budget * BigInt(capBps)) / 10_000n
          const anyOf = (over: number[]) => over[(luck.next().value ?? 0) % over.length] ?? 0
          expect(amountsOf('proportional', tallies, { budget, capBps })).to.deep.equal(
            frozenOneByOne(weights, budget, most, anyOf),
          )
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('is not raised by giving one gift in parts under one name (INV-QF-6)', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), amount, (parts, other) => {
        const gathered = (amounts: bigint[]) => {
          const { add, round } = roundGatherer()
          for (const part of amounts) add('own', 'attacker', part)
          add('own', 'somebody', other)
          return round().tallies
        }
        expect(gathered(parts)).to.deep.equal(gathered([parts.reduce((sum, part) => sum + part, 0n)]))
      }),
    )
  })

  it('tells its parameters and needs by variant, so that none is silently without effect', () => {
    expect(Object.keys(variants)).to.include.members(NAMES)
    for (const name of NAMES) expect(variants[name]?.needs).to.equal('tallies')
    expect(Object.keys(variants['clr-fund']?.params ?? {})).to.deep.equal(['creditFactor'])
  })
})

describe('the square root', () => {
  it('is exact where doubles would round up, and for numbers of any size', () => {
    const near = (n: bigint) => [n * n - 1n, n * n, n * n + 1n]
    const edges = [
      2n ** 26n,
      2n ** 26n + 1n,
      94_906_265n,
      94_906_266n,
      2n ** 32n,
      2n ** 53n,
      E18,
      10n ** 50n,
      2n ** 600n,
    ]
    for (const x of edges.flatMap(near)) expect(root(x), `${x}`).to.equal(plainRoot(x))
    for (let x = 0n; x < 3000n; x++) expect(root(x)).to.equal(plainRoot(x))
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 560n), fc.nat(560), (x, shift) => {
        const small = x >> BigInt(shift)
        const r = root(small)
        expect(r * r <= small && (r + 1n) ** 2n > small).to.equal(true)
      }),
      { numRuns: 2000 },
    )
  })
})
