import { lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { canonicalBytes, type Hex, sha256Hex } from '@nexus/kit/canonical'
import { inputError } from '@nexus/kit/errors'

/** Packs are words, templates and small tables. */
const MOST_FILES = 1_000
const MOST_BYTES = 64 * 1024 * 1024

/**
 * What the files of a folder hash to: SHA-256 over the RFC 8785 text of `[["path","0x" + SHA-256 of the file],…]`, sorted by path, as of
 * the code of a model. Paths are relative, with `/`. Names, modes and times of anything else do not count; what would make the answer
 * depend on more than the files (a link, a device) is refused.
 * @throws NexusError `no-such-folder`, `bad-content` with the path that is to blame
 */
export async function folderHash(folder: string): Promise<{ hash: Hex; files: number; bytes: number }> {
  const files: [string, Hex][] = []
  let bytes = 0
  for (const name of (await namesIn(folder)).sort()) {
    const file = path.join(folder, name)
    const stats = await lstat(file)
    if (stats.isDirectory()) continue
    if (!stats.isFile())
      throw inputError('bad-content', `${name} is neither a file nor a folder: its content is not its own`, {
        path: name,
      })
    bytes += stats.size
    if (files.length === MOST_FILES || bytes > MOST_BYTES)
      throw inputError('bad-content', `${folder} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes`, {
        folder,
      })
    files.push([name.split(path.sep).join('/'), sha256Hex(await readFile(file))])
  }
  if (files.length === 0) throw inputError('bad-content', `${folder} holds no files`, { folder })
  files.sort(([a], [b]) => (a < b ? -1 : 1))
  return { hash: sha256Hex(canonicalBytes(files)), files: files.length, bytes }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true })
  } catch (cause) {
    throw inputError('no-such-folder', `${folder} cannot be read: ${(cause as Error).message}`, { folder }, cause)
  }
}

/** SHA-256 of a file, as `sha256sum` prints it. @throws NexusError `no-such-file` */
export async function fileHash(file: string): Promise<Hex> {
  try {
    return sha256Hex(await readFile(file))
  } catch (cause) {
    throw inputError('no-such-file', `${file} cannot be read: ${(cause as Error).message}`, { file }, cause)
  }
}
