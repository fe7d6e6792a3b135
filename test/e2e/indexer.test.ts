import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findPrograms } from '@nexus/indexer/platform'
import { until } from '@nexus/indexer/poll'
import { type Indexer, type IndexerOptions, startIndexer } from '@nexus/indexer/start'
import { localRpc } from '@nexus/local/rpc'
import { type LocalChain, spawnLocalChain } from '@nexus/localchain/spawn'

/** Followed, and silent: what is indexed is the matter of another test. */
const manifest = {
  registry: '0x00000000000000000000000000000000000000a1',
  termsStore: '0x00000000000000000000000000000000000000a2',
  policyBook: '0x00000000000000000000000000000000000000a3',
  deployedAtBlock: 0,
}

/** Command lines of all processes that were started for a folder or work in it, without this one. */
const processesOf = (folder: string): string[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap(pid => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return `${command} ${readlinkSync(`/proc/${pid}/cwd`)}`.includes(folder) ? [command] : []
      } catch {
        return [] // it has ended meanwhile
      }
    })

describe('the indexer’s processes', function () {
  this.timeout(120_000)
  let folder: string
  let chain: LocalChain
  let options: IndexerOptions

  const noneLeft = () =>
    until('all processes to end', 20_000, async () => (processesOf(options.dataDir).length === 0 ? true : undefined))
  async function start(extra: Partial<IndexerOptions> = {}): Promise<Indexer> {
    const outcome = await startIndexer({ ...options, ...extra })
    assert.equal(outcome.kind, 'started')
    return outcome as Indexer
  }

  /** A parent to be killed. */
  const spawnParent = () =>
    spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        fileURLToPath(new URL('../subgraph/start-and-wait.ts', import.meta.url)),
        JSON.stringify(options),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )

  before(async function () {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-indexer-'))
    chmodSync(folder, 0o711) // where tests run as root, PostgreSQL runs as somebody else
    const programs = findPrograms({ platform: process.platform, arch: process.arch, uid: process.getuid?.() }, folder)
    if (programs.kind === 'unavailable') {
      console.log(`skipped: ${programs.reason}`)
      this.skip()
    }
    chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
    options = { rpcUrl: chain.url, manifest, dataDir: path.join(folder, 'indexer') }
  })

  after(async () => {
    await chain?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('end when it is stopped', async () => {
    const indexer = await start()
    await indexer.syncedTo(0)
    const running = processesOf(options.dataDir).join('\n')
    for (const program of [/indexer\/src\/main\.ts/, /bin\/gnd /, /bin\/postgres /]) assert.match(running, program)
    await indexer.stop()
    assert.deepEqual(processesOf(options.dataDir), [])
  })

  it('end when their parent is killed, and the next start goes on', async () => {
    const parent = spawnParent()
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    assert.match(line, /^http:/)
    parent.kill('SIGKILL')
    const indexer = await start() // while the killed one's processes are still ending
    assert.equal(indexer.resumed, true)
    await indexer.stop()
    await noneLeft()
  })

  it('end when their parent is killed before they are ready', async () => {
    const parent = spawnParent()
    const running = (program: RegExp) => async () =>
      processesOf(options.dataDir).some(p => program.test(p)) ? true : undefined
    await until('graph-node to be there', 60_000, running(/bin\/gnd /), 5)
    parent.kill('SIGKILL')
    await noneLeft()
  })

  it('end when the process that keeps them is killed', async () => {
    const indexer = await start()
    process.kill(indexer.pid as number, 'SIGKILL')
    await indexer.stopped
    await noneLeft()
  })

  it('are one set at a time in a folder', async () => {
    const indexer = await start()
    const before = processesOf(options.dataDir)
    await assert.rejects(startIndexer(options), { code: 'indexer-busy', exitCode: 75 })
    await until('the refused one to end', 20_000, async () =>
      processesOf(options.dataDir).filter(p => /main\.ts/.test(p)).length === 1 ? true : undefined,
    )
    assert.deepEqual(
      processesOf(options.dataDir).filter(p => /bin\//.test(p)),
      before.filter(p => /bin\//.test(p)),
    )
    await indexer.syncedTo(0)
    await indexer.stop()
  })

  it('never share a port that somebody else has', async () => {
    const other = createServer().listen(0, '0.0.0.0')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    for (const name of ['graphql', 'postgres'])
      await assert.rejects(startIndexer({ ...options, ports: { [name]: port } }), { code: 'port-in-use', exitCode: 75 })
    other.close()
    await noneLeft()
  })

  it('start over on a chain that begins like the last one and goes on differently', async () => {
    const rpc = localRpc(chain.url)
    await rpc.request('evm_mine')
    const indexer = await start()
    await indexer.syncedTo(Number(await rpc.client.getBlockNumber()))
    await indexer.stop()

    const twin = await spawnLocalChain({ journal: path.join(folder, 'twin.jsonl') })
    try {
      const there = localRpc(twin.url)
      const genesis = await rpc.client.getBlock({ blockNumber: 0n })
      assert.equal((await there.client.getBlock({ blockNumber: 0n })).hash, genesis.hash)
      for (const seconds of [1000, 1000]) {
        await there.request('evm_increaseTime', seconds)
        await there.request('evm_mine')
      }
      const next = await start({ rpcUrl: twin.url })
      assert.equal(next.resumed, false)
      await next.syncedTo(2)
      await next.stop()
    } finally {
      await twin.stop()
    }
  })
})
