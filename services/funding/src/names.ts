import { randomInt } from 'node:crypto'
import { type Span, textOf } from './span.ts'

const HEX = /^0x[0-9a-f]+$/i
/** Lower-cases letters, and keeps digits as they are; other characters it may mix up, which only a comparison must not do. */
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
  /** All names behind one another, as first written; the name n ends at `ends[n + 1]`. */
  let arena = new Uint8Array(1 << 14)
  let arenaView = viewOf(arena)
  let ends = new Float64Array(512)
  let lastBytes: Uint8Array = arena
  let lastView = arenaView

  function hashOf(view: DataView, from: number, to: number): number {
    let hash = SEED
    let at = from
    for (; at + 4 <= to; at += 4) hash = mixed(hash, view.getUint32(at, true) | FOLD)
    for (; at < to; at++) hash = mixed(hash, view.getUint8(at) | FOLD)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    return hash ^ (hash >>> 16)
  }

  function isName(n: number, view: DataView, { bytes, from, to }: Span): boolean {
    const start = ends[n] ?? 0
    if ((ends[n + 1] ?? 0) - start !== to - from) return false
    let at = from
    for (; at + 4 <= to; at += 4)
      if (view.getUint32(at, true) !== arenaView.getUint32(start + at - from, true))
        return isSameHex(n, bytes, from, to)
    for (; at < to; at++) if (view.getUint8(at) !== arena[start + at - from]) return isSameHex(n, bytes, from, to)
    return true
  }

  function isSameHex(n: number, bytes: Buffer, from: number, to: number): boolean {
    const [known = '', text] = [names[n], bytes.toString('latin1', from, to)]
    return (
      known.startsWith('0x') && text.startsWith('0x') && HEX.test(text) && text.toLowerCase() === known.toLowerCase()
    )
  }

  function append(hash: number, name: Span): number {
    const n = names.length
    const start = ends[n] ?? 0
    const end = start + name.to - name.from
    if (n + 2 > ends.length) ends = grown(ends, new Float64Array(ends.length * 2))
    if (end > arena.length) {
      arena = grown(arena, new Uint8Array(end * 2))
      arenaView = viewOf(arena)
    }
    arena.set(name.bytes.subarray(name.from, name.to), start)
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
      const hash = hashOf(lastView, name.from, name.to)
      const mask = slots.length - 2
      for (let slot = (hash << 1) & mask; slots[slot] !== 0; slot = (slot + 2) & mask) {
        const n = (slots[slot] ?? 0) - 1
        if (slots[slot + 1] === hash && isName(n, lastView, name)) return n
      }
      return append(hash, name)
    },
  }
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
