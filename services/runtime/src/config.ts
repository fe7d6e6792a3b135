import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inputError } from '@nexus/kit/errors'
import { z } from 'zod'

/** @throws NexusError `bad-config` that names the field and what it wants */
export function readConfig<T>(file: string, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw inputError('bad-config', `${file} cannot be read as JSON: ${(cause as Error).message}`, { file }, cause)
  }
  return parseConfig(json, schema, file)
}

export function parseConfig<T>(json: unknown, schema: z.ZodType<T>, file = 'configuration'): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(issue => ({ path: issue.path.join('.'), problem: issue.message }))
  const [first] = issues
  throw inputError('bad-config', `${file}: ${first?.path || 'it'}: ${first?.problem}`, { file, issues })
}

/** Paths in a configuration file are relative to it. */
export const resolveFrom = (configFile: string) => (file: string) => path.resolve(path.dirname(configFile), file)

export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'a 20-byte address')
  .transform(text => text.toLowerCase() as `0x${string}`)
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, 'a 32-byte hash')
  .transform(text => text.toLowerCase() as `0x${string}`)
export const url = z.url({ protocol: /^https?$/, error: 'an http(s) URL' }).transform(text => text.replace(/\/+$/, ''))
export const milliseconds = z.int().min(1).max(86_400_000)

export const listenSchema = z.strictObject({
  host: z.string().default('127.0.0.1'),
  /** 0: any free port; the service prints which. */
  port: z.int().min(0).max(65_535),
})

/** Mutual TLS: the certificate authority is that of the registered operators. */
export const tlsSchema = z.strictObject({ certFile: z.string(), keyFile: z.string(), caFile: z.string() })
export type TlsFiles = z.infer<typeof tlsSchema>

export const chainSchema = z.strictObject({
  chainId: z.int().positive(),
  /** The first that answers is used. */
  rpcUrls: z.array(url).min(1).max(8),
  /** Blocks on top of an event's own (that one included) before it is taken for permanent. */
  confirmations: z.int().min(1).max(1_000).default(3),
  pollMs: milliseconds.default(2_000),
  timeoutMs: milliseconds.default(10_000),
  /** Most blocks in one request for logs. */
  logBlocks: z.int().min(1).max(100_000).default(2_000),
})
export type ChainConfig = z.infer<typeof chainSchema>

export const transactionsSchema = z.strictObject({
  /** Nothing is sent while the network asks for more. */
  mostGweiPerGas: z.number().positive().default(500),
  tipGweiPerGas: z.number().min(0).default(1),
  /** A transaction not mined after this long is replaced by one that pays more. */
  stuckMs: milliseconds.default(60_000),
  rebroadcastMs: milliseconds.default(15_000),
  mostInFlight: z.int().min(1).max(64).default(8),
})
export type TransactionsConfig = z.infer<typeof transactionsSchema>

export const logLevelSchema = z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')

/** What every service has that pays for transactions from an account of its own; it says itself what it reads of the chain. */
export const payingServiceSchema = z.strictObject({
  /** Pays. It needs no rights, and no other process may use it while this one runs. */
  account: z.strictObject({ keystoreFile: z.string(), passphraseFile: z.string() }),
  listen: listenSchema,
  tls: tlsSchema.optional(),
  /** Signed transactions before they leave, and what else must survive. */
  databaseFile: z.string(),
  /** Before a call that a contract refused is tried again; doubles up to an hour. */
  retryMs: milliseconds.default(60_000),
  transactions: transactionsSchema.prefault({}),
  logLevel: logLevelSchema,
})

/** @param at where a path of the configuration leads */
export const resolveTls = ({ tls }: { tls?: TlsFiles | undefined }, at: (file: string) => string) =>
  tls ? { tls: { certFile: at(tls.certFile), keyFile: at(tls.keyFile), caFile: at(tls.caFile) } } : {}

/** @throws NexusError `bad-config` */
export function readPayingConfig<T extends z.infer<typeof payingServiceSchema>>(file: string, schema: z.ZodType<T>): T {
  const config = readConfig(file, schema)
  const at = resolveFrom(file)
  const { keystoreFile, passphraseFile } = config.account
  return {
    ...config,
    account: { keystoreFile: at(keystoreFile), passphraseFile: at(passphraseFile) },
    ...resolveTls(config, at),
    databaseFile: at(config.databaseFile),
  }
}
