import { evidenceRegistryAbi } from '@nexus/chain/abi/EvidenceRegistry'
import { type Address, concatHex, decodeFunctionData, type Hex, size, slice } from 'viem'
import { recoverAddress, toFunctionSelector } from 'viem/utils'

const ANCHOR = toFunctionSelector('function anchor(bytes32,bytes32,bytes32,bytes32,bytes)')
const SIGNATURE_BYTES = 64

/**
 * What each `anchor` call with these arguments carries as signatures, wherever in a transaction's input it stands: anyone may carry
 * a report, inside other calls (a Safe, a batch) and behind copies of it that are never executed.
 */
export function carriedSignatures(input: Hex, args: readonly [Hex, Hex, Hex, Hex]): Hex[] {
  const call = concatHex([ANCHOR, ...args]).slice(2)
  const found = new Set<Hex>()
  for (let at = input.indexOf(call); at >= 0; at = input.indexOf(call, at + 1)) {
    if (at % 2 === 1) continue // two digits are a byte: this one is in no byte string
    try {
      const { functionName, args: said } = decodeFunctionData({
        abi: evidenceRegistryAbi,
        data: `0x${input.slice(at)}`,
      })
      if (functionName === 'anchor') found.add(said[4])
    } catch {
      // a torn copy: another may be whole
    }
  }
  return [...found]
}

/** Who signed a digest, each signature recovered once, however many copies of a call repeat it. */
export function recovery(digest: Hex): (signature: Hex) => Promise<Address | null> {
  const known = new Map<Hex, Promise<Address | null>>()
  return signature => {
    const remembered = known.get(signature) ?? recover(digest, signature)
    known.set(signature, remembered)
    return remembered
  }
}

async function recover(hash: Hex, signature: Hex): Promise<Address | null> {
  const r = slice(signature, 0, 32)
  const word = BigInt(slice(signature, 32))
  const s = `0x${BigInt.asUintN(255, word).toString(16).padStart(64, '0')}` as const
  return recoverAddress({ hash, signature: { r, s, yParity: Number(word >> 255n) } }).catch(() => null)
}

/**
 * Recovers the leading signatures, up to and including the first that is not the named operator's. Behind the signatures stand the
 * addresses of the operators that did not sign.
 */
export async function operatorsBehind(
  signatures: Hex,
  named: readonly Address[],
  whoSigned: ReturnType<typeof recovery>,
): Promise<(Address | null)[]> {
  const recovered: (Address | null)[] = []
  for (const [n, operator] of named.entries()) {
    const end = (n + 1) * SIGNATURE_BYTES
    recovered.push(end > size(signatures) ? null : await whoSigned(slice(signatures, end - SIGNATURE_BYTES, end)))
    if (recovered[n] !== operator) break
  }
  return recovered
}
