import { ExitCode, inputError } from '@nexus/kit/errors'
import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import { reportError } from './output.ts'

/** Errors of usage come from the parser; everything else from the command itself. */
function exitStatus(error: unknown): ExitCode {
  if (!(error instanceof CommanderError)) return reportError(error)
  if (error.exitCode === 0) return ExitCode.done
  // A command of commands, called alone, has printed its help.
  if (error.code === 'commander.help') return reportError(inputError('usage', 'name a command: see the list above'))
  return reportError(inputError('usage', error.message.replace(/^error: /, '')))
}

/** Subcommands built elsewhere take over the way errors are reported here. */
function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent))
}

/** Runs one command line, `args` as a shell would give them; the exit status is left in `process.exitCode`. */
export async function run(args: readonly string[]): Promise<void> {
  const program = new Command('nexus')
    .description('Evidence that moves money, under explicit and governed conditions.')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .showHelpAfterError(false)
  const [name = ''] = args
  try {
    // Only the command that runs is loaded: the others stay names, so that help is instant.
    for (const [id, entry] of Object.entries(commands))
      program.addCommand(id === name ? (await entry.load()).command() : new Command(id).description(entry.summary))
    inherit(program)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = exitStatus(error)
  }
}
