import type { Chain, Head } from '@nexus/runtime/chain'
import { follow, followMigration } from '@nexus/runtime/follow'
import { openStore, type Store } from '@nexus/runtime/sqlite'
import { expect } from 'chai'
import fc from 'fast-check'

interface Event {
  block: number
  name: string
}

/** A chain that is a list of events, read through windows of `logBlocks`. */
function world(confirmations: number, logBlocks = 3) {
  const store: Store = openStore(':memory:', [followMigration, 'CREATE TABLE seen (name TEXT, block INTEGER) STRICT'])
  const chain = { config: { confirmations, logBlocks } } as Chain // follow looks at nothing else
  const reads: [number, number][] = []
  let events: Event[] = []
  let fails = false
  return {
    store,
    reads,
    chainIs(now: Event[]) {
      events = now
    },
    failNext() {
      fails = true
    },
    async to(number: number, fromBlock = 0) {
      const head: Head = { number: BigInt(number), hash: '0x', timestamp: 0, baseFeePerGas: 0n }
      await follow(chain, store, head, {
        name: 'test',
        fromBlock,
        async read(from, to) {
          reads.push([Number(from), Number(to)])
          if (fails) {
            fails = false
            throw new Error('the endpoint hung up')
          }
          return events.filter(event => event.block >= from && event.block <= to)
        },
        forget: from => void store.run('DELETE FROM seen WHERE block >= ?', from),
        apply: event => void store.run('INSERT INTO seen VALUES (?, ?)', event.name, event.block),
      })
    },
    seen: () => store.all<{ name: string }>('SELECT name FROM seen ORDER BY block, name').map(row => row.name),
  }
}

describe('following events of the chain', () => {
  it('reads each range once, from where it stopped, in pieces', async () => {
    const { to, reads, seen, chainIs, store } = world(1)
    chainIs([
      { block: 2, name: 'a' },
      { block: 7, name: 'b' },
    ])
    await to(4)
    await to(7)
    expect(reads).to.deep.equal([
      [0, 2],
      [3, 4],
      [5, 7],
    ])
    expect(seen()).to.deep.equal(['a', 'b'])
    store.close()
  })

  it('begins where the suite began', async () => {
    const { to, reads, store } = world(1)
    await to(6, 5)
    expect(reads).to.deep.equal([[5, 6]])
    store.close()
  })

  it('takes back what a reorganisation took back, and what came in its place', async () => {
    const { to, seen, chainIs, store } = world(3)
    chainIs([
      { block: 4, name: 'deep' },
      { block: 9, name: 'gone' },
    ])
    await to(9)
    expect(seen()).to.deep.equal(['deep', 'gone'])
    chainIs([
      { block: 4, name: 'deep' },
      { block: 8, name: 'instead' },
    ])
    await to(10)
    expect(seen()).to.deep.equal(['deep', 'instead'])
    store.close()
  })

  it('forgets nothing when the endpoint hangs up or falls behind', async () => {
    const { to, seen, chainIs, failNext, store } = world(2)
    chainIs([
      { block: 1, name: 'a' },
      { block: 5, name: 'b' },
    ])
    await to(5)
    failNext()
    await to(6).then(
      () => expect.fail('it answered'),
      () => {},
    )
    await to(3) // a node that is behind
    expect(seen()).to.deep.equal(['a', 'b'])
    store.close()
  })

  it('has seen exactly the chain’s events after any reorganisations no deeper than its confirmations', async () => {
    const step = fc.record({
      grow: fc.integer({ min: 1, max: 4 }),
      depth: fc.integer({ min: 0, max: 2 }),
      seed: fc.nat(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
        const { to, seen, chainIs, store } = world(3)
        let events: Event[] = []
        let height = 0
        for (const { grow, depth, seed } of steps) {
          events = events.filter(event => event.block <= height - depth)
          for (let block = height - depth + 1; block <= height + grow; block++)
            if ((seed >> (block % 16)) & 1) events.push({ block, name: `${block}-${seed}` })
          height += grow
          chainIs(events)
          await to(height)
        }
        const expected = events.filter(event => event.block >= 0).map(({ name }) => name)
        expect(seen().toSorted()).to.deep.equal(expected.toSorted())
        store.close()
      }),
      { numRuns: 100 },
    )
  })
})
