import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { inputError } from '@nexus/kit/errors'
import { type Address, encodeAbiParameters, type Hex, isHash, keccak256, stringToBytes } from 'viem'
import { blockTimes, type ChainReader, registryAt } from './chain.ts'
import { versionText } from './version.ts'

/** As in ComponentKind. */
export const componentKinds = ['pack', 'node', 'model', 'agent', 'data-source', 'template'] as const
export type ComponentKind = (typeof componentKinds)[number]
/** As in ComponentStatus. */
export const componentStatuses = [
  'none',
  'proposed',
  'certified',
  'suspended',
  'delisted',
  'expired',
  'withdrawn',
] as const
export type ComponentStatus = (typeof componentStatuses)[number]
/** As in CaseState. */
export const caseStates = ['closed', 'open', 'urgent', 'suspended'] as const

const NO_ID = `0x${'00'.repeat(32)}`

export function parseKind(text: string): ComponentKind {
  const kind = componentKinds.find(known => known === text)
  if (kind) return kind
  throw inputError('bad-kind', `"${text}" is no kind of component; known: ${componentKinds.join(', ')}`, {
    text,
    known: componentKinds,
  })
}

/** What the registry names a version of a component by, computed here: what is about to be sent can be compared with it. */
export function componentIdOf(kind: ComponentKind, publisher: Address, name: string, version: number): Hex {
  const lineageId = keccak256(
    encodeAbiParameters(
      [{ type: 'uint8' }, { type: 'address' }, { type: 'bytes32' }],
      [componentKinds.indexOf(kind), publisher, keccak256(stringToBytes(name))],
    ),
  )
  return keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint48' }], [lineageId, version]))
}

/** What a template is made of: a formula, for one feed or, with 0, for any. */
export const templateKey = (formulaId: Hex, feedId: Hex): Hex =>
  keccak256(encodeAbiParameters([{ type: 'bytes32' }, { type: 'bytes32' }], [formulaId, feedId]))

export interface Proposed {
  componentId: Hex
  lineageId: Hex
  publisher: Address
  kind: ComponentKind
  name: string
  version: string
  contentHash: Hex
  sbomHash: Hex
  uri: string
}

export interface Listed extends Proposed {
  /** At this moment. */
  status: ComponentStatus
  conformanceLevel: number
  eql: number
  /** Unix seconds; 0 when it was never certified. */
  expiresAt: number
}

/** Everything that was ever proposed, oldest first, as it was proposed. */
export async function proposedComponents({ client, manifest }: ChainReader): Promise<Proposed[]> {
  const logs = await client.getContractEvents({
    ...{ address: registryAt(manifest, 'component'), abi: componentRegistryAbi, eventName: 'ComponentProposed' },
    ...{ fromBlock: BigInt(manifest.deployedAtBlock), strict: true },
  } as const)
  return logs.map(({ args: { componentId, lineageId, publisher, kind, release } }) => ({
    ...{ componentId, lineageId, publisher, kind: componentKinds[kind] ?? 'pack' },
    ...{ name: release.name, version: versionText(release.version) },
    ...{ contentHash: release.contentHash, sbomHash: release.sbomHash, uri: release.uri },
  }))
}

export async function listComponents(chain: ChainReader): Promise<Listed[]> {
  const proposed = await proposedComponents(chain)
  return Promise.all(proposed.map(one => withStanding(chain, one)))
}

async function withStanding({ client, manifest }: ChainReader, proposed: Proposed): Promise<Listed> {
  const registry = { address: registryAt(manifest, 'component'), abi: componentRegistryAbi } as const
  const args = [proposed.componentId] as const
  const [component, status] = await Promise.all([
    client.readContract({ ...registry, functionName: 'componentOf', args }),
    client.readContract({ ...registry, functionName: 'statusOf', args }),
  ])
  const { conformanceLevel, eql, expiresAt } = component
  return { ...proposed, status: componentStatuses[status] ?? 'none', conformanceLevel, eql, expiresAt }
}

/**
 * A component by its id, or by `NAME` or `NAME@VERSION` where only one is called so. Of a name alone its latest version, but only where
 * that was asked for: whoever is about to certify one must not get another that was proposed meanwhile.
 * @throws NexusError `no-such-component`, `ambiguous-component` with the ids there are
 */
