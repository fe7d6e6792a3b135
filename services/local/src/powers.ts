import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { requireHandedOver } from '@nexus/deploy/handover'
import { readPowers } from '@nexus/deploy/powers'
import { powersPage } from '@nexus/deploy/powers-page'
import { spawnLocalChain } from '@nexus/localchain/spawn'
import { type Address, isAddressEqual } from 'viem'
import { accounts } from './accounts.ts'
import { chainClock } from './clock.ts'
import { heirsOf, suiteContracts } from './contracts.ts'
import { deployLocally } from './deployment.ts'
import { handOver } from './governance/hand-over.ts'
import { openRail } from './governance/open-rail.ts'
import { runLayout } from './layout.ts'
import { seats } from './nvm.ts'
import { localRpc } from './rpc.ts'

/** Deploys the suite on a chain of its own in `folder`, hands the powers over, opens a rail, and says who holds what then. */
export async function powersOfFreshChain(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const chain = await spawnLocalChain({ journal: path.join(folder, 'chain.jsonl') })
  try {
    const rpc = localRpc(chain.url)
    const layout = runLayout(folder)
    const deployed = await deployLocally(chain.url, rpc, layout)
    const clock = chainClock(rpc.request)
    const { established, manifest, disputeBond, conditions } = await handOver({
      ...{ rpc, manifest: deployed, layout, clock },
    })
    await openRail({ rpc, manifest, clock, railsUrl: 'http://127.0.0.1' }, seats(rpc, established.nvm), () => {})
    const { rails } = manifest
    if (!rails) throw new Error('the manifest has no rails')
    const [governor, timelock, membership, treasury] = await rpc.client.readContract({
      ...{ address: rails.factory, abi: railFactoryAbi, functionName: 'railOf', args: [1n] },
    })
    const contracts = suiteContracts(manifest, { governor, timelock, membership, treasury })
    const powers = await readPowers(rpc.client, manifest.accessManager, contracts, BigInt(manifest.deployedAtBlock))
    requireHandedOver(powers, heirsOf(manifest, established.safe, disputeBond))
    const named = [
      { name: 'the Safe of the six institutions', address: established.safe },
      { name: 'the deployer', address: accounts.deployer.address },
      ...contracts,
    ]
    const nameOf = (address: Address) => named.find(one => isAddressEqual(one.address, address))?.name ?? address
    return powersPage(powers, nameOf, conditions)
  } finally {
    await chain.stop()
  }
}
