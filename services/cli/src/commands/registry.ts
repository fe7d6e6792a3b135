import {
  type ComponentView,
  componentIdOf,
  componentKinds,
  componentStatuses,
  findComponent,
  listComponents,
  type Proposed,
  parseKind,
  viewComponent,
} from '@nexus/governance/registry/component'
import { publishedFeed } from '@nexus/governance/registry/feed'
import { inputError } from '@nexus/kit/errors'
import { feedSpecBytes, feedSpecSchema } from '@nexus/kit/feed'
import { explainIssues } from '@nexus/kit/issues'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { Command } from 'commander'
import { bytesToHex, type Hex } from 'viem'
import { withWrite } from '../act.ts'
import { readJson } from '../files.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit, type Row, rows } from '../output.ts'
import type { Network } from '../policy/network.ts'
import { parseAddress } from '../policy/suite.ts'
import {
  act,
  type ReasonOptions,
  type RecordCall,
  type RecordPlan,
  reasonHashOf,
  type WriteOptions,
  withReason,
  withRole,
} from '../records/act.ts'
import { parseHash, prepareRelease, type ReleaseOptions } from '../records/release.ts'

type Reasoned = WriteOptions & ReasonOptions

const COMPONENT = 'id, or NAME or NAME@VERSION where only one is called so'

export function command(): Command {
  const registry = new Command('registry').description('components: who vouches for them, and what stands against them')
  withLook(registry.command('list'))
    .description('all components')
    .option('--kind <kind>', componentKinds.join(', '))
    .option('--status <status>', componentStatuses.slice(1).join(', '))
    .action(list)
  withLook(registry.command('show'))
    .description('a component: standing, case, linked feeds and their caps, history')
    .argument('<component>', COMPONENT)
    .action(show)
  withWrite(registry.command('propose'))
    .description('propose a version of an own component')
    .option('--pack <folder>', 'a sector pack')
    .option('--model <id>', 'with --pack: a model of it instead of the pack')
    .option('--code <folder>', "with --model: where its code is (default: the pack's ../../oracles)")
    .option('--kind <kind>', `instead of --pack: ${componentKinds.join(', ')}`)
    .option('--content <file|folder|hash>', 'with --kind: what is proposed')
    .option('--formula <id>', 'with --kind template: the published formula')
    .option('--feed <id>', 'with --kind template: for this feed only')
    .option('--name <name>', "default: the pack's or the model's")
    .option('--component-version <version>', "default: the pack's or the model's")
    .requiredOption('--sbom <file>', 'software bill of materials; its SHA-256 goes on chain')
    .requiredOption('--uri <uri>', 'where it can be had')
    .action(propose)
  withReason(withWrite(registry.command('answer')))
    .description('answer a case, once: publisher or maintainer')
    .argument('<component>', COMPONENT)
    .action((text: string, options: Reasoned) => own('answer', text, options))
  withWrite(registry.command('withdraw'))
    .description('take back what is only proposed: publisher')
    .argument('<component>', COMPONENT)
    .action(withdraw)
  withWrite(registry.command('name-maintainer'))
    .description('say who may answer beside the publisher: publisher')
    .argument('<component>', COMPONENT)
    .requiredOption('--maintainer <address>', 'the zero address: nobody')
    .action(nameMaintainer)
  withWrite(registry.command('link-feed'))
    .description('link a feed to the model whose code it names: anyone')
    .option('--feed <id>', 'published feed')
    .option('--spec <file>', 'or its specification (JSON)')
    .action(linkFeed)
  withWrite(registry.command('enforce'))
    .description("bring the cap of a feed in line with its model's standing: anyone")
    .argument('<feed>', 'id of a linked feed')
    .action(enforce)
  withReason(withRole(registry.command('certify')))
    .description('give a component its levels and an expiry (CERTIFYING)')
    .argument('<component>', COMPONENT)
    .requiredOption('--cl <n>', 'conformance level, 1 to 4')
    .requiredOption('--eql <n>', 'most that evidence made with it is worth, 1 to 4')
    .requiredOption('--expires <time>', 'UTC, a day to two years ahead')
    .action(certify)
  for (const [name, functionName, what] of supervising)
    withReason(withRole(registry.command(name)))
      .description(what)
      .argument('<component>', COMPONENT)
      .option('--enforce <feeds...>', 'in the same transaction: feeds beyond the first 16 that were linked')
      .option('--terms <hashes...>', 'in the same transaction: terms that a delisted template has')
      .action((text: string, options: SupervisionOptions) => supervise(functionName, text, options))
  return registry
}

