import type { Hex } from '@nexus/kit/canonical'
import type { Report } from '@nexus/kit/report'
import { z } from 'zod'

// Messages between relayers. Everything is bounded: a peer may be hostile.

const hash = z.string().regex(/^0x[0-9a-f]{64}$/) as z.ZodType<Hex>
const address = z.string().regex(/^0x[0-9a-f]{40}$/) as z.ZodType<Hex>
const uint = (bits: number) =>
  z
    .int()
    .min(0)
    .max(2 ** bits - 1)

export const MOST_RECEIPTS = 31
/** A receipt has about 8 kB; more inputs make it longer. */
export const MOST_RECEIPT_BYTES = 64_000
export const MOST_ATTESTATION_BYTES = MOST_RECEIPTS * MOST_RECEIPT_BYTES
export const MOST_LISTED = 200

export const aepIdSchema = hash

const reportSchema = z.strictObject({
  feedId: hash,
  aepRoot: hash,
  value: z.string().regex(/^(0|-?[1-9][0-9]{0,18})$/),
  from: uint(40),
  to: uint(40),
  sequence: uint(32),
  eql: uint(8),
  flags: uint(8),
  receiptsRoot: hash,
  configVersion: uint(32),
})

export const attestationRequestSchema = z.strictObject({
  report: reportSchema,
  /** RFC 8785 text of each receipt. */
  receipts: z.array(z.string().max(MOST_RECEIPT_BYTES)).max(MOST_RECEIPTS),
})
export type WireAttestationRequest = z.infer<typeof attestationRequestSchema>

export const attestationAnswerSchema = z.strictObject({
  operator: address,
  signature: z.string().regex(/^0x[0-9a-f]{128}$/) as z.ZodType<Hex>,
})

export const packListSchema = z.strictObject({
  packs: z
    .array(z.strictObject({ position: z.int().positive(), aepId: hash, feedId: hash, sequence: uint(32) }))
    .max(MOST_LISTED),
  /** Highest position there is, listed or not. */
  last: z.int().min(0),
})
export type WirePackList = z.infer<typeof packListSchema>

export const refusalSchema = z.looseObject({ code: z.string().max(64), message: z.string().max(2_000) })

export const toWireReport = (report: Report): WireAttestationRequest['report'] => ({
  ...report,
  value: report.value.toString(),
})
export const fromWireReport = (report: WireAttestationRequest['report']): Report => ({
  ...report,
  value: BigInt(report.value),
})
