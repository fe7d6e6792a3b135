import { commonsFundAbi } from '@nexus/chain/abi/CommonsFund'
import type { Manifest } from '@nexus/chain/manifest'
import { inputError } from '@nexus/kit/errors'
import { type Address, getAddress, type Hex, isAddressEqual, zeroAddress } from 'viem'
import { blockTimes, type ChainReader } from '../registry/chain.ts'
import { type AwardKind, awardKinds } from './award.ts'

/** As in InflowSource. */
export const sources = ['fee', 'leftover', 'slash', 'gift'] as const
export type Source = (typeof sources)[number]

/** As in Setting. */
export const settings = ['grant-limit', 'compensation-limit', 'floor'] as const
export type SettingName = (typeof settings)[number]

/** @throws NexusError `no-commons` */
export function commonsAt({ commons }: Manifest): Address {
  if (commons) return commons
  throw inputError('no-commons', 'the manifest names no commons: this chain has none')
}

const fundOf = ({ manifest }: ChainReader) => ({ address: commonsAt(manifest), abi: commonsFundAbi }) as const

export interface ShareView {
  source: Source
  keptBps: number
  /** Null where all stays. */
  beneficiary: Address | null
}

/** Assets are decimal strings of base units. */
export interface AssetView {
  asset: Address
  held: string
  awarded: string
  /** Held, and not awarded. */
  free: string
  grantable: string
  compensable: string
  /** Waits for beneficiaries. */
  due: string
  paid: string
  income: { source: Source; kept: string; passed: string; fetched: string }[]
  settings: {
    setting: SettingName
    current: string
    /** A change that was announced and is not in force; unix seconds. */
    next: { assets: string; from: number } | null
    /** Awarded in the last 30 days; null for the floor. */
    awardedLately: string | null
  }[]
}

export interface AwardView {
  awardId: Hex
  kind: AwardKind
  decision: Hex
  awarder: Address
  part: number
  to: Address
  asset: Address
  /** Less what was taken back. */
  assets: string
  paid: string
  collectable: string
  isAwaiting: boolean
  /** Unix seconds, as all times here. */
  startAt: number
  cliffAt: number | null
  endAt: number
  lapsesAt: number
  milestone: {
    feedId: Hex
    threshold: string
    atLeast: boolean
    from: number
    to: number
    minEql: number
  } | null
}

export interface CommonsView {
  address: Address
  shares: ShareView[]
  assets: AssetView[]
  awards: AwardView[]
}

/** Everything of the commons: its shares, its books asset by asset, all awards, oldest first. */
export async function viewCommons(chain: ChainReader): Promise<CommonsView> {
  const [shares, assets, awards] = await Promise.all([sharesOf(chain), knownAssets(chain), listAwards(chain)])
  return {
    address: commonsAt(chain.manifest),
    shares,
    assets: await Promise.all(assets.map(asset => viewAsset(chain, asset))),
    awards,
  }
}

export async function sharesOf(chain: ChainReader): Promise<ShareView[]> {
  const fund = fundOf(chain)
  return Promise.all(
    sources.map(async (source, n) => {
      const [keptBps, beneficiary] = await chain.client.readContract({ ...fund, functionName: 'shareOf', args: [n] })
      return { source, keptBps, beneficiary: isAddressEqual(beneficiary, zeroAddress) ? null : beneficiary }
    }),
  )
}

/** Those of the suite, and whatever else ever came in. */
async function knownAssets(chain: ChainReader): Promise<Address[]> {
  const taken = await chain.client.getContractEvents({
    ...{ ...fundOf(chain), eventName: 'IncomeTaken' },
    ...{ fromBlock: BigInt(chain.manifest.deployedAtBlock), strict: true },
  } as const)
  const all = [...Object.values(chain.manifest.assets), ...taken.map(({ args }) => args.asset)]
  return [...new Set(all.map(address => getAddress(address)))]
}

