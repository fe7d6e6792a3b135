import { expect } from 'chai'
import {
  addressOf,
  amend,
  Choice,
  Class,
  call,
  contextHashOf,
  DAY,
  decisionIdOf,
  deploy,
  domainOf,
  epochOf,
  ethers,
  execute,
  HOUR,
  hash,
  networkHelpers,
  note,
  open,
  openTypes,
  pauseCall,
  proposalOf,
  relay,
  State,
  safeCall,
  seatAt,
  signBallot,
  vote,
  type World,
  yes,
} from './world.ts'

const { time } = networkHelpers
const ratified = async (world: World) =>
  call(
    await addressOf(world.registry),
    world.registry.interface.encodeFunctionData('rule', [hash('pack'), true, hash('why')]),
  )
const constitutional = (world: World) => safeCall(world, 'changeThreshold', [4])

describe('A decision', () => {
  let world: World
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
  })

  it('has the id that its content, its seat and the chain give, and says all of it', async () => {
    const proposal = proposalOf([await note(world)], 2)
    const epoch = await epochOf(world, 2)
    const [id, contextHash] = [await decisionIdOf(world, proposal, epoch), contextHashOf(proposal, epoch)]
    expect(await world.module.decisionIdOf(proposal)).to.deep.equal([id, contextHash])
    const sent = world.module.connect(seatAt(world, 2)).open(proposal, '0x')
    await expect(sent).to.emit(world.module, 'DecisionOpened')
    const [event] = await world.module.queryFilter(world.module.filters.DecisionOpened())
    expect(event?.args.id).to.equal(id)
    expect(event?.args.seatId).to.equal(2n)
    expect(event?.args.actionClass).to.equal(Class.ordinary)
    expect(event?.args.seatEpoch).to.equal(epoch)
    expect(event?.args.contextHash).to.equal(contextHash)
    expect(event?.args.proposal.calls.map(c => [c.to, c.value, c.data])).to.deep.equal(
      proposal.calls.map(c => [c.to, c.value, c.data]),
    )
    expect(event?.args.proposal.rationaleURI).to.equal(proposal.rationaleURI)
    expect([...(event?.args.proposal.citedAeps ?? [])]).to.deep.equal(proposal.citedAeps)
    const decision = await world.module.decisionOf(id)
    const now = await time.latest()
    expect(decision.actionClass).to.equal(Class.ordinary)
    expect(decision.state).to.equal(State.open)
    expect(decision.openedBy).to.equal(2n)
    expect(decision.openedEpoch).to.equal(6n)
    expect(decision.openedAt).to.equal(now)
    expect(decision.expiresAt).to.equal(now + 7 * DAY)
    expect([decision.quorumAt, decision.readyAt]).to.deep.equal([0n, 0n])
  })

  it('passes with three, at once, and anyone executes it', async () => {
    const decision = await open(world, [await note(world)])
    await yes(world, decision.id, [0, 4])
    await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
    const quorumAt = (await time.latest()) + HOUR
    await time.setNextBlockTimestamp(quorumAt)
    await expect(yes(world, decision.id, [5]))
      .to.emit(world.module, 'QuorumReached')
      .withArgs(decision.id, quorumAt)
    await expect(execute(world, decision)).to.emit(world.module, 'DecisionExecuted').withArgs(decision.id)
    expect(await world.target.notes(0)).to.equal(hash('note'))
    expect(await world.module.stateOf(decision.id)).to.equal(State.executed)
    await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
  })

  it('can be opened by a relayed signature of the seat, and only once', async () => {
    const proposal = proposalOf([await note(world)], 3)
    const epoch = await epochOf(world, 3)
    const id = await decisionIdOf(world, proposal, epoch)
    const message = { decisionId: id, seatId: 3, seatEpoch: epoch }
    const signature = await seatAt(world, 3).signTypedData(await domainOf(world), openTypes, message)
    expect(ethers.TypedDataEncoder.hash(await domainOf(world), openTypes, message)).to.equal(
      await world.module.openDigest(id, 3),
    )
    const [stranger] = await ethers.getSigners()
    const module = world.module.connect(stranger)
    await expect(module.open({ ...proposal, nonce: proposal.nonce + 1n }, signature)).to.be.revertedWithCustomError(
      module,
      'Nvm_BadSignature',
    )
    await expect(module.open(proposal, '0x')).to.be.revertedWithCustomError(module, 'Nvm_NotOwner')
    await module.open(proposal, signature)
    await expect(module.open(proposal, signature))
      .to.be.revertedWithCustomError(module, 'Nvm_AlreadyOpened')
      .withArgs(id)
  })

  it('needs calls, and a seat that exists', async () => {
    const module = world.module.connect(seatAt(world, 0))
    await expect(module.open(proposalOf([]), '0x')).to.be.revertedWithCustomError(module, 'Nvm_NoCalls')
    await expect(module.open(proposalOf([await note(world)], 6), '0x'))
      .to.be.revertedWithCustomError(module, 'Nvm_UnknownSeat')
      .withArgs(6)
  })

  it('is unknown before it is opened', async () => {
    const id = hash('nothing')
    expect(await world.module.stateOf(id)).to.equal(State.none)
    await expect(world.module.decisionOf(id)).to.be.revertedWithCustomError(world.module, 'Nvm_UnknownDecision')
    await expect(
      world.module.connect(seatAt(world, 0)).cast(id, 0, Choice.yes, hash('')),
    ).to.be.revertedWithCustomError(world.module, 'Nvm_UnknownDecision')
  })

  it('executes only its own calls in its own context', async () => {
    const decision = await open(world, [await note(world)])
    await yes(world, decision.id, [0, 1, 2])
    const other = { ...decision, proposal: { ...decision.proposal, calls: [await note(world, hash('other'))] } }
    await expect(execute(world, other)).to.be.revertedWithCustomError(world.module, 'Nvm_OtherContent')
    await expect(execute(world, { ...decision, contextHash: hash('x') })).to.be.revertedWithCustomError(
      world.module,
      'Nvm_OtherContent',
    )
  })

  it('does all of its calls or none, and says which failed', async () => {
    const target = await addressOf(world.target)
    const reason = world.target.interface.encodeErrorResult('Failed', ['so it is'])
    const fails = call(target, world.target.interface.encodeFunctionData('fail', ['so it is']))
    const decision = await open(world, [await note(world), fails])
    await yes(world, decision.id, [0, 1, 2])
    await expect(execute(world, decision))
      .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
      .withArgs(1, reason)
    expect(await world.target.count()).to.equal(0)
    expect(await world.module.stateOf(decision.id)).to.equal(State.ready)
  })

  describe('takes ballots', () => {
    it('yes, no, abstain and veto, each with a rationale, dissents said twice', async () => {
      const { id } = await open(world, [await note(world)])
      const sent = await vote(world, id, {
        0: Choice.yes,
        1: Choice.no,
        2: Choice.abstain,
        3: Choice.veto,
        4: Choice.recuse,
      })
      for (const [seat, choice] of [0, 1, 2, 3, 4].entries())
        await expect(sent)
          .to.emit(world.module, 'BallotCast')
          .withArgs(id, seat, choice, hash(`seat ${seat} says ${choice}`))
      for (const seat of [1, 3])
        await expect(sent)
          .to.emit(world.module, 'Dissent')
          .withArgs(id, seat, seat, hash(`seat ${seat} says ${seat}`))
      const dissents = await world.module.queryFilter(world.module.filters.Dissent())
      expect(dissents).to.have.length(2)
      const { yes, no, abstain, veto, recused } = await world.module.decisionOf(id)
      expect([yes, no, abstain, veto, recused]).to.deep.equal([1n, 2n, 4n, 8n, 16n])
    })

    it('from the owner of the seat itself', async () => {
      const { id } = await open(world, [await note(world)])
      await expect(world.module.connect(seatAt(world, 1)).cast(id, 1, Choice.no, hash('why')))
        .to.emit(world.module, 'Dissent')
        .withArgs(id, 1, Choice.no, hash('why'))
      await expect(
        world.module.connect(seatAt(world, 2)).cast(id, 3, Choice.yes, hash('')),
      ).to.be.revertedWithCustomError(world.module, 'Nvm_NotOwner')
    })

    it('as the digest that the module names', async () => {
      const { id } = await open(world, [await note(world)])
      const ballot = await signBallot(world, id, 4, Choice.abstain)
      const digest = await world.module.ballotDigest(id, 4, Choice.abstain, ballot.rationaleHash)
      expect(ethers.recoverAddress(digest, ballot.signature)).to.equal(seatAt(world, 4).address)
    })

    it('of a batch whose first part somebody carried before', async () => {
      const { id } = await open(world, [await note(world)])
      const ballots = await Promise.all([0, 1, 2].map(seat => signBallot(world, id, seat)))
      const [first] = ballots
      if (!first) throw new Error('no ballot')
      await relay(world, id, [first])
      await relay(world, id, ballots)
      expect((await world.module.decisionOf(id)).yes).to.equal(7n)
      await expect(relay(world, id, ballots)).to.be.revertedWithCustomError(world.module, 'Nvm_AlreadyCast')
      await expect(relay(world, id, [])).to.be.revertedWithCustomError(world.module, 'Nvm_AlreadyCast')
    })

    it('until it is executed, killed or expired', async () => {
      const done = await open(world, [await note(world)])
      await yes(world, done.id, [0, 1, 2])
      await execute(world, done)
      await expect(yes(world, done.id, [3]))
        .to.be.revertedWithCustomError(world.module, 'Nvm_NotOpen')
        .withArgs(done.id, State.executed)
      const killed = await open(world, [await note(world)])
      await expect(vote(world, killed.id, { 3: Choice.veto, 4: Choice.veto, 5: Choice.veto, 0: 0, 1: 0, 2: 0 }))
        .to.emit(world.module, 'DecisionKilled')
        .withArgs(killed.id)
      await expect(execute(world, killed))
        .to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
        .withArgs(killed.id, State.killed, 0)
      const late = await open(world, [await note(world)])
      await time.increase(7 * DAY)
      await expect(yes(world, late.id, [0]))
        .to.be.revertedWithCustomError(world.module, 'Nvm_NotOpen')
        .withArgs(late.id, State.expired)
    })
  })

  describe('of each class', () => {
    const classes = [
      { name: 'emergency', make: pauseCall, yes: 2, vetoes: 3, vote: DAY, delay: 0, step: 0, most: 0, grace: DAY },
      {
        name: 'ordinary',
        make: note,
        yes: 3,
        vetoes: 3,
        vote: 7 * DAY,
        delay: 0,
        step: 12 * HOUR,
        most: DAY,
        grace: 14 * DAY,
      },
      {
        name: 'ratification',
        make: ratified,
        yes: 4,
        vetoes: 2,
        vote: 14 * DAY,
        delay: 2 * DAY,
        step: 12 * HOUR,
        most: 2 * DAY,
        grace: 14 * DAY,
      },
      {
        name: 'constitutional',
        make: constitutional,
        yes: 5,
        vetoes: 2,
        vote: 14 * DAY,
        delay: 7 * DAY,
        step: 42 * HOUR,
        most: 7 * DAY,
        grace: 28 * DAY,
      },
    ] as const

    for (const { name, make, ...rule } of classes) {
      const start = async () => {
        const decision = await open(world, [await make(world)])
        expect((await world.module.decisionOf(decision.id)).actionClass).to.equal(Class[name])
        return decision
      }

      it(`${name}: has the rule that is published`, async () => {
        const { yes, vetoes, voteSeconds, delaySeconds, dissentSeconds, mostDissentSeconds, graceSeconds } =
          await world.module.ruleOf(Class[name])
        expect(
          [yes, vetoes, voteSeconds, delaySeconds, dissentSeconds, mostDissentSeconds, graceSeconds].map(Number),
        ).to.deep.equal([rule.yes, rule.vetoes, rule.vote, rule.delay, rule.step, rule.most, rule.grace])
        // the formula: a quarter of the delay, at least 12 h; in all the delay again, at least a day; emergencies cannot wait
        expect(rule.step).to.equal(name === 'emergency' ? 0 : Math.max(rule.delay / 4, 12 * HOUR))
        expect(rule.most).to.equal(name === 'emergency' ? 0 : Math.max(rule.delay, DAY))
      })

      it(`${name}: ${rule.yes} pass it and ${rule.yes - 1} do not`, async () => {
        const { id } = await start()
        const seats = [0, 1, 2, 3, 4, 5].slice(0, rule.yes)
        await yes(world, id, seats.slice(1))
        expect(await world.module.stateOf(id)).to.equal(State.open)
        await yes(world, id, [0])
        expect(await world.module.stateOf(id)).to.equal(rule.delay === 0 ? State.ready : State.passed)
      })

      it(`${name}: ${rule.vetoes} vetoes kill it, though it has passed, and ${rule.vetoes - 1} do not`, async () => {
        const { id } = await start()
        const vetoes = [5, 4, 3].slice(0, rule.vetoes)
        await yes(world, id, [0, 1, 2, 3, 4].slice(0, Math.min(rule.yes, 6 - rule.vetoes)))
        await vote(world, id, Object.fromEntries(vetoes.slice(1).map(seat => [seat, Choice.veto])))
        expect(await world.module.stateOf(id)).not.to.equal(State.killed)
        await vote(world, id, { [vetoes[0] ?? 5]: Choice.veto })
        expect(await world.module.stateOf(id)).to.equal(State.killed)
      })

      it(`${name}: each dissent delays it, to the second, and it lapses`, async () => {
        const decision = await start()
        const { id } = decision
        await yes(world, id, [0, 1, 2, 3, 4].slice(0, rule.yes))
        const quorumAt = await time.latest()
        const dissenters = [5, 4, 3, 2].slice(0, 6 - rule.yes)
        let dissents = 0
        for (const seat of dissenters) {
          await vote(world, id, { [seat]: Choice.no })
          dissents++
          const { readyAt, expiresAt } = await world.module.decisionOf(id)
          const longer = Math.min(dissents * rule.step, rule.most)
          expect(readyAt).to.equal(quorumAt + rule.delay + longer)
          expect(expiresAt).to.equal(Number(readyAt) + rule.grace)
        }
        const { readyAt, expiresAt } = await world.module.decisionOf(id)
        if (Number(readyAt) > (await time.latest()) + 1) {
          await time.setNextBlockTimestamp(Number(readyAt) - 1)
          await expect(execute(world, decision))
            .to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
            .withArgs(id, State.passed, readyAt)
          await time.increaseTo(readyAt)
        }
        expect(await world.module.stateOf(id)).to.equal(State.ready)
        await time.increaseTo(Number(expiresAt) - 1)
        expect(await world.module.stateOf(id)).to.equal(State.ready)
        await time.increaseTo(expiresAt)
        expect(await world.module.stateOf(id)).to.equal(State.expired)
        await expect(execute(world, decision)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
      })

      it(`${name}: lapses without a quorum when the time to vote is over`, async () => {
        const { id } = await start()
        const openedAt = await time.latest()
        await time.increaseTo(openedAt + rule.vote - 1)
        expect(await world.module.stateOf(id)).to.equal(State.open)
        await time.increaseTo(openedAt + rule.vote)
        expect(await world.module.stateOf(id)).to.equal(State.expired)
      })
    }
  })
})

