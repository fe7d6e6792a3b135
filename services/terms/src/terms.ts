import { decimalsText } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import { type FeedSpec, feedIdOf, feedSpecSchema } from '@nexus/kit/feed'
import { explainIssues } from '@nexus/kit/issues'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import type { Address, Hex } from 'viem'
import { decodeAbiParameters, encodeAbiParameters, getAddress, hashStruct, isAddress } from 'viem/utils'
import { z } from 'zod'
import { type Formula, formula, formulaId, MOST_DECIMALS, MOST_KNOTS } from './formula.ts'

export const TERMS_VERSION = 1
/** Evidence may come this long after the window: nothing lapses without it before. */
export const LEAST_REPORTING_SECONDS = 180 * 86_400

const MOST_UINT40 = 2 ** 40 - 1
/** The highest bit is the mark of withdrawn terms on chain. */
const MOST_WAITING_SECONDS = 2 ** 31 - 1
/** A policy's amounts are kept in 96 bits on chain. */
const MOST_COVER = 2n ** 96n - 1n

export const evidenceGrades = ['final', 'provisional'] as const
export const readingKinds = ['whole', 'any'] as const

/** What is promised, without the formula's own text: the struct that is hashed and published on chain. */
export interface Terms {
  version: 1
  feedId: Hex
  formulaId: Hex
  asset: Address
  coverAssets: bigint
  /** Unix seconds, `[from, to)`. */
  from: number
  to: number
  minEql: number
  evidence: (typeof evidenceGrades)[number]
  readings: (typeof readingKinds)[number]
  waitingSeconds: number
  /** Unix seconds. */
  reportingDeadline: number
}

/** A terms document, read. `feed`, `asset` and `reportingDeadline` may be missing where nothing is bound on chain. */
export interface TermsDocument {
  terms: Omit<Terms, 'asset' | 'reportingDeadline'> & { asset: Address | null; reportingDeadline: number | null }
  formula: Formula
  feed: FeedSpec | null
}

const time = z.string().transform((text, context) => {
  try {
    const seconds = parseUtcSeconds(text)
    if (seconds >= 0 && seconds <= MOST_UINT40) return seconds
  } catch {
    // reported below, with its place in the document
  }
  context.addIssue({ code: 'custom', message: 'a UTC time such as 2018-02-01T00:00:00Z' })
  return z.NEVER
})
const integer = (pattern: RegExp, what: string) => z.string().regex(pattern, what).transform(BigInt)
const amount = integer(/^(0|[1-9]\d{0,77})$/, 'a decimal string of base units')
const hash = z.string().regex(/^0x[0-9a-f]{64}$/, 'a lower-case 32-byte hash') as z.ZodType<Hex>
const address = z
  .string()
  .refine(text => isAddress(text), 'a checksummed address')
  .transform(text => getAddress(text))

const schema = z.strictObject({
  version: z.literal(TERMS_VERSION),
  feed: z.union([hash, feedSpecSchema]),
  xDecimals: z.int().min(0).max(MOST_DECIMALS),
  formula: z.strictObject({
    rounding: z.enum(['down', 'up']),
    knots: z
      .array(
        z.strictObject({
          x: integer(/^(0|-?[1-9]\d{0,18})$/, 'a decimal string: the index times 10^xDecimals'),
          below: amount,
          at: amount,
          above: amount,
        }),
      )
      .min(1)
      .max(MOST_KNOTS),
  }),
  asset: address.optional(),
  coverAssets: amount,
  window: z.strictObject({ from: time, to: time }),
  minEql: z.int().min(1).max(4),
  evidence: z.enum(evidenceGrades).default('final'),
  readings: z.enum(readingKinds).default('whole'),
  waitingSeconds: z.int().min(0).max(MOST_WAITING_SECONDS),
  reportingDeadline: time.optional(),
})

/**
 * Reads a terms document and checks everything that can be checked without a chain.
 * @throws NexusError `bad-terms` naming the place, `bad-formula`, `decimals-differ` when the feed prints other decimals than
 * the formula reads.
 */
