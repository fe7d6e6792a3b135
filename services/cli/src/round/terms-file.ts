import { isPosted, type RoundTerms, variantNames } from '@nexus/funding/chain/terms'
import { inputError } from '@nexus/kit/errors'
import { explainIssues } from '@nexus/kit/issues'
import { parseUtcSeconds } from '@nexus/kit/time'
import { type Address, getAddress, isAddress, zeroAddress } from 'viem'
import { z } from 'zod'
import { assetOf } from '../commons/options.ts'
import { readJson } from '../files.ts'
import type { Network } from '../policy/network.ts'
import { fundingOf } from './chain.ts'

const address = z.string().refine(text => isAddress(text), 'an address')
const time = z.string().regex(/^\d{4}-\d\d-\d\d/, 'a UTC time such as 2026-02-01T00:00:00Z')
const whole = z.string().regex(/^[1-9]\d{0,38}$/, 'a whole number above 0, as text')
const bps = z.int().min(1).max(10_000)

const schema = z.strictObject({
  version: z.literal(1),
  /** A symbol of the manifest, or an address. */
  asset: z.string().min(1),
  variant: z.enum(variantNames),
  capBps: bps.default(10_000),
  applyUntil: time,
  contributeFrom: time,
  contributeUntil: time,
  reviewUntil: time,
  payoutUntil: time,
  reviewer: address,
  gate: address,
  /** Of `pairwise` (M) and `cluster` (what one whole unit is), base units. */
  parameter: whole.optional(),
  milestoneBps: z.array(bps).min(1).max(6).default([10_000]),
  others: z
    .array(z.strictObject({ token: address, unitsWad: whole }))
    .max(7)
    .default([]),
  metadataURI: z.string().min(1).max(2_048),
})

/** Reads a round's terms, and refuses what no round can have with its place. @throws NexusError `bad-terms` */
export async function readTermsFile(network: Network, file: string): Promise<RoundTerms> {
  const json = await readJson(file)
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw inputError('bad-terms', `${file}: ${explainIssues(parsed.error, json)[0]}`, { file })
  const { parameter, variant, others, milestoneBps } = parsed.data
  if (isPosted(variant) !== (parameter !== undefined))
    throw inputError('bad-terms', `${file}: parameter: ${variant} ${isPosted(variant) ? 'needs one' : 'has none'}`, {
      file,
    })
  const sum = milestoneBps.reduce((a, b) => a + b, 0)
  if (sum !== 10_000)
    throw inputError('bad-terms', `${file}: milestoneBps: add up to ${sum}, not to 10000`, { file, sum })
  const { address: asset } = await assetOf(network, { asset: parsed.data.asset })
  const at = (name: 'applyUntil' | 'contributeFrom' | 'contributeUntil' | 'reviewUntil' | 'payoutUntil') =>
    parseUtcSeconds(parsed.data[name])
  return {
    ...{ asset, variant, milestoneBps, capBps: parsed.data.capBps, metadataURI: parsed.data.metadataURI },
    ...{ applyUntil: at('applyUntil'), contributeFrom: at('contributeFrom'), reviewUntil: at('reviewUntil') },
    ...{ contributeUntil: at('contributeUntil'), payoutUntil: at('payoutUntil') },
    reviewer: checksum(parsed.data.reviewer),
    gate: checksum(parsed.data.gate),
    results: isPosted(variant) ? fundingOf(network.manifest).posts : zeroAddress,
    postedParameter: BigInt(parameter ?? 0),
    others: others.map(one => ({ token: checksum(one.token), unitsWad: BigInt(one.unitsWad) })),
  }
}

const checksum = (text: string): Address => getAddress(text)

/** As the contract takes them. */
export const termsArgument = (terms: RoundTerms) => ({ ...terms, variant: variantNames.indexOf(terms.variant) })
