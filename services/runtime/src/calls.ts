import type { Address, Hex } from 'viem'
import type { Store } from './sqlite.ts'

/**
 * A call to a contract that a service wants made once.
 *
 * `queued` → `sent` (a signed transaction is stored, and may be in any mempool) → `mined` (in a block, fewer than `confirmations`
 * deep) → `confirmed`. `mined` → `sent` when the block is gone. `queued | sent` → `dropped` when the contract would refuse it now.
 * `sent` → `queued` when its nonce went to a transaction that is not ours. `dropped` and `confirmed` → `queued` when asked again.
 */
export type CallState = 'queued' | 'sent' | 'mined' | 'confirmed' | 'dropped'

export interface Call {
  /** What it is for, such as `anchor:0x…`; one call per key. */
  key: string
  to: Address
  data: Hex
}

export interface CallRecord extends Call {
  state: CallState
  nonce: number | null
  blockNumber: number | null
  blockHash: Hex | null
  txHash: Hex | null
  /** Whether the mined transaction succeeded. */
  success: boolean | null
  /** Why it was dropped. */
  reason: string | null
}

/** One signed transaction for a call; several of the same nonce when the first ones paid too little. */
export interface Attempt {
  hash: Hex
  key: string
  nonce: number
  raw: Hex
  feePerGas: bigint
  tipPerGas: bigint
  storedAtMs: number
  /** null until a node has taken it */
  sentAtMs: number | null
}

export const callsMigration = `
  CREATE TABLE calls (
    key TEXT PRIMARY KEY, position INTEGER NOT NULL, target TEXT NOT NULL, data TEXT NOT NULL, state TEXT NOT NULL,
    nonce INTEGER, block_number INTEGER, block_hash TEXT, tx_hash TEXT, success INTEGER, reason TEXT
  ) STRICT;
  CREATE INDEX calls_state ON calls (state, position);
  CREATE TABLE attempts (
    hash TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES calls (key), nonce INTEGER NOT NULL, raw TEXT NOT NULL,
    fee_per_gas TEXT NOT NULL, tip_per_gas TEXT NOT NULL, stored_at_ms INTEGER NOT NULL, sent_at_ms INTEGER,
    settled INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX attempts_open ON attempts (settled, nonce);
`

interface CallRow {
  key: string
  target: Address
  data: Hex
  state: CallState
  nonce: number | null
  block_number: number | null
  block_hash: Hex | null
  tx_hash: Hex | null
  success: number | null
  reason: string | null
}

interface AttemptRow {
  hash: Hex
  key: string
  nonce: number
  raw: Hex
  fee_per_gas: string
  tip_per_gas: string
  stored_at_ms: number
  sent_at_ms: number | null
}

const toCall = (row: CallRow): CallRecord => ({
  key: row.key,
  to: row.target,
  data: row.data,
  state: row.state,
  nonce: row.nonce,
  blockNumber: row.block_number,
  blockHash: row.block_hash,
  txHash: row.tx_hash,
  success: row.success === null ? null : row.success === 1,
  reason: row.reason,
})

const toAttempt = (row: AttemptRow): Attempt => ({
  hash: row.hash,
  key: row.key,
  nonce: row.nonce,
  raw: row.raw,
  feePerGas: BigInt(row.fee_per_gas),
  tipPerGas: BigInt(row.tip_per_gas),
  storedAtMs: row.stored_at_ms,
  sentAtMs: row.sent_at_ms,
})

/** Calls and their transactions in a service's own database. Every method is durable when it returns. */
export interface Calls {
  /** Queues a call unless one with its key is under way; one that ended is queued again. Returns whether it was queued. */
  submit(call: Call): boolean
  get(key: string): CallRecord | undefined
  inState(state: CallState): CallRecord[]
  /** Transactions that may still be mined: no other one of their nonce is known to be. */
  openAttempts(): Attempt[]
  attemptsOf(key: string): Attempt[]
  /** The signed transaction and its call's new state, together, before it leaves this process. */
  recordAttempt(attempt: Attempt): void
  markSent(hash: Hex, atMs: number): void
  markMined(
    key: string,
    mined: { txHash: Hex; blockNumber: number; blockHash: Hex; success: boolean; nonce: number },
  ): void
  markUnmined(key: string): void
  markConfirmed(key: string): void
  drop(key: string, reason: string): void
  /** The nonce is used up by a transaction that is not ours. */
  requeue(key: string): void
  settleNonce(nonce: number): void
}

