import { Command } from 'commander'
import { type BuildOptions, build } from '../aep/build.ts'
import { type ShowOptions, show } from '../aep/show.ts'
import { type ProveOptions, prove, type VerifyCommandOptions, verify } from '../aep/verify.ts'

const JSON_FLAG = ['--json', 'one JSON document on stdout'] as const
const PACK = ['<pack>', 'a zip, or a folder with the same files'] as const
const collect = (value: string, before: string[]) => [...before, value]

export function command(): Command {
  const aep = new Command('aep').description('seal, check, prove one claim of, or read an evidence pack')
  aep
    .command('build')
    .description('seal an evidence pack from a feed specification and raw data')
    .requiredOption('--feed <file>', 'feed specification (JSON); without code hashes it takes the code installed here')
    .requiredOption('--input <file>', 'raw data; may be repeated', collect, [])
    .requiredOption('--from <time>', 'start of the window, such as 2018-02-01')
    .requiredOption('--to <time>', 'end of the window, exclusive')
    .requiredOption('--out <path>', 'a name ending in .zip, or a new folder')
    .option('--sequence <n>', 'of the feed; a later pack has a higher one', '1')
    .option('--url <url>', 'where the data come from')
    .option('--licence <id>', 'licence of the data, an SPDX identifier or public-domain')
    .option('--retrieved-at <time>', 'when the data were retrieved, RFC 3339')
    .option('--provisional', 'the source may still correct these data')
    .option(...JSON_FLAG)
    .action((options: BuildOptions) => build(options))
  aep
    .command('verify')
    .description('check every byte of a pack, and recompute its index with the code inside it')
    .argument(...PACK)
    .option('--aep-id <hash>', 'the root it must have')
    .option('--no-recompute', 'do not run the code inside it')
    .option(...JSON_FLAG)
    .action((pack: string, options: VerifyCommandOptions) => verify(pack, options))
  aep
    .command('prove')
    .description('prove one claim or file of a pack against its root')
    .argument(...PACK)
    .requiredOption('--claim <name>', 'such as claim/index, claim/observation/000000, inputs/data.csv')
    .option(...JSON_FLAG)
    .action((pack: string, options: ProveOptions) => prove(pack, options))
  aep
    .command('show')
    .description('read a pack: its index, where it comes from, who has signed')
    .argument(...PACK)
    .option('--html <file>', 'also write a page with a plot')
    .option('--terms <file>', 'terms to compare the index with')
    .option(...JSON_FLAG)
    .action((pack: string, options: ShowOptions) => show(pack, options))
  return aep
}
