import { address, chainSchema, payingServiceSchema, readPayingConfig } from '@nexus/runtime/config'
import { z } from 'zod'

export const keeperSchema = payingServiceSchema.extend({
  chain: chainSchema.extend({
    registry: address,
    policyBook: address,
    termsStore: address,
    /** No event of the suite is older. */
    fromBlock: z.int().min(0).default(0),
  }),
  /** Open evidence is held for its policies when their reporting deadline is nearer than this. */
  holdBeforeDeadlineSeconds: z
    .int()
    .min(0)
    .default(7 * 86_400),
})
export type KeeperConfig = z.infer<typeof keeperSchema>

/** @throws NexusError `bad-config` */
export const readKeeperConfig = (file: string): KeeperConfig => readPayingConfig(file, keeperSchema)
