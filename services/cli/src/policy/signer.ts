import { inputError } from '@nexus/kit/errors'
import { unlockKeystore } from '@nexus/runtime/keystore'
import type { Command } from 'commander'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

export interface SignerOptions {
  keystore?: string
  passphrase?: string
  keyEnv?: string
}

/** Keys come from files or the environment, never from arguments, which every process on the machine can read. */
export const withSigner = (command: Command): Command =>
  command
    .option('--keystore <file>', 'key in Web3 secret storage, version 3')
    .option('--passphrase <file>', "the keystore's passphrase, in a file only its owner can read")
    .option('--key-env <name>', 'environment variable that holds a private key, instead')

export const namesKey = ({ keystore, passphrase, keyEnv }: SignerOptions): boolean =>
  [keystore, passphrase, keyEnv].some(Boolean)

/** @throws NexusError `no-key`, `bad-key`, `bad-keystore`, `secret-readable`; none of them says anything of the key */
export async function signerOf({ keystore, passphrase, keyEnv }: SignerOptions): Promise<PrivateKeyAccount> {
  if (keystore && passphrase && !keyEnv)
    return (await unlockKeystore({ keystoreFile: keystore, passphraseFile: passphrase })).account
  if (keyEnv && !keystore && !passphrase) {
    const key = process.env[keyEnv]
    if (key === undefined) throw inputError('no-key', `the environment has no ${keyEnv}`, { variable: keyEnv })
    if (!/^0x[0-9a-fA-F]{64}$/.test(key))
      throw inputError('bad-key', `${keyEnv} holds no private key`, { variable: keyEnv })
    try {
      return privateKeyToAccount(key as `0x${string}`)
    } catch {
      throw inputError('bad-key', `${keyEnv} holds no private key`, { variable: keyEnv })
    }
  }
  throw inputError('no-key', 'name a key: --keystore FILE with --passphrase FILE, or --key-env NAME')
}
