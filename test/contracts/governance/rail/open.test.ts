import { expect } from 'chai'
import {
  DAY,
  decide,
  deploySuite,
  ethers,
  hash,
  hydrology,
  networkHelpers,
  openRail,
  pack,
  people,
  seismology,
  setFee,
  type Terms,
  termsOf,
  VOTES,
  ZeroAddress,
} from './world.ts'

async function opened() {
  const suite = await deploySuite()
  return { suite, rail: await openRail(suite) }
}

describe('Opening a rail', () => {
  it('is one transaction that says everything about it', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { nvm } = await people()
    const terms = await termsOf()
    const sent = await suite.factory.connect(nvm).openRail(terms)
    const found = await suite.factory.railOf(1)
    await expect(sent)
      .to.emit(suite.factory, 'RailOpened')
      .withArgs(
        1,
        found.governor,
        found.timelock,
        found.membership,
        found.treasury,
        found.membership,
        terms.page.charterHash,
        [pack],
        terms.name,
        terms.metadataURI,
      )
    expect(new Set([found.governor, found.timelock, found.membership, found.treasury]).size).to.equal(4)
    expect(await suite.factory.isGovernor(found.governor)).to.equal(true)
    expect(await suite.factory.isGovernor(found.timelock)).to.equal(false)
    expect(await suite.factory.governorOf(1)).to.equal(found.governor)
    expect(await suite.factory.railCount()).to.equal(1)
    await openRail(suite)
    expect(await suite.factory.railCount()).to.equal(2)
  })

  it('is a decision of the six institutions', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { stranger, admin } = await people()
    for (const caller of [stranger, admin])
      await expect(suite.factory.connect(caller).openRail(await termsOf())).to.be.revertedWithCustomError(
        suite.factory,
        'AccessManagedUnauthorized',
      )
  })

  it('gives the parts to each other and the terms to whom they belong', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const terms = await termsOf()
    const { ana, ben, cleo, dov } = await people()
    const { governor, timelock, membership, treasury } = rail
    expect(await governor.timelock()).to.equal(timelock.target)
    expect(await governor.token()).to.equal(membership.target)
    expect(await governor.membership()).to.equal(membership.target)
    expect(await governor.treasury()).to.equal(treasury.target)
    expect(await governor.name()).to.equal(terms.name)
    expect(await governor.votingDelay()).to.equal(DAY)
    expect(await governor.votingPeriod()).to.equal(5 * DAY)
    expect(await governor.lateQuorumVoteExtension()).to.equal(DAY)
    expect(await governor['quorumNumerator()']()).to.equal(34)
    expect(await governor['superQuorumNumerator()']()).to.equal(90)
    expect(await governor.proposalThreshold()).to.equal(0)
    expect(await governor.proposalGuardian()).to.equal(ZeroAddress)
    expect(await timelock.getMinDelay()).to.equal(2 * DAY)
    expect(await timelock.governor()).to.equal(governor.target)
    expect(await timelock.daoURI()).to.equal(terms.metadataURI)
    expect(await membership.timelock()).to.equal(timelock.target)
    expect(await treasury.timelock()).to.equal(timelock.target)
    expect(await membership.memberCount()).to.equal(3)
    for (const founder of [ana, ben, cleo]) expect(await membership.isMember(founder)).to.equal(true)
    expect(await membership.isMember(dov)).to.equal(false)
    const page = await suite.book.pageOf(timelock)
    expect(page.charterHash).to.equal(terms.page.charterHash)
    expect(page.leastLevel).to.equal(2)
    expect(page.voteUnit).to.equal(VOTES)
    expect(await suite.book.feeOf(timelock, hash('premium'))).to.equal(250)
    expect(await suite.book.isPackInForce(timelock, pack)).to.equal(true)
    expect(await suite.factory.implementations()).to.deep.equal(
      Object.values(suite.implementations).map(({ target }) => target),
    )
  })

  it('takes a guardian and a table of weights', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { guardian } = await people()
    const terms = await termsOf()
    terms.voting.guardian = guardian.address
    const fields = [hydrology, seismology].toSorted()
    terms.page.weights = fields.map(field => ({ field, bpsByLevel: [0, 1000, 2000, 3000, 4000] }))
    const rail = await openRail(suite, terms)
    expect(await rail.governor.proposalGuardian()).to.equal(guardian.address)
    const table = await suite.book.weightsOf(rail.timelock)
    expect(table.map(({ field }) => field)).to.deep.equal(fields)
    expect(table[1]?.bpsByLevel).to.deep.equal([0n, 1000n, 2000n, 3000n, 4000n])
  })

  it('takes a token for its votes only if its clock is the time', async () => {
    const suite = await networkHelpers.loadFixture(deploySuite)
    const { nvm } = await people()
    const blocks = await ethers.deployContract('TestVotes', [true])
    const token = await ethers.deployContract('TestVotes', [false])
    await expect(suite.factory.connect(nvm).openRail(await termsOf({ votes: blocks.target as string })))
      .to.be.revertedWithCustomError(suite.factory, 'Rails_WrongClock')
      .withArgs(blocks.target)
    const rail = await openRail(suite, await termsOf({ votes: token.target as string }))
    expect(await rail.governor.token()).to.equal(token.target)
    expect((await suite.factory.railOf(1)).votes).to.equal(token.target)
    expect(await rail.membership.memberCount()).to.equal(3)
  })

  const refused: [string, (terms: Terms) => void, string][] = [
    ['without a name', t => (t.name = ''), 'Rails_NameOutOfRange'],
    ['with a name of 32 bytes', t => (t.name = 'x'.repeat(32)), 'Rails_NameOutOfRange'],
    ['without founders', t => (t.founders = []), 'Rails_NoFounders'],
    ['with a founder twice', t => t.founders.push(t.founders[0] ?? ''), 'Membership_AlreadyMember'],
    ['with nobody as founder', t => t.founders.push(ZeroAddress), 'Membership_NoAccount'],
    ['without a charter', t => (t.page.charterHash = ethers.ZeroHash), 'Rails_NoCharter'],
    ['without a vote unit', t => (t.page.voteUnit = 0n), 'Rails_NoVoteUnit'],
    ['with level 0', t => (t.page.leastLevel = 0), 'Rails_LevelOutOfRange'],
    ['with level 5', t => (t.page.leastLevel = 5), 'Rails_LevelOutOfRange'],
    ['with a pack below its level', t => (t.page.leastLevel = 4), 'Rails_PackBelowLevel'],
    ['with an unknown pack', t => t.page.packs.push(hash('unknown')), 'Rails_PackNotCertified'],
    ['with a fee above 10 %', t => t.page.fees.push({ kind: hash('x'), bps: 1001 }), 'Rails_FeeTooHigh'],
    ['with a short timelock', t => (t.timelockDelay = DAY - 1), 'Rails_DelayOutOfRange'],
    ['with a long timelock', t => (t.timelockDelay = 30 * DAY + 1), 'Rails_DelayOutOfRange'],
    ['with no voting delay', t => (t.voting.votingDelay = 3599), 'Rails_TimeOutOfRange'],
    ['with a long voting delay', t => (t.voting.votingDelay = 30 * DAY + 1), 'Rails_TimeOutOfRange'],
    ['with a short vote', t => (t.voting.votingPeriod = DAY - 1), 'Rails_TimeOutOfRange'],
    ['with a long vote', t => (t.voting.votingPeriod = 60 * DAY + 1), 'Rails_TimeOutOfRange'],
    ['without a quorum', t => (t.voting.quorumPercent = 0), 'Rails_NoQuorum'],
    ['with a quorum above all', t => (t.voting.quorumPercent = 101), 'GovernorInvalidQuorumFraction'],
    ['with a super quorum below', t => (t.voting.superQuorumPercent = 33), 'GovernorInvalidSuperQuorumTooSmall'],
    [
      'with a weight above 100 %',
      t => t.page.weights.push({ field: hydrology, bpsByLevel: [0, 0, 0, 0, 10_001] }),
      'Rails_WeightTooHigh',
    ],
    [
      'with a field twice',
      t => t.page.weights.push(...[1, 2].map(() => ({ field: hydrology, bpsByLevel: [0, 0, 0, 0, 1] as never }))),
      'Rails_FieldTwice',
    ],
    [
      'with nine fields',
      t =>
        (t.page.weights = Array.from({ length: 9 }, (_, i) => ({
          field: ethers.zeroPadValue(ethers.toBeHex(i + 1), 32),
          bpsByLevel: [0, 0, 0, 0, 1],
        }))),
      'Rails_TooManyFields',
    ],
  ]
  for (const [what, spoil, error] of refused)
    it(`is refused ${what}`, async () => {
      const suite = await networkHelpers.loadFixture(deploySuite)
      const { nvm } = await people()
      const terms = await termsOf()
      spoil(terms)
      const errors = [suite.factory, suite.book, ...Object.values(suite.implementations)]
      const of = errors.find(contract => contract.interface.getError(error))
      if (!of) throw new Error(`no contract has ${error}`)
      await expect(suite.factory.connect(nvm).openRail(terms)).to.be.revertedWithCustomError(of, error)
      expect(await suite.factory.railCount()).to.equal(0)
    })

  it('does not know a rail that was not opened', async () => {
    const { suite } = await networkHelpers.loadFixture(opened)
    await expect(suite.factory.railOf(2)).to.be.revertedWithCustomError(suite.factory, 'Rails_Unknown').withArgs(2)
  })

  it('cannot be done again to what it made, nor to the implementations', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { stranger } = await people()
    const { voting, page, founders } = await termsOf()
    for (const { governor, timelock, membership } of [rail, suite.implementations]) {
      await expect(governor.connect(stranger).initialize(stranger, stranger, voting)).to.be.revertedWithCustomError(
        governor,
        'InvalidInitialization',
      )
      await expect(
        timelock
          .connect(stranger)
          ['initialize(address,uint256,(bytes32,uint8,uint128,bytes32[],(bytes32,uint16)[],(bytes32,uint16[5])[]))'](
            stranger,
            DAY,
            page,
          ),
      ).to.be.revertedWithCustomError(timelock, 'InvalidInitialization')
      await expect(
        timelock
          .connect(stranger)
          ['initialize(uint256,address[],address[],address)'](0, [stranger], [stranger], stranger),
      ).to.be.revertedWithCustomError(timelock, 'InvalidInitialization')
      await expect(membership.connect(stranger).initialize(founders, hash('again'))).to.be.revertedWithCustomError(
        membership,
        'InvalidInitialization',
      )
    }
  })

  it('leaves nobody a role in the timelock but the governor, and cannot be changed in that', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { nvm, ana, stranger } = await people()
    const { timelock, governor } = rail
    const roles = [await timelock.PROPOSER_ROLE(), await timelock.EXECUTOR_ROLE(), await timelock.CANCELLER_ROLE()]
    for (const role of roles) {
      expect(await timelock.hasRole(role, governor)).to.equal(true)
      for (const other of [timelock, suite.factory, nvm, ana, stranger, ZeroAddress])
        expect(await timelock.hasRole(role, other)).to.equal(false)
    }
    expect(await timelock.hasRole(ethers.ZeroHash, timelock)).to.equal(true)
    expect(await timelock.hasRole(ethers.ZeroHash, governor)).to.equal(false)
    expect(await timelock.hasRole(hash('another role'), governor)).to.equal(false)
    for (const name of ['grantRole', 'revokeRole', 'renounceRole'] as const) {
      const data = timelock.interface.encodeFunctionData(name as 'grantRole', [roles[0] ?? '', ana.address])
      await expect(decide(suite, rail, [{ target: timelock, data }], name))
        .to.be.revertedWithCustomError(timelock, 'Rails_RolesAreFixed')
        .withArgs(roles[0], ana.address)
    }
  })

  it('names itself by the standards', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const ids = {
      erc165: '0x01ffc9a7',
      erc721: '0x80ac58cd',
      erc1155Receiver: '0x4e2312e0',
      erc1271: '0x1626ba7e',
      erc4824: ethers.id('daoURI()').slice(0, 10),
      erc5192: '0xb45a3c0e',
      erc6372: xor('clock()', 'CLOCK_MODE()'),
      votes: xor(
        'getVotes(address)',
        'getPastVotes(address,uint256)',
        'getPastTotalSupply(uint256)',
        'delegates(address)',
        'delegate(address)',
        'delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)',
      ),
      accessControl: '0x7965db0b',
      none: '0xffffffff',
    }
    const claimed = {
      governor: ['erc165', 'erc1155Receiver', 'erc6372'],
      timelock: ['erc165', 'erc1155Receiver', 'erc4824', 'accessControl'],
      membership: ['erc165', 'erc721', 'erc5192', 'erc6372', 'votes'],
      treasury: ['erc165', 'erc1271'],
    }
    for (const [part, claims] of Object.entries(claimed))
      for (const [name, id] of Object.entries(ids))
        expect(await rail[part as keyof typeof claimed].supportsInterface(id), `${part} ${name}`).to.equal(
          claims.includes(name),
        )
    for (const name of ['erc165', 'erc721', 'erc5192'] as const)
      expect(await suite.competence.supportsInterface(ids[name])).to.equal(true)
    // IGovernor of OpenZeppelin 5, both forms
    expect(await rail.governor.supportsInterface(await governorId(true))).to.equal(true)
    expect(await rail.governor.supportsInterface(await governorId(false))).to.equal(true)
    expect(await rail.governor.CLOCK_MODE()).to.equal('mode=timestamp')
    expect(await rail.membership.CLOCK_MODE()).to.equal('mode=timestamp')
    expect(await rail.governor.clock()).to.equal(await networkHelpers.time.latest())
    expect(await rail.governor.COUNTING_MODE()).to.equal(
      'support=bravo,fractional&quorum=for,abstain&params=fractional',
    )
    const domain = await rail.governor.eip712Domain()
    expect(domain.name).to.equal((await termsOf()).name)
    expect(domain.version).to.equal('1')
    expect(domain.verifyingContract).to.equal(rail.governor.target)
    expect(await rail.membership.name()).to.equal('Nexus Rail Membership')
    expect(await rail.membership.symbol()).to.equal('RAIL')
  })

  it('shows storage to whoever asks for a slot', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const stored = await ethers.provider.getStorage(rail.timelock, 0)
    expect(await rail.timelock.extsload(ethers.ZeroHash)).to.equal(stored)
    expect(BigInt(stored)).to.equal(BigInt(await rail.governor.getAddress()))
    expect(await rail.membership.extsload(hash('x'))).to.equal(ethers.ZeroHash)
    expect(await suite.book.extsload(hash('x'))).to.equal(ethers.ZeroHash)
  })

  it('opens its page in the book once, and lets nobody write in it', async () => {
    const { suite, rail } = await networkHelpers.loadFixture(opened)
    const { stranger } = await people()
    const { page } = await termsOf()
    const { book } = suite
    await expect(book.connect(stranger).setFee(hash('premium'), 0))
      .to.be.revertedWithCustomError(book, 'Rails_NoPage')
      .withArgs(stranger.address)
    const other = { ...page, charterHash: hash('other'), packs: [], fees: [] }
    await book.connect(stranger).open(other)
    await expect(book.connect(stranger).open(other)).to.be.revertedWithCustomError(book, 'Rails_PageOpen')
    expect((await book.pageOf(rail.timelock)).charterHash).to.equal(page.charterHash)
    const data = book.interface.encodeFunctionData('open', [other])
    await expect(decide(suite, rail, [{ target: book, data }])).to.be.revertedWithCustomError(book, 'Rails_PageOpen')
    await decide(suite, rail, [setFee(suite, 0)], 'no fee')
    expect(await book.feeOf(rail.timelock, hash('premium'))).to.equal(0)
  })
})

