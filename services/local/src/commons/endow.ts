import { createWalletClient, http, parseEther } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { type Account, accounts } from '../accounts.ts'
import type { LocalRpc } from '../rpc.ts'

/** Gives those who have none something to pay gas with. */
export async function endow({ client }: LocalRpc, poor: readonly Account[]): Promise<void> {
  const wallet = createWalletClient({
    ...{ chain: hardhat, transport: http(client.transport['url'] as string) }, // an HTTP transport has one
    account: privateKeyToAccount(accounts.sponsor.privateKey),
  })
  for (const { address } of poor) {
    const hash = await wallet.sendTransaction({ to: address, value: parseEther('1') })
    await client.waitForTransactionReceipt({ hash })
  }
}
