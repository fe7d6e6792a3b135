import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Manifest } from '@nexus/chain/manifest'
import { holdersOf } from '@nexus/deploy/powers'
import { roleName } from '@nexus/governance/charter/charter'
import { type ClassName, classTable } from '@nexus/governance/class-table'
import { grievanceAt } from '@nexus/governance/grievance/case'
import { registryAt } from '@nexus/governance/registry/chain'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import {
  type Abi,
  type AbiFunction,
  type Account,
  type Address,
  erc20Abi,
  type Hex,
  keccak256,
  stringToBytes,
} from 'viem'
import { toAccount } from 'viem/accounts'
import { toFunctionSelector, toFunctionSignature } from 'viem/utils'
import { readText } from '../files.ts'
import { emit } from '../output.ts'
import { type Network, type NetworkOptions, openNetwork, reading, withNetwork } from '../policy/network.ts'
import { namesKey, type SignerOptions, signerOf, withSigner } from '../policy/signer.ts'
import {
  type ConsentOptions,
  consent,
  type Deps,
  type PlannedCall,
  send,
  simulate,
  withConsent,
} from '../policy/write.ts'
import { asVerdict } from './network.ts'
import { printable } from './printable.ts'

export type WriteOptions = NetworkOptions & SignerOptions & ConsentOptions & { asCalls?: true; later?: true }

export const withWrite = (command: Command): Command => withConsent(withSigner(withNetwork(command)))

/** For what only a role may do: whoever holds it sends, or the NVM decides. */
export const withRole = (command: Command): Command =>
  withWrite(command)
    .option('--as-calls', 'send nothing: print the calls that `nexus nvm open` takes')
    .option('--later', 'with --as-calls: also what the chain would refuse at this moment')

export interface ReasonOptions {
  reason?: string
  reasonFile?: string
}

export const withReason = (command: Command): Command =>
  command
    .option('--reason <text>', 'why, in words; keccak256 of them goes on chain')
    .option('--reason-file <file>', 'why, in a file (UTF-8)')

/** Nothing is done to anything without a reason. @throws NexusError `no-reason` */
export async function reasonHashOf({ reason, reasonFile }: ReasonOptions): Promise<Hex> {
  if ((reason === undefined) === (reasonFile === undefined))
    throw inputError('no-reason', 'say why: --reason TEXT or --reason-file FILE')
  const text = reason ?? (await readText(`${reasonFile}`))
  if (text.trim() === '') throw inputError('no-reason', 'the reason is empty', { file: reasonFile ?? null })
  return keccak256(stringToBytes(text))
}

const abis = {
  NipRegistry: nipRegistryAbi,
  ComponentRegistry: componentRegistryAbi,
  CharterRegistry: charterRegistryAbi,
  TermsStore: termsStoreAbi,
  GrievanceRail: grievanceRailAbi,
  GrievanceDesk: grievanceDeskAbi,
  GrievanceLedger: grievanceLedgerAbi,
  GrievancePanels: grievancePanelsAbi,
  GrievanceOrders: grievanceOrdersAbi,
  ArbiterRegister: arbiterRegisterAbi,
  /** Wherever the call says it is. */
  Token: erc20Abi,
} as const satisfies Record<string, Abi>
type ContractName = keyof typeof abis

const grievancePart = {
  GrievanceRail: 'rail',
  GrievanceDesk: 'desk',
  GrievanceLedger: 'ledger',
  GrievancePanels: 'panels',
  GrievanceOrders: 'orders',
  ArbiterRegister: 'register',
} as const

const addressOf = (manifest: Manifest, { contract, address }: Pick<RecordCall, 'contract' | 'address'>): Address => {
  if (address) return address
  if (contract === 'TermsStore') return manifest.termsStore
  if (contract === 'Token') throw new Error('a call to a token says where it is')
  if (contract in grievancePart) return grievanceAt(manifest)[grievancePart[contract as keyof typeof grievancePart]]
  const kind = contract === 'NipRegistry' ? 'nip' : contract === 'ComponentRegistry' ? 'component' : 'charter'
  return registryAt(manifest, kind)
}

/** Whatever the contracts that these commands write to, or what they call, can say or refuse with. */
const recordsAbi: Abi = [...Object.values(abis).flat(), ...evidenceRegistryAbi].filter(
  (item, index, all) => all.findIndex(other => JSON.stringify(other) === JSON.stringify(item)) === index,
)

export interface RecordCall {
  contract: ContractName
  /** Where it is, if the manifest does not say. */
  address?: Address
  function: string
  args: readonly unknown[]
}

export interface RecordPlan {
  title: string
  calls: readonly RecordCall[]
  /** Decoded, for machines. */
  effects: Record<string, unknown>
  /** The same for people. */
  rows: readonly [string, string][]
  /** What the first call would return, once it was simulated. */
  result?: (value: unknown) => { effects: Record<string, unknown>; rows: readonly [string, string][] }
}

