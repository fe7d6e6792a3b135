import { Command } from 'commander'
import { arbiterCommands } from '../grievance/arbiters.ts'
import { bondCommands } from '../grievance/bonds.ts'
import { caseCommands } from '../grievance/cases.ts'
import { moneyCommands } from '../grievance/money.ts'
import { orderCommands } from '../grievance/orders.ts'
import { panelCommands } from '../grievance/panel.ts'
import { settlementCommands } from '../grievance/settlement.ts'
import { termsCommands } from '../grievance/terms.ts'

export function command(): Command {
  const grievance = new Command('grievance').description('cases: a complaint, its answer, its panel, what was ordered')
  caseCommands(grievance)
  settlementCommands(grievance)
  panelCommands(grievance)
  orderCommands(grievance)
  moneyCommands(grievance)
  termsCommands(grievance)
  bondCommands(grievance.command('bonds').description('what respondents bond for what they may owe'))
  arbiterCommands(grievance.command('arbiters').description('who can be drawn'))
  return grievance
}
