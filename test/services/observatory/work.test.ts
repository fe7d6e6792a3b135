import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tryAgainError } from '@nexus/kit/errors'
import { feedIdOf } from '@nexus/kit/feed'
import type { Job } from '@nexus/observatory/config'
import type { Produced } from '@nexus/observatory/produce'
import { migrations, openState } from '@nexus/observatory/state'
import { type ObservatoryStep, type WorkDeps, work } from '@nexus/observatory/work'
import { silentLog } from '@nexus/runtime/log'
import { openStore, type Store } from '@nexus/runtime/sqlite'
import type { Answer, Outgoing } from '@nexus/runtime/transport'
import { expect } from 'chai'
import { anchorOf, fakeRegistry, HUALIEN, sealed, WINDOW } from '../../oracles/relayer/support/parts.ts'
import { manualClock } from '../runtime/support.ts'

const RELAYERS = ['http://a', 'http://b']
const taken: Answer = { status: 202, bytes: new TextEncoder().encode('{"outcome":"pending"}') }
const answer = (status: number, body: object): Answer => ({
  status,
  bytes: new TextEncoder().encode(JSON.stringify(body)),
})
class Killed extends Error {}

describe('an observatory at work on a job', function () {
  this.timeout(30_000)
  let folder: string
  let store: Store
  let time: ReturnType<typeof manualClock>
  let registry: ReturnType<typeof fakeRegistry>
  let sent: Outgoing[]
  let answers: Map<string, Answer | Error>
  let produced: (sequence: number) => Promise<Produced>
  let made: number[]
  const job: Job = { name: 'hualien', feed: HUALIEN, feedId: feedIdOf(HUALIEN), window: WINDOW }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-observatory-'))
    store = openStore(path.join(folder, 'o.db'), migrations)
    time = manualClock()
    registry = fakeRegistry()
    sent = []
    answers = new Map(RELAYERS.map(url => [url, taken]))
    made = []
    produced = sequence => sealed({ sequence })
  })
  afterEach(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })

  const deps = (dieAfter?: ObservatoryStep): WorkDeps => ({
    clock: time.clock,
    log: silentLog,
    state: openState(store),
    registry: registry.registry,
    transport: {
      async request(outgoing) {
        sent.push(outgoing)
        const found = answers.get(outgoing.url.replace(/\/packs$/, ''))
        if (found instanceof Error || !found) throw found ?? new Error('nobody there')
        return found
      },
      close() {},
    },
    config: {
      relayers: RELAYERS,
      delivery: { timeoutMs: 1_000, retryMs: 1_000, abandonMs: 86_400_000 },
      sourceRetryMs: 600_000,
      storeDir: path.join(folder, 'packs'),
    },
    async produce(_, sequence) {
      made.push(sequence)
      return produced(sequence)
    },
    onStep(step) {
      if (step === dieAfter) throw new Killed(step)
    },
  })
  const pass = (dieAfter?: ObservatoryStep) => work(deps(dieAfter), job)
  const passUntilKilled = (dieAfter: ObservatoryStep) =>
    pass(dieAfter).then(
      () => expect.fail('it was not killed'),
      error => expect(error).to.be.instanceOf(Killed),
    )

  it('does nothing while the window is open by the chain’s clock', async () => {
    registry.fake.timestamp = WINDOW.to - 1
    expect(await pass()).to.deep.equal({ kind: 'window-open' })
    expect([made, sent]).to.deep.equal([[], []])
  })

  it('seals nothing above the cap of the feed, looks again later, and goes on when it is lifted or the level is lower', async () => {
    const pack = await produced(1)
    const eql = pack.kind === 'aep' ? pack.pack.claims.eql : -1
    registry.fake.cap = 1
    expect(eql).to.be.greaterThan(1)
    expect(await pass()).to.deep.equal({ kind: 'capped', eql, mostEql: 1 })
    expect(await pass()).to.deep.equal({ kind: 'postponed' })
    expect([made, sent]).to.deep.equal([[1], []])
    time.pass(600_000)
    expect((await pass()).kind).to.equal('capped')
    registry.fake.cap = eql
    time.pass(600_000)
    const outcome = await pass()
    expect(outcome.kind).to.equal('sealed')
    // no sequence was spent on what was not sent
    expect([made, sent.length]).to.deep.equal([[1, 1, 1], 2])
  })

  it('seals once the window is over, under the next sequence, and gives the pack to every relayer once', async () => {
    registry.fake.latest = 4
    const outcome = await pass()
    expect(outcome.kind).to.equal('sealed')
    await pass()
    expect(made).to.deep.equal([5])
    expect(sent.map(({ url }) => url).sort()).to.deep.equal(['http://a/packs', 'http://b/packs'])
  })

  it('offers it again to a relayer that was not reached or was busy, and not to one that took or refused it', async () => {
    answers.set('http://a', tryAgainError('peer-unreachable', 'down'))
    await pass()
    answers.set('http://a', answer(503, { code: 'busy' }))
    await pass()
    answers.set('http://a', answer(422, { code: 'foreign-feed', message: 'no' }))
    const outcome = await pass()
    await pass()
    expect(sent.map(({ url }) => url)).to.deep.equal([
      'http://a/packs',
      'http://b/packs',
      'http://a/packs',
      'http://a/packs',
    ])
    if (outcome.kind !== 'sealed') return expect.fail(outcome.kind)
    expect(outcome.deliveries).to.deep.equal([
      { relayer: 'http://a', state: 'refused', detail: 'foreign-feed: no' },
      { relayer: 'http://b', state: 'taken', detail: 'pending' },
    ])
  })

  it('sends nothing where the data give no index, and looks again later', async () => {
    const index = { time: null, value: null, scaled: null, decimals: 2 }
    const quality = { used: 0, excluded: {}, missingDays: 0, coverage: 0, flags: ['window-not-covered'] }
    produced = async () => ({ kind: 'no-index', result: { series: [], index, used: [], quality } })
    expect(await pass()).to.deep.equal({ kind: 'no-index' })
    expect(await pass()).to.deep.equal({ kind: 'no-index' })
    expect(made, 'it does not ask the source all the time').to.have.length(1)
    expect(sent).to.deep.equal([])
    produced = sequence => sealed({ sequence })
    time.pass(600_000)
    expect((await pass()).kind).to.equal('sealed')
  })

  it('tries a source again that did not answer, and not all the time', async () => {
    produced = async () => {
      throw tryAgainError('source-unavailable', 'down')
    }
    expect((await pass()).kind).to.equal('source-failed')
    expect((await pass()).kind).to.equal('postponed')
    produced = sequence => sealed({ sequence })
    time.pass(600_000)
    expect((await pass()).kind).to.equal('sealed')
    expect(made).to.deep.equal([1, 1])
  })

  it('is done when the window is anchored, whoever’s pack it was', async () => {
    const { pack } = await sealed()
    registry.fake.anchors = [anchorOf(pack.report)]
    expect(await pass()).to.deep.equal({ kind: 'anchored', aepId: pack.aepId })
    expect(made).to.deep.equal([])
  })

  it('seals a correction when a dispute has voided the anchor of its window, and not before or after', async () => {
    const { pack } = await sealed()
    registry.fake.anchors = [anchorOf(pack.report)]
    registry.fake.latest = 1
    const revisions: (string | null)[] = []
    const produce: WorkDeps['produce'] = (_, sequence, revises) => {
      revisions.push(revises)
      return sealed({ sequence, revises })
    }
    const passNow = () => work({ ...deps(), produce }, job)
    for (const state of ['anchored', 'disputed'] as const) {
      registry.fake.states.set(pack.aepId, state)
      expect((await passNow()).kind).to.equal('anchored')
    }
    registry.fake.states.set(pack.aepId, 'void')
    expect((await passNow()).kind).to.equal('sealed')
    expect(revisions).to.deep.equal([pack.aepId])
    registry.fake.anchors.push(anchorOf({ ...pack.report, aepRoot: `0x${'33'.repeat(32)}`, sequence: 2 }))
    expect(await passNow()).to.deep.equal({ kind: 'anchored', aepId: `0x${'33'.repeat(32)}` })
    expect(revisions).to.have.length(1)
  })

  it('seals anew when its sequence went to another window', async () => {
    await pass()
    registry.fake.latest = 1
    await pass()
    expect(made).to.deep.equal([1, 2])
  })

  it('seals anew when the pack was not anchored in time', async () => {
    await pass()
    time.pass(86_400_000)
    await pass()
    expect(made).to.deep.equal([1, 2])
  })

  it('lets one window of a feed wait for another, so that their sequences come in order', async () => {
    await pass()
    const later: Job = { ...job, name: 'later', window: { from: WINDOW.from, to: WINDOW.to - 86_400 } }
    expect(await work(deps(), later)).to.deep.equal({ kind: 'queued' })
    const [first] = sent
    expect(first).to.not.equal(undefined)
    registry.fake.anchors = [anchorOf((await sealed()).pack.report)]
    await pass()
    expect((await work(deps(), later)).kind).to.equal('sealed')
  })

  for (const step of ['pack-stored', 'pack-sealed', 'pack-delivered'] as const)
    it(`killed -9 right after ${step}, delivers one pack to every relayer when it comes back`, async () => {
      await passUntilKilled(step)
      const outcome = await pass()
      await pass()
      if (outcome.kind !== 'sealed') return expect.fail(outcome.kind)
      expect(outcome.deliveries.map(({ state }) => state)).to.deep.equal(['taken', 'taken'])
      const different = new Set(sent.map(({ body }) => Buffer.from(body ?? []).toString('base64')))
      expect(different.size, 'packs that left').to.equal(1)
      if (step !== 'pack-stored') expect(made).to.deep.equal([1])
    })
})
