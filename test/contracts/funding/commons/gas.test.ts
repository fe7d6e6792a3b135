import type { ContractTransactionResponse } from 'ethers'
import { recordGas } from '../../gas/ledger.ts'
import {
  DAY,
  deploy,
  finalEvidence,
  funded,
  grant,
  networkHelpers,
  now,
  pay,
  pledge,
  Source,
  stream,
  terms,
  UNIT,
  type World,
} from './world.ts'

const fixture = () => networkHelpers.loadFixture(funded)
const usedBy = async (sent: Promise<ContractTransactionResponse>) => (await (await sent).wait())?.gasUsed ?? 0n

describe('Gas of the commons', () => {
  it('takes income of which a part is passed on', async () => {
    const w = await networkHelpers.loadFixture(deploy)
    recordGas('commons: deposit, the first of its source', await usedBy(pay(w, 100n * UNIT, Source.fee)), 115_000n)
    recordGas('commons: deposit', await usedBy(pay(w, 100n * UNIT, Source.fee)), 60_000n)
  })

  /** Beside what was awarded before, as it mostly will be. */
  const withOne = async (w: World) => {
    await grant(w, { part: 9, assets: 1n })
    await networkHelpers.time.increase(DAY)
  }

  it('awards', async () => {
    const w = await fixture()
    await withOne(w)
    recordGas('commons: grant', await usedBy(w.commons.connect(w.rail).grant(terms(w))), 190_000n)
    const startAt = (await now()) + DAY
    recordGas(
      'commons: stream',
      await usedBy(w.commons.connect(w.rail).stream(terms(w, { part: 1 }), startAt, startAt, startAt + 100 * DAY)),
      200_000n,
    )
    recordGas(
      'commons: award compensation',
      await usedBy(w.commons.connect(w.panel).awardCompensation(w.asset, w.household.address, 5n, terms(w).decision)),
      210_000n,
    )
  })

  it('awards after five hundred awards: the look-up grows with their logarithm', async () => {
    const w = await fixture()
    for (let part = 100; part < 600; ++part) await grant(w, { part, assets: 1n })
    await networkHelpers.time.increase(DAY)
    recordGas('commons: grant, after 500', await usedBy(w.commons.connect(w.rail).grant(terms(w))), 215_000n)
  })

  it('pays', async () => {
    const w = await fixture()
    const awardId = await grant(w)
    recordGas('commons: collect a grant', await usedBy(w.commons.collect(awardId)), 90_000n)
    const { awardId: streamed, cliffAt } = await stream(w, { part: 1 })
    await networkHelpers.time.increaseTo(cliffAt)
    recordGas('commons: collect from a stream', await usedBy(w.commons.collect(streamed)), 72_000n)
  })

  it('releases what was pledged by evidence', async () => {
    const w = await fixture()
    const { awardId } = await pledge(w)
    const aepId = await finalEvidence(w)
    recordGas('commons: release by evidence', await usedBy(w.commons.release(awardId, aepId)), 50_000n)
  })
})
