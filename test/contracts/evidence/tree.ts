import { concat, sha256 } from 'ethers'

/** RFC 9162 as its section 2.1 defines it, word for word and slowly. Hashes are hex strings. */
export interface Leaf {
  content: string
  salt: string
}

export const leafHash = ({ salt, content }: Leaf) => sha256(concat(['0x00', salt, content]))
export const nodeHash = (left: string, right: string) => sha256(concat(['0x01', left, right]))

const splitOf = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)

/** MTH(D[n]) over leaf hashes. */
export function rootOf(hashes: readonly string[]): string {
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return only
  const k = splitOf(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)))
}

/** PATH(m, D[n]) over leaf hashes. */
export function pathOf(m: number, hashes: readonly string[]): string[] {
  if (hashes.length === 1) return []
  const k = splitOf(hashes.length)
  return m < k
    ? [...pathOf(m, hashes.slice(0, k)), rootOf(hashes.slice(k))]
    : [...pathOf(m - k, hashes.slice(k)), rootOf(hashes.slice(0, k))]
}
