import { bar, percent } from '@nexus/funding/bars'
import { matchRound } from '@nexus/funding/match'
import { matchPage } from '@nexus/funding/page'
import { expect } from 'chai'

const count = (page: string, pattern: RegExp) => page.match(pattern)?.length ?? 0
const roundOf = (names: string[]) => ({
  tallies: names.map((project, i) => ({ project, sqrtSum: BigInt(10 * (i + 2)), contributed: 100n })),
  contributions: null,
})

describe('the page of a matching', () => {
  it('shows the totals and, for each project, what it was given and what it gets', () => {
    const matching = matchRound('linear', roundOf(['Well', 'School']), { budget: 1_100n, capBps: 5_000 })
    const page = matchPage(matching, 5_000, false)
    for (const text of ['1100 of 1100, 0 left over; at most 550 a project', 'Well', 'School', 'Dashed: the cap'])
      expect(page, text).to.include(text)
    expect(count(page, /<rect class="matched"/g)).to.equal(2)
    expect(count(page, /<rect class="contributed"/g)).to.equal(2)
    expect(count(page, /<line class="cap"/g)).to.equal(1)
    expect(count(page, /<td class="number">550<\/td>/g)).to.equal(2)
  })

  it('draws bars on one scale, the longest as long as the plot', () => {
    const tallies = [
      { project: 'a', sqrtSum: 20n, contributed: 300n },
      { project: 'b', sqrtSum: 20n, contributed: 100n },
    ]
    const page = matchPage(
      matchRound('linear', { tallies, contributions: null }, { budget: 400n, capBps: null }),
      null,
      false,
    )
    const widths = [...page.matchAll(/<rect class="(\w+)" [^>]*width="([\d.]+)"/g)].map(([, kind, width]) => [
      kind,
      Number(width),
    ])
    expect(widths).to.deep.equal([
      ['matched', 620],
      ['contributed', 206.6],
      ['matched', 206.6],
      ['contributed', 620],
    ])
  })

  it('asks the network for nothing and runs nothing, and keeps names of projects text', () => {
    const hostile = `<script>alert(1)</script>" onload="x`
    const page = matchPage(matchRound('linear', roundOf([hostile]), { budget: 10n, capBps: null }), null, false)
    expect(page).to.include(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(page).not.to.match(/<script|onload="|https?:|url\(|@import/)
    expect(page).to.include('&lt;script&gt;')
  })

  it('holds a round of many projects, the largest drawn', () => {
    const names = Array.from({ length: 600 }, (_, n) => `project ${n}`)
    const page = matchPage(matchRound('proportional', roundOf(names), { budget: 10n ** 9n, capBps: null }), null, false)
    expect(count(page, /<rect class="matched"/g)).to.equal(40)
    expect(count(page, /<tr><td>/g)).to.equal(500)
    expect(page).to.include('and 100 more').and.to.include('The 40 with the largest match')
  })

  it('has neither division by nothing nor lengths below it', () => {
    for (const round of [
      roundOf([]),
      { tallies: [{ project: 'p', sqrtSum: 0n, contributed: 0n }], contributions: null },
    ])
      expect(matchPage(matchRound('linear', round, { budget: 0n, capBps: 1 }), 1, false)).not.to.match(
        /NaN|Infinity|="-/,
      )
  })
})

describe('a bar of text', () => {
  it('has whole and eighth blocks, rounded down', () => {
    expect(bar(0n, 10n, 8)).to.equal('')
    expect(bar(10n, 10n, 8)).to.equal('████████')
    expect(bar(1n, 16n, 8)).to.equal('▌')
    expect(bar(2n * 10n ** 40n, 3n * 10n ** 40n, 3)).to.equal('██')
    expect(bar(5n, 0n, 8)).to.equal('')
    expect([
      percent(1n, 3n),
      percent(1n, 1n),
      percent(0n, 0n),
      percent(999n, 1000n),
      percent(99_999n, 100_000n),
    ]).to.deep.equal(['33.3 %', '100 %', '0 %', '99.9 %', '99.9 %'])
  })
})
