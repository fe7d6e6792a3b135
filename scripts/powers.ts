/** Writes docs/powers.md from a chain that it starts for it: `npm run powers`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { powersOfFreshChain } from '@nexus/local/powers'

const folder = mkdtempSync(path.join(tmpdir(), 'nexus-powers-'))
try {
  writeFileSync(new URL('../docs/powers.md', import.meta.url), await powersOfFreshChain(folder))
  console.error('powers: docs/powers.md written')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
