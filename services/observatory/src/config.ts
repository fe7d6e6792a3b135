import { readFileSync } from 'node:fs'
import { inputError } from '@nexus/kit/errors'
import { type FeedSpec, feedIdOf, feedSpecSchema } from '@nexus/kit/feed'
import type { Window } from '@nexus/kit/observation'
import { parseUtcSeconds } from '@nexus/kit/time'
import { resolveSources, type Sources, sourcesSchema } from '@nexus/packs/sources-config'
import {
  address,
  chainSchema,
  listenSchema,
  logLevelSchema,
  milliseconds,
  readConfig,
  resolveFrom,
  resolveTls,
  tlsSchema,
  url,
} from '@nexus/runtime/config'
import { z } from 'zod'

const jobSchema = z
  .strictObject({
    /** For people; unique. */
    name: z.string().min(1).max(200),
    feed: feedSpecSchema.optional(),
    /** Instead of `feed`: a file with the feed specification. */
    feedFile: z.string().optional(),
    /** RFC 3339 UTC; `to` exclusive. */
    window: z.strictObject({ from: z.string(), to: z.string() }),
  })
  .refine(job => (job.feed === undefined) !== (job.feedFile === undefined), 'give either feed or feedFile')

export const observatorySchema = z.strictObject({
  chain: chainSchema.extend({ registry: address, fromBlock: z.int().min(0).default(0) }),
  listen: listenSchema,
  tls: tlsSchema.optional(),
  jobs: z.array(jobSchema).max(10_000),
  /** Where packs are delivered: every one of them gets every pack. */
  relayers: z.array(url).min(1).max(31),
  sources: sourcesSchema,
  packsDir: z.string().optional(),
  storeDir: z.string(),
  databaseFile: z.string(),
  delivery: z
    .strictObject({
      timeoutMs: milliseconds.default(60_000),
      retryMs: milliseconds.default(5_000),
      /** A pack not anchored after this long is made anew under the next sequence. */
      abandonMs: z.int().min(1).default(86_400_000),
    })
    .prefault({}),
  /** Between two attempts at data that are not there yet. */
  sourceRetryMs: milliseconds.default(600_000),
  logLevel: logLevelSchema,
})

export interface Job {
  name: string
  feed: FeedSpec
  feedId: `0x${string}`
  window: Window
}

export type ObservatoryConfig = Omit<z.infer<typeof observatorySchema>, 'sources' | 'jobs'> & {
  sources: Sources
  jobs: Job[]
}

/** @throws NexusError `bad-config` */
export function readObservatoryConfig(file: string): ObservatoryConfig {
  const config = readConfig(file, observatorySchema)
  const at = resolveFrom(file)
  const jobs = config.jobs.map(({ name, feed, feedFile, window }) => {
    const spec = feed ?? feedSpecSchema.parse(JSON.parse(readFileSync(at(feedFile ?? ''), 'utf8')))
    return {
      name,
      feed: spec,
      feedId: feedIdOf(spec),
      window: { from: parseUtcSeconds(window.from), to: parseUtcSeconds(window.to) },
    }
  })
  const keys = jobs.map(({ feedId, window }) => `${feedId} ${window.from} ${window.to}`)
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (twice >= 0)
    throw inputError('bad-config', `${file}: job "${jobs[twice]?.name}" has the feed and window of another`, { file })
  return {
    ...config,
    jobs,
    sources: resolveSources(config.sources, at),
    ...resolveTls(config, at),
    ...(config.packsDir === undefined ? {} : { packsDir: at(config.packsDir) }),
    storeDir: at(config.storeDir),
    databaseFile: at(config.databaseFile),
  }
}
