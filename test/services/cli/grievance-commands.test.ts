import { readFileSync } from 'node:fs'
import { arbiterRegisterAbi } from '@nexus/chain/abi/ArbiterRegister'
import { grievanceDeskAbi } from '@nexus/chain/abi/GrievanceDesk'
import { grievanceLedgerAbi } from '@nexus/chain/abi/GrievanceLedger'
import { grievanceOrdersAbi } from '@nexus/chain/abi/GrievanceOrders'
import { grievancePanelsAbi } from '@nexus/chain/abi/GrievancePanels'
import { grievanceRailAbi } from '@nexus/chain/abi/GrievanceRail'
import { respondentBondsAbi } from '@nexus/chain/abi/RespondentBonds'
import { type Role, roles } from '@nexus/deploy/roles'
import { expect } from 'chai'
import type { Command } from 'commander'
import type { Abi } from 'viem'
import { command } from '../../../services/cli/src/commands/grievance.ts'

const abis: Record<string, Abi> = {
  GrievanceDesk: grievanceDeskAbi,
  GrievanceRail: grievanceRailAbi,
  GrievancePanels: grievancePanelsAbi,
  GrievanceOrders: grievanceOrdersAbi,
  GrievanceLedger: grievanceLedgerAbi,
  ArbiterRegister: arbiterRegisterAbi,
  RespondentBonds: respondentBondsAbi,
}
/** AccessManaged's: said once on the page. */
const managed = ['authority', 'setAuthority', 'isConsumingScheduledOp']

const page = readFileSync(new URL('../../../docs/grievance-commands.md', import.meta.url), 'utf8')
const sections = new Map(
  page
    .split('\n## ')
    .slice(1)
    .map(section => {
      const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$/gm)]
      return [
        section.slice(0, section.indexOf('\n')),
        rows.map(([, name = '', who = '', how = '']) => ({ name, who, how })),
      ]
    }),
)
const commandsIn = (how: string) => [...how.matchAll(/`nexus grievance ([^`]+)`/g)].map(([, words = '']) => words)

const leaves = (parent: Command, before = ''): string[] =>
  parent.commands.flatMap(one =>
    one.commands.length > 0 ? leaves(one, `${before}${one.name()} `) : [`${before}${one.name()}`],
  )

describe('the page of commands for grievances', () => {
  it('has every external function of every contract, once', () => {
    expect([...sections.keys()]).to.deep.equal(Object.keys(abis))
    for (const [contract, abi] of Object.entries(abis)) {
      const functions = abi.flatMap(item => (item.type === 'function' ? [item.name] : []))
      const said = sections.get(contract)?.map(({ name }) => name)
      expect(said, contract).to.have.members(functions.filter(name => !managed.includes(name)))
      for (const name of managed) expect(functions, contract).to.include(name)
    }
  })

  it('names commands that there are, and each command at least once', () => {
    const named = [...sections.values()].flat().flatMap(({ how }) => commandsIn(how))
    const known = leaves(command())
    expect(known).to.include.members(named)
    // signed beside the chain: it calls nothing
    expect(known.filter(one => !named.includes(one))).to.deep.equal(['sign-settlement'])
  })

  it('has a command for everything that somebody may change: only what the contracts do among themselves has none', () => {
    const amongThemselves = new Set(
      (roles as readonly Role[])
        .filter(
          ({ heldBy, alsoHeldBy = [] }) => heldBy !== undefined && [heldBy, ...alsoHeldBy].every(one => one in abis),
        )
        .flatMap(({ functions }) =>
          Object.entries(functions).flatMap(([contract, signatures]) =>
            signatures.map(signature => `${contract}.${signature.slice(0, signature.indexOf('('))}`),
          ),
        ),
    )
    for (const [contract, abi] of Object.entries(abis))
      for (const item of abi) {
        if (item.type !== 'function' || managed.includes(item.name)) continue
        const { who = '', how = '' } = sections.get(contract)?.find(({ name }) => name === item.name) ?? {}
        const id = `${contract}.${item.name}`
        const isRead = item.stateMutability === 'view' || item.stateMutability === 'pure'
        expect(who === 'view', id).to.equal(isRead)
        if (!isRead) expect(commandsIn(how).length > 0, id).to.equal(!amongThemselves.has(id))
      }
  })
})
