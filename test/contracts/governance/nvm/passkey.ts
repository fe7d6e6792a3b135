import { createECDH } from 'node:crypto'
import { concat, hexlify, toBeHex } from 'ethers'

const P256_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const bigOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`)
const modulo = (value: bigint) => ((value % P256_N) + P256_N) % P256_N

function inverse(value: bigint): bigint {
  let [power, base, result] = [P256_N - 2n, modulo(value), 1n] // Fermat
  for (; power > 0n; power >>= 1n, base = (base * base) % P256_N) if (power & 1n) result = (result * base) % P256_N
  return result
}

/**
 * A P-256 key as a passkey has one: 64 bytes of key, signatures of 64 bytes with the lower s. The verifier takes a hash as
 * it is, while Node hashes once more what it signs: so ECDSA by its definition, with Node's points.
 */
export function passkey() {
  const own = createECDH('prime256v1')
  const key = hexlify(own.generateKeys().subarray(1))
  const signHash = (digest: string) => {
    const once = createECDH('prime256v1')
    const r = modulo(bigOf(once.generateKeys().subarray(1, 33)))
    const s = modulo(inverse(bigOf(once.getPrivateKey())) * (BigInt(digest) + r * bigOf(own.getPrivateKey())))
    return concat([toBeHex(r, 32), toBeHex(s > P256_N / 2n ? P256_N - s : s, 32)])
  }
  return { key, signHash }
}
