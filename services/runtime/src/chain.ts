import { inputError, NexusError, tryAgainError } from '@nexus/kit/errors'
import { BaseError, createPublicClient, fallback, type Hex, http, type PublicClient, type Transport } from 'viem'
import type { ChainConfig } from './config.ts'

/** The chain as services use it: a client that goes to the next endpoint when one fails. */
export interface Chain {
  readonly client: PublicClient
  readonly config: ChainConfig
}

export interface Head {
  number: bigint
  hash: Hex
  /** unix seconds */
  timestamp: number
  baseFeePerGas: bigint
}

const httpEndpoints = ({ rpcUrls, timeoutMs }: ChainConfig): Transport =>
  fallback(
    rpcUrls.map(url => http(url, { timeout: timeoutMs, retryCount: 0 })),
    { retryCount: 1, retryDelay: 100 },
  )

export function connectChain(config: ChainConfig, transport: Transport = httpEndpoints(config)): Chain {
  const client = createPublicClient({
    transport,
    cacheTime: 0, // money depends on the head: never an old one
    pollingInterval: config.pollMs,
  })
  return { client: client as PublicClient, config } // no chain definition: only its id matters here
}

/** @throws NexusError `wrong-chain` when an endpoint serves another chain, `chain-unavailable` (retryable) when none answers */
export async function requireChainId({ client, config }: Chain): Promise<void> {
  const chainId = await readChain(() => client.getChainId())
  if (chainId !== config.chainId)
    throw inputError('wrong-chain', `the endpoint serves chain ${chainId}, the configuration names ${config.chainId}`, {
      expected: config.chainId,
      actual: chainId,
    })
}

export async function headOf({ client }: Chain): Promise<Head> {
  const block = await readChain(() => client.getBlock({ blockTag: 'latest' }))
  if (block.number === null || block.hash === null)
    throw tryAgainError('chain-unavailable', 'the latest block has no number')
  return {
    number: block.number,
    hash: block.hash,
    timestamp: Number(block.timestamp),
    baseFeePerGas: block.baseFeePerGas ?? 0n,
  }
}

/** Runs a read and makes its failure a retryable error. A revert is rethrown as it is: it is an answer. */
export async function readChain<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof NexusError || revertDataOf(cause) !== undefined) throw cause
    const message = cause instanceof BaseError ? cause.shortMessage : (cause as Error).message
    throw tryAgainError('chain-unavailable', `the chain did not answer: ${message}`, {}, cause)
  }
}

const isData = (value: unknown): value is Hex => typeof value === 'string' && /^0x([0-9a-f]{2})*$/i.test(value)

/**
 * What a contract gave back with its refusal, or undefined when an error is not a revert. Nodes put it in different places:
 * `data` of the innermost error, as text or inside an object.
 */
export function revertDataOf(error: unknown): Hex | undefined {
  let found: Hex | undefined
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { data, code, raw } = at as { data?: unknown; code?: unknown; raw?: unknown }
    if (isData(raw)) return raw
    if (isData(data)) return data
    const inner = (data as { data?: unknown } | undefined)?.data
    if (isData(inner)) return inner
    if (code === 3 || /execution reverted|reverted with/i.test(at.message)) found = '0x'
  }
  return found
}
