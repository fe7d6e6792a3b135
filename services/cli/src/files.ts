import { access, readFile, stat } from 'node:fs/promises'
import { writeFileDurably } from '@nexus/aep/durable'
import { inputError } from '@nexus/kit/errors'

/** Documents are small; a mistaken path to a raw data file must not fill the memory. */
const MOST_BYTES = 16 * 1024 * 1024

/** Reads a JSON document. @throws NexusError `no-such-file`, `file-too-large` or `bad-json`. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw inputError('bad-json', `${file} is not JSON: ${(cause as Error).message}`, { file }, cause)
  }
}

export async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > MOST_BYTES)
      throw inputError('file-too-large', `${file} is ${size} bytes, the most is ${MOST_BYTES}`, { file, size })
    return await readFile(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined || !(cause as NodeJS.ErrnoException).syscall) throw cause
    throw inputError('no-such-file', `${file} cannot be read: ${(cause as Error).message}`, { file }, cause)
  }
}

/** @throws NexusError `file-exists`: what is there is not written over */
export async function requireAbsent(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw inputError('file-exists', `${file} is there already: name another`, { file })
}

/** Whole or not at all. @throws NexusError `not-written` */
export const writeJson = (file: string, document: unknown): Promise<void> =>
  writeFileDurably(file, new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`)).catch(cause => {
    throw inputError('not-written', `${file} cannot be written: ${(cause as Error).message}`, { file }, cause)
  })
