/** Formats everything: `npm run format`. */
import { spawnSync } from 'node:child_process'

for (const run of [
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
  ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', '{contracts,test}/**/*.sol'],
]) {
  const { status } = spawnSync(process.execPath, run, { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
