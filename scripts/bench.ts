/**
 * Measures gas and rates by running the real thing, and writes docs/gas.json and docs/benchmarks.md: `npm run bench`.
 * Gas comes from receipts; a rate is the median of several runs in this process; peers run in the same go.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { verifyPack } from '@nexus/aep/verify'
import { readRoundFile } from '@nexus/funding/file'
import { matchRound } from '@nexus/funding/match'
import type { Outcome } from '@nexus/local/outcome'
import { scenario, seconds } from '@nexus/local/scenario'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import { obtainSource } from '@nexus/packs/fetch'
import type { GasLedger } from '../test/contracts/gas/ledger.ts'
import { writeLargeRound } from '../test/services/funding/large-round.ts'

const say = (text: string) => console.error(`bench: ${text}`)
const node = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  })
  if (run.status !== 0) {
    console.error(run.stdout, run.stderr)
    process.exit(run.status ?? 1)
  }
  return run.stdout
}

say('gas, from receipts')
rmSync('docs/gas.json', { force: true })
const gasTests = globSync('test/contracts/**/*.test.ts')
  .filter(file => readFileSync(file, 'utf8').includes('recordGas('))
  .sort()
node(['node_modules/hardhat/dist/src/cli.js', 'test', 'mocha', ...gasTests], { NEXUS_GAS: 'write' })
const gas = JSON.parse(readFileSync('docs/gas.json', 'utf8')) as GasLedger

/** Median milliseconds of `runs` runs, after one that is not counted. */
async function medianMs(runs: number, work: () => unknown): Promise<number> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
}

say('rates')
const catalogue = loadCatalogue()
const { covers, spi } = scenario(catalogue)
const rates: [string, string][] = []
for (const { name, feed, from, to } of [...Object.values(covers), spi]) {
  const window = { from: seconds(from), to: seconds(to) }
  const clock = { nowSeconds: () => 0 }
  const { inputs } = await obtainSource({ catalogue, feed, window, clock })
  const index = await medianMs(9, () => computeIndex({ catalogue, feed, window, inputs }))
  rates.push([`${name}: raw bytes to index (\`${feed.model}\`)`, `${index.toFixed(1)} ms`])
  const produced = await produceAep({ catalogue, feed, window, sequence: 1, clock })
  if (produced.kind !== 'aep') throw new Error(`${name} gives no index`)
  const seal = await medianMs(5, () => produceAep({ catalogue, feed, window, sequence: 1, clock }))
  const verify = await medianMs(5, () => verifyPack(produced.zip))
  rates.push([
    `${name}: fetch, compute, seal a pack of ${Math.round(produced.zip.length / 1_000)} kB`,
    `${seal.toFixed(1)} ms`,
  ])
  rates.push([`${name}: verify the pack`, `${verify.toFixed(1)} ms`])
}

say('matching')
const rounds = mkdtempSync(path.join(tmpdir(), 'nexus-bench-round-'))
const million = path.join(rounds, 'round.csv')
await writeLargeRound(million, 1_000_000)
const settings = { budget: 10n ** 24n, capBps: 100 }
const matching = await medianMs(3, async () => matchRound('linear', await readRoundFile(million), settings))
const command = ['services/cli/src/main.ts', 'fund', 'match', '--variant', 'linear', '--json']
const matchingProcess = await medianMs(3, () =>
  node([...command, '--input', million, '--budget', `${settings.budget}`, '--cap-bps', `${settings.capBps}`]),
)
rmSync(rounds, { recursive: true, force: true })
rates.push(
  ['1,000,000 contributions, 106 MB of CSV, to capped matches of 1,000 projects', `${(matching / 1_000).toFixed(1)} s`],
  ['the same by `nexus fund match`, whole process', `${(matchingProcess / 1_000).toFixed(1)} s`],
)

say('the main job')
const root = mkdtempSync(path.join(tmpdir(), 'nexus-bench-'))
const began = performance.now()
const outcome = JSON.parse(
  node(['services/cli/src/main.ts', 'up', '--once', '--json', '--quiet', '--dir', path.join(root, 'run')]),
) as Outcome
const wholeMs = performance.now() - began
rmSync(root, { recursive: true, force: true })
const { readingToAnchoredMs, readingToPaidMs } = outcome.timings
rates.push(
  ['`nexus up --once`, whole process', `${(wholeMs / 1_000).toFixed(1)} s`],
  ['slowest reading to anchor in it (with three operators down)', `${(readingToAnchoredMs / 1_000).toFixed(1)} s`],
  ['slowest reading to payment in it', `${(readingToPaidMs / 1_000).toFixed(1)} s`],
)

const table = (headings: string[], rows: string[][]) =>
  [headings, headings.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
const figure = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : value.toLocaleString('en')
const isDeciding = (what: string) => what.startsWith('NVM') || what.startsWith('same call by')
const deciding = Object.entries(gas).filter(([what]) => isDeciding(what))
const ours = Object.entries(gas).filter(([what, { most }]) => most !== null && !isDeciding(what))
/** What a strategy that only passes donations on does for the same purpose. */
const donation: Record<string, string> = {
  'funding: first contribution': 'peer, plain donation strategy: first contribution',
  'funding: change, raised': 'peer, plain donation strategy: one more to the same',
  'funding: ten projects in one transaction': 'peer, plain donation strategy: ten in one transaction',
}
const peerOf = (what: string) => {
  const n = /n = \d+$/.exec(what)?.[0]
  if (n) return gas[`anchor by Chainlink OCR2Base, ${n}`]?.gasUsed
  const plain = gas[donation[what] ?? '']?.gasUsed
  return plain ?? gas[`${what.replace(', citing an AEP', '')}, OpenZeppelin Governor and Timelock`]?.gasUsed
}
writeFileSync(
  'docs/benchmarks.md',
  `# Benchmarks

Written by \`npm run bench\`, which runs all of it again. Gas is from receipts; runs differ by a few zero bytes in signatures, and a
test fails when a figure moves by more than half a per cent without this page. Times are medians on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}: compare them with each other.

## Gas

Anchoring: least quorum, the second and later reports of a feed (one new slot, one overwritten), the dearest of several values
and signers. Beside it the same report through Chainlink's \`OCR2Base\` with \`uniqueReports\`, which asks for the same quorum, writing
the same two slots (\`test/mocks/peers/Ocr2Evidence.sol\`). Binding: the holder owns a policy, the terms are published. A rail: beside OpenZeppelin's
Governor and Timelock as its wizard writes them, over the same members, with the same call (\`test/mocks/peers/PlainGovernor.sol\`); it has
no late or super quorum and no competence, and its second vote reaches the quorum too. A contribution: beside a strategy that keeps no
sums and passes each donation on (\`test/mocks/peers/PlainGrants.sol\`).

${table(
  ['What', 'Gas', 'At most', 'Peer'],
  ours.map(([what, { gasUsed, most }]) => [what, figure(gasUsed), figure(most), figure(peerOf(what))]),
)}

### Deciding

One call that writes two words, by three of six seats. A dissent is a ballot with one more event. A condition is looked at twice in an
execution, cold before it and warm after. Beside it, in the same run, OpenZeppelin's Governor with a TimelockController (propose, three votes with
reason, queue, execute: six transactions) and a Safe without module or guard.

${table(
  ['What', 'Gas', 'At most'],
  deciding.map(([what, { gasUsed, most }]) => [what, figure(gasUsed), figure(most)]),
)}

## Rates

${table(['What', 'Time'], rates)}
`,
)
say('docs/gas.json and docs/benchmarks.md are written')
