import { expect } from 'chai'
import {
  advance,
  commit,
  credit,
  DISMISS,
  decide,
  domainOf,
  draw,
  drawing,
  FULL,
  file,
  hash,
  hearing,
  networkHelpers,
  Outcome,
  ruling,
  State,
  settle,
  terms,
  toBlock,
  toDeadline,
  UNIT,
  type World,
  world,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const stateOf = async (w: World, caseId: bigint) => (await w.rail.grievanceOf(caseId)).state

type Reach = (w: World) => Promise<bigint>
const reach: Record<string, Reach> = {
  answering: w => file(w),
  mediating: async w => {
    const caseId = await file(w)
    await w.rail.connect(w.respondent).answer(caseId, hash('answer'))
    return caseId
  },
  drawing: w => drawing(w),
  hearing: async w => (await hearing(w)).caseId,
  appealable: async w => {
    const { caseId } = await hearing(w)
    await decide(w, caseId, [FULL, FULL, DISMISS])
    return caseId
  },
  'drawing again': async w => {
    const caseId = await (reach['appealable'] as Reach)(w)
    await w.rail.connect(w.respondent).appeal(caseId)
    return caseId
  },
  'hearing again': async w => {
    const caseId = await (reach['drawing again'] as Reach)(w)
    await draw(w, caseId)
    return caseId
  },
  closed: async w => {
    const caseId = await file(w)
    await w.rail.connect(w.complainant).withdraw(caseId)
    return caseId
  },
}

type Act = (w: World, caseId: bigint) => Promise<unknown>
const acts: Record<string, Act> = {
  takeOver: (w, caseId) => w.rail.connect(w.complainant).takeOver(caseId),
  withdraw: (w, caseId) => w.rail.connect(w.complainant).withdraw(caseId),
  answer: (w, caseId) => w.rail.connect(w.respondent).answer(caseId, hash('answer')),
  exhibit: (w, caseId) => w.rail.connect(w.complainant).commitEvidence(caseId, hash('photo')),
  settle: (w, caseId) => settle(w, caseId),
  appeal: (w, caseId) => w.rail.connect(w.respondent).appeal(caseId),
}

/** What is allowed in which state; all else is refused, and only that. */
const table: Record<string, string[]> = {
  answering: ['takeOver', 'withdraw', 'answer', 'exhibit', 'settle'],
  mediating: ['takeOver', 'withdraw', 'exhibit', 'settle'],
  drawing: ['takeOver', 'exhibit', 'settle'],
  hearing: ['takeOver'],
  appealable: ['takeOver', 'exhibit', 'appeal'],
  'drawing again': ['takeOver', 'exhibit'],
  'hearing again': ['takeOver'],
  closed: [],
}

describe('A case', () => {
  for (const [state, allowed] of Object.entries(table))
    for (const [name, act] of Object.entries(acts))
      it(`${state}: ${allowed.includes(name) ? 'allows' : 'refuses'} ${name}`, async () => {
        const w = await load()
        const caseId = await (reach[state] as Reach)(w)
        if (allowed.includes(name)) await act(w, caseId)
        else {
          await expect(act(w, caseId))
            .to.be.revertedWithCustomError(w.rail, 'Grievance_WrongState')
            .withArgs(caseId, (await w.rail.grievanceOf(caseId)).state)
        }
      })

  it('knows nothing of a number nobody was given', async () => {
    const w = await load()
    for (const act of [...Object.values(acts), (_: World, caseId: bigint) => advance(w, caseId)])
      await expect(act(w, 9n)).to.be.revertedWithCustomError(w.rail, 'Grievance_Unknown').withArgs(9n)
  })

  for (const state of ['answering', 'mediating', 'appealable'])
    it(`${state}: does not advance before its deadline, and does at it`, async () => {
      const w = await load()
      const caseId = await (reach[state] as Reach)(w)
      const { deadline } = await w.rail.grievanceOf(caseId)
      await networkHelpers.time.increaseTo(deadline - 2n)
      await expect(advance(w, caseId))
        .to.be.revertedWithCustomError(w.rail, 'Grievance_TooEarly')
        .withArgs(caseId, deadline)
      await networkHelpers.time.setNextBlockTimestamp(deadline)
      await advance(w, caseId)
      expect(await stateOf(w, caseId)).to.not.equal(State[state as 'answering'])
    })

  it('does not advance a hearing while arbiters can still commit or reveal', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w)
    const { deadline } = await w.rail.grievanceOf(caseId)
    await expect(advance(w, caseId)).to.be.revertedWithCustomError(w.rail, 'Grievance_TooEarly')
    for (const arbiter of panel) await commit(w, caseId, arbiter, FULL)
    await expect(advance(w, caseId))
      .to.be.revertedWithCustomError(w.rail, 'Grievance_TooEarly')
      .withArgs(caseId, deadline)
  })

  it('goes through answer, mediation, panel and appeal to its end', async () => {
    const w = await load()
    const caseId = await file(w)
    await expect(w.rail.connect(w.respondent).answer(caseId, hash('answer')))
      .to.emit(w.rail, 'CaseAnswered')
      .withArgs(caseId, hash('answer'))
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect(await stateOf(w, caseId)).to.equal(State.drawing)
    await draw(w, caseId)
    expect(await stateOf(w, caseId)).to.equal(State.hearing)
    await decide(w, caseId, [FULL, ruling(true, 2), DISMISS])
    expect(await stateOf(w, caseId)).to.equal(State.appealable)
    expect((await w.rail.grievanceOf(caseId)).ruling).to.equal(ruling(true, 2))
    await w.rail.connect(w.complainant).appeal(caseId)
    const second = await draw(w, caseId)
    expect(second).to.have.length(5)
    await decide(w, caseId, [FULL, FULL, FULL, DISMISS, DISMISS])
    const { state, outcome, ruling: last } = await w.rail.grievanceOf(caseId)
    expect([state, outcome, last]).to.deep.equal([State.closed, Outcome.upheld, BigInt(FULL)])
  })

  it('is refused to whoever is not the party the act is for', async () => {
    const w = await load()
    const caseId = await file(w, {}, w.filer)
    const no = (sent: Promise<unknown>, who: { address: string }) =>
      expect(sent).to.be.revertedWithCustomError(w.rail, 'Grievance_NotParty').withArgs(caseId, who.address)
    await no(w.rail.connect(w.filer).takeOver(caseId), w.filer)
    await no(w.rail.connect(w.respondent).withdraw(caseId), w.respondent)
    await no(w.rail.connect(w.complainant).answer(caseId, hash('x')), w.complainant)
    await no(w.rail.connect(w.stranger).commitEvidence(caseId, hash('x')), w.stranger)
    await w.rail.connect(w.complainant).takeOver(caseId)
    await no(w.rail.connect(w.filer).withdraw(caseId), w.filer)
    await w.rail.connect(w.complainant).withdraw(caseId)
    expect(await credit(w, w.filer)).to.equal(terms.bondAssets) // who paid gets it back
  })

  it('cannot be answered at its deadline, nor with nothing', async () => {
    const w = await load()
    const caseId = await file(w)
    await expect(w.rail.connect(w.respondent).answer(caseId, `0x${'00'.repeat(32)}`)).to.be.revertedWithCustomError(
      w.rail,
      'Grievance_NoHash',
    )
    await toDeadline(w, caseId)
    await expect(w.rail.connect(w.respondent).answer(caseId, hash('late'))).to.be.revertedWithCustomError(
      w.rail,
      'Grievance_TooLate',
    )
  })

  it('cannot be appealed at its deadline', async () => {
    const w = await load()
    const caseId = await (reach['appealable'] as Reach)(w)
    await toDeadline(w, caseId)
    await expect(w.rail.connect(w.respondent).appeal(caseId)).to.be.revertedWithCustomError(w.rail, 'Grievance_TooLate')
  })

  it('ends unheard, with every bond back, when its block does not come in time', async () => {
    const w = await load()
    const caseId = await drawing(w)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    const { state, outcome } = await w.rail.grievanceOf(caseId)
    expect([state, outcome]).to.deep.equal([State.closed, Outcome.unheard])
    expect(await credit(w, w.complainant)).to.equal(terms.bondAssets)
  })

  it('goes to a second panel without a bond when nobody of the first ruled, and ends unheard when nobody of the second did', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w)
    await decide(w, caseId, [])
    const first = await w.rail.grievanceOf(caseId)
    expect([first.state, first.instance, first.appellant]).to.deep.equal([State.drawing, 2n, `0x${'00'.repeat(20)}`])
    const second = await draw(w, caseId)
    expect(second.map(a => a.address)).to.not.include.members(panel.map(a => a.address))
    await decide(w, caseId, [])
    const { state, outcome } = await w.rail.grievanceOf(caseId)
    expect([state, outcome]).to.deep.equal([State.closed, Outcome.unheard])
    expect(await credit(w, w.complainant)).to.equal(terms.bondAssets)
    const forfeits = await w.ledger.heldAssets()
    expect(forfeits).to.be.greaterThan(0n)
  })

  it('keeps the first ruling when the second panel stays silent, and gives the appeal bond back', async () => {
    const w = await load()
    const caseId = await (reach['hearing again'] as Reach)(w)
    await decide(w, caseId, [])
    const { outcome, ruling: last } = await w.rail.grievanceOf(caseId)
    expect([outcome, last]).to.deep.equal([Outcome.upheld, BigInt(FULL)])
    expect(await credit(w, w.respondent)).to.equal(terms.appealBondAssets)
  })

  it('keeps the first ruling when the second panel cannot be drawn in time', async () => {
    const w = await load()
    const caseId = await (reach['drawing again'] as Reach)(w)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect((await w.rail.grievanceOf(caseId)).outcome).to.equal(Outcome.upheld)
    expect(await credit(w, w.respondent)).to.equal(terms.appealBondAssets)
  })

  it('is over, by time alone, no later than its terms and the bounds say', async () => {
    const w = await load()
    // the longest way: answered, first panel silent, second panel silent
    const caseId = await file(w)
    const { filedAt } = await w.rail.grievanceOf(caseId)
    await w.rail.connect(w.respondent).answer(caseId, hash('answer'))
    const t = terms
    const hearingSeconds = t.drawSeconds + t.commitSeconds + t.revealSeconds
    const most = t.answerSeconds + t.mediationSeconds + 2 * hearingSeconds + t.appealSeconds
    expect(most / 86_400).to.equal(76)
    for (let step = 0; (await stateOf(w, caseId)) !== State.closed; step++) {
      expect(step).to.be.lessThan(8)
      await toBlock(w, caseId)
      const { state, deadline } = await w.rail.grievanceOf(caseId)
      // draws as late as can be
      if (state === State.drawing) await networkHelpers.time.increaseTo(deadline - 2n)
      else await toDeadline(w, caseId)
      await advance(w, caseId)
    }
    expect((await networkHelpers.time.latest()) - Number(filedAt)).to.be.at.most(most + 8)
  })

  it('counts what becomes of cases', async () => {
    const w = await load()
    await w.rail.connect(w.complainant).withdraw(await file(w))
    await settle(w, await file(w))
    const caseId = await (reach['drawing again'] as Reach)(w)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    const s = await w.rail.statisticsOf(0)
    expect([s.opened, s.withdrawn, s.settled, s.upheld, s.dismissed, s.unheard, s.defaulted, s.appealed]).to.deep.equal(
      [3n, 1n, 1n, 1n, 0n, 0n, 1n, 1n],
    )
    expect(s.paidAssets).to.equal(700n * UNIT)
    // to answer, and to draw both panels; the second was never drawn
    expect(Number(s.openSeconds)).to.be.closeTo((terms.answerSeconds + terms.drawSeconds) as number, 300)
  })

  it('signs settlements under its own domain', async () => {
    const w = await load()
    const { fields, name, version, chainId, verifyingContract } = await w.rail.eip712Domain()
    expect({ fields, name, version, chainId, verifyingContract }).to.deep.equal({
      fields: '0x0f',
      ...(await domainOf(w)),
    })
  })
})
