import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import {
  arbiterBond,
  type CaseView,
  caseTerms,
  filingCost,
  grievanceAt,
  listArbiters,
  orderKinds,
  statisticsOf,
  subjectKinds,
  viewCase,
} from '@nexus/governance/grievance/case'
import { commitmentOf } from '@nexus/governance/grievance/draw'
import { packRuling, remediesOf, remedyNames, rulingText } from '@nexus/governance/grievance/ruling'
import { saltedHash, settlementData } from '@nexus/governance/grievance/settlement'
import { inputError } from '@nexus/kit/errors'
import { printable } from '@nexus/kit/printable'
import { formatUtcSeconds, parseUtcSeconds } from '@nexus/kit/time'
import { Command } from 'commander'
import { type Address, bytesToHex, type Hex, isHash, keccak256, stringToBytes } from 'viem'
import { z } from 'zod'
import { withWrite } from '../act.ts'
import { readJson, readText } from '../files.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit } from '../output.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import { type Network, openNetwork } from '../policy/network.ts'
import { signerOf, withSigner } from '../policy/signer.ts'
import { parseAddress } from '../policy/suite.ts'
import { act, type RecordCall, type RecordPlan, type WriteOptions } from '../records/act.ts'
import { parseHash } from '../records/release.ts'

const CASE = 'number of the case'

export function command(): Command {
  const grievance = new Command('grievance').description('cases: a complaint, its answer, its panel, what was ordered')
  withLook(grievance.command('show'))
    .description('a case: where it stands, until when, what follows, and all that happened')
    .argument('<case>', CASE)
    .action(show)
  withLook(grievance.command('stats'))
    .description('what became of the cases of a rail')
    .option('--rail <n>', 'number of a rail; 0 is none of them', '0')
    .action(stats)
  withWrite(grievance.command('open'))
    .description('open a case; pays the bond')
    .requiredOption('--respondent <address>', 'who is complained of')
    .option('--for <address>', 'whose complaint it is, if not the own')
    .option('--rail <n>', 'the rail it concerns', '0')
    .option('--about <kind:id>', `what it concerns: ${subjectKinds.slice(1).join(', ')}`)
    .requiredOption('--claim-file <file>', 'the claim (UTF-8); a salted hash of it goes on chain')
    .requiredOption('--salt-file <file>', 'new file for its salt, to be shown to the arbiters')
    .option('--compensation <amount>', 'base units, or with the unit', '0')
    .option('--remedies <names...>', 'suspension, delisting, correction, apology')
    .action(open)
  withWrite(grievance.command('answer'))
    .description('answer a case, as its respondent')
    .argument('<case>', CASE)
    .requiredOption('--answer-file <file>', 'the answer (UTF-8)')
    .requiredOption('--salt-file <file>', 'new file for its salt')
    .action(answer)
  for (const [name, functionName, what] of simple)
    withWrite(grievance.command(name))
      .description(what)
      .argument('<case>', CASE)
      .action((text: string, options: WriteOptions) => simply(functionName, what, text, options))
  withWrite(grievance.command('cite'))
    .description('put an evidence pack, or a salted hash of something else, before the arbiters')
    .argument('<case>', CASE)
    .option('--aep <id>', 'an anchored pack')
    .option('--hash <hash>', 'whatever else, salted')
    .action(cite)
  withSigner(grievance.command('sign-settlement'))
    .description('sign how to settle; writes a file for the other side, or adds to theirs')
    .argument('<case>', CASE)
    .requiredOption('--file <file>', 'the settlement; made if it is not there')
    .option('--pays <amount>', 'base units that the respondent pays', '0')
    .option('--apology', 'the respondent will post one')
    .option('--text <file>', 'what was agreed, in words')
    .option('--expires <time>', 'UTC, exclusive')
    .option('--rpc <url>', "the chain's JSON-RPC endpoint")
    .option('--manifest <file>', "addresses of the suite (default: the last run's)")
    .action(signSettlement)
  withWrite(grievance.command('settle'))
    .description('carry a settlement that both sides signed')
    .argument('<case>', CASE)
    .requiredOption('--file <file>', 'the settlement')
    .action(settle)
  withWrite(grievance.command('commit'))
    .description('commit to a ruling, as an arbiter of the panel; ruling and salt are kept in a file')
    .argument('<case>', CASE)
    .requiredOption('--file <file>', 'new file for ruling, reasons and salt')
    .option('--dismiss', 'dismiss the case')
    .option('--uphold <quarters>', 'uphold it, with so many quarters of the claim')
    .option('--remedies <names...>', 'with --uphold: of those that were asked for')
    .requiredOption('--reasons-file <file>', 'why (UTF-8); its keccak256 is revealed with the ruling')
    .action(commit)
  withWrite(grievance.command('reveal'))
    .description('reveal what was committed to')
    .argument('<case>', CASE)
    .requiredOption('--file <file>', 'that `commit` wrote')
    .action(reveal)
  withWrite(grievance.command('appeal'))
    .description('have a larger panel decide, once; pays the appeal bond')
    .argument('<case>', CASE)
    .action(appeal)
  withWrite(grievance.command('apologise'))
    .description('post the apology that was ordered, as the respondent')
    .argument('<case>', CASE)
    .requiredOption('--text-file <file>', 'the apology (UTF-8)')
    .requiredOption('--uri <uri>', 'where it can be read')
    .action(apologise)
  withWrite(grievance.command('miss'))
    .description('record that an order was not carried out in time: anyone')
    .argument('<case>', CASE)
    .argument('<order>', orderKinds.join(', '))
    .action(miss)
  withWrite(grievance.command('prove-correction'))
    .description('show that the revision that was ordered is final: anyone')
    .argument('<case>', CASE)
    .argument('<aep>', 'id of the revision')
    .action(proveCorrection)
  withWrite(grievance.command('collect'))
    .description('send somebody what grievances owe them: anyone')
    .argument('<address>', 'who')
    .action(collect)
  arbiterCommands(grievance.command('arbiters').description('who can be drawn'))
  return grievance
}

