import { once } from 'node:events'
import { createServer } from 'node:net'
import { tryAgainError } from '@nexus/kit/errors'
import type { Ports } from './messages.ts'

const names = ['graphql', 'index', 'admin', 'metrics', 'postgres'] as const

async function occupy(name: string, port: number) {
  const server = createServer()
  try {
    await once(server.listen(port, '0.0.0.0'), 'listening')
  } catch (cause) {
    // graph-node would go on without that server, and whoever has the port would get its requests
    throw tryAgainError('port-in-use', `port ${port}, wanted for ${name}, is in use`, { name, port }, cause)
  }
  return { name, server, port: (server.address() as { port: number }).port } // of a TCP server, once it listens
}

/**
 * Fills in ports that were free a moment ago for those that are not given. @throws NexusError `port-in-use` (75) for one that is
 * given and taken
 */
export async function choosePorts(given: Partial<Ports>): Promise<Ports> {
  const results = await Promise.allSettled(names.map(name => occupy(name, given[name] ?? 0)))
  const occupied = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  await Promise.all(occupied.map(({ server }) => new Promise(resolve => server.close(resolve))))
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return Object.fromEntries(occupied.map(({ name, port }) => [name, port])) as unknown as Ports // all five names
}
