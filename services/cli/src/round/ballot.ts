import { type GiftWish, giftWord, MOST_GIFT } from '@nexus/funding/chain/gift'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { type Account, type Address, getAddress, type Hex, isAddress, isHash } from 'viem'
import { z } from 'zod'
import { readJson } from '../files.ts'
import type { RoundPermit } from './permit.ts'

/** As in `IQuadraticRound.Ballot`. */
export interface Ballot {
  contributor: Address
  deadline: number
  payer: Address
  attestation: Hex
  nonce: bigint
}

/** Gifts that somebody signed, as they are handed on. */
export interface SignedBallot {
  chainId: number
  round: Address
  ballot: Ballot
  gifts: readonly GiftWish[]
  /** Of the contributor, where that one pays. */
  permits: readonly RoundPermit[]
  signature: Hex
}

const address = z
  .string()
  .refine(text => isAddress(text), 'an address')
  .transform(text => getAddress(text))
const hash = z
  .string()
  .refine(text => isHash(text), 'a hash of 32 bytes')
  .transform(text => text as Hex)
const whole = z
  .string()
  .regex(/^(0|[1-9]\d{0,77})$/, 'a whole number, as text')
  .transform(text => BigInt(text))
const seconds = z
  .int()
  .min(0)
  .max(2 ** 40 - 1)

const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  round: address,
  ballot: z.strictObject({ contributor: address, deadline: seconds, payer: address, attestation: hash, nonce: whole }),
  gifts: z
    .array(
      z.strictObject({
        projectId: z
          .int()
          .min(0)
          .max(2 ** 32 - 1),
        token: z.int().min(0).max(7),
        assets: whole.refine(assets => assets <= MOST_GIFT, 'below 2^112'),
      }),
    )
    .min(1)
    .max(256),
  permits: z.array(
    z.strictObject({
      ...{ token: z.int().min(0).max(7), v: z.int().min(27).max(28), deadline: seconds, assets: whole },
      ...{ r: hash, s: hash },
    }),
  ),
  signature: z
    .string()
    .regex(/^0x([0-9a-f]{2})+$/i, 'hexadecimal bytes')
    .transform(text => text as Hex),
})

/** @throws NexusError `bad-ballot` with the place of what is wrong */
export async function readBallot(file: string): Promise<SignedBallot> {
  const json = await readJson(file)
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  throw inputError('bad-ballot', `${file}: ${explainIssues(parsed.error, json)[0]}`, { file })
}

/** JSON has no integers of 256 bits. */
export const ballotDocument = ({ ballot, gifts, permits, ...rest }: SignedBallot) => ({
  version: 1,
  ...rest,
  ballot: { ...ballot, nonce: `${ballot.nonce}` },
  gifts: gifts.map(gift => ({ ...gift, assets: `${gift.assets}` })),
  permits: permits.map(permit => ({ ...permit, assets: `${permit.assets}` })),
})

const types = {
  Gift: [
    { name: 'projectId', type: 'uint32' },
    { name: 'token', type: 'uint8' },
    { name: 'assets', type: 'uint112' },
  ],
  Ballot: [
    { name: 'contributor', type: 'address' },
    { name: 'deadline', type: 'uint40' },
    { name: 'payer', type: 'address' },
    { name: 'attestation', type: 'bytes32' },
    { name: 'nonce', type: 'uint256' },
    { name: 'gifts', type: 'Gift[]' },
  ],
} as const

/** Signs without a chain: EIP-712, as `BallotHash.sol` has it. */
export function signBallot(
  account: Account,
  { chainId, round, ballot, gifts }: Pick<SignedBallot, 'chainId' | 'round' | 'ballot' | 'gifts'>,
): Promise<Hex> {
  if (!account.signTypedData) throw new Error('this key cannot sign typed data')
  return account.signTypedData({
    domain: { name: 'Nexus QuadraticRound', version: '1', chainId, verifyingContract: round },
    ...{ types, primaryType: 'Ballot', message: { ...ballot, gifts } },
  })
}

/** The arguments of `contributeFor`. */
export const relayed = ({ ballot, gifts, signature }: SignedBallot, permits: readonly RoundPermit[]) => [
  ballot,
  gifts.map(giftWord),
  permits,
  signature,
]
