import { Command } from 'commander'
import { emit } from '../output.ts'

interface Options {
  config: string
  json?: true
}

export function command(): Command {
  return new Command('relayer')
    .description("run one operator's relayer until it is told to stop")
    .requiredOption('--config <file>', 'see oracles/relayer/README.md')
    .option('--json', 'when it serves, one JSON document on stdout')
    .action(async ({ config, json }: Options) => {
      const { runRelayer } = await import('@nexus/relayer/main')
      await runRelayer(config, relayer =>
        emit(json === true, relayer, () => `${relayer.operator} serves at ${relayer.url}`),
      )
    })
}
