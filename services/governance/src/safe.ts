import {
  type Address,
  concat,
  encodeFunctionData,
  type Hex,
  keccak256,
  type LocalAccount,
  numberToHex,
  parseAbi,
  size,
  stringToHex,
  zeroAddress,
} from 'viem'
import type { Call } from './class-table.ts'
import { mined, type Wiring } from './create2.ts'

/** What is used here of a Safe 1.5. */
export const safeAbi = parseAbi([
  'function setup(address[] owners, uint256 threshold, address to, bytes data, address fallbackHandler, address paymentToken, uint256 payment, address paymentReceiver)',
  'function enableModule(address module)',
  'function setGuard(address guard)',
  'function setModuleGuard(address guard)',
  'function changeThreshold(uint256 threshold)',
  'function addOwnerWithThreshold(address owner, uint256 threshold)',
  'function removeOwner(address previous, address owner, uint256 threshold)',
  'function swapOwner(address previous, address owner, address newOwner)',
  'function disableModule(address previous, address module)',
  'function setFallbackHandler(address handler)',
  'function nonce() view returns (uint256)',
  'function getThreshold() view returns (uint256)',
  'function getOwners() view returns (address[])',
  'function isModuleEnabled(address module) view returns (bool)',
  'function getStorageAt(uint256 offset, uint256 length) view returns (bytes)',
  'function getModulesPaginated(address start, uint256 pageSize) view returns (address[] modules, address next)',
  'function getTransactionHash(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, uint256 nonce) view returns (bytes32)',
  'function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable returns (bool success)',
])

/** Where a Safe keeps its guards. */
export const guardSlots = {
  guard: BigInt(keccak256(stringToHex('guard_manager.guard.address'))),
  moduleGuard: BigInt(keccak256(stringToHex('module_manager.module_guard.address'))),
} as const

export const multiSendAbi = parseAbi(['function multiSend(bytes transactions) payable'])

/** `uint8 operation | address to | uint256 value | uint256 length | data`, one after the other. */
export const batchOf = (calls: readonly Call[]): Hex =>
  encodeFunctionData({
    abi: multiSendAbi,
    functionName: 'multiSend',
    args: [
      concat(
        calls.flatMap(({ to, value, data }) => [
          '0x00',
          to,
          numberToHex(value, { size: 32 }),
          numberToHex(size(data), { size: 32 }),
          data,
        ]),
      ),
    ],
  })

const byAddress = (a: LocalAccount, b: LocalAccount) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1)

/** Executes a batch that owners sign here, as one transaction of the Safe. */
export async function executeSigned(
  wiring: Wiring,
  {
    safe,
    multiSend,
    owners,
    calls,
  }: { safe: Address; multiSend: Address; owners: readonly LocalAccount[]; calls: readonly Call[] },
): Promise<void> {
  const read = { address: safe, abi: safeAbi } as const
  const batch = [multiSend, 0n, batchOf(calls), 1, 0n, 0n, 0n, zeroAddress, zeroAddress] as const
  const nonce = await wiring.client.readContract({ ...read, functionName: 'nonce' })
  const hash = await wiring.client.readContract({
    ...read,
    functionName: 'getTransactionHash',
    args: [...batch, nonce],
  })
  // a Safe takes signatures in the order of their signers' addresses
  const signatures = await Promise.all(
    [...owners].sort(byAddress).map(owner => {
      if (!owner.sign) throw new Error(`${owner.address} cannot sign a hash`)
      return owner.sign({ hash })
    }),
  )
  const data = encodeFunctionData({
    abi: safeAbi,
    functionName: 'execTransaction',
    args: [...batch, concat(signatures)],
  })
  await mined(wiring, 'install module and guards', { to: safe, data })
}
