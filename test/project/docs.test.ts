import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean)
const pages = tracked.filter(file => file.endsWith('.md') && existsSync(file))

/** Targets of a page's links, anchors left out; code is not looked at. */
function linksOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(match => (match[1] ?? '').replace(/#.*$/, ''))
    .filter(target => target !== '' && !/^[a-z]+:/.test(target))
}

describe('the documentation', () => {
  it('links only to what is there', () => {
    const broken = pages.flatMap(page =>
      linksOf(page)
        .filter(target => !existsSync(path.join(path.dirname(page), target)))
        .map(target => `${page} → ${target}`),
    )
    expect(broken).to.deep.equal([])
  })

  it('has nothing left to fill in', () => {
    expect(pages.filter(page => /@@|\bTODO\b|\bTBD\b/.test(readFileSync(page, 'utf8')))).to.deep.equal([])
  })

  it('publishes the gas figures that were measured', () => {
    const benchmarks = readFileSync('docs/benchmarks.md', 'utf8')
    const figures = JSON.parse(readFileSync('docs/gas.json', 'utf8')) as Record<string, { gasUsed: number }>
    for (const [what, { gasUsed }] of Object.entries(figures))
      expect(benchmarks, what).to.contain(gasUsed.toLocaleString('en'))
  })

  it('numbers each invariant once', () => {
    const numbers = [...readFileSync('docs/invariants.md', 'utf8').matchAll(/^\| (INV-[A-Z]+-\d+) /gm)].map(
      ([, n]) => n,
    )
    expect(numbers).to.have.length.above(30)
    expect(new Set(numbers).size).to.equal(numbers.length)
  })
})

describe('the checkout', () => {
  it('has the bytecode that a start deploys, so that nothing is compiled', () => {
    const modules = tracked.filter(file => /^services\/chain\/src\/abi\/.*\.ts$/.test(file))
    expect(modules).to.have.length.above(5)
    for (const file of modules)
      expect(tracked).to.include(`services/chain/artifacts/${path.basename(file, '.ts')}.json`)
  })

  it('names no registry in its lock file, and locks every platform', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { resolved?: string; link?: boolean; optionalDependencies?: Record<string, string> }>
    }
    const addressed = Object.entries(lock.packages).filter(
      ([, entry]) => !entry.link && /^https?:/.test(entry.resolved ?? ''),
    )
    expect(addressed).to.deep.equal([])
    for (const platform of ['linux-x64-gnu', 'linux-arm64-gnu', 'darwin-x64', 'darwin-arm64'])
      expect(Object.keys(lock.packages)).to.include(`node_modules/@nomicfoundation/edr-${platform}`)
  })
})
