import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { viewCase } from '@nexus/governance/grievance/case'
import { inputError } from '@nexus/kit/errors'
import { formatUtcSeconds } from '@nexus/kit/time'
import type { Command } from 'commander'
import { type Address, bytesToHex, type Hex } from 'viem'
import { z } from 'zod'
import { withWrite } from '../act.ts'
import type { Network } from '../policy/network.ts'
import type { RecordCall, RecordPlan } from '../records/act.ts'

export const CASE = 'number of the case'

/** A command that is sent about one case. */
export const onCase = (parent: Command, name: string, what: string): Command =>
  withWrite(parent.command(name)).description(what).argument('<case>', CASE)

export const parseCase = (text: string): bigint => {
  if (/^[1-9]\d{0,18}$/.test(text)) return BigInt(text)
  throw inputError('bad-case', `"${text}" is no number of a case`, { text })
}

export const parseRail = (text: string): bigint => {
  if (/^(0|[1-9]\d{0,17})$/.test(text)) return BigInt(text)
  throw inputError('bad-rail', `"${text}" is no number of a rail`, { text })
}

/** New files only: a salt that is written over is a claim that cannot be shown any more. */
export async function keep(file: string, text: string): Promise<void> {
  if (existsSync(file)) throw inputError('file-exists', `${file} is there already, and is not written over`, { file })
  await writeFile(file, text, { flag: 'wx', mode: 0o600 })
}

export const newSalt = (): Hex => bytesToHex(randomBytes(32))

export const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))

/** What has to be approved before a bond can be taken; nothing for nothing. */
export const approval = (asset: Address, spender: Address, assets: bigint): RecordCall[] =>
  assets === 0n ? [] : [{ contract: 'Asset', address: asset, function: 'approve', args: [spender, assets] }]

/** One call about one case, with where it stands. */
export async function planOn(
  network: Network,
  text: string,
  title: string,
  ...calls: RecordCall[]
): Promise<RecordPlan> {
  const view = await viewCase(network, parseCase(text))
  const until = view.deadline === 0 ? null : formatUtcSeconds(view.deadline)
  return {
    ...{ title, calls },
    effects: { caseId: `${view.caseId}`, state: view.state, until },
    rows: [
      ['case', `${view.caseId}, ${view.complainant} against ${view.respondent}`],
      ['now', `${view.state}${until ? ` until ${until}; then, by default: ${view.next}` : ''}`],
    ],
  }
}

export const hex32 = z.string().regex(/^0x[0-9a-f]{64}$/) as unknown as z.ZodType<Hex>
