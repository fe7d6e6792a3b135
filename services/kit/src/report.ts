import { hashTypedData } from 'viem/utils'
import type { Hex } from './canonical.ts'

/** What a quorum signs. Times in unix seconds; `value` scaled by the feed's decimals; `observedAt` is `to`. */
export interface Report {
  feedId: Hex
  aepRoot: Hex
  value: bigint
  from: number
  to: number
  sequence: number
  eql: number
  flags: number
  receiptsRoot: Hex
  configVersion: number
}

export const ReportFlag = { provisional: 1, revision: 2 } as const

export const reportTypes = {
  Report: [
    { name: 'feedId', type: 'bytes32' },
    { name: 'aepRoot', type: 'bytes32' },
    { name: 'value', type: 'int64' },
    { name: 'from', type: 'uint40' },
    { name: 'to', type: 'uint40' },
    { name: 'sequence', type: 'uint32' },
    { name: 'eql', type: 'uint8' },
    { name: 'flags', type: 'uint8' },
    { name: 'receiptsRoot', type: 'bytes32' },
    { name: 'configVersion', type: 'uint32' },
  ],
} as const

/** The EIP-712 domain of one registry on one chain. */
export const evidenceDomain = (chainId: number, registry: Hex) =>
  ({ name: 'Nexus Evidence', version: '1', chainId, verifyingContract: registry }) as const

export const reportTypedData = (chainId: number, registry: Hex, report: Report) =>
  ({ domain: evidenceDomain(chainId, registry), types: reportTypes, primaryType: 'Report', message: report }) as const

export const reportDigest = (chainId: number, registry: Hex, report: Report): Hex =>
  hashTypedData(reportTypedData(chainId, registry, report))

type HeaderFields = Pick<Report, 'value' | 'from' | 'to' | 'sequence' | 'eql' | 'flags' | 'configVersion'>

/**
 * The 32-byte header of `EvidenceRegistry.anchor`:
 * `int64 value | u40 from | u40 to | u32 sequence | u8 eql | u8 flags | u32 configVersion | u32 signers`.
 * `signers`: bit i is operator i of the configuration.
 */
export function packHeader(report: HeaderFields, signers: number): Hex {
  let word = BigInt.asUintN(64, report.value)
  word = (word << 40n) | BigInt(report.from)
  word = (word << 40n) | BigInt(report.to)
  word = (word << 32n) | BigInt(report.sequence)
  word = (word << 8n) | BigInt(report.eql)
  word = (word << 8n) | BigInt(report.flags)
  word = (word << 32n) | BigInt(report.configVersion)
  word = (word << 32n) | BigInt(signers >>> 0)
  return `0x${word.toString(16).padStart(64, '0')}`
}

export function unpackHeader(header: Hex): HeaderFields & { signers: number } {
  let word = BigInt(header)
  const take = (bits: bigint) => {
    const field = BigInt.asUintN(Number(bits), word)
    word >>= bits
    return field
  }
  const signers = Number(take(32n))
  const configVersion = Number(take(32n))
  const flags = Number(take(8n))
  const eql = Number(take(8n))
  const sequence = Number(take(32n))
  const to = Number(take(40n))
  const from = Number(take(40n))
  return { value: BigInt.asIntN(64, take(64n)), from, to, sequence, eql, flags, configVersion, signers }
}

/** Least quorum of n operators: ⌊(n+f)/2⌋ + 1 with f = ⌊(n−1)/3⌋. */
export function leastQuorum(n: number): number {
  const f = Math.floor((n - 1) / 3)
  return Math.floor((n + f) / 2) + 1
}

/** How a report's attestation travels: `signers` goes into the header, `signatures` beside it. */
export interface Attestation {
  /** bit i is operator i */
  signers: number
  /** EIP-2098 signatures of the signers, then the addresses of the operators that did not sign, each in order */
  signatures: Hex
}

/**
 * Packs what `EvidenceRegistry.anchor` takes.
 * @param operators of the configuration, in its order
 * @param signed 64-byte EIP-2098 signatures by operator, exactly the quorum of them; addresses in any case
 */
export function packAttestation(operators: readonly Hex[], signed: ReadonlyMap<Hex, Hex>): Attestation {
  const byAddress = new Map([...signed].map(([operator, signature]) => [operator.toLowerCase(), signature]))
  const entries = operators.map(operator => ({ operator, signature: byAddress.get(operator.toLowerCase()) }))
  const signatures = entries.flatMap(({ signature }) => (signature ? [signature] : []))
  const others = entries.flatMap(({ operator, signature }) => (signature ? [] : [operator]))
  return {
    signers: entries.reduce((bits, { signature }, i) => (signature ? (bits | (1 << i)) >>> 0 : bits), 0),
    signatures: `0x${[...signatures, ...others].map(bytes => bytes.slice(2)).join('')}`.toLowerCase() as Hex,
  }
}

/** The signatures of an attestation, each with the index of its operator. */
export function unpackAttestation({ signers, signatures }: Attestation): { index: number; signature: Hex }[] {
  const indices = Array.from({ length: 32 }, (_, i) => i).filter(i => (signers >>> i) & 1)
  return indices.map((index, k) => ({ index, signature: `0x${signatures.slice(2 + 128 * k, 2 + 128 * (k + 1))}` }))
}
