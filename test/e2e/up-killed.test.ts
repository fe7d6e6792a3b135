import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runLayout } from '@nexus/local/layout'
import { lockFolder } from '@nexus/local/lock'
import { until } from '@nexus/local/poll'
import { expect } from 'chai'
import { nexus } from './support/nexus.ts'

const processesOf = (folder: string) =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(folder) && line.includes('leash.ts'))

describe('nexus up, killed in the middle', () => {
  let root: string
  before(() => {
    root = mkdtempSync(path.join(tmpdir(), 'nexus-up-killed-'))
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  it('takes everything it started along, and leaves its folder to the next run', async () => {
    const folder = path.join(root, 'run')
    const layout = runLayout(folder)
    const up = spawn(process.execPath, ['services/cli/src/main.ts', 'up', '--once', '--dir', folder], {
      stdio: 'ignore',
    })
    await until(
      async () => (existsSync(layout.log('keeper')) && readFileSync(layout.log('keeper'), 'utf8') !== '') || undefined,
      { what: 'the keeper to start', withinMs: 60_000 },
    )
    expect(processesOf(folder)).to.have.length.above(5)

    const second = await nexus('up', '--once', '--dir', folder)
    expect(second.status).to.equal(75)
    expect(JSON.parse(second.stderr)).to.have.property('code', 'run-in-progress')

    const gone = once(up, 'exit')
    up.kill('SIGKILL')
    await gone
    await until(async () => processesOf(folder).length === 0 || undefined, {
      what: 'every process of the run to end',
      withinMs: 30_000,
    })
    lockFolder(folder)()
  })
})
