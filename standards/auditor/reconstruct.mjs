#!/usr/bin/env node
// Re-derives payouts from public inputs: a chain, and one operator's store of evidence packs. This one file is the whole program:
// it needs Node >= 24 and nothing else, imports nothing of Nexus and no package, and was written from the pages in standards/,
// FIPS 202, SEC 1, EIP-712, EIP-2098, RFC 8785, RFC 9162 and the zip format, so that it errs apart from the rest.
//
//   node reconstruct.mjs TX --rpc URL --store URL|DIR [--book ADDRESS] [--from-block N] [--json]
//
// Exit: 0 every step holds, 2 wrong usage or no settlement, 3 a step does not hold, 75 chain or store out of reach.
import { spawn } from 'node:child_process'
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto'
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { crc32 } from 'node:zlib'

class Failure extends Error {
  constructor(exitCode, code, message, options) {
    super(message, options)
    Object.assign(this, { exitCode, code })
  }
}
const wrong = (code, message) => new Failure(2, code, message)
const mismatch = (code, message) => new Failure(3, code, message)
const outOfReach = (code, message, cause) => new Failure(75, code, message, { cause })

// —— bytes —————————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const hex = bytes => `0x${Buffer.from(bytes).toString('hex')}`
const bytesOf = text => {
  if (!/^0x([0-9a-f]{2})*$/i.test(text)) throw mismatch('not-hex', `${String(text).slice(0, 80)} is not hexadecimal`)
  return Buffer.from(text.slice(2), 'hex')
}
const concat = (...parts) => Buffer.concat(parts)
const utf8 = text => Buffer.from(text, 'utf8')
const unsigned = (value, length) =>
  Buffer.from(
    BigInt.asUintN(8 * length, BigInt(value))
      .toString(16)
      .padStart(2 * length, '0'),
    'hex',
  )
const number = bytes => (bytes.length === 0 ? 0n : BigInt(hex(bytes)))
const word = value => unsigned(value, 32)
const sha256 = (...parts) =>
  createHash('sha256')
    .update(concat(...parts))
    .digest()

// —— keccak-256 (FIPS 202 permutation, original padding) ————————————————————————————————————————————————————————————————————————————

const MASK = (1n << 64n) - 1n
const rotate = (lane, by) => (by === 0n ? lane : ((lane << by) | (lane >> (64n - by))) & MASK)

/** Round constants by the LFSR of FIPS 202 3.2.5, rotation offsets by the walk of 3.2.2. */
const ROUND_CONSTANTS = []
for (let round = 0, lfsr = 1; round < 24; round++) {
  let constant = 0n
  for (let j = 0; j <= 6; j++) {
    if (lfsr & 1) constant |= 1n << ((1n << BigInt(j)) - 1n)
    lfsr = (lfsr << 1) ^ (lfsr & 0x80 ? 0x171 : 0)
  }
  ROUND_CONSTANTS.push(constant)
}
const OFFSETS = Array(25).fill(0n)
for (let t = 0, x = 1, y = 0; t < 24; t++) {
  OFFSETS[x + 5 * y] = BigInt(((t + 1) * (t + 2)) / 2) % 64n
  ;[x, y] = [y, (2 * x + 3 * y) % 5]
}

function permute(state) {
  for (const constant of ROUND_CONSTANTS) {
    const parity = [0, 1, 2, 3, 4].map(x => state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20])
    const moved = Array(25)
    for (let x = 0; x < 5; x++)
      for (let y = 0; y < 5; y++) {
        const mixed = state[x + 5 * y] ^ parity[(x + 4) % 5] ^ rotate(parity[(x + 1) % 5], 1n)
        moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(mixed, OFFSETS[x + 5 * y])
      }
    for (let y = 0; y < 25; y += 5)
      for (let x = 0; x < 5; x++)
        state[x + y] = moved[x + y] ^ (~moved[((x + 1) % 5) + y] & MASK & moved[((x + 2) % 5) + y])
    state[0] ^= constant
  }
}

function keccak256(message) {
  const RATE = 136
  const padded = Buffer.alloc((Math.floor(message.length / RATE) + 1) * RATE)
  padded.set(message)
  padded[message.length] ^= 0x01
  padded[padded.length - 1] ^= 0x80
  const state = Array(25).fill(0n)
  for (let at = 0; at < padded.length; at += RATE) {
    for (let lane = 0; lane < RATE / 8; lane++) state[lane] ^= padded.readBigUInt64LE(at + 8 * lane)
    permute(state)
  }
  const digest = Buffer.alloc(32)
  for (let lane = 0; lane < 4; lane++) digest.writeBigUInt64LE(state[lane], 8 * lane)
  return digest
}

// —— secp256k1 public-key recovery (SEC 1, 4.1.6) ———————————————————————————————————————————————————————————————————————————————————

const P = 2n ** 256n - 2n ** 32n - 977n
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const G = [
  0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
]
const modulo = (a, m) => ((a % m) + m) % m

function invert(a, m) {
  let [r, next, s, nextS] = [modulo(a, m), m, 1n, 0n]
  while (next !== 0n) {
    const q = r / next
    ;[r, next] = [next, r - q * next]
    ;[s, nextS] = [nextS, s - q * nextS]
  }
  return modulo(s, m)
}

function power(base, exponent, m) {
  let result = 1n
  for (let b = modulo(base, m), e = exponent; e > 0n; e >>= 1n, b = (b * b) % m) if (e & 1n) result = (result * b) % m
  return result
}

/** Affine points; null is the point at infinity. */
function add(a, b) {
  if (!a || !b) return a ?? b
  const [[x1, y1], [x2, y2]] = [a, b]
  if (x1 === x2 && modulo(y1 + y2, P) === 0n) return null
  const slope = x1 === x2 ? 3n * x1 * x1 * invert(2n * y1, P) : (y2 - y1) * invert(x2 - x1, P)
  const x = modulo(slope * slope - x1 - x2, P)
  return [x, modulo(slope * (x1 - x) - y1, P)]
}

/** u·A + v·B, both scalars walked together. */
function combine(u, a, v, b) {
  const both = add(a, b)
  let sum = null
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = add(sum, sum)
    const [ofU, ofV] = [(u >> bit) & 1n, (v >> bit) & 1n]
    if (ofU || ofV) sum = add(sum, ofU && ofV ? both : ofU ? a : b)
  }
  return sum
}

