import { verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import { produceAep } from '@nexus/observatory/produce'
import { forgeBytes } from '@nexus/sandbox/forge'
import { expect } from 'chai'
import { catalogue, compute, HUALIEN, OVER, obtain, sealed, WINDOW } from '../../oracles/relayer/support/parts.ts'

describe('what an observatory seals', function () {
  this.timeout(30_000)

  it('is a pack that verifies, with the reading that everybody knows: Hualien, 6.4', async () => {
    const { pack, zip } = await sealed()
    const { ok, aepId } = verifyPack(zip)
    expect(ok).to.equal(true)
    expect(aepId).to.equal(pack.aepId)
    expect(pack.claims.index).to.deep.include({ value: '6.40', scaled: '640', time: '2018-02-06T15:50:42.400Z' })
    expect(pack.claims).to.deep.include({ sequence: 1, provisional: false, revises: null, eql: 3 })
  })

  it('is the same to the byte when it is sealed again', async () => {
    const [one, other] = [await sealed(), await sealed()]
    expect(Buffer.compare(one.zip, other.zip)).to.equal(0)
  })

  it('keeps the bytes of the source as they came', async () => {
    const [input] = await obtain(HUALIEN, WINDOW)
    const kept = unzipPack((await sealed()).zip).get('inputs/vega-earthquakes.geojson')
    expect(Buffer.compare(kept ?? Buffer.alloc(0), input?.bytes ?? Buffer.alloc(1))).to.equal(0)
  })

  it('is marked provisional when it rests on a reading that its source calls automatic', async () => {
    const { pack } = await sealed({
      feed: { ...HUALIEN, params: { ...HUALIEN.params, statuses: 'automatic,reviewed' } },
      obtain: async (feed, window) =>
        (await obtain(feed, window)).map(input => {
          const text = Buffer.from(input.bytes).toString()
          const at = text.indexOf('"status":"', text.indexOf('22km NNE of Hualian, Taiwan'))
          const rest = text.slice(at).replace('"status":"reviewed"', '"status":"automatic"')
          return { ...input, bytes: new TextEncoder().encode(text.slice(0, at) + rest) }
        }),
    })
    expect(pack.claims.index.scaled).to.equal('640')
    expect(pack.claims.provisional).to.equal(true)
    expect(pack.report.flags).to.equal(1)
  })

  it('is nothing where the data give no index', async () => {
    const produced = await produceAep({
      catalogue,
      feed: HUALIEN,
      window: { from: WINDOW.from, to: WINDOW.to + 30 * 86_400 }, // the source was asked before this window was over
      sequence: 1,
      clock: { nowSeconds: () => OVER },
    })
    expect(produced.kind).to.equal('no-index')
    expect(produced.result.index.scaled).to.equal(null)
  })

  it('is nothing, and an error, where the bytes are not what the source sends', async () => {
    const produced = produceAep({
      catalogue,
      feed: HUALIEN,
      window: WINDOW,
      sequence: 1,
      clock: { nowSeconds: () => OVER },
      obtain: async (feed, window) =>
        (await obtain(feed, window)).map(input => ({
          ...input,
          bytes: forgeBytes(input.bytes, '{"type":"FeatureCollection"', '{"type":"Feature'),
        })),
      compute,
    })
    const code = await produced.then(
      () => 'none',
      (error: { code?: string; exitCode?: number }) => `${error.exitCode}`,
    )
    expect(code).to.equal('2')
  })
})
