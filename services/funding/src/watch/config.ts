import { address, chainSchema, payingServiceSchema, readPayingConfig } from '@nexus/runtime/config'
import { z } from 'zod'

/** The account puts down bonds too, and is the poster that is defended. */
export const watchSchema = payingServiceSchema.extend({
  chain: chainSchema.extend({
    factory: address,
    posts: address,
    /** No event of the suite is older. */
    fromBlock: z.int().min(0).default(0),
  }),
  /** Whether to post the right result of a round where nobody has. */
  postResults: z.boolean().default(false),
  /** Less time than this on one of our clocks is said as a warning. */
  warnSeconds: z.int().min(0).default(86_400),
})
export type WatchConfig = z.infer<typeof watchSchema>

/** @throws NexusError `bad-config` */
export const readWatchConfig = (file: string): WatchConfig => readPayingConfig(file, watchSchema)
