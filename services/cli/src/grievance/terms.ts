import { grievanceAssets } from '@nexus/governance/grievance/accounts'
import { arbiterBond } from '@nexus/governance/grievance/case'
import { type DeskTerms, deskTerms, termUnits } from '@nexus/governance/grievance/terms'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit, type Row, rows } from '../output.ts'
import { type Asset, amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import type { Network } from '../policy/network.ts'
import { act, type RecordPlan, type WriteOptions, withRole } from '../records/act.ts'
import { plain } from './options.ts'

type TermName = keyof DeskTerms
const names = Object.keys(termUnits) as TermName[]

/** Under which terms cases are opened. */
export function termsCommands(grievance: Command): void {
  withLook(grievance.command('terms'))
    .description('the terms that cases are opened under now, or those of an earlier version; the bond of arbiters')
    .option('--terms-version <n>', 'of an earlier version')
    .action(show)
  withRole(grievance.command('set-terms'))
    .description('set terms of cases that are opened from now on (GRIEVANCE_TERMS); what is not named stays')
    .requiredOption(
      '--set <name=value...>',
      `such as answerSeconds=1209600 or "bondAssets=12.50 nxUSD": ${names.join(', ')}`,
    )
    .action(set)
}

function valueText(name: TermName, value: bigint | number, token: Asset): string {
  if (termUnits[name] === 'assets') return amountText(BigInt(value), token)
  return termUnits[name] === 'seconds' ? `${value} s (${Number(value) / 86_400} d)` : `${value}`
}

const parseVersion = (text: string): number => {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw inputError('bad-version', `"${text}" is no version of the terms`, { text })
}

async function show(options: LookOptions & { termsVersion?: string }): Promise<void> {
  const asked = options.termsVersion === undefined ? undefined : parseVersion(options.termsVersion)
  const { found, bondAssets, token } = await look(options, async network => {
    const [terms, bond] = await Promise.all([deskTerms(network, asked), arbiterBond(network)])
    return { found: terms, bondAssets: bond.bondAssets, token: await assetAt(network, bond.asset) }
  })
  const document = { version: found.version, terms: plain(found.terms), arbiterBondAssets: `${bondAssets}` }
  emit(options.json === true, document, () =>
    rows(`terms, version ${found.version}`, [
      ...names.map((name): Row => [name, valueText(name, found.terms[name], token)]),
      ['arbiters', `bond ${amountText(bondAssets, token)}, whatever the version`],
    ]),
  )
}

/** @throws NexusError `bad-term` for what is no `name=value`, is named twice, or is no number */
function changesOf(list: readonly string[], token: Asset): Partial<DeskTerms> {
  const changes = new Map<TermName, bigint | number>()
  for (const text of list) {
    const [, word, value = ''] = /^(\w+)=(.*)$/.exec(text) ?? []
    const name = names.find(one => one === word)
    if (!name) throw inputError('bad-term', `"${text}" sets no term; known: ${names.join(', ')}`, { text })
    if (changes.has(name)) throw inputError('bad-term', `${name} is set twice`, { text })
    if (termUnits[name] === 'assets') changes.set(name, parseAmount(value, token))
    else if (/^\d{1,9}$/.test(value)) changes.set(name, Number(value))
    else throw inputError('bad-term', `"${text}": ${name} is a whole number of ${termUnits[name]}`, { text })
  }
  return Object.fromEntries(changes) as Partial<DeskTerms> // each name got the type of its unit
}

async function set(options: WriteOptions & { set: string[] }): Promise<void> {
  const plan = async (network: Network): Promise<RecordPlan> => {
    const [{ version, terms }, { asset }] = await Promise.all([deskTerms(network), grievanceAssets(network)])
    const token = await assetAt(network, asset)
    const changes = changesOf(options.set, token)
    const changed = names.filter(name => name in changes && changes[name] !== terms[name])
    if (changed.length === 0)
      throw inputError('nothing-changes', `version ${version} of the terms says all of that`, { version })
    const next = { ...terms, ...changes }
    return {
      title: 'set the terms of cases that are opened from now on',
      calls: [{ contract: 'GrievanceDesk', function: 'setTerms', args: [next] }],
      effects: { version: version + 1, terms: plain(next) },
      rows: [
        ['version', `${version} → ${version + 1}; open cases keep theirs`],
        ...changed.map(
          (name): Row => [name, `${valueText(name, terms[name], token)} → ${valueText(name, next[name], token)}`],
        ),
      ],
    }
  }
  await act(options, plan, { restricted: true })
}
