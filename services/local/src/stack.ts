import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import type { Catalogue } from '@nexus/packs/catalogue'
import { accounts } from './accounts.ts'
import { isReady } from './http.ts'
import { writeKeystore } from './keys.ts'
import type { RunLayout } from './layout.ts'
import { configureRelayers, localChain, localTransactions, ownCopies, prepareOperators } from './operators.ts'
import type { RunPorts } from './ports.ts'
import { localRpc } from './rpc.ts'
import type { Reading } from './scenario.ts'
import { runToEnd, type Supervised, supervise } from './supervisor.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const entry = (file: string) => path.join(repository, file)
const NEXUS = entry('services/cli/src/main.ts')
const SANDBOX = {
  relayer: entry('services/sandbox/src/run-forging-relayer.ts'),
  observatory: entry('services/sandbox/src/run-forging-observatory.ts'),
}

/** Everything that runs: the chain, a relayer for each operator, the observatory, the keeper. */
export interface Stack {
  rpcUrl: string
  relayerUrls: readonly string[]
  observatoryUrl: string
  keeperUrl: string
  /** Documents of rails are served there, below `/rails/N/`, while the stack stays up. */
  railsUrl: string
  chain: Supervised
  relayers: readonly Supervised[]
  observatory: Supervised
  keeper: Supervised
  /** Faulty stand-ins: the last operator's relayer with that operator's own keys; an observatory that forges one reading, once. */
  sandbox: { relayer: Supervised; forge(reading: Reading): Promise<void> }
  /** An honest observatory beside the other, for one more reading. */
  lateObservatory(reading: Reading): Supervised
  stop(): Promise<void>
}

export interface StackOptions {
  layout: RunLayout
  catalogue: Catalogue
  readings: readonly Reading[]
}

const json = (file: string, value: unknown) => {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}

/** The chain's process, with its state in the journal. */
export function chainProcess(layout: RunLayout, port: number): { rpcUrl: string; process: Supervised } {
  const rpcUrl = `http://127.0.0.1:${port}`
  const { client } = localRpc(rpcUrl)
  const process = supervise({
    name: 'chain',
    args: [entry('services/localchain/src/main.ts'), '--journal', layout.journal, '--port', String(port)],
    isReady: () =>
      client.getChainId().then(
        () => true,
        () => false,
      ),
    logFile: layout.log('chain'),
  })
  return { rpcUrl, process }
}

/** Makes keys for a new run; returns the hashes of the operators' post-quantum keys, in the committee's order. */
export async function prepareKeys(layout: RunLayout): Promise<Hex[]> {
  await writeKeystore(accounts.keeper, layout.keeper.keystore, layout.keeper.passphrase)
  return prepareOperators(layout)
}

/** Configures the services around a running chain; nothing is started yet. */
export function configureStack(
  { layout, catalogue, readings }: StackOptions,
  { rpcUrl, chain, manifest, ports }: { rpcUrl: string; chain: Supervised; manifest: Manifest; ports: RunPorts },
): Stack {
  const url = (port: number) => `http://127.0.0.1:${port}`
  const relayerUrls = ports.relayers.map(url)
  const [observatoryUrl, keeperUrl, lateUrl] = [url(ports.observatory), url(ports.keeper), url(ports.lateObservatory)]
  const datasets = [...new Set(readings.map(({ feed }) => feed.source.dataset))]
  configureRelayers({ layout, catalogue, datasets }, { rpcUrl, manifest, ports: ports.relayers })
  const common = {
    chain: { ...localChain(rpcUrl, manifest.chainId), fromBlock: manifest.deployedAtBlock },
  }
  const observatoryConfig = (observed: readonly Reading[], folder: string, port = ports.observatory) => ({
    chain: { ...common.chain, registry: manifest.registry },
    listen: { port },
    jobs: observed.map(({ name, feed, from, to }) => ({
      name,
      feed,
      window: { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` },
    })),
    relayers: relayerUrls,
    sources: ownCopies(catalogue, datasets, path.join(folder, 'sources')),
    storeDir: 'packs',
    databaseFile: 'observatory.db',
    delivery: { timeoutMs: 20_000, retryMs: 500 },
    sourceRetryMs: 1_000,
  })
  json(layout.observatory.config, observatoryConfig(readings, layout.observatory.folder))
  json(layout.keeper.config, {
    account: { keystoreFile: 'keystore.json', passphraseFile: 'passphrase' },
    chain: {
      ...common.chain,
      registry: manifest.registry,
      policyBook: manifest.policyBook,
      termsStore: manifest.termsStore,
    },
    listen: { port: ports.keeper },
    databaseFile: 'keeper.db',
    retryMs: 500,
    transactions: localTransactions,
  })

  const service = (name: string, at: string, args: readonly string[]) =>
    supervise({ name, args, isReady: () => isReady(at), logFile: layout.log(name) })
  const relayers = relayerUrls.map((at, index) =>
    service(`relayer-${index + 1}`, at, [NEXUS, 'relayer', '--config', layout.operator(index).config]),
  )
  const observatory = service('observatory', observatoryUrl, [
    NEXUS,
    'observatory',
    '--config',
    layout.observatory.config,
  ])
  const keeper = service('keeper', keeperUrl, [NEXUS, 'keeper', '--config', layout.keeper.config])
  const last = relayerUrls.length - 1
  const sandbox = {
    relayer: service('forging-relayer', relayerUrls[last] ?? '', [
      SANDBOX.relayer,
      '--config',
      layout.operator(last).config,
    ]),
    async forge(reading: Reading) {
      const { config, folder } = layout.forgingObservatory
      json(config, observatoryConfig([reading], folder))
      const name = 'forging-observatory'
      await runToEnd({ name, args: [SANDBOX.observatory, '--config', config], logFile: layout.log(name) })
    },
  }
  const late: Supervised[] = []
  const lateObservatory = (reading: Reading) => {
    const { config, folder } = layout.lateObservatory
    json(config, observatoryConfig([reading], folder, ports.lateObservatory))
    const started = service('late-observatory', lateUrl, [NEXUS, 'observatory', '--config', config])
    late.push(started)
    return started
  }
  return {
    lateObservatory,
    rpcUrl,
    relayerUrls,
    observatoryUrl,
    keeperUrl,
    railsUrl: url(ports.rails),
    chain,
    relayers,
    observatory,
    keeper,
    sandbox,
    async stop() {
      const services = [keeper, observatory, ...relayers, sandbox.relayer, ...late]
      await Promise.all(services.map(running => running.stop()))
      await chain.stop()
    },
  }
}

/** An empty folder for a new run. */
export function clearRun(layout: RunLayout): void {
  rmSync(layout.root, { recursive: true, force: true })
  mkdirSync(layout.root, { recursive: true })
}
