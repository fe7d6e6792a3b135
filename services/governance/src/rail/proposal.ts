import { evidenceGuardAbi } from '@nexus/chain/abi/EvidenceGuard'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import {
  type Address,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  hexToBigInt,
  isAddress,
  keccak256,
  pad,
  parseAbiParameters,
  stringToHex,
  toHex,
  zeroHash,
} from 'viem'
import { z } from 'zod'
import type { Call } from '../class-table.ts'

/** As in IGovernor's ProposalState. */
export const proposalStates = [
  'pending',
  'active',
  'canceled',
  'defeated',
  'succeeded',
  'queued',
  'expired',
  'executed',
] as const
export type ProposalState = (typeof proposalStates)[number]

/** As in AnchorState. */
export const evidenceStates = ['unknown', 'anchored', 'disputed', 'final', 'upheld', 'void'] as const
export type EvidenceState = (typeof evidenceStates)[number]

/** All that a proposal is: its id follows from it, on any governor. */
export interface Content {
  calls: readonly Call[]
  description: string
}

const descriptionHashOf = ({ description }: Content): Hex => keccak256(stringToHex(description))

/** The arguments by which a governor queues, executes and cancels. */
export const actionArgs = (content: Content) =>
  [
    content.calls.map(({ to }) => to),
    content.calls.map(({ value }) => value),
    content.calls.map(({ data }) => data),
    descriptionHashOf(content),
  ] as const

const hashed = parseAbiParameters('address[], uint256[], bytes[], bytes32')
const batch = parseAbiParameters('address[], uint256[], bytes[], bytes32, bytes32')

export const proposalIdOf = (content: Content): bigint =>
  hexToBigInt(keccak256(encodeAbiParameters(hashed, actionArgs(content))))

/** What the timelock is given of a proposal; the salt is made of governor and description. */
export function batchArgs(content: Content, governor: Address) {
  const [targets, values, payloads, descriptionHash] = actionArgs(content)
  const left = hexToBigInt(pad(governor, { dir: 'right', size: 32 }))
  const salt = toHex(left ^ hexToBigInt(descriptionHash), { size: 32 })
  return [targets, values, payloads, zeroHash, salt] as const
}

/** What the NVM consents to: the operation in the rail's timelock. */
export const operationIdOf = (content: Content, governor: Address): Hex =>
  keccak256(encodeAbiParameters(batch, batchArgs(content, governor)))

/** The call that cites evidence: a proposal's first. */
export const citation = (evidenceGuard: Address, aepIds: readonly Hex[]): Call => ({
  to: evidenceGuard,
  value: 0n,
  data: encodeFunctionData({
    ...{ abi: evidenceGuardAbi, functionName: 'cite' },
    args: [[...new Set(aepIds)].sort()],
  } as const),
})

export function citedBy([first]: readonly Call[], evidenceGuard: Address): readonly Hex[] {
  if (!first || getAddress(first.to) !== getAddress(evidenceGuard)) return []
  const { functionName, args } = decodeFunctionData({ abi: evidenceGuardAbi, data: first.data })
  return functionName === 'cite' ? args[0] : []
}

/**
 * Names the proposer in the text, as OpenZeppelin's governor reads it: whoever sees the transaction on its way cannot propose
 * the same first and cancel it.
 */
export const claimedBy = (proposer: Address, description: string): string =>
  /#proposer=0x[0-9a-fA-F]{40}$/.test(description) ? description : `${description}\n#proposer=${proposer}`

/** A proposal in a file: everything that queueing, executing and cancelling it needs. */
export interface ProposalFile extends Content {
  chainId: number
  governor: Address
  proposalId: bigint
}

const address = z.string().refine(text => isAddress(text), 'an address')
const decimal = z.string().regex(/^(0|[1-9]\d{0,77})$/, 'a decimal string')
const bytes = z.string().regex(/^0x([0-9a-fA-F]{2})*$/, 'hexadecimal bytes')
const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  governor: address,
  proposalId: decimal,
  calls: z.array(z.strictObject({ to: address, value: decimal, data: bytes })).min(1),
  description: z.string(),
})

export const proposalDocument = ({ chainId, governor, proposalId, calls, description }: ProposalFile) => ({
  ...{ version: 1, chainId, governor, proposalId: `${proposalId}` },
  calls: calls.map(({ to, value, data }) => ({ to, value: `${value}`, data })),
  description,
})

/** @throws NexusError `bad-proposal`: malformed, or its id is another's */
export function parseProposal(json: unknown): ProposalFile {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw inputError('bad-proposal', `proposal: ${explainIssues(parsed.error, json)[0]}`)
  const { chainId, governor, proposalId, calls, description } = parsed.data
  const content: Content = {
    calls: calls.map(({ to, value, data }) => ({
      ...{ to: getAddress(to), value: BigInt(value), data: data.toLowerCase() as Hex },
    })),
    description,
  }
  const actual = proposalIdOf(content)
  if (`${actual}` !== proposalId)
    throw inputError('bad-proposal', 'proposal: proposalId is not that of the calls and the description beside it', {
      ...{ expected: proposalId, actual: `${actual}` },
    })
  return { chainId, governor: getAddress(governor), proposalId: actual, ...content }
}
