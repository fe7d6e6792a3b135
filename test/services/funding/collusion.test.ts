import { bestSplit, collusionReport, ladder, withGifts, withMembersAsOne } from '@nexus/funding/collusion'
import { matchRound } from '@nexus/funding/match'
import { type Round, roundGatherer } from '@nexus/funding/round'
import { variants } from '@nexus/funding/variants'
import { expect } from 'chai'
import fc from 'fast-check'
import { plainRoot } from './reference.ts'

const NAMES = ['linear', 'capital-constrained', 'clr-fund', 'proportional']
const sum = (numbers: readonly bigint[]) => numbers.reduce((all, n) => all + n, 0n)
const rootSum = (gifts: readonly bigint[]) => sum(gifts.map(plainRoot))

type Gift = [project: string, contributor: string, amount: bigint]
function roundOf(gifts: readonly Gift[]): Round {
  const { add, round } = roundGatherer()
  for (const gift of gifts) add(...gift)
  return round()
}

/** Two honest projects, five people. */
const honest: Gift[] = [
  ['a', 'v', 100n],
  ['a', 'w', 400n],
  ['a', 'x', 25n],
  ['b', 'x', 81n],
  ['b', 'y', 9n],
  ['b', 'z', 1n],
]
const round = roundOf(honest)

/** Every way to give at most `capital` by `k` identities, unordered. */
function* splits(capital: number, k: number, most = capital): Generator<bigint[]> {
  if (k === 0) return yield []
  for (let first = Math.min(capital, most); first >= 0; first--)
    for (const others of splits(capital - first, k - 1, first)) yield [BigInt(first), ...others]
}

const report = (settings: { budget: bigint; capBps?: number }, capital: bigint, identities: number, of = round) =>
  collusionReport({
    round: of,
    settings: { budget: settings.budget, capBps: settings.capBps ?? null },
    variants: NAMES,
    identities,
    capital,
    mostProjects: 10,
  })
const under = (variant: string, from: ReturnType<typeof report>) => {
  const found = from.variants.find(({ variant: name }) => name === variant)
  if (found === undefined) throw new Error(`no ${variant}`)
  return found
}

describe('the best split', () => {
  it('draws as much as the best of all splits, tried one by one', () => {
    for (let k = 1; k <= 4; k++)
      for (let capital = 0; capital <= 26; capital++) {
        const { gifts, sqrtSum, spent } = bestSplit(BigInt(capital), k)
        expect([gifts.length, rootSum(gifts), sum(gifts)]).to.deep.equal([k, sqrtSum, spent])
        expect(spent <= BigInt(capital)).to.equal(true)
        let [roots, raw] = [0n, 0n]
        for (const split of splits(capital, k)) {
          const [s, c] = [rootSum(split), sum(split)]
          if (s > roots) roots = s
          if (s * s - c > raw) raw = s * s - c
        }
        expect([sqrtSum, sqrtSum * sqrtSum - spent], `${capital} among ${k}`).to.deep.equal([roots, raw])
      }
  })

  it('is worth at least as much with every further identity', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 24n), fc.integer({ min: 1, max: 60 }), (capital, k) => {
        const [fewer, more] = [bestSplit(capital, k), bestSplit(capital, k + 1)]
        expect(more.sqrtSum >= fewer.sqrtSum).to.equal(true)
        expect(more.sqrtSum ** 2n - more.spent >= fewer.sqrtSum ** 2n - fewer.spent).to.equal(true)
      }),
    )
  })
})

