import { execFileSync } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { feedSpecOfDataset } from '@nexus/packs/feed-spec'
import { type ObtainOptions, obtainSource, type SourceAccess } from '@nexus/packs/fetch'
import { readInputFile } from '@nexus/packs/input-file'
import { expect } from 'chai'
import { vegaFile, windowOf } from '../../oracles/support/data.ts'
import { thrownBy, withFolder } from './support.ts'

const catalogue = loadCatalogue()
const window = windowOf('2018-02-01', '2018-02-07')
const clock = { nowSeconds: () => Date.parse('2026-01-02T03:04:05Z') / 1000 }
const feed = feedSpecOfDataset(catalogue, 'usgs-comcat', 'quake-max-magnitude', {
  lat: '23.9769',
  lon: '121.6044',
  radiusKm: '50',
})

/** A source of measurements on this machine, for as long as `work` runs. */
async function serving<T>(listener: RequestListener, work: (baseUrl: string) => Promise<T>): Promise<T> {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}
const from = (access: SourceAccess, more: Partial<ObtainOptions> = {}) =>
  obtainSource({ catalogue, feed, window, access, clock, ...more })
const over = (baseUrl: string, more: Partial<ObtainOptions> = {}) =>
  from({ kind: 'http', baseUrl, licence: 'public-domain' }, more)

describe('obtaining a source over HTTP', () => {
  it('asks for the window and the circle, and keeps the raw bytes with where, when and under what licence', async () => {
    const body = vegaFile('earthquakes.json')
    let asked = ''
    await serving(
      (request, response) => {
        asked = request.url ?? ''
        expect(request.headers['accept-encoding']).to.equal('identity')
        response.end(body)
      },
      async baseUrl => {
        const { inputs } = await over(baseUrl)
        expect(inputs).to.have.length(1)
        const [input] = inputs
        expect(input).to.include({
          name: 'usgs-comcat.geojson',
          licence: 'public-domain',
          retrievedAt: '2026-01-02T03:04:05.000Z',
          url: baseUrl + asked,
        })
        expect(input?.bytes).to.deep.equal(body)
      },
    )
    expect(asked).to.match(/^\/fdsnws\/event\/1\/query\?format=geojson&starttime=2018-02-01T00%3A00%3A00.000Z&/)
  })

  it('says try again (75) when the source is down, busy, slow, or breaks off', async () => {
    const again = { code: 'source-unavailable', exitCode: 75 }
    for (const status of [429, 500, 503])
      await serving(
        (_, response) => response.writeHead(status, { 'retry-after': '7' }).end(),
        async baseUrl => expect(await thrownBy(() => over(baseUrl))).to.include(again),
      )
    await serving(
      () => {}, // never answers
      async baseUrl => expect(await thrownBy(() => over(baseUrl, { timeoutMs: 50 }))).to.include(again),
    )
    await serving(
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"type":', () => response.destroy())
      },
      async baseUrl => expect(await thrownBy(() => over(baseUrl))).to.include(again),
    )
    await serving(
      (_, response) => {
        response.write('{"type":') // a body that starts and then hangs
      },
      async baseUrl => expect(await thrownBy(() => over(baseUrl, { timeoutMs: 50 }))).to.include(again),
    )
    const gone = await serving(
      (_, response) => response.end(),
      async baseUrl => baseUrl,
    )
    expect(await thrownBy(() => over(gone))).to.include(again)
  })

  it('refuses (2) what will not get better: not found, bad request, moved elsewhere', async () => {
    for (const [status, headers] of [
      [404, {}],
      [400, {}],
      [204, {}],
      [302, { location: 'http://127.0.0.1:1/' }],
    ] as const)
      await serving(
        (_, response) => response.writeHead(status, headers).end(),
        async baseUrl =>
          expect(await thrownBy(() => over(baseUrl)), String(status)).to.include({
            code: 'source-refused',
            exitCode: 2,
          }),
      )
  })

  it('gives up on a body that is too large, announced or not', async () => {
    const large = Buffer.alloc(5000, 32)
    await serving(
      (_, response) => response.writeHead(200, { 'content-length': '5000' }).end(large),
      async baseUrl =>
        expect((await thrownBy(() => over(baseUrl, { maxBytes: 4999 }))).code).to.equal('input-too-large'),
    )
    let sent = 0
    await serving(
      (_, response) => {
        const more = () => {
          sent += large.length
          if (!response.destroyed) response.write(large, () => setImmediate(more))
        }
        more() // endless
      },
      async baseUrl =>
        expect((await thrownBy(() => over(baseUrl, { maxBytes: 100_000 }))).code).to.equal('input-too-large'),
    )
    expect(sent).to.be.lessThan(100_000_000)
  })

  it('fetches over TLS only, but for this machine itself', async () => {
    for (const baseUrl of ['http://example.org', 'ftp://example.org', 'http://127.0.0.1.example.org'])
      expect(
        await thrownBy(() => over(baseUrl, { fetch: () => Promise.reject(new Error('was asked')) })),
        baseUrl,
      ).to.include({
        code: 'insecure-source',
        exitCode: 2,
      })
  })

  it("asks the catalogue's own address where none is given", async () => {
    const asked: string[] = []
    const fetch = async (url: unknown) => {
      asked.push(String(url))
      return new Response('{}')
    }
    await obtainSource({ catalogue, feed, window, clock, fetch: fetch as typeof globalThis.fetch })
    const rain = feedSpecOfDataset(catalogue, 'ghcn-daily-seatac', 'dry-spell', { days: 90 })
    const { inputs } = await obtainSource({
      catalogue,
      feed: rain,
      window,
      clock,
      fetch: fetch as typeof globalThis.fetch,
    })
    expect(asked[0]).to.match(/^https:\/\/earthquake\.usgs\.gov\/fdsnws\/event\/1\/query\?/)
    expect(asked[1]).to.equal('https://www.ncei.noaa.gov/pub/data/ghcn/daily/all/USW00024233.dly')
    expect(inputs[0]).to.include({ name: 'ghcn-daily-seatac.dly', licence: 'public-domain' })
  })
})

