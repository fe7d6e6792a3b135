import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Ran {
  status: number
  stdout: string
  stderr: string
}
export interface Asked {
  id: number
  args: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

const worker = fileURLToPath(new URL('./nexus-worker.ts', import.meta.url))
let started: Promise<ChildProcess> | undefined
let asked = 0
let last: Promise<unknown> = Promise.resolve()

async function start(): Promise<ChildProcess> {
  const child = fork(worker, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(child, 'message')
  child.unref()
  child.channel?.unref()
  return child
}

/**
 * Runs `nexus` with these arguments: not in a process of its own, most of whose time would go into loading the same modules again, but
 * in one beside the tests that all of them share. What depends on the process itself (its end, its signals, what it loads) is tested with
 * real ones, in `main.test.ts` and end to end.
 */
export function nexus(
  args: readonly string[],
  { cwd = process.cwd(), env = process.env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  started ??= start()
  const before = last
  const running = (async () => {
    const child = await started
    await before.catch(() => {})
    if (!child) throw new Error('the process that runs commands was not started')
    const id = ++asked
    child.channel?.ref()
    try {
      return await new Promise<Ran>((resolve, reject) => {
        const gone = () => reject(new Error(`the process that runs commands ended in: nexus ${args.join(' ')}`))
        child.once('exit', gone)
        child.once('message', (ran: Ran & { id: number }) => {
          child.off('exit', gone)
          const { id: answered, ...result } = ran
          if (answered === id) resolve(result)
          else reject(new Error(`answer ${answered} came where ${id} was expected`))
        })
        child.send({ id, args: [...args], cwd, env } satisfies Asked)
      })
    } finally {
      child.channel?.unref()
    }
  })()
  last = running
  return running
}
