import { rationaleHashOf } from '@nexus/governance/decision'
import { MOST_SEATS } from '@nexus/governance/seats'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { type Hex, isHash } from 'viem'
import { readText } from '../files.ts'

export function parseSeatId(text: string): number {
  if (/^\d$/.test(text) && Number(text) < MOST_SEATS) return Number(text)
  throw inputError('bad-seat', `"${text}" is no seat: they are 0 to ${MOST_SEATS - 1}`, { text })
}

export function parseDecisionId(text: string): Hex {
  if (isHash(text)) return text.toLowerCase() as Hex
  throw inputError('bad-decision-id', `"${text}" is no id of a decision: 0x and 64 hexadecimal digits`, { text })
}

export function parseWhole(text: string, what: string, most = 2n ** 64n - 1n): bigint {
  if (/^(0|[1-9]\d{0,19})$/.test(text) && BigInt(text) <= most) return BigInt(text)
  throw inputError('bad-number', `${what}: "${text}" is no whole number up to ${most}`, { what, text })
}

export interface RationaleOptions {
  rationale?: string
  rationaleFile?: string
}

export const withRationale = (command: Command): Command =>
  command
    .option('--rationale <text>', 'why, in words; its hash goes on chain')
    .option('--rationale-file <file>', 'why, in a file (UTF-8)')

/** Nobody decides without saying why. @throws NexusError `no-rationale` */
export async function rationaleOf({
  rationale,
  rationaleFile,
}: RationaleOptions): Promise<{ text: string; hash: Hex }> {
  if ((rationale === undefined) === (rationaleFile === undefined))
    throw inputError('no-rationale', 'say why: --rationale TEXT or --rationale-file FILE')
  const text = rationale ?? (await readText(`${rationaleFile}`))
  if (text.trim() === '') throw inputError('no-rationale', 'the rationale is empty', { file: rationaleFile ?? null })
  return { text, hash: rationaleHashOf(text) }
}

/**
 * The words behind hashes, as far as somebody has them: texts, or ballot files that carry theirs. The hash decides, so a file says
 * nothing that was not signed.
 */
export async function rationalesIn(files: readonly string[]): Promise<ReadonlyMap<Hex, string>> {
  const known = new Map<Hex, string>()
  for (const file of files) {
    const text = await readText(file)
    known.set(rationaleHashOf(text), text)
    const carried = rationaleCarriedBy(text)
    if (carried !== null) known.set(rationaleHashOf(carried), carried)
  }
  return known
}

function rationaleCarriedBy(text: string): string | null {
  try {
    const { rationale } = JSON.parse(text) as { rationale?: unknown }
    return typeof rationale === 'string' ? rationale : null
  } catch {
    return null // a text, then
  }
}
