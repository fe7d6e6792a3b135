import { accessManagerAbi } from '@nexus/chain/abi/AccessManager'
import { verificationError } from '@nexus/kit/errors'
import { type Address, encodeFunctionData, type Hex, isAddressEqual, type PublicClient } from 'viem'
import type { Powers } from './powers.ts'
import { holdersOf } from './powers.ts'
import { type Role, roles } from './roles.ts'

const ADMIN = 0n

/** Who holds the powers in the end. */
export interface Heirs {
  /** The Safe of the six institutions. */
  nvm: Address
  DisputeBond: Address
  ComponentRegistry: Address
  GrievanceRail: Address
  GrievanceOrders: Address
  ArbiterRegister: Address
  RespondentBonds: Address
}

/** A role whose holder a condition of the constitution watches. */
export interface Watched {
  id: bigint
  name: string
  holder: Address
  /** The same by name. */
  heldBy: string
}

/**
 * The roles that a decision must not move: whoever holds ADMIN gives every other one, and the two others are the only checks on the NVM
 * itself (a dispute costs a bond; a cap follows from a standing).
 */
export const watchedRoles = (heirs: Heirs): Watched[] => [
  { id: ADMIN, name: 'ADMIN', holder: heirs.nvm, heldBy: 'the Safe' },
  ...(roles as readonly Role[]).flatMap(role => {
    const heldBy = role.heldBy ?? role.handedTo
    const [holder] = heirsOf(role, heirs)
    return heldBy && holder ? [{ id: role.id, name: role.name, holder, heldBy }] : []
  }),
]

const heirsOf = ({ heldBy, handedTo, alsoHeldBy = [] }: Role, heirs: Heirs): Address[] =>
  [heldBy ?? handedTo ?? ('nvm' as const), ...alsoHeldBy].map(name => heirs[name])

const isAmong = (accounts: readonly Address[], account: Address) => accounts.some(one => isAddressEqual(one, account))

/**
 * What the AccessManager's admin sends, as one transaction (`multicall`), so that there is no moment between: every role to who shall hold
 * it, away from whoever else does, and last the admin's own.
 */
export async function handoverCalls(
  client: PublicClient,
  access: Address,
  heirs: Heirs,
  fromBlock: bigint,
): Promise<Hex[]> {
  const present = await holdersOf(client, access, fromBlock)
  const call = (functionName: 'grantRole' | 'revokeRole', role: bigint, account: Address): Hex =>
    functionName === 'grantRole'
      ? encodeFunctionData({ abi: accessManagerAbi, functionName, args: [role, account, 0] })
      : encodeFunctionData({ abi: accessManagerAbi, functionName, args: [role, account] })
  const wanted = new Map<bigint, Address[]>([
    ...(roles as readonly Role[]).map((role): [bigint, Address[]] => [role.id, heirsOf(role, heirs)]),
    [ADMIN, [heirs.nvm]], // last: whoever sends this needs it for the rest
  ])
  const grants: Hex[] = []
  const revocations: Hex[] = []
  for (const [role, due] of wanted) {
    const holders = present.get(role) ?? []
    for (const heir of due) if (!isAmong(holders, heir)) grants.push(call('grantRole', role, heir))
    for (const holder of holders) if (!isAmong(due, holder)) revocations.push(call('revokeRole', role, holder))
  }
  return [...grants, ...revocations]
}

/** Whatever of the powers is with somebody else than it should be, in words; empty when nothing is. */
export function strayPowers({ functions, holders }: Powers, heirs: Heirs): string[] {
  const found: string[] = []
  const expected = new Map<bigint, { name: string; due: Address[] }>([
    [ADMIN, { name: 'ADMIN', due: [heirs.nvm] }],
    ...(roles as readonly Role[]).map((role): [bigint, { name: string; due: Address[] }] => [
      role.id,
      { name: role.name, due: heirsOf(role, heirs) },
    ]),
  ])
  for (const [role, accounts] of holders) {
    const known = expected.get(role)
    if (!known) {
      if (accounts.length > 0) found.push(`role ${role}, which nobody knows, is held by ${accounts.join(', ')}`)
      continue
    }
    for (const heir of known.due) if (!isAmong(accounts, heir)) found.push(`${known.name} is not held by ${heir}`)
    for (const account of accounts) if (!isAmong(known.due, account)) found.push(`${known.name} is held by ${account}`)
  }
  for (const { contract, function: title, gate } of functions)
    if ('role' in gate && !expected.has(gate.role))
      found.push(`${contract}.${title} asks for role ${gate.role}, which nobody knows`)
  return found
}

/** @throws NexusError `stray-powers` naming each */
export function requireHandedOver(powers: Powers, heirs: Heirs): void {
  const strays = strayPowers(powers, heirs)
  if (strays.length > 0)
    throw verificationError('stray-powers', `powers are not where they should be: ${strays.join('; ')}`, { strays })
}
