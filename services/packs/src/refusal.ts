import { inputError } from '@nexus/kit/errors'

/** Models and parsers know nothing of this project's errors; what they refuse becomes one here. Anything else is a bug and stays it. */
export function refusalAsInputError(error: unknown, context: Record<string, unknown> = {}): unknown {
  if (!(error instanceof Error) || error.name !== 'Refusal' || !('code' in error)) return error
  const details = 'details' in error && typeof error.details === 'object' ? error.details : {}
  return inputError(String(error.code), error.message, { ...context, ...details }, error)
}
