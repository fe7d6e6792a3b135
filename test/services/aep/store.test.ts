import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileDurably, writeFolder } from '@nexus/aep/durable'
import { readPack } from '@nexus/aep/folder'
import { openStore, type PackStore } from '@nexus/aep/store'
import { verifyPack } from '@nexus/aep/verify'
import { unzipPack, zipPack } from '@nexus/aep/zip'
import { NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import { samplePack, signedReceipt, text } from './fixtures.ts'

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    error => {
      if (error instanceof NexusError) return error.code
      throw error
    },
  )

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nexus-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a store of packs', function () {
  this.timeout(60_000)
  const pack = samplePack()
  const zip = zipPack(pack.files)
  let store: PackStore
  beforeEach(() => {
    store = openStore(join(folder, 'packs'))
  })
  const receiptsIn = async () =>
    [...unzipPack((await store.get(pack.aepId)) ?? new Uint8Array()).keys()].filter(name =>
      name.startsWith('signatures/'),
    )

  it('gives back what it was given, and lists it, and nothing else is there', async () => {
    expect(await store.list()).to.deep.equal([])
    expect(await store.get(pack.aepId)).to.equal(null)
    await store.put(pack.aepId, zip)
    await store.put(pack.aepId, zip)
    expect(await store.get(pack.aepId)).to.deep.equal(zip)
    expect(await store.has(pack.aepId)).to.equal(true)
    expect(await store.list()).to.deep.equal([pack.aepId])
    expect(await readdir(join(folder, 'packs'))).to.deep.equal([`${pack.aepId}.zip`])
  })

  it('refuses a pack whose root is not its name, and one that does not verify', async () => {
    const other = samplePack({ sequence: 2 })
    expect(await codeOf(store.put(other.aepId, zip))).to.equal('pack-refused')
    expect(await codeOf(store.put(pack.aepId, zip.with(60, 0)))).to.equal('pack-refused')
    expect(await codeOf(store.put('0x../../evil' as `0x${string}`, zip))).to.equal('bad-aep-id')
    expect(await codeOf(store.get(`${pack.aepId}/..` as `0x${string}`))).to.equal('bad-aep-id')
    expect(await store.list()).to.deep.equal([])
  })

  it('gathers receipts: none is lost by putting the pack again without them, or all at once', async () => {
    const receipts = [1, 2, 3].map(n => signedReceipt(pack, n))
    await store.put(pack.aepId, zip)
    await Promise.all(receipts.map(({ operator, bytes }) => store.addReceipt(pack.aepId, operator, bytes)))
    await store.put(pack.aepId, zip)
    expect(await receiptsIn()).to.deep.equal(receipts.map(({ name }) => name).sort())
    expect(verifyPack((await store.get(pack.aepId)) ?? new Uint8Array(), { aepId: pack.aepId }).ok).to.equal(true)
  })

  it('refuses a receipt that is not of the pack, and keeps what it had', async () => {
    const [wrong, right] = [signedReceipt(samplePack({ sequence: 2 }), 1), signedReceipt(pack, 2)]
    await store.put(pack.aepId, zip)
    await store.addReceipt(pack.aepId, right.operator, right.bytes)
    expect(await codeOf(store.addReceipt(pack.aepId, wrong.operator, wrong.bytes))).to.equal('pack-refused')
    expect(await receiptsIn()).to.deep.equal([right.name])
    expect(await codeOf(store.addReceipt(`0x${'00'.repeat(32)}`, right.operator, right.bytes))).to.equal('unknown-pack')
  })

  it('says so when the disk has changed a pack', async () => {
    await store.put(pack.aepId, zip)
    const path = join(folder, 'packs', `${pack.aepId}.zip`)
    const at = Buffer.from(zip).indexOf('2012-01-02,3.5')
    await writeFile(path, zip.with(at, (zip[at] ?? 0) ^ 1))
    expect(await codeOf(store.get(pack.aepId))).to.equal('zip-checksum')
    await writeFile(path, zipPack(samplePack({ sequence: 2 }).files))
    expect(await codeOf(store.get(pack.aepId))).to.equal('pack-refused')
  })

  it('takes leftovers of a crash for nothing', async () => {
    await store.put(pack.aepId, zip)
    await writeFile(join(folder, 'packs', `.${pack.aepId}.zip.abc.tmp`), zip.subarray(0, 100))
    expect(await openStore(join(folder, 'packs')).list()).to.deep.equal([pack.aepId])
  })
})

