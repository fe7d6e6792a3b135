import { lstat, open, opendir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError, verificationError } from '@nexus/kit/errors'
import { sortFiles } from './build.ts'
import { isName } from './names.ts'
import type { Files } from './pack.ts'
import { LIMITS, unzipPack } from './zip.ts'

/** A pack as somebody keeps it: a zip file, or a folder with the same files. */
export type PackSource = { kind: 'zip'; bytes: Uint8Array; files: Files } | { kind: 'folder'; files: Files }

/**
 * Reads a pack from disk, within LIMITS before anything is read.
 * @throws NexusError `not-found`, `pack-too-large` (exit 2), `zip-…`, `not-a-file`, `bad-name` (exit 3)
 */
export async function readPack(path: string): Promise<PackSource> {
  const stats = await lstat(path).catch(cause => {
    throw inputError('not-found', `there is no pack at ${path}`, { path }, cause)
  })
  if (stats.isDirectory()) return { kind: 'folder', files: await readFolder(path) }
  const bytes = await readPackFile(path)
  return { kind: 'zip', bytes, files: unzipPack(bytes) }
}

const MAX_ZIP_BYTES = LIMITS.totalBytes + LIMITS.files * 1024

/** Bytes of a file that may be a pack's zip. @throws NexusError `not-found`, `not-a-file`, `pack-too-large` */
export async function readPackFile(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(cause => {
    throw inputError('not-found', `${path} cannot be read`, { path }, cause)
  })
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw inputError('not-a-file', `${path} is not a file`, { path })
    if (stats.size > MAX_ZIP_BYTES)
      throw inputError('pack-too-large', `${path} has ${stats.size} bytes; a pack has at most ${MAX_ZIP_BYTES}`, {
        path,
        actual: stats.size,
        limit: MAX_ZIP_BYTES,
      })
    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}

async function readFolder(root: string): Promise<Files> {
  const files = new Map<string, Uint8Array>()
  let total = 0
  const walk = async (folder: string, prefix: string): Promise<void> => {
    for await (const entry of await opendir(folder)) {
      const name = prefix + entry.name
      if (entry.isDirectory()) {
        await walk(join(folder, entry.name), `${name}/`)
        continue
      }
      // A link could lead to anything; a pipe would never end.
      if (!entry.isFile()) throw verificationError('not-a-file', `${name} is not a plain file`, { name })
      if (!isName(name))
        throw verificationError('bad-name', `"${name}" cannot be the name of a file in a pack`, { name })
      const path = join(folder, entry.name)
      const { size } = await lstat(path)
      total += size
      if (size > LIMITS.fileBytes || total > LIMITS.totalBytes || files.size >= LIMITS.files)
        throw inputError('pack-too-large', `with ${name} the folder is more than a pack may be`, { name, total })
      files.set(name, new Uint8Array(await readFile(path)))
    }
  }
  await walk(root, '')
  return sortFiles(files)
}