/** Address that made a 64-byte EIP-2098 signature of `digest`, or null. */
function recover(digest, signature) {
  const r = number(signature.subarray(0, 32))
  const s = number(signature.subarray(32)) & ((1n << 255n) - 1n)
  const odd = BigInt(signature[32] >> 7)
  if (r === 0n || r >= N || s === 0n || s >= N) return null
  const square = modulo(r * r * r + 7n, P)
  const root = power(square, (P + 1n) / 4n, P)
  if ((root * root) % P !== square) return null
  const inverse = invert(r, N)
  const point = combine(modulo(-number(digest) * inverse, N), G, modulo(s * inverse, N), [
    r,
    (root & 1n) === odd ? root : P - root,
  ])
  return point && addressOf(keccak256(concat(word(point[0]), word(point[1]))))
}

// —— addresses, events, EIP-712 ————————————————————————————————————————————————————————————————————————————————————————————————————

/** Last 20 bytes of a word as an address with the checksum of ERC-55. */
function addressOf(bytes) {
  const text = Buffer.from(bytes.subarray(-20)).toString('hex')
  const check = keccak256(utf8(text)).toString('hex')
  return `0x${[...text].map((c, i) => (Number.parseInt(check[i], 16) > 7 ? c.toUpperCase() : c)).join('')}`
}

const topic = signature => hex(keccak256(utf8(signature)))
const selector = signature => keccak256(utf8(signature)).subarray(0, 4)
const EVENT = {
  settled: topic('Settled(uint256,bytes32,address,bytes32,int64,uint64,uint256)'),
  bound: topic('PolicyBound(uint256,bytes32,address,address,uint256,uint256)'),
  terms: topic('TermsPublished(bytes32,uint24,bytes)'),
  formula: topic('FormulaPublished(bytes32,uint256,uint256[])'),
  feed: topic('FeedPublished(bytes32,bytes)'),
  anchored: topic('AepAnchored(bytes32,bytes32,bytes32,bytes32,uint40)'),
  disputed: topic('AepDisputed(bytes32,address,bytes32,uint40)'),
  upheld: topic('AepUpheld(bytes32,address,bytes32)'),
  voided: topic('AepVoided(bytes32,address,bytes32)'),
  configuration: topic('ConfigurationAnnounced(uint32,uint40,uint8,address,address[],bytes32[])'),
  payout: topic('PayoutSettled(uint256,address,uint256,bool)'),
  transfer: topic('Transfer(address,address,uint256)'),
}

const TERMS_FIELDS =
  'uint8 version,bytes32 feedId,bytes32 formulaId,address asset,uint256 coverAssets,uint40 from,uint40 to,uint8 minEql,uint8 evidence,uint8 readings,uint32 waitingSeconds,uint40 reportingDeadline'
const REPORT_TYPE =
  'Report(bytes32 feedId,bytes32 aepRoot,int64 value,uint40 from,uint40 to,uint32 sequence,uint8 eql,uint8 flags,bytes32 receiptsRoot,uint32 configVersion)'

const struct = (type, words) => keccak256(concat(keccak256(utf8(type)), ...words))

function reportDigest(chainId, registry, report) {
  const domain = struct('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)', [
    keccak256(utf8('Nexus Evidence')),
    keccak256(utf8('1')),
    word(chainId),
    word(BigInt(registry)),
  ])
  const { feedId, aepId, receiptsRoot, value, from, to, sequence, eql, flags, configVersion } = report
  const head = [value, from, to, sequence, eql, flags].map(field => unsigned(field, 32))
  const body = struct(REPORT_TYPE, [
    bytesOf(feedId),
    bytesOf(aepId),
    ...head,
    bytesOf(receiptsRoot),
    word(configVersion),
  ])
  return keccak256(concat(utf8('\x19\x01'), domain, body))
}

/** Word n of ABI-encoded data, and dynamic values by the offset that stands there. */
const wordAt = (data, n) => {
  if (data.length < 32 * (n + 1)) throw mismatch('short-data', `there is no word ${n} in ${data.length} bytes`)
  return data.subarray(32 * n, 32 * (n + 1))
}
const dynamicAt = (data, n, width = 32) => {
  const offset = Number(number(wordAt(data, n)))
  const length = Number(number(data.subarray(offset, offset + 32)))
  const bytes = data.subarray(offset + 32, offset + 32 + length * width)
  if (bytes.length !== length * width) throw mismatch('short-data', 'an array is longer than its data')
  return bytes
}
const words = bytes => Array.from({ length: bytes.length / 32 }, (_, n) => wordAt(bytes, n))

/** `int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u32 configVersion | u32 signers` */
function readHeader(header) {
  let rest = number(header)
  const take = bits => {
    const field = BigInt.asUintN(bits, rest)
    rest >>= BigInt(bits)
    return field
  }
  const [signers, configVersion, flags, eql, sequence, to, from] = [32, 32, 8, 8, 32, 40, 40].map(take)
  return { value: BigInt.asIntN(64, rest), from, to, sequence, eql, flags, configVersion, signers }
}

// —— canonical JSON (RFC 8785) ———————————————————————————————————————————————————————————————————————————————————————————————————————

/** ECMAScript prints numbers and strings as the RFC asks; what is left are the order of keys and what JSON cannot hold. */
function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) throw mismatch('not-canonical', 'a lone surrogate')
  if (typeof value === 'number' && !Number.isFinite(value)) throw mismatch('not-canonical', `${value}`)
  if (typeof value === 'bigint') return JSON.stringify(value.toString())
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const keys = Object.keys(value).sort()
  return `{${keys.map(key => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`
}

function readJson(name, bytes) {
  let value
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (cause) {
    throw mismatch('not-json', `${name} is not JSON: ${cause.message}`)
  }
  if (!utf8(canonical(value)).equals(bytes)) throw mismatch('not-canonical', `${name} is not in the form of RFC 8785`)
  return value
}

// —— the chain —————————————————————————————————————————————————————————————————————————————————————————————————————————————————————

