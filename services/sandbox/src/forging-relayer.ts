import { readFileSync } from 'node:fs'
import path from 'node:path'
import { openPack } from '@nexus/aep/pack'
import { unzipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import { parseUtcSeconds } from '@nexus/kit/time'
import { produceAep } from '@nexus/observatory/produce'
import { loadCatalogue } from '@nexus/packs/catalogue'
import { computeIndex } from '@nexus/packs/compute'
import type { RelayerConfig } from '@nexus/relayer/config'
import { type RunningRelayer, startRelayer } from '@nexus/relayer/relayer'
import { httpTransport } from '@nexus/runtime/transport'
import { forgeResult } from './forge.ts'

/** What the forger adds to every index, in the index's own units. */
const LIE = '0.5'

/**
 * A registered operator that lies: its model adds to every index. For each honest pack that reaches it, it seals one of its own
 * that says more, signs that, and presses it on its peers. Apart from the lie it is the real relayer.
 */
export async function startForgingRelayer(config: RelayerConfig): Promise<RunningRelayer> {
  const catalogue = loadCatalogue(config.packsDir)
  const transport = httpTransport(config.tls)
  const forgedCompute: Parameters<typeof produceAep>[0]['compute'] = async (feed, window, inputs) => {
    const { dataset, result } = await computeIndex({ catalogue, feed, window, inputs })
    return { dataset, result: forgeResult(result, LIE) }
  }
  const own = new Set<Hex>()
  const lie = async (zip: Uint8Array) => {
    const { feed, window, sequence } = openPack(unzipPack(zip)).documents['claims.json']
    const forged = await produceAep({
      catalogue,
      feed,
      window: { from: parseUtcSeconds(window.from), to: parseUtcSeconds(window.to) },
      sequence,
      access: config.sources[feed.source.dataset],
      clock: { nowSeconds: () => Math.floor(Date.now() / 1_000) },
      compute: forgedCompute,
    })
    if (forged.kind === 'no-index' || own.has(forged.pack.aepId)) return
    own.add(forged.pack.aepId)
    const targets = [relayer.url, ...config.peers.map(peer => peer.url)]
    await Promise.allSettled(
      targets.map(url =>
        transport.request({
          method: 'POST',
          url: `${url}/packs`,
          body: forged.zip,
          contentType: 'application/zip',
          timeoutMs: 60_000,
          mostBytes: 256_000,
        }),
      ),
    )
  }
  const relayer = await startRelayer(config, {
    compute: forgedCompute,
    onStep(step, subject) {
      const aepId = subject as Hex // of this step
      if (step !== 'pack-received' || own.has(aepId)) return
      // Read at once: it is gone when it has been judged.
      const zip = new Uint8Array(readFileSync(path.join(config.storeDir, 'incoming', `${aepId}.zip`)))
      lie(zip).catch(error => process.stderr.write(`${error}\n`))
    },
  })
  return {
    ...relayer,
    async stop() {
      await relayer.stop()
      transport.close()
    },
  }
}
