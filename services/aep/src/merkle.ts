import { type Hex, sha256, toHex } from '@nexus/kit/canonical'
import { verificationError } from '@nexus/kit/errors'

// RFC 9162 section 2.1. The prefixes keep a leaf from passing for a node, and the reverse.
const LEAF = Uint8Array.of(0x00)
const NODE = Uint8Array.of(0x01)

export const leafHash = (...content: Uint8Array[]): Uint8Array => sha256(LEAF, ...content)
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right)

/** Largest power of two below n, for n > 1: where RFC 9162 splits a list. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** MTH of RFC 9162 section 2.1.1, over leaf hashes. Of no leaves: SHA-256 of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (first === undefined) return sha256()
  if (leaves.length === 1) return first
  const k = splitOf(leaves.length)
  return nodeHash(merkleRoot(leaves.slice(0, k)), merkleRoot(leaves.slice(k)))
}

/** PATH of RFC 9162 section 2.1.3.1: what it takes to get from leaf `index` to the root, nearest first. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`there is no leaf ${index} among ${leaves.length}`)
  if (leaves.length === 1) return []
  const k = splitOf(leaves.length)
  return index < k
    ? [...inclusionProof(leaves.slice(0, k), index), merkleRoot(leaves.slice(k))]
    : [...inclusionProof(leaves.slice(k), index - k), merkleRoot(leaves.slice(0, k))]
}

/**
 * Root that a proof leads to, RFC 9162 section 2.1.3.2. Works from index and size alone, so it shares nothing with the
 * recursion above. @throws NexusError `bad-proof` when the proof has the wrong length for that place in the tree.
 */
export function rootFromProof(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[]): Uint8Array {
  const wrong = () =>
    verificationError('bad-proof', `a proof of ${proof.length} hashes does not fit leaf ${index} of ${size}`, {
      index,
      size,
      length: proof.length,
    })
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw wrong()
  let place = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) throw wrong()
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      // A last node without a right sibling moves up unchanged until it is somebody's right child.
      while (place % 2 === 0 && place !== 0) {
        place /= 2
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  if (last !== 0) throw wrong()
  return hash
}

export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Hex,
): boolean {
  return toHex(rootFromProof(leaf, index, size, proof)) === root
}
