import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The files that an entry imports, directly or through others; packages of the project are followed, others are not. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set<string>()
  const pending = [entry]
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    const text = readFileSync(path.join(root, file), 'utf8')
    for (const [, target = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      if (target.startsWith('.')) pending.push(path.relative(root, path.resolve(root, path.dirname(file), target)))
      const [, name, module] = /^@nexus\/([^/]+)\/(.+)$/.exec(target) ?? []
      for (const folder of ['services', 'oracles']) {
        const found = path.join(folder, name ?? '', 'src', `${module}.ts`)
        if (name && existsSync(path.join(root, found))) pending.push(found)
      }
    }
  }
  return reached
}

describe('the operators that lie', () => {
  it('are out of reach of every service that runs in earnest', () => {
    const entries = [
      'oracles/relayer/src/main.ts',
      'services/observatory/src/main.ts',
      'services/keeper/src/main.ts',
      'services/reconstruct/src/reconstruct.ts',
      ...globSync('services/cli/src/commands/{relayer,observatory,keeper,aep,policy,payout,index,reconstruct}.ts', {
        cwd: root,
      }),
    ]
    expect(entries.length).to.be.greaterThan(8)
    for (const entry of entries) {
      const reached = [...reachedFrom(entry)]
      expect(reached.length, `files that ${entry} reaches`).to.be.greaterThan(3)
      expect(
        reached.filter(file => file.startsWith('services/sandbox/')),
        entry,
      ).to.deep.equal([])
    }
  })

  it('reach the real services, of which each is one with one thing replaced', () => {
    expect([...reachedFrom('services/sandbox/src/run-forging-relayer.ts')]).to.include('oracles/relayer/src/relayer.ts')
    expect([...reachedFrom('services/sandbox/src/run-forging-observatory.ts')]).to.include(
      'services/observatory/src/observatory.ts',
    )
  })
})
