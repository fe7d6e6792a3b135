import { open, stat } from 'node:fs/promises'
import { inputError } from '@nexus/kit/errors'
import { csvRoundReader, parseJsonRound } from './input.ts'
import { ROUND_LIMITS, type Round, type RoundLimits } from './round.ts'

export interface FileLimits extends RoundLimits {
  /** CSV is read in pieces, JSON as a whole. */
  readonly mostCsvBytes: number
  readonly mostJsonBytes: number
}
export const FILE_LIMITS: FileLimits = {
  ...ROUND_LIMITS,
  mostCsvBytes: 512 * 1024 * 1024,
  mostJsonBytes: 128 * 1024 * 1024,
}

const PIECE_BYTES = 1024 * 1024

export interface FileOptions {
  readonly limits?: FileLimits
  readonly onProgress?: (bytes: number, of: number) => void
}

/** Reads a round from a file: JSON where its first character is one of JSON's, else CSV. @throws NexusError (exit 2) */
export async function readRoundFile(
  path: string,
  { limits = FILE_LIMITS, onProgress }: FileOptions = {},
): Promise<Round> {
  const unreadable = (cause: unknown): never => {
    throw inputError('cannot-read', `cannot read ${path}: ${(cause as Error).message}`, { path }, cause)
  }
  // Before opening: a named pipe would wait for its writer.
  const status = await stat(path).catch(unreadable)
  if (!status.isFile()) throw inputError('not-a-file', `${path} is not a regular file`, { path })
  const file = await open(path, 'r').catch(unreadable)
  try {
    const { size } = status
    const piece = Buffer.alloc(PIECE_BYTES)
    const read = async () =>
      piece.subarray(0, (await file.read(piece, 0, piece.length, null).catch(unreadable)).bytesRead)
    let bytes = await read()
    const isJson = /^\uFEFF?\s*[[{]/.test(bytes.toString('utf8', 0, 4096))
    const most = isJson ? limits.mostJsonBytes : limits.mostCsvBytes
    const csv = csvRoundReader(limits)
    const pieces: Buffer[] = []
    for (let done = 0; bytes.length > 0; bytes = await read()) {
      done += bytes.length
      if (Math.max(size, done) > most)
        throw inputError(
          'input-too-large',
          `${path} has ${Math.max(size, done)} bytes, more than the ${most} that are read`,
          {
            path,
            bytes: Math.max(size, done),
            most,
          },
        )
      if (isJson) pieces.push(Buffer.from(bytes))
      else csv.push(bytes)
      onProgress?.(done, size)
    }
    return isJson ? parseJsonRound(decode(Buffer.concat(pieces)), limits) : csv.end()
  } finally {
    await file.close()
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw inputError('not-utf8', 'the document is not UTF-8 text', {}, cause)
  }
}
