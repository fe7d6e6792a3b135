import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import {
  collectContributed,
  collectMatch,
  deploy,
  ethers,
  gift,
  give,
  matchesOf,
  networkHelpers,
  REASON,
  root,
  Status,
  started,
  tallyAll,
  to,
  UNIT,
  Variant,
} from './world.ts'

interface Case {
  name: string
  variant: 'linear' | 'capital-constrained' | 'clr-fund' | 'proportional'
  budget: string
  capBps: number | null
  creditFactor?: string
  projects: { project: string; contributed: string; sqrtSum: string; matched: string }[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../../../../standards/vectors/quadratic-funding.json', import.meta.url), 'utf8'),
) as { cases: Case[] }
const variantOf = { linear: 0, 'capital-constrained': 1, 'clr-fund': 2, proportional: 3 } as const

describe('The matching formulas', () => {
  // rounds of clr-fund have no caps on chain; sums beyond the bounds of a round are TypeScript's alone
  const inBounds = ({ variant, capBps, budget, projects }: Case) =>
    !(variant === 'clr-fund' && capBps !== null) &&
    BigInt(budget) < 2n ** 96n &&
    projects.every(p => BigInt(p.sqrtSum) < 2n ** 72n && BigInt(p.contributed) < 2n ** 120n)

  it('give what every vector of the definition says that a round can hold', async () => {
    const harness = await ethers.deployContract('MatchFormulaHarness')
    const cases = vectors.cases.filter(inBounds)
    expect(cases.length).to.be.greaterThan(60)
    for (const { name, variant, budget, capBps, creditFactor, projects } of cases) {
      const tallies = projects.map(p => ({ sqrtSum: BigInt(p.sqrtSum), contributed: BigInt(p.contributed) }))
      const given =
        variant === 'clr-fund'
          ? await harness.allocateAll(BigInt(budget), BigInt(creditFactor ?? '1'), tallies)
          : await harness.matchAll(variantOf[variant], BigInt(budget), capBps ?? 10_000, tallies)
      expect([...given], `${name} (${variant})`).to.deep.equal(projects.map(p => BigInt(p.matched)))
    }
  })
})

/** c of five people for six projects, very unequal, some of it dust. */
const GIVEN = [
  [900n * UNIT, 400n * UNIT, 625n * UNIT, 100n * UNIT, 49n * UNIT],
  [3n, 8n, 0n, 0n, 0n],
  [400n * UNIT, 1n * UNIT, 1n * UNIT, 1n * UNIT, 0n],
  [50n * UNIT + 7n, 50n * UNIT + 9n, 0n, 0n, 0n],
  [2n * UNIT, 2n * UNIT, 2n * UNIT, 2n * UNIT, 2n * UNIT],
  [0n, 0n, 0n, 0n, 0n],
]
const tallyOf = (cs: bigint[]) => ({
  sqrtSum: cs.reduce((s, c) => s + root(c), 0n),
  contributed: cs.reduce((s, c) => s + c, 0n),
})

async function given(variant: number, capBps = 10_000, pool = 10_000n * UNIT) {
  const r = await started(await deploy(), { variant, capBps, others: [] }, pool)
  for (let person = 0; person < 5; ++person)
    await give(r, person, ...GIVEN.map((cs, project) => gift(project, cs[person] ?? 0n)))
  await to(r.terms.reviewUntil)
  return r
}

const expected = async (variant: number, capBps: number, pool: bigint) => {
  const harness = await ethers.deployContract('MatchFormulaHarness')
  const tallies = GIVEN.map(tallyOf)
  if (variant !== Variant.clr) return [...(await harness.matchAll(variant, pool, capBps, tallies))]
  const contributed = tallies.reduce((s, t) => s + t.contributed, 0n)
  return [...(await harness.allocateAll(pool + contributed, 1n, tallies))]
}

const total = (all: bigint[]) => all.reduce((s, m) => s + m, 0n)

describe('A round is matched', () => {
  for (const [name, variant] of Object.entries(Variant).slice(0, 4))
    it(`by ${name}, to the last unit, and what is left goes to the commons`, async () => {
      const r = await given(variant)
      await tallyAll(r)
      const matches = await matchesOf(r)
      expect(matches).to.deep.equal(await expected(variant, 10_000, 10_000n * UNIT))
      const contributed = variant === Variant.clr ? total(GIVEN.map(cs => tallyOf(cs).contributed)) : 0n
      const { leftoverAssets } = await r.round.result()
      expect(total(matches) + leftoverAssets).to.equal(10_000n * UNIT + contributed)
      if (leftoverAssets > 0n)
        await expect(r.round.connect(r.stranger).sendLeftover())
          .to.emit(r.commons, 'Deposited')
          .withArgs(await r.usd.getAddress(), leftoverAssets, 1, ethers.zeroPadValue(await r.round.getAddress(), 32))
      for (let project = 0; project < 6; ++project)
        for (const pay of [collectMatch, collectContributed])
          await pay(r, project).catch(e => expect(String(e)).to.match(/Rounds_NothingToPay/))
      expect(await r.usd.balanceOf(r.round)).to.equal(0n)
    })

  for (const capBps of [500, 1_500, 1_667, 2_500, 3_333])
    it(`with a cap of ${capBps} bps, the same whoever pushes in whatever pieces and names whom`, async () => {
      for (const variant of [Variant.linear, Variant.capital, Variant.proportional]) {
        const matches = await expected(variant, capBps, 10_000n * UNIT)
        const r = await given(variant, capBps)
        const before = await networkHelpers.takeSnapshot()
        for (const order of ['one by one', 'all at once', 'heaviest named', 'lightest named'] as const) {
          if (order === 'all at once') await tallyAll(r)
          if (order === 'one by one') await tallyAll(r, 1n)
          if (order.endsWith('named')) {
            await r.round.tally(6)
            expect(await r.round.status()).to.equal(Status.sharing)
            const named = [0, 2, 4, 3, 1]
            for (const id of order === 'heaviest named' ? named : named.toReversed())
              await r.round.freeze([id]).catch(e => expect(String(e)).to.match(/Rounds_NotOverCap/))
            await tallyAll(r, 4n)
          }
          expect(await matchesOf(r), `${order}, variant ${variant}`).to.deep.equal(matches)
          const cap = (10_000n * UNIT * BigInt(capBps)) / 10_000n
          for (const match of matches) expect(match).to.be.at.most(cap)
          await before.restore()
        }
      }
    })

  it('not before the review is over, and once', async () => {
    const r = await started(await deploy())
    await expect(r.round.tally(1))
      .to.be.revertedWithCustomError(r.round, 'Rounds_TooEarly')
      .withArgs(r.terms.reviewUntil, (await networkHelpers.time.latest()) + 1)
    await tallyAll(r)
    await expect(r.round.tally(1)).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus').withArgs(Status.matched)
    await expect(r.round.freeze([0])).to.be.revertedWithCustomError(r.round, 'Rounds_WrongStatus')
  })

  it('from the first project on, also if somebody pushes it by none', async () => {
    const r = await given(Variant.linear)
    for (const projects of [0, 0, 4, 0]) await r.round.connect(r.stranger).tally(projects)
    expect(await r.round.status()).to.equal(Status.totals)
    await tallyAll(r, 2n)
    expect(await matchesOf(r)).to.deep.equal(await expected(Variant.linear, 10_000, 10_000n * UNIT))
  })

  it('with nobody over the cap named wrongly, or twice, or disqualified', async () => {
    const w = await deploy()
    const r = await started(w, { variant: Variant.linear, capBps: 4_000, others: [] })
    for (let person = 0; person < 5; ++person)
      await give(r, person, ...GIVEN.map((cs, project) => gift(project, cs[person] ?? 0n)))
    await r.round.connect(r.reviewer).disqualify(3, REASON)
    await to(r.terms.reviewUntil)
    await r.round.tally(6)
    await expect(r.round.freeze([4])).to.be.revertedWithCustomError(r.round, 'Rounds_NotOverCap')
    await expect(r.round.freeze([3])).to.be.revertedWithCustomError(r.round, 'Rounds_WrongProjectStatus')
    await expect(r.round.freeze([0, 0]))
      .to.emit(r.round, 'ProjectCapped')
      .withArgs(0, 4_000n * UNIT)
    await tallyAll(r)
    expect((await r.round.projectOf(0)).capped).to.equal(true)
    expect(await r.round.matchedOf(0)).to.equal(4_000n * UNIT)
    expect(await r.round.matchedOf(3)).to.equal(0n)
  })

  it('with a share that is the cap to the unit left as it is, though it is named', async () => {
    const r = await started(await deploy(), { capBps: 5_000 })
    for (const person of [0, 1]) await give(r, person, gift(0, UNIT), gift(1, UNIT))
    await to(r.terms.reviewUntil)
    await r.round.tally(6)
    const cap = 5_000n * UNIT
    await expect(r.round.freeze([0]))
      .to.be.revertedWithCustomError(r.round, 'Rounds_NotOverCap')
      .withArgs(0, cap, cap)
    await tallyAll(r)
    expect((await matchesOf(r)).slice(0, 2)).to.deep.equal([cap, cap])
    for (const project of [0, 1]) expect((await r.round.projectOf(project)).capped).to.equal(false)
  })

  it('without projects, without a pool, and without gifts: all is left over', async () => {
    const empty = await started({ ...(await deploy()), projects: [] })
    await tallyAll(empty)
    expect((await empty.round.result()).leftoverAssets).to.equal(10_000n * UNIT)
    const poor = await started(await deploy(), {}, 0n)
    await give(poor, 0, gift(0, UNIT))
    await tallyAll(poor)
    expect(await poor.round.matchedOf(0)).to.equal(0n)
    await expect(poor.round.sendLeftover()).to.be.revertedWithCustomError(poor.round, 'Rounds_NothingToPay')
    for (const variant of [Variant.linear, Variant.capital, Variant.clr, Variant.proportional]) {
      const silent = await started(await deploy(), { variant, others: [] })
      await tallyAll(silent, 1n)
      expect(await matchesOf(silent)).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n])
      expect((await silent.round.result()).leftoverAssets).to.equal(10_000n * UNIT)
    }
  })

  it('by clr-fund with squares no less than contributions, where an allocation would be below 0', async () => {
    const r = await started(await deploy(), { variant: Variant.clr, others: [] }, 1_000_000n * UNIT - 1n)
    const tallies: { sqrtSum: bigint; contributed: bigint }[] = [
      { sqrtSum: 1n, contributed: 3n },
      { sqrtSum: 5n, contributed: 17n },
    ]
    await give(r, 0, gift(0, 3n), gift(1, 9n))
    await give(r, 1, gift(1, 8n))
    await tallyAll(r, 1n)
    const harness = await ethers.deployContract('MatchFormulaHarness')
    const pool = await r.round.poolAssets()
    expect((await matchesOf(r)).slice(0, 2)).to.deep.equal([...(await harness.allocateAll(pool + 20n, 1n, tallies))])
    expect(await r.round.matchedOf(0)).to.equal(3n)
  })
})