const supervising = [
  ['open-case', 'openCase', 'say what is held against a component (SUPERVISION)'],
  ['suspend', 'suspend', 'suspend for 90 days, once it was answered or 14 days passed (SUPERVISION)'],
  ['suspend-urgently', 'suspendUrgently', 'suspend at once, for 7 days (ALARM)'],
  ['confirm', 'confirm', 'make an urgent suspension an ordinary one (SUPERVISION)'],
  ['dismiss', 'dismiss', 'close a case and lift its suspension (SUPERVISION)'],
  ['delist', 'delist', 'delist what is suspended (SUPERVISION)'],
] as const

/** What each leaves the component in. */
const leavesIn: Record<(typeof supervising)[number][1], string> = {
  openCase: 'as it is, under a case that can be answered for 14 days',
  suspend: 'suspended for 90 days; evidence made with it counts at level 1',
  suspendUrgently: 'suspended for 7 days unless confirmed; evidence made with it counts at level 1',
  confirm: 'suspended for 90 days from now',
  dismiss: 'certified, without a case',
  delist: 'delisted, until it is certified again',
}

const titles: typeof leavesIn = {
  openCase: 'open a case against a component',
  suspend: 'suspend a component',
  suspendUrgently: 'suspend a component urgently',
  confirm: 'confirm an urgent suspension',
  dismiss: 'dismiss a case',
  delist: 'delist a component',
}

async function list(options: LookOptions & { kind?: string; status?: string }): Promise<void> {
  const kind = options.kind === undefined ? null : parseKind(options.kind)
  const status = options.status ?? null
  if (status !== null && !componentStatuses.some(known => known === status))
    throw inputError('bad-status', `"${status}" is no status; known: ${componentStatuses.slice(1).join(', ')}`, {
      status,
    })
  const all = (await look(options, listComponents)).filter(
    one => (kind === null || one.kind === kind) && (status === null || one.status === status),
  )
  emit(options.json === true, all.map(withTimes), () =>
    all.length === 0
      ? 'there are no such components'
      : all
          .map(
            one =>
              `${one.status.padEnd(9)}  ${one.kind.padEnd(11)}  ${one.conformanceLevel ? `CL${one.conformanceLevel} EQL${one.eql}` : '–       '}  ${printable(one.name)}@${one.version}  ${one.componentId}`,
          )
          .join('\n'),
  )
}

const timeOrNull = (seconds: number) => (seconds === 0 ? null : formatUtcSeconds(seconds))

const withTimes = <T extends { expiresAt: number }>(one: T) => ({ ...one, expiresAt: timeOrNull(one.expiresAt) })

async function show(text: string, options: LookOptions): Promise<void> {
  const view = await look(options, async network =>
    viewComponent(network, await findComponent(network, text, { latest: true })),
  )
  const document = {
    ...withTimes(view),
    certifiedAt: timeOrNull(view.certifiedAt),
    case: view.case && {
      ...view.case,
      openedAt: formatUtcSeconds(view.case.openedAt),
      suspendedUntil: timeOrNull(view.case.suspendedUntil),
      nextUrgentAt: timeOrNull(view.case.nextUrgentAt),
    },
    history: view.history.map(one => ({ ...one, at: formatUtcSeconds(one.at) })),
  }
  emit(options.json === true, document, () => componentText(view))
}

