import { ExitCode, NexusError } from '@nexus/kit/errors'
import { printable } from '@nexus/kit/printable'

/** One JSON document on stdout with `--json`, else text for people. Logs and progress go to stderr. */
export function emit(json: boolean, document: unknown, text: () => string): void {
  process.stdout.write(
    json ? `${JSON.stringify(document, (_, v) => (typeof v === 'bigint' ? v.toString() : v))}\n` : `${text()}\n`,
  )
}

/** Writes `{"code","message","details"}` to stderr and returns the exit status that goes with it. */
export function reportError(error: unknown): ExitCode {
  if (error instanceof NexusError) {
    const { code, message, details } = error
    process.stderr.write(
      `${JSON.stringify({ code, message, details }, (_, v) => (typeof v === 'bigint' ? v.toString() : v))}\n`,
    )
    return error.exitCode
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${JSON.stringify({ code: 'bug', message, details: {} })}\n`)
  return ExitCode.bug
}

export type Row = readonly [string, string]

/** A title, and below it what there is to say by name. Whoever wrote the words, each stays on its line. */
export function rows(title: string, all: readonly Row[]): string {
  const width = Math.max(10, ...all.map(([name]) => name.length))
  return [title, ...all.map(([name, value]) => `  ${name.padEnd(width)} ${value}`)].map(printable).join('\n')
}

/** Several values under one name. */
export const listed = (name: string, values: readonly string[]): Row[] =>
  values.map((value, n): Row => [n === 0 ? name : '', value])
