import { expect } from 'chai'
import { toBeHex } from 'ethers'
import type { CommonsFund } from '../../../types/ethers-contracts/index.ts'
import { Setting, Source } from '../funding/commons/world.ts'
import {
  accountFor,
  closed,
  credit,
  DAY,
  DISMISS,
  deploy,
  ethers,
  FULL,
  hash,
  networkHelpers,
  OrderState,
  UNIT,
  type World,
  ZeroAddress,
} from './world.ts'

const [COMPENSATING, BUDGETING] = [52n, 53n]
const KEPT_BPS = 5_000n
const LIMIT = 300n * UNIT

/** Grievances beside the real commons: half of what cases take stays there, the other half is a beneficiary's. */
async function beside() {
  const [, , beneficiary] = await ethers.getSigners()
  if (!beneficiary) throw new Error('too few accounts')
  const all = { keptBps: 10_000, beneficiary: ZeroAddress }
  let fund: CommonsFund | undefined
  const w = await deploy({}, async ({ evidence: { authority, registry } }) => {
    const shares = [all, all, { keptBps: KEPT_BPS, beneficiary: beneficiary.address }, all]
    fund = (await ethers.deployContract('CommonsFund', [authority, registry, shares])) as unknown as CommonsFund
    return fund
  })
  if (!fund) throw new Error('the commons were not made')
  const { authority } = w.registry.evidence
  const target = await fund.getAddress()
  for (const [role, holder, name] of [
    [COMPENSATING, await w.orders.getAddress(), 'awardCompensation'],
    [BUDGETING, w.governor.address, 'announce'],
  ] as const) {
    await authority.setTargetFunctionRole(target, [fund.interface.getFunction(name).selector], role)
    await authority.grantRole(role, holder, 0)
  }
  await fund.connect(w.governor).announce(w.token, Setting.compensationLimit, LIMIT, hash('a budget'))
  await networkHelpers.time.increase(14 * DAY)
  return { w, fund, beneficiary }
}

describe('Money between grievances and the real commons', () => {
  const load = () => networkHelpers.loadFixture(beside)
  const give = async (w: World, fund: CommonsFund, assets: bigint) => {
    await w.token.connect(w.stranger).approve(fund, assets)
    await fund.connect(w.stranger).deposit(w.token, assets, Source.gift, hash('a gift'))
  }

  it('what a dismissed case took and did not spend arrives as a slash of that case, and is shared as slashes are', async () => {
    const { w, fund, beneficiary } = await load()
    const { caseId } = await closed(w, [DISMISS, DISMISS, undefined])
    const rest = await w.ledger.balanceOf(accountFor('forfeits', caseId))
    expect(rest).to.equal(10n * UNIT) // bond 10 + penalty 100, of which two arbiters got 50 each
    const kept = (rest * KEPT_BPS) / 10_000n
    const [ledger, token] = await Promise.all([w.ledger.getAddress(), w.token.getAddress()])
    const before = await w.ledger.heldAssets()
    await expect(w.ledger.connect(w.stranger).forward(caseId))
      .to.emit(fund, 'IncomeTaken')
      .withArgs(token, Source.slash, ledger, kept, rest - kept, toBeHex(caseId, 32))
    expect(await w.token.balanceOf(fund)).to.equal(rest)
    expect(await fund.freeAssets(token)).to.equal(kept)
    expect(await w.token.allowance(ledger, fund)).to.equal(0n)
    expect(await w.ledger.heldAssets()).to.equal(before - rest)
    expect(await w.token.balanceOf(ledger)).to.equal(before - rest)
    await expect(fund.fetch(token, Source.slash)).to.changeTokenBalance(ethers, w.token, beneficiary, rest - kept)
    await expect(w.ledger.forward(caseId)).to.be.revertedWithCustomError(w.ledger, 'Ledger_Nothing')
  })

  it('what is due beyond the bond is awarded as the commons’ own limit lets it, and collected from them', async () => {
    const { w, fund } = await load()
    await w.respondents.connect(w.stranger).bondFor(w.respondent, 500n * UNIT)
    const { caseId } = await closed(w, [FULL, FULL, FULL])
    expect(await credit(w, w.complainant)).to.equal(510n * UNIT) // what was bonded, and the filing bond
    await expect(w.orders.award(caseId)).to.be.revertedWithCustomError(w.orders, 'Orders_CommonsEmpty')
    await give(w, fund, 5_000n * UNIT)
    const [orders, token, to] = await Promise.all([w.orders.getAddress(), w.token.getAddress(), w.complainant.address])
    const awardId = await fund.compensationIdOf(orders, toBeHex(caseId, 32), token, to)
    await expect(w.orders.connect(w.stranger).award(caseId))
      .to.emit(w.orders, 'CompensationAwarded')
      .withArgs(caseId, to, LIMIT, 200n * UNIT)
    await expect(w.orders.award(caseId), 'the limit of any 30 days').to.be.revertedWithCustomError(
      w.orders,
      'Orders_CommonsEmpty',
    )
    await networkHelpers.time.increase(30 * DAY)
    await w.orders.award(caseId)
    const { states, dueAssets, awardedAssets } = await w.orders.ordersOf(caseId)
    expect([states[0], dueAssets, awardedAssets]).to.deep.equal([OrderState.done, 0n, 500n * UNIT])
    await expect(fund.connect(w.stranger).collect(awardId)).to.changeTokenBalance(
      ethers,
      w.token,
      w.complainant,
      500n * UNIT,
    )
  })
})
