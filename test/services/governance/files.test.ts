import { createSign, createVerify, generateKeyPairSync, hash } from 'node:crypto'
import type { Manifest } from '@nexus/chain/manifest'
import { ballotDocument, readBallot } from '@nexus/governance/ballot-file'
import { announcementDigest, breakGlassDocument, readBreakGlass, safeTxHashOf } from '@nexus/governance/break-glass'
import { parseCalls } from '@nexus/governance/calls-file'
import { contractsOf } from '@nexus/governance/contracts'
import { ballotDigest, ballotTypedData, rationaleHashOf } from '@nexus/governance/decision'
import { algorithmOf, isSignedBy, readSeatKey } from '@nexus/governance/seat-key'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { AbiCoder, TypedDataEncoder } from 'ethers'
import { decodeFunctionData, type Hex, parseAbi, zeroAddress } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { pointOf } from './fixture.ts'

const address = (n: number): Hex => `0x${n.toString(16).padStart(40, '0')}`
const word = (byte: string): Hex => `0x${byte.repeat(32)}`
const manifest: Manifest = {
  ...{ chainId: 31337, genesis: word('00'), deployedAtBlock: 0, accessManager: address(1), registry: address(2) },
  ...{ termsStore: address(3), policyBook: address(4), pools: { a: address(5), b: address(6) }, assets: {} },
}
const contracts = contractsOf(manifest)
const refused = async (act: () => unknown) => {
  try {
    await act()
  } catch (error) {
    if (error instanceof NexusError) return { exit: error.exitCode, code: error.code, message: error.message }
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a file of calls', () => {
  const abi = parseAbi([
    'function pause(uint40 durationSeconds)',
    'function announceConfiguration(address[] operators, bytes32[] hashes, uint8 quorum, uint40 at)',
  ])

  it('names contracts and functions, or gives bytes', () => {
    const configuration = [[address(7), address(8)], [word('11'), word('22')], 2, '1900000000']
    const calls = parseCalls(
      [
        { contract: 'EvidenceRegistry', function: 'pause', args: [3600] },
        { contract: 'EvidenceRegistry', function: 'pause(uint40)', args: ['3600'] },
        { contract: 'EvidenceRegistry', function: 'announceConfiguration', args: configuration },
        { to: address(9), value: '5', data: '0xABCD' },
        { contract: 'RiskPool:b', function: 'setUnderwriter', args: [address(7), false] },
      ],
      contracts,
    )
    expect(calls.map(({ to }) => to)).to.deep.equal([2, 2, 2, 9, 6].map(address))
    expect(calls[0]?.data).to.equal(calls[1]?.data)
    expect(decodeFunctionData({ abi, data: calls[2]?.data ?? '0x' }).args).to.deep.equal([
      ...[[address(7), address(8)], [word('11'), word('22')], 2, 1_900_000_000],
    ])
    expect(calls[3]).to.deep.equal({ to: address(9), value: 5n, data: '0xabcd' })
  })

  const on = 'EvidenceRegistry'
  const wrong: [string, unknown, string, RegExp][] = [
    ['no list', {}, 'bad-calls', /must be a list/],
    ['an empty one', [], 'bad-calls', /one call at least/],
    [
      'more than are read',
      Array(65).fill({ to: address(9), data: '0x' }),
      'bad-calls',
      /65 calls are more than the 64/,
    ],
    ['no object', [1], 'bad-calls', /calls\[0\]: the document must be an object/],
    ['no address', [{ to: '0x12', data: '0x' }], 'bad-calls', /calls\[0\]: to must be an address/],
    ['half a byte', [{ to: address(2), data: '0x1' }], 'bad-calls', /calls\[0\]: data must be hexadecimal bytes/],
    ['a fraction', [{ to: address(2), data: '0x', value: '1.5' }], 'bad-calls', /value must be a decimal string/],
    ['a delegatecall', [{ to: address(2), data: '0x', operation: 1 }], 'bad-calls', /unknown field "operation"/],
    [
      'an unknown contract',
      [{ contract: 'Nobody', function: 'f' }],
      'no-such-contract',
      /calls\[0\]: there is no contract "Nobody"; known: Acc/,
    ],
    [
      'one of several',
      [{ contract: 'RiskPool', function: 'f' }],
      'no-such-contract',
      /"RiskPool" is several contracts/,
    ],
    ['an unknown function', [{ contract: on, function: 'destroy' }], 'bad-calls', /no function "destroy"/],
    ['a view', [{ contract: on, function: 'pausedUntil' }], 'bad-calls', /no function "pausedUntil" that changes/],
    [
      'too few arguments',
      [{ contract: on, function: 'pause' }],
      'bad-calls',
      /pause\(uint40\) takes 1 arguments, not 0/,
    ],
    [
      'words',
      [{ contract: on, function: 'pause', args: ['long'] }],
      'bad-calls',
      /calls\[0\]\.args\[0\]: must be a whole/,
    ],
    ['a negative', [{ contract: on, function: 'pause', args: [-1] }], 'bad-calls', /-1 is no uint40/],
    ['too large', [{ contract: on, function: 'pause', args: [1e13] }], 'bad-calls', /10000000000000 is no uint40/],
    [
      'an inexact number',
      [{ contract: on, function: 'pause', args: [2 ** 60] }],
      'bad-calls',
      /must be a whole number/,
    ],
    [
      'a short hash',
      [{ contract: on, function: 'dispute', args: ['0x12', '0x12'] }],
      'bad-calls',
      /args\[0\]: must be bytes32/,
    ],
    [
      'no list inside',
      [{ contract: on, function: 'announceConfiguration', args: [1, [], 1, 1] }],
      'bad-calls',
      /must be a list/,
    ],
    [
      'a word for yes',
      [{ contract: on, function: 'rule', args: [word('11'), 'yes', word('11')] }],
      ...(['bad-calls', /args\[1\]: must be true or false, not "yes"/] as const),
    ],
  ]
  for (const [name, content, code, message] of wrong)
    it(`is refused for ${name}`, async () => {
      const error = await refused(() => parseCalls(content, contracts))
      expect([error.exit, error.code]).to.deep.equal([2, code])
      expect(error.message).to.match(message)
    })
})

