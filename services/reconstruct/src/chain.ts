import { NexusError, tryAgainError } from '@nexus/kit/errors'
import {
  type Address,
  BaseError,
  createPublicClient,
  type Hex,
  HttpRequestError,
  http,
  type PublicClient,
  TimeoutError,
} from 'viem'

export interface ChainReader {
  client: PublicClient
  chainId: number
  /** Nothing of the suite happened before this block. */
  firstBlock: bigint
  /** Runs a read; a chain that does not answer, or refuses to, is a reason to try again. */
  ask<T>(what: string, read: () => Promise<T>): Promise<T>
}

/** @throws NexusError `rpc-unreachable`, exit 75 */
export async function openChain(rpcUrl: string, firstBlock = 0n): Promise<ChainReader> {
  const client = createPublicClient({ transport: http(rpcUrl, { retryCount: 1, timeout: 30_000 }) })
  const ask = async <T>(what: string, read: () => Promise<T>): Promise<T> => {
    try {
      return await read()
    } catch (cause) {
      if (cause instanceof NexusError) throw cause
      const message = cause instanceof BaseError ? cause.shortMessage : (cause as Error).message
      throw tryAgainError('rpc-unreachable', `${what}: ${rpcUrl} did not answer: ${message}`, { rpcUrl }, cause)
    }
  }
  return { client, chainId: await ask('chain id', () => client.getChainId()), firstBlock, ask }
}

/** A node that cannot be reached, as opposed to one that refuses a query for being too large. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof BaseError &&
  error.walk(e => e instanceof TimeoutError || (e instanceof HttpRequestError && e.status === undefined)) !== null

/**
 * Reads logs of a block range, in order. Nodes cap the range or the answer of a query, each in its own words: what is refused is
 * asked again in halves.
 */
export async function inChunks<T>(
  fromBlock: bigint,
  toBlock: bigint,
  read: (range: { fromBlock: bigint; toBlock: bigint }) => Promise<readonly T[]>,
): Promise<T[]> {
  if (fromBlock > toBlock) return []
  try {
    return [...(await read({ fromBlock, toBlock }))]
  } catch (error) {
    if (fromBlock === toBlock || isUnreachable(error)) throw error
    const middle = (fromBlock + toBlock) / 2n
    const earlier = await inChunks(fromBlock, middle, read)
    return [...earlier, ...(await inChunks(middle + 1n, toBlock, read))]
  }
}

/** A position in the chain's order of events. */
export interface Position {
  blockNumber: bigint
  logIndex: number
}

export const isBefore = (a: Position, b: Position): boolean =>
  a.blockNumber < b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex < b.logIndex)

export type { Address, Hex }
