import { expect } from 'chai'
import {
  ANSWER,
  certified,
  certify,
  componentIdOf,
  DAY,
  DECISION,
  delist,
  deploy,
  ethers,
  hash,
  inOneYear,
  Kind,
  lineageIdOf,
  networkHelpers,
  propose,
  publishFeed,
  publishTemplate,
  REASON,
  release,
  Status,
  SUSPENSION,
  suspend,
  URGENT,
  URGENT_COOLDOWN,
  version,
  type World,
  YEAR,
  ZeroAddress,
  ZeroHash,
} from './world.ts'

const at = (timestamp: number | bigint) => networkHelpers.time.setNextBlockTimestamp(timestamp)
const standing = async (w: World, componentId: string) => (await w.components.standingOf(componentId)).status

describe('Component registry: proposing', () => {
  it('keeps what a publisher proposes, of every kind, under an id that holds its name', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    for (const kind of [Kind.pack, Kind.node, Kind.model, Kind.agent, Kind.source]) {
      const lineageId = lineageIdOf(kind, w.publisher.address, 'spi')
      const componentId = componentIdOf(kind, w.publisher.address, 'spi', version(1, 2, 3))
      const given = release({ version: version(1, 2, 3) })
      await expect(w.components.connect(w.publisher).propose(kind, given))
        .to.emit(w.components, 'ComponentProposed')
        .withArgs(componentId, lineageId, w.publisher.address, kind, Object.values(given))
      expect(await w.components.lineageIdOf(kind, w.publisher.address, 'spi')).to.equal(lineageId)
      expect(await w.components.componentIdOf(lineageId, version(1, 2, 3))).to.equal(componentId)
      expect(await w.components.latestVersionOf(lineageId)).to.equal(version(1, 2, 3))
      const component = await w.components.componentOf(componentId)
      expect(component.publisher).to.equal(w.publisher.address)
      expect(component.contentHash).to.equal(given.contentHash)
      expect(component.sbomHash).to.equal(given.sbomHash)
      expect([component.kind, component.status]).to.deep.equal([BigInt(kind), Status.proposed])
      expect(await w.components.standingOf(componentId)).to.deep.equal([0n, Status.proposed, 0n])
    }
  })

  it('cannot be run ahead of: the same name of another publisher is another component', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const thief = await propose(w, {}, Kind.model, w.stranger)
    const own = await propose(w)
    expect(own).to.not.equal(thief)
    expect((await w.components.componentOf(own)).publisher).to.equal(w.publisher.address)
  })

  it('refuses an old version as a new one, and the same one again', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    await propose(w, { version: version(1, 4) })
    for (const v of [version(1, 4), version(1, 3, 9), version(0, 9), 0n])
      await expect(w.components.connect(w.publisher).propose(Kind.model, release({ version: v })))
        .to.be.revertedWithCustomError(w.components, 'Registry_VersionNotAbove')
        .withArgs(v, version(1, 4))
    await propose(w, { version: version(1, 4, 1), contentHash: hash('newer code') })
  })

  it('refuses a name that is empty or long, no content, and a template without its formula', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.components.connect(w.publisher)
    for (const name of ['', 'x'.repeat(65)])
      await expect(as.propose(Kind.model, release({ name })))
        .to.be.revertedWithCustomError(as, 'Registry_NameLength')
        .withArgs(name.length, 64)
    await expect(as.propose(Kind.model, release({ contentHash: ZeroHash }))).to.be.revertedWithCustomError(
      as,
      'Registry_NoContent',
    )
    await expect(as.propose(Kind.template, release()))
      .to.be.revertedWithCustomError(as, 'Registry_WrongKind')
      .withArgs(Kind.template)
    await expect(as.propose(6, release())).to.revert(ethers)
  })

  it('takes a template of a published formula only, for a published feed or any, under the hash of both', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const as = w.components.connect(w.publisher)
    await expect(as.proposeTemplate(hash('no formula'), ZeroHash, release()))
      .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFormula')
      .withArgs(hash('no formula'))
    await expect(publishTemplate(w, hash('no feed')))
      .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFeed')
      .withArgs(hash('no feed'))
    const { feedId } = await publishFeed(w)
    const formulaId = (await import('./world.ts')).FORMULA
    await expect(as.proposeTemplate(formulaId, feedId, release()))
      .to.be.revertedWithCustomError(as, 'Registry_WrongContent')
      .withArgs(release().contentHash, await as.templateKey(formulaId, feedId))
    const componentId = await publishTemplate(w, feedId)
    expect((await as.componentOf(componentId)).contentHash).to.equal(await as.templateKey(formulaId, feedId))
  })

  it('lets the publisher alone take back what is only proposed, for good', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w)
    await expect(w.components.connect(w.stranger).withdraw(componentId))
      .to.be.revertedWithCustomError(w.components, 'Registry_NotPublisher')
      .withArgs(componentId, w.stranger.address)
    await expect(w.components.connect(w.publisher).withdraw(componentId))
      .to.emit(w.components, 'ComponentWithdrawn')
      .withArgs(componentId)
    expect(await standing(w, componentId)).to.equal(Status.withdrawn)
  })

  it('lets the publisher alone name a maintainer', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w)
    await expect(w.components.connect(w.publisher).nameMaintainer(componentId, w.maintainer.address))
      .to.emit(w.components, 'MaintainerNamed')
      .withArgs(componentId, w.maintainer.address)
    await expect(w.components.connect(w.maintainer).nameMaintainer(componentId, w.stranger.address))
      .to.be.revertedWithCustomError(w.components, 'Registry_NotPublisher')
      .withArgs(componentId, w.maintainer.address)
  })

  it('says that it does not know what it does not know', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const none = hash('none')
    expect(await w.components.standingOf(none)).to.deep.equal([0n, Status.none, 0n])
    const [pub, sup, cert, gua] = [w.publisher, w.supervisor, w.certifier, w.guardian].map(who =>
      w.components.connect(who),
    )
    if (!pub || !sup || !cert || !gua) throw new Error('unreachable')
    const expiresAt = await inOneYear()
    for (const call of [
      () => pub.componentOf(none),
      () => pub.statusOf(none),
      () => pub.mostEqlOf(none),
      () => pub.withdraw(none),
      () => pub.nameMaintainer(none, ZeroAddress),
      () => pub.answer(none, REASON),
      () => pub.enforceComponent(none),
      () => cert.certify(none, 1, 1, expiresAt, REASON),
      () => sup.openCase(none, REASON),
      () => sup.suspend(none, REASON),
      () => sup.confirm(none, REASON),
      () => sup.dismiss(none, REASON),
      () => sup.delist(none, REASON),
      () => gua.suspendUrgently(none, REASON),
    ])
      await expect(call()).to.be.revertedWithCustomError(w.components, 'Registry_Unknown').withArgs(none)
  })
})

