import { arbiterBond, listArbiters } from '@nexus/governance/grievance/case'
import type { Command } from 'commander'
import { type Hex, isHash } from 'viem'
import { withWrite } from '../act.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit } from '../output.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type RecordPlan, type WriteOptions, withRole } from '../records/act.ts'
import { approval, plain } from './options.ts'

/** Who can be drawn, and what they bond. */
export function arbiterCommands(arbiters: Command): void {
  withLook(arbiters.command('list')).description('who joined, and who is on the list').action(showArbiters)
  withWrite(arbiters.command('join')).description('bond yourself; a credential of arbitration is needed').action(join)
  withWrite(arbiters.command('enlist'))
    .description('put on the list who joined a week ago: anyone')
    .argument('<address>', 'who')
    .action((text: string, options: WriteOptions) =>
      register('list', [parseAddress(text)], 'put an arbiter on the list', options),
    )
  withWrite(arbiters.command('resign'))
    .description('leave the list; the bond stays as long as a case can draw you')
    .action((options: WriteOptions) => register('resign', [], 'leave the list', options))
  withWrite(arbiters.command('conflict'))
    .description('say with whom there is a conflict, for later cases')
    .argument('<topic>', 'an address, or the id of a component, feed, policy or pack')
    .option('--end', 'there is none any more')
    .action((text: string, options: WriteOptions & { end?: true }) => {
      const topic: Hex = isHash(text) ? text : `0x${parseAddress(text).slice(2).toLowerCase().padStart(64, '0')}`
      return register('declareConflict', [topic, !options.end], 'declare a conflict', options)
    })
  withWrite(arbiters.command('release'))
    .description('credit who left long enough ago with their bond: anyone; `grievance collect` sends it')
    .argument('<address>', 'who')
    .action((text: string, options: WriteOptions) =>
      register('release', [parseAddress(text)], 'give an arbiter the bond back', options),
    )
  withRole(arbiters.command('set-bond'))
    .description('say what who joins from now on has to bond (GRIEVANCE_TERMS)')
    .argument('<amount>', 'base units, or with the unit')
    .action(setBond)
}

async function showArbiters(options: LookOptions): Promise<void> {
  const all = await look(options, listArbiters)
  emit(options.json === true, plain(all), () =>
    all.length === 0
      ? 'there are no arbiters'
      : all.map(one => `${one.arbiter}  ${one.leftAt ? 'has left' : one.listed ? 'on the list' : 'joined'}`).join('\n'),
  )
}

async function register(
  functionName: string,
  args: readonly unknown[],
  title: string,
  options: WriteOptions,
): Promise<void> {
  await act(options, async () => ({
    title,
    calls: [{ contract: 'ArbiterRegister', function: functionName, args }],
    effects: { args: plain(args) },
    rows: args.map((value): [string, string] => ['with', `${value}`]),
  }))
}

async function join(options: WriteOptions): Promise<void> {
  await act(options, async network => {
    const { bondAssets, asset, spender } = await arbiterBond(network)
    const token = await assetAt(network, asset)
    return {
      title: 'join the arbiters',
      calls: [...approval(asset, spender, bondAssets), { contract: 'ArbiterRegister', function: 'join', args: [] }],
      effects: { bondAssets: `${bondAssets}` },
      rows: [['bond', `${amountText(bondAssets, token)}, as long as a case can draw you`]],
    }
  })
}

async function setBond(text: string, options: WriteOptions): Promise<void> {
  const plan = async (network: Network): Promise<RecordPlan> => {
    const { bondAssets: before, asset } = await arbiterBond(network)
    const token = await assetAt(network, asset)
    const bondAssets = parseAmount(text, token)
    return {
      title: 'set the bond of arbiters',
      calls: [{ contract: 'ArbiterRegister', function: 'setBond', args: [bondAssets] }],
      effects: { before: `${before}`, bondAssets: `${bondAssets}` },
      rows: [['bond', `${amountText(before, token)} → ${amountText(bondAssets, token)}, for who joins from then on`]],
    }
  }
  await act(options, plan, { restricted: true })
}