const simple = [
  ['take-over', 'takeOver', 'take over a case that somebody filed for you'],
  ['withdraw', 'withdraw', 'withdraw a case, before its block is drawn; the bond goes back'],
  ['recuse', 'recuse', 'leave the seat of a panel empty, before committing'],
  ['advance', 'advance', 'take a case where its time has brought it: anyone'],
  ['award', 'award', 'have the commons award what they can of the compensation: anyone'],
  ['proceed', 'proceed', 'take the next step against a component that a ruling names: anyone'],
] as const

function arbiterCommands(arbiters: Command): void {
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
}

const parseCase = (text: string): bigint => {
  if (/^[1-9]\d{0,18}$/.test(text)) return BigInt(text)
  throw inputError('bad-case', `"${text}" is no number of a case`, { text })
}

const parseRail = (text: string): bigint => {
  if (/^(0|[1-9]\d{0,17})$/.test(text)) return BigInt(text)
  throw inputError('bad-rail', `"${text}" is no number of a rail`, { text })
}

/** New files only: a salt that is written over is a claim that cannot be shown any more. */
async function keep(file: string, text: string): Promise<void> {
  if (existsSync(file)) throw inputError('file-exists', `${file} is there already, and is not written over`, { file })
  await writeFile(file, text, { flag: 'wx', mode: 0o600 })
}

const newSalt = (): Hex => bytesToHex(randomBytes(32))

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))

async function show(text: string, options: LookOptions): Promise<void> {
  const view = await look(options, network => viewCase(network, parseCase(text)))
  const document = {
    ...(plain(view) as Record<string, unknown>),
    deadline: view.deadline === 0 ? null : formatUtcSeconds(view.deadline),
    orders: view.orders.map(one => ({ ...one, until: formatUtcSeconds(one.until) })),
    timeline: view.timeline.map(({ at, event, args }) => ({ at: formatUtcSeconds(at), event, args: plain(args) })),
  }
  emit(options.json === true, document, () => caseText(view))
}

