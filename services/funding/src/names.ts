import { randomInt } from 'node:crypto'
import { type Span, textOf } from './span.ts'

/** What a byte of a hexadecimal digit has, in either case. */
const HEX = new Uint8Array(256)
for (const digit of '0123456789abcdefABCDEF') HEX[digit.charCodeAt(0)] = 1
/** `0x`, as a little-endian number. */
const HEX_PREFIX = 0x7830
/** Brings the letters of hexadecimal digits to lower case and leaves 0 to 9 as they are, four at once. */
const FOLD = 0x20202020

/** Nobody who writes a file knows it, so nobody can make all names meet in one slot. */
const SEED = randomInt(2 ** 31)

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/**
 * Numbers names from 0, in order of their first appearance. Two are the same if their bytes are, or if both are 0x-hex and differ in case
 * only: an address in two spellings is one identity. A hash table over bytes (open addressing; the mixing is MurmurHash3's), which
 * makes a string of a name once and not at each of its million appearances.
 */
export function nameTable() {
  const names: string[] = []
  /** By slot: number of the name + 1 (0: free) and its hash. */
  let slots = new Int32Array(2 * 1024)
  /** All names behind one another, 0x-hex in lower case; the name n ends at `ends[n + 1]`. */
  let arena = new Uint8Array(1 << 14)
  let arenaView = viewOf(arena)
  let ends = new Float64Array(512)
  let lastBytes: Uint8Array = arena
  let lastView = arenaView

  function hashOf(view: DataView, from: number, to: number, fold: number): number {
    let hash = SEED
    let at = from
    for (; at + 4 <= to; at += 4) hash = mixed(hash, view.getUint32(at, true) | fold)
    for (; at < to; at++) hash = mixed(hash, view.getUint8(at) | (fold & 0xff))
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  }

  function isName(n: number, view: DataView, { from, to }: Span, fold: number): boolean {
    const start = ends[n] ?? 0
    if ((ends[n + 1] ?? 0) - start !== to - from) return false
    let at = from
    for (; at + 4 <= to; at += 4)
      if ((view.getUint32(at, true) | fold) !== (arenaView.getUint32(start + at - from, true) | 0)) return false
    for (; at < to; at++) if ((view.getUint8(at) | (fold & 0xff)) !== arena[start + at - from]) return false
    return true
  }

  function append(hash: number, name: Span, fold: number): number {
    const n = names.length
    const start = ends[n] ?? 0
    const end = start + name.to - name.from
    if (n + 2 > ends.length) ends = grown(ends, new Float64Array(ends.length * 2))
    if (end > arena.length) {
      arena = grown(arena, new Uint8Array(end * 2))
      arenaView = viewOf(arena)
    }
    for (let i = 0; i < end - start; i++) arena[start + i] = (name.bytes[name.from + i] ?? 0) | (fold & 0xff)
    ends[n + 1] = end
    names.push(textOf(name))
    if (names.length * 4 > slots.length) {
      const before = slots
      slots = new Int32Array(before.length * 2)
      for (let i = 0; i < before.length; i += 2) if (before[i] !== 0) place(before[i] ?? 0, before[i + 1] ?? 0)
    }
    place(n + 1, hash)
    return n
  }

  function place(numbered: number, hash: number): void {
    const mask = slots.length - 2
    let slot = (hash << 1) & mask
    while (slots[slot] !== 0) slot = (slot + 2) & mask
    slots[slot] = numbered
    slots[slot + 1] = hash
  }

  return {
    /** As first written, in order of appearance. */
    names: names as readonly string[],
    numberOf(name: Span): number {
      if (name.bytes !== lastBytes) {
        lastBytes = name.bytes
        lastView = viewOf(lastBytes)
      }
      const fold = isHex(lastView, name.from, name.to) ? FOLD : 0
      const hash = hashOf(lastView, name.from, name.to, fold)
      const mask = slots.length - 2
      for (let slot = (hash << 1) & mask; slots[slot] !== 0; slot = (slot + 2) & mask) {
        const n = (slots[slot] ?? 0) - 1
        if (slots[slot + 1] === hash && isName(n, lastView, name, fold)) return n
      }
      return append(hash, name, fold)
    },
  }
}

function isHex(view: DataView, from: number, to: number): boolean {
  if (to - from < 3 || view.getUint16(from, true) !== HEX_PREFIX) return false
  for (let at = from + 2; at < to; at++) if (HEX[view.getUint8(at)] === 0) return false
  return true
}

const mixed = (hash: number, word: number): number => {
  const k = Math.imul(word, 0xcc9e2d51)
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function grown<T extends { set: (from: T) => void }>(from: T, to: T): T {
  to.set(from)
  return to
}
