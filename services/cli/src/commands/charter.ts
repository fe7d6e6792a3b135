import { charterRegistryAbi } from '@nexus/chain/abi/CharterRegistry'
import { parseAmendment } from '@nexus/governance/charter/amendment'
import {
  type CarrierView,
  type CharterDeps,
  type CharterView,
  carrierKinds,
  charterIdOf,
  findCharter,
  type Guard,
  type Holder,
  listCharters,
  viewCharter,
} from '@nexus/governance/charter/charter'
import { registryAt } from '@nexus/governance/registry/chain'
import { inputError } from '@nexus/kit/errors'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds } from '@nexus/kit/time'
import { Command } from 'commander'
import { readJson } from '../files.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit } from '../output.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type ReasonOptions, reasonHashOf, type WriteOptions, withReason, withRole } from '../records/act.ts'
import { namesOf } from '../records/names.ts'

export function command(): Command {
  const charter = new Command('charter').description('what was promised in words, and what on chain carries it out')
  withLook(charter.command('list')).description('all charters').action(list)
  withLook(charter.command('show'))
    .description('a charter clause by clause: its words, and what enforces each')
    .argument('[charter]', 'name or id; not needed where there is only one')
    .option('--version <n>', 'as it stood in that version (default: the latest)')
    .action(show)
  withRole(charter.command('open'))
    .description('name a charter and who keeps it (CHARTERING)')
    .argument('<name>')
    .requiredOption('--keeper <address>', "who may amend it: a rail's timelock, or the Safe")
    .action(open)
  withReason(withRole(charter.command('change-keeper')))
    .description('name another keeper (CHARTERING)')
    .argument('<charter>', 'name or id')
    .requiredOption('--keeper <address>')
    .action(changeKeeper)
  withReason(withRole(charter.command('amend')))
    .description('word, add or repeal clauses (CHARTER_KEEPING, and only its keeper)')
    .argument('<charter>', 'name or id')
    .requiredOption('--file <file>', 'amendment (JSON)')
    .action(amend)
  return charter
}

const depsOf = async (network: Network): Promise<CharterDeps> => ({ ...network, ...(await namesOf(network)) })

const holderText = ({ name, address }: Holder) => (name ? `${name} (${address})` : address)

async function list(options: LookOptions): Promise<void> {
  const charters = await look(options, async network => listCharters(await depsOf(network)))
  emit(options.json === true, charters, () =>
    charters.length === 0
      ? 'there are no charters'
      : charters
          .map(
            one =>
              `${printable(one.name)}\n  version ${one.version}, ${one.clauses} clauses, kept by ${holderText(one.keeper)}`,
          )
          .join('\n'),
  )
}

function parseVersionNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw inputError('bad-version', `"${text}" is no version of a charter: they count from 1`, { text })
}

async function show(name: string | undefined, options: LookOptions & { version?: string }): Promise<void> {
  const { version, ...looking } = options
  const wanted = parseVersionNumber(version)
  const view = await look(looking, async network => {
    const deps = await depsOf(network)
    return viewCharter(deps, await findCharter(network, name ?? (await onlyName(deps))), wanted)
  })
  emit(options.json === true, view, () => charterText(view))
}

async function onlyName(deps: CharterDeps): Promise<string> {
  const all = await listCharters(deps)
  const [only] = all
  if (only && all.length === 1) return only.name
  const known = all.map(({ name }) => name)
  throw inputError('which-charter', `say which charter: ${known.join(', ') || 'there is none'}`, { known })
}

function guardText(guard: Guard): string {
  if (guard.kind === 'anyone') return 'anyone may call it'
  if (guard.kind === 'only') return `only ${guard.who} may call it`
  if (guard.kind === 'unknown') return 'no contract of the suite: who may call it is not known'
  return `needs ${guard.role} (role ${guard.roleId}), held by ${guard.holders.map(holderText).join(', ') || 'nobody'}`
}

