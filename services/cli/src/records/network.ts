import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import type { Contract } from '@nexus/deploy/powers'
import { ExitCode, inputError, NexusError } from '@nexus/kit/errors'
import { nvmContracts, railContracts, suiteContracts } from '@nexus/local/contracts'
import type { Command } from 'commander'
import { runAt, withLastChain } from '../last-run.ts'
import { type Network, type NetworkOptions, openNetwork, reading, withNetwork } from '../policy/network.ts'

export interface LookOptions extends NetworkOptions {
  dir?: string
  json?: true
}

export const withLook = (command: Command): Command =>
  withNetwork(command)
    .option('--dir <folder>', "a run kept elsewhere: `nexus up`'s --dir")
    .option('--json', 'one JSON document on stdout')

/** On the chain that is named, else on the last run's. A manifest names a chain that has to be reached. */
export async function look<T>({ dir, json: _, ...options }: LookOptions, use: (network: Network) => Promise<T>) {
  const kept = runAt(dir)
  const addresses = dir ? { manifest: kept.manifest } : {}
  const on = async (rpc: { rpc?: string }): Promise<T> => {
    const network = await openNetwork({ ...addresses, ...options, ...rpc })
    return asVerdict(() => reading(() => use(network)))
  }
  return options.rpc || (options.manifest && !dir) ? on({}) : withLastChain(rpc => on({ rpc }), kept)
}

/** What a contract refuses is a verdict, not a mistake in what was typed: exit 3, with the name of its error. */
export async function asVerdict<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof NexusError) || error.code !== 'would-revert' || error.exitCode === ExitCode.tryAgain)
      throw error
    throw new NexusError(ExitCode.verification, 'refused', error.message, { details: error.details, cause: error })
  }
}

export interface Named {
  contracts: Contract[]
  holders: { name: string; address: Contract['address'] }[]
}

/** Everything that a name is known of: the suite by the manifest, rails as their factory says. Of several alike each has its own name. */
export async function namesOf({ client, manifest }: Network): Promise<Named> {
  const { governance, disputeBond, rails } = manifest
  if (!manifest.registries || !rails)
    throw inputError('no-registries', 'the manifest names no registries or no rails: this chain has none')
  const pools = Object.entries(manifest.pools)
  const suite = suiteContracts(manifest).map(one => {
    const pool = pools.find(([, address]) => one.name === 'RiskPool' && address === one.address)
    return pool && pools.length > 1 ? { ...one, name: `RiskPool:${pool[0]}` } : one
  })
  return {
    contracts: [
      ...suite,
      ...(governance ? nvmContracts(governance, disputeBond) : []),
      ...(await openRails(client, rails.factory)),
    ],
    holders: governance ? [{ name: 'Safe', address: governance.safe }] : [],
  }
}

/** The factory numbers its rails from 1. */
async function openRails(client: Network['client'], address: Contract['address']): Promise<Contract[]> {
  const factory = { address, abi: railFactoryAbi } as const
  const count = Number(await client.readContract({ ...factory, functionName: 'railCount' }))
  const rails = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const args = [BigInt(n + 1)] as const
      const [governor, timelock, membership, treasury] = await client.readContract({
        ...{ ...factory, functionName: 'railOf', args },
      } as const)
      return railContracts({ governor, timelock, membership, treasury }).map(one => ({
        ...one,
        name: `${one.name}:${n + 1}`,
      }))
    }),
  )
  return rails.flat()
}
