import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { writeManifest } from '@nexus/chain/manifest'
import { type Heirs, handoverCalls, requireHandedOver } from '@nexus/deploy/handover'
import { type Powers, readPowers } from '@nexus/deploy/powers'
import { classTableCalls } from '@nexus/governance/class-table'
import { ensureDeployed, ownArtifact } from '@nexus/governance/create2'
import { type Established, establishNvm } from '@nexus/governance/establish'
import { createWalletClient, type Hex, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { hardhat } from 'viem/chains'
import { accounts } from '../accounts.ts'
import { nvmContracts, suiteContracts } from '../contracts.ts'
import { DAY, USD } from '../scenario.ts'
import type { GovernanceDeps } from './deps.ts'

const YEAR = 365 * DAY
export const BOND = 500n * USD

/** Six seats in a Safe, every power with it, and nothing left to whoever deployed the suite. */
export async function handOver({
  rpc,
  rpcUrl,
  manifest,
  layout,
  clock,
}: Pick<GovernanceDeps, 'rpc' | 'rpcUrl' | 'manifest' | 'layout' | 'clock'>): Promise<{
  established: Established
  disputeBond: Hex
  powers: Powers
}> {
  const { client, send } = rpc
  const wallet = createWalletClient({
    chain: hardhat,
    transport: http(rpcUrl),
    account: privateKeyToAccount(accounts.deployer.privateKey),
  })
  const deployed = suiteContracts(manifest)
  const established = await establishNvm({
    client,
    wallet,
    seats: accounts.seats.map(({ privateKey }) => ({ owner: privateKeyToAccount(privateKey) })),
    termEndsAt: (await clock.nowSeconds()) + 2 * YEAR,
    calls: ({ actionClasses }) =>
      classTableCalls(actionClasses, Object.fromEntries(deployed.map(({ name, address }) => [name, address]))),
  })
  const [asset] = Object.values(manifest.assets)
  const { registry, registries } = manifest
  if (!asset || !registries) throw new Error('the manifest lacks an asset or the registries')
  const disputeBond = await ensureDeployed({ client, wallet }, 'DisputeBond', ownArtifact('DisputeBond'), [
    ...[registry, asset, BOND, established.safe],
  ])
  const heirs: Heirs = { nvm: established.safe, DisputeBond: disputeBond, ComponentRegistry: registries.component }
  const fromBlock = BigInt(manifest.deployedAtBlock)
  const calls = await handoverCalls(client, manifest.accessManager, heirs, fromBlock)
  await send(accounts.deployer, {
    ...{ address: manifest.accessManager, abi: accessManagerAbi, functionName: 'multicall', args: [calls] },
  })
  const everything = [...deployed, ...nvmContracts(established, disputeBond)]
  const powers = await readPowers(client, manifest.accessManager, everything, fromBlock)
  requireHandedOver(powers, heirs)
  const { safe, nvm, nvmGuard, actionClasses, constitution, multiSend } = established
  const governance = { safe, nvm, nvmGuard, actionClasses, constitution, multiSend }
  writeManifest(layout.manifest, { ...manifest, disputeBond, governance })
  return { established, disputeBond, powers }
}