export async function findComponent(
  chain: ChainReader,
  text: string,
  { latest = false }: { latest?: boolean } = {},
): Promise<Proposed> {
  const all = await proposedComponents(chain)
  const [name = '', version] = text.split('@')
  const found = isHash(text)
    ? all.filter(({ componentId }) => componentId === text.toLowerCase())
    : all.filter(one => one.name === name && (version === undefined || one.version === version))
  const several = latest ? new Set(found.map(({ lineageId }) => lineageId)).size : found.length
  if (several > 1)
    throw inputError('ambiguous-component', `"${text}" is several components: name one by its id or version`, {
      text,
      known: found.map(({ componentId, kind, publisher, version }) => ({ componentId, kind, publisher, version })),
    })
  const last = found.at(-1) // the versions of a lineage rise
  if (last) return last
  throw inputError('no-such-component', `no component "${text}" was ever proposed`, {
    text,
    known: all.map(one => `${one.name}@${one.version}`),
  })
}

export interface LinkedFeed {
  feedId: Hex
  /** What reports of it may have at most, as the evidence registry enforces it; 4 is no cap. */
  cap: number
  /** Whether that is what the component's standing says at this moment. */
  inLine: boolean
}

export interface ComponentEvent {
  event: string
  at: number
  by: Address | null
  reasonHash: Hex | null
}

export interface ComponentView extends Listed {
  maintainer: Address | null
  certifier: Address | null
  certifiedAt: number
  /** Whether it is the one component that its content is certified as. */
  holdsContent: boolean
  /** What evidence made with it may be worth now. */
  mostEql: number
  case: {
    state: (typeof caseStates)[number]
    answered: boolean
    openedAt: number
    suspendedUntil: number
    nextUrgentAt: number
  } | null
  /** The first sixteen that were linked. */
  feeds: LinkedFeed[]
  history: ComponentEvent[]
}

export async function viewComponent(chain: ChainReader, proposed: Proposed): Promise<ComponentView> {
  const { client, manifest } = chain
  const registry = { address: registryAt(manifest, 'component'), abi: componentRegistryAbi } as const
  const args = [proposed.componentId] as const
  const [listed, component, found, feedIds, holder, mostEql] = await Promise.all([
    withStanding(chain, proposed),
    client.readContract({ ...registry, functionName: 'componentOf', args }),
    client.readContract({ ...registry, functionName: 'caseOf', args }),
    client.readContract({ ...registry, functionName: 'feedsOf', args }),
    client.readContract({
      ...{ ...registry, functionName: 'holderOf' },
      args: [componentKinds.indexOf(proposed.kind), proposed.contentHash],
    } as const),
    client.readContract({ ...registry, functionName: 'mostEqlOf', args }),
  ])
  // EQL 4 is what a feed without a cap has.
  const feeds = await Promise.all(
    feedIds.map(async feedId => {
      const cap = await client.readContract({
        ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'capOf' },
        args: [feedId],
      } as const)
      return { feedId, cap, inLine: cap === mostEql }
    }),
  )
  const { openedAt, suspendedUntil, nextUrgentAt, answered, state } = found
  return {
    ...listed,
    maintainer: someone(component.maintainer),
    certifier: someone(component.certifier),
    certifiedAt: component.certifiedAt,
    holdsContent: holder === proposed.componentId,
    mostEql,
    case: openedAt ? { state: caseStates[state] ?? 'closed', answered, openedAt, suspendedUntil, nextUrgentAt } : null,
    feeds,
    history: await historyOf(chain, proposed.componentId),
  }
}

const someone = (address: Address): Address | null => (/^0x0{40}$/.test(address) ? null : address)

async function historyOf(chain: ChainReader, componentId: Hex): Promise<ComponentEvent[]> {
  const { client, manifest } = chain
  const timeOf = blockTimes(chain)
  const logs = await client.getContractEvents({
    ...{ address: registryAt(manifest, 'component'), abi: componentRegistryAbi },
    ...{ fromBlock: BigInt(manifest.deployedAtBlock), strict: true },
  } as const)
  const own = logs.filter(({ args }) => 'componentId' in args && args.componentId === componentId)
  return Promise.all(
    own.map(async ({ eventName, args, blockNumber }) => {
      const said = args as Partial<Record<'by' | 'certifier' | 'publisher', Address>> &
        Partial<Record<'reasonHash' | 'answerHash', Hex>> // each event has some of these
      return {
        event: eventName,
        at: await timeOf(blockNumber),
        by: said.by ?? said.certifier ?? said.publisher ?? null,
        reasonHash: said.reasonHash ?? said.answerHash ?? null,
      }
    }),
  )
}

/** The component that a feed is linked to; null for none. */
export async function modelOfFeed({ client, manifest }: ChainReader, feedId: Hex): Promise<Hex | null> {
  const id = await client.readContract({
    ...{ address: registryAt(manifest, 'component'), abi: componentRegistryAbi, functionName: 'modelOf' },
    args: [feedId],
  } as const)
  return id === NO_ID ? null : id
}
