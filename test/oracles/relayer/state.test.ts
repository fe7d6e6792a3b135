import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PackReport } from '@nexus/aep/build'
import type { Hex } from '@nexus/kit/canonical'
import { migrations, openState } from '@nexus/relayer/state'
import { openStore } from '@nexus/runtime/sqlite'
import { expect } from 'chai'

const hex = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const report = (aep: number, sequence = 1, feed = 1): PackReport => ({
  feedId: hex(feed),
  aepRoot: hex(aep),
  value: -5n,
  from: 1,
  to: 2,
  sequence,
  eql: 3,
  flags: 0,
})
const receipt = { operator: `0x${'0a'.repeat(20)}` as Hex, bytes: new Uint8Array([1, 2, 3]), configVersion: 1 }

describe('what a relayer remembers', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'nexus-state-'))
    file = path.join(folder, 'relayer.db')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Opens it anew, as after a restart. */
  function withState<T>(work: (state: ReturnType<typeof openState>) => T): T {
    const store = openStore(file, migrations)
    try {
      return work(openState(store))
    } finally {
      store.close()
    }
  }

  it('binds it to the first root of a feed and sequence, for ever', () => {
    withState(state => {
      state.addReceived(report(1), 0)
      state.addReceived(report(2), 0)
      expect(state.accept(hex(1), [], receipt, 0)).to.equal(undefined)
      expect(state.accept(hex(2), [], receipt, 0)).to.equal(hex(1))
    })
    withState(state => {
      expect(state.commitment(hex(1), 1)).to.equal(hex(1))
      expect(state.accept(hex(2), [], receipt, 0)).to.equal(hex(1))
      expect(state.pack(hex(2))?.state).to.equal('received')
      expect(state.receiptsOf(hex(2), 1), 'no receipt is kept for what it is not bound to').to.deep.equal([])
    })
  })

  it('binds other sequences and other feeds separately', () => {
    withState(state => {
      for (const [aep, sequence, feed] of [
        [1, 1, 1],
        [2, 2, 1],
        [3, 1, 2],
      ] as const) {
        state.addReceived(report(aep, sequence, feed), 0)
        expect(state.accept(hex(aep), [], receipt, 0)).to.equal(undefined)
      }
    })
  })

  it('keeps a pack, its values and its receipt over a restart', () => {
    withState(state => {
      state.addReceived(report(1), 7)
      state.accept(
        hex(1),
        [{ name: 'a', sha256: hex(9), obtained: 'own-fetch', retrievedAt: '2020-01-01T00:00:00Z' }],
        receipt,
        8,
      )
    })
    withState(state => {
      const pack = state.pack(hex(1))
      expect(pack?.report).to.deep.equal(report(1))
      expect(pack).to.deep.include({ state: 'accepted', receivedAtMs: 7, decidedAtMs: 8 })
      expect(pack?.ownInputs[0]?.obtained).to.equal('own-fetch')
      expect(state.receiptOf(hex(1), 1, receipt.operator)?.bytes).to.deep.equal(receipt.bytes)
    })
  })

  it('belongs to one process at a time', () => {
    const store = openStore(file, migrations)
    expect(() => openStore(file, migrations))
      .to.throw()
      .with.property('code', 'store-in-use')
    store.close()
    withState(state => expect(state.received()).to.deep.equal([]))
  }).timeout(10_000)

  it('refuses for good: a refused pack is not accepted afterwards by accident of order', () => {
    withState(state => {
      state.addReceived(report(1), 0)
      state.refuse(hex(1), [{ check: 'value', mine: '1', theirs: '2' }], 5)
      state.addReceived(report(1), 9) // sent again
      expect(state.pack(hex(1))).to.deep.include({ state: 'refused', decidedAtMs: 5 })
      expect(state.nextReceived(100)).to.equal(undefined)
    })
  })

  it('takes packs in the order in which their time comes', () => {
    withState(state => {
      state.addReceived(report(1), 0)
      state.addReceived(report(2, 2), 1)
      state.postpone(hex(1), 50)
      expect(state.nextReceived(10)).to.have.nested.property('pack.aepId', hex(2))
      state.postpone(hex(2), 60)
      expect(state.nextReceived(10)).to.deep.equal({ waitMs: 40 })
    })
  })
})
