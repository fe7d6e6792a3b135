import type { Log } from './log.ts'
import { errorFields } from './log.ts'

/** Things to stop, in reverse order of their start. */
export interface Lifecycle {
  add(name: string, stop: () => void | Promise<void>): void
  stop(): Promise<void>
}

export function createLifecycle(log: Log): Lifecycle {
  const parts: { name: string; stop: () => void | Promise<void> }[] = []
  let stopped: Promise<void> | undefined
  const stopAll = async () => {
    for (let part = parts.pop(); part; part = parts.pop()) {
      try {
        await part.stop()
      } catch (error) {
        log.error({ part: part.name, ...errorFields(error) }, 'did not stop cleanly')
      }
    }
  }
  return {
    add: (name, stop) => parts.push({ name, stop }),
    stop: () => (stopped ??= stopAll()),
  }
}

/** Resolves at the first SIGINT or SIGTERM. */
export const terminationSignal = (): Promise<NodeJS.Signals> =>
  new Promise(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
