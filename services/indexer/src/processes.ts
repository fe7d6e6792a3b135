import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tryAgainError } from '@nexus/kit/errors'
import { until } from './poll.ts'

/** A process id alone may be somebody else's by now; with the moment it began it is not. */
export interface ProcessIdentity {
  pid: number
  beganTicks: string
}

type Role = 'keeper' | 'parent' | 'gnd'
type Processes = Partial<Record<Role, ProcessIdentity>>

const ORDERLY_END_MS = 5_000
const PREDECESSOR_END_MS = 15_000

export const databaseFolder = (dataDir: string) => path.join(dataDir, 'postgres')
const fileOf = (dataDir: string) => path.join(dataDir, 'processes.json')

/** When the process began, in clock ticks since the machine did; undefined when there is none. */
function beganTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // the name in parentheses may hold anything; `state` follows it as field 3, `starttime` is field 22
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const ticks = beganTicks(pid)
  return ticks === undefined ? undefined : { pid, beganTicks: ticks }
}

export const isAlive = ({ pid, beganTicks: ticks }: ProcessIdentity): boolean => beganTicks(pid) === ticks

function read(dataDir: string): Processes {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Processes // written by `record` alone
  } catch {
    return {}
  }
}

/** Notes that a process works on this data folder, so that a later start can end it if nobody else did. */
export function record(dataDir: string, role: Role, pid: number | undefined): void {
  const identity = pid === undefined ? undefined : identify(pid)
  if (identity) writeFileSync(fileOf(dataDir), JSON.stringify({ ...read(dataDir), [role]: identity }))
}

export const forget = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true })

/** PostgreSQL notes its own process, before anybody else could. */
function postmaster(dataDir: string): ProcessIdentity | undefined {
  const folder = databaseFolder(dataDir)
  try {
    const pid = Number(readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder) ? identify(pid) : undefined
  } catch {
    return undefined
  }
}

async function end(victim: ProcessIdentity | undefined, gently: NodeJS.Signals | undefined): Promise<boolean> {
  if (!victim || !isAlive(victim)) return false
  const gone = async () => (isAlive(victim) ? undefined : true)
  if (gently) {
    process.kill(victim.pid, gently)
    if (await until('an orphan to end', ORDERLY_END_MS, gone).catch(() => false)) return true
  }
  process.kill(victim.pid, 'SIGKILL')
  await until('an orphan to be killed', ORDERLY_END_MS, gone)
  return true
}

/**
 * Ends what a keeper that was killed left behind; while a keeper lives, whoever's it is, nothing.
 * @returns how many processes it ended
 */
export async function endOrphans(dataDir: string): Promise<number> {
  const { keeper, gnd } = read(dataDir)
  if (keeper && isAlive(keeper)) return 0
  const ended = [await end(gnd, undefined), await end(postmaster(dataDir), 'SIGINT')]
  forget(dataDir)
  return ended.filter(Boolean).length
}

/**
 * Waits for a keeper of the same data folder that is stopping because its parent is gone.
 * @throws NexusError `indexer-busy` (75) when somebody still uses it
 */
export async function awaitPredecessor(dataDir: string): Promise<void> {
  const { keeper, parent } = read(dataDir)
  if (!keeper || keeper.pid === process.pid || !isAlive(keeper)) return
  const busy = (cause?: unknown) =>
    tryAgainError(
      'indexer-busy',
      `another indexer (process ${keeper.pid}) works in ${dataDir}`,
      { dataDir, pid: keeper.pid },
      cause,
    )
  if (parent && isAlive(parent)) throw busy()
  await until('an earlier indexer to stop', PREDECESSOR_END_MS, async () => (isAlive(keeper) ? undefined : true)).catch(
    cause => {
      throw busy(cause)
    },
  )
}
