import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Manifest } from '@nexus/chain/manifest'
import type { Hex } from '@nexus/kit/canonical'
import type { Catalogue } from '@nexus/packs/catalogue'
import { accessOf } from '@nexus/packs/fetch'
import { accounts } from './accounts.ts'
import { writeKeystore, writePqKey } from './keys.ts'
import type { RunLayout } from './layout.ts'

/** How often services look at a chain whose blocks come when they are asked for. */
export const localChain = (rpcUrl: string, chainId: number) => ({
  chainId,
  rpcUrls: [rpcUrl],
  confirmations: 1,
  pollMs: 100,
})
/** A local chain mines at once: what is not mined soon was lost with its process. */
export const localTransactions = { rebroadcastMs: 500, stuckMs: 10_000 }

/** A service's own copy of every dataset that comes with the machine, as its configuration names them. */
export function ownCopies(catalogue: Catalogue, datasets: readonly string[], folder: string) {
  mkdirSync(folder, { recursive: true })
  return Object.fromEntries(
    datasets.map(id => {
      const access = accessOf(catalogue.dataset(id))
      if (access.kind !== 'pinned') throw new Error(`${id} has no copy on this machine`)
      const copy = path.join(folder, path.basename(access.path))
      copyFileSync(access.path, copy)
      const { url, licence, retrievedAt } = access
      return [id, { kind: 'pinned', path: path.relative(path.dirname(folder), copy), url, licence, retrievedAt }]
    }),
  )
}

export interface OperatorsOptions {
  layout: RunLayout
  catalogue: Catalogue
  datasets: readonly string[]
}

/** Makes each operator's keys and source copies; returns the hashes of their post-quantum keys, in the committee's order. */
export async function prepareOperators(layout: RunLayout): Promise<Hex[]> {
  return Promise.all(
    accounts.operators.map(async (operator, index) => {
      const { keystore, passphrase, pqKey } = layout.operator(index)
      await writeKeystore(operator, keystore, passphrase)
      return writePqKey(pqKey)
    }),
  )
}

/** Writes each relayer's configuration; paths in it are relative, so that the folder of a run can be moved. */
export function configureRelayers(
  { layout, catalogue, datasets }: OperatorsOptions,
  { rpcUrl, manifest, ports }: { rpcUrl: string; manifest: Manifest; ports: readonly number[] },
): void {
  const urls = accounts.operators.map((_, index) => `http://127.0.0.1:${ports[index]}`)
  for (const [index] of accounts.operators.entries()) {
    const own = layout.operator(index)
    const near = (file: string) => path.relative(own.folder, file)
    const peers = accounts.operators.flatMap(({ address }, peer) =>
      peer === index ? [] : [{ operator: address, url: urls[peer] }],
    )
    const config = {
      operator: { keystoreFile: near(own.keystore), passphraseFile: near(own.passphrase), pqKeyFile: near(own.pqKey) },
      chain: {
        ...localChain(rpcUrl, manifest.chainId),
        registry: manifest.registry,
        components: manifest.registries?.component,
        fromBlock: manifest.deployedAtBlock,
      },
      listen: { port: ports[index] },
      peers,
      sources: ownCopies(catalogue, datasets, path.join(own.folder, 'sources')),
      storeDir: near(own.store),
      databaseFile: near(own.database),
      attestation: { takeOverMs: 1_500, roundMs: 250, peerTimeoutMs: 3_000, graceMs: 250 },
      packs: { pullMs: 1_000, sourceRetryMs: 500 },
      transactions: localTransactions,
    }
    writeFileSync(own.config, `${JSON.stringify(config, null, 2)}\n`)
  }
}
