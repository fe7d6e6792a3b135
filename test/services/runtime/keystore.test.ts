import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { localReceiptSigner } from '@nexus/aep/receipt'
import { readPqSeed, unlockKeystore } from '@nexus/runtime/keystore'
import { expect } from 'chai'
import { encryptKeystoreJson, Wallet } from 'ethers'

describe('keys on the disk', function () {
  this.timeout(20_000)
  let folder: string
  const at = (name: string) => path.join(folder, name)
  const write = (name: string, text: string, mode = 0o600) => {
    writeFileSync(at(name), text)
    chmodSync(at(name), mode)
    return at(name)
  }
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-keys-'))
  })
  after(() => rmSync(folder, { recursive: true }))
  const codeOf = async (work: () => unknown) => {
    try {
      await work()
      return 'none'
    } catch (error) {
      return (error as { code?: string }).code
    }
  }

  for (const N of [2, 2 ** 17])
    it(`unlocks a version 3 keystore of another library (scrypt, N = ${N})`, async () => {
      const wallet = Wallet.createRandom()
      const json = await encryptKeystoreJson(
        { address: wallet.address, privateKey: wallet.privateKey },
        'correct horse',
        { scrypt: { N, r: 8, p: 1 } },
      )
      const files = { keystoreFile: write('k.json', json), passphraseFile: write('p', 'correct horse\n') }
      const { account, privateKey } = await unlockKeystore(files)
      expect(account.address).to.equal(wallet.address)
      expect(privateKey).to.equal(wallet.privateKey)
    })

  it('refuses another passphrase, and a file that is no keystore', async () => {
    const json = await encryptKeystoreJson(new Wallet(`0x${'01'.repeat(32)}`), 'right', {
      scrypt: { N: 2, r: 8, p: 1 },
    })
    const passphraseFile = write('p', 'wrong')
    expect(await codeOf(() => unlockKeystore({ keystoreFile: write('k.json', json), passphraseFile }))).to.equal(
      'bad-keystore',
    )
    expect(await codeOf(() => unlockKeystore({ keystoreFile: write('k.json', '{}'), passphraseFile }))).to.equal(
      'bad-keystore',
    )
  })

  it('refuses secrets that others may read', async () => {
    const { privateKey } = generateKeyPairSync('ml-dsa-65')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await codeOf(() => readPqSeed(write('open.pem', pem, 0o644)))).to.equal('secret-readable')
    const files = { keystoreFile: write('k.json', '{}'), passphraseFile: write('open', 'x', 0o640) }
    expect(await codeOf(() => unlockKeystore(files))).to.equal('secret-readable')
  })

  it('reads the seed of an ML-DSA-65 key, from which the same public key follows', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ml-dsa-65')
    const seed = readPqSeed(write('pq.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()))
    const signer = localReceiptSigner({ ecPrivateKey: new Uint8Array(32).fill(1), mlDsaSeed: seed })
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-1952)
    expect(Buffer.compare(raw, signer.mlDsaPublicKey)).to.equal(0)
  })

  it('refuses a key of another kind', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await codeOf(() => readPqSeed(write('ed.pem', pem)))).to.equal('bad-pq-key')
  })
})
