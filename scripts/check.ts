/**
 * Everything a change must pass: `npm test`; with `--deep` the long fuzz and invariant runs too: `npm run test:deep`.
 * `--only WORD` runs the steps whose name contains the word. Two lanes run side by side; steps of a lane run in order, and
 * then both take from what is left.
 * Each step's output is kept in `.nexus/check/`; it is shown when the step fails. Ends with `N passed, N failed`, and
 * how many were skipped, whose reasons it prints.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const logs = path.join(root, '.nexus', 'check')

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface Step {
  name: string
  /** Arguments to node. */
  run: string[]
  /** Reads how many tests passed, failed and were skipped from the step's output; a step that prints none counts as one. */
  counts?: (output: string) => Counts
}

const sum = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].reduce((total, match) => total + Number(match[1]), 0)
const mochaCounts = (output: string): Counts => ({
  passed: sum(output, /^\s*(\d+) passing/gm),
  failed: sum(output, /^\s*(\d+) failing/gm),
  skipped: sum(output, /^\s*(\d+) pending/gm),
})
const bin = (name: string) => path.join('node_modules', name)
const hardhat = (...args: string[]) => [bin('hardhat/dist/src/cli.js'), ...args]
const mocha = (timeoutMs: number, ...globs: string[]) => [
  bin('mocha/bin/mocha.js'),
  '--exit',
  '--timeout',
  String(timeoutMs),
  ...globs,
]

const { values } = parseArgs({ options: { deep: { type: 'boolean' }, only: { type: 'string' } } })
const profile = values.deep ? ['--test-profile', 'deep'] : []

/** Needs nothing compiled. */
const words: Step[] = [
  { name: 'lint: TypeScript', run: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'format: Solidity', run: [bin('prettier/bin/prettier.cjs'), '--check', '{contracts,test}/**/*.sol'] },
  {
    name: 'lint: Solidity',
    run: [bin('solhint/solhint.js'), '--max-warnings', '0', '--noPoster', 'contracts/**/*.sol'],
  },
]
/** Whoever is free takes the next: longest first. Tests with real processes wait for what they are to see, never for a time. */
const loose: Step[] = [
  { name: 'test: end to end', run: mocha(600_000, 'test/e2e/**/*.test.ts'), counts: mochaCounts },
  { name: 'test: command line', run: mocha(120_000, 'test/services/cli/**/*.test.ts'), counts: mochaCounts },
  {
    name: 'test: services',
    run: mocha(60_000, 'test/services/!(cli|governance|nvm)/**/*.test.ts', 'test/project/**/*.test.ts'),
    counts: mochaCounts,
  },
  { name: 'test: oracles', run: mocha(60_000, 'test/oracles/**/*.test.ts'), counts: mochaCounts },
  { name: 'proofs', run: mocha(300_000, 'test/proofs/**/*.test.ts'), counts: mochaCounts },
  {
    name: 'test: governance off chain',
    run: mocha(120_000, 'test/services/{governance,nvm}/**/*.test.ts'),
    counts: mochaCounts,
  },
]
/** One compiler cache: these must not overlap. */
const contracts: Step[] = [
  { name: 'build: committed ABIs and bytecode are current', run: ['scripts/build.ts', '--check'] },
  { name: 'types', run: [bin('typescript/bin/tsc'), '-p', '.'] },
  { name: 'test: contracts', run: hardhat('test', 'mocha'), counts: mochaCounts },
  { name: 'test: contracts, fuzz and invariants', run: hardhat('test', 'solidity', ...profile), counts: mochaCounts },
  { name: 'coverage of contracts', run: ['scripts/coverage.ts'] },
]
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

async function runStep(step: Step): Promise<void> {
  const began = Date.now()
  const log = path.join(logs, `${step.name.replace(/[^a-zA-Z]+/g, '-')}.log`)
  const file = createWriteStream(log)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...step.run], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
      // Tests start hundreds of processes that load the same modules: compiled once, they take two thirds of the time.
      NODE_COMPILE_CACHE: path.join(root, '.nexus', 'compile-cache'),
      ...(values.deep ? { NEXUS_DEEP: '1' } : {}),
    },
  })
  child.stdout.pipe(file, { end: false })
  child.stderr.pipe(file, { end: false })
  const status = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? 1)))
  await new Promise(resolve => file.end(resolve))
  const output = readFileSync(log, 'utf8')
  const counts = step.counts?.(output) ?? { passed: 0, failed: 0, skipped: 0 }
  if (counts.passed + counts.failed === 0) counts[status === 0 ? 'passed' : 'failed'] = 1
  if (status !== 0 && counts.failed === 0) counts.failed = 1
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  const seconds = Math.round((Date.now() - began) / 1000)
  const { passed, failed, skipped } = counts
  const result = `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
  console.log(`${status === 0 ? '✔' : '✘'} ${step.name}: ${result} (${seconds} s)`)
  for (const reason of new Set(output.match(/^\s*skipped: .*$/gm))) console.log(`  ${reason.trim()}`)
  if (status !== 0) console.log(output.split('\n').slice(-120).join('\n'))
}

/** Runs what is in the list, one after the other, until nothing is: two may share a list. */
async function runLane(steps: Step[]): Promise<void> {
  for (let step = steps.shift(); step; step = steps.shift())
    if (!values.only || step.name.includes(values.only)) await runStep(step)
}

mkdirSync(logs, { recursive: true })
const began = Date.now()
await Promise.all([contracts, words].map(lane => runLane(lane).then(() => runLane(loose))))
console.log(`\n${Math.round((Date.now() - began) / 1000)} s; the output of every step is in .nexus/check`)
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
