import { crc32 } from 'node:zlib'
import { inputError, verificationError } from '@nexus/kit/errors'
import { zipSync } from 'fflate'
import { compareNames, equalBytes } from './bytes.ts'
import { clashOf, isName } from './names.ts'

/** More than any pack of ours by far; less than what hurts a relayer that is sent one. */
export const LIMITS = { files: 4096, fileBytes: 128 * 2 ** 20, totalBytes: 256 * 2 ** 20 } as const

// Local time on purpose: a zip has no time zone, and fflate writes the parts of the local date.
const FIXED_DATE = new Date(1980, 0, 1)

/** @throws NexusError `bad-name`, `name-clash`, `pack-too-large` */
function checkFiles(files: ReadonlyMap<string, Uint8Array>): void {
  if (files.size > LIMITS.files) throw tooLarge('files', files.size, LIMITS.files)
  let total = 0
  for (const [name, bytes] of files) {
    if (!isName(name)) throw inputError('bad-name', `"${name}" cannot be the name of a file in a pack`, { name })
    if (bytes.length > LIMITS.fileBytes) throw tooLarge(`bytes in ${name}`, bytes.length, LIMITS.fileBytes)
    total += bytes.length
  }
  if (total > LIMITS.totalBytes) throw tooLarge('bytes', total, LIMITS.totalBytes)
  const clash = clashOf(files.keys())
  if (clash !== null) throw inputError('name-clash', `${clash} cannot stand beside another name`, { name: clash })
}

const tooLarge = (what: string, actual: number, limit: number) =>
  inputError('pack-too-large', `${actual} ${what}; a pack has at most ${limit}`, { what, actual, limit })

/**
 * The one zip form of a pack: entries in order of name, stored, dated 1980-01-01 00:00, no extra fields, no comments, no
 * attributes. The same files give the same bytes in every time zone.
 */
export function zipPack(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  checkFiles(files)
  const entries = [...files].sort(([a], [b]) => compareNames(a, b))
  // An object keeps this order because no name is an integer: names begin with a letter.
  return zipSync(Object.fromEntries(entries), { level: 0, mtime: FIXED_DATE, os: 0, attrs: 0 })
}

const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const

/** Reads fixed-width little-endian fields and never leaves the buffer. */
class Reader {
  readonly bytes: Uint8Array
  private readonly view: DataView
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  private need(length: number): number {
    const at = this.at
    if (length > this.bytes.length - at)
      throw refuse('zip-truncated', `${length} bytes are missing at ${at}`, { offset: at })
    this.at = at + length
    return at
  }

  u16(): number {
    return this.view.getUint16(this.need(2), true)
  }

  u32(): number {
    return this.view.getUint32(this.need(4), true)
  }

  take(length: number): Uint8Array {
    const at = this.need(length)
    return this.bytes.subarray(at, at + length)
  }
}

const refuse = (code: string, message: string, details: Record<string, unknown> = {}) =>
  verificationError(code, `not a pack: ${message}`, details)

interface Entry {
  name: string
  crc: number
  size: number
  offset: number
}

const END_BYTES = 22
const U32 = 0xffffffff

/** End of the central directory, which must be the last 22 bytes: no comment, no zip64, no second disk, nothing behind. */
function readEnd(zip: Uint8Array): { count: number; size: number; offset: number } {
  const start = zip.length - END_BYTES
  if (start < 0) throw refuse('zip-truncated', `${zip.length} bytes are less than an empty zip`)
  const reader = new Reader(zip, start)
  if (reader.u32() !== SIGNATURE.end)
    throw refuse('zip-trailing-bytes', 'the file does not end with the end of a zip without comment')
  const [disk, startDisk, onDisk, count] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  const [size, offset, comment] = [reader.u32(), reader.u32(), reader.u16()]
  if (size === U32 || offset === U32 || count === 0xffff) throw refuse('zip-zip64', 'zip64 is not used')
  if (disk !== 0 || startDisk !== 0 || onDisk !== count) throw refuse('zip-disks', 'it spans several disks')
  if (comment !== 0) throw refuse('zip-trailing-bytes', 'it has a comment')
  if (count > LIMITS.files) throw refuse('zip-too-many-files', `${count} files`, { count, limit: LIMITS.files })
  if (offset + size !== start) throw refuse('zip-gaps', 'the directory does not fill the file up to its end')
  return { count, size, offset }
}

const decoder = new TextDecoder('latin1')