function chainAt(url, firstBlock) {
  let id = 0
  /** @returns {Promise<any>} */
  async function rpc(method, params) {
    let answer
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params })
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) })
      answer = JSON.parse(await response.text())
    } catch (cause) {
      throw outOfReach('rpc-unreachable', `${method}: no answer from ${url}`, cause)
    }
    if (answer.error) throw outOfReach('rpc-error', `${method}: ${answer.error.message}`)
    return answer.result
  }
  const quantity = n => `0x${BigInt(n).toString(16)}`
  const shape = log => ({
    address: addressOf(bytesOf(log.address)),
    topics: log.topics.map(text => text.toLowerCase()),
    data: bytesOf(log.data),
    block: BigInt(log.blockNumber),
    index: BigInt(log.logIndex),
    tx: log.transactionHash,
  })

  /** Providers cap the range or the answer of a query in different words: whatever they refuse is asked in halves. */
  async function logs(address, topics, toBlock, fromBlock = firstBlock) {
    const filter = { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock), topics, ...(address && { address }) }
    try {
      return (await rpc('eth_getLogs', [filter])).map(shape)
    } catch (error) {
      if (error.code !== 'rpc-error' || fromBlock >= toBlock) throw error
      const middle = (BigInt(fromBlock) + BigInt(toBlock)) / 2n
      return [
        ...(await logs(address, topics, middle, fromBlock)),
        ...(await logs(address, topics, toBlock, middle + 1n)),
      ]
    }
  }
  return {
    logs,
    shape,
    chainId: async () => BigInt(await rpc('eth_chainId', [])),
    receipt: tx => rpc('eth_getTransactionReceipt', [tx]),
    transaction: tx => rpc('eth_getTransactionByHash', [tx]),
    timeOf: async block => BigInt((await rpc('eth_getBlockByNumber', [quantity(block), false])).timestamp),
    call: async (to, data) => bytesOf(await rpc('eth_call', [{ to, data: hex(data) }, 'latest'])),
  }
}

// —— the pack ——————————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const MOST_PACK_BYTES = 256 * 2 ** 20

/** Null where the store answers that it does not have the pack. */
async function fetchPack(store, aepId) {
  if (!/^https?:\/\//.test(store)) {
    if (!(await stat(store).catch(() => null))?.isDirectory()) throw wrong('no-such-store', `${store} is no folder`)
    for (const file of [path.join(store, `${aepId}.zip`), path.join(store, 'packs', `${aepId}.zip`)]) {
      const found = await stat(file).catch(() => null)
      if (found && found.size > MOST_PACK_BYTES) throw mismatch('pack-too-large', `${file} has ${found.size} bytes`)
      if (found) return readFile(file)
    }
    return null
  }
  const url = `${store.replace(/\/+$/, '')}/packs/${aepId}.zip`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) })
    if (response.status === 404) return null
    if (!response.ok) throw outOfReach('store-unreachable', `${url}: HTTP ${response.status}`)
    const chunks = []
    let length = 0
    for await (const chunk of response.body) {
      length += chunk.length
      if (length > MOST_PACK_BYTES) throw mismatch('pack-too-large', `${url} is more than ${MOST_PACK_BYTES} bytes`)
      chunks.push(chunk)
    }
    return concat(...chunks)
  } catch (cause) {
    throw cause instanceof Failure ? cause : outOfReach('store-unreachable', `${url}: no answer`, cause)
  }
}

/** Files of a zip whose entries are stored one after the other, each named as a plain relative path. */
function unzip(zip) {
  const bad = why => mismatch('bad-zip', `not a pack: ${why}`)
  const end = zip.length - 22
  if (end < 0 || zip.readUInt32LE(end) !== 0x06054b50) throw bad('it does not end as a zip does')
  const count = zip.readUInt16LE(end + 10)
  let entry = zip.readUInt32LE(end + 16)
  let local = 0
  const files = new Map()
  for (let n = 0; n < count; n++) {
    if (entry + 46 > end || zip.readUInt32LE(entry) !== 0x02014b50) throw bad('its directory is broken')
    const [method, crc, packed, size] = [
      zip.readUInt16LE(entry + 10),
      ...[16, 20, 24].map(at => zip.readUInt32LE(entry + at)),
    ]
    const nameLength = zip.readUInt16LE(entry + 28)
    const name = zip.toString('latin1', entry + 46, entry + 46 + nameLength)
    if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name) || files.has(name))
      throw bad(`a file is called ${JSON.stringify(name)}`)
    const start = local + 30 + nameLength
    const same =
      zip.readUInt32LE(entry + 42) === local &&
      start + size <= end &&
      zip.readUInt32LE(local) === 0x04034b50 &&
      zip.subarray(local + 4, local + 28).equals(zip.subarray(entry + 6, entry + 30)) &&
      zip.toString('latin1', local + 30, start) === name
    if (!same || method !== 0 || packed !== size) throw bad(`${name} is not stored as its directory says`)
    const bytes = zip.subarray(start, start + size)
    if (crc32(bytes) !== crc) throw bad(`${name} has another checksum`)
    files.set(name, bytes)
    local = start + size
    entry += 46 + nameLength
  }
  if (entry !== end || zip.readUInt32LE(end + 16) !== local) throw bad('it holds bytes that belong to no file')
  return files
}

/** RFC 9162 2.1.1 over hashed leaves. */
function merkleRoot(leaves) {
  if (leaves.length <= 1) return leaves[0] ?? sha256()
  const split = 2 ** (31 - Math.clz32(leaves.length - 1))
  return sha256(Buffer.of(1), merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)))
}

const seconds = text => Date.parse(text) / 1000

function rootOf(files) {
  const claims = readJson('claims.json', fileOf(files, 'claims.json'))
  const { packSecret } = readJson('salts.json', fileOf(files, 'salts.json'))
  const window = [claims.window.from, claims.window.to].map(time => unsigned(seconds(time), 8))
  const level = Buffer.of(claims.eql, claims.flags)
  const contents = [['claim/index', concat(bytesOf(claims.feedId), unsigned(claims.index.scaled, 8), ...window, level)]]
  for (const [n, observation] of claims.observations.entries()) {
    const [whole, fraction = ''] = observation.value.split('.')
    const scaled = concat(
      unsigned(Date.parse(observation.time), 8),
      unsigned(BigInt(whole + fraction), 8),
      Buffer.of(fraction.length),
    )
    contents.push([
      `claim/observation/${String(n).padStart(6, '0')}`,
      concat(sha256(utf8(canonical(observation))), scaled),
    ])
  }
  for (const [name, bytes] of files)
    if (name !== 'salts.json' && !name.startsWith('signatures/')) contents.push([name, sha256(bytes)])
  const leaves = contents
    .map(([name, content]) => ({ name: utf8(name), content }))
    .sort((a, b) => Buffer.compare(a.name, b.name))
    .map(({ name, content }) =>
      sha256(Buffer.of(0), createHmac('sha256', bytesOf(packSecret)).update(name).digest(), content),
    )
  return hex(merkleRoot(leaves))
}

