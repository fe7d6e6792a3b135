import { readFileSync } from 'node:fs'
import { commitmentOf, drawBlockAt, drawPanel, seedOf } from '@nexus/governance/grievance/draw'
import { majorityOf, packRuling, remediesOf, rulingText, unpackRuling } from '@nexus/governance/grievance/ruling'
import { saltedHash, settlementDigest } from '@nexus/governance/grievance/settlement'
import { expect } from 'chai'
import { type Address, getAddress, type Hex, keccak256, stringToBytes } from 'viem'

interface Vectors {
  chainId: number
  panels: Address
  rail: Address
  blocks: { first: string; present: string; takes: string }[]
  draws: {
    caseId: string
    instance: number
    blockHash: Hex
    seed: Hex
    listSize: number
    excluded: number[]
    size: number
    panel: Address[] | null
  }[]
  commitments: {
    caseId: string
    instance: number
    arbiter: Address
    ruling: number
    reasonsHash: Hex
    salt: Hex
    commitment: Hex
  }[]
  majorities: { rulings: number[]; majority: number }[]
  settlements: { caseId: string; assets: string; apology: boolean; textHash: Hex; expiresAt: number; digest: Hex }[]
  salted: { text: string; salt: Hex; hash: Hex }
}
const file = new URL('../../../standards/vectors/grievance.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const { chainId, panels, rail } = vectors
const arbiter = (i: number): Address => getAddress(`0x${keccak256(stringToBytes(`arbiter ${i}`)).slice(26)}`)

describe('Grievances, as the standard has them', () => {
  for (const { first, present, takes } of vectors.blocks)
    it(`a draw fixed to block ${first} takes block ${takes} in block ${present}`, () => {
      expect(drawBlockAt(BigInt(first), BigInt(present))).to.equal(BigInt(takes))
    })

  for (const { caseId, instance, blockHash, seed, listSize, excluded, size, panel } of vectors.draws)
    it(`draws ${size} of ${listSize} without ${excluded.length}`, () => {
      expect(seedOf({ chainId, panels }, BigInt(caseId), instance, blockHash)).to.equal(seed)
      const list = Array.from({ length: listSize }, (_, i) => arbiter(i))
      const barred = new Set(excluded.map(arbiter))
      expect(drawPanel(seed, list, one => !barred.has(one), size)).to.deep.equal(panel)
    })

  it('looks at no more of the list than the contract does', () => {
    const list = Array.from({ length: 100 }, (_, i) => arbiter(i))
    let looked = 0
    expect(drawPanel(keccak256('0x01'), list, () => ++looked < 0, 3)).to.equal(null)
    expect(looked).to.equal(48)
  })

  for (const { commitment, caseId, ...rest } of vectors.commitments)
    it(`commits to ruling ${rest.ruling} of case ${caseId}`, () => {
      expect(commitmentOf({ chainId, panels }, { caseId: BigInt(caseId), ...rest })).to.equal(commitment)
    })

  for (const { rulings, majority } of vectors.majorities)
    it(`${rulings.map(rulingText).join(' + ') || 'no ruling'} is ${rulingText(majority)}`, () => {
      expect(majorityOf(rulings)).to.equal(majority)
    })

  for (const { digest, caseId, assets, ...rest } of vectors.settlements)
    it(`a settlement of case ${caseId} is signed as it is`, () => {
      expect(settlementDigest(chainId, rail, { caseId: BigInt(caseId), assets: BigInt(assets), ...rest })).to.equal(
        digest,
      )
    })

  it('salts what is said of a person', () => {
    const { text, salt, hash } = vectors.salted
    expect(saltedHash(text, salt)).to.equal(hash)
  })

  it('packs every sound ruling and gives it back', () => {
    for (const quarters of [0, 1, 2, 3, 4])
      for (const remedies of [[], ['suspension'], ['suspension', 'delisting'], ['correction', 'apology']] as const) {
        const ruling = { upheld: true, quarters, remedies }
        expect(unpackRuling(packRuling(ruling))).to.deep.equal({ ...ruling, remedies: [...remedies] })
      }
    expect(packRuling({ upheld: false, quarters: 0, remedies: [] })).to.equal(0)
  })

  it('refuses what a panel would refuse, and remedies nobody knows', () => {
    expect(() => packRuling({ upheld: false, quarters: 1, remedies: [] })).to.throw(/neither money nor remedies/)
    expect(() => packRuling({ upheld: true, quarters: 5, remedies: [] })).to.throw(/quarters/)
    expect(() => remediesOf(['revenge'])).to.throw(/no remedy/)
    expect(remediesOf(['delisting'])).to.equal(3)
  })
})
