import { expect } from 'chai'
import {
  advance,
  closed,
  commit,
  credit,
  DISMISS,
  decide,
  draw,
  ethers,
  FULL,
  file,
  hash,
  hearing,
  networkHelpers,
  OrderKind,
  qualified,
  Remedy,
  reveal,
  ruling,
  State,
  Subject,
  settle,
  settlement,
  signSettlement,
  terms,
  toDeadline,
  UNIT,
  type World,
  world,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const deadlineOf = async (w: World, caseId: bigint) => (await w.rail.grievanceOf(caseId)).deadline
/** What is sent next is in a block of that second. */
const at = (time: bigint) => networkHelpers.time.setNextBlockTimestamp(time)

interface Boundary {
  /** The second, and what is tried in it. */
  reach(w: World): Promise<{ time: bigint; act: () => Promise<unknown> }>
  /** The contract that refuses, and how. */
  error: readonly [keyof World, string]
}

async function settling(w: World) {
  const caseId = await file(w)
  const s = await settlement({ assets: 0n })
  const [a, b] = [await signSettlement(w, w.complainant, caseId, s), await signSettlement(w, w.respondent, caseId, s)]
  return { time: BigInt(s.expiresAt), act: () => w.rail.settle(caseId, s, a, b) }
}

async function ruled(w: World) {
  const { caseId } = await hearing(w)
  await decide(w, caseId, [FULL, FULL, FULL])
  return caseId
}

async function revealing(w: World) {
  const { caseId, panel } = await hearing(w)
  const [arbiter] = panel
  if (!arbiter) throw new Error('a panel has members')
  await commit(w, caseId, arbiter, FULL)
  const { commitBy, revealBy } = await w.panels.panelOf(caseId, 1)
  return { commitBy, revealBy, caseId, act: () => reveal(w, caseId, arbiter, FULL) }
}

async function apologising(w: World) {
  const { caseId } = await closed(w, Array(3).fill(ruling(true, 0, Remedy.apology)), { remedies: Remedy.apology })
  const time = await w.orders.untilOf(caseId, OrderKind.apology)
  return { time, caseId }
}

async function againstComponent(w: World) {
  const { caseId } = await closed(w, Array(3).fill(ruling(true, 0, Remedy.suspension)), {
    ...{ respondent: w.registry.publisher.address, subjectKind: Subject.component, subjectId: w.componentId },
    remedies: Remedy.suspension,
  })
  return caseId
}

async function resigned(w: World) {
  const [arbiter] = w.arbiters
  if (!arbiter) throw new Error('there are arbiters')
  await w.register.connect(arbiter).resign()
  const { leftAt } = await w.register.arbiterOf(arbiter)
  // the longest case, 160 days, and a week
  return { time: leftAt + 167n * 86_400n, act: () => w.register.release(arbiter) }
}

async function announced(w: World) {
  await w.respondents.connect(w.stranger).bondFor(w.respondent, UNIT)
  await w.respondents.connect(w.respondent).giveNotice()
  const given = BigInt(await networkHelpers.time.latest())
  return { time: given + 167n * 86_400n, act: () => w.respondents.release(w.respondent) }
}

/** Possible in the second before, and not in this one any more. */
const until: Record<string, Boundary> = {
  'answer at the deadline': {
    async reach(w) {
      const caseId = await file(w)
      return {
        time: await deadlineOf(w, caseId),
        act: () => w.rail.connect(w.respondent).answer(caseId, hash('answer')),
      }
    },
    error: ['rail', 'Grievance_TooLate'],
  },
  'appeal at the deadline': {
    async reach(w) {
      const caseId = await ruled(w)
      return { time: await deadlineOf(w, caseId), act: () => w.rail.connect(w.respondent).appeal(caseId) }
    },
    error: ['rail', 'Grievance_TooLate'],
  },
  'settle when the settlement expires': { reach: settling, error: ['rail', 'Grievance_Expired'] },
  'commit when commits are over': {
    async reach(w) {
      const { caseId, panel } = await hearing(w)
      const { commitBy } = await w.panels.panelOf(caseId, 1)
      const [arbiter] = panel
      if (!arbiter) throw new Error('a panel has members')
      return { time: commitBy, act: () => commit(w, caseId, arbiter, FULL) }
    },
    error: ['panels', 'Panels_CommitsOver'],
  },
  'recuse when commits are over': {
    async reach(w) {
      const { caseId, panel } = await hearing(w)
      const { commitBy } = await w.panels.panelOf(caseId, 1)
      const [arbiter] = panel
      if (!arbiter) throw new Error('a panel has members')
      return { time: commitBy, act: () => w.panels.connect(arbiter).recuse(caseId) }
    },
    error: ['panels', 'Panels_CommitsOver'],
  },
  'reveal when reveals are over': {
    async reach(w) {
      const { revealBy, act } = await revealing(w)
      return { time: revealBy, act }
    },
    error: ['panels', 'Panels_RevealsOver'],
  },
  'carry an order out when its time is over': {
    async reach(w) {
      const { time, caseId } = await apologising(w)
      return { time, act: () => w.orders.connect(w.respondent).apologise(caseId, hash('sorry'), 'ipfs://sorry') }
    },
    error: ['orders', 'Orders_Over'],
  },
}

/** Refused in the second before, and possible in this one. */
const from: Record<string, Boundary> = {
  'reveal when commits are over': {
    async reach(w) {
      const { commitBy, act } = await revealing(w)
      return { time: commitBy, act }
    },
    error: ['panels', 'Panels_CommitsRun'],
  },
  'record that an order was missed when its time is over': {
    async reach(w) {
      const { time, caseId } = await apologising(w)
      return { time, act: () => w.orders.miss(caseId, OrderKind.apology) }
    },
    error: ['orders', 'Orders_NotOver'],
  },
  'have the registry suspend a component fourteen days after its case was opened': {
    async reach(w) {
      const caseId = await againstComponent(w)
      await w.orders.proceed(caseId)
      const { openedAt } = await w.registry.components.caseOf(w.componentId)
      return { time: openedAt + 14n * 86_400n, act: () => w.orders.proceed(caseId) }
    },
    error: ['orders', 'Orders_AnswerPending'],
  },
  'put an arbiter on the list a week after joining': {
    async reach(w) {
      const arbiter = await qualified(w, 'newcomer')
      await w.register.connect(arbiter).join()
      const { joinedAt } = await w.register.arbiterOf(arbiter)
      return { time: joinedAt + 7n * 86_400n, act: () => w.register.list(arbiter) }
    },
    error: ['register', 'Arbiters_TooEarly'],
  },
  'give an arbiter the bond back a week after the longest case': {
    reach: resigned,
    error: ['register', 'Arbiters_TooEarly'],
  },
  'give a respondent the bond back a week after the longest case': {
    reach: announced,
    error: ['respondents', 'Bonds_NoticeRuns'],
  },
}

const refuses = (w: World, [name, error]: Boundary['error'], sent: Promise<unknown>) =>
  expect(sent).to.be.revertedWithCustomError(w[name] as World['rail'], error as 'Grievance_TooLate')

describe('To the second', () => {
  for (const [what, { reach, error }] of Object.entries(until)) {
    it(`nobody can ${what}`, async () => {
      const w = await load()
      const { time, act } = await reach(w)
      await at(time)
      await refuses(w, error, act())
    })

    it(`one can in the second before: ${what}`, async () => {
      const w = await load()
      const { time, act } = await reach(w)
      await at(time - 1n)
      await act()
    })
  }

  for (const [what, { reach, error }] of Object.entries(from))
    it(`one can ${what}, and not a second before`, async () => {
      const w = await load()
      const { time, act } = await reach(w)
      await at(time - 1n)
      await refuses(w, error, act())
      await at(time)
      await act()
    })

  it('a hearing is over when reveals are, whoever committed and stayed away', async () => {
    const w = await load()
    const { caseId, revealBy } = await revealing(w)
    await at(revealBy)
    await advance(w, caseId)
    const { state, instance } = await w.rail.grievanceOf(caseId)
    expect([state, instance]).to.deep.equal([State.drawing, 2n]) // nobody ruled: a second panel
  })

  it('what follows counts from the moment it follows on', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w)
    const now = async () => BigInt(await networkHelpers.time.latest())
    for (const arbiter of panel) await commit(w, caseId, arbiter, FULL)
    for (const arbiter of panel) await reveal(w, caseId, arbiter, FULL)
    await advance(w, caseId) // days before it had to be
    expect(await deadlineOf(w, caseId)).to.equal((await now()) + BigInt(terms.appealSeconds))
    await w.rail.connect(w.respondent).appeal(caseId)
    const { deadline, drawBlock } = await w.rail.grievanceOf(caseId)
    expect(deadline).to.equal((await now()) + BigInt(terms.drawSeconds))
    expect(drawBlock).to.equal(BigInt((await ethers.provider.getBlockNumber()) + terms.appealDrawBlocks))
  })
})

