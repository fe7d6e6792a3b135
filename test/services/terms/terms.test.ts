import { feedIdOf } from '@nexus/kit/feed'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { formulaId } from '@nexus/terms/formula'
import { bindableTerms, decodeTerms, encodeTerms, parseTerms, renderTerms, termsHash } from '@nexus/terms/terms'
import { expect } from 'chai'
import { AbiCoder, keccak256, TypedDataEncoder, toUtf8Bytes } from 'ethers'
import { document, feed } from './fixture.ts'

describe('a terms document', () => {
  it('becomes the struct whose EIP-712 hash another implementation finds as well', () => {
    const { terms, formula } = parseTerms(document())
    const bindable = bindableTerms({ terms })
    const types = {
      Terms: [
        ...['uint8 version', 'bytes32 feedId', 'bytes32 formulaId', 'address asset', 'uint256 coverAssets'],
        ...['uint40 from', 'uint40 to', 'uint8 minEql', 'uint8 evidence', 'uint8 readings'],
        ...['uint32 waitingSeconds', 'uint40 reportingDeadline'],
      ].map(field => ({ type: field.split(' ')[0] ?? '', name: field.split(' ')[1] ?? '' })),
    }
    const expected = TypedDataEncoder.hashStruct('Terms', types, {
      version: 1,
      feedId: feedIdOf(feed),
      formulaId: formulaId(formula),
      asset: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
      coverAssets: 50_000_000_000n,
      from: Date.UTC(2018, 1, 1) / 1000,
      to: Date.UTC(2018, 1, 7) / 1000,
      minEql: 3,
      evidence: 0,
      readings: 0,
      waitingSeconds: 86_400,
      reportingDeadline: Date.UTC(2018, 11, 31) / 1000,
    })
    expect(termsHash(bindable)).to.equal(expected)
  })

  it('says the same with the feed by its id, and with what has a default left out', () => {
    const { evidence: _e, readings: _r, ...short } = document({ feed: feedIdOf(feed) })
    expect(parseTerms(short).terms).to.deep.equal(parseTerms(document()).terms)
  })

  it('is rendered back from what it was read into', () => {
    for (const original of [document(), document({ evidence: 'provisional', readings: 'any' })]) {
      const { terms, formula, feed: spec } = parseTerms(original)
      expect(renderTerms(terms, formula, spec)).to.deep.equal(original)
      const bare = renderTerms({ ...terms, asset: null, reportingDeadline: null }, formula)
      expect(parseTerms(bare).terms.feedId).to.equal(keccak256(toUtf8Bytes(canonical(feed))))
      expect(bare).not.to.have.any.keys('asset', 'reportingDeadline')
    }
  })

  it('goes on chain as the ABI form of the struct, and comes back', () => {
    const terms = bindableTerms(parseTerms(document({ evidence: 'provisional', readings: 'any' })))
    const types = 'uint8,bytes32,bytes32,address,uint256,uint40,uint40,uint8,uint8,uint8,uint32,uint40'.split(',')
    const values = [1, terms.feedId, terms.formulaId, terms.asset, terms.coverAssets, terms.from, terms.to, 3, 1, 1]
    expect(encodeTerms(terms)).to.equal(
      AbiCoder.defaultAbiCoder().encode(types, [...values, terms.waitingSeconds, terms.reportingDeadline]),
    )
    expect(decodeTerms(encodeTerms(terms))).to.deep.equal(terms)
  })

  const refusals: [string, string, Record<string, unknown>][] = [
    ['another version', 'bad-terms', { version: 2 }],
    ['a field nobody knows', 'bad-terms', { extra: 1 }],
    ['a cover as a number', 'bad-terms', { coverAssets: 1000 }],
    ['a negative cover', 'bad-terms', { coverAssets: '-1' }],
    ['a cover beyond 96 bits', 'bad-terms', { coverAssets: (2n ** 96n).toString() }],
    ['a window that ends where it begins', 'bad-terms', { window: { from: '2018-02-01', to: '2018-02-01' } }],
    ['a time with a zone', 'bad-terms', { window: { from: '2018-02-01T00:00:00+08:00', to: '2018-02-07T00:00:00Z' } }],
    ['30 February', 'bad-terms', { window: { from: '2018-02-01T00:00:00Z', to: '2018-02-30T00:00:00Z' } }],
    ['a level of evidence that does not exist', 'bad-terms', { minEql: 5 }],
    ['a deadline that leaves no time to report', 'bad-terms', { reportingDeadline: '2018-08-05T00:00:00Z' }],
    ['an address with a wrong checksum', 'bad-terms', { asset: '0x5fbDB2315678afecb367f032d93F642f64180aa3' }],
    ['a feed with upper-case id', 'bad-terms', { feed: feedIdOf(feed).toUpperCase() }],
    ['a feed that prints other decimals', 'decimals-differ', { xDecimals: 1 }],
    ['a formula without knots', 'bad-terms', { formula: { rounding: 'down', knots: [] } }],
    ['a payout above the cover', 'bad-formula', { formula: oneKnot({ at: '1000000000000000001' }) }],
    ['an index value that is a float', 'bad-terms', { formula: oneKnot({ x: '6.4' }) }],
    ['an index value beyond 64 bits', 'bad-formula', { formula: oneKnot({ x: '9223372036854775808' }) }],
  ]
  for (const [what, code, changes] of refusals)
    it(`refuses ${what}`, () => {
      expect(() => parseTerms(document(changes)))
        .to.throw()
        .with.property('code', code)
    })

  it('takes a deadline of exactly 180 days', () => {
    expect(parseTerms(document({ reportingDeadline: '2018-08-06T00:00:00Z' })).terms.reportingDeadline).to.be.a(
      'number',
    )
  })

  it('cannot be bound while it leaves open what a chain must know', () => {
    for (const field of ['asset', 'reportingDeadline'])
      expect(() => bindableTerms(parseTerms({ ...document(), [field]: undefined })))
        .to.throw()
        .with.property('code', 'terms-incomplete')
    expect(() => bindableTerms(parseTerms(document({ coverAssets: '0' }))))
      .to.throw()
      .with.property('code', 'terms-incomplete')
  })
})

describe('a time', () => {
  it('is whole seconds of UTC, both ways', () => {
    expect(parseUtcSeconds('2018-02-01')).to.equal(1_517_443_200)
    expect(parseUtcSeconds('2018-02-01T00:00:01Z')).to.equal(1_517_443_201)
    expect(formatUtcSeconds(1_517_443_201)).to.equal('2018-02-01T00:00:01Z')
    for (const text of ['2018-02-29', '2018-02-01T24:00:00Z', '2018-02-01T00:00:00.5Z', '2018-02-01 00:00:00', 'now'])
      expect(() => parseUtcSeconds(text))
        .to.throw()
        .with.property('code', 'bad-time')
  })
})

function oneKnot(changes: Record<string, string>) {
  const knot = { x: '640', below: '0', at: '1000000000000000000', above: '1000000000000000000', ...changes }
  return { rounding: 'down', knots: [knot] }
}

/** RFC 8785 of plain data without numbers that print differently: sorted keys, no spaces. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
