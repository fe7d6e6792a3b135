import type { AssetView, AwardEvent, AwardView, CommonsView } from '@nexus/governance/commons/fund'
import { formatUtcSeconds } from '@nexus/kit/time'
import type { Address } from 'viem'
import { type Asset, amountText } from '../policy/amounts.ts'
import { printable } from '../records/printable.ts'

export type AssetsByAddress = ReadonlyMap<Address, Asset>

const BAR = 32

/** `value` of `most`, as a bar: something is never nothing, and less than all never all. */
export function bar(value: bigint, most: bigint): string {
  if (most === 0n || value === 0n) return '·'.repeat(BAR)
  const exact = Number((value * BigInt(BAR)) / most)
  const full = value === most ? BAR : Math.min(BAR - 1, Math.max(1, exact))
  return '█'.repeat(full) + '·'.repeat(BAR - full)
}

const rowsOf = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, n) => Math.max(...rows.map(row => row[n]?.length ?? 0))) ?? []
  return rows.map(row => `  ${row.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')}`.trimEnd())
}

const assetOf = (assets: AssetsByAddress, address: Address): Asset =>
  assets.get(address) ?? { address, symbol: 'units', decimals: 0 }

function assetText(view: AssetView, asset: Asset): string[] {
  const text = (assets: string) => amountText(BigInt(assets), asset)
  const most = view.income.map(one => BigInt(one.kept)).sort((a, b) => Number(b > a) - Number(b < a))[0] ?? 0n
  const held = BigInt(view.held)
  const [grantLimit, compensationLimit, floor] = view.settings
  const limit = (one: AssetView['settings'][number] | undefined) =>
    one ? `${text(one.awardedLately ?? '0')} of ${text(one.current)} in the last 30 days` : ''
  return [
    '',
    `${asset.symbol}  ${view.asset}`,
    ...rowsOf(
      view.income.map(({ source, kept, passed, fetched }) => [
        source,
        bar(BigInt(kept), most),
        `kept ${text(kept)}`,
        passed === '0' ? '' : `passed on ${text(passed)}, of which ${text(fetched)} fetched`,
      ]),
    ),
    ...rowsOf([
      ['held', bar(held, held), text(view.held)],
      ['awarded', bar(BigInt(view.awarded), held), text(view.awarded)],
      ['free', bar(BigInt(view.free), held), text(view.free)],
    ]),
    ...rowsOf([
      ['ever paid', text(view.paid)],
      ['grants', `${limit(grantLimit)}; ${text(view.grantable)} could be awarded now`],
      ['compensation', `${limit(compensationLimit)}; ${text(view.compensable)} could be awarded now`],
      ['floor', `${text(floor?.current ?? '0')} left for compensation`],
      ...view.settings.flatMap(({ setting, next }) =>
        next ? [['announced', `${setting} ${text(next.assets)} from ${formatUtcSeconds(next.from)} on`]] : [],
      ),
    ]),
  ]
}

const statusOf = ({ isAwaiting, assets, paid, collectable }: AwardView): string => {
  if (isAwaiting) return 'awaits evidence'
  if (collectable !== '0') return 'to collect'
  return assets === paid ? 'closed' : 'vesting'
}

export function commonsText(view: CommonsView, assets: AssetsByAddress): string {
  const shares = view.shares.map(({ source, keptBps, beneficiary }) => [
    source,
    `${keptBps / 100} % stays`,
    beneficiary ? `the rest to ${beneficiary}` : '',
  ])
  const awards = view.awards.map(award => {
    const asset = assetOf(assets, award.asset)
    const text = (amount: string) => amountText(BigInt(amount), asset)
    return [award.kind, statusOf(award), `${text(award.paid)} of ${text(award.assets)}`, award.to, award.awardId]
  })
  return [
    `the commons  ${view.address}`,
    ...rowsOf(shares),
    ...view.assets.flatMap(one => assetText(one, assetOf(assets, one.asset))),
    '',
    awards.length === 0 ? 'no awards' : 'awards',
    ...rowsOf(awards),
  ].join('\n')
}

export function awardText(award: AwardView & { history: AwardEvent[] }, asset: Asset): string {
  const text = (amount: string) => amountText(BigInt(amount), asset)
  const { milestone } = award
  const rows: [string, string][] = [
    ['status', statusOf(award)],
    ['to', award.to],
    ['awarded', text(award.assets)],
    ['paid', text(award.paid)],
    ['to collect', text(award.collectable)],
    ['by', award.awarder],
    ['decision', `${award.decision}, part ${award.part}`],
    ...(award.cliffAt === null
      ? []
      : ([
          [
            'vests',
            `${formatUtcSeconds(award.startAt)} to ${formatUtcSeconds(award.endAt)}, nothing before ${formatUtcSeconds(award.cliffAt)}`,
          ],
        ] as [string, string][])),
    ...(milestone
      ? ([
          ['feed', milestone.feedId],
          [
            'when',
            `${milestone.atLeast ? 'at least' : 'at most'} ${milestone.threshold}, level ${milestone.minEql} or better`,
          ],
          ['within', `${formatUtcSeconds(milestone.from)} to ${formatUtcSeconds(milestone.to)}`],
        ] as [string, string][])
      : []),
    ['lapses', `${formatUtcSeconds(award.lapsesAt)}, what is left then`],
    ...award.history.map(({ event, at }): [string, string] => ['history', `${formatUtcSeconds(at)} ${event}`]),
  ]
  return [
    `${award.kind} ${award.awardId}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(10)} ${printable(value)}`),
  ].join('\n')
}
