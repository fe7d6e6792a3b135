import type { Hex } from '@nexus/kit/canonical'
import type { Configuration } from '@nexus/runtime/registry'

/**
 * Place of an operator in the order in which they may lead: 0 leads, k takes over after k silences. The order rotates by one
 * with each sequence, and starts elsewhere for each feed. Undefined for an address that is not in the committee.
 */
export function rankOf({ operators }: Pick<Configuration, 'operators'>, operator: Hex, feedId: Hex, sequence: number) {
  const index = operators.indexOf(operator)
  if (index < 0) return undefined
  const n = operators.length
  const first = (Number(BigInt(feedId) % BigInt(n)) + sequence) % n
  return (index - first + n) % n
}

/** The operators whose bits are set, in order. */
export const signersOf = ({ operators }: Pick<Configuration, 'operators'>, signers: number): Hex[] =>
  operators.filter((_, index) => (signers >>> index) & 1)
