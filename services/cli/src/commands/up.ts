import path from 'node:path'
import { ExitCode, inputError } from '@nexus/kit/errors'
import type { Outcome } from '@nexus/local/outcome'
import { silentProgress, terminalProgress } from '@nexus/local/progress'
import { summary } from '@nexus/local/summary'
import { terminationSignal } from '@nexus/runtime/lifecycle'
import { Command } from 'commander'
import { lastRun } from '../last-run.ts'
import { emit } from '../output.ts'

interface Options {
  once?: true
  resume?: true
  dir: string
  quiet?: true
  json?: true
}

export function command(): Command {
  return new Command('up')
    .description(
      'the whole stack on a local chain, and the main job on it: from readings to money, and back to a proof',
    )
    .option('--once', 'stop everything when the main job is done')
    .option('--resume', 'serve the chain and packs of the last run again, without a new one')
    .option('--dir <folder>', 'where the run is kept', lastRun.root)
    .option('--quiet', 'no progress on stderr')
    .option('--json', 'one JSON document on stdout')
    .action(async ({ once, resume, dir, quiet, json }: Options) => {
      if (once && resume) throw inputError('usage', '--resume stays up; it does not go with --once')
      const folder = path.resolve(dir)
      const progress = quiet ? silentProgress : terminalProgress(process.stderr)
      const { resumeRun, serve } = await import('@nexus/local/stay-up')
      if (resume) {
        const serving = await resumeRun(folder, progress)
        emit(json === true, serving.endpoints, () => serving.text)
        await terminationSignal()
        return serving.stop()
      }
      const { runMainJob } = await import('@nexus/local/up')
      const run = await runMainJob({ folder, progress })
      const { outcome, rows, unexpected, pages } = run
      emit(json === true, outcome, () => summary(outcome, rows, unexpected, nextCommands(folder, outcome, pages)))
      if (!outcome.ok) process.exitCode = ExitCode.verification
      if (!once) {
        const serving = await serve(folder, run.stack, progress)
        process.stderr.write(`${serving.text}\n`)
        await terminationSignal()
        await serving.stop()
      }
      await run.stop()
    })
}

/** What to try next, ready to paste. */
function nextCommands(folder: string, { aeps, policies }: Outcome, pages: readonly string[]): string[] {
  const relative = (...parts: string[]) => path.relative(process.cwd(), path.join(...parts))
  const paid = policies.find(({ status }) => status === 'paid')
  const pack = aeps.find(({ feed }) => feed === paid?.feed)
  const dir = folder === lastRun.root ? '' : ` --dir ${relative(folder)}`
  return [
    `./nexus reconstruct ${paid?.settleTx}${dir}`,
    `./nexus aep verify ${relative(folder, 'operators', '0', 'packs', `${pack?.aepId}.zip`)}`,
    `a browser: ${relative(pages[0] ?? folder)}`,
  ]
}