function fileOf(files, name) {
  const bytes = files.get(name)
  if (!bytes) throw mismatch('no-such-file', `the pack has no ${name}`)
  return bytes
}

const PUBLIC_LICENCES =
  'CC0-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-4.0 PDDL-1.0 ODC-By-1.0 ODbL-1.0 OGL-UK-3.0 etalab-2.0 public-domain'.split(' ')

/** Evidence quality level that a pack's own documents earn once a quorum has recomputed it. */
function levelOf(files) {
  const [claims, { inputs }, model] = ['claims', 'inputs', 'model'].map(n => readJson(n, fileOf(files, `${n}.json`)))
  if (!inputs.length || inputs.some(({ url, licence, retrievedAt }) => !url || !licence || !retrievedAt)) return 0
  const validated = model.catalogue !== null && !model.model.version.startsWith('0.')
  if (!validated || claims.uncertainty === null || claims.quality.flags.includes('short-record')) return 1
  return inputs.every(({ licence }) => PUBLIC_LICENCES.includes(licence)) ? 3 : 2
}

/** Files of a program as the pack lists them, and SHA-256 over their sorted (path, SHA-256). */
function programOf(files, { files: listed }, entry) {
  const paths = listed.map(file => file.path)
  if (!paths.includes(entry)) throw mismatch('no-entry', `the pack lists no ${entry}`)
  const pairs = paths.map(name => [name, hex(sha256(fileOf(files, `code/${name}`)))])
  const sorted = pairs.sort(([a], [b]) => Buffer.compare(utf8(a), utf8(b)))
  return { entry, paths, hash: hex(sha256(utf8(canonical(sorted)))) }
}

/** Runs in the child: nothing but the pack's code may be imported, and no global but those of the language is left. */
const RUNNER = `
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { runInNewContext } from 'node:vm'
const { code, source, model, inputs, options, params, window } = JSON.parse(readFileSync('job.json', 'utf8'))
const { process } = globalThis
const language = new Set([...runInNewContext('Object.getOwnPropertyNames(globalThis)'), 'TextDecoder', 'TextEncoder'])
const bytes = inputs.map(name => new Uint8Array(readFileSync(name)))
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    if (!found.url.startsWith(code)) throw new Error('the code imports ' + specifier)
    return found
  },
})
for (const name of Object.getOwnPropertyNames(globalThis)) if (!language.has(name)) delete globalThis[name]
const { parse, merge } = await import(code + source)
const { id, version, run } = await import(code + model)
const dataset = merge(bytes.map(input => parse(input, options)))
const { index, used } = run(dataset, params, window)
const byId = new Map(dataset.observations.map(observation => [observation.id, observation]))
process.stdout.write(JSON.stringify({ id, version, index, used: used.map(name => byId.get(name)) }))
`

