import { resolveSources, type Sources, sourcesSchema } from '@nexus/packs/sources-config'
import {
  address,
  chainSchema,
  hash,
  listenSchema,
  logLevelSchema,
  milliseconds,
  readConfig,
  resolveFrom,
  resolveTls,
  tlsSchema,
  transactionsSchema,
  url,
} from '@nexus/runtime/config'
import { z } from 'zod'

const peerSchema = z.strictObject({
  operator: address,
  url,
  /** SHA-256 of the peer's ML-DSA-65 public key. The committee's entry on chain decides; this one must agree with it. */
  pqPublicKeyHash: hash.optional(),
})
export type PeerConfig = z.infer<typeof peerSchema>

export const relayerSchema = z.strictObject({
  operator: z.strictObject({ keystoreFile: z.string(), passphraseFile: z.string(), pqKeyFile: z.string() }),
  chain: chainSchema.extend({
    registry: address,
    /** The registry of components: with it a refusal names the one whose standing caps a feed. */
    components: address.optional(),
    /** No registry event is older. */
    fromBlock: z.int().min(0).default(0),
  }),
  listen: listenSchema,
  tls: tlsSchema.optional(),
  peers: z.array(peerSchema).max(31),
  /** By the name of the dataset in a feed's source; one that is not here is obtained as the catalogue says. */
  sources: sourcesSchema,
  /** The feeds to attest; without it every feed whose model is in the catalogue and whose dataset is in `sources`. */
  feeds: z.array(hash).optional(),
  /** Packs of models; without it those of this checkout. */
  packsDir: z.string().optional(),
  storeDir: z.string(),
  databaseFile: z.string(),
  attestation: z
    .strictObject({
      /** Operator of rank k begins k times this after it accepted a pack. */
      takeOverMs: milliseconds.default(30_000),
      /** Between two attempts to gather a quorum. */
      roundMs: milliseconds.default(5_000),
      peerTimeoutMs: milliseconds.default(5_000),
      /** With a quorum's receipts in hand, how long to wait for the others'. */
      graceMs: milliseconds.default(300),
    })
    .prefault({}),
  packs: z
    .strictObject({
      mostBytes: z.int().min(1_024).max(256_000_000).default(64_000_000),
      /** Received and not yet checked; more are refused until some are. */
      mostPending: z.int().min(1).max(10_000).default(64),
      /** Between two questions to each peer for packs that were missed. */
      pullMs: milliseconds.default(30_000),
      /** Between two attempts at a source that did not answer. */
      sourceRetryMs: milliseconds.default(5_000),
      /** How long an own copy of a source is taken for fresh when a pack disagrees with it. */
      freshMs: milliseconds.default(60_000),
    })
    .prefault({}),
  transactions: transactionsSchema.prefault({}),
  logLevel: logLevelSchema,
})
export type RelayerConfig = Omit<z.infer<typeof relayerSchema>, 'sources'> & { sources: Sources }

/** @throws NexusError `bad-config` */
export function readRelayerConfig(file: string): RelayerConfig {
  const config = readConfig(file, relayerSchema)
  const at = resolveFrom(file)
  const { operator, sources } = config
  return {
    ...config,
    operator: {
      keystoreFile: at(operator.keystoreFile),
      passphraseFile: at(operator.passphraseFile),
      pqKeyFile: at(operator.pqKeyFile),
    },
    ...resolveTls(config, at),
    ...(config.packsDir === undefined ? {} : { packsDir: at(config.packsDir) }),
    sources: resolveSources(sources, at),
    storeDir: at(config.storeDir),
    databaseFile: at(config.databaseFile),
  }
}
