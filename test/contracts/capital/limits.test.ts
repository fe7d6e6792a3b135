import { expect } from 'chai'
import { bind, deploy, evidence, header, lapse, networkHelpers, people, type World, word } from './world.ts'

const MOST_TOTAL = 2n ** 128n - 1n

describe('At the limits', () => {
  let w: World
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
  })

  it('a pool whose shares are worth many units each takes no more assets than it can count', async () => {
    const { payer, alice } = await people()
    const premium = 2n ** 96n - 1n
    await w.token.mint(payer.address, premium)
    await w.token.connect(payer).approve(w.addresses.pool, premium)
    const { policyId } = await bind(w, {}, premium)
    await lapse(w, policyId, await evidence(w, 0n))

    const room = MOST_TOTAL - (await w.pool.totalAssets())
    const most = await w.pool.maxMint(alice.address)
    expect(await w.pool.convertToAssets(most)).to.be.at.most(room)
    // one share more is worth more than what is left of the room
    expect(await w.pool.previewMint(most + 1n)).to.be.above(room)
    expect(await w.pool.maxDeposit(alice.address)).to.be.at.most(room)
  })

  it('a formula that the gas does not suffice to write is refused, not half-published', async () => {
    const { stranger } = await people()
    const words = Array.from({ length: 16 }, (_, i) => word(BigInt(i), 1n, 2n, 3n))
    const { data } = await w.store.publishFormula.populateTransaction(header(), words)
    const to = await w.store.getAddress()
    const enough = Number(await w.store.publishFormula.estimateGas(header(), words))
    const outcomes = new Set<string>()
    for (let gasLimit = enough - 10_000; gasLimit > enough - 150_000; gasLimit -= 5_000) {
      const outcome = await stranger.call({ to, data, gasLimit }).then(
        () => 'published',
        error => (typeof error.data === 'string' && w.store.interface.parseError(error.data)?.name) || 'out of gas',
      )
      outcomes.add(outcome)
    }
    expect([...outcomes])
      .to.include('CodeData_NotWritten')
      .and.not.include('published')
  })
})
