import { nipRegistryAbi } from '@nexus/chain/abi/NipRegistry'
import {
  listNips,
  type NipView,
  nextMover,
  nipStates,
  specIdOf,
  type VersionView,
  versionsOf,
  viewNip,
} from '@nexus/governance/nip/nip'
import { registryAt } from '@nexus/governance/registry/chain'
import { fileHash } from '@nexus/governance/registry/content'
import { parseVersion } from '@nexus/governance/registry/version'
import { inputError } from '@nexus/kit/errors'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { Command } from 'commander'
import { type Hex, isHash } from 'viem'
import { withWrite } from '../act.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit, type Row, rows } from '../output.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import {
  act,
  type ReasonOptions,
  type RecordPlan,
  reasonHashOf,
  type WriteOptions,
  withReason,
  withRole,
} from '../records/act.ts'

type Reasoned = WriteOptions & ReasonOptions

const DAY = 86_400

export function command(): Command {
  const nip = new Command('nip').description('proposals, and which version of each specification is in force')
  withLook(nip.command('list'))
    .description('all proposals')
    .option('--state <state>', nipStates.slice(1).join(', '))
    .action(list)
  withLook(nip.command('show'))
    .description('a proposal, and what happened to it')
    .argument('<nip>', 'its number')
    .action(show)
  withLook(nip.command('versions'))
    .description('the accepted versions of a specification: which is in force since when, and what it broke')
    .argument('<spec>', 'its name, such as standards/report')
    .action(versions)
  withReason(withWrite(nip.command('submit')))
    .description('open a draft')
    .requiredOption('--spec <name>', 'of the specification, such as standards/report')
    .requiredOption('--spec-version <version>', 'right after the last accepted one; 1.0.0 for the first')
    .requiredOption('--file <file>', 'the whole specification; its SHA-256 goes on chain')
    .requiredOption('--uri <uri>', 'where it can be read')
    .option('--activation-days <n>', 'from the outcome to being in force; 30 at least where it breaks', '0')
    .action(submit)
  withReason(withWrite(nip.command('revise')))
    .description('give a draft or a proposal in review another text')
    .argument('<nip>')
    .requiredOption('--file <file>', 'the whole specification')
    .requiredOption('--uri <uri>', 'where it can be read')
    .action(revise)
  const moves: [string, string, string][] = [
    ['advance', 'advance', 'move a proposal on: editor, maintainer or anyone, as its state says'],
    ['send-back', 'sendBack', 'send it back one state: editor or maintainer'],
    ['withdraw', 'withdraw', 'take an own proposal back, before the vote'],
    ['lapse', 'lapse', 'reject what had no outcome for 90 days: anyone'],
  ]
  for (const [name, functionName, what] of moves)
    withReason(withWrite(nip.command(name)))
      .description(what)
      .argument('<nip>')
      .action((text: string, options: Reasoned) => move(functionName, name, text, options))
  withReason(withRole(nip.command('record-outcome')))
    .description('record what the vote decided (NIP_OUTCOME)')
    .argument('<nip>')
    .option('--accepted', 'it becomes a version')
    .option('--rejected', 'it does not')
    .option('--file <file>', 'the text that was voted on (default: what is on chain now)')
    .option('--spec-hash <hash>', 'or its hash')
    .action(recordOutcome)
  for (const office of ['editor', 'maintainer'] as const) {
    const given = (name: string, what: string) => {
      const one = withReason(withRole(nip.command(name)))
        .description(`${what} (NIP_OFFICES)`)
        .argument('<address>')
      return office === 'maintainer' ? one.requiredOption('--spec <name>', 'of the specification') : one
    }
    given(`grant-${office}`, `give a term of at most a year to ${office === 'editor' ? 'an editor' : 'a maintainer'}`)
      .requiredOption('--until <time>', 'end of the term, UTC')
      .action((text: string, options: OfficeOptions) => setOffice(office, text, options))
    given(`end-${office}`, 'end a term now').action((text: string, options: OfficeOptions) =>
      setOffice(office, text, options),
    )
  }
  return nip
}

function parseNipId(text: string): bigint {
  if (/^[1-9]\d{0,17}$/.test(text)) return BigInt(text)
  throw inputError('bad-nip', `"${text}" is no number of a proposal`, { text })
}

async function list(options: LookOptions & { state?: string }): Promise<void> {
  const { state } = options
  if (state !== undefined && !nipStates.some(known => known === state))
    throw inputError('bad-state', `"${state}" is no state; known: ${nipStates.slice(1).join(', ')}`, { state })
  const all = (await look(options, listNips)).filter(nip => state === undefined || nip.state === state)
  emit(options.json === true, all.map(documentOf), () =>
    all.length === 0
      ? 'there are no such proposals'
      : all
          .map(
            nip => `${`${nip.nipId}`.padStart(4)}  ${nip.state.padEnd(10)}  ${printable(nip.specName)} ${nip.version}`,
          )
          .join('\n'),
  )
}

