import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset, Observation, Window } from '../../../oracles/types.ts'

const folder = join(import.meta.dirname, '../../../node_modules/vega-datasets/data')
export const vegaFile = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)))

export const windowOf = (from: string, to: string): Window => ({
  from: Date.parse(from) / 1000,
  to: Date.parse(to) / 1000,
})

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const DAY_MS = 86_400_000

/** Days of precipitation from a date on; null is a missing day, undefined a day without a row. */
export function dailyDataset(from: string, values: readonly (string | null | undefined)[]): Dataset {
  const observations = values.flatMap((value, i): Observation[] => {
    const time = new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10)
    return value === undefined ? [] : [{ id: time, time, value, unit: 'mm', quality: 'as-given', attributes: {} }]
  })
  return { observations, coverage: { from: null, to: null, generatedAt: null, truncated: false } }
}

/** What a function throws, as its code; `none` when it returns. */
export function refusalOf(work: () => unknown): { code: string; line: number | null } {
  try {
    work()
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal' && 'code' in error && 'line' in error)
      return { code: String(error.code), line: error.line as number | null }
    throw error
  }
  return { code: 'none', line: null }
}
