import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MatchFlags, settingsOf } from '@nexus/cli/fund/options'
import { readRound } from '@nexus/cli/fund/read'
import { collusionText, matchText } from '@nexus/cli/fund/text'
import { collusionReport } from '@nexus/funding/collusion'
import { matchRound } from '@nexus/funding/match'
import type { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'

const main = fileURLToPath(new URL('../../../services/cli/src/main.ts', import.meta.url))
const CONTRIBUTIONS = 'project,contributor,amount'
// Gitcoin's worked example, in units of 6 decimals
const GIVEN: Record<string, number[]> = { A: [1, 4, 1, 9], B: [1, 1, 1, 1, 1, 1, 4], C: [1, 9, 1, 9, 1, 9, 4] }
const rows = Object.entries(GIVEN).flatMap(([project, gifts]) =>
  gifts.map((gift, i) => `${project},s${i},${gift}000000`),
)

describe('nexus fund', function () {
  this.timeout(30_000)
  let folder: string
  let file: string
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-fund-'))
    file = path.join(folder, 'round.csv')
    await writeFile(file, [CONTRIBUTIONS, ...rows, ''].join('\n'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const nexus = (...args: string[]) => {
    const run = spawnSync(process.execPath, [main, 'fund', ...args], { encoding: 'utf8' })
    return { ...run, error: () => JSON.parse(run.stderr.trim().split('\n').at(-1) ?? '') }
  }

  it('match: one JSON document, the published figures of three projects', () => {
    const { status, stdout, stderr } = nexus(
      ...['match', '--variant', 'linear', '--input', file, '--budget', '100000000', '--cap-bps', '5000', '--json'],
    )
    expect([status, stderr]).to.deep.equal([0, ''])
    expect(JSON.parse(stdout)).to.deep.equal({
      variant: 'linear',
      budget: '100000000',
      matched: '99999999',
      leftover: '1',
      projects: [
        { project: 'A', contributed: '15000000', sqrtSum: '7000', matched: '19318181' },
        { project: 'B', contributed: '10000000', sqrtSum: '8000', matched: '30681818' },
        { project: 'C', contributed: '34000000', sqrtSum: '14000', matched: '50000000' },
      ],
    })
  })

  it('match: a chart for people, and a page of it', async () => {
    const page = path.join(folder, 'out', 'page.html')
    const tallies = path.join(folder, 'tallies.json')
    await writeFile(
      tallies,
      JSON.stringify([
        { project: 'P1', sqrtSum: '4', contributed: '8' },
        { project: 'P2', sqrtSum: '4', contributed: '8' },
      ]),
    )
    const { status, stdout } = nexus(
      ...[
        'match',
        '--variant',
        'clr-fund',
        '--credit-factor',
        '10',
        '--input',
        tallies,
        '--budget',
        '1161',
        '--html',
        page,
      ],
    )
    expect(status).to.equal(0)
    expect(stdout).to.include('clr-fund: 2 projects, 1160 of 1161 matched (99.9 %), 1 left over')
    expect(stdout)
      .to.match(/P1 +8 +4 +580 +49\.9 % +█+\n/)
      .and.to.include('matched, contributions included')
    expect(await readFile(page, 'utf8'))
      .to.include('<svg')
      .and.to.include('P2')
  })

  it('match: writes nothing at all where a line of the input is wrong, and names it', async () => {
    const wrong = path.join(folder, 'wrong.csv')
    const page = path.join(folder, 'never.html')
    await writeFile(wrong, [CONTRIBUTIONS, ...rows, 'C,s9,-1', ''].join('\n'))
    const run = nexus('match', '--variant', 'linear', '--input', wrong, '--budget', '100', '--html', page, '--json')
    expect([run.status, run.stdout, existsSync(page)]).to.deep.equal([2, '', false])
    expect(run.error()).to.deep.equal({
      code: 'negative-amount',
      message: 'line 20: amount is negative: -1',
      details: { line: 20 },
    })
  })

  it('collusion: what each variant would have paid, as one JSON document', () => {
    const { status, stdout } = nexus(
      ...[
        'collusion',
        '--input',
        file,
        '--budget',
        '100000000',
        '--identities',
        '20',
        '--capital',
        '20000000',
        '--json',
      ],
    )
    expect(status).to.equal(0)
    const report = JSON.parse(stdout)
    expect(report).to.include({ budget: '100000000', capBps: null, capital: '20000000', identities: 20 })
    expect(report.variants.map(({ variant }: { variant: string }) => variant)).to.include.members([
      'linear',
      'capital-constrained',
      'clr-fund',
      'proportional',
    ])
    const [linear] = report.variants
    // twenty of 1,000,000 have 20,000 roots: 380 of 250 + 380
    expect(linear.own.at(-1)).to.deep.equal({
      identities: 20,
      spent: '20000000',
      drawn: `${(380n * 10n ** 8n) / 630n}`,
    })
    expect(linear.projects.map(({ project }: { project: string }) => project)).to.deep.equal(['C', 'B', 'A'])
  })

  describe('what is typed', () => {
    const budget = '1000'
    const refused: [what: string, flags: MatchFlags, variants: string[], code: string][] = [
      ['no such variant', { budget }, ['quadratic'], 'unknown-variant'],
      ['a variant named like a part of an object', { budget }, ['constructor'], 'unknown-variant'],
      ['a negative budget', { budget: '-1' }, ['linear'], 'bad-amount'],
      ['a budget with decimals', { budget: '1.5' }, ['linear'], 'bad-amount'],
      ['a budget with an exponent', { budget: '1e30' }, ['linear'], 'bad-amount'],
      ['no budget', { budget: '' }, ['linear'], 'bad-amount'],
      ['a budget of 2^256', { budget: `${2n ** 256n}` }, ['linear'], 'bad-amount'],
      ['a cap of nothing', { budget, capBps: '0' }, ['linear'], 'bad-cap'],
      ['a cap over everything', { budget, capBps: '10001' }, ['linear'], 'bad-cap'],
      ['a cap in per cent', { budget, capBps: '5%' }, ['linear'], 'bad-cap'],
      ['a cap with decimals', { budget, capBps: '0.5' }, ['linear'], 'bad-cap'],
      ['a credit factor that has no effect', { budget, creditFactor: '5' }, ['linear'], 'unknown-param'],
      ['a credit factor of 0', { budget, creditFactor: '0' }, ['clr-fund'], 'bad-param'],
      ['a credit factor that is no number', { budget, creditFactor: 'x' }, ['clr-fund'], 'bad-amount'],
      ['an unknown parameter', { budget, param: ['m=5'] }, ['clr-fund'], 'unknown-param'],
      ['a parameter without a value', { budget, param: ['creditFactor'] }, ['clr-fund'], 'usage'],
      ['a parameter twice', { budget, creditFactor: '5', param: ['creditFactor=6'] }, ['clr-fund'], 'usage'],
    ]
    for (const [what, flags, variants, code] of refused)
      it(`is refused with exit 2: ${what}`, () => {
        expect(() => settingsOf(flags, variants))
          .to.throw()
          .satisfies((error: NexusError) => error.code === code && error.exitCode === 2)
      })

    it('is read exactly', () => {
      expect(
        settingsOf({ budget: `${10n ** 30n}`, capBps: '10000', param: ['creditFactor=7'] }, ['linear', 'clr-fund']),
      ).to.deep.equal({
        budget: 10n ** 30n,
        capBps: 10_000,
        params: { creditFactor: 7n },
      })
    })
  })

  it('says how far it has read once that takes over two seconds, then once a second', async () => {
    const long = path.join(folder, 'long.csv')
    const lines = Array.from({ length: 300_000 }, (_, n) => `p,someone ${n % 10},1000`)
    await writeFile(long, [CONTRIBUTIONS, ...lines].join('\n'))
    const said: string[] = []
    let now = 0
    await readRound(
      long,
      () => (now += 700),
      line => said.push(line),
    )
    expect(said.length).to.be.within(1, 4)
    expect(said[0]).to.equal('read 3 of 5 MB')
    const quiet: string[] = []
    await readRound(
      long,
      () => 0,
      line => quiet.push(line),
    )
    expect(quiet).to.deep.equal([])
  })

  describe('for people', () => {
    const tallies = (names: string[]) => ({
      tallies: names.map((project, i) => ({ project, sqrtSum: BigInt(20 + i), contributed: 100n })),
      contributions: null,
    })

    it('keeps names of projects from drawing over what stands beside them', () => {
      const text = matchText(
        matchRound('linear', tallies(['\u001b[2J\u202eevil\nnext']), { budget: 10n, capBps: null }),
        null,
        false,
      )
      for (const char of ['\u001b', '\u202e']) expect(text).not.to.include(char)
      expect(text).to.include('\\u{1b}[2J\\u{202e}evil\\u{a}next')
    })

    it('shows the largest and says how many more there are', () => {
      const names = Array.from({ length: 45 }, (_, n) => `project ${n}`)
      const text = matchText(matchRound('linear', tallies(names), { budget: 10_000n, capBps: 300 }), 300, false)
      expect(text).to.include('… and 5 more').and.to.include('project 44').and.not.to.include('project 4 ')
      expect(text).to.match(/cap 300 \(3 % of the budget\), \d+ projects at it/)
    })

    it('shows what identities would have drawn as bars, and what is not known or defined as such', () => {
      const text = collusionText(
        collusionReport({
          round: tallies(['a', 'b']),
          settings: { budget: 150n, capBps: null },
          variants: ['linear', 'clr-fund'],
          identities: 10,
          capital: 1_000n,
          mostProjects: 5,
        }),
      )
      expect(text)
        .to.match(/ {2}10 +\d+ +[\d.]+ % {2}█+/)
        .and.to.include('not known')
      expect(text).to.include('clr-fund: the budget 150 is less than the contributions in it, 200')
    })
  })
})
