import { expect } from 'chai'
import {
  anchor,
  type Call,
  cite,
  consent,
  deploySuite,
  ethers,
  hash,
  networkHelpers,
  openRail,
  Proposal,
  pay,
  people,
  propose,
  ripen,
  type Suite,
  setFee,
  ZeroAddress,
} from './world.ts'

async function funded() {
  const suite = await deploySuite()
  const rail = await openRail(suite)
  await suite.stablecoin.mint(rail.treasury, 1000)
  return { suite, rail }
}

interface Effects {
  balances: { token: string; account: string; change: bigint }[]
  slots: { target: string; slot: string; value: string }[]
}

/** The encoding as the interface states it, written out here once more. */
const hashOf = ({ balances, slots }: Effects) =>
  ethers.keccak256(
    ethers.AbiCoder.defaultAbiCoder().encode(
      ['tuple(address,address)[]', 'int256[]', 'tuple(address,bytes32)[]', 'bytes32[]'],
      [
        balances.map(b => [b.token, b.account]),
        balances.map(b => b.change),
        slots.map(s => [s.target, s.slot]),
        slots.map(s => s.value),
      ],
    ),
  )

const declare = (suite: Suite, effects: Effects, effectsHash = hashOf(effects)): Call => ({
  target: suite.effectsGuard,
  data: suite.effectsGuard.interface.encodeFunctionData('declareEffects', [
    effectsHash,
    effects.balances.map(({ token, account }) => ({ token, account })),
    effects.slots.map(({ target, slot }) => ({ target, slot })),
  ]),
})

async function paying() {
  const { suite, rail } = await funded()
  const { dov } = await people()
  const token = suite.stablecoin.target as string
  // RailBook keeps fees by timelock and kind in the third slot, behind its authority and the pages
  const book = suite.book.target as string
  const word = ethers.AbiCoder.defaultAbiCoder()
  const inner = ethers.keccak256(word.encode(['address', 'uint256'], [rail.timelock.target, 2]))
  const slot = ethers.keccak256(word.encode(['bytes32', 'bytes32'], [hash('premium'), inner]))
  const effects: Effects = {
    balances: [
      { token, account: rail.treasury.target as string, change: -400n },
      { token, account: dov.address, change: 400n },
      { token: ZeroAddress, account: rail.treasury.target as string, change: 0n },
    ],
    slots: [{ target: book, slot, value: ethers.toBeHex(100, 32) }],
  }
  const calls = [pay(rail, token, dov.address, 400n), setFee(suite, 100)]
  return { suite, rail, effects, calls, slot }
}

describe('Declared effects', () => {
  it('are announced with the proposal and hold when they are what happens', async () => {
    const { suite, rail, effects, calls, slot } = await networkHelpers.loadFixture(paying)
    const { ana } = await people()
    expect(BigInt(await suite.book.extsload(slot))).to.equal(250)
    const all = [...calls, declare(suite, effects)]
    const proposed = await propose(rail, all)
    const created = await rail.governor.queryFilter(rail.governor.filters.ProposalDeclaresEffects(proposed.id))
    expect(created[0]?.args.effectsHash).to.equal(hashOf(effects))
    const { balances, slots } = effects
    expect(
      await suite.effectsGuard.hashEffects(
        balances,
        balances.map(b => b.change),
        slots,
        slots.map(s => s.value),
      ),
    ).to.equal(hashOf(effects))
    await rail.governor.connect(ana).cancel(...proposed.action)
    const again = await ripen(rail, all, 'again')
    await consent(suite, rail, again)
    await rail.governor.execute(...again.action)
    expect(await rail.governor.state(again.id)).to.equal(Proposal.executed)
    expect(BigInt(await suite.book.extsload(slot))).to.equal(100)
  })

  it('stop everything when something else happens', async () => {
    const { suite, rail, effects, calls } = await networkHelpers.loadFixture(paying)
    const { dov } = await people()
    const [balance, ...others] = effects.balances
    const [slot] = effects.slots
    if (!balance || !slot) throw new Error('effects')
    const wrong: Effects[] = [
      { ...effects, balances: [{ ...balance, change: -399n }, ...others] },
      { ...effects, slots: [{ ...slot, value: ethers.toBeHex(101, 32) }] },
      { ...effects, slots: [{ ...slot, value: ethers.toBeHex(250, 32) }] },
    ]
    for (const [i, lie] of wrong.entries()) {
      const proposed = await ripen(rail, [...calls, declare(suite, lie)], `lie ${i}`)
      await consent(suite, rail, proposed)
      await expect(rail.governor.execute(...proposed.action))
        .to.be.revertedWithCustomError(suite.effectsGuard, 'Effects_Differ')
        .withArgs(hashOf(effects), hashOf(lie))
      expect(await rail.governor.state(proposed.id)).to.equal(Proposal.queued)
    }
    // one call more than was simulated
    const more = await ripen(rail, [...calls, pay(rail, suite.stablecoin, dov.address, 1n), declare(suite, effects)])
    await consent(suite, rail, more)
    await expect(rail.governor.execute(...more.action)).to.be.revertedWithCustomError(
      suite.effectsGuard,
      'Effects_Differ',
    )
    expect(await suite.stablecoin.balanceOf(dov)).to.equal(0)
  })

  it('are changes, so that nobody blocks a proposal with dust', async () => {
    const { suite, rail, effects, calls } = await networkHelpers.loadFixture(paying)
    const { dov, stranger } = await people()
    const proposed = await ripen(rail, [...calls, declare(suite, effects)])
    await consent(suite, rail, proposed)
    await suite.stablecoin.mint(rail.treasury, 1)
    await suite.stablecoin.mint(dov, 7)
    await stranger.sendTransaction({ to: rail.treasury, value: 1n })
    await rail.governor.execute(...proposed.action)
    expect(await suite.stablecoin.balanceOf(dov)).to.equal(407)
  })

  it('are declared last, as a declaration, and of at most 32 things', async () => {
    const { suite, rail, effects } = await networkHelpers.loadFixture(paying)
    await expect(propose(rail, [declare(suite, effects), setFee(suite, 1)]))
      .to.be.revertedWithCustomError(rail.governor, 'Rails_EffectsNotLast')
      .withArgs(0)
    const other = { target: suite.effectsGuard, data: '0x12345678' }
    await expect(propose(rail, [setFee(suite, 1), other]))
      .to.be.revertedWithCustomError(suite.effectsGuard, 'Effects_NoDeclaration')
      .withArgs('0x12345678')
    const [slot] = effects.slots
    if (!slot) throw new Error('a slot')
    const many = { ...effects, slots: Array.from({ length: 30 }, () => slot) }
    await expect(propose(rail, [setFee(suite, 1), declare(suite, many)]))
      .to.be.revertedWithCustomError(suite.effectsGuard, 'Effects_TooMany')
      .withArgs(33, 32)
  })

  it('can stand beside a citation', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(paying)
    const nothing = { balances: [], slots: [] }
    await anchor(suite.evidence, suite.evidence.report)
    const calls = [cite(suite, suite.evidence.report.aepRoot), setFee(suite, 1), declare(suite, nothing)]
    const proposed = await ripen(rail, calls)
    await rail.governor.execute(...proposed.action)
    expect(await suite.book.feeOf(rail.timelock, hash('premium'))).to.equal(1)
  })
})
