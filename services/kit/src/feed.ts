import { keccak256 } from 'viem/utils'
import { z } from 'zod'
import { canonicalBytes, type Hex } from './canonical.ts'

const hash = z.string().regex(/^0x[0-9a-f]{64}$/, 'a lower-case 32-byte hash') as z.ZodType<Hex>
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** How raw bytes become observations. `codeHash` binds the parser, so that a stranger reads the bytes as everybody did. */
export const sourceSpecSchema = z.strictObject({
  adapter: z.string().min(1),
  codeHash: hash,
  dataset: z.string().min(1),
  options: z.record(z.string(), scalar),
})
export type SourceSpec = z.infer<typeof sourceSpecSchema>

/** A feed: which model of which version, on which data, printed with how many decimals. The window is not part of it. */
export const feedSpecSchema = z.strictObject({
  model: z.string().min(1),
  modelVersion: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version such as 1.0.0'),
  modelCodeHash: hash,
  params: z.record(z.string(), scalar),
  source: sourceSpecSchema,
  datasetVersion: z.string().min(1),
  decimals: z.int().min(0).max(9),
  uncertainty: z.union([z.null(), z.strictObject({ value: z.string(), source: z.string().min(1) })]),
})
export type FeedSpec = z.infer<typeof feedSpecSchema>

/** RFC 8785 bytes that are published on chain; their keccak256 is the feed's id. */
export const feedSpecBytes = (spec: FeedSpec): Uint8Array => canonicalBytes(spec)
export const feedIdOf = (spec: FeedSpec): Hex => keccak256(feedSpecBytes(spec))
