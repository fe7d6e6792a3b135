import type { Hex } from '@nexus/kit/canonical'
import { rankOf, signersOf } from '@nexus/relayer/committee'
import { isTurnOf } from '@nexus/relayer/lead'
import { expect } from 'chai'
import fc from 'fast-check'

const operatorsOf = (n: number): Hex[] =>
  Array.from({ length: n }, (_, i): Hex => `0x${i.toString(16).padStart(40, '0')}`)
const feed = (n: bigint): Hex => `0x${n.toString(16).padStart(64, '0')}`
const sizes = fc.integer({ min: 4, max: 31 })

describe('who leads', () => {
  it('gives each operator another rank, for any committee, feed and sequence', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.bigInt(0n, 2n ** 256n - 1n),
        fc.integer({ min: 1, max: 2 ** 32 - 1 }),
        (n, id, sequence) => {
          const operators = operatorsOf(n)
          const ranks = operators.map(operator => rankOf({ operators }, operator, feed(id), sequence))
          expect([...ranks].sort((a, b) => (a ?? -1) - (b ?? -1))).to.deep.equal(operators.map((_, i) => i))
        },
      ),
    )
  })

  it('passes the lead on by one with each sequence, so that each leads once in n', () => {
    const operators = operatorsOf(7)
    const leaders = Array.from({ length: 14 }, (_, sequence) =>
      operators.findIndex(operator => rankOf({ operators }, operator, feed(12n), sequence) === 0),
    )
    expect(leaders.slice(0, 7).toSorted()).to.deep.equal([0, 1, 2, 3, 4, 5, 6])
    expect(leaders.slice(7)).to.deep.equal(leaders.slice(0, 7))
  })

  it('gives no rank to an address that is not in the committee', () => {
    expect(rankOf({ operators: operatorsOf(4) }, `0x${'ff'.repeat(20)}`, feed(1n), 1)).to.equal(undefined)
  })

  it('lets exactly one operator act at any moment, beginning with the leader, and each again and again', () => {
    fc.assert(
      fc.property(sizes, fc.nat(10_000_000), (n, sinceMs) => {
        const acting = Array.from({ length: n }, (_, rank) => rank).filter(rank => isTurnOf(rank, n, sinceMs, 1_500))
        expect(acting).to.have.length(1)
      }),
    )
    expect(isTurnOf(0, 7, 0, 1_500)).to.equal(true)
    expect(isTurnOf(3, 7, 3 * 1_500, 1_500)).to.equal(true)
    expect(isTurnOf(0, 7, 7 * 1_500, 1_500)).to.equal(true)
    expect(isTurnOf(0, 7, -5, 1_500), 'a clock that was set back').to.equal(true)
  })

  it('reads signers off the bits of a header, the 31st too', () => {
    const operators = operatorsOf(31)
    expect(signersOf({ operators }, 0b101)).to.deep.equal([operators[0], operators[2]])
    expect(signersOf({ operators }, 2 ** 30)).to.deep.equal([operators[30]])
  })
})