export function openCalls(store: Store): Calls {
  const get = (key: string) => {
    const row = store.get<CallRow>('SELECT * FROM calls WHERE key = ?', key)
    return row && toCall(row)
  }
  return {
    get,
    submit: ({ key, to, data }) =>
      store.atomically(() => {
        const present = get(key)
        if (present && (present.state === 'sent' || present.state === 'mined')) return false
        if (present?.state === 'queued' && present.data === data && present.to === to) return false
        const { position } = store.get<{ position: number }>(
          'SELECT coalesce(max(position), 0) + 1 AS position FROM calls',
        ) ?? {
          position: 1,
        }
        store.run(
          `INSERT INTO calls (key, position, target, data, state) VALUES (?, ?, ?, ?, 'queued')
           ON CONFLICT (key) DO UPDATE SET target = excluded.target, data = excluded.data, state = 'queued', nonce = NULL,
             block_number = NULL, block_hash = NULL, tx_hash = NULL, success = NULL, reason = NULL`,
          key,
          position,
          to,
          data,
        )
        return true
      }),
    inState: state => store.all<CallRow>('SELECT * FROM calls WHERE state = ? ORDER BY position', state).map(toCall),
    openAttempts: () =>
      store.all<AttemptRow>('SELECT * FROM attempts WHERE settled = 0 ORDER BY nonce, stored_at_ms').map(toAttempt),
    attemptsOf: key =>
      store.all<AttemptRow>('SELECT * FROM attempts WHERE key = ? ORDER BY stored_at_ms', key).map(toAttempt),
    recordAttempt: attempt =>
      store.atomically(() => {
        store.run(
          `INSERT INTO attempts (hash, key, nonce, raw, fee_per_gas, tip_per_gas, stored_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (hash) DO UPDATE SET settled = 0`,
          attempt.hash,
          attempt.key,
          attempt.nonce,
          attempt.raw,
          attempt.feePerGas.toString(),
          attempt.tipPerGas.toString(),
          attempt.storedAtMs,
        )
        store.run(`UPDATE calls SET state = 'sent', nonce = ?, reason = NULL WHERE key = ?`, attempt.nonce, attempt.key)
      }),
    markSent: (hash, atMs) => void store.run('UPDATE attempts SET sent_at_ms = ? WHERE hash = ?', atMs, hash),
    markMined: (key, { txHash, blockNumber, blockHash, success, nonce }) =>
      void store.run(
        `UPDATE calls SET state = 'mined', nonce = ?, tx_hash = ?, block_number = ?, block_hash = ?, success = ?, reason = NULL
         WHERE key = ?`,
        nonce,
        txHash,
        blockNumber,
        blockHash,
        success ? 1 : 0,
        key,
      ),
    markUnmined: key =>
      void store.run(
        `UPDATE calls SET state = 'sent', tx_hash = NULL, block_number = NULL, block_hash = NULL, success = NULL WHERE key = ?`,
        key,
      ),
    markConfirmed: key =>
      store.atomically(() => {
        store.run(`UPDATE calls SET state = 'confirmed' WHERE key = ?`, key)
        store.run('UPDATE attempts SET settled = 1 WHERE nonce = (SELECT nonce FROM calls WHERE key = ?)', key)
      }),
    drop: (key, reason) => void store.run(`UPDATE calls SET state = 'dropped', reason = ? WHERE key = ?`, reason, key),
    requeue: key => void store.run(`UPDATE calls SET state = 'queued', nonce = NULL WHERE key = ?`, key),
    settleNonce: nonce => void store.run('UPDATE attempts SET settled = 1 WHERE nonce = ?', nonce),
  }
}
