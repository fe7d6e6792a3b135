// Writes the vectors of the evidence-pack standards from a real run: `node test/services/aep/vectors.ts`.
// vectors.test.ts fails when they are stale, and derives each of them again without our code.

import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { inclusionProof, leafHash, merkleRoot } from '@nexus/aep/merkle'
import { zipPack } from '@nexus/aep/zip'
import { fromHex, type Hex, toHex } from '@nexus/kit/canonical'
import { leastQuorum, packHeader, type Report, reportDigest } from '@nexus/kit/report'
import { samplePack, text } from './fixtures.ts'

/** The leaves of the Certificate Transparency reference tests. */
const CT_CONTENTS: Hex[] = [
  '0x',
  '0x00',
  '0x10',
  '0x2021',
  '0x3031',
  '0x40414243',
  '0x5051525354555657',
  '0x606162636465666768696a6b6c6d6e6f',
]

function merkleVectors() {
  const leaves = CT_CONTENTS.map(content => leafHash(fromHex(content)))
  const places = [
    [1, 0],
    [8, 0],
    [8, 5],
    [3, 2],
    [5, 1],
    [7, 6],
  ] as const
  return {
    contents: CT_CONTENTS,
    roots: [0, ...leaves.map((_, n) => n + 1)].map(size => toHex(merkleRoot(leaves.slice(0, size)))),
    proofs: places.map(([size, index]) => ({
      size,
      index,
      proof: inclusionProof(leaves.slice(0, size), index).map(toHex),
    })),
  }
}

function aepRootVectors() {
  const pack = samplePack()
  return {
    aepId: pack.aepId,
    files: Object.fromEntries([...pack.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')])),
    leaves: pack.leaves.map(({ name, content, salt, hash }) => ({
      name,
      content: toHex(content),
      salt: toHex(salt),
      hash: toHex(hash),
    })),
  }
}

function zipVectors() {
  const files = { 'b/c.txt': 'hello', a: '', 'b-c': 'line\n', Z: '\u00e9' }
  return {
    files,
    zip: toHex(zipPack(new Map(Object.entries(files).map(([name, content]) => [name, text(content)])))),
  }
}

const REPORT: Report = {
  feedId: `0x${'a1'.repeat(32)}`,
  aepRoot: `0x${'b2'.repeat(32)}`,
  value: 640n,
  from: 1517443200,
  to: 1517961600,
  sequence: 1,
  eql: 3,
  flags: 0,
  receiptsRoot: `0x${'c3'.repeat(32)}`,
  configVersion: 1,
}
const EXTREME: Report = {
  ...REPORT,
  value: -(2n ** 63n),
  from: 0,
  to: 2 ** 40 - 1,
  sequence: 2 ** 32 - 1,
  eql: 1,
  flags: 3,
  configVersion: 2 ** 32 - 1,
}

function reportVectors() {
  const chainId = 31337
  const registry: Hex = '0x5fbdb2315678afecb367f032d93f642f64180aa3'
  const reports = [REPORT, { ...REPORT, value: -165n, flags: 1 }, EXTREME]
  return {
    chainId,
    registry,
    reports: reports.map((report, n) => {
      const signers = [0b11111, 0b1101101, 2 ** 31 - 1][n] ?? 0
      return {
        report: { ...report, value: report.value.toString() },
        digest: reportDigest(chainId, registry, report),
        signers,
        header: packHeader(report, signers),
      }
    }),
    quorum: Array.from({ length: 28 }, (_, i) => ({ n: i + 4, q: leastQuorum(i + 4) })),
  }
}

export const vectorFiles = {
  'merkle.json': merkleVectors,
  'aep-root.json': aepRootVectors,
  'zip.json': zipVectors,
  'report-digest.json': reportVectors,
} as const

export const vectorUrl = (name: string) => new URL(`../../../standards/vectors/${name}`, import.meta.url)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [name, make] of Object.entries(vectorFiles))
    writeFileSync(vectorUrl(name), `${JSON.stringify(make(), null, 2)}\n`)
