import { expect } from 'chai'
import { anchor, headerOf, nextOf, type Report } from '../evidence/world.ts'
import {
  ANSWER,
  certified,
  certify,
  DAY,
  delist,
  deploy,
  ethers,
  FORMULA,
  hash,
  Kind,
  linked,
  networkHelpers,
  propose,
  publishFeed,
  publishTemplate,
  REASON,
  release,
  Status,
  SUSPENSION,
  specificationOf,
  suspend,
  URGENT,
  version,
  type World,
  YEAR,
  ZeroHash,
} from './world.ts'

const MOST_ENFORCED = 16
const CODE = release().contentHash
const bytes = (text: string) => ethers.hexlify(ethers.toUtf8Bytes(text))

let sequence = 0
/** Anchors a report of the feed, of this level, signed by a quorum. */
function report(w: World, feedId: string, eql: number) {
  const next: Report = { ...nextOf(w.evidence.report, ++sequence), feedId, eql }
  return anchor(w.evidence, next)
}

describe('A feed of a model', () => {
  it('is linked by anyone, by its own words, and takes on the level of the model', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const { specification, feedId } = await publishFeed(w)
    const as = w.components.connect(w.stranger)
    expect(await as.codeHashIn(specification)).to.equal(CODE)
    await expect(as.linkFeed(specification))
      .to.emit(as, 'FeedLinked')
      .withArgs(feedId, w.componentId)
      .and.to.emit(as, 'FeedEnforced')
      .withArgs(feedId, w.componentId, 3)
    expect(await as.modelOf(feedId)).to.equal(w.componentId)
    expect(await as.feedsOf(w.componentId)).to.deep.equal([feedId])
    expect(await w.evidence.registry.capOf(feedId)).to.equal(3n)
    await expect(as.linkFeed(specification)).to.not.emit(as, 'FeedLinked')
    expect(await as.feedsOf(w.componentId)).to.deep.equal([feedId])
  })

  it('is anchored no more at its old level once the model is suspended, and again when that is over', async () => {
    const w = await networkHelpers.loadFixture(linked)
    const { registry } = w.evidence
    await report(w, w.feedId, 3)
    await expect(report(w, w.feedId, 4))
      .to.be.revertedWithCustomError(registry, 'Evidence_EqlAboveCap')
      .withArgs(4, 3)
    await suspend(w, w.componentId) // caps what is linked by itself
    for (const eql of [2, 3])
      await expect(report(w, w.feedId, eql))
        .to.be.revertedWithCustomError(registry, 'Evidence_EqlAboveCap')
        .withArgs(eql, 1)
    await report(w, w.feedId, 1)
    await networkHelpers.time.increase(SUSPENSION)
    await expect(w.components.connect(w.stranger).enforce(w.feedId))
      .to.emit(w.components, 'FeedEnforced')
      .withArgs(w.feedId, w.componentId, 3)
    await report(w, w.feedId, 3)
  })

  it('follows the model whatever becomes of it: urgent, dismissed, delisted, certified again, expired', async () => {
    const w = await networkHelpers.loadFixture(linked)
    const cap = () => w.evidence.registry.capOf(w.feedId)
    const { components, componentId } = w
    await components.connect(w.guardian).suspendUrgently(componentId, REASON)
    expect(await cap()).to.equal(1n)
    await components.connect(w.supervisor).dismiss(componentId, REASON)
    expect(await cap()).to.equal(3n)
    await delist(w, componentId)
    expect(await cap()).to.equal(1n)
    await certify(w, componentId, { eql: 4 })
    expect(await cap()).to.equal(4n)
    await certify(w, componentId, { eql: 2 })
    expect(await cap()).to.equal(2n)
    await networkHelpers.time.increase(YEAR)
    expect(await components.enforce.staticCall(w.feedId)).to.equal(1n)
    await components.connect(w.stranger).enforce(w.feedId)
    expect(await cap()).to.equal(1n)
  })

  it('stays capped while an urgent suspension lasts, and is free by anyone’s call when it lapsed', async () => {
    const w = await networkHelpers.loadFixture(linked)
    await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)
    await networkHelpers.time.increase(URGENT - 10)
    await expect(w.components.enforce(w.feedId)).to.not.emit(w.components, 'FeedEnforced')
    await expect(report(w, w.feedId, 3)).to.be.revertedWithCustomError(w.evidence.registry, 'Evidence_EqlAboveCap')
    await networkHelpers.time.increase(10)
    await w.components.enforceComponent(w.componentId)
    await report(w, w.feedId, 3)
  })

  it('is enforced twice without a second effect', async () => {
    const w = await networkHelpers.loadFixture(linked)
    await suspend(w, w.componentId)
    for (const call of [
      () => w.components.enforce(w.feedId),
      () => w.components.enforceComponent(w.componentId),
      () => w.components.linkFeed(w.specification),
    ]) {
      await expect(call()).to.not.emit(w.evidence.registry, 'FeedCapped')
      expect(await w.evidence.registry.capOf(w.feedId)).to.equal(1n)
    }
  })

  it('cannot be given another model by a code hash that is smuggled into its parameters', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const sound = await propose(w, { contentHash: hash('sound code'), name: 'sound' }, Kind.model, w.stranger)
    await certify(w, sound)
    await suspend(w, w.componentId)
    // a feed of the suspended code, whose parameters speak of the sound one, as keys and as text
    const smuggled = [
      { modelCodeHash: hash('sound code') },
      { a: `","modelCodeHash":"${hash('sound code')}"` },
      { '","modelCodeHash":"0x': hash('sound code') },
    ]
    for (const params of smuggled) {
      const feed = await publishFeed(w, { params })
      await w.components.linkFeed(feed.specification)
      expect(await w.components.modelOf(feed.feedId)).to.equal(w.componentId)
      expect(await w.evidence.registry.capOf(feed.feedId)).to.equal(1n)
    }
    // nor by text that comes before: a quote inside a string is escaped, and then it is no key
    const datasetVersion = `x,"modelCodeHash":"${hash('sound code')}"`
    const feed = await publishFeed(w, { datasetVersion })
    expect(await w.components.codeHashIn(feed.specification)).to.equal(CODE)
  })

  it('is read as a slow search in text reads it, wherever its words put the hash', async () => {
    const { components } = await networkHelpers.loadFixture(deploy)
    for (let n = 0; n < 40; n++) {
      const modelCodeHash = hash(`code ${n}`)
      const datasetVersion = 'é"\\,:{}'.repeat(n % 7) + 'x'.repeat(n * 11)
      const specification = specificationOf({ modelCodeHash, datasetVersion, params: { n: `${n}` } })
      const parsed = JSON.parse(ethers.toUtf8String(specification)) as { modelCodeHash: string }
      expect(await components.codeHashIn(specification)).to.equal(parsed.modelCodeHash)
    }
  })

  it('is refused when its words name no code, or not as the standard has it', async () => {
    const { components } = await networkHelpers.loadFixture(deploy)
    const sound = ethers.toUtf8String(specificationOf({ modelCodeHash: CODE }))
    const key = `,"modelCodeHash":"${CODE}"`
    const wrong = [
      '',
      '{}',
      sound.replace(key, ''),
      sound.replace(CODE, CODE.toUpperCase().replace('0X', '0x')), // upper case
      sound.replace(CODE, CODE.slice(0, -1)), // short
      sound.replace(CODE, `${CODE}0`), // long
      sound.replace(CODE, CODE.slice(2)), // without 0x
      sound.replace(CODE, CODE.replace(/.$/, 'g')),
      sound.replace(CODE, CODE.replace(/.$/, '`')), // the characters beside those that count
      sound.replace(CODE, CODE.replace(/.$/, ':')),
      sound.replace(CODE, CODE.replace(/.$/, '/')),
      sound.replace('"modelCodeHash"', '"modelcodehash"'),
      `x${key.slice(0, -1)}`, // cut off at the very end
      `${'x'.repeat(200)},"modelCodeHash":"0x`,
    ]
    for (const words of wrong)
      await expect(components.codeHashIn(bytes(words)), words).to.be.revertedWithCustomError(
        components,
        'Registry_NoCodeHash',
      )
    expect(await components.codeHashIn(bytes(key)), 'the least there is').to.equal(CODE)
  })

  it('is not linked when it is not published, changed by a byte, or of code that nobody was certified for', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const unpublished = specificationOf({ modelCodeHash: CODE })
    await expect(w.components.linkFeed(unpublished))
      .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFeed')
      .withArgs(ethers.keccak256(unpublished))
    const { specification } = await publishFeed(w)
    const changed = ethers.concat([specification, '0x20'])
    await expect(w.components.linkFeed(changed)).to.be.revertedWithCustomError(w.store, 'Terms_UnknownFeed')
    const unknown = await publishFeed(w, { modelCodeHash: hash('unknown code') })
    await expect(w.components.linkFeed(unknown.specification))
      .to.be.revertedWithCustomError(w.components, 'Registry_NoHolder')
      .withArgs(hash('unknown code'))
    await propose(w, { contentHash: hash('unknown code'), version: version(2) }) // proposed is not certified
    await expect(w.components.linkFeed(unknown.specification)).to.be.revertedWithCustomError(
      w.components,
      'Registry_NoHolder',
    )
    await expect(w.components.enforce(unknown.feedId))
      .to.be.revertedWithCustomError(w.components, 'Registry_FeedNotLinked')
      .withArgs(unknown.feedId)
  })

  it('cannot be capped upwards by linking it to a twin of its model', async () => {
    const w = await networkHelpers.loadFixture(linked)
    await suspend(w, w.componentId)
    const twin = await propose(w, { name: 'twin' }, Kind.model, w.stranger)
    await expect(certify(w, twin, { eql: 4 })).to.be.revertedWithCustomError(w.components, 'Registry_ContentHeld')
    await w.components.connect(w.stranger).linkFeed(w.specification)
    await w.components.connect(w.stranger).enforceComponent(twin)
    expect(await w.evidence.registry.capOf(w.feedId)).to.equal(1n)
    expect(await w.components.modelOf(w.feedId)).to.equal(w.componentId)
  })

  it('does not lengthen a suspension: the first sixteen are capped with it, any other by anyone', async () => {
    const w = await networkHelpers.loadFixture(certified)
    const feeds: string[] = []
    for (let n = 0; n < MOST_ENFORCED + 2; n++) {
      const { specification, feedId } = await publishFeed(w, { params: { n: `${n}` } })
      await w.components.connect(w.stranger).linkFeed(specification)
      feeds.push(feedId)
    }
    expect(await w.components.feedsOf(w.componentId)).to.deep.equal(feeds.slice(0, MOST_ENFORCED))
    const receipt = await (await w.components.connect(w.guardian).suspendUrgently(w.componentId, REASON)).wait()
    expect(receipt?.gasUsed).to.be.at.most(600_000n)
    for (const [n, feedId] of feeds.entries()) {
      const before = n < MOST_ENFORCED ? 1n : 3n
      expect(await w.evidence.registry.capOf(feedId), `feed ${n}`).to.equal(before)
      await w.components.connect(w.stranger).enforce(feedId)
      expect(await w.evidence.registry.capOf(feedId)).to.equal(1n)
    }
  })

  it('has its cap only from the registry: who certifies, supervises or warns cannot set one', async () => {
    const w = await networkHelpers.loadFixture(linked)
    for (const who of [w.certifier, w.supervisor, w.guardian, w.publisher, w.stranger])
      await expect(w.evidence.registry.connect(who).capFeed(w.feedId, 4))
        .to.be.revertedWithCustomError(w.evidence.registry, 'AccessManagedUnauthorized')
        .withArgs(who.address)
  })

  it('is signed for by operators as before: a cap changes nothing of what their signatures cover', async () => {
    const w = await networkHelpers.loadFixture(linked)
    const next: Report = { ...nextOf(w.evidence.report, 500), feedId: w.feedId, eql: 3 }
    const digest = () =>
      w.evidence.registry.reportDigest(next.feedId, next.aepRoot, next.receiptsRoot, headerOf(next, 7n))
    const before = await digest()
    await suspend(w, w.componentId)
    expect(await digest()).to.equal(before)
  })
})

