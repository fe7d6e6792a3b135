import type { Hex } from '@nexus/kit/canonical'
import { type Abi, createPublicClient, createWalletClient, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import type { Account } from './accounts.ts'

export interface Call {
  address: Hex
  abi: Abi
  functionName: string
  args: readonly unknown[]
}

/** Reads and writes on the local chain; a write resolves when it is mined, and throws when it reverted. */
export function localRpc(url: string) {
  const transport = http(url, { retryCount: 8, retryDelay: 100 })
  const client = createPublicClient({ chain: hardhat, transport, pollingInterval: 25, cacheTime: 0 })
  const walletOf = (account: Account) =>
    createWalletClient({ chain: hardhat, transport, account: privateKeyToAccount(account.privateKey) })
  return {
    client,
    walletOf,
    request: (method: string, ...params: unknown[]): Promise<unknown> =>
      client.request({ method, params } as Parameters<typeof client.request>[0]), // the node's own methods have no types
    async send(from: Account, call: Call): Promise<Hex> {
      const wallet = walletOf(from)
      const { request } = await client.simulateContract({ ...call, account: wallet.account })
      const hash = await wallet.writeContract(request)
      const { status } = await client.waitForTransactionReceipt({ hash })
      if (status !== 'success') throw new Error(`${call.functionName} reverted in ${hash}`)
      return hash
    },
  }
}
export type LocalRpc = ReturnType<typeof localRpc>
