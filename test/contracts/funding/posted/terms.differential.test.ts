import { groupsTerm, shareTerm } from '@nexus/funding/posted/cluster'
import { pairTerm } from '@nexus/funding/posted/pairwise'
import { matchedOf } from '@nexus/funding/posted/scale'
import { root as isqrt } from '@nexus/funding/root'
import { expect } from 'chai'
import fc from 'fast-check'
import type { MatchTermsHarness } from '../../../../types/ethers-contracts/index.ts'
import { ethers, networkHelpers } from './world.ts'

const RUNS = { numRuns: 120, seed: 20_261_128 }

async function harness() {
  return (await ethers.deployContract('MatchTermsHarness')) as unknown as MatchTermsHarness
}

describe('The terms of posted matching, Solidity beside TypeScript', () => {
  const amount = fc.oneof(
    fc.bigInt(0n, 2n ** 127n - 1n),
    fc.bigInt(0n, 10n ** 9n),
    fc.constantFrom(0n, 1n, 2n ** 127n - 1n),
  )

  it('pairs', async () => {
    const h = await networkHelpers.loadFixture(harness)
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(1n, 2n ** 128n - 1n),
        amount,
        amount,
        fc.bigInt(0n, 2n ** 160n),
        async (m, a, b, x) => {
          expect(await h.pair(m, a, b, x)).to.equal(pairTerm(m, isqrt(a), isqrt(b), x))
          expect(await h.overlap(a, b)).to.equal(isqrt(a) * isqrt(b))
        },
      ),
      RUNS,
    )
  })

  it('groups and shares', async () => {
    const h = await networkHelpers.loadFixture(harness)
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(1n, 2n ** 127n - 1n),
        amount,
        amount,
        fc.boolean(),
        fc.integer({ min: 1, max: 5000 }),
        async (u, a, b, linked, t) => {
          expect(await h.groups(a, b)).to.equal(groupsTerm(a, b))
          expect(await h.share(u, a, linked, t)).to.equal(shareTerm(u, a, linked, t))
        },
      ),
      RUNS,
    )
  })

  it('what is paid', async () => {
    const h = await networkHelpers.loadFixture(harness)
    const big = fc.oneof(fc.bigInt(0n, 2n ** 200n), fc.bigInt(0n, 1000n))
    await fc.assert(
      fc.asyncProperty(
        big,
        big,
        fc.bigInt(0n, 2n ** 96n),
        fc.bigInt(0n, 2n ** 96n),
        async (raw, others, budgetAssets, capAssets) => {
          expect(await h.matched(raw, raw + others, budgetAssets, capAssets)).to.equal(
            matchedOf(raw, raw + others, { budgetAssets, capAssets }),
          )
        },
      ),
      RUNS,
    )
  })
})
