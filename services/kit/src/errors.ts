/** What the process says with its exit status; every subcommand uses these. */
export const ExitCode = { done: 0, bug: 1, input: 2, verification: 3, tryAgain: 75 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

export interface NexusErrorOptions {
  /** Values a reader needs to act: where, what was found, what was expected. Goes to stderr as JSON. */
  details?: Record<string, unknown>
  cause?: unknown
}

/**
 * An error somebody outside the program can act on. `code` is stable and in kebab case, `message` says what was wrong,
 * where, and what to do. Anything else that is thrown is a bug and exits with 1.
 */
export class NexusError extends Error {
  override readonly name = 'NexusError'
  readonly code: string
  readonly exitCode: ExitCode
  readonly details: Record<string, unknown>

  constructor(exitCode: ExitCode, code: string, message: string, options: NexusErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.exitCode = exitCode
    this.details = options.details ?? {}
  }
}

/** The caller's input or usage is wrong: exit 2. */
export const inputError = (code: string, message: string, details: Record<string, unknown> = {}, cause?: unknown) =>
  new NexusError(ExitCode.input, code, message, { details, cause })

/** Something that had to verify did not: exit 3. */
export const verificationError = (code: string, message: string, details: Record<string, unknown> = {}) =>
  new NexusError(ExitCode.verification, code, message, { details })

/** Nothing is wrong but the moment: exit 75. Retryable; nothing was changed. */
export const tryAgainError = (code: string, message: string, details: Record<string, unknown> = {}, cause?: unknown) =>
  new NexusError(ExitCode.tryAgain, code, message, { details, cause })
