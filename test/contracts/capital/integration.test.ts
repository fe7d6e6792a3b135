import { expect } from 'chai'
import {
  anchor,
  CHALLENGE,
  DAY,
  deploy as deployRegistry,
  type World as Evidence,
  ethers,
  hash,
  networkHelpers,
  type Report,
} from '../evidence/world.ts'
import { recordGas } from '../gas/ledger.ts'

const UNIT = 10n ** 6n
const ONE = 10n ** 18n
const MOST_GAS = 150_000n

/** Policies on the registry that is deployed, with evidence that a quorum of operators signed: nothing here is a mock but the money. */
describe('Capital on the real evidence registry', () => {
  async function world() {
    const evidence = await deployRegistry(7)
    const [admin, underwriter, holder, investor] = (await ethers.getSigners()).slice(10)
    if (!admin || !underwriter || !holder || !investor) throw new Error('too few accounts')
    const manager = await ethers.deployContract('AccessManager', [admin.address])
    const token = await ethers.deployContract('TestStablecoin', ['Test Dollar', 'TUSD', 6])
    const store = await ethers.deployContract('TermsStore', [manager])
    const book = await ethers.deployContract('PolicyBook', [manager, evidence.registry, store])
    const pool = await ethers.deployContract('RiskPool', [token, 'Pool', 'POOL', manager, book, 28 * DAY])
    await book.connect(admin).listPool(pool)
    await pool.connect(admin).setUnderwriter(underwriter.address, true)
    await token.mint(investor.address, 1_000_000n * UNIT)
    await token.connect(investor).approve(pool, 1_000_000n * UNIT)
    await pool.connect(investor).deposit(900_000n * UNIT, investor.address)

    const head = (1n << 248n) | (2n << 232n)
    const words = [(640n << 192n) | (ONE << 64n) | ONE]
    await store.publishFeed(ethers.toUtf8Bytes('feed'))
    await store.publishFormula(head, words)
    const formulaId = ethers.keccak256(ethers.concat([head, ...words].map(v => ethers.toBeHex(v, 32))))
    const from = (await networkHelpers.time.latest()) + 2 * DAY
    const terms = {
      version: 1,
      feedId: evidence.report.feedId,
      formulaId,
      asset: await token.getAddress(),
      coverAssets: 1_000n * UNIT,
      from,
      to: from + 7 * DAY,
      minEql: 3,
      evidence: 0,
      readings: 0,
      waitingSeconds: DAY,
      reportingDeadline: from + 200 * DAY,
    }
    await store.publishTerms(terms)
    const termsHash = await store.hashTerms(terms)
    const { chainId } = await ethers.provider.getNetwork()
    const domain = { name: 'Nexus Policy', version: '1', chainId, verifyingContract: await book.getAddress() }
    const types = {
      Quote: [
        { name: 'termsHash', type: 'bytes32' },
        { name: 'holder', type: 'address' },
        { name: 'premium', type: 'uint256' },
        { name: 'pool', type: 'address' },
        { name: 'nonce', type: 'uint96' },
        { name: 'expiry', type: 'uint40' },
      ],
    }
    const bind = async (nonce: bigint) => {
      const quote = {
        termsHash,
        holder: holder.address,
        premium: 50n * UNIT,
        pool: await pool.getAddress(),
        nonce,
        expiry: from,
      }
      const signature = await underwriter.signTypedData(domain, types, quote)
      const receipt = await (await book.connect(investor).bind(quote, underwriter.address, signature)).wait()
      return { policyId: await book.policyIdOf(pool, nonce), gasUsed: receipt?.gasUsed ?? 0n }
    }
    const reportOf = (value: bigint, sequence: number): Report => ({
      ...evidence.report,
      aepRoot: hash(`pack of ${value}, number ${sequence}`),
      value,
      from: terms.from,
      to: terms.to,
      sequence,
    })
    return { evidence, token, book, pool, holder, bind, reportOf, terms }
  }
  const attested = async (evidence: Evidence, report: Report) => {
    await anchor(evidence, report)
    return report.aepRoot
  }

  it('pays on what a quorum anchored, once it is final, and within the limits of gas', async () => {
    const w = await networkHelpers.loadFixture(world)
    await w.bind(1n)
    const { policyId, gasUsed: bindGas } = await w.bind(2n)
    await networkHelpers.time.increaseTo(w.terms.to)
    const aepId = await attested(w.evidence, w.reportOf(655n, 1))
    await expect(w.book.settle(policyId, aepId))
      .to.be.revertedWithCustomError(w.book, 'Policies_EvidenceNotFinal')
      .withArgs(aepId, 1)
    await networkHelpers.time.increase(CHALLENGE)
    const receipt = await (await w.book.settle(policyId, aepId)).wait()
    expect(await w.token.balanceOf(w.holder.address)).to.equal(1_000n * UNIT)
    recordGas('bind, holder owns a policy and terms are published', bindGas, MOST_GAS)
    recordGas('settle, with the real registry', receipt?.gasUsed ?? 0n, MOST_GAS)
  })

  it('holds through a dispute, and settles on what replaced the void evidence', async () => {
    const w = await networkHelpers.loadFixture(world)
    const { registry } = w.evidence
    const { policyId } = await w.bind(1n)
    await networkHelpers.time.increaseTo(w.terms.to)
    const [, , disputer, adjudicator] = await ethers.getSigners()
    if (!disputer || !adjudicator) throw new Error('too few accounts')

    const wrong = await attested(w.evidence, w.reportOf(100n, 1))
    await w.book.hold(policyId, wrong)
    expect(await w.pool.exposedAssets()).to.equal(1_000n * UNIT)
    await registry.connect(disputer).dispute(wrong, hash('wrong source'))
    await networkHelpers.time.increase(CHALLENGE)
    await expect(w.book['lapse(uint256,bytes32)'](policyId, wrong))
      .to.be.revertedWithCustomError(w.book, 'Policies_Held')
      .withArgs(policyId, 1)
    await expect(w.book.release(policyId, wrong))
      .to.be.revertedWithCustomError(w.book, 'Policies_StillOpen')
      .withArgs(wrong, 2)
    await registry.connect(adjudicator).rule(wrong, false, hash('void'))
    await w.book.release(policyId, wrong)
    await expect(w.book['lapse(uint256,bytes32)'](policyId, wrong))
      .to.be.revertedWithCustomError(w.book, 'Policies_EvidenceNotFinal')
      .withArgs(wrong, 5)

    const right = await attested(w.evidence, w.reportOf(640n, 2))
    await networkHelpers.time.increase(CHALLENGE)
    await w.book.settle(policyId, right)
    expect(await w.token.balanceOf(w.holder.address)).to.equal(1_000n * UNIT)
  })

  it('waits for evidence longer when the registry was paused', async () => {
    const w = await networkHelpers.loadFixture(world)
    const { policyId } = await w.bind(1n)
    const [, , , , guardian] = await ethers.getSigners()
    if (!guardian) throw new Error('too few accounts')
    await w.evidence.registry.connect(guardian).pause(3 * DAY)
    await networkHelpers.time.increase(3 * DAY)
    const deadline = w.terms.reportingDeadline + 3 * DAY
    expect(await w.book.lapsesAt(policyId)).to.equal(deadline)
    await networkHelpers.time.setNextBlockTimestamp(deadline - 1)
    await expect(w.book['lapse(uint256)'](policyId))
      .to.be.revertedWithCustomError(w.book, 'Policies_TooEarly')
      .withArgs(policyId, deadline, deadline - 1)
    await networkHelpers.time.setNextBlockTimestamp(deadline)
    await w.book['lapse(uint256)'](policyId)
  })
})
