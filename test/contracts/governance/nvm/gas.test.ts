import { watchedRoles } from '@nexus/deploy/handover'
import { conditionsOf } from '@nexus/governance/conditions'
import { expect } from 'chai'
import type { Hex } from 'viem'
import { recordGas } from '../../gas/ledger.ts'
import { addConditions, type Condition, holdsOf, withConditions } from './with-conditions.ts'
import {
  addressOf,
  amend,
  Choice,
  call,
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

/** A difference of two executions, whose hashes have other zero bytes: up to some 60 gas. */
const OF_A_DIFFERENCE = 0.02

/** What a condition asks; what both looks may cost where no other condition touches its contract before, which is 2,500 more. */
const PLAIN = {
  threshold: { what: 'threshold of the Safe', alone: 8_000 },
  module: { what: 'module of the Safe', alone: 8_000 },
  guard: { what: 'guard of the Safe', alone: 8_000 },
  moduleGuard: { what: 'module guard of the Safe', alone: 8_000 },
  held: { what: 'a role is held', alone: 8_600 }, // of that 2,800 are AccessManager's own work
  atOnce: { what: 'a role is held without delay', alone: 8_600 },
  notHeld: { what: 'a role is not held', alone: 8_200 },
  admin: { what: 'admin of a role', alone: 8_000 },
}
/** The least that cold slots and accounts cost, 14,200 and 12,000, and what is done with them. */
const SEVERAL_WORDS = {
  solvent: { what: 'a pool is solvent', most: 17_600 },
  covers: { what: 'the commons covers its awards', most: 16_000 },
}

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

  /**
   * What both looks at conditions add to an execution that neither reads nor writes what they read, beside one of another contract, so that the
   * list is not counted.
   */
  async function bothLooks(
    choose: (conditions: Awaited<ReturnType<typeof withConditions>>['conditions']) => Condition[],
    beside?: (all: Awaited<ReturnType<typeof withConditions>>) => Promise<Condition>,
  ) {
    const all = await networkHelpers.loadFixture(withConditions)
    const { world } = all
    const others = [await holdsOf(await ethers.deployContract('Flag')), ...(beside ? [await beside(all)] : [])]
    await amend(world, [await addConditions(world, ...others)])
    await execute(world, await ready(world))
    const without = await usedBy(execute(world, await ready(world)))
    await amend(world, [await addConditions(world, ...choose(all.conditions))])
    return (await usedBy(execute(world, await ready(world)))) - without
  }

  for (const [name, { what, alone }] of Object.entries(PLAIN) as [keyof typeof PLAIN, (typeof PLAIN)['held']][]) {
    it(`a condition about one word, ${what}: both looks in an execution cost at most 8k`, async () => {
      const more = await bothLooks(
        ({ [name]: one }) => [one],
        async ({ world, conditions }) => ({
          ...conditions[name],
          // of the same contract, and no word of what the other reads
          data:
            conditions[name].target === conditions.held.target
              ? world.authority.interface.encodeFunctionData('getRoleAdmin', [77])
              : world.safe.interface.encodeFunctionData('VERSION'),
        }),
      )
      recordGas(`NVM: condition ${what}, both looks`, more, 8_000n, OF_A_DIFFERENCE)
    })

    it(`a condition about one word, ${what}, the only one of its contract: both looks cost at most ${alone}`, async () => {
      const only = await bothLooks(({ [name]: one }) => [one])
      recordGas(
        `NVM: condition ${what}, both looks, the only one of its contract`,
        only,
        BigInt(alone),
        OF_A_DIFFERENCE,
      )
    })
  }

  for (const [name, { what, most }] of Object.entries(SEVERAL_WORDS) as [
    keyof typeof SEVERAL_WORDS,
    (typeof SEVERAL_WORDS)['covers'],
  ][])
    it(`a condition about several words of two contracts, ${what}: both looks cost at most ${most}`, async () => {
      const more = await bothLooks(({ [name]: one }) => [one])
      recordGas(
        `NVM: condition ${what}, both looks, the only one of its contracts`,
        more,
        BigInt(most),
        OF_A_DIFFERENCE,
      )
    })

  it('all conditions that a handover installs, of one pool and one asset: both looks cost at most 265k', async () => {
    const all = await networkHelpers.loadFixture(withConditions)
    const { world } = all
    const addresses = await Promise.all([world.safe, world.module, world.guard, world.authority].map(addressOf))
    const [safe, nvm, nvmGuard, accessManager] = addresses as [Hex, Hex, Hex, Hex]
    const account = (name: string) => ethers.getAddress(hash(name).slice(0, 42)) as Hex
    const watched = watchedRoles({
      ...{ nvm: safe, DisputeBond: account('bond'), ComponentRegistry: account('registry') },
      ...{ GrievanceRail: account('rail'), GrievanceOrders: account('orders') },
      ...{ ArbiterRegister: account('register'), RespondentBonds: account('bonds') },
    })
    const conditions = conditionsOf(
      { safe, nvm, nvmGuard },
      {
        ...{ accessManager, roles: watched, outsiders: [account('deployer'), account('governor'), safe] },
        pools: { pool: (await addressOf(all.pool)) as Hex },
        commons: {
          fund: (await addressOf(all.commons)) as Hex,
          assets: { token: (await addressOf(all.token)) as Hex },
        },
      },
    )
    const [deployer] = await ethers.getSigners()
    const manage = (name: string, ...args: unknown[]) =>
      call(accessManager, world.authority.interface.encodeFunctionData(name as 'grantRole', args as never))
    // here the Safe has DISPUTER for itself
    await amend(world, [
      ...watched.map(({ id, holder }) => manage('grantRole', id, holder, 0)),
      ...[0, 2].flatMap(id => (deployer ? [manage('revokeRole', id, id === 0 ? deployer.address : safe)] : [])),
    ])
    await execute(world, await ready(world))
    const without = await usedBy(execute(world, await ready(world)))
    await amend(world, [await addConditions(world, ...conditions)])
    expect(await world.constitution.holding()).to.equal(2n ** BigInt(conditions.length) - 1n)
    const both = (await usedBy(execute(world, await ready(world)))) - without
    recordGas(
      `NVM: the ${conditions.length} conditions that a handover installs, and their list, both looks`,
      both,
      265_000n,
    )
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
