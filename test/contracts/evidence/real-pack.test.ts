import { proveClaim } from '@nexus/aep/prove'
import { scenario, seconds } from '@nexus/local/scenario'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { expect } from 'chai'
import { anchor, deploy, ethers, networkHelpers } from './world.ts'

const four = () => deploy(4)

describe('Registry: a pack of real data', () => {
  it('anchors as the observatory seals it, and proves each of its claims and files on chain', async () => {
    const world = await networkHelpers.loadFixture(four)
    const catalogue = loadCatalogue()
    const { feed, from, to } = scenario(catalogue).covers.hualien
    const window = { from: seconds(from), to: seconds(to) }
    const produced = await produceAep({ catalogue, feed, window, sequence: 1, clock: { nowSeconds: () => 0 } })
    if (produced.kind !== 'aep') throw new Error('the data give no index')
    const { pack } = produced
    await anchor(world, { ...world.report, ...pack.report })

    for (const { name } of pack.leaves) {
      const { content, salt, index, size, proof } = proveClaim(pack.files, name)
      expect(await world.registry.verifyClaim(pack.aepId, content, salt, index, size, proof), name).to.equal(true)
    }
    // The index claim is what was anchored, field by field.
    const { content, salt, index, size, proof } = proveClaim(pack.files, 'claim/index')
    const forged = ethers.concat([
      ethers.dataSlice(content, 0, 32),
      ethers.toBeHex(690n, 8),
      ethers.dataSlice(content, 40),
    ])
    expect(ethers.dataSlice(content, 32, 40)).to.equal(ethers.toBeHex(640n, 8))
    expect(await world.registry.verifyClaim(pack.aepId, forged, salt, index, size, proof)).to.equal(false)
  })
})
