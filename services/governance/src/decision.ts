import { concat, encodeAbiParameters, type Hex, hashTypedData, keccak256, parseAbiParameters, toBytes } from 'viem'
import type { Call } from './class-table.ts'

/** As in Choice. */
export const choiceNames = ['yes', 'no', 'abstain', 'veto', 'recuse'] as const
export type ChoiceName = (typeof choiceNames)[number]

/** As in DecisionState. */
export const stateNames = ['none', 'open', 'passed', 'ready', 'executed', 'killed', 'expired'] as const
export type StateName = (typeof stateNames)[number]

export interface Proposal {
  seatId: number
  nonce: bigint
  calls: readonly Call[]
  rationaleHash: Hex
  rationaleURI: string
  citedAeps: readonly Hex[]
}

/** One module on one chain: everything that is signed is bound to it. */
export interface ModuleAt {
  chainId: number
  module: Hex
}

/** A rationale is named by the keccak256 of its UTF-8 bytes. */
export const rationaleHashOf = (text: string): Hex => keccak256(toBytes(text))

/** A decision's id and what `execute` takes beside its calls, as the module hashes them. */
export function decisionIdOf({ chainId, module }: ModuleAt, proposal: Proposal, epoch: number) {
  const contextHash = keccak256(
    encodeAbiParameters(parseAbiParameters('uint8, uint32, uint64, bytes32, bytes32, bytes32'), [
      proposal.seatId,
      epoch,
      proposal.nonce,
      proposal.rationaleHash,
      keccak256(toBytes(proposal.rationaleURI)),
      keccak256(concat([...proposal.citedAeps])),
    ]),
  )
  const callsHash = keccak256(
    encodeAbiParameters(
      [{ type: 'tuple[]', components: parseAbiParameters('address to, uint256 value, bytes data') }],
      [proposal.calls],
    ),
  )
  const id = keccak256(
    encodeAbiParameters(parseAbiParameters('uint256, address, bytes32, bytes32'), [
      BigInt(chainId),
      module,
      callsHash,
      contextHash,
    ]),
  )
  return { id, contextHash }
}

const domainOf = ({ chainId, module }: ModuleAt) =>
  ({ name: 'Nexus NVM', version: '1', chainId, verifyingContract: module }) as const

export interface Ballot {
  decisionId: Hex
  seatId: number
  seatEpoch: number
  choice: ChoiceName
  rationaleHash: Hex
}

/** What a seat signs to answer (EIP-712). */
export const ballotTypedData = (at: ModuleAt, { decisionId, seatId, seatEpoch, choice, rationaleHash }: Ballot) =>
  ({
    domain: domainOf(at),
    types: {
      Ballot: [
        { name: 'decisionId', type: 'bytes32' },
        { name: 'seatId', type: 'uint8' },
        { name: 'seatEpoch', type: 'uint32' },
        { name: 'choice', type: 'uint8' },
        { name: 'rationaleHash', type: 'bytes32' },
      ],
    },
    primaryType: 'Ballot',
    message: { decisionId, seatId, seatEpoch, choice: choiceNames.indexOf(choice), rationaleHash },
  }) as const

/** What a seat signs to open a decision (EIP-712). */
export const openTypedData = (at: ModuleAt, message: { decisionId: Hex; seatId: number; seatEpoch: number }) =>
  ({
    domain: domainOf(at),
    types: {
      Open: [
        { name: 'decisionId', type: 'bytes32' },
        { name: 'seatId', type: 'uint8' },
        { name: 'seatEpoch', type: 'uint32' },
      ],
    },
    primaryType: 'Open',
    message,
  }) as const

export const ballotDigest = (at: ModuleAt, ballot: Ballot): Hex => hashTypedData(ballotTypedData(at, ballot))
