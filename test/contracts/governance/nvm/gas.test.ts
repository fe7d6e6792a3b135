import { recordGas } from '../../gas/ledger.ts'
import { addCondition, withConditions } from './with-conditions.ts'
import {
  addressOf,
  amend,
  Choice,
  contextHashOf,
  decisionIdOf,
  deploy,
  deploySafe,
  epochOf,
  ethers,
  execSafe,
  execute,
  fundedWallets,
  hash,
  networkHelpers,
  note,
  open,
  proposalOf,
  relay,
  seatAt,
  signBallot,
  vote,
  type World,
  yes,
} from './world.ts'

const usedBy = async (sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>) =>
  (await (await sent).wait())?.gasUsed ?? 0n

const LABELS = {
  threshold: 'SafeThresholdInRange',
  role: 'RoleHeldOnlyBy',
  solvent: 'PoolSolvent',
  covers: 'CommonsCoversAwards',
} as const

/** Voted, ready and not executed. */
async function ready(world: World) {
  const decision = await open(world, [await note(world)])
  await yes(world, decision.id, [0, 1, 2])
  return decision
}

/** A decision came before, so that nothing is measured on a contract nobody has used. */
async function used(): Promise<World> {
  const world = await deploy()
  await execute(world, await ready(world))
  return world
}

const governorFixture = async () => {
  const seats = await fundedWallets(6, 'seat')
  const [admin] = await ethers.getSigners()
  if (!admin) throw new Error('no account')
  const votes = await ethers.deployContract('SeatVotes', [seats.map(s => s.address)])
  const timelock = await ethers.deployContract('TimelockController', [0, [], [], admin.address])
  const governor = await ethers.deployContract('SeatGovernor', [await addressOf(votes), await addressOf(timelock)])
  for (const role of ['PROPOSER_ROLE', 'EXECUTOR_ROLE', 'CANCELLER_ROLE'])
    await timelock.grantRole(ethers.id(role), await addressOf(governor))
  return { seats, governor, target: await ethers.deployContract('Governed') }
}

describe('Gas of the NVM', () => {
  it('open, three ballots relayed in one transaction, execute: costs at most 265k', async () => {
    const world = await networkHelpers.loadFixture(used)
    const proposal = proposalOf([await note(world)], 1)
    const epoch = await epochOf(world, 1)
    const [id, contextHash] = [await decisionIdOf(world, proposal, epoch), contextHashOf(proposal, epoch)]
    const opened = await usedBy(world.module.connect(seatAt(world, 1)).open(proposal, '0x'))
    const voted = await usedBy(yes(world, id, [1, 3, 5]))
    const executed = await usedBy(execute(world, { id, proposal, contextHash }))
    recordGas('NVM: open', opened, 80_000n)
    recordGas('NVM: three ballots in one transaction', voted, 75_000n)
    recordGas('NVM: execute', executed, 110_000n)
    recordGas('NVM: open + three ballots in one transaction + execute', opened + voted + executed, 265_000n)
  })

  it('one ballot with a rationale: costs at most 40k', async () => {
    const world = await networkHelpers.loadFixture(used)
    const { id } = await open(world, [await note(world)])
    const cast = world.module.connect(seatAt(world, 2)).cast(id, 2, Choice.yes, hash('why'))
    recordGas('NVM: one ballot with rationale', await usedBy(cast), 40_000n)
    const dissent = world.module.connect(seatAt(world, 4)).cast(id, 4, Choice.no, hash('why not'))
    recordGas('NVM: one dissent with rationale', await usedBy(dissent), 40_000n)
    const carried = relay(world, id, [await signBallot(world, id, 3)])
    recordGas('NVM: one ballot with rationale, signed apart and relayed', await usedBy(carried), 43_000n)
  })

  it('six ballots relayed in one transaction: costs at most 125k', async () => {
    const world = await networkHelpers.loadFixture(used)
    const { id } = await open(world, [await note(world)])
    const { yes, no, abstain } = Choice
    const six = await usedBy(vote(world, id, { 0: yes, 1: yes, 2: yes, 3: no, 4: abstain, 5: no }))
    recordGas('NVM: six ballots in one transaction', six, 125_000n)
  })

  it('a condition of the constitution: costs at most 8k to look at, in a transaction that has touched what it reads', async () => {
    for (const name of ['threshold', 'role', 'solvent', 'covers'] as const) {
      const all = await networkHelpers.loadFixture(withConditions)
      const label = LABELS[name]
      const looker = await ethers.deployContract('Looker')
      const condition = await addressOf(all[name])
      const [once, twice] = [await usedBy(looker.look(condition, 1)), await usedBy(looker.look(condition, 2))]
      recordGas(`NVM: condition ${label}, warm`, twice - once, 8_000n)
    }
  })

  it('a condition of the constitution: what it adds to a whole execution, cold before it and warm after', async () => {
    const LIMITS = { threshold: 28_000n, role: 28_000n, solvent: 28_000n, covers: 28_000n }
    for (const name of ['threshold', 'role', 'solvent', 'covers'] as const) {
      const all = await networkHelpers.loadFixture(withConditions)
      const { world } = all
      // beside another condition, so that the list itself is not counted
      await amend(world, [await addCondition(world, await ethers.deployContract('Flag'))])
      await execute(world, await ready(world))
      const without = await usedBy(execute(world, await ready(world)))
      await amend(world, [await addCondition(world, all[name])])
      const withIt = await usedBy(execute(world, await ready(world)))
      const label = LABELS[name]
      recordGas(`NVM: condition ${label}, both times in an execution`, withIt - without, LIMITS[name])
    }
  })
})

describe('Gas of peers of the NVM', () => {
  it('OpenZeppelin Governor and TimelockController: propose, three votes with reason, queue, execute', async () => {
    const { seats, governor, target } = await networkHelpers.loadFixture(governorFixture)
    let used = 0n
    for (const round of ['first', 'second']) {
      used = 0n
      const data = target.interface.encodeFunctionData('note', [hash('note')])
      const proposal = [[await addressOf(target)], [0n], [data]] as const
      const description = `${round}: ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi`
      const by = seats[0]
      if (!by) throw new Error('no seat')
      used += await usedBy(
        governor.connect(by).propose(...(proposal as unknown as [string[], bigint[], string[]]), description),
      )
      const id = await governor.hashProposal(
        ...(proposal as unknown as [string[], bigint[], string[]]),
        hash(description),
      )
      await networkHelpers.mine(1)
      for (const seat of seats.slice(0, 3))
        used += await usedBy(governor.connect(seat).castVoteWithReason(id, 1, hash('why')))
      await networkHelpers.mine(10)
      const run = [...(proposal as unknown as [string[], bigint[], string[]]), hash(description)] as const
      used += await usedBy(governor.queue(...run))
      await networkHelpers.mine(1)
      used += await usedBy(governor.execute(...run))
    }
    recordGas('same call by OpenZeppelin Governor + Timelock, three votes with reason', used)
  })

  it('a bare Safe, three of six', async () => {
    const seats = await fundedWallets(6, 'seat')
    const safe = await deploySafe(seats)
    const target = await ethers.deployContract('Governed')
    const tx = { to: await addressOf(target), data: target.interface.encodeFunctionData('note', [hash('note')]) }
    await execSafe(safe, seats.slice(0, 3), tx)
    recordGas('same call by a bare Safe, 3 of 6', await usedBy(execSafe(safe, seats.slice(0, 3), tx)))
  })
})
