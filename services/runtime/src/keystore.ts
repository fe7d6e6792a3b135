import { createPrivateKey, scrypt as nodeScrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inputError } from '@nexus/kit/errors'
import { privateKeyToAccount } from 'viem/accounts'
import { requirePrivate } from './private-file.ts'

export type Account = ReturnType<typeof privateKeyToAccount>

export interface KeystoreFiles {
  /** Web3 secret storage, version 3. */
  keystoreFile: string
  /** Its first line is the passphrase; only the owner may read it. */
  passphraseFile: string
}

export interface UnlockedKey {
  account: Account
  privateKey: `0x${string}`
}

/** @throws NexusError `bad-keystore` for a file that is none or another passphrase, `secret-readable` */
export async function unlockKeystore({ keystoreFile, passphraseFile }: KeystoreFiles): Promise<UnlockedKey> {
  requirePrivate(passphraseFile)
  const [passphrase = ''] = readFileSync(passphraseFile, 'utf8').split(/\r?\n/)
  const [{ decryptKeystoreJson }, { scrypt }] = await Promise.all([import('ethers/wallet'), import('ethers/crypto')])
  useNativeScrypt(scrypt)
  try {
    const { privateKey } = await decryptKeystoreJson(readFileSync(keystoreFile, 'utf8'), passphrase)
    return { account: privateKeyToAccount(privateKey as `0x${string}`), privateKey: privateKey as `0x${string}` } // ethers types hex as string
  } catch (cause) {
    throw inputError(
      'bad-keystore',
      `${keystoreFile} cannot be unlocked: ${(cause as Error).message}`,
      { keystoreFile },
      cause,
    )
  }
}

/** The keystore's key derivation in JavaScript costs seconds of CPU; OpenSSL's a fraction of one. */
function useNativeScrypt(scrypt: {
  register: typeof import('ethers/crypto').scrypt['register']
  lock: () => void
}): void {
  try {
    scrypt.register(
      (password, salt, N, r, p, length) =>
        new Promise((resolve, reject) => {
          nodeScrypt(password, salt, length, { N, r, p, maxmem: 2 ** 25 + 256 * N * r * p }, (error, key) =>
            error ? reject(error) : resolve(`0x${key.toString('hex')}`),
          )
        }),
    )
    scrypt.lock()
  } catch {
    // locked already by an earlier call in this process: it has ours
  }
}

/** The 32-byte seed of an ML-DSA-65 private key, PKCS#8 PEM. @throws NexusError `bad-pq-key`, `secret-readable` */
export function readPqSeed(file: string): Uint8Array {
  requirePrivate(file)
  try {
    const key = createPrivateKey(readFileSync(file))
    if (key.asymmetricKeyType !== 'ml-dsa-65') throw new Error(`it is a ${key.asymmetricKeyType} key`)
    const { priv } = key.export({ format: 'jwk' }) as { priv?: string } // RFC 9964: the seed
    const seed = Buffer.from(priv ?? '', 'base64url')
    if (seed.length !== 32) throw new Error('it does not hold the seed')
    return new Uint8Array(seed)
  } catch (cause) {
    throw inputError(
      'bad-pq-key',
      `${file} is not an ML-DSA-65 private key: ${(cause as Error).message}`,
      { file },
      cause,
    )
  }
}
