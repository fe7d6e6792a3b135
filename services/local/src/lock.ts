import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tryAgainError } from '@nexus/kit/errors'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** One run at a time in a folder. Returns what gives it free again. @throws NexusError `run-in-progress` (75) */
export function lockFolder(folder: string): () => void {
  mkdirSync(path.dirname(folder), { recursive: true })
  const file = `${folder}.lock`
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid !== process.pid && isAlive(pid))
      throw tryAgainError('run-in-progress', `process ${pid} is using ${folder}; stop it, or name another with --dir`, {
        pid,
        folder,
      })
    rmSync(file, { force: true }) // its owner died without giving it free
  }
}
