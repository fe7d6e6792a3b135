import { decodeFormula } from '@nexus/terms/formula'
import { expect } from 'chai'
import fc from 'fast-check'
import type { PayoutFormulaHarness } from '../../../types/ethers-contracts/index.ts'
import { ethers } from './world.ts'

const WAD = 10n ** 18n
const fraction = fc.oneof(fc.constantFrom(0n, 1n, WAD), fc.bigInt(0n, WAD))

describe('What is a payout formula, in Solidity and in TypeScript', () => {
  let harness: PayoutFormulaHarness
  before(async () => {
    harness = await ethers.deployContract('PayoutFormulaHarness')
  })

  it('is the same for a thousand random words and headers, most of them refused', async () => {
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
