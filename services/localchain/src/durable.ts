import { AsyncLocalStorage } from 'node:async_hooks'
import type { HardhatPlugin } from 'hardhat/types/plugins'
import type { EthereumProvider } from 'hardhat/types/providers'
import type { Journal } from './journal.ts'

/** Requests that make a block. Their timestamps are kept, so requests that only move the clock need not be. */
const makesBlocks = new Set(['eth_sendRawTransaction', 'eth_sendTransaction', 'evm_mine'])
const movesClock = new Set(['evm_setNextBlockTimestamp', 'evm_increaseTime'])

const isOtherChange = (method: string) =>
  (method.startsWith('hardhat_') || method.startsWith('evm_')) &&
  !makesBlocks.has(method) &&
  !movesClock.has(method) &&
  method !== 'hardhat_metadata' &&
  method !== 'hardhat_getAutomine' &&
  method !== 'hardhat_setLoggingEnabled'

interface Block {
  number: string
  timestamp: string
}

const latestBlock = async (provider: EthereumProvider): Promise<Block> =>
  (await provider.request({ method: 'eth_getBlockByNumber', params: ['latest', false] })) as Block

/** Makes the journal's blocks again: same transactions, same timestamps, hence the same state and hashes. */
export async function replay(provider: EthereumProvider, journal: Journal): Promise<void> {
  for (const { method, params, timestamp } of journal.past) {
    await provider.request({ method: 'evm_setNextBlockTimestamp', params: [timestamp] })
    await provider.request({ method, params: params as unknown[] })
  }
}

/**
 * Lets a simulated chain outlive its process: each request that makes a block is written to the journal before it is
 * answered, one request at a time: nobody is told of a block, not even who only reads, before it would survive. Requests that
 * change the state in any other way are refused, since they would not be kept.
 */
export function durableChain(journal: Journal): HardhatPlugin {
  let replaying = true
  /** Requests that a request makes come by here too, and must not wait for it. */
  const itsTurn = new AsyncLocalStorage<true>()
  let last: Promise<unknown> = Promise.resolve()
  const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => {
    const inTurn = () => itsTurn.run(true, work)
    const turn = last.then(inTurn, inTurn)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    id: 'durable-chain',
    hookHandlers: {
      network: async () => ({
        default: async () => ({
          newConnection: async (context, next) => {
            const connection = await next(context)
            await replay(connection.provider, journal)
            replaying = false
            return connection
          },
          onRequest: async (context, connection, request, next) => {
            const { method, params } = request
            if (replaying || itsTurn.getStore()) return next(context, connection, request)
            if (isOtherChange(method))
              return {
                jsonrpc: '2.0',
                id: request.id,
                error: {
                  code: -32601,
                  message: `${method} would not survive a restart of this chain`,
                  data: { method },
                },
              }
            return oneAtATime(async () => {
              if (!makesBlocks.has(method)) return next(context, connection, request)
              const before = await latestBlock(connection.provider)
              const response = await next(context, connection, request)
              const after = await latestBlock(connection.provider)
              const blocks = Number(after.number) - Number(before.number)
              if (blocks === 1) journal.append({ method, params: params ?? [], timestamp: Number(after.timestamp) })
              return response
            })
          },
        }),
      }),
    },
  }
}
