import { type Account, type Address, erc20Abi, type Hex, parseAbi, parseSignature } from 'viem'
import type { Network } from '../policy/network.ts'
import type { RecordCall } from '../records/act.ts'
import { type RoundTokens, tokenOf } from './chain.ts'
import type { Change } from './gifts.ts'

/** As in `IQuadraticRound.Permit`. */
export interface RoundPermit {
  token: number
  v: number
  deadline: number
  assets: bigint
  r: Hex
  s: Hex
}

const permitAbi = parseAbi([
  'function nonces(address owner) view returns (uint256)',
  'function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)',
])

const types = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
} as const

/** Of tokens with ERC-2612 that say their domain (ERC-5267). @returns undefined for one that has neither */
async function signPermit(
  { client }: Network,
  account: Account,
  {
    token,
    address,
    spender,
    assets,
    deadline,
  }: Omit<RoundPermit, 'v' | 'r' | 's'> & Record<'address' | 'spender', Address>,
): Promise<RoundPermit | undefined> {
  const at = { address, abi: permitAbi } as const
  const known = await Promise.all([
    client.readContract({ ...at, functionName: 'nonces', args: [account.address] }),
    client.readContract({ ...at, functionName: 'eip712Domain' }),
  ]).catch(() => undefined)
  if (!known || !account.signTypedData) return undefined
  const [nonce, [, name, version, chainId, verifyingContract]] = known
  const signature = await account.signTypedData({
    domain: { name, version, chainId: Number(chainId), verifyingContract },
    ...{ types, primaryType: 'Permit' },
    message: { owner: account.address, spender, value: assets, nonce, deadline: BigInt(deadline) },
  })
  const { r, s, yParity } = parseSignature(signature)
  return { token, v: 27 + yParity, deadline, assets, r, s }
}

/** What lets a round take what gifts cost: permits, and approvals of tokens that have none. Nothing where it is allowed already. */
export async function payment(
  network: Network,
  tokens: RoundTokens,
  account: Account,
  { changes, deadline }: { changes: readonly Change[]; deadline: number },
): Promise<{ permits: RoundPermit[]; approvals: RecordCall[] }> {
  const permits: RoundPermit[] = []
  const approvals: RecordCall[] = []
  for (const { token, due } of changes) {
    const { address } = tokenOf(tokens, token)
    const spender = tokens.address
    const allowance = await network.client.readContract({
      ...{ address, abi: erc20Abi, functionName: 'allowance', args: [account.address, spender] },
    } as const)
    if (due <= allowance) continue
    const permit = await signPermit(network, account, { token, address, spender, assets: due, deadline })
    if (permit) permits.push(permit)
    else approvals.push({ contract: 'Asset', address, function: 'approve', args: [spender, due] })
  }
  return { permits, approvals }
}