function caseText(view: CaseView): string {
  const rows: [string, string][] = [
    ['state', view.state === 'closed' ? `closed: ${view.outcome}` : `${view.state}, panel ${view.instance}`],
    ...(view.deadline === 0
      ? []
      : [['until', `${formatUtcSeconds(view.deadline)}; then, by default: ${view.next}`] as [string, string]]),
    ...(view.ruling === null ? [] : [['ruling', view.ruling] as [string, string]]),
    ['complainant', `${view.complainant}${view.takenOver ? ' (alone)' : ''}`],
    ['respondent', `${view.respondent}${view.answered ? '' : ' (did not answer)'}`],
    ['claims', `${view.claimedAssets} base units${view.requested.map(one => `, ${one}`).join('')}`],
    ...view.seats.map(({ instance, arbiter, state, ruling }): [string, string] => [
      `panel ${instance}`,
      `${arbiter} ${ruling ?? state}`,
    ]),
    ...view.orders.map(({ kind, state, until }): [string, string] => [
      'order',
      `${kind}: ${state}${state === 'open' ? `, until ${formatUtcSeconds(until)}` : ''}`,
    ]),
    ...view.timeline.map(({ at, event, args }): [string, string] => [
      formatUtcSeconds(at),
      `${event} ${Object.entries(args)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`,
    ]),
  ]
  return [`case ${view.caseId}`, ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${printable(value)}`)].join('\n')
}

async function stats(options: LookOptions & { rail: string }): Promise<void> {
  const found = await look(options, network => statisticsOf(network, parseRail(options.rail)))
  const document = plain(found) as Record<string, number | string>
  emit(options.json === true, document, () =>
    Object.entries(document)
      .map(([name, value]) => `${name.padEnd(12)} ${value}`)
      .join('\n'),
  )
}

async function showArbiters(options: LookOptions): Promise<void> {
  const all = await look(options, listArbiters)
  emit(options.json === true, plain(all), () =>
    all.length === 0
      ? 'there are no arbiters'
      : all.map(one => `${one.arbiter}  ${one.leftAt ? 'has left' : one.listed ? 'on the list' : 'joined'}`).join('\n'),
  )
}

/** What has to be approved before a bond can be taken; nothing for nothing. */
const approval = (asset: Address, spender: Address, assets: bigint): RecordCall[] =>
  assets === 0n ? [] : [{ contract: 'Asset', address: asset, function: 'approve', args: [spender, assets] }]

interface OpenOptions extends WriteOptions {
  respondent: string
  for?: string
  rail: string
  about?: string
  claimFile: string
  saltFile: string
  compensation: string
  remedies?: string[]
}

async function open(options: OpenOptions): Promise<void> {
  const [kindText = 'none', idText] = options.about?.split(':') ?? []
  const subjectKind = (subjectKinds as readonly string[]).indexOf(kindText)
  if (subjectKind < 0) throw inputError('bad-subject', `"${kindText}" is nothing that a case is about`, { kindText })
  const subjectId = idText === undefined ? (`0x${'0'.repeat(64)}` as const) : parseHash(idText, '--about')
  const remedies = remediesOf(options.remedies ?? [])
  const salt = newSalt()
  const claimHash = saltedHash(await readText(options.claimFile), salt)
  await act(options, async (network, account): Promise<RecordPlan> => {
    const filer = await account()
    const complainant = options.for === undefined ? filer : parseAddress(options.for)
    const respondent = parseAddress(options.respondent)
    const { bondAssets, waived, asset, spender } = await filingCost(network, filer)
    const token = await assetAt(network, asset)
    const claimedAssets = parseAmount(options.compensation, token)
    // kept before anything is sent: without it the claim could not be shown
    if (!options.dryRun) await keep(options.saltFile, `${salt}\n`)
    const filing = {
      ...{ complainant, respondent, railId: parseRail(options.rail), subjectKind, subjectId, claimHash },
      ...{ claimedAssets, remedies },
    }
    return {
      title: 'open a case',
      calls: [...approval(asset, spender, bondAssets), { contract: 'GrievanceRail', function: 'open', args: [filing] }],
      effects: { ...(plain(filing) as object), remedies: remedyNames(remedies), bondAssets: `${bondAssets}`, waived },
      rows: [
        ['complainant', complainant],
        ['respondent', respondent],
        [
          'claims',
          `${amountText(claimedAssets, token)}${remedyNames(remedies)
            .map(one => `, ${one}`)
            .join('')}`,
        ],
        ['claim', `${claimHash}, salt in ${options.saltFile}`],
        ['bond', waived ? 'waived' : `${amountText(bondAssets, token)}; back unless the case is dismissed`],
      ],
    }
  })
}

async function answer(text: string, options: WriteOptions & { answerFile: string; saltFile: string }): Promise<void> {
  const salt = newSalt()
  const answerHash = saltedHash(await readText(options.answerFile), salt)
  await act(options, async network => {
    const plan = await planOn(network, text, 'answer a case', {
      ...{ contract: 'GrievanceRail', function: 'answer', args: [parseCase(text), answerHash] },
    })
    if (!options.dryRun) await keep(options.saltFile, `${salt}\n`)
    return { ...plan, effects: { ...plan.effects, answerHash }, rows: [...plan.rows, ['answer', answerHash]] }
  })
}

/** One call about one case, with where it stands. */
async function planOn(network: Network, text: string, title: string, ...calls: RecordCall[]): Promise<RecordPlan> {
  const view = await viewCase(network, parseCase(text))
  const until = view.deadline === 0 ? null : formatUtcSeconds(view.deadline)
  return {
    ...{ title, calls },
    effects: { caseId: `${view.caseId}`, state: view.state, until },
    rows: [
      ['case', `${view.caseId}, ${view.complainant} against ${view.respondent}`],
      ['now', `${view.state}${until ? ` until ${until}; then, by default: ${view.next}` : ''}`],
    ],
  }
}

async function simply(
  functionName: (typeof simple)[number][1],
  title: string,
  text: string,
  options: WriteOptions,
): Promise<void> {
  const contract =
    functionName === 'recuse'
      ? 'GrievancePanels'
      : functionName === 'award' || functionName === 'proceed'
        ? 'GrievanceOrders'
        : 'GrievanceRail'
  await act(options, network =>
    planOn(network, text, title, { contract, function: functionName, args: [parseCase(text)] }),
  )
}

async function cite(text: string, options: WriteOptions & { aep?: string; hash?: string }): Promise<void> {
  if ((options.aep === undefined) === (options.hash === undefined))
    throw inputError('usage', 'say what is shown: --aep ID or --hash HASH')
  const [functionName, exhibit] =
    options.aep === undefined
      ? (['commitEvidence', parseHash(`${options.hash}`, '--hash')] as const)
      : (['citeEvidence', parseHash(options.aep, '--aep')] as const)
  await act(options, network =>
    planOn(network, text, 'put an exhibit before the arbiters', {
      ...{ contract: 'GrievanceRail', function: functionName, args: [parseCase(text), exhibit] },
    }),
  )
}

async function appeal(text: string, options: WriteOptions): Promise<void> {
  await act(options, async (network, account) => {
    const caseId = parseCase(text)
    const { appealBondAssets } = await caseTerms(network, caseId)
    const { asset, spender } = await filingCost(network, await account())
    const token = await assetAt(network, asset)
    const plan = await planOn(...([network, text, 'appeal'] as const), ...approval(asset, spender, appealBondAssets), {
      contract: 'GrievanceRail',
      function: 'appeal',
      args: [caseId],
    })
    const bond = `${amountText(appealBondAssets, token)}; back if the second panel gives you more`
    return {
      ...plan,
      effects: { ...plan.effects, bondAssets: `${appealBondAssets}` },
      rows: [...plan.rows, ['bond', bond]],
    }
  })
}

const hex32 = z.string().regex(/^0x[0-9a-f]{64}$/) as unknown as z.ZodType<Hex>
const rulingFile = z.strictObject({
  caseId: z.string(),
  instance: z.int(),
  arbiter: z.string(),
  ruling: z.int().min(0).max(255),
  reasonsHash: hex32,
  salt: hex32,
})

interface CommitOptions extends WriteOptions {
  file: string
  dismiss?: true
  uphold?: string
  remedies?: string[]
  reasonsFile: string
}

async function commit(text: string, options: CommitOptions): Promise<void> {
  if ((options.dismiss === undefined) === (options.uphold === undefined))
    throw inputError('usage', 'say what is ruled: --dismiss or --uphold QUARTERS')
  const remedies = remedyNames(remediesOf(options.remedies ?? []))
  const ruling = packRuling({ upheld: !options.dismiss, quarters: Number(options.uphold ?? 0), remedies })
  const reasonsHash = keccak256(stringToBytes(await readText(options.reasonsFile)))
  await act(options, async (network, account) => {
    const caseId = parseCase(text)
    const { instance, requested } = await viewCase(network, caseId)
    const surplus = remedies.filter(one => !requested.includes(one))
    if (surplus.length > 0)
      throw inputError('not-requested', `nobody asked for ${surplus.join(', ')}: it could not be revealed`, { surplus })
    const arbiter = await account()
    const { panels } = grievanceAt(network.manifest)
    const court = { chainId: network.manifest.chainId, panels }
    const made = { caseId, instance, arbiter, ruling, reasonsHash, salt: newSalt() }
    const commitment = commitmentOf(court, made)
    // kept before it is sent: a commitment that cannot be revealed costs a penalty
    if (!options.dryRun) await keep(options.file, `${JSON.stringify(plain(made), null, 2)}\n`)
    const plan = await planOn(network, text, 'commit to a ruling', {
      ...{ contract: 'GrievancePanels', function: 'commit', args: [caseId, commitment] },
    })
    return {
      ...plan,
      effects: { ...plan.effects, commitment, ruling: rulingText(ruling), file: options.file },
      rows: [...plan.rows, ['ruling', rulingText(ruling)], ['kept in', `${options.file}: needed to reveal`]],
    }
  })
}

async function reveal(text: string, options: WriteOptions & { file: string }): Promise<void> {
  const parsed = rulingFile.safeParse(await readJson(options.file))
  if (!parsed.success) throw inputError('bad-ruling-file', `${options.file} is none that \`commit\` wrote`, {})
  const { caseId, ruling, reasonsHash, salt } = parsed.data
  if (caseId !== text) throw inputError('other-case', `${options.file} is of case ${caseId}`, { caseId })
  await act(options, async network => {
    const plan = await planOn(network, text, 'reveal a ruling', {
      ...{ contract: 'GrievancePanels', function: 'reveal', args: [BigInt(caseId), ruling, reasonsHash, salt] },
    })
    return { ...plan, rows: [...plan.rows, ['ruling', rulingText(ruling)], ['reasons', reasonsHash]] }
  })
}

