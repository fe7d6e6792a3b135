import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Deployment, withAddresses } from '@nexus/subgraph/addresses'
import { builtFolder } from '@nexus/subgraph/sources'

/** graph-node's name for the chain. */
export const NETWORK = 'nexus'

const NOWHERE = '0x0000000000000000000000000000000000000000'

function hashOf(folder: string, manifest: string): string {
  const hash = createHash('sha256').update(manifest)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.extname(name) || name === 'subgraph.yaml') continue
    hash.update(`\0${name}\0`).update(readFileSync(path.join(folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}

function place(target: string, built: string, manifest: string): void {
  rmSync(`${target}.part`, { recursive: true, force: true })
  cpSync(built, `${target}.part`, { recursive: true })
  writeFileSync(path.join(`${target}.part`, 'subgraph.yaml'), manifest)
  rmSync(target, { recursive: true, force: true })
  renameSync(`${target}.part`, target)
}

/**
 * A copy of the committed build with the addresses of a deployment, in a folder named by its content: graph-node knows a
 * subgraph by its path, so the same build resumes and a changed one is read anew.
 * @returns the path of the copy's manifest, and the name of its content
 */
export function placeDeployment(dataDir: string, deployment: Deployment): { manifest: string; id: string } {
  const built = fileURLToPath(builtFolder)
  const text = withAddresses(readFileSync(path.join(built, 'subgraph.yaml'), 'utf8'), deployment, NETWORK)
  const id = hashOf(built, text)
  const target = path.join(dataDir, 'deployments', id)
  mkdirSync(path.dirname(target), { recursive: true })
  if (!existsSync(target)) place(target, built, text)
  return { manifest: path.join(target, 'subgraph.yaml'), id }
}

/**
 * `gnd dev` demands a subgraph of its own, which it drops and reads again at every start. It gets one that follows nothing
 * from the present block on, and ours is deployed beside it.
 * @returns the folder to run gnd in
 */
export function placeIdle(dataDir: string, head: number): string {
  const built = fileURLToPath(builtFolder)
  const text = readFileSync(path.join(built, 'subgraph.yaml'), 'utf8')
  const nothing = { registry: NOWHERE, termsStore: NOWHERE, policyBook: NOWHERE, deployedAtBlock: head }
  const folder = path.join(dataDir, 'idle')
  mkdirSync(folder, { recursive: true })
  place(path.join(folder, 'build'), built, withAddresses(text, nothing, NETWORK))
  writeFileSync(path.join(folder, 'subgraph.yaml'), '')
  return folder
}
