import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { tryAgainError } from '@nexus/kit/errors'
import { silentLog } from '@nexus/runtime/log'
import { createMetrics } from '@nexus/runtime/metrics'
import { admission, createServer, type FastifyInstance, listen } from '@nexus/runtime/server'
import { httpTransport, type Transport } from '@nexus/runtime/transport'
import { expect } from 'chai'

const file = (name: string) => fileURLToPath(new URL(`./tls/${name}`, import.meta.url))
const tlsOf = (name: string) => ({
  certFile: file(`${name}.pem`),
  keyFile: file(`${name}.key`),
  caFile: file('ca.pem'),
})

describe('messages between processes', function () {
  this.timeout(20_000)
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function serve(
    tls?: ReturnType<typeof tlsOf>,
    requestTimeoutMs = 5_000,
  ): Promise<{ url: string; server: FastifyInstance }> {
    const server = createServer(silentLog, createMetrics('test'), {
      tls,
      mostBodyBytes: 1_000,
      requestTimeoutMs,
      mostConnections: 8,
      readiness: () => ({ ready: false, why: 'test' }),
    })
    server.get('/long', async () => 'x'.repeat(10_000))
    server.get('/fails', async () => {
      throw new Error('a secret of the inside')
    })
    server.get('/busy', async () => {
      throw tryAgainError('busy', 'come back')
    })
    server.post('/echo', async request => request.body)
    const url = await listen(server, { host: '127.0.0.1', port: 0 })
    closing.push(() => server.close())
    return { url, server }
  }
  function transport(tls?: ReturnType<typeof tlsOf>): Transport {
    const one = httpTransport(tls)
    closing.push(() => one.close())
    return one
  }
  async function rawServer(onData: (write: (text: string) => void, end: () => void) => void): Promise<string> {
    const server: Server = createTcpServer(socket => {
      socket.on('error', () => {})
      socket.on('data', () =>
        onData(
          text => socket.write(text),
          () => socket.end(),
        ),
      )
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => {
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const get = (one: Transport, url: string, limits: { timeoutMs?: number; mostBytes?: number } = {}) =>
    one.request({ method: 'GET', url, timeoutMs: 2_000, mostBytes: 5_000, ...limits })
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: { code?: string }) => error.code ?? 'no code',
    )

  it('says whether it lives and whether it is ready, and shows its metrics with units in their names', async () => {
    const { url } = await serve()
    const one = transport()
    expect((await get(one, `${url}/health`)).status).to.equal(200)
    const ready = await get(one, `${url}/ready`)
    expect(ready.status).to.equal(503)
    expect(JSON.parse(Buffer.from(ready.bytes).toString())).to.deep.equal({ ready: false, why: 'test' })
    const metrics = Buffer.from((await get(one, `${url}/metrics`, { mostBytes: 100_000 })).bytes).toString()
    expect(metrics).to.match(/^process_cpu_seconds_total /m)
  })

  it('cuts an answer off that is longer than the caller takes', async () => {
    const { url } = await serve()
    expect(await codeOf(get(transport(), `${url}/long`))).to.equal('peer-answer-too-long')
  })

  it('gives up on a server that never answers, or answers a byte at a time', async () => {
    const silent = await rawServer(() => {})
    expect(await codeOf(get(transport(), silent, { timeoutMs: 200 }))).to.equal('peer-timeout')
    const slow = await rawServer(write => {
      write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n')
      const timer = setInterval(() => write('x'), 20)
      closing.push(() => clearInterval(timer))
    })
    expect(await codeOf(get(transport(), slow, { timeoutMs: 300 }))).to.equal('peer-timeout')
  })

  it('calls a server that is not there, hangs up or talks nonsense unreachable', async () => {
    const cut = await rawServer((write, end) => {
      write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')
      end()
    })
    const nonsense = await rawServer(write => write('SSH-2.0-OpenSSH\r\n'))
    for (const url of [cut, nonsense, 'http://127.0.0.1:1'])
      expect(await codeOf(get(transport(), url)), url).to.equal('peer-unreachable')
  })

  it('refuses a body that is too long, that is not JSON, or that lies about its length', async () => {
    const { url } = await serve()
    const one = transport()
    const post = async (body: Uint8Array) =>
      (await one.request({ method: 'POST', url: `${url}/echo`, body, timeoutMs: 2_000, mostBytes: 5_000 })).status
    expect(await post(Buffer.from(JSON.stringify('x'.repeat(2_000))))).to.equal(413)
    expect(await post(Buffer.from('{"half":'))).to.equal(400)
    expect(await post(Buffer.from('{"__proto__":{"x":1}}'))).to.equal(400)
    expect(await post(Buffer.from('{"a":1}'))).to.equal(200)
  })

  it('tells a caller nothing of its inside, and everything of what the caller can act on', async () => {
    const { url } = await serve()
    const one = transport()
    const failed = await get(one, `${url}/fails`)
    expect(failed.status).to.equal(500)
    expect(Buffer.from(failed.bytes).toString()).to.not.contain('secret')
    const busy = await get(one, `${url}/busy`)
    expect(busy.status).to.equal(503)
    expect(JSON.parse(Buffer.from(busy.bytes).toString())).to.deep.equal({
      code: 'busy',
      message: 'come back',
      details: {},
    })
  })

  it('hangs up on a caller that sends a byte at a time, and goes on serving others', async () => {
    const { url } = await serve(undefined, 400)
    const { port } = new URL(url)
    const slow = connect(Number(port), '127.0.0.1')
    slow.on('error', () => {})
    slow.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n')
    const timer = setInterval(() => slow.write(' '), 50)
    closing.push(() => clearInterval(timer))
    const closed = new Promise(resolve => slow.on('close', resolve))
    expect((await get(transport(), `${url}/health`)).status).to.equal(200)
    await closed
  })

  it('lets few callers at a time into what is costly, and all of them in the end', async () => {
    const enter = admission(2)
    let leave = () => {}
    const open = new Promise<void>(resolve => {
      leave = resolve
    })
    const inside = [enter(() => open), enter(() => open)]
    expect(await codeOf(enter(() => open))).to.equal('busy')
    leave()
    await Promise.all(inside)
    expect(await enter(async () => 'in')).to.equal('in')
  })

  it('says that a port is taken, and that trying again may help', async () => {
    const { url } = await serve()
    const server = createServer(silentLog, createMetrics('other'), {
      mostBodyBytes: 1,
      requestTimeoutMs: 1_000,
      mostConnections: 1,
      readiness: () => ({ ready: true }),
    })
    expect(await codeOf(listen(server, { host: '127.0.0.1', port: Number(new URL(url).port) }))).to.equal(
      'cannot-listen',
    )
  })

  describe('over mutual TLS', () => {
    it('serves a peer whose certificate is of the authority', async () => {
      const { url } = await serve(tlsOf('one'))
      expect(url).to.match(/^https:/)
      expect((await get(transport(tlsOf('two')), `${url}/health`)).status).to.equal(200)
    })

    it('does not serve a stranger, nor one without a certificate', async () => {
      const { url } = await serve(tlsOf('one'))
      expect(await codeOf(get(transport(tlsOf('stranger')), `${url}/health`))).to.equal('peer-unreachable')
      expect(await codeOf(get(transport(), `${url}/health`))).to.equal('peer-unreachable')
    })

    it('does not talk to a server that is a stranger', async () => {
      const { url } = await serve(tlsOf('stranger'))
      expect(await codeOf(get(transport(tlsOf('two')), `${url}/health`))).to.equal('peer-unreachable')
    })

    it('agrees on keys with a peer that accepts none but post-quantum ones', async () => {
      const { url } = await serve(tlsOf('one'))
      const { certFile, keyFile, caFile } = tlsOf('two')
      const socket = connectTls({
        host: '127.0.0.1',
        port: Number(new URL(url).port),
        cert: readFileSync(certFile),
        key: readFileSync(keyFile),
        ca: readFileSync(caFile),
        ecdhCurve: 'X25519MLKEM768',
      })
      await once(socket, 'secureConnect')
      expect(socket.getProtocol()).to.equal('TLSv1.3')
      socket.destroy()
    })
  })
})
