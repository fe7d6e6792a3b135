import { grievanceAssets, viewBond } from '@nexus/governance/grievance/accounts'
import { formatUtcSeconds } from '@nexus/kit/time'
import type { Command } from 'commander'
import { withWrite } from '../act.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit, rows } from '../output.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type WriteOptions } from '../records/act.ts'
import { approval } from './options.ts'

/** What respondents bond for what they may be found to owe. */
export function bondCommands(bonds: Command): void {
  withLook(bonds.command('show'))
    .description('what somebody has bonded as a respondent, and until when; what grievances owe them')
    .argument('<address>', 'who')
    .action(show)
  withWrite(bonds.command('post'))
    .description('add to a bond; whoever sends it pays')
    .argument('<amount>', 'base units, or with the unit')
    .option('--for <address>', 'whose bond it is, if not the own')
    .action(post)
  for (const [name, functionName, what] of simple)
    withWrite(bonds.command(name))
      .description(what)
      .action((options: WriteOptions) => simply(functionName, what, options))
  withWrite(bonds.command('release'))
    .description('credit a respondent with a bond whose notice is over: anyone; `grievance collect` sends it')
    .argument('<address>', 'who')
    .action(release)
}

const simple = [
  ['announce', 'giveNotice', 'announce that the own bond leaves, after a notice longer than any open case'],
  ['keep', 'takeNoticeBack', 'take that back: the bond stays'],
] as const

async function show(text: string, options: LookOptions): Promise<void> {
  const respondent = parseAddress(text)
  const { bond, token } = await look(options, async network => {
    const [found, { asset }] = await Promise.all([viewBond(network, respondent), grievanceAssets(network)])
    return { bond: found, token: await assetAt(network, asset) }
  })
  const releasableAt = bond.releasableAt === 0 ? null : formatUtcSeconds(bond.releasableAt)
  const document = {
    respondent,
    bondAssets: `${bond.bondAssets}`,
    releasableAt,
    owedAssets: `${bond.owedAssets}`,
  }
  emit(options.json === true, document, () =>
    rows(respondent, [
      ['bonded', amountText(bond.bondAssets, token)],
      ['leaves', releasableAt ?? 'nothing was announced'],
      ['is owed', amountText(bond.owedAssets, token)],
    ]),
  )
}

async function post(text: string, options: WriteOptions & { for?: string }): Promise<void> {
  await act(options, async (network, account) => {
    const respondent = options.for === undefined ? await account() : parseAddress(options.for)
    const { asset, spender } = await grievanceAssets(network)
    const [token, { bondAssets }] = await Promise.all([assetAt(network, asset), viewBond(network, respondent)])
    const assets = parseAmount(text, token)
    return {
      title: 'add to a bond',
      calls: [
        ...approval(asset, spender, assets),
        { contract: 'RespondentBonds', function: 'bondFor', args: [respondent, assets] },
      ],
      effects: { respondent, assets: `${assets}`, bondAssets: `${bondAssets + assets}` },
      rows: [
        ['of', respondent],
        ['bond', `${amountText(bondAssets, token)} → ${amountText(bondAssets + assets, token)}`],
      ],
    }
  })
}

async function simply(functionName: (typeof simple)[number][1], title: string, options: WriteOptions): Promise<void> {
  await act(options, async (network, account) => {
    const respondent = await account()
    const { bondAssets } = await viewBond(network, respondent)
    const { asset } = await grievanceAssets(network)
    return {
      title,
      calls: [{ contract: 'RespondentBonds', function: functionName, args: [] }],
      effects: { respondent, bondAssets: `${bondAssets}` },
      rows: [['bond', amountText(bondAssets, await assetAt(network, asset))]],
    }
  })
}

async function release(text: string, options: WriteOptions): Promise<void> {
  const respondent = parseAddress(text)
  await act(options, async network => {
    const [{ bondAssets }, { asset }] = await Promise.all([viewBond(network, respondent), grievanceAssets(network)])
    return {
      title: 'give a respondent the bond back',
      calls: [{ contract: 'RespondentBonds', function: 'release', args: [respondent] }],
      effects: { respondent, bondAssets: `${bondAssets}` },
      rows: [
        ['to', respondent],
        ['bond', amountText(bondAssets, await assetAt(network, asset))],
      ],
    }
  })
}
