import { type Address, encodePacked, type Hex, hashTypedData, keccak256, stringToBytes } from 'viem'

export interface Settlement {
  caseId: bigint
  /** Base units that the respondent pays. */
  assets: bigint
  apology: boolean
  textHash: Hex
  /** Unix seconds, exclusive. */
  expiresAt: number
}

/** What both sides sign (EIP-712). */
export const settlementData = (chainId: number, rail: Address, message: Settlement) =>
  ({
    domain: { name: 'Nexus Grievance', version: '1', chainId, verifyingContract: rail },
    types: {
      Settlement: [
        { name: 'caseId', type: 'uint256' },
        { name: 'assets', type: 'uint256' },
        { name: 'apology', type: 'bool' },
        { name: 'textHash', type: 'bytes32' },
        { name: 'expiresAt', type: 'uint40' },
      ],
    },
    primaryType: 'Settlement',
    message,
  }) as const

export const settlementDigest = (chainId: number, rail: Address, message: Settlement): Hex =>
  hashTypedData(settlementData(chainId, rail, message))

/** A salted hash of a text: what is on chain of a claim, an answer or an exhibit. Without the salt a short text could be guessed. */
export const saltedHash = (text: string, salt: Hex): Hex =>
  keccak256(encodePacked(['bytes32', 'bytes32'], [salt, keccak256(stringToBytes(text))]))
