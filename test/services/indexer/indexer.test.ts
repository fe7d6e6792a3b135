import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findPrograms } from '@nexus/indexer/platform'
import { choosePorts } from '@nexus/indexer/ports'
import { endOrphans, identify, isAlive, record } from '@nexus/indexer/processes'
import { startRpcAdapter } from '@nexus/indexer/rpc-adapter'
import { startIndexer } from '@nexus/indexer/start'

const zero = `0x${'0'.repeat(40)}`
const manifest = { registry: zero, termsStore: zero, policyBook: zero, deployedAtBlock: 0 }

describe('starting the indexer', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-indexer-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('says why it cannot on a machine without graph-node, and starts nothing', async () => {
    for (const [platform, arch] of [
      ['darwin', 'arm64'],
      ['linux', 'arm64'],
      ['win32', 'x64'],
    ] as const) {
      const outcome = await startIndexer({
        rpcUrl: 'http://127.0.0.1:1',
        manifest,
        dataDir: path.join(folder, 'elsewhere'),
        machine: { platform, arch, uid: 501 },
      })
      assert.equal(outcome.kind, 'unavailable')
      assert.match(outcome.kind === 'unavailable' ? outcome.reason : '', new RegExp(`this is ${platform}-${arch}$`))
    }
  })

  it('says why it cannot as root in a folder that others may not enter', function () {
    const closed = path.join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const machine = { platform: 'linux', arch: 'x64', uid: 0 }
    const outcome = findPrograms(machine, path.join(closed, 'indexer'))
    if (outcome.kind === 'unavailable' && /not installed/.test(outcome.reason)) {
      console.log(`      skipped: ${outcome.reason}`)
      this.skip()
    }
    assert.equal(outcome.kind, 'unavailable')
    assert.match(outcome.kind === 'unavailable' ? outcome.reason : '', /cannot enter \//)
  })

  it('chooses five different ports, and keeps those that are asked for', async () => {
    const chosen = await choosePorts({})
    assert.equal(new Set(Object.values(chosen)).size, 5)
    const { admin, graphql } = await choosePorts({ admin: chosen.metrics, graphql: chosen.index })
    assert.deepEqual([admin, graphql], [chosen.metrics, chosen.index])
  })

  it('refuses a port that is taken', async () => {
    const server = createServer().listen(0, '0.0.0.0')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    await assert.rejects(choosePorts({ index: port }), { code: 'port-in-use', exitCode: 75 })
    server.close()
  })
})

describe('processes that a killed indexer left', () => {
  let folder: string
  before(function () {
    if (process.platform !== 'linux') {
      console.log('      skipped: processes are told apart by /proc, which only Linux has')
      this.skip()
    }
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-orphans-'))
  })
  after(() => folder && rmSync(folder, { recursive: true, force: true }))

  it('are ended by the next start', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(orphan, 'spawn')
    record(folder, 'gnd', orphan.pid)
    const gone = once(orphan, 'exit')
    assert.equal(await endOrphans(folder), 1)
    assert.deepEqual(await gone, [null, 'SIGKILL'])
    assert.equal(await endOrphans(folder), 0)
  })

  it('are left alone while a keeper lives', async () => {
    const idle = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const [keeper, gnd] = [idle(), idle()]
    await Promise.all([once(keeper, 'spawn'), once(gnd, 'spawn')])
    record(folder, 'keeper', keeper.pid)
    record(folder, 'gnd', gnd.pid)
    assert.equal(await endOrphans(folder), 0)
    keeper.kill('SIGKILL')
    await once(keeper, 'exit')
    assert.equal(await endOrphans(folder), 1)
  })

  it('are not confused with another process that has got the same id', async () => {
    const innocent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(innocent, 'spawn')
    const identity = identify(innocent.pid as number)
    assert.ok(identity && isAlive(identity))
    const earlier = { ...identity, beganTicks: `${BigInt(identity.beganTicks) - 1n}` }
    writeFileSync(path.join(folder, 'processes.json'), JSON.stringify({ gnd: earlier }))
    assert.equal(await endOrphans(folder), 0)
    assert.equal(isAlive(identity), true)
    innocent.kill('SIGKILL')
  })
})

describe('the adapter between graph-node and a chain', () => {
  it('sends a call’s data once, and everything else as it came', async () => {
    const seen: unknown[] = []
    const chain = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      seen.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.end('{"jsonrpc":"2.0","id":1,"result":"0x"}')
    }).listen(0, '127.0.0.1')
    await once(chain, 'listening')
    const adapter = await startRpcAdapter(`http://127.0.0.1:${(chain.address() as { port: number }).port}`)
    const call = (input: string) => ({ method: 'eth_call', params: [{ to: '0x01', input, data: '0xabcd' }, 'latest'] })
    const logs = { method: 'eth_getLogs', params: [{ address: ['0x01'] }] }
    try {
      for (const body of [call('0xabcd'), [call('0xabcd'), logs], call('0x1234'), logs]) {
        const response = await fetch(adapter.url, { method: 'POST', body: JSON.stringify(body) })
        assert.equal(await response.text(), '{"jsonrpc":"2.0","id":1,"result":"0x"}')
      }
    } finally {
      adapter.stop()
      chain.close()
    }
    const once_ = { method: 'eth_call', params: [{ to: '0x01', data: '0xabcd' }, 'latest'] }
    assert.deepEqual(seen, [once_, [once_, logs], call('0x1234'), logs])
  })

  it('answers 502 while the chain is away', async () => {
    const adapter = await startRpcAdapter('http://127.0.0.1:1')
    const response = await fetch(adapter.url, { method: 'POST', body: '{}' })
    assert.equal(response.status, 502)
    adapter.stop()
  })
})
