import { leastQuorum } from '@nexus/kit/report'
import type { Address, Hex } from 'viem'

/** A configuration of the committee as it was announced. */
export interface Configuration {
  configVersion: number
  /** Unix seconds, of the announcement's block. */
  announcedAt: number
  activeFrom: number
  quorum: number
  operators: readonly Address[]
  pqKeyHashes: readonly Hex[]
}

/**
 * The configuration in force at a time, from announcements in order: one takes over when its time comes, unless another was
 * announced before and took its place.
 */
export function inForceAt(announcements: readonly Configuration[], at: number): Configuration | null {
  let current: Configuration | null = null
  let next: Configuration | null = null
  for (const announced of announcements) {
    if (next && next.activeFrom <= announced.announcedAt) current = next
    next = announced
  }
  return next && next.activeFrom <= at ? next : current
}

/** Whether two quorums always share an honest operator, and the honest alone can reach one. */
export function isByzantineQuorum(operators: number, quorum: number): boolean {
  const faulty = Math.floor((operators - 1) / 3)
  return operators >= 4 && quorum >= leastQuorum(operators) && quorum <= operators - faulty
}

/** Operators whose bit is set in a report's header, in order. */
export function signersOf(
  { operators, pqKeyHashes }: Configuration,
  signers: number,
): { operator: Address; pqKeyHash: Hex }[] {
  return operators
    .map((operator, n) => ({ operator, pqKeyHash: pqKeyHashes[n] ?? '0x' }) as const)
    .filter((_, n) => (signers >>> n) & 1)
}