/** What the parser and model in the pack make of the raw bytes in the pack, with the hashes of both programs. */
async function runPack(files, feed, window) {
  const listed = readJson('model.json', fileOf(files, 'model.json'))
  const { inputs } = readJson('inputs.json', fileOf(files, 'inputs.json'))
  const model = programOf(files, listed.model, `models/${feed.model}/index.ts`)
  const source = programOf(files, listed.source, `sources/${feed.source.adapter}/parse.ts`)
  // Never run code that the feed does not name.
  if (model.hash !== feed.modelCodeHash || source.hash !== feed.source.codeHash)
    throw mismatch(
      'code-differs',
      `the pack holds model ${model.hash} and parser ${source.hash}, not those of its feed`,
    )

  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'nexus-audit-')))
  const write = async (name, content) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
  try {
    const names = inputs.map(({ name }) => `inputs/${name}`)
    for (const name of [...names, ...[...model.paths, ...source.paths].map(file => `code/${file}`)])
      await write(name, fileOf(files, name))
    const entries = { code: `${pathToFileURL(folder)}/code/`, source: source.entry, model: model.entry }
    const job = { ...entries, inputs: names, options: feed.source.options, params: feed.params, window }
    await write('job.json', JSON.stringify(job))
    await write('package.json', '{"type":"module"}')
    await write('run.mjs', RUNNER)
    const found = JSON.parse(await runAlone(folder))
    return { ...found, modelHash: model.hash, sourceHash: source.hash }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs \`run.mjs\` of a folder in a process that can read that folder, write nothing and start nothing. */
async function runAlone(folder) {
  const flags = ['--permission', `--allow-fs-read=${folder}`, '--max-old-space-size=512', '--no-warnings', 'run.mjs']
  const limits = { timeout: 60_000, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] }
  const child = spawn(process.execPath, flags, { cwd: folder, env: {}, ...limits })
  const output = [child.stdout, child.stderr].map(stream => stream.setEncoding('utf8').toArray())
  const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [out, err] = (await Promise.all(output)).map(chunks => chunks.join(''))
  if (status !== 0) throw mismatch('code-failed', `the code in the pack failed: ${err.trim().slice(-400)}`)
  return out
}

/**
 * SHA-256 of the ML-DSA-65 key that signed a receipt (JWS General JSON, RFC 7515) together with the operator's own key; null if the
 * receipt is not of this report and operator, or either signature does not hold.
 */
function receiptKeyHash(bytes, report, operator) {
  const decode = text => Buffer.from(text, 'base64url')
  return attempt(() => {
    const { payload, signatures } = readJson('receipt', bytes)
    const [classical, postQuantum] = signatures.map(({ protected: header, signature }) => ({
      jwk: JSON.parse(decode(header)).jwk,
      holds: options => verify(options.hash, utf8(`${header}.${payload}`), options, decode(signature)),
    }))
    const key = ({ kty, crv, x, y, alg, pub }) =>
      createPublicKey({ key: kty === 'EC' ? { kty, crv, x, y } : { kty, alg, pub }, format: 'jwk' })
    const { x, y } = classical.jwk
    const receipt = readJson('receipt payload', decode(payload))
    const isRight =
      receipt.aepRoot === report.aepId &&
      receipt.feedId === report.feedId &&
      receipt.value === report.value.toString() &&
      ['from', 'to'].every(time => BigInt(seconds(receipt[time])) === report[time]) &&
      ['sequence', 'eql', 'configVersion'].every(field => BigInt(receipt[field]) === report[field]) &&
      receipt.operator === operator &&
      addressOf(keccak256(concat(decode(x), decode(y)))) === operator &&
      classical.holds({ hash: 'sha256', key: key(classical.jwk), dsaEncoding: 'ieee-p1363' }) &&
      postQuantum.jwk.alg === 'ML-DSA-65' &&
      postQuantum.holds({ hash: null, key: key(postQuantum.jwk), context: utf8('nexus-aep-v1') })
    return isRight ? hex(sha256(decode(postQuantum.jwk.pub))) : null
  })
}

// —— the formula ————————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const WAD = 10n ** 18n
const knotOf = knotWord => ({
  x: BigInt.asIntN(64, number(knotWord.subarray(0, 8))),
  below: number(knotWord.subarray(8, 16)),
  at: number(knotWord.subarray(16, 24)),
  above: number(knotWord.subarray(24, 32)),
})
const divide = (a, b, up) => a / b + (up && a % b !== 0n ? 1n : 0n)

function payout({ knots, up }, x) {
  const left = knots.findLast(knot => knot.x < x)
  const right = knots.find(knot => knot.x > x)
  const hit = knots.find(knot => knot.x === x)
  if (hit) return { wad: hit.at, why: `exactly at the knot ${x}` }
  if (!left) return { wad: right.below, why: `left of the first knot ${right.x}` }
  if (!right) return { wad: left.above, why: `right of the last knot ${left.x}` }
  const sum = left.above * (right.x - x) + right.below * (x - left.x)
  return { wad: divide(sum, right.x - left.x, up), why: `between the knots ${left.x} and ${right.x}` }
}

// —— one settlement ——————————————————————————————————————————————————————————————————————————————————————————————————————————————————

const once = make => {
  let made
  return () => (made ??= make())
}
const before = (a, b) => a.block < b.block || (a.block === b.block && a.index < b.index)
const only = (list, code, what) => {
  if (list.length === 0) throw mismatch(code, `${what} is not on this chain`)
  return list[0]
}
const attempt = read => {
  try {
    return read()
  } catch {
    return null
  }
}
const topicOf = value => hex(word(BigInt(value)))

/** Facts are looked up when the first step asks; a fact that cannot be had fails the steps that need it, and no others. */
function factsOf({ chain, chainId, store, book, pinnedBook }, settled) {
  const [, policyTopic, aepId] = settled.topics
  const policyId = BigInt(policyTopic)
  const pool = addressOf(unsigned(policyId >> 96n, 20))
  const logsOf = (address, topics) => chain.logs(address, topics, settled.block)
  /** Anyone can emit any event under any id: what counts is a text whose hash is the id, whoever published it. */
  const preimage = async (event, id, read, what) => {
    for (const log of await logsOf(undefined, [event, id])) {
      const found = attempt(() => read(log.data))
      if (found?.name === id) return found
    }
    throw mismatch('no-preimage', `${what} ${id} is not on this chain`)
  }

  const event = {
    paidTo: addressOf(bytesOf(settled.topics[3])),
    formulaId: hex(wordAt(settled.data, 0)),
    value: BigInt.asIntN(64, number(wordAt(settled.data, 1))),
    payoutWad: number(wordAt(settled.data, 2)),
    paidAssets: number(wordAt(settled.data, 3)),
  }
  const bound = once(async () => {
    if (pinnedBook && pinnedBook !== book) throw mismatch('another-book', `settled by ${book}, not by ${pinnedBook}`)
    const log = only(await logsOf(book, [EVENT.bound, policyTopic]), 'not-bound', `PolicyBound of ${policyId}`)
    return { termsHash: log.topics[2], pool: addressOf(wordAt(log.data, 0)) }
  })
  const terms = once(async () => {
    const { termsHash } = await bound()
    const read = data => {
      const fields = words(dynamicAt(data, 0, 1))
      const name = hex(struct(`Terms(${TERMS_FIELDS})`, fields))
      return {
        name,
        ...Object.fromEntries(TERMS_FIELDS.split(',').map((field, n) => [field.split(' ')[1], fields[n]])),
      }
    }
    const found = await preimage(EVENT.terms, termsHash, read, 'the preimage of terms')
    const numbers = 'coverAssets,from,to,minEql,evidence,readings'.split(',').map(key => [key, number(found[key])])
    const { name, feedId, formulaId, asset } = found
    return {
      name,
      feedId: hex(feedId),
      formulaId: hex(formulaId),
      asset: addressOf(asset),
      ...Object.fromEntries(numbers),
    }
  })
  const formula = once(async () => {
    const read = data => {
      const [header, list] = [wordAt(data, 0), dynamicAt(data, 1)]
      const [version, rounding, decimals] = header
      return {
        name: hex(keccak256(concat(header, list))),
        version,
        up: rounding === 1,
        decimals,
        knots: words(list).map(knotOf),
      }
    }
    const { formulaId } = await terms()
    return preimage(EVENT.formula, formulaId, read, 'the preimage of formula')
  })
  const registry = once(async () => addressOf(await chain.call(book, selector('registry()'))))
  const anchor = once(async () => {
    const log = only(await logsOf(await registry(), [EVENT.anchored, aepId]), 'not-anchored', `the anchor of ${aepId}`)
    const [header, receiptsRoot] = [wordAt(log.data, 0), hex(wordAt(log.data, 1))]
    const at = await chain.timeOf(log.block)
    return {
      log,
      header,
      ...readHeader(header),
      feedId: log.topics[2],
      aepId,
      receiptsRoot,
      finalAt: number(wordAt(log.data, 2)),
      at,
    }
  })
  const feed = once(async () => {
    const { feedId } = await terms()
    const read = data => ({ name: hex(keccak256(dynamicAt(data, 0, 1))), bytes: dynamicAt(data, 0, 1) })
    return readJson(
      'the feed specification',
      (await preimage(EVENT.feed, feedId, read, 'the specification of feed')).bytes,
    )
  })
  const files = once(async () => {
    const zip = await fetchPack(store, aepId)
    if (!zip) throw mismatch('no-pack', `the store has no ${aepId}.zip`)
    return unzip(zip)
  })
  const run = once(async () => {
    const [pack, spec, { from, to }] = [await files(), await feed(), await anchor()]
    return runPack(pack, spec, { from: Number(from), to: Number(to) })
  })
  const configurations = once(async () => {
    const logs = await logsOf(await registry(), [EVENT.configuration])
    const read = async log => ({
      version: Number(log.topics[1]),
      announcedAt: await chain.timeOf(log.block),
      activeFrom: number(wordAt(log.data, 0)),
      quorum: Number(number(wordAt(log.data, 1))),
      operators: words(dynamicAt(log.data, 3)).map(addressOf),
      pqKeyHashes: words(dynamicAt(log.data, 4)).map(hex),
    })
    return Promise.all(logs.map(read))
  })
  const configuration = once(async () => {
    const { configVersion } = await anchor()
    const found = (await configurations()).find(({ version }) => version === Number(configVersion))
    return only(found ? [found] : [], 'no-configuration', `configuration ${configVersion}`)
  })
  const signers = once(async () => {
    const [{ signers: bits }, { operators, pqKeyHashes }] = [await anchor(), await configuration()]
    return operators
      .map((operator, n) => ({ operator, pqKeyHash: pqKeyHashes[n] }))
      .filter((_, n) => (bits >> BigInt(n)) & 1n)
  })
  return {
    chain,
    chainId,
    policyId,
    pool,
    book,
    aepId,
    settled,
    event,
    logsOf,
    bound,
    terms,
    formula,
    registry,
    anchor,
    feed,
    files,
    run,
    configurations,
    configuration,
    signers,
  }
}

/** The configuration in force at a time: one takes over when its time comes, unless it was replaced before. */
function inForce(configurations, at) {
  let [current, next] = [null, null]
  for (const announced of configurations) {
    if (next && next.activeFrom <= announced.announcedAt) current = next
    next = announced
  }
  return next && next.activeFrom <= at ? next : current
}

/** Why evidence does not pay under terms at the time of settlement; empty when it does. */
async function objections({ logsOf, chain, registry, anchor, terms, aepId, settled }) {
  const [evidence, asked, now] = [await anchor(), await terms(), await chain.timeOf(settled.block)]
  const fits =
    asked.readings === 1n
      ? evidence.from >= asked.from && evidence.to <= asked.to
      : evidence.from === asked.from && evidence.to === asked.to
  const stateLogs = event =>
    registry()
      .then(address => logsOf(address, [event, aepId]))
      .then(logs => logs.filter(log => before(log, settled)))
  const [disputed, upheld, voided] = await Promise.all([EVENT.disputed, EVENT.upheld, EVENT.voided].map(stateLogs))
  const finalAt = disputed[0] ? number(wordAt(disputed[0].data, 1)) : evidence.finalAt
  return [
    evidence.feedId !== asked.feedId && 'another feed',
    !fits && 'another window',
    evidence.eql < asked.minEql && 'its level is too low',
    evidence.flags & 1n && asked.evidence === 0n && 'provisional',
    voided.length && 'void',
    !upheld.length && now < finalAt && 'not final',
  ].filter(Boolean)
}

/** Each step: what the chain says, and what was derived here. It holds when both are the same. */
const STEPS = {
  async terms(f) {
    const [{ termsHash, pool }, { name }] = [await f.bound(), await f.terms()]
    return [
      { termsHash, pool },
      { termsHash: name, pool: f.pool },
    ]
  },
  async feed(f) {
    const [{ feedId }, spec, { decimals }] = [await f.terms(), await f.feed(), await f.formula()]
    const anchored = (await f.anchor()).feedId
    return [
      { feedId, anchored: feedId, decimals },
      { feedId: hex(keccak256(utf8(canonical(spec)))), anchored, decimals: spec.decimals },
    ]
  },
  async root(f) {
    const [{ feedId, value, from, to, sequence, eql, flags }, pack] = [await f.anchor(), await f.files()]
    const claims = readJson('claims.json', fileOf(pack, 'claims.json'))
    const said = {
      feedId: claims.feedId,
      value: claims.index.scaled,
      from: seconds(claims.window.from),
      to: seconds(claims.window.to),
    }
    return [
      {
        aepId: f.aepId,
        feedId,
        value,
        from: Number(from),
        to: Number(to),
        sequence: Number(sequence),
        eql: Number(eql),
        flags: Number(flags),
      },
      { aepId: rootOf(pack), ...said, sequence: claims.sequence, eql: claims.eql, flags: claims.flags },
    ]
  },
  async inputs(f) {
    const pack = await f.files()
    const { inputs } = readJson('inputs.json', fileOf(pack, 'inputs.json'))
    const claims = readJson('claims.json', fileOf(pack, 'claims.json'))
    const { used, sourceHash } = await f.run()
    const hashOf = observations => hex(sha256(utf8(canonical(observations))))
    const names = [...pack.keys()].filter(name => name.startsWith('inputs/'))
    return [
      {
        files: Object.fromEntries(inputs.map(input => [`inputs/${input.name}`, input.sha256])),
        parser: (await f.feed()).source.codeHash,
        observations: hashOf(claims.observations),
        level: Number((await f.anchor()).eql),
      },
      {
        files: Object.fromEntries(names.map(name => [name, hex(sha256(fileOf(pack, name)))])),
        parser: sourceHash,
        observations: hashOf(used),
        level: levelOf(pack),
      },
    ]
  },
  async index(f) {
    const [{ value }, spec, found] = [await f.anchor(), await f.feed(), await f.run()]
    return [
      { model: `${spec.model}@${spec.modelVersion}`, code: spec.modelCodeHash, value, decimals: spec.decimals },
      {
        model: `${found.id}@${found.version}`,
        code: found.modelHash,
        value: found.index.scaled,
        decimals: found.index.decimals,
      },
    ]
  },
  async signatures(f) {
    const [report, signers, registry] = [await f.anchor(), await f.signers(), await f.registry()]
    const { operators: all, quorum } = await f.configuration()
    const named = signers.map(({ operator }) => operator)
    const input = bytesOf((await f.chain.transaction(report.log.tx)).input)
    const recovered = recoverCarried(input, report, reportDigest(f.chainId, registry, report), named)
    const isSigned = named.length > 0 && canonical(recovered) === canonical(named)

    const { valid, broken } = await receiptsOf(f, report)
    const set = committedSet(valid, quorum, report.receiptsRoot, named)
    const there =
      valid.length < quorum
        ? `not checked: ${valid.length} of ${quorum} receipts in the store`
        : `not checked: none of the sets of ${valid.length} receipts in the store has the anchored root`
    const receipts = set ? `${set.length} receipts have the anchored root` : there
    if (!isSigned && set) {
      const receipted = { operators: set.map(({ operator }) => operator), receiptsRoot: report.receiptsRoot }
      const why = `by receipts, as the anchor's transaction shows no signatures that hold: ${receipts}, of ${all.length} operators`
      return [receipted, receipted, why]
    }
    const isBroken = !set && broken.find(operator => named.includes(operator))
    if (isBroken) throw mismatch('bad-receipt', `the receipt of ${isBroken} does not hold by the keys of the committee`)
    if (named.length === 0) throw mismatch('no-signatures', 'the report names no operators')
    // What was not compared stands on neither side: the note says that it was not.
    const compared = set ? { receiptsRoot: report.receiptsRoot } : {}
    return [
      { operators: named, ...compared },
      { operators: recovered, ...compared },
      isSigned
        ? `by signatures of ${named.length} of ${all.length} operators; ${receipts}`
        : `no call in the anchor's transaction carries signatures that hold; receipts ${receipts}`,
    ]
  },
  async committee(f) {
    const { configVersion, at } = await f.anchor()
    const signers = await f.signers()
    const { version = null, quorum = null, operators = [] } = inForce(await f.configurations(), at) ?? {}
    const faulty = Math.floor((operators.length - 1) / 3)
    const sound =
      operators.length >= 4 && quorum > (operators.length + faulty) / 2 && quorum <= operators.length - faulty
    return [
      { configVersion: version, signers: quorum, sound: true },
      { configVersion: Number(configVersion), signers: new Set(signers.map(({ operator }) => operator)).size, sound },
    ]
  },
  async formula(f) {
    const [{ formulaId }, formula, { value }] = [await f.terms(), await f.formula(), await f.anchor()]
    const { wad, why } = payout(formula, value)
    const sentence = `${value} lies ${why}: ${wad} of 10^18, rounded ${formula.up ? 'up' : 'down'}`
    const { payoutWad } = f.event
    return [
      { formulaId: f.event.formulaId, value: f.event.value, payoutWad },
      { formulaId: formula.name === formulaId ? formulaId : formula.name, value, payoutWad: wad },
      sentence,
    ]
  },
  async amount(f) {
    const [{ coverAssets }, formula, { value }] = [await f.terms(), await f.formula(), await f.anchor()]
    const due = divide(coverAssets * payout(formula, value).wad, WAD, formula.up)
    const earlier = (await f.logsOf(f.book, [EVENT.settled, f.settled.topics[1]])).filter(log => before(log, f.settled))
    const paid = earlier.reduce((sum, log) => sum + number(wordAt(log.data, 3)), 0n)
    const against = await objections(f)
    return [
      { paidAssets: f.event.paidAssets, objections: [] },
      { paidAssets: due > paid && against.length === 0 ? due - paid : 0n, objections: against },
      `${due} due of a cover of ${coverAssets}, ${paid} paid before`,
    ]
  },
  async transfer(f, receiptLogs) {
    const [{ asset }, { paidAssets, paidTo }] = [await f.terms(), f.event]
    const owners = (await f.logsOf(f.book, [EVENT.transfer, null, null, f.settled.topics[1]])).filter(log =>
      before(log, f.settled),
    )
    const holder = owners.length ? addressOf(bytesOf(owners.at(-1).topics[2])) : null
    const ofPool = event => receiptLogs.filter(log => log.address === f.pool && log.topics[0] === event)
    const nth = receiptLogs
      .filter(log => log.address === f.book && log.topics[0] === EVENT.settled && log.topics[1] === f.settled.topics[1])
      .filter(log => before(log, f.settled) && number(wordAt(log.data, 3)) > 0n).length
    const mine = ofPool(EVENT.payout).filter(log => log.topics[1] === f.settled.topics[1])[
      paidAssets > 0n ? nth : Infinity
    ]
    const moved = receiptLogs
      .filter(
        ({ address, topics: [event, from, to] }) =>
          address === asset && event === EVENT.transfer && from === topicOf(f.pool) && to === topicOf(paidTo),
      )
      .reduce((sum, log) => sum + number(log.data), 0n)
    // One holder may be paid on several policies in one transaction: then the sums must agree.
    const toPay = ofPool(EVENT.payout)
      .filter(log => log.topics[2] === topicOf(paidTo) && number(wordAt(log.data, 1)) === 0n)
      .reduce((sum, log) => sum + number(wordAt(log.data, 0)), 0n)
    return [
      { holder: paidTo, assets: paidAssets, moved: toPay },
      { holder, assets: mine ? number(wordAt(mine.data, 0)) : 0n, moved },
      mine && number(wordAt(mine.data, 1)) === 1n ? 'the transfer failed: the pool owes it' : '',
    ]
  },
}

