import { viewCase } from '@nexus/governance/grievance/case'
import { grievanceAt } from '@nexus/governance/grievance/contracts'
import { commitmentOf } from '@nexus/governance/grievance/draw'
import { packRuling, remediesOf, remedyNames, rulingText } from '@nexus/governance/grievance/ruling'
import { inputError } from '@nexus/kit/errors'
import type { Command } from 'commander'
import { keccak256, stringToBytes } from 'viem'
import { z } from 'zod'
import { readJson, readText } from '../files.ts'
import { act, type WriteOptions } from '../records/act.ts'
import { hex32, keep, newSalt, onCase, parseCase, plain, planOn } from './options.ts'

/** What the arbiters of a panel do. */
export function panelCommands(grievance: Command): void {
  onCase(grievance, 'recuse', 'leave the seat of a panel empty, before committing').action(recuse)
  onCase(grievance, 'commit', 'commit to a ruling, as an arbiter of the panel; ruling and salt are kept in a file')
    .requiredOption('--file <file>', 'new file for ruling, reasons and salt')
    .option('--dismiss', 'dismiss the case')
    .option('--uphold <quarters>', 'uphold it, with so many quarters of the claim')
    .option('--remedies <names...>', 'with --uphold: of those that were asked for')
    .requiredOption('--reasons-file <file>', 'why (UTF-8); its keccak256 is revealed with the ruling')
    .action(commit)
  onCase(grievance, 'reveal', 'reveal what was committed to')
    .requiredOption('--file <file>', 'that `commit` wrote')
    .action(reveal)
}

async function recuse(text: string, options: WriteOptions): Promise<void> {
  const args = [parseCase(text)]
  await act(options, network =>
    planOn(network, text, 'leave the seat empty', { contract: 'GrievancePanels', function: 'recuse', args }),
  )
}

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
