import { ExitCode } from '@nexus/kit/errors'
import { Command } from 'commander'
import { emit } from '../output.ts'

interface Options {
  config: string
  once?: true
  json?: true
}

export function command(): Command {
  return new Command('observatory')
    .description('seal what was measured, once its window is over, and deliver it to the relayers')
    .requiredOption('--config <file>', 'see services/observatory/README.md')
    .option('--once', 'one pass over all jobs; exits 75 when something due could not be done')
    .option('--json', 'one JSON document on stdout: the jobs with --once, else where it serves')
    .action(async ({ config, once, json }: Options) => {
      const { runObservatory, runObservatoryOnce } = await import('@nexus/observatory/main')
      if (!once) {
        await runObservatory(config, serving =>
          emit(json === true, serving, () => `observatory serves at ${serving.url}`),
        )
        return
      }
      const jobs = await runObservatoryOnce(config)
      emit(json === true, { jobs }, () => jobs.map(({ name, outcome }) => `${name}: ${outcome.kind}`).join('\n'))
      const isLate = jobs.some(
        ({ outcome }) =>
          outcome.kind === 'source-failed' ||
          (outcome.kind === 'sealed' && outcome.deliveries.every(({ state }) => state === 'pending')),
      )
      if (isLate) process.exitCode = ExitCode.tryAgain
    })
}
