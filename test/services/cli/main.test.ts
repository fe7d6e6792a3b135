import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const main = fileURLToPath(new URL('../../../services/cli/src/main.ts', import.meta.url))

const nexus = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr, error: () => JSON.parse(stderr.trim().split('\n').at(-1) ?? '') }
}

describe('nexus', function () {
  this.timeout(30_000)

  for (const args of [[], ['policy'], ['aep']])
    it(`lists its commands and exits 2 when called as: ${['nexus', ...args].join(' ')}`, () => {
      const { status, stdout, stderr, error } = nexus(...args)
      expect([status, stdout, error().code]).to.deep.equal([2, '', 'usage'])
      expect(stderr).to.include(`Usage: ${['nexus', ...args].join(' ')} [options]`)
      expect(error().message).to.equal('name a command: see the list above')
    })

  it('exits 0 for its help and 2 for a command it does not have', () => {
    expect(nexus('--help').status).to.equal(0)
    expect(nexus('bogus').error()).to.include({ code: 'usage', message: "unknown command 'bogus'" })
  })
})
