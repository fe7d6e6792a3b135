import { readFileSync } from 'node:fs'
import { attestationGateAbi } from '@nexus/chain/abi/AttestationGate'
import { matchPostsAbi } from '@nexus/chain/abi/MatchPosts'
import { quadraticRoundAbi } from '@nexus/chain/abi/QuadraticRound'
import { roundFactoryAbi } from '@nexus/chain/abi/RoundFactory'
import { expect } from 'chai'
import type { Abi } from 'viem'
import { command as fund } from '../../../services/cli/src/commands/fund.ts'
import { command as round } from '../../../services/cli/src/commands/round.ts'

const contracts: Record<string, Abi> = {
  RoundFactory: roundFactoryAbi,
  AttestationGate: attestationGateAbi,
  QuadraticRound: quadraticRoundAbi,
  MatchPosts: matchPostsAbi,
}
const page = readFileSync(new URL('../../../docs/rounds.md', import.meta.url), 'utf8')
const [begin, end] = ['<!-- commands -->\n', '\n<!-- /commands -->']
const rows = page
  .slice(page.indexOf(begin) + begin.length, page.indexOf(end))
  .split('\n')
  .slice(2)
  .map(line => line.split('|').map(cell => cell.trim()))
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

describe('the table of functions and commands', () => {
  const listed = rows.flatMap(([, contract = '', functions = '', commands = '']) =>
    quoted(functions).map(name => ({ contract, name, commands })),
  )

  for (const [contract, abi] of Object.entries(contracts)) {
    it(`has every external function of ${contract}, once, and no other`, () => {
      const known = abi.flatMap(item => (item.type === 'function' ? [item.name] : [])).sort()
      const said = listed.flatMap(row => (row.contract === contract ? [row.name] : [])).sort()
      expect(said).to.deep.equal([...new Set(known)])
    })
  }

  it('names commands that there are, and every one of `nexus round` that changes something', () => {
    const there = [round(), fund()].flatMap(parent => parent.commands.map(one => `${parent.name()} ${one.name()}`))
    const named = listed.flatMap(({ commands }) => (commands.startsWith('–') ? [] : quoted(commands)))
    for (const name of named) expect(there).to.include(name)
    for (const name of there.filter(one => one.startsWith('round '))) expect(named).to.include(name)
    for (const { contract, name, commands } of listed)
      if (commands.startsWith('–')) expect(commands, `${contract}.${name}: says why`).to.match(/– [a-z]/)
  })
})
