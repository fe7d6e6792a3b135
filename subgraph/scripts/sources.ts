import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { erc20Abi } from 'viem'
import { parse } from 'yaml'

export const subgraphFolder = new URL('../', import.meta.url)
/** The committed build: WebAssembly, ABIs, schema, and a manifest whose addresses are zero. */
export const builtFolder = new URL('built/', subgraphFolder)
const artifactsFolder = new URL('../services/chain/artifacts/', subgraphFolder)

interface AbiItem {
  type: string
  name?: string
}

/** What the mappings call, besides the events they follow. */
const calledFunctions: Record<string, string[]> = {
  RiskPool: [
    'asset',
    'balanceOf',
    'exposedAssets',
    'freeAssets',
    'lockedAssets',
    'name',
    'noticeSeconds',
    'owedAssets',
    'owedOf',
    'queuedShares',
    'symbol',
    'totalSupply',
    'unearnedAssets',
  ],
  ERC20Metadata: ['decimals', 'symbol'],
  NexusValidationModule: ['ruleOf'],
  QuadraticRound: ['matchedOf'],
  MatchPosts: [
    'asset',
    'challengeBondAssets',
    'challengeSeconds',
    'clockSeconds',
    'postBondAssets',
    'postingSeconds',
    'rewardBps',
  ],
}

interface Manifest {
  dataSources: { name: string; mapping: { eventHandlers: { event: string }[] } }[]
  templates: { name: string; mapping: { eventHandlers: { event: string }[] } }[]
}

const read = (path: string) => readFileSync(new URL(path, subgraphFolder), 'utf8')

/** From the contracts' own ABIs, those items that the subgraph uses: file name → text. */
export function subgraphAbis(): Map<string, string> {
  const manifest = parse(read('subgraph.yaml')) as Manifest
  const abis = new Map<string, string>()
  const write = (name: string, abi: readonly AbiItem[], events: string[]) => {
    const functions = calledFunctions[name] ?? []
    const used = abi.filter(
      item =>
        (item.type === 'event' && events.includes(item.name ?? '')) ||
        (item.type === 'function' && functions.includes(item.name ?? '')),
    )
    const missing = [...events, ...functions].filter(wanted => !used.some(item => item.name === wanted))
    if (missing.length > 0) throw new Error(`the ABI of ${name} has no ${missing.join(', ')}`)
    abis.set(`${name}.json`, `${JSON.stringify(used, null, 2)}\n`)
  }
  for (const { name, mapping } of [...manifest.dataSources, ...manifest.templates]) {
    const artifact = JSON.parse(readFileSync(new URL(`${name}.json`, artifactsFolder), 'utf8')) as { abi: AbiItem[] }
    write(
      name,
      artifact.abi,
      mapping.eventHandlers.map(({ event }) => event.slice(0, event.indexOf('('))),
    )
  }
  write('ERC20Metadata', erc20Abi, [])
  return abis
}

/** Names everything a build depends on: sources, ABIs and the versions of the tools. */
export function sourceHash(): string {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }
  const mappings = readdirSync(new URL('src/', subgraphFolder)).map(name => `src/${name}`)
  const files = new Map([
    ...['subgraph.yaml', 'schema.graphql', ...mappings].map(name => [name, read(name)] as const),
    ...subgraphAbis(),
    ['tools', JSON.stringify(devDependencies)],
  ])
  const hash = createHash('sha256')
  for (const [name, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\0${Buffer.byteLength(text)}\0`).update(text)
  return hash.digest('hex')
}
