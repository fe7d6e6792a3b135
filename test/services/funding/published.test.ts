import { matchRound } from '@nexus/funding/match'
import { roundGatherer } from '@nexus/funding/round'
import { expect } from 'chai'

/** Figures that others published, copied from where they stand; nothing here was computed by this project. */
const roundOf = (gifts: Record<string, number[]>, unit: bigint) => {
  const { add, round } = roundGatherer()
  for (const [project, given] of Object.entries(gifts))
    for (const [i, amount] of given.entries()) add(project, `sender_${i + 1}`, BigInt(amount) * unit)
  return round()
}

// https://github.com/gitcoinco/grants-stack/blob/main/packages/api/docs/linearQF.md ("QF Calculation Example"), with the
// six decimals of the tests of https://github.com/gitcoinco/pluralistic.js
describe("Gitcoin's worked example of linear quadratic funding", () => {
  const round = roundOf({ A: [1, 4, 1, 9], B: [1, 1, 1, 1, 1, 1, 4], C: [1, 9, 1, 9, 1, 9, 4] }, 1_000_000n)
  const matched = (variant: string, budget: bigint, capBps: number | null) =>
    matchRound(variant, round, { budget, capBps }).projects.map(project => project.matched)

  it('has these sums of roots and of contributions', () => {
    expect(round.tallies).to.deep.equal([
      { project: 'A', sqrtSum: 7_000n, contributed: 15_000_000n },
      { project: 'B', sqrtSum: 8_000n, contributed: 10_000_000n },
      { project: 'C', sqrtSum: 14_000n, contributed: 34_000_000n },
    ])
  })

  it('matches 13.6, 21.6 and 64.8 of 100', () => {
    expect(matched('linear', 100_000_000n, null)).to.deep.equal([13_600_000n, 21_600_000n, 64_800_000n])
  })

  it('matches 1.36, 2.16 and 6.48 of 10', () => {
    expect(matched('linear', 10_000_000n, null)).to.deep.equal([1_360_000n, 2_160_000n, 6_480_000n])
  })

  it('matches 19.3, 30.7 and 50 where half of it is the most', () => {
    expect(matched('linear', 100_000_000n, 5_000)).to.deep.equal([19_318_181n, 30_681_818n, 50_000_000n])
  })

  it('asks for 34, 54 and 162 where nothing is scaled', () => {
    expect(matched('capital-constrained', 1_000_000_000n, null)).to.deep.equal([34_000_000n, 54_000_000n, 162_000_000n])
  })
})

// https://github.com/clrfund/monorepo/tree/develop/contracts/tests: data/testTallySmall.json, data/claimAmounts.json and the
// "ethStaker test vectors for Quadratic Funding with alpha" of round.ts: budget 440,274, alpha 4583670112189981
describe("clr.fund's ethStaker round", () => {
  const published: [sqrtSum: bigint, voiceCredits: bigint, claim: bigint][] = [
    [1_029_171n, 559_607_965n, 54_120_339_620_072_771_393_409n],
    [1_048_399n, 578_205_703n, 56_136_526_890_735_364_560_177n],
    [602_950n, 317_553_286n, 19_824_850_484_686_311_089_268n],
    [860_010n, 442_301_130n, 38_304_350_220_898_377_711_212n],
    [807_328n, 418_581_068n, 34_042_000_587_802_906_024_715n],
    [1_023_016n, 695_009_290n, 54_889_173_477_280_134_468_477n],
    [754_802n, 404_763_854n, 30_143_448_597_290_798_082_118n],
    [654_375n, 570_343_565n, 25_304_872_787_215_182_420_717n],
    [536_881n, 288_574_695n, 16_084_545_747_445_006_974_505n],
    [557_273n, 289_238_139n, 17_113_857_719_619_988_967_588n],
    [568_697n, 276_973_827n, 17_581_377_967_361_663_140_938n],
    [649_406n, 364_291_426n, 22_956_843_639_019_783_056_745n],
    [596_271n, 367_883_527n, 19_958_712_415_971_970_182_784n],
    [505_624n, 294_803_080n, 14_652_928_673_171_125_702_925n],
    [403_984n, 192_135_086n, 9_393_234_466_662_078_438_944n],
    [183_735n, 85_674_469n, 2_400_198_231_942_638_112_810n],
    [143_324n, 75_384_564n, 1_691_957_185_338_753_183_209n],
    [192_302n, 93_818_468n, 2_628_928_272_126_477_673_332n],
    [149_249n, 84_597_271n, 1_863_119_668_598_695_788_160n],
    [115_267n, 57_636_675n, 1_182_733_346_759_972_058_966n],
  ]

  it('pays every claim to the unit', () => {
    const tallies = published.map(([sqrtSum, contributed], i) => ({ project: `${i + 3}`, sqrtSum, contributed }))
    const matching = matchRound(
      'clr-fund',
      { tallies, contributions: null },
      { budget: 440_274n * 10n ** 18n, capBps: null, params: { creditFactor: 10n ** 13n } },
    )
    expect(matching.projects.map(({ matched }) => matched)).to.deep.equal(published.map(([, , claim]) => claim))
  })

  // docs/qf-formula.md, "Overflow edge case": two projects of 0.4 and 0.4 each, budget 11.6, alpha 6.25
  it('shares equally between its two projects where alpha is 6.25', () => {
    const round = roundOf({ P1: [4, 4], P2: [4, 4] }, 10n ** 18n) // ten times as much, so that roots are whole
    const budget = 116n * 10n ** 18n
    const { projects, leftover } = matchRound('clr-fund', round, { budget, capBps: null })
    expect([...projects.map(({ matched }) => matched), leftover]).to.deep.equal([budget / 2n, budget / 2n, 0n])
  })
})

// V. Buterin, Pairwise coordination subsidies: a new quadratic funding design, 2019, https://ethresear.ch/t/5553: two who give M each
// to a project of theirs draw (2√M)² − 2M = 2M; n who do, n·(n − 1)·M. That page's k is 1 where nothing is scaled.
describe("Buterin's example of collusion", () => {
  for (const n of [2, 3, 10, 100])
    it(`lets ${n} who give M each draw ${n * (n - 1)} M`, () => {
      const M = 10n ** 18n
      const round = roundOf({ own: Array.from({ length: n }, () => 1) }, M)
      const { projects } = matchRound('capital-constrained', round, { budget: 10n ** 24n, capBps: null })
      expect(projects.map(({ matched }) => matched)).to.deep.equal([BigInt(n * (n - 1)) * M])
    })
})
