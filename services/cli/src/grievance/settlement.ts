import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { filingCost, viewCase } from '@nexus/governance/grievance/case'
import { grievanceAt } from '@nexus/governance/grievance/contracts'
import { settlementData } from '@nexus/governance/grievance/settlement'
import { inputError } from '@nexus/kit/errors'
import { parseUtcSeconds } from '@nexus/kit/time'
import type { Command } from 'commander'
import { keccak256, stringToBytes } from 'viem'
import { z } from 'zod'
import { readJson, readText } from '../files.ts'
import { emit } from '../output.ts'
import { assetAt, parseAmount } from '../policy/amounts.ts'
import { openNetwork } from '../policy/network.ts'
import { signerOf, withSigner } from '../policy/signer.ts'
import { act, type WriteOptions } from '../records/act.ts'
import { CASE, hex32, onCase, parseCase, planOn } from './options.ts'

export function settlementCommands(grievance: Command): void {
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
  onCase(grievance, 'settle', 'carry a settlement that both sides signed')
    .requiredOption('--file <file>', 'the settlement')
    .action(settle)
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