describe('obtaining a pinned copy', () => {
  const pinnedFeed = feedSpecOfDataset(catalogue, 'vega-seattle-weather', 'dry-spell', { days: 90 })

  it('reads the edition that the catalogue pins, with its recorded retrieval', async () => {
    const { inputs } = await obtainSource({ catalogue, feed: pinnedFeed, window, clock })
    expect(inputs[0]).to.include({
      name: 'vega-seattle-weather.csv',
      url: 'pkg:npm/vega-datasets@3.2.1#data/seattle-weather.csv',
      licence: 'public-domain',
      retrievedAt: '2025-10-04T17:45:15.105Z',
    })
    expect(inputs[0]?.bytes).to.deep.equal(vegaFile('seattle-weather.csv'))
  })

  it('refuses (3) a copy that is not that edition', async () => {
    await withFolder(async folder => {
      const path = join(folder, 'copy.csv')
      await writeFile(path, 'date,precipitation\n')
      const access = {
        kind: 'pinned',
        path,
        url: 'x:y',
        licence: 'CC0-1.0',
        retrievedAt: '2020-01-01T00:00:00Z',
      } as const
      const sha256 = `0x${'0'.repeat(64)}` as const
      expect((await from(access)).inputs[0]?.bytes).to.have.length(19)
      expect(await thrownBy(() => from({ ...access, sha256 }))).to.include({ code: 'pinned-copy-differs', exitCode: 3 })
    })
  })
})

describe('reading an input file', () => {
  it('refuses a file of 2 GB by its size, at once', async () => {
    await withFolder(async folder => {
      const path = join(folder, 'big.csv')
      await writeFile(path, '')
      await truncate(path, 2 ** 31)
      const before = process.memoryUsage().arrayBuffers
      expect(await thrownBy(() => readInputFile(path))).to.deep.include({
        code: 'input-too-large',
        exitCode: 2,
        details: { input: path, bytes: 2 ** 31, maxBytes: 2 ** 26 },
      })
      expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(2 ** 20)
    })
  })

  it('reads up to the limit and not a byte more', async () => {
    await withFolder(async folder => {
      const path = join(folder, 'a')
      await writeFile(path, 'abc')
      expect(await readInputFile(path, 3)).to.deep.equal(new Uint8Array([97, 98, 99]))
      expect((await thrownBy(() => readInputFile(path, 2))).code).to.equal('input-too-large')
      await writeFile(path, '')
      expect(await readInputFile(path)).to.have.length(0)
    })
  })

  it('refuses folders, pipes (which would wait for ever) and what is not there', async () => {
    await withFolder(async folder => {
      const pipe = join(folder, 'pipe')
      execFileSync('mkfifo', [pipe])
      expect((await thrownBy(() => readInputFile(pipe))).code).to.equal('not-a-file')
      expect((await thrownBy(() => readInputFile(folder))).code).to.equal('not-a-file')
      expect(await thrownBy(() => readInputFile(join(folder, 'none')))).to.include({ code: 'cannot-read', exitCode: 2 })
    })
  })
})
