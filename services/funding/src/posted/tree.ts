import { bytesToHex, type Hex, hexToBytes, keccak256 } from 'viem'

const HASH = 32

/** A tree by place, as `contracts/funding/posted/MatchTree.sol` has it. */
export interface Tree {
  count: number
  /** Levels between the root and the leaves. */
  depth: number
  root: Hex
  /** A node by its level above the leaves and its place there; behind the last leaf, that of an empty tree. */
  node(height: number, index: number): Hex
  /** The siblings from a leaf up to the root. */
  path(index: number): Hex[]
  /** The nodes `levels` below one, in order. */
  below(height: number, index: number, levels: number): Hex[]
}

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const input = new Uint8Array(1 + 2 * HASH)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH)
  return keccak256(input, 'bytes')
}

/** A leaf: 0x00 and its words. */
export function leafHash(words: readonly bigint[]): Hex {
  const body = words.map(word => word.toString(16).padStart(64, '0')).join('')
  return keccak256(`0x00${body}`)
}

export function depthOf(count: number): number {
  let depth = 0
  while (2 ** depth < count) depth++
  return depth
}

/** @param count how many places it has, if not as many as there are leaves */
export function buildTree(leaves: readonly Hex[], count = leaves.length): Tree {
  const depth = depthOf(count)
  const empty: Uint8Array[] = [new Uint8Array(HASH)]
  const levelsUp: Uint8Array[][] = [leaves.map(leaf => hexToBytes(leaf))]
  for (let height = 0; height < depth; height++) {
    const below = levelsUp[height] ?? []
    const nothing = empty[height] as Uint8Array
    levelsUp.push(
      Array.from({ length: Math.ceil(below.length / 2) }, (_, i) =>
        nodeHash(below[2 * i] ?? nothing, below[2 * i + 1] ?? nothing),
      ),
    )
    empty.push(nodeHash(nothing, nothing))
  }
  const node = (height: number, index: number): Hex =>
    bytesToHex(levelsUp[height]?.[index] ?? empty[height] ?? new Uint8Array(HASH))
  return {
    count,
    depth,
    root: node(depth, 0),
    node,
    path: index => Array.from({ length: depth }, (_, height) => node(height, Math.floor(index / 2 ** height) ^ 1)),
    below: (height, index, levels) =>
      Array.from({ length: 2 ** levels }, (_, i) => node(height - levels, index * 2 ** levels + i)),
  }
}
