import {
  address,
  chainSchema,
  listenSchema,
  logLevelSchema,
  milliseconds,
  readConfig,
  resolveFrom,
  tlsSchema,
  transactionsSchema,
} from '@nexus/runtime/config'
import { z } from 'zod'

export const watchSchema = z.strictObject({
  /** Pays for transactions and bonds. No other process may use it while this one runs. */
  account: z.strictObject({ keystoreFile: z.string(), passphraseFile: z.string() }),
  chain: chainSchema.extend({
    factory: address,
    posts: address,
    /** No event of the suite is older. */
    fromBlock: z.int().min(0).default(0),
  }),
  listen: listenSchema,
  tls: tlsSchema.optional(),
  /** Signed transactions, before they leave. All else is read from the chain. */
  databaseFile: z.string(),
  /** Whether to post the right result of a round where nobody has. */
  postResults: z.boolean().default(false),
  /** Less time than this on one of our clocks is said as a warning. */
  warnSeconds: z.int().min(0).default(86_400),
  /** Before a call that the contract refused is tried again; doubles up to an hour. */
  retryMs: milliseconds.default(60_000),
  transactions: transactionsSchema.prefault({}),
  logLevel: logLevelSchema,
})
export type WatchConfig = z.infer<typeof watchSchema>

/** @throws NexusError `bad-config` */
export function readWatchConfig(file: string): WatchConfig {
  const config = readConfig(file, watchSchema)
  const at = resolveFrom(file)
  const { account, tls } = config
  return {
    ...config,
    account: { keystoreFile: at(account.keystoreFile), passphraseFile: at(account.passphraseFile) },
    ...(tls ? { tls: { certFile: at(tls.certFile), keyFile: at(tls.keyFile), caFile: at(tls.caFile) } } : {}),
    databaseFile: at(config.databaseFile),
  }
}
