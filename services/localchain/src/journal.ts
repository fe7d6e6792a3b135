import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'

/** One request that changed the chain, and the timestamp of the block it made (unix seconds). */
export interface JournalEntry {
  method: string
  params: unknown
  timestamp: number
}

export interface Journal {
  /** What a former process had acknowledged, in order. */
  readonly past: readonly JournalEntry[]
  /** Durable when it returns. */
  append(entry: JournalEntry): void
  close(): void
}

/** Length in bytes of the leading part that consists of whole lines: a torn last line was never acknowledged. */
const wholeLines = (bytes: Buffer): number => bytes.lastIndexOf(0x0a) + 1

/** Opens or creates a journal, a file of JSON lines. */
export function openJournal(file: string): Journal {
  const fd = openSync(file, 'a+', 0o600)
  const bytes = readFileSync(file)
  const length = wholeLines(bytes)
  if (length < bytes.length) truncateSync(file, length)
  const past = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1)
  return {
    past: past.map(line => JSON.parse(line) as JournalEntry),
    append(entry) {
      writeSync(fd, `${JSON.stringify(entry)}\n`)
      fsyncSync(fd)
    },
    close: () => closeSync(fd),
  }
}
