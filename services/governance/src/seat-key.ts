import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { inputError } from '@nexus/kit/errors'
import { p256 } from '@noble/curves/nist.js'
import {
  bytesToHex,
  decodeAbiParameters,
  encodeAbiParameters,
  type Hex,
  hexToBytes,
  parseAbiParameters,
  size,
} from 'viem'

export const keyKinds = ['p256', 'rsa'] as const
export type KeyKind = (typeof keyKinds)[number]

/** The private key of a seat that has no account. */
export interface SeatKey {
  kind: KeyKind
  /** As OpenZeppelin's ERC-7913 verifier of the kind takes it: x ‖ y, or the ABI encoding of exponent and modulus. */
  publicKey: Hex
  /** p256: r ‖ s with the lower s, over the digest as it is. rsa: PKCS #1 v1.5 over the SHA-256 of the digest. */
  sign(digest: Hex): Hex
}

const rsaKey = parseAbiParameters('bytes exponent, bytes modulus')
/** What the verifier asks for. */
const LEAST_RSA_BITS = 2048

const fromBase64url = (text: string): Hex => bytesToHex(Buffer.from(text, 'base64url'))
const toBase64url = (bytes: Hex): string => Buffer.from(hexToBytes(bytes)).toString('base64url')

/**
 * A P-256 or RSA private key in unencrypted PEM (PKCS#8, SEC 1, PKCS#1).
 * @throws NexusError `bad-key-file`
 */
export function readSeatKey(pem: string, file: string): SeatKey {
  const bad = (why: string, cause?: unknown) =>
    inputError('bad-key-file', `${file} holds no P-256 or RSA private key: ${why}`, { file }, cause)
  const parsed = () => {
    try {
      return createPrivateKey(pem)
    } catch (cause) {
      throw bad('it is no unencrypted PEM', cause)
    }
  }
  const key = parsed()
  const { kty, crv, d, x, y, e, n } = key.export({ format: 'jwk' })
  if (kty === 'EC' && crv === 'P-256' && d && x && y) return p256Key({ d, x, y })
  if (kty !== 'RSA' || !e || !n) throw bad(`it is of ${crv ?? kty}`)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < LEAST_RSA_BITS) throw bad(`its modulus has ${bits} bits, and ${LEAST_RSA_BITS} are needed`)
  return {
    kind: 'rsa',
    publicKey: encodeAbiParameters(rsaKey, [fromBase64url(e), fromBase64url(n)]),
    sign: digest => bytesToHex(sign('sha256', hexToBytes(digest), key)),
  }
}

/**
 * Node's own signing hashes once more what it is given, and the verifier does not: hence the curve from `@noble/curves`, which makes
 * no promise of constant time.
 */
function p256Key({ d, x, y }: Record<'d' | 'x' | 'y', string>): SeatKey {
  const secret = Buffer.from(d, 'base64url')
  return {
    kind: 'p256',
    publicKey: bytesToHex(Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])),
    sign: digest => bytesToHex(p256.sign(hexToBytes(digest), secret, { prehash: false, lowS: true })),
  }
}

export function isSignedBy(kind: KeyKind, publicKey: Hex, digest: Hex, signature: Hex): boolean {
  try {
    if (kind === 'rsa')
      return verify('sha256', hexToBytes(digest), rsaPublicKey(publicKey), Buffer.from(hexToBytes(signature)))
    const options = { prehash: false, lowS: true }
    const key = Uint8Array.from([4, ...hexToBytes(publicKey)])
    return p256.verify(hexToBytes(signature), hexToBytes(digest), key, options)
  } catch {
    return false // no key of that kind, or no signature
  }
}

function rsaPublicKey(publicKey: Hex): KeyObject {
  const [exponent, modulus] = decodeAbiParameters(rsaKey, publicKey)
  const jwk = { kty: 'RSA', e: toBase64url(exponent), n: toBase64url(modulus) }
  return createPublicKey({ format: 'jwk', key: jwk })
}

/** What a verifier's key is, as far as its form tells; the verifier decides. */
export function algorithmOf(publicKey: Hex): string | null {
  if (size(publicKey) === 64) return 'P-256'
  try {
    const [, modulus] = decodeAbiParameters(rsaKey, publicKey)
    return size(modulus) * 8 < LEAST_RSA_BITS ? null : `RSA ${size(modulus) * 8}`
  } catch {
    return null
  }
}
