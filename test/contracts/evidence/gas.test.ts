import { expect } from 'chai'
import { recordGas } from '../gas/ledger.ts'
import { anchor, deploy, leastQuorumOf, networkHelpers, nextOf } from './world.ts'

/** Most gas that anchoring may use, by its receipt: least quorum, one new slot and one overwritten. */
const LIMITS = [
  { n: 4, least: 3, most: 71_000n },
  { n: 7, least: 5, most: 80_000n },
  { n: 16, least: 11, most: 107_000n },
  { n: 31, least: 21, most: 152_000n },
] as const

describe('Gas of anchoring', () => {
  const table: string[] = []

  for (const { n, least, most } of LIMITS) {
    it(`anchors with the least quorum of ${n} for at most ${most}`, async () => {
      const world = await networkHelpers.loadFixture({ 4: four, 7: seven, 16: sixteen, 31: thirtyOne }[n])
      expect(leastQuorumOf(n)).to.equal(least)
      await anchor(world, world.report)
      let report = world.report
      const used: bigint[] = []
      // the last operators cost most to find; a negative value has the most expensive calldata
      const last = Array.from({ length: least }, (_, i) => n - least + i)
      for (const value of [940n, -164n, 0n, -(2n ** 63n)]) {
        report = { ...nextOf(report), value }
        const receipt = await (await anchor(world, report, last)).wait()
        used.push(receipt?.gasUsed ?? 0n)
      }
      const worst = used.toSorted((a, b) => Number(b - a))[0] ?? 0n
      table.push(`      n = ${n}, q = ${least}: ${used.join(', ')} gas; at most ${most}`)
      recordGas(`anchor, n = ${n}`, worst, most)
    })
  }

  after(() => console.log(table.join('\n')))
})

const four = () => deploy(4)
const seven = () => deploy(7)
const sixteen = () => deploy(16)
const thirtyOne = () => deploy(31)
