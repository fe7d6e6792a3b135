import { expect } from 'chai'
import {
  accept,
  DAY,
  DRAFT,
  type Draft,
  deploy,
  draftOf,
  ethers,
  hash,
  LAST_CALL,
  networkHelpers,
  REASON,
  REST,
  REVIEW,
  SILENCE,
  SPEC,
  SPEC_ID,
  State,
  submit,
  toLastCall,
  toOutcome,
  toReview,
  toVote,
  VOTE,
  VOTE_LIFE,
  version,
  type World,
  YEAR,
  ZeroHash,
} from './world.ts'

const at = (timestamp: number | bigint) => networkHelpers.time.setNextBlockTimestamp(timestamp)
const latest = () => networkHelpers.time.latest()

describe('NIP: life of a proposal', () => {
  it('goes from draft to final, each move with its reason, and brings a version into force', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const draft = draftOf()
    await expect(w.nips.connect(w.author).submit(draft, REASON))
      .to.emit(w.nips, 'NipSubmitted')
      .withArgs(1, SPEC_ID, w.author.address, Object.values(draft))
      .and.to.emit(w.nips, 'NipMoved')
      .withArgs(1, State.none, State.draft, w.author.address, REASON)
    const moves = [
      [DRAFT, w.editor, State.draft],
      [REVIEW, w.maintainer, State.review],
      [LAST_CALL, w.stranger, State.lastCall],
    ] as const
    for (const [least, who, from] of moves) {
      const enteredAt = BigInt(await latest())
      expect(await w.nips.earliestAt(1)).to.equal(enteredAt + BigInt(least))
      await at(enteredAt + BigInt(least) - 1n)
      await expect(w.nips.connect(who).advance(1, REASON))
        .to.be.revertedWithCustomError(w.nips, 'Nip_TooSoon')
        .withArgs(1, enteredAt + BigInt(least))
      await at(enteredAt + BigInt(least))
      await expect(w.nips.connect(who).advance(1, REASON))
        .to.emit(w.nips, 'NipMoved')
        .withArgs(1, from, from + 1n, who.address, REASON)
    }
    const began = await latest()
    expect(await w.nips.earliestAt(1)).to.equal(BigInt(began + VOTE))
    await at(began + VOTE - 1)
    const record = () => w.nips.connect(w.voters).recordOutcome(1, draft.specHash, true, hash('the vote'))
    await expect(record())
      .to.be.revertedWithCustomError(w.nips, 'Nip_TooSoon')
      .withArgs(1, began + VOTE)
    await at(began + VOTE)
    await expect(record())
      .to.emit(w.nips, 'NipMoved')
      .withArgs(1, State.vote, State.final, w.voters.address, hash('the vote'))
      .and.to.emit(w.nips, 'VersionScheduled')
      .withArgs(SPEC_ID, 1, version(1), draft.specHash, began + VOTE, true, 0)
    expect(await w.nips.stateOf(1)).to.equal(State.final)
    expect(await w.nips.inForceAt(SPEC_ID, await latest())).to.deep.equal([
      1n,
      version(1),
      BigInt(began + VOTE),
      true,
      draft.specHash,
    ])
    const nip = await w.nips.nipOf(1)
    expect([nip.author, nip.reviewedBy, nip.place, nip.sendBacks]).to.deep.equal([
      w.author.address,
      w.editor.address,
      1n,
      0n,
    ])
  })

  it('has every specification under the hash of its name', async () => {
    const { nips } = await networkHelpers.loadFixture(deploy)
    expect(await nips.specIdOf(SPEC)).to.equal(SPEC_ID)
  })

  it('gives the author another text before the last call, and its time anew', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await toReview(w, nip)
    await networkHelpers.time.increase(REVIEW - 10)
    await expect(w.nips.connect(w.author).revise(nip, hash('better'), 'ipfs://better', REASON))
      .to.emit(w.nips, 'NipRevised')
      .withArgs(nip, hash('better'), 'ipfs://better', REASON)
    const revisedAt = BigInt(await latest())
    expect(await w.nips.earliestAt(nip)).to.equal(revisedAt + BigInt(REVIEW))
    await networkHelpers.time.increase(11)
    await expect(w.nips.connect(w.maintainer).advance(nip, REASON)).to.be.revertedWithCustomError(w.nips, 'Nip_TooSoon')
    await expect(w.nips.connect(w.editor).revise(nip, hash('mine'), '', REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_NotAuthor')
      .withArgs(nip, w.editor.address)
    await expect(w.nips.connect(w.author).revise(nip, ZeroHash, '', REASON)).to.be.revertedWithCustomError(
      w.nips,
      'Nip_NoSpecification',
    )
  })

  it('is voted on with the text that was called last, and with no other', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await toVote(w, nip)
    await networkHelpers.time.increase(VOTE)
    await expect(w.nips.connect(w.voters).recordOutcome(nip, hash('another text'), true, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_OtherSpecification')
      .withArgs(nip, draftOf().specHash, hash('another text'))
  })

  it('is rejected by anyone when there was no outcome for ninety days', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await toVote(w, nip)
    const began = await latest()
    await at(began + VOTE_LIFE - 1)
    await expect(w.nips.connect(w.stranger).lapse(nip, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_TooSoon')
      .withArgs(nip, began + VOTE_LIFE)
    await at(began + VOTE_LIFE)
    await expect(w.nips.connect(w.stranger).lapse(nip, REASON))
      .to.emit(w.nips, 'NipMoved')
      .withArgs(nip, State.vote, State.rejected, w.stranger.address, REASON)
  })

  it('refuses what cannot be a draft, saying what is wrong', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const cases: [change: Partial<Draft>, error: string, args: unknown[]][] = [
      [{ specName: '' }, 'Nip_NameLength', [0, 64]],
      [{ specName: 'x'.repeat(65) }, 'Nip_NameLength', [65, 64]],
      [{ specHash: ZeroHash }, 'Nip_NoSpecification', []],
      [{ version: 0n }, 'Nip_NotNextVersion', [0, 0]],
      [{ version: version(0, 1) }, 'Nip_NotNextVersion', [version(0, 1), 0]],
      [{ version: version(1, 0, 1) }, 'Nip_NotNextVersion', [version(1, 0, 1), 0]],
      [{ version: version(2) }, 'Nip_NotNextVersion', [version(2), 0]],
      [{ activationSeconds: YEAR + 1 }, 'Nip_ActivationOutOfRange', [YEAR + 1, 0, YEAR]],
    ]
    for (const [change, error, args] of cases)
      await expect(w.nips.connect(w.author).submit(draftOf(change), REASON), JSON.stringify(Object.keys(change)))
        .to.be.revertedWithCustomError(w.nips, error)
        .withArgs(...args)
    await submit(w, { specName: 'x'.repeat(64), activationSeconds: YEAR })
  })

  it('asks a reason of every move', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const refused = (call: Promise<unknown>) => expect(call).to.be.revertedWithCustomError(w.nips, 'Nip_NoReason')
    await refused(w.nips.connect(w.author).submit(draftOf(), ZeroHash))
    const nip = await submit(w)
    await refused(w.nips.connect(w.author).revise(nip, hash('b'), '', ZeroHash))
    await refused(w.nips.connect(w.author).withdraw(nip, ZeroHash))
    await networkHelpers.time.increase(DRAFT)
    await refused(w.nips.connect(w.editor).advance(nip, ZeroHash))
    await w.nips.connect(w.editor).advance(nip, REASON)
    await refused(w.nips.connect(w.editor).sendBack(nip, ZeroHash))
    await networkHelpers.time.increase(REVIEW)
    await w.nips.connect(w.maintainer).advance(nip, REASON)
    await networkHelpers.time.increase(LAST_CALL)
    await w.nips.advance(nip, REASON)
    await networkHelpers.time.increase(VOTE_LIFE)
    const { specHash } = draftOf()
    for (const accepted of [true, false])
      await refused(w.nips.connect(w.voters).recordOutcome(nip, specHash, accepted, ZeroHash))
    await refused(w.nips.lapse(nip, ZeroHash))
    const as = w.nips.connect(w.appointer)
    await refused(as.grantEditor(w.stranger.address, (await latest()) + DAY, ZeroHash))
    await refused(as.endEditor(w.editor.address, ZeroHash))
    await refused(as.grantMaintainer(SPEC_ID, w.stranger.address, (await latest()) + DAY, ZeroHash))
    await refused(as.endMaintainer(SPEC_ID, w.maintainer.address, ZeroHash))
  })

  it('says that it does not know what it does not know', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    for (const call of [
      () => w.nips.nipOf(7),
      () => w.nips.stateOf(7),
      () => w.nips.earliestAt(7),
      () => w.nips.revise(7, REASON, '', REASON),
      () => w.nips.advance(7, REASON),
      () => w.nips.sendBack(7, REASON),
      () => w.nips.withdraw(7, REASON),
      () => w.nips.lapse(7, REASON),
      () => w.nips.connect(w.voters).recordOutcome(7, REASON, true, REASON),
    ])
      await expect(call()).to.be.revertedWithCustomError(w.nips, 'Nip_Unknown').withArgs(7)
    await expect(w.nips.inForceAt(SPEC_ID, await latest()))
      .to.be.revertedWithCustomError(w.nips, 'Nip_NothingInForce')
      .withArgs(SPEC_ID)
  })
})

