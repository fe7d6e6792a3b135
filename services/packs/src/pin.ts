/** `node services/packs/src/pin.ts`: writes the hashes of the code as it is into the packs, after a version was raised. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeClosure, codeHashOf } from './closure.ts'

const root = join(import.meta.dirname, '../../..')

interface Pinned {
  entry?: string
  parse?: string
  codeHash: string
}

for (const folder of readdirSync(join(root, 'packs'), { withFileTypes: true }).filter(entry => entry.isDirectory())) {
  const file = join(root, 'packs', folder.name, 'pack.json')
  const before = readFileSync(file, 'utf8')
  const manifest = JSON.parse(before) as { models: Pinned[]; sources: Pinned[] }
  for (const item of [...manifest.models, ...manifest.sources])
    item.codeHash = codeHashOf(codeClosure(join(root, 'oracles'), item.entry ?? item.parse ?? ''))
  const after = `${JSON.stringify(manifest, null, 2)}\n`
  if (after !== before) {
    writeFileSync(file, after)
    process.stdout.write(`pinned ${file}\n`)
  }
}
