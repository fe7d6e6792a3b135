import {
  decodeFormula,
  decodeHeader,
  decodeKnot,
  encodeFormula,
  encodeHeader,
  encodeKnot,
  formula,
  formulaId,
  type Knot,
  paidAssetsOf,
  payoutAt,
  WAD,
} from '@nexus/terms/formula'
import { mostAssets, mostPayoutWad } from '@nexus/terms/most'
import { expect } from 'chai'
import { AbiCoder, keccak256, solidityPacked } from 'ethers'
import fc from 'fast-check'
import { plainPaidAssets, plainPayoutWad } from './reference.ts'

const INT64_MIN = -(2n ** 63n)
const INT64_MAX = 2n ** 63n - 1n
const step = (x: bigint): Knot => ({ x, below: 0n, at: WAD, above: WAD })
const ramp: [Knot, Knot] = [
  { x: 0n, below: WAD, at: WAD, above: WAD },
  { x: 600n, below: 0n, at: 0n, above: 0n },
]

const fraction = fc.oneof(fc.constantFrom(0n, 1n, WAD / 3n, WAD - 1n, WAD), fc.bigInt(0n, WAD))
const coordinate = fc.oneof(
  fc.constantFrom(INT64_MIN, INT64_MIN + 1n, -1n, 0n, 1n, INT64_MAX - 1n, INT64_MAX),
  fc.bigInt(-50n, 50n),
  fc.bigInt(INT64_MIN, INT64_MAX),
)
const knots = fc
  .uniqueArray(fc.record({ x: coordinate, below: fraction, at: fraction, above: fraction }), {
    minLength: 1,
    maxLength: 16,
    selector: knot => knot.x,
  })
  .map(list => list.sort((a, b) => (a.x < b.x ? -1 : 1)))
const rounding = fc.constantFrom('down' as const, 'up' as const)

describe('the payout formula', () => {
  it('pays by the definition, as exact fractions say, for any formula and index', () => {
    fc.assert(
      fc.property(knots, rounding, coordinate, fc.bigInt(0n, 2n ** 96n), (list, way, x, cover) => {
        const { payoutWad } = payoutAt(formula(way, 2, list), x)
        expect(payoutWad).to.equal(plainPayoutWad(list, way === 'up', x))
        expect(paidAssetsOf(cover, payoutWad, way)).to.equal(plainPaidAssets(cover, payoutWad, way === 'up'))
      }),
      { numRuns: 5_000 },
    )
  })

  it('says which knots decided', () => {
    const f = formula('down', 1, ramp)
    expect(payoutAt(f, -1n)).to.deep.equal({ segment: 'below-first', knots: [0, 0], payoutWad: WAD })
    expect(payoutAt(f, 0n)).to.deep.equal({ segment: 'at', knots: [0, 0], payoutWad: WAD })
    expect(payoutAt(f, 174n)).to.deep.equal({ segment: 'between', knots: [0, 1], payoutWad: 710_000_000_000_000_000n })
    expect(payoutAt(f, 600n)).to.deep.equal({ segment: 'at', knots: [1, 1], payoutWad: 0n })
    expect(payoutAt(f, 601n)).to.deep.equal({ segment: 'above-last', knots: [1, 1], payoutWad: 0n })
  })

  it('answers for the exact boundary by its own value, neither the one below nor above', () => {
    const f = formula('down', 2, [{ x: 932n, below: 1n, at: 2n, above: 3n }])
    expect([931n, 932n, 933n].map(x => payoutAt(f, x).payoutWad)).to.deep.equal([1n, 2n, 3n])
  })

  it('rounds both divisions down, or both up', () => {
    const list = [
      { x: 0n, below: 0n, at: 0n, above: 0n },
      { x: 3n, below: 1n, at: 1n, above: 1n },
    ]
    expect(payoutAt(formula('down', 0, list), 1n).payoutWad).to.equal(0n)
    expect(payoutAt(formula('up', 0, list), 1n).payoutWad).to.equal(1n)
    expect(paidAssetsOf(1n, 1n, 'down')).to.equal(0n)
    expect(paidAssetsOf(1n, 1n, 'up')).to.equal(1n)
    expect(paidAssetsOf(7n, WAD, 'up')).to.equal(7n)
  })

  it('spans the whole range of 64 bits without wrapping', () => {
    const f = formula('down', 0, [
      { x: INT64_MIN, below: 0n, at: 0n, above: 0n },
      { x: INT64_MAX, below: WAD, at: WAD, above: WAD },
    ])
    expect(payoutAt(f, 0n).payoutWad).to.equal((2n ** 63n * WAD) / (2n ** 64n - 1n))
  })
})

