import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { ExitCode, NexusError, tryAgainError } from '@nexus/kit/errors'
import { type FastifyInstance, fastify } from 'fastify'
import type { TlsFiles } from './config.ts'
import { errorFields, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'

export type { FastifyInstance } from 'fastify'

export interface ServerOptions {
  tls?: TlsFiles | undefined
  /** Largest body unless a route says otherwise. */
  mostBodyBytes: number
  /** From the first byte of a request to its last: a slow sender is cut off. */
  requestTimeoutMs: number
  mostConnections: number
  /** Why the service is not ready, if it is not. */
  readiness(): { ready: boolean; [fact: string]: unknown }
}

/** An HTTP server that bounds what a caller can take, with `/health`, `/ready` and `/metrics`. */
export function createServer(log: Log, metrics: Metrics, options: ServerOptions): FastifyInstance {
  const { tls, mostBodyBytes, requestTimeoutMs, mostConnections, readiness } = options
  const limits = {
    connectionsCheckingInterval: Math.max(250, Math.floor(requestTimeoutMs / 4)),
    headersTimeout: requestTimeoutMs,
    maxHeaderSize: 8_192,
  }
  const common = {
    bodyLimit: mostBodyBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs * 2,
    keepAliveTimeout: requestTimeoutMs,
    forceCloseConnections: true,
    logger: false as const,
    return503OnClosing: true,
  }
  const server = tls
    ? (fastify({
        ...common,
        https: {
          ...limits,
          cert: readFileSync(tls.certFile),
          key: readFileSync(tls.keyFile),
          ca: readFileSync(tls.caFile),
          requestCert: true,
          rejectUnauthorized: true,
          minVersion: 'TLSv1.3',
        },
      }) as unknown as FastifyInstance) // one type for both: no route looks at the socket
    : fastify({ ...common, http: limits })
  server.server.maxConnections = mostConnections

  server.setErrorHandler((error, request, reply) => {
    const { status, body } = describeError(error)
    if (status >= 500) log.error({ path: request.url, ...errorFields(error) }, 'request failed')
    return reply.code(status).send(body)
  })
  server.setNotFoundHandler((_, reply) =>
    reply.code(404).send({ code: 'not-found', message: 'no such resource', details: {} }),
  )
  server.get('/health', async () => ({ ok: true }))
  server.get('/ready', async (_, reply) => {
    const state = readiness()
    return reply.code(state.ready ? 200 : 503).send(state)
  })
  server.get('/metrics', async (_, reply) => reply.type('text/plain; version=0.0.4').send(await metrics.text()))
  return server
}

function describeError(error: unknown): { status: number; body: { code: string; message: string; details: object } } {
  if (error instanceof NexusError) {
    const { code, message, details } = error
    const status = error.exitCode === ExitCode.tryAgain ? 503 : error.exitCode === ExitCode.bug ? 500 : 422
    return { status, body: { code, message, details } }
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500
  // What fastify itself refuses (too long, not JSON) may be told; anything else could hold internals.
  if (status < 500) return { status, body: { code: 'bad-request', message: (error as Error).message, details: {} } }
  return { status: 500, body: { code: 'bug', message: 'internal error', details: {} } }
}

/** Starts listening. @throws NexusError `cannot-listen`, retryable: the port is taken or not ours */
export async function listen(server: FastifyInstance, at: { host: string; port: number }): Promise<string> {
  try {
    return await listenOn(server, at)
  } catch (cause) {
    throw tryAgainError(
      'cannot-listen',
      `cannot listen on ${at.host}:${at.port}: ${(cause as Error).message}`,
      at,
      cause,
    )
  }
}

async function listenOn(server: FastifyInstance, { host, port }: { host: string; port: number }): Promise<string> {
  await server.listen({ host, port })
  const bound = server.server.address() as AddressInfo // a TCP server's address is never a path
  const scheme = 'setSecureContext' in server.server ? 'https' : 'http'
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
}

/** Lets `most` callers in at a time; the others are told to come back. */
export function admission(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0
  return async work => {
    if (inside >= most) throw tryAgainError('busy', `${most} such requests are being answered; try again`, { most })
    inside++
    try {
      return await work()
    } finally {
      inside--
    }
  }
}