const functionOf = ({ contract, function: name }: RecordCall): AbiFunction => {
  const item = (abis[contract] as Abi).find(one => one.type === 'function' && one.name === name)
  if (item?.type === 'function') return item
  throw new Error(`${contract} has no ${name}`)
}

/** What the NVM asks of a decision with this call; unlisted functions ask for the most. */
function classOf(call: RecordCall): ClassName {
  const signature = toFunctionSignature(functionOf(call))
  const entry = classTable.find(({ contract }) => contract === call.contract)
  const found = Object.entries(entry?.functions ?? {}).find(([, signatures]) => signatures.includes(signature))
  return (found?.[0] as ClassName | undefined) ?? 'constitutional' // its keys are class names
}

interface Gate {
  role: string
  holders: Address[]
}

/** Who may make a call by the AccessManager's word. */
async function gateOf({ client, manifest }: Network, call: RecordCall): Promise<Gate> {
  const selector = toFunctionSelector(functionOf(call))
  const [role, holders] = await reading(async () => [
    await client.readContract({
      ...{ address: manifest.accessManager, abi: accessManagerAbi, functionName: 'getTargetFunctionRole' },
      args: [addressOf(manifest, call), selector],
    } as const),
    await holdersOf(client, manifest.accessManager, BigInt(manifest.deployedAtBlock)),
  ])
  return { role: roleName(role), holders: holders.get(role) ?? [] }
}

const toPlanned = ({ manifest }: Network, call: RecordCall, index: number): PlannedCall => ({
  ...{ label: call.function, address: addressOf(manifest, call), abi: abis[call.contract] as Abi },
  ...{ functionName: call.function, args: call.args },
  // what comes later rests on what the first one does
  ...(index > 0 ? { afterOthers: true as const } : {}),
})

const textOf = (title: string, rows: readonly [string, string][]): string =>
  [title, ...rows.map(([name, value]) => `  ${printable(name).padEnd(12)} ${printable(value)}`)].join('\n')

/** Simulates, shows what would happen, asks, sends; for what needs a role, or prints the calls instead. */
export async function act(
  options: WriteOptions,
  plan: (network: Network, account: () => Promise<Address>) => Promise<RecordPlan>,
  { restricted = false }: { restricted?: boolean } = {},
): Promise<void> {
  const network = await openNetwork(options)
  let signer: Account | undefined
  const isLooked = options.asCalls || (options.dryRun && !namesKey(options) && restricted)
  const signing = async () => {
    signer ??= await signerOf(options)
    return signer.address
  }
  const { calls, title, rows, effects, result } = await asVerdict(() => reading(() => plan(network, signing)))
  const [first] = calls
  if (!first) throw new Error(`${title}: a plan without a call`)

  const gate = restricted ? await gateOf(network, first) : null
  const holder = gate?.holders.find(one => one === network.manifest.governance?.safe) ?? gate?.holders[0]
  if (isLooked && !holder)
    throw inputError('nobody-holds', `nobody holds ${gate?.role}, which ${first.function} needs`, { role: gate?.role })
  const account = isLooked && holder ? toAccount(holder) : (signer ?? (await signerOf(options)))
  const deps: Deps = { network, account, abi: recordsAbi }
  const planned = calls.map((call, index) => toPlanned(network, call, index))
  const [simulated] = planned
  const isTried = simulated !== undefined && !(options.asCalls && options.later)
  const returned = isTried ? await asVerdict(() => simulate(deps, simulated)) : undefined
  const said = isTried ? result?.(returned) : undefined
  const guarded = gate && {
    ...{ role: gate.role, holders: gate.holders, class: classOf(first) },
  }
  const allEffects = { ...effects, ...said?.effects, ...(guarded ? { needs: guarded } : {}) }
  const text = textOf(title, [
    ...rows,
    ...(said?.rows ?? []),
    ...(guarded
      ? [
          ['needs', `${guarded.role}, held by ${guarded.holders.join(', ') || 'nobody'}`] as [string, string],
          ['class', `${guarded.class}, where the NVM decides it`] as [string, string],
        ]
      : []),
    ...calls.map((call, n): [string, string] => [`call ${n + 1}`, `${call.contract}.${call.function}`]),
  ])
  if (options.asCalls) {
    process.stderr.write(`${text}\n`)
    const file = calls.map(call => ({ contract: call.contract, function: call.function, args: call.args }))
    return emit(false, null, () => JSON.stringify(file, (_, v) => (typeof v === 'bigint' ? v.toString() : v), 2))
  }
  const go = await consent(options, text)
  const sent = go ? await asVerdict(() => send(deps, planned)) : []
  emit(options.json === true, { effects: allEffects, sent: go, transactions: sent }, () =>
    go ? sent.map(({ label, tx, gasUsed }) => `${label}: ${tx} (${gasUsed} gas)`).join('\n') : 'nothing was sent',
  )
}
