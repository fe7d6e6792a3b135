import { railFactoryAbi } from '@nexus/chain/abi/RailFactory'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import {
  type Address,
  encodeFunctionData,
  getAddress,
  type Hex,
  isAddress,
  keccak256,
  stringToHex,
  zeroAddress,
} from 'viem'
import { z } from 'zod'
import type { Call } from '../class-table.ts'

const HOUR = 3_600
const DAY = 24 * HOUR

const address = z.string().refine(text => isAddress(text), 'an address')
const word = z.string().regex(/^0x[0-9a-fA-F]{64}$/, '32 bytes in hexadecimal')
const votes = z.string().regex(/^(0|[1-9]\d{0,77})$/, 'a decimal string')
const between = (least: number, most: number) => z.int().min(least).max(most)

/** The limits are those of the contracts: what they would refuse in seven days is refused here at once. */
const schema = z.strictObject({
  version: z.literal(1),
  name: z.string().refine(text => text !== '' && Buffer.byteLength(text) <= 31, 'a name of 1 to 31 bytes'),
  metadataURI: z.string().min(1),
  /** Absent: one member, one vote. */
  votes: address.optional(),
  timelockDelaySeconds: between(DAY, 30 * DAY),
  /** Why these founders, in words; its hash goes on chain. */
  reason: z.string().min(1),
  founders: z.array(address).min(1),
  voting: z.strictObject({
    delaySeconds: between(HOUR, 30 * DAY),
    periodSeconds: between(DAY, 60 * DAY),
    lateQuorumSeconds: between(0, 60 * DAY),
    quorumPercent: between(1, 100),
    superQuorumPercent: between(1, 100),
    proposalThreshold: votes,
    guardian: address.optional(),
  }),
  page: z.strictObject({
    charterHash: word,
    leastLevel: between(1, 4),
    voteUnit: votes,
    packs: z.array(word).default([]),
    /** By name. */
    fees: z.record(z.string().min(1), between(1, 1_000)).default({}),
    /** By the name of the field: five levels, level 1 first. */
    weights: z.record(z.string().min(1), z.array(between(0, 10_000)).length(5)).default({}),
  }),
})

const bad = (what: string) => inputError('bad-terms', `terms: ${what}`)
const hashOf = (text: string): Hex => keccak256(stringToHex(text))

/** The call by which the NVM opens a rail. @throws NexusError `bad-terms` with the place of what is wrong */
export function openRailCall(factory: Address, json: unknown): Call {
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw bad(explainIssues(parsed.error, json)[0])
  const { voting, page, ...terms } = parsed.data
  if (voting.lateQuorumSeconds > voting.periodSeconds)
    throw bad('voting.lateQuorumSeconds must be at most voting.periodSeconds')
  if (voting.superQuorumPercent < voting.quorumPercent)
    throw bad('voting.superQuorumPercent must be at least voting.quorumPercent')
  const founders = terms.founders.map(founder => getAddress(founder))
  if (new Set(founders).size < founders.length) throw bad('founders: one is there twice')
  const weights = Object.entries(page.weights)
    .map(([field, bps]) => ({ field: hashOf(field), bpsByLevel: bps as [number, number, number, number, number] }))
    .sort((a, b) => (a.field < b.field ? -1 : 1))
  if (weights.length > 8) throw bad('page.weights: at most 8 fields')
  const args = {
    ...{ name: terms.name, metadataURI: terms.metadataURI, founders, reasonHash: hashOf(terms.reason) },
    votes: terms.votes ? getAddress(terms.votes) : zeroAddress,
    timelockDelay: terms.timelockDelaySeconds,
    voting: {
      ...{ votingDelay: voting.delaySeconds, votingPeriod: voting.periodSeconds },
      ...{ lateQuorumExtension: voting.lateQuorumSeconds, quorumPercent: voting.quorumPercent },
      ...{ superQuorumPercent: voting.superQuorumPercent, proposalThreshold: BigInt(voting.proposalThreshold) },
      guardian: voting.guardian ? getAddress(voting.guardian) : zeroAddress,
    },
    page: {
      ...{ charterHash: page.charterHash as Hex, leastLevel: page.leastLevel, voteUnit: BigInt(page.voteUnit) },
      packs: page.packs as Hex[],
      fees: Object.entries(page.fees).map(([kind, bps]) => ({ kind: hashOf(kind), bps })),
      weights,
    },
  }
  return {
    ...{ to: factory, value: 0n },
    data: encodeFunctionData({ abi: railFactoryAbi, functionName: 'openRail', args: [args] }),
  }
}
