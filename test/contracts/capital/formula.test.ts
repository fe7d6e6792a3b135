import { readFileSync } from 'node:fs'
import { encodeFormula, formula, formulaId, type Knot, paidAssetsOf, payoutAt } from '@nexus/terms/formula'
import { mostPayoutWad } from '@nexus/terms/most'
import { expect } from 'chai'
import type { PayoutFormulaHarness } from '../../../types/ethers-contracts/index.ts'
import { ethers, header, ONE, word } from './world.ts'

interface Vectors {
  formulas: Record<
    string,
    {
      rounding: 'down' | 'up'
      xDecimals: number
      knots: Record<keyof Knot, string>[]
      header: string
      words: string[]
      formulaId: string
      mostWad: string
    }
  >
  cases: {
    formula: string
    coverAssets: string
    x: string
    payoutWad: string
    paidAssets: string
  }[]
  refused: { name: string; header: string; words: string[] }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../../../standards/vectors/payout-formula.json', import.meta.url), 'utf8'),
) as Vectors

interface Answer {
  formulaId: string
  mostWad: bigint
  payoutsWad: bigint[]
  paidAssets: bigint[]
}

const pack = (values: readonly (bigint | string)[]) =>
  `0x${values.map(v => BigInt.asUintN(256, BigInt(v)).toString(16).padStart(64, '0')).join('')}`
const unpack = (packed: string) => (packed.slice(2).match(/.{64}/g) ?? []).map(hex => BigInt(`0x${hex}`))

/** What the contract's library says of many formulas at once. */
async function ask(
  harness: PayoutFormulaHarness,
  questions: { header: bigint; words: bigint[]; coverAssets: bigint; xs: bigint[] }[],
): Promise<Answer[]> {
  const answers = await harness.ask(questions.map(q => ({ ...q, words: pack(q.words), xs: pack(q.xs) })))
  return answers.map(a => ({
    formulaId: a.formulaId,
    mostWad: a.mostWad,
    payoutsWad: unpack(a.payoutsWad),
    paidAssets: unpack(a.paidAssets),
  }))
}

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

