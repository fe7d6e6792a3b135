import { Command } from 'commander'
import { emit } from '../output.ts'

interface Options {
  config: string
  json?: true
}

export function command(): Command {
  return new Command('keeper')
    .description('settle what can be settled, until it is told to stop')
    .requiredOption('--config <file>', 'see services/keeper/README.md')
    .option('--json', 'when it serves, one JSON document on stdout')
    .action(async ({ config, json }: Options) => {
      const { runKeeper } = await import('@nexus/keeper/main')
      await runKeeper(config, keeper => emit(json === true, keeper, () => `${keeper.address} serves at ${keeper.url}`))
    })
}