function componentText(view: ComponentView): string {
  const { case: found } = view
  const optional = (name: string, value: string | null): [string, string][] => (value === null ? [] : [[name, value]])
  const about: Row[] = [
    ['status', view.status],
    ['publisher', view.publisher],
    ...optional('maintainer', view.maintainer),
    ...optional(
      'certified',
      view.certifier &&
        `CL${view.conformanceLevel}, EQL ${view.eql}, by ${view.certifier}, ${formatUtcSeconds(view.certifiedAt)} to ${formatUtcSeconds(view.expiresAt)}`,
    ),
    ['worth now', `evidence made with it is worth level ${view.mostEql} at most`],
    ['content', `${view.contentHash}${view.holdsContent ? '' : ' (certified as no component, or as another)'}`],
    ['sbom', view.sbomHash],
    ['at', view.uri],
    ...optional(
      'case',
      found &&
        `${found.state}, opened ${formatUtcSeconds(found.openedAt)}, ${found.answered ? 'answered' : 'not answered'}${found.suspendedUntil ? `, suspended until ${formatUtcSeconds(found.suspendedUntil)}` : ''}`,
    ),
    ...view.feeds.map(({ feedId, cap, inLine }): [string, string] => [
      'feed',
      `${feedId} ${cap === 4 ? 'not capped' : `capped at level ${cap}`}${inLine ? '' : `, its standing says ${view.mostEql}: run \`nexus registry enforce\``}`,
    ]),
    ...view.history.map(({ event, at, by, reasonHash }): [string, string] => [
      'history',
      `${formatUtcSeconds(at)} ${event}${by ? ` by ${by}` : ''}${reasonHash ? `, reason ${reasonHash}` : ''}`,
    ]),
  ]
  return rows(`${view.kind} ${view.name}@${view.version}  ${view.componentId}`, about)
}

async function propose(options: WriteOptions & ReleaseOptions): Promise<void> {
  const { kind, release, source, template, versionText } = await prepareRelease(options)
  await act(options, async (_, account): Promise<RecordPlan> => {
    const publisher = await account()
    const componentId = componentIdOf(kind, publisher, release.name, release.version)
    const call: RecordCall = template
      ? {
          contract: 'ComponentRegistry',
          function: 'proposeTemplate',
          args: [template.formulaId, template.feedId, release],
        }
      : { contract: 'ComponentRegistry', function: 'propose', args: [componentKinds.indexOf(kind), release] }
    return {
      title: `propose a ${kind}`,
      calls: [call],
      effects: { componentId, kind, publisher, ...release, version: versionText },
      rows: [
        ['component', `${release.name}@${versionText}`],
        ['id', componentId],
        ['publisher', publisher],
        ['content', `${release.contentHash} (${source})`],
        ['sbom', `${release.sbomHash} (SHA-256 of ${options.sbom})`],
        ['at', release.uri],
      ],
    }
  })
}

interface About {
  title: string
  effects?: Record<string, unknown>
  rows?: readonly [string, string][]
  also?: readonly RecordCall[]
}

/** One call about one component, with what it is called and the standing it has before. */
async function planOn(
  network: Network,
  text: string,
  call: (component: Proposed) => { function: string; args: readonly unknown[] },
  { title, effects = {}, rows = [], also = [] }: About,
): Promise<RecordPlan> {
  const component = await findComponent(network, text)
  const { status, mostEql, feeds } = await viewComponent(network, component)
  const { componentId, kind, name, version } = component
  return {
    title,
    calls: [{ contract: 'ComponentRegistry', ...call(component) }, ...also],
    effects: { componentId, kind, name, version, status, mostEql, linkedFeeds: feeds.length, ...effects },
    rows: [
      ['component', `${kind} ${name}@${version}`],
      ['id', componentId],
      ['now', `${status}${feeds.length ? `, ${feeds.length} feeds linked` : ''}`],
      ...rows,
    ],
  }
}

async function own(functionName: string, text: string, options: Reasoned): Promise<void> {
  const answerHash = await reasonHashOf(options)
  await act(options, network =>
    planOn(network, text, ({ componentId }) => ({ function: functionName, args: [componentId, answerHash] }), {
      title: 'answer a case',
      effects: { answerHash },
      rows: [['answer', answerHash]],
    }),
  )
}

async function withdraw(text: string, options: WriteOptions): Promise<void> {
  await act(options, network =>
    planOn(network, text, ({ componentId }) => ({ function: 'withdraw', args: [componentId] }), {
      title: 'withdraw a component',
    }),
  )
}

async function nameMaintainer(text: string, options: WriteOptions & { maintainer: string }): Promise<void> {
  const maintainer = parseAddress(options.maintainer)
  await act(options, network =>
    planOn(network, text, ({ componentId }) => ({ function: 'nameMaintainer', args: [componentId, maintainer] }), {
      title: 'name a maintainer',
      effects: { maintainer },
      rows: [['maintainer', maintainer]],
    }),
  )
}

async function specificationOf(network: Network, { feed, spec }: { feed?: string; spec?: string }): Promise<Hex> {
  if (feed !== undefined) return publishedFeed(network, parseHash(feed, '--feed'))
  const json = await readJson(`${spec}`)
  const parsed = feedSpecSchema.safeParse(json)
  if (parsed.success) return bytesToHex(feedSpecBytes(parsed.data))
  const problems = explainIssues(parsed.error, json)
  throw inputError('bad-feed', `${spec} is no feed specification: ${problems[0]}`, { file: spec, problems })
}

async function linkFeed(options: WriteOptions & { feed?: string; spec?: string }): Promise<void> {
  if ((options.feed === undefined) === (options.spec === undefined))
    throw inputError('usage', 'say which feed: --feed ID or --spec FILE')
  await act(options, async network => {
    const specification = await specificationOf(network, options)
    return {
      title: 'link a feed to its model',
      calls: [{ contract: 'ComponentRegistry', function: 'linkFeed', args: [specification] }],
      effects: {},
      rows: [],
      result: value => {
        const [feedId, componentId] = value as readonly [Hex, Hex] // what linkFeed returns
        return {
          effects: { feedId, componentId },
          rows: [
            ['feed', feedId],
            ['model', componentId],
          ],
        }
      },
    }
  })
}

async function enforce(text: string, options: WriteOptions): Promise<void> {
  const feedId = parseHash(text, 'feed')
  await act(options, async () => ({
    title: 'bring the cap of a feed in line',
    calls: [{ contract: 'ComponentRegistry', function: 'enforce', args: [feedId] }],
    effects: { feedId },
    rows: [['feed', feedId]],
    result: mostEql => ({
      effects: { mostEql },
      rows: [['then', mostEql === 4 ? 'not capped' : `new reports have level ${mostEql} at most`]],
    }),
  }))
}

function parseLevel(text: string, what: string): number {
  if (/^[1-4]$/.test(text)) return Number(text)
  throw inputError('bad-level', `${what}: "${text}" is no level: they are 1 to 4`, { what, text })
}

async function certify(text: string, options: Reasoned & { cl: string; eql: string; expires: string }): Promise<void> {
  const [conformanceLevel, eql] = [parseLevel(options.cl, '--cl'), parseLevel(options.eql, '--eql')]
  const expiresAt = parseUtcSeconds(options.expires)
  const reasonHash = await reasonHashOf(options)
  await act(
    options,
    network =>
      planOn(
        network,
        text,
        ({ componentId }) => ({
          function: 'certify',
          args: [componentId, conformanceLevel, eql, expiresAt, reasonHash],
        }),
        {
          title: 'certify a component',
          effects: { conformanceLevel, eql, expiresAt: formatUtcSeconds(expiresAt), reasonHash },
          rows: [
            ['then', `certified CL${conformanceLevel}, EQL ${eql}, until ${formatUtcSeconds(expiresAt)}`],
            ['reason', reasonHash],
          ],
        },
      ),
    { restricted: true },
  )
}

interface SupervisionOptions extends WriteOptions, ReasonOptions {
  enforce?: string[]
  terms?: string[]
}

async function supervise(
  functionName: keyof typeof leavesIn,
  text: string,
  options: SupervisionOptions,
): Promise<void> {
  const reasonHash = await reasonHashOf(options)
  const also: RecordCall[] = [
    ...(options.enforce ?? []).map(
      (feed): RecordCall => ({
        ...{ contract: 'ComponentRegistry', function: 'enforce', args: [parseHash(feed, '--enforce')] },
      }),
    ),
    ...(options.terms ?? []).map(
      (terms): RecordCall => ({
        ...{ contract: 'TermsStore', function: 'enforceTerms', args: [parseHash(terms, '--terms')] },
      }),
    ),
  ]
  const then = leavesIn[functionName]
  await act(
    options,
    network =>
      planOn(network, text, ({ componentId }) => ({ function: functionName, args: [componentId, reasonHash] }), {
        title: titles[functionName],
        effects: { then, reasonHash },
        rows: [
          ['then', then],
          ['reason', reasonHash],
        ],
        also,
      }),
    { restricted: true },
  )
}
