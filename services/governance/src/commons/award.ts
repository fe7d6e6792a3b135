import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem'

/** As in AwardKind. */
export const awardKinds = ['grant', 'stream', 'milestone', 'compensation'] as const
export type AwardKind = (typeof awardKinds)[number]

const [ADDRESS, HASH, NUMBER] = [{ type: 'address' }, { type: 'bytes32' }, { type: 'uint32' }] as const

/** By whom, on what decision, and what part of it: one part of a decision awards once. */
export const awardIdOf = (awarder: Address, decision: Hex, part: number): Hex =>
  keccak256(encodeAbiParameters([ADDRESS, HASH, NUMBER], [awarder, decision, part]))

export const compensationIdOf = (awarder: Address, origin: Hex, asset: Address, to: Address): Hex =>
  keccak256(encodeAbiParameters([ADDRESS, HASH, ADDRESS, ADDRESS], [awarder, origin, asset, to]))

/** What a recipient signs to have an award paid elsewhere (EIP-712), with the fund as verifying contract. */
export const redirectTypedData = (chainId: number, fund: Address) =>
  ({
    domain: { name: 'Nexus Commons', version: '1', chainId, verifyingContract: fund },
    types: {
      Redirect: [
        { name: 'awardId', type: 'bytes32' },
        { name: 'to', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Redirect',
  }) as const