describe('NIP: who may move a proposal', () => {
  it('a draft: an editor who is not its author; a review: a maintainer of this specification who did not open it', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = (who: keyof World) => w.nips.connect(w[who] as World['author'])
    const endsAt = (await latest()) + 200 * DAY
    // a maintainer of another specification, and an editor who maintains this one as well
    await as('appointer').grantMaintainer(hash('other'), w.stranger.address, endsAt, REASON)
    await as('appointer').grantMaintainer(SPEC_ID, w.editor.address, endsAt, REASON)
    const nip = await submit(w)
    await networkHelpers.time.increase(DRAFT)
    for (const who of ['stranger', 'maintainer', 'voters', 'appointer'] as const)
      await expect(as(who).advance(nip, REASON), who).to.be.revertedWithCustomError(w.nips, 'Nip_NotEditor')
    await expect(as('author').advance(nip, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_OwnProposal')
      .withArgs(nip, w.author.address)
    await as('editor').advance(nip, REASON)
    await networkHelpers.time.increase(REVIEW)
    for (const who of ['stranger', 'voters', 'appointer'] as const)
      await expect(as(who).advance(nip, REASON), who)
        .to.be.revertedWithCustomError(w.nips, 'Nip_NotMaintainer')
        .withArgs(SPEC_ID, w[who].address)
    await expect(as('editor').advance(nip, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_SameHand')
      .withArgs(nip, w.editor.address)
    await expect(as('author').advance(nip, REASON)).to.be.revertedWithCustomError(w.nips, 'Nip_OwnProposal')
    await as('maintainer').advance(nip, REASON)
    expect(await w.nips.stateOf(nip)).to.equal(State.lastCall)
  })

  it('no officer their own: an editor or maintainer who is the author waits like anybody', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w, {}, w.editor)
    await networkHelpers.time.increase(DRAFT)
    await expect(w.nips.connect(w.editor).advance(nip, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_OwnProposal')
      .withArgs(nip, w.editor.address)
    const second = await submit(w, { specHash: hash('b') }, w.maintainer)
    await toReview(w, second)
    await networkHelpers.time.increase(REVIEW)
    await expect(w.nips.connect(w.maintainer).advance(second, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_OwnProposal')
      .withArgs(second, w.maintainer.address)
  })

  it('an editor cannot push it through a vote, not even with the role that records votes', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await toVote(w, nip)
    await networkHelpers.time.increase(VOTE)
    const { specHash } = draftOf()
    for (const who of [w.editor, w.maintainer]) {
      await expect(w.nips.connect(who).recordOutcome(nip, specHash, true, REASON))
        .to.be.revertedWithCustomError(w.nips, 'AccessManagedUnauthorized')
        .withArgs(who.address)
      await w.authority.grantRole(41n, who.address, 0)
      for (const accepted of [true, false])
        await expect(w.nips.connect(who).recordOutcome(nip, specHash, accepted, REASON))
          .to.be.revertedWithCustomError(w.nips, 'Nip_OfficerCannotDecide')
          .withArgs(who.address)
    }
    // a maintainer of something else is no officer here
    await w.nips.connect(w.appointer).grantMaintainer(hash('other'), w.voters.address, (await latest()) + DAY, REASON)
    await w.nips.connect(w.voters).recordOutcome(nip, specHash, true, REASON)
  })

  it('its author may move it on when those in office are silent for sixty days, but not past the vote', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.nips.connect(w.author)
    const nip = await submit(w)
    for (const next of [State.review, State.lastCall]) {
      const enteredAt = await latest()
      await at(enteredAt + SILENCE - 1)
      await expect(as.advance(nip, REASON)).to.be.revertedWithCustomError(as, 'Nip_OwnProposal')
      await at(enteredAt + SILENCE)
      await as.advance(nip, REASON)
      expect(await as.stateOf(nip)).to.equal(next)
    }
    await networkHelpers.time.increase(LAST_CALL)
    await as.advance(nip, REASON)
    await networkHelpers.time.increase(SILENCE)
    await expect(as.advance(nip, REASON)).to.be.revertedWithCustomError(as, 'Nip_WrongState').withArgs(nip, State.vote)
    await expect(as.recordOutcome(nip, draftOf().specHash, true, REASON)).to.be.revertedWithCustomError(
      as,
      'AccessManagedUnauthorized',
    )
  })

  it('sending it back is no veto: three times in all', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const nip = await submit(w)
    await toReview(w, nip)
    await w.nips.connect(w.editor).sendBack(nip, REASON)
    expect(await w.nips.stateOf(nip)).to.equal(State.draft)
    await toLastCall(w, nip)
    for (let n = 0; n < 2; n++) {
      await expect(w.nips.connect(w.editor).sendBack(nip, REASON)).to.be.revertedWithCustomError(
        w.nips,
        'Nip_NotMaintainer',
      )
      await w.nips.connect(w.maintainer).sendBack(nip, REASON)
      expect(await w.nips.stateOf(nip)).to.equal(State.review)
      await networkHelpers.time.increase(REVIEW)
      await w.nips.connect(w.maintainer).advance(nip, REASON)
    }
    await expect(w.nips.connect(w.maintainer).sendBack(nip, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_SentBackOften')
      .withArgs(nip, 3)
    expect((await w.nips.nipOf(nip)).sendBacks).to.equal(3n)
  })
})

describe('NIP: terms of office', () => {
  it('end by time, and rotate: the same holder rests for ninety days', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.nips.connect(w.appointer)
    const endsAt = (await latest()) + 100
    await expect(as.grantEditor(w.stranger.address, endsAt, REASON))
      .to.emit(as, 'EditorTerm')
      .withArgs(w.stranger.address, endsAt, REASON)
    expect(await as.editorUntil(w.stranger.address)).to.equal(BigInt(endsAt))
    await expect(as.grantEditor(w.stranger.address, endsAt + 1, REASON))
      .to.be.revertedWithCustomError(as, 'Nip_TermTooSoon')
      .withArgs(w.stranger.address, endsAt + REST)
    const nip = await submit(w)
    await networkHelpers.time.increase(DRAFT)
    await expect(w.nips.connect(w.stranger).advance(nip, REASON))
      .to.be.revertedWithCustomError(as, 'Nip_NotEditor')
      .withArgs(w.stranger.address)
    await at(endsAt + REST - 1)
    await expect(as.grantEditor(w.stranger.address, endsAt + REST + DAY, REASON)).to.be.revertedWithCustomError(
      as,
      'Nip_TermTooSoon',
    )
    await at(endsAt + REST)
    await as.grantEditor(w.stranger.address, endsAt + REST + DAY, REASON)
    await w.nips.connect(w.stranger).advance(nip, REASON)
  })

  it('can be ended early, and then they rest from there', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.nips.connect(w.appointer)
    const now = (await latest()) + 10
    await at(now)
    await expect(as.endEditor(w.editor.address, REASON))
      .to.emit(as, 'EditorTerm')
      .withArgs(w.editor.address, now, REASON)
    await expect(as.endEditor(w.editor.address, REASON))
      .to.be.revertedWithCustomError(as, 'Nip_NoTerm')
      .withArgs(w.editor.address)
    await expect(as.grantEditor(w.editor.address, now + DAY, REASON))
      .to.be.revertedWithCustomError(as, 'Nip_TermTooSoon')
      .withArgs(w.editor.address, now + REST)
    await expect(as.endMaintainer(SPEC_ID, w.maintainer.address, REASON)).to.emit(as, 'MaintainerTerm')
    expect(await as.maintainerUntil(SPEC_ID, w.maintainer.address)).to.equal(BigInt(await latest()))
    await expect(as.endMaintainer(SPEC_ID, w.maintainer.address, REASON)).to.be.revertedWithCustomError(
      as,
      'Nip_NoTerm',
    )
  })

  it('last at most a year, of somebody, and of a specification that is named', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.nips.connect(w.appointer)
    const now = (await latest()) + 100
    for (const [n, endsAt] of [now, now + 1 + YEAR + 1].entries()) {
      await at(now + n)
      await expect(as.grantEditor(w.stranger.address, endsAt, REASON))
        .to.be.revertedWithCustomError(as, 'Nip_TermOutOfRange')
        .withArgs(endsAt, now + n + 1, now + n + YEAR)
    }
    await expect(as.grantEditor(ethers.ZeroAddress, now + DAY, REASON)).to.be.revertedWithCustomError(
      as,
      'Nip_NoHolder',
    )
    // the specification 0 would be the office of editor
    for (const call of [
      as.grantMaintainer(ZeroHash, w.stranger.address, now + DAY, REASON),
      as.endMaintainer(ZeroHash, w.editor.address, REASON),
    ])
      await expect(call).to.be.revertedWithCustomError(as, 'Nip_NoSpecification')
  })

  it('are given by the role alone', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const endsAt = (await latest()) + DAY
    for (const who of [w.editor, w.maintainer, w.author, w.voters, w.stranger]) {
      const as = w.nips.connect(who)
      for (const call of [
        as.grantEditor(who.address, endsAt, REASON),
        as.endEditor(w.editor.address, REASON),
        as.grantMaintainer(SPEC_ID, who.address, endsAt, REASON),
        as.endMaintainer(SPEC_ID, w.maintainer.address, REASON),
      ])
        await expect(call).to.be.revertedWithCustomError(as, 'AccessManagedUnauthorized').withArgs(who.address)
    }
  })
})

