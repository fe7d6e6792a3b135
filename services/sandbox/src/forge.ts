import { scaleDecimal, unscaleDecimal } from '@nexus/kit/decimal'
import { inputError } from '@nexus/kit/errors'
import type { IndexResult } from '@nexus/kit/observation'

/** A result that claims more than the data say; everything else about it is left as it was. */
export function forgeResult(result: IndexResult, by: string): IndexResult {
  const { index } = result
  if (index.scaled === null) return result
  const scaled = BigInt(index.scaled) + scaleDecimal(by, index.decimals)
  return { ...result, index: { ...index, scaled: scaled.toString(), value: unscaleDecimal(scaled, index.decimals) } }
}

/** The same bytes but for one text. @throws NexusError `nothing-to-forge` when it is not there */
export function forgeBytes(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  if (!text.includes(from)) throw inputError('nothing-to-forge', `the source does not contain ${from}`, { from })
  return new TextEncoder().encode(text.replace(from, () => to))
}
