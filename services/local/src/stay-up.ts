import { readManifest } from '@nexus/chain/manifest'
import { type StartOutcome, startIndexer } from '@nexus/indexer/start'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { createLog } from '@nexus/runtime/log'
import { type RunLayout, runLayout } from './layout.ts'
import { lockFolder } from './lock.ts'
import { reclaimPorts } from './ports.ts'
import type { Progress } from './progress.ts'
import { serveRailDocuments } from './rail-documents.ts'
import { localRpc } from './rpc.ts'
import { scenario as makeScenario } from './scenario.ts'
import { chainProcess, configureStack, type Stack } from './stack.ts'

export interface Endpoints {
  chain: string
  relayers: readonly string[]
  observatory: string
  keeper: string
  /** What ERC-4824 asks of rails, below `/rails/N/`. */
  rails: string
  /** Null where graph-node cannot run. */
  subgraph: string | null
}

export interface Serving {
  endpoints: Endpoints
  text: string
  stop(): Promise<void>
}

/** The stack is useful without its index: what keeps graph-node from starting is said, and everything else goes on. */
async function indexerOf(stack: Stack, layout: RunLayout): Promise<StartOutcome> {
  try {
    return await startIndexer({
      rpcUrl: stack.rpcUrl,
      manifest: readManifest(layout.manifest),
      dataDir: layout.indexer,
    })
  } catch (error) {
    if (error instanceof NexusError && error.exitCode === ExitCode.tryAgain)
      return { kind: 'unavailable', reason: error.message }
    throw error
  }
}

/** Adds the subgraph to a running stack, where it can run, and says where everything is. */
export async function serve(folder: string, stack: Stack, progress: Progress): Promise<Serving> {
  const layout = runLayout(folder)
  const indexer = await progress.step('index the chain', async say => {
    const started = await indexerOf(stack, layout)
    say(started.kind === 'started' ? started.graphqlUrl : `goes on without: ${started.reason}`)
    return started
  })
  const rails = await serveRailDocuments({
    log: createLog('rail documents', 'warn'),
    network: { client: localRpc(stack.rpcUrl).client, manifest: readManifest(layout.manifest) },
    folder: layout.railDocuments,
    listen: { host: '127.0.0.1', port: Number(new URL(stack.railsUrl).port) },
  })
  const endpoints: Endpoints = {
    chain: stack.rpcUrl,
    relayers: stack.relayerUrls,
    observatory: stack.observatoryUrl,
    keeper: stack.keeperUrl,
    rails: rails.url,
    subgraph: indexer.kind === 'started' ? indexer.graphqlUrl : null,
  }
  const text = [
    '',
    `chain        ${endpoints.chain}`,
    ...endpoints.relayers.map((url, index) => `operator ${index + 1}   ${url}`),
    `observatory  ${endpoints.observatory}`,
    `keeper       ${endpoints.keeper}`,
    `rails        ${endpoints.rails}/rails/1/dao.json`,
    `subgraph     ${indexer.kind === 'started' ? indexer.graphqlUrl : indexer.reason}`,
    '',
    'Stop with Ctrl-C.',
  ].join('\n')
  return {
    endpoints,
    text,
    async stop() {
      await rails.stop()
      if (indexer.kind === 'started') await indexer.stop()
    },
  }
}

/** Serves what an earlier run left: its chain from the journal, its packs by their operators. */
export async function resumeRun(folder: string, progress: Progress): Promise<Serving> {
  const layout = runLayout(folder)
  const unlock = lockFolder(folder)
  let stop = async () => {}
  const release = async () => {
    await stop()
    unlock()
  }
  try {
    const ports = await reclaimPorts(layout)
    const manifest = readManifest(layout.manifest)
    const catalogue = loadCatalogue()
    const { covers, spi } = makeScenario(catalogue)
    const { rpcUrl, process: chain } = chainProcess(layout, ports.chain)
    stop = () => chain.stop()
    await progress.step('replay the chain', () => chain.start())
    const readings = [...Object.values(covers), spi]
    const stack = configureStack({ layout, catalogue, readings }, { rpcUrl, chain, manifest, ports })
    stop = () => stack.stop()
    await progress.step('start relayers, observatory and keeper', async () => {
      await Promise.all([...stack.relayers, stack.observatory, stack.keeper].map(service => service.start()))
    })
    const serving = await serve(folder, stack, progress)
    return {
      ...serving,
      async stop() {
        await serving.stop()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}
