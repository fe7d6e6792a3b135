import { writeFileDurably } from '@nexus/aep/durable'
import { collusionReport } from '@nexus/funding/collusion'
import { matchRound } from '@nexus/funding/match'
import { matchPage } from '@nexus/funding/page'
import type { Round } from '@nexus/funding/round'
import { variantFor, variants } from '@nexus/funding/variants'
import { Command } from 'commander'
import { withWrite } from '../act.ts'
import { amountFlag, countFlag, type MatchFlags, settingsOf } from '../fund/options.ts'
import { answer, challenge } from '../fund/play.ts'
import { post, posts, simply } from '../fund/post-steps.ts'
import { readRound } from '../fund/read.ts'
import { collusionText, matchText } from '../fund/text.ts'
import { withLook } from '../look.ts'
import { emit } from '../output.ts'

interface MatchOptions extends MatchFlags {
  variant: string
  input: string
  html?: string
  json?: true
}

interface CollusionOptions extends MatchFlags {
  input: string
  variant?: string[]
  identities: string
  capital?: string
  projects: string
  json?: true
}

const MOST_IDENTITIES = 10_000
const MOST_PROJECTS = 1_000

const collect = (value: string, before: string[] = []) => [...before, value]
const variantList = () =>
  Object.entries(variants)
    .map(([name, { about, params }]) => {
      const own = Object.entries(params).map(
        ([param, { about: what, byDefault }]) =>
          `${param}: ${what}, ${byDefault === null ? 'must be given' : `default ${byDefault}`}`,
      )
      return `  ${name.padEnd(20)} ${about}${own.length === 0 ? '' : ` (${own.join('; ')})`}`
    })
    .join('\n')

export function command(): Command {
  const fund = new Command('fund').description('quadratic funding: matching, collusion, and posted results')
  fund
    .command('match')
    .description('what each project gets of a budget')
    .requiredOption('--variant <name>', 'how it is shared: see below')
    .requiredOption('--input <file>', 'CSV or JSON: project,contributor,amount or project,sqrtSum,contributed')
    .requiredOption('--budget <amount>', 'base units')
    .option('--cap-bps <n>', 'the most a project gets, in hundredths of a per cent of the budget')
    .option('--credit-factor <g>', 'for clr-fund: base units of one voice credit')
    .option('--param <name=value>', "another parameter of the variant's; may be repeated", collect)
    .option('--html <file>', 'also write a page with a chart')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', `\nVariants:\n${variantList()}`)
    .action(match)
  fund
    .command('collusion')
    .description('what identities that are one person could have drawn, by variant')
    .requiredOption('--input <file>', 'as of match')
    .requiredOption('--budget <amount>', 'base units')
    .option('--variant <name>', 'may be repeated; default: all that can be computed from the input', collect)
    .option('--identities <k>', `up to so many, at most ${MOST_IDENTITIES}`, '100')
    .option('--capital <amount>', 'what they have together, base units; default: what an average project was given')
    .option('--projects <n>', 'how many of the largest matches to look at one by one', '10')
    .option('--cap-bps <n>', 'as of match')
    .option('--credit-factor <g>', 'as of match')
    .option('--param <name=value>', 'as of match', collect)
    .option('--json', 'one JSON document on stdout')
    .action(collusion)
  addPosted(fund)
  return fund
}

const ROUND = 'its address: `nexus round list`'
const POST = 'number of the post: `nexus fund posts`'
const CHALLENGE = 'number of the challenge'

function addPosted(fund: Command): void {
  withWrite(fund.command('post'))
    .description("compute a round's one right result from its events, bond it and post it: anyone")
    .argument('<round>', ROUND)
    .option('--uri <uri>', 'where its lines can be had; nothing depends on it')
    .action(post)
  withLook(fund.command('posts'))
    .description('posted results: right or wrong, as computed again, and until when each is open')
    .argument('[round]', ROUND)
    .action(posts)
  withWrite(fund.command('challenge'))
    .description('challenge a wrong post and play on until it is defeated: anyone')
    .argument('<post>', POST)
    .option('--once', 'one move, and no waiting')
    .action(challenge)
  withWrite(fund.command('answer'))
    .description('answer one move of a challenge: the poster, of what is right')
    .argument('<challenge>', CHALLENGE)
    .action(answer)
  for (const [name, functionName, argument, what] of [
    ['conclude', 'conclude', POST, 'end a post that stood its window: anyone'],
    ['expire', 'expire', CHALLENGE, 'end a challenge against whoever is out of time: anyone'],
    ['settle', 'settle', CHALLENGE, 'give a bond back where the post fell to something else: anyone'],
    ['collect', 'collect', 'address', 'pay an account what it is owed of bonds: anyone'],
    ['pay-commons', 'payCommons', ROUND, "pay the commons its part of a round's defeated posts: anyone"],
  ] as const)
    withWrite(fund.command(name))
      .description(what)
      .argument('<what>', argument)
      .action(simply({ name: functionName, title: what.replace(/:.*/, '') }))
  fund
    .command('watch')
    .description('defend own posts, challenge wrong ones, have rounds adopt results, until it is told to stop')
    .requiredOption('--config <file>', 'see services/funding/src/watch/README.md')
    .option('--json', 'when it serves, one JSON document on stdout')
    .action(watch)
}

async function watch({ config, json }: { config: string; json?: true }): Promise<void> {
  const { runWatcher } = await import('@nexus/funding/watch/main')
  await runWatcher(config, watcher => emit(json === true, watcher, () => `${watcher.address} serves at ${watcher.url}`))
}

const now = () => performance.now()
const say = (line: string) => process.stderr.write(`${line}\n`)

async function match({ variant: name, input, html, json, ...flags }: MatchOptions): Promise<void> {
  const settings = settingsOf(flags, [name]) // what was typed is told before files are read
  const round = await readRound(input, now, say)
  const matching = matchRound(name, round, settings)
  const includes = variantFor(name).contained(settings) > 0n
  if (html !== undefined)
    await writeFileDurably(html, new TextEncoder().encode(matchPage(matching, settings.capBps, includes)))
  emit(json === true, matching, () => matchText(matching, settings.capBps, includes))
}

async function collusion({ variant, input, json, ...options }: CollusionOptions): Promise<void> {
  const typed = settingsOf(options, variant ?? Object.keys(variants))
  const identities = countFlag('--identities', options.identities, MOST_IDENTITIES)
  const mostProjects = countFlag('--projects', options.projects, MOST_PROJECTS)
  const capital = options.capital === undefined ? null : amountFlag('--capital', options.capital)
  const round = await readRound(input, now, say)
  const report = collusionReport({
    round,
    settings: typed,
    variants: variant ?? computable(round),
    identities,
    capital: capital ?? averageOf(round),
    mostProjects,
  })
  emit(json === true, report, () => collusionText(report))
}

const computable = ({ contributions }: Round): string[] =>
  Object.keys(variants).filter(name => contributions !== null || variantFor(name).needs === 'tallies')

const averageOf = ({ tallies }: Round): bigint =>
  tallies.reduce((sum, { contributed }) => sum + contributed, 0n) / BigInt(Math.max(1, tallies.length))
