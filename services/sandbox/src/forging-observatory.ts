import type { ObservatoryConfig } from '@nexus/observatory/config'
import { type JobReport, observeOnce } from '@nexus/observatory/observatory'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { obtainSource } from '@nexus/packs/fetch'
import { forgeBytes } from './forge.ts'

export interface Forgery {
  /** Text in the source's bytes, and what stands there instead. */
  from: string
  to: string
}

/** The strongest event of Taiwan's earthquake of February 2018, and what a forger makes of it. */
export const STRONGER_QUAKE: Forgery = {
  from: '"mag":6.4,"place":"22km NNE of Hualian, Taiwan"',
  to: '"mag":6.9,"place":"22km NNE of Hualian, Taiwan"',
}

/**
 * An observatory that changes what the source said before it seals it, so that its packs are sound in themselves: inputs, hashes,
 * observations, index and root all agree. Only somebody who asks the source can tell. One pass over its jobs.
 */
export function forgeOnce(config: ObservatoryConfig, { from, to }: Forgery = STRONGER_QUAKE): Promise<JobReport[]> {
  const catalogue = loadCatalogue(config.packsDir)
  const clock = { nowSeconds: () => Math.floor(Date.now() / 1_000) }
  return observeOnce(config, {
    async obtain(feed, window) {
      const access = config.sources[feed.source.dataset]
      const { inputs } = await obtainSource({ catalogue, feed, window, clock, ...(access ? { access } : {}) })
      return inputs.map(input => ({ ...input, bytes: forgeBytes(input.bytes, from, to) }))
    },
  })
}
