import { expect } from 'chai'
import { recordGas } from '../../gas/ledger.ts'
import {
  actionOf,
  anchor,
  cite,
  DAY,
  deploySuite,
  ethers,
  hash,
  hydrology,
  networkHelpers,
  openRail,
  people,
  setFee,
  termsOf,
  Vote,
} from './world.ts'

const { time } = networkHelpers

async function sideBySide() {
  const suite = await deploySuite()
  const rail = await openRail(suite)
  await anchor(suite.evidence, suite.evidence.report)
  // the wizard's governor over the same members, times and quorum
  const [admin] = await ethers.getSigners()
  if (!admin) throw new Error('no account')
  const timelock = await ethers.deployContract('PlainTimelock', [2 * DAY, admin])
  const governor = await ethers.deployContract('PlainGovernor', [rail.membership, timelock, DAY, 5 * DAY, 34])
  for (const role of ['PROPOSER_ROLE', 'EXECUTOR_ROLE', 'CANCELLER_ROLE'] as const)
    await timelock.grantRole(await timelock[role](), governor)
  // its own page, so that the same call does the same
  const { page } = await termsOf()
  const opening = suite.book.interface.encodeFunctionData('open', [page])
  return { suite, rail, plain: { governor, timelock, opening } }
}

const used = async (sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>) =>
  (await (await sent).wait())?.gasUsed ?? 0n

describe('Gas of rails', () => {
  it('opens a rail of three founders with a pack and a fee for at most 1,150,000', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { nvm } = await people()
    await openRail(suite) // the first one pays for the counter
    const factory = suite.factory.connect(nvm)
    recordGas('rail: open with 3 founders, 1 pack, 1 fee', await used(factory.openRail(await termsOf())), 1_150_000n)
    const weighing = await termsOf()
    weighing.page.weights = [{ field: hydrology, bpsByLevel: [500, 1000, 1500, 2000, 2500] }]
    recordGas(
      'rail: open with 3 founders, 1 pack, 1 fee, a field of competence',
      await used(factory.openRail(weighing)),
      1_150_000n,
    )
  })

  // here, since what is instrumented for coverage weighs more
  it('has parts that weigh no more than a contract may (EIP-170)', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { implementations, factory, book, competence } = suite
    for (const part of [...Object.values(implementations), factory, book, competence]) {
      const code = await ethers.provider.getCode(part)
      expect(ethers.dataLength(code)).to.be.within(1, 24_576)
    }
  })

  it('is recorded beside a plain governor and timelock, step by step', async () => {
    const { suite, rail, plain } = await networkHelpers.loadFixture(sideBySide)
    const { ana, ben, cleo } = await people()
    const rows: [string, bigint, bigint, bigint][] = []
    const run = async (kind: 'rail' | 'cited' | 'plain') => {
      const calls = kind === 'cited' ? [cite(suite, suite.evidence.report.aepRoot)] : []
      // the plain timelock has no page yet: what is measured is its second proposal
      const first = kind === 'plain' ? [{ target: suite.book, data: plain.opening }] : []
      const governor = kind === 'plain' ? plain.governor : rail.governor
      const decide = async (actions: typeof calls, text: string) => {
        const action = await actionOf(actions, text)
        const gas = [await used(governor.connect(ana).propose(action[0], action[1], action[2], text))]
        const id = await governor.hashProposal(...action)
        await time.increaseTo((await governor.proposalSnapshot(id)) + 1n)
        gas.push(await used(governor.connect(ana).castVote(id, Vote.for)))
        gas.push(await used(governor.connect(ben).castVote(id, Vote.for)))
        await governor.connect(cleo).castVote(id, Vote.against)
        await time.increaseTo((await governor.proposalDeadline(id)) + 1n)
        gas.push(await used(governor.queue(...action)))
        await time.increaseTo(await governor.proposalEta(id))
        gas.push(await used(governor.execute(...action)))
        return gas
      }
      if (first.length > 0) await decide(first, 'open a page')
      return decide([...calls, setFee(suite, 100 + kind.length)], `fee of the ${kind}`)
    }
    const [ofPlain, ofRail, ofCited] = [await run('plain'), await run('rail'), await run('cited')]
    const steps: [string, bigint, bigint][] = [
      ['propose', 72_000n, 93_000n],
      ['first vote', 135_000n, 135_000n],
      ['second vote', 140_000n, 140_000n],
      ['queue', 165_000n, 186_000n],
      ['execute', 117_000n, 137_000n],
    ]
    for (const [i, [step, most, mostCited]] of steps.entries()) {
      const [a, b, c] = [ofPlain[i] ?? 0n, ofRail[i] ?? 0n, ofCited[i] ?? 0n]
      rows.push([step, a, b, c])
      recordGas(`rail: ${step}, OpenZeppelin Governor and Timelock`, a)
      recordGas(`rail: ${step}`, b, most)
      recordGas(`rail: ${step}, citing an AEP`, c, mostCited)
    }
    console.log(rows.map(([s, a, b, c]) => `      ${s}: plain ${a}, rail ${b}, citing ${c}`).join('\n'))
  })

  it('of members and credentials', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(sideBySide)
    const { ana, nvm, issuer } = await people()
    const shares = Array.from({ length: 8 }, (_, i) => ({ delegate: ethers.toBeHex(i + 1, 20), bps: 1000 }))
    recordGas(
      'rail: delegate to 8 delegates',
      await used(rail.membership.connect(ana).delegateShares(shares)),
      680_000n,
    )
    recordGas('rail: take back from 8 delegates', await used(rail.membership.connect(ana).delegateShares([])), 350_000n)
    await suite.competence.connect(nvm).setIssuer(issuer, hydrology, true)
    const expiresAt = (await time.latest()) + 365 * DAY
    recordGas(
      'rail: issue a credential',
      await used(suite.competence.connect(issuer).issue(ana, hydrology, 3, expiresAt, hash('exam'))),
      195_000n,
    )
    expect(await suite.competence.balanceOf(ana)).to.equal(1)
  })
})
