import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { type Contract, gateOf, holdersOf, titleOf } from '@nexus/deploy/powers'
import { roles } from '@nexus/deploy/roles'
import { inputError, verificationError } from '@nexus/kit/errors'
import { type AbiFunction, type Address, type Hex, isAddressEqual, isHash, keccak256, stringToBytes } from 'viem'
import { toFunctionSelector } from 'viem/utils'
import { type ChainReader, registryAt } from '../registry/chain.ts'
import { modelOfFeed } from '../registry/component.ts'

/** As in CarrierKind. */
export const carrierKinds = ['function', 'policy', 'feed'] as const
/** As in PolicyStatus. */
const policyStatuses = ['none', 'active', 'paid', 'zero', 'lapsed', 'cancelled'] as const

export const charterIdOf = (name: string): Hex => keccak256(stringToBytes(name))

export interface Holder {
  address: Address
  /** Of a contract of the suite, or of the Safe that the institutions decide through. */
  name: string | null
}

/** Who may call a function. */
export type Guard =
  | { kind: 'role'; role: string; roleId: number; holders: Holder[] }
  /** By the contract's own rule, in words. */
  | { kind: 'only'; who: string }
  | { kind: 'anyone' }
  /** The target or the function is none of the suite's: nothing can be said of it. */
  | { kind: 'unknown' }

export type CarrierView =
  | {
      kind: 'function'
      target: Address
      contract: string | null
      selector: Hex
      function: string | null
      guard: Guard
    }
  | { kind: 'policy'; target: Address; contract: string | null; policyId: bigint; status: string }
  | { kind: 'feed'; feedId: Hex; cap: number; modelComponent: Hex | null }

export interface ClauseView {
  label: string
  clauseId: Hex
  /** null when it is repealed. */
  text: string | null
  textHash: Hex
  sinceVersion: number
  carriers: CarrierView[]
}

export interface CharterView {
  charterId: Hex
  name: string
  keeper: Holder
  /** The one that is shown. */
  version: number
  latestVersion: number
  charterHash: Hex
  amendedAt: number
  clauses: ClauseView[]
}

export interface CharterDeps extends ChainReader {
  /** Every contract that can be called by its name. */
  contracts: readonly Contract[]
  /** Others that hold something: the Safe, say. */
  holders?: readonly { name: string; address: Address }[]
}

const registryOf = ({ manifest }: ChainReader) =>
  ({ address: registryAt(manifest, 'charter'), abi: charterRegistryAbi }) as const

async function opened(chain: ChainReader) {
  const logs = await chain.client.getContractEvents({
    ...{ ...registryOf(chain), eventName: 'CharterOpened' },
    ...{ fromBlock: BigInt(chain.manifest.deployedAtBlock), strict: true },
  } as const)
  return logs.map(({ args: { charterId, name } }) => ({ charterId, name }))
}

export interface CharterSummary {
  charterId: Hex
  name: string
  keeper: Holder
  version: number
  /** That were ever in it, repealed ones too. */
  clauses: number
  charterHash: Hex
}

export async function listCharters(deps: CharterDeps): Promise<CharterSummary[]> {
  return Promise.all(
    (await opened(deps)).map(async ({ charterId, name }) => {
      const { keeper, version, clauses, charterHash } = await charterOf(deps, charterId)
      return { charterId, name, keeper: holderOf(deps, keeper), version, clauses, charterHash }
    }),
  )
}

const charterOf = (chain: ChainReader, charterId: Hex) =>
  chain.client.readContract({ ...registryOf(chain), functionName: 'charterOf', args: [charterId] })

/** By its name or its id. @throws NexusError `no-such-charter` with the names there are */
export async function findCharter(chain: ChainReader, text: string): Promise<{ charterId: Hex; name: string }> {
  const all = await opened(chain)
  const found = all.find(({ charterId, name }) => name === text || (isHash(text) && charterId === text.toLowerCase()))
  if (found) return found
  throw inputError('no-such-charter', `there is no charter "${text}"`, { text, known: all.map(({ name }) => name) })
}

/**
 * A charter as it stands, or as it stood in a version of it: each clause with its words and what carries it out. What guards a function, and
 * who holds what it needs, is as of now, also for an old version.
 * @throws NexusError `no-such-version`; `text-differs` when the words on record are not those that were committed to
 */
