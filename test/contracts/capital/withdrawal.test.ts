import { expect } from 'chai'
import { toBeHex } from 'ethers'
import {
  bind,
  DAY,
  deploy,
  evidence,
  formulaIdOf,
  hash,
  header,
  lapse,
  networkHelpers,
  people,
  quoteOf,
  RAMP,
  STEP,
  Status,
  settle,
  sign,
  statusOf,
  type Terms,
  termsHashOf,
  UNIT,
  type World,
} from './world.ts'

const ANY = toBeHex(0, 32)
const OTHER_FEED = hash('another feed')
const step = formulaIdOf(header(), STEP)
const ramp = formulaIdOf(header(), RAMP)
/** Whoever holds the role is the manager's admin here: nobody else was given it. */
const withdraw = (w: World, formulaId: string, feedId: string, withdrawn = true) =>
  w.store.withdrawTemplate(formulaId, feedId, withdrawn)

let nonce = 1_000n
async function bindPublished(w: World, terms: Terms) {
  const { underwriter, payer } = await people()
  const quote = await quoteOf(w, terms, ++nonce)
  return w.book.connect(payer).bind(quote, underwriter.address, await sign(w, quote))
}

describe('Withdrawn templates', () => {
  let w: World
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
  })

  it('make no new terms: of a formula with one feed, or with any', async () => {
    await withdraw(w, step, w.terms.feedId)
    await expect(w.store.publishTerms(w.terms))
      .to.be.revertedWithCustomError(w.store, 'Terms_TemplateWithdrawn')
      .withArgs(step, w.terms.feedId)
    await w.store.publishTerms({ ...w.terms, formulaId: ramp })
    await withdraw(w, ramp, ANY)
    await expect(w.store.publishTerms({ ...w.terms, formulaId: ramp, minEql: 2 }))
      .to.be.revertedWithCustomError(w.store, 'Terms_TemplateWithdrawn')
      .withArgs(ramp, w.terms.feedId)
    expect(await w.store.isTemplateWithdrawn(step, w.terms.feedId)).to.equal(true)
    expect(await w.store.isTemplateWithdrawn(step, ANY)).to.equal(false)
    expect(await w.store.isTemplateWithdrawn(ramp, ANY)).to.equal(true)
  })

  it('bind no new policy once anyone enforced them on terms that were published before', async () => {
    const { stranger } = await people()
    await w.store.publishTerms(w.terms)
    const termsHash = termsHashOf(w.terms)
    const before = await w.store.bindingOf(termsHash)
    await expect(withdraw(w, step, ANY))
      .to.emit(w.store, 'TemplateWithdrawn')
      .withArgs(step, ANY, true)
    expect(await w.store.isWithdrawn(termsHash)).to.equal(false)
    await expect(w.store.connect(stranger).enforceTerms(termsHash))
      .to.emit(w.store, 'TermsWithdrawn')
      .withArgs(termsHash, true)
    expect(await w.store.isWithdrawn(termsHash)).to.equal(true)
    await expect(bindPublished(w, w.terms))
      .to.be.revertedWithCustomError(w.store, 'Terms_Withdrawn')
      .withArgs(termsHash)
    // what was promised stays readable
    expect((await w.store.termsOf(termsHash)).terms.waitingSeconds).to.equal(BigInt(DAY))

    await withdraw(w, step, ANY, false)
    await expect(w.store.connect(stranger).enforceTerms(termsHash))
      .to.emit(w.store, 'TermsWithdrawn')
      .withArgs(termsHash, false)
    expect(await w.store.bindingOf(termsHash)).to.deep.equal(before)
    await bindPublished(w, w.terms)
  })

  it('leave bound policies as they are: they settle, lapse and are held', async () => {
    const paid = await bind(w)
    const lapsed = await bind(w)
    await withdraw(w, step, w.terms.feedId)
    await w.store.enforceTerms(termsHashOf(w.terms))
    const open = await evidence(w, 900n, { state: 1 })
    await w.book.hold(paid.policyId, open)
    await networkHelpers.time.increase(2 * DAY)
    await expect(w.book.release(paid.policyId, open)).to.emit(w.book, 'Settled')
    expect(await statusOf(w, paid.policyId)).to.equal(Status.paid)
    await lapse(w, lapsed.policyId, await evidence(w, 1n))
    expect(await statusOf(w, lapsed.policyId)).to.equal(Status.zero)
    const { holder } = await people()
    expect(await w.token.balanceOf(holder.address)).to.equal(1_000n * UNIT)
    await expect(settle(w, lapsed.policyId, await evidence(w, 900n))).to.be.revertedWithCustomError(
      w.book,
      'Policies_NotActive',
    )
  })

  it('are enforced twice without a second effect', async () => {
    await w.store.publishTerms(w.terms)
    const termsHash = termsHashOf(w.terms)
    await expect(w.store.enforceTerms(termsHash)).to.not.emit(w.store, 'TermsWithdrawn')
    await withdraw(w, step, w.terms.feedId)
    await w.store.enforceTerms(termsHash)
    await expect(w.store.enforceTerms(termsHash)).to.not.emit(w.store, 'TermsWithdrawn')
    expect(await w.store.enforceTerms.staticCall(termsHash)).to.equal(true)
    expect(await w.store.isWithdrawn(termsHash)).to.equal(true)
  })

  it('take no other terms with them, and stay withdrawn while either mark stands', async () => {
    await w.store.publishTerms(w.terms)
    const termsHash = termsHashOf(w.terms)
    for (const [formulaId, feedId] of [
      [ramp, ANY],
      [step, OTHER_FEED],
    ] as const) {
      await withdraw(w, formulaId, feedId)
      expect(await w.store.enforceTerms.staticCall(termsHash)).to.equal(false)
    }
    await withdraw(w, step, ANY)
    await withdraw(w, step, w.terms.feedId)
    await withdraw(w, step, w.terms.feedId, false)
    expect(await w.store.enforceTerms.staticCall(termsHash)).to.equal(true)
    await withdraw(w, step, ANY, false)
    expect(await w.store.enforceTerms.staticCall(termsHash)).to.equal(false)
  })

  it('cannot be withdrawn by a stranger, an underwriter or a guardian, nor terms that nobody published', async () => {
    const { stranger, underwriter, guardian, curator } = await people()
    for (const who of [stranger, underwriter, guardian, curator])
      await expect(w.store.connect(who).withdrawTemplate(step, w.terms.feedId, true))
        .to.be.revertedWithCustomError(w.store, 'AccessManagedUnauthorized')
        .withArgs(who.address)
    for (const call of [() => w.store.enforceTerms(hash('none')), () => w.store.isWithdrawn(hash('none'))])
      await expect(call()).to.be.revertedWithCustomError(w.store, 'Terms_UnknownTerms').withArgs(hash('none'))
  })

  it('leave room in the waiting period for their mark: 68 years', async () => {
    const most = 2 ** 31 - 1
    await expect(w.store.publishTerms({ ...w.terms, waitingSeconds: most + 1 }))
      .to.be.revertedWithCustomError(w.store, 'Terms_WaitingTooLong')
      .withArgs(most + 1, most)
    const terms = { ...w.terms, waitingSeconds: most }
    await w.store.publishTerms(terms)
    const termsHash = termsHashOf(terms)
    expect((await w.store.bindingOf(termsHash)).waitingSeconds).to.equal(BigInt(most))
    await withdraw(w, step, w.terms.feedId)
    await w.store.enforceTerms(termsHash)
    await withdraw(w, step, w.terms.feedId, false)
    await w.store.enforceTerms(termsHash)
    expect((await w.store.bindingOf(termsHash)).waitingSeconds).to.equal(BigInt(most))
  })
})
