import { randomInt } from 'node:crypto'
import { type Span, textOf } from './span.ts'

const [ZERO, X] = [0x30, 0x78]
/** Lower case of a hexadecimal digit; 0 for other bytes. */
const HEX = new Uint8Array(256)
for (const digit of '0123456789abcdefABCDEF') HEX[digit.charCodeAt(0)] = digit.toLowerCase().charCodeAt(0)

/** Nobody who writes a file knows it, so nobody can make all names meet in one slot. */
const SEED = randomInt(2 ** 31)

/**
 * Numbers names from 0, in order of their first appearance. Two are the same if their bytes are, or if both are 0x-hex and differ in case
 * only: an address in two spellings is one identity. A hash table over bytes (open addressing, FNV-1a), which makes a string of a
 * name once and not at each of its million appearances.
 */
export function nameTable() {
  const names: string[] = []
  let slots = new Int32Array(1024).fill(-1)
  let hashes = new Int32Array(512)
  let ends = new Float64Array(512)
  let arena = Buffer.alloc(1 << 14)
  let key = Buffer.alloc(256)

  /** Copies the name to `key` as it is compared. @returns its hash */
  function readKey({ bytes, from, to }: Span): number {
    const length = to - from
    if (key.length < length) key = Buffer.alloc(length * 2)
    let isHex = length > 2 && bytes[from] === ZERO && bytes[from + 1] === X
    for (let i = 2; isHex && i < length; i++) isHex = HEX[bytes[from + i] ?? 0] !== 0
    const into = key
    let hash = SEED
    for (let i = 0; i < length; i++) {
      const byte = bytes[from + i] ?? 0
      const kept = isHex && i > 1 ? (HEX[byte] ?? 0) : byte
      into[i] = kept
      hash = Math.imul(hash ^ kept, 0x01000193)
    }
    return hash ^ (hash >>> 15)
  }

  const startOf = (n: number): number => (n === 0 ? 0 : (ends[n - 1] ?? 0))

  function isKey(n: number, length: number): boolean {
    const [start, known, sought] = [startOf(n), arena, key]
    if ((ends[n] ?? 0) - start !== length) return false
    for (let i = 0; i < length; i++) if (known[start + i] !== sought[i]) return false
    return true
  }

  function slotOf(hash: number, length: number): number {
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const n = slots[slot] ?? -1
      if (n < 0 || (length >= 0 && hashes[n] === hash && isKey(n, length))) return slot
    }
  }

  function append(hash: number, length: number): number {
    const n = names.length
    const start = startOf(n)
    if (n === hashes.length) {
      hashes = grown(hashes, new Int32Array(n * 2))
      ends = grown(ends, new Float64Array(n * 2))
      slots = new Int32Array(n * 4).fill(-1) // at most half full
      for (let i = 0; i < n; i++) slots[slotOf(hashes[i] ?? 0, -1)] = i
    }
    if (start + length > arena.length) arena = grown(arena, Buffer.alloc((start + length) * 2))
    key.copy(arena, start, 0, length)
    ends[n] = start + length
    hashes[n] = hash
    slots[slotOf(hash, -1)] = n
    return n
  }

  return {
    /** As first written, in order of appearance. */
    names: names as readonly string[],
    numberOf(name: Span): number {
      const length = name.to - name.from
      const hash = readKey(name)
      const known = slots[slotOf(hash, length)] ?? -1
      if (known >= 0) return known
      const n = append(hash, length)
      names.push(textOf(name))
      return n
    },
  }
}

function grown<T extends { set: (from: T) => void }>(from: T, to: T): T {
  to.set(from)
  return to
}
