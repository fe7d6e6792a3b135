import { policyBookAbi } from '@nexus/chain/abi/PolicyBook'
import { termsStoreAbi } from '@nexus/chain/abi/TermsStore'
import type { Hex } from '@nexus/kit/canonical'
import { type Chain, type Head, readChain } from '@nexus/runtime/chain'
import { type Followed, follow } from '@nexus/runtime/follow'
import type { Store } from '@nexus/runtime/sqlite'
import { getAbiItem, type Log } from 'viem'
import type { Cover } from './plan.ts'

/** For the keeper's own database. Ids of policies have 256 bits: they are kept as text. */
export const bookMigration = `
  CREATE TABLE bound (policy_id TEXT PRIMARY KEY, terms_hash TEXT NOT NULL, block_number INTEGER NOT NULL) STRICT;
  CREATE TABLE closed (policy_id TEXT PRIMARY KEY, block_number INTEGER NOT NULL) STRICT;
  CREATE TABLE holds (
    policy_id TEXT NOT NULL, aep_id TEXT NOT NULL, held INTEGER NOT NULL, block_number INTEGER NOT NULL, log_index INTEGER NOT NULL,
    PRIMARY KEY (policy_id, aep_id, block_number, log_index)
  ) STRICT;
  -- Terms never change under their hash.
  CREATE TABLE terms (
    terms_hash TEXT PRIMARY KEY, feed_id TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, min_eql INTEGER NOT NULL,
    accepts_provisional INTEGER NOT NULL, accepts_parts INTEGER NOT NULL, reporting_deadline_s INTEGER NOT NULL
  ) STRICT;
`

/** The policy book as last seen. */
export interface Book {
  /** @throws NexusError `chain-unavailable`, retryable */
  sync(head: Head): Promise<void>
  /** Policies that are active, whose terms are known. `lapsesAt` is the deadline without pauses. */
  active(): Cover[]
  held(policyId: bigint): ReadonlySet<Hex>
  /** With the pauses since bind; undefined when the policy is not active any more. */
  lapsesAt(policyId: bigint): Promise<number | undefined>
}

export interface BookOptions {
  policyBook: Hex
  termsStore: Hex
  fromBlock: number
}

interface CoverRow {
  policy_id: string
  feed_id: Hex
  from_s: number
  to_s: number
  min_eql: number
  accepts_provisional: number
  accepts_parts: number
  reporting_deadline_s: number
}

const events = [
  getAbiItem({ abi: policyBookAbi, name: 'PolicyBound' }),
  getAbiItem({ abi: policyBookAbi, name: 'PolicyClosed' }),
  getAbiItem({ abi: policyBookAbi, name: 'PolicyHeld' }),
  getAbiItem({ abi: policyBookAbi, name: 'PolicyReleased' }),
] as const
type BookLog = Log<bigint, number, false, undefined, true, typeof events>

const PROVISIONAL = 1
const ANY = 1
const ACTIVE = 1

export function createBook(chain: Chain, store: Store, { policyBook, termsStore, fromBlock }: BookOptions): Book {
  const { client } = chain
  const followed: Followed<BookLog> = {
    name: 'policy-book',
    fromBlock,
    read: (from, to) =>
      readChain(() => client.getLogs({ address: policyBook, events, fromBlock: from, toBlock: to, strict: true })),
    forget(from) {
      for (const table of ['bound', 'closed', 'holds']) store.run(`DELETE FROM ${table} WHERE block_number >= ?`, from)
    },
    apply(log) {
      const policyId = log.args.policyId.toString()
      const at = Number(log.blockNumber)
      if (log.eventName === 'PolicyBound')
        store.run('INSERT INTO bound VALUES (?, ?, ?) ON CONFLICT DO NOTHING', policyId, log.args.termsHash, at)
      else if (log.eventName === 'PolicyClosed')
        store.run('INSERT INTO closed VALUES (?, ?) ON CONFLICT DO NOTHING', policyId, at)
      else {
        const held = log.eventName === 'PolicyHeld' ? 1 : 0
        const { aepId } = log.args
        store.run(
          'INSERT INTO holds VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
          policyId,
          aepId,
          held,
          at,
          log.logIndex,
        )
      }
    },
  }

  async function learnTerms(termsHash: Hex): Promise<void> {
    const [terms] = await readChain(() =>
      client.readContract({ address: termsStore, abi: termsStoreAbi, functionName: 'termsOf', args: [termsHash] }),
    )
    store.run(
      'INSERT INTO terms VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      termsHash,
      terms.feedId,
      terms.from,
      terms.to,
      terms.minEql,
      terms.evidence === PROVISIONAL ? 1 : 0,
      terms.readings === ANY ? 1 : 0,
      terms.reportingDeadline,
    )
  }

  return {
    async sync(head) {
      await follow(chain, store, head, followed)
      const unknown = store.all<{ terms_hash: Hex }>(
        'SELECT DISTINCT terms_hash FROM bound WHERE terms_hash NOT IN (SELECT terms_hash FROM terms)',
      )
      for (const { terms_hash: termsHash } of unknown) await learnTerms(termsHash)
    },
    active: () =>
      store
        .all<CoverRow>(
          `SELECT bound.policy_id, terms.* FROM bound JOIN terms USING (terms_hash)
           WHERE bound.policy_id NOT IN (SELECT policy_id FROM closed) ORDER BY bound.block_number, bound.policy_id`,
        )
        .map(row => ({
          policyId: BigInt(row.policy_id),
          feedId: row.feed_id,
          from: row.from_s,
          to: row.to_s,
          minEql: row.min_eql,
          acceptsProvisional: row.accepts_provisional === 1,
          acceptsParts: row.accepts_parts === 1,
          lapsesAt: row.reporting_deadline_s,
        })),
    held(policyId) {
      const rows = store.all<{ aep_id: Hex; held: number }>(
        'SELECT aep_id, held FROM holds WHERE policy_id = ? ORDER BY block_number, log_index',
        policyId.toString(),
      )
      const held = new Set<Hex>()
      for (const row of rows) {
        if (row.held === 1) held.add(row.aep_id)
        else held.delete(row.aep_id)
      }
      return held
    },
    async lapsesAt(policyId) {
      const book = { address: policyBook, abi: policyBookAbi } as const
      const policy = await readChain(() => client.readContract({ ...book, functionName: 'policyOf', args: [policyId] }))
      if (policy.status !== ACTIVE) return undefined
      const at = await readChain(() => client.readContract({ ...book, functionName: 'lapsesAt', args: [policyId] }))
      return Number(at)
    },
  }
}
