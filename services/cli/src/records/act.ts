import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { holdersOf } from '@nexus/deploy/powers'
import { roleName } from '@nexus/governance/charter/charter'
import type { Call } from '@nexus/governance/class-table'
import { contractNamed, contractsOf, type Named, speechAbi } from '@nexus/governance/contracts'
import { classNeeded } from '@nexus/governance/decisions'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import {
  type Abi,
  type AbiFunction,
  type Account,
  type Address,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  keccak256,
  stringToBytes,
} from 'viem'
import { toAccount } from 'viem/accounts'
import { toFunctionSelector } from 'viem/utils'
import { sentText, type WriteOptions as Writing, withWrite } from '../act.ts'
import { readText } from '../files.ts'
import { emit, type Row, rows } from '../output.ts'
import { type Network, openNetwork, reading } from '../policy/network.ts'
import { namesKey, signerOf } from '../policy/signer.ts'
import { consent, type Deps, type PlannedCall, send, simulate } from '../policy/write.ts'
import { asVerdict } from '../refusal.ts'

export type WriteOptions = Writing & { asCalls?: true; later?: true }

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

type ContractName =
  | 'NipRegistry'
  | 'ComponentRegistry'
  | 'CharterRegistry'
  | 'TermsStore'
  | 'CommonsFund'
  | 'GrievanceRail'
  | 'GrievanceDesk'
  | 'GrievanceLedger'
  | 'GrievancePanels'
  | 'GrievanceOrders'
  | 'ArbiterRegister'
  | 'RespondentBonds'
  | 'RoundFactory'
  | 'MatchPosts'
  | 'QuadraticRound'
  | 'Asset'

export interface RecordCall {
  contract: ContractName
  /** Of an asset or a round, which the manifest need not name. */
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
  rows: readonly Row[]
  /** The only account that may, where the contract itself names one. */
  only?: Address
  /** What the first call would return, once it was simulated. */
  result?: (value: unknown) => { effects: Record<string, unknown>; rows: readonly Row[] }
}

const unnamed: Partial<Record<ContractName, Abi>> = { Asset: erc20Abi, QuadraticRound: quadraticRoundAbi }

interface Target extends Named {
  item: AbiFunction
  call: Call
}

/** @throws NexusError `no-such-contract` */
function targetOf(
  { manifest }: Network,
  { contract: name, address: at, function: functionName, args }: RecordCall,
): Target {
  const abiThere = unnamed[name]
  const contract = at && abiThere ? { name, address: at, abi: abiThere } : contractNamed(contractsOf(manifest), name)
  if (typeof contract === 'string') throw inputError('no-such-contract', contract, { name })
  const { address, abi } = contract
  const item = abi.find(one => one.type === 'function' && one.name === functionName)
  if (item?.type !== 'function') throw new Error(`${name} has no ${functionName}`)
  const data = encodeFunctionData({ abi, functionName, args })
  return { ...contract, item, call: { to: address, value: 0n, data } }
}

interface Gate {
  role: string
  holders: Address[]
}

/** Who may make a call by the AccessManager's word. */
async function gateOf({ client, manifest }: Network, { address, item }: Target): Promise<Gate> {
  const selector = toFunctionSelector(item)
  const [role, holders] = await reading(async () => [
    await client.readContract({
      ...{ address: manifest.accessManager, abi: accessManagerAbi, functionName: 'getTargetFunctionRole' },
      args: [address, selector],
    } as const),
    await holdersOf(client, manifest.accessManager, BigInt(manifest.deployedAtBlock)),
  ])
  return { role: roleName(role), holders: holders.get(role) ?? [] }
}

const toPlanned = ({ address, abi }: Target, { function: functionName, args }: RecordCall, n: number): PlannedCall => ({
  ...{ label: functionName, address, abi, functionName, args },
  // what comes later rests on what the first one does
  ...(n > 0 ? { afterOthers: true as const } : {}),
})

/** Simulates, shows what would happen, asks, sends; for what needs a role, or prints the calls instead. */
export async function act(
  options: WriteOptions,
  plan: (network: Network, account: () => Promise<Address>) => Promise<RecordPlan>,
  { restricted = false }: { restricted?: boolean } = {},
): Promise<void> {
  const network = await openNetwork(options)
  let signer: Account | undefined
  const signing = async () => {
    signer ??= await signerOf(options)
    return signer.address
  }
  const {
    calls,
    title,
    rows: planRows,
    effects,
    result,
    only,
  } = await asVerdict(() => reading(() => plan(network, signing)))
  const isLooked = options.asCalls || (options.dryRun && !namesKey(options) && (restricted || only !== undefined))
  const targets = calls.map(call => targetOf(network, call))
  const planned = calls.flatMap((call, n) => (targets[n] ? [toPlanned(targets[n], call, n)] : []))
  const [[first], [simulated]] = [targets, planned]
  if (!first || !simulated) throw new Error(`${title}: a plan without a call`)

  const gate = restricted ? await gateOf(network, first) : null
  const holder = only ?? gate?.holders.find(one => one === network.manifest.governance?.safe) ?? gate?.holders[0]
  if (isLooked && !holder)
    throw inputError('nobody-holds', `nobody holds ${gate?.role}, which ${first.item.name} needs`, { role: gate?.role })
  const account = isLooked && holder ? toAccount(holder) : (signer ?? (await signerOf(options)))
  const deps: Deps = { network, account, abi: speechAbi }
  const isTried = !(options.asCalls && options.later)
  const returned = isTried ? await asVerdict(() => simulate(deps, simulated)) : undefined
  const said = isTried ? result?.(returned) : undefined
  const nvmCalls = targets.map(({ call }) => call)
  const needs = gate && { ...gate, class: await reading(() => classNeeded(network, nvmCalls)) }
  const allEffects = { ...effects, ...said?.effects, ...(needs ? { needs } : {}) }
  const text = rows(title, [
    ...planRows,
    ...(said?.rows ?? []),
    ...(needs
      ? ([
          ['needs', `${needs.role}, held by ${needs.holders.join(', ') || 'nobody'}`],
          ['class', `${needs.class}, where the NVM decides it`],
        ] as const)
      : []),
    ...(only ? [['needs', `${only}, whom the contract names`] as const] : []),
    ...calls.map((call, n): Row => [`call ${n + 1}`, `${call.contract}.${call.function}`]),
  ])
  if (options.asCalls) {
    process.stderr.write(`${text}\n`)
    // names are those of the manifest: what it does not name goes by its address
    const file = calls.map((call, n) =>
      call.address
        ? { to: targets[n]?.call.to, data: targets[n]?.call.data }
        : { contract: call.contract, function: call.function, args: call.args },
    )
    return emit(false, null, () => JSON.stringify(file, (_, v) => (typeof v === 'bigint' ? v.toString() : v), 2))
  }
  const go = await consent(options, text)
  const sent = go ? await asVerdict(() => send(deps, planned)) : []
  emit(options.json === true, { effects: allEffects, sent: go, transactions: sent }, () => sentText(go, sent))
}