describe('Component registry: certifying', () => {
  it('gives levels and an expiry, by name, and expires by time alone', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w)
    const now = (await networkHelpers.time.latest()) + 10
    await at(now)
    await expect(w.components.connect(w.certifier).certify(componentId, 2, 3, now + DAY, REASON))
      .to.emit(w.components, 'ComponentCertified')
      .withArgs(componentId, w.certifier.address, 2, 3, now + DAY, REASON)
    expect(await w.components.standingOf(componentId)).to.deep.equal([2n, Status.certified, BigInt(now + DAY)])
    const component = await w.components.componentOf(componentId)
    expect([component.certifier, component.certifiedAt, component.eql]).to.deep.equal([
      w.certifier.address,
      BigInt(now),
      3n,
    ])
    expect(await w.components.mostEqlOf(componentId)).to.equal(3n)
    await networkHelpers.time.increaseTo(now + DAY - 1)
    expect(await standing(w, componentId)).to.equal(Status.certified)
    await networkHelpers.time.increaseTo(now + DAY)
    expect(await standing(w, componentId)).to.equal(Status.expired)
    expect(await w.components.mostEqlOf(componentId)).to.equal(1n)
    await certify(w, componentId, { cl: 4, eql: 4 })
    expect((await w.components.standingOf(componentId)).conformanceLevel).to.equal(4n)
  })

  it('refuses levels outside 1 to 4, an expiry too near or too far, and no reason', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w)
    const as = w.components.connect(w.certifier)
    const now = (await networkHelpers.time.latest()) + 1_000
    for (const level of [0, 5, 255]) {
      for (const [cl, eql] of [
        [level, 1],
        [1, level],
      ] as const)
        await expect(as.certify(componentId, cl, eql, now + YEAR, REASON))
          .to.be.revertedWithCustomError(as, 'Registry_LevelOutOfRange')
          .withArgs(level)
    }
    for (const [n, expiresAt] of [now + 1 + DAY - 1, now + 2 + 2 * YEAR + 1].entries()) {
      await at(now + n + 1)
      await expect(as.certify(componentId, 1, 1, expiresAt, REASON))
        .to.be.revertedWithCustomError(as, 'Registry_ExpiryOutOfRange')
        .withArgs(expiresAt, now + n + 1 + DAY, now + n + 1 + 2 * YEAR)
    }
    await expect(as.certify(componentId, 1, 1, now + YEAR, ZeroHash)).to.be.revertedWithCustomError(
      as,
      'Registry_NoReason',
    )
  })

  it('is never done by the publisher or its maintainer, whatever roles they hold', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w, {}, Kind.model, w.certifier)
    const expiresAt = await inOneYear()
    await expect(w.components.connect(w.certifier).certify(componentId, 1, 1, expiresAt, REASON))
      .to.be.revertedWithCustomError(w.components, 'Registry_OwnComponent')
      .withArgs(componentId, w.certifier.address)
    const other = await propose(w, { contentHash: hash('other') })
    await w.components.connect(w.publisher).nameMaintainer(other, w.certifier.address)
    await expect(w.components.connect(w.certifier).certify(other, 1, 1, expiresAt, REASON))
      .to.be.revertedWithCustomError(w.components, 'Registry_OwnComponent')
      .withArgs(other, w.certifier.address)
  })

  it('gives content to one component for ever: nothing delisted comes back under another name', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const copy = await propose(w, { name: 'spi-reloaded' }, Kind.model, w.stranger)
    expect(await w.components.holderOf(Kind.model, release().contentHash)).to.equal(w.componentId)
    for (const before of [() => undefined, () => delist(w, w.componentId)]) {
      await before()
      await expect(certify(w, copy))
        .to.be.revertedWithCustomError(w.components, 'Registry_ContentHeld')
        .withArgs(release().contentHash, w.componentId)
    }
    // of another kind the same bytes are another thing
    await certify(w, await propose(w, {}, Kind.agent))
  })
})

