import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import { constitutionAbi } from '@nexus/chain/abi/Constitution'
import { riskPoolAbi } from '@nexus/chain/abi/RiskPool'
import type { Watched } from '@nexus/deploy/handover'
import { type Address, encodeFunctionData, getAddress, zeroAddress } from 'viem'
import type { Call } from './class-table.ts'
import { type Condition, conditionText } from './condition-text.ts'
import { contractsOf, governanceOf, type Named, type Network } from './contracts.ts'
import type { Established } from './establish.ts'
import { guardSlots, safeAbi } from './safe.ts'

/** Several times what they take with cold storage: a condition that runs out of gas does not hold. All together at most 3,200,000. */
const GAS_CAP = 50_000
/** Where a target asks a token in turn. */
const DEEPER_GAS_CAP = 100_000

const ADMIN = 0n

export interface Guarded {
  accessManager: Address
  roles: readonly Watched[]
  /** Who must not hold those roles, such as who held them before. */
  outsiders: readonly Address[]
  /** By name. */
  pools: Readonly<Record<string, Address>>
  /** In each of the assets, by symbol, it must hold what it awarded. */
  commons?: { fund: Address; assets: Readonly<Record<string, Address>> } | undefined
}

type Joined = Pick<Established, 'safe' | 'nvm' | 'nvmGuard'>

/** That the first word of the answer is 1, if nothing else is said. */
const condition = (
  asked: Pick<Condition, 'target' | 'data'>,
  { exactly = 1n, ...rest }: { exactly?: bigint } & Partial<Condition> = {},
): Condition => ({ gasCap: GAS_CAP, word: 0, least: exactly, most: exactly, ...asked, ...rest })

/** The Safe asks for three to six of its owners, and module and guards are where they were. */
function safeConditions({ safe: target, nvm, nvmGuard }: Joined): Condition[] {
  const abi = safeAbi
  // the answer is bytes: where they begin, how long they are, and then the slot
  const inSlot = (slot: bigint) =>
    condition(
      { target, data: encodeFunctionData({ abi, functionName: 'getStorageAt', args: [slot, 1n] }) },
      { word: 2, exactly: BigInt(nvmGuard) },
    )
  return [
    condition({ target, data: encodeFunctionData({ abi, functionName: 'getThreshold' }) }, { least: 3n, most: 6n }),
    condition({ target, data: encodeFunctionData({ abi, functionName: 'isModuleEnabled', args: [nvm] }) }),
    inSlot(guardSlots.guard),
    inSlot(guardSlots.moduleGuard),
  ]
}

/**
 * A role is held by its holder, who need not wait to use it; not by any of the outsiders, now or from a later day on (a grant may wait, and
 * `getAccess` has it at once); and given by ADMIN, whose own admin nobody can change. An AccessManager cannot list who holds a role: whom nobody
 * named is not seen.
 */
function roleConditions(target: Address, { id, holder }: Watched, outsiders: readonly Address[]): Condition[] {
  const abi = accessManagerAbi
  const held = { target, data: encodeFunctionData({ abi, functionName: 'hasRole', args: [id, holder] }) }
  return [
    condition(held),
    condition(held, { word: 1, exactly: 0n }),
    ...outsiders
      .filter(one => getAddress(one) !== getAddress(holder))
      .map(one =>
        condition(
          { target, data: encodeFunctionData({ abi, functionName: 'getAccess', args: [id, one] }) },
          { exactly: 0n },
        ),
      ),
    ...(id === ADMIN
      ? []
      : [
          condition(
            { target, data: encodeFunctionData({ abi, functionName: 'getRoleAdmin', args: [id] }) },
            { exactly: ADMIN },
          ),
        ]),
  ]
}

/**
 * What no decision may break: the Safe asks for three to six of its owners, with module and guards in place; who holds what the roles
 * rest on; each pool solvent; the commons holding what it awarded.
 */
export const conditionsOf = (
  joined: Joined,
  { accessManager, roles, outsiders, pools, commons }: Guarded,
): Condition[] => [
  ...safeConditions(joined),
  ...roles.flatMap(role => roleConditions(accessManager, role, outsiders)),
  ...Object.values(pools).map(target =>
    condition(
      { target, data: encodeFunctionData({ abi: riskPoolAbi, functionName: 'isSolvent' }) },
      { gasCap: DEEPER_GAS_CAP },
    ),
  ),
  ...(commons
    ? Object.values(commons.assets).map(asset =>
        condition(
          {
            target: commons.fund,
            data: encodeFunctionData({ abi: commonsFundAbi, functionName: 'coversAwards', args: [asset] }),
          },
          { gasCap: DEEPER_GAS_CAP },
        ),
      )
    : []),
]

/** The call, of the Safe, that registers conditions. */
export const addConditions = (constitution: Address, added: readonly Condition[]): Call => ({
  ...{ to: constitution, value: 0n },
  data: encodeFunctionData({ abi: constitutionAbi, functionName: 'add', args: [added] }),
})

export interface ConditionView extends Condition {
  index: number
  /** Of a condition that does not, decisions are free to leave it so. */
  holds: boolean
  /** In words, by the names of things. */
  reads: string
}

/**
 * The constitution as it stands.
 * @param also what else has a name
 */
export async function readConditions(
  { client, manifest }: Network,
  also: readonly Named[] = [],
): Promise<ConditionView[]> {
  const constitution = { address: governanceOf(manifest).constitution, abi: constitutionAbi } as const
  const [all, holding] = await Promise.all([
    client.readContract({ ...constitution, functionName: 'conditions' }),
    client.readContract({ ...constitution, functionName: 'holding' }),
  ])
  const names = new Map([...also, ...contractsOf(manifest)].map(named => [getAddress(named.address), named]))
  return all.flatMap((one, index) =>
    one.target === zeroAddress
      ? []
      : [{ index, ...one, holds: (holding & (1n << BigInt(index))) !== 0n, reads: conditionText(names, one) }],
  )
}
