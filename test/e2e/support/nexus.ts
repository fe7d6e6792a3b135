import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../services/cli/src/main.ts', import.meta.url))

export interface Finished {
  status: number
  stdout: string
  stderr: string
}

/** Runs a program to its end. */
export async function run(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const [status] = (await once(child, 'close')) as [number | null]
  return { status: status ?? -1, stdout, stderr }
}

export const nexus = (...args: string[]): Promise<Finished> => run([main, ...args])

export interface Serving<T> {
  process: ChildProcess
  /** The first line on stdout. */
  document: T
  stop(): Promise<number | null>
}

/** Starts a command that stays up; resolves with the JSON document it prints when it serves. */
export async function serve<T>(...args: string[]): Promise<Serving<T>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  let stdout = ''
  const document = await new Promise<T>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text
      const end = stdout.indexOf('\n')
      if (end >= 0) resolve(JSON.parse(stdout.slice(0, end)) as T)
    })
    child.once('exit', status => reject(new Error(`nexus ${args.join(' ')} ended with ${status}: ${stderr}`)))
  })
  return {
    process: child,
    document,
    async stop() {
      if (child.exitCode !== null) return child.exitCode
      child.kill('SIGTERM')
      const [status] = (await once(child, 'exit')) as [number | null]
      return status
    },
  }
}
