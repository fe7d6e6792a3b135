import { readFileSync } from 'node:fs'
import { awardIdOf, compensationIdOf } from '@nexus/governance/commons/award'
import { keptAssets, vestedAssets } from '@nexus/governance/commons/vesting'
import { expect } from 'chai'
import { AbiCoder, id, keccak256 } from 'ethers'

interface Vectors {
  shares: { assets: string; keptBps: number; keptAssets: string; passedAssets: string }[]
  vesting: {
    what: string
    assets: string
    startAt: number
    cliffAt: number
    endAt: number
    time: number
    vestedAssets: string
  }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../standards/vectors/commons.json', import.meta.url), 'utf8'),
) as Vectors

describe('Shares and vesting of the commons', () => {
  it('keep of an income what the vectors say, to the unit', () => {
    expect(vectors.shares.length).to.be.greaterThan(10)
    for (const { assets, keptBps, ...expected } of vectors.shares) {
      const kept = keptAssets(BigInt(assets), keptBps)
      const found = { keptAssets: `${kept}`, passedAssets: `${BigInt(assets) - kept}` }
      expect(found, `${assets} at ${keptBps}`).to.deep.equal(expected)
    }
  })

  it('vest as the vectors say, to the unit', () => {
    expect(vectors.vesting.length).to.be.greaterThan(10)
    for (const { what, assets, time, vestedAssets: expected, ...schedule } of vectors.vesting)
      expect(`${vestedAssets(BigInt(assets), schedule, time)}`, what).to.equal(expected)
  })

  it('name an award as the contract does', () => {
    const [awarder, asset, to] = ['11', '22', '33'].map(byte => `0x${byte.repeat(20)}` as const)
    const decision = id('a decision') as `0x${string}`
    if (!awarder || !asset || !to) throw new Error('no addresses')
    const hashed = (types: string[], values: unknown[]) => keccak256(AbiCoder.defaultAbiCoder().encode(types, values))
    expect(awardIdOf(awarder, decision, 7)).to.equal(hashed(['address', 'bytes32', 'uint32'], [awarder, decision, 7]))
    expect(compensationIdOf(awarder, decision, asset, to)).to.equal(
      hashed(['address', 'bytes32', 'address', 'address'], [awarder, decision, asset, to]),
    )
  })
})
