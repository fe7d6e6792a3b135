import {
  type AwardView,
  commonsAt,
  findAward,
  settings,
  sharesOf,
  sources,
  viewCommons,
} from '@nexus/governance/commons/fund'
import { keptAssets } from '@nexus/governance/commons/vesting'
import { formatUtcSeconds } from '@nexus/kit/time'
import { Command } from 'commander'
import { type Address, getAddress } from 'viem'
import {
  type AssetOptions,
  assetOf,
  type DecisionOptions,
  decisionOf,
  type MilestoneOptions,
  milestoneOf,
  originOf,
  parsePart,
  parseSetting,
  parseSource,
  type ScheduleOptions,
  scheduleOf,
} from '../commons/options.ts'
import { awardText, commonsText } from '../commons/text.ts'
import { emit } from '../output.ts'
import { type Asset, amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress, parseAepId } from '../policy/suite.ts'
import { act, type RecordCall, type WriteOptions, withReason, withRole, withWrite } from '../records/act.ts'
import { type LookOptions, look, withLook } from '../records/network.ts'
import { parseHash } from '../records/release.ts'

const ASSET = "symbol or address (default: the suite's only one)"
const withAsset = (command: Command) => command.option('--asset <asset>', ASSET)
/** A decision by its hash, or by the words it is the hash of: the description of a rail's proposal. */
const withDecision = (command: Command) =>
  withReason(command).option('--decision <hash>', 'the decision it rests on, in place of the words it is the hash of')

type AwardOptions = WriteOptions & AssetOptions & DecisionOptions & { to: string; assets: string; part?: string }

export function command(): Command {
  const commons = new Command('commons').description('what comes in, what is awarded, and collecting it')
  withLook(commons.command('show'))
    .description('shares, income by source, what is awarded and free; or one award')
    .argument('[award]', 'id of an award')
    .action(show)
  withAsset(withWrite(commons.command('fund')))
    .description('pay into the commons: anyone')
    .argument('<amount>', 'base units, or "12.50 nxUSD"')
    .option('--source <source>', `${sources.join(', ')}; each has its own share (default: gift)`)
    .requiredOption('--origin <text|address|hash>', 'what it comes from, for the record')
    .action(fund)
  withAsset(withWrite(commons.command('take')))
    .description('count what was sent to the commons without a deposit: anyone')
    .action(take)
  withAsset(withWrite(commons.command('fetch')))
    .description("pay a source's beneficiary what was passed on to it: anyone")
    .argument('<source>', sources.join(', '))
    .action(fetchShare)

  const award = commons.command('award').description('award from the commons (GRANTING; compensation: COMPENSATING)')
  const awarding = (name: string) =>
    withAsset(withDecision(withRole(award.command(name))))
      .requiredOption('--to <address>', 'recipient')
      .requiredOption('--assets <amount>', 'base units, or "12.50 nxUSD"')
      .option('--part <n>', 'of the decision, where it makes several awards (default: 0)')
  awarding('grant').description('to be collected at once').action(grant)
  awarding('stream')
    .description('vests linearly, nothing before its cliff')
    .requiredOption('--start <time>', 'UTC')
    .requiredOption('--end <time>', 'UTC: all has vested')
    .option('--cliff <time>', 'UTC (default: the start)')
    .action(stream)
  awarding('pledge')
    .description('to be collected once evidence shows that a milestone is reached')
    .requiredOption('--feed <id>', 'whose evidence')
    .option('--at-least <value>', "the feed's integer, scaled by its decimals")
    .option('--at-most <value>', 'instead')
    .requiredOption('--from <time>', 'UTC: no evidence of before counts')
    .requiredOption('--to-time <time>', 'UTC: no evidence of after does')
    .requiredOption('--min-eql <n>', '1 to 4')
    .option('--deadline <time>', 'UTC; at least 180 days behind the window (default: those)')
    .action(pledge)
  withAsset(withRole(award.command('compensation')))
    .description('to whom a case names, as far as there is something')
    .requiredOption('--to <address>', 'recipient')
    .requiredOption('--assets <amount>', 'base units, or "12.50 nxUSD"')
    .requiredOption('--case <text|hash>', 'the case it rests on')
    .action(compensate)

  const onAward = (name: string, what: string) =>
    withWrite(commons.command(name)).description(what).argument('<award>', 'id of an award')
  onAward('collect', 'pay whom the award names what can be collected now: anyone').action(
    (text: string, options: WriteOptions) => onOne('collect', text, options),
  )
  onAward('release', 'release what is pledged, by final evidence: anyone')
    .requiredOption('--aep <id>', 'evidence pack')
    .action((text: string, options: WriteOptions & { aep: string }) => {
      const aepId = parseAepId(options.aep)
      return onOne('release', text, options, { args: [aepId], rows: [['evidence', aepId]], effects: { aepId } })
    })
  onAward('redirect', 'name another recipient for what is not collected yet: its recipient')
    .requiredOption('--to <address>')
    .action((text: string, options: WriteOptions & { to: string }) => {
      const to = parseAddress(options.to)
      return onOne('redirect', text, options, { args: [to], rows: [['then to', to]], effects: { to } })
    })
  onAward('lapse', 'take back what nobody released or collected in time: anyone').action(
    (text: string, options: WriteOptions) => onOne('lapse', text, options),
  )
  withDecision(withRole(commons.command('revoke')))
    .description('take back what of a stream has not vested (REVOKING)')
    .argument('<award>', 'id of a stream')
    .action(revoke)
  withAsset(withDecision(withRole(commons.command('announce'))))
    .description('change a limit or the floor, two weeks ahead (BUDGETING)')
    .argument('<setting>', settings.join(', '))
    .argument('<amount>', 'base units, or "12.50 nxUSD"')
    .action(announce)
  return commons
}