const settlementFile = z.strictObject({
  caseId: z.string(),
  assets: z.string(),
  apology: z.boolean(),
  textHash: hex32,
  expiresAt: z.int(),
  signatures: z.record(z.string(), z.string().regex(/^0x[0-9a-f]+$/)),
})
type SettlementFile = z.infer<typeof settlementFile>

async function readSettlement(file: string, text: string): Promise<SettlementFile> {
  const parsed = settlementFile.safeParse(await readJson(file))
  if (!parsed.success) throw inputError('bad-settlement', `${file} is no settlement`, { file })
  if (parsed.data.caseId !== text) throw inputError('other-case', `${file} is of case ${parsed.data.caseId}`, { file })
  return parsed.data
}

interface SettlementOptions {
  file: string
  pays: string
  apology?: true
  text?: string
  expires?: string
}

async function signSettlement(
  text: string,
  options: SettlementOptions & {
    rpc?: string
    manifest?: string
    keystore?: string
    passphrase?: string
    keyEnv?: string
  },
): Promise<void> {
  const caseId = parseCase(text)
  const network = await openNetwork(options)
  const account = await signerOf(options)
  const { rail } = grievanceAt(network.manifest)
  let terms: SettlementFile
  if (existsSync(options.file)) terms = await readSettlement(options.file, text)
  else {
    if (!options.text || !options.expires)
      throw inputError('usage', 'a new settlement needs --text FILE and --expires TIME')
    const { asset } = await filingCost(network, account.address)
    terms = {
      ...{ caseId: text, assets: `${parseAmount(options.pays, await assetAt(network, asset))}` },
      ...{ apology: options.apology === true, textHash: keccak256(stringToBytes(await readText(options.text))) },
      ...{ expiresAt: parseUtcSeconds(options.expires), signatures: {} },
    }
  }
  const { signatures, assets, apology, textHash, expiresAt } = terms
  const message = { caseId, assets: BigInt(assets), apology, textHash, expiresAt }
  const signature = await account.signTypedData(settlementData(network.manifest.chainId, rail, message))
  const signed = { ...terms, signatures: { ...signatures, [account.address]: signature } }
  await writeFile(options.file, `${JSON.stringify(signed, null, 2)}\n`)
  emit(
    false,
    null,
    () => `${account.address} signed: the respondent pays ${assets} base units${apology ? ' and apologises' : ''}`,
  )
}

