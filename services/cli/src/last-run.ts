import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Manifest, readManifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { runLayout } from '@nexus/local/layout'
import { spawnLocalChain } from '@nexus/localchain/spawn'

/** What `nexus up` left behind; commands take it where no chain, store or manifest is named. */
export const lastRun = runLayout(fileURLToPath(new URL('../../../.nexus/last-run', import.meta.url)))

/** A run that `nexus up --dir` keeps elsewhere, or else the last one. */
export const runAt = (dir: string | undefined) => (dir ? runLayout(path.resolve(dir)) : lastRun)

const noRun = (run: typeof lastRun, cause: unknown) => {
  const what = run === lastRun ? 'there is no last run' : `${run.root} holds no run of \`nexus up\``
  return inputError(
    'no-last-run',
    `${what}: name a chain with --rpc, or run \`nexus up --once\``,
    { folder: run.root },
    cause,
  )
}

/** @throws NexusError `no-last-run` when there is none. */
export function lastManifest(run = lastRun): Manifest {
  try {
    return readManifest(run.manifest)
  } catch (cause) {
    throw noRun(run, cause)
  }
}

/** The operators' own stores of packs. */
export async function lastStores(run = lastRun): Promise<string[]> {
  const operators = path.dirname(run.operator(1).folder)
  const names = await readdir(operators).catch(() => [])
  const stores = names.filter(name => /^\d+$/.test(name)).map(name => run.operator(Number(name)).store)
  if (stores.length === 0) throw inputError('no-last-run', 'the last run left no packs: name a store with --store')
  return stores
}

/** Runs `use` against the last run's chain, served again from a copy of its journal: a run that still goes on is left alone. */
export async function withLastChain<T>(use: (rpcUrl: string) => Promise<T>, run = lastRun): Promise<T> {
  lastManifest(run)
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-chain-'))
  try {
    const journal = path.join(folder, 'chain.jsonl')
    await copyFile(run.journal, journal).catch(cause => {
      throw cause.code === 'ENOENT' ? noRun(run, cause) : cause
    })
    const chain = await spawnLocalChain({ journal })
    try {
      return await use(chain.url)
    } finally {
      await chain.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
