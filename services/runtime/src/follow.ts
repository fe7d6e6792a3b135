import type { Chain, Head } from './chain.ts'
import type { Store } from './sqlite.ts'

/** Events of one kind, kept in tables of their own. */
export interface Followed<L> {
  /** Of the cursor; unique in the database. */
  name: string
  /** Nothing of it is older. */
  fromBlock: number
  /** Both ends included. */
  read(from: bigint, to: bigint): Promise<readonly L[]>
  /** Removes what is known from this block on. */
  forget(fromBlock: number): void
  apply(log: L): void
}

/** For the service's own database. */
export const followMigration = `
  CREATE TABLE followed (name TEXT PRIMARY KEY, block_number INTEGER NOT NULL) STRICT;
`

/**
 * Brings in events up to a head. Those deeper than `confirmations` are read once; shallower ones are read again at every new head and
 * replaced, so that a reorganisation takes back what it took back. Events and cursor are durable together.
 */
export async function follow<L>({ config }: Chain, store: Store, head: Head, followed: Followed<L>): Promise<void> {
  const { name, fromBlock, read, forget, apply } = followed
  const row = store.get<{ block_number: number }>('SELECT block_number FROM followed WHERE name = ?', name)
  const last = Number(head.number)
  const permanentTo = last - config.confirmations + 1
  // A chain shorter than what was permanent is a node far behind: wait for it rather than forget.
  for (let from = (row?.block_number ?? fromBlock - 1) + 1; from <= last; from += config.logBlocks) {
    const to = Math.min(last, from + config.logBlocks - 1)
    const logs = await read(BigInt(from), BigInt(to))
    store.atomically(() => {
      forget(from)
      for (const log of logs) apply(log)
      store.run(
        'INSERT INTO followed (name, block_number) VALUES (?, ?) ON CONFLICT DO UPDATE SET block_number = excluded.block_number',
        name,
        Math.max(fromBlock - 1, Math.min(to, permanentTo)),
      )
    })
  }
}
