import { inputError } from './errors.ts'

const UTC = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.0+)?(?:Z|\+00:00))?$/

/** Unix seconds of an RFC 3339 UTC time in whole seconds; a bare date is its midnight. @throws NexusError `bad-time`. */
export function parseUtcSeconds(text: string): number {
  const match = UTC.exec(text)
  const iso = match && `${match[1]}T${match[2] ?? '00:00:00'}.000Z`
  const at = iso ? Date.parse(iso) : Number.NaN
  // Date.parse takes 30 February for 2 March; a real date prints as it was read.
  if (!iso || !Number.isFinite(at) || new Date(at).toISOString() !== iso)
    throw inputError('bad-time', `"${text}" is not a UTC time such as 2018-02-01T00:00:00Z`, { text })
  return at / 1000
}

/** RFC 3339 UTC, whole seconds: `formatUtcSeconds(1517443200)` is '2018-02-01T00:00:00Z'. */
export const formatUtcSeconds = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
