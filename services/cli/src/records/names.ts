import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import type { CharterDeps } from '@nexus/governance/charter/charter'
import { contractsOf, type Named, railContracts, railsOf } from '@nexus/governance/contracts'
import type { Network } from '../policy/network.ts'

/** Everything that a name is known of: the suite by the manifest, rails as their factory says. */
export async function namesOf({ client, manifest }: Network): Promise<Pick<CharterDeps, 'contracts' | 'holders'>> {
  const { governance } = manifest
  return {
    contracts: [...contractsOf(manifest), ...(await openRails(client, railsOf(manifest).factory))],
    holders: governance ? [{ name: 'Safe', address: governance.safe }] : [],
  }
}

/** The factory numbers its rails from 1. */
async function openRails(client: Network['client'], address: Named['address']): Promise<Named[]> {
  const factory = { address, abi: railFactoryAbi } as const
  const count = Number(await client.readContract({ ...factory, functionName: 'railCount' }))
  const rails = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const args = [BigInt(n + 1)] as const
      const [governor, timelock, membership, treasury] = await client.readContract({
        ...{ ...factory, functionName: 'railOf', args },
      } as const)
      return railContracts({ governor, timelock, membership, treasury }, `:${n + 1}`)
    }),
  )
  return rails.flat()
}
