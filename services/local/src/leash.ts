/**
 * Runs another entry point so that it never outlives who started it: `node leash.ts ENTRY [ARGUMENT …]`. When the other end
 * of stdin goes away, however it went, the process stops itself in its own orderly way.
 */

import type { Socket } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

process.argv.splice(1, 1)
const [, entry] = process.argv
if (!entry) throw new Error('usage: node leash.ts ENTRY [ARGUMENT …]')
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume()
;(process.stdin as unknown as Socket).unref() // a pipe, whose type here is that of a terminal
await import(pathToFileURL(path.resolve(entry)).href)
