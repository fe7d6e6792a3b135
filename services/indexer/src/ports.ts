import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Ports } from './messages.ts'

/** Fills in ports that were free a moment ago for those that are not given. */
export async function choosePorts(given: Partial<Ports>): Promise<Ports> {
  const names = ['graphql', 'index', 'admin', 'metrics', 'postgres'] as const
  const servers = names.map(() => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map(server => once(server, 'listening')))
  const free = servers.map(server => (server.address() as { port: number }).port) // of a TCP server, once it listens
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return Object.fromEntries(names.map((name, i) => [name, given[name] ?? free[i]])) as unknown as Ports // all five names
}
