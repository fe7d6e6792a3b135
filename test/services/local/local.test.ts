import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NexusError } from '@nexus/kit/errors'
import { surprises } from '@nexus/local/expectations'
import { runLayout } from '@nexus/local/layout'
import { lockFolder } from '@nexus/local/lock'
import { conserves, type Outcome } from '@nexus/local/outcome'
import { until } from '@nexus/local/poll'
import { choosePorts, reclaimPorts } from '@nexus/local/ports'
import { terminalProgress } from '@nexus/local/progress'
import { scenario } from '@nexus/local/scenario'
import { money } from '@nexus/local/summary'
import { runToEnd, supervise } from '@nexus/local/supervisor'
import { table } from '@nexus/local/table'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { freePorts } from '@nexus/runtime/ports'
import { expect } from 'chai'

const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'nothing thrown'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the local stack', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-local-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  describe('a lock', () => {
    it('keeps a second run out while its owner lives, and is free after', () => {
      const at = path.join(folder, 'run')
      writeFileSync(`${at}.lock`, `${process.ppid}\n`) // our parent is alive
      expect(codeOf(() => lockFolder(at))).to.equal('run-in-progress')
      rmSync(`${at}.lock`)
      lockFolder(at)()
      lockFolder(at)()
    })

    it('is taken over from an owner that died', () => {
      const at = path.join(folder, 'run')
      writeFileSync(`${at}.lock`, '999999999\n') // above any process id
      lockFolder(at)()
    })
  })

  describe('a supervised process', () => {
    const script = (text: string) => {
      const file = path.join(folder, 'service.mjs')
      writeFileSync(file, text)
      return { name: 'service', args: [file], logFile: path.join(folder, 'service.log') }
    }

    it('comes back by itself after kill -9, and stays away when told', async () => {
      const service = supervise({ ...script('setInterval(() => {}, 1e6)'), isReady: async () => true })
      await service.start()
      const first = service.pid
      expect(first).to.be.a('number')
      await service.kill9()
      await until(async () => service.pid !== undefined || undefined, { what: 'its return', withinMs: 10_000 })
      expect(service.pid).to.not.equal(first)
      await service.kill9({ stayDown: true })
      expect(service.pid).to.equal(undefined)
      await service.start()
      expect(service.pid).to.be.a('number')
      await service.stop()
      expect(service.pid).to.equal(undefined)
    })

    it('is given up, with the end of its log, when it only dies', async () => {
      const service = supervise({
        ...script('console.error("no such key"); process.exit(2)'),
        isReady: async () => false,
      })
      const error = await service.start().then(
        () => undefined,
        (failure: Error) => failure,
      )
      expect(error?.message).to.contain('died 6 times in a row').and.to.contain('no such key')
    })

    it('that should end well and does not says so', async () => {
      const error = await runToEnd(script('console.error("torn"); process.exit(3)')).then(
        () => undefined,
        (failure: Error) => failure,
      )
      expect(error?.message).to.contain('ended with 3').and.to.contain('torn')
    })
  })

  it('finds ports that are free and different', async () => {
    const ports = await freePorts(12)
    expect(new Set(ports).size).to.equal(12)
    // no connection that somebody opens can take the place of a service that is about to come back
    expect(Math.max(...ports)).to.be.below(32_768)
  })

  describe('ports of a run', () => {
    const listening = async (port: number) => {
      const server = createServer()
      await once(server.listen(port, '127.0.0.1'), 'listening')
      return server
    }

    it('are the same when it is served again', async () => {
      const run = runLayout(folder)
      const chosen = await choosePorts(run)
      expect(await reclaimPorts(run)).to.deep.equal(chosen)
      expect(chosen.relayers).to.have.length(7)
    })

    it('that somebody else holds are named, with who would listen there', async () => {
      const run = runLayout(folder)
      const { keeper, relayers } = await choosePorts(run)
      const others = await Promise.all([keeper, relayers[1] ?? 0].map(listening))
      const error: NexusError = await reclaimPorts(run, 1).then(
        () => expect.fail('it took them'),
        (failure: NexusError) => failure,
      )
      for (const server of others) server.close()
      expect([error.code, error.exitCode]).to.deep.equal(['port-in-use', 75])
      expect(error.message).to.contain(`${keeper} (keeper)`).and.to.contain(`${relayers[1]} (operator 2)`)
      expect(error.details).to.deep.equal({ taken: { 'operator 2': relayers[1], keeper } })
    })

    it('that a killed run still holds are waited for', async () => {
      const run = runLayout(folder)
      const { chain } = await choosePorts(run)
      const dying = await listening(chain)
      const reclaimed = reclaimPorts(run)
      setImmediate(() => dying.close())
      expect((await reclaimed).chain).to.equal(chain)
    })

    it('are those of no run where none was made', async () => {
      const error: NexusError = await reclaimPorts(runLayout(path.join(folder, 'none'))).then(
        () => expect.fail('it found some'),
        (failure: NexusError) => failure,
      )
      expect([error.code, error.exitCode]).to.deep.equal(['no-run', 2])
    })
  })

  it('says what it waited for when it waited in vain, and why', async () => {
    const error = await until(() => Promise.reject(new Error('connection refused')), {
      what: 'the moon',
      withinMs: 1,
    }).then(
      () => undefined,
      (failure: Error) => failure,
    )
    expect(error?.message).to.contain('the moon').and.to.contain('connection refused')
  })

  it('draws tables as wide as their widest cell, numbers to the right', () => {
    expect(
      table(
        ['Cover', 'Paid'],
        [
          ['Tokyo', '0'],
          ['Hualien earthquake', '250,000'],
        ],
        ['left', 'right'],
      ),
    ).to.deep.equal([
      'Cover                  Paid',
      '──────────────────  ───────',
      'Tokyo                     0',
      'Hualien earthquake  250,000',
    ])
  })

  it('prints money in whole units, without useless zeros', () => {
    expect(money('250000000000', 6)).to.equal('250,000')
    expect(money('1234500000', 6)).to.equal('1,234.5')
    expect(money('1', 6)).to.equal('0.000001')
  })

  it('ticks a step when it is done and crosses one that failed', async () => {
    let text = ''
    const progress = terminalProgress({ write: part => (text += part) }, () => 0)
    await progress.step('deploy', async say => say('7 contracts'))
    await progress.step('anchor', () => Promise.reject(new Error('no quorum'))).catch(() => {})
    expect(text).to.equal('  ✓ deploy — 7 contracts 0.0 s\n  ✗ anchor 0.0 s\n')
  })

  describe('what a run must bring out', () => {
    const story = scenario(loadCatalogue())
    const reading = ({ name, feedId, expected }: (typeof story)['spi']) => ({
      name,
      feed: feedId,
      ...expected,
      signers: Array(5).fill('0x'),
    })
    const right = () => {
      const covers = Object.values(story.covers)
      const policies = covers.map((cover, index) => ({
        feed: cover.feedId,
        paidAssets: `${cover.expectedPaid}`,
        status: cover.expectedPaid > 0n ? 'paid' : 'zero',
        settleTx: `0x${index}`,
      }))
      return {
        aeps: [...covers, story.spi].map(reading),
        policies,
        reconstructions: policies.map(({ settleTx }) => ({ payoutTx: settleTx, ok: true, steps: [] })),
        faults: [
          'forged-value refused',
          'killed taken-over',
          'forged-source refused',
          'killed waited',
          'killed waited',
          'killed waited',
        ].map(text => ({ kind: text.split(' ')[0], outcome: text.split(' ')[1] })),
        conservation: { in: '10', paid: '4', redeemed: '3', unearned: '1', locked: '1', free: '1' },
      } as unknown as Outcome // as much of it as is looked at
    }

    it('is nothing else than what the data and the terms say', () => {
      expect(surprises(right(), story)).to.deep.equal([])
    })

    const changes: [string, (outcome: Outcome) => void][] = [
      ['another index', ({ aeps }) => Object.assign(aeps[0] ?? {}, { value: '175' })],
      ['a level it did not earn', ({ aeps }) => Object.assign(aeps[4] ?? {}, { eql: 3 })],
      ['too few signers', ({ aeps }) => Object.assign(aeps[1] ?? {}, { signers: ['0x'] })],
      ['a second anchor', ({ aeps }) => aeps.push(...aeps.slice(0, 1))],
      ['one unit more', ({ policies }) => Object.assign(policies[2] ?? {}, { paidAssets: '250000000001' })],
      [
        'a payout that does not re-derive',
        ({ reconstructions }) => Object.assign(reconstructions[3] ?? {}, { ok: false }),
      ],
      ['a fault that went through', ({ faults }) => faults.splice(2, 1)],
      ['a unit that is nowhere', ({ conservation }) => Object.assign(conservation, { in: '11' })],
    ]
    for (const [what, change] of changes)
      it(`is not ${what}`, () => {
        const outcome = right()
        change(outcome)
        expect(surprises(outcome, story)).to.have.length(1)
      })

    it('conserves to the unit', () => {
      expect(conserves({ in: '6', paid: '1', redeemed: '1', unearned: '1', locked: '1', free: '2' })).to.equal(true)
      expect(conserves({ in: '7', paid: '1', redeemed: '1', unearned: '1', locked: '1', free: '2' })).to.equal(false)
    })
  })
})
