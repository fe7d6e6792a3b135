import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { computePost } from '@nexus/funding/posted/post'
import { indexRound } from '@nexus/funding/posted/round'
import { expect } from 'chai'
import { getAddress, type Hex, pad, toHex } from 'viem'
import { type Case, matched, raw, roots } from './reference.ts'

const file = fileURLToPath(new URL('../../../../standards/vectors/posted-matching.json', import.meta.url))

const who = (n: number): Hex => getAddress(pad(toHex(BigInt(n) * 0x9e3779b97f4a7c15n), { size: 20 }))
const UNIT = 10n ** 6n
const gifts = (table: Record<number, Record<number, number | bigint>>, unit = 1n) =>
  Object.entries(table).flatMap(([project, of]) =>
    Object.entries(of).map(([n, amount]) => ({
      project: Number(project),
      contributor: who(Number(n)),
      amount: BigInt(amount) * unit,
    })),
  )

const money = { budget: 1_000n * UNIT, cap: 400n * UNIT }
const three = {
  0: { 1: 9, 2: 16, 3: 25, 4: 36 },
  1: { 1: 9, 2: 16, 5: 100 },
  2: { 6: 1, 7: 4, 8: 9, 9: 16, 1: 81 },
}
const apart = { 0: { 1: 9, 2: 16 }, 1: { 2: 4, 3: 25 }, 2: { 4: 36, 5: 1 }, 3: { 5: 49 }, 4: {} }
const dust = { 0: { 1: 1, 2: 1, 3: 2 }, 1: { 1: 3, 4: 1 } }
const heavy = { 0: { 1: 2n ** 126n, 2: 2n ** 126n - 1n }, 1: { 1: 5n, 3: 2n ** 127n - 6n } }

/** What the vectors are about; what comes of it is computed by the reference and written with `NEXUS_VECTORS=write`. */
const inputs: (Case & { name: string })[] = (['pairwise', 'cluster'] as const).flatMap(variant => {
  const parameter = variant === 'pairwise' ? 25n * UNIT : UNIT
  const most = variant === 'pairwise' ? 2n ** 128n - 1n : 2n ** 127n - 1n
  return [
    { name: 'three projects', variant, parameter, ...money, projectCount: 3, contributions: gifts(three, UNIT) },
    {
      name: 'a cap that cuts',
      variant,
      parameter,
      budget: money.budget,
      cap: 5n * UNIT,
      projectCount: 3,
      contributions: gifts(three, UNIT),
    },
    {
      name: 'a cap whose excess is shared again, and brings the next one to it',
      variant,
      parameter,
      ...(variant === 'pairwise' ? { budget: 30n * UNIT, cap: 11_500_000n } : { budget: 9n * UNIT, cap: 3_010_000n }),
      projectCount: 3,
      contributions: gifts(three, UNIT),
    },
    {
      name: 'a budget that is short',
      variant,
      parameter,
      budget: 7n * UNIT + 1n,
      cap: 7n * UNIT + 1n,
      projectCount: 3,
      contributions: gifts(three, UNIT),
    },
    {
      name: 'groups apart from each other, and one empty',
      variant,
      parameter,
      ...money,
      projectCount: 5,
      contributions: gifts(apart, UNIT),
    },
    {
      name: 'single units, with the least parameter',
      variant,
      parameter: 1n,
      ...money,
      projectCount: 2,
      contributions: gifts(dust),
    },
    {
      name: 'one contributor',
      variant,
      parameter,
      ...money,
      projectCount: 2,
      contributions: gifts({ 1: { 1: 100 } }, UNIT),
    },
    { name: 'nobody', variant, parameter, ...money, projectCount: 2, contributions: [] },
    { name: 'no project', variant, parameter, ...money, projectCount: 0, contributions: [] },
    {
      name: 'nothing to share',
      variant,
      parameter,
      budget: 0n,
      cap: 0n,
      projectCount: 3,
      contributions: gifts(three, UNIT),
    },
    {
      name: 'the largest numbers',
      variant,
      parameter: most,
      budget: 2n ** 128n - 1n,
      cap: 2n ** 127n,
      projectCount: 2,
      contributions: gifts(heavy),
    },
  ]
})

const text = (value: unknown) =>
  `${JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? one.toString() : one), 2)}\n`

describe('Vectors of posted matching', () => {
  const vectors = inputs.map(input => {
    const raws = raw(input)
    return { ...input, raw: raws, matched: matched(input, raws), ...roots(input) }
  })
  if (process.env['NEXUS_VECTORS'] === 'write') writeFileSync(file, text(vectors))

  it('are what the reference says', () => {
    expect(readFileSync(file, 'utf8')).to.equal(text(vectors))
  })

  for (const vector of vectors) {
    it(`are reproduced: ${vector.variant}, ${vector.name}`, () => {
      const { variant, parameter, budget, cap, projectCount, contributions } = vector
      const terms = { variant, parameter, budgetAssets: budget, capAssets: cap, projectCount }
      // in any order
      const post = computePost(indexRound(terms, [...contributions].reverse()))
      expect(post.results.map(leaf => leaf.raw)).to.deep.equal(vector.raw)
      expect(post.results.map(leaf => leaf.matched)).to.deep.equal(vector.matched)
      expect(post.posting.resultRoot).to.equal(vector.resultRoot)
      expect(post.posting.contributionRoot).to.equal(vector.contributionRoot)
      expect(post.posting.contributionCount).to.equal(BigInt(contributions.length))
      expect(post.posting.totals.matched <= budget).to.equal(true)
    })
  }
})
