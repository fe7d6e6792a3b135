import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { until } from '@nexus/local/poll'

/** Long enough for a machine that is busy with other things. */
export const WITHIN_MS = 60_000
/** Asks until there is an answer; a test waits for a condition, never for a time. */
export const eventually = <T>(what: string, ask: () => Promise<T | undefined>, withinMs = WITHIN_MS) =>
  until(ask, { what, withinMs, everyMs: 40 })

export async function getJson<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  return response.ok ? ((await response.json()) as T) : undefined
}

export interface ServiceSpec {
  name: string
  url: string
  logFile: string
  /** Of the `nexus` command. */
  args: readonly string[]
  /** Entry and arguments of the variant that kills itself after a step. */
  crashing: readonly string[]
}

/** A service as a process of its own. */
export interface Service {
  readonly url: string
  isRunning(): boolean
  /** Resolves when it is ready, or has killed itself as it was to. `entry`: another program in its place. */
  start(as?: { crashAfter: string } | { entry: readonly string[] }): Promise<void>
  /** Resolves when a process that is to kill itself has done so. */
  died(): Promise<void>
  kill9(): Promise<void>
  stop(): Promise<void>
  log(): string
}

const cli = fileURLToPath(new URL('../../services/cli/src/main.ts', import.meta.url))

export function serviceProcess({ name, url, logFile, args, crashing }: ServiceSpec): Service {
  let child: ChildProcess | undefined
  const hasEnded = (one: ChildProcess) => one.exitCode !== null || one.signalCode !== null
  const end = async (signal: NodeJS.Signals) => {
    if (!child || hasEnded(child)) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
  return {
    url,
    isRunning: () => child !== undefined && !hasEnded(child),
    async start(as) {
      const crashAfter = as && 'crashAfter' in as ? as.crashAfter : undefined
      const entry = as && 'entry' in as ? as.entry : crashAfter ? crashing : [cli, ...args]
      const output = openSync(logFile, 'a')
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...entry], {
        stdio: ['ignore', output, output],
        env: { ...process.env, CRASH_AFTER: crashAfter ?? '' },
      })
      closeSync(output)
      child = started
      await eventually(`${name} to be ready`, async () => {
        if (crashAfter && started.signalCode === 'SIGKILL') return true // it came as far as it was to come
        if (hasEnded(started)) throw new Error(`${name} ended: ${log().slice(-2_000)}`)
        return (await getJson(`${url}/ready`)) && true
      })
    },
    async died() {
      if (child && !hasEnded(child)) await once(child, 'exit')
    },
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    log,
  }
}
