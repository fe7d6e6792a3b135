import { collusionReport } from '@nexus/funding/collusion'
import { matchRound } from '@nexus/funding/match'
import { roundGatherer } from '@nexus/funding/round'
import { byWeight, paramOf, type Variant } from '@nexus/funding/variant'
import { variantFor, variants } from '@nexus/funding/variants'
import type { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'

/** Counts heads that gave at least so much: something that tallies cannot tell. */
const heads: Variant = {
  about: 'by the number of contributors',
  needs: 'contributions',
  params: { least: { about: 'smallest gift that counts', least: 1n, byDefault: 1n } },
  contained: () => 0n,
  amounts: ({ contributions }, settings) => {
    const least = paramOf(heads, 'least', settings)
    const count = (gifts: ReadonlyMap<number, bigint>) => [...gifts.values()].filter(gift => gift >= least).length
    return byWeight(contributions?.byProject.map(gifts => BigInt(count(gifts))) ?? [], settings)
  },
}

describe('a variant that is added', () => {
  const registry = variants as Record<string, Variant>
  before(() => {
    registry['heads'] = heads
  })
  after(() => {
    delete registry['heads']
  })
  const { add, round } = roundGatherer()
  for (const [project, contributor, amount] of [
    ['a', 'x', 1n],
    ['a', 'y', 100n],
    ['a', 'z', 100n],
    ['b', 'x', 9n],
  ] as const)
    add(project, contributor, amount)

  it('matches from contributions, with its parameters and the cap', () => {
    const amounts = (settings: object) =>
      matchRound('heads', round(), { budget: 1_000n, capBps: null, ...settings }).projects.map(({ matched }) => matched)
    expect(amounts({})).to.deep.equal([750n, 250n])
    expect(amounts({ params: { least: 50n } })).to.deep.equal([1_000n, 0n])
    expect(amounts({ capBps: 6_000 })).to.deep.equal([600n, 400n])
  })

  it('is refused where a parameter is missing that has no default', () => {
    const needing = { ...heads, params: { least: { about: 'smallest gift that counts', least: 1n, byDefault: null } } }
    const settings = { budget: 1_000n, capBps: null }
    expect(() => paramOf(needing, 'least', settings))
      .to.throw('--param least=… is needed: smallest gift that counts')
      .with.property('code', 'missing-param')
    expect(paramOf(needing, 'least', { ...settings, params: { least: 7n } })).to.equal(7n)
  })

  it('is refused where only tallies are known', () => {
    const { tallies } = round()
    expect(() => variantFor('heads', { tallies, contributions: null }))
      .to.throw()
      .satisfies((error: NexusError) => error.code === 'wrong-input' && error.exitCode === 2)
  })

  it('is in the report on collusion: new identities are contributors, members that are one are one', () => {
    const [report] = collusionReport({
      round: round(),
      settings: { budget: 1_000n, capBps: null },
      variants: ['heads'],
      identities: 4,
      capital: 400n,
      mostProjects: 1,
    }).variants
    expect(report?.own.map(({ drawn }) => drawn)).to.deep.equal([200n, 333n, 500n]) // 1 of 5, 2 of 6, 4 of 8
    expect(report?.projects).to.deep.equal([{ project: 'a', matched: 750n, members: 250n, joined: 125n }]) // 1 of 2; 7 of 8
  })
})

describe('what is posted', () => {
  const { add, round } = roundGatherer()
  for (const [project, contributor, amount] of [
    ['a', 'x', 400n],
    ['a', 'y', 400n],
    ['a', 'z', 900n],
    ['b', 'x', 2_500n],
    ['b', 'y', 100n],
    ['c', 'w', 10_000n],
  ] as const)
    add(project, contributor, amount)
  const matches = (variant: string, settings: Omit<Parameters<typeof matchRound>[2], 'budget'>, budget = 3_000n) =>
    matchRound(variant, round(), { budget, ...settings }).projects.map(({ matched }) => matched)

  it('is matched pair by pair', () => {
    // x and y agree on 20·20 in a and 50·10 in b, 900 in all; each of them and z on 20·30 in a alone; M = 100:
    // 2·100·400/(100 + 900) + 2·⌊2·100·600/(100 + 600)⌋, then 2·100·500/(100 + 900); nobody pairs in c
    expect(matches('pairwise', { capBps: null, params: { m: 100n } })).to.deep.equal([80n + 2n * 171n, 100n, 0n])
  })

  it('is matched group by group', () => {
    // groups are the projects; x and y are in two of them, z and w in one, and all but w are linked to a and to b. With roots in units of 100:
    // a: A(a,b) = ⌊200/2⌋ + ⌊200/2⌋ + 300 = 500, A(b,a) = 100 + 100, so ⌊√(4·500·200)⌋; b: both 250 + 50; c pairs with nobody
    expect(matches('cluster', { capBps: null, params: { unit: 100n } })).to.deep.equal([632n, 600n, 0n])
  })

  it('is paid a cap, and what that frees is shared again', () => {
    // 422 and 100 in all: with 3,000 there is enough for b anyway, with 300 there is once a has its 150
    expect(matches('pairwise', { capBps: 1_000, params: { m: 100n } })).to.deep.equal([300n, 100n, 0n])
    expect(matches('pairwise', { capBps: 5_000, params: { m: 100n } }, 300n)).to.deep.equal([150n, 100n, 0n])
  })

  it('needs its parameter, and who gave what', () => {
    const failure = (variant: string, settings: Parameters<typeof matchRound>[2], of = round()) => {
      try {
        matchRound(variant, of, settings)
        return 'matched'
      } catch (error) {
        return (error as NexusError).code
      }
    }
    expect(failure('pairwise', { budget: 1n, capBps: null })).to.equal('missing-param')
    const tallies = { ...round(), contributions: null }
    expect(failure('cluster', { budget: 1n, capBps: null, params: { unit: 1n } }, tallies)).to.equal('wrong-input')
  })
})