describe('NIP: versions of a specification', () => {
  it('follow each other, and the one in force at any time can be asked for', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const history: { nip: bigint; version: bigint; from: bigint }[] = []
    for (const v of [version(1), version(1, 1), version(1, 1, 1)]) {
      const nip = await accept(w, v, 5 * DAY)
      history.push({ nip, version: v, from: BigInt((await latest()) + 5 * DAY) })
    }
    expect(await w.nips.versionCount(SPEC_ID)).to.equal(3n)
    for (const [n, { nip, version: v, from }] of history.entries()) {
      const line = await w.nips.versionAt(SPEC_ID, n + 1)
      expect([line.nip, line.version, line.inForceFrom]).to.deep.equal([nip, v, from])
      const until = history[n + 1]?.from ?? from + 1_000n
      for (const time of [from, until - 1n]) expect((await w.nips.inForceAt(SPEC_ID, time)).nip).to.equal(nip)
      if (n === 0)
        await expect(w.nips.inForceAt(SPEC_ID, from - 1n)).to.be.revertedWithCustomError(w.nips, 'Nip_NothingInForce')
    }
    for (const place of [0, 4]) await expect(w.nips.versionAt(SPEC_ID, place)).to.revert(ethers)
  })

  it('supersede by time alone, when the next comes into force', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const first = await accept(w, version(1))
    const second = await accept(w, version(2), 30 * DAY)
    const from = (await w.nips.versionAt(SPEC_ID, 2)).inForceFrom
    await networkHelpers.time.increaseTo(from - 1n)
    expect(await w.nips.stateOf(first)).to.equal(State.final)
    expect((await w.nips.inForceAt(SPEC_ID, from - 1n)).nip).to.equal(first)
    await networkHelpers.time.increaseTo(from)
    expect(await w.nips.stateOf(first)).to.equal(State.superseded)
    expect(await w.nips.stateOf(second)).to.equal(State.final)
    expect((await w.nips.versionAt(SPEC_ID, 2)).compatible).to.equal(false)
  })

  it('come into force in their order, however soon a later one might be', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await accept(w, version(1))
    await accept(w, version(2), 300 * DAY)
    const from = (await w.nips.versionAt(SPEC_ID, 2)).inForceFrom
    await expect(accept(w, version(1, 1))).to.be.revertedWithCustomError(w.nips, 'Nip_NotNextVersion')
    const patch = await accept(w, version(2, 0, 1), 0)
    expect((await w.nips.versionAt(SPEC_ID, 3)).inForceFrom).to.equal(from)
    expect((await w.nips.inForceAt(SPEC_ID, from)).nip).to.equal(patch)
    expect((await w.nips.inForceAt(SPEC_ID, from - 1n)).version).to.equal(version(1))
  })

  it('take one step at a time: patch, minor or major, what is behind it zero', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    for (const [v, activation] of [
      [version(1), 0],
      [version(1, 1), 0],
      [version(1, 1, 1), 0],
    ] as const)
      await accept(w, v, activation)
    const next = [version(1, 1, 2), version(1, 2), version(2)]
    const not = [
      version(1, 1, 1), // the latest again
      version(1), // an old one as new
      version(1, 1),
      version(1, 1, 3),
      version(1, 2, 1),
      version(1, 3),
      version(2, 1),
      version(2, 0, 1),
      version(3),
      version(0, 9, 9),
    ]
    for (const v of next) await submit(w, { version: v, specHash: hash('new'), activationSeconds: 30 * DAY })
    for (const v of not)
      await expect(submit(w, { version: v, specHash: hash('new'), activationSeconds: 30 * DAY }), `${v}`)
        .to.be.revertedWithCustomError(w.nips, 'Nip_NotNextVersion')
        .withArgs(v, version(1, 1, 1))
  })

  it('leave thirty days before they break something', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await accept(w, version(1))
    await expect(submit(w, { version: version(2), specHash: hash('new'), activationSeconds: 30 * DAY - 1 }))
      .to.be.revertedWithCustomError(w.nips, 'Nip_ActivationOutOfRange')
      .withArgs(30 * DAY - 1, 30 * DAY, YEAR)
    await submit(w, { version: version(1, 1), specHash: hash('new') })
  })

  it('are compatible as long as no version between them broke something', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const history = [version(1), version(1, 1), version(2), version(2, 0, 1)]
    for (const v of history) await accept(w, v, 30 * DAY)
    const broke = [false, false, true, false]
    for (const [i, older] of history.entries())
      for (const [j, newer] of history.entries()) {
        const expected = j >= i && !broke.slice(i + 1, j + 1).includes(true)
        expect(await w.nips.isCompatible(SPEC_ID, older, newer), `${older} ${newer}`).to.equal(expected)
      }
    for (const pair of [
      [version(1), version(1, 2)],
      [version(1, 0, 5), version(1, 1)],
    ] as const)
      expect(await w.nips.isCompatible(SPEC_ID, ...pair)).to.equal(false)
  })

  it('are not overtaken: of two proposals for one version the second cannot be accepted, only rejected', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const [one, two] = [await submit(w), await submit(w, { specHash: hash('rival') })]
    await toVote(w, one)
    await toVote(w, two)
    await networkHelpers.time.increase(VOTE)
    const as = w.nips.connect(w.voters)
    await as.recordOutcome(one, draftOf().specHash, true, REASON)
    await expect(as.recordOutcome(two, hash('rival'), true, REASON))
      .to.be.revertedWithCustomError(as, 'Nip_NotNextVersion')
      .withArgs(version(1), version(1))
    await as.recordOutcome(two, hash('rival'), false, REASON)
    expect(await as.versionCount(SPEC_ID)).to.equal(1n)
  })

  it('are new texts: one that was accepted once is no later version, though it was submitted before', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await accept(w, version(1))
    const old = hash(`text of ${version(1)}`)
    const next = { version: version(1, 1), specHash: old }
    await expect(submit(w, next)).to.be.revertedWithCustomError(w.nips, 'Nip_SpecificationKnown').withArgs(old, 1)
    const nip = await submit(w, { ...next, specHash: hash('x') })
    await expect(w.nips.connect(w.author).revise(nip, old, '', REASON)).to.be.revertedWithCustomError(
      w.nips,
      'Nip_SpecificationKnown',
    )
    const [a, b] = [
      await submit(w, { version: version(1, 0, 1), specHash: hash('same') }),
      await submit(w, { version: version(1, 1), specHash: hash('same') }),
    ]
    await toOutcome(w, a)
    await toVote(w, b)
    await networkHelpers.time.increase(VOTE)
    await expect(w.nips.connect(w.voters).recordOutcome(b, hash('same'), true, REASON))
      .to.be.revertedWithCustomError(w.nips, 'Nip_SpecificationKnown')
      .withArgs(hash('same'), a)
    // the same words may specify something else
    await submit(w, { specName: 'standards/other', specHash: old })
  })
})

