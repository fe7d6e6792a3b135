import type { Address, Hex } from 'viem'
import { concatHex, getAddress, hashTypedData, padHex, slice, toHex } from 'viem/utils'

/** What an underwriter offers; whoever holds the signature may bind it, once, until it expires. */
export interface Quote {
  termsHash: Hex
  holder: Address
  /** Assets of the pool, base units. */
  premium: bigint
  pool: Address
  /** Unique within the pool, 96 bits. */
  nonce: bigint
  /** Unix seconds, the last moment included. */
  expiry: number
}

export const quoteTypes = {
  Quote: [
    { name: 'termsHash', type: 'bytes32' },
    { name: 'holder', type: 'address' },
    { name: 'premium', type: 'uint256' },
    { name: 'pool', type: 'address' },
    { name: 'nonce', type: 'uint96' },
    { name: 'expiry', type: 'uint40' },
  ],
} as const

/** The EIP-712 domain of one policy book on one chain. */
export const policyDomain = (chainId: number, book: Address) =>
  ({ name: 'Nexus Policy', version: '1', chainId, verifyingContract: book }) as const

export const quoteTypedData = (chainId: number, book: Address, quote: Quote) =>
  ({ domain: policyDomain(chainId, book), types: quoteTypes, primaryType: 'Quote', message: quote }) as const

export const quoteDigest = (chainId: number, book: Address, quote: Quote): Hex =>
  hashTypedData(quoteTypedData(chainId, book, quote))

/** A policy is named by its pool and nonce: `address pool | uint96 nonce`. */
export const policyIdOf = (pool: Address, nonce: bigint): bigint =>
  BigInt(concatHex([pool, toHex(nonce, { size: 12 })]))

export function splitPolicyId(policyId: bigint): { pool: Address; nonce: bigint } {
  const bytes = padHex(toHex(policyId), { size: 32 })
  return { pool: getAddress(slice(bytes, 0, 20)), nonce: BigInt(slice(bytes, 20)) }
}
