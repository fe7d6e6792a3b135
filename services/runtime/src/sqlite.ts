import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { tryAgainError } from '@nexus/kit/errors'

export type Row = Record<string, null | number | bigint | string | Uint8Array>
export type Value = null | number | bigint | string | Uint8Array

export interface Store {
  run(sql: string, ...values: Value[]): { changes: number }
  all<T = Row>(sql: string, ...values: Value[]): T[]
  get<T = Row>(sql: string, ...values: Value[]): T | undefined
  /** All of it or nothing, durable when it returns. Nested calls join the outer one. */
  atomically<T>(work: () => T): T
  close(): void
}

/**
 * Opens a database whose every commit is on the disk when it returns (synchronous=FULL) and which this process alone holds:
 * two relayers with one operator's database could sign two roots for one sequence. A rollback journal rather than a WAL: there are
 * no concurrent readers to gain from one, and the state is a single file between transactions.
 * @param migrations applied in order, each once; never edit one that was released
 * @throws NexusError `store-in-use` when another process has it open
 */
export function openStore(file: string, migrations: readonly string[]): Store {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
  const db = new DatabaseSync(file, { timeout: 2_000 })
  try {
    db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;
      PRAGMA temp_store=MEMORY; BEGIN EXCLUSIVE; COMMIT`)
  } catch (cause) {
    db.close()
    throw tryAgainError(
      'store-in-use',
      `${file} is held by another process: ${(cause as Error).message}`,
      { file },
      cause,
    )
  }
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  let depth = 0
  const store: Store = {
    run: (sql, ...values) => ({ changes: Number(prepared(sql).run(...values).changes) }),
    all: <T>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as T[], // rows have the shape of the query
    get: <T>(sql: string, ...values: Value[]) => prepared(sql).get(...values) as T | undefined,
    atomically(work) {
      if (depth > 0) return work()
      db.exec('BEGIN IMMEDIATE')
      depth++
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK')
        throw error
      } finally {
        depth--
      }
    },
    close: () => db.close(),
  }
  const { user_version: done } = store.get<{ user_version: number }>('PRAGMA user_version') ?? { user_version: 0 }
  migrations.slice(done).forEach((sql, index) => {
    store.atomically(() => db.exec(`${sql}; PRAGMA user_version = ${done + index + 1}`))
  })
  return store
}
