import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { receiptsRoot } from '@nexus/aep/receipt'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import { componentRegistryAbi } from '@nexus/chain/abi/ComponentRegistry'
import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { type Hex, sha256Hex, toHex } from '@nexus/kit/canonical'
import { type FeedSpec, feedSpecBytes } from '@nexus/kit/feed'
import type { Window } from '@nexus/kit/observation'
import { unpackHeader } from '@nexus/kit/report'
import { accounts } from '@nexus/local/accounts'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { obtainSource } from '@nexus/packs/fetch'
import { rankOf } from '@nexus/relayer/committee'
import { forgeBytes } from '@nexus/sandbox/forge'
import { STRONGER_QUAKE } from '@nexus/sandbox/forging-observatory'
import { expect } from 'chai'
import { eventually, getJson } from '../../support/process.ts'
import { type Cluster, deliver, type Node, type Outcome, startCluster } from './support/cluster.ts'

const QUORUM = 5

describe('seven relayers', function () {
  this.timeout(180_000)
  let cluster: Cluster
  /** All readings here are of one feed, so their sequences are one series. */
  let sequence = 0

  before(async () => {
    cluster = await startCluster('seven')
    await cluster.clock.moveTo(Date.UTC(2018, 1, 8) / 1000)
  })
  after(() => cluster?.stop())

  /** Those that run stay: most of a test's time would go into starting processes. */
  const each = <T>(work: (node: Node) => Promise<T>, nodes = cluster.nodes): Promise<T[]> =>
    Promise.all(nodes.map(work))
  const start = (nodes: readonly Node[] = cluster.nodes) =>
    Promise.all(nodes.filter(node => !node.isRunning()).map(node => node.start()))

  /** A window of `days` days of the same feed: always another one, so that nothing is a revision. */
  const reading = (from: number, to: number) => ({
    feed: cluster.scenario.covers.hualien.feed,
    from: `2018-02-0${from}`,
    to: `2018-02-0${to}`,
  })
  const nextPack = (window: [number, number], other = {}) => cluster.pack(reading(...window), ++sequence, other)
  type TestPack = Awaited<ReturnType<typeof nextPack>>

  const deliverToAll = (pack: TestPack, nodes = cluster.nodes) => each(node => deliver(node.url, pack.zip), nodes)
  const anchored = (pack: TestPack) =>
    eventually(`pack ${pack.aepId} to be anchored`, async () => {
      const anchors = await cluster.anchors(pack.aepId)
      return anchors[0]
    })
  const outcomeIs = (node: Node, aepId: Hex, outcome: string): Promise<Outcome> =>
    eventually(`relayer ${node.index} to have ${outcome} ${aepId}`, async () => {
      const found = await node.outcome(aepId)
      return found?.outcome === outcome ? found : undefined
    })
  const rank = (node: Node, { report }: TestPack) =>
    rankOf(
      { operators: cluster.nodes.map(({ operator }) => operator) },
      node.operator,
      report.feedId,
      report.sequence,
    ) ?? -1
  const byRank = (pack: TestPack): Node[] => [...cluster.nodes].sort((a, b) => rank(a, pack) - rank(b, pack))
  const leaderOf = (pack: TestPack): Node => {
    const [leader] = byRank(pack)
    if (!leader) throw new Error('a committee has a leader')
    return leader
  }
  /** The receipts that a relayer's copy of a pack carries, and what they hash to. */
  async function servedReceipts(node: Node, aepId: Hex) {
    const response = await fetch(`${node.url}/packs/${aepId}.zip`)
    if (!response.ok) return undefined
    const files = unzipPack(new Uint8Array(await response.arrayBuffer()))
    const { ok, receipts } = verifyPack(files, { aepId })
    const bytes = receipts.map(({ operator }) => ({
      operator,
      bytes: files.get(`signatures/${operator.toLowerCase()}.json`) ?? new Uint8Array(),
    }))
    return { ok, count: receipts.length, root: bytes.length > 0 ? receiptsRoot(bytes) : undefined }
  }
  const carriesAnchoredReceipts = (node: Node, aepId: Hex, root: Hex) =>
    eventually(`relayer ${node.index} to serve the anchored receipts`, async () => {
      const served = await servedReceipts(node, aepId)
      return served?.root === root ? served : undefined
    })

  it('anchor a pack once, sent by the leader, and each then serves it with the receipts its anchor commits to', async () => {
    await start()
    const pack = await nextPack([1, 2])
    await deliverToAll(pack)
    const anchor = await anchored(pack)
    const header = unpackHeader(anchor.header)
    expect(header.value).to.equal(pack.report.value)
    expect(header.sequence).to.equal(sequence)
    expect([...header.signers.toString(2)].filter(bit => bit === '1')).to.have.length(QUORUM)
    for (const node of cluster.nodes) {
      const served = await carriesAnchoredReceipts(node, pack.aepId, anchor.receiptsRoot)
      expect(served).to.deep.equal({ ok: true, count: QUORUM, root: anchor.receiptsRoot })
    }
    const { from } = await cluster.rpc.client.getTransaction({ hash: anchor.txHash })
    expect(from).to.equal(leaderOf(pack).operator)
    expect(await cluster.anchors(pack.aepId)).to.have.length(1)
  })

  it('refuse a pack whose source bytes were forged, and say both values', async () => {
    await start()
    const forged = await cluster.pack(reading(1, 7), sequence + 1, {
      obtain: async (feed: FeedSpec, window: Window) => {
        const { inputs } = await obtainSource({
          catalogue: cluster.catalogue,
          feed,
          window,
          clock: { nowSeconds: () => 0 },
        })
        const { from, to } = STRONGER_QUAKE
        return inputs.map(input => ({ ...input, bytes: forgeBytes(input.bytes, from, to) }))
      },
    })
    expect(forged.report.value).to.equal(690n) // sound in itself
    await deliverToAll(forged)
    for (const node of cluster.nodes) {
      const { differences } = await outcomeIs(node, forged.aepId, 'refused')
      expect(differences[0]).to.deep.equal({ check: 'value', mine: '640', theirs: '690' })
      expect(differences[1]?.mine).to.contain('6.4')
      expect(differences[1]?.theirs).to.contain('6.9')
      expect(node.log()).to.match(
        /"differences":\[\{"check":"value","mine":"640","theirs":"690"\}.*"msg":"pack refused"/,
      )
    }
    expect(await cluster.anchors(forged.aepId)).to.deep.equal([])
  })

  it('anchor the truth while one of them signs a lie and presses it on the others', async () => {
    const [forger, ...honest] = cluster.nodes
    if (!forger) throw new Error('a committee has members')
    await forger.kill9()
    await Promise.all([forger.startForging(), start(honest)])
    try {
      const pack = await nextPack([1, 7])
      await deliver(forger.url, pack.zip)
      await outcomeIs(forger, pack.aepId, 'refused') // by its own account the truth is wrong
      const lie = await eventually('the forger to have signed its lie', async () => {
        const { packs } = (await getJson<{ packs: { aepId: Hex; sequence: number }[] }>(`${forger.url}/packs`)) ?? {
          packs: [],
        }
        return packs.find(one => one.sequence === sequence)?.aepId
      })
      for (const node of honest) {
        const { differences } = await outcomeIs(node, lie, 'refused')
        expect(differences).to.deep.include({ check: 'value', mine: '640', theirs: '690' })
      }
      await deliverToAll(pack, honest)
      const { signers, value } = unpackHeader((await anchored(pack)).header)
      expect(value).to.equal(640n)
      expect(signers & 1, 'the forger is operator 0 and must not be among the signers').to.equal(0)
      expect(await cluster.anchors(lie)).to.deep.equal([])
    } finally {
      await forger.kill9()
    }
  })

  it('never sign a second root for a sequence, though it says the same', async () => {
    await start()
    const pack = await nextPack([2, 3])
    const twin = await cluster.pack(reading(2, 3), sequence, {
      obtain: async (feed: FeedSpec, window: Window) => {
        const { inputs } = await obtainSource({
          catalogue: cluster.catalogue,
          feed,
          window,
          clock: { nowSeconds: () => 0 },
        })
        return inputs.map(input => ({ ...input, retrievedAt: '2020-01-01T00:00:00Z' }))
      },
    })
    expect(twin.aepId).to.not.equal(pack.aepId)
    expect(twin.report.value).to.equal(pack.report.value)
    const [first] = cluster.nodes
    if (!first) throw new Error('a committee has members')
    await deliver(first.url, pack.zip)
    await outcomeIs(first, pack.aepId, 'signed')
    await deliver(first.url, twin.zip)
    const { differences } = await outcomeIs(first, twin.aepId, 'refused')
    expect(differences).to.deep.include({ check: 'root for this sequence', mine: pack.aepId, theirs: twin.aepId })
  })

  it('anchor nothing while three are down, and go on when one returns', async () => {
    const pack = await nextPack([3, 4])
    const ranked = byRank(pack)
    const [up, down] = [ranked.slice(0, 4), ranked.slice(4)]
    await Promise.all([start(up), each(node => node.kill9(), down)])
    await deliverToAll(pack, up)
    await each(node => outcomeIs(node, pack.aepId, 'signed'), up)
    const noQuorum = `"aepId":"${pack.aepId}","kind":"waiting","for":"receipts","have":4,"need":5`
    const tried = () => up.filter(node => node.log().includes(noQuorum))
    await eventually('two of them to have found no quorum', async () => tried().length >= 2 || undefined)
    expect(await cluster.anchors(pack.aepId)).to.deep.equal([])
    const [returned] = down
    await returned?.start() // it was down when the pack was handed out, and gets it from its peers
    const anchor = await anchored(pack)
    expect(unpackHeader(anchor.header).signers.toString(2).replaceAll('0', '')).to.have.length(QUORUM)
    expect(await cluster.anchors(pack.aepId)).to.have.length(1)
  })

  it('anchor although two never answer, and one that was cut off keeps the pack when it is back', async () => {
    const pack = await nextPack([4, 5])
    const ranked = byRank(pack)
    const [cutOff, silent] = [ranked[5], ranked[6]]
    const up = ranked.slice(0, 5)
    if (!cutOff || !silent) throw new Error('a committee of seven has seven members')
    const sockets: Server[] = []
    await each(node => node.kill9(), [cutOff, silent])
    try {
      // Connections are taken and nothing is ever said: the worst a peer can do to those who wait for it.
      for (const node of [cutOff, silent]) {
        const server = createServer(socket => socket.on('error', () => {}))
        sockets.push(server.listen(Number(new URL(node.url).port), '127.0.0.1'))
      }
      await start(up)
      await deliverToAll(pack, up)
      await anchored(pack)
    } finally {
      for (const server of sockets) server.close()
      await each(node => node.kill9(), up) // ends the connections that the silent ones hold
    }
    await start([...up, cutOff])
    const { receiptsRoot: root } = await anchored(pack)
    await outcomeIs(cutOff, pack.aepId, 'archived')
    await carriesAnchoredReceipts(cutOff, pack.aepId, root)
  })

  it('live through the loss of the chain, say that they are not ready, and anchor when it is back', async () => {
    await start()
    const { url, stop } = cluster.chain
    await stop()
    for (const node of cluster.nodes)
      await eventually(`relayer ${node.index} to be not ready`, async () =>
        (await fetch(`${node.url}/ready`)).status === 503 ? true : undefined,
      )
    await cluster.restartChain()
    expect(cluster.chain.url, 'the chain is back where it was').to.equal(url)
    const pack = await nextPack([2, 6])
    await each(node =>
      eventually(`relayer ${node.index} to take the pack`, async () =>
        (await deliver(node.url, pack.zip)).status === 202 ? true : undefined,
      ),
    )
    await anchored(pack)
    expect(cluster.nodes.every(node => node.isRunning())).to.equal(true)
  })

  describe('of which the leader is killed -9', () => {
    const steps = [
      'pack-received',
      'pack-kept',
      'pack-accepted',
      'call-stored',
      'transaction-stored',
      'transaction-sent',
      'transaction-mined',
      'call-confirmed',
    ]
    const windows: [number, number][] = [
      [5, 6],
      [6, 7],
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 6],
      [5, 7],
      [1, 4],
    ]
    for (const [index, step] of steps.entries())
      it(`right after ${step}: anchored once, and nothing is lost or done twice when it comes back`, async () => {
        const pack = await nextPack(windows[index] ?? [1, 5])
        const leader = leaderOf(pack)
        const others = cluster.nodes.filter(node => node !== leader)
        const before = await cluster.transactionsOf(leader.operator)
        await leader.kill9()
        await Promise.all([leader.start({ crashAfter: step }), start(others)])
        await Promise.allSettled([deliver(leader.url, pack.zip), deliverToAll(pack, others)])
        await leader.died()
        const { receiptsRoot: root } = await anchored(pack)
        await leader.start()
        await carriesAnchoredReceipts(leader, pack.aepId, root)
        expect(await cluster.anchors(pack.aepId), 'anchors of the pack').to.have.length(1)
        const sent = (await cluster.transactionsOf(leader.operator)) - before
        expect(sent, 'transactions of the leader').to.be.at.most(1)
        for (const node of cluster.nodes) {
          const { outcome } = await eventually(`relayer ${node.index} to know the pack`, () => node.outcome(pack.aepId))
          expect(outcome).to.be.oneOf(['signed', 'archived'])
        }
      })
  })

  describe('whose model is suspended by the registry of components', () => {
    const { governor, sponsor: publisher } = accounts
    const reasonHash = sha256Hex(new TextEncoder().encode('its magnitudes are in doubt'))
    let feedId: Hex
    let componentId: Hex

    const components = () => {
      const { registries } = cluster.manifest
      if (!registries) throw new Error('the deployment keeps components')
      return { address: registries.component, abi: componentRegistryAbi } as const
    }
    const capOfFeed = () =>
      cluster.rpc.client.readContract({
        ...{ address: cluster.manifest.registry, abi: evidenceRegistryAbi },
        ...{ functionName: 'capOf', args: [feedId] },
      })

    /** A model of the catalogue as a certified component, and its feed linked to it. */
    async function certifyModel() {
      const { feed, feedId: id } = cluster.scenario.covers.hualien
      feedId = id
      const { rpc, clock } = cluster
      const as = (from: typeof governor, functionName: string, ...args: unknown[]) =>
        rpc.send(from, { ...components(), functionName, args })
      await cluster.actions.publishFeed(cluster.scenario.covers.hualien)
      const version = 1n << 32n
      const release = { name: feed.model, version, contentHash: feed.modelCodeHash, sbomHash: reasonHash, uri: '' }
      await as(publisher, 'propose', 2, release)
      const lineageId = await rpc.client.readContract({
        ...{ ...components(), functionName: 'lineageIdOf', args: [2, publisher.address, feed.model] },
      })
      componentId = await rpc.client.readContract({
        ...{ ...components(), functionName: 'componentIdOf', args: [lineageId, Number(version)] },
      })
      const inAYear = (await clock.nowSeconds()) + 365 * 86_400
      await as(governor, 'certify', componentId, 2, 3, inAYear, reasonHash)
      await as(publisher, 'linkFeed', toHex(feedSpecBytes(feed)))
    }

    /** Every operator's receipt of a pack: what a peer would gather first. */
    const receiptsOf = ({ aepId }: TestPack) =>
      each(async ({ url }) => new Uint8Array(await (await fetch(`${url}/receipts/${aepId}`)).arrayBuffer()))
    /** Asks one operator to sign, as a peer that has a quorum's receipts, and does not care about caps. */
    async function askToSign(node: Node, { report }: TestPack, all: readonly Uint8Array[]) {
      const own = cluster.nodes.indexOf(node)
      const chosen = cluster.nodes
        .map(({ operator }, index) => ({ operator, bytes: all[index] ?? new Uint8Array() }))
        .filter((_, index) => (index - own + cluster.nodes.length) % cluster.nodes.length < QUORUM)
      const response = await fetch(`${node.url}/attestations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          report: { ...report, value: `${report.value}`, receiptsRoot: receiptsRoot(chosen), configVersion: 1 },
          receipts: chosen.map(({ bytes }) => Buffer.from(bytes).toString('utf8')),
        }),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }

    before(async () => {
      await certifyModel()
      await start()
    })

    it('anchor at its level while it is certified', async () => {
      expect(await capOfFeed()).to.equal(3)
      const pack = await nextPack([1, 5])
      await deliverToAll(pack)
      expect(unpackHeader((await anchored(pack)).header).eql).to.equal(3)
    })

    it('do not sign at its old level from then on, whoever asks, and say which component and which level', async () => {
      await cluster.rpc.send(governor, {
        ...{ ...components(), functionName: 'suspendUrgently', args: [componentId, reasonHash] },
      })
      expect(await capOfFeed()).to.equal(1)
      const pack = await nextPack([1, 6])
      await deliverToAll(pack)
      await each(node => outcomeIs(node, pack.aepId, 'signed')) // found right, with a receipt that says so
      const receipts = await receiptsOf(pack)
      for (const node of cluster.nodes) {
        const { status, body } = await askToSign(node, pack, receipts)
        expect(status).to.equal(409)
        expect(body).to.deep.include({
          code: 'above-cap',
          details: { feedId, componentId, eql: 3, mostEql: 1 },
        })
      }
      await eventually('a leader to have said why it gathers nothing', async () =>
        cluster.nodes.some(
          node =>
            node.log().includes(pack.aepId) && node.log().includes('not anchored: its feed is capped below its level'),
        )
          ? true
          : undefined,
      )
      expect(await cluster.anchors(pack.aepId)).to.deep.equal([])
    })

    it('anchor at the level that is left, once their catalogues no longer list the model', async () => {
      const packsDir = path.join(cluster.folder, 'unlisted-packs')
      cpSync(path.join(import.meta.dirname, '../../../packs'), packsDir, { recursive: true })
      const manifest = path.join(packsDir, 'seismic', 'pack.json')
      const seismic = JSON.parse(readFileSync(manifest, 'utf8'))
      for (const model of seismic.models) model.listed = false
      writeFileSync(manifest, JSON.stringify(seismic))
      const unlisted = await cluster.pack(reading(2, 7), ++sequence, { catalogue: loadCatalogue(packsDir) })
      expect(unlisted.report.eql).to.equal(1)
      await each(async node => {
        await node.stop()
        cluster.configure(node.index, config => Object.assign(config, { packsDir }))
        await node.start()
      })
      await deliverToAll(unlisted)
      expect(unpackHeader((await anchored(unlisted)).header).eql).to.equal(1)
    })
  })
})
