import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { getAddress, keccak256, toUtf8Bytes } from 'ethers'
import { ethers, networkHelpers } from './world.ts'

interface Vectors {
  draws: { seed: string; listSize: number; excluded: number[]; size: number; panel: string[] | null }[]
  majorities: { rulings: number[]; majority: number }[]
  blocks: { first: string; present: string; takes: string }[]
}
const file = new URL('../../../standards/vectors/grievance.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
const arbiter = (i: bigint) => getAddress(`0x${keccak256(toUtf8Bytes(`arbiter ${i}`)).slice(26)}`)
const harness = () => ethers.deployContract('GrievanceDrawHarness')

describe('The vectors of grievances', () => {
  for (const { seed, listSize, excluded, size, panel } of vectors.draws)
    it(`draw ${size} of ${listSize} without ${excluded.length}`, async () => {
      const h = await networkHelpers.loadFixture(harness)
      const cards = await h.deal(seed, listSize, Math.min(listSize, 48))
      expect(new Set(cards).size).to.equal(cards.length)
      const free = cards.filter(card => !excluded.includes(Number(card))).slice(0, size)
      expect(free.length === size ? free.map(arbiter) : null).to.deep.equal(panel)
    })

  it('make one ruling of several', async () => {
    const h = await networkHelpers.loadFixture(harness)
    for (const { rulings, majority } of vectors.majorities)
      expect(await h.majority(rulings), rulings.join()).to.equal(majority)
  })

  it('take the block of a draw', async () => {
    const h = await networkHelpers.loadFixture(harness)
    for (const { first, present, takes } of vectors.blocks.toSorted((a, b) => Number(a.present) - Number(b.present))) {
      const now = BigInt(await ethers.provider.getBlockNumber())
      if (BigInt(present) > now) await networkHelpers.mine(BigInt(present) - now)
      expect(await h.blockAt(first), present).to.equal(takes)
    }
  })

  it('are met by every byte: a ruling is sound exactly if it says so in words', async () => {
    const h = await networkHelpers.loadFixture(harness)
    for (const requested of [0, 3, 8, 15])
      for (let word = 0; word < 256; word++) {
        const [upheld, quarters, remedies] = [word & 1, (word >> 1) & 7, word >> 4]
        const first = !(remedies & 2) || (remedies & 1) === 1 // a delisting is a suspension first
        const sound = upheld ? quarters <= 4 && first && (remedies | requested) === requested : word === 0
        expect(await h.isSound(word, requested), `${word} of ${requested}`).to.equal(sound)
      }
  })
})