const xor = (...signatures: string[]) =>
  ethers.toBeHex(
    signatures.map(text => BigInt(ethers.id(text).slice(0, 10))).reduce((sum, one) => sum ^ one, 0n),
    4,
  )

/** XOR of the functions that are IGovernor's own, from the ABI of the interface. */
async function governorId(withProposalId: boolean): Promise<string> {
  const own = [
    'name()',
    'version()',
    'COUNTING_MODE()',
    'hashProposal(address[],uint256[],bytes[],bytes32)',
    'getProposalId(address[],uint256[],bytes[],bytes32)',
    'state(uint256)',
    'proposalThreshold()',
    'proposalSnapshot(uint256)',
    'proposalDeadline(uint256)',
    'proposalProposer(uint256)',
    'proposalEta(uint256)',
    'proposalNeedsQueuing(uint256)',
    'votingDelay()',
    'votingPeriod()',
    'quorum(uint256)',
    'getVotes(address,uint256)',
    'getVotesWithParams(address,uint256,bytes)',
    'hasVoted(uint256,address)',
    'propose(address[],uint256[],bytes[],string)',
    'queue(address[],uint256[],bytes[],bytes32)',
    'execute(address[],uint256[],bytes[],bytes32)',
    'cancel(address[],uint256[],bytes[],bytes32)',
    'castVote(uint256,uint8)',
    'castVoteWithReason(uint256,uint8,string)',
    'castVoteWithReasonAndParams(uint256,uint8,string,bytes)',
    'castVoteBySig(uint256,uint8,address,bytes)',
    'castVoteWithReasonAndParamsBySig(uint256,uint8,address,string,bytes,bytes)',
  ]
  return xor(...own.filter(text => withProposalId || !text.startsWith('getProposalId')))
}
