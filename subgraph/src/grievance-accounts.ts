import { Address, BigInt, Bytes, crypto } from '@graphprotocol/graph-ts'
import { GrievanceAccount } from '../generated/schema'
import { ZERO } from './protocol'
import { isZero, word } from './words'

const WORD = 32
const ADDRESS = 20

/** keccak256 of `abi.encode(string purpose, key)`; the purpose is at most a word long. */
function accountId(purpose: string, key: Bytes): Bytes {
  const text = Bytes.fromUTF8(purpose)
  const encoded = word(BigInt.fromI32(2 * WORD)) // where the text is
    .concat(key)
    .concat(word(BigInt.fromI32(text.length)))
    .concat(text)
    .concat(Bytes.fromUint8Array(new Uint8Array(WORD - text.length)))
  return Bytes.fromByteArray(crypto.keccak256(encoded))
}

export function accountOfCase(purpose: string, caseId: BigInt): Bytes {
  return accountId(purpose, word(caseId))
}

export function accountOfPerson(person: Address): Bytes {
  return Bytes.fromUint8Array(new Uint8Array(WORD - ADDRESS)).concat(person)
}

export function accountForBond(purpose: string, owner: Address): Bytes {
  return accountId(purpose, accountOfPerson(owner))
}

/** Names an account that has a purpose, before anything is booked on it. Its number says nothing by itself. */
export function nameAccount(id: Bytes, kind: string, owner: Bytes | null, caseId: string | null): void {
  if (GrievanceAccount.load(id) != null) return
  const account = new GrievanceAccount(id)
  account.kind = kind
  account.owner = owner
  account.case_ = caseId
  account.assets = ZERO
  account.save()
}

/** What is not named before is a person's, whose number is the address, or the reserve. */
export function account(id: Bytes): GrievanceAccount {
  const known = GrievanceAccount.load(id)
  if (known != null) return known
  const isPerson = isZero(Bytes.fromUint8Array(id.subarray(0, WORD - ADDRESS)))
  const fresh = new GrievanceAccount(id)
  fresh.kind = isPerson ? 'PERSON' : 'RESERVE'
  fresh.owner = isPerson ? Bytes.fromUint8Array(id.subarray(WORD - ADDRESS)) : null
  fresh.assets = ZERO
  return fresh
}