async function show(award: string | undefined, options: LookOptions): Promise<void> {
  if (award !== undefined) return showAward(award, options)
  const { view, assets } = await look(options, async network => {
    const found = await viewCommons(network)
    const described = await Promise.all(
      found.assets.map(async ({ asset }) => [asset, await assetOrUnits(network, asset)] as const),
    )
    return { view: found, assets: new Map(described) }
  })
  emit(options.json === true, { ...view, awards: view.awards.map(documentOf) }, () => commonsText(view, assets))
}

async function showAward(text: string, options: LookOptions): Promise<void> {
  const awardId = parseHash(text, 'award')
  const { award, asset } = await look(options, async network => {
    const found = await findAward(network, awardId)
    return { award: found, asset: await assetOrUnits(network, found.asset) }
  })
  const history = award.history.map(one => ({ ...one, at: formatUtcSeconds(one.at) }))
  emit(options.json === true, { ...documentOf(award), history }, () => awardText(award, asset))
}

/** Anybody can pay in anything: what does not describe itself is counted in units. */
const assetOrUnits = (network: Network, address: Address): Promise<Asset> =>
  assetAt(network, address).catch(() => ({ address, symbol: 'units', decimals: 0 }))

const documentOf = <T extends AwardView>(award: T) => ({
  ...award,
  startAt: formatUtcSeconds(award.startAt),
  cliffAt: award.cliffAt === null ? null : formatUtcSeconds(award.cliffAt),
  endAt: formatUtcSeconds(award.endAt),
  lapsesAt: formatUtcSeconds(award.lapsesAt),
  milestone: award.milestone && {
    ...award.milestone,
    from: formatUtcSeconds(award.milestone.from),
    to: formatUtcSeconds(award.milestone.to),
  },
})

