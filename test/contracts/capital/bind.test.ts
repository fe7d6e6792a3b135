import { expect } from 'chai'
import {
  bind,
  DAY,
  deploy,
  ethers,
  evidence,
  formulaIdOf,
  hash,
  header,
  networkHelpers,
  ONE,
  people,
  policyIdOf,
  type Quote,
  quoteOf,
  Status,
  settle,
  sign,
  statusOf,
  type Terms,
  UNIT,
  type World,
  word,
  ZeroAddress,
} from './world.ts'

describe('Binding a policy', () => {
  let w: World
  let quote: Quote
  let who: Awaited<ReturnType<typeof people>>
  const NONCE = 777n

  async function published(): Promise<World> {
    const world = await deploy()
    await world.store.publishTerms(world.terms)
    return world
  }

  beforeEach(async () => {
    w = await networkHelpers.loadFixture(published)
    who = await people()
    quote = await quoteOf(w, w.terms, NONCE)
  })

  const bindAs = async (q: Quote, signature?: string, underwriter = who.underwriter.address) =>
    w.book.connect(who.payer).bind(q, underwriter, signature ?? (await sign(w, q)))

  it('takes the premium from the caller, gives the policy to the holder, locks the most it can pay', async () => {
    const before = await w.token.balanceOf(who.payer.address)
    const policyId = policyIdOf(w, NONCE)
    await expect(bindAs(quote))
      .to.emit(w.book, 'PolicyBound')
      .withArgs(policyId, quote.termsHash, who.holder.address, w.addresses.pool, quote.premium, w.terms.coverAssets)
      .and.to.emit(w.pool, 'CapacityLocked')
      .withArgs(policyId, w.terms.coverAssets, quote.premium)

    expect(await w.token.balanceOf(who.payer.address)).to.equal(before - quote.premium)
    expect(await w.book.ownerOf(policyId)).to.equal(who.holder.address)
    expect(await w.pool.lockedAssets()).to.equal(w.terms.coverAssets)
    expect(await w.pool.unearnedAssets()).to.equal(quote.premium)
    expect(await w.pool.totalAssets()).to.equal(1_500_000n * UNIT)
    expect(await w.book.policyOf(policyId)).to.deep.equal([0n, quote.premium, 0n, 1n, Status.active])
    expect(await w.book.poolOf(policyId)).to.equal(w.addresses.pool)
    expect(await w.book.policyIdOf(w.addresses.pool, NONCE)).to.equal(policyId)
    expect(await w.book.lapsesAt(policyId)).to.equal(w.terms.reportingDeadline)
  })

  it('needs no premium when the quote asks none', async () => {
    const free = { ...quote, premium: 0n }
    await bindAs(free)
    expect(await w.pool.unearnedAssets()).to.equal(0n)
  })

  describe('an underwriter’s signature', () => {
    const refused = async (q: Quote, signature: string) => {
      await expect(bindAs(q, signature))
        .to.be.revertedWithCustomError(w.book, 'Policies_BadSignature')
        .withArgs(who.underwriter.address)
      expect(await statusOf(w, policyIdOf(w, q.nonce))).to.equal(Status.none)
    }

    it('does not carry over to any other quote', async () => {
      const signature = await sign(w, quote)
      const others: Partial<Quote>[] = [
        { holder: who.stranger.address },
        { premium: quote.premium - 1n },
        { nonce: NONCE + 1n },
        { expiry: quote.expiry + 1 },
        { termsHash: hash('other terms') },
      ]
      for (const change of others) await refused({ ...quote, ...change }, signature)
    })

    it('does not carry over to another chain, book, or version of it', async () => {
      for (const change of [
        { chainId: w.domain.chainId + 1n },
        { verifyingContract: w.addresses.pool },
        { version: '2' },
        { name: 'Nexus' },
      ])
        await refused(quote, await sign(w, quote, who.underwriter, { ...w.domain, ...change }))
    })

    it('must be the underwriter’s', async () => {
      await refused(quote, await sign(w, quote, who.stranger))
      await refused(quote, '0x')
      const { r, s, v } = ethers.Signature.from(await sign(w, quote))
      const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
      const mirrored = ethers.toBeHex(order - BigInt(s), 32)
      await refused(quote, ethers.concat([r, mirrored, v === 27 ? '0x1c' : '0x1b']))
    })

    it('counts only while the pool enables that underwriter', async () => {
      const signature = await sign(w, quote, who.stranger)
      await expect(bindAs(quote, signature, who.stranger.address))
        .to.be.revertedWithCustomError(w.pool, 'Pools_NotUnderwriter')
        .withArgs(who.stranger.address)
      await w.pool.connect(who.curator).setUnderwriter(who.underwriter.address, false)
      await expect(bindAs(quote))
        .to.be.revertedWithCustomError(w.pool, 'Pools_NotUnderwriter')
        .withArgs(who.underwriter.address)
    })

    it('may be a contract’s, by ERC-1271', async () => {
      const wallet = await ethers.deployContract('ContractWallet', [who.stranger.address])
      const address = await wallet.getAddress()
      await w.pool.connect(who.curator).setUnderwriter(address, true)
      await expect(bindAs(quote, await sign(w, quote), address))
        .to.be.revertedWithCustomError(w.book, 'Policies_BadSignature')
        .withArgs(address)
      await bindAs(quote, await sign(w, quote, who.stranger), address)
      expect(await statusOf(w, policyIdOf(w, NONCE))).to.equal(Status.active)
    })

    it('cannot be nobody’s: a signature that recovers nothing is not the zero address’s', async () => {
      await w.pool.connect(who.curator).setUnderwriter(ZeroAddress, true)
      const nothing = ethers.concat([ethers.toBeHex(1, 32), ethers.toBeHex(1, 32), '0x05'])
      await expect(bindAs(quote, nothing, ZeroAddress))
        .to.be.revertedWithCustomError(w.book, 'Policies_BadSignature')
        .withArgs(ZeroAddress)
    })
  })

  describe('a nonce', () => {
    it('binds once', async () => {
      await bindAs(quote)
      await expect(bindAs(quote))
        .to.be.revertedWithCustomError(w.book, 'Policies_NonceUsed')
        .withArgs(w.addresses.pool, NONCE, Status.active)
    })

    it('can be withdrawn by an underwriter, and then never binds', async () => {
      await expect(w.book.connect(who.underwriter).cancelNonce(w.addresses.pool, NONCE))
        .to.emit(w.book, 'NonceCancelled')
        .withArgs(w.addresses.pool, NONCE, policyIdOf(w, NONCE))
      await expect(bindAs(quote))
        .to.be.revertedWithCustomError(w.book, 'Policies_NonceUsed')
        .withArgs(w.addresses.pool, NONCE, Status.cancelled)
      await expect(w.book.connect(who.underwriter).cancelNonce(w.addresses.pool, NONCE))
        .to.be.revertedWithCustomError(w.book, 'Policies_NonceUsed')
        .withArgs(w.addresses.pool, NONCE, Status.cancelled)
    })

    it('cannot be withdrawn by a stranger, nor once bound', async () => {
      await expect(w.book.connect(who.stranger).cancelNonce(w.addresses.pool, NONCE))
        .to.be.revertedWithCustomError(w.book, 'Policies_NotUnderwriter')
        .withArgs(w.addresses.pool, who.stranger.address)
      await bindAs(quote)
      await expect(w.book.connect(who.underwriter).cancelNonce(w.addresses.pool, NONCE))
        .to.be.revertedWithCustomError(w.book, 'Policies_NonceUsed')
        .withArgs(w.addresses.pool, NONCE, Status.active)
      await expect(w.book.connect(who.underwriter).cancelNonce(who.stranger.address, NONCE))
        .to.be.revertedWithCustomError(w.book, 'Policies_UnknownPool')
        .withArgs(who.stranger.address)
    })
  })

  describe('time', () => {
    it('ends a quote after its expiry, the last second included', async () => {
      const expiry = (await networkHelpers.time.latest()) + 100
      const brief = { ...quote, expiry }
      const late = { ...brief, nonce: NONCE + 1n }
      await networkHelpers.time.setNextBlockTimestamp(expiry)
      await bindAs(brief)
      await networkHelpers.time.setNextBlockTimestamp(expiry + 1)
      await expect(bindAs(late))
        .to.be.revertedWithCustomError(w.book, 'Policies_QuoteExpired')
        .withArgs(expiry, expiry + 1)
    })

    it('keeps for a quote that would expire during a pause what was left of it when the pause began', async () => {
      const began = (await networkHelpers.time.latest()) + 10
      const [paused, left] = [DAY, 100]
      const offers = [0, 1, 2, 3].map(n => ({ ...quote, nonce: NONCE + BigInt(n), expiry: began + left }))
      const [first, second, third, withdrawn] = offers as [Quote, Quote, Quote, Quote]
      const before = { ...quote, nonce: NONCE + 4n, expiry: began - 1 }
      const after = { ...quote, nonce: NONCE + 5n, expiry: began + paused }
      await networkHelpers.time.setNextBlockTimestamp(began)
      await w.book.connect(who.guardian).pause(paused)
      await networkHelpers.time.setNextBlockTimestamp(began + left)
      await expect(bindAs(first)).to.be.revertedWithCustomError(w.book, 'Pause_Paused')
      await w.book.connect(who.underwriter).cancelNonce(w.addresses.pool, withdrawn.nonce)

      await networkHelpers.time.setNextBlockTimestamp(began + paused + 1)
      await expect(bindAs(before))
        .to.be.revertedWithCustomError(w.book, 'Policies_QuoteExpired')
        .withArgs(began - 1, began + paused + 1)
      await networkHelpers.time.setNextBlockTimestamp(began + paused + 2)
      await expect(bindAs(after), 'whose expiry no pause holds')
        .to.be.revertedWithCustomError(w.book, 'Policies_QuoteExpired')
        .withArgs(began + paused, began + paused + 2)
      await expect(bindAs(withdrawn)).to.be.revertedWithCustomError(w.book, 'Policies_NonceUsed')
      await bindAs(first)
      await networkHelpers.time.setNextBlockTimestamp(began + paused + left)
      await bindAs(second)
      await networkHelpers.time.setNextBlockTimestamp(began + paused + left + 1)
      await expect(bindAs(third))
        .to.be.revertedWithCustomError(w.book, 'Policies_QuoteExpired')
        .withArgs(began + paused + left, began + paused + left + 1)
    })

    it('does not move the last moment to bind: a window waits for no pause', async () => {
      const last = w.from - w.terms.waitingSeconds
      await networkHelpers.time.setNextBlockTimestamp(last - 10)
      await w.book.connect(who.guardian).pause(DAY)
      await networkHelpers.time.setNextBlockTimestamp(last - 10 + DAY)
      await expect(bindAs({ ...quote, expiry: last + 2 * DAY })).to.be.revertedWithCustomError(
        w.book,
        'Policies_TooLate',
      )
    })

    it('leaves the waiting period before the cover begins, to the second', async () => {
      const last = w.from - w.terms.waitingSeconds
      await networkHelpers.time.setNextBlockTimestamp(last)
      await bindAs(quote)
      await networkHelpers.time.setNextBlockTimestamp(last + 1)
      const late = { ...quote, nonce: NONCE + 1n }
      await expect(bindAs(late))
        .to.be.revertedWithCustomError(w.book, 'Policies_TooLate')
        .withArgs(w.from, w.from + 1)
    })

    it('refuses a cover whose window has begun even without a waiting period', async () => {
      const terms = { ...w.terms, waitingSeconds: 0 }
      await w.store.publishTerms(terms)
      const q = { ...(await quoteOf(w, terms, NONCE)), expiry: w.from + DAY }
      await networkHelpers.time.setNextBlockTimestamp(w.from + 1)
      await expect(bindAs(q))
        .to.be.revertedWithCustomError(w.book, 'Policies_TooLate')
        .withArgs(w.from, w.from + 1)
    })
  })

  describe('terms and amounts', () => {
    it('must be published', async () => {
      const q = await quoteOf(w, { ...w.terms, minEql: 4 }, NONCE)
      await expect(bindAs(q)).to.be.revertedWithCustomError(w.store, 'Terms_UnknownTerms').withArgs(q.termsHash)
    })

    it('must be in the pool’s asset', async () => {
      const terms = { ...w.terms, asset: who.stranger.address }
      await w.store.publishTerms(terms)
      await expect(bindAs(await quoteOf(w, terms, NONCE)))
        .to.be.revertedWithCustomError(w.book, 'Policies_WrongAsset')
        .withArgs(who.stranger.address, w.addresses.token)
    })

    it('cannot ask a premium beyond 96 bits', async () => {
      const most = 2n ** 96n - 1n
      await expect(bindAs({ ...quote, premium: most + 1n }))
        .to.be.revertedWithCustomError(w.book, 'Policies_PremiumTooLarge')
        .withArgs(most + 1n, most)
    })

    it('cannot lock more than the pool has free', async () => {
      const sell = async (coverAssets: bigint) => bind(w, { coverAssets })
      await sell(1_000_000n * UNIT)
      await expect(sell(500_000n * UNIT + 1n))
        .to.be.revertedWithCustomError(w.pool, 'Pools_Insolvent')
        .withArgs(500_000n * UNIT + 1n, 500_000n * UNIT)
      await sell(500_000n * UNIT)
      expect(await w.pool.freeAssets()).to.equal(0n)
    })

    it('locks only what the formula can pay, not the whole cover', async () => {
      const words = [word(640n, 0n, (ONE * 3n) / 10n, ONE / 4n)]
      await w.store.publishFormula(header(), words)
      const terms: Partial<Terms> = { formulaId: formulaIdOf(header(), words) }
      await bind(w, terms)
      expect(await w.pool.lockedAssets()).to.equal(300n * UNIT)
    })
  })

  describe('pools', () => {
    it('must be listed', async () => {
      const q = { ...quote, pool: who.stranger.address }
      await expect(bindAs(q))
        .to.be.revertedWithCustomError(w.book, 'Policies_UnknownPool')
        .withArgs(who.stranger.address)
    })

    it('are listed by the curator, and only if they obey this book', async () => {
      await expect(w.book.connect(who.stranger).listPool(w.addresses.pool))
        .to.be.revertedWithCustomError(w.book, 'AccessManagedUnauthorized')
        .withArgs(who.stranger.address)
      const [manager, registry, store] = [w.authority, w.registry, w.store]
      const otherBook = await ethers.deployContract('PolicyBook', [manager, registry, store])
      const foreign = await ethers.deployContract('RiskPool', [w.token, 'F', 'F', manager, otherBook, 13 * DAY])
      await expect(w.book.connect(who.curator).listPool(foreign))
        .to.be.revertedWithCustomError(w.book, 'Policies_ForeignPool')
        .withArgs(foreign, otherBook)
      expect(await w.book.assetOf(foreign)).to.equal(ZeroAddress)
      expect(await w.book.assetOf(w.addresses.pool)).to.equal(w.addresses.token)
    })
  })

  it('gives a policy to a contract that knows nothing of tokens, and pays it', async () => {
    const wallet = await ethers.deployContract('ContractWallet', [who.stranger.address])
    const { policyId } = await bind(w, {}, 50n * UNIT, await wallet.getAddress())
    expect(await w.book.ownerOf(policyId)).to.equal(await wallet.getAddress())
    await settle(w, policyId, await evidence(w, 640n))
    expect(await w.token.balanceOf(wallet)).to.equal(1_000n * UNIT)
  })

  it('refuses a quote to nobody', async () => {
    const q = { ...quote, holder: ZeroAddress }
    await expect(bindAs(q)).to.be.revertedWithCustomError(w.book, 'ERC721InvalidReceiver').withArgs(ZeroAddress)
  })

  it('stops during a pause', async () => {
    await w.book.connect(who.guardian).pause(DAY)
    const until = (await networkHelpers.time.latest()) + DAY
    await expect(bindAs(quote)).to.be.revertedWithCustomError(w.book, 'Pause_Paused').withArgs(until)
    await expect(w.book.connect(who.stranger).pause(DAY))
      .to.be.revertedWithCustomError(w.book, 'AccessManagedUnauthorized')
      .withArgs(who.stranger.address)
  })
})