function carrierText(carrier: CarrierView): string[] {
  if (carrier.kind === 'feed')
    return [
      `feed ${carrier.feedId}`,
      `  new reports have level ${carrier.cap} at most; ${carrier.modelComponent ? `model ${carrier.modelComponent}` : 'linked to no model'}`,
    ]
  const target = carrier.contract ?? carrier.target
  if (carrier.kind === 'policy') return [`policy ${carrier.policyId} of ${target}: ${carrier.status}`]
  return [`${target}.${carrier.function ?? carrier.selector}`, `  ${guardText(carrier.guard)}`]
}

function charterText(view: CharterView): string {
  const of = view.version === view.latestVersion ? '' : ` of ${view.latestVersion}`
  const clauses = view.clauses.flatMap(({ label, text, textHash, sinceVersion, carriers }) => [
    '',
    `${printable(label)}  (since version ${sinceVersion}${text === null ? ', repealed' : ''})`,
    ...(text === null
      ? []
      : [
          ...text.split('\n').map(line => `  ${printable(line)}`),
          `  hash ${textHash}`,
          ...(carriers.length === 0 ? ['  nothing on chain carries it out'] : ['  carried out by']),
          ...carriers.flatMap(carrierText).map(line => `    ${line}`),
        ]),
  ])
  return [
    `${printable(view.name)}, version ${view.version}${of}, kept by ${holderText(view.keeper)}`,
    `  hash of all that led to it: ${view.charterHash}`,
    ...(view.amendedAt ? [`  last amended ${formatUtcSeconds(view.amendedAt)}`] : []),
    ...clauses,
  ].join('\n')
}

async function open(name: string, options: WriteOptions & { keeper: string }): Promise<void> {
  const keeper = parseAddress(options.keeper)
  const charterId = charterIdOf(name)
  const calls = [{ contract: 'CharterRegistry', function: 'open', args: [name, keeper] }] as const
  const rows: [string, string][] = [
    ['name', name],
    ['id', charterId],
    ['keeper', keeper],
  ]
  await act(options, async () => ({ title: 'open a charter', calls, effects: { charterId, name, keeper }, rows }), {
    restricted: true,
  })
}

async function changeKeeper(text: string, options: WriteOptions & ReasonOptions & { keeper: string }): Promise<void> {
  const keeper = parseAddress(options.keeper)
  const reasonHash = await reasonHashOf(options)
  await act(
    options,
    async network => {
      const { charterId, name } = await findCharter(network, text)
      return {
        title: 'name another keeper of a charter',
        calls: [{ contract: 'CharterRegistry', function: 'changeKeeper', args: [charterId, keeper, reasonHash] }],
        effects: { charterId, name, keeper, reasonHash },
        rows: [
          ['charter', name],
          ['keeper', keeper],
          ['reason', reasonHash],
        ],
      }
    },
    { restricted: true },
  )
}

async function amend(text: string, options: WriteOptions & ReasonOptions & { file: string }): Promise<void> {
  const json = await readJson(options.file)
  const reasonHash = await reasonHashOf(options)
  await act(
    options,
    async network => {
      const { charterId, name } = await findCharter(network, text)
      const { contracts } = await namesOf(network)
      const clauses = parseAmendment(json, contracts, network.manifest)
      const { version } = await network.client.readContract({
        ...{ address: registryAt(network.manifest, 'charter'), abi: charterRegistryAbi, functionName: 'charterOf' },
        args: [charterId],
      } as const)
      return {
        title: 'amend a charter',
        calls: [{ contract: 'CharterRegistry', function: 'amend', args: [charterId, version, clauses, reasonHash] }],
        effects: { charterId, name, version: version + 1, clauses, reasonHash },
        rows: [
          ['charter', `${name}, from version ${version} to ${version + 1}`],
          ...clauses.map((clause): [string, string] => [
            clause.label,
            clause.text === ''
              ? 'repealed'
              : `${clause.text.length} characters, carried out by ${clause.carriers.map(({ kind }) => carrierKinds[kind]).join(', ') || 'nothing on chain'}`,
          ]),
          ['reason', reasonHash],
        ],
      }
    },
    { restricted: true },
  )
}
