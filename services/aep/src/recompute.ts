import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { canonicalJson } from '@nexus/kit/canonical'
import { ExitCode, NexusError, verificationError } from '@nexus/kit/errors'
import type { IndexResult, Observation } from '@nexus/kit/observation'
import type { Claims } from './documents.ts'
import { type Files, fileOf, readDocument } from './pack.ts'
import type { SandboxJob } from './sandbox.ts'
import { parseSeconds } from './time.ts'
import { type Check, type Verification, type VerifyOptions, verifyPack } from './verify.ts'
import { unzipPack } from './zip.ts'

/** What the pack's own code makes of the pack's own inputs. */
export interface Recomputation extends IndexResult {
  /** In the order of `used`; null where the model names an observation that the parser did not read. */
  usedObservations: readonly (Observation | null)[]
}

export interface RecomputeLimits {
  /** Wall clock for parsing and computing. */
  timeoutMs: number
  /** Of the child's JavaScript heap. Buffers outside it are bounded by the pack's size and by time only. */
  heapMiB: number
  /** Of the answer. */
  answerBytes: number
}

export const DEFAULT_LIMITS: RecomputeLimits = { timeoutMs: 30_000, heapMiB: 512, answerBytes: 64 * 2 ** 20 }

/**
 * Runs the source code that is sealed in a pack over the inputs that are sealed in it. The pack must have passed verifyPack:
 * that is what makes its code the code that the feed names.
 * @throws NexusError, exit 3: `recompute-refused` (the code threw, or tried what it may not), `recompute-timeout`,
 * `recompute-crashed` (memory, or no answer); and what readDocument throws
 */
export async function recomputePack(files: Files, limits: Partial<RecomputeLimits> = {}): Promise<Recomputation> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'nexus-recompute-')))
  try {
    await lay(folder, files, jobOf(files))
    return parseAnswer(await run(folder, { ...DEFAULT_LIMITS, ...limits }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function jobOf(files: Files): SandboxJob {
  const { window } = readDocument(files, 'claims.json')
  const { model, source } = readDocument(files, 'model.json')
  return {
    source: source.entry,
    model: model.entry,
    inputs: readDocument(files, 'inputs.json').inputs.map(({ name }) => name),
    options: source.options,
    params: model.params,
    window: { from: parseSeconds(window.from), to: parseSeconds(window.to) },
  }
}

async function lay(folder: string, files: Files, job: SandboxJob): Promise<void> {
  const { model, source } = readDocument(files, 'model.json')
  const code = [...model.files, ...source.files].map(({ path }) => `code/${path}`)
  // Only names that the schemas have accepted: none of them leads out of the folder.
  for (const name of new Set([...code, ...job.inputs.map(input => `inputs/${input}`)])) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, fileOf(files, name), { flag: 'wx' })
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'job.json'), JSON.stringify(job))
  await copyFile(new URL('sandbox.ts', import.meta.url), join(folder, 'sandbox.ts'))
}

function run(folder: string, { timeoutMs, heapMiB, answerBytes }: RecomputeLimits): Promise<string> {
  const flags = [
    '--permission',
    `--allow-fs-read=${folder}`,
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${heapMiB}`,
    '--no-warnings',
  ]
  // An empty environment: nothing of ours for the code to read, no NODE_OPTIONS to widen what it may do.
  const child = spawn(process.execPath, [...flags, join(folder, 'sandbox.ts')], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    let stderr = ''
    let failure: NexusError | undefined
    const stop = (error: NexusError) => {
      failure ??= error
      child.kill('SIGKILL')
    }
    const timer = setTimeout(
      () =>
        stop(verificationError('recompute-timeout', `the pack's code ran longer than ${timeoutMs} ms`, { timeoutMs })),
      timeoutMs,
    )
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size > answerBytes)
        stop(verificationError('recompute-crashed', `the answer is longer than ${answerBytes} bytes`))
      else parts.push(part)
    })
    child.stderr.on('data', (part: Buffer) => {
      stderr = (stderr + part.toString('utf8')).slice(-2000)
    })
    child.on('error', reject)
    child.on('close', (status, signal) => {
      clearTimeout(timer)
      if (failure) return reject(failure)
      if (status === 0) return resolve(Buffer.concat(parts).toString('utf8'))
      const details = { status, signal, stderr }
      reject(verificationError('recompute-crashed', `the pack's code ended with ${signal ?? status}`, details))
    })
  })
}

/** The answer comes from foreign code: it is compared, never trusted, and its shape is the first thing compared. */
function parseAnswer(text: string): Recomputation {
  let answer: { result?: unknown; refused?: { code: string; message: string } } | null
  try {
    answer = JSON.parse(text)
  } catch {
    throw verificationError('recompute-crashed', "the pack's code gave no answer")
  }
  const refused = answer?.refused
  if (refused) {
    const { code, message } = refused
    throw verificationError('recompute-refused', `the pack's code stopped: ${message}`, { reason: code })
  }
  const result = answer?.result
  const fields = ['series', 'index', 'used', 'quality', 'usedObservations'] as const
  if (!isRecord(result) || !fields.every(field => typeof result[field] === 'object' && result[field] !== null))
    throw verificationError('recompute-crashed', "the pack's code gave no index", {})
  return result as unknown as Recomputation // its parts are only compared, as canonical JSON
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Claims against what was recomputed: equal to the last character, or else it is not the same evidence. */
export function compareRecomputation(claims: Claims, recomputed: Recomputation): Check[] {
  const { value, scaled, decimals, time } = claims.index
  const pairs = [
    ['recomputed index', { value, scaled, decimals, time }, recomputed.index],
    ['recomputed quality', claims.quality, recomputed.quality],
    ['recomputed observations', claims.observations, recomputed.usedObservations],
  ] as const
  return pairs.map(([check, said, found]) => {
    const [expected, actual] = [canonicalJson(said), canonicalJson(found)]
    return { check, ok: expected === actual, expected, actual }
  })
}

export interface FullVerification extends Verification {
  /** Null when the pack failed before or its code did not get that far. */
  recomputed: Recomputation | null
}

/** verifyPack, and then the index again from the inputs. Code runs only if it is the code that the feed names. */
export async function verifyAndRecompute(
  pack: Uint8Array | Files,
  options: VerifyOptions = {},
  limits: Partial<RecomputeLimits> = {},
): Promise<FullVerification> {
  const verification = verifyPack(pack, options)
  if (!verification.ok) return { ...verification, recomputed: null }
  const files = pack instanceof Uint8Array ? unzipPack(pack) : pack
  try {
    const recomputed = await recomputePack(files, limits)
    const compared = compareRecomputation(readDocument(files, 'claims.json'), recomputed)
    const checks = [...verification.checks, ...compared]
    return { ...verification, checks, ok: checks.every(({ ok }) => ok), recomputed }
  } catch (error) {
    if (!(error instanceof NexusError) || error.exitCode !== ExitCode.verification) throw error
    const failed = { check: 'recompute', ok: false, expected: 'an index', actual: `${error.code}: ${error.message}` }
    return { ...verification, checks: [...verification.checks, failed], ok: false, recomputed: null }
  }
}
