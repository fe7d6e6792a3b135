import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPrograms } from '@nexus/indexer/platform'
import { withAddresses } from '@nexus/subgraph/addresses'
import { builtFolder } from '@nexus/subgraph/sources'
import { type Case, deployment, cases as evidenceCases } from '../subgraph/cases.ts'
import { fundingCases } from '../subgraph/funding-cases.ts'
import { governanceCases } from '../subgraph/governance-cases.ts'
import { grievanceCases } from '../subgraph/grievance-cases.ts'

const cases = [...evidenceCases, ...governanceCases, ...fundingCases, ...grievanceCases]

describe('the subgraph’s mappings, in graph-node’s own test runner', function () {
  this.timeout(180_000)
  let folder: string
  let gnd: string

  before(function () {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-mappings-'))
    chmodSync(folder, 0o711) // where tests run as root, PostgreSQL runs as somebody else
    const programs = findPrograms({ platform: process.platform, arch: process.arch, uid: process.getuid?.() }, folder)
    if (programs.kind === 'unavailable') {
      console.log(`skipped: ${programs.reason}`)
      this.skip()
    }
    gnd = programs.gnd
    const built = fileURLToPath(builtFolder)
    const manifest = withAddresses(readFileSync(path.join(built, 'subgraph.yaml'), 'utf8'), deployment, 'nexus')
    cpSync(built, path.join(folder, 'build'), { recursive: true })
    for (const place of ['subgraph.yaml', 'build/subgraph.yaml']) writeFileSync(path.join(folder, place), manifest)
    mkdirSync(path.join(folder, 'database'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  function run(tried: Case[]) {
    rmSync(path.join(folder, 'cases'), { recursive: true, force: true })
    mkdirSync(path.join(folder, 'cases'))
    for (const [i, one] of tried.entries())
      writeFileSync(path.join(folder, 'cases', `${i}.test.json`), JSON.stringify(one))
    rmSync(path.join(folder, 'database'), { recursive: true, force: true })
    mkdirSync(path.join(folder, 'database'), { mode: 0o711 })
    const script = fileURLToPath(new URL('../subgraph/run-cases.ts', import.meta.url))
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, folder, gnd],
      { encoding: 'utf8' },
    )
    return { status, output: `${stdout}${stderr}` }
  }

  it(`pass: ${cases.map(({ name }) => name).join('; ')}`, () => {
    const { status, output } = run(cases)
    assert.equal(status, 0, output.slice(-8_000))
    assert.match(output, new RegExp(`${cases.length} passed, 0 failed`))
  })

  it('fail when an entity is not as expected', () => {
    const [first] = cases
    assert.ok(first)
    const { status } = run([
      { ...first, assertions: [{ query: '{feeds(first:1){decimals}}', expected: { feeds: [] } }] },
    ])
    assert.equal(status, 1)
  })
})