export async function viewAsset(chain: ChainReader, asset: Address): Promise<AssetView> {
  const fund = fundOf(chain)
  const { client } = chain
  const args = [asset] as const
  const [book, free, grantable, compensable, income, set] = await Promise.all([
    client.readContract({ ...fund, functionName: 'bookOf', args }),
    client.readContract({ ...fund, functionName: 'freeAssets', args }),
    client.readContract({ ...fund, functionName: 'grantableAssets', args }),
    client.readContract({ ...fund, functionName: 'compensableAssets', args }),
    Promise.all(
      sources.map(async (source, n) => {
        const one = await client.readContract({ ...fund, functionName: 'incomeOf', args: [asset, n] })
        return { source, kept: `${one.kept}`, passed: `${one.passed}`, fetched: `${one.fetched}` }
      }),
    ),
    Promise.all(settings.map((setting, n) => viewSetting(chain, asset, setting, n))),
  ])
  return {
    ...{ asset, held: `${book.held}`, awarded: `${book.awarded}`, free: `${free}` },
    ...{ grantable: `${grantable}`, compensable: `${compensable}`, due: `${book.due}`, paid: `${book.paid}` },
    ...{ income, settings: set },
  }
}

async function viewSetting(chain: ChainReader, asset: Address, setting: SettingName, index: number) {
  const fund = fundOf(chain)
  const args = [asset, index] as const
  const [[current, next, nextAt], lately, { timestamp }] = await Promise.all([
    chain.client.readContract({ ...fund, functionName: 'settingOf', args }),
    setting === 'floor' ? null : chain.client.readContract({ ...fund, functionName: 'awardedLately', args }),
    chain.client.getBlock(),
  ])
  return {
    ...{ setting, current: `${current}` },
    next: BigInt(nextAt) > timestamp ? { assets: `${next}`, from: nextAt } : null,
    awardedLately: lately === null ? null : `${lately}`,
  }
}

const awardEvents = (chain: ChainReader) =>
  chain.client.getContractEvents({
    ...{ ...fundOf(chain), eventName: 'AwardMade' },
    ...{ fromBlock: BigInt(chain.manifest.deployedAtBlock), strict: true },
  } as const)

/** All awards, oldest first. */
export async function listAwards(chain: ChainReader): Promise<AwardView[]> {
  const made = await awardEvents(chain)
  return Promise.all(made.map(({ args }) => viewAward(chain, args)))
}

async function viewAward(
  chain: ChainReader,
  { awardId, awarder, part }: { awardId: Hex; awarder: Address; part: number },
): Promise<AwardView> {
  const fund = fundOf(chain)
  const args = [awardId] as const
  const [award, collectable, lapsesAt, milestone] = await Promise.all([
    chain.client.readContract({ ...fund, functionName: 'awardOf', args }),
    chain.client.readContract({ ...fund, functionName: 'collectableAssets', args }),
    chain.client.readContract({ ...fund, functionName: 'lapsesAt', args }),
    chain.client.readContract({ ...fund, functionName: 'milestoneOf', args }),
  ])
  const kind = awardKinds[award.kind] ?? 'grant'
  const { decision, to, asset, isAwaiting, startAt, cliffAt, endAt } = award
  const { feedId, threshold, atLeast, from, to: until, minEql } = milestone
  return {
    ...{ awardId, kind, decision, awarder, part, to, asset, isAwaiting, startAt, endAt },
    ...{ assets: `${award.assets}`, paid: `${award.paid}`, collectable: `${collectable}`, lapsesAt: Number(lapsesAt) },
    cliffAt: kind === 'stream' ? cliffAt : null,
    milestone: kind === 'milestone' ? { feedId, threshold: `${threshold}`, atLeast, from, to: until, minEql } : null,
  }
}

export interface AwardEvent {
  event: string
  /** Unix seconds. */
  at: number
  args: Record<string, unknown>
}

/** One award, with all that happened to it. @throws NexusError `no-such-award` */
export async function findAward(chain: ChainReader, awardId: Hex): Promise<AwardView & { history: AwardEvent[] }> {
  const logs = await chain.client.getContractEvents({
    ...fundOf(chain),
    ...{ fromBlock: BigInt(chain.manifest.deployedAtBlock), strict: true },
  })
  const own = logs.filter(({ args }) => 'awardId' in args && args.awardId === awardId)
  const made = own.find(log => log.eventName === 'AwardMade')
  if (made?.eventName !== 'AwardMade')
    throw inputError('no-such-award', `there is no award ${awardId} in the commons`, { awardId })
  const timeOf = blockTimes(chain)
  const history = await Promise.all(
    own.map(async ({ eventName, args, blockNumber }) => ({
      ...{ event: eventName, at: await timeOf(blockNumber) },
      args: Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'awardId')),
    })),
  )
  return { ...(await viewAward(chain, made.args)), history }
}
