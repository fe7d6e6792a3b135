import { expect } from 'chai'
import { passkey } from '../governance/nvm/passkey.ts'
import {
  ARBITER_BOND,
  accountFor,
  advance,
  closed,
  credit,
  DISMISS,
  decide,
  draw,
  equity,
  ethers,
  FULL,
  file,
  filing,
  hash,
  hearing,
  networkHelpers,
  OrderKind,
  OrderState,
  ruling,
  settle,
  settlement,
  signSettlement,
  terms,
  toDeadline,
  UNIT,
  type World,
  world,
  YEAR,
  ZeroHash,
} from './world.ts'

const load = () => networkHelpers.loadFixture(world)
const forfeits = (w: World, caseId: bigint) => w.ledger.balanceOf(accountFor('forfeits', caseId))
const CLAIM = 1000n * UNIT

describe('Money of a case', () => {
  describe('bonds', () => {
    it('are the filer’s again when the case is upheld, withdrawn or settled', async () => {
      const w = await load()
      const { caseId } = await closed(w, [FULL, FULL, FULL])
      expect(await w.ledger.balanceOf(accountFor('filing', caseId))).to.equal(0n)
      expect(await credit(w, w.complainant)).to.equal(terms.bondAssets)
      await expect(w.ledger.connect(w.stranger).withdraw(w.complainant)).to.changeTokenBalances(
        ethers,
        w.token,
        [w.complainant, w.ledger],
        [terms.bondAssets, -terms.bondAssets],
      )
    })

    it('go to the arbiters, and what they leave to the commons, when it is dismissed', async () => {
      const w = await load()
      const { caseId, panel } = await closed(w, [DISMISS, DISMISS, undefined])
      // bond 10 + penalty 100, two arbiters at 50 each
      for (const arbiter of panel.slice(0, 2)) expect(await credit(w, arbiter)).to.equal(terms.rewardAssets)
      expect(await credit(w, panel[2]?.address ?? '')).to.equal(0n)
      expect(await forfeits(w, caseId)).to.equal(10n * UNIT)
      await expect(w.ledger.connect(w.stranger).forward(caseId))
        .to.emit(w.commons, 'Deposited')
        .withArgs(w.token, 10n * UNIT, 2n, `0x${caseId.toString(16).padStart(64, '0')}`)
      expect(await w.token.balanceOf(w.commons)).to.equal(10n * UNIT)
      await expect(w.ledger.forward(caseId)).to.be.revertedWithCustomError(w.ledger, 'Ledger_Nothing')
    })

    it('cost n times as much for the n-th case of a season, and once again in the next', async () => {
      const w = await load()
      for (let n = 1n; n <= 4n; n++) {
        expect(await w.desk.bondFor(w.complainant)).to.deep.equal([terms.bondAssets * n, false])
        const caseId = await file(w)
        expect((await w.rail.grievanceOf(caseId)).bondAssets).to.equal(terms.bondAssets * n)
        await w.rail.connect(w.complainant).withdraw(caseId) // it counts all the same
      }
      await networkHelpers.time.increase(90 * 86_400)
      expect(await w.desk.bondFor(w.complainant)).to.deep.equal([terms.bondAssets, false])
    })

    it('are waived for whoever holds an equity credential then, for three open cases at a time', async () => {
      const w = await load()
      const expiry = (await networkHelpers.time.latest()) + YEAR
      await w.competence.connect(w.issuer).issue(w.filer, equity, 1, expiry, ZeroHash)
      await networkHelpers.mine()
      const cases: bigint[] = []
      for (let i = 0; i < 3; i++) cases.push(await file(w, {}, w.filer))
      expect((await w.rail.grievanceOf(cases[0] ?? 0n)).waived).to.equal(true)
      expect(await w.desk.bondFor(w.filer)).to.deep.equal([terms.bondAssets * 4n, false])
      await w.rail.connect(w.filer).withdraw(cases[0] ?? 0n)
      expect(await w.desk.bondFor(w.filer)).to.deep.equal([0n, true])
      await networkHelpers.time.increase(YEAR)
      expect((await w.desk.bondFor(w.filer)).waived).to.equal(false) // expired
    })

    it('of an appeal go back if the second panel gives the appellant more, else to the arbiters and the commons', async () => {
      for (const [first, second, who, back] of [
        [DISMISS, FULL, 'complainant', true],
        [ruling(true, 2), ruling(true, 3), 'complainant', true],
        [ruling(true, 2), ruling(true, 2), 'complainant', false],
        [DISMISS, DISMISS, 'complainant', false],
        [FULL, ruling(true, 3), 'respondent', true],
        [FULL, FULL, 'respondent', false],
      ] as const) {
        const w = await load()
        const { caseId } = await hearing(w)
        await decide(w, caseId, [first, first, first])
        await w.rail.connect(w[who]).appeal(caseId)
        await draw(w, caseId)
        const before = await credit(w, w[who])
        await decide(w, caseId, Array(5).fill(second))
        expect(await w.ledger.balanceOf(accountFor('appeal', caseId))).to.equal(0n)
        const gained = (await credit(w, w[who])) - before
        const bond = who === 'complainant' && second !== DISMISS ? terms.bondAssets : 0n
        expect(gained, `${first} ${second} ${who}`).to.equal((back ? terms.appealBondAssets : 0n) + bond)
      }
    })
  })

  describe('compensation', () => {
    for (const quarters of [1, 3, 4])
      it(`of ${quarters} quarters comes from the respondent's bond first`, async () => {
        const w = await load()
        await w.respondents.connect(w.respondent).bondFor(w.respondent, 600n * UNIT)
        const { caseId } = await closed(w, Array(3).fill(ruling(true, quarters)))
        const due = (CLAIM * BigInt(quarters)) / 4n
        const paid = due < 600n * UNIT ? due : 600n * UNIT
        expect(await credit(w, w.complainant)).to.equal(paid + terms.bondAssets)
        expect((await w.orders.ordersOf(caseId)).dueAssets).to.equal(due - paid)
        // the arbiters' pay comes from what is left of it
        const left = 600n * UNIT - paid
        expect(await w.respondents.bondOf(w.respondent)).to.equal(left > 150n * UNIT ? left - 150n * UNIT : 0n)
        expect((await w.rail.statisticsOf(0)).paidAssets).to.equal(paid)
      })

    it('is then awarded from the commons, what it has, until all is or time is over', async () => {
      const w = await load()
      await w.token.mint(w.commons, 300n * UNIT)
      const { caseId } = await closed(w, [FULL, FULL, FULL])
      await expect(w.orders.connect(w.stranger).award(caseId))
        .to.emit(w.orders, 'CompensationAwarded')
        .withArgs(caseId, w.complainant.address, 300n * UNIT, 700n * UNIT)
      await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_CommonsEmpty')
      await w.token.mint(w.commons, 5000n * UNIT)
      await w.orders.award(caseId)
      expect(await w.commons.owed(w.complainant)).to.equal(CLAIM)
      const { states, dueAssets, awardedAssets } = await w.orders.ordersOf(caseId)
      expect([states[0], dueAssets, awardedAssets]).to.deep.equal([OrderState.done, 0n, CLAIM])
      await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_NotOpen')
    })

    it('that nobody awarded in time is on record as missed', async () => {
      const w = await load()
      const { caseId } = await closed(w, [FULL, FULL, FULL])
      const until = await w.orders.untilOf(caseId, OrderKind.compensation)
      await expect(w.orders.miss(caseId, OrderKind.compensation))
        .to.be.revertedWithCustomError(w.orders, 'Orders_NotOver')
        .withArgs(caseId, OrderKind.compensation, until)
      await networkHelpers.time.increaseTo(until)
      await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_Over')
      await expect(w.orders.connect(w.stranger).miss(caseId, OrderKind.compensation))
        .to.emit(w.orders, 'OrderMissed')
        .withArgs(caseId, OrderKind.compensation)
      await expect(w.orders.miss(caseId, OrderKind.compensation)).to.be.revertedWithCustomError(
        w.orders,
        'Orders_NotOpen',
      )
    })
  })

  describe('of arbiters', () => {
    it('comes from the reserve where nobody else owes it, and is shared when that is short', async () => {
      const w = await load()
      await w.ledger.connect(w.stranger).giveToReserve(100n * UNIT)
      const { panel, response } = await closed(w, [FULL, FULL, FULL], { claimedAssets: 0n })
      const each = (100n * UNIT) / 3n
      await expect(response).to.emit(w.rail, 'ArbitersPaid').withArgs(1n, 3, each)
      for (const arbiter of panel) expect(await credit(w, arbiter)).to.equal(each)
      expect(await w.ledger.balanceOf(await w.ledger.reserve())).to.equal(0n)
    })

    it('is paid to both panels, once, when the case is closed', async () => {
      const w = await load()
      await w.ledger.connect(w.stranger).giveToReserve(1000n * UNIT)
      const { caseId, panel } = await hearing(w)
      await decide(w, caseId, [FULL, FULL, undefined])
      expect(await credit(w, panel[0]?.address ?? '')).to.equal(0n)
      await w.rail.connect(w.respondent).appeal(caseId)
      const second = await draw(w, caseId)
      await decide(w, caseId, [FULL, FULL, FULL, FULL, undefined])
      for (const one of [...panel.slice(0, 2), ...second.slice(0, 4)])
        expect(await credit(w, one)).to.equal(terms.rewardAssets)
      for (const one of [panel[2], second[4]]) {
        expect(await credit(w, one?.address ?? '')).to.equal(0n)
        expect(await w.ledger.balanceOf(accountFor('arbiter', one?.address ?? ''))).to.equal(
          ARBITER_BOND - terms.penaltyAssets,
        )
      }
      // 100 of the appeal and 200 of penalties pay six
      expect(await w.ledger.balanceOf(await w.ledger.reserve())).to.equal(1000n * UNIT)
    })
  })

  describe('of a settlement', () => {
    it('comes from the bond, then from the respondent, and ends the case', async () => {
      const w = await load()
      await w.respondents.connect(w.stranger).bondFor(w.respondent, 200n * UNIT)
      const caseId = await file(w)
      await expect(settle(w, caseId)).to.changeTokenBalance(ethers, w.token, w.respondent, -500n * UNIT)
      expect(await credit(w, w.complainant)).to.equal(700n * UNIT + terms.bondAssets)
      expect(await w.respondents.bondOf(w.respondent)).to.equal(0n)
    })

    it('is whole or is not', async () => {
      const w = await load()
      await w.token.connect(w.respondent).approve(w.ledger, 1n)
      const caseId = await file(w)
      await expect(settle(w, caseId)).to.be.revertedWithCustomError(w.token, 'ERC20InsufficientAllowance')
      await settle(w, caseId, { assets: 0n, apology: true })
      expect((await w.orders.ordersOf(caseId)).states[OrderKind.apology]).to.equal(OrderState.open)
    })

    it('needs both signatures, over these words, before it expires', async () => {
      const w = await load()
      const caseId = await file(w)
      const s = await settlement()
      const [a, b] = [
        await signSettlement(w, w.complainant, caseId, s),
        await signSettlement(w, w.respondent, caseId, s),
      ]
      const { rail } = w
      const wrong = (sent: Promise<unknown>, signer: { address: string }) =>
        expect(sent).to.be.revertedWithCustomError(rail, 'Grievance_WrongSignature').withArgs(signer.address)
      await wrong(rail.settle(caseId, s, b, b), w.complainant)
      await wrong(rail.settle(caseId, s, a, a), w.respondent)
      await wrong(rail.settle(caseId, { ...s, assets: 701n * UNIT }, a, b), w.complainant)
      await wrong(rail.settle(caseId, { ...s, apology: true }, a, b), w.complainant)
      await wrong(rail.settle(caseId, { ...s, textHash: hash('other') }, a, b), w.complainant)
      await wrong(rail.settle(caseId, { ...s, expiresAt: s.expiresAt + 1 }, a, b), w.complainant)
      await networkHelpers.time.increase(2 * YEAR)
      await expect(rail.settle(caseId, s, a, b)).to.be.revertedWithCustomError(rail, 'Grievance_Expired')
    })

    it('can be signed by a contract', async () => {
      const w = await load()
      const wallet = await ethers.deployContract('ContractWallet', [w.filer.address])
      await w.rail.connect(w.filer).open({ ...filing(w), complainant: await wallet.getAddress() })
      const caseId = await w.rail.caseCount()
      const s = await settlement({ assets: 0n })
      const [a, b] = [await signSettlement(w, w.filer, caseId, s), await signSettlement(w, w.respondent, caseId, s)]
      await w.rail.settle(caseId, s, a, b)
    })

    it('can be signed by a key that has no address, through a contract that speaks for it: a passkey of either side', async () => {
      const w = await load()
      const verifier = await (await ethers.deployContract('ERC7913P256Verifier')).getAddress()
      const factory = await ethers.deployContract('SeatOwnerFactory')
      /** The address that a case knows the key by. */
      const partyOf = async ({ key }: ReturnType<typeof passkey>) => {
        const signer = ethers.concat([verifier, key])
        await factory.deploy(signer)
        return factory.ownerOf(signer)
      }
      const [theirs, other] = [passkey(), passkey()]
      const [complainant, respondent] = [await partyOf(theirs), await partyOf(other)]
      // such a party sends nothing: others file for it, and bond for it
      await w.respondents.connect(w.stranger).bondFor(respondent, 700n * UNIT)
      const caseId = await file(w, { complainant, respondent }, w.filer)
      const s = await settlement()
      const digest = await w.rail.settlementDigest(caseId, s)
      const [a, b] = [theirs.signHash(digest), other.signHash(digest)]
      await expect(w.rail.settle(caseId, s, b, b))
        .to.be.revertedWithCustomError(w.rail, 'Grievance_WrongSignature')
        .withArgs(complainant)
      await expect(w.rail.settle(caseId, s, a, a))
        .to.be.revertedWithCustomError(w.rail, 'Grievance_WrongSignature')
        .withArgs(respondent)
      await w.rail.connect(w.stranger).settle(caseId, s, a, b)
      expect(await credit(w, complainant)).to.equal(700n * UNIT)
      expect(await w.respondents.bondOf(respondent)).to.equal(0n)
    })
  })

  it('gives a case that was dismissed on appeal what it took to the commons', async () => {
    const w = await load()
    const { caseId } = await hearing(w)
    await decide(w, caseId, [FULL, FULL, FULL])
    await w.rail.connect(w.respondent).appeal(caseId)
    await draw(w, caseId)
    await decide(w, caseId, Array(5).fill(DISMISS))
    await toDeadline(w, caseId).catch(() => undefined)
    expect(await credit(w, w.respondent)).to.equal(terms.appealBondAssets)
    await expect(advance(w, caseId)).to.be.revertedWithCustomError(w.rail, 'Grievance_WrongState')
  })
})
