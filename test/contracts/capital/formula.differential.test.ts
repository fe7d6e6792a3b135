import {
  decodeFormula,
  encodeFormula,
  formula,
  formulaId,
  type Knot,
  paidAssetsOf,
  payoutAt,
} from '@nexus/terms/formula'
import { mostAssets } from '@nexus/terms/most'
import { expect } from 'chai'
import fc from 'fast-check'
import { network } from 'hardhat'
import type { FormulaHarness } from '../../../types/ethers-contracts/index.js'
import { plainPaidAssets, plainPayoutWad } from '../../services/terms/reference.ts'

const FORMULAS = 10_000
const PER_CALL = 25
const WAD = 10n ** 18n
const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n

const fraction = fc.oneof(fc.constantFrom(0n, 1n, WAD / 3n, WAD - 1n, WAD), fc.bigInt(0n, WAD))
const coordinate = fc.oneof(
  fc.constantFrom(INT64_MIN, INT64_MIN + 1n, -1n, 0n, 1n, INT64_MAX - 1n, INT64_MAX),
  fc.bigInt(-40n, 40n),
  fc.bigInt(-100_000n, 100_000n),
  fc.bigInt(INT64_MIN, INT64_MAX),
)
const sample = fc.record({
  knots: fc
    .uniqueArray(fc.record({ x: coordinate, below: fraction, at: fraction, above: fraction }), {
      minLength: 1,
      maxLength: 16,
      selector: knot => knot.x,
    })
    .map(list => list.sort((a, b) => (a.x < b.x ? -1 : 1))),
  rounding: fc.constantFrom('down' as const, 'up' as const),
  xDecimals: fc.integer({ min: 0, max: 9 }),
  anywhere: fc.array(coordinate, { minLength: 2, maxLength: 2 }),
  coverAssets: fc.oneof(fc.constantFrom(1n, 2n ** 96n - 1n), fc.bigInt(1n, 2n ** 96n - 1n)),
})

const within64 = (x: bigint) => x >= INT64_MIN && x <= INT64_MAX
/** Places that matter for these knots: on one, beside one, in the middle of two; and two anywhere. */
function placesOf(knots: readonly Knot[], anywhere: readonly bigint[], which: number): bigint[] {
  const i = which % knots.length
  const [knot, next] = [knots[i], knots[i + 1] ?? knots[i]]
  if (!knot || !next) return [...anywhere]
  return [knot.x, knot.x - 1n, knot.x + 1n, (knot.x + next.x) / 2n, ...anywhere].filter(within64)
}

describe('The payout formula in Solidity and in TypeScript', function () {
  this.timeout(300_000)
  let harness: FormulaHarness

  before(async () => {
    const { ethers } = await network.create()
    harness = (await ethers.deployContract('FormulaHarness')) as unknown as FormulaHarness
  })

  it(`pay the same for ${FORMULAS.toLocaleString('en')} random formulas, and as exact fractions say`, async () => {
    const seed = 20_180_206
    const samples = fc.sample(sample, { numRuns: FORMULAS, seed })
    let compared = 0
    for (let first = 0; first < samples.length; first += PER_CALL) {
      const cases = samples.slice(first, first + PER_CALL).map((drawn, n) => {
        const f = formula(drawn.rounding, drawn.xDecimals, drawn.knots)
        return { ...drawn, f, xs: placesOf(drawn.knots, drawn.anywhere, first + n), ...encodeFormula(f) }
      })
      const outcomes = await harness.run(
        cases.map(({ header, words, xs, coverAssets }) => ({ header, words, xs, coverAssets })),
      )
      for (const [n, { f, xs, knots, rounding, coverAssets, header, words }] of cases.entries()) {
        const up = rounding === 'up'
        const payoutWads = xs.map(x => payoutAt(f, x).payoutWad)
        const plainWads = xs.map(x => plainPayoutWad(knots, up, x))
        // One text for each: a quarter of a million single comparisons take minutes.
        const said = [
          formulaId(f),
          mostAssets(f, coverAssets),
          payoutWads,
          payoutWads.map(wad => paidAssetsOf(coverAssets, wad, rounding)),
        ]
        const plain = [...said.slice(0, 2), plainWads, plainWads.map(wad => plainPaidAssets(coverAssets, wad, up))]
        const where = `formula ${first + n} of seed ${seed} at ${xs}`
        expect(outcomes[n]?.toArray().join(' '), where).to.equal(said.join(' '))
        expect(plain.join(' '), where).to.equal(said.join(' '))
        expect(encodeFormula(decodeFormula({ header, words })).words.join(), where).to.equal(words.join())
        compared += xs.length
      }
    }
    expect(compared).to.be.greaterThan(5 * FORMULAS - 1)
  })

  it('refuse the same words', async () => {
    const word = fc.oneof(
      fc.bigInt(0n, 2n ** 256n - 1n),
      fc
        .tuple(fc.bigInt(0n, 2n ** 64n - 1n), fraction, fraction, fraction)
        .map(([x, below, at, above]) => (x << 192n) | (below << 128n) | (at << 64n) | above),
    )
    const header = fc.oneof(
      fc.bigInt(0n, 2n ** 256n - 1n),
      fc
        .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 11 }))
        .map(
          ([version, rounding, decimals]) =>
            (BigInt(version) << 248n) | (BigInt(rounding) << 240n) | (BigInt(decimals) << 232n),
        ),
    )
    const samples = fc.sample(fc.record({ header, words: fc.array(word, { maxLength: 18 }) }), {
      numRuns: 1_000,
      seed: 1,
    })
    const known = { header: 1n << 248n, words: [WAD] }
    const outcomes = { taken: 0, refused: 0 }
    for (const { header, words } of [...samples, known]) {
      const ours = (() => {
        try {
          decodeFormula({ header, words })
          return true
        } catch {
          return false
        }
      })()
      const theirs = await harness.validate(header, words).then(
        () => true,
        () => false,
      )
      expect(theirs, `${header} ${words}`).to.equal(ours)
      outcomes[ours ? 'taken' : 'refused']++
    }
    expect(outcomes.taken).to.be.greaterThan(0)
    expect(outcomes.refused).to.be.greaterThan(0)
  })
})