const timeOrNull = (seconds: number | null) => (seconds === null ? null : formatUtcSeconds(seconds))

const documentOf = <T extends Omit<NipView, 'moves'>>(nip: T) => ({
  ...nip,
  enteredAt: formatUtcSeconds(nip.enteredAt),
  earliestAt: timeOrNull(nip.earliestAt),
  nextBy: nextMover[nip.state] ?? null,
})

async function show(text: string, options: LookOptions): Promise<void> {
  const nipId = parseNipId(text)
  const nip = await look(options, network => viewNip(network, nipId))
  const document = {
    ...documentOf(nip),
    moves: nip.moves.map(one => ({ ...one, at: formatUtcSeconds(one.at) })),
  }
  emit(options.json === true, document, () => {
    const about: Row[] = [
      ['state', `${nip.state} since ${document.enteredAt}`],
      ['brings', `${printable(nip.specName)} ${nip.version}`],
      ['text', nip.specHash],
      ['at', printable(nip.uri)],
      ['author', nip.author],
      ['active', `${nip.activationSeconds / DAY} days after the outcome`],
      ['sent back', `${nip.sendBacks} times`],
      ...(document.earliestAt ? [['next', `${document.nextBy}, not before ${document.earliestAt}`] as const] : []),
      ...document.moves.map(
        (one): Row => [
          one.at,
          one.to
            ? `${one.from} to ${one.to}, by ${one.by}, reason ${one.reasonHash}`
            : `revised, reason ${one.reasonHash}`,
        ],
      ),
    ]
    return rows(`proposal ${nip.nipId}`, about)
  })
}

async function versions(spec: string, options: LookOptions): Promise<void> {
  const found = await look(options, async network => {
    const { timestamp } = await network.client.getBlock()
    return versionsOf(network, spec, Number(timestamp))
  })
  const document = {
    spec,
    specId: specIdOf(spec),
    inForce: found.find(({ inForce }) => inForce)?.version ?? null,
    versions: found.map(one => ({
      ...one,
      inForceFrom: formatUtcSeconds(one.inForceFrom),
      inForceUntil: timeOrNull(one.inForceUntil),
    })),
  }
  const lineOf = (one: VersionView, first: boolean) => {
    const breaks = first ? 'first' : one.compatible ? 'compatible' : 'breaks'
    return `${one.inForce ? '*' : ' '} ${one.version.padEnd(12)} ${breaks.padEnd(11)} from ${formatUtcSeconds(one.inForceFrom)}  proposal ${one.nipId}  ${one.specHash}`
  }
  emit(options.json === true, document, () =>
    found.length === 0
      ? `no version of ${spec} was ever accepted`
      : found.map((one, n) => lineOf(one, n === 0)).join('\n'),
  )
}

function parseDays(text: string): number {
  if (/^(0|[1-9]\d{0,3})$/.test(text)) return Number(text)
  throw inputError('bad-days', `"${text}" is no whole number of days`, { text })
}

interface SubmitOptions extends WriteOptions, ReasonOptions {
  spec: string
  specVersion: string
  file: string
  uri: string
  activationDays: string
}

async function submit(options: SubmitOptions): Promise<void> {
  const specHash = await fileHash(options.file)
  const draft = {
    ...{ specName: options.spec, version: parseVersion(options.specVersion), specHash },
    ...{ activationSeconds: parseDays(options.activationDays) * DAY, uri: options.uri },
  }
  const reasonHash = await reasonHashOf(options)
  await act(options, async () => ({
    title: 'submit a proposal',
    calls: [{ contract: 'NipRegistry', function: 'submit', args: [draft, reasonHash] }],
    effects: { ...draft, version: options.specVersion, specId: specIdOf(options.spec), reasonHash },
    rows: [
      ['brings', `${options.spec} ${options.specVersion}`],
      ['text', `${specHash} (SHA-256 of ${options.file})`],
      ['at', options.uri],
      ['active', `${options.activationDays} days after the outcome`],
      ['reason', reasonHash],
    ],
    // another draft may come first, and then it gets the next number
    result: nipId => ({ effects: { nipId }, rows: [['number', `${nipId}, if none comes before it`]] }),
  }))
}

/** What is on chain of a proposal, for whoever is about to move it. */
async function proposalOf({ client, manifest }: Network, nipId: bigint) {
  const registry = { address: registryAt(manifest, 'nip'), abi: nipRegistryAbi } as const
  const [nip, state] = await Promise.all([
    client.readContract({ ...registry, functionName: 'nipOf', args: [nipId] }),
    client.readContract({ ...registry, functionName: 'stateOf', args: [nipId] }),
  ])
  return { ...nip, state: nipStates[state] ?? 'none' }
}

