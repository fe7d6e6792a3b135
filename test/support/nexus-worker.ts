/** One process that runs many command lines, one after another: see `nexus.ts`. */
import { run } from '../../services/cli/src/run.ts'
import type { Asked, Ran } from './nexus.ts'

process.on('message', async ({ id, args, cwd, env }: Asked) => {
  const written = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (chunk: string | Uint8Array) => {
      written[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
      return true
    }
  process.chdir(cwd)
  process.env = { ...env }
  process.exitCode = undefined
  await run(args)
  process.send?.({ id, status: Number(process.exitCode ?? 0), ...written } satisfies Ran & { id: number })
})
process.once('disconnect', () => process.exit())
process.send?.('ready')
