import type { Hex } from '@nexus/kit/canonical'
import { followMigration } from '@nexus/runtime/follow'
import { registryMigration } from '@nexus/runtime/registry'
import type { Store } from '@nexus/runtime/sqlite'
import type { Job } from './config.ts'

/**
 * `waiting` → `sealed` → `anchored` → `final`. `waiting` → `no-index` → `sealed` when the data come later. `sealed` → `sealed` when the pack was
 * not anchored in time, or its sequence went to another one; `anchored` → `sealed` when a dispute has voided the anchor.
 */
export type JobState = 'waiting' | 'no-index' | 'sealed' | 'anchored' | 'final'

export interface JobRecord {
  state: JobState
  /** Of the sealed pack, or of whoever's pack was anchored. */
  aepId: Hex | null
  sequence: number | null
  sealedAtMs: number | null
  nextAttemptAtMs: number
}

/** What became of a pack at one relayer. */
export interface Delivery {
  relayer: string
  state: 'pending' | 'taken' | 'refused'
  detail: string | null
}

export const migrations: readonly string[] = [
  followMigration,
  registryMigration,
  `
  CREATE TABLE jobs (
    feed_id TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, state TEXT NOT NULL, aep_id TEXT, sequence INTEGER,
    sealed_at_ms INTEGER, next_attempt_at_ms INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (feed_id, from_s, to_s)
  ) STRICT;
  CREATE TABLE deliveries (
    aep_id TEXT NOT NULL, relayer TEXT NOT NULL, state TEXT NOT NULL, detail TEXT, PRIMARY KEY (aep_id, relayer)
  ) STRICT;
  `,
]

type JobKey = Pick<Job, 'feedId' | 'window'>

export interface State {
  job(key: JobKey): JobRecord
  /** Another window's pack of this feed that is sealed and not anchored: its sequence comes first. */
  isFeedBusy(key: JobKey): boolean
  /** The highest sequence this observatory has given to a feed. */
  lastSequence(feedId: Hex): number
  /** The pack is the job's from now on, to be delivered to these relayers; durable together. */
  seal(key: JobKey, pack: { aepId: Hex; sequence: number }, relayers: readonly string[], nowMs: number): void
  postpone(key: JobKey, state: 'waiting' | 'no-index', untilMs: number): void
  /** The window is anchored: no more is to be delivered, and the feed is free for its next window. */
  settle(key: JobKey, state: 'anchored' | 'final', aepId: Hex): void
  deliveries(aepId: Hex): Delivery[]
  setDelivery(aepId: Hex, delivery: Delivery): void
}

interface JobRow {
  state: JobState
  aep_id: Hex | null
  sequence: number | null
  sealed_at_ms: number | null
  next_attempt_at_ms: number
}

export function openState(store: Store): State {
  const keyed = ({ feedId, window }: JobKey) => [feedId, window.from, window.to] as const
  const where = 'feed_id = ? AND from_s = ? AND to_s = ?'
  return {
    job(key) {
      const row = store.get<JobRow>(`SELECT * FROM jobs WHERE ${where}`, ...keyed(key))
      if (!row) return { state: 'waiting', aepId: null, sequence: null, sealedAtMs: null, nextAttemptAtMs: 0 }
      return {
        state: row.state,
        aepId: row.aep_id,
        sequence: row.sequence,
        sealedAtMs: row.sealed_at_ms,
        nextAttemptAtMs: row.next_attempt_at_ms,
      }
    },
    isFeedBusy: ({ feedId, window }) =>
      store.get(
        `SELECT 1 FROM jobs WHERE feed_id = ? AND state = 'sealed' AND NOT (from_s = ? AND to_s = ?)`,
        feedId,
        window.from,
        window.to,
      ) !== undefined,
    lastSequence: feedId =>
      store.get<{ n: number }>('SELECT coalesce(max(sequence), 0) AS n FROM jobs WHERE feed_id = ?', feedId)?.n ?? 0,
    seal: (key, { aepId, sequence }, relayers, nowMs) =>
      store.atomically(() => {
        store.run(
          `INSERT INTO jobs (feed_id, from_s, to_s, state, aep_id, sequence, sealed_at_ms) VALUES (?, ?, ?, 'sealed', ?, ?, ?)
           ON CONFLICT DO UPDATE SET state = 'sealed', aep_id = excluded.aep_id, sequence = excluded.sequence,
             sealed_at_ms = excluded.sealed_at_ms, next_attempt_at_ms = 0`,
          ...keyed(key),
          aepId,
          sequence,
          nowMs,
        )
        for (const relayer of relayers)
          store.run(
            `INSERT INTO deliveries (aep_id, relayer, state) VALUES (?, ?, 'pending') ON CONFLICT DO NOTHING`,
            aepId,
            relayer,
          )
      }),
    postpone: (key, state, untilMs) =>
      void store.run(
        `INSERT INTO jobs (feed_id, from_s, to_s, state, next_attempt_at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET state = excluded.state, next_attempt_at_ms = excluded.next_attempt_at_ms`,
        ...keyed(key),
        state,
        untilMs,
      ),
    settle: (key, state, aepId) =>
      void store.run(
        `INSERT INTO jobs (feed_id, from_s, to_s, state, aep_id) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET state = excluded.state, aep_id = excluded.aep_id`,
        ...keyed(key),
        state,
        aepId,
      ),
    deliveries: aepId =>
      store.all<Delivery & Record<string, never>>(
        'SELECT relayer, state, detail FROM deliveries WHERE aep_id = ? ORDER BY relayer',
        aepId,
      ),
    setDelivery: (aepId, { relayer, state, detail }) =>
      void store.run(
        'UPDATE deliveries SET state = ?, detail = ? WHERE aep_id = ? AND relayer = ?',
        state,
        detail,
        aepId,
        relayer,
      ),
  }
}
