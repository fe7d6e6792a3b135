import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import type { Watched } from '@nexus/deploy/handover'
import { type Address, encodeFunctionData, getAddress } from 'viem'
import type { Call } from './class-table.ts'
import { governanceOf, type Network } from './contracts.ts'
import { ensureDeployed, ownArtifact, type Wiring } from './create2.ts'
import type { Established } from './establish.ts'

/** Several times what they take with cold storage: a condition that runs out of gas does not hold. */
const GAS_CAP = 100_000

export interface Guarded {
  accessManager: Address
  roles: readonly Watched[]
  /** Who must not hold those roles, such as who held them before: three at most. */
  outsiders: readonly Address[]
  /** By name. */
  pools: Readonly<Record<string, Address>>
  /** In each of the assets, by symbol, it must hold what it awarded. */
  commons?: { fund: Address; assets: Readonly<Record<string, Address>> } | undefined
}

export interface Condition {
  contract: string
  args: readonly unknown[]
  /** In words. */
  says: string
}

type Joined = Pick<Established, 'safe' | 'nvm' | 'nvmGuard' | 'constitution'>

/**
 * What no decision may break: the Safe asks for three to six of its owners, with module and guards in place; who holds what the roles
 * rest on; each pool solvent; the commons holding what it awarded.
 */
export const conditionsOf = (
  { safe, nvm, nvmGuard }: Joined,
  { accessManager, roles, outsiders, pools, commons }: Guarded,
): Condition[] => [
  {
    contract: 'SafeThresholdInRange',
    args: [safe, nvm, nvmGuard],
    says: 'the Safe asks for three to six of its owners, with the module and both guards in place',
  },
  ...roles.map(({ id, name, holder, heldBy }) => ({
    contract: 'RoleHeldOnlyBy',
    args: [accessManager, id, holder, outsiders.filter(one => getAddress(one) !== getAddress(holder))],
    says: `${name} is held by ${heldBy} and by nobody who is barred from it, and only ADMIN gives it`,
  })),
  ...Object.entries(pools).map(([name, pool]) => ({
    contract: 'PoolSolvent',
    args: [pool],
    says: `the pool ${name} has what it has locked, and the tokens that it says it has`,
  })),
  ...Object.entries(commons?.assets ?? {}).map(([symbol, asset]) => ({
    contract: 'CommonsCoversAwards',
    args: [commons?.fund, asset],
    says: `the commons has all the ${symbol} that it awarded`,
  })),
]

/** Deploys the conditions, whose addresses follow from what they say. @returns the calls, of the Safe, that register them */
export async function installConditions(
  wiring: Wiring,
  { constitution }: Joined,
  conditions: readonly Condition[],
): Promise<Call[]> {
  const calls: Call[] = []
  for (const { contract, args } of conditions) {
    const condition = await ensureDeployed(wiring, contract, ownArtifact(contract), args)
    const data = encodeFunctionData({ abi: constitutionAbi, functionName: 'add', args: [condition, GAS_CAP] })
    calls.push({ to: constitution, value: 0n, data })
  }
  return calls
}

export interface ConditionView {
  index: number
  condition: Address
  gasCap: number
  /** Of a condition that does not, decisions are free to leave it so. */
  holds: boolean
}

/** The constitution as it stands. */
export async function readConditions({ client, manifest }: Network): Promise<ConditionView[]> {
  const constitution = { address: governanceOf(manifest).constitution, abi: constitutionAbi } as const
  const [count, holding] = await Promise.all([
    client.readContract({ ...constitution, functionName: 'conditionCount' }),
    client.readContract({ ...constitution, functionName: 'holding' }),
  ])
  const all = await Promise.all(
    Array.from({ length: Number(count) }, async (_, index): Promise<ConditionView> => {
      const args = [BigInt(index)] as const
      const [condition, gasCap] = await client.readContract({ ...constitution, functionName: 'conditionAt', args })
      return { index, condition, gasCap, holds: (holding & (1n << BigInt(index))) !== 0n }
    }),
  )
  return all.filter(({ gasCap }) => gasCap > 0)
}
