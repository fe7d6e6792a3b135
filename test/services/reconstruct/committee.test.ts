import { type Configuration, inForceAt, isByzantineQuorum, signersOf } from '@nexus/reconstruct/committee'
import { expect } from 'chai'

const announced = (configVersion: number, announcedAt: number, activeFrom: number): Configuration => ({
  configVersion,
  announcedAt,
  activeFrom,
  quorum: 3,
  operators: ['0xa', '0xb', '0xc', '0xd'],
  pqKeyHashes: ['0x1', '0x2', '0x3', '0x4'],
})
const versionAt = (list: Configuration[], at: number) => inForceAt(list, at)?.configVersion ?? null

describe('the committee in force', () => {
  it('is nobody before the first begins', () => {
    expect(versionAt([], 100)).to.equal(null)
    expect(versionAt([announced(1, 10, 20)], 19)).to.equal(null)
    expect(versionAt([announced(1, 10, 20)], 20)).to.equal(1)
  })

  it('is the old one until the new one begins', () => {
    const list = [announced(1, 10, 10), announced(2, 50, 90)]
    expect([10, 89, 90, 1000].map(at => versionAt(list, at))).to.deep.equal([1, 1, 2, 2])
  })

  it('is never one that was replaced before it began', () => {
    const list = [announced(1, 10, 10), announced(2, 50, 90), announced(3, 60, 100)]
    expect([89, 95, 100].map(at => versionAt(list, at))).to.deep.equal([1, 1, 3])
  })

  it('has a quorum that faulty operators can neither split nor block', () => {
    // independent of the formula: any two quorums share an honest operator, and the honest are enough for one
    for (let n = 1; n <= 31; n++)
      for (let q = 1; q <= n; q++) {
        const faulty = Math.floor((n - 1) / 3)
        const shareHonest = 2 * q - n > faulty
        const canBeReached = n - faulty >= q
        expect(isByzantineQuorum(n, q), `${q} of ${n}`).to.equal(n >= 4 && shareHonest && canBeReached)
      }
  })

  it('names its signers by the bits of the header', () => {
    expect(signersOf(announced(1, 0, 0), 0b1010)).to.deep.equal([
      { operator: '0xb', pqKeyHash: '0x2' },
      { operator: '0xd', pqKeyHash: '0x4' },
    ])
  })
})
