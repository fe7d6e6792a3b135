import type { Clock, Random } from './clock.ts'
import { errorFields, type Log } from './log.ts'

export interface LoopDeps {
  clock: Clock
  random: Random
  log: Log
  /** Told of every step that failed. */
  onError?: (loop: string, error: unknown) => void
}

export interface LoopOptions {
  name: string
  /** One pass over what there is to do; safe to repeat. May say in how many milliseconds it wants to run again. */
  step(signal: AbortSignal): Promise<number | undefined>
  idleMs: number
  /** Longest pause after failures; it doubles from `idleMs`, at least 100 ms. */
  mostBackoffMs?: number
}

export interface Loop {
  /** Runs the step again as soon as it can. */
  wake(): void
  /** Resolves when no step is running any more. */
  stop(): Promise<void>
}

/** Repeats a step for as long as the service lives. A step that throws is logged and tried again later, ever more slowly. */
export function startLoop({ clock, random, log, onError }: LoopDeps, options: LoopOptions): Loop {
  const { name, step, idleMs, mostBackoffMs = 30_000 } = options
  const stopping = new AbortController()
  let rest = new AbortController()
  let again = false
  const wake = () => {
    again = true
    rest.abort()
  }
  const run = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      again = false
      let pauseMs = idleMs
      try {
        pauseMs = (await step(stopping.signal)) ?? idleMs
        failures = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        failures++
        pauseMs =
          Math.min(mostBackoffMs, Math.max(100, idleMs) * 2 ** Math.min(failures - 1, 16)) * (0.5 + random() / 2)
        log.warn(
          { loop: name, failures, retryMs: Math.round(pauseMs), ...errorFields(error) },
          'step failed, will retry',
        )
        onError?.(name, error)
      }
      if (again && failures === 0) continue
      rest = new AbortController()
      if (stopping.signal.aborted) return
      await clock.sleep(pauseMs, rest.signal)
    }
  }
  const running = run()
  return {
    wake,
    async stop() {
      stopping.abort()
      rest.abort()
      await running
    },
  }
}
