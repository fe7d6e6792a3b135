import { tryAgainError } from '@nexus/kit/errors'
import { evaluate, MOST_SEQUENCES_AHEAD, type Verdict } from '@nexus/relayer/evaluate'
import { createOwnReadings } from '@nexus/relayer/own-reading'
import { forgeBytes, forgeResult } from '@nexus/sandbox/forge'
import { STRONGER_QUAKE } from '@nexus/sandbox/forging-observatory'
import { expect } from 'chai'
import { manualClock } from '../../services/runtime/support.ts'
import { anchorOf, catalogue, compute, fakeRegistry, obtain, sealed } from './support/parts.ts'

type Overrides = { obtain?: typeof obtain; registry?: Parameters<typeof fakeRegistry>[0]; freshMs?: number }

describe('what an operator finds when it does the work again', function () {
  this.timeout(30_000)

  /** Judges a sealed pack with this operator's own source, which a test may replace. */
  async function judge(pack: Awaited<ReturnType<typeof sealed>>, overrides: Overrides = {}): Promise<Verdict> {
    const { clock } = manualClock()
    const readings = createOwnReadings({ clock, compute, obtain: overrides.obtain ?? obtain })
    const { registry } = fakeRegistry(overrides.registry)
    const deps = { catalogue, registry, readings, compute, freshMs: overrides.freshMs ?? 0 }
    return evaluate(deps, pack.pack, pack.pack.files)
  }
  const differencesOf = (verdict: Verdict) => (verdict.kind === 'differs' ? verdict.differences : [])
  const forgedInput = () =>
    sealed({
      obtain: async (feed, window) =>
        (await obtain(feed, window)).map(input => ({
          ...input,
          bytes: forgeBytes(input.bytes, STRONGER_QUAKE.from, STRONGER_QUAKE.to),
        })),
    })
  const forgedValue = () =>
    sealed({
      compute: async (feed, window, inputs) => {
        const { dataset, result } = await compute(feed, window, inputs)
        return { dataset, result: forgeResult(result, '0.5') }
      },
    })

  it('agrees with an honest pack, and remembers what it obtained itself', async () => {
    const verdict = await judge(await sealed())
    expect(verdict.kind).to.equal('agrees')
    if (verdict.kind !== 'agrees') return
    expect(verdict.own).to.have.length(1)
    expect(verdict.own[0]).to.include({ name: 'vega-earthquakes.geojson', obtained: 'own-copy' })
    expect(verdict.own[0]?.sha256).to.match(/^0x[0-9a-f]{64}$/)
  })

  it('agrees with a pack made from other bytes that hold the same observations', async () => {
    const verdict = await judge(await sealed(), {
      obtain: async (feed, window) =>
        (await obtain(feed, window)).map(input => ({
          ...input,
          bytes: Buffer.concat([input.bytes, Buffer.from('\n')]),
        })),
    })
    expect(verdict.kind).to.equal('agrees')
  })

  it('refuses forged source bytes that are consistent in themselves: its own source says otherwise', async () => {
    const differences = differencesOf(await judge(await forgedInput()))
    expect(differences.map(({ check }) => check)).to.deep.equal(['value', 'observation 0'])
    expect(differences[0]).to.deep.equal({ check: 'value', mine: '640', theirs: '690' })
  })

  it('refuses a value that neither its own source nor the pack’s own bytes give', async () => {
    const differences = differencesOf(await judge(await forgedValue()))
    expect(differences).to.deep.include({ check: 'value', mine: '640', theirs: '690' })
    expect(differences).to.deep.include({ check: 'value from its own inputs', mine: '640', theirs: '690' })
  })

  it('refuses a true value whose pack cannot be recomputed from its own bytes', async () => {
    const pack = await sealed({
      obtain: async (feed, window) =>
        (await obtain(feed, window)).map(input => ({
          ...input,
          bytes: forgeBytes(input.bytes, STRONGER_QUAKE.from, STRONGER_QUAKE.to),
        })),
      compute: async (feed, window) => compute(feed, window, await obtain(feed, window)),
    })
    expect(pack.pack.report.value).to.equal(640n)
    const checks = differencesOf(await judge(pack)).map(({ check }) => check)
    expect(checks).to.include('value from its own inputs')
    expect(checks).to.not.include('value')
  })

  it('refuses a higher level than its own licence and provenance give', async () => {
    const verdict = await judge(await sealed(), {
      obtain: async (feed, window) => (await obtain(feed, window)).map(input => ({ ...input, licence: 'proprietary' })),
    })
    expect(differencesOf(verdict)).to.deep.equal([{ check: 'eql', mine: '2', theirs: '3' }])
  })

  it('refuses a sequence that is not above the latest', async () => {
    const verdict = await judge(await sealed({ sequence: 4 }), { registry: { latest: 4 } })
    expect(differencesOf(verdict)[0]).to.include({ check: 'sequence', theirs: '4' })
  })

  it('refuses a sequence so far ahead that it would use up the feed', async () => {
    const last = await judge(await sealed({ sequence: 4 + MOST_SEQUENCES_AHEAD }), { registry: { latest: 4 } })
    expect(last.kind).to.equal('agrees')
    const verdict = await judge(await sealed({ sequence: 4_294_967_295 }), { registry: { latest: 4 } })
    expect(differencesOf(verdict)[0]).to.include({ check: 'sequence', theirs: '4294967295' })
  })

  describe('of a window that has been anchored before', () => {
    const earlier = async (value: bigint) => anchorOf({ ...(await sealed()).pack.report, value })

    it('refuses a pack that does not name the one it corrects', async () => {
      const verdict = await judge(await sealed({ sequence: 2 }), {
        registry: { latest: 1, anchors: [await earlier(600n)] },
      })
      expect(differencesOf(verdict)[0]).to.include({ check: 'revises', theirs: 'nothing' })
    })

    it('agrees with one that names it and says something else', async () => {
      const anchor = await earlier(600n)
      const pack = await sealed({ sequence: 2, revises: anchor.aepId })
      expect((await judge(pack, { registry: { latest: 1, anchors: [anchor] } })).kind).to.equal('agrees')
    })

    it('refuses one that says what is anchored already', async () => {
      const anchor = await earlier(640n)
      const pack = await sealed({ sequence: 2, revises: anchor.aepId })
      const verdict = await judge(pack, { registry: { latest: 1, anchors: [anchor] } })
      expect(differencesOf(verdict)[0]).to.include({ check: 'revision' })
    })

    it('agrees with one that says the same after a dispute has voided it', async () => {
      const anchor = await earlier(640n)
      const pack = await sealed({ sequence: 2, revises: anchor.aepId })
      const registry = { latest: 1, anchors: [anchor], states: new Map([[anchor.aepId, 'void' as const]]) }
      expect((await judge(pack, { registry })).kind).to.equal('agrees')
    })
  })

  it('refuses a pack that claims to correct one that never was', async () => {
    const verdict = await judge(await sealed({ revises: `0x${'ab'.repeat(32)}` }))
    expect(differencesOf(verdict)[0]).to.include({ check: 'revises', mine: 'nothing' })
  })

  it('says neither yes nor no while its own source does not answer', async () => {
    const verdict = await judge(await sealed(), {
      obtain: async () => {
        throw tryAgainError('source-unavailable', 'down')
      },
    })
    expect(verdict.kind).to.equal('not-now')
  })

  it('says no without its own source where the chain has settled it', async () => {
    const verdict = await judge(await sealed(), {
      registry: { latest: 1 },
      obtain: async () => {
        throw tryAgainError('source-unavailable', 'down')
      },
    })
    expect(differencesOf(verdict)[0]).to.include({ check: 'sequence' })
  })

  it('asks its source again before it refuses on an old copy, and once only for several packs', async () => {
    const time = manualClock()
    let asked = 0
    let isOld = true
    const readings = createOwnReadings({
      clock: time.clock,
      compute,
      async obtain(feed, window) {
        asked++
        const inputs = await obtain(feed, window)
        return isOld
          ? inputs.map(input => ({ ...input, bytes: forgeBytes(input.bytes, STRONGER_QUAKE.from, STRONGER_QUAKE.to) }))
          : inputs
      },
    })
    const { registry } = fakeRegistry()
    const deps = { catalogue, registry, readings, compute, freshMs: 60_000 }
    const [honest, other] = [await sealed(), await sealed({ sequence: 2 })]
    await evaluate(deps, honest.pack, honest.pack.files) // the source still says 6.9
    isOld = false
    time.pass(120_000)
    expect((await evaluate(deps, honest.pack, honest.pack.files)).kind).to.equal('agrees')
    expect(asked).to.equal(2)
    expect((await evaluate(deps, other.pack, other.pack.files)).kind).to.equal('agrees')
    expect(asked).to.equal(2)
  })
})
