import { readFile } from 'node:fs/promises'
import {
  decodeFormula,
  encodeFormula,
  formula,
  formulaId,
  type Knot,
  paidAssetsOf,
  payoutAt,
} from '@nexus/terms/formula'
import { mostPayoutWad } from '@nexus/terms/most'
import { expect } from 'chai'

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
    segment: string
    knots: [number, number]
    payoutWad: string
    paidAssets: string
  }[]
  refused: { name: string; header: string; words: string[] }[]
}
const file = new URL('../../../standards/vectors/payout-formula.json', import.meta.url)
const vectors: Vectors = JSON.parse(await readFile(file, 'utf8'))
const bigints = (knot: Record<keyof Knot, string>): Knot => ({
  x: BigInt(knot.x),
  below: BigInt(knot.below),
  at: BigInt(knot.at),
  above: BigInt(knot.above),
})
const hex = (word: bigint) => `0x${word.toString(16).padStart(64, '0')}`

describe('the vectors of the payout formula', () => {
  it('have the words, names and worst cases that are found here', () => {
    for (const [name, vector] of Object.entries(vectors.formulas)) {
      const f = formula(vector.rounding, vector.xDecimals, vector.knots.map(bigints))
      const { header, words } = encodeFormula(f)
      expect({ header: hex(header), words: words.map(hex) }, name).to.deep.equal({
        header: vector.header,
        words: vector.words,
      })
      expect(formulaId(f), name).to.equal(vector.formulaId)
      expect(`${mostPayoutWad(f)}`, name).to.equal(vector.mostWad)
      expect(decodeFormula({ header, words }), name).to.deep.equal(f)
    }
  })

  it('pay what is paid here, by the same knots', () => {
    expect(vectors.cases).not.to.have.length(0)
    for (const { formula: name, coverAssets, x, paidAssets, payoutWad, ...where } of vectors.cases) {
      const vector = vectors.formulas[name]
      if (!vector) throw new Error(`there is no formula "${name}"`)
      const f = formula(vector.rounding, vector.xDecimals, vector.knots.map(bigints))
      const reading = payoutAt(f, BigInt(x))
      expect(reading, `${name} at ${x}`).to.deep.equal({ ...where, payoutWad: BigInt(payoutWad) })
      expect(`${paidAssetsOf(BigInt(coverAssets), reading.payoutWad, f.rounding)}`, `${name} at ${x}`).to.equal(
        paidAssets,
      )
    }
  })

  it('are refused where they are no formula', () => {
    for (const { name, header, words } of vectors.refused)
      expect(() => decodeFormula({ header: BigInt(header), words: words.map(BigInt) }), name)
        .to.throw()
        .with.property('code', 'bad-formula')
  })
})
