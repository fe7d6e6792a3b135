import { type Hex, sha256Hex, toHex } from '@nexus/kit/canonical'
import { scaleDecimal } from '@nexus/kit/decimal'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { feedIdOf } from '@nexus/kit/feed'
import { ReportFlag } from '@nexus/kit/report'
import { compareNames } from './bytes.ts'
import { codeHashOf } from './code.ts'
import type { CodeRecord, DocumentName } from './documents.ts'
import { documentNames } from './documents.ts'
import { eqlOf } from './eql.ts'
import { isLeafFile, publicPackSecret } from './leaves.ts'
import { clashOf } from './names.ts'
import { type Files, fileOf, leavesOf, type PackDocuments, readDocument, rootOf } from './pack.ts'
import { receiptName, type VerifiedReceipt, verifyReceipt } from './receipt.ts'
import { CRATE_NAME, checkCrate } from './rocrate.ts'
import { parseSeconds } from './time.ts'
import { unzipPack } from './zip.ts'

export interface Check {
  check: string
  ok: boolean
  expected: string
  actual: string
}

export interface Verification {
  /** Root of what is there, recomputed; null when the pack is too broken to have one. */
  aepId: Hex | null
  ok: boolean
  checks: Check[]
  /** Receipts that both keys of their operator signed and that name this pack. */
  receipts: VerifiedReceipt[]
}

export interface VerifyOptions {
  /** The root this pack is known by: from the chain, a file name, a person. */
  aepId?: Hex
}

/** Collects what was compared. A check that cannot be made for what failed before it is left out: that one says why. */
class Checks {
  readonly list: Check[] = []

  same(check: string, expected: string, actual: string): boolean {
    const ok = expected === actual
    this.list.push({ check, ok, expected, actual })
    return ok
  }

  /** Runs what throws a verification error for what is wrong with the pack; undefined when it did. */
  attempt<T>(check: string, expected: string, run: () => T): T | undefined {
    try {
      const value = run()
      this.list.push({ check, ok: true, expected, actual: expected })
      return value
    } catch (error) {
      if (!(error instanceof NexusError) || error.exitCode === ExitCode.bug) throw error
      this.list.push({ check, ok: false, expected, actual: `${error.code}: ${error.message}` })
      return undefined
    }
  }

  get ok(): boolean {
    return this.list.every(({ ok }) => ok)
  }
}

/**
 * Everything about a pack that can be checked without running its model: recompute.ts does that.
 * Takes a zip or the files. Never throws for a bad pack: each check says what was expected and what was found.
 */
export function verifyPack(pack: Uint8Array | Files, options: VerifyOptions = {}): Verification {
  const checks = new Checks()
  const files =
    pack instanceof Uint8Array ? checks.attempt('zip', 'the canonical zip form', () => unzipPack(pack)) : pack
  if (files === undefined) return { aepId: null, ok: false, checks: checks.list, receipts: [] }

  const documents = readDocuments(checks, files)
  if (documents === undefined) return { aepId: null, ok: false, checks: checks.list, receipts: [] }

  checkFiles(checks, files, documents)
  checkInputs(checks, files, documents['inputs.json'])
  checkFeed(checks, documents)
  checkClaims(checks, documents['claims.json'])
  checkCode(checks, files, 'model code', documents['model.json'].model)
  checkCode(checks, files, 'source code', documents['model.json'].source)
  checks.attempt('ro-crate', 'an RO-Crate 1.2 of these files', () =>
    checkCrate(fileOf(files, CRATE_NAME), new Map([...files].filter(([name]) => isLeafFile(name)))),
  )
  checkSalts(checks, documents)
  const aepId = checkRoot(checks, files, documents, options)
  const receipts = aepId === undefined ? [] : checkReceipts(checks, files, aepId, documents['claims.json'])
  return { aepId: aepId ?? null, ok: checks.ok, checks: checks.list, receipts }
}

function readDocuments(checks: Checks, files: Files): PackDocuments | undefined {
  const names = Object.keys(documentNames) as DocumentName[]
  const read = names.map(name => [
    name,
    checks.attempt(name, 'canonical JSON following its schema', () => readDocument(files, name)),
  ])
  if (!checks.ok) return undefined
  return Object.fromEntries(read) as PackDocuments // each name with what its own schema accepted
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : [...names].sort().join(', '))

function checkFiles(checks: Checks, files: Files, documents: PackDocuments): void {
  const { model, source } = documents['model.json']
  const expected = new Set<string>([
    ...Object.keys(documentNames),
    CRATE_NAME,
    ...documents['inputs.json'].inputs.map(({ name }) => `inputs/${name}`),
    ...[...model.files, ...source.files].map(({ path }) => `code/${path}`),
  ])
  checks.same('names that clash', 'none', clashOf(files.keys()) ?? 'none')
  const isReceipt = (name: string) => /^signatures\/0x[0-9a-f]{40}\.json$/.test(name)
  checks.same('missing files', 'none', list([...expected].filter(name => !files.has(name))))
  checks.same(
    'unexpected files',
    'none',
    list([...files.keys()].filter(name => !expected.has(name) && !isReceipt(name))),
  )
}

function checkInputs(checks: Checks, files: Files, { inputs }: PackDocuments['inputs.json']): void {
  checks.same('inputs listed once', `${inputs.length}`, `${new Set(inputs.map(({ name }) => name)).size}`)
  const names = inputs.map(({ name }) => name)
  checks.same('inputs in order of name', [...names].sort(compareNames).join(), names.join())
  for (const { name, sha256, bytes } of inputs) {
    const file = files.get(`inputs/${name}`)
    if (file === undefined) continue // said by `missing files`
    checks.same(`inputs/${name}`, `${sha256}, ${bytes} bytes`, `${sha256Hex(file)}, ${file.length} bytes`)
  }
}