/**
 * Operators behind the signatures of a call to `anchor` with the report's arguments. Anyone may carry a report, inside other calls and
 * behind copies of it that are never executed: whichever copy's signatures hold counts, else the first. Each copy is read up to
 * its first wrong signature; behind the signatures stand the addresses of the operators that did not sign.
 */
function recoverCarried(input, { feedId, aepId, receiptsRoot, header }, digest, named) {
  const args = [feedId, aepId, receiptsRoot].map(bytesOf)
  const call = concat(selector('anchor(bytes32,bytes32,bytes32,bytes32,bytes)'), ...args, header)
  const known = new Map()
  const whoSigned = signature => {
    const key = hex(signature)
    if (!known.has(key)) known.set(key, signature.length === 64 ? recover(digest, signature) : null)
    return known.get(key)
  }
  let first
  for (let at = input.indexOf(call); at >= 0; at = input.indexOf(call, at + 1)) {
    const signatures = attempt(() => dynamicAt(input.subarray(at + 4), 4, 1))
    if (!signatures) continue
    const recovered = []
    for (const [n, operator] of named.entries()) {
      recovered.push(whoSigned(signatures.subarray(64 * n, 64 * (n + 1))))
      if (recovered[n] !== operator) break
    }
    if (recovered.length === named.length && recovered.at(-1) === named.at(-1)) return recovered
    first ??= recovered
  }
  return first ?? []
}

