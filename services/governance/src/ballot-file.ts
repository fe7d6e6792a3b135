import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { getAddress, type Hex, isAddress, recoverAddress, size } from 'viem'
import { z } from 'zod'
import { type Ballot, ballotDigest, choiceNames, type ModuleAt, rationaleHashOf } from './decision.ts'
import { isSignedBy } from './seat-key.ts'

const address = z
  .string()
  .refine(text => isAddress(text), 'an address')
  .transform(text => getAddress(text))
const hash = z.string().regex(/^0x[0-9a-f]{64}$/, 'a lower-case 32-byte hash') as unknown as z.ZodType<Hex>
const hex = z.string().regex(/^0x([0-9a-f]{2})+$/, 'lower-case hexadecimal') as unknown as z.ZodType<Hex>

/** Whose signature it is, as far as that can be told without the chain. */
const signer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), address }),
  z.strictObject({ kind: z.literal('p256'), publicKey: hex }),
  z.strictObject({ kind: z.literal('rsa'), publicKey: hex }),
  /** Whose code says by ERC-1271 what is its signature. */
  z.strictObject({ kind: z.literal('contract'), address }),
  z.strictObject({ kind: z.literal('other') }),
])
export type BallotSigner = z.infer<typeof signer>

/** A ballot as it goes from whoever signs it to whoever carries it: all that is signed is in it. */
const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  module: address,
  decisionId: hash,
  seatId: z.int().min(0).max(6),
  seatEpoch: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
  choice: z.enum(choiceNames),
  /** The words; their hash is what is signed. */
  rationale: z.string().nullable(),
  rationaleHash: hash,
  digest: hash,
  signer,
  signature: hex.nullable(),
})

export interface BallotFile extends ModuleAt, Ballot {
  rationale: string | null
  signer: BallotSigner
  /** null: to be signed elsewhere. */
  signature: Hex | null
}

export const ballotDocument = ({ chainId, module, ...ballot }: BallotFile) => ({
  version: 1,
  chainId,
  module,
  decisionId: ballot.decisionId,
  seatId: ballot.seatId,
  seatEpoch: ballot.seatEpoch,
  choice: ballot.choice,
  rationale: ballot.rationale,
  rationaleHash: ballot.rationaleHash,
  digest: ballotDigest({ chainId, module }, ballot),
  signer: ballot.signer,
  signature: ballot.signature,
})

/**
 * Reads a ballot and checks that it says one thing: digest, rationale and signature belong to its fields. A contract's or another
 * verifier's signature only the chain can check.
 * @param where names the file in errors
 * @throws NexusError `bad-ballot`
 */
export async function readBallot(json: unknown, where: string): Promise<BallotFile> {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const problems = explainIssues(parsed.error, json)
    throw inputError('bad-ballot', `${where}: ${problems[0]}`, { file: where, problems })
  }
  const { version: _, digest, ...ballot } = parsed.data
  const bad = (what: string, details: Record<string, unknown> = {}) =>
    inputError('bad-ballot', `${where}: ${what}`, { file: where, ...details })
  const expected = ballotDigest(ballot, ballot)
  if (digest !== expected) throw bad('it was changed: its digest is of other fields', { expected, actual: digest })
  if (ballot.rationale !== null && rationaleHashOf(ballot.rationale) !== ballot.rationaleHash)
    throw bad('its rationale is not the one whose hash is signed', { expected: rationaleHashOf(ballot.rationale) })
  if (!(await isSignedRight(digest, ballot))) throw bad('it is not signed by its signer', { signer: ballot.signer })
  return ballot
}

async function isSignedRight(digest: Hex, { signer: by, signature }: BallotFile): Promise<boolean> {
  if (signature === null || by.kind === 'other' || by.kind === 'contract') return true
  if (by.kind !== 'account') return isSignedBy(by.kind, by.publicKey, digest, signature)
  if (size(signature) !== 65) return false
  return recoverAddress({ hash: digest, signature }).then(
    address => address === by.address,
    () => false,
  )
}
