import type { Params } from '../types.ts'
import { isDecimal, scaleExact } from './decimal.ts'
import { excerpt, Refusal } from './refusal.ts'

/**
 * Reads the parameters of a model or the options of a source. Numbers may come as JSON numbers or as decimal text; they are
 * used as their decimal text, so `0.1` and `"0.1"` are the same parameter. What is unknown is refused: a misspelt parameter must
 * not silently become a default.
 */
export function readParams(params: Params, known: readonly string[]) {
  for (const name of Object.keys(params))
    if (!known.includes(name))
      throw new Refusal('unknown-param', `"${excerpt(name)}" is not one of: ${known.join(', ')}`, { param: name })

  const bad = (name: string, wanted: string): Refusal =>
    new Refusal('bad-param', `${name} must be ${wanted}, not "${excerpt(String(params[name]))}"`, { param: name })

  const text = (name: string, fallback?: string): string => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined || value === null) {
      if (fallback === undefined) throw new Refusal('missing-param', `${name} is needed`, { param: name })
      return fallback
    }
    if (typeof value === 'boolean') throw bad(name, 'text or a number')
    return String(value)
  }

  return {
    text,
    /** Exact decimal text within bounds, at most `places` decimals. */
    decimal(name: string, { min, max, places, fallback }: Bounds & { places: number; fallback?: string }): string {
      const value = text(name, fallback)
      const wanted = `a decimal number from ${min} to ${max} with at most ${places} decimals`
      if (!isDecimal(value)) throw bad(name, wanted)
      try {
        scaleExact(value, places)
      } catch {
        throw bad(name, wanted)
      }
      const number = Number(value)
      if (number < min || number > max) throw bad(name, wanted)
      return value
    },
    integer(name: string, { min, max, fallback }: Bounds & { fallback?: number }): number {
      const value = text(name, fallback === undefined ? undefined : String(fallback))
      const number = /^-?\d{1,9}$/.test(value) ? Number(value) : Number.NaN
      if (!(number >= min && number <= max)) throw bad(name, `a whole number from ${min} to ${max}`)
      return number
    },
    /** Comma-separated words. */
    list(name: string, fallback: string): readonly string[] {
      const words = text(name, fallback).split(',')
      if (words.some(word => word === '')) throw bad(name, 'words separated by commas')
      return words
    },
  }
}

interface Bounds {
  min: number
  max: number
}
