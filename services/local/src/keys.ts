import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Hex } from '@nexus/kit/canonical'
import { encryptKeystoreJson } from 'ethers'
import type { Account } from './accounts.ts'

/** Readable by its owner only, as the services insist. */
function writePrivate(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text, { mode: 0o600 })
}

/**
 * A version 3 keystore and its passphrase. The key derivation is cheap: these keys belong to everybody
 * anyway, and a dozen services unlock them at once.
 */
export async function writeKeystore(account: Account, keystoreFile: string, passphraseFile: string): Promise<void> {
  const passphrase = randomBytes(16).toString('hex')
  const { address, privateKey } = account
  writePrivate(
    keystoreFile,
    await encryptKeystoreJson({ address, privateKey }, passphrase, { scrypt: { N: 1_024, r: 8, p: 1 } }),
  )
  writePrivate(passphraseFile, `${passphrase}\n`)
}

const ML_DSA_65_PUBLIC_KEY_BYTES = 1952

/** A new ML-DSA-65 key pair; returns SHA-256 of the public key, which is what the committee registers. */
export function writePqKey(file: string): Hex {
  const { privateKey, publicKey } = generateKeyPairSync('ml-dsa-65')
  writePrivate(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-ML_DSA_65_PUBLIC_KEY_BYTES)
  return `0x${createHash('sha256').update(raw).digest('hex')}`
}
