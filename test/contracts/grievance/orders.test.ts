import { expect } from 'chai'
import { attest, send } from '../evidence/world.ts'
import {
  anchored,
  closed,
  DAY,
  FULL,
  file,
  hash,
  networkHelpers,
  nextOf,
  OrderKind,
  OrderState,
  REASON,
  Remedy,
  ruling,
  Subject,
  settle,
  UNIT,
  type World,
  world,
  ZeroHash,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const Step = { opened: 0n, suspended: 1n, confirmed: 2n, delisted: 3n } as const
const Standing = { certified: 2n, suspended: 3n, delisted: 4n } as const
const BOTH = Remedy.suspension | Remedy.delisting

/** A case against a component whose publisher is the respondent, ruled. */
async function ordered(w: World, given: number) {
  const { caseId } = await closed(w, Array(3).fill(ruling(true, 0, given)), {
    respondent: w.registry.publisher.address,
    subjectKind: Subject.component,
    subjectId: w.componentId,
    remedies: BOTH,
  })
  return caseId
}
const standing = (w: World) => w.registry.components.statusOf(w.componentId)
const stateOf = async (w: World, caseId: bigint, kind: number) => (await w.orders.ordersOf(caseId)).states[kind]
const proceeds = (w: World, caseId: bigint, step: bigint) =>
  expect(w.orders.connect(w.stranger).proceed(caseId))
    .to.emit(w.orders, 'ComponentProceeded')
    .withArgs(caseId, w.componentId, step)

describe('Orders', () => {
  describe('against a component', () => {
    it('suspend it once its publisher has answered', async () => {
      const w = await load()
      const caseId = await ordered(w, Remedy.suspension)
      await proceeds(w, caseId, Step.opened)
      await expect(w.orders.proceed(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_AnswerPending')
      await w.registry.components.connect(w.registry.publisher).answer(w.componentId, REASON)
      await proceeds(w, caseId, Step.suspended)
      expect(await standing(w)).to.equal(Standing.suspended)
      expect(await stateOf(w, caseId, OrderKind.component)).to.equal(OrderState.done)
      await expect(w.orders.proceed(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_NotOpen')
    })

    it('suspend it after the fourteen days if the publisher stays silent, and delist it if that was ruled', async () => {
      const w = await load()
      const caseId = await ordered(w, BOTH)
      await proceeds(w, caseId, Step.opened)
      await networkHelpers.time.increase(14 * DAY)
      await proceeds(w, caseId, Step.suspended)
      expect(await stateOf(w, caseId, OrderKind.component)).to.equal(OrderState.open)
      await proceeds(w, caseId, Step.delisted)
      expect(await standing(w)).to.equal(Standing.delisted)
      expect(await stateOf(w, caseId, OrderKind.component)).to.equal(OrderState.done)
    })

    it('confirm an urgent suspension', async () => {
      const w = await load()
      const caseId = await ordered(w, Remedy.suspension)
      await w.registry.components.connect(w.registry.guardian).suspendUrgently(w.componentId, REASON)
      await proceeds(w, caseId, Step.confirmed)
      expect(await stateOf(w, caseId, OrderKind.component)).to.equal(OrderState.done)
      const { suspendedUntil } = await w.registry.components.caseOf(w.componentId)
      expect(Number(suspendedUntil) - (await networkHelpers.time.latest())).to.equal(90 * DAY)
    })

    it('are fulfilled by what a supervisor did already', async () => {
      const w = await load()
      const caseId = await ordered(w, Remedy.suspension)
      const { components, supervisor, publisher } = w.registry
      await components.connect(supervisor).openCase(w.componentId, REASON)
      await components.connect(publisher).answer(w.componentId, REASON)
      await components.connect(supervisor).suspend(w.componentId, REASON)
      await proceeds(w, caseId, Step.suspended)
      const other = await ordered(w, BOTH)
      await networkHelpers.time.increase(90 * DAY)
      await components.connect(supervisor).openCase(w.componentId, REASON)
      await components.connect(publisher).answer(w.componentId, REASON)
      await components.connect(supervisor).suspend(w.componentId, REASON)
      await components.connect(supervisor).delist(w.componentId, REASON)
      await proceeds(w, other, Step.delisted)
      expect(await stateOf(w, other, OrderKind.component)).to.equal(OrderState.done)
    })

    it('open their case again when it lapsed or was dismissed, until their own time is over', async () => {
      const w = await load()
      const caseId = await ordered(w, Remedy.suspension)
      await proceeds(w, caseId, Step.opened)
      await networkHelpers.time.increase(44 * DAY)
      await proceeds(w, caseId, Step.opened)
      await w.registry.components.connect(w.registry.supervisor).dismiss(w.componentId, REASON)
      await proceeds(w, caseId, Step.opened)
      await networkHelpers.time.increaseTo(await w.orders.untilOf(caseId, OrderKind.component))
      await expect(w.orders.proceed(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_Over')
      await w.orders.miss(caseId, OrderKind.component)
      expect(await stateOf(w, caseId, OrderKind.component)).to.equal(OrderState.missed)
    })

    it('have nothing to do with an expired one', async () => {
      const w = await load()
      const { expiresAt } = await w.registry.components.componentOf(w.componentId)
      await networkHelpers.time.increaseTo(expiresAt - 60n * 86_400n)
      const caseId = await ordered(w, Remedy.suspension)
      await networkHelpers.time.increaseTo(expiresAt)
      await expect(w.orders.proceed(caseId))
        .to.be.revertedWithCustomError(w.orders, 'Orders_NothingToDo')
        .withArgs(caseId, 5n)
    })
  })

  describe('to correct an index', () => {
    /** A case about an anchored pack, ruled. */
    async function corrected(w: World) {
      const aepId = await anchored(w)
      const { caseId, response } = await closed(w, Array(3).fill(ruling(true, 0, Remedy.correction)), {
        ...{ subjectKind: Subject.aep, subjectId: aepId, remedies: Remedy.correction },
      })
      return { aepId, caseId, response }
    }
    const revise = async (w: World, change: object = {}) => {
      const { evidence } = w.registry
      const { from, to } = evidence.report
      const report = { ...nextOf(evidence.report), from, to, flags: 2, aepRoot: hash('revision'), ...change }
      await send(evidence.registry, attest(evidence, report))
      return report.aepRoot
    }

    it('name the pack and the sequence that a revision must exceed', async () => {
      const w = await load()
      const { aepId, caseId, response } = await corrected(w)
      const { feedId, sequence } = w.registry.evidence.report
      await expect(response).to.emit(w.orders, 'CorrectionOrdered').withArgs(caseId, aepId, feedId, sequence)
    })

    it('are fulfilled by a final revision of the same feed and window', async () => {
      const w = await load()
      const { aepId, caseId } = await corrected(w)
      const revision = await revise(w)
      await expect(w.orders.proveCorrection(caseId, revision)).to.be.revertedWithCustomError(
        w.orders,
        'Orders_NoRevision',
      )
      await networkHelpers.time.increase(2 * DAY)
      await expect(w.orders.connect(w.stranger).proveCorrection(caseId, revision))
        .to.emit(w.orders, 'CorrectionProved')
        .withArgs(caseId, aepId, revision)
      expect(await stateOf(w, caseId, OrderKind.correction)).to.equal(OrderState.done)
    })

    for (const [what, change] of [
      ['without the flag of one', { flags: 0 }],
      ['of another window', { to: 'later' }],
      ['of another feed', { feedId: hash('other feed') }],
    ] as const)
      it(`are not fulfilled by an anchor ${what}`, async () => {
        const w = await load()
        const { caseId } = await corrected(w)
        const { to } = w.registry.evidence.report
        const revision = await revise(w, 'to' in change ? { to: to + 1 } : change)
        await networkHelpers.time.increase(2 * DAY)
        await expect(w.orders.proveCorrection(caseId, revision)).to.be.revertedWithCustomError(
          w.orders,
          'Orders_NoRevision',
        )
      })

    it('are not fulfilled by the pack itself', async () => {
      const w = await load()
      const { aepId, caseId } = await corrected(w)
      await expect(w.orders.proveCorrection(caseId, aepId)).to.be.revertedWithCustomError(w.orders, 'Orders_NoRevision')
    })
  })

  describe('to apologise', () => {
    const owed = async (w: World) =>
      (await closed(w, Array(3).fill(ruling(true, 0, Remedy.apology)), { remedies: Remedy.apology })).caseId

    it('are fulfilled by the respondent’s text', async () => {
      const w = await load()
      const caseId = await owed(w)
      const apologise = (by: typeof w.respondent, text: string, uri: string) =>
        w.orders.connect(by).apologise(caseId, text, uri)
      await expect(apologise(w.stranger, hash('sorry'), 'ipfs://sorry')).to.be.revertedWithCustomError(
        w.orders,
        'Orders_NotRespondent',
      )
      await expect(apologise(w.respondent, ZeroHash, '')).to.be.revertedWithCustomError(w.orders, 'Orders_NoText')
      await expect(apologise(w.respondent, hash('sorry'), 'x'.repeat(257)))
        .to.be.revertedWithCustomError(w.orders, 'Orders_UriTooLong')
        .withArgs(257, 256)
      await expect(apologise(w.respondent, hash('sorry'), 'ipfs://sorry'))
        .to.emit(w.orders, 'Apologised')
        .withArgs(caseId, w.respondent.address, hash('sorry'), 'ipfs://sorry')
    })

    it('leave silence on record after thirty days', async () => {
      const w = await load()
      const caseId = await owed(w)
      await networkHelpers.time.increase(30 * DAY)
      await expect(w.orders.connect(w.respondent).apologise(caseId, hash('late'), '')).to.be.revertedWithCustomError(
        w.orders,
        'Orders_Over',
      )
      await w.orders.miss(caseId, OrderKind.apology)
      expect(await stateOf(w, caseId, OrderKind.apology)).to.equal(OrderState.missed)
    })
  })

  it('are issued by cases, once, and by nobody else', async () => {
    const w = await load()
    const { authority } = w.registry.evidence
    const issue = () => w.orders.connect(w.stranger).issue(1, w.complainant, w.respondent, ZeroHash, 1, 0)
    await expect(issue()).to.be.revertedWithCustomError(w.orders, 'AccessManagedUnauthorized')
    await authority.grantRole(62, w.stranger, 0)
    await issue()
    await expect(issue()).to.be.revertedWithCustomError(w.orders, 'Orders_Issued').withArgs(1)
  })

  it('are none where a ruling gives nothing, or a settlement promises nothing', async () => {
    const w = await load()
    const { caseId } = await closed(w, Array(3).fill(ruling(true)))
    expect((await w.orders.ordersOf(caseId)).issuedAt).to.equal(0n)
    const settled = await file(w)
    await settle(w, settled, { assets: UNIT })
    expect((await w.orders.ordersOf(settled)).issuedAt).to.equal(0n)
    expect(FULL).to.equal(9)
  })
})
