import { expect } from 'chai'
import { AbiCoder, concat, keccak256, toBeHex, toUtf8Bytes } from 'ethers'
import {
  DAY,
  deploy,
  ethers,
  formulaIdOf,
  hash,
  header,
  networkHelpers,
  ONE,
  people,
  RAMP,
  type Terms,
  termsHashOf,
  type World,
  word,
  ZeroAddress,
} from './world.ts'

const MOST_COVER = 2n ** 96n - 1n

describe('Terms store', () => {
  let w: World
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(deploy)
  })

  describe('formulas', () => {
    const words = [word(-5n, ONE, ONE, 0n), word(7n, 3n, 2n, 1n)]
    const head = header('up', 1)

    it('keeps a formula under its hash, for everyone to read', async () => {
      const formulaId = formulaIdOf(head, words)
      await expect(w.store.publishFormula(head, words))
        .to.emit(w.store, 'FormulaPublished')
        .withArgs(formulaId, head, words)
      expect(await w.store.formulaOf(formulaId)).to.deep.equal([head, words])
    })

    it('changes nothing when a formula is published again', async () => {
      await w.store.publishFormula(head, words)
      await expect(w.store.publishFormula(head, words)).to.not.emit(w.store, 'FormulaPublished')
      expect(await w.store.formulaOf(formulaIdOf(head, words))).to.deep.equal([head, words])
    })

    it('refuses a malformed formula', async () => {
      await expect(w.store.publishFormula(head, [word(1n, 0n, ONE + 1n, 0n)]))
        .to.be.revertedWithCustomError(w.store, 'Formula_FractionAboveOne')
        .withArgs(0, ONE + 1n)
    })

    it('does not know a formula that nobody published', async () => {
      await expect(w.store.formulaOf(hash('nothing')))
        .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFormula')
        .withArgs(hash('nothing'))
    })

    it('keeps sixteen knots', async () => {
      const many = Array.from({ length: 16 }, (_, i) => word(BigInt(i), 1n, 2n, 3n))
      await w.store.publishFormula(head, many)
      expect(await w.store.formulaOf(formulaIdOf(head, many))).to.deep.equal([head, many])
    })
  })

  describe('terms', () => {
    const list = (t: Terms) => Object.values(t).map(value => (typeof value === 'number' ? BigInt(value) : value))

    it('keeps terms under their EIP-712 struct hash, numbered in order of publication', async () => {
      const termsHash = termsHashOf(w.terms)
      expect(await w.store.hashTerms(w.terms)).to.equal(termsHash)
      const tuple = `tuple(${(w.store.interface.getFunction('publishTerms').inputs[0]?.components ?? []).map(c => c.type).join(',')})`
      await expect(w.store.publishTerms(w.terms))
        .to.emit(w.store, 'TermsPublished')
        .withArgs(termsHash, 1, AbiCoder.defaultAbiCoder().encode([tuple], [Object.values(w.terms)]))
      const other = { ...w.terms, minEql: 4 }
      await w.store.publishTerms(other)

      expect(await w.store.termsOf(termsHash)).to.deep.equal([list(w.terms), 1n, w.terms.coverAssets])
      expect(await w.store.termsAt(1)).to.deep.equal([list(w.terms), termsHash, w.terms.coverAssets])
      expect(await w.store.termsAt(2)).to.deep.equal([list(other), termsHashOf(other), w.terms.coverAssets])
      expect(await w.store.bindingOf(termsHash)).to.deep.equal([
        1n,
        w.terms.asset,
        BigInt(w.terms.from),
        BigInt(w.terms.waitingSeconds),
        w.terms.coverAssets,
      ])
    })

    it('changes nothing when terms are published again', async () => {
      await w.store.publishTerms(w.terms)
      await expect(w.store.publishTerms(w.terms)).to.not.emit(w.store, 'TermsPublished')
      const again = await w.store.publishTerms.staticCall(w.terms)
      expect(again).to.deep.equal([termsHashOf(w.terms), 1n])
    })

    it('knows the most that terms can pay to the unit, rounded as their formula rounds', async () => {
      const third = ONE / 3n
      for (const [rounding, most] of [
        ['down', 333n],
        ['up', 334n],
      ] as const) {
        const words = [word(1n, 0n, third, 0n)]
        await w.store.publishFormula(header(rounding), words)
        const terms = { ...w.terms, formulaId: formulaIdOf(header(rounding), words), coverAssets: 1000n }
        await w.store.publishTerms(terms)
        expect((await w.store.termsOf(termsHashOf(terms))).mostAssets, rounding).to.equal(most)
      }
    })

    it('refuses what cannot be terms, saying what is wrong', async () => {
      const never = [word(0n, 0n, 0n, 0n)]
      const tiny = [word(0n, 0n, 1n, 0n)]
      await w.store.publishFormula(header(), never)
      await w.store.publishFormula(header(), tiny)
      const neverId = formulaIdOf(header(), never)
      const tinyId = formulaIdOf(header(), tiny)
      const cases: [change: Partial<Terms>, error: string, args: unknown[]][] = [
        [{ version: 0 }, 'Terms_WrongVersion', [0]],
        [{ version: 2 }, 'Terms_WrongVersion', [2]],
        [{ feedId: hash('a feed nobody published') }, 'Terms_UnknownFeed', [hash('a feed nobody published')]],
        [{ asset: ZeroAddress }, 'Terms_NoAsset', []],
        [{ coverAssets: 0n }, 'Terms_CoverOutOfRange', [0, MOST_COVER]],
        [{ coverAssets: MOST_COVER + 1n }, 'Terms_CoverOutOfRange', [MOST_COVER + 1n, MOST_COVER]],
        [{ from: w.to }, 'Terms_EmptyWindow', [w.to, w.to]],
        [{ from: w.to + 1 }, 'Terms_EmptyWindow', [w.to + 1, w.to]],
        [{ minEql: 0 }, 'Terms_EqlOutOfRange', [0]],
        [{ minEql: 5 }, 'Terms_EqlOutOfRange', [5]],
        [
          { reportingDeadline: w.to + 180 * DAY - 1 },
          'Terms_DeadlineTooEarly',
          [w.to + 180 * DAY - 1, w.to + 180 * DAY],
        ],
        [
          { to: 2 ** 40 - 1, reportingDeadline: 2 ** 40 - 1 },
          'Terms_DeadlineTooEarly',
          [2 ** 40 - 1, 2 ** 40 - 1 + 180 * DAY],
        ],
        [{ formulaId: hash('nothing') }, 'Terms_UnknownFormula', [hash('nothing')]],
        [{ formulaId: neverId }, 'Terms_NeverPays', [neverId, w.terms.coverAssets]],
        [{ formulaId: tinyId }, 'Terms_NeverPays', [tinyId, w.terms.coverAssets]],
      ]
      for (const [change, error, args] of cases)
        await expect(
          w.store.publishTerms({ ...w.terms, ...change }),
          JSON.stringify(change, (_, v) => `${v}`),
        )
          .to.be.revertedWithCustomError(w.store, error)
          .withArgs(...args)
    })

    it('refuses an evidence grade or a kind of readings that does not exist', async () => {
      await expect(w.store.publishTerms({ ...w.terms, evidence: 2 })).to.revert(ethers)
      await expect(w.store.publishTerms({ ...w.terms, readings: 2 })).to.revert(ethers)
    })

    it('takes the least deadline and the largest cover', async () => {
      await w.store.publishTerms({ ...w.terms, reportingDeadline: w.to + 180 * DAY, coverAssets: MOST_COVER })
    })

    it('does not know terms that nobody published', async () => {
      const unknown = hash('nothing')
      for (const call of [() => w.store.termsOf(unknown), () => w.store.bindingOf(unknown)])
        await expect(call()).to.be.revertedWithCustomError(w.store, 'Terms_UnknownTerms').withArgs(unknown)
      for (const index of [0, 1])
        await expect(w.store.termsAt(index))
          .to.be.revertedWithCustomError(w.store, 'Terms_UnknownIndex')
          .withArgs(index)
    })

    it('lets a stranger publish, and gives the same number to whoever asks next', async () => {
      const { stranger } = await people()
      await w.store.connect(stranger).publishTerms(w.terms)
      expect((await w.store.publishTerms.staticCall(w.terms)).termsIndex).to.equal(1n)
    })
  })

  describe('feed specifications', () => {
    const specification = toUtf8Bytes('{"model":"quake-max-magnitude"}')
    const feedId = keccak256(specification)

    it('puts a specification into an event and remembers its block', async () => {
      const sent = await w.store.publishFeed(specification)
      await expect(sent).to.emit(w.store, 'FeedPublished').withArgs(feedId, specification)
      expect(await w.store.feedPublishedIn(feedId)).to.equal(sent.blockNumber)
      await expect(w.store.publishFeed(specification)).to.not.emit(w.store, 'FeedPublished')
      expect(await w.store.feedPublishedIn(feedId)).to.equal(sent.blockNumber)
    })

    it('refuses an empty one, and does not know what nobody published', async () => {
      await expect(w.store.publishFeed('0x')).to.be.revertedWithCustomError(w.store, 'Terms_EmptySpecification')
      await expect(w.store.feedPublishedIn(feedId))
        .to.be.revertedWithCustomError(w.store, 'Terms_UnknownFeed')
        .withArgs(feedId)
    })
  })

  it('keeps words as the code of a contract that does nothing', async () => {
    const sent = await w.store.publishFormula(header('down', 0), RAMP)
    const receipt = await sent.wait()
    // a contract counts what it creates from 1, and the fixture published two formulas
    const pointer = ethers.getCreateAddress({ from: await w.store.getAddress(), nonce: 3 })
    expect(receipt?.status).to.equal(1)
    const data = concat([header('down', 0), ...RAMP].map(v => toBeHex(v, 32)))
    expect(await ethers.provider.getCode(pointer)).to.equal(concat(['0x00', data]))
    const [caller] = await ethers.getSigners()
    await caller?.sendTransaction({ to: pointer, data: '0xdeadbeef' })
    expect(await ethers.provider.getCode(pointer)).to.equal(concat(['0x00', data]))
  })
})
