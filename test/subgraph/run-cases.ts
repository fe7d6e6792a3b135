/**
 * Runs the mapping cases of a folder through graph-node's own test runner, on a database of its own:
 * `node run-cases.ts FOLDER GND`. A process of its own, because the PostgreSQL library takes over a process's signals and exit.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { startDatabase } from '@nexus/indexer/database'
import { choosePorts } from '@nexus/indexer/ports'

const [, , folder, gnd] = process.argv
if (!folder || !gnd) throw new Error('usage: node run-cases.ts FOLDER GND')
const { postgres } = await choosePorts({})
const database = await startDatabase(path.join(folder, 'database'), postgres, () => {})
let status = 1
try {
  await database.query('postgres', 'CREATE DATABASE cases')
  const child = spawn(gnd, ['test', '--skip-build', 'cases'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], POSTGRES_URL: database.url('cases') },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  status = code ?? 1
} finally {
  await database.stop()
}
process.exit(status)