export function parseTerms(json: unknown): TermsDocument {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const problems = explainIssues(parsed.error, json)
    throw inputError('bad-terms', `terms: ${problems[0]}`, { problems })
  }
  const { data } = parsed
  const feed = typeof data.feed === 'string' ? null : data.feed
  if (feed && feed.decimals !== data.xDecimals)
    throw inputError(
      'decimals-differ',
      `the formula reads ${decimalsText(data.xDecimals)}, the feed prints ${feed.decimals}`,
      { xDecimals: data.xDecimals, feedDecimals: feed.decimals },
    )
  const { from, to } = data.window
  const refuse = (message: string, details: Record<string, unknown>) =>
    inputError('bad-terms', `terms: ${message}`, details)
  if (from >= to) throw refuse('the window ends before it begins', { from, to })
  if (data.coverAssets > MOST_COVER) throw refuse('coverAssets does not fit 96 bits', { coverAssets: data.coverAssets })
  const reportingDeadline = data.reportingDeadline ?? null
  if (reportingDeadline !== null && reportingDeadline < to + LEAST_REPORTING_SECONDS)
    throw refuse('reportingDeadline is less than 180 days after the window', {
      reportingDeadline: formatUtcSeconds(reportingDeadline),
      earliest: formatUtcSeconds(to + LEAST_REPORTING_SECONDS),
    })
  const f = formula(data.formula.rounding, data.xDecimals, data.formula.knots)
  const { coverAssets, minEql, evidence, readings, waitingSeconds } = data
  const feedId = feed ? feedIdOf(feed) : (data.feed as Hex) // not an object: the union's other branch
  const terms = {
    version: 1,
    feedId,
    formulaId: formulaId(f),
    coverAssets,
    from,
    to,
    minEql,
    evidence,
    readings,
  } as const
  return { terms: { ...terms, asset: data.asset ?? null, waitingSeconds, reportingDeadline }, formula: f, feed }
}

/** The struct for the chain. @throws NexusError `terms-incomplete` where the document leaves open what a chain must know. */
export function bindableTerms({ terms }: Pick<TermsDocument, 'terms'>): Terms {
  const { asset, reportingDeadline } = terms
  if (asset === null || reportingDeadline === null || terms.coverAssets === 0n)
    throw inputError('terms-incomplete', 'terms for a policy name an asset, a cover above 0 and a reportingDeadline', {
      asset,
      coverAssets: terms.coverAssets,
      reportingDeadline,
    })
  return { ...terms, asset, reportingDeadline }
}

/** The document of given terms: `parseTerms` of it gives them back. */
export function renderTerms(terms: TermsDocument['terms'], f: Formula, feed: FeedSpec | null = null): TermsJson {
  return {
    version: TERMS_VERSION,
    feed: feed ?? terms.feedId,
    xDecimals: f.xDecimals,
    formula: {
      rounding: f.rounding,
      knots: f.knots.map(({ x, below, at, above }) => ({
        x: `${x}`,
        below: `${below}`,
        at: `${at}`,
        above: `${above}`,
      })),
    },
    ...(terms.asset === null ? {} : { asset: terms.asset }),
    coverAssets: `${terms.coverAssets}`,
    window: { from: formatUtcSeconds(terms.from), to: formatUtcSeconds(terms.to) },
    minEql: terms.minEql,
    evidence: terms.evidence,
    readings: terms.readings,
    waitingSeconds: terms.waitingSeconds,
    ...(terms.reportingDeadline === null ? {} : { reportingDeadline: formatUtcSeconds(terms.reportingDeadline) }),
  }
}
export type TermsJson = z.input<typeof schema>

const structType = [
  { name: 'version', type: 'uint8' },
  { name: 'feedId', type: 'bytes32' },
  { name: 'formulaId', type: 'bytes32' },
  { name: 'asset', type: 'address' },
  { name: 'coverAssets', type: 'uint256' },
  { name: 'from', type: 'uint40' },
  { name: 'to', type: 'uint40' },
  { name: 'minEql', type: 'uint8' },
  { name: 'evidence', type: 'uint8' },
  { name: 'readings', type: 'uint8' },
  { name: 'waitingSeconds', type: 'uint32' },
  { name: 'reportingDeadline', type: 'uint40' },
] as const

/** Terms as the contracts' ABI takes them: enumerations by position. */
export const termsStruct = (terms: Terms) => ({
  ...terms,
  evidence: evidenceGrades.indexOf(terms.evidence),
  readings: readingKinds.indexOf(terms.readings),
})
export type TermsStruct = Omit<ReturnType<typeof termsStruct>, 'version'> & { version: number }

export function termsOfStruct(struct: TermsStruct): Terms {
  const evidence = evidenceGrades[struct.evidence]
  const readings = readingKinds[struct.readings]
  if (struct.version !== TERMS_VERSION || evidence === undefined || readings === undefined)
    throw inputError('bad-terms', 'these are no terms of version 1', { ...struct })
  return { ...struct, version: TERMS_VERSION, evidence, readings }
}

/** EIP-712 struct hash, without a domain: the same terms have the same name on every chain. */
export const termsHash = (terms: Terms): Hex =>
  hashStruct({ types: { Terms: structType }, primaryType: 'Terms', data: termsStruct(terms) })

const tuple = [{ type: 'tuple', components: structType }] as const

/** The bytes of the `TermsPublished` event. */
export const encodeTerms = (terms: Terms): Hex => encodeAbiParameters(tuple, [termsStruct(terms)])
export const decodeTerms = (bytes: Hex): Terms => termsOfStruct(decodeAbiParameters(tuple, bytes)[0])