/** The feed is named in claims.json, and model.json must be about the same model, code and source. */
function checkFeed(checks: Checks, documents: PackDocuments): void {
  const { 'claims.json': claims, 'model.json': model, 'inputs.json': inputs } = documents
  const { feed } = claims
  checks.same('feedId', feedIdOf(feed), claims.feedId)
  const said = {
    model: `${feed.model} ${feed.modelVersion} ${feed.modelCodeHash}, ${feed.decimals} decimals`,
    source: `${feed.source.adapter} ${feed.source.codeHash}`,
    params: JSON.stringify([feed.params, feed.source.options]),
  }
  const { model: used, source } = model
  checks.same('model', said.model, `${used.id} ${used.version} ${used.codeHash}, ${used.decimals} decimals`)
  checks.same('source', said.source, `${source.adapter} ${source.codeHash}`)
  checks.same('params', said.params, JSON.stringify([used.params, source.options]))
  checks.same(
    'adapter of the inputs',
    feed.source.adapter,
    list([...new Set(inputs.inputs.map(({ adapter }) => adapter))]),
  )
  checks.same('uncertainty', JSON.stringify(feed.uncertainty), JSON.stringify(claims.uncertainty))
  checks.same('eql', `${eqlOf({ inputs: inputs.inputs, claims, model })}`, `${claims.eql}`)
}

/** What claims.json says twice must be the same both times. */
function checkClaims(checks: Checks, claims: PackDocuments['claims.json']): void {
  const { index, feed, observations } = claims
  checks.attempt('window', 'times in order', () => {
    if (parseSeconds(claims.window.from) >= parseSeconds(claims.window.to))
      throw new NexusError(ExitCode.verification, 'empty-window', 'the window is empty')
  })
  checks.same('decimals', `${feed.decimals}`, `${index.decimals}`)
  checks.attempt('value', `${index.value} scaled by ${index.decimals} decimals`, () => {
    const scaled = scaleDecimal(index.value, index.decimals).toString()
    if (scaled !== index.scaled) throw new NexusError(ExitCode.verification, 'value-differs', `it is ${index.scaled}`)
  })
  const flags = (claims.provisional ? ReportFlag.provisional : 0) | (claims.revises === null ? 0 : ReportFlag.revision)
  checks.same('flags', `${flags}`, `${claims.flags}`)
  const ids = new Set(observations.map(({ id }) => id))
  checks.same('observations claimed once', `${observations.length}`, `${ids.size}`)
}

function checkCode(checks: Checks, files: Files, what: string, code: CodeRecord): void {
  const present = code.files.flatMap(({ path }) => {
    const bytes = files.get(`code/${path}`)
    return bytes === undefined ? [] : [{ path, sha256: sha256Hex(bytes) }]
  })
  checks.same(what, code.codeHash, codeHashOf(present))
  checks.same(`${what} entry`, code.entry, list(code.files.flatMap(({ path }) => (path === code.entry ? [path] : []))))
  const listed = code.files.map(({ path, sha256 }) => `${path} ${sha256}`)
  checks.same(`${what} files`, list(listed), list(present.map(({ path, sha256 }) => `${path} ${sha256}`)))
}

function checkSalts(checks: Checks, { 'claims.json': claims, 'salts.json': salts }: PackDocuments): void {
  if (!salts.public) return
  const secret = checks.attempt('window of the salts', 'times', () => {
    const window = { from: parseSeconds(claims.window.from), to: parseSeconds(claims.window.to) }
    return publicPackSecret(claims.feedId, window, claims.sequence)
  })
  if (secret !== undefined) checks.same('packSecret', toHex(secret), salts.packSecret)
}

function checkRoot(checks: Checks, files: Files, documents: PackDocuments, { aepId }: VerifyOptions): Hex | undefined {
  const leaves = checks.attempt('claims', 'claims that fit their fixed widths', () => leavesOf(files, documents))
  if (leaves === undefined) return undefined
  const root = rootOf(leaves)
  checks.same('root', documents['salts.json'].aepId, root)
  if (aepId !== undefined) checks.same('aepId', aepId.toLowerCase(), root)
  return root
}

function checkReceipts(
  checks: Checks,
  files: Files,
  aepId: Hex,
  claims: PackDocuments['claims.json'],
): VerifiedReceipt[] {
  const receipts: VerifiedReceipt[] = []
  for (const [name, bytes] of files) {
    if (!name.startsWith('signatures/')) continue
    const verified = checks.attempt(name, 'ES256K and ML-DSA-65 signatures of one operator', () => verifyReceipt(bytes))
    if (verified === undefined) continue
    const { receipt, operator } = verified
    const of = [
      aepId,
      claims.feedId,
      claims.window.from,
      claims.window.to,
      claims.sequence,
      claims.index.scaled,
      claims.eql,
    ]
    const { aepRoot, feedId, from, to, sequence, value, eql } = receipt
    const matches = [
      checks.same(`${name} is its operator's`, receiptName(operator), name),
      checks.same(`${name} is of this pack`, of.join(' '), [aepRoot, feedId, from, to, sequence, value, eql].join(' ')),
    ]
    if (matches.every(Boolean)) receipts.push(verified)
  }
  return receipts
}
