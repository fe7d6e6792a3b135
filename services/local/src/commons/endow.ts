import { parseEther } from 'viem'
import { type Account, accounts } from '../accounts.ts'
import type { LocalRpc } from '../rpc.ts'

/** Gives those who have none something to pay gas with. */
export async function endow({ client, walletOf }: LocalRpc, poor: readonly Account[]): Promise<void> {
  const wallet = walletOf(accounts.sponsor)
  for (const { address } of poor) {
    const hash = await wallet.sendTransaction({ to: address, value: parseEther('1') })
    await client.waitForTransactionReceipt({ hash })
  }
}