describe('a store whose process is killed', function () {
  this.timeout(60_000)

  it('has every pack that it acknowledged, and no pack that is not whole', async () => {
    const script = `
      import { openStore } from '@nexus/aep/store'
      import { zipPack } from '@nexus/aep/zip'
      import { samplePack, signedReceipt } from ${JSON.stringify(new URL('fixtures.ts', import.meta.url).href)}
      const store = openStore(process.argv[1])
      for (let sequence = 1; ; sequence++) {
        const pack = samplePack({ sequence })
        await store.put(pack.aepId, zipPack(pack.files))
        const { operator, bytes } = signedReceipt(pack, 1)
        await store.addReceipt(pack.aepId, operator, bytes)
        process.stdout.write(pack.aepId + '\\n')
      }`
    for (const acknowledged of [1, 2, 5]) {
      const path = join(folder, `run-${acknowledged}`)
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
        cwd: import.meta.dirname,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      let said = ''
      child.stdout.setEncoding('utf8').on('data', part => {
        said += part
        if (said.split('\n').length > acknowledged) child.kill('SIGKILL')
      })
      await once(child, 'close')
      const ids = said.split('\n').slice(0, -1)
      expect(ids.length).to.be.at.least(acknowledged)

      const store = openStore(path)
      expect(await store.list()).to.include.members(ids)
      for (const aepId of await store.list()) {
        const { ok, receipts } = verifyPack((await store.get(aepId)) ?? new Uint8Array(), { aepId })
        expect(ok).to.equal(true)
        if (ids.includes(aepId)) expect(receipts.length).to.equal(1)
      }
    }
  })
})

describe('writing packs to disk', () => {
  it('leaves nothing half-written where a write fails', async () => {
    const files = new Map([
      ['a.json', text('{}')],
      ['a.json/b.json', text('{}')], // a folder cannot have the name of a file
    ])
    await writeFolder(join(folder, 'pack'), files).then(
      () => expect.fail('it was written'),
      () => {},
    )
    expect(await readdir(folder)).to.deep.equal([])
    await writeFile(join(folder, 'taken'), 'mine')
    await writeFileDurably(join(folder, 'taken', 'x'), text('x')).then(
      () => expect.fail('it was written'),
      () => {},
    )
    expect(await readdir(folder)).to.deep.equal(['taken'])
    expect(await readFile(join(folder, 'taken'), 'utf8')).to.equal('mine')
  })

  it('does not touch a folder that is there already', async () => {
    const path = join(folder, 'pack')
    await writeFolder(path, new Map([['a', text('mine')]]))
    await writeFolder(path, new Map([['a', text('theirs')]])).then(
      () => expect.fail('it was overwritten'),
      () => {},
    )
    expect(await readFile(join(path, 'a'), 'utf8')).to.equal('mine')
    expect(await readdir(folder)).to.deep.equal(['pack'])
  })
})

describe('reading packs from disk', () => {
  it('reads a zip and a folder as the same pack', async () => {
    const { files, aepId } = samplePack()
    await writeFolder(join(folder, 'pack'), files)
    await writeFileDurably(join(folder, 'pack.zip'), zipPack(files))
    for (const name of ['pack', 'pack.zip'])
      expect(verifyPack((await readPack(join(folder, name))).files, { aepId }).ok, name).to.equal(true)
  })

  it('refuses links, hidden files, what is no file and what is not there', async () => {
    const { files } = samplePack()
    const path = join(folder, 'pack')
    await writeFolder(path, files)
    expect(await codeOf(readPack(join(folder, 'nothing')))).to.equal('not-found')
    await writeFile(join(path, '.hidden'), '')
    expect(await codeOf(readPack(path))).to.equal('bad-name')
    await rm(join(path, '.hidden'))
    await symlink('/etc/hostname', join(path, 'inputs', 'link.csv'))
    expect(await codeOf(readPack(path))).to.equal('not-a-file')
  })

  it('refuses a file of 2 GB without reading it', async () => {
    const path = join(folder, 'huge.zip')
    await writeFile(path, '')
    await truncate(path, 2 ** 31)
    expect(await codeOf(readPack(path))).to.equal('pack-too-large')
    await access(path)
    await writeFolder(join(folder, 'pack'), samplePack().files)
    await truncate(join(folder, 'pack', 'inputs', 'gauge.csv'), 2 ** 31)
    expect(await codeOf(readPack(join(folder, 'pack')))).to.equal('pack-too-large')
  })
})
