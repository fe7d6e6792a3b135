import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { inputError } from './errors.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** RFC 8785 text of a value. @throws NexusError `not-canonical` for what JSON cannot hold (NaN, lone surrogates, …). */
export function canonicalJson(value: unknown): string {
  try {
    const text = (canonicalize as unknown as (input: unknown) => string | undefined)(value) // its types are CommonJS-shaped
    if (text !== undefined) return text
  } catch (cause) {
    throw inputError('not-canonical', `this value has no canonical JSON form: ${(cause as Error).message}`, {}, cause)
  }
  throw inputError('not-canonical', 'undefined has no canonical JSON form')
}

export const canonicalBytes = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(value))

export type Hex = `0x${string}`

export const toHex = (bytes: Uint8Array): Hex => `0x${Buffer.from(bytes).toString('hex')}`
export const fromHex = (hex: Hex): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), 'hex'))

export const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}
export const sha256Hex = (...parts: Uint8Array[]): Hex => toHex(sha256(...parts))
