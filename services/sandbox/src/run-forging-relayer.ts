/** A process of a lying operator: `node run-forging-relayer.ts --config FILE`, as `nexus relayer` but for the lie. */
import { parseArgs } from 'node:util'
import { readRelayerConfig } from '@nexus/relayer/config'
import { terminationSignal } from '@nexus/runtime/lifecycle'
import { startForgingRelayer } from './forging-relayer.ts'

const { values } = parseArgs({ options: { config: { type: 'string' } } })
if (!values.config) throw new Error('--config FILE is missing')
const stopped = terminationSignal()
const relayer = await startForgingRelayer(readRelayerConfig(values.config))
process.stdout.write(`${JSON.stringify({ url: relayer.url, operator: relayer.operator })}\n`)
await stopped
await relayer.stop()
