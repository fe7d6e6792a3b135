import { open, stat } from 'node:fs/promises'
import { inputError } from '@nexus/kit/errors'
import { MAX_INPUT_BYTES } from './limits.ts'

/** A file's bytes. Its size is looked at first, and no more than the limit is read even if it grows meanwhile. */
export async function readInputFile(path: string, maxBytes = MAX_INPUT_BYTES): Promise<Uint8Array> {
  const unreadable = (cause: unknown): never => {
    throw inputError('cannot-read', `cannot read ${path}: ${(cause as Error).message}`, { path }, cause)
  }
  // Before opening: a named pipe would wait for its writer.
  if (!(await stat(path).catch(unreadable)).isFile())
    throw inputError('not-a-file', `${path} is not a regular file`, { path })
  const file = await open(path, 'r').catch(unreadable)
  try {
    const status = await file.stat()
    if (status.size > maxBytes) throw tooLarge(path, status.size, maxBytes)
    const bytes = new Uint8Array(status.size + 1)
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) return bytes.slice(0, length)
      length += bytesRead
    }
    throw inputError('file-changed', `${path} grew while it was read`, { path })
  } finally {
    await file.close()
  }
}

export const tooLarge = (name: string, bytes: number, maxBytes: number) =>
  inputError('input-too-large', `${name} has ${bytes} bytes, more than the ${maxBytes} that are read`, {
    input: name,
    bytes,
    maxBytes,
  })
