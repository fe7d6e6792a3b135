import { pino } from 'pino'

/** A message and fields; never a secret, never a person's data. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** JSON lines on stderr, written before the call returns, so that what a killed process said is not lost with it. */
export const createLog = (service: string, level: LogLevel = 'info'): Log =>
  pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: ['passphrase', 'privateKey', 'secretKey', 'authorization'], censor: '…' },
    },
    pino.destination({ dest: 2, sync: true }),
  )

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** What of an error goes into a log line: its code and text, and that of what caused it. */
export function errorFields(error: unknown): { code?: string; error: string; cause?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  const { code } = error as { code?: unknown }
  const cause = error.cause instanceof Error ? error.cause.message : undefined
  return {
    ...(typeof code === 'string' ? { code } : {}),
    error: error.message,
    ...(cause === undefined ? {} : { cause }),
  }
}
