import { expect } from 'chai'
import {
  ARBITER_BOND,
  ARBITERS,
  accountFor,
  advance,
  closed,
  commit,
  credit,
  DAY,
  ethers,
  FULL,
  hash,
  hearing,
  networkHelpers,
  qualified,
  reveal,
  SeatState,
  toDeadline,
  UNIT,
  world,
  YEAR,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const BOND_STAYS = (30 + 30 + 2 * (14 + 14 + 7) + 30 + 7) * DAY

describe('Arbiters', () => {
  it('join with a credential and a bond, and are on the list a week later', async () => {
    const w = await load()
    await expect(w.register.connect(w.stranger).join()).to.be.revertedWithCustomError(
      w.register,
      'Arbiters_NotQualified',
    )
    const one = await qualified(w, 'new one')
    await expect(w.register.connect(one).join()).to.changeTokenBalance(ethers, w.token, one, -ARBITER_BOND)
    await expect(w.register.connect(one).join()).to.be.revertedWithCustomError(w.register, 'Arbiters_Joined')
    const { joinedAt } = await w.register.arbiterOf(one)
    await expect(w.register.list(one))
      .to.be.revertedWithCustomError(w.register, 'Arbiters_TooEarly')
      .withArgs(one.address, joinedAt + BigInt(7 * DAY))
    await networkHelpers.time.increase(7 * DAY)
    await w.register.connect(w.stranger).list(one)
    await expect(w.register.list(one)).to.be.revertedWithCustomError(w.register, 'Arbiters_Listed')
    await expect(w.register.list(w.stranger)).to.be.revertedWithCustomError(w.register, 'Arbiters_NotJoined')
  })

  it('who leave are off the list at once; what it was before stays what it was', async () => {
    const w = await load()
    const t0 = await networkHelpers.time.latest()
    const listAt = async (t: number) => {
      const count = Number(await w.register.countAt(t))
      return Promise.all(Array.from({ length: count }, (_, i) => w.register.arbiterAt(i, t)))
    }
    await networkHelpers.mine()
    const before = await listAt(t0)
    expect(before).to.deep.equal(w.arbiters.map(a => a.address))
    const [first, , third] = w.arbiters
    const last = w.arbiters.at(-1)
    if (!first || !third || !last) throw new Error('too few')
    await w.register.connect(first).resign()
    await w.register.connect(last).resign() // now in the first place
    await w.register.connect(third).resign()
    await networkHelpers.mine()
    const t1 = (await networkHelpers.time.latest()) - 1
    const gone = [first, third, last].map(a => a.address)
    const after = await listAt(t1)
    expect(after).to.have.members(before.filter(a => !gone.includes(a)))
    expect(after).to.have.length(ARBITERS - 3)
    expect(await listAt(t0)).to.deep.equal(before)
    await expect(w.register.countAt((await networkHelpers.time.latest()) + 10)).to.be.revertedWithCustomError(
      w.register,
      'Arbiters_NotPast',
    )
  })

  it('get their bond back when no case can be open that could draw them', async () => {
    const w = await load()
    const [one] = w.arbiters
    if (!one) throw new Error('none')
    await expect(w.register.release(one)).to.be.revertedWithCustomError(w.register, 'Arbiters_NotLeft')
    await w.register.connect(one).resign()
    await expect(w.register.connect(one).resign()).to.be.revertedWithCustomError(w.register, 'Arbiters_Left')
    await expect(w.register.list(one)).to.be.revertedWithCustomError(w.register, 'Arbiters_Left')
    const { leftAt } = await w.register.arbiterOf(one)
    await networkHelpers.time.setNextBlockTimestamp(Number(leftAt) + BOND_STAYS - 1)
    await networkHelpers.mine()
    await networkHelpers.time.setNextBlockTimestamp(Number(leftAt) + BOND_STAYS)
    await w.register.release(one)
    expect(await credit(w, one)).to.equal(ARBITER_BOND)
    await expect(w.register.release(one)).to.be.revertedWithCustomError(w.register, 'Arbiters_NotJoined')
  })

  it('get their bond back when no case can draw them any more, and not before', async () => {
    const w = await load()
    const [one] = w.arbiters
    if (!one) throw new Error('none')
    await w.register.connect(one).resign()
    await expect(w.register.release(one)).to.be.revertedWithCustomError(w.register, 'Arbiters_TooEarly')
    expect(await w.panels.isOver(1, 1)).to.equal(false) // nobody was drawn
  })

  it('can leave before they were on the list', async () => {
    const w = await load()
    const one = await qualified(w, 'hasty')
    await w.register.connect(one).join()
    await w.register.connect(one).resign()
    await networkHelpers.mine()
    expect(await w.register.countAt((await networkHelpers.time.latest()) - 1)).to.equal(BigInt(ARBITERS))
  })

  it('whose bond fell below half are off the list', async () => {
    const w = await load()
    const { authority } = w.registry.evidence
    const [one] = w.arbiters
    if (!one) throw new Error('none')
    await authority.grantRole(62, w.stranger, 0)
    const penalise = (assets: bigint) => w.register.connect(w.stranger).penalise(one, assets, hash('somewhere'))
    await penalise(250n * UNIT)
    expect((await w.register.arbiterOf(one)).leftAt).to.equal(0n)
    await expect(penalise(1n)).to.emit(w.register, 'ArbiterLeft')
    await expect(penalise(1000n * UNIT))
      .to.emit(w.register, 'ArbiterPenalised')
      .withArgs(one.address, 250n * UNIT - 1n, 0n)
    expect(await w.ledger.balanceOf(hash('somewhere'))).to.equal(ARBITER_BOND)
  })

  it('have their bond’s size set within bounds, for who joins later', async () => {
    const w = await load()
    const { governor } = w
    await expect(w.register.connect(w.stranger).setBond(1)).to.be.revertedWithCustomError(
      w.register,
      'AccessManagedUnauthorized',
    )
    for (const wrong of [0n, 100_000n * UNIT + 1n])
      await expect(w.register.connect(governor).setBond(wrong)).to.be.revertedWithCustomError(
        w.register,
        'Arbiters_BondOutOfRange',
      )
    await w.register.connect(governor).setBond(7n * UNIT)
    const one = await qualified(w, 'cheap')
    await w.register.connect(one).join()
    expect(await w.ledger.balanceOf(accountFor('arbiter', one.address))).to.equal(7n * UNIT)
  })

  it('declare conflicts as arbiters only', async () => {
    const w = await load()
    await expect(w.register.connect(w.stranger).declareConflict(hash('x'), true)).to.be.revertedWithCustomError(
      w.register,
      'Arbiters_NotJoined',
    )
  })

  it('who recused in time pay nothing and get nothing', async () => {
    const w = await load()
    await w.ledger.connect(w.stranger).giveToReserve(1000n * UNIT)
    const { caseId, panel } = await hearing(w)
    const [a, b, c] = panel
    if (!a || !b || !c) throw new Error('small panel')
    await w.panels.connect(a).recuse(caseId)
    await commit(w, caseId, b, FULL)
    await expect(w.panels.connect(b).recuse(caseId))
      .to.be.revertedWithCustomError(w.panels, 'Panels_WrongState')
      .withArgs(caseId, b.address, SeatState.committed)
    await commit(w, caseId, c, FULL)
    expect(await w.panels.areCommitsOver(caseId, 1)).to.equal(true)
    await reveal(w, caseId, b, FULL)
    await reveal(w, caseId, c, FULL)
    await advance(w, caseId)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect(await credit(w, a)).to.equal(0n)
    expect(await w.ledger.balanceOf(accountFor('arbiter', a.address))).to.equal(ARBITER_BOND)
    expect(await credit(w, b)).to.equal(50n * UNIT)
  })
})

describe('Respondents', () => {
  it('bond themselves, and leave after a notice longer than any case', async () => {
    const w = await load()
    const { respondents, respondent } = w
    await expect(respondents.connect(respondent).bondFor(respondent, 0)).to.be.revertedWithCustomError(
      respondents,
      'Bonds_NoAssets',
    )
    await expect(respondents.connect(respondent).giveNotice()).to.be.revertedWithCustomError(
      respondents,
      'Bonds_NothingBonded',
    )
    await respondents.connect(respondent).bondFor(respondent, 5n * UNIT)
    await expect(respondents.release(respondent)).to.be.revertedWithCustomError(respondents, 'Bonds_NoNotice')
    await expect(respondents.connect(respondent).takeNoticeBack()).to.be.revertedWithCustomError(
      respondents,
      'Bonds_NoNotice',
    )
    await respondents.connect(respondent).giveNotice()
    await expect(respondents.connect(respondent).giveNotice()).to.be.revertedWithCustomError(
      respondents,
      'Bonds_NoticeGiven',
    )
    const at = await respondents.releasableAt(respondent)
    expect(Number(at) - (await networkHelpers.time.latest())).to.equal(BOND_STAYS)
    await respondents.connect(respondent).takeNoticeBack()
    await respondents.connect(respondent).giveNotice()
    await expect(respondents.release(respondent)).to.be.revertedWithCustomError(respondents, 'Bonds_NoticeRuns')
    await networkHelpers.time.increase(BOND_STAYS)
    await respondents.connect(w.stranger).release(respondent)
    expect(await credit(w, respondent)).to.equal(5n * UNIT)
  })

  it('stay liable during their notice for cases that were open before', async () => {
    const w = await load()
    await w.respondents.connect(w.respondent).bondFor(w.respondent, 2000n * UNIT)
    await w.respondents.connect(w.respondent).giveNotice()
    await closed(w, [FULL, FULL, FULL])
    expect(await credit(w, w.complainant)).to.be.greaterThan(1000n * UNIT)
    await networkHelpers.time.increase(YEAR)
    await w.respondents.release(w.respondent)
  })
})
