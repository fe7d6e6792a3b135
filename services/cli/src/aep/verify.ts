import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { readPack, readPackFile } from '@nexus/aep/folder'
import type { Files } from '@nexus/aep/pack'
import { proveClaim } from '@nexus/aep/prove'
import { verifyAndRecompute } from '@nexus/aep/recompute'
import { type Check, type Verification, verifyPack } from '@nexus/aep/verify'
import { unzipPack } from '@nexus/aep/zip'
import type { Hex } from '@nexus/kit/canonical'
import { inputError, verificationError } from '@nexus/kit/errors'
import { emit } from '../output.ts'
import { groupChecks } from './check-groups.ts'

export interface VerifyCommandOptions {
  aepId?: string
  recompute: boolean
  json?: true
}

/** A zip stays bytes: whether it is the one zip form of its files is the first thing to check. */
async function load(path: string): Promise<Uint8Array | Files> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true
  return isFolder ? (await readPack(path)).files : readPackFile(path)
}

function aepIdOf(text: string | undefined): { aepId: Hex } | Record<never, never> {
  if (text === undefined) return {}
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) throw inputError('usage', `--aep-id must be 0x and 64 digits, not "${text}"`)
  return { aepId: text.toLowerCase() as Hex }
}

export async function verify(path: string, options: VerifyCommandOptions): Promise<void> {
  const pack = await load(path)
  const expected = aepIdOf(options.aepId)
  const { aepId, ok, checks } = options.recompute
    ? await verifyAndRecompute(pack, expected)
    : verifyPack(pack, expected)
  emit(options.json === true, { aepId, ok, checks }, () => describe(path, { aepId, ok, checks }, options.aepId))
  refuse(path, checks)
}

function refuse(path: string, checks: readonly Check[]): void {
  const failed = checks.filter(({ ok }) => !ok)
  if (failed.length === 0) return
  const names = failed.map(({ check }) => check)
  throw verificationError('pack-refused', `${path} does not verify: ${names.join('; ')}`, { path, failed: names })
}

const shorten = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

type Verdict = Pick<Verification, 'aepId' | 'ok' | 'checks'>

function describe(path: string, { aepId, ok, checks }: Verdict, asked: string | undefined): string {
  const failed = checks.filter(check => !check.ok)
  const known = asked ?? /0x[0-9a-f]{64}/.exec(basename(path))?.[0]
  const unread = `none can be derived: it cannot be read as a pack${known === undefined ? '' : `, known as ${known}`}`
  return [
    `${ok ? 'verified' : 'REFUSED '}  ${path}`,
    `aepId     ${aepId ?? unread}`,
    `checked   ${groupChecks(checks).join(' · ')}`,
    ...failed.flatMap(({ check, expected, actual }) => [
      `failed    ${check}`,
      `  expected  ${shorten(expected)}`,
      `  found     ${shorten(actual)}`,
    ]),
  ].join('\n')
}

export interface ProveOptions {
  claim: string
  json?: true
}

export async function prove(path: string, { claim, json }: ProveOptions): Promise<void> {
  const files = await openVerified(path)
  const proof = proveClaim(files, claim)
  emit(json === true, proof, () =>
    [
      `claim    ${proof.name}`,
      `content  ${proof.content}`,
      `salt     ${proof.salt}`,
      `leaf     ${proof.leaf}  = SHA-256(00 ‖ salt ‖ content)`,
      `place    ${proof.index} of ${proof.size}`,
      ...proof.proof.map((hash, n) => `${n === 0 ? 'proof' : '     '}    ${hash}`),
      `root     ${proof.root}`,
    ].join('\n'),
  )
}

/** Nothing is proved from, or shown of, a pack that is not in order. @throws NexusError `pack-refused` */
export async function openVerified(path: string): Promise<Files> {
  const pack = await load(path)
  refuse(path, verifyPack(pack).checks)
  return pack instanceof Uint8Array ? unzipPack(pack) : pack
}
