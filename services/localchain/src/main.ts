/**
 * Runs the local chain: `node main.ts --journal FILE --port N --start RFC3339`. Prints one JSON line `{"url"}` when it serves.
 * State is in the journal: the same file gives the same chain again.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createHardhatRuntimeEnvironment } from 'hardhat/hre'
import { durableChain } from './durable.ts'
import { openJournal } from './journal.ts'

const { values } = parseArgs({
  options: {
    journal: { type: 'string' },
    port: { type: 'string', default: '0' },
    start: { type: 'string', default: '2011-12-01T00:00:00Z' },
  },
})
if (!values.journal) throw new Error('--journal FILE is missing')

const journal = openJournal(values.journal)
const hre = await createHardhatRuntimeEnvironment({
  plugins: [durableChain(journal)],
  // of contracts that are compiled here every source would be read before the first block, seconds of it, for traces nobody sees
  paths: { artifacts: path.join(path.dirname(values.journal), 'no-artifacts') },
  networks: {
    node: {
      type: 'edr-simulated',
      chainType: 'l1',
      chainId: 31337,
      hardfork: 'osaka',
      initialDate: values.start,
      throwOnTransactionFailures: false,
      loggingEnabled: false,
    },
  },
})
const server = await hre.network.createServer('node', '127.0.0.1', Number(values.port))

// All that was acknowledged is in the journal, and a client that keeps its connection must not keep the chain.
const stop = () => process.exit(0)
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
process.stdin.on('end', stop).resume() // the parent is gone

const { address, port } = await server.listen()
process.stdout.write(`${JSON.stringify({ url: `http://${address}:${port}` })}\n`)
