import type { Command } from 'commander'
import { runAt, withLastChain } from './last-run.ts'
import { type Network, type NetworkOptions, openNetwork, reading, withNetwork } from './policy/network.ts'
import { asVerdict } from './refusal.ts'

export interface LookOptions extends NetworkOptions {
  dir?: string
  json?: true
}

export const withLook = (command: Command): Command =>
  withNetwork(command)
    .option('--dir <folder>', "a run kept elsewhere: `nexus up`'s --dir")
    .option('--json', 'one JSON document on stdout')

/** On the chain that is named, else on the last run's. A manifest names a chain that has to be reached. */
export async function look<T>({ rpc, manifest, dir }: LookOptions, use: (network: Network) => Promise<T>): Promise<T> {
  const kept = runAt(dir)
  const addresses = manifest ? { manifest } : dir ? { manifest: kept.manifest } : {}
  const on = (url: { rpc?: string }): Promise<T> =>
    asVerdict(async () => {
      const network = await openNetwork({ ...addresses, ...url })
      return reading(() => use(network))
    })
  if (rpc) return on({ rpc })
  return manifest && !dir ? on({}) : withLastChain(url => on({ rpc: url }), kept)
}