/** Receipts of the configuration's operators in this store: those that hold and say what was anchored, and whose do not. */
async function receiptsOf(f, report) {
  const { operators, pqKeyHashes } = await f.configuration()
  const pack = await f.files().catch(error => (error.exitCode === 3 ? new Map() : Promise.reject(error)))
  const [valid, broken] = [[], []]
  for (const [n, operator] of operators.entries()) {
    const bytes = pack.get(`signatures/${operator.toLowerCase()}.json`)
    if (!bytes) continue
    if (receiptKeyHash(bytes, report, operator) !== pqKeyHashes[n]) broken.push(operator)
    else valid.push({ operator, bytes, leaf: sha256(Buffer.of(0), sha256(bytes)) })
  }
  return { valid, broken }
}

const MOST_SETS = 10_000

/** Those receipts whose root is the anchored one: usually the signers', but any quorum's may be, and the store may hold more. */
function committedSet(valid, quorum, root, named) {
  function* subsets(list, count) {
    if (count === 0) yield []
    else
      for (let n = 0; n + count <= list.length; n++)
        for (const rest of subsets(list.slice(n + 1), count - 1)) yield [list[n], ...rest]
  }
  function* candidates() {
    yield valid.filter(({ operator }) => named.includes(operator))
    yield valid
    yield* subsets(valid, quorum)
  }
  let tried = 0
  for (const set of candidates()) {
    if (tried++ >= MOST_SETS) return null
    if (set.length >= quorum && hex(merkleRoot(inOrder(set).map(({ leaf }) => leaf))) === root) return set
  }
  return null
}

