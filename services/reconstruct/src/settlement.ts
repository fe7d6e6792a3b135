import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { inputError } from '@nexus/kit/errors'
import { splitPolicyId } from '@nexus/terms/quote'
import { type Address, type Hex, type Log, parseEventLogs } from 'viem'
import type { ChainReader, Position } from './chain.ts'

/** One `Settled` event: all that a reconstruction starts from. */
export interface Settlement extends Position {
  policyId: bigint
  aepId: Hex
  paidTo: Address
  formulaId: Hex
  value: bigint
  payoutWad: bigint
  paidAssets: bigint
  /** The contract that settled. */
  book: Address
  pool: Address
}

export interface SettlementTransaction {
  hash: Hex
  blockNumber: bigint
  logs: readonly Log<bigint, number, false>[]
  settlements: readonly Settlement[]
}

/** @throws NexusError `no-such-transaction`, `no-settlement` (exit 2), `rpc-unreachable` (exit 75) */
export async function settlementsOf(chain: ChainReader, hash: Hex): Promise<SettlementTransaction> {
  const receipt = await chain.ask('receipt', () =>
    chain.client.getTransactionReceipt({ hash }).catch(error => {
      if (error.name === 'TransactionReceiptNotFoundError') return null
      throw error
    }),
  )
  if (!receipt) throw inputError('no-such-transaction', `${hash} is not on chain ${chain.chainId}`, { hash })
  const { blockNumber, logs } = receipt
  const settlements = parseEventLogs({ abi: policyBookAbi, eventName: 'Settled', logs }).map(
    ({ args, address, logIndex }): Settlement => ({
      ...args,
      blockNumber,
      logIndex,
      book: address,
      pool: splitPolicyId(args.policyId).pool,
    }),
  )
  if (settlements.length === 0) throw inputError('no-settlement', `${hash} settles no policy`, { hash })
  return { hash, blockNumber, logs, settlements }
}