describe('A template', () => {
  async function withTerms() {
    const w = await deploy()
    const { feedId } = await publishFeed(w)
    const now = await networkHelpers.time.latest()
    const terms = {
      version: 1,
      feedId,
      formulaId: FORMULA,
      asset: w.stranger.address,
      coverAssets: 1_000n,
      from: now + 10 * DAY,
      to: now + 20 * DAY,
      minEql: 3,
      evidence: 0,
      readings: 0,
      waitingSeconds: DAY,
      reportingDeadline: now + 220 * DAY,
    }
    await w.store.publishTerms(terms)
    return { ...w, feedId, terms, termsHash: await w.store.hashTerms(terms) }
  }

  it('binds no new policy once it is delisted: no new terms at once, published ones by anyone’s call', async () => {
    for (const scope of ['any feed', 'one feed'] as const) {
      const w = await networkHelpers.loadFixture(withTerms)
      const feedId = scope === 'one feed' ? w.feedId : ZeroHash
      const componentId = await publishTemplate(w, feedId)
      await certify(w, componentId)
      await suspend(w, componentId)
      // suspended is not delisted
      await expect(w.components.enforceComponent(componentId)).to.not.emit(w.components, 'TemplateEnforced')
      await w.store.bindingOf(w.termsHash)
      await expect(w.components.connect(w.supervisor).delist(componentId, REASON))
        .to.emit(w.components, 'TemplateEnforced')
        .withArgs(componentId, FORMULA, feedId, true)
      await expect(w.store.publishTerms({ ...w.terms, minEql: 4 })).to.be.revertedWithCustomError(
        w.store,
        'Terms_TemplateWithdrawn',
      )
      await w.store.connect(w.stranger).enforceTerms(w.termsHash)
      await expect(w.store.bindingOf(w.termsHash))
        .to.be.revertedWithCustomError(w.store, 'Terms_Withdrawn')
        .withArgs(w.termsHash)
    }
  })

  it('binds again when it is certified again', async () => {
    const w = await networkHelpers.loadFixture(withTerms)
    const componentId = await publishTemplate(w)
    await certify(w, componentId)
    await delist(w, componentId)
    await w.store.enforceTerms(w.termsHash)
    await expect(certify(w, componentId))
      .to.emit(w.components, 'TemplateEnforced')
      .withArgs(componentId, FORMULA, ZeroHash, false)
    await w.store.enforceTerms(w.termsHash)
    expect((await w.store.bindingOf(w.termsHash)).waitingSeconds).to.equal(BigInt(DAY))
    await w.store.publishTerms({ ...w.terms, minEql: 4 })
  })

  it('that is only proposed does not lift what was delisted under another name', async () => {
    const w = await networkHelpers.loadFixture(withTerms)
    const componentId = await publishTemplate(w)
    await certify(w, componentId)
    await delist(w, componentId)
    const twin = await publishTemplate(w, ZeroHash, 'twin', w.stranger)
    await expect(w.components.connect(w.stranger).enforceComponent(twin)).to.not.emit(w.components, 'TemplateEnforced')
    expect(await w.store.isTemplateWithdrawn(FORMULA, ZeroHash)).to.equal(true)
    await expect(certify(w, twin)).to.be.revertedWithCustomError(w.components, 'Registry_ContentHeld')
  })

  it('is delisted and enforced on its terms in one transaction, so that nobody binds in between', async () => {
    const w = await networkHelpers.loadFixture(withTerms)
    const componentId = await publishTemplate(w)
    await certify(w, componentId)
    await suspend(w, componentId)
    // the role is held by a contract here, as by the Safe
    const batch = await ethers.deployContract('Batch')
    await w.evidence.authority.grantRole(34n, batch, 0)
    await batch.run([
      { target: w.components, data: w.components.interface.encodeFunctionData('delist', [componentId, REASON]) },
      { target: w.store, data: w.store.interface.encodeFunctionData('enforceTerms', [w.termsHash]) },
    ])
    expect(await w.store.isWithdrawn(w.termsHash)).to.equal(true)
  })

  it('of another kind than these two enforces nothing', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    const componentId = await propose(w, {}, Kind.pack)
    await certify(w, componentId)
    await delist(w, componentId)
    await w.components.enforceComponent(componentId)
    expect(await w.components.statusOf(componentId)).to.equal(Status.delisted)
    expect(await w.components.feedsOf(componentId)).to.deep.equal([])
    await networkHelpers.time.increase(ANSWER)
  })
})
