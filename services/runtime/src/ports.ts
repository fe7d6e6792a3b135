import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/**
 * Below what systems hand out for outgoing connections (Linux from 32768, others from 49152): a service that restarts where
 * it was must not find a connection of somebody else's in its place.
 */
const FIRST = 20_000
const LAST = 32_767

/** `count` different ports that were free a moment ago. @throws what `listen` throws when hardly any is free */
export async function freePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const taken: { server: Server; port: number }[] = []
  try {
    for (let failures = 0; taken.length < count; ) {
      const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1))
      try {
        taken.push({ server: await hold(port, host), port })
      } catch (error) {
        if (++failures > 1_000) throw error
      }
    }
  } finally {
    await Promise.all(taken.map(({ server }) => new Promise(resolve => server.close(resolve))))
  }
  return taken.map(({ port }) => port)
}

/** Whether nobody listens there now. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    const server = await hold(port, host)
    await new Promise(resolve => server.close(resolve))
    return true
  } catch {
    return false
  }
}

async function hold(port: number, host: string): Promise<Server> {
  const server = createServer()
  await once(server.listen(port, host), 'listening')
  return server
}
