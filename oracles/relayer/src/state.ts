import type { PackReport } from '@nexus/aep/build'
import { type Hex, sha256Hex } from '@nexus/kit/canonical'
import { callsMigration } from '@nexus/runtime/calls'
import { followMigration } from '@nexus/runtime/follow'
import { registryMigration } from '@nexus/runtime/registry'
import type { Store } from '@nexus/runtime/sqlite'

/** One thing on which this operator and a pack disagree. */
export interface Difference {
  check: string
  /** What this operator found. */
  mine: string
  /** What the pack says. */
  theirs: string
}

/** How this operator obtained one input of the index, for its receipt. */
export interface OwnInput {
  name: string
  sha256: Hex
  obtained: 'own-fetch' | 'own-copy'
  /** RFC 3339 UTC */
  retrievedAt: string
}

/**
 * `received` → `accepted` | `refused` | `archived`, each final for an aepId. An accepted pack is what this operator's receipt and
 * signatures are about; a refused one leaves only its reasons; an archived one was anchored by others before this operator saw
 * it: it is kept and served, and nothing is signed.
 */
export type PackState = 'received' | 'accepted' | 'refused' | 'archived'

export interface PackRecord {
  /** Grows with arrival; peers ask for what came after one. */
  position: number
  aepId: Hex
  state: PackState
  report: PackReport
  receivedAtMs: number
  decidedAtMs: number | null
  nextAttemptAtMs: number
  differences: Difference[]
  ownInputs: OwnInput[]
}

export interface StoredReceipt {
  operator: Hex
  bytes: Uint8Array
}

/** Applied in order; never edit one that was released. */
export const migrations: readonly string[] = [
  callsMigration,
  followMigration,
  registryMigration,
  `
  CREATE TABLE packs (
    position INTEGER PRIMARY KEY AUTOINCREMENT, aep_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, feed_id TEXT NOT NULL,
    from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, sequence INTEGER NOT NULL, value TEXT NOT NULL, eql INTEGER NOT NULL,
    flags INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, decided_at_ms INTEGER, next_attempt_at_ms INTEGER NOT NULL,
    differences TEXT NOT NULL DEFAULT '[]', own_inputs TEXT NOT NULL DEFAULT '[]', stored_set TEXT
  ) STRICT;
  CREATE INDEX packs_state ON packs (state, next_attempt_at_ms);
  -- At most one root per feed and sequence, recorded before anything signed leaves: this key is the rule.
  CREATE TABLE commitments (
    feed_id TEXT NOT NULL, sequence INTEGER NOT NULL, aep_id TEXT NOT NULL, at_ms INTEGER NOT NULL,
    PRIMARY KEY (feed_id, sequence)
  ) STRICT;
  -- Verified receipts only, our own among them.
  CREATE TABLE receipts (
    hash TEXT PRIMARY KEY, aep_id TEXT NOT NULL, operator TEXT NOT NULL, config_version INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX receipts_aep ON receipts (aep_id, config_version, operator);
  -- Reports this operator signed or gathered, by the root of their receipts.
  CREATE TABLE receipt_sets (
    receipts_root TEXT PRIMARY KEY, aep_id TEXT NOT NULL, hashes TEXT NOT NULL, at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX receipt_sets_aep ON receipt_sets (aep_id);
  CREATE TABLE cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  `,
]

interface PackRow {
  position: number
  aep_id: Hex
  state: PackState
  feed_id: Hex
  from_s: number
  to_s: number
  sequence: number
  value: string
  eql: number
  flags: number
  received_at_ms: number
  decided_at_ms: number | null
  next_attempt_at_ms: number
  differences: string
  own_inputs: string
}

const toPack = (row: PackRow): PackRecord => ({
  position: row.position,
  aepId: row.aep_id,
  state: row.state,
  report: {
    feedId: row.feed_id,
    aepRoot: row.aep_id,
    value: BigInt(row.value),
    from: row.from_s,
    to: row.to_s,
    sequence: row.sequence,
    eql: row.eql,
    flags: row.flags,
  },
  receivedAtMs: row.received_at_ms,
  decidedAtMs: row.decided_at_ms,
  nextAttemptAtMs: row.next_attempt_at_ms,
  differences: JSON.parse(row.differences) as Difference[],
  ownInputs: JSON.parse(row.own_inputs) as OwnInput[],
})