async function revise(text: string, options: Reasoned & { file: string; uri: string }): Promise<void> {
  const nipId = parseNipId(text)
  const specHash = await fileHash(options.file)
  const reasonHash = await reasonHashOf(options)
  await act(options, async network => {
    const before = await proposalOf(network, nipId)
    return {
      title: 'revise a proposal',
      calls: [{ contract: 'NipRegistry', function: 'revise', args: [nipId, specHash, options.uri, reasonHash] }],
      effects: { nipId, state: before.state, specHash, specHashBefore: before.specHash, uri: options.uri, reasonHash },
      rows: [
        ['proposal', `${nipId}, in ${before.state}: its time starts anew`],
        ['text', `${specHash}, before ${before.specHash}`],
        ['at', options.uri],
        ['reason', reasonHash],
      ],
    }
  })
}

/** Where each move leads; withdrawing and lapsing end it. */
const leadsTo: Record<string, Partial<Record<string, string>> & { default?: string }> = {
  advance: { draft: 'review', review: 'last-call', 'last-call': 'vote' },
  sendBack: { review: 'draft', 'last-call': 'review' },
  withdraw: { default: 'withdrawn' },
  lapse: { default: 'rejected' },
}

async function move(functionName: string, name: string, text: string, options: Reasoned): Promise<void> {
  const nipId = parseNipId(text)
  const reasonHash = await reasonHashOf(options)
  await act(options, async (network): Promise<RecordPlan> => {
    const { state: from } = await proposalOf(network, nipId)
    const ways = leadsTo[functionName]
    const to = ways?.[from] ?? ways?.default ?? null
    return {
      title: `${name} proposal ${nipId}`,
      calls: [{ contract: 'NipRegistry', function: functionName, args: [nipId, reasonHash] }],
      effects: { nipId, from, to, reasonHash },
      rows: [
        ['moves', `from ${from} to ${to ?? 'nowhere: the contract will refuse'}`],
        ['reason', reasonHash],
      ],
    }
  })
}

interface OutcomeOptions extends WriteOptions, ReasonOptions {
  accepted?: true
  rejected?: true
  file?: string
  specHash?: string
}

async function votedText({ file, specHash }: OutcomeOptions): Promise<Hex | undefined> {
  if (file && specHash) throw inputError('usage', 'say the text that was voted on once: --file or --spec-hash')
  if (file) return fileHash(file)
  if (specHash === undefined || isHash(specHash)) return specHash?.toLowerCase() as Hex | undefined
  throw inputError('bad-hash', `"${specHash}" is no hash of 32 bytes`, { text: specHash })
}

async function recordOutcome(text: string, options: OutcomeOptions): Promise<void> {
  const nipId = parseNipId(text)
  if (!options.accepted === !options.rejected) throw inputError('usage', 'say one of --accepted and --rejected')
  const accepted = options.accepted === true
  const named = await votedText(options)
  const reasonHash = await reasonHashOf(options)
  await act(
    options,
    async network => {
      const specHash = named ?? (await proposalOf(network, nipId)).specHash
      const args = [nipId, specHash, accepted, reasonHash]
      return {
        title: `record the outcome of proposal ${nipId}`,
        calls: [{ contract: 'NipRegistry', function: 'recordOutcome', args }],
        effects: { nipId, specHash, accepted, to: accepted ? 'final' : 'rejected', reasonHash },
        rows: [
          ['then', accepted ? 'final: a version of its specification' : 'rejected'],
          ['text', specHash],
          ['reason', reasonHash],
        ],
      }
    },
    { restricted: true },
  )
}

interface OfficeOptions extends WriteOptions, ReasonOptions {
  spec?: string
  until?: string
}

async function setOffice(office: 'editor' | 'maintainer', text: string, options: OfficeOptions): Promise<void> {
  const holder = parseAddress(text)
  const until = options.until === undefined ? null : parseUtcSeconds(options.until)
  const reasonHash = await reasonHashOf(options)
  const functionName = `${until === null ? 'end' : 'grant'}${office === 'editor' ? 'Editor' : 'Maintainer'}`
  const of = options.spec === undefined ? [] : [specIdOf(options.spec)]
  const args = [...of, holder, ...(until === null ? [] : [until]), reasonHash]
  await act(
    options,
    async () => ({
      title: until === null ? `end a term as ${office}` : `give a term as ${office}`,
      calls: [{ contract: 'NipRegistry', function: functionName, args }],
      effects: { office, holder, spec: options.spec ?? null, until: timeOrNull(until), reasonHash },
      rows: [
        ['holder', holder],
        ...(options.spec === undefined ? [] : [['of', options.spec] as const]),
        ['until', until === null ? 'now' : formatUtcSeconds(until)],
        ['reason', reasonHash],
      ],
    }),
    { restricted: true },
  )
}
