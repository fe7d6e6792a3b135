import type { Hex } from '@nexus/kit/canonical'
import { rankOf } from '@nexus/relayer/committee'
import { createLeader } from '@nexus/relayer/lead'
import type { PackRecord } from '@nexus/relayer/state'
import type { CallRecord, CallState } from '@nexus/runtime/calls'
import { type Log, silentLog } from '@nexus/runtime/log'
import { expect } from 'chai'
import { manualClock } from '../../services/runtime/support.ts'
import { configuration, fakeRegistry, operator } from './support/parts.ts'

const hex = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const TAKE_OVER_MS = 1_000

describe('an operator whose turn may come', () => {
  const me = operator(0).address
  /** Packs accepted at time 0 that this operator leads first, or has another rank for. */
  const packs = (count: number, rank = 0): PackRecord[] => {
    const found: PackRecord[] = []
    for (let n = 1; found.length < count; n++)
      if (rankOf(configuration, me, hex(n), 1) === rank)
        found.push({
          position: n,
          aepId: hex(1_000 + n),
          state: 'accepted',
          report: { feedId: hex(n), aepRoot: hex(1_000 + n), value: 1n, from: 1, to: 2, sequence: 1, eql: 3, flags: 0 },
          receivedAtMs: 0,
          decidedAtMs: 0,
          nextAttemptAtMs: 0,
          differences: [],
          ownInputs: [],
        })
    return found
  }
  const leader = (unanchored: PackRecord[], state?: CallState, latest = 0, said: object[] = []) => {
    const time = manualClock(0)
    const gathered: Hex[] = []
    const { registry, fake } = fakeRegistry({ latest })
    const log: Log = { ...silentLog, warn: (fields: unknown) => void said.push(fields as object) } as Log
    const one = createLeader({
      clock: time.clock,
      log,
      state: { unanchored: () => unanchored },
      registry,
      sender: { get: key => (state ? ({ key, state } as CallRecord) : undefined) },
      operator: me,
      takeOverMs: TAKE_OVER_MS,
      async gather({ aepId }) {
        gathered.push(aepId)
        return { kind: 'waiting', for: 'receipts', have: 1, need: 3 }
      },
      onGathered() {},
    })
    return { one, time, gathered, fake }
  }

  it('leads at once where it has rank 0, and gives way when its time is over', async () => {
    const { one, time, gathered } = leader(packs(1))
    await one.step()
    expect(gathered).to.have.length(1)
    time.pass(TAKE_OVER_MS)
    await one.step()
    expect(gathered).to.have.length(1)
    time.pass(3 * TAKE_OVER_MS) // the others have had their turns
    await one.step()
    expect(gathered).to.have.length(2)
  })

  it('takes over k times the pause later where it has rank k', async () => {
    const { one, time, gathered } = leader(packs(1, 2))
    for (const expected of [0, 0, 1]) {
      await one.step()
      expect(gathered).to.have.length(expected)
      time.pass(TAKE_OVER_MS)
    }
  })

  it('does not gather again while its transaction is under way, and does when that was dropped', async () => {
    for (const state of ['queued', 'sent', 'mined'] as const) {
      const { one, gathered } = leader(packs(1), state)
      await one.step()
      expect(gathered, state).to.deep.equal([])
    }
    const { one, gathered } = leader(packs(1), 'dropped')
    await one.step()
    expect(gathered).to.have.length(1)
  })

  it('leaves alone what the registry would not take any more', async () => {
    const { one, gathered } = leader(packs(1), undefined, 1)
    await one.step()
    expect(gathered).to.deep.equal([])
  })

  it('gathers nothing that the cap of its feed forbids, says so once for each cap, and goes on when it is lifted', async () => {
    const [pack] = packs(1) as [PackRecord]
    const { aepId, report } = pack
    const said: object[] = []
    const { one, gathered, fake } = leader([pack], undefined, 0, said)
    for (const [cap, warnings, gathers] of [
      ...[
        [1, 1, 0],
        [1, 1, 0],
        [2, 2, 0],
        [1, 3, 0],
      ],
      [3, 3, 1], // its own level
      [1, 4, 1],
      [4, 4, 2],
    ] as [number, number, number][]) {
      fake.cap = cap
      await one.step()
      expect([said.length, gathered.length], `cap ${cap}`).to.deep.equal([warnings, gathers])
    }
    expect(said[0]).to.deep.equal({ aepId, feedId: report.feedId, componentId: null, eql: 3, mostEql: 1 })
  })

  it('comes to every pack, however many there are that nobody else will sign', async () => {
    const { one, gathered } = leader(packs(30))
    let pauses = 0
    while ((await one.step()) === 0) pauses++
    expect(new Set(gathered).size).to.equal(30)
    expect(pauses).to.equal(3)
  })
})
