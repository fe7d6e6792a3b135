import { ExitCode, NexusError } from '@nexus/kit/errors'

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
