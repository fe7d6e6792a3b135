import { inputError } from '@nexus/kit/errors'
import { isMap, isSeq, parseDocument } from 'yaml'

/** The part of a chain's deployment manifest that the subgraph needs. What is optional may not be deployed, or not yet. */
export interface Deployment {
  registry: string
  termsStore: string
  policyBook: string
  disputeBond?: string | undefined
  commons?: string | undefined
  funding?: { factory: string; posts: string } | undefined
  registries?: { nip: string; component: string; charter: string } | undefined
  rails?: { factory: string; book: string; competence: string } | undefined
  governance?: { nvm: string; nvmGuard: string; actionClasses: string; constitution: string } | undefined
  grievance?:
    | {
        rail: string
        desk: string
        ledger: string
        register: string
        panels: string
        respondents: string
        orders: string
      }
    | undefined
  /** No event of any of them is older than this block. */
  deployedAtBlock: number
}

interface Followed {
  /** Where the manifest has it. */
  key: string
  address: (deployment: Deployment) => string | undefined
  /** Without it there is nothing to index. */
  needed?: true
}

/** Which address of the manifest each data source follows. Pools are found by their listing, rounds and a rail's contracts by their opening. */
const followed: Record<string, Followed> = {
  EvidenceRegistry: { key: 'registry', address: of => of.registry, needed: true },
  TermsStore: { key: 'termsStore', address: of => of.termsStore, needed: true },
  PolicyBook: { key: 'policyBook', address: of => of.policyBook, needed: true },
  DisputeBond: { key: 'disputeBond', address: of => of.disputeBond },
  CommonsFund: { key: 'commons', address: of => of.commons },
  RoundFactory: { key: 'funding.factory', address: of => of.funding?.factory },
  MatchPosts: { key: 'funding.posts', address: of => of.funding?.posts },
  NexusValidationModule: { key: 'governance.nvm', address: of => of.governance?.nvm },
  NexusGuard: { key: 'governance.nvmGuard', address: of => of.governance?.nvmGuard },
  ActionClasses: { key: 'governance.actionClasses', address: of => of.governance?.actionClasses },
  Constitution: { key: 'governance.constitution', address: of => of.governance?.constitution },
  RailFactory: { key: 'rails.factory', address: of => of.rails?.factory },
  RailBook: { key: 'rails.book', address: of => of.rails?.book },
  CompetenceCredentials: { key: 'rails.competence', address: of => of.rails?.competence },
  NipRegistry: { key: 'registries.nip', address: of => of.registries?.nip },
  ComponentRegistry: { key: 'registries.component', address: of => of.registries?.component },
  CharterRegistry: { key: 'registries.charter', address: of => of.registries?.charter },
  GrievanceDesk: { key: 'grievance.desk', address: of => of.grievance?.desk },
  GrievanceRail: { key: 'grievance.rail', address: of => of.grievance?.rail },
  GrievancePanels: { key: 'grievance.panels', address: of => of.grievance?.panels },
  GrievanceOrders: { key: 'grievance.orders', address: of => of.grievance?.orders },
  GrievanceLedger: { key: 'grievance.ledger', address: of => of.grievance?.ledger },
  ArbiterRegister: { key: 'grievance.register', address: of => of.grievance?.register },
  RespondentBonds: { key: 'grievance.respondents', address: of => of.grievance?.respondents },
}

/**
 * A subgraph manifest, of the sources or of a build, with the addresses and the first block of a deployment. What the
 * deployment does not have yet is not followed: once it has, this is another subgraph, which reads the chain anew.
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
  sources.items = sources.items.filter(source => {
    if (!isMap(source)) return true
    const name = String(source.get('name'))
    const contract = followed[name]
    if (!contract) throw new Error(`data source ${name} follows no contract`)
    const address = contract.address(deployment)
    if (address === undefined && !contract.needed) return false
    if (!/^0x[0-9a-fA-F]{40}$/.test(address ?? ''))
      throw inputError('manifest-lacks-address', `the deployment manifest has no address under "${contract.key}"`, {
        key: contract.key,
        found: address,
      })
    source.setIn(['source', 'address'], String(address).toLowerCase())
    source.setIn(['source', 'startBlock'], deployment.deployedAtBlock)
    return true
  })
  return document.toString({ lineWidth: 0 })
}
