import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { tryAgainError } from '@nexus/kit/errors'

export interface LocalChain {
  url: string
  process: ChildProcess
  /** Resolves when the process is gone. */
  stop(): Promise<void>
}

export interface LocalChainOptions {
  /** File that holds the chain; created when missing. */
  journal: string
  /** 0: any free port. */
  port?: number
  /** First block's time when the journal is new, RFC 3339. */
  start?: string
}

/** Starts the local chain as a process of its own, which ends with this one. @throws NexusError `chain-did-not-start` */
export async function spawnLocalChain({ journal, port = 0, start }: LocalChainOptions): Promise<LocalChain> {
  const args = [fileURLToPath(new URL('./main.ts', import.meta.url)), '--journal', journal, '--port', String(port)]
  if (start) args.push('--start', start)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000)
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string }
    child.stdout.resume()
    return {
      url,
      process: child,
      async stop() {
        if (child.exitCode !== null || child.signalCode !== null) return
        child.kill('SIGTERM')
        await once(child, 'exit')
      },
    }
  }
  throw tryAgainError('chain-did-not-start', `the local chain on port ${port} did not start: ${errors.trim()}`, {
    port,
  })
}