describe('NIP: every action in every state', () => {
  type Arranged = World & { nip: bigint }
  const begin = async (): Promise<Arranged> => {
    const w = await deploy()
    return { ...w, nip: await submit(w) }
  }
  const states = {
    draft: begin,
    review: async () => {
      const w = await begin()
      await toReview(w, w.nip)
      return w
    },
    lastCall: async () => {
      const w = await begin()
      await toLastCall(w, w.nip)
      return w
    },
    vote: async () => {
      const w = await begin()
      await toVote(w, w.nip)
      return w
    },
    final: async () => {
      const w = await begin()
      await toOutcome(w, w.nip)
      return w
    },
    rejected: async () => {
      const w = await begin()
      await toOutcome(w, w.nip, false)
      return w
    },
    withdrawn: async () => {
      const w = await begin()
      await w.nips.connect(w.author).withdraw(w.nip, REASON)
      return w
    },
    superseded: async () => {
      const w = await begin()
      await toOutcome(w, w.nip)
      await accept(w, version(1, 1))
      return w
    },
  }
  type Name = keyof typeof states
  /** Where it leads to; what is not listed is refused as Nip_WrongState, in whatever state. */
  const allowed: Record<string, Partial<Record<Name, Name>>> = {
    revise: { draft: 'draft', review: 'review' },
    advance: { draft: 'review', review: 'lastCall', lastCall: 'vote' },
    sendBack: { review: 'draft', lastCall: 'review' },
    withdraw: { draft: 'withdrawn', review: 'withdrawn', lastCall: 'withdrawn' },
    accept: { vote: 'final' },
    reject: { vote: 'rejected' },
    lapse: { vote: 'rejected' },
  }
  const act = async (w: Arranged, action: string, state: Name) => {
    const { nip, nips } = w
    const { specHash } = await nips.nipOf(nip)
    const officer = state === 'draft' ? w.editor : w.maintainer
    const sender = state === 'review' ? w.editor : w.maintainer
    switch (action) {
      case 'revise':
        return nips.connect(w.author).revise(nip, hash('revised'), '', REASON)
      case 'advance':
        return nips.connect(officer).advance(nip, REASON)
      case 'sendBack':
        return nips.connect(sender).sendBack(nip, REASON)
      case 'withdraw':
        return nips.connect(w.author).withdraw(nip, REASON)
      case 'lapse':
        return nips.connect(w.stranger).lapse(nip, REASON)
      default:
        return nips.connect(w.voters).recordOutcome(nip, specHash, action === 'accept', REASON)
    }
  }

  for (const state of Object.keys(states) as Name[])
    it(`${state}: leads where it may, and nowhere else`, async () => {
      for (const [action, row] of Object.entries(allowed)) {
        const w = await networkHelpers.loadFixture(states[state])
        expect(await w.nips.stateOf(w.nip)).to.equal(State[state])
        // so late that no time is what stops it
        await networkHelpers.time.increase(VOTE_LIFE)
        const next = row[state]
        if (next) {
          await act(w, action, state)
          expect(await w.nips.stateOf(w.nip), action).to.equal(State[next])
        } else
          await expect(act(w, action, state), action)
            .to.be.revertedWithCustomError(w.nips, 'Nip_WrongState')
            // stored is what it was before it was superseded
            .withArgs(w.nip, State[state === 'superseded' ? 'final' : state])
      }
      const w = await networkHelpers.loadFixture(states[state])
      if (State[state] > State.vote)
        await expect(w.nips.earliestAt(w.nip)).to.be.revertedWithCustomError(w.nips, 'Nip_WrongState')
      if (state !== 'withdrawn' && State[state] > State.lastCall) return
      await expect(w.nips.connect(w.stranger).withdraw(w.nip, REASON))
        .to.be.revertedWithCustomError(w.nips, 'Nip_NotAuthor')
        .withArgs(w.nip, w.stranger.address)
    })
})
