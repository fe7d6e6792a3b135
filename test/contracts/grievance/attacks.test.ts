import { expect } from 'chai'
import type { Wallet } from 'ethers'
import {
  ARBITER_BOND,
  accountFor,
  advance,
  anchored,
  closed,
  commit,
  commitmentFor,
  credit,
  DAY,
  DISMISS,
  dealt,
  decide,
  domainOf,
  draw,
  drawing,
  ethers,
  FULL,
  file,
  filing,
  hash,
  hearing,
  networkHelpers,
  nextOf,
  Outcome,
  qualified,
  REASON,
  REASONS,
  Remedy,
  reveal,
  ruling,
  SALT,
  State,
  Subject,
  seated,
  seedFor,
  settlement,
  settlementTypes,
  signSettlement,
  terms,
  toBlock,
  toDeadline,
  UNIT,
  type World,
  world,
  ZeroAddress,
  ZeroHash,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const panelOf = async (w: World, caseId: bigint, instance = 1) =>
  (await w.panels.seatsOf(caseId, instance)).map(seat => seat.arbiter)

describe('Attacks on grievances', () => {
  it('arbiter bribery by known draw: until its block is mined nobody can tell the panel, and the appeal’s is another', async () => {
    const w = await load()
    const caseId = await drawing(w)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    expect(await w.panels.drawBlockAt(drawBlock)).to.deep.equal([drawBlock, ZeroHash])
    // two futures that differ in that block alone
    const snapshot = await networkHelpers.takeSnapshot()
    const panels: string[] = []
    for (const seed of [1n, 2n, 3n, 4n]) {
      const present = BigInt(await ethers.provider.getBlockNumber())
      await networkHelpers.mine(drawBlock - present - 1n)
      await networkHelpers.setPrevRandao(seed)
      await networkHelpers.mine()
      await draw(w, caseId)
      panels.push((await panelOf(w, caseId)).toSorted().join())
      await snapshot.restore()
    }
    expect(new Set(panels).size).to.be.greaterThan(1)
    const first = await draw(w, caseId)
    await decide(w, caseId, [DISMISS, DISMISS, DISMISS])
    await w.rail.connect(w.complainant).appeal(caseId)
    expect((await w.panels.drawBlockAt((await w.rail.grievanceOf(caseId)).drawBlock))[1]).to.equal(ZeroHash)
    const second = await draw(w, caseId)
    expect(second.filter(a => first.includes(a))).to.deep.equal([])
  })

  it('case flooding: each case costs one bond more than the last, and the sum grows with the square', async () => {
    const w = await load()
    let paid = 0n
    for (let i = 0; i < 10; i++) {
      const before = await w.token.balanceOf(w.filer)
      await file(w, {}, w.filer)
      paid += before - (await w.token.balanceOf(w.filer))
    }
    expect(paid).to.equal(terms.bondAssets * 55n)
  })

  it('case flooding in the name of somebody with an equity credential: the waiver is the filer’s, not the complainant’s', async () => {
    const w = await load()
    const expiry = (await networkHelpers.time.latest()) + 300 * DAY
    await w.competence.connect(w.issuer).issue(w.complainant, hash('equity'), 1, expiry, ZeroHash)
    await networkHelpers.mine()
    const caseId = await file(w, {}, w.stranger)
    const { waived, bondAssets } = await w.rail.grievanceOf(caseId)
    expect([waived, bondAssets]).to.deep.equal([false, terms.bondAssets])
  })

  it('grinding the draw by refiling: a case cannot be withdrawn once its block is there, and each new one costs more', async () => {
    const w = await load()
    const caseId = await file(w)
    await toBlock(w, caseId) // long before the time to answer is over
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    await expect(w.rail.connect(w.complainant).withdraw(caseId))
      .to.be.revertedWithCustomError(w.rail, 'Grievance_DrawKnown')
      .withArgs(caseId, drawBlock)
    expect((await w.desk.bondFor(w.complainant))[0]).to.equal(terms.bondAssets * 2n)
    // neither can another state be waited for: mediation is no way out either
    await w.rail.connect(w.respondent).answer(caseId, hash('answer'))
    await expect(w.rail.connect(w.complainant).withdraw(caseId)).to.be.revertedWithCustomError(
      w.rail,
      'Grievance_DrawKnown',
    )
  })

  it('grinding the draw by when it is called: whoever calls, whenever, the same block draws', async () => {
    const w = await load()
    const caseId = await drawing(w)
    await toBlock(w, caseId)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    const panels: string[] = []
    const snapshot = await networkHelpers.takeSnapshot()
    for (const [by, later] of [
      [w.complainant, 1],
      [w.respondent, 17],
      [w.stranger, 250],
    ] as const) {
      const present = BigInt(await ethers.provider.getBlockNumber())
      await networkHelpers.mine(drawBlock + BigInt(later) - present)
      await w.rail.connect(by).advance(caseId)
      panels.push((await panelOf(w, caseId)).join())
      await snapshot.restore()
    }
    expect(new Set(panels).size).to.equal(1)
  })

  it('panel stuffing after filing: who joins, leaves, is qualified or declares a conflict later changes nothing', async () => {
    const w = await load()
    const friends: Wallet[] = []
    for (let i = 0; i < 5; i++) {
      friends.push(await qualified(w, `friend ${i}`))
      await w.register.connect(friends[i] as Wallet).join()
    }
    const late = await qualified(w, 'late')
    await networkHelpers.time.increase(7 * DAY)
    // a second before the filing, and so on the list; draw.test.ts has the same block
    await w.register.list(friends[0] as Wallet)
    const caseId = await file(w)
    const list = await Promise.all(
      Array.from({ length: 13 }, async (_, i) =>
        w.register.arbiterAt(i, (await w.rail.grievanceOf(caseId)).filedAt - 1n),
      ),
    )
    for (const friend of friends.slice(1)) await w.register.list(friend)
    await w.register.connect(late).join()
    await w.register.connect(w.arbiters[0] as Wallet).resign()
    await w.register.connect(w.arbiters[1] as Wallet).declareConflict(await w.register.accountTopic(w.respondent), true)
    await w.competence.connect(w.issuer).revoke(3, ZeroHash)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await toBlock(w, caseId)
    const { drawBlock } = await w.rail.grievanceOf(caseId)
    await advance(w, caseId)
    const seed = await seedFor(w, caseId, 1, (await ethers.provider.getBlock(Number(drawBlock)))?.hash ?? '')
    expect(await panelOf(w, caseId)).to.deep.equal(dealt(seed, list, () => true, 3))
  })

  it('an arbiter who copies a commitment: cannot open it, and is penalised', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w)
    const [a, b, c] = panel as [Wallet, Wallet, Wallet]
    const stolen = await commitmentFor(w, caseId, 1, a.address, FULL)
    expect(await w.panels.commitmentFor(caseId, 1, a, FULL, REASONS, SALT)).to.equal(stolen)
    await w.panels.connect(a).commit(caseId, stolen)
    await w.panels.connect(b).commit(caseId, stolen)
    await commit(w, caseId, c, FULL)
    await reveal(w, caseId, a, FULL)
    await expect(reveal(w, caseId, b, FULL))
      .to.be.revertedWithCustomError(w.panels, 'Panels_WrongReveal')
      .withArgs(await commitmentFor(w, caseId, 1, b.address, FULL), stolen)
    await reveal(w, caseId, c, FULL)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect(await w.ledger.balanceOf(accountFor('arbiter', b.address))).to.equal(ARBITER_BOND - terms.penaltyAssets)
  })

  it('an arbiter who reveals another ruling, reasons or salt than committed, or one that was not asked for', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w, { remedies: Remedy.apology })
    const [a, b, c] = panel as [Wallet, Wallet, Wallet]
    await expect(w.panels.connect(a).commit(caseId, ZeroHash)).to.be.revertedWithCustomError(
      w.panels,
      'Panels_NoCommitment',
    )
    await commit(w, caseId, a, FULL)
    await expect(commit(w, caseId, a, DISMISS)).to.be.revertedWithCustomError(w.panels, 'Panels_WrongState')
    await expect(reveal(w, caseId, a, FULL)).to.be.revertedWithCustomError(w.panels, 'Panels_CommitsRun')
    await commit(w, caseId, b, ruling(true, 0, Remedy.correction))
    await commit(w, caseId, c, ruling(false, 1))
    const { panels } = w
    for (const [value, reasons, salt] of [
      [DISMISS, REASONS, SALT],
      [FULL, hash('other reasons'), SALT],
      [FULL, REASONS, hash('other salt')],
    ] as const)
      await expect(panels.connect(a).reveal(caseId, value, reasons, salt)).to.be.revertedWithCustomError(
        panels,
        'Panels_WrongReveal',
      )
    for (const [who, value] of [
      [b, ruling(true, 0, Remedy.correction)], // not asked for
      [c, ruling(false, 1)], // a dismissal that gives money
      [c, ruling(true, 5)], // more than everything
      [c, ruling(false, 0, Remedy.apology)],
    ] as const)
      await expect(reveal(w, caseId, who, value)).to.be.revertedWithCustomError(panels, 'Panels_UnsoundRuling')
    await expect(
      reveal(w, caseId, w.arbiters.find(one => !panel.includes(one)) as Wallet, FULL),
    ).to.be.revertedWithCustomError(panels, 'Panels_NotSeated')
    await toDeadline(w, caseId)
    await expect(reveal(w, caseId, a, FULL)).to.be.revertedWithCustomError(panels, 'Panels_RevealsOver')
  })

  it('an arbiter who never reveals, or never commits: the others decide, and it pays', async () => {
    const w = await load()
    const { caseId, panel } = await hearing(w)
    const [a, b, c] = panel as [Wallet, Wallet, Wallet]
    await commit(w, caseId, a, FULL)
    await commit(w, caseId, b, FULL)
    const { commitBy } = await w.panels.panelOf(caseId, 1)
    await networkHelpers.time.increaseTo(commitBy)
    await expect(commit(w, caseId, c, FULL)).to.be.revertedWithCustomError(w.panels, 'Panels_CommitsOver')
    await expect(w.panels.connect(c).recuse(caseId)).to.be.revertedWithCustomError(w.panels, 'Panels_CommitsOver')
    await reveal(w, caseId, a, FULL)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    expect((await w.rail.grievanceOf(caseId)).outcome).to.equal(Outcome.upheld)
    for (const one of [b, c])
      expect(await w.ledger.balanceOf(accountFor('arbiter', one.address))).to.equal(ARBITER_BOND - terms.penaltyAssets)
    expect(await credit(w, a)).to.equal(terms.rewardAssets)
  })

  it('a respondent who stays silent: the case goes on without', async () => {
    const w = await load()
    const { caseId } = await closed(w, [FULL, FULL, FULL])
    const { answered, outcome } = await w.rail.grievanceOf(caseId)
    expect([answered, outcome]).to.deep.equal([false, Outcome.upheld])
    expect((await w.rail.statisticsOf(0)).defaulted).to.equal(1n)
  })

  it('a tie: is no majority, whatever was asked for', async () => {
    const w = await load()
    const { caseId } = await closed(w, [FULL, DISMISS, undefined])
    expect((await w.rail.grievanceOf(caseId)).outcome).to.equal(Outcome.dismissed)
  })

  it('settlement replay on another case, another chain, another contract, or twice', async () => {
    const w = await load()
    const [one, two] = [await file(w), await file(w)]
    const s = await settlement({ assets: UNIT })
    const both = async (caseId: bigint) =>
      [await signSettlement(w, w.complainant, caseId, s), await signSettlement(w, w.respondent, caseId, s)] as const
    const [a, b] = await both(one)
    await expect(w.rail.settle(two, s, a, b)).to.be.revertedWithCustomError(w.rail, 'Grievance_WrongSignature')
    for (const change of [{ chainId: 1n }, { verifyingContract: w.stranger.address }]) {
      const domain = { ...(await domainOf(w)), ...change }
      const sign = (signer: typeof w.complainant) =>
        signer.signTypedData(domain, settlementTypes, { caseId: one, ...s })
      await expect(
        w.rail.settle(one, s, await sign(w.complainant), await sign(w.respondent)),
      ).to.be.revertedWithCustomError(w.rail, 'Grievance_WrongSignature')
    }
    await w.rail.settle(one, s, a, b)
    await expect(w.rail.settle(one, s, a, b)).to.be.revertedWithCustomError(w.rail, 'Grievance_WrongState')
  })

  it('a settlement that bills the commons: cannot be written', async () => {
    const w = await load()
    await w.token.mint(w.commons, 10_000n * UNIT)
    const caseId = await file(w)
    const s = await settlement({ assets: 500n * UNIT, apology: true })
    await w.rail.settle(
      caseId,
      s,
      await signSettlement(w, w.complainant, caseId, s),
      await signSettlement(w, w.respondent, caseId, s),
    )
    await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_NotOpen')
    expect(await w.commons.awarded()).to.equal(0n)
  })

  it('re-entrancy through the bond token: nothing that moves money can be entered again', async () => {
    const w = await load()
    const token = await ethers.deployContract('ReentrantToken')
    const { authority } = w.registry.evidence
    const ledger = await ethers.deployContract('GrievanceLedger', [authority, token, w.commons])
    await token.mint(w.stranger, 100n)
    await token.connect(w.stranger).approve(ledger, 100n)
    await ledger.connect(w.stranger).giveToReserve(1n)
    for (const call of [
      ledger.interface.encodeFunctionData('giveToReserve', [1n]),
      ledger.interface.encodeFunctionData('withdraw', [w.stranger.address]),
      ledger.interface.encodeFunctionData('forward', [1n]),
    ]) {
      await token.arm(ledger, call)
      await ledger.connect(w.stranger).giveToReserve(10n)
      expect(await token.reentered()).to.equal(false)
      expect((await token.outcome()).slice(0, 10)).to.equal(
        ledger.interface.getError('ReentrancyGuardReentrantCall')?.selector,
      )
    }
    expect(await ledger.heldAssets()).to.equal(31n)
    expect(await token.balanceOf(ledger)).to.equal(31n)
  })

  it('re-entrancy through the commons: an award cannot be asked for within an award', async () => {
    const w = await load()
    await w.token.mint(w.commons, 10_000n * UNIT)
    const { caseId } = await closed(w, [FULL, FULL, FULL])
    await w.commons.arm(w.orders, w.orders.interface.encodeFunctionData('award', [caseId]))
    await w.orders.award(caseId)
    expect(await w.commons.reentered()).to.equal(false)
    expect(await w.commons.awarded()).to.equal(1000n * UNIT)
  })

  it('a token that keeps a part: no bond is taken in it', async () => {
    const w = await load()
    const token = await ethers.deployContract('FeeToken')
    const ledger = await ethers.deployContract('GrievanceLedger', [w.registry.evidence.authority, token, w.commons])
    await token.mint(w.stranger, 1000n)
    await token.setFeeBps(100)
    await token.connect(w.stranger).approve(ledger, 1000n)
    await expect(ledger.connect(w.stranger).giveToReserve(1000n))
      .to.be.revertedWithCustomError(ledger, 'Ledger_Short')
      .withArgs(990n, 1000n)
  })

  it('a token that gives more than was asked for: nor in that', async () => {
    const w = await load()
    const token = await ethers.deployContract('RebasingToken')
    const ledger = await ethers.deployContract('GrievanceLedger', [w.registry.evidence.authority, token, w.commons])
    await token.mint(w.stranger, 1000n)
    await token.rebase(20_000)
    await token.connect(w.stranger).approve(ledger, 1000n)
    await expect(ledger.connect(w.stranger).giveToReserve(1000n))
      .to.be.revertedWithCustomError(ledger, 'Ledger_Short')
      .withArgs(2000n, 1000n)
  })

  it('appeal by a stranger, or by a filer whose case was taken over', async () => {
    const w = await load()
    const caseId = await file(w, {}, w.filer)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await draw(w, caseId)
    await decide(w, caseId, [DISMISS, DISMISS, DISMISS])
    await w.rail.connect(w.complainant).takeOver(caseId)
    for (const who of [w.stranger, w.filer])
      await expect(w.rail.connect(who).appeal(caseId))
        .to.be.revertedWithCustomError(w.rail, 'Grievance_NotParty')
        .withArgs(caseId, who.address)
    await w.rail.connect(w.complainant).appeal(caseId)
    // once
    await expect(w.rail.connect(w.respondent).appeal(caseId)).to.be.revertedWithCustomError(
      w.rail,
      'Grievance_WrongState',
    )
  })

  it('evidence void between filing and ruling: is struck on record, and cannot be cited any more', async () => {
    const w = await load()
    const aepId = await anchored(w)
    const { evidence } = w.registry
    const [, , disputer, adjudicator] = await ethers.getSigners()
    if (!disputer || !adjudicator) throw new Error('too few accounts')
    const caseId = await file(w)
    const { rail } = w
    await expect(rail.connect(w.complainant).citeEvidence(caseId, hash('nothing'))).to.be.revertedWithCustomError(
      rail,
      'Grievance_NoEvidence',
    )
    await expect(rail.strikeEvidence(caseId, aepId)).to.be.revertedWithCustomError(rail, 'Grievance_NotExhibited')
    await expect(rail.connect(w.complainant).citeEvidence(caseId, aepId))
      .to.emit(rail, 'ExhibitFiled')
      .withArgs(caseId, w.complainant.address, aepId, true)
    await expect(rail.strikeEvidence(caseId, aepId)).to.be.revertedWithCustomError(rail, 'Grievance_NotVoid')
    await evidence.registry.connect(disputer).dispute(aepId, REASON)
    await evidence.registry.connect(adjudicator).rule(aepId, false, REASON)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await draw(w, caseId) // a panel that sits is told
    await expect(rail.connect(w.stranger).strikeEvidence(caseId, aepId))
      .to.emit(rail, 'ExhibitStruck')
      .withArgs(caseId, aepId)
    await expect(rail.strikeEvidence(caseId, aepId)).to.be.revertedWithCustomError(rail, 'Grievance_NotExhibited')
    await decide(w, caseId, [DISMISS, DISMISS, DISMISS])
    await expect(rail.connect(w.complainant).citeEvidence(caseId, aepId)).to.be.revertedWithCustomError(
      rail,
      'Grievance_NoEvidence',
    )
    expect(nextOf(evidence.report).sequence).to.equal(2)
  })

  it('drowning a panel in exhibits: sixteen for each side', async () => {
    const w = await load()
    const caseId = await file(w)
    for (const party of [w.complainant, w.respondent]) {
      for (let i = 0; i < 16; i++) await w.rail.connect(party).commitEvidence(caseId, hash(`${i}`))
      await expect(w.rail.connect(party).commitEvidence(caseId, hash('more')))
        .to.be.revertedWithCustomError(w.rail, 'Grievance_TooManyExhibits')
        .withArgs(caseId, 16)
    }
    await expect(w.rail.connect(w.complainant).commitEvidence(caseId, ZeroHash)).to.be.revertedWithCustomError(
      w.rail,
      'Grievance_NoHash',
    )
  })

  it('compensation above what the commons hold: it is owed what was awarded and no more', async () => {
    const w = await load()
    await w.token.mint(w.commons, 5n * UNIT)
    const { caseId } = await closed(w, [FULL, FULL, FULL], { claimedAssets: terms.mostClaimAssets })
    await w.orders.award(caseId)
    expect(await w.commons.owed(w.complainant)).to.equal(5n * UNIT)
    // a commons that awards more than was asked for is not believed
    await w.commons.setGenerosity(terms.mostClaimAssets)
    await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_AwardAboveDue')
  })

  it('killing an award by asking while the commons is empty: it can be asked for again', async () => {
    const w = await load()
    const { caseId } = await closed(w, [FULL, FULL, FULL])
    await expect(w.orders.connect(w.respondent).award(caseId)).to.be.revertedWithCustomError(
      w.orders,
      'Orders_CommonsEmpty',
    )
    await w.token.mint(w.commons, 1000n * UNIT)
    await w.orders.award(caseId)
    expect(await w.commons.owed(w.complainant)).to.equal(1000n * UNIT)
  })

  it('double payment of arbiters: a closed case cannot be closed again', async () => {
    const w = await load()
    await w.ledger.connect(w.stranger).giveToReserve(1000n * UNIT)
    const { caseId, panel } = await closed(w, [FULL, FULL, FULL])
    for (const again of [() => advance(w, caseId), () => w.rail.connect(w.complainant).withdraw(caseId)])
      await expect(again()).to.be.revertedWithCustomError(w.rail, 'Grievance_WrongState').withArgs(caseId, State.closed)
    for (const one of panel) expect(await credit(w, one)).to.equal(terms.rewardAssets)
    await w.ledger.withdraw(panel[0]?.address ?? '')
    await expect(w.ledger.withdraw(panel[0]?.address ?? '')).to.be.revertedWithCustomError(w.ledger, 'Ledger_Nothing')
  })

  it('a token that refuses the complainant: the case closes all the same, and what is theirs waits', async () => {
    const w = await load()
    const token = await ethers.deployContract('BlacklistToken')
    const ledger = await ethers.deployContract('GrievanceLedger', [w.registry.evidence.authority, token, w.commons])
    await token.mint(w.stranger, 10n)
    await token.connect(w.stranger).approve(ledger, 10n)
    const { authority } = w.registry.evidence
    const collect = ledger.interface.getFunction('collect').selector
    await authority.setTargetFunctionRole(ledger, [collect, ledger.interface.getFunction('move').selector], 63)
    await authority.grantRole(63, w.stranger, 0)
    await token.setBlacklisted(w.complainant, true, 0)
    const account = await ledger.accountOf(w.complainant)
    await ledger.connect(w.stranger).collect(account, w.stranger, 10n)
    await ledger.connect(w.stranger).move(account, await ledger.accountOf(w.filer), 4n) // deciding goes on
    await expect(ledger.withdraw(w.complainant)).to.be.revertedWithCustomError(token, 'Blacklisted')
    await token.setBlacklisted(w.complainant, false, 0)
    await ledger.withdraw(w.complainant)
    expect(await token.balanceOf(w.complainant)).to.equal(6n)
  })

  it('a respondent of straw, to have somebody else’s component suspended', async () => {
    const w = await load()
    const about = { subjectKind: Subject.component, subjectId: w.componentId, remedies: Remedy.suspension }
    await expect(file(w, about))
      .to.be.revertedWithCustomError(w.desk, 'Desk_NotResponsible')
      .withArgs(w.componentId, w.respondent.address)
    await file(w, { ...about, respondent: w.registry.publisher.address })
    await file(w, { ...about, respondent: w.registry.maintainer.address })
  })

  it('a respondent who files against itself in a household’s name', async () => {
    const w = await load()
    await expect(w.rail.connect(w.respondent).open(filing(w)))
      .to.be.revertedWithCustomError(w.desk, 'Desk_SameParty')
      .withArgs(w.respondent.address)
  })

  it('terms changed under an open case: it keeps those it was opened under', async () => {
    const w = await load()
    const caseId = await file(w)
    const harsh = { ...terms, answerSeconds: 3 * DAY, panelSize: 1, appealPanelSize: 3, penaltyAssets: 1n }
    await expect(w.desk.connect(w.stranger).setTerms(harsh)).to.be.revertedWithCustomError(
      w.desk,
      'AccessManagedUnauthorized',
    )
    await w.desk.connect(w.governor).setTerms(harsh)
    await toDeadline(w, caseId)
    await advance(w, caseId)
    await draw(w, caseId)
    expect(await seated(w, caseId)).to.have.length(3)
    expect((await w.rail.grievanceOf(await file(w))).termsVersion).to.equal(2n)
  })

  it('terms that would make a case endless, unaffordable or even', async () => {
    const w = await load()
    const desk = w.desk.connect(w.governor)
    const out = { interface: (await ethers.deployContract('GrievanceTermsHarness')).interface }
    const bounds: [keyof typeof terms, bigint, bigint][] = [
      ['bondAssets', 1n, 100n * UNIT],
      ['appealBondAssets', 1n, 1000n * UNIT],
      ['penaltyAssets', 1n, 1000n * UNIT],
      ['answerSeconds', 3n, 30n],
      ['mediationSeconds', 3n, 30n],
      ['drawSeconds', 3n, 14n],
      ['commitSeconds', 2n, 14n],
      ['revealSeconds', 1n, 7n],
      ['appealSeconds', 3n, 30n],
    ]
    for (const [name, least, most] of bounds) {
      const unit = name.endsWith('Seconds') ? BigInt(DAY) : 1n
      const values = { ...terms, [name]: least * unit - 1n }
      await expect(desk.setTerms(values), name).to.be.revertedWithCustomError(out, 'Terms_OutOfRange')
      await expect(desk.setTerms({ ...terms, [name]: most * unit + 1n }), name).to.be.revertedWithCustomError(
        out,
        'Terms_OutOfRange',
      )
      await desk.setTerms({ ...terms, [name]: least * unit })
      await desk.setTerms({ ...terms, [name]: most * unit })
    }
    for (const wrong of [
      { rewardAssets: 1000n * UNIT + 1n },
      { mostClaimAssets: 1_000_000n * UNIT + 1n },
      { drawBlocks: 31 },
      { drawBlocks: 10_000_001 },
      { appealDrawBlocks: 31 },
      { panelSize: 0 },
      { panelSize: 6 },
      { appealPanelSize: 3 },
      { appealPanelSize: 10 },
      { leastLevel: 0 },
      { leastLevel: 6 },
    ])
      await expect(desk.setTerms({ ...terms, ...wrong })).to.be.revertedWithCustomError(out, 'Terms_OutOfRange')
    for (const even of [{ panelSize: 2 }, { appealPanelSize: 6 }])
      await expect(desk.setTerms({ ...terms, ...even })).to.be.revertedWithCustomError(out, 'Terms_Even')
    await expect(w.desk.termsOf(0)).to.be.revertedWithCustomError(w.desk, 'Desk_UnknownTerms')
    await expect(w.desk.termsOf(999)).to.be.revertedWithCustomError(w.desk, 'Desk_UnknownTerms')
    expect(await ethers.deployContract('GrievanceTermsHarness').then(h => h.mostCaseSeconds())).to.equal(160n * 86_400n)
  })

  it('filings that say nothing, or what is not', async () => {
    const w = await load()
    const no = (change: Parameters<typeof filing>[1], error: string) =>
      expect(file(w, change)).to.be.revertedWithCustomError(w.desk, error)
    await no({ complainant: ZeroAddress }, 'Desk_NoParty')
    await no({ respondent: ZeroAddress }, 'Desk_NoParty')
    await no({ respondent: w.complainant.address }, 'Desk_SameParty')
    await no({ claimHash: ZeroHash }, 'Desk_NoClaim')
    await no({ claimedAssets: terms.mostClaimAssets + 1n }, 'Desk_ClaimTooHigh')
    await no({ railId: 1 }, 'Desk_UnknownRail')
    await no({ remedies: 16 }, 'Desk_UnsoundRemedies')
    await no({ remedies: Remedy.suspension }, 'Desk_UnsoundRemedies')
    await no({ remedies: Remedy.correction }, 'Desk_UnsoundRemedies')
    await no(
      { subjectKind: Subject.component, subjectId: w.componentId, remedies: Remedy.delisting },
      'Desk_UnsoundRemedies',
    )
    await no({ subjectKind: Subject.feed }, 'Desk_UnknownSubject')
    await no({ subjectId: hash('x') }, 'Desk_UnknownSubject')
    await no({ subjectKind: Subject.aep, subjectId: hash('x') }, 'Desk_UnknownSubject')
    await expect(file(w, { subjectKind: Subject.component, subjectId: hash('x') })).to.be.revertedWithCustomError(
      w.registry.components,
      'Registry_Unknown',
    )
    await file(w, { subjectKind: Subject.policy, subjectId: hash('7') })
  })

  it('whoever is not a case, an arbiter register or a respondents’ register, at the ledger and the desk', async () => {
    const w = await load()
    const by = w.stranger
    const mine = await w.ledger.accountOf(by)
    for (const sent of [
      w.ledger.connect(by).collect(mine, w.complainant, 1n),
      w.ledger.connect(by).move(await w.ledger.reserve(), mine, 1n),
      w.desk.connect(by).admit(filing(w), by),
      w.desk.connect(by).endWaiver(by),
      w.respondents.connect(by).slash(w.respondent, mine, 1n),
      w.register.connect(by).penalise(w.arbiters[0] as Wallet, 1n, mine),
    ])
      await expect(sent).to.be.revertedWithCustomError(w.ledger, 'AccessManagedUnauthorized').withArgs(by.address)
  })

  it('says what it is made with', async () => {
    const w = await load()
    const suite = await w.rail.suite()
    expect(suite.ledger).to.equal(await w.ledger.getAddress())
    expect(suite.panels).to.equal(await w.panels.getAddress())
    expect(await w.desk.equityField()).to.equal(hash('equity'))
    expect(await w.register.field()).to.equal(hash('arbitration'))
  })
})
