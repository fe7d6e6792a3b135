import { createInterface } from 'node:readline/promises'
import { ExitCode, inputError, NexusError, tryAgainError } from '@nexus/kit/errors'
import { revertDataOf } from '@nexus/runtime/chain'
import type { Command } from 'commander'
import {
  type Abi,
  type Account,
  type Address,
  ContractFunctionRevertedError,
  createWalletClient,
  http,
  parseEventLogs,
} from 'viem'
import { type Network, reading } from './network.ts'

export interface ConsentOptions {
  yes?: true
  dryRun?: true
  json?: true
}

export const withConsent = (command: Command): Command =>
  command
    .option('--yes', 'send without asking')
    .option('--dry-run', 'show what would happen and stop')
    .option('--json', 'one JSON document on stdout')

export interface PlannedCall {
  /** What it does, for people. */
  label: string
  address: Address
  abi: Abi
  functionName: string
  args: readonly unknown[]
  /** It can only be simulated once the calls before it are mined. */
  afterOthers?: true
}

export interface SentCall {
  label: string
  tx: `0x${string}`
  blockNumber: string
  gasUsed: number
  /** What the contracts said, decoded. */
  events: { contract: Address; event: string; args: Record<string, unknown> }[]
}

export interface Deps {
  network: Network
  account: Account
  /** Events and errors of every contract that can speak. */
  abi: Abi
}

const withErrors = (call: PlannedCall, abi: Abi): Abi => [
  ...call.abi,
  ...abi.filter(item => item.type === 'error' || item.type === 'event'),
]

/** Runs a call without sending it. @returns what the function would return */
export async function simulate({ network, account, abi: speech }: Deps, call: PlannedCall): Promise<unknown> {
  const { address, functionName, args } = call
  const abi = withErrors(call, speech)
  const { result } = await reading(() =>
    network.client.simulateContract({ address, functionName, args, abi, account }).catch(error => {
      // some nodes say a refusal with a code that viem does not take for one
      const data = revertDataOf(error)
      throw data === undefined || data === '0x' ? error : new ContractFunctionRevertedError({ abi, data, functionName })
    }),
  )
  return result
}

/** Asks on the terminal unless told to go on. @returns false for a dry run or a no */
export async function consent({ yes, dryRun, json }: ConsentOptions, effects: string): Promise<boolean> {
  if (!json || (!yes && !dryRun)) process.stderr.write(`${effects}\n`)
  if (dryRun) return false
  if (yes) return true
  if (!process.stdin.isTTY)
    throw inputError('not-confirmed', 'nothing was sent: say --yes to send, --dry-run to look only')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question('Send this? [y/N] ')
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}

/** Simulates each call again as the chain then is, sends it, and waits until it is mined. */
export async function send(deps: Deps, calls: readonly PlannedCall[]): Promise<SentCall[]> {
  const { network, account, abi } = deps
  const { client } = network
  const wallet = createWalletClient({ account, chain: client.chain, transport: http(client.transport.url) })
  const sent: SentCall[] = []
  for (const call of calls) {
    await simulate(deps, call)
    const { address, functionName, args, label } = call
    const tx = await reading(() =>
      wallet.writeContract({ address, functionName, args, abi: withErrors(call, abi), account, chain: client.chain }),
    )
    const receipt = await client.waitForTransactionReceipt({ hash: tx }).catch(cause => {
      const what = `${label}: ${tx} was sent, and not seen in a block: whether it comes is unknown. Look it up before you send again`
      throw tryAgainError('unknown', what, { tx }, cause)
    })
    if (receipt.status !== 'success')
      throw new NexusError(ExitCode.verification, 'reverted', `${label}: ${tx} was mined and reverted`, {
        details: { tx },
      })
    const events = parseEventLogs({ abi, logs: receipt.logs }).map(log => ({
      contract: log.address,
      event: String(log.eventName),
      args: log.args as Record<string, unknown>,
    }))
    sent.push({ label, tx, blockNumber: `${receipt.blockNumber}`, gasUsed: Number(receipt.gasUsed), events })
  }
  return sent
}
