/** One pass of a lying observatory: `node run-forging-observatory.ts --config FILE [--from TEXT --to TEXT]`. Prints its jobs as JSON. */
import { parseArgs } from 'node:util'
import { readObservatoryConfig } from '@nexus/observatory/config'
import { forgeOnce, STRONGER_QUAKE } from './forging-observatory.ts'

const { values } = parseArgs({
  options: { config: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
})
if (!values.config) throw new Error('--config FILE is missing')
const { from = STRONGER_QUAKE.from, to = STRONGER_QUAKE.to } = values
const jobs = await forgeOnce(readObservatoryConfig(values.config), { from, to })
process.stdout.write(`${JSON.stringify({ jobs })}\n`)