describe('the most a formula can pay', () => {
  it('is never exceeded at any index, after both roundings', () => {
    fc.assert(
      fc.property(knots, rounding, coordinate, fc.bigInt(0n, 2n ** 96n), (list, way, x, cover) => {
        const f = formula(way, 2, list)
        const most = mostAssets(f, cover)
        expect(paidAssetsOf(cover, payoutAt(f, x).payoutWad, way) <= most).to.equal(true)
        expect(most <= cover).to.equal(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is the highest of all knots, wherever it stands, rounded as the formula rounds', () => {
    const list = [
      { x: 0n, below: 0n, at: 0n, above: WAD / 2n },
      { x: 9n, below: 0n, at: 1n, above: 0n },
    ]
    expect(mostPayoutWad({ knots: [list[0] as Knot, list[1] as Knot] })).to.equal(WAD / 2n)
    expect(mostAssets(formula('down', 0, list), 3n)).to.equal(1n)
    expect(mostAssets(formula('up', 0, list), 3n)).to.equal(2n)
  })
})

describe('the words of a formula', () => {
  it('are laid out as Solidity packs them', () => {
    const knot = { x: -640n, below: 1n, at: 2n, above: WAD }
    const packed = solidityPacked(['int64', 'uint64', 'uint64', 'uint64'], [-640n, 1n, 2n, WAD])
    expect(encodeKnot(knot)).to.equal(BigInt(packed))
    expect(encodeHeader({ rounding: 'up', xDecimals: 9 })).to.equal(
      BigInt(solidityPacked(['uint8', 'uint8', 'uint8', 'bytes29'], [1, 1, 9, new Uint8Array(29)])),
    )
  })

  it('come back as they went', () => {
    fc.assert(
      fc.property(knots, rounding, fc.integer({ min: 0, max: 9 }), (list, way, decimals) => {
        const f = formula(way, decimals, list)
        expect(decodeFormula(encodeFormula(f))).to.deep.equal(f)
      }),
    )
    expect(decodeKnot(encodeKnot(step(INT64_MIN)))).to.deep.equal(step(INT64_MIN))
  })

  it('are named by the keccak256 of header and words', () => {
    const f = formula('down', 2, [step(640n)])
    const { header, words } = encodeFormula(f)
    const packed = solidityPacked(['uint256', 'uint256[]'], [header, words])
    expect(formulaId(f)).to.equal(keccak256(packed))
    expect(AbiCoder.defaultAbiCoder().encode(['uint256', 'uint256'], [header, words[0]])).to.equal(packed)
  })

  it('refuse what is no formula, each with the place', () => {
    const refused = (run: () => unknown) => expect(run).to.throw().with.property('code', 'bad-formula')
    refused(() => formula('down', 2, []))
    refused(() =>
      formula(
        'down',
        2,
        Array.from({ length: 17 }, (_, i) => step(BigInt(i))),
      ),
    )
    refused(() => formula('down', 2, [step(2n), step(2n)]))
    refused(() => formula('down', 2, [step(3n), step(2n)]))
    refused(() => formula('down', 2, [step(INT64_MAX + 1n)]))
    refused(() => formula('down', 10, [step(1n)]))
    refused(() => formula('down', 2, [{ ...step(1n), above: WAD + 1n }]))
    refused(() => formula('down', 2, [{ ...step(1n), below: -1n }]))
    const header = encodeHeader({ rounding: 'down', xDecimals: 2 })
    refused(() => decodeHeader(header | 1n))
    refused(() => decodeHeader(header | (2n << 240n)))
    refused(() => decodeHeader(header | (2n << 248n)))
    refused(() => decodeHeader(0n))
  })
})