async function fund(
  amount: string,
  options: WriteOptions & AssetOptions & { source?: string; origin: string },
): Promise<void> {
  const { source, index } = parseSource(options.source ?? 'gift')
  const origin = originOf(options.origin)
  await act(options, async network => {
    const asset = await assetOf(network, options)
    const assets = parseAmount(amount, asset)
    const share = (await sharesOf(network))[index]
    if (!share) throw new Error(`the commons has no share of ${source}`)
    const kept = keptAssets(assets, share.keptBps)
    return {
      title: 'pay into the commons',
      calls: [
        {
          ...{ contract: 'Asset', address: asset.address, function: 'approve' },
          args: [commonsAt(network.manifest), assets],
        },
        { contract: 'CommonsFund', function: 'deposit', args: [asset.address, assets, index, origin] },
      ],
      effects: { asset: asset.address, assets, source, origin, keptAssets: kept, passedAssets: assets - kept },
      rows: [
        ['pays', amountText(assets, asset)],
        ['source', source],
        ['stays', amountText(kept, asset)],
        ...(share.beneficiary
          ? [['passed on', `${amountText(assets - kept, asset)} to ${share.beneficiary}`] as [string, string]]
          : []),
        ['origin', origin],
      ],
    }
  })
}

async function take(options: WriteOptions & AssetOptions): Promise<void> {
  await act(options, async network => {
    const asset = await assetOf(network, options)
    return {
      title: 'count what was sent to the commons',
      calls: [{ contract: 'CommonsFund', function: 'take', args: [asset.address] }],
      ...{ effects: { asset: asset.address }, rows: [] },
      result: found => ({
        effects: { assets: found },
        rows: [['found', amountText(found as bigint, asset)]], // what take returns
      }),
    }
  })
}

async function fetchShare(text: string, options: WriteOptions & AssetOptions): Promise<void> {
  const { source, index } = parseSource(text)
  await act(options, async network => {
    const asset = await assetOf(network, options)
    const beneficiary = (await sharesOf(network))[index]?.beneficiary ?? null
    return {
      title: 'pay what was passed on',
      calls: [{ contract: 'CommonsFund', function: 'fetch', args: [asset.address, index] }],
      effects: { asset: asset.address, source, to: beneficiary },
      rows: [
        ['source', source],
        ['to', beneficiary ?? 'nobody: all of it stays'],
      ],
      result: due => ({
        effects: { assets: due },
        rows: [['pays', amountText(due as bigint, asset)]], // what fetch returns
      }),
    }
  })
}

interface Awarding {
  title: string
  function: 'grant' | 'stream' | 'pledge'
  args: readonly unknown[]
  effects: Record<string, unknown>
  rows: readonly [string, string][]
}

async function makeAward(options: AwardOptions, { title, args, effects, rows, ...made }: Awarding): Promise<void> {
  const decision = await decisionOf(options)
  const to = parseAddress(options.to)
  const part = parsePart(options.part)
  const plan = async (network: Network) => {
    const asset = await assetOf(network, options)
    const assets = parseAmount(options.assets, asset)
    const terms = { decision, part, asset: asset.address, to, assets }
    const call: RecordCall = { contract: 'CommonsFund', function: made.function, args: [terms, ...args] }
    return {
      title,
      calls: [call],
      effects: { ...terms, ...effects },
      rows: [['to', to], ['assets', amountText(assets, asset)], ['decision', `${decision}, part ${part}`], ...rows] as [
        string,
        string,
      ][],
      result: (awardId: unknown) => ({
        effects: { awardId },
        rows: [['award', `${awardId}`]] as [string, string][],
      }),
    }
  }
  await act(options, plan, { restricted: true })
}

const grant = (options: AwardOptions) =>
  makeAward(options, { title: 'grant', function: 'grant', args: [], effects: {}, rows: [] })

const stream = async (options: AwardOptions & ScheduleOptions) => {
  const { startAt, cliffAt, endAt } = scheduleOf(options)
  const [start, cliff, end] = [startAt, cliffAt, endAt].map(formatUtcSeconds)
  await makeAward(options, {
    ...{ title: 'stream', function: 'stream', args: [startAt, cliffAt, endAt] },
    effects: { startAt: start, cliffAt: cliff, endAt: end },
    rows: [
      ['vests', `${start} to ${end}`],
      ['cliff', `${cliff}: nothing before`],
    ],
  })
}

