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

export const keeperSchema = z.strictObject({
  /** Pays for the transactions. It has no rights of its own: anyone may do what a keeper does. */
  account: z.strictObject({ keystoreFile: z.string(), passphraseFile: z.string() }),
  chain: chainSchema.extend({
    registry: address,
    policyBook: address,
    termsStore: address,
    /** No event of the suite is older. */
    fromBlock: z.int().min(0).default(0),
  }),
  listen: listenSchema,
  tls: tlsSchema.optional(),
  databaseFile: z.string(),
  /** Open evidence is held for its policies when their reporting deadline is nearer than this. */
  holdBeforeDeadlineSeconds: z
    .int()
    .min(0)
    .default(7 * 86_400),
  /** Before a call that the contract refused is tried again; doubles up to an hour. */
  retryMs: milliseconds.default(60_000),
  transactions: transactionsSchema.prefault({}),
  logLevel: logLevelSchema,
})
export type KeeperConfig = z.infer<typeof keeperSchema>

/** @throws NexusError `bad-config` */
export function readKeeperConfig(file: string): KeeperConfig {
  const config = readConfig(file, keeperSchema)
  const at = resolveFrom(file)
  const { account, tls } = config
  return {
    ...config,
    account: { keystoreFile: at(account.keystoreFile), passphraseFile: at(account.passphraseFile) },
    ...(tls ? { tls: { certFile: at(tls.certFile), keyFile: at(tls.keyFile), caFile: at(tls.caFile) } } : {}),
    databaseFile: at(config.databaseFile),
  }
}