describe('An emergency', () => {
  let world: World
  beforeEach(async () => {
    world = await networkHelpers.loadFixture(deploy)
  })
  const emergency = async (seconds = 72 * HOUR) => {
    const decision = await open(world, [await pauseCall(world, seconds)])
    await yes(world, decision.id, [0, 1])
    return decision
  }
  const extendCall = async (seconds: number, cause: string) =>
    call(await addressOf(world.registry), world.registry.interface.encodeFunctionData('extendPause', [seconds, cause]))

  it('pauses at once with two, and the pause ends by itself', async () => {
    const decision = await emergency()
    await execute(world, decision)
    const until = (await time.latest()) + 72 * HOUR
    const target = await addressOf(world.registry)
    expect(await world.module.emergencyOf(target)).to.deep.equal([decision.id, BigInt(until + 7 * DAY)])
    expect(await world.registry.pausedUntil()).to.equal(until)
  })

  it('is not renewed for the same target within 7 days of its end', async () => {
    await execute(world, await emergency(HOUR))
    const nextAt = (await time.latest()) + HOUR + 7 * DAY
    const again = await emergency()
    await expect(execute(world, again)).to.be.revertedWithCustomError(world.module, 'Nvm_EmergencyTooSoon')
    await time.increaseTo(nextAt - DAY / 2)
    const later = await emergency()
    await time.setNextBlockTimestamp(nextAt - 1)
    await expect(execute(world, later)).to.be.revertedWithCustomError(world.module, 'Nvm_EmergencyTooSoon')
    await time.setNextBlockTimestamp(nextAt)
    await execute(world, later)
  })

  it('pauses nothing twice in one decision, nor longer than 72 hours, whatever the target allows', async () => {
    const endless = await ethers.deployContract('EndlessPausable')
    const address = await addressOf(endless)
    const pause = (seconds: number) => call(address, endless.interface.encodeFunctionData('pause', [seconds]))
    await amend(world, [
      call(
        await addressOf(world.classes),
        world.classes.interface.encodeFunctionData('setClasses', [
          address,
          [endless.interface.getFunction('pause').selector],
          Class.emergency,
        ]),
      ),
    ])
    const tooLong = await open(world, [pause(72 * HOUR + 1)])
    await yes(world, tooLong.id, [0, 1])
    await expect(execute(world, tooLong))
      .to.be.revertedWithCustomError(world.module, 'Nvm_EmergencyTooLong')
      .withArgs(address, 72 * HOUR + 1, 72 * HOUR)
    const twice = await open(world, [pause(HOUR), pause(HOUR)])
    await yes(world, twice.id, [0, 1])
    await expect(execute(world, twice)).to.be.revertedWithCustomError(world.module, 'Nvm_EmergencyTooSoon')
  })

  it('is extended once, by three who name it', async () => {
    const decision = await emergency()
    await execute(world, decision)
    const until = (await time.latest()) + 72 * HOUR
    const refused = [await extendCall(HOUR, hash('another')), { ...(await extendCall(HOUR, decision.id)) }]
    const cut = refused[1]
    if (!cut || !refused[0]) throw new Error('no calls')
    cut.data = cut.data.slice(0, 2 + 8 + 64) // no citation at all
    for (const one of [refused[0], cut]) {
      const unnamed = await open(world, [one])
      expect((await world.module.decisionOf(unnamed.id)).actionClass).to.equal(Class.ordinary)
      await yes(world, unnamed.id, [0, 1, 2])
      await expect(execute(world, unnamed)).to.be.revertedWithCustomError(world.module, 'Nvm_OtherEmergency')
    }
    const ratified = await open(world, [await extendCall(72 * HOUR, decision.id)])
    await yes(world, ratified.id, [0, 1])
    await expect(execute(world, ratified)).to.be.revertedWithCustomError(world.module, 'Nvm_NotReady')
    await yes(world, ratified.id, [2])
    await expect(execute(world, ratified))
      .to.emit(world.registry, 'PauseExtended')
      .withArgs(await addressOf(world.safe), until + 72 * HOUR, decision.id)
    const third = await open(world, [await extendCall(HOUR, decision.id)])
    await yes(world, third.id, [0, 1, 2])
    await expect(execute(world, third)).to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
  })

  it('never stops a dispute', async () => {
    await execute(world, await emergency())
    const dispute = call(
      await addressOf(world.registry),
      world.registry.interface.encodeFunctionData('dispute', [hash('pack'), hash('why')]),
    )
    const decision = await open(world, [dispute])
    await yes(world, decision.id, [0, 1, 2])
    // it gets as far as the registry, which knows no such pack: the pause is not in its way
    const reason = world.registry.interface.encodeErrorResult('Evidence_UnknownAep', [hash('pack')])
    await expect(execute(world, decision))
      .to.be.revertedWithCustomError(world.module, 'Nvm_CallFailed')
      .withArgs(0, reason)
    const close = call(
      await addressOf(world.authority),
      world.authority.interface.encodeFunctionData('setTargetClosed', [await addressOf(world.registry), true]),
    )
    expect(await world.classes.classOf([close])).to.equal(Class.constitutional)
  })
})
