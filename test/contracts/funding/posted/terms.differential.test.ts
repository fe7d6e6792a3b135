import { groupsTerm, shareTerm } from '@nexus/funding/posted/cluster'
import { pairTerm } from '@nexus/funding/posted/pairwise'
import { matchedOf } from '@nexus/funding/posted/scale'
import { root as isqrt } from '@nexus/funding/root'
import { expect } from 'chai'
import fc from 'fast-check'
import type { MatchTermsHarness } from '../../../../types/ethers-contracts/index.ts'
import { ethers, networkHelpers } from './world.ts'

const MOST = 2n ** 256n - 1n
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
        fc.oneof(big, fc.bigInt(0n, MOST)),
        big,
        big,
        fc.bigInt(0n, 2n ** 96n),
        fc.bigInt(1n, 2n ** 96n),
        fc.bigInt(0n, 5n),
        async (raw, others, cappedRaw, more, capAssets, capped) => {
          const budgetAssets = more + capped * capAssets
          const totals = { raw: others + cappedRaw, matched: 0n, capped, cappedRaw }
          const { assets, capped: isCapped } = matchedOf(raw, totals, { budgetAssets, capAssets })
          expect(await h.matched(raw, totals, budgetAssets, capAssets)).to.deep.equal([assets, isCapped])
          expect(assets <= capAssets).to.equal(true)
        },
      ),
      RUNS,
    )
  })

  it('what is paid at the edges: exactly the cap is not over it, and what there is enough for is not scaled', async () => {
    const h = await networkHelpers.loadFixture(harness)
    const totals = (raw: bigint, capped = 0n, cappedRaw = 0n) => ({ raw, matched: 0n, capped, cappedRaw })
    for (const [what, raw, of, budget, cap, assets, capped] of [
      ['raw is the cap', 30n, totals(60n), 100n, 30n, 30n, false],
      ['raw is one more', 31n, totals(60n), 100n, 30n, 30n, true],
      ['the share is the cap', 60n, totals(200n), 100n, 30n, 30n, false],
      ['the share is a part of a unit more', 61n, totals(200n), 100n, 30n, 30n, true],
      ['the capped one left enough for all', 20n, totals(520n, 1n, 480n), 100n, 60n, 20n, false],
      ['the capped one left exactly enough', 20n, totals(500n, 1n, 460n), 100n, 60n, 20n, false],
      ['it left less', 20n, totals(540n, 1n, 460n), 100n, 60n, 10n, false],
      ['everybody is capped', 20n, totals(500n, 1n, 500n), 100n, 15n, 15n, true],
      ['there is nothing, and nothing to give', 0n, totals(0n), 0n, 0n, 0n, false],
      ['the products are beyond 256 bits', MOST, totals(MOST), 1n << 200n, 1n << 199n, 1n << 199n, true],
    ] as const) {
      expect(await h.matched(raw, of, budget, cap), what).to.deep.equal([assets, capped])
      expect(matchedOf(raw, of, { budgetAssets: budget, capAssets: cap }), what).to.deep.equal({ assets, capped })
    }
  })
})