async function settle(text: string, options: WriteOptions & { file: string }): Promise<void> {
  const { assets, apology, textHash, expiresAt, signatures } = await readSettlement(options.file, text)
  await act(options, async network => {
    const { complainant, respondent } = await viewCase(network, parseCase(text))
    const [theirs, other] = [signatures[complainant], signatures[respondent]]
    if (!theirs || !other)
      throw inputError('not-signed', `${theirs ? respondent : complainant} has not signed ${options.file}`, {})
    const terms = { assets: BigInt(assets), apology, textHash, expiresAt }
    const plan = await planOn(network, text, 'settle a case', {
      ...{ contract: 'GrievanceRail', function: 'settle', args: [parseCase(text), terms, theirs, other] },
    })
    const then = `the respondent pays ${assets} base units${apology ? ' and owes an apology' : ''}; the case is closed`
    return { ...plan, effects: { ...plan.effects, assets, apology }, rows: [...plan.rows, ['then', then]] }
  })
}

async function apologise(text: string, options: WriteOptions & { textFile: string; uri: string }): Promise<void> {
  const textHash = keccak256(stringToBytes(await readText(options.textFile)))
  await act(options, network =>
    planOn(network, text, 'apologise', {
      ...{ contract: 'GrievanceOrders', function: 'apologise', args: [parseCase(text), textHash, options.uri] },
    }),
  )
}

async function miss(text: string, kind: string, options: WriteOptions): Promise<void> {
  const index = (orderKinds as readonly string[]).indexOf(kind)
  if (index < 0) throw inputError('bad-order', `"${kind}" is no order; known: ${orderKinds.join(', ')}`, { kind })
  await act(options, network =>
    planOn(network, text, 'record that an order was missed', {
      ...{ contract: 'GrievanceOrders', function: 'miss', args: [parseCase(text), index] },
    }),
  )
}

async function proveCorrection(text: string, aep: string, options: WriteOptions): Promise<void> {
  const args = [parseCase(text), parseHash(aep, 'aep')]
  await act(options, network =>
    planOn(network, text, 'prove a correction', { contract: 'GrievanceOrders', function: 'proveCorrection', args }),
  )
}

async function collect(text: string, options: WriteOptions): Promise<void> {
  const owner = parseAddress(text)
  await act(options, async () => ({
    title: 'send somebody what grievances owe them',
    calls: [{ contract: 'GrievanceLedger', function: 'withdraw', args: [owner] }],
    effects: { owner },
    rows: [['to', owner]],
  }))
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
