import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { canonicalBytes, type Hex, sha256, sha256Hex, toHex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { publicKeyToAddress } from 'viem/accounts'
import { compareNames, concat, equalBytes, utf8 } from './bytes.ts'
import { documentBytes, parseCanonical, parseDocument, type Receipt } from './documents.ts'
import { leafHash, merkleRoot } from './merkle.ts'

// An operator's receipt is JWS General JSON (RFC 7515 section 7.2.1) with two signatures over one payload: ES256K (RFC 8812)
// by the key that the committee knows, and ML-DSA-65 (RFC 9964, FIPS 204), so that a receipt still convinces when curves no
// longer do. RFC 9964 gives ML-DSA an empty context; ours is `nexus-aep-v1`, and `crit` says so: a verifier that does not
// know the extension has to refuse the signature instead of misjudging it.

export const RECEIPT_CONTEXT = 'nexus-aep-v1'
const TYPE = 'nexus-receipt+jws'
const context = utf8(RECEIPT_CONTEXT)

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

const refuse = (code: string, message: string, details: Record<string, unknown> = {}) =>
  verificationError(code, `not a valid receipt: ${message}`, details)

/** One text for one value: no padding, no foreign characters, no stray bits. */
function fromBase64url(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  if (base64url(bytes) !== text) throw refuse('receipt-encoding', 'its base64url is not in the one form', { text })
  return bytes
}

/** Signs with keys it keeps to itself: a local key pair, a hardware module, a remote signer. */
export interface ReceiptSigner {
  /** Uncompressed, 65 bytes. */
  ecPublicKey: Uint8Array
  /** 64 bytes `r ‖ s` with low s, over SHA-256 of the message. */
  signEs256k(message: Uint8Array): Uint8Array
  /** 1952 bytes. */
  mlDsaPublicKey: Uint8Array
  /** Pure ML-DSA-65 with the context above. */
  signMlDsa(message: Uint8Array): Uint8Array
}

export interface ReceiptKeys {
  /** secp256k1 scalar, 32 bytes: the operator's key. */
  ecPrivateKey: Uint8Array
  /** Seed of FIPS 204, 32 bytes. */
  mlDsaSeed: Uint8Array
}

// PKCS#8 of a seed, RFC 9881: only the last 32 bytes vary.
const PKCS8_SEED = Buffer.from('3034020100300b060960864801650304031204228020', 'hex')

export function localReceiptSigner({ ecPrivateKey, mlDsaSeed }: ReceiptKeys): ReceiptSigner {
  if (mlDsaSeed.length !== 32) throw new RangeError('the seed of an ML-DSA key has 32 bytes')
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_SEED, mlDsaSeed]), format: 'der', type: 'pkcs8' })
  const jwk = createPublicKey(key).export({ format: 'jwk' }) as { pub?: string }
  return {
    ecPublicKey: secp256k1.getPublicKey(ecPrivateKey, false),
    signEs256k: message => secp256k1.sign(message, ecPrivateKey, { lowS: true }),
    mlDsaPublicKey: fromBase64url(jwk.pub ?? ''),
    signMlDsa: message => new Uint8Array(sign(null, message, { key, context })),
  }
}

/** What the committee registers for an operator beside its address. */
export const pqKeyHashOf = (mlDsaPublicKey: Uint8Array): Hex => sha256Hex(mlDsaPublicKey)

export const operatorOf = (ecPublicKey: Uint8Array): Hex => publicKeyToAddress(toHex(ecPublicKey))

const es256kHeader = (ecPublicKey: Uint8Array) => ({
  alg: 'ES256K',
  jwk: {
    crv: 'secp256k1',
    kty: 'EC',
    x: base64url(ecPublicKey.subarray(1, 33)),
    y: base64url(ecPublicKey.subarray(33)),
  },
  typ: TYPE,
})

const mlDsaHeader = (publicKey: Uint8Array) => ({
  alg: 'ML-DSA-65',
  crit: ['ctx'],
  ctx: RECEIPT_CONTEXT,
  jwk: { alg: 'ML-DSA-65', kty: 'AKP', pub: base64url(publicKey) },
  typ: TYPE,
})

/** RFC 7515 section 5.1: what is signed is the ASCII text of the encoded header, a dot and the encoded payload. */
const signingInput = (header: string, payload: string): Uint8Array => utf8(`${header}.${payload}`)

/** Bytes of `signatures/<operator>.json`, RFC 8785. @throws NexusError `schema` for a receipt that is not one */
export function signReceipt(receipt: Receipt, signer: ReceiptSigner): Uint8Array {
  const operator = operatorOf(signer.ecPublicKey)
  if (receipt.operator !== operator) throw new Error(`a receipt of ${receipt.operator} cannot be signed by ${operator}`)
  const payload = base64url(documentBytes('receipt', receipt))
  const signatures = [
    { header: es256kHeader(signer.ecPublicKey), signWith: signer.signEs256k },
    { header: mlDsaHeader(signer.mlDsaPublicKey), signWith: signer.signMlDsa },
  ].map(({ header, signWith }) => {
    const encoded = base64url(canonicalBytes(header))
    return { protected: encoded, signature: base64url(signWith(signingInput(encoded, payload))) }
  })
  return canonicalBytes({ payload, signatures })
}

export interface VerifiedReceipt {
  receipt: Receipt
  /** Checksummed; the same as receipt.operator. */
  operator: Hex
  /** SHA-256 of the ML-DSA key that signed; compare it with the committee's. */
  pqKeyHash: Hex
}

