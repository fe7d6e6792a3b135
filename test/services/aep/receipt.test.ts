import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { merkleRoot } from '@nexus/aep/merkle'
import {
  localReceiptSigner,
  operatorOf,
  pqKeyHashOf,
  RECEIPT_CONTEXT,
  receiptsRoot,
  signReceipt,
  verifyReceipt,
} from '@nexus/aep/receipt'
import { verifyPack } from '@nexus/aep/verify'
import { canonicalBytes, toHex } from '@nexus/kit/canonical'
import { NexusError } from '@nexus/kit/errors'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { expect } from 'chai'
import { computeAddress } from 'ethers'
import { type FlattenedJWS, flattenedVerify } from 'jose'
import { receiptOf, samplePack, signedReceipt, signerOf, text } from './fixtures.ts'

interface Jws {
  payload: string
  signatures: { protected: string; signature: string }[]
}
type Header = Record<string, unknown>

const pack = samplePack()
const { bytes, operator } = signedReceipt(pack, 1)
const jws = (): Jws => JSON.parse(Buffer.from(bytes).toString('utf8'))
const decode = (part = ''): Buffer => Buffer.from(part, 'base64url')
const encode = (part: Uint8Array): string => Buffer.from(part).toString('base64url')
const input = ({ payload }: Jws, header = '') => text(`${header}.${payload}`)
const context = text(RECEIPT_CONTEXT)

const codeOf = (receipt: Uint8Array): string => {
  try {
    verifyReceipt(receipt)
  } catch (error) {
    if (error instanceof NexusError && error.exitCode === 3) return error.code
    throw error
  }
  return 'accepted'
}

/** A JWS with other headers, signed with the right keys over what it then says. */
function resigned(changeEs256k: (header: Header) => Header, changeMlDsa: (header: Header) => Header): Uint8Array {
  const signer = signerOf(1)
  const { payload, signatures } = jws()
  const [first, second] = signatures.map(part => JSON.parse(decode(part.protected).toString('utf8')) as Header)
  const headers = [changeEs256k(first ?? {}), changeMlDsa(second ?? {})].map(header => encode(canonicalBytes(header)))
  const signers = [signer.signEs256k, signer.signMlDsa]
  return canonicalBytes({
    payload,
    signatures: headers.map((header, n) => ({
      protected: header,
      signature: encode(signers[n]?.(text(`${header}.${payload}`)) ?? new Uint8Array()),
    })),
  })
}
const same = (header: Header): Header => header

