import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtFolder, subgraphFolder } from '@nexus/subgraph/sources'

/** Relative path → bytes, of every file under a folder. */
const contents = (folder: string) =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => statSync(path.join(folder, name)).isFile())
      .sort()
      .map(name => [name, readFileSync(path.join(folder, name)).toString('base64')]),
  )

describe('the committed build of the subgraph', function () {
  this.timeout(120_000)
  let folder: string
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-build-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is, byte for byte, what its sources compile to', () => {
    const script = fileURLToPath(new URL('scripts/build.ts', subgraphFolder))
    const target = path.join(folder, 'built')
    const { status, stderr } = spawnSync(process.execPath, [script, target], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    assert.deepEqual(contents(target), contents(fileURLToPath(builtFolder)))
  })
})