function readCentral(reader: Reader): Entry {
  if (reader.u32() !== SIGNATURE.central) throw refuse('zip-directory', 'an entry of the directory is not one')
  const [madeBy, needed, flags, method] = [reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  const [time, date, crc, packed, size] = [reader.u16(), reader.u16(), reader.u32(), reader.u32(), reader.u32()]
  const [nameLength, extraLength, commentLength] = [reader.u16(), reader.u16(), reader.u16()]
  const [disk, internal, external, offset] = [reader.u16(), reader.u16(), reader.u32(), reader.u32()]
  const name = decoder.decode(reader.take(nameLength))
  checkEntryName(name)
  if (flags & 8) throw refuse('zip-data-descriptor', `${name} has a data descriptor`, { name })
  if (flags !== 0) throw refuse('zip-flags', `${name} has flags ${flags}`, { name, flags })
  if (method !== 0) throw refuse('zip-compressed', `${name} is compressed (method ${method})`, { name, method })
  if (packed === U32 || size === U32 || offset === U32) throw refuse('zip-zip64', `${name} uses zip64`, { name })
  if (packed !== size) throw refuse('zip-sizes', `${name} has two sizes, ${packed} and ${size}`, { name, packed, size })
  if (extraLength !== 0 || commentLength !== 0) throw refuse('zip-extra', `${name} has extra fields`, { name })
  if (external !== 0 || internal !== 0)
    throw refuse('zip-attributes', `${name} has attributes: it may be a link or a device`, { name, external })
  if (madeBy !== 20 || needed !== 20 || disk !== 0) throw refuse('zip-version', `${name} has another version`, { name })
  if (time !== 0 || date !== 0x21) throw refuse('zip-date', `${name} is not dated 1980-01-01 00:00`, { name })
  return { name, crc, size, offset }
}

function checkEntryName(name: string): void {
  if (isName(name)) return
  const [code, why] =
    name.startsWith('/') || /^[A-Za-z]:/.test(name)
      ? ['zip-absolute-name', 'is absolute']
      : name.includes('\\')
        ? ['zip-backslash', 'has a backslash']
        : name.split('/').includes('..')
          ? ['zip-parent-name', 'leads out of the folder']
          : ['zip-name', 'is not a name']
  throw refuse(code, `"${name.slice(0, 200)}" ${why}`, { name: name.slice(0, 200) })
}

/** The local header must say what the directory said, and its bytes must begin where the last entry's ended. */
function readLocal(reader: Reader, entry: Entry): Uint8Array {
  const { name } = entry
  if (reader.at !== entry.offset) throw refuse('zip-gaps', `there are bytes in front of ${name}`, { name })
  if (reader.u32() !== SIGNATURE.local) throw refuse('zip-local-header', `${name} has no header`, { name })
  const fields = [reader.u16(), reader.u16(), reader.u16(), reader.u16(), reader.u16()]
  const [crc, packed, size] = [reader.u32(), reader.u32(), reader.u32()]
  const [nameLength, extraLength] = [reader.u16(), reader.u16()]
  const localName = decoder.decode(reader.take(nameLength))
  const same =
    fields.join() === '20,0,0,0,33' &&
    crc === entry.crc &&
    packed === entry.size &&
    size === entry.size &&
    extraLength === 0 &&
    localName === name
  if (!same) throw refuse('zip-local-header', `the header of ${name} says something else than the directory`, { name })
  const bytes = reader.take(size)
  if (crc32(bytes) !== crc) throw refuse('zip-checksum', `${name} has other bytes than were sealed`, { name })
  return bytes
}

/**
 * Files of a pack in its zip form. Accepts that form and nothing else: whatever it returns, zipPack turns into the same
 * bytes again. Nothing is decompressed and nothing copied before all sizes are known to be within LIMITS.
 * @throws NexusError, exit 3, `zip-…`: one code for each way of being something else
 */
export function unzipPack(zip: Uint8Array): Map<string, Uint8Array> {
  const end = readEnd(zip)
  const directory = new Reader(zip, end.offset)
  const entries: Entry[] = []
  let total = 0
  for (let n = 0; n < end.count; n++) {
    const entry = readCentral(directory)
    total += entry.size
    const previous = entries.at(-1)
    if (previous?.name === entry.name)
      throw refuse('zip-duplicate', `${entry.name} is there twice`, { name: entry.name })
    if (previous && compareNames(previous.name, entry.name) > 0)
      throw refuse('zip-order', `${entry.name} is out of order`, { name: entry.name })
    if (entry.size > LIMITS.fileBytes || total > LIMITS.totalBytes)
      throw refuse('zip-too-large', `${entry.name} makes it ${total} bytes`, { name: entry.name, total })
    entries.push(entry)
  }
  if (directory.at !== zip.length - END_BYTES) throw refuse('zip-gaps', 'the directory is longer than its entries')

  const clash = clashOf(entries.map(({ name }) => name))
  if (clash !== null) throw refuse('zip-name-clash', `${clash} cannot stand beside another name`, { name: clash })

  const body = new Reader(zip, 0)
  const files = new Map<string, Uint8Array>()
  for (const entry of entries) files.set(entry.name, readLocal(body, entry))
  if (body.at !== end.offset) throw refuse('zip-gaps', 'there are bytes between the last file and the directory')
  // That this reader and that writer mean the same form, whatever either of them may have overlooked.
  if (!equalBytes(zipPack(files), zip)) throw refuse('zip-not-canonical', 'written again, it has other bytes')
  return files
}
