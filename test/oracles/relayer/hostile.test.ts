import { zipPack } from '@nexus/aep/zip'
import type { FeedSpec } from '@nexus/kit/feed'
import type { Window } from '@nexus/kit/observation'
import { obtainSource } from '@nexus/packs/fetch'
import { forgeBytes } from '@nexus/sandbox/forge'
import { STRONGER_QUAKE } from '@nexus/sandbox/forging-observatory'
import { expect } from 'chai'
import { eventually } from '../../support/process.ts'
import { type Cluster, deliver, type Node, startCluster } from './support/cluster.ts'

describe('a relayer among hostile callers', function () {
  this.timeout(120_000)
  let cluster: Cluster
  let node: Node
  before(async () => {
    cluster = await startCluster('hostile')
    await cluster.clock.moveTo(Date.UTC(2018, 1, 3) / 1000)
    const [first] = cluster.nodes
    if (!first) throw new Error('a committee has members')
    node = first
    cluster.configure(0, config => {
      config['packs'] = { ...(config['packs'] as object), mostBytes: 3_000_000, mostPending: 2 }
      config['feeds'] = [cluster.scenario.covers.hualien.feedId, cluster.scenario.covers.dry.feedId]
      const access = {
        kind: 'pinned',
        path: 'nowhere',
        url: 'https://example.org',
        licence: 'CC0-1.0',
        retrievedAt: '2020-01-01T00:00:00Z',
      }
      config['sources'] = { ...(config['sources'] as object), 'vega-seattle-weather': access }
    })
    await node.start()
  })
  after(() => cluster?.stop())
  afterEach(async () => {
    expect(node.isRunning(), 'the relayer runs on').to.equal(true)
    expect((await fetch(`${node.url}/ready`)).status).to.equal(200)
  })

  const post = async (path: string, body: string | Uint8Array, contentType: string) => {
    const response = await fetch(`${node.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    return { status: response.status, body: (await response.json()) as { code?: string } }
  }
  const hualien = () => {
    const { feed, from, to } = cluster.scenario.covers.hualien
    return { feed, from, to }
  }

  it('refuses what is not a pack, each with its reason', async () => {
    const { zip } = await cluster.pack({ ...hualien(), to: '2018-02-02' }, 1)
    const torn = zip.subarray(0, zip.length - 100)
    const changed = Uint8Array.from(zip)
    const at = Buffer.from(zip).indexOf('"magType":"mww"') + 12
    changed[at] = 0x78
    const evil = new Map([['claims.json', new TextEncoder().encode('{}')]])
    const attempts: [Uint8Array, RegExp][] = [
      [new TextEncoder().encode('not a zip'), /^zip-/],
      [new Uint8Array(0), /^zip-|^bad-request|not-a-zip/],
      [torn, /^zip-/],
      [changed, /^zip-|^bad-pack/],
      [zipPack(evil), /^bad-pack/],
    ]
    for (const [bytes, code] of attempts) {
      const { status, body } = await deliver(node.url, bytes)
      expect(status).to.be.oneOf([400, 422])
      expect(body['code']).to.match(code)
    }
  })

  it('refuses a body that is larger than it takes, before it has it all', async () => {
    const { status } = await deliver(node.url, new Uint8Array(3_000_001))
    expect(status).to.equal(413)
  })

  it('keeps nothing of a window that is not over by the chain’s clock', async () => {
    const pack = await cluster.pack({ ...hualien(), to: '2018-02-07' }, 1)
    const { status, body } = await deliver(node.url, pack.zip)
    expect(status).to.equal(503)
    expect(body['code']).to.equal('window-not-over')
    expect(await node.outcome(pack.aepId)).to.equal(undefined)
  })

  it('keeps nothing of a feed that it does not attest', async () => {
    const { feed, from } = cluster.scenario.covers.tokyo
    const pack = await cluster.pack({ feed, from, to: '2018-02-02' }, 1)
    const { status, body } = await deliver(node.url, pack.zip)
    expect(status).to.equal(422)
    expect(body['code']).to.equal('foreign-feed')
    expect(await node.outcome(pack.aepId)).to.equal(undefined)
  })

  it('refuses messages that are not attestations, each with its reason', async () => {
    const bodies = [
      '',
      '[]',
      '{}',
      '{"report":null,"receipts":[]}',
      '{"report":{"value":"1e9"},"receipts":[]}',
      `{"receipts":[${'"x",'.repeat(40)}"x"],"report":{}}`,
    ]
    for (const body of bodies) {
      const { status } = await post('/attestations', body, 'application/json')
      expect(status, body).to.be.oneOf([400, 422])
    }
    const { status } = await post('/attestations', 'a'.repeat(3_000_000), 'application/json')
    expect(status).to.equal(413)
  })

  it('refuses names of packs that lead elsewhere', async () => {
    for (const name of ['..%2f..%2frelayer.db', '0x12.zip', `0x${'AB'.repeat(32)}.zip`, '%00'])
      expect((await fetch(`${node.url}/packs/${name}`)).status, name).to.be.oneOf([400, 404, 422])
    expect((await fetch(`${node.url}/packs/0x${'ab'.repeat(32)}.zip`)).status).to.equal(404)
    for (const since of ['-1', 'x', '1.5', '1e400'])
      expect((await fetch(`${node.url}/packs?since=${since}`)).status, since).to.equal(422)
  })

  it('does not serve, and has no receipt for, a pack that it has refused', async () => {
    const { from, to } = STRONGER_QUAKE
    const forged = await cluster.pack({ ...hualien(), to: '2018-02-02' }, 9, {
      obtain: async (feed: FeedSpec, window: Window) => {
        const { inputs } = await obtainSource({
          catalogue: cluster.catalogue,
          feed,
          window,
          clock: { nowSeconds: () => 0 },
        })
        return inputs.map(input => ({ ...input, bytes: forgeBytes(input.bytes, from, to), licence: 'proprietary' }))
      },
    })
    await deliver(node.url, forged.zip)
    await eventually('the pack to be refused', async () => {
      const found = await node.outcome(forged.aepId)
      return found?.outcome === 'refused' ? found : undefined
    })
    expect((await fetch(`${node.url}/packs/${forged.aepId}.zip`)).status).to.equal(404)
    expect((await fetch(`${node.url}/receipts/${forged.aepId}`)).status).to.equal(409)
  })

  it('holds a few packs that it cannot judge yet, and refuses more until it can', async () => {
    const { feed } = cluster.scenario.covers.dry // its source is out of reach
    const years = ['2012', '2013', '2014']
    const statuses: number[] = []
    for (const [index, year] of years.entries()) {
      const pack = await cluster.pack({ feed, from: `${year}-01-01`, to: `${year}-12-31` }, index + 1)
      statuses.push((await deliver(node.url, pack.zip)).status)
    }
    expect(statuses).to.deep.equal([202, 202, 503])
    const { status } = await fetch(`${node.url}/packs`)
    expect(status).to.equal(200)
  })
})