interface SignedPart {
  protected: string
  signature: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasExactly = (value: unknown, ...keys: string[]): value is Record<string, unknown> =>
  isRecord(value) && Object.keys(value).sort().join() === keys.sort().join()

function partsOf(value: unknown): { payload: string; classical: SignedPart; postQuantum: SignedPart } {
  const isPart = (part: unknown): part is Record<string, unknown> & SignedPart =>
    hasExactly(part, 'protected', 'signature') &&
    typeof part['protected'] === 'string' &&
    typeof part['signature'] === 'string'
  if (hasExactly(value, 'payload', 'signatures') && typeof value['payload'] === 'string') {
    const { payload, signatures } = value
    if (Array.isArray(signatures) && signatures.length === 2) {
      const [classical, postQuantum] = signatures
      if (isPart(classical) && isPart(postQuantum)) return { payload, classical, postQuantum }
    }
  }
  throw refuse('receipt-form', 'it is not a JWS in General JSON form with exactly two signatures')
}

/**
 * The public key of a header, which must be, byte for byte, the one header that key may have. So there is no algorithm to
 * choose, nothing critical to overlook and nothing unprotected to read.
 */
function keyOf(
  part: SignedPart,
  keyFrom: (jwk: Record<string, unknown>) => Uint8Array,
  header: (key: Uint8Array) => object,
) {
  const bytes = fromBase64url(part.protected)
  const value = parseCanonical('a header', bytes)
  const jwk = isRecord(value) && isRecord(value['jwk']) ? value['jwk'] : {}
  const key = keyFrom(jwk)
  if (!equalBytes(canonicalBytes(header(key)), bytes))
    throw refuse('receipt-header', 'a header is not the one that its key and algorithm have', { header: value })
  return key
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function ecKey(jwk: Record<string, unknown>): Uint8Array {
  const [x, y] = [fromBase64url(text(jwk['x'])), fromBase64url(text(jwk['y']))]
  const key = concat(Uint8Array.of(4), x, y)
  if (x.length !== 32 || y.length !== 32 || !secp256k1.utils.isValidPublicKey(key, false))
    throw refuse('receipt-key', 'its secp256k1 key is not a point of the curve')
  return key
}

const HALF_ORDER = secp256k1.Point.Fn.ORDER >> 1n
const hasLowS = (signature: Uint8Array): boolean => BigInt(toHex(signature.subarray(32))) <= HALF_ORDER

function verifyEs256k(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  // Low s only: else a stranger could write a second signature for the same receipt.
  if (signature.length !== 64 || !hasLowS(signature)) return false
  const key = createPublicKey({ key: es256kHeader(publicKey).jwk, format: 'jwk' })
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

const ML_DSA_65 = { publicKeyBytes: 1952, signatureBytes: 3309 } as const

function mlDsaKey(jwk: Record<string, unknown>): Uint8Array {
  const key = fromBase64url(text(jwk['pub']))
  if (key.length !== ML_DSA_65.publicKeyBytes) throw refuse('receipt-key', 'its ML-DSA-65 key does not have 1952 bytes')
  return key
}

function verifyMlDsa(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const jwk = { kty: 'AKP', alg: 'ML-DSA-65', pub: base64url(publicKey) }
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(null, message, { key, context }, signature)
}

/**
 * A receipt that both of its keys signed.
 * @throws NexusError, exit 3, `receipt-form`, `receipt-encoding`, `receipt-header`, `receipt-key`, `receipt-operator`,
 * `receipt-signature`, or what parseDocument throws for the payload
 */
export function verifyReceipt(bytes: Uint8Array): VerifiedReceipt {
  const { payload, classical, postQuantum } = partsOf(parseCanonical('a receipt', bytes))
  const receipt = parseDocument('receipt', 'the payload of a receipt', fromBase64url(payload))
  const ecPublicKey = keyOf(classical, ecKey, es256kHeader)
  const mlDsaPublicKey = keyOf(postQuantum, mlDsaKey, mlDsaHeader)
  const operator = operatorOf(ecPublicKey)
  if (operator !== receipt.operator)
    throw refuse('receipt-operator', `it is of ${receipt.operator} and signed by ${operator}`, { signer: operator })

  const ecSignature = fromBase64url(classical.signature)
  const ecMessage = signingInput(classical.protected, payload)
  if (!verifyEs256k(ecMessage, ecSignature, ecPublicKey))
    throw refuse('receipt-signature', 'its ES256K signature is wrong', { algorithm: 'ES256K', operator })

  const pqSignature = fromBase64url(postQuantum.signature)
  const pqMessage = signingInput(postQuantum.protected, payload)
  if (pqSignature.length !== ML_DSA_65.signatureBytes || !verifyMlDsa(pqMessage, pqSignature, mlDsaPublicKey))
    throw refuse('receipt-signature', 'its ML-DSA-65 signature is wrong', { algorithm: 'ML-DSA-65', operator })
  return { receipt, operator, pqKeyHash: pqKeyHashOf(mlDsaPublicKey) }
}

/** `signatures/<operator, lower case>.json` */
export const receiptName = (operator: Hex): string => `signatures/${operator.toLowerCase()}.json`

/**
 * Commitment of a report to the receipts of those who signed it: RFC 9162 root, in order of the operators' addresses, over
 * leaves whose content is SHA-256 of the receipt's bytes. No salt: receipts are public.
 */
export function receiptsRoot(receipts: readonly { operator: Hex; bytes: Uint8Array }[]): Hex {
  const sorted = [...receipts].sort((a, b) => compareNames(a.operator.toLowerCase(), b.operator.toLowerCase()))
  return toHex(merkleRoot(sorted.map(({ bytes }) => leafHash(sha256(bytes)))))
}
