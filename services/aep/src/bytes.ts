import { inputError } from '@nexus/kit/errors'

/** Integers in claims and salts are 8 bytes, big-endian. */
export function uint64(value: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

const INT64_MAX = 2n ** 63n - 1n

/** @throws NexusError `value-out-of-range` for what an int64 cannot hold: it could not be anchored. */
export function int64(value: bigint): Uint8Array {
  if (value > INT64_MAX || value < -INT64_MAX - 1n)
    throw inputError('value-out-of-range', `${value} does not fit 64 bits`, { value: value.toString() })
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value)
  return bytes
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Order of names in a pack and a zip: by their UTF-8 bytes, which JavaScript's own string order is not. */
export const compareNames = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
