import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import type { Conservation } from './outcome.ts'
import type { LocalRpc } from './rpc.ts'

/** Where every unit that came into a pool is: counted from its events and read from its state, which must agree. */
export async function readConservation({ client }: LocalRpc, pool: `0x${string}`): Promise<Conservation> {
  const capital = { address: pool, abi: riskPoolAbi } as const
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
  const all = { ...capital, fromBlock: 0n, strict: true } as const
  const [deposits, locks, payouts, withdrawals, free, locked, unearned] = await Promise.all([
    client.getContractEvents({ ...all, eventName: 'Deposit' }),
    client.getContractEvents({ ...all, eventName: 'CapacityLocked' }),
    client.getContractEvents({ ...all, eventName: 'PayoutSettled' }),
    client.getContractEvents({ ...all, eventName: 'Withdraw' }),
    client.readContract({ ...capital, functionName: 'freeAssets' }),
    client.readContract({ ...capital, functionName: 'lockedAssets' }),
    client.readContract({ ...capital, functionName: 'unearnedAssets' }),
  ])
  return {
    in: `${sum(deposits.map(({ args }) => args.assets)) + sum(locks.map(({ args }) => args.premiumAssets))}`,
    paid: `${sum(payouts.map(({ args }) => args.paidAssets))}`,
    redeemed: `${sum(withdrawals.map(({ args }) => args.assets))}`,
    unearned: `${unearned}`,
    locked: `${locked}`,
    free: `${free}`,
  }
}