const inOrder = set => [...set].sort((a, b) => (BigInt(a.operator) < BigInt(b.operator) ? -1 : 1))

// —— the program ————————————————————————————————————————————————————————————————————————————————————————————————————————————————————

async function audit(tx, { rpc, store, book, fromBlock }) {
  const chain = chainAt(rpc, BigInt(fromBlock))
  const chainId = await chain.chainId()
  const receipt = await chain.receipt(tx)
  if (!receipt) throw wrong('no-such-transaction', `${tx} is not on chain ${chainId}`)
  const logs = receipt.logs.map(chain.shape)
  const settlements = logs.filter(({ topics }) => topics[0] === EVENT.settled && topics.length === 4)
  if (settlements.length === 0) throw wrong('no-settlement', `${tx} settles no policy`)
  const pinnedBook = book && addressOf(bytesOf(book))
  const steps = []
  for (const settled of settlements) {
    const facts = factsOf({ chain, chainId, store, book: settled.address, pinnedBook }, settled)
    for (const [step, derive] of Object.entries(STEPS)) {
      const head = { policyId: `${facts.policyId}`, step }
      try {
        const [expected, actual, note = ''] = await derive(facts, logs)
        steps.push({ ...head, ok: canonical(expected) === canonical(actual), expected, actual, note })
      } catch (error) {
        if (
          error.exitCode !== 3 &&
          !(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
        )
          throw error
        // A pack or log of another shape than the standards say breaks the reading of it: that step does not hold.
        steps.push({
          ...head,
          ok: false,
          expected: null,
          actual: null,
          note: `${error.code ?? 'malformed'}: ${error.message}`,
        })
      }
    }
  }
  return { payoutTx: tx, ok: steps.every(({ ok }) => ok), steps }
}

/** Long hashes are told by their ends. */
const brief = value =>
  canonical(value)
    .replace(/0x([0-9a-f]{8})[0-9a-f]{24,}([0-9a-f]{6})/gi, '0x$1…$2')
    .replace(/["{}]/g, '')

function print({ payoutTx, ok, steps }) {
  const lines = [`settlement ${payoutTx}`]
  let policy
  for (const { policyId, step, ok: holds, expected, actual, note } of steps) {
    if (policyId !== policy) lines.push('', `policy ${policyId}`)
    policy = policyId
    lines.push(`  ${holds ? '✓' : '✗'} ${step.padEnd(10)} ${holds ? brief(actual) : note || 'differs'}`)
    if (holds && note) lines.push(`               ${note}`)
    if (!holds && expected)
      lines.push(`      the chain says ${canonical(expected)}`, `      derived        ${canonical(actual)}`)
  }
  return [...lines, '', ok ? 'every step holds' : 'NOT every step holds'].join('\n')
}

async function main() {
  const options = {
    rpc: { type: 'string' },
    store: { type: 'string' },
    book: { type: 'string' },
    'from-block': { type: 'string' },
    json: { type: 'boolean' },
  }
  let parsed
  try {
    parsed = parseArgs({ options, allowPositionals: true })
  } catch (cause) {
    throw wrong('usage', cause.message)
  }
  const {
    positionals: [tx = '', ...more],
    values,
  } = parsed
  if (!/^0x[0-9a-f]{64}$/i.test(tx) || more.length || !values.rpc || !values.store)
    throw wrong('usage', 'node reconstruct.mjs TX --rpc URL --store URL|DIR [--book ADDRESS] [--from-block N] [--json]')
  const { book = '', 'from-block': fromBlock = '0' } = values
  if (!/^(0x[0-9a-f]{40})?$/i.test(book) || !/^\d{1,15}$/.test(fromBlock))
    throw wrong('usage', '--book is an address, --from-block a number')
  const result = await audit(tx.toLowerCase(), { ...values, fromBlock })
  process.stdout.write(`${values.json ? canonical(result) : print(result)}\n`)
  process.exitCode = result.ok ? 0 : 3
}

export { canonical, keccak256, merkleRoot, payout, recover, unzip }

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    const { exitCode = 1, code = 'bug', message, stack } = error
    process.stderr.write(`${JSON.stringify({ code, message: exitCode === 1 ? stack : message })}\n`)
    process.exitCode = exitCode
  }
}
