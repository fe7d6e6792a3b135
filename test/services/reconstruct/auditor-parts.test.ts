import canonicalize from 'canonicalize'
import { expect } from 'chai'
import { getAddress, keccak256, SigningKey, toUtf8Bytes, Wallet, ZeroHash } from 'ethers'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { plainPayoutWad } from '../terms/reference.ts'

/** The stand-alone script is plain JavaScript: what these tests call of it, typed here. */
interface Auditor {
  keccak256(message: Uint8Array): Buffer
  recover(digest: Uint8Array, signature: Uint8Array): string | null
  canonical(value: unknown): string
  merkleRoot(leaves: readonly Uint8Array[]): Uint8Array
  unzip(zip: Uint8Array): Map<string, Uint8Array>
  payout(formula: { knots: readonly unknown[]; up: boolean }, x: bigint): { wad: bigint }
}
const auditor: Auditor = await import(new URL('../../../standards/auditor/reconstruct.mjs', import.meta.url).href)

const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

describe('the stand-alone script', () => {
  it('hashes as Keccak-256 does, at every length around its block of 136 bytes', () => {
    // known answers: the empty message, and "abc"
    expect(hex(auditor.keccak256(new Uint8Array()))).to.equal(
      '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    )
    expect(hex(auditor.keccak256(toUtf8Bytes('abc')))).to.equal(
      '0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
    )
    for (const length of [1, 31, 32, 134, 135, 136, 137, 271, 272, 273, 1000]) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256)
      expect(hex(auditor.keccak256(message)), `${length} bytes`).to.equal(keccak256(message))
    }
  })

  it('recovers who signed, and nobody from what is no signature', () => {
    for (let n = 1; n <= 6; n++) {
      const key = new SigningKey(keccak256(toUtf8Bytes(`key ${n}`)))
      const digest = keccak256(toUtf8Bytes(`message ${n}`))
      const compact = Buffer.from(key.sign(digest).compactSerialized.slice(2), 'hex')
      const digestBytes = Buffer.from(digest.slice(2), 'hex')
      expect(auditor.recover(digestBytes, compact)).to.equal(new Wallet(key).address)
      compact[63] = (compact[63] ?? 0) ^ 1
      expect(auditor.recover(digestBytes, compact)).not.to.equal(new Wallet(key).address)
    }
    const digest = Buffer.from(ZeroHash.slice(2), 'hex')
    expect(auditor.recover(digest, new Uint8Array(64))).to.equal(null)
    // an r that is no coordinate of a point: 5³ + 7 has no square root
    const noPoint = new Uint8Array(64)
    noPoint[31] = 5
    noPoint[63] = 1
    expect(auditor.recover(digest, noPoint)).to.equal(null)
  })

  it('recovers from the published example of EIP-2098', () => {
    const digest = keccak256(
      Buffer.concat([toUtf8Bytes('\x19Ethereum Signed Message:\n11'), toUtf8Bytes('Hello World')]),
    )
    const compact =
      '68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b90' +
      '7e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064'
    const address = new Wallet('0x1234567890123456789012345678901234567890123456789012345678901234').address
    expect(auditor.recover(Buffer.from(digest.slice(2), 'hex'), Buffer.from(compact, 'hex'))).to.equal(
      getAddress(address),
    )
  })

  it('writes JSON in the form of RFC 8785: its own example, and anything', () => {
    const example = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(auditor.canonical(example)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    // the order of keys is that of UTF-16 code units: an emoji comes before U+FB33
    expect(auditor.canonical({ '\ufb33': 1, '😀': 2, '\u20ac': 3, '\r': 4, 1: 5 })).to.equal(
      '{"\\r":4,"1":5,"€":3,"😀":2,"\ufb33":1}',
    )
    const reference = canonicalize as unknown as (value: unknown) => string
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(auditor.canonical(value)).to.equal(reference(value))
      }),
    )
    expect(() => auditor.canonical('\ud800')).to.throw()
  })

  it('pays by formula as exact fractions say', () => {
    const WAD = 10n ** 18n
    const fraction = fc.bigInt(0n, WAD)
    const knot = fc.record({ x: fc.bigInt(-60n, 60n), below: fraction, at: fraction, above: fraction })
    const knots = fc.uniqueArray(knot, { minLength: 1, maxLength: 16, selector: ({ x }) => x })
    fc.assert(
      fc.property(knots, fc.boolean(), fc.bigInt(-70n, 70n), (list, up, x) => {
        const sorted = list.sort((a, b) => (a.x < b.x ? -1 : 1))
        expect(auditor.payout({ knots: sorted, up }, x).wad).to.equal(plainPayoutWad(sorted, up, x))
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads a stored zip, and nothing that is hidden in one', () => {
    const files = {
      'claims.json': toUtf8Bytes('{}'),
      'code/a.ts': toUtf8Bytes('export {}'),
      'inputs/x.csv': toUtf8Bytes(''),
    }
    const plain = { level: 0, mtime: new Date(1980, 0, 1), os: 0, attrs: 0 } as const
    const zip = Buffer.from(zipSync(files, plain))
    expect([...auditor.unzip(zip)].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).to.deep.equal([
      ['claims.json', '{}'],
      ['code/a.ts', 'export {}'],
      ['inputs/x.csv', ''],
    ])
    const refused = (bytes: Uint8Array) => expect(() => auditor.unzip(Buffer.from(bytes))).to.throw(/not a pack/)
    refused(Buffer.concat([zip, Buffer.of(0)]))
    refused(Buffer.concat([Buffer.of(0), zip]))
    refused(zip.subarray(0, 10))
    refused(zipSync({ '../a.ts': toUtf8Bytes('x') }, plain))
    refused(zipSync({ '/a.ts': toUtf8Bytes('x') }, plain))
    refused(zipSync({ 'a\\b.ts': toUtf8Bytes('x') }, plain))
    refused(zipSync({ 'a.ts': toUtf8Bytes('x'.repeat(500)) }, { ...plain, level: 9 }))
    for (let at = 0; at < zip.length; at++) {
      const changed = Buffer.from(zip)
      changed[at] = (changed[at] ?? 0) ^ 0x20
      try {
        // a change that the zip form leaves open (its dates, its versions) must not change what is read
        expect([...auditor.unzip(changed)].map(([, bytes]) => hex(bytes))).to.deep.equal(Object.values(files).map(hex))
      } catch (error) {
        expect((error as Error).message, `byte ${at}`).to.match(/not a pack/)
      }
    }
  })
})