/** What a relayer must not forget. Each method is one transaction, durable when it returns. */
export interface State {
  pack(aepId: Hex): PackRecord | undefined
  /** The oldest received pack whose time has come, or how long until one's has. */
  nextReceived(nowMs: number): { pack: PackRecord } | { waitMs: number } | undefined
  received(): Hex[]
  /** Accepted packs that are not in the registry. */
  unanchored(): PackRecord[]
  /** Packs this operator can give away, after a position. */
  servedAfter(position: number, limit: number): PackRecord[]
  /** The position of the newest pack of any state. */
  lastPosition(): number
  refused(limit: number): PackRecord[]
  addReceived(report: PackReport, nowMs: number): void
  postpone(aepId: Hex, untilMs: number): void
  /** Undoes the arrival of a pack whose bytes were lost before they were on the disk. */
  forget(aepId: Hex): void
  refuse(aepId: Hex, differences: readonly Difference[], nowMs: number): void
  archive(aepId: Hex, nowMs: number): void
  /** The root this operator is bound to for a feed and sequence. */
  commitment(feedId: Hex, sequence: number): Hex | undefined
  /**
   * Binds this operator to a pack and keeps its receipt, together. @returns the root it is bound to instead, if there is one
   */
  accept(
    pack: Hex,
    own: readonly OwnInput[],
    receipt: StoredReceipt & { configVersion: number },
    nowMs: number,
  ): Hex | undefined
  receiptOf(aepId: Hex, configVersion: number, operator: Hex): StoredReceipt | undefined
  /** The first known of each operator. */
  receiptsOf(aepId: Hex, configVersion: number): StoredReceipt[]
  addReceipts(aepId: Hex, configVersion: number, receipts: readonly StoredReceipt[]): void
  /** Remembers which receipts a root is of; of each pack the last few such roots, since anyone may make us see many. */
  addSet(receiptsRoot: Hex, aepId: Hex, configVersion: number, receipts: readonly StoredReceipt[], nowMs: number): void
  receiptSet(receiptsRoot: Hex): StoredReceipt[] | undefined
  /** Anchored packs we hold whose stored zip does not carry the anchored receipts yet. */
  incomplete(): { aepId: Hex; receiptsRoot: Hex }[]
  markComplete(aepId: Hex, receiptsRoot: Hex): void
  cursor(name: string): number | undefined
  setCursor(name: string, value: number): void
}

const MOST_SETS_PER_PACK = 64
/** An honest operator gives one receipt for a pack; a dishonest one shall not fill our disk. */
const MOST_RECEIPTS_EACH = 4
const MOST_REFUSALS = 10_000

