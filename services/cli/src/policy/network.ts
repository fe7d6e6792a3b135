import { type Manifest, readManifest } from '@nexus/chain/manifest'
import { inputError, NexusError, tryAgainError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { BaseError, ContractFunctionRevertedError, createPublicClient, defineChain, http } from 'viem'
import { lastManifest } from '../last-run.ts'

export interface NetworkOptions {
  rpc?: string
  manifest?: string
}

export const withNetwork = (command: Command): Command =>
  command
    .option('--rpc <url>', "the chain's JSON-RPC endpoint")
    .option('--manifest <file>', "addresses of the suite (default: the last run's)")

export const manifestOf = ({ manifest }: NetworkOptions): Manifest =>
  manifest ? readManifest(manifest) : lastManifest()

export interface Network {
  manifest: Manifest
  client: ReturnType<typeof clientOf>
}

/** Local chains make a block at once; others take seconds, for which asking this often costs little. */
const POLL_MS = 250

const clientOf = (url: string, chainId: number) =>
  createPublicClient({
    chain: defineChain({
      id: chainId,
      name: `chain ${chainId}`,
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    }),
    transport: http(url, { retryCount: 1 }),
    pollingInterval: POLL_MS,
    cacheTime: 0,
  })

/** @throws NexusError `no-rpc`, `wrong-chain`: the manifest is of another chain than the one that answers */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  if (!options.rpc) throw inputError('no-rpc', 'name the chain with --rpc URL')
  const manifest = manifestOf(options)
  const client = clientOf(options.rpc, manifest.chainId)
  const [chainId, genesis] = await reading(() =>
    Promise.all([client.getChainId(), client.getBlock({ blockNumber: 0n })]),
  )
  if (chainId !== manifest.chainId || genesis.hash !== manifest.genesis)
    throw inputError('wrong-chain', `${options.rpc} serves another chain than the manifest is of`, {
      expected: { chainId: manifest.chainId, genesis: manifest.genesis },
      actual: { chainId, genesis: genesis.hash },
    })
  return { manifest, client }
}

/** What a contract refuses only for now. */
const PASSES = /^(Pause_Paused|Policies_(EvidenceNotFinal|TooEarly|Held|StillOpen)|Pools_Insolvent)$/

/**
 * Makes what the chain and its contracts object into an error with its reason.
 * @throws NexusError `would-revert` (exit 2, or 75 where waiting helps), `chain-unavailable` (exit 75)
 */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof NexusError) throw cause
    const revert =
      cause instanceof BaseError ? cause.walk(error => error instanceof ContractFunctionRevertedError) : null
    if (revert instanceof ContractFunctionRevertedError) {
      const { errorName, args = [] } = revert.data ?? {}
      const reason = errorName
        ? `${errorName}(${args.map(String).join(', ')})`
        : (revert.reason ?? revert.signature ?? '')
      const raise = errorName && PASSES.test(errorName) ? tryAgainError : inputError
      throw raise('would-revert', `the contract refuses: ${reason}`, {
        reason: errorName ?? null,
        args: args.map(String),
      })
    }
    const message = cause instanceof BaseError ? cause.shortMessage : String((cause as Error).message)
    throw tryAgainError('chain-unavailable', `the chain did not answer: ${message}`, {}, cause)
  }
}
