/**
 * Runs the contract tests instrumented, and fails unless every line and statement of `contracts/` was executed.
 * Left out: gas tests, since instrumentation costs gas, and the long comparisons and searches, which run without it.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

rmSync('coverage', { recursive: true, force: true })
const args = [
  'node_modules/hardhat/dist/src/cli.js',
  '--coverage',
  'test',
  '--grep-exclude',
  '[Gg]as of|costs at most|limits of gas|10,000 random|in whatever pieces|for every count of ballots|INV-POST-[24]|five hundred|invariant_',
]
const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
process.stdout.write(run.stdout)
process.stderr.write(run.stderr)
if (run.status !== 0) process.exit(run.status ?? 1)

const files = readFileSync('coverage/lcov.info', 'utf8')
  .split('end_of_record')
  .map(record => ({
    name: /^SF:(.*)$/m.exec(record)?.[1] ?? '',
    missed: [...record.matchAll(/^DA:(\d+),0$/gm)].map(match => Number(match[1])),
  }))
  .filter(file => /(^|\/)contracts\//.test(file.name) && !/node_modules|(^|\/)test\//.test(file.name))
// The table on stdout has the statements, which lcov lacks: ║ file │ line % │ statement % │ …
const statements = [...run.stdout.matchAll(/^║ (\S*contracts\/\S+\.sol)\s*│\s*([\d.]+)\s*│\s*([\d.]+)/gm)]
const short = statements.filter(row => Number(row[2]) < 100 || Number(row[3]) < 100)

for (const { name, missed } of files)
  if (missed.length > 0) console.error(`${name}: lines never run: ${missed.join(', ')}`)
for (const [, name, line, statement] of short)
  console.error(`${name}: ${line} % of lines, ${statement} % of statements`)
if (files.length === 0 || statements.length === 0) {
  console.error('no coverage was recorded for contracts/')
  process.exit(1)
}
process.exit(short.length > 0 || files.some(file => file.missed.length > 0) ? 1 : 0)