export function openState(store: Store): State {
  const packs = (where: string, ...values: (string | number)[]) =>
    store.all<PackRow>(`SELECT * FROM packs WHERE ${where}`, ...values).map(toPack)
  const commitment = (feedId: Hex, sequence: number) =>
    store.get<{ aep_id: Hex }>('SELECT aep_id FROM commitments WHERE feed_id = ? AND sequence = ?', feedId, sequence)
      ?.aep_id
  const addReceipts = (aepId: Hex, configVersion: number, receipts: readonly StoredReceipt[]) =>
    store.atomically(() => {
      for (const { operator, bytes } of receipts)
        store.run(
          `INSERT INTO receipts (hash, aep_id, operator, config_version, bytes) SELECT ?1, ?2, ?3, ?4, ?5
           WHERE (SELECT count(*) FROM receipts WHERE aep_id = ?2 AND config_version = ?4 AND operator = ?3) < ${MOST_RECEIPTS_EACH}
           ON CONFLICT DO NOTHING`,
          sha256Hex(bytes),
          aepId,
          operator,
          configVersion,
          bytes,
        )
    })
  return {
    pack: aepId => packs('aep_id = ?', aepId)[0],
    nextReceived(nowMs) {
      const [pack] = packs(`state = 'received' ORDER BY next_attempt_at_ms, position LIMIT 1`)
      if (!pack) return undefined
      return pack.nextAttemptAtMs <= nowMs ? { pack } : { waitMs: pack.nextAttemptAtMs - nowMs }
    },
    received: () =>
      store.all<{ aep_id: Hex }>(`SELECT aep_id FROM packs WHERE state = 'received'`).map(row => row.aep_id),
    unanchored: () => packs(`state = 'accepted' AND aep_id NOT IN (SELECT aep_id FROM anchors) ORDER BY position`),
    servedAfter: (position, limit) =>
      packs(`state IN ('accepted', 'archived') AND position > ? ORDER BY position LIMIT ?`, position, limit),
    lastPosition: () => store.get<{ n: number }>('SELECT coalesce(max(position), 0) AS n FROM packs')?.n ?? 0,
    refused: limit => packs(`state = 'refused' ORDER BY decided_at_ms DESC LIMIT ?`, limit),
    addReceived: (report, nowMs) =>
      void store.run(
        `INSERT INTO packs (aep_id, state, feed_id, from_s, to_s, sequence, value, eql, flags, received_at_ms, next_attempt_at_ms)
         VALUES (?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        report.aepRoot,
        report.feedId,
        report.from,
        report.to,
        report.sequence,
        report.value.toString(),
        report.eql,
        report.flags,
        nowMs,
        nowMs,
      ),
    postpone: (aepId, untilMs) =>
      void store.run('UPDATE packs SET next_attempt_at_ms = ? WHERE aep_id = ?', untilMs, aepId),
    forget: aepId => void store.run(`DELETE FROM packs WHERE aep_id = ? AND state = 'received'`, aepId),
    refuse: (aepId, differences, nowMs) =>
      store.atomically(() => {
        store.run(
          `UPDATE packs SET state = 'refused', differences = ?, decided_at_ms = ? WHERE aep_id = ? AND state = 'received'`,
          JSON.stringify(differences),
          nowMs,
          aepId,
        )
        store.run(
          `DELETE FROM packs WHERE position IN
             (SELECT position FROM packs WHERE state = 'refused' ORDER BY position DESC LIMIT -1 OFFSET ${MOST_REFUSALS})`,
        )
      }),
    archive: (aepId, nowMs) =>
      void store.run(
        `UPDATE packs SET state = 'archived', decided_at_ms = ? WHERE aep_id = ? AND state = 'received'`,
        nowMs,
        aepId,
      ),
    commitment,
    accept: (aepId, own, receipt, nowMs) =>
      store.atomically(() => {
        const [pack] = packs('aep_id = ?', aepId)
        if (!pack) throw new Error(`no pack ${aepId} to accept`)
        const { feedId, sequence } = pack.report
        const bound = commitment(feedId, sequence)
        if (bound !== undefined && bound !== aepId) return bound
        store.run(
          'INSERT INTO commitments (feed_id, sequence, aep_id, at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          feedId,
          sequence,
          aepId,
          nowMs,
        )
        store.run(
          `UPDATE packs SET state = 'accepted', own_inputs = ?, decided_at_ms = ? WHERE aep_id = ?`,
          JSON.stringify(own),
          nowMs,
          aepId,
        )
        addReceipts(aepId, receipt.configVersion, [receipt])
        return undefined
      }),
    receiptOf: (aepId, configVersion, operator) =>
      store.get<StoredReceipt>(
        'SELECT operator, bytes FROM receipts WHERE aep_id = ? AND config_version = ? AND operator = ? ORDER BY rowid LIMIT 1',
        aepId,
        configVersion,
        operator,
      ),
    receiptsOf: (aepId, configVersion) =>
      store.all<StoredReceipt>(
        `SELECT operator, bytes FROM receipts WHERE rowid IN
           (SELECT min(rowid) FROM receipts WHERE aep_id = ? AND config_version = ? GROUP BY operator) ORDER BY operator`,
        aepId,
        configVersion,
      ),
    addReceipts,
    addSet: (receiptsRoot, aepId, configVersion, receipts, nowMs) =>
      store.atomically(() => {
        addReceipts(aepId, configVersion, receipts)
        store.run(
          `INSERT INTO receipt_sets (receipts_root, aep_id, hashes, at_ms) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms`,
          receiptsRoot,
          aepId,
          JSON.stringify(receipts.map(({ bytes }) => sha256Hex(bytes))),
          nowMs,
        )
        store.run(
          `DELETE FROM receipt_sets WHERE receipts_root IN
             (SELECT receipts_root FROM receipt_sets WHERE aep_id = ? ORDER BY at_ms DESC LIMIT -1 OFFSET ${MOST_SETS_PER_PACK})`,
          aepId,
        )
      }),
    receiptSet(receiptsRoot) {
      const row = store.get<{ hashes: string }>('SELECT hashes FROM receipt_sets WHERE receipts_root = ?', receiptsRoot)
      if (!row) return undefined
      return (JSON.parse(row.hashes) as Hex[]).flatMap(hash =>
        store.all<StoredReceipt>('SELECT operator, bytes FROM receipts WHERE hash = ?', hash),
      )
    },
    incomplete: () =>
      store
        .all<{ aep_id: Hex; receipts_root: Hex }>(
          `SELECT anchors.aep_id, anchors.receipts_root FROM anchors JOIN packs USING (aep_id)
           WHERE packs.state IN ('accepted', 'archived') AND packs.stored_set IS NOT anchors.receipts_root`,
        )
        .map(row => ({ aepId: row.aep_id, receiptsRoot: row.receipts_root })),
    markComplete: (aepId, receiptsRoot) =>
      void store.run('UPDATE packs SET stored_set = ? WHERE aep_id = ?', receiptsRoot, aepId),
    cursor: name => store.get<{ value: number }>('SELECT value FROM cursors WHERE name = ?', name)?.value,
    setCursor: (name, value) =>
      void store.run(
        'INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        value,
      ),
  }
}
