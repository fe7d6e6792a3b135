import { inputError } from '@nexus/kit/errors'
import { isMap, isSeq, parseDocument } from 'yaml'

/** The part of a chain's deployment manifest that the subgraph needs. */
export interface Deployment {
  registry: string
  termsStore: string
  policyBook: string
  /** No event of the three contracts is older than this block. */
  deployedAtBlock: number
}

/** Which address of the manifest each data source follows. Pools are found by their listing. */
const followed: Record<string, Exclude<keyof Deployment, 'deployedAtBlock'>> = {
  EvidenceRegistry: 'registry',
  TermsStore: 'termsStore',
  PolicyBook: 'policyBook',
}

/**
 * A subgraph manifest, of the sources or of a build, with the addresses and the first block of a deployment.
 * @param network as the graph-node that runs it calls the chain
 * @throws NexusError `manifest-lacks-address`
 */
export function withAddresses(manifestYaml: string, deployment: Deployment, network: string): string {
  const document = parseDocument(manifestYaml)
  const sources = document.get('dataSources')
  const templates = document.get('templates')
  if (!isSeq(sources) || !isSeq(templates)) throw new Error('a subgraph manifest has data sources and templates')
  for (const source of [...sources.items, ...templates.items]) {
    if (!isMap(source)) throw new Error('a data source is a map')
    source.set('network', network)
  }
  for (const source of sources.items) {
    if (!isMap(source)) continue
    const name = String(source.get('name'))
    const key = followed[name]
    if (!key) throw new Error(`data source ${name} follows no contract`)
    const address = deployment[key]
    if (!/^0x[0-9a-fA-F]{40}$/.test(address ?? ''))
      throw inputError('manifest-lacks-address', `the deployment manifest has no address under "${key}"`, {
        key,
        found: address,
      })
    source.setIn(['source', 'address'], address.toLowerCase())
    source.setIn(['source', 'startBlock'], deployment.deployedAtBlock)
  }
  return document.toString({ lineWidth: 0 })
}
