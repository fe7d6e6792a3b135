import { BigInt, Bytes } from '@graphprotocol/graph-ts'

/** The unsigned integer in `length` bytes from `start`, most significant first. */
export function unsigned(bytes: Uint8Array, start: i32, length: i32): BigInt {
  // BigInt reads the least significant byte first
  const field = new Uint8Array(length)
  for (let i = 0; i < length; i++) field[length - 1 - i] = bytes[start + i]
  return BigInt.fromUnsignedBytes(Bytes.fromUint8Array(field))
}

/** The two's complement integer in the 8 bytes from `start`, most significant first. */
export function int64(bytes: Uint8Array, start: i32): BigInt {
  let value: i64 = 0
  for (let i = start; i < start + 8; i++) value = (value << 8) | (bytes[i] as i64)
  return BigInt.fromI64(value)
}

/** A uint256 as its 32 bytes, most significant first. */
export function word(value: BigInt): Bytes {
  const bytes = new Uint8Array(32)
  for (let i = 0; i < value.length && i < 32; i++) bytes[31 - i] = value[i]
  return Bytes.fromUint8Array(bytes)
}

/** Of calldata; null where nobody can be called by so little. */
export function selectorOf(data: Bytes): Bytes | null {
  return data.length < 4 ? null : Bytes.fromUint8Array(data.subarray(0, 4))
}

function u16At(bytes: Uint8Array, at: i32): i32 {
  return ((bytes[at] as i32) << 8) | (bytes[at + 1] as i32)
}

/** `u16 major | u16 minor | u16 patch` as people write it. */
export function versionText(version: BigInt): string {
  const bytes = word(version)
  return `${u16At(bytes, 26)}.${u16At(bytes, 28)}.${u16At(bytes, 30)}`
}

export function isZero(bytes: Bytes): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] != 0) return false
  return true
}
