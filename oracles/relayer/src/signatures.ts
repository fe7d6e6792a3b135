import type { Hex } from '@nexus/kit/canonical'
import { type Report, reportDigest } from '@nexus/kit/report'
import {
  compactSignatureToSignature,
  parseCompactSignature,
  recoverAddress,
  serializeCompactSignature,
  signatureToCompactSignature,
} from 'viem'
import { sign } from 'viem/accounts'

/** Which registry on which chain a report is for. */
export interface ReportDomain {
  chainId: number
  registry: Hex
}

/** An operator's signature of a report: 64 bytes, EIP-2098. Deterministic (RFC 6979), so signing again says nothing new. */
export async function signReport({ chainId, registry }: ReportDomain, report: Report, privateKey: Hex): Promise<Hex> {
  const signature = await sign({ hash: reportDigest(chainId, registry, report), privateKey, to: 'object' })
  return serializeCompactSignature(signatureToCompactSignature(signature))
}

/** Whether `operator` (lower case) signed this report. Anything malformed is simply no. */
export async function isReportSignature(
  { chainId, registry }: ReportDomain,
  report: Report,
  operator: Hex,
  compact: Hex,
): Promise<boolean> {
  if (!/^0x[0-9a-f]{128}$/.test(compact)) return false
  try {
    const signature = compactSignatureToSignature(parseCompactSignature(compact))
    const signer = await recoverAddress({ hash: reportDigest(chainId, registry, report), signature })
    return signer.toLowerCase() === operator
  } catch {
    return false
  }
}