describe("an operator's receipt", function () {
  this.timeout(60_000)
  it('verifies, and says who signed and with which post-quantum key', () => {
    const verified = verifyReceipt(bytes)
    expect(verified.operator).to.equal(operator)
    expect(verified.receipt).to.deep.equal(receiptOf(pack, operator))
    expect(verified.pqKeyHash).to.equal(pqKeyHashOf(signerOf(1).mlDsaPublicKey))
    expect(computeAddress(`0x${'01'.repeat(32)}`)).to.equal(operator) // ethers, from the same key
  })

  it('has an ES256K signature that node:crypto verifies, and takes one of node:crypto with low s', () => {
    const { signatures } = jws()
    const [part] = signatures
    const { jwk } = JSON.parse(decode(part?.protected).toString('utf8'))
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const message = input(jws(), part?.protected)
    expect(verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, decode(part?.signature))).to.equal(true)

    const d = encode(new Uint8Array(32).fill(1))
    const privateKey = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })
    const theirs = (): Buffer => sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })
    const isLow = (signature: Buffer) => !secp256k1.Signature.fromBytes(signature).hasHighS()
    const seen = { low: false, high: false }
    while (!seen.low || !seen.high) {
      const signature = theirs()
      const changed = jws()
      changed.signatures[0] = { protected: part?.protected ?? '', signature: encode(signature) }
      seen[isLow(signature) ? 'low' : 'high'] = true
      expect(codeOf(canonicalBytes(changed))).to.equal(isLow(signature) ? 'accepted' : 'receipt-signature')
    }
  })

  it('has an ML-DSA-65 signature that @noble/post-quantum verifies, and takes one of theirs', () => {
    const changed = jws()
    const part = changed.signatures[1]
    const message = input(changed, part?.protected)
    const keys = ml_dsa65.keygen(new Uint8Array(32).fill(101))
    expect(toHex(keys.publicKey)).to.equal(toHex(signerOf(1).mlDsaPublicKey))
    expect(ml_dsa65.verify(decode(part?.signature), message, keys.publicKey, { context })).to.equal(true)
    expect(ml_dsa65.verify(decode(part?.signature), message, keys.publicKey)).to.equal(false) // not without the context

    const theirs = ml_dsa65.sign(message, keys.secretKey, { context })
    changed.signatures[1] = { protected: part?.protected ?? '', signature: encode(theirs) }
    expect(codeOf(canonicalBytes(changed))).to.equal('accepted')
    const empty = ml_dsa65.sign(message, keys.secretKey)
    changed.signatures[1] = { protected: part?.protected ?? '', signature: encode(empty) }
    expect(codeOf(canonicalBytes(changed))).to.equal('receipt-signature')
  })

  it('makes a JOSE library that knows ML-DSA but not our context refuse, not misjudge', async () => {
    const { payload, signatures } = jws()
    const part = signatures[1]
    const { jwk } = JSON.parse(decode(part?.protected).toString('utf8'))
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const refusal = await flattenedVerify({ payload, ...part } as FlattenedJWS, key).then(
      () => 'accepted',
      (error: Error) => error.message,
    )
    expect(refusal).to.match(/Extension Header Parameter "ctx" is not recognized/)
  })

  it('is the same text every time but for the ML-DSA signature, which is hedged', () => {
    const again: Jws = JSON.parse(Buffer.from(signedReceipt(pack, 1).bytes).toString('utf8'))
    expect(again.payload).to.equal(jws().payload)
    expect(again.signatures[0]).to.deep.equal(jws().signatures[0])
    expect(again.signatures[1]?.protected).to.equal(jws().signatures[1]?.protected)
    expect(again.signatures[1]?.signature).to.not.equal(jws().signatures[1]?.signature)
  })

  it('fails with any one byte changed, and so does the pack it lies in', function () {
    this.timeout(120_000)
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x01
      expect(codeOf(changed), `byte ${at}`).to.not.equal('accepted')
    }
    const changed = bytes.slice()
    changed[bytes.length - 100] = (changed[bytes.length - 100] ?? 0) ^ 0x02
    const name = `signatures/${operator.toLowerCase()}.json`
    const { ok, checks } = verifyPack(new Map([...pack.files, [name, changed]]))
    expect(ok).to.equal(false)
    expect(checks.filter(check => !check.ok).map(({ check }) => check)).to.deep.equal([name])
  })

  const substitutions: [what: string, code: string, es256k: typeof same, mlDsa: typeof same][] = [
    ['alg none', 'receipt-header', header => ({ ...header, alg: 'none' }), same],
    ['another curve algorithm', 'receipt-header', header => ({ ...header, alg: 'ES256' }), same],
    [
      'another curve',
      'receipt-header',
      header => ({ ...header, jwk: { ...(header['jwk'] as object), crv: 'P-256' } }),
      same,
    ],
    ['an HMAC with the public key', 'receipt-header', header => ({ ...header, alg: 'HS256' }), same],
    ['a smaller ML-DSA', 'receipt-header', same, header => ({ ...header, alg: 'ML-DSA-44' })],
    ['no context', 'receipt-header', same, ({ crit: _, ctx: __, ...header }) => header],
    ['a context that is not critical', 'receipt-header', same, ({ crit: _, ...header }) => header],
    ['another context', 'receipt-header', same, header => ({ ...header, ctx: 'nexus-aep-v2' })],
    ['an unknown critical extension', 'receipt-header', header => ({ ...header, crit: ['b64'], b64: false }), same],
    [
      'one more critical extension',
      'receipt-header',
      same,
      header => ({ ...header, crit: ['ctx', 'b64'], b64: false }),
    ],
    ['another type', 'receipt-header', header => ({ ...header, typ: 'JWT' }), same],
    ['a key to be fetched', 'receipt-header', header => ({ ...header, jku: 'https://evil.invalid/keys' }), same],
    ['no key', 'receipt-key', ({ jwk: _, ...header }) => header, same],
    [
      'a key that is no point',
      'receipt-key',
      header => ({
        ...header,
        jwk: { crv: 'secp256k1', kty: 'EC', x: encode(new Uint8Array(32)), y: encode(new Uint8Array(32)) },
      }),
      same,
    ],
    [
      'a short post-quantum key',
      'receipt-key',
      same,
      header => ({ ...header, jwk: { alg: 'ML-DSA-65', kty: 'AKP', pub: 'AAAA' } }),
    ],
    [
      'a private key given away',
      'receipt-header',
      same,
      header => ({ ...header, jwk: { ...(header['jwk'] as object), priv: encode(new Uint8Array(32)) } }),
    ],
  ]
  for (const [what, code, es256k, mlDsa] of substitutions)
    it(`is refused with ${what}, though it was signed so`, () => {
      expect(codeOf(resigned(es256k, mlDsa))).to.equal(code)
    })

  it('is accepted when it is signed again just as it was', () => {
    expect(codeOf(resigned(same, same))).to.equal('accepted')
  })

  it('is refused in any other form than two signatures, in order, and nothing more', () => {
    const { payload, signatures } = jws()
    const [first, second] = signatures
    for (const value of [
      { payload, signatures: [first] },
      { payload, signatures: [first, second, second] },
      { payload, signatures: [] },
      { payload, signatures: [{ ...first, header: { alg: 'none' } }, second] },
      { payload, signatures, protected: first?.protected },
      { payload, ...first },
      [payload],
      null,
    ])
      expect(codeOf(canonicalBytes(value))).to.equal('receipt-form')
    expect(codeOf(canonicalBytes({ payload, signatures: [second, first] }))).to.match(/^receipt-(header|key)$/)
    expect(codeOf(canonicalBytes({ payload, signatures: [first, first] }))).to.match(/^receipt-(header|key)$/)
    expect(codeOf(text(JSON.stringify({ signatures, payload })))).to.equal('not-canonical')
  })

  it('is refused with padding or stray bits in its base64url', () => {
    const { payload, signatures } = jws()
    expect(codeOf(canonicalBytes({ payload: `${payload}=`, signatures }))).to.equal('receipt-encoding')
    const padded = signatures.map(part => ({ ...part, signature: `${part.signature}=` }))
    expect(codeOf(canonicalBytes({ payload, signatures: padded }))).to.equal('receipt-encoding')
  })

  it('is refused with signatures of no length, a wrong length, all zeros or all ones', () => {
    const { payload, signatures } = jws()
    for (const n of [0, 1])
      for (const signature of [
        new Uint8Array(),
        decode(signatures[n]?.signature).subarray(1),
        new Uint8Array(n === 0 ? 64 : 3309),
        new Uint8Array(n === 0 ? 64 : 3309).fill(255),
        new Uint8Array(64).fill(1, 32), // r = 0
        new Uint8Array(64).fill(255, 0, 32).fill(1, 63), // r beyond the order
      ]) {
        const changed = signatures.with(n, { protected: signatures[n]?.protected ?? '', signature: encode(signature) })
        expect(codeOf(canonicalBytes({ payload, signatures: changed }))).to.equal('receipt-signature')
      }
  })

  it('is refused when it says to be of another operator, or no receipt at all', () => {
    const signer = signerOf(1)
    const other = operatorOf(signerOf(2).ecPublicKey)
    expect(() => signReceipt(receiptOf(pack, other), signer)).to.throw(/cannot be signed by/)
    const claim = (value: unknown) => {
      const payload = encode(canonicalBytes(value))
      const signed = jws().signatures.map(({ protected: header }, n) => ({
        protected: header,
        signature: encode((n === 0 ? signer.signEs256k : signer.signMlDsa)(text(`${header}.${payload}`))),
      }))
      return codeOf(canonicalBytes({ payload, signatures: signed }))
    }
    expect(claim(receiptOf(pack, operator))).to.equal('accepted')
    expect(claim(receiptOf(pack, other))).to.equal('receipt-operator')
    expect(claim({ ...receiptOf(pack, operator), operator: operator.toLowerCase() })).to.equal('receipt-operator')
    expect(claim({ ...receiptOf(pack, operator), note: 'more' })).to.equal('schema')
    expect(claim('anything')).to.equal('schema')
  })

  it('signs with fresh keys of any seed', () => {
    const signer = localReceiptSigner({
      ecPrivateKey: secp256k1.utils.randomSecretKey(),
      mlDsaSeed: new Uint8Array(32),
    })
    const fresh = operatorOf(signer.ecPublicKey)
    expect(verifyReceipt(signReceipt(receiptOf(pack, fresh), signer)).operator).to.equal(fresh)
    expect(() =>
      localReceiptSigner({ ecPrivateKey: new Uint8Array(32).fill(1), mlDsaSeed: new Uint8Array(31) }),
    ).to.throw()
  })
})

describe('the root of the receipts', () => {
  it('is the same in whatever order they come, and is their RFC 9162 root in order of address', () => {
    const receipts = [1, 2, 3, 4, 5].map(n => signedReceipt(pack, n))
    const root = receiptsRoot(receipts)
    expect(receiptsRoot(receipts.toReversed())).to.equal(root)
    const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
    const ordered = receipts.toSorted((a, b) => (BigInt(a.operator) < BigInt(b.operator) ? -1 : 1))
    const leaves = ordered.map(receipt => new Uint8Array(sha256(Uint8Array.of(0), sha256(receipt.bytes))))
    expect(toHex(merkleRoot(leaves))).to.equal(root)
    expect(receiptsRoot(receipts.slice(1))).to.not.equal(root)
  })
})