describe('To the block', () => {
  it('a case can be withdrawn before the block that draws, and not in it', async () => {
    const w = await load()
    const cases = [await file(w), await file(w)] as const
    const [first, second] = cases
    const mineUpTo = async (block: bigint) =>
      networkHelpers.mine(block - BigInt(await ethers.provider.getBlockNumber()))
    const drawBlock = (await w.rail.grievanceOf(first)).drawBlock
    await mineUpTo(drawBlock - 2n)
    await w.rail.connect(w.complainant).withdraw(first) // in the block before
    const next = (await w.rail.grievanceOf(second)).drawBlock
    await mineUpTo(next - 1n)
    await expect(w.rail.connect(w.complainant).withdraw(second))
      .to.be.revertedWithCustomError(w.rail, 'Grievance_DrawKnown')
      .withArgs(second, next)
  })
})

describe('To the unit', () => {
  it('an appeal that wins nothing but a remedy was worth it: the bond goes back', async () => {
    const w = await load()
    const { caseId } = await hearing(w, { remedies: Remedy.apology })
    await decide(w, caseId, Array(3).fill(FULL))
    await w.rail.connect(w.complainant).appeal(caseId)
    await draw(w, caseId)
    await decide(w, caseId, Array(5).fill(ruling(true, 4, Remedy.apology)))
    expect(await credit(w, w.complainant)).to.equal(terms.appealBondAssets + terms.bondAssets)
  })

  it('an apology that both sides signed is owed by the respondent', async () => {
    const w = await load()
    const caseId = await file(w)
    await settle(w, caseId, { assets: 0n, apology: true })
    const { complainant, respondent } = await w.orders.ordersOf(caseId)
    expect([complainant, respondent]).to.deep.equal([w.complainant.address, w.respondent.address])
    await w.orders.connect(w.respondent).apologise(caseId, hash('sorry'), 'ipfs://sorry')
  })

  it('statistics count the seconds that a case was open', async () => {
    const w = await load()
    const caseId = await file(w)
    const { filedAt } = await w.rail.grievanceOf(caseId)
    await at(filedAt + 1_000n)
    await w.rail.connect(w.complainant).withdraw(caseId)
    expect((await w.rail.statisticsOf(0)).openSeconds).to.equal(1_000n)
  })

  it('only those without a conflict with what a case is about sit on it', async () => {
    const w = await load()
    const free = w.arbiters.slice(-terms.panelSize)
    for (const arbiter of w.arbiters.slice(0, -terms.panelSize))
      await w.register.connect(arbiter).declareConflict(w.componentId, true)
    await networkHelpers.mine()
    const { panel } = await hearing(w, {
      ...{ respondent: w.registry.publisher.address, subjectKind: Subject.component, subjectId: w.componentId },
    })
    expect(panel.map(one => one.address)).to.have.members(free.map(one => one.address))
  })

  it('the reserve pays what a case did not take, and keeps the rest', async () => {
    const w = await load()
    await w.ledger.connect(w.stranger).giveToReserve(1_000n * UNIT)
    await closed(w, [DISMISS, DISMISS, DISMISS])
    // three rewards of 50, of which the filing bond pays 10
    expect(await w.ledger.balanceOf(await w.ledger.reserve())).to.equal(860n * UNIT)
  })

  it('the cases of a season cost one bond more each, those of the season before nothing', async () => {
    const w = await load()
    const nextCost = async () => (await w.desk.bondFor(w.complainant)).bondAssets
    for (let n = 0; n < 3; n++) await file(w)
    await networkHelpers.time.increase(90 * 86_400)
    expect(await nextCost()).to.equal(terms.bondAssets)
    await file(w)
    expect(await nextCost()).to.equal(2n * terms.bondAssets)
  })

  it('an apology is at an address of 256 bytes at most', async () => {
    const w = await load()
    const { caseId } = await apologising(w)
    const apologise = (bytes: number) =>
      w.orders.connect(w.respondent).apologise(caseId, hash('sorry'), `ipfs://${'x'.repeat(bytes - 7)}`)
    await expect(apologise(257)).to.be.revertedWithCustomError(w.orders, 'Orders_UriTooLong').withArgs(257, 256)
    await apologise(256)
  })

  it('a bond that left takes its notice along: who bonds again is bound again', async () => {
    const w = await load()
    const { time, act } = await announced(w)
    await at(time)
    await act()
    expect(await w.respondents.releasableAt(w.respondent)).to.equal(0n)
    await w.respondents.connect(w.stranger).bondFor(w.respondent, UNIT)
    await expect(act()).to.be.revertedWithCustomError(w.respondents, 'Bonds_NoNotice')
  })

  it('a respondent who answered is not counted as one who did not', async () => {
    const w = await load()
    const caseId = await file(w)
    await w.rail.connect(w.respondent).answer(caseId, hash('answer'))
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect((await w.rail.statisticsOf(0)).defaulted).to.equal(0n)
  })

  it('a second panel is as large as its terms say', async () => {
    const w = await load()
    const caseId = await ruled(w)
    await w.rail.connect(w.respondent).appeal(caseId)
    expect(await draw(w, caseId)).to.have.length(terms.appealPanelSize)
  })
})

describe('Orders, to the second', () => {
  it('have ninety, a hundred and twenty, ninety and thirty days', async () => {
    const w = await load()
    const caseId = await againstComponent(w)
    const { issuedAt } = await w.orders.ordersOf(caseId)
    const days = async (kind: number) => Number((await w.orders.untilOf(caseId, kind)) - issuedAt) / 86_400
    expect(await Promise.all([0, 1, 2, 3].map(days))).to.deep.equal([90, 120, 90, 30])
  })

  it('open a component’s case again when the thirty days to decide it are over', async () => {
    const w = await load()
    const caseId = await againstComponent(w)
    await w.orders.proceed(caseId)
    const { openedAt } = await w.registry.components.caseOf(w.componentId)
    await at(openedAt + 44n * 86_400n)
    await expect(w.orders.proceed(caseId)).to.emit(w.orders, 'ComponentProceeded').withArgs(caseId, w.componentId, 0)
  })
})