describe('a ballot file', () => {
  const account = privateKeyToAccount(word('11'))
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = readSeatKey(p256.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), 'seat.pem')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsaKey = readSeatKey(rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), 'card.pem')
  const at = { chainId: 31337, module: '0x5FbDB2315678afecb367f032d93F642f64180aa3' as const }
  const answer = {
    ...at,
    ...{ decisionId: word('ab'), seatId: 3, seatEpoch: 4, choice: 'no' as const },
    ...{ rationale: 'zu früh', rationaleHash: rationaleHashOf('zu früh') },
  }
  const digest = ballotDigest(at, answer)
  let sound: Record<string, unknown>
  let passkey: Record<string, unknown>
  let card: Record<string, unknown>
  before(async () => {
    const signature = await account.signTypedData(ballotTypedData(at, answer))
    sound = ballotDocument({ ...answer, signer: { kind: 'account', address: account.address }, signature })
    const signer = { kind: 'p256' as const, publicKey: key.publicKey }
    passkey = ballotDocument({ ...answer, signer, signature: key.sign(digest) })
    const byCard = { kind: 'rsa' as const, publicKey: rsaKey.publicKey }
    card = ballotDocument({ ...answer, signer: byCard, signature: rsaKey.sign(digest) })
  })

  it('signs what another EIP-712 library signs', () => {
    const { domain, types, message } = ballotTypedData(at, answer)
    expect(TypedDataEncoder.hash(domain, { Ballot: [...types.Ballot] }, message)).to.equal(digest)
  })

  it('is read as it was written, whoever signed it', async () => {
    // what a contract's signature looks like, only its code knows
    const wallet = { ...sound, signer: { kind: 'contract', address: at.module }, signature: '0x01' }
    const unsigned = { ...sound, signature: null }
    for (const document of [sound, passkey, card, wallet, unsigned, { ...sound, signer: { kind: 'other' } }]) {
      const read = await readBallot(JSON.parse(JSON.stringify(document)), 'x.json')
      expect(ballotDocument(read)).to.deep.equal(document)
    }
  })

  const forgeries: [string, () => Record<string, unknown>, RegExp][] = [
    ['another choice', () => ({ ...sound, choice: 'veto' }), /digest is of other fields/],
    ['another seat', () => ({ ...sound, seatId: 2 }), /digest is of other fields/],
    ['another epoch', () => ({ ...sound, seatEpoch: 5 }), /digest is of other fields/],
    ['another chain', () => ({ ...sound, chainId: 1 }), /digest is of other fields/],
    ['another module', () => ({ ...sound, module: account.address }), /digest is of other fields/],
    ['another decision', () => ({ ...sound, decisionId: word('cd') }), /digest is of other fields/],
    ['another rationale', () => ({ ...sound, rationale: 'too late' }), /rationale is not the one whose hash is signed/],
    [
      'another signer',
      () => ({ ...sound, signer: { kind: 'account', address: at.module } }),
      /not signed by its signer/,
    ],
    ['a broken signature', () => ({ ...sound, signature: `0x${'00'.repeat(65)}` }), /not signed by its signer/],
    ['a broken P-256 one', () => ({ ...passkey, signature: `0x${'11'.repeat(64)}` }), /not signed by its signer/],
    ['a broken RSA one', () => ({ ...card, signature: `0x${'11'.repeat(256)}` }), /not signed by its signer/],
    [
      'an RSA key for a P-256 one',
      () => ({ ...card, signer: { kind: 'p256', publicKey: rsaKey.publicKey } }),
      /not signed by its signer/,
    ],
    [
      'a key that is no point',
      () => ({ ...passkey, signer: { kind: 'p256', publicKey: `0x${'11'.repeat(64)}` } }),
      /not signed/,
    ],
    ['no choice', () => ({ ...sound, choice: 'perhaps' }), /choice must be one of yes, no, abstain, veto, recuse/],
    ['no seat', () => ({ ...sound, seatId: 7 }), /seatId must be at most 6/],
    ['no bytes', () => ({ ...sound, signature: '0xzz' }), /signature must be lower-case hexadecimal/],
    ['a field too many', () => ({ ...sound, note: 'x' }), /unknown field "note"/],
    ['a later version', () => ({ ...sound, version: 2 }), /version must be 1/],
    ['nothing', () => ({}), /version must be 1|is missing/],
  ]
  for (const [name, content, message] of forgeries)
    it(`is refused for ${name}`, async () => {
      const error = await refused(() => readBallot(content(), 'x.json'))
      expect([error.exit, error.code]).to.deep.equal([2, 'bad-ballot'])
      expect(error.message)
        .to.match(/^x\.json: /)
        .and.to.match(message)
    })

  it('has P-256 signatures that OpenSSL takes, and takes OpenSSL’s when their s is the lower one', () => {
    const message = Buffer.from('the digest of this is what is signed')
    const hashed: Hex = `0x${hash('sha256', message, 'hex')}`
    expect(key.publicKey).to.equal(pointOf(p256.publicKey))
    const ours = Buffer.from(key.sign(hashed).slice(2), 'hex')
    expect(
      createVerify('sha256').update(message).verify({ key: p256.publicKey, dsaEncoding: 'ieee-p1363' }, ours),
    ).to.equal(true)
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const theirs = createSign('sha256').update(message).sign({ key: p256.privateKey, dsaEncoding: 'ieee-p1363' }, 'hex')
    const s = BigInt(`0x${theirs.slice(64)}`)
    const [low, high] = [s < order - s ? s : order - s, s < order - s ? order - s : s].map(
      n => `0x${theirs.slice(0, 64)}${n.toString(16).padStart(64, '0')}` as Hex,
    ) as [Hex, Hex]
    expect(isSignedBy('p256', key.publicKey, hashed, low)).to.equal(true)
    // a second form of the same signature, which the contract refuses too
    expect(isSignedBy('p256', key.publicKey, hashed, high)).to.equal(false)
  })

  it('has RSA keys in the form of the verifier, and signatures that OpenSSL takes', () => {
    const { n, e } = rsa.publicKey.export({ format: 'jwk' })
    const [modulus, exponent] = [n, e].map(part => Buffer.from(`${part}`, 'base64url'))
    expect(rsaKey).to.include({ kind: 'rsa' })
    expect(rsaKey.publicKey).to.equal(AbiCoder.defaultAbiCoder().encode(['bytes', 'bytes'], [exponent, modulus]))
    expect(algorithmOf(rsaKey.publicKey)).to.equal('RSA 2048')
    expect(algorithmOf(key.publicKey)).to.equal('P-256')
    expect(algorithmOf('0x1234')).to.equal(null)
    const signature = Buffer.from(rsaKey.sign(digest).slice(2), 'hex')
    const message = Buffer.from(digest.slice(2), 'hex')
    expect(createVerify('sha256').update(message).verify(rsa.publicKey, signature)).to.equal(true)
    expect(isSignedBy('rsa', rsaKey.publicKey, word('ab'), rsaKey.sign(digest))).to.equal(false)
  })

  it('takes no key but an unencrypted P-256 or RSA one that is long enough', async () => {
    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const pems = [other, short].map(one => one.export({ type: 'pkcs8', format: 'pem' }).toString())
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' }
    const locked = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }).toString()
    for (const pem of ['no key', locked, ...pems])
      expect((await refused(() => readSeatKey(pem, 'f.pem'))).code).to.equal('bad-key-file')
  })
})

