import { setTimeout as sleep } from 'node:timers/promises'
import { tryAgainError } from '@nexus/kit/errors'

/** Asks until there is an answer; errors of asking count as none. @throws NexusError `timed-out` with the last of them. */
export async function until<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | undefined>,
  everyMs = 100,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    let cause: unknown
    const answer = await ask().catch(error => {
      cause = error
      return undefined
    })
    if (answer !== undefined) return answer
    if (performance.now() > deadline)
      throw tryAgainError('timed-out', `waited ${withinMs / 1000} s for ${what}`, { what, withinMs }, cause)
    await sleep(everyMs)
  }
}
