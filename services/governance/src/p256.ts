import { createPrivateKey } from 'node:crypto'
import { inputError } from '@nexus/kit/errors'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, type Hex, hexToBytes } from 'viem'

export interface P256Key {
  /** x ‖ y */
  publicKey: Hex
  /** r ‖ s with the lower s, over a digest as it is. */
  sign(digest: Hex): Hex
}

/**
 * A P-256 private key in PEM (PKCS#8 or SEC 1). Node's own signing hashes once more what it is given, and the verifier does
 * not: hence the curve from `@noble/curves`, which makes no promise of constant time.
 * @throws NexusError `bad-p256-key`
 */
export function readP256Key(pem: string, file: string): P256Key {
  const bad = (why: string, cause?: unknown) =>
    inputError('bad-p256-key', `${file} holds no P-256 private key: ${why}`, { file }, cause)
  const parsed = () => {
    try {
      return createPrivateKey(pem)
    } catch (cause) {
      throw bad('it is no unencrypted PEM', cause)
    }
  }
  const { kty, crv, d, x, y } = parsed().export({ format: 'jwk' })
  if (kty !== 'EC' || crv !== 'P-256' || !d || !x || !y) throw bad(`it is of ${crv ?? kty}`)
  const secret = Buffer.from(d, 'base64url')
  return {
    publicKey: bytesToHex(Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])),
    sign: digest => bytesToHex(p256.sign(hexToBytes(digest), secret, { prehash: false, lowS: true })),
  }
}

export function isSignedByP256(publicKey: Hex, digest: Hex, signature: Hex): boolean {
  try {
    const options = { prehash: false, lowS: true }
    const key = Uint8Array.from([4, ...hexToBytes(publicKey)])
    return p256.verify(hexToBytes(signature), hexToBytes(digest), key, options)
  } catch {
    return false // not a point, or not two numbers
  }
}
