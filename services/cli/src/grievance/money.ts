import { grievanceAssets, owedTo } from '@nexus/governance/grievance/accounts'
import type { Command } from 'commander'
import { withWrite } from '../act.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type WriteOptions } from '../records/act.ts'
import { approval, onCase, parseCase, planOn } from './options.ts'

/** What leaves the ledger, and what is given to it. Deciding a case moves entries; only these move tokens. */
export function moneyCommands(grievance: Command): void {
  withWrite(grievance.command('collect'))
    .description('send somebody what grievances owe them: anyone')
    .argument('<address>', 'who')
    .action(collect)
  onCase(grievance, 'forward', 'send the commons what a case took and did not spend: anyone').action(forward)
  withWrite(grievance.command('give'))
    .description('give to the reserve that arbiters are paid from')
    .argument('<amount>', 'base units, or with the unit')
    .action(give)
}

async function collect(text: string, options: WriteOptions): Promise<void> {
  const owner = parseAddress(text)
  await act(options, async network => {
    const { asset } = await grievanceAssets(network)
    const [token, owed] = await Promise.all([assetAt(network, asset), owedTo(network, owner)])
    return {
      title: 'send somebody what grievances owe them',
      calls: [{ contract: 'GrievanceLedger', function: 'withdraw', args: [owner] }],
      effects: { owner, assets: `${owed}` },
      rows: [
        ['to', owner],
        ['owed', amountText(owed, token)],
      ],
    }
  })
}

async function forward(text: string, options: WriteOptions): Promise<void> {
  await act(options, network =>
    planOn(network, text, 'send the commons the rest of a case', {
      ...{ contract: 'GrievanceLedger', function: 'forward', args: [parseCase(text)] },
    }),
  )
}

async function give(text: string, options: WriteOptions): Promise<void> {
  await act(options, async network => {
    const { asset, spender } = await grievanceAssets(network)
    const token = await assetAt(network, asset)
    const assets = parseAmount(text, token)
    return {
      title: 'give to the reserve of arbiters',
      calls: [
        ...approval(asset, spender, assets),
        { contract: 'GrievanceLedger', function: 'giveToReserve', args: [assets] },
      ],
      effects: { assets: `${assets}` },
      rows: [['gives', `${amountText(assets, token)}, for good`]],
    }
  })
}
