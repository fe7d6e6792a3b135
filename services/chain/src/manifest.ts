import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inputError } from '@nexus/kit/errors'
import { isAddress } from 'viem/utils'
import { z } from 'zod'

type Hex = `0x${string}`

const address = z.string().refine(text => isAddress(text), 'an address with its checksum') as unknown as z.ZodType<Hex>
const hash = z.string().regex(/^0x[0-9a-f]{64}$/) as unknown as z.ZodType<Hex>

/** The NVM: who decides over the suite. */
const governanceSchema = z.strictObject({
  safe: address,
  nvm: address,
  nvmGuard: address,
  actionClasses: address,
  constitution: address,
  /** Safe's MultiSendCallOnly, as the class table knows it. */
  multiSend: address,
})

/** What the NVM and the rails keep on record. */
const registriesSchema = z.strictObject({ nip: address, component: address, charter: address })

const railsSchema = z.strictObject({
  factory: address,
  book: address,
  competence: address,
  evidenceGuard: address,
  effectsGuard: address,
})

/** Cases and all that is made for them. */
const grievanceSchema = z.strictObject({
  rail: address,
  desk: address,
  ledger: address,
  register: address,
  panels: address,
  respondents: address,
  orders: address,
})

const manifestSchema = z.strictObject({
  chainId: z.int().positive(),
  /** Hash of block 0: a local chain that was started anew is another chain. */
  genesis: hash,
  /** Nothing of the suite happened before this block. */
  deployedAtBlock: z.int().nonnegative(),
  accessManager: address,
  registry: address,
  termsStore: address,
  policyBook: address,
  /** By name. */
  pools: z.record(z.string(), address),
  /** By symbol. */
  assets: z.record(z.string(), address),
  registries: registriesSchema.optional(),
  rails: railsSchema.optional(),
  grievance: grievanceSchema.optional(),
  /** Where a dispute costs a bond. */
  disputeBond: address.optional(),
  /** Absent where nobody has handed the powers over. */
  governance: governanceSchema.optional(),
})

export type Governance = z.infer<typeof governanceSchema>

/** Where the suite lives on one chain: the only source of addresses. */
export type Manifest = z.infer<typeof manifestSchema>

/** @throws NexusError `manifest-unreadable`, `manifest-invalid` */
export function readManifest(file: string): Manifest {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw inputError('manifest-unreadable', `${file} is not a readable manifest: ${(cause as Error).message}`, { file })
  }
  const parsed = manifestSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`)
  throw inputError('manifest-invalid', `${file} is no manifest: ${problems.join('; ')}`, { file, problems })
}

export function writeManifest(file: string, manifest: Manifest): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`)
  renameSync(`${file}.part`, file)
}
