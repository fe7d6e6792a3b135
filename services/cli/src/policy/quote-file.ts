import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { policyIdOf, type Quote, quoteDigest, quoteTypedData } from '@nexus/terms/quote'
import { type Address, getAddress, type Hex, isAddress } from 'viem'
import { verifyTypedData } from 'viem/utils'
import { z } from 'zod'

const address = z
  .string()
  .refine(text => isAddress(text), 'an address')
  .transform(text => getAddress(text))
const decimal = z
  .string()
  .regex(/^(0|[1-9]\d{0,77})$/, 'a decimal string')
  .transform(BigInt)
const hex = z.string().regex(/^0x([0-9a-f]{2})+$/, 'lower-case hexadecimal') as z.ZodType<Hex>

/** A signed quote as it goes from underwriter to whoever binds it. */
const schema = z.strictObject({
  version: z.literal(1),
  chainId: z.int().positive(),
  book: address,
  quote: z.strictObject({
    termsHash: z.string().regex(/^0x[0-9a-f]{64}$/, 'a lower-case 32-byte hash') as unknown as z.ZodType<Hex>,
    holder: address,
    premium: decimal,
    pool: address,
    nonce: decimal,
    expiry: z.string(),
  }),
  policyId: decimal,
  digest: hex,
  underwriter: address,
  signature: hex,
})

export interface SignedQuote {
  chainId: number
  book: Address
  quote: Quote
  underwriter: Address
  signature: Hex
}

export const quoteDocument = ({ chainId, book, quote, underwriter, signature }: SignedQuote) => ({
  version: 1,
  chainId,
  book,
  quote: {
    ...quote,
    premium: `${quote.premium}`,
    nonce: `${quote.nonce}`,
    expiry: formatUtcSeconds(quote.expiry),
  },
  policyId: `${policyIdOf(quote.pool, quote.nonce)}`,
  digest: quoteDigest(chainId, book, quote),
  underwriter,
  signature,
})

/**
 * Reads a quote and checks that it says one thing: digest, policy id and signature belong to its fields. Contracts may be underwriters:
 * theirs is a signature of another form, which only the chain can check.
 * @throws NexusError `bad-quote`
 */
export async function readQuote(json: unknown): Promise<SignedQuote> {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const problems = explainIssues(parsed.error, json)
    throw inputError('bad-quote', `quote: ${problems[0]}`, { problems })
  }
  const { chainId, book, underwriter, signature, policyId, digest } = parsed.data
  const quote: Quote = { ...parsed.data.quote, expiry: parseUtcSeconds(parsed.data.quote.expiry) }
  const expected = { policyId: policyIdOf(quote.pool, quote.nonce), digest: quoteDigest(chainId, book, quote) }
  if (expected.policyId !== policyId || expected.digest !== digest)
    throw inputError('bad-quote', 'the quote was changed: its digest and policy id are of other fields', expected)
  const isAccountSignature = signature.length === 2 + 2 * 65
  if (isAccountSignature) {
    const typed = quoteTypedData(chainId, book, quote)
    if (!(await verifyTypedData({ ...typed, address: underwriter, signature })))
      throw inputError('bad-quote', `the quote is not signed by ${underwriter}`, { underwriter })
  }
  return { chainId, book, quote, underwriter, signature }
}