describe('a break-glass file', () => {
  const owner = privateKeyToAccount(word('22'))
  const transaction = {
    ...{ chainId: 31337, safe: address(1), guard: address(3), to: address(2), value: 3n, data: '0xabcd' as const },
    ...{ operation: 1 as const, nonce: 4, announcement: null },
  }
  let sound: ReturnType<typeof breakGlassDocument>
  before(async () => {
    const hash = safeTxHashOf({ ...transaction, signatures: [] })
    const mine = { owner: owner.address, signature: await owner.sign({ hash }), isContract: false }
    const announced = await owner.sign({ hash: announcementDigest({ ...transaction, signatures: [] }) })
    sound = breakGlassDocument({ ...transaction, signatures: [mine], announcement: { ...mine, signature: announced } })
  })

  it('has the hash that Safe’s own kit gives', async () => {
    const { calculateSafeTransactionHash } = await import('@safe-global/protocol-kit')
    const rest = { baseGas: '0', safeTxGas: '0', gasPrice: '0', gasToken: zeroAddress, refundReceiver: zeroAddress }
    const data = { ...transaction, ...rest, value: '3' }
    expect(calculateSafeTransactionHash(address(1), data, '1.5.0', 31337n)).to.equal(sound.safeTxHash)
    expect(breakGlassDocument(await readBreakGlass(sound, 'g.json'))).to.deep.equal(sound)
  })

  const signature = () => sound.signatures[0]
  const forgeries: [string, () => Record<string, unknown>, RegExp][] = [
    ['another target', () => ({ ...sound, to: address(9) }), /its hash is of other fields/],
    ['another value', () => ({ ...sound, value: '4' }), /its hash is of other fields/],
    ['other data', () => ({ ...sound, data: '0xabce' }), /its hash is of other fields/],
    ['another nonce', () => ({ ...sound, nonce: 5 }), /its hash is of other fields/],
    ['another Safe', () => ({ ...sound, safe: address(9) }), /its hash is of other fields/],
    ['one owner twice', () => ({ ...sound, signatures: [signature(), signature()] }), /an owner signed twice/],
    ['another owner', () => ({ ...sound, signatures: [{ ...signature(), owner: address(9) }] }), /it is not signed by/],
    ['another guard', () => ({ ...sound, guard: address(9) }), /did not announce it/],
    [
      'another’s announcement',
      () => ({ ...sound, announcement: { ...sound.announcement, owner: address(9) } }),
      /did not announce it/,
    ],
    ['the transaction’s own signature as one', () => ({ ...sound, announcement: signature() }), /did not announce it/],
    ['a third operation', () => ({ ...sound, operation: 2 }), /operation/],
    ['a field too many', () => ({ ...sound, extra: 1 }), /unknown field "extra"/],
  ]
  for (const [name, content, message] of forgeries)
    it(`is refused for ${name}`, async () => {
      const error = await refused(() => readBreakGlass(content(), 'g.json'))
      expect([error.exit, error.code]).to.deep.equal([2, 'bad-break-glass'])
      expect(error.message).to.match(message)
    })
})
