import { expect } from 'chai'
import { AbiCoder, keccak256 } from 'ethers'
import {
  bind,
  DAY,
  deploy as deployCapital,
  ethers,
  evidence,
  hash,
  networkHelpers,
  people,
  quoteOf,
  Status,
  settle,
  sign,
  statusOf,
  termsHashOf,
} from '../capital/world.ts'

const REASON = hash('reason')
const ANY = `0x${'0'.repeat(64)}`
const TEMPLATES = 61n

/** Policies on a template that was certified: the book, the pool and the terms store are the real ones. */
async function deploy() {
  const w = await deployCapital()
  const { stranger, curator, guardian } = await people()
  const components = await ethers.deployContract('ComponentRegistry', [w.authority, w.registry, w.store])
  const selector = w.store.interface.getFunction('withdrawTemplate').selector
  await w.authority.setTargetFunctionRole(w.store, [selector], TEMPLATES)
  await w.authority.grantRole(TEMPLATES, components, 0)
  const { formulaId } = w.terms
  const contentHash = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32'], [formulaId, ANY]))
  const release = { name: 'heavy rain', version: 1n << 32n, contentHash, sbomHash: hash('sbom'), uri: '' }
  const as = components.connect(stranger)
  const componentId = await as.proposeTemplate.staticCall(formulaId, ANY, release)
  await as.proposeTemplate(formulaId, ANY, release)
  const expiresAt = (await networkHelpers.time.latest()) + 300 * DAY
  await components.certify(componentId, 2, 3, expiresAt, REASON)
  return { ...w, components, componentId, publisher: stranger, curator, guardian }
}

describe('A policy on a certified template', () => {
  it('is bound before its template is delisted and not after, and is settled all the same', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const { underwriter, payer } = await people()
    const { policyId, terms } = await bind(w)
    const quote = await quoteOf(w, terms, 777n) // signed while all was well
    const signature = await sign(w, quote)
    await w.components.openCase(w.componentId, REASON)
    await w.components.connect(w.publisher).answer(w.componentId, REASON)
    await w.components.suspend(w.componentId, REASON)
    await w.components.delist(w.componentId, REASON)
    await w.store.connect(w.publisher).enforceTerms(termsHashOf(terms))
    await expect(w.book.connect(payer).bind(quote, underwriter.address, signature))
      .to.be.revertedWithCustomError(w.store, 'Terms_Withdrawn')
      .withArgs(termsHashOf(terms))
    await expect(bind(w, { minEql: 2 })).to.be.revertedWithCustomError(w.store, 'Terms_TemplateWithdrawn')
    await settle(w, policyId, await evidence(w, 900n))
    expect(await statusOf(w, policyId)).to.equal(Status.paid)
  })
})
