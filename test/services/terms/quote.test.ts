import { policyIdOf, quoteDigest, splitPolicyId } from '@nexus/terms/quote'
import { expect } from 'chai'
import { solidityPacked, TypedDataEncoder } from 'ethers'

const book = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
const pool = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512'
const quote = {
  termsHash: `0x${'ab'.repeat(32)}`,
  holder: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  premium: 1_250_000n,
  pool,
  nonce: 2n ** 96n - 1n,
  expiry: 1_517_443_200,
} as const

describe('a quote', () => {
  it('has the EIP-712 digest that another implementation finds', () => {
    const fields = [
      'bytes32 termsHash',
      'address holder',
      'uint256 premium',
      'address pool',
      'uint96 nonce',
      'uint40 expiry',
    ]
    const types = { Quote: fields.map(field => ({ type: field.split(' ')[0] ?? '', name: field.split(' ')[1] ?? '' })) }
    const domain = { name: 'Nexus Policy', version: '1', chainId: 31337, verifyingContract: book }
    expect(quoteDigest(31337, book, quote)).to.equal(TypedDataEncoder.hash(domain, types, quote))
  })

  it('is another one on another chain, for another book and for another holder', () => {
    const digests = [
      quoteDigest(31337, book, quote),
      quoteDigest(1, book, quote),
      quoteDigest(31337, pool, quote),
      quoteDigest(31337, book, { ...quote, holder: book }),
    ]
    expect(new Set(digests).size).to.equal(4)
  })

  it('names its policy by pool and nonce', () => {
    const policyId = policyIdOf(pool, quote.nonce)
    expect(policyId).to.equal(BigInt(solidityPacked(['address', 'uint96'], [pool, quote.nonce])))
    expect(splitPolicyId(policyId)).to.deep.equal({ pool, nonce: quote.nonce })
    expect(splitPolicyId(policyIdOf('0x00000000000000000000000000000000000000aA', 1n)).nonce).to.equal(1n)
  })
})
