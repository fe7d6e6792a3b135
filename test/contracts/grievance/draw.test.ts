import { expect } from 'chai'
import { Wallet } from 'ethers'
import {
  ARBITERS,
  advance,
  DAY,
  dealt,
  decide,
  deploy,
  draw,
  drawing,
  ethers,
  file,
  filing,
  HISTORY,
  HISTORY_CODE,
  hash,
  networkHelpers,
  Outcome,
  qualified,
  State,
  seedFor,
  toBlock,
  toDeadline,
  type World,
  world,
  ZeroAddress,
  ZeroHash,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const hashOf = async (n: bigint | number) => (await ethers.provider.getBlock(Number(n)))?.hash ?? ''

/** The list as it was in the second before the case was opened, read one place at a time. */
async function listAt(w: World, caseId: bigint): Promise<string[]> {
  const before = (await w.rail.grievanceOf(caseId)).filedAt - 1n
  const count = Number(await w.register.countAt(before))
  return Promise.all(Array.from({ length: count }, (_, i) => w.register.arbiterAt(i, before)))
}

const panelOf = async (w: World, caseId: bigint, instance = 1) =>
  (await w.panels.seatsOf(caseId, instance)).map(seat => seat.arbiter)

/** Plays the client: writes the hash of the last block, as EIP-2935 has it done before every block. */
async function record(blockNumber: bigint) {
  const system = '0xfffffffffffffffffffffffffffffffffffffffe'
  await networkHelpers.impersonateAccount(system)
  await networkHelpers.setBalance(system, 10n ** 20n)
  const signer = await ethers.getSigner(system)
  const present = BigInt(await ethers.provider.getBlockNumber())
  if (present < blockNumber) await networkHelpers.mine(blockNumber - present)
  await signer.sendTransaction({ to: HISTORY, data: await hashOf(blockNumber) })
  await networkHelpers.stopImpersonatingAccount(system)
}

/** As `record`, for the block before the last, whose slot the client would have written in time. */
async function recordLate(blockNumber: bigint) {
  const slot = ethers.toBeHex(blockNumber % 8191n)
  await ethers.provider.send('hardhat_setStorageAt', [HISTORY, slot, await hashOf(blockNumber)])
}

describe('The draw', () => {
  it('deals the list of the second before filing by the hash of the block that was fixed then', async () => {
    const w = await load()
    const caseId = await drawing(w)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    const list = await listAt(w, caseId)
    expect(list).to.have.length(ARBITERS)
    await draw(w, caseId)
    const seed = await seedFor(w, caseId, 1, await hashOf(drawBlock))
    expect(await w.panels.seedOf(caseId, 1, await hashOf(drawBlock))).to.equal(seed)
    expect(await panelOf(w, caseId)).to.deep.equal(dealt(seed, list, () => true, 3))
  })

  it('draws the second panel from the same list, by another block, without the first', async () => {
    const w = await load()
    const caseId = await drawing(w)
    await draw(w, caseId)
    const first = await panelOf(w, caseId)
    await decide(w, caseId, [0, 0, 0])
    await w.rail.connect(w.complainant).appeal(caseId)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    const list = await listAt(w, caseId)
    await draw(w, caseId)
    const seed = await seedFor(w, caseId, 2, await hashOf(drawBlock))
    expect(await panelOf(w, caseId, 2)).to.deep.equal(dealt(seed, list, a => !first.includes(a), 5))
  })

  it('passes over parties, declared conflicts and whoever was not qualified when the case was opened', async () => {
    const w = await load()
    const [a, b, c, d, e] = w.arbiters as [Wallet, Wallet, Wallet, Wallet, Wallet]
    await w.register.connect(a).declareConflict(await w.register.accountTopic(w.respondent), true)
    await w.register.connect(b).declareConflict(await w.register.railTopic(0), true)
    await w.register.connect(c).declareConflict(await w.register.accountTopic(w.complainant), true)
    await w.register.connect(c).declareConflict(await w.register.accountTopic(w.complainant), false)
    await w.competence.connect(d).revoke(4, ZeroHash) // the fourth credential is d's
    expect((await w.competence.credentialOf(4)).holder).to.equal(d.address)
    const excluded = [a, b, d, e].map(one => one.address)
    for (let i = 0; i < 6; i++) {
      const caseId = await file(w, { respondent: w.respondent.address }, e) // who files is a party
      await toDeadline(w, caseId)
      await advance(w, caseId)
      const { drawBlock } = await w.rail.grievanceOf(caseId)
      await draw(w, caseId)
      const seed = await seedFor(w, caseId, 1, await hashOf(drawBlock))
      const expected = dealt(seed, await listAt(w, caseId), one => !excluded.includes(one), 3)
      expect(await panelOf(w, caseId)).to.deep.equal(expected)
    }
  })

  it('asks for a credential of the level that the case says', async () => {
    const w = await load()
    const low = await qualified(w, 'low', 2)
    await w.register.connect(low).join()
    await networkHelpers.time.increase(7 * DAY)
    await w.register.list(low)
    await networkHelpers.mine()
    const at = (await networkHelpers.time.latest()) - 1
    expect(await w.register.isFreeAt(low, 2, [], at)).to.equal(true)
    expect(await w.register.isFreeAt(low, 3, [], at)).to.equal(false)
  })

  it('ends a case unheard when too few can sit, and says so', async () => {
    const w = await load()
    for (const arbiter of w.arbiters.slice(2))
      await w.register.connect(arbiter).declareConflict(await w.register.accountTopic(w.respondent), true)
    const caseId = await drawing(w)
    await toBlock(w, caseId)
    await expect(advance(w, caseId)).to.emit(w.panels, 'PanelTooSmall').withArgs(caseId, 1, 2, 3)
    const { state, outcome } = await w.rail.grievanceOf(caseId)
    expect([state, outcome]).to.deep.equal([State.closed, Outcome.unheard])
  })

  it('never seats a party, though only it would make the panel whole', async () => {
    const w = await load()
    const [party] = w.arbiters
    if (!party) throw new Error('none')
    for (const arbiter of w.arbiters.slice(3)) await w.register.connect(arbiter).resign()
    await networkHelpers.mine()
    const caseId = await file(w, {}, party) // who files is a party; all three are dealt, in whatever order
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await toBlock(w, caseId)
    await expect(advance(w, caseId)).to.emit(w.panels, 'PanelTooSmall').withArgs(caseId, 1, 2, 3)
  })

  it('draws an empty register as what it is', async () => {
    const w = await load()
    for (const arbiter of w.arbiters) await w.register.connect(arbiter).resign()
    const caseId = await drawing(w)
    await toBlock(w, caseId)
    await expect(advance(w, caseId)).to.emit(w.panels, 'PanelTooSmall').withArgs(caseId, 1, 0, 3)
  })

  it('waits for its block, and for the one after it', async () => {
    const w = await load()
    const caseId = await drawing(w)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    const present = BigInt(await ethers.provider.getBlockNumber())
    await networkHelpers.mine(drawBlock - present) // what is called now is called in the block itself
    expect(await w.panels.drawBlockAt(drawBlock)).to.deep.equal([drawBlock, ZeroHash])
    await expect(w.rail.connect(w.stranger).advance.staticCall(caseId)).to.be.revertedWithCustomError(
      w.panels,
      'Panels_NoHash',
    )
    await advance(w, caseId) // in the next
    expect((await w.rail.grievanceOf(caseId)).state).to.equal(State.hearing)
  })

  describe('that is missed', () => {
    it('takes the same block for 8,191 blocks, by the history contract beyond 256, then the one that was fixed to follow', async () => {
      const w = await load()
      await ethers.provider.send('hardhat_setCode', [HISTORY, HISTORY_CODE])
      const caseId = await drawing(w)
      const { drawBlock } = await w.rail.grievanceOf(caseId)
      await record(drawBlock)
      const first = await hashOf(drawBlock)
      const at = async (distance: bigint) => {
        const present = BigInt(await ethers.provider.getBlockNumber())
        await networkHelpers.mine(drawBlock + distance - present)
        return [...(await w.panels.drawBlockAt(drawBlock))]
      }
      expect(await at(255n)).to.deep.equal([drawBlock, first])
      expect(await at(300n)).to.deep.equal([drawBlock, first])
      expect(await at(8191n)).to.deep.equal([drawBlock, first])
      const second = drawBlock + 8191n
      expect(await at(8192n)).to.deep.equal([second, await hashOf(second)])
      await recordLate(second)
      expect(await at(9000n)).to.deep.equal([second, await hashOf(second)])
      await advance(w, caseId)
      const seed = await seedFor(w, caseId, 1, await hashOf(second))
      expect(await panelOf(w, caseId)).to.deep.equal(dealt(seed, await listAt(w, caseId), () => true, 3))
    })

    it('takes no hash from a contract at that address which is another one', async () => {
      const w = await load()
      // what this chain has there reverts with a text: its first word must not become a seed
      const caseId = await drawing(w)
      const { drawBlock } = await w.rail.grievanceOf(caseId)
      await toBlock(w, caseId)
      await networkHelpers.mine(400)
      expect(await w.panels.drawBlockAt(drawBlock)).to.deep.equal([drawBlock, ZeroHash])
      await expect(advance(w, caseId)).to.be.revertedWithCustomError(w.panels, 'Panels_NoHash').withArgs(drawBlock)
      // PUSH1 1, MSTORE, RETURN 64 bytes
      await ethers.provider.send('hardhat_setCode', [HISTORY, '0x60015f5260405ff3'])
      expect((await w.panels.drawBlockAt(drawBlock))[1]).to.equal(ZeroHash)
      await toDeadline(w, caseId)
      await advance(w, caseId)
      expect((await w.rail.grievanceOf(caseId)).outcome).to.equal(Outcome.unheard)
    })
  })

  it('gives every arbiter of the list the same chance', async () => {
    // the same shuffle on which the contract's draw is compared above, over many hashes
    const list = Array.from({ length: 10 }, (_, i) => new Wallet(hash(`a${i}`)).address)
    const count = new Map(list.map(one => [one, 0]))
    const rounds = 3000
    for (let i = 0; i < rounds; i++)
      for (const one of dealt(hash(`seed ${i}`), list, () => true, 3)) count.set(one, (count.get(one) ?? 0) + 1)
    const expected = (rounds * 3) / list.length
    const chi = [...count.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)
    expect(chi).to.be.lessThan(27.9) // 99.9 % for 9 degrees of freedom
  })

  it('is not drawn twice, nor by anyone but a case', async () => {
    const w = await load()
    const caseId = await drawing(w)
    await draw(w, caseId)
    const { drawBlock, filedAt } = await w.rail.grievanceOf(caseId)
    const again = () =>
      w.panels.connect(w.stranger).draw({
        ...{ caseId, instance: 1, size: 3, leastLevel: 1, requested: 0, filedAt, commitSeconds: 1 },
        ...{ revealSeconds: 1, drawBlock, parties: [ZeroAddress, ZeroAddress, ZeroAddress], topics: [] },
      })
    await expect(again()).to.be.revertedWithCustomError(w.panels, 'AccessManagedUnauthorized')
    await w.registry.evidence.authority.grantRole(62, w.stranger, 0)
    await expect(again()).to.be.revertedWithCustomError(w.panels, 'Panels_Drawn').withArgs(caseId, 1)
  })

  it('draws a panel of one, where the terms say so', async () => {
    const w = await deploy({ panelSize: 1, appealPanelSize: 3 })
    const caseId = await drawing(w)
    expect(await draw(w, caseId)).to.have.length(1)
  })

  it('does not count who came onto the list in the block of the filing, be it before it', async () => {
    const w = await load()
    const friend = await qualified(w, 'friend')
    await w.register.connect(friend).join()
    await networkHelpers.time.increase(7 * DAY)
    await ethers.provider.send('evm_setAutomine', [false])
    await w.register.connect(w.stranger).list(friend, { gasLimit: 1_000_000 })
    await w.rail.connect(w.complainant).open(filing(w), { gasLimit: 2_000_000 })
    await networkHelpers.mine()
    await ethers.provider.send('evm_setAutomine', [true])
    const caseId = await w.rail.caseCount()
    const { filedAt } = await w.rail.grievanceOf(caseId)
    await networkHelpers.mine()
    expect(await w.register.countAt(filedAt)).to.equal(BigInt(ARBITERS + 1))
    const list = await listAt(w, caseId)
    expect(list).to.have.length(ARBITERS).and.not.include(friend.address)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    await draw(w, caseId).catch(() => undefined) // the friend may be among them if the list was the wrong one
    const seed = await seedFor(w, caseId, 1, await hashOf(drawBlock))
    expect(await panelOf(w, caseId)).to.deep.equal(dealt(seed, list, () => true, 3))
  })
})