describe('Payout formula', () => {
  let harness: PayoutFormulaHarness
  before(async () => {
    harness = await ethers.deployContract('PayoutFormulaHarness')
  })

  it('reproduces every vector', async () => {
    expect(vectors.cases.length).to.be.at.least(60)
    const questions = vectors.cases.map(({ formula: name, coverAssets, x }) => {
      const f = vectors.formulas[name]
      if (!f) throw new Error(`no formula ${name}`)
      return {
        header: BigInt(f.header),
        words: f.words.map(BigInt),
        coverAssets: BigInt(coverAssets),
        xs: [BigInt(x)],
      }
    })
    const answers = await ask(harness, questions)
    for (const [i, { formula: name, x, payoutWad, paidAssets }] of vectors.cases.entries()) {
      const answer = answers[i]
      const at = `${name} at ${x}`
      expect(answer?.payoutsWad[0], at).to.equal(BigInt(payoutWad))
      expect(answer?.paidAssets[0], at).to.equal(BigInt(paidAssets))
      expect(answer?.formulaId, at).to.equal(vectors.formulas[name]?.formulaId)
      expect(answer?.mostWad, at).to.equal(BigInt(vectors.formulas[name]?.mostWad ?? -1))
    }
  })

  it('packs each vector’s knots into its words', () => {
    for (const [name, { rounding, xDecimals, knots, header: head, words }] of Object.entries(vectors.formulas)) {
      expect(header(rounding, xDecimals), name).to.equal(BigInt(head))
      const packed = knots.map(k => word(BigInt(k.x), BigInt(k.below), BigInt(k.at), BigInt(k.above)))
      expect(packed, name).to.deep.equal(words.map(BigInt))
    }
  })

  it('refuses what is no formula, saying what is wrong', async () => {
    const head = header()
    const cases: [name: string, error: string, args: unknown[]][] = [
      ['no knots', 'Formula_KnotCount', [0]],
      ['seventeen knots', 'Formula_KnotCount', [17]],
      ['knots that do not ascend', 'Formula_KnotsNotAscending', [1, 1, 2]],
      ['the same knot twice', 'Formula_KnotsNotAscending', [1, 1, 1]],
      ['negative after positive, ascending only without the sign', 'Formula_KnotsNotAscending', [1, -1, 1]],
      ['more than one below', 'Formula_FractionAboveOne', [0, ONE + 1n]],
      ['more than one at', 'Formula_FractionAboveOne', [0, ONE + 1n]],
      ['more than one above', 'Formula_FractionAboveOne', [0, 2n ** 64n - 1n]],
      ['version 0', 'Formula_BadHeader', [0]],
      ['version 2', 'Formula_BadHeader', [2n << 248n]],
      ['a third rounding', 'Formula_BadHeader', [(1n << 248n) | (2n << 240n)]],
      ['ten decimals', 'Formula_BadHeader', [(1n << 248n) | (10n << 232n)]],
      ['a stray bit in the header', 'Formula_BadHeader', [(1n << 248n) | 1n]],
    ]
    expect(cases.map(([name]) => name)).to.deep.equal(vectors.refused.map(({ name }) => name))
    for (const [i, [name, error, args]] of cases.entries()) {
      const { header: refusedHeader, words } = vectors.refused[i] ?? { header: head, words: [] }
      await expect(harness.validate(refusedHeader, words), name)
        .to.be.revertedWithCustomError(harness, error)
        .withArgs(...args)
    }
  })

  it('agrees with the TypeScript implementation on 10,000 random formulas', async () => {
    const random = generator(0x5eedn)
    const FORMULAS = 10_000
    const BATCH = 250
    let between = 0
    for (let done = 0; done < FORMULAS; done += BATCH) {
      const questions = Array.from({ length: BATCH }, () => {
        const f = randomFormula(random)
        return {
          f,
          coverAssets: random.below(2n ** BigInt(1 + Number(random.below(96n)))),
          xs: randomXs(random, f.knots),
        }
      })
      const answers = await ask(
        harness,
        questions.map(({ f, coverAssets, xs }) => ({ ...encodeFormula(f), coverAssets, xs })),
      )
      for (const [i, { f, coverAssets, xs }] of questions.entries()) {
        const answer = answers[i]
        if (answer?.formulaId !== formulaId(f) || answer.mostWad !== mostPayoutWad(f))
          expect.fail(`id or most of ${show(f)}`)
        for (const [j, x] of xs.entries()) {
          const reading = payoutAt(f, x)
          if (reading.segment === 'between') between++
          const paid = paidAssetsOf(coverAssets, reading.payoutWad, f.rounding)
          if (answer.payoutsWad[j] !== reading.payoutWad || answer.paidAssets[j] !== paid)
            expect.fail(`${show(f)} at ${x}: ${answer.payoutsWad[j]} on chain, ${reading.payoutWad} off it`)
        }
      }
    }
    expect(between, 'readings between knots').to.be.above(FORMULAS)
  })
})

const show = (value: unknown) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v))

/** A small generator, so that a failure can be run again. (SplitMix64: Steele, Lea, Flood 2014.) */
function generator(seed: bigint) {
  const U64 = (1n << 64n) - 1n
  let state = seed
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & U64
    let z = state
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & U64
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & U64
    return z ^ (z >> 31n)
  }
  const below = (limit: bigint) => ((next() << 64n) | next()) % limit
  return { below }
}
type Random = ReturnType<typeof generator>

/** Knots near each other, or anywhere in 64 bits. */
function randomFormula(random: Random) {
  const width = [5n, 1000n, 10n ** 12n, 2n ** 63n][Number(random.below(4n))] ?? 1n
  const xs = new Set<bigint>()
  const wanted = 1n + random.below(16n)
  for (let i = 0n; i < wanted; i++) xs.add(random.below(2n * width) - width)
  const fraction = () => [0n, ONE, random.below(ONE + 1n), random.below(100n)][Number(random.below(4n))] ?? 0n
  const knots = [...xs]
    .sort((a, b) => (a < b ? -1 : 1))
    .map(x => ({ x, below: fraction(), at: fraction(), above: fraction() }))
  return formula(random.below(2n) === 0n ? 'down' : 'up', Number(random.below(10n)), knots)
}

/** A knot, its neighbours, a place between two knots, and anywhere. */
function randomXs(random: Random, knots: readonly Readonly<Knot>[]): bigint[] {
  const pick = () => knots[Number(random.below(BigInt(knots.length)))]?.x ?? 0n
  const [a, b] = [pick(), pick()]
  const [low, high] = a < b ? [a, b] : [b, a]
  const inside = low + random.below(high - low + 1n)
  return [a, a - 1n, b + 1n, inside, random.below(2n ** 64n) - 2n ** 63n].map(x =>
    x < INT64_MIN ? INT64_MIN : x > INT64_MAX ? INT64_MAX : x,
  )
}
