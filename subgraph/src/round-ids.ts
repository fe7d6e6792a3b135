import { Address, BigInt, Bytes } from '@graphprotocol/graph-ts'
import { RoundProject } from '../generated/schema'

/** `parent ‖ number`, four bytes, most significant first: a project or a token of a round, a token or a milestone of a project. */
export function numbered(parent: Bytes, number: i32): Bytes {
  const bytes = new Uint8Array(4)
  for (let i = 0; i < 4; i++) bytes[i] = (number >> (24 - 8 * i)) as u8
  return parent.concat(Bytes.fromUint8Array(bytes))
}

/** That was accepted, by an event of the round. */
export function projectOf(round: Address, number: BigInt): RoundProject {
  return RoundProject.load(numbered(round, number.toI32()))!
}