describe('what identities could have drawn', () => {
  it('is never exceeded by another split among as many, nor by fewer (INV-QF-7)', () => {
    const attack = fc.record({
      variant: fc.constantFrom(...NAMES),
      budget: fc.bigInt(700n, 10n ** 7n),
      capBps: fc.option(fc.integer({ min: 500, max: 10_000 }), { nil: null }),
      gifts: fc.array(fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 5n)), { minLength: 1, maxLength: 8 }),
      project: fc.constantFrom(null, 0, 1),
    })
    fc.assert(
      fc.property(attack, ({ variant: name, budget, capBps, gifts, project }) => {
        const variant = variants[name]
        if (variant === undefined) throw new Error(name)
        const settings = { budget, capBps }
        const drawn = (split: { gifts: bigint[]; sqrtSum: bigint; spent: bigint }) => {
          const back = variant.contained(settings) * split.spent
          const after = variant.amounts(withGifts(round, project, split), { budget: budget + back, capBps })
          return (after[project ?? round.tallies.length] ?? 0n) - back
        }
        const own = { gifts, sqrtSum: rootSum(gifts), spent: sum(gifts) }
        const best = bestSplit(own.spent, gifts.length)
        // a cap of clr-fund is a share of a budget that contains what the attacker gave: compare it where none applies
        fc.pre(name !== 'clr-fund' || capBps === null)
        // one unit: rates of 18 decimals are floored too
        expect(drawn(own) <= drawn({ ...best, gifts: [...best.gifts] }) + 1n).to.equal(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('is nothing for one identity, but under proportional, which pays for a root alone', () => {
    const one = report({ budget: 10_000n }, 900n, 1)
    for (const name of NAMES.filter(name => name !== 'proportional'))
      expect(under(name, one).own, name).to.deep.equal([{ identities: 1, spent: 900n, drawn: 0n }])
    // 30 of 35 + 13 + 30 roots
    expect(under('proportional', one).own[0]?.drawn).to.equal((30n * 10_000n) / 78n)
  })

  it("is Buterin's n·(n − 1)·M where nothing is scaled (https://ethresear.ch/t/5553)", () => {
    const M = 10n ** 6n
    for (const n of [2, 5, 50]) {
      const drawn = under('capital-constrained', report({ budget: 10n ** 15n }, BigInt(n) * M, n)).own.at(-1)
      expect(drawn).to.deep.equal({ identities: n, spent: BigInt(n) * M, drawn: BigInt(n * (n - 1)) * M })
    }
  })

  it('is nearly the whole budget for two who are rich, as that page warns', () => {
    const budget = 10n ** 9n
    const drawn = under('linear', report({ budget }, 10n ** 20n, 2)).own.at(-1)?.drawn ?? 0n
    expect(drawn > (budget * 999_999n) / 1_000_000n && drawn <= budget).to.equal(true)
  })

  it('is at most the cap, where there is one', () => {
    const capped = report({ budget: 1_000_000n, capBps: 1_000 }, 10n ** 12n, 50)
    for (const name of ['linear', 'capital-constrained', 'proportional'])
      expect(under(name, capped).own.at(-1)?.drawn, name).to.equal(100_000n)
  })

  it('is told as refused where a variant is not defined, and the others are told', () => {
    const low = report({ budget: 100n }, 100n, 2) // below the contributions
    expect(under('clr-fund', low)).to.deep.include({ own: [], projects: [] })
    expect(under('clr-fund', low).refused).to.include('less than the contributions')
    expect(under('linear', low).own).to.have.length(2)
  })

  it('is told for 1, 2, 5, 10, … identities', () => {
    expect([1, 2, 3, 10, 12, 100].map(ladder)).to.deep.equal([
      [1],
      [1, 2],
      [1, 2, 3],
      [1, 2, 5, 10],
      [1, 2, 5, 10, 12],
      [1, 2, 5, 10, 20, 50, 100],
    ])
  })
})

describe('what members of a project owe to being many', () => {
  it('is the match that falls away were the largest of them one person, by hand', () => {
    const alone = withMembersAsOne(round, 0, 2) // 100 and 400 of a: 10 + 20 + 5 roots become 22 + 5
    expect(alone?.tallies).to.deep.equal([
      { project: 'a', sqrtSum: 27n, contributed: 525n },
      { project: 'b', sqrtSum: 13n, contributed: 91n },
    ])
    expect(alone?.contributions?.contributors[1]).to.equal('w') // the largest stays
    const { projects } = under('capital-constrained', report({ budget: 10n ** 6n }, 0n, 2))
    expect(projects.map(({ project, matched, members }) => [project, matched, members])).to.deep.equal([
      ['a', 35n ** 2n - 525n, 35n ** 2n - 27n ** 2n],
      ['b', 13n ** 2n - 91n, 13n ** 2n - 10n ** 2n], // 81 and 9: √90 = 9
    ])
  })

  it('is largest for the largest members: no other choice of as many loses more, but for a root rounded down', () => {
    const gifts = fc.array(fc.bigInt(0n, 10n ** 6n), { minLength: 2, maxLength: 7 })
    fc.assert(
      fc.property(gifts, fc.nat(), (given, luck) => {
        const k = 1 + (luck % given.length)
        const own = roundOf(given.map((amount, i): Gift => ['p', `c${i}`, amount]))
        const lost = (members: readonly bigint[]) => rootSum(members) - plainRoot(sum(members))
        const largestFirst = [...given].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
        const top = (own.tallies[0]?.sqrtSum ?? 0n) - (withMembersAsOne(own, 0, k)?.tallies[0]?.sqrtSum ?? 0n)
        expect(top).to.equal(lost(largestFirst.slice(0, k)))
        for (let chosen = 0; chosen < 2 ** given.length; chosen++) {
          const members = given.filter((_, i) => (chosen >> i) & 1)
          if (members.length === k) expect(lost(members) <= top + BigInt(k)).to.equal(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is what the contributions were paid beside, where all are one: clr-fund has nothing left to match', () => {
    const lone = roundOf([
      ['p', 'x', 9n],
      ['p', 'y', 9n],
    ])
    const [project] = under('clr-fund', report({ budget: 1000n }, 0n, 2, lone)).projects
    expect(project).to.deep.include({ matched: 999n, members: 981n })
  })

  it('is not known where only tallies are', () => {
    const tallies = { tallies: round.tallies, contributions: null }
    expect(withMembersAsOne(tallies, 0, 2)).to.equal(null)
    for (const { projects } of report({ budget: 10_000n }, 100n, 2, tallies).variants)
      expect(projects.map(({ members }) => members)).to.deep.equal([null, null])
  })
})

describe('new identities that join a project', () => {
  it('add what a round with their gifts shows, and need not have been there', () => {
    const split = bestSplit(1_000n, 3)
    const joined = roundOf([...honest, ...split.gifts.map((gift, i): Gift => ['b', `new ${i}`, gift])])
    const settings = { budget: 5_000n, capBps: null }
    const gain =
      (matchRound('linear', joined, settings).projects[1]?.matched ?? 0n) -
      (matchRound('linear', round, settings).projects[1]?.matched ?? 0n)
    const { projects } = under('linear', report({ budget: 5_000n }, 1_000n, 3))
    expect(projects.find(({ project }) => project === 'b')?.joined).to.equal(gain)
    expect(withGifts(round, 1, split)).to.deep.include({ tallies: joined.tallies })
  })

  it('leave the round they were tried in as it was', () => {
    const before = structuredClone(round)
    report({ budget: 5_000n }, 1_000n, 50)
    expect(round).to.deep.equal(before)
  })
})
