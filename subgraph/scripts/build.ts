/**
 * Compiles the subgraph into `built/`, which is committed so that nothing is compiled at start:
 * `npm run build -w @nexus/subgraph`. Another folder may be named as the only argument.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { builtFolder, sourceHash, subgraphAbis, subgraphFolder } from './sources.ts'

const target = process.argv[2] ? pathToFileURL(`${path.resolve(process.argv[2])}/`) : builtFolder
const cli = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@graphprotocol/graph-cli/package.json')),
  'bin',
  'run.js',
)

function graph(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: fileURLToPath(subgraphFolder),
    encoding: 'utf8',
  })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  process.exit(status ?? 1)
}

const abis = new URL('generated/abis/', subgraphFolder)
mkdirSync(abis, { recursive: true })
for (const [name, text] of subgraphAbis()) writeFileSync(new URL(name, abis), text)
graph('codegen')

rmSync(target, { recursive: true, force: true })
graph('build', '--output-dir', fileURLToPath(target))
writeFileSync(new URL('sources.sha256', target), `${sourceHash()}\n`)
console.error(`built ${fileURLToPath(target)}`)
