import { clashOf } from '@nexus/aep/names'
import { LIMITS, unzipPack, zipPack } from '@nexus/aep/zip'
import { ExitCode, NexusError } from '@nexus/kit/errors'
import { expect } from 'chai'
import fc from 'fast-check'
import { text } from './fixtures.ts'
import { type RawEnd, type RawEntry, rawZip } from './raw-zip.ts'

const A: RawEntry = { name: 'a.txt', bytes: text('first') }
const B: RawEntry = { name: 'b/c.txt', bytes: text('second') }

function refusalOf(run: () => unknown): NexusError {
  try {
    run()
  } catch (error) {
    if (error instanceof NexusError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the zip form of a pack', function () {
  this.timeout(60_000)
  it('accepts what another writer makes of the same form', () => {
    expect([...unzipPack(rawZip([A, B]))]).to.deep.equal([
      ['a.txt', text('first')],
      ['b/c.txt', text('second')],
    ])
  })

  const hostile: [why: string, code: string, entries: RawEntry[], end?: RawEnd][] = [
    ['a name that climbs out with ../', 'zip-parent-name', [{ ...A, name: '../a.txt' }]],
    ['a name that climbs out in the middle', 'zip-parent-name', [{ ...A, name: 'a/../../etc/passwd' }]],
    ['an absolute name', 'zip-absolute-name', [{ ...A, name: '/etc/passwd' }]],
    ['a name with a drive letter', 'zip-absolute-name', [{ ...A, name: 'C:/windows' }]],
    ['a name with a backslash', 'zip-backslash', [{ ...A, name: 'a\\b.txt' }]],
    ['an empty name', 'zip-name', [{ ...A, name: '' }]],
    ['a folder entry', 'zip-name', [{ name: 'a/', bytes: text('') }]],
    ['a hidden name', 'zip-name', [{ ...A, name: 'a/.ssh' }]],
    ['a name with a NUL', 'zip-name', [{ ...A, name: 'a.txt\0.json' }]],
    ['a name that is not ASCII', 'zip-name', [{ ...A, name: 'ä.txt' }]],
    ['a name that is not UTF-8', 'zip-name', [{ ...A, name: Uint8Array.of(0x61, 0xff) }]],
    ['a name of a thousand letters', 'zip-name', [{ ...A, name: 'a'.repeat(1000) }]],
    ['the same name twice', 'zip-duplicate', [A, A]],
    ['names that differ in case only', 'zip-name-clash', [{ ...A, name: 'A.txt' }, A]],
    [
      'a file where another name has a folder',
      'zip-name-clash',
      [
        { ...A, name: 'a' },
        { ...A, name: 'a/b' },
      ],
    ],
    [
      'a file where another name has a folder, but for case',
      'zip-name-clash',
      [
        { ...A, name: 'A' },
        { ...A, name: 'a/b/c' },
      ],
    ],
    ['entries out of order', 'zip-order', [B, A]],
    ['a compressed entry', 'zip-compressed', [{ ...A, method: 8, stored: text('xx') }]],
    ['an encrypted entry', 'zip-flags', [{ ...A, flags: 1 }]],
    ['a data descriptor', 'zip-data-descriptor', [{ ...A, flags: 8 }]],
    ['a flag for UTF-8 names', 'zip-flags', [{ ...A, flags: 0x800 }]],
    ['a symbolic link in the attributes', 'zip-attributes', [{ ...A, madeBy: 20, external: 0o120777 << 16 }]],
    ['internal attributes', 'zip-attributes', [{ ...A, internal: 1 }]],
    ['an entry made on Unix', 'zip-version', [{ ...A, madeBy: 0x0314 }]],
    ['an extra field', 'zip-extra', [{ ...A, extra: text('UT\x01\x00x') }]],
    ['an extra field in the local header only', 'zip-local-header', [{ ...A, localExtra: text('UT\x01\x00x') }]],
    ['a comment on an entry', 'zip-extra', [{ ...A, comment: text('hi') }]],
    ['a comment on the file', 'zip-trailing-bytes', [A], { comment: text('hi') }],
    ['another date', 'zip-date', [{ ...A, date: 0x5800 }]],
    ['another time', 'zip-date', [{ ...A, time: 1 }]],
    ['a wrong checksum', 'zip-checksum', [{ ...A, crc: 1 }]],
    ['two sizes', 'zip-sizes', [{ ...A, size: 4 }]],
    ['a size that runs past the end', 'zip-truncated', [{ ...A, size: 9999, packed: 9999 }]],
    ['zip64 sizes', 'zip-zip64', [{ ...A, size: 0xffffffff, packed: 0xffffffff }]],
    ['a zip64 directory', 'zip-zip64', [A], { offset: 0xffffffff }],
    ['a zip64 count', 'zip-zip64', [A], { count: 0xffff }],
    ['several disks', 'zip-disks', [A], { disk: 1 }],
    ['a local header with another name', 'zip-local-header', [{ ...A, localName: 'b.txt' }]],
    ['two entries for one place', 'zip-gaps', [A, { ...B, offset: 0 }]],
    ['bytes in front of an entry', 'zip-gaps', [A, { ...B, before: text('hidden') }]],
    ['bytes in front of the directory', 'zip-gaps', [A], { gap: text('hidden') }],
    ['a directory longer than its entries', 'zip-gaps', [A, B], { count: 1 }],
    ['a directory shorter than its entries', 'zip-directory', [A], { count: 2 }],
    ['leading bytes', 'zip-gaps', [A], { leading: text('#!/bin/sh\n') }],
    ['trailing bytes', 'zip-trailing-bytes', [A], { trailing: text('x') }],
    ['more entries than a pack has', 'zip-too-many-files', [A], { count: LIMITS.files + 1 }],
    ['an entry larger than a pack has', 'zip-too-large', [{ ...A, size: 2 ** 31, packed: 2 ** 31 }]],
  ]
  for (const [why, code, entries, end] of hostile)
    it(`refuses ${why}`, () => {
      const error = refusalOf(() => unzipPack(rawZip(entries, end)))
      expect(error.code).to.equal(code)
      expect(error.exitCode).to.equal(ExitCode.verification)
    })

  it('refuses many entries of one size that only together are too large, before reading any', () => {
    const size = LIMITS.fileBytes
    const entries = ['a', 'b', 'c'].map(name => ({ name, bytes: text(''), size, packed: size }))
    expect(refusalOf(() => unzipPack(rawZip(entries))).code).to.equal('zip-too-large')
  })

  it('refuses what is no zip at all: nothing, noise, half of one', () => {
    const zip = rawZip([A, B])
    for (const bytes of [new Uint8Array(), text('PK'), new Uint8Array(1000), zip.slice(0, 60), zip.slice(60)])
      expect(refusalOf(() => unzipPack(bytes)).code).to.match(/^zip-(truncated|trailing-bytes|gaps)$/)
  })

  it('never accepts a zip with any one byte changed', () => {
    const zip = rawZip([A, B])
    for (let at = 0; at < zip.length; at++)
      for (const flip of [0x01, 0x80, 0xff]) {
        const changed = zip.slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(() => unzipPack(changed), `byte ${at} ^ ${flip}`).to.throw(NexusError)
      }
  })

  it('refuses to write names that it would refuse to read', () => {
    for (const name of ['../a', '/a', 'a\\b', '', 'a//b', '.a', '1', 'a/', 'é', 'x'.repeat(201)])
      expect(refusalOf(() => zipPack(new Map([[name, text('')]]))).code, name).to.equal('bad-name')
  })

  it('gives back any files it was given, whatever their order', () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z0-9_-]{0,8}(\/[a-z0-9_-][a-z0-9._-]{0,8}){0,3}$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.uint8Array()), { selector: ([key]) => key.toLowerCase() }),
        files => {
          fc.pre(clashOf(files.map(([key]) => key)) === null)
          const zip = zipPack(new Map(files))
          expect(Buffer.from(zipPack(new Map(files.toReversed()))).equals(zip)).to.equal(true)
          expect(new Map(unzipPack(zip))).to.deep.equal(new Map(files))
        },
      ),
      { numRuns: 100 },
    )
  })
})
