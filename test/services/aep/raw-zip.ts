import { crc32 } from 'node:zlib'

/** One entry, every field of which can be made wrong. Defaults are the canonical form. */
export interface RawEntry {
  name: string | Uint8Array
  bytes: Uint8Array
  /** What the entry stores, when that is not `bytes`. */
  stored?: Uint8Array
  method?: number
  flags?: number
  time?: number
  date?: number
  version?: number
  madeBy?: number
  external?: number
  internal?: number
  extra?: Uint8Array
  localExtra?: Uint8Array
  comment?: Uint8Array
  crc?: number
  size?: number
  packed?: number
  offset?: number
  localName?: string
  /** Bytes in front of the local header. */
  before?: Uint8Array
}

export interface RawEnd {
  disk?: number
  count?: number
  onDisk?: number
  size?: number
  offset?: number
  comment?: Uint8Array
  /** Bytes between the last file and the directory. */
  gap?: Uint8Array
  trailing?: Uint8Array
  leading?: Uint8Array
}

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, i) => {
    bytes.writeUInt16LE(value, i * 2)
  })
  return bytes
}
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value >>> 0, i * 4)
  })
  return bytes
}
const none = new Uint8Array()

/** A zip as PKWARE's APPNOTE lays it out, by hand. It writes what it is told, right or wrong. */
export function rawZip(entries: readonly RawEntry[], end: RawEnd = {}): Uint8Array {
  const locals: Uint8Array[] = [end.leading ?? none]
  const central: Uint8Array[] = []
  let at = end.leading?.length ?? 0
  for (const entry of entries) {
    const { version = 20, flags = 0, method = 0, time = 0, date = 0x21, extra = none, comment = none } = entry
    const stored = entry.stored ?? entry.bytes
    const name = Buffer.from(entry.name as string)
    const localName = Buffer.from(entry.localName ?? name)
    const localExtra = entry.localExtra ?? none
    const sums = u32(entry.crc ?? crc32(entry.bytes), entry.packed ?? stored.length, entry.size ?? entry.bytes.length)
    const before = entry.before ?? none
    const local = Buffer.concat([
      before,
      u32(0x04034b50),
      u16(version, flags, method, time, date),
      sums,
      u16(localName.length, localExtra.length),
      localName,
      localExtra,
      stored,
    ])
    locals.push(local)
    central.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(entry.madeBy ?? 20, version, flags, method, time, date),
        sums,
        u16(name.length, extra.length, comment.length, 0, entry.internal ?? 0),
        u32(entry.external ?? 0, entry.offset ?? at + before.length),
        name,
        extra,
        comment,
      ]),
    )
    at += local.length
  }
  const gap = end.gap ?? none
  const directory = Buffer.concat(central)
  const count = end.count ?? entries.length
  return Buffer.concat([
    ...locals,
    gap,
    directory,
    u32(0x06054b50),
    u16(end.disk ?? 0, end.disk ?? 0, end.onDisk ?? count, count),
    u32(end.size ?? directory.length, end.offset ?? at + gap.length),
    u16(end.comment?.length ?? 0),
    end.comment ?? none,
    end.trailing ?? none,
  ])
}
