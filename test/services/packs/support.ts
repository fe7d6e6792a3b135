import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NexusError } from '@nexus/kit/errors'

export const root = join(import.meta.dirname, '../../..')

export interface Thrown {
  code: string
  exitCode: number
  details: Record<string, unknown>
}

/** What somebody can act on: an error's code and exit status. `none` when nothing is thrown; a bug is thrown on. */
export async function thrownBy(work: () => unknown): Promise<Thrown> {
  try {
    await work()
  } catch (error) {
    if ((error as Error).name !== 'NexusError') throw error
    const { code, exitCode, details } = error as NexusError
    return { code, exitCode, details }
  }
  return { code: 'none', exitCode: 0, details: {} }
}

/** A folder of its own for one test. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nexus-packs-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A copy of packs and code, to be changed by a test. */
export async function copyOfPacks(folder: string): Promise<{ packs: string; code: string }> {
  const [packs, code] = [join(folder, 'packs'), join(folder, 'oracles')]
  await cp(join(root, 'packs'), packs, { recursive: true })
  for (const part of ['types.ts', 'shared', 'models', 'sources'])
    await cp(join(root, 'oracles', part), join(code, part), {
      recursive: true,
      filter: path => !path.includes('node_modules'),
    })
  return { packs, code }
}
