import { caseTerms, filingCost, statisticsOf, subjectKinds, viewCase } from '@nexus/governance/grievance/case'
import { remediesOf, remedyNames } from '@nexus/governance/grievance/ruling'
import { saltedHash } from '@nexus/governance/grievance/settlement'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { withWrite } from '../act.ts'
import { readText } from '../files.ts'
import { type LookOptions, look, withLook } from '../look.ts'
import { emit } from '../output.ts'
import { amountText, assetAt, parseAmount } from '../policy/amounts.ts'
import { parseAddress, parseAepId } from '../policy/suite.ts'
import { act, type RecordPlan, type WriteOptions } from '../records/act.ts'
import { parseHash } from '../records/release.ts'
import { approval, CASE, keep, newSalt, onCase, parseCase, parseRail, plain, planOn } from './options.ts'
import { caseDocument, caseText } from './text.ts'

/** What parties do with a case, and what anybody does. */
export function caseCommands(grievance: Command): void {
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
  onCase(grievance, 'answer', 'answer a case, as its respondent')
    .requiredOption('--answer-file <file>', 'the answer (UTF-8)')
    .requiredOption('--salt-file <file>', 'new file for its salt')
    .action(answer)
  for (const [name, functionName, what] of simple)
    onCase(grievance, name, what).action((text: string, options: WriteOptions) =>
      act(options, network =>
        planOn(network, text, what, { contract: 'GrievanceRail', function: functionName, args: [parseCase(text)] }),
      ),
    )
  onCase(grievance, 'cite', 'put an evidence pack, or a salted hash of something else, before the arbiters')
    .option('--aep <id>', 'an anchored pack')
    .option('--hash <hash>', 'whatever else, salted')
    .action(cite)
  onCase(grievance, 'strike', 'record that a pack that was cited is void now: anyone')
    .requiredOption('--aep <id>', 'the pack')
    .action(strike)
  onCase(grievance, 'appeal', 'have a larger panel decide, once; pays the appeal bond').action(appeal)
}

const simple = [
  ['take-over', 'takeOver', 'take over a case that somebody filed for you'],
  ['withdraw', 'withdraw', 'withdraw a case, before its block is drawn; the bond goes back'],
  ['advance', 'advance', 'take a case where its time has brought it: anyone'],
] as const

async function show(text: string, options: LookOptions): Promise<void> {
  const view = await look(options, network => viewCase(network, parseCase(text)))
  emit(options.json === true, caseDocument(view), () => caseText(view))
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

async function strike(text: string, options: WriteOptions & { aep: string }): Promise<void> {
  const args = [parseCase(text), parseAepId(options.aep)]
  await act(options, network =>
    planOn(network, text, 'strike what was cited', { contract: 'GrievanceRail', function: 'strikeEvidence', args }),
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
