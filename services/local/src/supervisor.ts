import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { tryAgainError } from '@nexus/kit/errors'
import { until } from './poll.ts'

export interface ProcessSpec {
  name: string
  /** Entry file and its arguments. */
  args: readonly string[]
  /** Says when the process is ready for work. */
  isReady(): Promise<boolean>
  /** Its output is appended here. */
  logFile: string
}

export interface Supervised {
  readonly name: string
  readonly pid: number | undefined
  /** Kills it as a power cut would; it comes back by itself unless `stayDown`. Resolves when it is gone. */
  kill9(options?: { stayDown: boolean }): Promise<void>
  /** Starts it again after `kill9({ stayDown: true })` or `stop`, and waits until it is ready. */
  start(): Promise<void>
  ready(): Promise<void>
  stop(): Promise<void>
}

const leash = fileURLToPath(new URL('./leash.ts', import.meta.url))
const compileCache = fileURLToPath(new URL('../../../.nexus/compile-cache', import.meta.url))
const READY_WITHIN_MS = 60_000
/** A process that dies this often in a row will not come back by trying again. */
const MOST_RESTARTS = 5

/** Runs a process to its end. @throws NexusError `process-failed` (75) with the end of its log, when it does not end well */
export async function runToEnd({ name, args, logFile }: Omit<ProcessSpec, 'isReady'>): Promise<void> {
  const child = launch(args, logFile)
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0)
    throw tryAgainError('process-failed', `${name} ended with ${status}; the end of its log:\n${endOf(logFile)}`)
}

function launch(args: readonly string[], logFile: string): ChildProcess {
  mkdirSync(path.dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', leash, ...args], {
    stdio: ['pipe', log, log],
    // A dozen processes load the same modules: compiled once, they start in two thirds of the time.
    env: { ...process.env, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compileCache },
  })
  closeSync(log)
  return child
}

const endOf = (logFile: string) =>
  readFileSync(logFile, 'utf8').slice(-2_000).trimEnd().split('\n').slice(-8).join('\n')

/** Keeps one process running, as an init system would: when it dies it is started again. */
export function supervise(spec: ProcessSpec): Supervised {
  let child: ChildProcess | undefined
  let wanted = false
  let restarts = 0

  const begin = () => {
    const started = launch(spec.args, spec.logFile)
    child = started
    started.once('exit', () => {
      if (child === started) child = undefined
      if (wanted && ++restarts <= MOST_RESTARTS) begin()
    })
  }
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    if (!ending) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }
  const ready = () =>
    until(async () => gaveUp() || (await spec.isReady()) || undefined, {
      what: `${spec.name} to be ready (its log: ${spec.logFile})`,
      withinMs: READY_WITHIN_MS,
    }).then(
      () => {
        if (gaveUp()) throw notReady(`died ${restarts} times in a row`)
      },
      error => {
        throw notReady('did not become ready', error)
      },
    )
  const gaveUp = () => restarts > MOST_RESTARTS
  const notReady = (what: string, cause?: unknown) =>
    tryAgainError('not-ready', `${spec.name} ${what}; the end of its log:\n${endOf(spec.logFile)}`, {}, cause)

  return {
    name: spec.name,
    get pid() {
      return child?.pid
    },
    async kill9({ stayDown } = { stayDown: false }) {
      if (stayDown) wanted = false
      restarts = 0
      await end('SIGKILL')
    },
    async start() {
      wanted = true
      restarts = 0
      if (!child) begin()
      await ready()
    },
    ready,
    async stop() {
      wanted = false
      const timer = setTimeout(() => child?.kill('SIGKILL'), 5_000)
      await end('SIGTERM')
      clearTimeout(timer)
    },
  }
}