export async function viewCharter(
  deps: CharterDeps,
  { charterId, name }: { charterId: Hex; name: string },
  version?: number,
): Promise<CharterView> {
  const { client, manifest } = deps
  const registry = registryOf(deps)
  const charter = await charterOf(deps, charterId)
  const shown = version ?? charter.version
  if (shown > charter.version || (version !== undefined && version < 1))
    throw inputError('no-such-version', `"${name}" has versions 1 to ${charter.version}`, {
      version: shown,
      latest: charter.version,
    })
  const range = { fromBlock: BigInt(manifest.deployedAtBlock), strict: true, args: { charterId } } as const
  const [clauseIds, worded, amended, holders] = await Promise.all([
    client.readContract({ ...registry, functionName: 'clauseIdsOf', args: [charterId] }),
    client.getContractEvents({ ...registry, eventName: 'ClauseSet', ...range }),
    client.getContractEvents({ ...registry, eventName: 'CharterAmended', ...range }),
    holdersOf(client, manifest.accessManager, range.fromBlock),
  ])
  // A clause that is younger than the version shown was none then.
  const known = clauseIds.filter(id => worded.some(({ args }) => args.clauseId === id && args.version <= shown))
  const clauses = await Promise.all(
    known.map(async clauseId => {
      const clause = await client.readContract({
        ...{ ...registry, functionName: 'clauseAt', args: [charterId, clauseId, shown] },
      } as const)
      const said = worded.find(({ args }) => args.clauseId === clauseId && args.version === clause.sinceVersion)
      return {
        ...{ label: clause.label, clauseId, textHash: clause.textHash, sinceVersion: clause.sinceVersion },
        text: wordsOf(said?.args.text ?? '', clause.textHash, clause.label),
        carriers: await Promise.all(clause.carriers.map(one => carrierView(deps, holders, one))),
      }
    }),
  )
  const last = amended.find(({ args }) => args.version === shown)
  return {
    ...{ charterId, name, keeper: holderOf(deps, charter.keeper), version: shown, latestVersion: charter.version },
    ...{ charterHash: last?.args.charterHash ?? charter.charterHash, amendedAt: charter.amendedAt, clauses },
  }
}

/** Words come from an event, what they must be from storage. */
function wordsOf(text: string, textHash: Hex, label: string): string | null {
  if (/^0x0{64}$/.test(textHash)) return null
  const actual = keccak256(stringToBytes(text))
  if (actual === textHash) return text
  throw verificationError('text-differs', `the words of clause ${label} hash to ${actual}, not to ${textHash}`, {
    label,
    expected: textHash,
    actual,
  })
}

const contractAt = ({ contracts }: CharterDeps, address: Address): Contract | undefined =>
  contracts.find(one => isAddressEqual(one.address, address))

function holderOf(deps: CharterDeps, address: Address): Holder {
  const named = [...(deps.holders ?? []), ...deps.contracts].find(one => isAddressEqual(one.address, address))
  return { address, name: named?.name ?? null }
}

/** Role 0 is the AccessManager's own. */
export const roleName = (role: bigint): string =>
  role === 0n ? 'ADMIN' : (roles.find(({ id }) => id === role)?.name ?? `role ${role}`)

async function carrierView(
  deps: CharterDeps,
  holders: Map<bigint, Address[]>,
  { kind, target, selector, id }: { kind: number; target: Address; selector: Hex; id: Hex },
): Promise<CarrierView> {
  const { client, manifest } = deps
  const named = carrierKinds[kind]
  if (named === 'feed') {
    const cap = await client.readContract({
      ...{ address: manifest.registry, abi: evidenceRegistryAbi, functionName: 'capOf', args: [id] },
    } as const)
    return { kind: 'feed', feedId: id, cap, modelComponent: await modelOfFeed(deps, id) }
  }
  const contract = contractAt(deps, target)
  if (named === 'policy') {
    const policyId = BigInt(id)
    const { status } = await client.readContract({
      ...{ address: target, abi: policyBookAbi, functionName: 'policyOf', args: [policyId] },
    } as const)
    const name = policyStatuses[status] ?? 'none'
    return { kind: 'policy', target, contract: contract?.name ?? null, policyId, status: name }
  }
  const item = contract?.abi.find(
    (one): one is AbiFunction => one.type === 'function' && toFunctionSelector(one) === selector,
  )
  return {
    ...{ kind: 'function', target, contract: contract?.name ?? null, selector },
    ...{ function: item ? titleOf(item) : null },
    guard: contract && item ? await guardOf(deps, holders, contract, item) : { kind: 'unknown' },
  }
}

async function guardOf(
  deps: CharterDeps,
  holders: Map<bigint, Address[]>,
  contract: Contract,
  item: AbiFunction,
): Promise<Guard> {
  if (item.stateMutability === 'view' || item.stateMutability === 'pure') return { kind: 'anyone' }
  const gate = await gateOf(deps.client, deps.manifest.accessManager, contract, item)
  if (!gate) return { kind: 'anyone' }
  if ('only' in gate) return { kind: 'only', who: gate.only }
  return {
    ...{ kind: 'role', role: roleName(gate.role), roleId: Number(gate.role) },
    holders: (holders.get(gate.role) ?? []).map(address => holderOf(deps, address)),
  }
}