describe('Component registry: cases and suspensions', () => {
  it('hears the publisher or its maintainer before it suspends: after the answer, or after the time for one', async () => {
    for (const answering of ['publisher', 'maintainer', undefined] as const) {
      const w = await networkHelpers.loadFixture(certified)
      const { componentId, supervisor } = w
      const as = w.components.connect(supervisor)
      const openedAt = (await networkHelpers.time.latest()) + 10
      await at(openedAt)
      await expect(as.openCase(componentId, REASON))
        .to.emit(as, 'CaseOpened')
        .withArgs(componentId, supervisor.address, openedAt + ANSWER, REASON)
      expect(await standing(w, componentId)).to.equal(Status.certified)
      await expect(as.suspend(componentId, REASON))
        .to.be.revertedWithCustomError(as, 'Registry_AnswerPending')
        .withArgs(componentId, openedAt + ANSWER)
      if (answering) {
        await expect(w.components.connect(w[answering]).answer(componentId, hash('answer')))
          .to.emit(as, 'CaseAnswered')
          .withArgs(componentId, w[answering].address, hash('answer'))
        await expect(w.components.connect(w.publisher).answer(componentId, hash('more')))
          .to.be.revertedWithCustomError(as, 'Registry_AlreadyAnswered')
          .withArgs(componentId)
        expect((await as.caseOf(componentId)).answered).to.equal(true)
      } else await at(openedAt + ANSWER)
      await expect(as.suspend(componentId, REASON)).to.emit(as, 'ComponentSuspended')
      expect(await standing(w, componentId)).to.equal(Status.suspended)
      await expect(as.suspend(componentId, REASON))
        .to.be.revertedWithCustomError(as, 'Registry_WrongStatus')
        .withArgs(componentId, Status.suspended)
    }
  })

  it('refuses an answer after the deadline, and one from nobody it concerns', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const { componentId } = w
    const openedAt = (await networkHelpers.time.latest()) + 10
    await at(openedAt)
    await w.components.connect(w.supervisor).openCase(componentId, REASON)
    await expect(w.components.connect(w.stranger).answer(componentId, REASON))
      .to.be.revertedWithCustomError(w.components, 'Registry_NotAnswerable')
      .withArgs(componentId, w.stranger.address)
    await expect(w.components.connect(w.publisher).answer(componentId, ZeroHash)).to.be.revertedWithCustomError(
      w.components,
      'Registry_NoReason',
    )
    await at(openedAt + ANSWER)
    await expect(w.components.connect(w.publisher).answer(componentId, REASON))
      .to.be.revertedWithCustomError(w.components, 'Registry_AnswerTooLate')
      .withArgs(componentId, openedAt + ANSWER)
  })

  it('lets a case lapse when nobody decides in time', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    const openedAt = (await networkHelpers.time.latest()) + 10
    await at(openedAt)
    await as.openCase(w.componentId, REASON)
    await expect(as.openCase(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_CaseOpen')
      .withArgs(w.componentId)
    await expect(certify(w, w.componentId)).to.be.revertedWithCustomError(as, 'Registry_CaseOpen')
    await at(openedAt + ANSWER + DECISION)
    await expect(as.suspend(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_NoCase')
      .withArgs(w.componentId)
    await as.openCase(w.componentId, REASON)
  })

  it('is no free veto: a suspension ends after 90 days unless something is decided', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    await suspend(w, w.componentId)
    const until = (await as.caseOf(w.componentId)).suspendedUntil
    expect(until).to.equal(BigInt((await networkHelpers.time.latest()) + SUSPENSION))
    await networkHelpers.time.increaseTo(until - 1n)
    expect(await standing(w, w.componentId)).to.equal(Status.suspended)
    await networkHelpers.time.increaseTo(until)
    expect(await standing(w, w.componentId)).to.equal(Status.certified)
    await expect(as.delist(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_WrongStatus')
      .withArgs(w.componentId, Status.certified)
    await expect(as.suspend(w.componentId, REASON)).to.be.revertedWithCustomError(as, 'Registry_NoCase')
  })

  it('suspends urgently at once, for a week, and not again within a month after it', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.guardian)
    const start = (await networkHelpers.time.latest()) + 10
    await at(start)
    await expect(as.suspendUrgently(w.componentId, REASON))
      .to.emit(as, 'ComponentSuspended')
      .withArgs(w.componentId, w.guardian.address, start + URGENT, true, REASON)
    await expect(as.suspendUrgently(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_WrongStatus')
      .withArgs(w.componentId, Status.suspended)
    await networkHelpers.time.increaseTo(start + URGENT)
    expect(await standing(w, w.componentId)).to.equal(Status.certified)
    const nextAt = start + URGENT + URGENT_COOLDOWN
    await at(nextAt - 1)
    await expect(as.suspendUrgently(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_UrgentTooSoon')
      .withArgs(w.componentId, nextAt)
    await at(nextAt)
    // the case of the first one is still open, and goes on
    await expect(as.suspendUrgently(w.componentId, REASON)).to.not.emit(as, 'CaseOpened')
    expect((await as.caseOf(w.componentId)).openedAt).to.equal(BigInt(start))
  })

  it('keeps an urgent suspension only if it is confirmed while it lasts, and the right to answer with it', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    await expect(as.confirm(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_NotUrgent')
      .withArgs(w.componentId)
    const start = (await networkHelpers.time.latest()) + 10
    await at(start)
    await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)
    await expect(as.delist(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_NotConfirmed')
      .withArgs(w.componentId)
    await at(start + URGENT - 1)
    await expect(as.confirm(w.componentId, REASON))
      .to.emit(as, 'ComponentSuspended')
      .withArgs(w.componentId, w.supervisor.address, start + URGENT - 1 + SUSPENSION, false, REASON)
    await expect(as.delist(w.componentId, REASON))
      .to.be.revertedWithCustomError(as, 'Registry_AnswerPending')
      .withArgs(w.componentId, start + ANSWER)
    await w.components.connect(w.maintainer).answer(w.componentId, REASON)
    await as.delist(w.componentId, REASON)
    expect(await standing(w, w.componentId)).to.equal(Status.delisted)
  })

  it('does not confirm an urgent suspension that is over, but goes on with its case', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    const start = (await networkHelpers.time.latest()) + 10
    await at(start)
    await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)
    await at(start + URGENT)
    await expect(as.confirm(w.componentId, REASON)).to.be.revertedWithCustomError(as, 'Registry_NotUrgent')
    await at(start + ANSWER)
    await as.suspend(w.componentId, REASON)
    expect(await standing(w, w.componentId)).to.equal(Status.suspended)
  })

  it('dismisses a case and lifts its suspension', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    await as.openCase(w.componentId, REASON)
    await expect(as.dismiss(w.componentId, hash('unfounded')))
      .to.emit(as, 'CaseClosed')
      .withArgs(w.componentId, w.supervisor.address, hash('unfounded'))
    await suspend(w, w.componentId)
    await as.dismiss(w.componentId, REASON)
    expect(await standing(w, w.componentId)).to.equal(Status.certified)
    await expect(as.dismiss(w.componentId, REASON)).to.be.revertedWithCustomError(as, 'Registry_NoCase')
  })

  it('delists what is suspended, and may certify it again, then under its old name', async () => {
    const w = await networkHelpers.loadFixture(certified)
    await expect(delist(w, w.componentId))
      .to.emit(w.components, 'ComponentDelisted')
      .withArgs(w.componentId, w.supervisor.address, REASON)
    expect(await standing(w, w.componentId)).to.equal(Status.delisted)
    await networkHelpers.time.increase(SUSPENSION)
    expect(await standing(w, w.componentId)).to.equal(Status.delisted)
    await certify(w, w.componentId)
    expect(await standing(w, w.componentId)).to.equal(Status.certified)
  })

  it('asks a reason of everything it does to a component', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const as = w.components.connect(w.supervisor)
    const refused = (call: Promise<unknown>) =>
      expect(call).to.be.revertedWithCustomError(w.components, 'Registry_NoReason')
    await refused(as.openCase(w.componentId, ZeroHash))
    await refused(w.components.connect(w.guardian).suspendUrgently(w.componentId, ZeroHash))
    await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)
    await refused(as.confirm(w.componentId, ZeroHash))
    await refused(as.dismiss(w.componentId, ZeroHash))
    await as.dismiss(w.componentId, REASON)
    await as.openCase(w.componentId, REASON)
    await w.components.connect(w.publisher).answer(w.componentId, REASON)
    await refused(as.suspend(w.componentId, ZeroHash))
    await as.suspend(w.componentId, REASON)
    await refused(as.delist(w.componentId, ZeroHash))
  })
})

describe('Component registry: every action in every state', () => {
  const states = {
    proposed: async () => {
      const w = await deploy()
      return { ...w, componentId: await propose(w) }
    },
    withdrawn: async () => {
      const w = await states.proposed()
      await w.components.connect(w.publisher).withdraw(w.componentId)
      return w
    },
    certified,
    accused: async () => {
      const w = await certified()
      await w.components.connect(w.supervisor).openCase(w.componentId, REASON)
      await networkHelpers.time.increase(ANSWER)
      return w
    },
    urgent: async () => {
      const w = await certified()
      await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)
      await w.components.connect(w.publisher).answer(w.componentId, REASON)
      return w
    },
    suspended: async () => {
      const w = await certified()
      await suspend(w, w.componentId)
      return w
    },
    expired: async () => {
      const w = await certified()
      await networkHelpers.time.increase(YEAR)
      return w
    },
    delisted: async () => {
      const w = await certified()
      await delist(w, w.componentId)
      return w
    },
  }
  type State = keyof typeof states
  type Arranged = World & { componentId: string }
  const { proposed, certified: listed, suspended, delisted, expired, withdrawn } = Status
  /** What comes out: a status, or the name of the error. What is not a status is forbidden. */
  const table: Record<string, Record<State, bigint | string>> = {
    certify: {
      proposed: listed,
      withdrawn: 'Registry_WrongStatus',
      certified: listed,
      accused: 'Registry_CaseOpen',
      urgent: 'Registry_CaseOpen',
      suspended: 'Registry_CaseOpen',
      expired: listed,
      delisted: listed,
    },
    withdraw: {
      proposed: withdrawn,
      withdrawn: 'Registry_WrongStatus',
      certified: 'Registry_WrongStatus',
      accused: 'Registry_WrongStatus',
      urgent: 'Registry_WrongStatus',
      suspended: 'Registry_WrongStatus',
      expired: 'Registry_WrongStatus',
      delisted: 'Registry_WrongStatus',
    },
    openCase: {
      proposed: 'Registry_WrongStatus',
      withdrawn: 'Registry_WrongStatus',
      certified: listed,
      accused: 'Registry_CaseOpen',
      urgent: 'Registry_WrongStatus',
      suspended: 'Registry_WrongStatus',
      expired: 'Registry_WrongStatus',
      delisted: 'Registry_WrongStatus',
    },
    suspend: {
      proposed: 'Registry_NoCase',
      withdrawn: 'Registry_NoCase',
      certified: 'Registry_NoCase',
      accused: suspended,
      urgent: 'Registry_WrongStatus',
      suspended: 'Registry_WrongStatus',
      expired: 'Registry_NoCase',
      delisted: 'Registry_NoCase',
    },
    suspendUrgently: {
      proposed: 'Registry_WrongStatus',
      withdrawn: 'Registry_WrongStatus',
      certified: suspended,
      accused: suspended,
      urgent: 'Registry_WrongStatus',
      suspended: 'Registry_WrongStatus',
      expired: 'Registry_WrongStatus',
      delisted: 'Registry_WrongStatus',
    },
    confirm: {
      proposed: 'Registry_NotUrgent',
      withdrawn: 'Registry_NotUrgent',
      certified: 'Registry_NotUrgent',
      accused: 'Registry_NotUrgent',
      urgent: suspended,
      suspended: 'Registry_NotUrgent',
      expired: 'Registry_NotUrgent',
      delisted: 'Registry_NotUrgent',
    },
    dismiss: {
      proposed: 'Registry_NoCase',
      withdrawn: 'Registry_NoCase',
      certified: 'Registry_NoCase',
      accused: listed,
      urgent: listed,
      suspended: listed,
      expired: 'Registry_NoCase',
      delisted: 'Registry_NoCase',
    },
    delist: {
      proposed: 'Registry_WrongStatus',
      withdrawn: 'Registry_WrongStatus',
      certified: 'Registry_WrongStatus',
      accused: 'Registry_WrongStatus',
      urgent: 'Registry_NotConfirmed',
      suspended: delisted,
      expired: 'Registry_WrongStatus',
      delisted: 'Registry_WrongStatus',
    },
  }
  const holders = {
    certify: 'certifier',
    withdraw: 'publisher',
    suspendUrgently: 'guardian',
  } as const
  const act = async (w: Arranged, action: string) => {
    const holder = holders[action as keyof typeof holders] ?? 'supervisor'
    const as = w.components.connect(w[holder])
    if (action === 'certify') return as.certify(w.componentId, 2, 3, await inOneYear(), REASON)
    if (action === 'withdraw') return as.withdraw(w.componentId)
    return as[action as 'openCase' | 'suspend' | 'suspendUrgently' | 'confirm' | 'dismiss' | 'delist'](
      w.componentId,
      REASON,
    )
  }

  for (const state of Object.keys(states) as State[])
    it(`${state}: does what it may, and nothing else`, async () => {
      for (const [action, row] of Object.entries(table)) {
        const w = await networkHelpers.loadFixture(states[state])
        const expected = row[state]
        if (typeof expected === 'bigint') {
          await act(w, action)
          expect(await standing(w, w.componentId), action).to.equal(expected)
        } else await expect(act(w, action), action).to.be.revertedWithCustomError(w.components, expected)
      }
      const [before] = [await networkHelpers.loadFixture(states[state])]
      const statuses = {
        proposed,
        withdrawn,
        certified: listed,
        accused: listed,
        urgent: suspended,
        suspended,
        expired,
        delisted,
      }
      expect(await standing(before, before.componentId)).to.equal(statuses[state])
    })

  it('gives no stranger, publisher or other role what is not theirs', async () => {
    const w = await networkHelpers.loadFixture(states.accused)
    for (const action of Object.keys(table)) {
      if (action === 'withdraw') continue
      const rightful = holders[action as keyof typeof holders] ?? 'supervisor'
      for (const who of ['stranger', 'publisher', 'maintainer', 'certifier', 'supervisor', 'guardian'] as const) {
        if (who === rightful) continue
        const impostor = { ...w, [rightful]: w[who] }
        await expect(act(impostor, action), `${action} by ${who}`)
          .to.be.revertedWithCustomError(w.components, 'AccessManagedUnauthorized')
          .withArgs(w[who].address)
      }
    }
  })
})