const pledge = async (options: AwardOptions & Omit<MilestoneOptions, 'to'> & { toTime: string }) => {
  const { milestone, deadline } = milestoneOf({ ...options, to: options.toTime })
  const [from, to, until] = [milestone.from, milestone.to, deadline].map(formatUtcSeconds)
  const { feedId, threshold, minEql, atLeast } = milestone
  await makeAward(options, {
    ...{ title: 'pledge for a milestone', function: 'pledge', args: [milestone, deadline] },
    effects: { milestone: { ...milestone, from, to }, deadline: until },
    rows: [
      ['feed', feedId],
      ['when', `${atLeast ? 'at least' : 'at most'} ${threshold}, level ${minEql} or better`],
      ['within', `${from} to ${to}`],
      ['deadline', `${until}: returns what was not released`],
    ],
  })
}

async function compensate(
  options: WriteOptions & AssetOptions & { to: string; assets: string; case: string },
): Promise<void> {
  const [to, origin] = [parseAddress(options.to), originOf(options.case)]
  await act(
    options,
    async network => {
      const asset = await assetOf(network, options)
      const assets = parseAmount(options.assets, asset)
      return {
        title: 'award compensation',
        calls: [{ contract: 'CommonsFund', function: 'awardCompensation', args: [asset.address, to, assets, origin] }],
        effects: { asset: asset.address, to, askedAssets: assets, origin },
        rows: [
          ['to', to],
          ['asked', amountText(assets, asset)],
          ['case', origin],
        ],
        result: awarded => ({
          effects: { awardedAssets: awarded },
          rows: [['awarded', amountText(awarded as bigint, asset)]], // what awardCompensation returns
        }),
      }
    },
    { restricted: true },
  )
}

interface OnOne {
  args?: readonly unknown[]
  rows?: readonly [string, string][]
  effects?: Record<string, unknown>
  restricted?: boolean
}

/** One call about one award, with what it is and where it stands. */
async function onOne(
  functionName: string,
  text: string,
  options: WriteOptions,
  { args = [], rows = [], effects = {}, restricted = false }: OnOne = {},
): Promise<void> {
  const awardId = parseHash(text, 'award')
  await act(
    options,
    async network => {
      const award = await findAward(network, awardId)
      const asset = await assetOrUnits(network, getAddress(award.asset))
      const amount = (value: string) => amountText(BigInt(value), asset)
      return {
        title: `${functionName} ${award.kind}`,
        calls: [{ contract: 'CommonsFund', function: functionName, args: [awardId, ...args] }],
        effects: { awardId, kind: award.kind, recipient: award.to, collectable: award.collectable, ...effects },
        rows: [
          ['award', awardId],
          ['recipient', award.to],
          ['paid', `${amount(award.paid)} of ${amount(award.assets)}`],
          ...rows,
        ],
        result: value =>
          typeof value === 'bigint'
            ? { effects: { assets: value }, rows: [['moves', amountText(value, asset)]] }
            : { effects: {}, rows: [] },
      }
    },
    { restricted },
  )
}

async function revoke(text: string, options: WriteOptions & DecisionOptions): Promise<void> {
  const decision = await decisionOf(options)
  await onOne('revoke', text, options, {
    ...{ args: [decision], effects: { decision }, rows: [['decision', decision]], restricted: true },
  })
}

async function announce(
  text: string,
  amount: string,
  options: WriteOptions & AssetOptions & DecisionOptions,
): Promise<void> {
  const { setting, index } = parseSetting(text)
  const decision = await decisionOf(options)
  await act(
    options,
    async network => {
      const asset = await assetOf(network, options)
      const assets = parseAmount(amount, asset)
      return {
        title: `announce another ${setting}`,
        calls: [{ contract: 'CommonsFund', function: 'announce', args: [asset.address, index, assets, decision] }],
        effects: { asset: asset.address, setting, assets, decision },
        rows: [
          ['setting', setting],
          ['becomes', `${amountText(assets, asset)}, two weeks from then`],
          ['decision', decision],
        ],
      }
    },
    { restricted: true },
  )
}
