import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseConfig, readConfig } from '@nexus/runtime/config'
import { createLifecycle } from '@nexus/runtime/lifecycle'
import { silentLog } from '@nexus/runtime/log'
import { startLoop } from '@nexus/runtime/loop'
import { openStore } from '@nexus/runtime/sqlite'
import { expect } from 'chai'
import { z } from 'zod'
import { manualClock } from './support.ts'

describe('a service’s database', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-store-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const file = () => path.join(folder, 'deep', 'er', 'a.db')

  it('has every commit on the disk when it returns, and no log beside the file', () => {
    const store = openStore(file(), ['CREATE TABLE t (n INTEGER) STRICT'])
    expect(store.get('PRAGMA synchronous')).to.deep.include({ synchronous: 2 })
    expect(store.get('PRAGMA journal_mode')).to.deep.include({ journal_mode: 'delete' })
    store.close()
  })

  it('applies each migration once, in order, over restarts', () => {
    const first = 'CREATE TABLE t (n INTEGER) STRICT'
    openStore(file(), [first]).close()
    const store = openStore(file(), [first, 'INSERT INTO t VALUES (1)'])
    store.close()
    const again = openStore(file(), [first, 'INSERT INTO t VALUES (1)'])
    expect(again.all('SELECT n FROM t')).to.have.length(1)
    again.close()
  })

  it('does all of a transaction or nothing, nested ones too', () => {
    const store = openStore(':memory:', ['CREATE TABLE t (n INTEGER) STRICT'])
    expect(() =>
      store.atomically(() => {
        store.run('INSERT INTO t VALUES (1)')
        store.atomically(() => store.run('INSERT INTO t VALUES (2)'))
        throw new Error('no')
      }),
    ).to.throw('no')
    expect(store.all('SELECT n FROM t')).to.deep.equal([])
    store.atomically(() => store.run('INSERT INTO t VALUES (3)'))
    expect(store.all('SELECT n FROM t')).to.have.length(1)
    store.close()
  })
})

describe('a loop', () => {
  const run = (step: () => Promise<number | undefined>) => {
    const time = manualClock()
    const errors: unknown[] = []
    const deps = {
      clock: time.clock,
      random: () => 1,
      log: silentLog,
      onError: (_: string, error: unknown) => errors.push(error),
    }
    const loop = startLoop(deps, { name: 'test', idleMs: 1_000, step, mostBackoffMs: 8_000 })
    /** Lets everything run that can run without time passing. */
    const settle = async () => {
      for (let n = 0; n < 20; n++) await Promise.resolve()
    }
    return { time, errors, loop, settle }
  }

  it('runs again after its pause, or when it is woken', async () => {
    let steps = 0
    const { time, loop, settle } = run(async () => {
      steps++
      return undefined
    })
    await settle()
    expect(steps).to.equal(1)
    time.pass(999)
    await settle()
    expect(steps).to.equal(1)
    time.pass(1)
    await settle()
    expect(steps).to.equal(2)
    loop.wake()
    await settle()
    expect(steps).to.equal(3)
    await loop.stop()
  })

  it('does not end when its step fails: it tries again, ever more slowly up to a limit', async () => {
    let steps = 0
    const { time, errors, loop, settle } = run(async () => {
      steps++
      throw new Error('no endpoint')
    })
    for (const pauseMs of [1_000, 2_000, 4_000, 8_000, 8_000]) {
      await settle()
      const before = steps
      time.pass(pauseMs - 1)
      await settle()
      expect(steps).to.equal(before)
      time.pass(1)
      await settle()
      expect(steps).to.equal(before + 1)
    }
    expect(errors).to.have.length(steps)
    await loop.stop()
  })

  it('does not miss a wake that comes while it is running', async () => {
    let steps = 0
    let go = () => {}
    const { loop, settle } = run(async () => {
      steps++
      if (steps === 1)
        await new Promise<void>(resolve => {
          go = resolve
        })
      return undefined
    })
    await settle()
    loop.wake()
    go()
    await settle()
    expect(steps).to.equal(2)
    await loop.stop()
  })
})

describe('a life cycle', () => {
  it('stops what was started in reverse order, once, and goes on when one of them fails', async () => {
    const stopped: string[] = []
    const life = createLifecycle(silentLog)
    life.add('a', () => void stopped.push('a'))
    life.add('b', () => {
      throw new Error('b is stuck')
    })
    life.add('c', async () => void stopped.push('c'))
    await Promise.all([life.stop(), life.stop()])
    expect(stopped).to.deep.equal(['c', 'a'])
  })
})

describe('a configuration', () => {
  const schema = z.strictObject({ port: z.int().min(1) })

  it('names the field that is wrong, and refuses one it does not know', () => {
    expect(() => parseConfig({ port: 0 }, schema, 'x.json'))
      .to.throw('x.json: port')
      .with.property('exitCode', 2)
    expect(() => parseConfig({ port: 1, prot: 2 }, schema, 'x.json'))
      .to.throw('prot')
      .with.property('code', 'bad-config')
  })

  it('refuses a file that is not there or is not JSON', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'nexus-config-'))
    writeFileSync(path.join(folder, 'a.json'), '{')
    for (const name of ['a.json', 'none.json'])
      expect(() => readConfig(path.join(folder, name), schema))
        .to.throw(name)
        .with.property('code', 'bad-config')
    rmSync(folder, { recursive: true })
  })
})
