import type { CallRecord } from './calls.ts'
import type { Clock } from './clock.ts'

/** When a call that the contract refused may be tried again. */
export interface Retries {
  /** Whether now is the time, given what became of the call so far. */
  isDue(key: string, record: CallRecord | undefined): boolean
}

const LONGEST_RETRY_MS = 3_600_000

/**
 * Retries ever more rarely. Forgets with its process, which only means one more simulation.
 * @param isFinal whether a refusal is one that will never change
 */
export function createRetries(clock: Clock, firstMs: number, isFinal: (reason: string | null) => boolean): Retries {
  const waits = new Map<string, { untilMs: number; waitMs: number }>()
  return {
    isDue(key, record) {
      if (!record) return true
      if (record.state === 'confirmed') return record.success === false && waited(key)
      return record.state === 'dropped' && !isFinal(record.reason) && waited(key)
    },
  }
  function waited(key: string): boolean {
    const now = clock.nowMs()
    const wait = waits.get(key)
    if (wait && now < wait.untilMs) return false
    const waitMs = wait ? Math.min(LONGEST_RETRY_MS, wait.waitMs * 2) : firstMs
    waits.set(key, { untilMs: now + waitMs, waitMs })
    return wait !== undefined
  }
}
