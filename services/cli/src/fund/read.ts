import { type FileOptions, readRoundFile } from '@nexus/funding/file'
import type { Round } from '@nexus/funding/round'

const QUIET_MS = 2_000

/** Reads a round; once it takes over two seconds, says how far it is, once a second. */
export function readRound(file: string, now: () => number, say: (line: string) => void): Promise<Round> {
  let next = now() + QUIET_MS
  const onProgress: NonNullable<FileOptions['onProgress']> = (bytes, of) => {
    if (now() < next) return
    next = now() + 1_000
    say(`read ${Math.round(bytes / 1e6)} of ${Math.round(of / 1e6)} MB`)
  }
  return readRoundFile(file, { onProgress })
}
