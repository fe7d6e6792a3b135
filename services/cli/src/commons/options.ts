import { type SettingName, type Source, settings, sources } from '@nexus/governance/commons/fund'
import { inputError } from '@nexus/kit/errors'
import { parseUtcSeconds } from '@nexus/kit/time'
import { type Address, type Hex, isAddress, keccak256, pad, stringToBytes } from 'viem'
import { type Asset, assetAt } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import { type ReasonOptions, reasonHashOf } from '../records/act.ts'
import { parseHash } from '../records/release.ts'

export interface AssetOptions {
  asset?: string
}

/** By symbol or address; the suite's only one where nothing is said. @throws NexusError `which-asset`, `no-such-asset` */
export async function assetOf(network: Network, { asset }: AssetOptions): Promise<Asset> {
  const known = Object.entries(network.manifest.assets)
  const [only] = known
  if (asset === undefined) {
    if (only && known.length === 1) return assetAt(network, only[1])
    throw inputError('which-asset', `say which --asset: ${known.map(([symbol]) => symbol).join(', ')}`, {})
  }
  if (isAddress(asset)) return assetAt(network, parseAddress(asset))
  const found = known.find(([symbol]) => symbol === asset)
  if (found) return assetAt(network, found[1])
  throw inputError('no-such-asset', `the manifest names no asset "${asset}"`, {
    asset,
    known: known.map(([symbol]) => symbol),
  })
}

export function parseSource(text: string): { source: Source; index: number } {
  const index = (sources as readonly string[]).indexOf(text)
  const source = sources[index]
  if (source) return { source, index }
  throw inputError('bad-source', `"${text}" is no source of income; known: ${sources.join(', ')}`, { text })
}

export function parseSetting(text: string): { setting: SettingName; index: number } {
  const index = (settings as readonly string[]).indexOf(text)
  const setting = settings[index]
  if (setting) return { setting, index }
  throw inputError('bad-setting', `"${text}" cannot be set; known: ${settings.join(', ')}`, { text })
}

/** Where income comes from: an address or a hash as it is, other words by their keccak256. */
export function originOf(text: string): Hex {
  if (isAddress(text)) return pad(text as Address).toLowerCase() as Hex
  return /^0x[0-9a-fA-F]{64}$/.test(text) ? (text.toLowerCase() as Hex) : keccak256(stringToBytes(text))
}

export type DecisionOptions = ReasonOptions & { decision?: string }

/** The hash that names a decision, or the words it is the hash of. */
export async function decisionOf({ decision, ...words }: DecisionOptions): Promise<Hex> {
  if (decision === undefined) return reasonHashOf(words)
  if (words.reason !== undefined || words.reasonFile !== undefined)
    throw inputError('usage', 'name the decision by its hash or by its words, not by both')
  return parseHash(decision, '--decision')
}

export function parsePart(text: string | undefined): number {
  if (text === undefined) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw inputError('bad-part', `"${text}" is no number of a part`, { text })
}

export interface ScheduleOptions {
  start: string
  cliff?: string
  end: string
}

export function scheduleOf({ start, cliff, end }: ScheduleOptions) {
  const startAt = parseUtcSeconds(start)
  return { startAt, cliffAt: cliff === undefined ? startAt : parseUtcSeconds(cliff), endAt: parseUtcSeconds(end) }
}

export interface MilestoneOptions {
  feed: string
  atLeast?: string
  atMost?: string
  from: string
  to: string
  minEql: string
  deadline?: string
}

const EVIDENCE_SECONDS = 180 * 86_400

export function milestoneOf({ feed, atLeast, atMost, from, to, minEql, deadline }: MilestoneOptions) {
  const threshold = atLeast ?? atMost
  if (threshold === undefined || (atLeast !== undefined && atMost !== undefined))
    throw inputError('usage', 'say what the value has to be: --at-least N or --at-most N')
  if (!/^-?\d{1,18}$/.test(threshold))
    throw inputError('bad-threshold', `"${threshold}" is no value: the feed's integer, scaled by its decimals`, {
      threshold,
    })
  if (!/^[1-4]$/.test(minEql))
    throw inputError('bad-level', `--min-eql: "${minEql}" is no level: they are 1 to 4`, { minEql })
  const until = parseUtcSeconds(to)
  return {
    milestone: {
      ...{ feedId: parseHash(feed, '--feed'), threshold: BigInt(threshold) },
      ...{ from: parseUtcSeconds(from), to: until, minEql: Number(minEql), atLeast: atLeast !== undefined },
    },
    deadline: deadline === undefined ? until + EVIDENCE_SECONDS : parseUtcSeconds(deadline),
  }
}
