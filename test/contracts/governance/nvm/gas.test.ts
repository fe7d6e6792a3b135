import { recordGas } from '../../gas/ledger.ts'
import { addressOf, Choice, deploy, execute, hash, networkHelpers, note, open, signBallot, relay, yes, type World, proposalOf, decisionIdOf, contextHashOf, seatAt, epochOf, vote } from './world.ts'

const usedBy = async (sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>) =>
  (await (await sent).wait())?.gasUsed ?? 0n

/** A decision that came before, so that nothing is measured on a contract nobody has used. */
async function used(): Promise<World> {
  const world = await deploy()
  const decision = await open(world, [await note(world)])
  await yes(world, decision.id, [0, 1, 2])
  await execute(world, decision)
  return world
}

describe('Gas of the NVM', () => {
  it('open, three ballots relayed in one transaction, execute', async () => {
    const world = await networkHelpers.loadFixture(used)
    const proposal = proposalOf([await note(world)], 1)
    const epoch = await epochOf(world, 1)
    const decision = { id: await decisionIdOf(world, proposal, epoch), proposal, contextHash: contextHashOf(proposal, epoch) }
    const opened = await usedBy(world.module.connect(seatAt(world, 1)).open(proposal, '0x'))
    const voted = await usedBy(yes(world, decision.id, [1, 3, 5]))
    const executed = await usedBy(execute(world, decision))
    console.log({ opened, voted, executed, total: opened + voted + executed })
    recordGas('NVM: open + 3 ballots in one transaction + execute', opened + voted + executed, 265_000n)
  })

  it('one ballot', async () => {
    const world = await networkHelpers.loadFixture(used)
    const decision = await open(world, [await note(world)])
    const own = await usedBy(world.module.connect(seatAt(world, 2)).cast(decision.id, 2, Choice.no, hash('why not')))
    const carried = await usedBy(relay(world, decision.id, [await signBallot(world, decision.id, 3)]))
    console.log({ own, carried })
    recordGas('NVM: one ballot with rationale, cast', own, 40_000n)
    recordGas('NVM: one ballot with rationale, relayed', carried, 40_000n)
  })

  it('six ballots relayed in one transaction', async () => {
    const world = await networkHelpers.loadFixture(used)
    const decision = await open(world, [await note(world)])
    const six = await usedBy(vote(world, decision.id, { 0: 0, 1: 0, 2: 0, 3: 1, 4: 2, 5: 1 }))
    console.log({ six })
    recordGas('NVM: six ballots in one transaction', six, 125_000n)
  })
})
