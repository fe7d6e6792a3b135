import { BigInt, Bytes } from '@graphprotocol/graph-ts'
import { int64, unsigned } from './words'

const PROVISIONAL: u8 = 1
const REVISION: u8 = 2

/**
 * The 32-byte header that operators sign and `anchor` takes:
 * `int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u32 configVersion | u32 signers`.
 */
export class Header {
  value: BigInt
  from: BigInt
  to: BigInt
  sequence: BigInt
  eql: i32
  provisional: boolean
  revision: boolean
  configVersion: BigInt
  signers: u32

  constructor(bytes: Bytes) {
    this.value = int64(bytes, 0)
    this.from = unsigned(bytes, 8, 5)
    this.to = unsigned(bytes, 13, 5)
    this.sequence = unsigned(bytes, 18, 4)
    this.eql = bytes[22]
    this.provisional = (bytes[23] & PROVISIONAL) != 0
    this.revision = (bytes[23] & REVISION) != 0
    this.configVersion = unsigned(bytes, 24, 4)
    this.signers =
      ((bytes[28] as u32) << 24) | ((bytes[29] as u32) << 16) | ((bytes[30] as u32) << 8) | (bytes[31] as u32)
  }

  /** Whether operator `index` of the configuration signed. */
  signedBy(index: i32): boolean {
    return ((this.signers >> (index as u32)) & 1) == 1
  }
}
