import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { NexusError, tryAgainError } from '@nexus/kit/errors'
import type { TlsFiles } from './config.ts'

export interface Outgoing {
  method: 'GET' | 'POST'
  url: string
  body?: Uint8Array
  contentType?: string
  /** From the first byte out to the last byte in. */
  timeoutMs: number
  /** An answer with more is cut off and refused. */
  mostBytes: number
}

export interface Answer {
  status: number
  bytes: Uint8Array
}

/** How messages reach other processes. HTTP is one way; tests have others. */
export interface Transport {
  /** @throws NexusError `peer-unreachable`, `peer-timeout` (both retryable) or `peer-answer-too-long` */
  request(outgoing: Outgoing): Promise<Answer>
  close(): void
}

/** HTTP or HTTPS by the URL; with `tls`, both sides show certificates of the same authority. */
export function httpTransport(tls?: TlsFiles): Transport {
  const keys = tls && {
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
    ca: readFileSync(tls.caFile),
    minVersion: 'TLSv1.3' as const,
  }
  const http = new HttpAgent({ keepAlive: true, maxSockets: 16, maxFreeSockets: 4 })
  const https = new HttpsAgent({ keepAlive: true, maxSockets: 16, maxFreeSockets: 4, ...keys })
  return {
    request: outgoing => send(outgoing, http, https),
    close() {
      http.destroy()
      https.destroy()
    },
  }
}

function send(outgoing: Outgoing, http: HttpAgent, https: HttpsAgent): Promise<Answer> {
  const { method, url, body, contentType, timeoutMs, mostBytes } = outgoing
  return new Promise((resolve, reject) => {
    const secure = url.startsWith('https:')
    const headers: Record<string, string> = { accept: '*/*' }
    if (body) {
      headers['content-type'] = contentType ?? 'application/json'
      headers['content-length'] = String(body.length)
    }
    const options = { method, headers, agent: secure ? https : http }
    const request = (secure ? httpsRequest : httpRequest)(url, options)
    const timer = setTimeout(() => {
      fail(
        tryAgainError('peer-timeout', `${method} ${url} was not answered within ${timeoutMs} ms`, { url, timeoutMs }),
      )
    }, timeoutMs)
    const fail = (error: Error) => {
      clearTimeout(timer)
      request.destroy()
      reject(
        error instanceof NexusError
          ? error
          : tryAgainError(
              'peer-unreachable',
              `${method} ${url}: ${error.message || (error as { code?: string }).code}`,
              { url },
              error,
            ),
      )
    }
    request.on('error', fail)
    request.on('response', response => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('error', fail)
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > mostBytes)
          return fail(
            tryAgainError('peer-answer-too-long', `${url} answered more than ${mostBytes} bytes`, { url, mostBytes }),
          )
        chunks.push(chunk)
      })
      response.on('end', () => {
        clearTimeout(timer)
        if (!response.complete) return fail(new Error('the answer was cut off'))
        resolve({ status: response.statusCode ?? 0, bytes: new Uint8Array(Buffer.concat(chunks, length)) })
      })
    })
    request.end(body)
  })
}

/** The JSON of an answer, or undefined when it has none. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(Buffer.from(answer.bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
