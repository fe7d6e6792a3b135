import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { type Manifest, writeManifest } from '@nexus/chain/manifest'
import { type Heirs, handoverCalls, requireHandedOver, watchedRoles } from '@nexus/deploy/handover'
import { type Powers, readPowers } from '@nexus/deploy/powers'
import { classTableCalls } from '@nexus/governance/class-table'
import type { Condition } from '@nexus/governance/condition-text'
import { addConditions, type ConditionView, conditionsOf, readConditions } from '@nexus/governance/conditions'
import { ensureDeployed, ownArtifact, type Wiring } from '@nexus/governance/create2'
import { type Established, establishNvm } from '@nexus/governance/establish'
import { verificationError } from '@nexus/kit/errors'
import type { Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { accounts } from '../accounts.ts'
import { heirsOf, suiteContracts } from '../contracts.ts'
import { DAY, USD } from '../scenario.ts'
import type { GovernanceDeps } from './deps.ts'

const YEAR = 365 * DAY
export const BOND = 500n * USD

/** Accounts that must not hold again what they held. */
const formerHolders = [
  { name: 'whoever deployed it', address: accounts.deployer.address, abi: [] },
  { name: 'whoever governed before', address: accounts.governor.address, abi: [] },
]

/** Six seats in a Safe, every power with it, and nothing left to whoever deployed the suite. */
export async function handOver({
  rpc,
  manifest,
  layout,
  clock,
}: Pick<GovernanceDeps, 'rpc' | 'manifest' | 'layout' | 'clock'>): Promise<{
  established: Established
  /** With whom the powers are now. */
  manifest: Manifest
  disputeBond: Hex
  powers: Powers
  conditions: ConditionView[]
}> {
  const { client, send } = rpc
  const wiring: Wiring = { client, wallet: rpc.walletOf(accounts.deployer) }
  const [asset] = Object.values(manifest.assets)
  const { registry, commons } = manifest
  if (!asset || !commons) throw new Error('the manifest lacks an asset or the commons')
  const heirsUnder = async (safe: Hex): Promise<Heirs> => {
    const bond = [registry, asset, BOND, safe]
    return heirsOf(manifest, safe, await ensureDeployed(wiring, 'DisputeBond', ownArtifact('DisputeBond'), bond))
  }
  const constitutionOf = async (made: Established): Promise<Condition[]> =>
    conditionsOf(made, {
      ...{
        accessManager: manifest.accessManager,
        pools: manifest.pools,
        commons: { fund: commons, assets: manifest.assets },
        roles: watchedRoles(await heirsUnder(made.safe)),
      },
      // the NVM itself disputes only through the bond, and caps only through a standing
      outsiders: [...formerHolders.map(({ address }) => address), made.safe],
    })
  const deployed = suiteContracts(manifest)
  const established = await establishNvm({
    ...wiring,
    seats: accounts.seats.map(({ privateKey }) => ({ owner: privateKeyToAccount(privateKey) })),
    termEndsAt: (await clock.nowSeconds()) + 2 * YEAR,
    calls: async made => [
      ...classTableCalls(made.actionClasses, Object.fromEntries(deployed.map(({ name, address }) => [name, address]))),
      addConditions(made.constitution, await constitutionOf(made)),
    ],
  })
  const heirs = await heirsUnder(established.safe)
  const disputeBond = heirs.DisputeBond
  const fromBlock = BigInt(manifest.deployedAtBlock)
  const calls = await handoverCalls(client, manifest.accessManager, heirs, fromBlock)
  await send(accounts.deployer, {
    ...{ address: manifest.accessManager, abi: accessManagerAbi, functionName: 'multicall', args: [calls] },
  })
  const { safe, nvm, nvmGuard, actionClasses, constitution, multiSend } = established
  const governance = { safe, nvm, nvmGuard, actionClasses, constitution, multiSend }
  const handed = { ...manifest, disputeBond, governance }
  const powers = await readPowers(client, manifest.accessManager, suiteContracts(handed), fromBlock)
  requireHandedOver(powers, heirs)
  const conditions = await readConditions({ client, manifest: handed }, formerHolders)
  const broken = conditions.filter(({ holds }) => !holds)
  if (broken.length > 0 || conditions.length !== (await constitutionOf(established)).length)
    throw verificationError('constitution', 'a condition of the constitution does not hold from the start', { broken })
  writeManifest(layout.manifest, handed)
  return { established, manifest: handed, disputeBond, powers, conditions }
}
