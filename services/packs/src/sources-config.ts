import type { Hex } from '@nexus/kit/canonical'
import { z } from 'zod'
import type { SourceAccess } from './fetch.ts'

const hash = z.string().regex(/^0x[0-9a-f]{64}$/, 'a lower-case 32-byte hash') as z.ZodType<Hex>
const url = z.url({ protocol: /^https?$/, error: 'an http(s) URL' })

/** Where a service gets a dataset, and under which licence. */
const accessSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), baseUrl: url.nullable().default(null), licence: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('pinned'),
    path: z.string().min(1),
    url: z.string().min(1),
    licence: z.string().min(1),
    /** RFC 3339 */
    retrievedAt: z.string().min(1),
    sha256: hash.optional(),
  }),
])
export const sourcesSchema = z.record(z.string(), accessSchema).prefault({})

export type Sources = Record<string, SourceAccess>

/** Paths of pinned copies are relative to the configuration file. */
export const resolveSources = (sources: z.infer<typeof sourcesSchema>, at: (file: string) => string): Sources =>
  Object.fromEntries(
    Object.entries(sources).map(([dataset, access]) => {
      if (access.kind === 'http') return [dataset, access]
      const { sha256, ...rest } = access
      return [dataset, { ...rest, path: at(access.path), ...(sha256 ? { sha256 } : {}) }]
    }),
  )
