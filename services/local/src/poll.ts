import { setTimeout as sleep } from 'node:timers/promises'
import { tryAgainError } from '@nexus/kit/errors'

export interface PollOptions {
  what: string
  withinMs: number
  everyMs?: number
}

/**
 * Asks until there is an answer. @throws NexusError `timed-out` (75) naming what was waited for and the last error, when
 * there is none in time.
 */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  { what, withinMs, everyMs = 50 }: PollOptions,
): Promise<T> {
  const deadline = performance.now() + withinMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      lastError = error
    }
    if (performance.now() > deadline) {
      const reason = lastError instanceof Error ? `: ${lastError.message}` : ''
      throw tryAgainError(
        'timed-out',
        `waited ${withinMs / 1000} s for ${what}${reason}`,
        { what, withinMs },
        lastError,
      )
    }
    await sleep(everyMs)
  }
}
